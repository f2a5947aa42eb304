"""The command line as a user meets it: outputs, exit codes, one clear line for bad input, nothing half-written."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from corpora.errors import MuwaziError
from corpora.samples.catalogue import Sample, sample, truth
from mt.cli.app import app
from mt.config import Settings, load_settings


@pytest.fixture(autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))


@pytest.fixture
def article(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Sample:
    """The demo article's files in the working directory."""
    chosen = sample("chip-forum")
    chosen.write(tmp_path)
    monkeypatch.chdir(tmp_path)
    return chosen


def run(*arguments: str, stdin: bytes | None = None) -> Result:
    return CliRunner().invoke(app, list(arguments), input=stdin)


def test_check_gives_every_format_the_contract_names(article: Sample) -> None:
    source, ar = article.source.file, article.side("ar").file
    outcome = run("check", ar, "--source", source, "--retranslate", "no", "--format", "json")
    assert outcome.exit_code == 0, outcome.stderr
    document = json.loads(outcome.stdout)
    assert set(document) >= {"files", "alignments", "scores", "verdict", "version"}
    assert document["alignments"][0]["role"] == "source"
    assert {"segments", "summary"} <= set(document["scores"])
    for finding in document["files"][0]["findings"]:
        text = Path(ar).read_text(encoding="utf-8")
        assert text[finding["start"] : finding["end"]] == finding["surface"]


def test_the_format_follows_the_outputs_suffix(article: Sample, tmp_path: Path) -> None:
    ar = article.side("ar").file
    for suffix, beginning in ((".html", "<!doctype html"), (".json", "{"), (".md", "#"), (".csv", "")):
        report = tmp_path / f"report{suffix}"
        assert run("check", ar, "-o", str(report)).exit_code == 0
        assert report.read_text(encoding="utf-8").lower().startswith(beginning)


def test_a_missed_gate_is_exit_3_and_named(article: Sample) -> None:
    ar = article.side("ar").file
    outcome = run("check", ar, "--format", "json", "--fail-under", "name_accuracy=0.99")
    assert outcome.exit_code == 3
    assert "name_accuracy is" in outcome.stderr
    assert json.loads(outcome.stdout)["verdict"]
    assert run("check", ar, "--fail-under", "name_acuracy=1").exit_code == 2


def test_a_baseline_leaves_only_what_is_new(article: Sample, tmp_path: Path) -> None:
    ar = article.side("ar")
    assert run("check", ar.file, "-o", "before.json").exit_code == 0
    (tmp_path / ar.file).write_bytes(ar.data() + "\nوقالت Openai إنها ستنشر النتائج قريبًا.\n".encode())
    document = json.loads(run("check", ar.file, "--baseline", "before.json", "--format", "json").stdout)
    assert [finding["surface"] for finding in document["files"][0]["findings"]] == ["Openai"]


def test_same_input_gives_same_bytes(article: Sample) -> None:
    arguments = ("check", article.side("ar").file, "--other", article.side("fr").file, "--format", "html")
    assert run(*arguments).stdout_bytes == run(*arguments).stdout_bytes


def test_align_writes_every_format_and_scores_against_gold(article: Sample, tmp_path: Path) -> None:
    files = (article.source.file, article.side("ar").file)
    for name in ("tsv", "json", "vecalign", "ladder", "tmx", "xliff"):
        outcome = run("align", *files, "--format", name)
        assert outcome.exit_code == 0, outcome.stderr
        assert outcome.stdout.strip()
    gold = tmp_path / "gold.txt"
    gold.write_text(run("align", *files, "--format", "vecalign").stdout, encoding="utf-8")
    assert "strict  precision 1.0000" in run("align", *files, "--gold", str(gold)).stderr


def test_aligning_the_same_files_again_encodes_nothing(
    article: Sample, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from alignment import encoders, use

    arguments = ("align", article.source.file, article.side("ar").file, "--cache-dir", str(tmp_path / "kept"))
    encoders._loaded.cache_clear()
    first = run(*arguments)
    encoders._loaded.cache_clear()  # as another process would begin
    monkeypatch.setattr(use.UseFeatures, "tokenize", lambda *_: pytest.fail("encoded again"))
    second = run(*arguments)
    encoders._loaded.cache_clear()
    assert first.exit_code == second.exit_code == 0, second.stderr
    assert first.stdout == second.stdout


def test_align_json_holds_every_sentence_once(article: Sample) -> None:
    document = json.loads(run("align", article.source.file, article.side("fr").file, "--format", "json").stdout)
    for side in ("source", "target"):
        indices = [index for bead in document["beads"] for index in bead[side]]
        assert sorted(indices) == list(range(len(document[side]["sentences"])))


def test_presegmented_lines_are_sentences_blank_ones_too(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("One thing. Two things.\n\nThree.\n", encoding="utf-8")
    (tmp_path / "b.txt").write_text("Une chose. Deux choses.\nTrois.\n", encoding="utf-8")
    outcome = run(
        "align", str(tmp_path / "a.txt"), str(tmp_path / "b.txt"), "--presegmented", "--format", "json",
        "--source-lang", "en", "--target-lang", "fr",
    )  # fmt: skip
    assert [s["text"] for s in json.loads(outcome.stdout)["source"]["sentences"]] == [
        "One thing. Two things.", "", "Three.",
    ]  # fmt: skip


def test_a_bridge_of_the_wrong_length_is_refused(article: Sample, tmp_path: Path) -> None:
    bridge = tmp_path / "bridge.txt"
    bridge.write_text("only one line\n", encoding="utf-8")
    outcome = run("align", article.source.file, article.side("ar").file, "--bridge", str(bridge))
    assert outcome.exit_code == 1
    assert "the bridge has 1 lines" in outcome.stderr


def test_names_check_takes_several_files_and_a_pipe(article: Sample) -> None:
    ar, fr = article.side("ar"), article.side("fr")
    document = json.loads(run("names", "check", ar.file, fr.file, "--format", "json").stdout)
    assert [(file["path"], file["lang"]) for file in document["files"]] == [(ar.file, "ar"), (fr.file, "fr")]
    piped = json.loads(run("names", "check", "-", "--format", "json", stdin=ar.data()).stdout)
    assert piped["files"][0]["path"] == "-"
    assert piped["files"][0]["findings"] == document["files"][0]["findings"]


def test_one_bad_file_among_several_is_said_and_the_rest_goes_on(article: Sample) -> None:
    outcome = run("names", "check", article.side("ar").file, "absent.txt", "--format", "json")
    assert outcome.exit_code == 3
    assert "absent.txt" in outcome.stderr
    assert len(json.loads(outcome.stdout)["files"]) == 1


def test_a_fix_is_undone_byte_for_byte(article: Sample, tmp_path: Path) -> None:
    ar = article.side("ar")
    outcome = run("names", "fix", ar.file, "--source", article.source.file, "--in-place")
    assert outcome.exit_code == 0, outcome.stderr
    assert (tmp_path / ar.file).read_bytes() != ar.data()
    assert run("names", "undo", f"{ar.file}.changes.json").exit_code == 0
    assert (tmp_path / ar.file).read_bytes() == ar.data()


def test_a_second_fix_changes_nothing(article: Sample, tmp_path: Path) -> None:
    ar = article.side("ar")
    run("names", "fix", ar.file, "--source", article.source.file, "--in-place")
    once = (tmp_path / ar.file).read_bytes()
    outcome = run("names", "fix", ar.file, "--source", article.source.file, "--in-place")
    assert "0 names repaired" in outcome.stderr
    assert (tmp_path / ar.file).read_bytes() == once
    assert not (tmp_path / f"{ar.file}.changes-2.json").exists()


def test_undo_refuses_a_file_that_was_edited_since(article: Sample, tmp_path: Path) -> None:
    ar = article.side("ar")
    run("names", "fix", ar.file, "--in-place")
    edited = (tmp_path / ar.file).read_bytes() + b"\n"
    (tmp_path / ar.file).write_bytes(edited)
    outcome = run("names", "undo", f"{ar.file}.changes.json")
    assert outcome.exit_code == 1
    assert (tmp_path / ar.file).read_bytes() == edited


def test_an_editor_accepts_and_rejects_single_findings(article: Sample, tmp_path: Path) -> None:
    fr = article.side("fr").file
    findings = json.loads(run("names", "check", fr, "--format", "json").stdout)["files"][0]["findings"]
    chosen = next(f for f in findings if f["severity"] == "error" and f["canonical"])
    run("names", "fix", fr, "--only", chosen["id"], "-o", "one.txt")
    changes = json.loads((tmp_path / "one.txt.changes.json").read_text(encoding="utf-8"))["changes"]
    assert [change["finding"] for change in changes] == [chosen["id"]]
    run("names", "fix", fr, "--skip", chosen["id"], "-o", "rest.txt")
    changes = json.loads((tmp_path / "rest.txt.changes.json").read_text(encoding="utf-8"))["changes"]
    assert chosen["id"] not in {change["finding"] for change in changes}
    assert run("names", "fix", fr, "--only", "n999", "-o", "none.txt").exit_code == 2


def test_fix_never_overwrites_without_force(article: Sample, tmp_path: Path) -> None:
    ar = article.side("ar").file
    (tmp_path / "mine.txt").write_text("precious", encoding="utf-8")
    outcome = run("names", "fix", ar, "-o", "mine.txt")
    assert outcome.exit_code == 1
    assert (tmp_path / "mine.txt").read_text(encoding="utf-8") == "precious"
    assert run("names", "fix", ar, "-o", "mine.txt", "--force").exit_code == 0


@pytest.mark.parametrize(
    ("content", "message"),
    [(b"", "empty"), (b"\x00\x01\x02\xff\xfe\x00PNG\x00" * 50, "binary"), (b" \n\t\n", "no text")],
)
def test_files_that_hold_no_text_are_one_clear_line(tmp_path: Path, content: bytes, message: str) -> None:
    path = tmp_path / "bad.txt"
    path.write_bytes(content)
    for command in (["check"], ["names", "check"], ["names", "fix"]):
        outcome = run(*command, str(path))
        assert outcome.exit_code == 1
        assert message in outcome.stderr
        assert outcome.stderr.count("\n") == 1
        assert "bad.txt" in outcome.stderr


@pytest.mark.parametrize(("content", "lines"), [("", 0), (" \n\t\n", 2)])
def test_align_takes_a_side_without_text_as_all_gaps_with_a_warning(tmp_path: Path, content: str, lines: int) -> None:
    empty, full = tmp_path / "empty.txt", tmp_path / "full.txt"
    empty.write_text(content, encoding="utf-8")
    full.write_text("One sentence. Another sentence.\n", encoding="utf-8")
    outcome = run("align", str(full), str(empty), "--format", "vecalign")
    assert (outcome.exit_code, outcome.stdout) == (0, "[0]:[]:1.0000\n[1]:[]:1.0000\n")
    assert "no text to align in the target" in outcome.stderr
    outcome = run("align", str(empty), str(full), "--presegmented", "--format", "vecalign")
    assert outcome.stdout == "".join(f"[{line}]:[]:1.0000\n" for line in range(lines)) + "[]:[0]:1.0000\n"
    for name in ("json", "tsv", "ladder", "tmx", "xliff"):
        outcome = run("align", str(empty), str(empty), "--format", name)
        assert outcome.exit_code == 0
        assert "in the source and the target" in outcome.stderr


def test_what_makes_no_sense_is_exit_2(article: Sample) -> None:
    ar, fr = article.side("ar").file, article.side("fr").file
    for arguments, message in (
        (["check", ar, "--lang", "arr"], "arr"),
        (["check", ar, "--source", ar], "the same text"),
        (["check", ar, "--retranslate", "forward"], "needs --source"),
        (["check", ar, "--retranslate", "sideways"], "sideways"),
        (["names", "check", ar, fr, "--source", article.source.file], "one file"),
        (["names", "fix", ar, "-o", "x", "--in-place"], "exclude"),
        (["align", article.source.file, ar, "--format", "moses"], "two files"),
    ):
        outcome = run(*arguments)
        assert outcome.exit_code == 2, (arguments, outcome.stderr)
        assert message in outcome.stderr


@pytest.mark.parametrize(
    "command", [("check", "a.txt"), ("translate", "a.txt", "--to", "ar"), ("build", ".", "-o", "out")]
)
def test_the_settings_file_chooses_the_engine_and_a_flag_overrides_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]
) -> None:
    chosen = []

    def stop(*given: Any, **flags: Any) -> Settings:
        chosen.append(load_settings(*given, **flags).translation.engine)
        raise MuwaziError("seen enough")

    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("mt.config.load_settings", stop)
    run(*command)
    (tmp_path / "muwazi.toml").write_text('[translation]\nengine = "transformers"\n')
    run(*command)
    run(*command, "--engine", "ctranslate2")
    assert chosen == ["auto", "transformers", "ctranslate2"]


def test_a_model_that_is_not_there_is_an_error_only_when_asked_for(article: Sample) -> None:
    source, ar = article.source.file, article.side("ar").file
    asked = run("check", ar, "--source", source, "--model", "nowhere/such-model")
    assert asked.exit_code == 1
    assert "nowhere/such-model" in asked.stderr
    assert run("check", ar, "--source", source, "--format", "json").exit_code == 0


def test_an_interrupt_is_exit_130_and_leaves_nothing(
    article: Sample, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("mt.pipeline.find_names", interrupted)
    outcome = run("check", article.side("ar").file, "-o", "report.html")
    assert outcome.exit_code == 130
    assert not list(tmp_path.glob("report*"))


def test_demo_shows_the_whole_job(tmp_path: Path) -> None:
    outcome = run("demo", "-o", str(tmp_path / "out"))
    assert outcome.exit_code == 0, outcome.stderr
    for lang in ("ar", "fr"):
        report = (tmp_path / "out" / f"report-{lang}.html").read_text(encoding="utf-8")
        assert 'class="bead' in report
        assert "data-kind=" in report
    planted = {row.surface for row in truth("chip-forum", "ar") if row.kind == "casing"}
    repaired = (tmp_path / "out" / "chip-forum.ar.fixed.txt").read_text(encoding="utf-8")
    assert not any(surface in repaired for surface in planted)


def test_pair_finds_partners_by_content_and_align_takes_its_list(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for lang in ("en", "ar"):
        Path(lang).mkdir()
    for place, name in enumerate(("chip-forum", "human-rights", "film-festival")):
        Path("en", f"{place}.txt").write_bytes(sample(name).source.data())
        if name != "human-rights":
            Path("ar", f"{9 - place}.txt").write_bytes(sample(name).side("ar").data())
    outcome = run("pair", "en", "ar", "-o", "list.tsv")
    assert outcome.exit_code == 0, outcome.stderr
    rows = [line.split("\t") for line in Path("list.tsv").read_text(encoding="utf-8").splitlines()]
    assert rows == [["en/0.txt", "ar/9.txt", "en", "ar"], ["en/2.txt", "ar/7.txt", "en", "ar"]]
    assert run("align", "--pairs", "list.tsv", "-o", "out").exit_code == 0
    assert sorted(path.name for path in Path("out").iterdir()) == ["00000.json", "00001.json"]
