"""A Markdown article's blocks in, passages out; code stays, and what the front matter says in words is translated."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from corpora.article import Block
from mt.documents.flow import Flow
from mt.documents.inline import fill_inline
from mt.documents.prose import passage
from mt.documents.segment import Passage

_ONE_LINE_END = re.compile(r"[ \t]?(?:\r\n|\r|\n)[ \t]*(?:>[ \t]?)*[ \t]*")
_FINAL = re.compile(r"[.!?…:؟。！？][»”\"')\]*_\s]*$")
# A shorter line that ends without punctuation was meant to end there.
_BROKEN_LINE = 40
_INDENTED = re.compile(r"(?: {4}|\t)")
_FRONT_LINE = re.compile(
    r"^(?:title|description|summary|subtitle|excerpt)[ \t]*[:=][ \t]*"
    r"(?P<quote>[\"']?)(?P<value>[^\r\n]+?)(?P=quote)[ \t]*$",
    re.IGNORECASE | re.MULTILINE,
)
_FRONT_LANGUAGE = re.compile(
    r"^(?:lang|language|locale)[ \t]*[:=][ \t]*[\"']?(?P<value>[A-Za-z][A-Za-z0-9_-]+)[\"']?[ \t]*$",
    re.IGNORECASE | re.MULTILINE,
)
_FRONT_MATTER = re.compile(r"(?P<fence>---|\+\+\+)[ \t]*(?:\r\n|\r|\n).*?^(?P=fence)[ \t]*$", re.DOTALL | re.MULTILINE)


def markdown_passages(content: str, blocks: Sequence[Block], lang: str) -> Iterator[Passage]:
    """The passages of a Markdown file: what its front matter says in words, then its blocks; code stays as it is."""
    front = _FRONT_MATTER.match(content)
    if front:
        for found in _FRONT_LINE.finditer(content, 0, front.end()):
            block = Block(found.start("value"), found.end("value"), "heading")
            yield _passage(content, block, lang)
    for block in _whole(content, blocks):
        if block.kind != "code" and not _is_indented_code(content, block):
            yield _passage(content, block, lang)


def front_language(content: str) -> tuple[int, int] | None:
    """Where the front matter names the file's language."""
    front = _FRONT_MATTER.match(content)
    found = _FRONT_LANGUAGE.search(content, 0, front.end()) if front else None
    return found.span("value") if found else None


def _whole(content: str, blocks: Sequence[Block]) -> Iterator[Block]:
    """The blocks, a sentence that goes on in the next line's block in one with it: no blank line, no paragraph."""
    held: Block | None = None
    for block in blocks:
        if held is not None and _goes_on(content, held, block):
            held = Block(held.start, block.end, held.kind)
            continue
        if held is not None:
            yield held
        held = block
    if held is not None:
        yield held


def _goes_on(content: str, block: Block, following: Block) -> bool:
    kinds = (block.kind, following.kind)
    if kinds not in (
        ("paragraph", "paragraph"),
        ("quote", "quote"),
        ("paragraph", "heading"),
        ("list_item", "paragraph"),
    ):
        return False
    gap = content[block.end : following.start]
    line = content[max(block.start, block.end - 200) : block.end].rsplit("\n", 1)[-1]
    return _ONE_LINE_END.fullmatch(gap) is not None and len(line) >= _BROKEN_LINE and not _FINAL.search(line)


def _is_indented_code(content: str, block: Block) -> bool:
    """Whether a paragraph is code by its four spaces, and no list item's second paragraph."""
    if block.kind not in ("paragraph", "heading"):
        return False
    begin = max(content.rfind("\n", 0, block.start), content.rfind("\r", 0, block.start)) + 1
    lines = content[begin : block.end].splitlines()
    if not all(_INDENTED.match(line) for line in lines):
        return False
    above = [line for line in content[max(0, begin - 2000) : begin].splitlines() if line.strip()]
    outer = next((line for line in reversed(above) if not _INDENTED.match(line)), "")
    blank = not above or content[:begin].rstrip(" \t").endswith(("\n\n", "\r\n\r\n", "\n\r\n")) or not outer
    return blank and not re.match(r" {0,3}(?:[-*+•]|\d{1,9}[.)])[ \t]", outer)


def _passage(content: str, block: Block, lang: str) -> Passage:
    flow = Flow()
    fill_inline(content, block, flow, "markdown")
    return passage(content, block, flow, lang)
