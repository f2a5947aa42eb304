"""A comma-separated table in, pairs out, and back: what spreadsheets save.

Written with the columns of TSV, quoted as RFC 4180 says, so every text is held as it is. Any other table is read too:
with a header that names the columns (`source`, `target`, or two language codes), or without one, the first two columns
being the two sides; a semicolon or a tab separates as well, as spreadsheets of many countries write them.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator

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
        text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="")
        try:
            first = text.readline()
            reader = csv.reader(_lines(first, text), delimiter=_separator(first), strict=True)
            for cells in reader:
                yield reader.line_num, cells
        except UnicodeDecodeError as error:
            raise FormatError("this is not UTF-8", where=path, cure="save the table as UTF-8") from error
        except csv.Error as error:
            where = place(path, reader.line_num)
            raise FormatError(f"this is no table ({error})", where=where, cure="is a quotation mark open?") from error
        finally:
            text.detach()  # the file is not ours to close: it may be standard input


def _lines(first: str, rest: Iterable[str]) -> Iterator[str]:
    if first:
        yield first
    yield from rest


def _separator(line: str) -> str:
    """What separates the columns of a table: what stands most often outside quotation marks of its first line."""
    outside = "".join(line.split('"')[::2])
    return max(_SEPARATORS, key=outside.count)


def dump(pairs: Iterable[Pair], source_lang: str, target_lang: str) -> Iterator[tuple[str]]:
    """The header, then a row for each pair."""
    line = io.StringIO(newline="")
    writer = csv.writer(line, lineterminator="\n")
    writer.writerow(COLUMNS)
    for pair in pairs:
        yield (line.getvalue(),)
        line.seek(0)
        line.truncate()
        writer.writerow(row_of_pair(pair, source_lang, target_lang))
    yield (line.getvalue(),)
