"""Blocks of plain text in, passages out; emphasis marks of dirty text are codes, invisible controls are left out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from corpora.article import Block
from corpora.clean import unseen
from mt.documents.flow import Flow
from mt.documents.segment import Passage

_LINE_END = re.compile(r"\r\n|\r|\n")
_INDENT = re.compile(r"[ \t]*(?:>[ \t]?)*[ \t]*")
_MARK = re.compile(r"[*_~`]+")


def text_passages(content: str, blocks: Sequence[Block], lang: str) -> Iterator[Passage]:
    """The passages of a plain text; code stays as it is."""
    for block in blocks:
        if block.kind != "code":
            flow = Flow()
            _fill(flow, content, block)
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


def _fill(flow: Flow, content: str, block: Block) -> None:
    at = block.start
    opened: dict[str, int] = {}
    for number, (start, end) in enumerate(unseen(content[block.start : block.end])):
        start, end = block.start + start, block.start + end
        _add_lines(flow, content, at, start)
        mark = content[start:end]
        if _MARK.fullmatch(mark):
            if mark in opened:
                flow.code(mark, start, end, "close", opened.pop(mark))
            else:
                flow.code(mark, start, end, "open", number)
                opened[mark] = number
        at = end
    _add_lines(flow, content, at, block.end)


def _add_lines(flow: Flow, content: str, start: int, end: int) -> None:
    """Text over several lines; what later lines begin with (indentation, quote marks) is white space."""
    at = start
    for found in _LINE_END.finditer(content, start, end):
        flow.verbatim(content[at : found.start()], at)
        indent = _INDENT.match(content, found.end(), end)
        at = indent.end() if indent else found.end()
        flow.space(found.start(), at)
    flow.verbatim(content[at:end], at)
