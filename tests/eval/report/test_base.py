"""Every report format: registered, the same bytes from the same result, unharmed by hostile text."""

from __future__ import annotations

import csv
import io
import json
from importlib.resources import files

import pytest

from corpora.errors import UsageError
from eval.report.base import FORMATS, render
from eval.report.json import findings_json
from eval.result import CheckResult
from tests.eval.report import samples


@pytest.mark.parametrize("format", FORMATS)
def test_every_format_renders_the_same_bytes_twice(format: str) -> None:
    once, again = (render(samples.small(), format) for _ in range(2))
    assert once.encode("utf-8") == again.encode("utf-8")
    assert "Openai" in once
    assert once.endswith("\n")


@pytest.mark.parametrize("format", FORMATS)
def test_hostile_text_can_be_written_and_carries_no_control_characters(format: str) -> None:
    text = render(samples.hostile(), format)
    text.encode("utf-8")
    if format in {"text", "md"}:  # json and csv hand the exact text to a program; html has its own test
        assert not set("\u202e\u2067\x00\x07") & set(text)


@pytest.mark.parametrize("format", FORMATS)
def test_lone_surrogates_do_not_break_a_report(format: str) -> None:
    result = samples.small()
    broken = samples.replace(result, verdict=samples.Verdict("good", "odd \ud800 text", ()))
    render(broken, format).encode("utf-8")


def test_unknown_format_names_the_nearest() -> None:
    with pytest.raises(UsageError, match="did you mean html"):
        render(samples.small(), "htm")


@pytest.mark.parametrize("format", ["html", "text", "md"])
def test_the_direction_of_a_retranslation_is_said_everywhere(format: str) -> None:
    assert "forward re-translation" in render(samples.small(), format).lower()


@pytest.mark.parametrize("format", ["html", "text", "md", "json"])
def test_a_check_without_model_says_so_with_the_cure(format: str) -> None:
    assert "muwazi models pull" in render(samples.small(retranslated=False), format).replace("\n", " ")


def test_json_keeps_the_contract() -> None:
    made = json.loads(render(samples.small(), "json"))
    assert {"files", "alignments", "scores", "verdict", "version"} <= set(made)
    (file,) = made["files"]
    assert {"path", "lang", "findings"} <= set(file)
    keys = ["id", "start", "end", "surface", "kind", "entity", "canonical", "confidence", "severity", "evidence"]
    assert set(keys) <= set(file["findings"][0])
    (alignment,) = made["alignments"]
    assert {"role", "path", "source", "target", "beads", "encoder", "version"} <= set(alignment)
    assert set(alignment["source"]) == {"path", "lang", "sentences"}
    assert set(alignment["source"]["sentences"][0]) == {"start", "end", "text", "mark"}
    assert set(alignment["beads"][0]) == {"source", "target", "score", "kept", "crossing"}
    assert set(made["scores"]) >= {"segments", "summary"}
    assert made["scores"]["retranslation"]["direction"] == "forward"


@pytest.mark.parametrize("made", [samples.small(), samples.small(retranslated=False), samples.hostile()])
def test_json_follows_the_published_schema(made: CheckResult) -> None:
    import jsonschema

    schema = json.loads(files("eval.report").joinpath("check.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator(schema).validate(json.loads(render(made, "json")))


def test_json_offsets_point_at_the_surface() -> None:
    result = samples.small()
    for finding in json.loads(render(result, "json"))["files"][0]["findings"]:
        assert result.article.text[finding["start"] : finding["end"]] == finding["surface"]


def test_findings_json_lists_files_in_order() -> None:
    result = samples.small()
    made = json.loads(findings_json([(result.article, result.findings), (result.article, ())], "1"))
    assert [len(file["findings"]) for file in made["files"]] == [8, 0]
    assert made["version"] == "1"


def test_csv_has_a_line_for_each_finding_and_flag_and_no_formula() -> None:
    lines = list(csv.DictReader(io.StringIO(render(samples.small(), "csv"))))
    assert len(lines) == 8 + 3
    assert {line["mqm"] for line in lines} >= {"Fluency/Spelling", "Accuracy/Omission"}
    result = samples.small()
    formula = samples.replace(result.findings[0], canonical="=cmd|' /C calc'!A0")
    made = render(samples.replace(result, findings=(formula,)), "csv")
    assert next(csv.DictReader(io.StringIO(made)))["canonical"].startswith("'=")


def test_text_is_plain_without_colour_and_fits_its_width() -> None:
    for width in (40, 60, 80, 120):
        text = render(samples.small(), "text", width=width)
        assert "\x1b" not in text
        from rich.cells import cell_len

        assert max(cell_len(line) for line in text.splitlines()) <= width
    assert "\x1b[" in render(samples.small(), "text", color=True)


def test_text_isolates_names_for_bidi_terminals() -> None:
    assert "\u2068Huang Renxun\u2069" in render(samples.small(), "text", width=140)


def test_markdown_never_mentions_links_or_breaks_a_table() -> None:
    result = samples.small()
    finding = samples.replace(result.findings[0], canonical="@team #12 a|b <b>x</b> `c`")
    text = render(samples.replace(result, findings=(finding,)), "md")
    line = next(line for line in text.splitlines() if "| n1 |" in line)
    assert "@" not in line
    assert "<b>" not in line
    assert line.replace("\\|", "").count("|") == 10
