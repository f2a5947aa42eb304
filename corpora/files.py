"""A path in, its bytes out, and back: whole or not at all, with one clear line where the disk says no."""

from __future__ import annotations

import errno
import os
import stat
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from corpora.errors import EmptyError, InputError, OutputError


def read_bytes(path: str | Path, *, stdin: BinaryIO | None = None) -> bytes:
    """The whole file; `-` is standard input.

    Raises:
        InputError: it is not there, is a folder, may not be read, or (EmptyError) holds nothing.
    """
    name = str(path)
    try:
        data = (stdin or sys.stdin.buffer).read() if name == "-" else Path(name).read_bytes()
    except (OSError, ValueError) as error:
        raise _unreadable(name, error) from error
    if not data:
        what, cure = (
            ("nothing came in", "was anything piped in?") if name == "-" else ("the file is empty", "was it saved?")
        )
        raise EmptyError(what, where=_shown(name), cure=cure)
    return data


def write_atomic(path: str | Path, data: bytes | str) -> None:
    """Put the data in the file, whole or not at all; text is written as UTF-8 with its line ends untouched."""
    with atomic_writer(path) as file:
        file.write(data.encode("utf-8") if isinstance(data, str) else data)


@contextmanager
def atomic_writer(path: str | Path) -> Iterator[BinaryIO]:
    """A file that takes its name only when the block ends well; a link is followed, permissions are kept.

    Raises:
        OutputError: the folder is not there, may not be written to, or the disk is full; nothing is left behind.
    """
    target = Path(os.path.realpath(path))
    scratch: Path | None = None
    try:
        if target.is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(target))
        handle, name = tempfile.mkstemp(prefix=f".{target.name[:100]}.", suffix=".part", dir=target.parent)
        scratch = Path(name)
        with os.fdopen(handle, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        scratch.chmod(_permissions(target))
        scratch.replace(target)
        scratch = None
    except (OSError, ValueError) as error:
        raise _unwritable(str(path), error) from error
    finally:
        if scratch is not None:
            with suppress(OSError):
                scratch.unlink()


def _permissions(target: Path) -> int:
    """Those of the file that is replaced, or what a new file gets."""
    with suppress(OSError):
        return stat.S_IMODE(target.stat().st_mode)
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


def _shown(name: str) -> str:
    return "standard input" if name == "-" else name


def _unreadable(name: str, error: Exception) -> InputError:
    code = error.errno if isinstance(error, OSError) else None
    what, cure = {
        errno.ENOENT: ("there is no such file", "check the path"),
        errno.ENOTDIR: ("there is no such file", "check the path"),
        errno.EISDIR: ("this is a folder", "give a file in it"),
        errno.EACCES: ("this file may not be read", "check its permissions"),
        errno.EPERM: ("this file may not be read", "check its permissions"),
        errno.ENAMETOOLONG: ("the name is too long", "check the path"),
        errno.ELOOP: ("the link leads in a circle", "check the path"),
    }.get(code or 0, (f"this file cannot be read ({error})", "check the path"))
    return InputError(what, where=_shown(name), cure=cure)


def _unwritable(name: str, error: Exception) -> OutputError:
    code = error.errno if isinstance(error, OSError) else None
    what, cure = {
        errno.ENOENT: ("there is no such folder", "create it first"),
        errno.ENOTDIR: ("there is no such folder", "create it first"),
        errno.EISDIR: ("this is a folder", "give a file name"),
        errno.EACCES: ("this may not be written", "check the folder's permissions, or choose another place"),
        errno.EPERM: ("this may not be written", "check the folder's permissions, or choose another place"),
        errno.EROFS: ("the disk is read-only", "choose another place"),
        errno.ENOSPC: ("the disk is full", "free some space, or choose another place"),
        errno.EDQUOT: ("the disk quota is used up", "free some space, or choose another place"),
        errno.ENAMETOOLONG: ("the name is too long", "choose a shorter one"),
    }.get(code or 0, (f"this cannot be written ({error})", "choose another place"))
    return OutputError(what, where=name, cure=cure)
