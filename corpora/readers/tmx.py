"""Decoded TMX in, each language's segments as one article out, a segment a block; expat reads, and nothing is fetched.

Inline codes (`bpt`, `ept`, `ph`, `it`, `ut`) are markup and stay out of the text; what `hi` marks is text.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from xml.parsers import expat

from corpora.article import Article
from corpora.errors import FormatError
from corpora.readers.decode import Decoded
from corpora.readers.hints import Hint, language_of
from corpora.readers.spans import Piece, TextBuilder

_CODES = frozenset({"bpt", "ept", "ph", "it", "ut"})
_XML_LANG = "xml:lang"


@dataclass(slots=True)
class _Side:
    """One language's segments."""

    label: str
    segments: list[list[Piece]] = field(default_factory=list)


@dataclass(slots=True)
class _Segments:
    """Collects segments with their places while expat walks through the file.

    expat counts bytes of UTF-8 and the map wants code points: places only grow, so each is counted on from the last.
    """

    raw: str
    data: bytes
    sides: dict[str, _Side] = field(default_factory=dict)
    path: list[str] = field(default_factory=list)
    label: str = ""
    open: list[Piece] | None = None
    pending: str | None = None
    pending_start: int = 0
    coded: int = 0
    byte: int = 0
    char: int = 0
    is_tmx: bool = False

    def place(self, byte: int) -> int:
        """The code point at a byte."""
        if byte > self.byte:
            self.char += len(self.data[self.byte : byte].decode("utf-8"))
            self.byte = byte
        return self.char

    def event(self, byte: int) -> None:
        """Anything new begins here, so the text before it ends here."""
        at = self.place(byte)
        if self.pending is not None and self.open is not None:
            raw = self.raw[self.pending_start : at]
            # XML turns every line end into \n; the map wants the file's own letters where they are as many.
            verbatim = len(raw) == len(self.pending)
            self.open.append(Piece(raw if verbatim else self.pending, self.pending_start, at, verbatim))
        self.pending = None

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element opens."""
        if not self.path:
            self.is_tmx = name == "tmx"
        self.path.append(name)
        if name == "tuv":
            self.label = attributes.get(_XML_LANG) or attributes.get("lang") or "und"
        elif name == "seg" and self.path[-2:-1] == ["tuv"]:
            self.open = []
        elif name in _CODES:
            self.coded += 1

    def end(self, name: str) -> None:
        """An element closes."""
        self.path.pop()
        if name in _CODES:
            self.coded -= 1
        elif name == "seg" and self.open is not None:
            side = self.sides.setdefault(self.label.lower(), _Side(self.label))
            side.segments.append(self.open)
            self.open = None

    def text(self, data: str) -> None:
        """Characters, or one escape, stand here."""
        if self.open is not None and not self.coded:
            self.pending, self.pending_start = data, self.char


def read_tmx(decoded: Decoded, path: str, lang: str | None) -> list[Article]:
    """Each language of the file as an article `path#code`, in the order in which they first appear.

    Raises:
        FormatError: not well formed, not TMX, or with entities of its own, which are refused.
    """
    found = _segments(decoded.text, path)
    if not found.is_tmx:
        raise FormatError("this XML file is no TMX", where=path, cure="its root element must be <tmx>")
    if not found.sides:
        raise FormatError("there is no segment in it", where=path, cure="a <tu> needs <tuv xml:lang=…><seg>")
    return [_article(side, decoded, path, lang if len(found.sides) == 1 else None) for side in found.sides.values()]


def _article(side: _Side, decoded: Decoded, path: str, lang: str | None) -> Article:
    builder = TextBuilder(separator="\n")
    for segment in side.segments:
        builder.add_block(segment)
    text = builder.text
    return Article(
        path=f"{path}#{side.label}",
        text=text,
        lang=language_of(text, lang, Hint(side.label, binding=True), f"{path}#{side.label}"),
        format="tmx",
        encoding=decoded.encoding,
        bom=decoded.bom,
        blocks=tuple(builder.blocks),
        nodes=tuple(builder.nodes),
        escape="xml",
        raw=decoded.text,
    )


def _segments(text: str, path: str) -> _Segments:
    data = text.encode("utf-8")
    found = _Segments(text, data)
    # The text is decoded already, so whatever the XML declaration says, expat gets UTF-8.
    parser = expat.ParserCreate(encoding="utf-8")
    parser.buffer_text = False
    parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)

    def refuse(*_: object) -> None:
        where = f"{path}, line {parser.CurrentLineNumber}"
        raise FormatError("the file defines or uses entities of its own", where=where, cure="write the characters out")

    def start(name: str, attributes: dict[str, str]) -> None:
        found.event(parser.CurrentByteIndex)
        found.start(name, attributes)

    def end(name: str) -> None:
        found.event(parser.CurrentByteIndex)
        found.end(name)

    def characters(data: str) -> None:
        found.event(parser.CurrentByteIndex)
        found.text(data)

    def other(*_: object) -> None:
        found.event(parser.CurrentByteIndex)

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = characters
    parser.CommentHandler = parser.ProcessingInstructionHandler = other
    parser.StartCdataSectionHandler = parser.EndCdataSectionHandler = other
    parser.EntityDeclHandler = parser.SkippedEntityHandler = refuse
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        where = f"{path}, line {error.lineno}, column {error.offset + 1}"
        raise FormatError(
            f"broken XML ({expat.ErrorString(error.code)})", where=where, cure="repair the file"
        ) from error
    return found
