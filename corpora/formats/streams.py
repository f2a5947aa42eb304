"""A path in, its lines or XML events out, one after the other: what the pair formats read from.

Nothing here holds more than one line, or one piece of a file. XML declares no entities here and fetches nothing: expat
is given no way to.
"""

from __future__ import annotations

import bz2
import gzip
import sys
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO, Literal, NamedTuple
from xml.parsers import expat

from corpora.errors import FormatError, InputError

_PIECE = 1 << 16
_OPEN: Mapping[str, Callable[..., Any]] = {".gz": gzip.open, ".bz2": bz2.open}
_XML = "http://www.w3.org/XML/1998/namespace "
_BOM = b"\xef\xbb\xbf"


@contextmanager
def open_input(path: str) -> Iterator[BinaryIO]:
    """The file's bytes, unpacked where its name ends in `.gz` or `.bz2`; `-` is standard input."""
    if path == "-":
        yield sys.stdin.buffer
        return
    try:
        with _OPEN.get(Path(path).suffix, open)(path, "rb") as file:
            yield file
    except gzip.BadGzipFile as error:
        raise FormatError("this is not a gzip file", where=path, cure="take the .gz off its name") from error
    except (EOFError, zlib.error) as error:
        raise FormatError(
            "the packed file is damaged or ends too early", where=path, cure="download or copy it again"
        ) from error
    except OSError as error:
        if error.errno is None:  # bz2 says so of a file that is none
            raise FormatError(f"this cannot be unpacked ({error})", where=path, cure="check the ending") from error
        raise InputError(f"this file cannot be read ({error.strerror})", where=path, cure="check the path") from error


def lines(path: str) -> Iterator[tuple[int, str]]:
    """Numbered lines without their ends; only a line feed ends a line, for others can stand inside a text."""
    with open_input(path) as file:
        for number, line in enumerate(file, start=1):
            data = line.removeprefix(_BOM) if number == 1 else line
            try:
                text = data.decode("utf-8")
            except UnicodeDecodeError as error:
                raise FormatError(
                    "this is not UTF-8", where=place(path, number), cure="convert the file to UTF-8"
                ) from error
            yield number, text.removesuffix("\n").removesuffix("\r")


def place(path: str, line: int) -> str:
    """Where something is, as messages say it."""
    return f"{'standard input' if path == '-' else path}, line {line}"


class Event(NamedTuple):
    """What expat saw: a tag that begins (with its line) or ends, or text; a tuple, since a file has millions."""

    kind: Literal["start", "end", "text"]
    name: str = ""
    attributes: Mapping[str, str] = {}
    text: str = ""
    line: int = 0


def _local(name: str) -> str:
    """The name without its namespace."""
    return name.rpartition(" ")[2]


class _Handlers:
    """Collects the events of one piece."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.events: list[Event] = []
        self.parser = parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartElementHandler = self.start
        parser.EndElementHandler = self.end
        parser.CharacterDataHandler = self.text
        parser.EntityDeclHandler = self.entity
        parser.SkippedEntityHandler = self.skipped

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if attributes:
            attributes = {key.replace(_XML, "xml:"): value for key, value in attributes.items()}
        self.events.append(Event("start", _local(name), attributes, "", self.parser.CurrentLineNumber))

    def end(self, name: str) -> None:
        self.events.append(Event("end", _local(name)))

    def text(self, text: str) -> None:
        self.events.append(Event("text", text=text))

    def entity(self, name: str, *_: object) -> None:
        where = place(self.path, self.parser.CurrentLineNumber)
        raise FormatError(f"the file declares an entity ({name})", where=where, cure="write the characters themselves")

    def skipped(self, name: str, *_: object) -> None:
        where = place(self.path, self.parser.CurrentLineNumber)
        raise FormatError(f"&{name}; is not known", where=where, cure="write the character itself")


def xml_events(path: str) -> Iterator[Event]:
    """The events of an XML file, in order.

    Raises:
        FormatError: it is not well-formed, or declares entities.
    """
    handlers = _Handlers(path)
    with open_input(path) as file:
        last = False
        while not last:
            piece = file.read(_PIECE)
            last = not piece
            try:
                handlers.parser.Parse(piece, last)
            except expat.ExpatError as error:
                reason = expat.ErrorString(error.code)
                raise FormatError(f"not well-formed XML: {reason}", where=place(path, error.lineno)) from error
            except (LookupError, ValueError) as error:
                where = place(path, handlers.parser.CurrentLineNumber)
                raise FormatError(
                    f"the encoding cannot be read ({error})", where=where, cure="save it as UTF-8"
                ) from error
            yield from handlers.events
            handlers.events = []
