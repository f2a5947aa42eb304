"""A comma-separated table in, pairs out, and back: what spreadsheets save.

Written with the columns of TSV, quoted as RFC 4180 says, so every text is held as it is. Any other table is read too:
with a header that names the columns (`source`, `target`, or two language codes), or without one, the first two columns
being the two sides; a semicolon or a tab separates as well, as spreadsheets of many countries write them.
"""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import BinaryIO

from corpora.errors import FormatError
from corpora.formats.pair import Pair
from corpora.formats.streams import open_input, place
from corpora.formats.tsv import COLUMNS, held, named_columns, pair_of_row, row_of_pair

__all__ = ["dump", "held", "read"]

_SEPARATORS = ",;\t"


def read(path: str, source_lang: str | None = None, target_lang: str | None = None) -> Iterator[Pair]:
    """The pairs, row by row; an empty line is no row.

    Raises:
        FormatError: not UTF-8, a quotation mark that nothing closes, fewer than two columns, or a score that is none.
    """
    columns: tuple[str, ...] = ()
    langs: tuple[str, str] | None = None
    for number, cells in _rows(path):
        if langs is None:
            columns, langs = named_columns(cells, source_lang, target_lang)
            if columns:
                continue
        if not cells:
            continue
        if len(cells) < 2:
            cure = "separate the two sides with a comma"
            raise FormatError("this row has one column", where=place(path, number), cure=cure)
        yield pair_of_row(cells, columns, langs, place(path, number))


def _rows(path: str) -> Iterator[tuple[int, list[str]]]:
    """The table's rows, each with the line that it ends on."""
    with open_input(path) as file:
        text = _decoded(file, path)
        first = next(text, "")
        reader = csv.reader(chain([first], text), delimiter=_separator(first), strict=True)
        try:
            for cells in reader:
                yield reader.line_num, cells
        except csv.Error as error:
            where = place(path, reader.line_num)
            raise FormatError(f"this is no table ({error})", where=where, cure="is a quotation mark open?") from error


def _decoded(file: BinaryIO, path: str) -> Iterator[str]:
    """The file's lines with their ends, which belong to a cell where they stand inside quotation marks."""
    for number, line in enumerate(file, start=1):
        try:
            yield line.removeprefix(codecs.BOM_UTF8 if number == 1 else b"").decode("utf-8")
        except UnicodeDecodeError as error:
            where = place(path, number)
            raise FormatError("this is not UTF-8", where=where, cure="save the table as UTF-8") from error


def _separator(line: str) -> str:
    """What separates the columns of a table: what stands most often outside quotation marks of its first line."""
    outside = "".join(line.split('"')[::2])
    return max(_SEPARATORS, key=outside.count)


def dump(pairs: Iterable[Pair], source_lang: str, target_lang: str) -> Iterator[tuple[str]]:
    """The header, then a row for each pair."""
    line = io.StringIO(newline="")
    writer = csv.writer(line)
    writer.writerow(COLUMNS)
    for pair in pairs:
        yield (line.getvalue(),)
        line.seek(0)
        line.truncate()
        writer.writerow(row_of_pair(pair, source_lang, target_lang))
    yield (line.getvalue(),)
