"""With the demo model, on names that its training never saw and on planted errors, names come out right."""

from __future__ import annotations

import pytest

from mt.demo_model.recipe import held_out
from mt.keep_names import NameKeeper
from tests.benchmarks.names_kept import Case, accuracy, chrf, kept, planted, translated


@pytest.mark.parametrize(("source_lang", "target_lang"), [("en", "fr"), ("ar", "en")])
def test_names_are_right_after_repair_at_no_loss(source_lang: str, target_lang: str) -> None:
    case = Case(source_lang, target_lang, held_out(20))
    outputs = translated(case)
    damaged, count = planted(case, outputs)
    assert count >= 5
    for texts in (outputs, damaged):
        repaired = [one.text for one in kept(case, texts, with_hypotheses=True, keeper=NameKeeper())]
        assert accuracy(case, repaired) >= 0.96 > accuracy(case, damaged)
        assert chrf(case, repaired) >= chrf(case, texts)
