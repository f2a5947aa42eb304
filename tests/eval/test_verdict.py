"""The verdict: the grade follows the figures, the headline says what to do, every reason has its figure."""

from __future__ import annotations

from dataclasses import replace

import pytest

from eval.names.entity import NameFinding
from eval.result import CorpusScore, Flag, SegmentScore, Summary
from eval.verdict import decide

SUMMARY = Summary(100, 0, 0, 0.7, 1.0, (), 0.99, 60)


def finding(
    number: int, *, severity: str = "error", canonical: str | None = "OpenAI", confidence: float = 0.99
) -> NameFinding:
    return NameFinding(f"n{number}", 0, 6, "Openai", "casing", "OpenAI", canonical, confidence, severity, ())  # type: ignore[arg-type]


def segments(flagged: int, *, severity: str = "major", total: int = 100) -> list[SegmentScore]:
    flag = Flag("number_mismatch", severity, "Accuracy/Mistranslation", "3 became 4")  # type: ignore[arg-type]
    return [SegmentScore(i, 0.7, 1.0, flags=(flag,) if i < flagged else ()) for i in range(total)]


@pytest.mark.parametrize(
    ("flagged", "errors", "grade"),
    [
        (0, 0, "good"),
        (1, 0, "usable"),
        (0, 1, "usable"),
        (0, 40, "usable"),
        (10, 0, "usable"),
        (20, 3, "poor"),
        (60, 0, "unusable"),
    ],
)
def test_grade_follows_the_figures(flagged: int, errors: int, grade: str) -> None:
    assert decide(SUMMARY, segments(flagged), [finding(n) for n in range(errors)]).grade == grade


def test_minor_flags_and_variants_do_not_spoil_a_good_text() -> None:
    made = decide(SUMMARY, segments(5, severity="minor"), [finding(1, severity="variant")])
    assert made.grade == "good"
    assert made.headline == "Ready to publish: nothing serious was found"


def test_headline_says_what_to_do() -> None:
    made = decide(SUMMARY, segments(0), [finding(n) for n in range(14)])
    assert made.headline == "Readable, but 14 names are corrupted: repair before publishing"
    assert decide(SUMMARY, segments(0), [finding(1)]).headline.startswith("Readable, but 1 name is corrupted")
    assert "read them before publishing" in decide(SUMMARY, segments(2), []).headline


def test_reasons_carry_figures() -> None:
    findings = [finding(1), finding(2), finding(3, canonical=None), finding(4, severity="variant")]
    metric = CorpusScore("chrF2++", 58.21, "s", "forward re-translation", (53.1, 63.4))
    summary = replace(SUMMARY, metrics=(metric,), name_interval=(0.95, 1.0))
    text = "\n".join(decide(summary, segments(1), findings, direction="forward").reasons)
    assert "3 names in error, 2 of them can be repaired" in text
    assert "“Openai” (×3)" in text
    assert "1 name acceptable but inconsistent" in text
    assert "99.0 % over 60 mentions (95 % interval 95.0 to 100.0)" in text
    assert "1 number does not match the source" in text
    assert "chrF2++ 58.2 against the forward re-translation (95 % interval 53.1 to 63.4)" in text


def test_names_that_nobody_can_repair_make_it_poor() -> None:
    made = decide(replace(SUMMARY, name_accuracy=0.4), segments(0), [finding(n, canonical=None) for n in range(9)])
    assert made.grade == "poor"


def test_low_similarity_of_the_whole_is_never_good() -> None:
    assert decide(replace(SUMMARY, similarity=0.45), segments(0), []).grade == "usable"
    assert decide(replace(SUMMARY, similarity=0.2), segments(0), []).grade == "poor"
    assert "compare it with the source" in decide(replace(SUMMARY, similarity=0.45), segments(0), []).headline
