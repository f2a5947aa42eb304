"""The nouns of a document that is to be translated: fields of a file, their passages, segments, and inline codes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from corpora.article import BlockKind

Dialect = Literal["text", "markdown", "html"]
Role = Literal["open", "close", "lone"]


@dataclass(frozen=True, slots=True)
class Code:
    """Inline markup at a place of a segment's text: it goes around the model, and comes back exactly once.

    Attributes:
        at: code point of the segment's text that it stands before.
        markup: as the file has it (`**`, `<a href="…">`, `](https://…)`).
        role: half of a pair (`open`, `close`), or `lone`.
        pair: number that both halves share; -1 for a lone one.
    """

    at: int
    markup: str
    role: Role = "lone"
    pair: int = -1


@dataclass(frozen=True, slots=True)
class Segment:
    """One sentence of a document.

    Attributes:
        start, end: the stretch of `Field.content` that its translation replaces, codes included.
        text: what is translated: no markup, escapes resolved, every run of white space one space.
        codes: the inline markup, in the file's order.
        protected: stretches of `text` that must come out as they are (code, addresses).
        escaped: characters that the file has with a backslash before them, and the translation needs it too.
    """

    start: int
    end: int
    text: str
    codes: tuple[Code, ...] = ()
    protected: tuple[tuple[int, int], ...] = ()
    escaped: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Passage:
    """A block's segments; the white space and markup between them stay as they are.

    Attributes:
        start, end: of `Field.content`, in code points.
        wrap: width that the block's lines were wrapped at; 0 for a block on one line.
        indent: what every further line of a wrapped block begins with.
    """

    start: int
    end: int
    segments: tuple[Segment, ...]
    kind: BlockKind = "paragraph"
    wrap: int = 0
    indent: str = ""


@dataclass(frozen=True, slots=True)
class Field:
    """A text inside a file: the whole of it, or one value of a JSON record.

    Attributes:
        path: what to call it in messages (`article.md`, `file.jsonl#3`).
        lang: language it is written in.
        start, end: where it stands in the decoded file.
        content: the text, escapes of the surrounding format resolved.
        dialect: how inline markup is written in it.
        json: whether it is written as the inside of a JSON string.
        labels: stretches of `content` that name the language, and name the target's in the translation.
        before, after: what is written around it (the tags of a target that was not there).
        first_line: the file's line that it begins on.
        in_tags: whether it holds, a line each, what the tags of an HTML page say in their attributes: its translation
            is put there (`mt.documents.attributes`), not in its place.
    """

    path: str
    lang: str
    start: int
    end: int
    content: str = field(repr=False)
    passages: tuple[Passage, ...] = ()
    dialect: Dialect = "text"
    json: bool = False
    labels: tuple[tuple[int, int], ...] = ()
    before: str = ""
    after: str = ""
    first_line: int = 1
    in_tags: bool = False

    @property
    def segments(self) -> list[Segment]:
        """Every segment, in order."""
        return [segment for passage in self.passages for segment in passage.segments]

    def line(self, segment: Segment) -> int:
        """The line that a segment begins on, counted from 1."""
        return self.content.count("\n", 0, segment.start) + self.first_line


@dataclass(frozen=True, slots=True)
class Document:
    """A file that is to be translated.

    Attributes:
        raw: the decoded file.
        fields: in the file's order, without overlap.
    """

    path: str
    format: str
    encoding: str
    bom: bool
    raw: str = field(repr=False)
    fields: tuple[Field, ...] = ()

    @property
    def lang(self) -> str:
        """The language of its first text; `und` where nothing is to be translated."""
        return next((held.lang for held in self.fields if held.passages), "und")

    @property
    def langs(self) -> tuple[str, ...]:
        """The languages of its texts, in order of their codes."""
        return tuple(sorted({held.lang for held in self.fields if held.passages}))

    @property
    def segments(self) -> list[tuple[Field, Segment]]:
        """Every segment with the field it stands in, in order."""
        return [(held, segment) for held in self.fields for segment in held.segments]
