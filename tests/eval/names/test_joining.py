"""What stands before a name is joined to the new one as the language wants it."""

from __future__ import annotations

import pytest

from eval.names.joining import join


def joined(text: str, surface: str, replacement: str, lang: str) -> str:
    start = text.index(surface)
    edit = join(text, start, start + len(surface), replacement, lang)
    return text[: edit.start] + edit.replacement + text[edit.end :]


@pytest.mark.parametrize(
    ("text", "surface", "replacement", "expected"),
    [
        ("لمنظمة العفو", "منظمة العفو", "الذكاء الاصطناعي", "للذكاء الاصطناعي"),
        ("ولمنظمة العفو", "منظمة العفو", "الذكاء الاصطناعي", "وللذكاء الاصطناعي"),
        ("بمنظمة العفو", "منظمة العفو", "الذكاء الاصطناعي", "بالذكاء الاصطناعي"),
        ("منظمة العفو", "منظمة العفو", "الذكاء الاصطناعي", "الذكاء الاصطناعي"),
        ("للمنظمة", "لمنظمة", "الذكاء", "للذكاء"),
        ("لـ Openai", "Openai", "OpenAI", "لـ OpenAI"),
        ("لـ Openai", "Openai", "أوبن إيه آي", "لأوبن إيه آي"),
        ("وOpenai", "Openai", "OpenAI", "وOpenAI"),
        ("لأوبن", "أوبن", "OpenAI", "لـ OpenAI"),
        ("مال منظمة", "منظمة", "الذكاء", "مال الذكاء"),
    ],
)
def test_arabic_prepositions_and_the_article(text: str, surface: str, replacement: str, expected: str) -> None:
    assert joined(text, surface, replacement, "ar") == expected


@pytest.mark.parametrize(
    ("text", "surface", "replacement", "expected"),
    [
        ("l’Amnesty", "Amnesty", "IA", "l’IA"),
        ("de Kl", "Kl", "IA", "d’IA"),
        ("du KI", "KI", "IA", "de l’IA"),
        ("Le KI", "KI", "IA", "L’IA"),
        ("d’Openai", "Openai", "Cohere", "de Cohere"),
        ("qu’Openai", "Openai", "Cohere", "que Cohere"),
        ("de Huang", "Huang", "Apple", "de Apple"),
        ("que Liu", "Liu", "Mark", "que Mark"),
        ("son KI", "KI", "IA", "son IA"),
    ],
)
def test_french_elision(text: str, surface: str, replacement: str, expected: str) -> None:
    assert joined(text, surface, replacement, "fr") == expected


def test_english_article() -> None:
    assert joined("an Openai model", "Openai", "Cohere", "en") == "a Cohere model"
    assert joined("a Cohere model", "Cohere", "OpenAI", "en") == "an OpenAI model"
