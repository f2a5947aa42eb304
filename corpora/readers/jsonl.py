"""Decoded JSON lines in, an article a record out, every escape of its text mapped to where it stands in the file."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from corpora.article import Article
from corpora.errors import FormatError
from corpora.readers.decode import Decoded
from corpora.readers.hints import Hint, language_of
from corpora.readers.spans import Piece, TextBuilder
from corpora.readers.text import text_blocks

_TEXT_KEYS = ("text", "content", "body", "article", "article_text", "maintext", "translation", "document")
_TITLE_KEYS = ("title", "headline", "headline_text", "name")
_LANG_KEYS = ("lang", "language", "lang_code", "language_code", "locale")

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")
_SPACE = re.compile(r"[ \t\r\n]*")
# Text that json.dumps wrote is all escapes in Arabic: a node for each would take a hundred times the memory.
_ESCAPES = re.compile(r"(?:\\u[0-9a-fA-F]{4}|\\.)+")
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class _Record:
    """One line's object, and where in the line the literals of its strings stand (between the quotes)."""

    values: dict[str, object]
    literals: dict[str, tuple[int, int]]

    def first(self, keys: tuple[str, ...]) -> str | None:
        """The first of these keys that holds a string, whatever its case."""
        by_name = {key.lower(): key for key in self.literals}
        return next((by_name[key] for key in keys if key in by_name), None)


@dataclass(frozen=True, slots=True)
class Records:
    """The records of a file, found but not read: one of ten thousand costs no more than one of two.

    Attributes:
        spans: number of the line (from 1) → where the record's part of the file begins, where its line does, where
            that ends, and the part; blank lines belong to the record after them, those at the end to the last one.
    """

    decoded: Decoded
    path: str
    spans: Mapping[str, tuple[int, int, int, int]]

    @classmethod
    def of(cls, decoded: Decoded, path: str) -> Records:
        """Find the lines that are not blank."""
        spans: dict[str, tuple[int, int, int, int]] = {}
        start, last = 0, ""
        for number, found in enumerate(_LINE.finditer(decoded.text), 1):
            if found.group().strip():
                last = str(number)
                spans[last] = start, found.start(), found.end(), found.end()
                start = found.end()
        if spans:
            spans[last] = *spans[last][:3], len(decoded.text)
        return cls(decoded, path, spans)

    def article(self, number: str, lang: str | None) -> Article:
        """The record on a line, as an article `path#line`.

        Raises:
            FormatError: it is no JSON object, or has no text; the message names file and line.
        """
        start, begin, stop, end = self.spans[number]
        where = f"{self.path}#{number}"
        record = _parse(self.decoded.text[begin:stop], where)
        return _article(record, self.decoded.text[start:end], begin - start, start, self.decoded, where, lang)


def read_jsonl(decoded: Decoded, path: str, lang: str | None) -> list[Article]:
    """Every record as an article `path#line`.

    Raises:
        FormatError: a line is no JSON object, or has no text; the message names file and line.
    """
    records = Records.of(decoded, path)
    if not records.spans:
        raise FormatError("there is no record in it", where=path, cure='write one JSON object a line: {"text": "…"}')
    return [records.article(number, lang) for number in records.spans]


def read_json(decoded: Decoded, path: str, lang: str | None) -> list[Article]:
    """A file that is one JSON object over as many lines as it likes, as one article.

    Raises:
        FormatError: it is none, or has no text.
    """
    record = _parse(decoded.text, path)
    return [replace(_article(record, decoded.text, 0, 0, decoded, path, lang), format="json")]


def _parse(line: str, where: str) -> _Record:
    try:
        values = json.loads(line)
    except (ValueError, RecursionError) as error:
        place = ""
        if isinstance(error, json.JSONDecodeError):
            place = (f", line {error.lineno}" if error.lineno > 1 else "") + f", column {error.colno}"
        detail = error.msg if isinstance(error, json.JSONDecodeError) else "nested too deeply"
        cure = "write one whole JSON object a line, in a .jsonl file"
        raise FormatError(f"broken JSON ({detail})", where=where + place, cure=cure) from error
    if not isinstance(values, dict):
        raise FormatError(
            "this is no JSON object", where=where, cure='write {"text": "…"}, one a line in a .jsonl file'
        )
    return _Record(values, _literals(line))


def _literals(line: str) -> dict[str, tuple[int, int]]:
    """Where the string values of a (valid) object's own keys stand; of a key given twice the last counts."""
    decoder = json.JSONDecoder()
    found: dict[str, tuple[int, int]] = {}
    at = _skip(line, line.index("{") + 1)
    while line[at] != "}":
        key, at = decoder.raw_decode(line, at)
        at = _skip(line, _skip(line, at) + 1)
        begin = at
        value, at = decoder.raw_decode(line, at)
        if isinstance(value, str):
            found[key] = (begin + 1, at - 1)
        else:
            found.pop(key, None)
        at = _skip(line, at)
        if line[at] == ",":
            at = _skip(line, at + 1)
    return found


def _skip(line: str, at: int) -> int:
    found = _SPACE.match(line, at)
    return found.end() if found else at


def _article(
    record: _Record, raw: str, offset: int, raw_start: int, decoded: Decoded, where: str, lang: str | None
) -> Article:
    key = record.first(_TEXT_KEYS)
    if key is None:
        keys = ", ".join(sorted(record.values)) or "none"
        raise FormatError(f"this record has no text (its keys: {keys})", where=where, cure='name the key "text"')
    begin, end = record.literals[key]
    builder = TextBuilder()
    builder.add_block(_pieces(raw, begin + offset, end + offset, where))
    text = builder.text
    title, label = record.first(_TITLE_KEYS), record.first(_LANG_KEYS)
    return Article(
        path=where,
        text=text,
        lang=language_of(text, lang, Hint(str(record.values[label]) if label else None, binding=True), where),
        format="jsonl",
        encoding=decoded.encoding,
        bom=decoded.bom,
        blocks=tuple(text_blocks(text)),
        nodes=tuple(builder.nodes),
        escape="json",
        title=str(record.values[title]) if title else None,
        raw=raw,
        raw_start=raw_start,
    )


def _pieces(raw: str, begin: int, end: int, where: str) -> list[Piece]:
    """A string literal as stretches without escapes and runs of escapes."""
    pieces: list[Piece] = []
    at = begin
    for found in _ESCAPES.finditer(raw, begin, end):
        if found.start() > at:
            pieces.append(Piece(raw[at : found.start()], at, found.start()))
        chars = json.loads(f'"{found.group()}"')
        if half := _LONE_SURROGATE.search(chars):
            cure = "write the character itself, or both halves of its escape"
            raise FormatError(f"half a character: \\u{ord(half.group()):04x}", where=where, cure=cure)
        pieces.append(Piece(chars, found.start(), found.end(), verbatim=False))
        at = found.end()
    if at < end:
        pieces.append(Piece(raw[at:end], at, end))
    return pieces
