"""Documents find their translations."""

from __future__ import annotations

from alignment.pairing import Text, pair
from corpora.article import Sentence
from tests.alignment.texts import ENGLISH, ENGLISH_SPORT, FRENCH, FRENCH_SPORT


def text(lines: list[str], lang: str) -> Text:
    return Text([Sentence(0, len(line), line) for line in lines], lang)


def test_each_document_finds_its_translation() -> None:
    sources = [text(ENGLISH, "en"), text(ENGLISH_SPORT, "en")]
    targets = [text(FRENCH_SPORT, "fr"), text(FRENCH, "fr")]
    assert [(found.source, found.target) for found in pair(sources, targets)] == [(0, 1), (1, 0)]


def test_a_document_without_a_partner_stays_alone() -> None:
    assert pair([text(ENGLISH, "en")], [text(FRENCH_SPORT, "fr"), text([], "fr")]) == []
    assert pair([], [text(FRENCH, "fr")]) == []


def test_of_two_versions_of_a_story_each_finds_its_own_translation() -> None:
    sources = [text(ENGLISH[:-3], "en"), text(ENGLISH, "en")]
    targets = [text(FRENCH, "fr"), text(FRENCH[:-3], "fr")]
    assert [(found.source, found.target) for found in pair(sources, targets)] == [(0, 1), (1, 0)]
    assert [found.source for found in pair(sources, targets[:1])] == [1]
