"""How far a rule is believed: its start, moved by what it did."""

from __future__ import annotations

import pytest

from eval.names.rules.calibration import RULES, calibrated, probability


def test_without_counts_a_rule_keeps_its_start() -> None:
    assert probability("misspelling.article", {}) == RULES["misspelling.article"].confidence


def test_what_a_rule_did_moves_it() -> None:
    start = RULES["misspelling.article"].confidence
    assert probability("misspelling.article", {"misspelling.article": (20, 20)}) == pytest.approx(
        (20 + 20 * start) / 60
    )
    assert probability("misspelling.article", {"misspelling.article": (10_000, 0)}) == 0.99


@pytest.mark.parametrize("rule", RULES)
def test_every_rule_has_a_probability(rule: str) -> None:
    assert 0.3 <= calibrated(rule) <= 0.99
