"""Blocks out of order: moved ones are found in a long text, and strangers, however many, are not taken for any."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path

import pytest

from alignment.align import align_texts
from tests.alignment.texts import ENGLISH, ENGLISH_SPORT, FRENCH, FRENCH_SPORT

LINKS = Path(__file__).parents[1] / "benchmarks" / "word_links.txt"


def linked_sentences() -> list[list[str]]:
    """Short unrelated sentences, each in English, French and Arabic."""
    lines = [line for line in LINKS.read_text("utf-8").splitlines() if not line.startswith("#")]
    blocks = [list(block) for full, block in groupby(lines, key=bool) if full]
    return [[" ".join(token.rpartition("/")[0] for token in line.split()) for line in block] for block in blocks]


@pytest.mark.parametrize(("lang", "column"), [("fr", 1), ("ar", 2)])
def test_strangers_do_not_cross(lang: str, column: int) -> None:
    sentences = linked_sentences()
    english, other = [block[0] for block in sentences[::2]], [block[column] for block in sentences[1::2]]
    assert not [bead for bead in align_texts(english, other, "en", lang) if bead.crossing]


def test_strangers_between_translations_do_not_cross() -> None:
    sentences = linked_sentences()
    english = ENGLISH + [block[0] for block in sentences[::2]] + ENGLISH_SPORT
    french = FRENCH + [block[1] for block in sentences[1::2]] + FRENCH_SPORT
    assert not [bead for bead in align_texts(english, french, "en", "fr") if bead.crossing]


def test_a_block_that_moved_across_strangers_is_found() -> None:
    sentences = linked_sentences()
    english = ENGLISH + [block[0] for block in sentences[::2]] + ENGLISH_SPORT
    french = FRENCH_SPORT[2:5] + FRENCH + [block[1] for block in sentences[1::2]] + FRENCH_SPORT[:2] + FRENCH_SPORT[5:]
    at = len(english) - len(ENGLISH_SPORT)
    crossing = {(bead.source, bead.target) for bead in align_texts(english, french, "en", "fr") if bead.crossing}
    assert crossing == {((at + 2 + k,), (k,)) for k in range(3)}
