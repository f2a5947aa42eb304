"""Alignment as users call it: totality, monotony, symmetry, repeats, blanks, bad input."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alignment.align import align, align_texts
from alignment.beads import Alignment
from alignment.settings import AlignmentSettings
from corpora.article import Sentence
from corpora.errors import UsageError
from tests.alignment.texts import ARABIC, ENGLISH, ENGLISH_SPORT, FRENCH, FRENCH_SPORT


def pairs(alignment: Alignment) -> list[tuple[tuple[int, ...], tuple[int, ...]]]:
    return [(bead.source, bead.target) for bead in alignment]


def assert_total(alignment: Alignment, n: int, m: int) -> None:
    assert sorted(i for bead in alignment for i in bead.source) == list(range(n))
    assert sorted(j for bead in alignment for j in bead.target) == list(range(m))
    for bead in alignment:
        assert 0.0 <= bead.score <= 1.0
        if bead.is_gap:
            assert len(bead.source) + len(bead.target) == 1
        for side in (bead.source, bead.target):
            assert list(side) == list(range(side[0], side[0] + len(side))) if side else True


def assert_monotone(alignment: Alignment) -> None:
    inline = [bead for bead in alignment if not bead.crossing]
    for side in ("source", "target"):
        order = [index for bead in inline for index in getattr(bead, side)]
        assert order == sorted(order)


@pytest.mark.parametrize(
    ("left", "right", "a", "b"),
    [
        (ENGLISH, FRENCH, "en", "fr"),
        (ARABIC, ENGLISH, "ar", "en"),
        (FRENCH, ARABIC, "fr", "ar"),
    ],
)
def test_plain_translations_align_one_to_one(left: list[str], right: list[str], a: str, b: str) -> None:
    assert pairs(align_texts(left, right, a, b)) == [((k,), (k,)) for k in range(6)]


def test_a_sentence_left_out_is_a_gap() -> None:
    result = pairs(align_texts(ENGLISH, FRENCH[:3] + FRENCH[4:], "en", "fr"))
    assert ((3,), ()) in result
    assert ((4,), (3,)) in result


def test_joined_sentences_make_a_bead_of_two() -> None:
    french = [FRENCH[0], f"{FRENCH[1]} {FRENCH[2]}", *FRENCH[3:]]
    result = pairs(align_texts(ENGLISH, french, "en", "fr"))
    assert ((1, 2), (1,)) in result
    assert len(result) == 5


def test_scores_tell_right_from_made_up() -> None:
    good = align_texts(ENGLISH, FRENCH, "en", "fr")
    assert min(bead.score for bead in good) > 0.5


def test_swapping_the_sides_mirrors_the_beads() -> None:
    french = [FRENCH[0], f"{FRENCH[1]} {FRENCH[2]}", *FRENCH[3:5]]
    assert align_texts(ENGLISH, french, "en", "fr").mirrored() == align_texts(french, ENGLISH, "fr", "en")


def test_repeats_and_blank_lines_stand_alone() -> None:
    source = [Sentence(0, 0, text) for text in [*ENGLISH[:3], "", *ENGLISH[3:]]]
    repeats = [Sentence(0, 0, text, "repeat") for text in FRENCH[:2]]
    target = [*(Sentence(0, 0, text) for text in FRENCH[:4]), *repeats, *(Sentence(0, 0, t) for t in FRENCH[4:])]
    result = align(source, target, source_lang="en", target_lang="fr")
    assert_total(result, 7, 8)
    assert_monotone(result)
    assert {((3,), ()), ((), (4,)), ((), (5,)), ((6,), (7,))} <= set(pairs(result))


@pytest.mark.parametrize(
    ("left", "right", "empty"),
    [
        ([], [], "the source and the target"),
        (["a"], [], "the target"),
        ([], ["a", "b"], "the source"),
        ([""], ["", " "], "the source and the target"),
    ],
)
def test_empty_sides(left: list[str], right: list[str], empty: str) -> None:
    listener = Listener()
    result = align_texts(left, right, "en", "fr", progress=listener)
    assert_total(result, len(left), len(right))
    assert all(bead.is_gap for bead in result)
    assert listener.warnings == [f"no text to align in {empty}: no sentence has a partner"]


def test_below_the_minimum_score_is_marked_and_kept() -> None:
    result = align_texts(ENGLISH, FRENCH[2:], "en", "fr", settings=AlignmentSettings(min_score=0.9999))
    assert_total(result, 6, 4)
    assert all(bead.kept == (bead.score >= 0.9999) for bead in result)
    assert not all(bead.kept for bead in result)


class Listener:
    """Keeps the warnings."""

    def __init__(self) -> None:
        self.warnings: list[str] = []

    def start(self, task: str, total: int | None = None) -> None:
        """Nothing to show."""

    def advance(self, steps: int = 1) -> None:
        """Nothing to show."""

    def warn(self, message: str) -> None:
        """Remember it."""
        self.warnings.append(message)


@pytest.mark.parametrize(("n", "m", "least"), [(300, 300, 300), (300, 220, 220), (300, 3, 1), (2, 200, 1)])
def test_identical_lines_find_partners_in_order_with_a_warning(n: int, m: int, least: int) -> None:
    listener = Listener()
    result = align_texts(["The same line."] * n, ["La même ligne."] * m, "en", "fr", progress=listener)
    assert_total(result, n, m)
    assert_monotone(result)
    assert sum(not bead.is_gap for bead in result) >= least
    assert len(listener.warnings) == 1


def test_texts_that_do_not_translate_each_other_are_told_and_translations_are_not() -> None:
    strangers, translations = Listener(), Listener()
    align_texts(ENGLISH, FRENCH_SPORT, "en", "fr", progress=strangers)
    align_texts(ENGLISH, FRENCH, "en", "fr", progress=translations)
    assert len(strangers.warnings) == 1
    assert not translations.warnings


@pytest.mark.parametrize("count", [1, 2, 3, 4, 5])
def test_of_few_sentences_strangers_are_told_and_translations_are_not(count: int) -> None:
    strangers, translations = Listener(), Listener()
    for arabic, french in ((ARABIC, FRENCH), (ARABIC, ENGLISH)):
        align_texts(arabic[-count:], french[-count:], "ar", "fr", progress=translations)
        align_texts([" ".join(arabic[:count])], french[:count], "ar", "fr", progress=translations)
    align_texts(ENGLISH[-count:], FRENCH_SPORT[-count:], "en", "fr", progress=strangers)
    assert len(strangers.warnings) == 1
    assert not translations.warnings


def test_a_very_long_line() -> None:
    result = align_texts([*ENGLISH, "word " * 10_000], FRENCH, "en", "fr")
    assert_total(result, 7, 6)


@pytest.mark.parametrize("line", ["a" * 50_000, "ا" * 50_000])
def test_one_endless_word_against_a_sentence_is_aligned_with_a_warning(line: str) -> None:
    listener = Listener()
    assert_total(align_texts([line], FRENCH[:1], "en", "fr", progress=listener), 1, 1)
    assert len(listener.warnings) == 1


def test_a_band_gives_what_the_whole_grid_gives() -> None:
    english, french = ENGLISH * 8, FRENCH * 8
    french = french[:20] + french[26:]
    narrow = AlignmentSettings(exact_cells=0, band_radius=6)
    assert pairs(align_texts(english, french, "en", "fr", settings=narrow)) == pairs(
        align_texts(english, french, "en", "fr")
    )


SENTENCES = st.lists(st.sampled_from([*ENGLISH, *FRENCH, *ARABIC, "", " ", "…", "12,5", "Ok"]), max_size=14)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(SENTENCES, SENTENCES)
def test_any_texts_give_a_total_monotone_mirrored_alignment(left: Sequence[str], right: Sequence[str]) -> None:
    result = align_texts(left, right, "en", "fr")
    assert_total(result, len(left), len(right))
    assert_monotone(result)
    mirrored = align_texts(right, left, "fr", "en")
    assert set(pairs(mirrored.mirrored())) == set(pairs(result))
    assert align_texts(left, right, "en", "fr") == result


def test_a_moved_paragraph_is_reported_as_crossing() -> None:
    english = ENGLISH + ENGLISH_SPORT
    moved = FRENCH_SPORT[2:5]
    french = moved + FRENCH + FRENCH_SPORT[:2] + FRENCH_SPORT[5:]
    result = align_texts(english, french, "en", "fr")
    assert_total(result, 12, 12)
    assert_monotone(result)
    crossing = {(bead.source, bead.target) for bead in result if bead.crossing}
    assert crossing == {((8,), (0,)), ((9,), (1,)), ((10,), (2,))}
    assert [bead.source[0] for bead in result if bead.source] == list(range(12))


def test_nothing_crosses_in_plain_translations() -> None:
    assert not any(bead.crossing for bead in align_texts(ENGLISH + ENGLISH_SPORT, FRENCH + FRENCH_SPORT, "en", "fr"))


class _Warnings:
    def __init__(self) -> None:
        self.said: list[str] = []

    def start(self, task: str, total: int | None) -> None:
        pass

    def advance(self, steps: int = 1) -> None:
        pass

    def warn(self, message: str) -> None:
        self.said.append(message)


def cipher(text: str) -> str:
    """The text in letters that no encoder has read: a language of its own."""
    return "".join(chr(ord("ა") + ord(c) % 33) if c.isalpha() else c for c in text)


def test_an_unknown_language_is_said_and_still_aligned() -> None:
    watch = _Warnings()
    unknown = [cipher(text) for text in FRENCH]
    result = align_texts(unknown, ENGLISH, "ka", "en", progress=watch)
    assert_total(result, 6, 6)
    assert_monotone(result)
    assert "ka" in watch.said[0]


def test_a_bridge_aligns_what_the_encoder_does_not_know() -> None:
    unknown = [cipher(text) for text in FRENCH[:2] + FRENCH[3:]]
    bridge = [f"Maybe {text.lower()}" for text in ENGLISH[:2] + ENGLISH[3:]]
    result = align_texts(unknown, ENGLISH, "ka", "en", bridge=bridge)
    assert pairs(result) == [((0,), (0,)), ((1,), (1,)), ((), (2,)), ((2,), (3,)), ((3,), (4,)), ((4,), (5,))]


def test_a_bridge_of_another_length_is_refused() -> None:
    with pytest.raises(UsageError, match="5 lines"):
        align_texts(FRENCH, ENGLISH, "fr", "en", bridge=ENGLISH[:5])


@pytest.mark.seeds
def test_arabic_and_french_translations_of_one_article() -> None:
    seeds = Path(__file__).parents[2].parent / "shared" / "seeds"
    if not seeds.is_dir():
        pytest.skip("needs the real articles in ../shared/seeds")
    from corpora.readers.base import read_article
    from corpora.sentences import split_sentences

    source, target = (read_article(next(seeds.glob(f"{number}_*"))) for number in ("000", "001"))
    result = align(split_sentences(source), split_sentences(target), source_lang="ar", target_lang="fr")
    # The French one has a headline of two sentences that the Arabic one lacks.
    wrong = [bead for bead in pairs(result) if bead[0] and bead[1] and bead[1] != (bead[0][0] + 2,)]
    assert len(wrong) <= 2
