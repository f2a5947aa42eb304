"""Blocks of plain text in, passages out, with the way that their lines were wrapped."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from corpora.article import Block
from mt.documents.flow import Flow
from mt.documents.inline import fill_inline
from mt.documents.segment import Passage

_LINE_END = re.compile(r"\r\n|\r|\n")
_INDENT = re.compile(r"[ \t]*(?:>[ \t]?)*[ \t]*")


def text_passages(content: str, blocks: Sequence[Block], lang: str) -> Iterator[Passage]:
    """The passages of a plain text; code stays as it is."""
    for block in blocks:
        if block.kind != "code":
            flow = Flow()
            fill_inline(content, block, flow, "text")
            yield passage(content, block, flow, lang)


def passage(content: str, block: Block, flow: Flow, lang: str) -> Passage:
    """A block's passage, with the way its lines were wrapped, if it has several."""
    segments = flow.segments(lang)
    lines = _LINE_END.split(content[block.start : block.end])
    if len(lines) < 2:
        return Passage(block.start, block.end, segments, block.kind)
    before = content[: block.start]
    first = block.start - max(before.rfind("\n"), before.rfind("\r")) - 1
    width = max(first + len(lines[0].rstrip()), *(len(line.rstrip()) for line in lines[1:]))
    indent = _INDENT.match(lines[1])
    return Passage(block.start, block.end, segments, block.kind, width, indent.group() if indent else "")
