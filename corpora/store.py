"""What is kept on disk between runs: one SQLite file that rooms register their tables in, and folders made whole.

Everything here is a cache: it can be deleted at any time and costs only time. So a place that cannot be written, or
a damaged file, never stops a job – the store then lives in memory and says so in one line. A file from a newer
version of muwazi is left alone.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from corpora.errors import StoreError
from corpora.progress import SILENT, Progress

FILE_NAME: Final = "muwazi.sqlite"
SCHEMA_VERSION: Final = 1
APPLICATION_ID: Final = 0x6D757A69  # "muzi": tells our file from any other SQLite database
BUSY_SECONDS: Final = 30.0
MEMORY: Final = ":memory:"

Value = str | bytes | int | float | None


@dataclass(frozen=True, slots=True)
class Table:
    """A room's table. When `version` is raised the old rows are dropped: they are a cache of another layout.

    Attributes:
        columns: what stands between the parentheses of CREATE TABLE.
    """

    name: str
    columns: str
    version: int = 1


def cache_dir(override: Path | None = None) -> Path:
    """The folder of everything that is kept: `--cache-dir`, else `XDG_CACHE_HOME/muwazi`, else `~/.cache/muwazi`."""
    if override is not None:
        return override.expanduser()
    base = os.environ.get("XDG_CACHE_HOME", "")
    # The XDG specification: a relative path is invalid and ignored.
    root = Path(base) if base and Path(base).is_absolute() else Path.home() / ".cache"
    return root / "muwazi"


class Store:
    """The one owner of what is kept on disk; safe for several processes and threads, and against kill -9.

    Args:
        location: folder of the store (`cache_dir()` when None); it is made when it is absent.
        progress: gets the one line that says why nothing is kept, if so.

    Raises:
        StoreError: the file comes from a newer version of muwazi.
    """

    def __init__(
        self, location: Path | None = None, *, progress: Progress = SILENT, busy_seconds: float = BUSY_SECONDS
    ) -> None:
        self.location = cache_dir(location)
        self.persistent = True
        self._progress = progress
        self._busy_seconds = busy_seconds
        self._lock = threading.RLock()
        self._tables: dict[str, Table] = {}
        self._gave_up = False
        self._connection = self._open()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    @property
    def path(self) -> Path:
        """The database file."""
        return self.location / FILE_NAME

    def register(self, table: Table) -> None:
        """Make the table if it is absent; drop and make it anew if it has another version.

        Raises:
            StoreError: the table comes from a newer version of muwazi, or the file is locked.
        """
        with self._lock:
            if table.name in self._tables:
                return
            try:
                self._make(table)
            except sqlite3.DatabaseError as error:
                self._fall_back(error)
                self._make(table)
            self._tables[table.name] = table

    def read(self, query: str, values: Sequence[Value] = ()) -> list[tuple[Value, ...]]:
        """The rows that a query gives; of a file that turns out damaged, those of the empty one that takes its place.

        Raises:
            StoreError: the file is locked.
        """
        with self._lock, self._explained():
            try:
                return [tuple(row) for row in self._connection.execute(query, values)]
            except sqlite3.DatabaseError as error:
                if not (self.persistent and _is_damage(error)):
                    raise
                self._fall_back(error)
                return [tuple(row) for row in self._connection.execute(query, values)]

    def write(self, query: str, rows: Sequence[Sequence[Value]]) -> None:
        """Run the statement for each row, all or nothing.

        Raises:
            StoreError: the file is locked, the disk full, the place read-only.
        """
        with self._lock, self._explained(), self._transaction():
            self._connection.executemany(query, rows)

    def keep(self, query: str, rows: Sequence[Sequence[Value]]) -> bool:
        """As `write`, for what the job can do without: a failure is told once and the rest is not kept."""
        if self._gave_up:
            return False
        try:
            self.write(query, rows)
        except StoreError as error:
            self._gave_up = True
            self._progress.warn(f"results of this run are no longer kept: {error}")
            return False
        return True

    def close(self) -> None:
        """Close the file. The store is of no use afterwards."""
        with self._lock:
            self._connection.close()

    def _open(self) -> sqlite3.Connection:
        try:
            self.location.mkdir(parents=True, exist_ok=True)
            connection = self._connect(str(self.path))
        except sqlite3.DatabaseError as error:
            if not _is_damage(error):
                return self._connect_memory(error)
            return self._start_again(error)
        except OSError as error:
            return self._connect_memory(error)
        return connection

    def _connect(self, path: str) -> sqlite3.Connection:
        # autocommit: transactions are written out below; threads: every use holds the lock.
        connection = sqlite3.connect(path, timeout=self._busy_seconds, isolation_level=None, check_same_thread=False)
        try:
            self._write_ahead(connection)
            # WAL + NORMAL: a killed process loses nothing, a power cut at most the last transactions.
            connection.execute("PRAGMA synchronous=NORMAL")
            self._prepare(connection)
        except BaseException:
            connection.close()
            raise
        return connection

    def _write_ahead(self, connection: sqlite3.Connection) -> None:
        """Switch to WAL. SQLite does not wait for the lock here, so two processes that begin at once need patience."""
        deadline = time.monotonic() + self._busy_seconds
        while True:
            try:
                connection.execute("PRAGMA journal_mode=WAL")
                return
            except sqlite3.OperationalError as error:
                if "locked" not in str(error) or time.monotonic() > deadline:
                    raise
                time.sleep(0.01)

    def _prepare(self, connection: sqlite3.Connection) -> None:
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        owner = connection.execute("PRAGMA application_id").fetchone()[0]
        if owner not in (0, APPLICATION_ID):
            raise sqlite3.DatabaseError("file is not a database of muwazi")
        if version > SCHEMA_VERSION:
            raise StoreError(
                f"written by a newer version of muwazi (layout {version}, this one knows {SCHEMA_VERSION})",
                where=str(self.path),
                cure="upgrade muwazi, or give another place with --cache-dir",
            )
        if (version, owner) == (SCHEMA_VERSION, APPLICATION_ID):
            return
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("CREATE TABLE IF NOT EXISTS muwazi_tables (name TEXT PRIMARY KEY, version INTEGER NOT NULL)")
        connection.execute(f"PRAGMA application_id={APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version={SCHEMA_VERSION}")
        connection.execute("COMMIT")

    def _make(self, table: Table) -> None:
        with self._transaction():
            known = self._connection.execute(
                "SELECT version FROM muwazi_tables WHERE name = ?", (table.name,)
            ).fetchone()
            if known is not None and known[0] > table.version:
                raise StoreError(
                    f"table {table.name} was written by a newer version of muwazi",
                    where=str(self.path),
                    cure="upgrade muwazi, or give another place with --cache-dir",
                )
            if known is not None and known[0] < table.version:
                self._connection.execute(f'DROP TABLE IF EXISTS "{table.name}"')
            self._connection.execute(f'CREATE TABLE IF NOT EXISTS "{table.name}" ({table.columns})')
            self._connection.execute("INSERT OR REPLACE INTO muwazi_tables VALUES (?, ?)", (table.name, table.version))

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            yield
            self._connection.execute("COMMIT")
        except BaseException:
            # A full disk may have rolled back already.
            with suppress(sqlite3.Error):
                self._connection.execute("ROLLBACK")
            raise

    @contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.DatabaseError as error:
            raise _store_error(error, self.path) from error

    def _start_again(self, error: sqlite3.DatabaseError) -> sqlite3.Connection:
        """Put a damaged file aside, where it can be looked at, and begin an empty one."""
        aside = self._aside()
        try:
            self.path.rename(aside)
            for suffix in ("-wal", "-shm"):
                Path(f"{self.path}{suffix}").unlink(missing_ok=True)
            connection = self._connect(str(self.path))
        except (OSError, sqlite3.DatabaseError):
            return self._connect_memory(error)
        self._progress.warn(f"{self.path}: {_explain(error)[0]}; moved to {aside.name}, starting an empty one")
        return connection

    def _aside(self) -> Path:
        number = 1
        while (aside := self.location / f"{FILE_NAME}.damaged-{number}").exists():
            number += 1
        return aside

    def _connect_memory(self, error: Exception) -> sqlite3.Connection:
        self.persistent = False
        reason, cure = _explain(error)
        self._progress.warn(f"{self.location}: {reason}; this run keeps nothing – {cure}")
        return self._connect(MEMORY)

    def _fall_back(self, error: sqlite3.DatabaseError) -> None:
        """Go on with an empty file where the old one is damaged, else in memory, with every table made anew."""
        if not self.persistent:
            raise _store_error(error, self.path) from error
        self._connection.close()
        self._connection = self._start_again(error) if _is_damage(error) else self._connect_memory(error)
        for table in self._tables.values():
            self._make(table)


@contextmanager
def folder_made_whole(target: Path) -> Iterator[Path]:
    """A scratch folder beside `target` that becomes it when the block ends well; a killed run leaves no half folder.

    Where another process has made `target` meanwhile, its folder stands and ours is dropped.

    Raises:
        StoreError: the folder cannot be made (read-only place, full disk).
    """
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        scratch = Path(tempfile.mkdtemp(prefix=f".{target.name}.", dir=target.parent))
    except OSError as error:
        raise _store_error(error, target) from error
    try:
        yield scratch
        try:
            scratch.rename(target)
        except OSError:
            if not target.is_dir():
                raise
    except OSError as error:
        raise _store_error(error, target) from error
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


_DAMAGE: Final = ("malformed", "not a database", "disk image", "no such table: muwazi_tables")

_FAILURES: Final[tuple[tuple[tuple[str, ...], str, str], ...]] = (
    (("locked", "busy"), "another process holds the store", "wait for it, or use another --cache-dir"),
    (("is full", "No space"), "the disk is full", "free some space, or use another --cache-dir"),
    (
        ("readonly", "Read-only", "unable to open", "Permission", "Not a directory", "File exists"),
        "the place cannot be written",
        "give another one with --cache-dir",
    ),
    (_DAMAGE, "the file is damaged", "delete it: it is only a cache"),
)


def _is_damage(error: Exception) -> bool:
    return isinstance(error, sqlite3.DatabaseError) and any(sign in str(error) for sign in _DAMAGE)


def _explain(error: Exception) -> tuple[str, str]:
    """What failed, and the cure, from the words of SQLite and of the operating system."""
    for signs, reason, cure in _FAILURES:
        if any(sign in str(error) for sign in signs):
            return reason, cure
    return f"the store fails ({error})", "give another place with --cache-dir"


def _store_error(error: Exception, where: Path) -> StoreError:
    reason, cure = _explain(error)
    return StoreError(reason, where=str(where), cure=cure)
