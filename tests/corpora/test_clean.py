from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpora.article import Article, Block, Sentence
from corpora.clean import mark_boilerplate, mark_repeats, plain_text, unseen
from corpora.readers.text import text_blocks

LONG = "The company said on Tuesday that it would buy chip number {} for its new data centre."


def sentences(*texts: str) -> list[Sentence]:
    found, at = [], 0
    for text in texts:
        found.append(Sentence(at, at + len(text), text))
        at += len(text) + 1
    return found


def article(*lines: str) -> tuple[Article, list[Sentence]]:
    """An article with a sentence a line."""
    text = "\n".join(lines)
    return Article("x", text, "en", blocks=tuple(text_blocks(text))), [
        Sentence(found.start(), found.end(), found.group()) for found in re.finditer("[^\n]+", text)
    ]


def marked(*lines: str) -> list[str]:
    return [sentence.text for sentence in mark_boilerplate(*article(*lines)) if sentence.mark == "boilerplate"]


def repeated(*texts: str) -> list[int]:
    return [index for index, sentence in enumerate(mark_repeats(sentences(*texts))) if sentence.mark == "repeat"]


@pytest.mark.parametrize(
    ("dirty", "plain"),
    [
        ("** سباق الرقائق ، كما قال. **", "سباق الرقائق، كما قال."),
        ("**bold**, *light* and __strong__ _words_", "bold, light and strong words"),
        ("a lone ** in the text", "a lone in the text"),
        ("***both***", "both"),
        ("2 * 3 * 4 is snake_case_name, no *mark", "2 * 3 * 4 is snake_case_name, no *mark"),
        ("~~gone~~ `code` it`s", "gone `code` it`s"),
        ("~~gone~~ `code`", "gone code"),
        ("see [the report](https://example.org/a_b_c) now", "see the report now"),
        ("[1] is a note, [sic] too (really)", "[1] is a note, [sic] too (really)"),
        ("قال\u200f \u202bOpenAI\u202c\u200b إن\ufeff", "قال OpenAI إن"),
        ("soft\u00adhyphen", "softhyphen"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("OpenAI\u200cو", "OpenAIو"),
        ("👩\u200d💻", "👩\u200d💻"),
        ("dix\u00a0milliards\u202f: oui  non\u3000fin", "dix milliards : oui non fin"),
        ("one , two ؛ three ؟ four .", "one, two؛ three؟ four."),
        ("العالم. .", "العالم.."),
        ("the .NET and .5", "the .NET and .5"),
        ("Qu’est-ce ? Rien ; non !", "Qu’est-ce ? Rien ; non !"),
        ("wrapped\n> quoted\nline", "wrapped quoted line"),
        ("", ""),
        ("**", ""),
    ],
)
def test_a_reader_sees(dirty: str, plain: str) -> None:
    assert plain_text(dirty) == plain


@given(st.text(st.sampled_from([*"aéب漢5_ *_~`،,.\n\u200b\u200f\u00a0"]), max_size=60))
def test_every_letter_stays_and_cleaning_twice_changes_nothing(text: str) -> None:
    plain = plain_text(text)
    assert [char for char in plain if char.isalnum()] == [char for char in text if char.isalnum()]
    assert plain == plain.strip()
    assert "  " not in plain
    spans = unseen(text)
    assert all(a[1] <= b[0] for a, b in pairwise(spans))


def test_a_second_copy_is_marked_with_its_short_sentences() -> None:
    first = [LONG.format(1), "He laughed.", LONG.format(2), LONG.format(3), "Nobody knows.", LONG.format(4)]
    second = [LONG.format(1), "He laughed.", LONG.format(3), "Nobody knows.", LONG.format(4)]
    assert repeated(*first, "New.", *second) == [7, 8, 9, 10, 11]


def test_a_nearly_equal_sentence_within_a_second_copy_is_marked() -> None:
    first = [LONG.format(1), "Its chief executive laughed about that plan.", LONG.format(2)]
    second = [LONG.format(1), "Its chief executive laughed about this plan.", LONG.format(2)]
    assert repeated(*first, *second) == [3, 4, 5]
    assert (
        repeated(
            "Its chief executive laughed about that plan.",
            LONG.format(1),
            "Its chief executive laughed about this plan.",
        )
        == []
    )


def test_short_sentences_that_recur_are_left_alone() -> None:
    lines = [word for n in range(20) for word in (LONG.format(n), "He said no.")]
    assert repeated(*lines) == []


def test_diacritics_case_and_marks_do_not_hide_a_copy() -> None:
    text = "تركب الشركة أيضًا حمارًا للعثور على حصان، وتريد التخلص من اعتمادها في أسرع وقت ممكن."
    assert repeated(text, "**" + text.replace("أيضًا", "أيضا").replace("الشركة", "الشـركة") + " **") == [1]


def test_a_thousand_equal_lines_keep_the_first() -> None:
    assert repeated(*[LONG.format(0)] * 1000) == list(range(1, 1000))


def test_marks_given_before_stay() -> None:
    given_marks = [Sentence(0, 1, "a", "boilerplate")]
    assert mark_repeats(given_marks) == given_marks


BODY = [LONG.format(n) for n in range(20)]


@pytest.mark.parametrize(
    "line",
    [
        *[
            "شاهد النسخة الأصلية",
            "جميع الحقوق محفوظة © 2024",
            "تابعونا على تويتر",
            "اقرأ أيضًا: خبر آخر",
            "المصدر: رويترز",
            "المؤلف: بي أندي",
        ],
        *["إخلاء مسؤولية: هذه الصفحة لأغراض إعلامية فقط.", "الوسوم: ذكاء اصطناعي", "اشترك في نشرتنا البريدية"],
        *[
            "Voir l’original",
            "Lire aussi : un autre article",
            "Tous droits réservés.",
            "Abonnez-vous à notre lettre",
            "Source : AFP",
        ],
        *[
            "Partager cet article",
            "Suivez-nous sur Twitter",
            "Ce site utilise des cookies.",
            "Publié le 3 mars 2024",
            "Par Jeanne Dupont",
        ],
        *[
            "View original",
            "Read more: another story",
            "All rights reserved.",
            "Follow us on X",
            "By Jane Doe and John Smith",
        ],
        *[
            "Subscribe to our newsletter",
            "We use cookies to improve this site.",
            "Disclaimer: nothing here is advice.",
            "Source: Reuters",
        ],
        *[
            "This page does not constitute financial advice.",
            "Reporting by Jane Doe; Editing by John Smith",
            "© 2024 The Daily",
            "查看原文",
        ],
    ],
)
def test_the_sites_own_lines_are_marked_at_the_tail(line: str) -> None:
    assert marked(*BODY, line) == [line]


@pytest.mark.parametrize(
    "line", ["By Jane Doe", "Par Jeanne Dupont", "بقلم أحمد علي", "Published on March 3, 2024", "作者：李明"]
)
def test_bylines_are_marked_at_the_head(line: str) -> None:
    assert marked("A headline", line, *BODY) == [line]


@pytest.mark.parametrize(
    "line",
    [
        "By Tuesday the company had sold its chips.",
        "Source: a person close to the matter, who said that the deal would be signed by the end of this year.",
        "By Jane Doe",
        "He asked his readers to follow us on the road to the north.",
        "The view original thinkers take is another one.",
    ],
)
def test_the_articles_own_sentences_are_left_alone_in_its_middle(line: str) -> None:
    assert marked(*BODY, line, *BODY) == []


def test_a_list_of_references_is_marked_with_its_heading() -> None:
    entries = ['Daily: "The deal of the year"', "[2] Doe, J. (2023). Chips.", "https://example.org/3"]
    assert marked(*BODY, "References:", *entries, "And then the article goes on.") == ["References:", *entries]
    assert marked("References:", *BODY) == []
    assert marked(*BODY, "References:", "And then the article goes on.") == []


def test_a_notice_of_several_sentences_is_marked_whole() -> None:
    text = "\n".join([*BODY, "Disclaimer: this is no advice. Ask somebody who knows."])
    first = text.index("Disclaimer")
    second = text.index("Ask")
    found = mark_boilerplate(
        Article("x", text, "en", blocks=(Block(0, first - 1), Block(first, len(text)))),
        [
            Sentence(0, first - 1, text[: first - 1]),
            Sentence(first, second - 1, text[first : second - 1]),
            Sentence(second, len(text), text[second:]),
        ],
    )
    assert [sentence.mark for sentence in found] == [None, "boilerplate", "boilerplate"]
