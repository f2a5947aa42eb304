"""`muwazi convert` as a user meets it: formats by name, pipes, one line for bad input, nothing overwritten."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from corpora.formats.base import FORMATS, Pair, read_pairs, write_pairs
from mt.cli.app import app

PAIRS = [
    Pair("The bridge opens.", "يفتح الجسر.", "en", "ar", "1", 0.9876, {"domain": "news"}),
    Pair("It is long.", "إنه طويل.", "en", "ar", "2", 0.5),
]


def run(*arguments: str, stdin: bytes | None = None) -> Result:
    return CliRunner().invoke(app, ["convert", *arguments], input=stdin)


@pytest.mark.parametrize("target", FORMATS)
@pytest.mark.parametrize("source", FORMATS)
def test_every_format_becomes_every_other(source: str, target: str, tmp_path: Path) -> None:
    langs = ("--source-lang", "en", "--target-lang", "ar")
    one, two = (tmp_path / f"{name}{FORMATS[name].suffixes[0]}" for name in (f"{source}", f"{target}"))
    two = two.with_name(f"out-{two.name}")
    write_pairs(one, PAIRS)
    outcome = run(str(one), str(two), *langs)
    assert outcome.exit_code == 0, outcome.stderr
    expected = [FORMATS[target].held(FORMATS[source].held(pair)) for pair in PAIRS]
    assert list(read_pairs(two, source_lang="en", target_lang="ar")) == expected


def test_pipes_need_a_format_and_then_work(tmp_path: Path) -> None:
    assert run("-", "-", stdin=b"x").exit_code == 2
    assert run("-", "-", "--from", "tsv", stdin=b"x").exit_code == 2
    path = tmp_path / "in.csv"
    write_pairs(path, PAIRS)
    outcome = run(str(path), "-", "--to", "jsonl")
    assert [json.loads(line)["target"] for line in outcome.stdout.splitlines()] == [pair.target for pair in PAIRS]
    outcome = run(str(path), "-", "--to", "parquet")
    assert (outcome.exit_code, outcome.stdout) == (2, "")


def test_a_file_that_is_there_is_kept_without_force(tmp_path: Path) -> None:
    source, target = tmp_path / "in.tmx", tmp_path / "out.tsv"
    write_pairs(source, PAIRS)
    target.write_text("mine", encoding="utf-8")
    outcome = run(str(source), str(target))
    assert (outcome.exit_code, target.read_text(encoding="utf-8")) == (1, "mine")
    assert "--force" in outcome.stderr
    assert run(str(source), str(target), "--force").exit_code == 0
    assert len(list(read_pairs(target))) == 2


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b'<!DOCTYPE tmx [<!ENTITY a "x">]><tmx version="1.4">&a;</tmx>', "bomb.tmx"),
        (b'<!DOCTYPE tmx [<!ENTITY a SYSTEM "file:///etc/passwd">]><tmx version="1.4">&a;</tmx>', "outside.tmx"),
        (b"PAR1 and nothing else", "half.parquet"),
        (b'source,target\n"open', "open.csv"),
        (b"\xff\xfe\x00", "binary.tsv"),
        (b"", "prose.doc"),
    ],
)
def test_bad_input_is_one_line_and_leaves_nothing(content: bytes, name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(content)
    outcome = run(str(tmp_path / name), str(tmp_path / "out.jsonl"))
    assert outcome.exit_code == 1
    assert outcome.stderr.count("\n") == 1
    assert name in outcome.stderr
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_a_folder_that_is_no_dataset_is_refused(tmp_path: Path) -> None:
    outcome = run(str(tmp_path), str(tmp_path / "out.tmx"))
    assert outcome.exit_code == 1
    assert "no dataset" in outcome.stderr
    assert run(str(tmp_path / "absent.tmx"), str(tmp_path / "out.tmx")).exit_code == 1


def test_in_and_out_must_differ(tmp_path: Path) -> None:
    path = tmp_path / "in.tsv"
    write_pairs(path, PAIRS)
    assert run(str(path), str(path), "--force").exit_code == 2
