"""`muwazi train` writes a checkpoint that `muwazi translate` takes."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from mt.checkpoint import inspect
from mt.cli.app import app
from tests.mt.conftest import TRIPLES


def test_pairs_of_a_table_become_a_checkpoint_of_both_directions(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("torch", reason="training needs muwazi[models]")
    monkeypatch.chdir(tmp_path)
    (tmp_path / "pairs.tsv").write_text("".join(f"{english}\t{french}\n" for english, french, _ in TRIPLES))
    words = ["train", "pairs.tsv", "-o", "model", "--from", "en", "--to", "fr", "--both-directions"]
    size = ["--steps", "3", "--width", "32", "--layers", "1", "--vocabulary", "200"]
    result = CliRunner().invoke(app, [*words, *size])
    assert result.exit_code == 0, result.output
    assert "8 pairs, en → fr, fr → en" in result.stderr
    assert inspect(tmp_path / "model").family == "marian"
    again = CliRunner().invoke(app, [*words, *size])
    assert again.exit_code == 2
    assert "there already" in again.stderr


@pytest.mark.parametrize(
    ("text", "options", "said"),
    [
        ("a\tb\n", (), "--from and --to"),
        ("a\tb\n", ("--from", "en", "--to", "fr", "--width", "33"), "multiple of 4"),
        ("\t\n", ("--from", "en", "--to", "fr"), "no pair"),
    ],
)
def test_what_cannot_be_learned_is_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, options: tuple[str, ...], said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "pairs.tsv").write_text(text)
    result = CliRunner().invoke(app, ["train", "pairs.tsv", "-o", "model", *options])
    assert result.exit_code in (1, 2)
    assert said in result.stderr
    assert not (tmp_path / "model").exists()
