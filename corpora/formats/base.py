"""Pairs of texts in files: a path in, pairs out, one after the other; and pairs in, a whole file out.

    for pair in read_pairs("memory.tmx", source_lang="ar", target_lang="fr"):
        ...
    write_pairs("memory.xlf", pairs)

Formats are streamed: a file of any size is read and written in constant memory. The registry names a module a format;
to add one, write `read`, `dump` and `held` and add an entry: the contract tests then run on it.
"""

from __future__ import annotations

import gzip
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import chain, islice
from pathlib import Path
from typing import BinaryIO, cast

from corpora.errors import FormatError, OutputError, UsageError
from corpora.files import atomic_writer
from corpora.formats import csv, jsonl, moses, parquet, tmx, tsv, xliff
from corpora.formats.pair import UNDETERMINED, Pair
from corpora.formats.streams import open_input

__all__ = ["FORMATS", "Pair", "PairFormat", "detect_format", "dump_pairs", "read_pairs", "write_pairs"]


def _itself(path: str, _source_lang: str, _target_lang: str) -> tuple[str, ...]:
    return (path,)


@dataclass(frozen=True, slots=True)
class PairFormat:
    """One way to keep pairs.

    Attributes:
        suffixes: how its files' names end.
        read: `(path, source language, target language)` → pairs; languages that are None are the file's own.
        dump: `(pairs, source language, target language)` → pieces of text (or bytes), one for each of its files.
        held: what a pair is after it was written and read again: where the format cannot hold all of it.
        files: `(path, source language, target language)` → the files that a path stands for.
    """

    suffixes: tuple[str, ...]
    read: Callable[[str, str | None, str | None], Iterator[Pair]]
    dump: Callable[[Iterable[Pair], str, str], Iterator[tuple[str | bytes, ...]]]
    held: Callable[[Pair], Pair]
    files: Callable[[str, str, str], tuple[str, ...]] = _itself


# To add a format, add an entry.
FORMATS: Mapping[str, PairFormat] = {
    "tmx": PairFormat((".tmx",), tmx.read, tmx.dump, tmx.held),
    "xliff": PairFormat((".xliff", ".xlf", ".mxliff", ".sdlxliff"), xliff.read, xliff.dump, xliff.held),
    "moses": PairFormat((".moses",), moses.read, moses.dump, moses.held, moses.names),
    "tsv": PairFormat((".tsv", ".tab"), tsv.read, tsv.dump, tsv.held),
    "csv": PairFormat((".csv",), csv.read, csv.dump, csv.held),
    "parquet": PairFormat((".parquet",), parquet.read, parquet.dump, parquet.held),
    "jsonl": PairFormat((".jsonl", ".ndjson"), jsonl.read, jsonl.dump, jsonl.held),
}
_SNIFFED = 4096


def read_pairs(
    path: str | Path, *, format: str | None = None, source_lang: str | None = None, target_lang: str | None = None
) -> Iterator[Pair]:
    """The pairs of a file, one after the other.

    Args:
        format: a name in `FORMATS`; without it the file's name, then its first bytes decide.
        source_lang, target_lang: which languages are wanted, or what they are where the file does not say.

    Raises:
        InputError, FormatError: the file cannot be read, or breaks its format's rules; file and line are named.
    """
    name = str(path)
    return _format(format or detect_format(name)).read(name, source_lang, target_lang)


def write_pairs(
    path: str | Path,
    pairs: Iterable[Pair],
    *,
    format: str | None = None,
    source_lang: str | None = None,
    target_lang: str | None = None,
    overwrite: bool = True,
) -> int:
    """Write pairs into a file, whole or not at all; gives their number.

    Without languages those of the first pair are the file's. A name that ends in `.gz` is packed.

    Raises:
        OutputError: the disk says no, the format cannot hold a pair, or (without `overwrite`) there is such a file.
    """
    name = str(path)
    chosen = _format(format or _by_suffix(name) or _unknown(name))
    langs, pairs = _languages(pairs, source_lang, target_lang)
    names = chosen.files(name, *langs)
    for there in () if overwrite else filter(Path.exists, map(Path, names)):
        raise OutputError("there is such a file already", where=str(there), cure="choose another name, or give --force")
    count = 0

    def counted() -> Iterator[Pair]:
        nonlocal count
        for pair in pairs:
            count += 1
            yield pair

    with ExitStack() as stack:
        files = [_writer(stack, file) for file in names]
        try:
            for pieces in chosen.dump(counted(), *langs):
                for file, piece in zip(files, pieces, strict=True):
                    file.write(piece if isinstance(piece, bytes) else piece.encode("utf-8"))
        except UnicodeEncodeError as error:
            what = f"pair {count} holds half a surrogate pair, which UTF-8 cannot"
            raise OutputError(what, where=name, cure="write JSONL or XLIFF") from error
        except OutputError as error:
            raise OutputError(error.what, where=error.where or name, cure=error.cure) from error
    return count


def dump_pairs(
    format: str, pairs: Iterable[Pair], *, source_lang: str | None = None, target_lang: str | None = None
) -> Iterator[tuple[str, ...]]:
    """The pieces of text that `write_pairs` would write: a tuple with one piece for each of the format's files.

    Raises:
        UsageError: the format is not text.
    """
    langs, pairs = _languages(pairs, source_lang, target_lang)
    for pieces in _format(format).dump(pairs, *langs):
        texts = tuple(piece for piece in pieces if isinstance(piece, str))
        if len(texts) != len(pieces):
            raise UsageError(f"{format} is not text", cure="write it into a file")
        yield texts


def detect_format(path: str | Path) -> str:
    """The name of a file's format, by its own name or else by how it begins.

    Raises:
        FormatError: neither tells.
        InputError: it cannot be read.
    """
    name = str(path)
    known = _by_suffix(name)
    if known:
        return known
    if name != "-" and not Path(name).exists() and list(Path(name).parent.glob(f"{Path(name).name}.*")):
        return "moses"
    if name == "-":
        return _unknown(name)
    with open_input(name) as file:
        head = file.read(_SNIFFED)
    return _by_content(head) or _unknown(name)


def _by_suffix(path: str) -> str | None:
    lower = path.lower().removesuffix(".gz")
    return next((name for name, entry in FORMATS.items() if lower.endswith(entry.suffixes)), None)


def _by_content(head: bytes) -> str | None:
    text = head.decode("utf-16" if head[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8", errors="replace").lstrip(
        "\ufeff \r\n\t"
    )
    for mark, name in (("<tmx", "tmx"), ("<xliff", "xliff")):
        if text.startswith("<") and mark in text:
            return name
    if head.startswith(b"PAR1"):
        return "parquet"
    if text.startswith("{"):
        return "jsonl"
    if text.startswith("source,target"):
        return "csv"
    return "tsv" if "\t" in text.split("\n", 1)[0] else None


def _unknown(path: str) -> str:
    suffixes = ", ".join(suffix for entry in FORMATS.values() for suffix in entry.suffixes[:1])
    raise FormatError(
        "its format cannot be told", where=path, cure=f"name it with one of {suffixes}, or give the format"
    )


def _format(name: str) -> PairFormat:
    if name not in FORMATS:
        near = get_close_matches(name, FORMATS, n=2) or list(FORMATS)
        raise UsageError(f"unknown format {name!r}", cure=f"use one of: {', '.join(near)}")
    return FORMATS[name]


def _languages(
    pairs: Iterable[Pair], source_lang: str | None, target_lang: str | None
) -> tuple[tuple[str, str], Iterator[Pair]]:
    """The file's languages, by the first pair where they are not given, and the pairs with that one among them."""
    rest = iter(pairs)
    first = list(islice(rest, 1))
    own = (first[0].source_lang, first[0].target_lang) if first else (UNDETERMINED, UNDETERMINED)
    return (source_lang or own[0], target_lang or own[1]), chain(first, rest)


def _writer(stack: ExitStack, path: str) -> BinaryIO:
    file = stack.enter_context(atomic_writer(path))
    if not path.endswith(".gz"):
        return file
    # No name and no time in the header: same pairs, same bytes.
    return cast("BinaryIO", stack.enter_context(gzip.GzipFile(filename="", mode="wb", fileobj=file, mtime=0)))
