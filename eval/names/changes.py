"""The list of what a repair changed in one file: written as JSON, read back, and undone byte for byte.

The list does not rely on how the file was read: it keeps the bytes that were replaced (`Splice`), so that any format
and encoding comes back exactly as it was.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from corpora.errors import FormatError, InputError

FORMAT_VERSION = 1


@dataclass(frozen=True, slots=True)
class Change:
    """One name that was replaced.

    Attributes:
        finding: id of the finding that asked for it.
        article: index of the article within the file (0 where a file holds one).
        start, end: code points of the old `Article.text`; wider than the finding where the join to its left changed.
        new_start, new_end: the same stretch in the new text.
        surface, replacement: what stood there, what stands there now.
        reason: the finding's strongest evidence, as the editor read it.
        note: what was guessed or left alone (agreement); None where nothing was.
    """

    finding: str
    article: int
    kind: str
    entity: str | None
    start: int
    end: int
    new_start: int
    new_end: int
    surface: str
    replacement: str
    confidence: float
    reason: str
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Splice:
    """Bytes of the old file that the new one replaced: `new[offset:offset + length]` was `old`."""

    offset: int
    length: int
    old: bytes


@dataclass(frozen=True, slots=True)
class ChangeList:
    """Everything one repair did to one file.

    Attributes:
        file: the file that holds the repaired text.
        source: the file it was read from (the same one after `--in-place`).
        before, after: SHA-256 of the file's bytes before and after.
    """

    file: str
    source: str
    before: str
    after: str
    changes: tuple[Change, ...]
    splices: tuple[Splice, ...]
    version: str = ""


def digest(data: bytes) -> str:
    """SHA-256 as hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def list_changes(
    file: str, source: str, old: bytes, new: bytes, changes: Sequence[Change], version: str = ""
) -> ChangeList:
    """The change list of one repair, from the file's bytes before and after it."""
    return ChangeList(file, source, digest(old), digest(new), tuple(changes), tuple(_splices(old, new)), version)


def undo(changes: ChangeList, data: bytes) -> bytes:
    """The file as it was before the repair.

    Raises:
        InputError: the file was edited since, or the list does not belong to it.
    """
    if digest(data) != changes.after:
        what = "is not as the repair left it" if digest(data) != changes.before else "has been put back already"
        cure = "take the changes back by hand; the list names each one" if digest(data) != changes.before else None
        raise InputError(f"the file {what}", where=changes.file, cure=cure)
    pieces: list[bytes] = []
    position = 0
    for splice in changes.splices:
        pieces += [data[position : splice.offset], splice.old]
        position = splice.offset + splice.length
    old = b"".join([*pieces, data[position:]])
    if digest(old) != changes.before:
        raise InputError("the change list is damaged: it does not give the old file back", where=changes.file)
    return old


def to_json(changes: ChangeList) -> str:
    """The change list as JSON, readable by a person, complete for `undo`."""
    record = asdict(changes)
    record["splices"] = [{"offset": s.offset, "length": s.length, "old": s.old.hex()} for s in changes.splices]
    return json.dumps({"format": FORMAT_VERSION, **record}, ensure_ascii=False, indent=2) + "\n"


def from_json(text: str, *, path: str = "-") -> ChangeList:
    """Read what `to_json` wrote.

    Raises:
        FormatError: not a change list, or one of a newer version.
    """
    try:
        record: dict[str, Any] = json.loads(text)
        if record.pop("format") != FORMAT_VERSION:
            raise FormatError("the change list is of another version", where=path, cure="update muwazi")
        changes = tuple(Change(**change) for change in record.pop("changes"))
        splices = tuple(Splice(s["offset"], s["length"], bytes.fromhex(s["old"])) for s in record.pop("splices"))
        return ChangeList(changes=changes, splices=splices, **record)
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        cure = "give the .changes.json file that `muwazi names fix` wrote"
        raise FormatError("not a change list", where=path, cure=cure) from error


def as_rows(changes: ChangeList) -> Iterator[Mapping[str, object]]:
    """One mapping a change, for a table."""
    return (asdict(change) for change in changes.changes)


def _splices(old: bytes, new: bytes) -> Iterator[Splice]:
    """The smallest stretches that differ, found line by line: a repair never adds or removes a line."""
    if old == new:
        return
    old_lines, new_lines = old.split(b"\n"), new.split(b"\n")
    if len(old_lines) != len(new_lines):
        old_lines, new_lines = [old], [new]
    offset = 0
    for before, after in zip(old_lines, new_lines, strict=True):
        if before != after:
            head = _common_prefix(before, after)
            tail = _common_prefix(before[head:][::-1], after[head:][::-1])
            yield Splice(offset + head, len(after) - head - tail, before[head : len(before) - tail])
        offset += len(after) + 1


def _common_prefix(a: bytes, b: bytes) -> int:
    shortest = min(len(a), len(b))
    return next((i for i in range(shortest) if a[i] != b[i]), shortest)
