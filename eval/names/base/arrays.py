"""Named arrays in, one file out that is mapped into memory again instead of read.

A line of JSON says which array lies where; each begins on a 64-byte boundary. What is not looked at is never loaded, so
an index of gigabytes is ready at once and its pages are shared by all processes that use it.
"""

from __future__ import annotations

import json
import mmap
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, BinaryIO, TypeAlias

import numpy as np
from numpy.typing import DTypeLike, NDArray

from corpora.errors import FormatError

Array: TypeAlias = NDArray[Any]
# An array as it comes: its type, and its pieces in order.
Pieces: TypeAlias = tuple[DTypeLike, Iterable[Array]]

_MAGIC = b"muwazi arrays 1\n"
_ALIGNED = 64
_FOOTER = 16


def write_arrays(file: BinaryIO, arrays: Iterable[tuple[str, Pieces]], about: Mapping[str, str]) -> None:
    """Write arrays one after the other, piece by piece; `about` is what `read_about` gives back."""
    file.write(_MAGIC)
    place = len(_MAGIC)
    table: dict[str, tuple[str, int, int]] = {}
    for name, (dtype, pieces) in arrays:
        gap = -place % _ALIGNED
        file.write(bytes(gap))
        begin = place = place + gap
        for piece in pieces:
            data = np.ascontiguousarray(piece, dtype=dtype).tobytes()
            file.write(data)
            place += len(data)
        table[name] = (np.dtype(dtype).str, begin, (place - begin) // np.dtype(dtype).itemsize)
    header = json.dumps({"arrays": table, "about": dict(about)}, sort_keys=True).encode()
    file.write(header + len(header).to_bytes(_FOOTER, "little"))


def read_about(path: Path) -> Mapping[str, str]:
    """What was said about the arrays of a file; empty where there is no such file, or it is none of ours."""
    try:
        with path.open("rb") as file:
            return dict(_header(file)["about"])
    except (OSError, ValueError, KeyError):
        return {}


def map_arrays(path: Path, names: Sequence[str]) -> dict[str, Array]:
    """The arrays of a file, mapped read-only.

    Raises:
        FormatError: it is no file of arrays, or lacks one of the names.
        OSError: it cannot be read.
    """
    with path.open("rb") as file:
        try:
            table = _header(file)["arrays"]
            mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
            return {
                name: np.frombuffer(mapped, dtype=np.dtype(dtype), count=count, offset=begin)
                for name, (dtype, begin, count) in ((name, table[name]) for name in names)
            }
        except (ValueError, KeyError) as error:
            raise FormatError("a damaged file of arrays", where=str(path), cure="delete it: it is made anew") from error


def gathered(
    blob: NDArray[np.uint8], lengths: NDArray[np.int64], chosen: NDArray[np.int64]
) -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
    """The chosen strings of a blob of strings, one behind the other, and where each begins and the last one ends."""
    starts = np.cumsum(lengths) - lengths
    kept = lengths[chosen]
    offsets = np.zeros(len(chosen) + 1, dtype=np.int64)
    np.cumsum(kept, out=offsets[1:])
    places = np.repeat(starts[chosen] - offsets[:-1], kept) + np.arange(offsets[-1])
    return blob[places], offsets


def _header(file: BinaryIO) -> dict[str, Any]:
    if file.read(len(_MAGIC)) != _MAGIC:
        raise ValueError("not a file of arrays")
    end = file.seek(-_FOOTER, 2)
    length = int.from_bytes(file.read(_FOOTER), "little")
    if not 0 < length <= end - len(_MAGIC):
        raise ValueError("cut off")
    file.seek(end - length)
    header = json.loads(file.read(length))
    if not isinstance(header, dict):
        raise ValueError("not a header")
    return header
