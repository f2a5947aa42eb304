"""What was translated before: one row a sentence, model revision and settings, in `corpora.store`.

A batch is written as soon as it is done, so a killed run loses at most the batch in hand, and a second run translates
nothing. A translation that came out empty or in the wrong script is not kept: it is tried again next time.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from corpora.store import Store, Table

TABLE: Final = Table(
    "translations",
    "scope TEXT NOT NULL, source TEXT NOT NULL, output TEXT NOT NULL, flags TEXT NOT NULL, PRIMARY KEY (scope, source)",
)
NEVER_KEPT: Final = frozenset({"empty", "wrong_script"})
_AT_ONCE: Final = 500  # below SQLite's oldest limit on parameters


@dataclass(frozen=True, slots=True)
class Output:
    """What became of one sentence."""

    text: str
    flags: tuple[str, ...] = ()


def scope(**what: object) -> str:
    """A name for everything that decides how a sentence comes out: languages, revision, engine, search."""
    return hashlib.sha256(json.dumps(what, sort_keys=True, default=str).encode()).hexdigest()[:32]


class Memory:
    """The translations of one scope; without a store, those of this run alone."""

    def __init__(self, store: Store | None, scope: str) -> None:
        self._store = store
        self._scope = scope
        self._fresh: dict[str, Output] = {}
        if store is not None:
            store.register(TABLE)

    def recall(self, sources: Sequence[str]) -> dict[str, Output]:
        """The translations that are known among these sentences."""
        found = {source: self._fresh[source] for source in sources if source in self._fresh}
        missing = [source for source in dict.fromkeys(sources) if source not in found]
        if self._store is None:
            return found
        for start in range(0, len(missing), _AT_ONCE):
            asked = missing[start : start + _AT_ONCE]
            marks = ",".join("?" * len(asked))
            rows = self._store.read(
                f"SELECT source, output, flags FROM translations WHERE scope = ? AND source IN ({marks})",
                (self._scope, *asked),
            )
            found.update({str(row[0]): Output(str(row[1]), tuple(json.loads(str(row[2])))) for row in rows})
        return found

    def keep(self, outputs: Mapping[str, Output]) -> None:
        """Write a batch down, all or nothing."""
        self._fresh.update(outputs)
        if self._store is not None:
            self._store.keep(
                "INSERT OR REPLACE INTO translations VALUES (?, ?, ?, ?)",
                [
                    (self._scope, source, output.text, json.dumps(output.flags))
                    for source, output in outputs.items()
                    if not NEVER_KEPT.intersection(output.flags)
                ],
            )
