"""Alignments as JSON, Vecalign's format and hunalign's ladder."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from alignment.beads import Alignment, Bead
from alignment.export import AlignedText, render, write
from alignment.scoring import read_gold
from corpora.article import Sentence
from corpora.errors import UsageError
from corpora.formats.base import read_pairs

SOURCE = AlignedText("a.txt", "en", [Sentence(0, 2, "A."), Sentence(3, 5, "B.", "repeat"), Sentence(6, 8, "C.")])
TARGET = AlignedText("b.txt", "fr", [Sentence(0, 3, "Un."), Sentence(4, 9, "Deux.")])
ALIGNMENT = Alignment(
    (Bead((0,), (0,), 0.9), Bead((1,), (), 1.0), Bead((2,), (1,), 0.25, kept=False)),
    "use",
)


def test_json_keeps_every_bead() -> None:
    said = json.loads(render("json", ALIGNMENT, SOURCE, TARGET))
    assert said["source"]["sentences"][1] == {"start": 3, "end": 5, "text": "B.", "mark": "repeat"}
    assert said["beads"][2] == {"source": [2], "target": [1], "score": 0.25, "kept": False, "crossing": False}
    assert said["encoder"] == "use"
    assert "version" in said


def test_vecalign_drops_what_is_not_kept_and_reads_back(tmp_path: Path) -> None:
    text = render("vecalign", ALIGNMENT, SOURCE, TARGET)
    assert text == "[0]:[0]:0.9000\n[1]:[]:1.0000\n"
    path = tmp_path / "out"
    path.write_text(text, encoding="utf-8")
    assert read_gold(path) == [((0,), (0,)), ((1,), ())]


def test_ladder_takes_dropped_beads_apart() -> None:
    assert (
        render("ladder", ALIGNMENT, SOURCE, TARGET)
        == "0\t0\t0.9000\n1\t1\t1.0000\n2\t1\t0.0000\n3\t1\t0.0000\n3\t2\t0\n"
    )


def test_an_unknown_format_names_the_nearest() -> None:
    with pytest.raises(UsageError, match="vecalign"):
        render("vecalgin", ALIGNMENT, SOURCE, TARGET)


@pytest.mark.parametrize("format", ["tsv", "tmx", "xliff"])
def test_pair_formats_drop_what_is_not_kept_and_read_back(format: str, tmp_path: Path) -> None:
    path = tmp_path / f"out.{format}"
    write(format, ALIGNMENT, SOURCE, TARGET, path)
    pairs = list(read_pairs(path))
    assert (pairs[0].source, pairs[0].target, pairs[0].score) == ("A.", "Un.", 0.9)
    assert [pair.source for pair in pairs] == (["A.", "B."] if format == "tsv" else ["A."])


def test_moses_is_two_files(tmp_path: Path) -> None:
    write("moses", ALIGNMENT, SOURCE, TARGET, tmp_path / "out")
    assert (tmp_path / "out.en").read_text(encoding="utf-8") == "A.\n"
    assert (tmp_path / "out.fr").read_text(encoding="utf-8") == "Un.\n"
    with pytest.raises(UsageError, match="two files"):
        render("moses", ALIGNMENT, SOURCE, TARGET)
