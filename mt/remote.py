"""A URL that fsspec knows (`s3://`, `gs://`, `sftp://`, `memory://` …) in, a local folder that stands for it out.

Articles are copied into the cache, and again only when they have changed; a dataset is built in a local folder and sent
when it is whole, its manifest first as incomplete and last as complete, as on a local disk.
"""

from __future__ import annotations

import json
import re
import socket
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import Any, Final
from uuid import uuid4

from corpora.dataset_folder import MANIFEST, manifest_of
from corpora.errors import InputError, OutputError
from corpora.files import write_atomic
from corpora.progress import SILENT, Progress

_STALE: Final = 24 * 3600.0  # seconds
_URL: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]+://.*")


def is_url(path: str) -> bool:
    """Whether a path names a place that fsspec opens."""
    return _URL.fullmatch(path) is not None


def articles_at(path: str, cache: Path, progress: Progress = SILENT) -> Path:
    """The folder of articles: a local one as it is, a remote one as a copy in the cache.

    Raises:
        InputError: the place cannot be read.
    """
    if not is_url(path):
        return Path(path)
    files, root = _opened(path)
    folder = cache / "remote" / sha256(path.encode()).hexdigest()[:24]
    index = folder.with_suffix(".json")
    try:
        known: dict[str, str] = json.loads(index.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        known = {}
    try:
        found = _listed(files, root)
        progress.start(f"fetching {path}", len(found))
        state = {}
        for name, place in found.items():
            state[name] = str(files.checksum(place))
            if known.get(name) != state[name] or not (folder / name).is_file():
                (folder / name).parent.mkdir(parents=True, exist_ok=True)
                write_atomic(folder / name, files.cat_file(place))
            progress.advance()
    except (OSError, ValueError) as error:
        raise InputError(f"this cannot be read ({error})", where=path, cure="check the URL and your rights") from error
    folder.mkdir(parents=True, exist_ok=True)
    for gone in known.keys() - state.keys():
        (folder / gone).unlink(missing_ok=True)
    write_atomic(index, json.dumps(state))
    return folder


def folder_at(path: str, progress: Progress = SILENT) -> AbstractContextManager[Path]:
    """A folder to read: a local one as it is, a remote one as a copy that goes when the block ends.

    Raises:
        InputError: the place cannot be read, or there is nothing.
    """
    return _fetched(path, progress) if is_url(path) else nullcontext(Path(path))


@contextmanager
def _fetched(url: str, progress: Progress) -> Iterator[Path]:
    files, root = _opened(url)
    with tempfile.TemporaryDirectory(prefix="muwazi-") as place:
        folder = Path(place) / (PurePosixPath(root).name or "folder")
        try:
            found = _listed(files, root)
            progress.start(f"fetching {url}", len(found))
            for name, source in found.items():
                (folder / name).parent.mkdir(parents=True, exist_ok=True)
                files.get_file(source, str(folder / name))
                progress.advance()
        except (OSError, ValueError) as error:
            cure = "check the URL and your rights"
            raise InputError(f"this cannot be read ({error})", where=url, cure=cure) from error
        if not found:
            raise InputError("there is nothing at this place", where=url, cure="check the URL")
        yield folder


def dataset_at(path: str) -> AbstractContextManager[Path]:
    """The folder to build in: a local one as it is; for a remote one a local folder that is sent when the block ends.

    Raises:
        OutputError: the place cannot be read or written.
    """
    return _staged(path) if is_url(path) else nullcontext(Path(path))


@contextmanager
def _staged(url: str) -> Iterator[Path]:
    files, root = _opened(url)
    with tempfile.TemporaryDirectory(prefix="muwazi-") as place, _alone(files, root, url):
        folder = Path(place) / (PurePosixPath(root).name or "dataset")
        with _explained(url):
            _fetch(files, root, folder)
        before = manifest_of(folder)
        yield folder
        after = manifest_of(folder)
        if after is not None and after != before:
            with _explained(url):
                _send(files, root, folder, before, after)


@dataclass(frozen=True, slots=True)
class _Holder:
    """Who is at work at a place; `since` in seconds of the epoch."""

    id: str
    since: float
    host: str


@contextmanager
def _alone(files: Any, root: str, url: str) -> Iterator[None]:
    """Keep other runs away from a place until the block ends, by a file beside it that says who is at work.

    Most stores cannot say "only if it is not there", so each writes its name and looks whose it is: of two that begin
    within the same moment both may go on. A run that was killed leaves its file, which means nothing after a day.

    Raises:
        OutputError: another run is at work there.
    """
    lock = f"{root}.muwazi-lock"
    mine = _Holder(uuid4().hex, time.time(), socket.gethostname())
    with _explained(url):
        files.makedirs(str(PurePosixPath(lock).parent), exist_ok=True)
        holder = _holder(files, lock)
        if holder is None:
            files.pipe_file(lock, json.dumps(asdict(mine)).encode())
            holder = _holder(files, lock) or mine
    if holder != mine:
        since = time.strftime("%Y-%m-%d %H:%M UTC", time.gmtime(holder.since))
        what = f"another build has been writing here since {since} on {holder.host}"
        cure = f"wait for it; if it was killed, delete {PurePosixPath(lock).name} beside the dataset"
        raise OutputError(what, where=url, cure=cure)
    try:
        yield
    finally:
        with suppress(OSError):
            files.rm_file(lock)


def _holder(files: Any, lock: str) -> _Holder | None:
    """Who holds a lock; None where nobody does, or what is there is too old or too broken to mean anything."""
    try:
        found = json.loads(files.cat_file(lock))
        holder = _Holder(str(found["id"]), float(found["since"]), str(found["host"]))
    except (FileNotFoundError, ValueError, KeyError, TypeError):
        return None
    return holder if time.time() - holder.since < _STALE else None


@contextmanager
def _explained(url: str) -> Iterator[None]:
    try:
        yield
    except (OSError, ValueError) as error:
        cure = "check the URL and your rights"
        raise OutputError(f"this cannot be read or written ({error})", where=url, cure=cure) from error


def _fetch(files: Any, root: str, folder: Path) -> None:
    """Copy what a build of ours wrote; of other files the names alone, so that they are seen to be in the way."""
    found = _listed(files, root)
    if not found:
        return
    folder.mkdir(parents=True)
    if MANIFEST in found:
        (folder / MANIFEST).write_bytes(files.cat_file(found[MANIFEST]))
    ours = (manifest_of(folder) or {"files": {}})["files"]
    for name, place in found.items():
        if name != MANIFEST:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(files.cat_file(place) if name in ours else b"")


def _send(files: Any, root: str, folder: Path, before: Mapping[str, Any] | None, after: Mapping[str, Any]) -> None:
    """Send what has changed, take away what is gone; the manifest is incomplete until all of it is there."""
    old = before["files"] if before is not None else {}
    new = after["files"]
    moving = {**after, "complete": False, "files": dict.fromkeys(sorted({*old, *new}), "")}
    for name in new:
        files.makedirs(str(PurePosixPath(root, name).parent), exist_ok=True)
    files.pipe_file(f"{root}/{MANIFEST}", json.dumps(moving).encode())
    for name, digest in new.items():
        if old.get(name) != digest:
            files.put_file(str(folder / name), f"{root}/{name}")
    for name in old.keys() - new.keys():
        files.rm_file(f"{root}/{name}")
    files.put_file(str(folder / MANIFEST), f"{root}/{MANIFEST}")


def _listed(files: Any, root: str) -> dict[str, str]:
    """Every file below the root: its name from there on, and its place."""
    found = files.find(root) if files.exists(root) else []
    names = {place: place.removeprefix(root).lstrip("/") for place in sorted(found)}
    return {name: place for place, name in names.items() if name and ".." not in PurePosixPath(name).parts}


def _opened(url: str) -> tuple[Any, str]:
    from fsspec.core import url_to_fs

    try:
        files, root = url_to_fs(url)
    except (ImportError, ValueError, OSError) as error:
        raise InputError(f"this place cannot be opened ({error})", where=url, cure="install what it names") from error
    return files, str(root).rstrip("/")
