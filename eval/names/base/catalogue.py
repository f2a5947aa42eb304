"""Entities by the million in, a file of them on disk out that is ready at once: records in SQLite, their index mapped.

Two files lie side by side. The catalogue holds what was imported; the index beside it (`eval.names.base.index`) is made
from it, says which content it was made from, and is made again when that is not the content any more. Where the place
cannot be written the index goes to the cache, and where that cannot be either it lives as long as the process does.
"""

from __future__ import annotations

import json
import sqlite3
import tempfile
import threading
import weakref
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from functools import cached_property
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import Any, Final, cast
from urllib.parse import quote

from corpora.errors import OutputError, StoreError
from corpora.files import atomic_writer
from corpora.progress import SILENT, Progress
from corpora.store import cache_dir
from eval.names.base.arrays import read_about, write_arrays
from eval.names.base.index import Claims, NameIndex
from eval.names.base.layers import claims_of, layered
from eval.names.entity import Entity, Form

SUFFIX: Final = ".catalogue"
_INDEX_VERSION: Final = "2"
_LAYOUT: Final = 1
_APPLICATION: Final = 0x6D757A63  # "muzc"
_BATCH: Final = 20_000
_REMEMBERED: Final = 1 << 15
_MAPPED: Final = 1 << 32


class Catalogue:
    """A layer of the knowledge base that is on disk.

    Opening one reads nothing but its header. Entities are decoded as they are met.

    Raises:
        StoreError: the file is damaged, or comes from a newer version of muwazi.
    """

    def __init__(self, path: Path, *, progress: Progress = SILENT) -> None:
        self.path = path
        self._progress = progress
        self._lock = threading.Lock()
        with _explained(path):
            self._connection = sqlite3.connect(
                f"file:{quote(str(path.absolute()))}?mode=ro", uri=True, check_same_thread=False
            )
            weakref.finalize(self, self._connection.close)
            self._connection.execute(f"PRAGMA mmap_size={_MAPPED}")
            _check_layout(self._connection, path)
            self.version = _version(self._connection)
        self._decoded: dict[int, Entity] = {}

    def __len__(self) -> int:
        return int(self._rows("SELECT count(*) FROM entities")[0][0])

    def __iter__(self) -> Iterator[Entity]:
        return (entity for _, entity in self._all())

    def find(self, id: str) -> Entity | None:
        """The entity of an id, if there is one."""
        rows = self._rows("SELECT id, record FROM entities WHERE id = ?", id)
        return _decoded(*rows[0]) if rows else None

    @cached_property
    def index(self) -> NameIndex:
        """The names of all entities, mapped; made first where it is not there or is out of date."""
        about = self._about()
        for place in self._places():
            if read_about(place) == about:
                return NameIndex.mapped(place)
        return self._made()

    def numbered(self, number: int) -> Entity:
        """The entity of a number in the index."""
        if number not in self._decoded:
            if len(self._decoded) >= _REMEMBERED:
                self._decoded.clear()
            self._decoded[number] = _decoded(*self._rows("SELECT id, record FROM entities WHERE number = ?", number)[0])
        return self._decoded[number]

    def _all(self) -> Iterator[tuple[int, Entity]]:
        last = -1
        while rows := self._rows(
            "SELECT number, id, record FROM entities WHERE number > ? ORDER BY number LIMIT ?", last, _BATCH
        ):
            for number, id, record in rows:
                yield number, _decoded(id, record)
            last = rows[-1][0]

    def _rows(self, query: str, *values: str | int) -> list[Any]:
        with self._lock, _explained(self.path):
            return self._connection.execute(query, values).fetchall()

    def _about(self) -> dict[str, str]:
        return {"content": self.version, "layout": _INDEX_VERSION}

    def _places(self) -> list[Path]:
        beside = self.path.with_name(f"{self.path.name}.index")
        return [beside, cache_dir() / "catalogues" / f"{self.version[:32]}.index"]

    def _made(self) -> NameIndex:
        """The index, its file made where there is a place for it."""
        for place in self._places():
            try:
                place.parent.mkdir(parents=True, exist_ok=True)
                self._write_index(place)
            except (OutputError, OSError):
                continue
            return NameIndex.mapped(place)
        self._progress.warn(f"{self.path}: its index cannot be kept; this run makes one of its own")
        # What is mapped stays when its file is gone.
        with tempfile.TemporaryDirectory(prefix="muwazi-", ignore_cleanup_errors=True) as folder:
            self._write_index(Path(folder) / "index")
            return NameIndex.mapped(Path(folder) / "index")

    def _write_index(self, place: Path) -> None:
        self._progress.start("indexing names", len(self))
        with atomic_writer(place) as file:
            write_arrays(file, NameIndex.of(self._claims()).pieces(), self._about())

    def _claims(self) -> Iterator[Claims]:
        numbered = self._all()
        while part := list(islice(numbered, _BATCH)):
            yield claims_of(part)
            self._progress.advance(len(part))


def add_to_catalogue(
    path: Path, entities: Iterable[tuple[Entity, str | None]], *, progress: Progress = SILENT
) -> tuple[int, int]:
    """Put entities into a catalogue, made where there is none, and bring its index up to date; all or nothing.

    An entity that is there already gets the new forms on top. Two that have one id and different origins are different
    (namesakes): the later one's id is told apart by its origin.

    Args:
        entities: each with what its origin calls it (Q42), if anything.

    Returns:
        How many came, and how many the catalogue holds now.

    Raises:
        StoreError: the catalogue is damaged, locked, cannot be written, or comes from a newer version of muwazi.
    """
    with _explained(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        with closing(sqlite3.connect(path, isolation_level=None)) as connection:
            connection.execute("BEGIN IMMEDIATE")
            try:
                _prepare(connection, path)
                count = _insert(connection, entities)
                connection.execute("COMMIT")
            except BaseException:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                if not connection.execute("PRAGMA application_id").fetchone()[0]:
                    path.unlink()
                raise
    catalogue = Catalogue(path, progress=progress)
    _ = catalogue.index
    return count, len(catalogue)


def _prepare(connection: sqlite3.Connection, path: Path) -> None:
    if connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
        _check_layout(connection, path)
        return
    connection.execute(f"PRAGMA application_id={_APPLICATION}")
    connection.execute(f"PRAGMA user_version={_LAYOUT}")
    connection.execute("CREATE TABLE about (name TEXT PRIMARY KEY, value TEXT NOT NULL)")
    connection.execute(
        "CREATE TABLE entities (number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, origin TEXT UNIQUE, "
        "record TEXT NOT NULL)"
    )


def _insert(connection: sqlite3.Connection, entities: Iterable[tuple[Entity, str | None]]) -> int:
    digest = sha256(_version(connection).encode())
    count = 0
    for entity, origin in entities:
        id, known = _place(connection, entity.id, origin)
        record = _encoded(layered(_decoded(id, known), entity) if known is not None else entity)
        connection.execute(
            "INSERT INTO entities (id, origin, record) VALUES (?, ?, ?) "
            "ON CONFLICT (id) DO UPDATE SET record = excluded.record",
            (id, origin, record),
        )
        digest.update(f"{id}\n{record}\n".encode())
        count += 1
    connection.execute("INSERT OR REPLACE INTO about VALUES ('content', ?)", (digest.hexdigest(),))
    return count


def _place(connection: sqlite3.Connection, id: str, origin: str | None) -> tuple[str, str | None]:
    """The id that an entity gets, and the record that has it already."""
    if origin is not None:
        row = connection.execute("SELECT id, record FROM entities WHERE origin = ?", (origin,)).fetchone()
        if row is not None:
            return row[0], row[1]
    row = connection.execute("SELECT origin, record FROM entities WHERE id = ?", (id,)).fetchone()
    if row is None:
        return id, None
    return (id, row[1]) if row[0] == origin or origin is None else (f"{id}-{origin.lower()}", None)


def _version(connection: sqlite3.Connection) -> str:
    if not connection.execute("SELECT count(*) FROM sqlite_master WHERE name = 'about'").fetchone()[0]:
        return ""
    row = connection.execute("SELECT value FROM about WHERE name = 'content'").fetchone()
    return str(row[0]) if row else ""


def _check_layout(connection: sqlite3.Connection, path: Path) -> None:
    owner = connection.execute("PRAGMA application_id").fetchone()[0]
    layout = connection.execute("PRAGMA user_version").fetchone()[0]
    if owner != _APPLICATION:
        raise StoreError("this is no catalogue of names", where=str(path), cure="make one with `muwazi names import`")
    if layout > _LAYOUT:
        what = f"written by a newer version of muwazi (layout {layout}, this one knows {_LAYOUT})"
        raise StoreError(what, where=str(path), cure="upgrade muwazi, or import the names again")


def _encoded(entity: Entity) -> str:
    forms = [[form.text, form.lang, form.status] for form in entity.forms]
    record = [entity.name, entity.type, int(entity.common_word), list(entity.context), forms]
    return json.dumps(record, ensure_ascii=False, separators=(",", ":"))


def _decoded(id: str, record: str) -> Entity:
    name, type, common_word, context, forms = json.loads(record)
    return Entity(id, name, type, tuple(Form(*form) for form in forms), bool(common_word), tuple(cast(Any, context)))


@contextmanager
def _explained(path: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.DatabaseError as error:
        message = str(error)
        what, cure = next(
            (what, cure) for signs, what, cure in _FAILURES if any(sign in message for sign in signs) or not signs
        )
        raise StoreError(what.format(message), where=str(path), cure=cure) from error
    except OSError as error:
        what = f"the catalogue cannot be written ({error.strerror})"
        raise StoreError(what, where=str(path), cure="choose another place") from error


_FAILURES: Final = (
    (("locked", "busy"), "another process is writing this catalogue", "wait for it"),
    (("full", "No space"), "the disk is full", "free some space"),
    (("readonly", "read-only", "unable to open"), "the catalogue cannot be opened", "check the path and its rights"),
    (
        ("not a database", "malformed", "disk image"),
        "the catalogue is damaged",
        "delete it, and import the names again",
    ),
    ((), "the catalogue fails ({})", "delete it, and import the names again"),
)
