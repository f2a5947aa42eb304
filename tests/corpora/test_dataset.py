from __future__ import annotations

import json
from pathlib import Path

import pyarrow.parquet as pq
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from corpora import dataset_folder
from corpora.card import Card, render
from corpora.dataset import DatasetSettings, ParquetRows, SplitShards, audit_table, pair_row, schemas
from corpora.errors import OutputError, StoreError
from corpora.records import AlignedPair, BeadRecord, NameRecord, SideRecord, pack, unpack

BEAD = BeadRecord("Hello.", "مرحبا", "مرحبا.", 0, 6, 3, 9, 0.9, 0.8, 1.1, None, ("unbalanced_marks",), (), None)
NAME = NameRecord(3, 9, "Openai", "casing", "error", "OpenAI", "OpenAI", 0.97, "OpenAI", ("the source",), 0)
PAIR = AlignedPair(
    SideRecord("a.en.txt", "en", 1, 0, 0), SideRecord("a.ar.txt", "ar", 1, 0, 0), "use", (BEAD,), (NAME,)
)


def test_records_are_packed_and_come_back() -> None:
    assert unpack(pack(PAIR)) == PAIR
    assert pack(PAIR) == pack(PAIR)
    with pytest.raises(StoreError, match="damaged"):
        unpack(b"nothing of the kind")


def test_shards_share_the_rows(tmp_path: Path) -> None:
    schema = schemas(["ar", "en"])["default"]
    with SplitShards(tmp_path, "default", "train", schema, 7, 3) as shards:
        for _ in range(7):
            shards.add(pair_row(PAIR, BEAD, ["ar", "en"]))
    assert shards.files == [f"default/train-0000{number}-of-00003.parquet" for number in range(3)]
    assert [pq.read_metadata(tmp_path / name).num_rows for name in shards.files] == [3, 3, 1]
    row = pq.read_table(tmp_path / shards.files[0]).to_pylist()[0]
    assert row["translation"] == {"ar": "مرحبا.", "en": "Hello."}
    assert row["target"] == "مرحبا"


def test_a_split_without_rows_is_a_readable_file(tmp_path: Path) -> None:
    with SplitShards(tmp_path, "default", "train", schemas(["en"])["default"], 0, 3) as shards:
        pass
    assert pq.read_table(tmp_path / shards.files[0]).num_rows == 0


def test_same_rows_same_bytes(tmp_path: Path) -> None:
    for name in ("a", "b"):
        with ParquetRows(tmp_path / name, schemas(["ar", "en"])["default"]) as file:
            for _ in range(5000):
                file.add(pair_row(PAIR, BEAD, ["ar", "en"]))
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


def test_the_audit_opens_in_a_spreadsheet_and_runs_no_formula() -> None:
    row = {**pair_row(PAIR, BEAD, ["ar", "en"]), "split": "train", "source": '=HYPERLINK("x")'}
    data = audit_table([row])
    assert data.startswith(b"\xef\xbb\xbf")
    assert "'=HYPERLINK" in data.decode("utf-8-sig")


@given(st.text(), st.text(min_size=1))
def test_the_card_is_valid_yaml_whatever_the_names(name: str, license: str) -> None:
    files = {"default": {"train": ["default/train-00000-of-00001.parquet"]}}
    card = Card(name, license, ["ar", "en"], files, {"train": 12}, {"repeat": 1}, {"used": 2}, (3, 2), "0")
    front = render(card).split("---\n", 2)[1]
    content = yaml.safe_load(front)
    assert content["configs"][0]["data_files"][0]["split"] == "train"
    assert content["language"] == ["ar", "en"]
    assert (content["pretty_name"], content["license"]) == (name, license)


def test_the_hub_reads_the_card() -> None:
    from huggingface_hub import DatasetCard

    card = Card(
        "Name: [x]", "cc-by-4.0", ["ar"], {"default": {"train": ["a.parquet"]}}, {"train": 1200}, {}, {}, (0, 0), "0"
    )
    data = DatasetCard(render(card)).data.to_dict()
    assert data["license"] == "cc-by-4.0"
    assert data["size_categories"] == ["1K<n<10K"]
    assert data["task_categories"] == ["translation"]


def install(folder: Path, tmp_path: Path, **files: str) -> None:
    scratch = tmp_path / "scratch"
    for name, text in files.items():
        (scratch / "d").mkdir(parents=True, exist_ok=True)
        (scratch / "d" / name).write_text(text, encoding="utf-8")
    dataset_folder.install(scratch, folder, {"kind": "dataset"})


def test_a_new_build_replaces_the_last_one_and_nothing_else(tmp_path: Path) -> None:
    folder = tmp_path / "out"
    install(folder, tmp_path, a="1", b="2")
    dataset_folder.require_free(folder, force=False)
    (folder / "mine.txt").write_text("keep", encoding="utf-8")
    with pytest.raises(OutputError, match=r"mine\.txt"):
        dataset_folder.require_free(folder, force=False)
    dataset_folder.require_free(folder, force=True)
    install(folder, tmp_path, b="3", c="4")
    assert {path.name for path in folder.rglob("*") if path.is_file()} == {"b", "c", "mine.txt", "manifest.json"}
    assert dataset_folder.is_dataset(folder)


def test_a_file_of_others_is_never_replaced(tmp_path: Path) -> None:
    folder = tmp_path / "out"
    (folder / "d").mkdir(parents=True)
    (folder / "d" / "a").write_text("mine", encoding="utf-8")
    with pytest.raises(OutputError, match="in the way"):
        install(folder, tmp_path, a="1")
    assert (folder / "d" / "a").read_text(encoding="utf-8") == "mine"


def test_what_someone_has_edited_is_kept_unless_forced(tmp_path: Path) -> None:
    folder = tmp_path / "out"
    install(folder, tmp_path, a="1")
    (folder / "d" / "a").write_text("graded", encoding="utf-8")
    with pytest.raises(OutputError, match="changed"):
        dataset_folder.require_free(folder, force=False)
    dataset_folder.require_free(folder, force=True)


def test_a_run_killed_between_two_files_can_be_taken_up(tmp_path: Path) -> None:
    folder = tmp_path / "out"
    install(folder, tmp_path, a="1")
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    manifest |= {"complete": False, "files": {"d/a": "", "d/b": ""}}
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    (folder / "d" / "b").write_text("half of the new one", encoding="utf-8")
    assert not dataset_folder.is_dataset(folder)
    dataset_folder.require_free(folder, force=False)
    install(folder, tmp_path, b="2")
    assert (folder / "d" / "b").read_text(encoding="utf-8") == "2"


def test_a_manifest_that_names_files_elsewhere_is_not_ours(tmp_path: Path) -> None:
    victim = tmp_path / "victim"
    victim.write_text("x", encoding="utf-8")
    folder = tmp_path / "out"
    folder.mkdir()
    hostile = {"generator": dataset_folder.GENERATOR, "complete": True, "kind": "dataset", "files": {"../victim": ""}}
    (folder / "manifest.json").write_text(json.dumps(hostile), encoding="utf-8")
    assert dataset_folder.manifest_of(folder) is None
    with pytest.raises(OutputError):
        dataset_folder.require_free(folder, force=False)


def test_settings_refuse_what_cannot_be() -> None:
    with pytest.raises(ValueError, match="training"):
        DatasetSettings(validation=0.7, test=0.3)
    with pytest.raises(ValueError, match="source_langs"):
        DatasetSettings(source_langs=())
