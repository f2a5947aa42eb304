"""What a build keeps between runs: what it knows of each file, the plan, and the records of each pair.

Everything is under a hash of what it follows from, so a later run – of the same folder, or of one that has grown –
finds what is done already, and a run that was killed goes on where it stopped.
"""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import fields
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Final

from corpora.errors import OutputError
from corpora.store import Store, Table
from mt.plan import PlannedPair
from mt.sources import ArticleFacts, FileFacts, SourceFile

if TYPE_CHECKING:
    import sqlite3

_TRIES: Final = 3
_FILES: Final = Table("build_files", "key TEXT PRIMARY KEY, facts TEXT NOT NULL")
_PLANS: Final = Table("build_plans", "key TEXT PRIMARY KEY, pairs TEXT NOT NULL")
_PAIRS: Final = Table("build_pairs", "key TEXT PRIMARY KEY, records BLOB NOT NULL")


class Workspace:
    """The build's tables in the store; what cannot be kept on disk is kept in memory for this run."""

    def __init__(self, store: Store, *, fresh: bool = False) -> None:
        self._store = store
        self._fresh = fresh
        self._memory: dict[str, bytes] = {}
        self._done: set[str] = set()
        for table in (_FILES, _PLANS, _PAIRS):
            store.register(table)

    def facts(self, file: SourceFile, versions: str) -> FileFacts | None:
        """What was known of a file that has not changed since, by its size and time."""
        rows = self._store.read("SELECT facts FROM build_files WHERE key = ?", (_file_key(file, versions),))
        if not rows or self._fresh:
            return None
        articles = json.loads(str(rows[0][0]))
        return FileFacts(tuple(ArticleFacts(**article) for article in articles))

    def keep_facts(self, known: Iterable[tuple[SourceFile, FileFacts]], versions: str) -> None:
        """Keep what is known of some files; an error is not, for it may pass."""
        rows = [
            (_file_key(file, versions), json.dumps([_record(article) for article in facts.articles]))
            for file, facts in known
            if not facts.failed
        ]
        self._store.keep("INSERT OR REPLACE INTO build_files VALUES (?, ?)", rows)

    def plan(self, key: str) -> list[PlannedPair] | None:
        """The pairs of a plan that was made from the same articles."""
        rows = self._store.read("SELECT pairs FROM build_plans WHERE key = ?", (key,))
        if not rows or self._fresh:
            return None
        return [PlannedPair(*pair) for pair in json.loads(str(rows[0][0]))]

    def keep_plan(self, key: str, pairs: Sequence[PlannedPair]) -> None:
        """Keep a plan."""
        data = json.dumps([[pair.source, pair.target, pair.by, pair.score] for pair in pairs])
        self._store.keep("INSERT OR REPLACE INTO build_plans VALUES (?, ?)", [(key, data)])

    def has(self, key: str) -> bool:
        """Whether the records of a pair are there."""
        if key in self._done:
            return True
        return not self._fresh and bool(self._store.read("SELECT 1 FROM build_pairs WHERE key = ?", (key,)))

    def records(self, key: str) -> bytes:
        """The packed records of a pair that is there."""
        if key in self._memory:
            return self._memory[key]
        rows = self._store.read("SELECT records FROM build_pairs WHERE key = ?", (key,))
        data = rows[0][0]
        return data if isinstance(data, bytes) else b""

    def keep_records(self, key: str, data: bytes) -> None:
        """Keep the packed records of a pair."""
        self._done.add(key)
        if not self._store.keep("INSERT OR REPLACE INTO build_pairs VALUES (?, ?)", [(key, data)]):
            self._memory[key] = data


def _record(article: ArticleFacts) -> dict[str, str | None]:
    return {field.name: getattr(article, field.name) for field in fields(article)}


def _file_key(file: SourceFile, versions: str) -> str:
    try:
        found = Path(file.path).stat()
        state = f"{found.st_size}:{found.st_mtime_ns}:{found.st_ino}"
    except OSError:
        state = "absent"
    return sha256("\0".join((versions, file.path, file.id, state)).encode("utf-8", "surrogateescape")).hexdigest()


@contextmanager
def alone(output: Path) -> Iterator[None]:
    """Keep a second run away from the same output until the block ends; a killed run holds nothing.

    Raises:
        OutputError: another run is at work there.
    """
    name = sha256(str(output.resolve()).encode("utf-8", "surrogateescape")).hexdigest()[:24]
    owner = os.getuid() if hasattr(os, "getuid") else 0
    place = Path(tempfile.gettempdir()) / f"muwazi-{owner}-{name}.lock"
    lock = next(filter(None, (_locked(place) for _ in range(_TRIES))), None)
    if lock is None:
        cure = "wait for it, or choose another place"
        raise OutputError("another build is writing here", where=str(output), cure=cure)
    try:
        yield
    finally:
        with suppress(OSError):  # while it is held; a system that keeps open files keeps an empty one
            place.unlink()
        lock.close()


def _locked(place: Path) -> sqlite3.Connection | None:
    """The lock, if nobody has it. An open transaction is one that every system has, and that goes with its process."""
    import sqlite3

    place.touch()
    before = _identity(place)
    lock = sqlite3.connect(place, timeout=0, isolation_level=None)
    with suppress(sqlite3.OperationalError):
        lock.execute("BEGIN EXCLUSIVE")
        # Whoever had it before may have taken the file away meanwhile: then a third one could make and lock another.
        if before is not None and _identity(place) == before:
            return lock
    lock.close()
    return None


def _identity(place: Path) -> tuple[int, int] | None:
    try:
        found = place.stat()
    except OSError:
        return None
    return found.st_ino, found.st_ctime_ns
