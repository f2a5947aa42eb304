"""`muwazi check` over many articles: an index, a report of each, exit codes, the same bytes from any number of jobs."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from mt.cli.app import app

SOURCES = {
    "chips": "Nvidia sold chips to OpenAI.\n\nThe company did not say how many.\n",
    "model": "Anthropic released Claude in Paris.\n\nIt is free for schools.\n",
}
TRANSLATIONS = {
    "chips": "Nvidia a vendu des puces à Openai.\n\nL’entreprise n’a pas dit combien.\n",
    "model": "Anthropic a lancé Claude à Paris.\n\nIl est gratuit pour les écoles.\n",
}


@pytest.fixture(autouse=True)
def _articles(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.chdir(tmp_path)
    for folder, texts in (("en", SOURCES), ("fr", TRANSLATIONS)):
        Path(folder).mkdir()
        for name, text in texts.items():
            Path(folder, f"{name}.txt").write_text(text, encoding="utf-8")


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["check", *arguments, "--retranslate", "no"])


def written(folder: str) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in Path(folder).rglob("*.*")}


def test_a_folder_becomes_an_index_and_a_report_of_each() -> None:
    outcome = run("fr", "--source", "en", "-o", "out")
    assert outcome.exit_code == 0, outcome.stderr
    assert set(written("out")) == {
        "index.html",
        "index.json",
        *(f"articles/{name}.txt.{kind}" for name in SOURCES for kind in ("html", "json")),
    }
    index = json.loads(Path("out/index.json").read_text(encoding="utf-8"))
    assert [entry["id"] for entry in index["articles"]] == ["chips.txt", "model.txt"]
    assert index["articles"][0]["witness"] == {"role": "source", "path": "en/chips.txt"}
    assert index["articles"][0]["name_errors"] == 1
    assert 'href="articles/chips.txt.html"' in Path("out/index.html").read_text(encoding="utf-8")


def test_any_number_of_jobs_writes_the_same_bytes() -> None:
    assert run("fr", "--source", "en", "-o", "one").exit_code == 0
    assert run("fr", "--source", "en", "-o", "two", "--jobs", "2").exit_code == 0
    assert written("one") == written("two")


def test_a_failed_article_is_named_and_the_others_are_checked() -> None:
    Path("fr/empty.txt").touch()
    outcome = run("fr", "-o", "out")
    assert outcome.exit_code == 3
    assert "empty.txt: the file is empty" in outcome.stderr
    index = json.loads(Path("out/index.json").read_text(encoding="utf-8"))
    assert (len(index["articles"]), [failure["id"] for failure in index["failed"]]) == (2, ["empty.txt"])
    for name in TRANSLATIONS:
        Path(f"fr/{name}.txt").unlink()
    assert run("fr").exit_code == 1


def test_several_files_without_a_folder_print_the_index() -> None:
    outcome = run("fr/chips.txt", "fr/model.txt", "--source", "en")
    assert outcome.exit_code == 0, outcome.stderr
    assert outcome.stdout.startswith("1 of 2 articles needs work")
    listed = run("fr/chips.txt", "fr/model.txt", "--source", "en", "--format", "csv")
    assert [line["surface"] for line in csv.DictReader(listed.stdout.splitlines())] == ["Openai"]
    assert run("fr", "--format", "github").stdout.startswith("::error file=fr/chips.txt,line=1,col=")


def test_a_folder_of_csv_has_the_articles_and_the_findings() -> None:
    assert run("fr", "--source", "en", "-o", "out", "--format", "csv").exit_code == 0
    assert set(written("out")) == {"index.csv", "index.json", "findings.csv"}


def test_gates_hold_for_each_article_and_a_baseline_lets_known_findings_through() -> None:
    gate = ("--fail-under", "name_accuracy=1")
    missed = run("fr", "--source", "en", "-o", "before", *gate)
    assert missed.exit_code == 3
    assert "chips.txt: name_accuracy is" in missed.stderr
    assert "model.txt: name_accuracy" not in missed.stderr
    again = run("fr", "--source", "en", "-o", "after", "--baseline", "before", *gate)
    assert again.exit_code == 0, again.stderr
    index = json.loads(Path("after/index.json").read_text(encoding="utf-8"))
    assert [entry["name_errors"] for entry in index["articles"]] == [0, 0]
    Path("fr/model.txt").write_text(TRANSLATIONS["model"].replace("Claude", "Cloude"), encoding="utf-8")
    assert "model.txt: name_accuracy is" in run("fr", "--source", "en", "--baseline", "before", *gate).stderr


def test_an_article_without_its_source_is_checked_alone_and_said_to_be() -> None:
    Path("en/model.txt").unlink()
    outcome = run("fr", "--source", "en", "-o", "out")
    assert outcome.exit_code == 0
    assert "No source was found in en: checked without it (1 of 2 articles)" in outcome.stderr
    assert "No source was found" in Path("out/articles/model.txt.html").read_text(encoding="utf-8")
    Path("none").mkdir()
    assert run("fr", "--source", "none").exit_code == 2


def test_one_article_finds_its_source_in_a_folder() -> None:
    outcome = run("fr/chips.txt", "--source", "en", "--format", "json")
    assert outcome.exit_code == 0, outcome.stderr
    assert json.loads(outcome.stdout)["alignments"][0]["path"] == "en/chips.txt"


def test_a_witness_that_is_not_there_is_said_once() -> None:
    outcome = run("fr", "--source", "nowhere")
    assert outcome.exit_code == 1
    assert outcome.stderr.count("\n") == 1


def test_reports_of_an_earlier_run_are_no_articles() -> None:
    assert run("fr", "-o", "fr/old").exit_code == 0
    assert run("fr", "-o", "new").exit_code == 0
    index = json.loads(Path("new/index.json").read_text(encoding="utf-8"))
    assert [entry["id"] for entry in index["articles"]] == ["chips.txt", "model.txt"]


def test_what_makes_no_sense_is_a_usage_error() -> None:
    Path("old.json").write_text("{}", encoding="utf-8")
    for arguments in (["-o", "report.html"], ["--format", "html"], ["--baseline", "old.json"]):
        assert run("fr", *arguments).exit_code == 2, arguments
    Path("void").mkdir()
    assert run("void").exit_code == 1


def test_reports_in_the_folder_itself_are_not_articles_the_next_time() -> None:
    assert run("fr", "-o", "fr/reports").exit_code == 0
    first = written("fr/reports")
    assert run("fr", "-o", "fr/reports").exit_code == 0
    assert written("fr/reports") == first
