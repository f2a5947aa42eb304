"""`muwazi translate` as a user types it: files, folders, pipes, several languages, exit codes, kills."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from corpora.formats.base import Pair, write_pairs
from mt.checkpoint import Checkpoint
from mt.cli.app import app
from mt.convert import convert
from tests.mt.conftest import TRIPLES

ENGLISH = [english for english, _, _ in TRIPLES]
FRENCH = [french for _, french, _ in TRIPLES]
ARABIC = [arabic for _, _, arabic in TRIPLES]


@pytest.fixture
def run(model: Checkpoint, cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)

    def command(*words: str, stdin: str | None = None, with_model: bool = True, unchecked: bool = True) -> Result:
        given = ["translate", *words, "--cache-dir", str(cache)]
        given += ["--model", str(model.folder)] if with_model else []
        given += ["--unchecked"] if unchecked else []
        return CliRunner().invoke(app, given, input=stdin)

    return command


def test_a_file_comes_out_beside_itself_with_the_language_in_its_name(run, tmp_path: Path) -> None:
    (tmp_path / "story.en.txt").write_text("\n\n".join(ENGLISH) + "\n")
    result = run("story.en.txt", "--to", "ar")
    assert result.exit_code == 0, result.output
    assert (tmp_path / "story.ar.txt").read_text() == "\n\n".join(ARABIC) + "\n"
    assert "wrote story.ar.txt" in result.stderr
    assert "words/s" in result.stderr


def test_a_pipe_gives_the_translation_and_nothing_else_on_stdout(run) -> None:
    result = run("-", "--from", "en", "--to", "fr", stdin=f"{ENGLISH[1]}\n{ENGLISH[0]}\n")
    assert (result.exit_code, result.stdout) == (0, f"{FRENCH[1]}\n{FRENCH[0]}\n")


def test_folders_keep_their_shape_and_several_languages_their_names(run, tmp_path: Path) -> None:
    (tmp_path / "news" / "deep").mkdir(parents=True)
    (tmp_path / "news" / "a.md").write_text(f"# {ENGLISH[1]}\n")
    (tmp_path / "news" / "deep" / "b.html").write_text(f'<html lang="en"><body><p>{ENGLISH[0]}</p></body></html>')
    (tmp_path / "news" / "picture.png").write_bytes(b"\x89PNG")
    result = run("news", "--to", "fr,ar", "-o", "out")
    assert result.exit_code == 0, result.output
    names = sorted(str(path.relative_to(tmp_path / "out")) for path in (tmp_path / "out").rglob("*") if path.is_file())
    assert names == ["a.ar.md", "a.fr.md", "deep/b.ar.html", "deep/b.fr.html"]
    assert (tmp_path / "out/a.fr.md").read_text() == f"# {FRENCH[1]}\n"
    page = (tmp_path / "out/deep/b.ar.html").read_text()
    assert page == f'<html lang="ar" dir="rtl"><body><p>{ARABIC[0]}</p></body></html>'


def test_a_pattern_names_files_and_earlier_translations_are_no_sources(run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(ENGLISH[1])
    assert run("*.txt", "--to", "fr").exit_code == 0
    result = run("*.txt", "--to", "fr", "--force")
    assert result.exit_code == 0, result.output
    assert sorted(path.name for path in tmp_path.glob("*.txt")) == ["a.fr.txt", "a.txt"]


def test_what_is_there_is_not_overwritten_unless_forced(run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(ENGLISH[1])
    (tmp_path / "a.fr.txt").write_text("mine")
    result = run("a.txt", "--to", "fr")
    assert result.exit_code == 1
    assert "this is there already" in result.stderr
    assert "--force" in result.stderr
    assert (tmp_path / "a.fr.txt").read_text() == "mine"
    assert run("a.txt", "--to", "fr", "--force").exit_code == 0
    assert (tmp_path / "a.fr.txt").read_text() == FRENCH[1]


def test_files_that_fail_do_not_keep_the_others_from_theirs(run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(ENGLISH[1])
    (tmp_path / "b.jsonl").write_text('{"text": \n')
    result = run("a.txt", "b.jsonl", "missing.txt", "--to", "fr")
    assert result.exit_code == 3
    assert (tmp_path / "a.fr.txt").read_text() == FRENCH[1]
    assert "b.jsonl" in result.stderr
    assert "missing.txt" in result.stderr
    assert run("missing.txt", "--to", "fr").exit_code == 1


def test_sentences_that_stay_wrong_are_kept_listed_and_make_exit_code_3(
    run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("mt.translate.faults", lambda *_, **__: ("length_ratio",))
    (tmp_path / "a.txt").write_text("No run before has seen this sentence.\n\n12:30\n")
    result = run("a.txt", "--to", "fr")
    assert result.exit_code == 3
    assert "a.txt:1: length ratio, low similarity: No run before has seen this sentence. → " in result.stderr
    assert (tmp_path / "a.fr.txt").read_text().endswith("\n\n12:30\n")


def test_text_in_the_target_language_is_said_and_not_written_again(run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("\n\n".join(FRENCH))
    result = run("a.txt", "--to", "fr")
    assert result.exit_code == 0
    assert "already in the target language (fr)" in result.stderr
    assert not (tmp_path / "a.fr.txt").exists()
    assert run("-", "--to", "fr", stdin="\n\n".join(FRENCH)).stdout == "\n\n".join(FRENCH)


def test_bilingual_records_have_source_translation_score_and_flags(run, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(f"# {ENGLISH[1]}\n\n{ENGLISH[0]} {ENGLISH[3]}\n")
    result = run("a.md", "--to", "ar,fr", "--format", "jsonl", "-o", "-")
    records = [json.loads(line) for line in result.stdout.splitlines()]
    assert [record["translation"] for record in records] == [
        *(ARABIC[index] for index in (1, 0, 3)), *(FRENCH[index] for index in (1, 0, 3)),
    ]  # fmt: skip
    assert all(record["score"] > 0.5 and record["flags"] == [] for record in records)
    assert (records[1]["path"], records[1]["line"], records[1]["target_lang"]) == ("a.md", 3, "ar")


@pytest.mark.parametrize(
    ("format", "sign"),
    [("tmx", '<tuv xml:lang="ar"><seg>'), ("xliff", 'trgLang="ar"'), ("md", 'dir="rtl"'), ("html", 'dir="rtl"')],
)
def test_bilingual_files_of_every_format(run, tmp_path: Path, format: str, sign: str) -> None:
    (tmp_path / "a.txt").write_text("\n\n".join(ENGLISH))
    assert run("a.txt", "--to", "ar", "--format", format, "-o", "out.file").exit_code == 0
    text = (tmp_path / "out.file").read_text()
    assert sign in text
    assert all(sentence in text for sentence in ARABIC)


def test_units_without_a_target_are_translated_in_place(run, tmp_path: Path) -> None:
    (tmp_path / "a.xlf").write_text(
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.1" srcLang="en" trgLang="fr"><file id="f">'
        f'<unit id="1"><segment state="initial"><source>{ENGLISH[1]}<ph id="2"/></source><target/></segment></unit>'
        '<unit id="2"><segment><source>Mine.</source><target>À moi &amp; lui.</target></segment></unit>'
        "</file></xliff>\n"
    )
    assert run("a.xlf", "--to", "fr").exit_code == 0
    text = (tmp_path / "a.fr.xlf").read_text()
    assert (
        f'<segment state="translated"><source>{ENGLISH[1]}<ph id="2"/></source><target>{FRENCH[1]}<ph id="2"/></target>'
        in text
    )
    assert "<source>Mine.</source><target>À moi &amp; lui.</target>" in text
    (tmp_path / "b.tmx").write_text(
        '<tmx version="1.4"><header srclang="en"/><body><tu><tuv xml:lang="en">'
        "<seg>Netflix now <hi>employs</hi> 427 people in six countries.</seg></tuv></tu></body></tmx>"
    )
    assert run("b.tmx", "--to", "ar").exit_code == 0
    assert (tmp_path / "b.ar.tmx").read_text().count('<tuv xml:lang="ar"><seg>') == 1


def test_the_glossary_has_the_last_word(run, tmp_path: Path) -> None:
    (tmp_path / "terms.tsv").write_text("en\tfr\nBerlin\tBerline\n")
    (tmp_path / "a.txt").write_text(ENGLISH[0])
    (tmp_path / "base.txt").write_text("")
    result = run("a.txt", "--to", "fr", "--glossary", "terms.tsv")
    assert "à Berline." in (tmp_path / "a.fr.txt").read_text()
    assert "name by glossary: Berlin → Berline" in result.stderr


def test_a_memory_gives_the_same_sentence_and_offers_what_is_like_it(run, tmp_path: Path) -> None:
    write_pairs(tmp_path / "old.tmx", [Pair(ENGLISH[1].replace(" ", "  "), "Netflix compte 427 salariés.", "en", "fr")])
    near = ENGLISH[1].replace("427", "430")
    (tmp_path / "a.md").write_text(f"**{ENGLISH[1]}** {near}\n")
    result = run("a.md", "--to", "fr", "--memory", "old.tmx", "--format", "jsonl", "-o", "-")
    same, alike = [json.loads(line) for line in result.stdout.splitlines()]
    assert (same["translation"], same["origin"], same["offer"]) == ("Netflix compte 427 salariés.", "memory", None)
    assert (alike["translation"], alike["origin"]) == (FRENCH[1].replace("427", "430"), "model")
    assert (alike["offer"]["target"], alike["offer"]["similarity"] > 0.9) == ("Netflix compte 427 salariés.", True)
    assert "1 taken word for word, 1 like one of it" in result.stderr
    result = run("a.md", "--to", "ar", "--memory", "old.tmx")
    assert (result.exit_code, "no translation from en to ar" in result.stderr) == (0, True)
    assert "**Netflix compte 427 salariés.**" in run("a.md", "--to", "fr", "--memory", "old.tmx", "-o", "-").stdout


def test_a_model_that_fails_its_probes_is_refused_with_the_cure(run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(ENGLISH[0])
    result = run("a.txt", "--to", "ar", unchecked=False)
    assert result.exit_code == 1
    assert "fails the health check" in result.stderr
    assert "--unchecked" in result.stderr
    assert not (tmp_path / "a.ar.txt").exists()


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("a.txt", "--to", "klingonish"), 2, "unknown language"),
        (("a.txt", "--to", ","), 2, "no target language"),
        (("a.txt", "--to", "de"), 1, "does not translate into de"),
        (("a.txt", "--to", "fr,ar", "-o", "-"), 2, "cannot share one pipe"),
        (("a.txt", "--to", "fr", "-o", "a.txt", "--force"), 2, "overwrite its source"),
        (("empty", "--to", "fr"), 1, "no article in this folder"),
        (("*.nothing", "--to", "fr"), 1, "no file matches"),
        (("a.txt", "--to", "fr", "-o", "a.txt/x/y.txt"), 1, "folder cannot be made"),
    ],
)
def test_what_makes_no_sense_is_one_line(run, tmp_path: Path, words: tuple[str, ...], code: int, said: str) -> None:
    (tmp_path / "a.txt").write_text(ENGLISH[0])
    (tmp_path / "empty").mkdir()
    result = run(*words)
    assert result.exit_code == code or (code == 1 and result.exit_code == 3), result.output
    assert said in result.stderr


def test_no_model_and_no_hub_names_the_cures(run, no_hub: Path, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(ENGLISH[0])
    result = run("a.txt", "--to", "ar", with_model=False)
    assert result.exit_code == 1
    assert "muwazi models pull" in result.stderr
    assert "--model PATH" in result.stderr
    assert len(result.stderr.strip().splitlines()) == 1


def test_a_wrong_folder_is_no_model(run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(ENGLISH[0])
    (tmp_path / "folder").mkdir()
    result = run("a.txt", "--to", "ar", "--model", "folder/", with_model=False)
    assert result.exit_code == 1
    assert "config.json is missing" in result.stderr


@pytest.fixture(scope="session")
def converted(model: Checkpoint, cache: Path) -> Checkpoint:
    """The demo model as it runs without torch, whose import would take most of a test's time."""
    return convert(model, cache=cache)


def _typed(folder: Path, model: Checkpoint, *words: str) -> subprocess.Popen[bytes]:
    settings = folder / "muwazi.toml"
    settings.write_text("[translation]\nbatch_tokens = 16\nthreads = 2\nbeam = 1\nretries = 0\n")
    command = [sys.executable, "-c", "from mt.cli.app import main; main()", "translate", *words]
    command += ["--model", str(model.folder), "--cache-dir", "cache", "--unchecked", "--no-names", "-q"]
    path = os.pathsep.join([str(Path(__file__).parents[2]), os.environ.get("PYTHONPATH", "")])
    return subprocess.Popen(command, cwd=folder, env={**os.environ, "PYTHONPATH": path}, stderr=subprocess.PIPE)


def _many(folder: Path, count: int) -> None:
    lines = (f"{ENGLISH[index % 4][:-1]}, said witness number {index}." for index in range(count))
    (folder / "long.txt").write_text("\n\n".join(lines) + "\n")


def _remembered(folder: Path) -> int:
    database = folder / "cache" / "muwazi.sqlite"
    if not database.exists():
        return 0
    try:
        with sqlite3.connect(f"file:{database}?mode=ro", uri=True) as connection:
            return int(connection.execute("SELECT count(*) FROM translations").fetchone()[0])
    except sqlite3.Error:
        return 0


@pytest.mark.slow
@pytest.mark.parametrize("sign", [signal.SIGKILL, signal.SIGINT])
def test_a_killed_run_leaves_no_half_file_and_goes_on_from_memory(
    converted: Checkpoint, tmp_path: Path, sign: signal.Signals
) -> None:
    _many(tmp_path, 200)
    process = _typed(tmp_path, converted, "long.txt", "--to", "fr")
    deadline = time.monotonic() + 120
    while _remembered(tmp_path) < 5 and process.poll() is None and time.monotonic() < deadline:
        time.sleep(0.02)
    process.send_signal(sign)
    _, said = process.communicate(timeout=60)
    before = _remembered(tmp_path)
    assert process.returncode == (-9 if sign == signal.SIGKILL else 130), said
    assert not (tmp_path / "long.fr.txt").exists()
    assert not list(tmp_path.glob("*.part"))
    assert 5 <= before < 200
    again = _typed(tmp_path, converted, "long.txt", "--to", "fr")
    again.communicate(timeout=240)
    assert again.returncode in (0, 3)
    assert (tmp_path / "long.fr.txt").read_text().count("\n\n") == 199
    assert _remembered(tmp_path) > before


@pytest.mark.slow
def test_two_processes_share_one_memory_file(converted: Checkpoint, tmp_path: Path) -> None:
    _many(tmp_path, 40)
    first = _typed(tmp_path, converted, "long.txt", "--to", "fr")
    second = _typed(tmp_path, converted, "long.txt", "--to", "fr", "-o", "other.txt")
    for process in (first, second):
        _, said = process.communicate(timeout=240)
        assert process.returncode in (0, 3), said
    assert (tmp_path / "long.fr.txt").read_text() == (tmp_path / "other.txt").read_text()
