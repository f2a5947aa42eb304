from __future__ import annotations

import json
from pathlib import Path

import pytest

from corpora.errors import FormatError
from corpora.samples.catalogue import sample
from mt.batch import Heard, Task, align_all, read_tasks
from mt.pairs import holds_pairs, load_pairs
from mt.pipeline import check


def _list(tmp_path: Path) -> Path:
    sides = [str(path) for path in sample("chip-forum").write(tmp_path)]
    rows = [[sides[0], sides[1]], [sides[0], str(tmp_path / "absent.txt")], [sides[1], sides[2], "ar", "fr"]]
    path = tmp_path / "list.tsv"
    path.write_text("".join("\t".join(row) + "\n" for row in rows), encoding="utf-8")
    return path


def test_one_file_a_pair_and_the_broken_one_is_named(tmp_path: Path) -> None:
    failures = align_all(read_tasks(str(_list(tmp_path))), tmp_path / "out")
    assert len(failures) == 1
    assert failures[0].startswith("pair 1: ")
    assert "absent.txt" in failures[0]
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["00000.json", "00002.json"]
    document = json.loads((tmp_path / "out" / "00002.json").read_text(encoding="utf-8"))
    assert (document["source"]["lang"], document["target"]["lang"]) == ("ar", "fr")


@pytest.mark.parametrize("presegmented", [False, True])
def test_an_empty_side_is_gaps_alone_and_a_warning_that_names_the_pair(tmp_path: Path, presegmented: bool) -> None:
    for name, text in (("full.txt", "One line.\nAnother line.\n"), ("empty.txt", ""), ("blank.txt", "\n \n\n")):
        (tmp_path / name).write_text(text, encoding="utf-8")
    rows = [("full", "empty"), ("blank", "full"), ("empty", "blank")]
    tasks = [Task(n, *(str(tmp_path / f"{name}.txt") for name in row)) for n, row in enumerate(rows)]
    heard = Heard()
    assert align_all(tasks, tmp_path / "out", presegmented=presegmented, progress=heard) == []
    assert [warning.partition(":")[0] for warning in heard.warnings] == ["pair 0", "pair 1", "pair 2"]
    for number, row in enumerate(rows):
        found = json.loads((tmp_path / "out" / f"{number:05d}.json").read_text(encoding="utf-8"))
        lines = {"full": 2, "empty": 0, "blank": 3 * presegmented}
        assert [len(found[side]["sentences"]) for side in ("source", "target")] == [lines[name] for name in row]
        beads = [(len(bead["source"]), len(bead["target"])) for bead in found["beads"]]
        assert beads == [(1, 0)] * lines[row[0]] + [(0, 1)] * lines[row[1]]


@pytest.mark.slow
def test_several_processes_write_the_same_bytes(tmp_path: Path) -> None:
    tasks = read_tasks(str(_list(tmp_path)))
    align_all(tasks, tmp_path / "one")
    align_all(tasks, tmp_path / "two", jobs=2)
    for name in ("00000.json", "00002.json"):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()


def test_a_row_of_the_wrong_width_is_named_by_its_line(tmp_path: Path) -> None:
    path = tmp_path / "list.tsv"
    path.write_text("a\tb\n\nonly one\n", encoding="utf-8")
    with pytest.raises(FormatError, match=r"list\.tsv:3"):
        read_tasks(str(path))


def test_pairs_that_are_aligned_already_are_checked_as_they_stand(tmp_path: Path) -> None:
    path = tmp_path / "pairs.tsv"
    rows = [
        "OpenAI released ChatGPT in November.\tأطلقت Openai برنامج ChatGPT في نوفمبر.",
        "Nobody knew why.\tلم يعرف أحد السبب.",
    ]
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    assert holds_pairs(str(path))
    source, target, alignment = load_pairs(str(path), source_lang="en", target_lang="ar")
    assert [sentence.text for sentence in source.sentences] == [row.split("\t")[0] for row in rows]
    assert all(target.article.text[s.start : s.end] == s.text for s in target.sentences)
    assert [(bead.source, bead.target) for bead in alignment] == [((0,), (0,)), ((1,), (1,))]
    result = check(str(path), lang="ar", source_lang="en", retranslate="no")
    assert [(finding.surface, finding.canonical) for finding in result.findings] == [("Openai", "OpenAI")]
