"""Vectors on disk: what an encoder computed for a document in, the same arrays out in the next run.

One row a document, under a hash of its texts and of the encoder's revision, in `corpora.store`. A row is a cache: what
cannot be read, or does not fit, is computed again. All rows together stay below a bound; those that were not asked for
for longest go first.
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2b
from io import BytesIO
from time import time
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from corpora.errors import StoreError
from corpora.store import Store, Table

TABLE: Final = Table(
    "vectors", "key BLOB PRIMARY KEY, used INTEGER NOT NULL, size INTEGER NOT NULL, arrays BLOB NOT NULL"
)
MOST_BYTES: Final = 512 << 20
"""What all vectors on disk may take together: those of about 130,000 sentences."""

_LARGEST_SHARE = 8  # of the bound, that one document may take
_KEPT_SHARE = 0.8  # of the bound, when something has to go
_WEIGHED_SHARE = 16  # of the bound, that is written before all rows are weighed again
_DAY = 86_400

Arrays = Sequence[NDArray[Any]]


class KeptVectors:
    """The vectors of one encoder's revision in a store.

    Args:
        store: one that lives in memory, because its place cannot be written, keeps no vectors.
        revision: what decides how a text's vectors come out.
        most: bytes that all rows may take.
    """

    def __init__(self, store: Store, revision: str, most: int = MOST_BYTES) -> None:
        self._store = store
        self._revision = revision
        self._most = most
        self._unweighed = most  # bytes written since all rows were weighed; none were yet
        if store.persistent:
            store.register(TABLE)

    def recall(self, kind: str, texts: Sequence[str]) -> list[NDArray[Any]] | None:
        """The arrays that were kept for these texts, or None."""
        if not self._store.persistent:
            return None
        key = self._key(kind, texts)
        try:
            rows = self._store.read("SELECT arrays, used FROM vectors WHERE key = ?", (key,))
        except StoreError:  # another process holds the file
            return None
        if not rows or not isinstance(rows[0][0], bytes):
            return None
        arrays = _unpacked(rows[0][0])
        today = int(time()) // _DAY
        if arrays is not None and rows[0][1] != today:
            self._store.keep("UPDATE vectors SET used = ? WHERE key = ?", [(today, key)])
        return arrays

    def keep(self, kind: str, texts: Sequence[str], arrays: Arrays) -> None:
        """Write arrays down for the next run; not those of a document that would push out all others."""
        if not self._store.persistent or sum(array.nbytes for array in arrays) > self._most // _LARGEST_SHARE:
            return
        packed = _packed(arrays)
        row = (self._key(kind, texts), int(time()) // _DAY, len(packed), packed)
        if self._store.keep("INSERT OR REPLACE INTO vectors VALUES (?, ?, ?, ?)", [row]):
            self._unweighed += len(packed)
            if self._unweighed > self._most // _WEIGHED_SHARE:
                self._make_room()

    def _make_room(self) -> None:
        """Drop what was not asked for for longest, where the bound is passed."""
        try:
            rows = self._store.read("SELECT rowid, size FROM vectors ORDER BY used DESC, rowid DESC")
        except StoreError:
            return
        self._unweighed = 0
        total = np.cumsum([int(size or 0) for _, size in rows])
        if not len(total) or total[-1] <= self._most:
            return
        old = int(np.searchsorted(total, self._most * _KEPT_SHARE, side="right"))
        self._store.keep("DELETE FROM vectors WHERE rowid = ?", [(row,) for row, _ in rows[old:]])

    def _key(self, kind: str, texts: Sequence[str]) -> bytes:
        content = blake2b(f"{self._revision}\0{kind}\0".encode(), digest_size=16)
        for text in texts:
            data = text.encode("utf-8", "surrogatepass")
            content.update(len(data).to_bytes(8, "big") + data)
        return content.digest()


def _packed(arrays: Arrays) -> bytes:
    out = BytesIO()
    for array in arrays:
        np.lib.format.write_array(out, array, allow_pickle=False)
    return out.getvalue()


def _unpacked(data: bytes) -> list[NDArray[Any]] | None:
    """The arrays, or None where something else stands there."""
    source = BytesIO(data)
    arrays = []
    try:
        while source.tell() < len(data):
            arrays.append(np.lib.format.read_array(source, allow_pickle=False))
    except (ValueError, EOFError):
        return None
    return arrays
