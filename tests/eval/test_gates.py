"""Gates and baselines: what is missed, what is new."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from corpora.errors import FormatError, InputError, UsageError
from eval.baseline import only_new, read_baseline
from eval.gates import Gate, missed, parse_gates
from eval.report.base import render
from tests.eval.report import samples


def test_gates_are_read_as_they_are_written() -> None:
    assert parse_gates("name_accuracy=0.98, chrF++=50,grade=usable") == (
        Gate("name_accuracy", 0.98),
        Gate("chrf++", 50.0),
        Gate("grade", 2.0),
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "no gates"),
        ("name_acuracy=1", "did you mean name_accuracy"),
        ("chrf++", "no number"),
        ("chrf++=nan", "no number"),
        ("name_accuracy=98", "write name_accuracy=0.98"),
        ("grade=fine", "unknown grade fine"),
    ],
)
def test_bad_gates_are_told_with_the_cure(text: str, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        parse_gates(text)


def test_missed_gates_say_which_and_by_how_much() -> None:
    gates = parse_gates("name_accuracy=0.98,chrf++=50,grade=good,bleu=40")
    assert [str(gate) for gate in missed(samples.small(), gates)] == [
        "name_accuracy is 0.6111, not at least 0.98",
        "grade is usable, not at least good",
        "bleu is 33.07, not at least 40",
    ]


def test_a_figure_that_is_not_there_misses_its_gate() -> None:
    (gate,) = missed(samples.small(retranslated=False), parse_gates("chrf++=1"))
    assert "has no value" in str(gate)


def test_against_a_baseline_only_what_got_worse_misses() -> None:
    gates = parse_gates("name_accuracy=0.98,similarity=0.9")
    before = {"name_accuracy": 0.6, "similarity": 0.8}
    assert [gate.gate.figure for gate in missed(samples.small(), gates, before=before)] == ["similarity"]


def test_baseline_leaves_out_what_was_known(tmp_path: Path) -> None:
    result = samples.small()
    path = tmp_path / "old.json"
    path.write_text(render(result, "json"), encoding="utf-8")
    baseline = read_baseline(path)
    assert baseline.figures["name_accuracy"] == 0.6111
    assert baseline.figures["chrf++"] == 58.21
    same = only_new(result, baseline)
    assert same.findings == ()
    assert not any(segment.flags for segment in same.segments)
    assert same.verdict.grade == "good"
    assert "8 name findings and 3 flags" in same.notices[-1]
    again = replace(result.findings[0], id="n9")
    more = only_new(replace(result, findings=(*result.findings, again)), baseline)
    assert [finding.id for finding in more.findings] == ["n9"]


def test_bad_baselines_are_told(tmp_path: Path) -> None:
    path = tmp_path / "old.json"
    with pytest.raises(InputError, match="cannot be read"):
        read_baseline(path)
    for text in ("{", "{}", "[]", '{"files": 3}'):
        path.write_text(text, encoding="utf-8")
        with pytest.raises(FormatError, match="baseline is not"):
            read_baseline(path)


def test_github_annotations_stand_at_their_lines() -> None:
    lines = render(samples.small(), "github").splitlines()
    assert len(lines) == 8 + 3
    assert lines[0].startswith("::error file=article-ar.txt,line=1,col=12,title=wrong capitals (n1)::Openai → OpenAI.")
    assert "line=3,col=18" in lines[1]
    assert any(line.startswith("::warning") for line in lines)


def test_github_annotations_cannot_be_forged() -> None:
    base = samples.small()
    forged = replace(base.findings[0], canonical="x\n::error file=a::b", surface="100%")
    text = render(replace(base, findings=(forged,), segments=()), "github")
    assert text.count("\n") == 1
    assert "100%25" in text


def test_what_is_only_not_new_is_not_called_ready(tmp_path: Path) -> None:
    earlier = tmp_path / "old.json"
    earlier.write_text(render(samples.small(), "json"), encoding="utf-8")
    result = only_new(samples.small(), read_baseline(earlier))
    assert result.verdict.headline == "Nothing serious is new since the baseline"
    assert "8 name findings and 3 flags" in result.notices[-1]
