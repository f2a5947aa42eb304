r"""A table with tabs in, pairs out, and back.

Written with a header: source, target, source_lang, target_lang, id, score, metadata (a JSON object). In a table with
that header a tab, a line break and a backslash are `\t`, `\n`, `\r`, `\\`. Any other table is read as it is: with a
header that names the columns (`source`, `target`, or two language codes), or without one, the first two columns being
the two sides; quotation marks are text, for news begins with them all the time.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from corpora.errors import FormatError, LanguageError
from corpora.formats.pair import UNDETERMINED, Pair
from corpora.formats.streams import lines, place

COLUMNS = ("source", "target", "source_lang", "target_lang", "id", "score", "metadata")
_COLUMNS = {
    **{name: name for name in COLUMNS},
    "src": "source", "tgt": "target", "trg": "target", "src_lang": "source_lang", "tgt_lang": "target_lang",
    "trg_lang": "target_lang",
}  # fmt: skip
_ESCAPE = {ord("\\"): "\\\\", ord("\t"): "\\t", ord("\n"): "\\n", ord("\r"): "\\r"}
_ESCAPED = re.compile(r"\\(.)")
_PLAIN = {"t": "\t", "n": "\n", "r": "\r", "\\": "\\"}


def read(path: str, source_lang: str | None = None, target_lang: str | None = None) -> Iterator[Pair]:
    """The pairs, row by row; an empty line is no row.

    Raises:
        FormatError: a row has fewer than two columns, or a score that is none.
    """
    columns: tuple[str, ...] = ()
    langs = (UNDETERMINED, UNDETERMINED)
    unescape: Callable[[str], str] = str
    for number, line in lines(path):
        cells = line.split("\t")
        if number == 1:
            columns, langs = named_columns(cells, source_lang, target_lang)
            unescape = _unescape if tuple(columns) == COLUMNS else str
            if columns:
                continue
        if not line:
            continue
        if len(cells) < 2:
            raise FormatError(
                "this row has one column", where=place(path, number), cure="separate the two sides with a tab"
            )
        yield pair_of_row(list(map(unescape, cells)), columns, langs, place(path, number))


def named_columns(
    cells: Sequence[str], source_lang: str | None, target_lang: str | None
) -> tuple[tuple[str, ...], tuple[str, str]]:
    """The columns that a table's first row names (none if it is a pair already), and the languages of the table."""
    columns = _header(cells)
    named = None if columns else _languages(cells)
    if named:
        columns = _numbered(cells)
    return columns, (
        source_lang or (named[0] if named else UNDETERMINED),
        target_lang or (named[1] if named else UNDETERMINED),
    )


def _header(cells: Sequence[str]) -> tuple[str, ...]:
    """The columns that the first row names, or none if it is a pair."""
    columns = tuple(_COLUMNS.get(cell.strip().lower(), cell.strip()) for cell in cells)
    return columns if {"source", "target"} <= set(columns) else ()


def _numbered(cells: Sequence[str]) -> tuple[str, ...]:
    """Names for the columns of a table that gives none."""
    return ("source", "target", *(f"column_{index}" for index in range(3, len(cells) + 1)))


def _languages(cells: Sequence[str]) -> tuple[str, str] | None:
    """The two languages, if the first row names nothing else."""
    from corpora.language import parse

    if len(cells) < 2 or not all(re.fullmatch("[a-z]{2,3}(?:[-_][A-Za-z]{2,4})?", cell) for cell in cells[:2]):
        return None
    try:
        return parse(cells[0]), parse(cells[1])
    except LanguageError:
        return None


def pair_of_row(cells: Sequence[str], columns: Sequence[str], langs: tuple[str, str], where: str) -> Pair:
    """The pair of a row.

    Raises:
        FormatError: its score is no number, or its metadata no object.
    """
    row = dict(zip(columns or _numbered(cells), cells, strict=False))
    score = row.pop("score", "")
    try:
        value = float(score) if score else None
        metadata = json.loads(row.pop("metadata", "") or "{}")
    except ValueError as error:
        raise FormatError(f"not a score and an object ({error})", where=where, cure="mend this row") from error
    if (value is not None and not math.isfinite(value)) or not isinstance(metadata, dict):
        raise FormatError(f"{score!r} is no score", where=where, cure="write a number between 0 and 1")
    return Pair(
        row.pop("source", ""),
        row.pop("target", ""),
        row.pop("source_lang", "") or langs[0],
        row.pop("target_lang", "") or langs[1],
        row.pop("id", "") or None,
        value,
        {**{str(key): str(text) for key, text in metadata.items()}, **row},
    )


def _unescape(text: str) -> str:
    return _ESCAPED.sub(lambda match: _PLAIN.get(match[1], match[0]), text) if "\\" in text else text


def dump(pairs: Iterable[Pair], source_lang: str, target_lang: str) -> Iterator[tuple[str]]:
    """The header, then a row for each pair."""
    yield ("\t".join(COLUMNS) + "\n",)
    for pair in pairs:
        cells = row_of_pair(pair, source_lang, target_lang)
        yield ("\t".join(cell.translate(_ESCAPE) for cell in cells) + "\n",)


def row_of_pair(pair: Pair, source_lang: str, target_lang: str) -> tuple[str, ...]:
    """The cells of a pair, one for each of `COLUMNS`."""
    return (
        pair.source,
        pair.target,
        pair.source_lang if pair.source_lang != UNDETERMINED else source_lang,
        pair.target_lang if pair.target_lang != UNDETERMINED else target_lang,
        pair.id or "",
        "" if pair.score is None else f"{pair.score:.4f}",
        json.dumps(dict(pair.metadata), ensure_ascii=False) if pair.metadata else "",
    )


def held(pair: Pair) -> Pair:
    """The pair as it comes back: whole."""
    return replace(pair, id=pair.id or None)
