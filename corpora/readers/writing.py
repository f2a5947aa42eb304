"""Edits of an article's text in, the file's bytes out: node by node, with nothing else touched.

An edit over several nodes puts its replacement into the first and empties its part of the others, so markup between
them stays.
"""

from __future__ import annotations

import json
import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape

from corpora.article import Article, Node
from corpora.errors import OutputError
from corpora.readers.decode import encode


@dataclass(frozen=True, slots=True)
class Edit:
    """Put `replacement` in the place of `Article.text[start:end]`."""

    start: int
    end: int
    replacement: str


@dataclass(frozen=True, slots=True)
class _RawChange:
    """What an edit does to the decoded file: `before` stood at `start` (code points of the file as it was)."""

    start: int
    before: str
    after: str


def write_back(articles: Sequence[Article], edits: Sequence[Sequence[Edit]]) -> bytes:
    """The bytes of a file with the edits made; `edits[i]` belongs to `articles[i]`, in `Article.text` offsets.

    Args:
        articles: all articles of one file, as `read_articles` gave them.

    Raises:
        OutputError: the file's encoding cannot hold a replacement.
        ValueError: edits overlap, lie outside the text, or articles of the file are missing.
    """
    raw = raw_text(articles)
    changes = _raw_changes(articles, edits)
    return _encoded(_apply(raw, changes), articles[0], changes)


def _raw_changes(articles: Sequence[Article], edits: Sequence[Sequence[Edit]]) -> list[_RawChange]:
    """What the edits change in the decoded file, in order."""
    changes: list[_RawChange] = []
    for article, wanted in zip(articles, edits, strict=True):
        for edit in _ordered(article, wanted):
            changes.extend(_node_changes(article, edit) if article.nodes else [_text_change(article, edit)])
    return sorted(_merged(changes), key=lambda change: change.start)


def raw_text(articles: Sequence[Article]) -> str:
    """The decoded file that the articles were read from."""
    parts: dict[int, str] = {}
    for article in articles:
        parts.setdefault(article.raw_start, article.raw if article.format in _MAPPED else article.text)
    at = 0
    for start in sorted(parts):
        if start != at:
            raise ValueError("write_back needs every article of the file")
        at += len(parts[start])
    return "".join(parts[start] for start in sorted(parts))


_MAPPED = frozenset({"html", "json", "jsonl", "tmx"})


def _ordered(article: Article, edits: Sequence[Edit]) -> list[Edit]:
    ordered = sorted(edits, key=lambda edit: (edit.start, edit.end))
    last = 0
    for edit in ordered:
        if not last <= edit.start <= edit.end <= len(article.text):
            raise ValueError(f"edit {edit.start}–{edit.end} overlaps another one or lies outside the text")
        last = edit.end
    return ordered


def _text_change(article: Article, edit: Edit) -> _RawChange:
    if article.format in _MAPPED:
        raise OutputError("there is no text to put a repair in", where=article.path, cure="edit the file by hand")
    return _RawChange(edit.start, article.text[edit.start : edit.end], edit.replacement)


def _node_changes(article: Article, edit: Edit) -> Iterator[_RawChange]:
    nodes = [part for node in _touched(article.nodes, edit) for part in _taken_apart(article, node)]
    nodes = list(_touched(nodes, edit))
    if not nodes:
        raise OutputError("there is no text to put a repair in", where=article.path, cure="edit the file by hand")
    for index, node in enumerate(nodes):
        start, end = max(edit.start, node.start), min(edit.end, node.end)
        replacement = edit.replacement if index == 0 else ""
        raw = article.raw[node.raw_start : node.raw_end]
        text = article.text[node.start : node.end]
        if raw == text:
            begin, before = node.raw_start + start - node.start, text[start - node.start : end - node.start]
        else:
            begin, before = node.raw_start, raw
        after = _escaped(replacement, article, begin)
        if raw != text and (start > node.start or end < node.end):
            # Part of what one escape stands for stays: the escape goes, and its letters are written out.
            head, tail = text[: start - node.start], text[end - node.start :]
            keep = start == end
            after = (raw + after if not tail else after + raw) if keep else _escaped(head, article, begin) + after
            after += "" if keep else _escaped(tail, article, begin)
        yield _RawChange(article.raw_start + begin, before, after)


def _touched(nodes: Sequence[Node], edit: Edit) -> Sequence[Node]:
    """The nodes that an edit covers; for an insertion the node that it ends, lies in, or begins."""
    first = bisect_right(nodes, edit.start, key=lambda node: node.end)
    last = bisect_left(nodes, edit.end, key=lambda node: node.start)
    if edit.start < edit.end:
        return nodes[first:last]
    before = bisect_left(nodes, edit.start, key=lambda node: node.end)
    return nodes[before : before + 1] if before < len(nodes) and nodes[before].start <= edit.start else ()


# One escape of JSON; a pair of surrogates is one, since it stands for one character.
_JSON_ESCAPE = re.compile(r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\.")


def _taken_apart(article: Article, node: Node) -> Iterator[Node]:
    """The node itself, or the single escapes of a run of them."""
    if article.escape != "json" or node.end - node.start == node.raw_end - node.raw_start:
        yield node
        return
    found = _JSON_ESCAPE.finditer(article.raw, node.raw_start, node.raw_end)
    for start, single in enumerate(found, node.start):
        yield Node(start, start + 1, single.start(), single.end())


def _escaped(text: str, article: Article, at: int) -> str:
    """The text as the format writes it at this place; what the encoding lacks as an escape, if the format has any."""
    if article.escape == "json":
        literal = article.raw[article.nodes[0].raw_start : article.nodes[-1].raw_end]
        ascii_only = literal.isascii() and not article.text.isascii()
        return json.dumps(text, ensure_ascii=ascii_only or article.encoding not in _UNICODE)[1:-1]
    if article.escape in ("xml", "html"):
        if article.raw.rfind("<![CDATA[", 0, at) > article.raw.rfind("]]>", 0, at):
            return text.replace("]]>", "]]]]><![CDATA[>")
        referenced = escape(text, quote=False)
        if article.encoding not in _UNICODE:
            referenced = referenced.encode(article.encoding, "xmlcharrefreplace").decode(article.encoding)
        return referenced
    return text


_UNICODE = frozenset({"utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be", "gb18030"})


def _merged(changes: Sequence[_RawChange]) -> Iterator[_RawChange]:
    """Changes of one place as one, and none that changes nothing."""
    held: _RawChange | None = None
    for change in changes:
        if held is not None and held.start == change.start and not held.before:
            held = _RawChange(held.start, change.before, held.after + change.after)
            continue
        if held is not None and held.before != held.after:
            yield held
        held = change
    if held is not None and held.before != held.after:
        yield held


def _apply(raw: str, changes: Sequence[_RawChange]) -> str:
    parts, at = [], 0
    for change in changes:
        parts += [raw[at : change.start], change.after]
        at = change.start + len(change.before)
    return "".join(parts) + raw[at:]


def _encoded(text: str, article: Article, changes: Sequence[_RawChange]) -> bytes:
    try:
        return encode(text, article.encoding, bom=article.bom)
    except UnicodeEncodeError as error:
        char = text[error.start]
        name = unicodedata.name(char, "unnamed")
        what = f"its encoding ({article.encoding}) has no {char!r} (U+{ord(char):04X} {name})"
        cure = f"convert the file to UTF-8 first: iconv -f {article.encoding} -t UTF-8"
        raise OutputError(what, where=article.path, cure=cure) from error
