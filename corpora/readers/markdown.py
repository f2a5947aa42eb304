"""Decoded Markdown in, an article whose text is the file itself out; its blocks leave the marks of headings, lists and
quotes, the front matter, comments, link definitions and rules outside."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpora.article import Article, Block, BlockKind
from corpora.readers.decode import Decoded
from corpora.readers.text import Line, block_of, lines_of, looks_like_heading, paragraphs, unwrapped, wrap_width

_HEADING = re.compile(r"[ ]{0,3}(#{1,6})[ \t]+(.*?)[ \t]*#*[ \t]*$")
_UNDERLINE = re.compile(r"[ ]{0,3}(?:=+|-{2,})[ \t]*$")
_RULE = re.compile(r"[ ]{0,3}(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})$")
_FENCE = re.compile(r"[ ]{0,3}(`{3,}|~{3,})")
_DEFINITION = re.compile(r"[ ]{0,3}\[[^\]]+\]:[ \t]*\S+")
_IMAGE = re.compile(r"[ \t]*!\[[^\]]*\]\([^)]*\)[ \t]*$")
_TAG = re.compile(r"[ ]{0,3}</?[A-Za-z][^<>]*>[ \t]*$")
_TABLE_RULE = re.compile(r"[ \t]*\|?[ \t:|-]*-[ \t:|-]*$")
_CELL = re.compile(r"[^|]+")
# Looking further would make a file of unclosed comments take quadratic time.
_LONGEST_COMMENT = 400
_FRONT_MATTER = re.compile(r"(?:---|\+\+\+)[ \t]*$")
_TITLE = re.compile(r"title[ \t]*[:=][ \t]*[\"']?(.*?)[\"']?[ \t]*$", re.IGNORECASE)


def read_markdown(decoded: Decoded, path: str, lang: str) -> Article:
    """A Markdown file as an article; the title is the front matter's, or the first top heading."""
    lines = lines_of(decoded.text)
    body, title = _after_front_matter(lines)
    blocks = tuple(_blocks(body, decoded.text))
    if title is None and blocks and decoded.text[: blocks[0].start].rstrip(" \t").endswith("#"):
        title = decoded.text[blocks[0].start : blocks[0].end]
    return Article(path, decoded.text, lang, "markdown", decoded.encoding, decoded.bom, blocks, title=title)


def _after_front_matter(lines: list[Line]) -> tuple[list[Line], str | None]:
    if not lines or not _FRONT_MATTER.match(lines[0].text):
        return lines, None
    mark = lines[0].text.strip()
    for index, line in enumerate(lines[1:], 1):
        if line.text.strip() == mark:
            titles = [found.group(1) for entry in lines[1:index] if (found := _TITLE.match(entry.text))]
            return lines[index + 1 :], titles[0] if titles else None
    return lines, None


def _blocks(lines: list[Line], text: str) -> Iterator[Block]:
    groups = paragraphs(_prose(lines))
    width = wrap_width([group for group in groups if len(group) > 1])
    for kind, stretch in _stretches(lines):
        if kind == "code":
            if stretch:
                yield Block(stretch[0].start, stretch[-1].end, "code")
        elif kind == "table":
            yield from _cells(stretch)
        else:
            yield from _prose_blocks(stretch, width)


def _prose(lines: list[Line]) -> list[Line]:
    return [line for kind, stretch in _stretches(lines) if kind == "prose" for line in (*stretch, Line(0, 0, ""))]


def _stretches(lines: list[Line]) -> Iterator[tuple[str, list[Line]]]:
    """The lines that hold text, as stretches of `code`, `table` and `prose` without blank lines in them."""
    index = 0
    prose: list[Line] = []
    while index < len(lines):
        line = lines[index]
        end = _code_end(lines, index)
        table_end = _table_end(lines, index)
        comment_end = _comment_end(lines, index)
        markup = _is_markup(line.text) and not (prose and _UNDERLINE.match(line.text))
        if prose and (line.blank or markup or max(end, table_end, comment_end) > index):
            yield "prose", prose
            prose = []
        if end > index:
            closed = end > index + 1 and _FENCE.match(lines[end - 1].text)
            yield "code", lines[index + 1 : end - bool(closed)]
        elif table_end > index:
            yield "table", lines[index:table_end]
        elif comment_end == index and not line.blank and not markup:
            prose.append(line)
        index = max(index + 1, end, table_end, comment_end)
    if prose:
        yield "prose", prose


def _is_markup(line: str) -> bool:
    """Whether the line holds no text: a rule, an image, a link definition, a lone HTML tag."""
    return bool(_RULE.match(line) or _IMAGE.match(line) or _DEFINITION.match(line) or _TAG.match(line))


def _code_end(lines: list[Line], index: int) -> int:
    """Index after a fenced code block that begins here, or the same index; an open fence reaches to the end."""
    fence = _FENCE.match(lines[index].text)
    if not fence:
        return index
    mark = fence.group(1)
    for end in range(index + 1, len(lines)):
        closing = _FENCE.match(lines[end].text)
        if closing and closing.group(1).startswith(mark) and not lines[end].text.strip().strip(mark[0]):
            return end + 1
    return len(lines)


def _table_end(lines: list[Line], index: int) -> int:
    """Index after a table that begins here (a row, then a rule of dashes and bars), or the same index."""
    if index + 1 >= len(lines) or "|" not in lines[index].text:
        return index
    if "|" not in lines[index + 1].text or not _TABLE_RULE.match(lines[index + 1].text):
        return index
    end = index + 2
    while end < len(lines) and "|" in lines[end].text:
        end += 1
    return end


def _comment_end(lines: list[Line], index: int) -> int:
    """Index after an HTML comment that begins this line and ends its last one, or the same index."""
    if not lines[index].text.lstrip().startswith("<!--"):
        return index
    for end in range(index, min(index + _LONGEST_COMMENT, len(lines))):
        if "-->" in lines[end].text:
            return end + 1
    return index


def _cells(rows: list[Line]) -> Iterator[Block]:
    for row in (rows[0], *rows[2:]):
        for cell in _CELL.finditer(row.text):
            stripped = cell.group().strip()
            if stripped:
                start = row.start + cell.start() + cell.group().index(stripped)
                yield Block(start, start + len(stripped), "table_cell")


def _prose_blocks(lines: list[Line], width: int | None) -> Iterator[Block]:
    """Headings and paragraphs of a stretch without blank lines."""
    plain: list[Line] = []
    for line in lines:
        heading = _HEADING.match(line.text)
        underlined = bool(plain) and _UNDERLINE.match(line.text)
        if heading or underlined:
            before, title = (plain, None) if heading else (plain[:-1], plain[-1])
            yield from _paragraphs(before, width)
            plain = []
        if heading and heading.group(2):
            yield Block(line.start + heading.start(2), line.start + heading.end(2), "heading")
        elif underlined and title is not None:
            yield _stripped(title, "heading" if looks_like_heading(title.text) else "paragraph")
        elif not heading:
            plain.append(line)
    yield from _paragraphs(plain, width)


def _paragraphs(lines: list[Line], width: int | None) -> Iterator[Block]:
    if lines:
        yield from (block_of(run) for run in unwrapped(lines, width))


def _stripped(line: Line, kind: BlockKind) -> Block:
    start = line.start + len(line.text) - len(line.text.lstrip())
    return Block(start, line.start + len(line.text.rstrip()), kind)
