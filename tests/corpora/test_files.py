from __future__ import annotations

import errno
import io
import os
from pathlib import Path

import pytest

from corpora import files
from corpora.errors import InputError, OutputError
from corpora.files import atomic_writer, read_bytes, write_atomic


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    write_atomic(tmp_path / "a.txt", "نص\r\n")
    assert read_bytes(tmp_path / "a.txt") == "نص\r\n".encode()
    write_atomic(tmp_path / "a.txt", b"\xff")
    assert read_bytes(tmp_path / "a.txt") == b"\xff"
    assert os.listdir(tmp_path) == ["a.txt"]  # noqa: PTH208


def test_a_dash_is_standard_input() -> None:
    assert read_bytes("-", stdin=io.BytesIO(b"piped")) == b"piped"
    with pytest.raises(InputError, match="standard input: nothing came in"):
        read_bytes("-", stdin=io.BytesIO(b""))


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("missing.txt", "no such file"),
        ("", "folder"),
        ("empty.txt", "the file is empty"),
        ("a\0b", "cannot be read"),
        ("x" * 300, "too long"),
    ],
)
def test_what_cannot_be_read_is_one_clear_line_with_a_cure(tmp_path: Path, name: str, said: str) -> None:
    (tmp_path / "empty.txt").touch()
    with pytest.raises(InputError, match=said) as caught:
        read_bytes(f"{tmp_path}/{name}")
    assert "\n" not in str(caught.value)
    assert caught.value.cure


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read and write everything")
def test_a_file_without_permission_is_one_clear_line(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("x")
    secret.chmod(0)
    with pytest.raises(InputError, match="may not be read"):
        read_bytes(secret)
    tmp_path.chmod(0o500)
    with pytest.raises(OutputError, match="may not be written"):
        write_atomic(tmp_path / "new.txt", "x")
    tmp_path.chmod(0o700)


@pytest.mark.parametrize(
    ("name", "said"), [("no/such/folder.txt", "no such folder"), ("", "this is a folder"), ("x" * 300, "too long")]
)
def test_what_cannot_be_written_is_one_clear_line_with_a_cure(tmp_path: Path, name: str, said: str) -> None:
    with pytest.raises(OutputError, match=said) as caught:
        write_atomic(f"{tmp_path}/{name}", "x")
    assert caught.value.cure


@pytest.mark.parametrize(
    ("code", "said"),
    [
        (errno.ENOSPC, "the disk is full"),
        (errno.EROFS, "read-only"),
        (errno.EACCES, "may not be written"),
        (errno.EIO, "cannot be written"),
    ],
)
def test_a_failing_disk_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int, said: str
) -> None:
    target = tmp_path / "a.txt"
    target.write_text("old")

    def fail(_: int) -> None:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(files.os, "fsync", fail)
    with pytest.raises(OutputError, match=said):
        write_atomic(target, "new")
    assert target.read_text() == "old"
    assert list(tmp_path.iterdir()) == [target]


def test_an_interruption_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    target = tmp_path / "a.txt"
    target.write_text("old")

    def interrupted() -> None:
        with atomic_writer(target) as file:
            file.write(b"half of")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert target.read_text() == "old"
    assert list(tmp_path.iterdir()) == [target]


def test_links_are_followed_and_permissions_kept(tmp_path: Path) -> None:
    target, link = tmp_path / "a.txt", tmp_path / "link.txt"
    target.write_text("old")
    target.chmod(0o640)
    link.symlink_to(target)
    write_atomic(link, "new")
    assert link.is_symlink()
    assert target.read_text() == "new"
    assert target.stat().st_mode & 0o777 == 0o640


def test_a_new_file_gets_the_permissions_of_the_user(tmp_path: Path) -> None:
    mask = os.umask(0o027)
    try:
        write_atomic(tmp_path / "a.txt", "x")
    finally:
        os.umask(mask)
    assert (tmp_path / "a.txt").stat().st_mode & 0o777 == 0o640
