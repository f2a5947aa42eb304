"""A guard says what is wrong with an output and in which ways to try again; a good output passes."""

from __future__ import annotations

import pytest

from mt.engines.base import Search
from mt.guards import WEIGHTS, attempts, curable, faults, weight

SOURCE = "The company opened a second factory in Tunis on Monday."


@pytest.mark.parametrize(
    ("output", "flag"),
    [
        ("", "empty"),
        ("  ", "empty"),
        ("Компания открыла второй завод в Тунисе в понедельник.", "wrong_script"),
        ("فتح فتح فتح فتح فتح فتح فتح فتح فتح", "repetition"),
        ("نعم", "length_ratio"),
    ],
)
def test_a_wrong_output_is_flagged(output: str, flag: str) -> None:
    assert flag in faults(SOURCE, output, source_lang="en", target_lang="ar")


def test_an_output_that_is_the_source_is_flagged() -> None:
    assert "untranslated" in faults(SOURCE, SOURCE, source_lang="en", target_lang="fr")


def test_another_try_does_not_help_against_an_unknown_language() -> None:
    assert not curable(["unknown_pieces"])
    assert curable(["repetition", "unknown_pieces"])


def test_a_good_output_passes() -> None:
    assert faults(SOURCE, "افتتحت الشركة مصنعا ثانيا في تونس يوم الاثنين.", source_lang="en", target_lang="ar") == ()


def test_a_source_that_the_model_cannot_read_is_flagged() -> None:
    found = faults(SOURCE, "افتتحت الشركة مصنعا ثانيا في تونس.", source_lang="en", target_lang="ar", unknown_share=0.9)
    assert found == ("unknown_pieces",)


def test_worse_faults_weigh_more_than_all_lesser_ones_together() -> None:
    names = list(WEIGHTS)
    for place, name in enumerate(names):
        assert weight([name]) > weight(names[place + 1 :])


def test_each_attempt_is_another_one() -> None:
    ways = attempts(Search(), 3)
    assert len(set(ways)) == 3
    assert attempts(Search(), 0) == []
    assert attempts(Search(), 2) == ways[:2]
