"""A path in, its JSON values out one after the other: lines of JSON, an array over many lines, or one inside an object.

Never more than one value and a piece of the file are in memory: a dump of Wikidata is one array of a hundred million.
"""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterator
from typing import Any, BinaryIO

from corpora.errors import FormatError
from corpora.formats.streams import open_input
from eval.names.base.records import OnError

_PIECE = 1 << 20
# No value is longer: what is still not whole by then is broken.
_LONGEST = 1 << 26
_BETWEEN = re.compile(r"[\s,]*")


class _Buffer:
    """The text that is read, the place in it that is reached, and the line of that place."""

    def __init__(self, file: BinaryIO, path: str) -> None:
        self.text = ""
        self.at = 0
        self.line = 1
        self.path = path
        self.ended = False
        self._file = file
        self._decoder = codecs.getincrementaldecoder("utf-8-sig")()

    def read(self) -> None:
        piece = self._file.read(_PIECE)
        self.ended = not piece
        try:
            self.text = self.text[self.at :] + self._decoder.decode(piece, final=self.ended)
        except UnicodeDecodeError as error:
            line = self.line + self.text.count("\n", self.at)
            raise FormatError("this is not UTF-8", where=f"{self.path}:{line}", cure="convert the file") from error
        self.at = 0

    def go(self, to: int) -> None:
        self.line += self.text.count("\n", self.at, to)
        self.at = to


def json_values(path: str, *, inside: str | None = None, on_error: OnError | None = None) -> Iterator[tuple[int, Any]]:
    """Each value with the line it begins on.

    Args:
        inside: the values are those of the array that this key has (`bindings` of SPARQL results).
        on_error: called for each broken value, and the next line is taken; without it the error is raised.

    Raises:
        FormatError: a broken value without `on_error`, or the array is not there.
    """
    with open_input(path) as file:
        buffer = _Buffer(file, path)
        buffer.read()
        opened = _enter(buffer, inside)
        while _between(buffer) and not (opened and buffer.text[buffer.at] == "]"):
            line = buffer.line
            try:
                value = _value(buffer)
            except FormatError as error:
                if on_error is None:
                    raise
                on_error(error)
                _skip_line(buffer)
                continue
            yield line, value


def _enter(buffer: _Buffer, inside: str | None) -> bool:
    """Go to the first value; whether it is in an array."""
    if inside is not None:
        key = re.compile(rf'"{inside}"\s*:\s*\[')
        while (match := key.search(buffer.text)) is None:
            if buffer.ended or len(buffer.text) > _LONGEST:
                raise FormatError(f"no {inside!r} in it", where=buffer.path, cure="is it the file that was meant?")
            buffer.read()
        buffer.go(match.end())
        return True
    opened = _between(buffer) and buffer.text[buffer.at] == "["
    if opened:
        buffer.go(buffer.at + 1)
    return opened


def _between(buffer: _Buffer) -> bool:
    """Go over spaces and commas; whether anything follows."""
    while True:
        match = _BETWEEN.match(buffer.text, buffer.at)
        buffer.go(match.end() if match else buffer.at)
        if buffer.at < len(buffer.text):
            return True
        if buffer.ended:
            return False
        buffer.read()


def _value(buffer: _Buffer) -> Any:
    decode = json.JSONDecoder().raw_decode
    while True:
        try:
            value, end = decode(buffer.text, buffer.at)
        except (json.JSONDecodeError, RecursionError) as error:
            if not isinstance(error, RecursionError) and _may_go_on(buffer, error):
                buffer.read()
                continue
            where = f"{buffer.path}:{buffer.line}"
            raise FormatError("a value that is no JSON", where=where, cure="write one object a line") from error
        if end == len(buffer.text) and not buffer.ended:
            # A number at the end of what was read may have more digits.
            buffer.read()
            continue
        buffer.go(end)
        return value


def _may_go_on(buffer: _Buffer, error: json.JSONDecodeError) -> bool:
    """Whether the value only stops because the piece does."""
    if buffer.ended or len(buffer.text) - buffer.at > _LONGEST:
        return False
    return error.msg.startswith("Unterminated") or error.pos >= len(buffer.text) - 16


def _skip_line(buffer: _Buffer) -> None:
    while (end := buffer.text.find("\n", buffer.at)) < 0 and not buffer.ended:
        buffer.go(len(buffer.text))
        buffer.read()
    buffer.go(end + 1 if end >= 0 else len(buffer.text))
