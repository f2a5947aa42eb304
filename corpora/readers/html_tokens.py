"""Decoded HTML in, its blocks of visible text out, each letter with its place in the file.

Written for offsets, which no HTML library keeps through to single text nodes; linear in time whatever the page does to
be slow. It follows the HTML standard's tokenizer where pages really differ (quotes in tags, raw text, comments) and
does not build a tree: all it needs to know is where blocks begin and end, and what lies inside navigation.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape

from corpora.article import BlockKind
from corpora.readers.spans import Piece, collapse

_TAG = re.compile(
    r"<(?P<close>/?)(?P<name>[A-Za-z][^\s/>]*+)(?P<attributes>(?:[^=>]++|=\s*+(?:\"[^\"]*+\"|'[^']*+'|))*+)>"
)
_ENTITY = re.compile(r"&(?:#[0-9]{1,7};?|#[xX][0-9a-fA-F]{1,6};?|[A-Za-z][A-Za-z0-9]{1,31};?)")
_LANG = re.compile(r"(?:^|\s)(?:xml:)?lang\s*=\s*[\"']?([A-Za-z0-9_-]{2,20})", re.IGNORECASE)
_HIDDEN = re.compile(r"(?:^|\s)hidden(?=[\s=/]|$)", re.IGNORECASE)

_RAW_TEXT = frozenset({"script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes", "noscript"})
_VOID_NAMES = "area base br col embed hr img input link meta param source track wbr"
# Never text that a reader sees, whatever stands in it.
_UNSEEN_NAMES = "head template svg math object canvas audio video map"
# Seen, but never an article's.
_AROUND_NAMES = "nav footer button select dialog menu"
_BLOCK_NAMES = (
    "address article aside blockquote body br caption center dd details div dl dt fieldset figcaption figure h1 h2 h3 "
    "h4 h5 h6 header hgroup hr html legend li main ol optgroup option p pre section summary table tbody td tfoot th "
    "thead tr ul"
)
# What may stand in a head; anything else ends it, closed or not.
_HEAD = frozenset(("head", "base", "link", "meta", "script", "style", "noscript", "template", "title"))
# Readings printed above Chinese characters: the words are there without them.
_SKIPPED_INLINE = frozenset(("rt", "rp"))
_VOID = frozenset(_VOID_NAMES.split())
_UNSEEN = frozenset(_UNSEEN_NAMES.split())
_SKIPPED = _UNSEEN | frozenset(_AROUND_NAMES.split())
_BLOCKS = frozenset(_BLOCK_NAMES.split()) | _SKIPPED
_KINDS: dict[str, BlockKind] = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), "heading"),
    **dict.fromkeys(("li", "dt", "dd"), "list_item"),
    **dict.fromkeys(("td", "th"), "table_cell"),
    "blockquote": "quote",
    "pre": "code",
}
# How far up a block's own element is looked for; no limit would be quadratic on a page of unclosed tags.
_NEAR = 40
_TELLING = frozenset(("article", "main", "aside", "header", "figcaption", "figure"))


@dataclass(frozen=True, slots=True)
class HtmlBlock:
    """A stretch of visible text that no block element interrupts.

    Attributes:
        pieces: its text, white space collapsed as a browser does.
        element: the innermost block element (`p`, `h1`, `div` …).
        ancestors: how many of some telling elements it lies in (`article`, `main`, `aside`, `header` …).
    """

    pieces: tuple[Piece, ...]
    kind: BlockKind
    element: str
    ancestors: frozenset[str]

    @property
    def text(self) -> str:
        """What a reader sees."""
        return "".join(piece.text for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class Page:
    """A whole page: its blocks in order, what `<html lang>` says, and the raw text of `<title>`."""

    blocks: tuple[HtmlBlock, ...]
    lang: str | None
    title: str | None


@dataclass(frozen=True, slots=True)
class _Token:
    """A tag, or text (`name` empty) between `start` and `end`."""

    name: str
    closing: bool
    attributes: str
    start: int
    end: int


def read_page(raw: str, *, menus: bool = False) -> Page:
    """The visible blocks of a page, those of menus, forms and footers only on request."""
    walker = _Walker(raw, _UNSEEN if menus else _SKIPPED)
    for token in _tokens(raw):
        walker.take(token)
    walker.flush()
    return Page(tuple(walker.blocks), walker.lang, walker.title)


def _tokens(raw: str) -> Iterator[_Token]:
    at = 0
    length = len(raw)
    while at < length:
        begin = raw.find("<", at)
        if begin < 0:
            yield _Token("", False, "", at, length)
            return
        if begin > at:
            yield _Token("", False, "", at, begin)
        at, token = _markup(raw, begin)
        yield token
        if token.name in _RAW_TEXT and not token.closing and not token.attributes.endswith("/"):
            end = _raw_text_end(raw, token.name, at)
            yield _Token(f"#{token.name}", False, "", at, end)
            at = end


def _markup(raw: str, begin: int) -> tuple[int, _Token]:
    """The tag, comment or declaration that begins at a `<`, or the `<` itself as text."""
    if raw.startswith(("<!", "<?"), begin):
        comment = raw.startswith("<!--", begin)
        # `<!-->` is a whole comment; what is never closed reaches to the end.
        found = raw.find("-->", begin + 2) if comment else raw.find(">", begin)
        end = len(raw) if found < 0 else found + (3 if comment else 1)
        return end, _Token("!", False, "", begin, end)
    tag = _TAG.match(raw, begin)
    if tag:
        name = tag["name"].lower()
        return tag.end(), _Token(name, bool(tag["close"]), tag["attributes"], begin, tag.end())
    if raw[begin + 1 : begin + 2].isascii() and (raw[begin + 1 : begin + 2].isalpha() or raw.startswith("</", begin)):
        return len(raw), _Token("!", False, "", begin, len(raw))
    return begin + 1, _Token("", False, "", begin, begin + 1)


def _raw_text_end(raw: str, name: str, at: int) -> int:
    found = re.compile(f"</{name}(?=[\\s/>])", re.IGNORECASE).search(raw, at)
    return found.start() if found else len(raw)


class _Walker:
    """Takes tokens in order and keeps what is needed to know which block a text belongs to."""

    def __init__(self, raw: str, skipped: frozenset[str]) -> None:
        self.raw = raw
        self.skipped = skipped
        self.blocks: list[HtmlBlock] = []
        self.lang: str | None = None
        self.title: str | None = None
        self.stack: list[tuple[str, bool]] = []
        self.opened: Counter[str] = Counter()
        self.skipping = 0
        self.pieces: list[Piece] = []

    def take(self, token: _Token) -> None:
        """One more token."""
        if not token.name:
            self._text(token.start, token.end)
        elif token.name == "#title" and self.title is None and not self.opened["svg"]:
            self.title = " ".join(unescape(self.raw[token.start : token.end]).split())
        elif token.name[0] in "#!":
            return
        elif token.closing:
            self._close(token.name)
        else:
            self._open(token)

    def flush(self) -> None:
        """The block that was open is complete."""
        if not self.pieces:
            return
        pieces = self.pieces if self.opened["pre"] else collapse(self.pieces)
        self.pieces = []
        if any(piece.text.strip() for piece in pieces):
            inner = reversed(self.stack[-_NEAR:])
            element = next((name for name, _ in inner if name in _BLOCKS), "body")
            kind = "code" if self.opened["pre"] else self._kind()
            ancestors = frozenset(name for name in _TELLING if self.opened[name])
            self.blocks.append(HtmlBlock(tuple(_trimmed(pieces)), kind, element, ancestors))

    def _kind(self) -> BlockKind:
        for name, _ in reversed(self.stack[-_NEAR:]):
            if name in _KINDS:
                return _KINDS[name]
        return "paragraph"

    def _open(self, token: _Token) -> None:
        name = token.name
        if name in _BLOCKS:
            self.flush()
        if name == "html" and self.lang is None and (found := _LANG.search(token.attributes)):
            self.lang = found.group(1)
        if self.opened["head"] and name not in _HEAD and not self.opened["template"]:
            self._close("head")
        if name == "p" and self.stack and self.stack[-1][0] == "p":
            self._close("p")
        if name in _VOID or name in _RAW_TEXT or token.attributes.endswith("/"):
            return
        self._push(name, name in self.skipped or name in _SKIPPED_INLINE or bool(_HIDDEN.search(token.attributes)))

    def _push(self, name: str, skipped: bool) -> None:
        self.stack.append((name, skipped))
        self.opened[name] += 1
        self.skipping += skipped

    def _close(self, name: str) -> None:
        if name in _BLOCKS:
            self.flush()
        if not self.opened[name]:
            return
        while self.stack:
            top, skipped = self.stack.pop()
            self.opened[top] -= 1
            self.skipping -= skipped
            if top == name:
                return

    def _text(self, start: int, end: int) -> None:
        if self.skipping:
            return
        at = start
        for found in _ENTITY.finditer(self.raw, start, end):
            char = unescape(found.group())
            if char == found.group() or len(char) > 2:
                continue
            self._add(at, found.start())
            self.pieces.append(Piece(char, found.start(), found.end(), verbatim=False))
            at = found.end()
        self._add(at, end)

    def _add(self, start: int, end: int) -> None:
        if end > start:
            self.pieces.append(Piece(self.raw[start:end], start, end))


def _trimmed(pieces: list[Piece]) -> list[Piece]:
    """Without the line ends around preformatted text."""
    while pieces and not pieces[0].text.strip():
        pieces = pieces[1:]
    while pieces and not pieces[-1].text.strip():
        pieces = pieces[:-1]
    return pieces
