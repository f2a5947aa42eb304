"""What looks like a name although no base knows it."""

from __future__ import annotations

import pytest

from eval.names.knowledge import Knowledge
from eval.names.mentions import read_names
from tests.eval.names.scenes import article


def unknown(text: str, lang: str) -> list[tuple[str, str]]:
    checked, sentences = article(text, lang)
    reading = read_names(checked, sentences, Knowledge([]))
    return [(mention.surface, mention.shape) for mention in reading.mentions]


@pytest.mark.parametrize(
    ("text", "lang", "expected"),
    [
        ("He met Raimo Lenschow in Leeds.", "en", [("Raimo Lenschow", "capitalised"), ("Leeds", "capitalised")]),
        ("The analyst spoke.", "en", []),
        ("Lenschow spoke.", "en", [("Lenschow", "initial")]),
        ("Lenschow spoke. We saw Lenschow again.", "en", [("Lenschow", "capitalised"), ("Lenschow", "capitalised")]),
        ("Voici le GB200 pour mon iPhone", "fr", [("Voici", "initial"), ("GB200", "mixed"), ("iPhone", "mixed")]),
        ("un contrat d’Almere avec KPN", "fr", [("Almere", "capitalised"), ("KPN", "acronym")]),
        ("وقالت Lenschow ذلك", "ar", [("Lenschow", "capitalised")]),
        ("وقالت lenschow ذلك", "ar", [("lenschow", "foreign")]),
    ],
)
def test_spans_that_look_like_names(text: str, lang: str, expected: list[tuple[str, str]]) -> None:
    assert unknown(text, lang) == expected


def test_a_headline_in_capitals_shows_no_names() -> None:
    assert {shape for _, shape in unknown("Company Buys Large Chip Maker In Secret Deal", "en")} == {"initial"}


def test_offsets_are_those_of_the_text() -> None:
    text = "Bonjour,  « Noelle Walsh » de Barclays."
    checked, sentences = article(text, "fr")
    for mention in read_names(checked, sentences, Knowledge.bundled()).mentions:
        assert text[mention.start : mention.end] == mention.surface
