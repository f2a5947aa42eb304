"""A decoded HTML page in, its passages out: every visible block, inline tags as codes; scripts stay.

The page as a browser shows it is translated, not only what an extractor takes for the article: headline, captions,
asides, menus, buttons and footers belong to what a reader reads. What tags say in their attributes is
`mt.documents.attributes`'.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import unescape
from itertools import pairwise

from corpora.article import Block
from corpora.language import info
from corpora.readers.html_tokens import HtmlBlock, read_page
from corpora.readers.spans import Piece
from mt.documents.flow import Flow
from mt.documents.segment import Passage, Role

_ATTRIBUTES = r"(?:[^\"'>]|\"[^\"]*\"|'[^']*')*"
_MARKUP = re.compile(
    rf"<!--.*?-->|<(?P<raw>script|style|noscript|iframe|textarea)\b{_ATTRIBUTES}>.*?</(?P=raw)\s*>"
    rf"|<(?P<close>/?)(?P<name>[A-Za-z][^\s/>]*){_ATTRIBUTES}>|<[!?][^>]*>",
    re.DOTALL | re.IGNORECASE,
)
_VOID_NAMES = "area base br col embed hr img input link meta param source track wbr"
_INLINE_NAMES = (
    "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark q rb rp rt ruby s samp small "
    "span strike strong sub sup time tt u var"
)
_VOID = frozenset(_VOID_NAMES.split())
_INLINE = frozenset(_INLINE_NAMES.split())
_CODE = frozenset(("code", "kbd", "samp", "tt", "var"))
_UNTRANSLATED = re.compile(r"\btranslate\s*=\s*[\"']?no\b|\bclass\s*=\s*[\"'][^\"']*\bnotranslate\b", re.IGNORECASE)
# A footnote's number is no word of the sentence.
_NOTE = re.compile(r"<sup\b[^>]*>(?:<[^>]*>|[\d\s,;\[\]()*†‡–-])*</sup\s*>", re.IGNORECASE)
_REFERENCE = re.compile(r"&(?:#\d{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_TITLE = re.compile(r"<title\b[^>]*>(?P<inside>[^<]*)</title", re.IGNORECASE)
_HTML = re.compile(rf"<html\b(?P<attributes>{_ATTRIBUTES})>", re.IGNORECASE)
_LANG = re.compile(r"(?P<before>(?:^|\s)(?:xml:)?lang\s*=\s*)(?:\"[^\"]*\"|'[^']*'|[^\s\"'>]+)", re.IGNORECASE)
_DIR = re.compile(r"\s+dir\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s\"'>]+)", re.IGNORECASE)
_CHARSET = re.compile(r"(<meta\b[^>]{0,200}?charset\s*=\s*[\"']?)[A-Za-z0-9_:.-]+", re.IGNORECASE)
_XML_ENCODING = re.compile(r"(<\?xml\b[^>]{0,200}?encoding\s*=\s*[\"'])[A-Za-z0-9_:.-]+", re.IGNORECASE)


def html_passages(content: str, lang: str) -> Iterator[Passage]:
    """The passages of a page, its title first."""
    title = _TITLE.search(content)
    if title and title["inside"].strip():
        yield _title_passage(content, title, lang)
    blocks = read_page(content, menus=True).blocks
    bounds = [0, *(block.pieces[-1].raw_end for block in blocks)]
    starts = [*(block.pieces[0].raw_start for block in blocks), len(content)]
    for index, block in enumerate(blocks):
        if block.kind != "code":
            before, after = bounds[index], starts[index + 1]
            yield _passage(content, block, before, after, lang)


def declared_for(page: str, target_lang: str) -> str:
    """The page with `lang` and `dir` of its html element set for the language."""
    found = _HTML.search(page)
    if not found:
        return page
    attributes = _DIR.sub("", found["attributes"])
    attributes, count = _LANG.subn(rf'\g<before>"{target_lang}"', attributes)
    if not count:
        attributes = f' lang="{target_lang}"{attributes}'
    if info(target_lang).direction == "rtl":
        attributes += ' dir="rtl"'
    name = page[found.start() : found.start("attributes")]
    return f"{page[: found.start()]}{name}{attributes}>{page[found.end() :]}"


def declared_utf8(page: str) -> str:
    """The page with UTF-8 in the place of whatever encoding it declared."""
    head = _XML_ENCODING.sub(r"\1utf-8", _CHARSET.sub(r"\1utf-8", page[:8192]))
    return head + page[8192:]


def _title_passage(content: str, title: re.Match[str], lang: str) -> Passage:
    start, end = title.span("inside")
    flow = Flow()
    fill_text(flow, content, start, end)
    return Passage(start, end, flow.segments(lang), "heading")


def fill_text(flow: Flow, content: str, start: int, end: int, base: int = 0) -> None:
    """Text with character references and no tags; the flow's places count from `base`."""
    at = start
    for found in _REFERENCE.finditer(content, start, end):
        flow.verbatim(content[at : found.start()], at - base)
        flow.unit(unescape(found.group()), found.start() - base, found.end() - base)
        at = found.end()
    flow.verbatim(content[at:end], at - base)


def _passage(content: str, block: HtmlBlock, before: int, after: int, lang: str) -> Passage:
    """One block; inline tags that open right before it or close right behind it are its own."""
    flow = Flow()
    reader = _Inline(content, flow)
    first, last = block.pieces[0].raw_start, block.pieces[-1].raw_end
    start = _inline_start(content, before, first)
    end = _inline_end(content, last, after)
    reader.tags(start, first)
    pieces = list(block.pieces)
    _add_piece(flow, reader, pieces[0])
    for left, right in pairwise(pieces):
        reader.tags(left.raw_end, right.raw_start)
        _add_piece(flow, reader, right)
    reader.tags(last, end)
    reader.finish()
    inner = Block(start, end, block.kind)
    return Passage(inner.start, inner.end, flow.segments(lang), block.kind)


def _add_piece(flow: Flow, reader: _Inline, piece: Piece) -> None:
    if reader.hidden(piece.raw_start):
        return
    if piece.text == " " and not piece.verbatim:
        flow.space(piece.raw_start, piece.raw_end)
    elif piece.verbatim:
        flow.verbatim(piece.text, piece.raw_start)
    else:
        flow.unit(piece.text, piece.raw_start, piece.raw_end)


def _inline_start(content: str, before: int, first: int) -> int:
    """Where the run of opening inline tags in front of a block begins."""
    start = first
    stretch = content[before:first]
    for found in reversed(list(_MARKUP.finditer(stretch))):
        gap = stretch[found.end() : start - before]
        if gap.strip() or found["close"] or (found["name"] or "").lower() not in _INLINE:
            break
        start = before + found.start()
    return start


def _inline_end(content: str, last: int, after: int) -> int:
    """Where the run of closing inline tags behind a block ends."""
    end = last
    while found := _MARKUP.match(content, end, after):
        if not found["close"] or found["name"].lower() not in _INLINE:
            break
        end = found.end()
    return end


class _Inline:
    """Puts the markup between the pieces of a block into its flow."""

    def __init__(self, content: str, flow: Flow) -> None:
        self.content = content
        self.flow = flow
        self.pairs = 0
        self.open: list[tuple[str, int, int]] = []  # element, pair, where protected text began (-1: it is not)

    def hidden(self, start: int) -> bool:
        """Whether a piece is text that a lone code holds already."""
        return bool(self.flow.codes) and start < self.flow.codes[-1].end

    def tags(self, start: int, end: int) -> None:
        """The markup of a stretch; text in it that a browser does not show stays with the tag before it."""
        if self.flow.codes:
            start = max(start, self.flow.codes[-1].end)
        found = list(_MARKUP.finditer(self.content, start, end))
        stretches: list[tuple[int, int, re.Match[str] | None]] = []
        at = start
        for tag in found:
            if self.content[at : tag.start()].strip() and stretches:
                held, _, _ = stretches.pop()
                stretches.append((held, tag.end(), None))
            else:
                stretches.append((tag.start(), tag.end(), tag))
            at = tag.end()
        for begin, stop, match in stretches:
            note = _NOTE.match(self.content, begin)
            if note:
                self.flow.code(note.group(), begin, note.end())
                return
            self._take(begin, stop, match)

    def finish(self) -> None:
        """What is still open protects what it holds to the end."""
        for _, _, at in self.open:
            if at >= 0:
                self.flow.protect(at)

    def _take(self, start: int, end: int, tag: re.Match[str] | None) -> None:
        markup = self.content[start:end]
        name = (tag["name"] or "").lower() if tag else ""
        if not name or name in _VOID or markup.endswith("/>"):
            # White space on both sides is one space in the text, and the other one would be lost.
            room = " " if self.flow.spaced and self.content[end : end + 1].isspace() else ""
            self.flow.code(markup + room, start, end)
            return
        role: Role = "open"
        if tag and tag["close"]:
            role = "close"
            pair = self._closed(name)
        else:
            self.pairs += 1
            pair = self.pairs
            protects = name in _CODE or bool(_UNTRANSLATED.search(markup))
            self.open.append((name, pair, len(self.flow) if protects else -1))
        self.flow.code(markup, start, end, role, pair)

    def _closed(self, name: str) -> int:
        """The pair that a closing tag belongs to; a new one for what was opened outside of the block."""
        for index in range(len(self.open) - 1, -1, -1):
            if self.open[index][0] == name:
                for _, _, at in self.open[index:]:
                    if at >= 0:
                        self.flow.protect(at)
                pair = self.open[index][1]
                del self.open[index:]
                return pair
        self.pairs += 1
        return self.pairs


def sequence_of(passages: Sequence[Passage]) -> list[Passage]:
    """Passages in the order of the file, without overlap: a title in the head stands before the body's blocks."""
    ordered = sorted(passages, key=lambda passage: (passage.start, passage.end))
    kept: list[Passage] = []
    for passage in ordered:
        if not kept or passage.start >= kept[-1].end:
            kept.append(passage)
    return kept
