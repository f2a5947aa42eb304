"""The nouns of the first floor: an article as it was read, its blocks, and its sentences."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

BlockKind = Literal["heading", "paragraph", "list_item", "quote", "table_cell", "code"]
Mark = Literal["repeat", "boilerplate"]
Escape = Literal["none", "xml", "html", "json"]


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of text that no sentence crosses: a paragraph, a heading, a list item.

    `start` and `end` are code points of `Article.text`.
    """

    start: int
    end: int
    kind: BlockKind = "paragraph"


@dataclass(frozen=True, slots=True)
class Node:
    """Where a stretch of the text stands in the file: `text[start:end]` came from `raw[raw_start:raw_end]`.

    Either both stretches are equal, letter by letter, or the raw one is an escape (`&amp;`) that can only be replaced
    whole; in JSON a run of escapes (`\\u0627\\u0644`), which writing takes apart where it must.
    """

    start: int
    end: int
    raw_start: int
    raw_end: int


@dataclass(frozen=True, slots=True)
class Article:
    """One article as it was read.

    For plain text and Markdown `text` is the decoded file itself (BOM dropped, line ends untouched) and `nodes` is
    empty; for other formats `text` joins the text nodes and `nodes` maps it back to the file, so that a fix can be
    written there.

    Attributes:
        path: as the user gave it; `-` for a pipe; `file.jsonl#3` for the record on line 3.
        text: the text that all offsets refer to, in code points.
        lang: BCP-47 code (`ar`, `fr`, `en`, `zh-Hans`).
        format: name of the reader (`text`, `markdown`, `html`, `json`, `jsonl`, `tmx`).
        encoding: Python codec name that the file was decoded with (`utf-8`, `utf-16-le`, `cp1256` …).
        bom: whether the file began with a byte order mark.
        blocks: in order, without overlap; the text between them is markup or white space.
        nodes: span map into the decoded file, in order; empty where text and file are the same.
        escape: how a replacement is escaped when it is written back into the file.
        title: as the format gives it, else None.
        raw: the part of the decoded file that the nodes point into; empty where text and file are the same. All sides
            of a TMX file share the whole of it; each record of a JSONL file has its own part.
        raw_start: where `raw` begins in the decoded file.
    """

    path: str
    text: str
    lang: str
    format: str = "text"
    encoding: str = "utf-8"
    bom: bool = False
    blocks: tuple[Block, ...] = ()
    nodes: tuple[Node, ...] = field(default=(), repr=False)
    escape: Escape = "none"
    title: str | None = None
    raw: str = field(default="", repr=False)
    raw_start: int = 0


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of an article: `article.text[start:end] == text`, in code points.

    `mark` says that the sentence does not count: a repeat of an earlier one, or the site's boilerplate.
    """

    start: int
    end: int
    text: str
    mark: Mark | None = None
