"""Strict and lax scores, counted by hand after Vecalign's definition."""

from __future__ import annotations

from pathlib import Path

import pytest

from alignment.scoring import Score, read_gold, score
from corpora.errors import FormatError, InputError

GOLD = [((0,), (0,)), ((1, 2), (1,)), ((3,), ()), ((4,), (2, 3)), ((), (4,)), ((5,), (5,))]


def test_the_gold_itself_is_perfect() -> None:
    result = score(GOLD, GOLD)
    assert (result.strict.precision, result.strict.recall, result.strict.f1) == (1.0, 1.0, 1.0)
    assert result.lax.f1 == 1.0


def test_gaps_count_for_precision_but_not_for_recall() -> None:
    result = score([((0,), (0,)), ((3,), ()), ((4,), ())], GOLD).strict
    assert (result.right, result.predicted, result.found, result.gold) == (2, 3, 1, 4)


def test_lax_asks_for_a_shared_pair_of_sentences() -> None:
    predicted = [((0,), (0,)), ((1,), (1,)), ((2,), ()), ((3, 4), (2,)), ((), (3,)), ((), (4,)), ((5,), (5,))]
    result = score(predicted, GOLD)
    assert (result.strict.right, result.strict.predicted) == (3, 7)
    assert (result.lax.right, result.lax.predicted) == (5, 7)
    assert (result.lax.found, result.lax.gold) == (4, 4)


def test_scores_add_up_over_documents() -> None:
    total = score(GOLD, GOLD) + score([], GOLD)
    assert total.strict.recall == 0.5
    assert (Score() + Score()).strict.f1 == 0.0


def test_gold_file(tmp_path: Path) -> None:
    path = tmp_path / "gold"
    path.write_text("[0]:[0]\n[1, 2]:[1]:0.4\n\n[]:[2]\n", encoding="utf-8")
    assert read_gold(path) == [((0,), (0,)), ((1, 2), (1,)), ((), (2,))]


def test_gold_file_with_a_bad_line_names_it(tmp_path: Path) -> None:
    path = tmp_path / "gold"
    path.write_text("[0]:[0]\n0 0\n", encoding="utf-8")
    with pytest.raises(FormatError, match="gold:2"):
        read_gold(path)
    with pytest.raises(InputError, match="absent"):
        read_gold(tmp_path / "absent")
