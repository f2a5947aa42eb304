"""Articles and datasets at a URL: fetched once, sent whole, and nothing of others touched."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import fsspec
import pytest

from corpora.dataset_folder import install, require_free
from corpora.errors import InputError, OutputError
from mt.remote import articles_at, dataset_at, folder_at, is_url


@pytest.fixture
def memory() -> Iterator[fsspec.AbstractFileSystem]:
    files = fsspec.filesystem("memory")
    files.store.clear()
    yield files
    files.store.clear()


def written(folder: Path, scratch: Path, **content: str) -> None:
    """What a build does with its output, in short."""
    scratch.mkdir(exist_ok=True)
    for name, text in content.items():
        (scratch / f"{name}.txt").write_text(text, encoding="utf-8")
    install(scratch, folder, {"kind": "dataset"})


def test_a_path_is_no_url() -> None:
    assert [is_url(path) for path in ("a/b", "C:\\a", "memory://a", "s3://a/b", "file:///a")] == [0, 0, 1, 1, 1]
    assert articles_at("a/b", Path("cache")) == Path("a/b")


def test_articles_are_fetched_when_they_are_new_or_changed(
    memory: fsspec.AbstractFileSystem, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    memory.pipe({"/news/en/one.txt": b"one", "/news/ar/one.txt": b"two"})
    folder = articles_at("memory://news", tmp_path)
    assert (folder / "en" / "one.txt").read_bytes() == b"one"
    fetched: list[str] = []
    read = memory.cat_file
    monkeypatch.setattr(type(memory), "cat_file", lambda _, path: fetched.append(path) or read(path))
    memory.pipe("/news/ar/one.txt", b"changed")
    assert articles_at("memory://news", tmp_path) == folder
    assert fetched == ["/news/ar/one.txt"]
    memory.rm("/news/en/one.txt")
    articles_at("memory://news", tmp_path)
    assert [path.name for path in folder.rglob("*.txt")] == ["one.txt"]


def test_a_dataset_is_sent_whole_and_replaced(memory: fsspec.AbstractFileSystem, tmp_path: Path) -> None:
    with dataset_at("memory://out") as folder:
        written(folder, tmp_path / "one", a="1", b="2")
    assert sorted(memory.find("/out")) == ["/out/a.txt", "/out/b.txt", "/out/manifest.json"]
    with dataset_at("memory://out") as folder:
        require_free(folder, force=False)
        written(folder, tmp_path / "two", a="3")
    assert sorted(memory.find("/out")) == ["/out/a.txt", "/out/manifest.json"]
    assert memory.cat_file("/out/a.txt") == b"3"


def test_what_others_wrote_is_in_the_way(memory: fsspec.AbstractFileSystem) -> None:
    memory.pipe("/out/thesis.txt", b"mine")
    with pytest.raises(OutputError, match="thesis"), dataset_at("memory://out") as folder:
        require_free(folder, force=False)
    assert memory.cat_file("/out/thesis.txt") == b"mine"


def test_a_build_that_fails_sends_nothing(memory: fsspec.AbstractFileSystem, tmp_path: Path) -> None:
    def failing() -> None:
        with dataset_at("memory://out") as folder:
            written(folder, tmp_path / "one", a="1")
            raise InputError("broken")

    with pytest.raises(InputError, match="broken"):
        failing()
    assert memory.find("/out") == []


def test_a_second_run_is_kept_away_from_a_place(
    memory: fsspec.AbstractFileSystem, monkeypatch: pytest.MonkeyPatch
) -> None:
    with dataset_at("memory://out"):
        with pytest.raises(OutputError, match="another build has been writing here since"):
            dataset_at("memory://out").__enter__()
        with dataset_at("memory://elsewhere"):
            pass
        later = time.time() + 25 * 3600
        monkeypatch.setattr("mt.remote.time.time", lambda: later)
        with dataset_at("memory://out"):  # what a killed run left there yesterday
            pass
    assert memory.find("/") == []


@pytest.mark.parametrize("protocol", ["memory", "file"])
def test_a_remote_folder_is_read_as_a_copy(memory: fsspec.AbstractFileSystem, tmp_path: Path, protocol: str) -> None:
    root = "/shard" if protocol == "memory" else str(tmp_path / "shard")
    files = fsspec.filesystem(protocol)
    files.makedirs(f"{root}/deep", exist_ok=True)
    files.pipe_file(f"{root}/deep/one.txt", b"one")
    with folder_at(f"{protocol}://{root}") as folder:
        assert (folder / "deep" / "one.txt").read_bytes() == b"one"
        assert folder.name == "shard"
    assert not folder.exists()
    with pytest.raises(InputError, match="nothing at this place"), folder_at(f"{protocol}://{root}-absent"):
        pass


def test_a_protocol_that_nobody_knows_is_one_line() -> None:
    with pytest.raises(InputError, match="cannot be opened"):
        articles_at("nowhere://a", Path("cache"))
