"""Paired tests: what sacrebleu says, with our seed, our names and our errors."""

from __future__ import annotations

import os

import pytest

from corpora.errors import InputError
from eval.significance import Test, compare

REFERENCES = [f"the cat number {n} sat on the mat in the hall" for n in range(30)]
GOOD = [line.replace("hall", "room") for line in REFERENCES]
BAD = [line.replace("cat", "dog").replace("mat", "table").replace("sat", "lay") for line in REFERENCES]


@pytest.mark.parametrize("test", ["bootstrap", "randomisation"])
def test_a_clear_difference_is_significant_and_none_is_not(test: Test) -> None:
    (made,) = compare(
        {"good": GOOD, "bad": BAD, "same": GOOD}, REFERENCES, lang="en", metrics=["chrf++"], test=test, samples=200
    )
    first, second, third = made.systems
    assert (first.system, second.system, third.system) == ("good", "bad", "same")
    assert first.p_value is None
    assert second.value < first.value
    assert second.p_value is not None
    assert second.p_value < 0.01
    assert third.p_value == 1.0
    assert made.name == "chrF2++"


def test_the_seed_is_said_and_the_environment_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SACREBLEU_SEED", raising=False)
    systems = {"a": GOOD, "b": BAD}
    runs = [compare(systems, REFERENCES, lang="en", metrics=["bleu"], samples=50, seed=seed) for seed in (7, 7, 8)]
    assert runs[0] == runs[1]
    assert "seed:7" in runs[0][0].signature
    assert "seed:8" in runs[2][0].signature
    assert "SACREBLEU_SEED" not in os.environ


def test_bad_input_is_told() -> None:
    with pytest.raises(InputError, match="nothing to compare"):
        compare({"a": GOOD}, REFERENCES, lang="en")
    with pytest.raises(InputError, match="b: 1 segments, but 30 references"):
        compare({"a": GOOD, "b": ["x"]}, REFERENCES, lang="en")


def test_equal_scores_are_no_difference() -> None:
    found = compare({"a": ["x y z"], "b": ["z y x"]}, ["k l m"], lang="en", metrics=["bleu"])[0]
    assert [one.value for one in found.systems] == [0.0, 0.0]
    assert found.systems[1].p_value == 1.0
