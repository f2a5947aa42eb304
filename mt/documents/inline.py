"""A block of Markdown or plain text in, its text and inline codes in a flow out.

CommonMark's inline rules as far as articles go; what is not markup by them is text. Plain text is read the same way:
what machines translated is full of stray Markdown. A pair that is never closed in its block stays as what it is, a
stray mark. Invisible controls are left out, but for those of direction, which come in pairs.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpora.article import Block
from corpora.clean import unseen
from mt.documents.flow import Flow
from mt.documents.segment import Dialect

_INLINE = re.compile(
    r"(?P<escape>\\[!-/:-@\[-`{-~])"
    r"|(?P<code>(?P<ticks>`+)(?!`)(?P<inside>.+?)(?<!`)(?P=ticks)(?!`))"
    r"|(?P<comment><!--.*?-->)"
    r"|<(?P<address>(?:https?|ftp|mailto):[^<>\s]+)>"
    r"|(?P<tag></?[A-Za-z][^<>]*>)"
    r"|(?P<note>\[\^[^\]\s]+\])"
    r"|(?P<open>!?\[)(?=(?:[^\[\]]|\[[^\[\]]*+\]){0,2000}+\](?:\(|\[))"
    r"|(?P<close>\](?:\(\s*(?:<[^<>\n]*>|(?:[^()\s]|\([^()\s]*\))*)(?:\s+(?:\"[^\"]*\"|'[^']*'|\([^()]*\)))?\s*\)|\[[^\]]*\]))"
    r"|(?P<run>\*+|_+|~~)"
    r"|(?P<entity>&(?:#\d{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});)"
    r"|(?P<hard>(?: {2,}|\\)(?:\r\n|\r|\n)[ \t]*(?:>[ \t]?)*[ \t]*)"
    r"|(?P<line>(?:\r\n|\r|\n)[ \t]*(?:>[ \t]?)*[ \t]*)",
    re.DOTALL,
)
_VOID_TAG = re.compile(r"<(?:area|br|hr|img|input|wbr)\b|.*/>\Z", re.IGNORECASE | re.DOTALL)
_TAG_NAME = re.compile(r"</?([A-Za-z][A-Za-z0-9-]*)")


def fill_inline(content: str, block: Block, flow: Flow, dialect: Dialect) -> None:
    """Put a block's text and codes into a flow."""
    _Inline(content, flow, dialect).fill(block)


@dataclass(frozen=True, slots=True)
class _Open:
    """An opened pair that waits for its other half: where its code is in the flow."""

    kind: str
    index: int
    start: int
    end: int


class _Inline:
    """Reads one block's inline markup into a flow."""

    def __init__(self, content: str, flow: Flow, dialect: Dialect) -> None:
        self.content = content
        self.markdown = dialect == "markdown"
        self.flow = flow
        self.pairs = 0
        self.tokens: list[tuple[str, int, int, str, int]] = []  # kind, start, end, role, pair
        self.stack: list[_Open] = []

    def fill(self, block: Block) -> None:
        """Tokens first, since only the end of the block shows what was never closed."""
        at = block.start
        for found in _INLINE.finditer(self.content, block.start, block.end):
            self._token("text", at, found.start())
            self._take(found, block)
            at = found.end()
        self._token("text", at, block.end)
        self._write(block)

    def _token(self, kind: str, start: int, end: int, role: str = "lone", pair: int = -1) -> None:
        if end > start:
            self.tokens.append((kind, start, end, role, pair))

    def _take(self, found: re.Match[str], block: Block) -> None:
        kind = next(name for name in _KINDS if found.group(name) is not None)
        start, end = found.span()
        if kind in _MARKDOWN_ONLY and not self.markdown:
            kind = "line" if kind == "hard" else "text"
        if kind == "run":
            self._take_run(found.group(), start, end, block)
        elif kind == "open":
            self._open("[", start, end)
        elif kind == "close":
            self._close("[", start, end)
        elif kind == "tag" and not _VOID_TAG.match(found.group()):
            name = _TAG_NAME.match(found.group())
            opener = "<" + (name.group(1).lower() if name else "")
            if found.group().startswith("</"):
                self._close(opener, start, end)
            else:
                self._open(opener, start, end)
        elif kind == "code":
            self._token("code", found.start("inside"), found.end("inside"))
            self.tokens[-1] = ("code", start, end, found.group("ticks"), -1)
        else:
            self._token(kind, start, end)

    def _take_run(self, run: str, start: int, end: int, block: Block) -> None:
        before = self.content[start - 1] if start > block.start else " "
        after = self.content[end] if end < block.end else " "
        # Two stars are emphasis wherever they stand: machine-translated pages have spaces on both sides of them.
        loose = len(run) >= 2 and run[0] != "_"
        inside_word = run[0] == "_" and before.isalnum() and after.isalnum()
        closes = (loose or not before.isspace()) and not inside_word
        if closes and any(opened.kind == run for opened in self.stack):
            self._close(run, start, end)
        elif (loose or not after.isspace()) and not inside_word and not (run[0] == "_" and before.isalnum()):
            self._open(run, start, end)
        else:
            self._token("text", start, end)

    def _open(self, kind: str, start: int, end: int) -> None:
        self.stack.append(_Open(kind, len(self.tokens), start, end))
        self._token("mark", start, end)

    def _close(self, kind: str, start: int, end: int) -> None:
        at = next((i for i in range(len(self.stack) - 1, -1, -1) if self.stack[i].kind == kind), None)
        if at is None:
            self._token("text" if kind == "[" else "mark", start, end)
            return
        opened = self.stack[at]
        del self.stack[at:]  # what was opened inside and not closed is a stray mark
        self.pairs += 1
        self.tokens[opened.index] = ("mark", opened.start, opened.end, "open", self.pairs)
        self._token("mark", start, end, "close", self.pairs)

    def _write(self, block: Block) -> None:
        controls = [
            (block.start + start, block.start + end)
            for start, end in unseen(self.content[block.start : block.end])
            if not _KEPT.search(self.content[block.start + start : block.start + end])
        ]
        for token in self.tokens:
            self._write_token(token, controls)

    def _write_token(self, token: tuple[str, int, int, str, int], controls: list[tuple[int, int]]) -> None:
        kind, start, end, role, pair = token
        raw = self.content[start:end]
        flow = self.flow
        if kind == "text" or (kind == "mark" and role == "lone" and raw in ("*", "_", "[")):
            _visible(flow, self.content, start, end, controls)
        elif kind == "line":
            flow.space(start, end)
        elif kind == "hard":
            flow.code(raw, start, end)
            flow.space(end, end)
        elif kind == "escape":
            flow.unit(raw[1:], start, end, escaped=True)
        elif kind == "entity":
            _write_entity(flow, raw, start, end)
        elif kind == "code":
            self.pairs += 1
            width, at = len(role), len(flow)
            flow.code(role, start, start + width, "open", self.pairs)
            flow.verbatim(raw[width : len(raw) - width], start + width)
            flow.protect(at)
            flow.code(role, end - width, end, "close", self.pairs)
        elif kind == "address":
            self.pairs += 1
            at = len(flow)
            flow.code("<", start, start + 1, "open", self.pairs)
            flow.verbatim(raw[1:-1], start + 1)
            flow.protect(at)
            flow.code(">", end - 1, end, "close", self.pairs)
        else:
            flow.code(raw, start, end, "open" if role == "open" else "close" if role == "close" else "lone", pair)


_KINDS = ("escape", "code", "comment", "address", "tag", "note", "open", "close", "run", "entity", "hard", "line")
_MARKDOWN_ONLY = frozenset({"escape", "entity", "hard"})
# Emphasis is markup, and bidi controls are codes; other controls are left out.
_KEPT = re.compile("[*_~`\u202a-\u202e\u2066-\u2069]")


def _write_entity(flow: Flow, raw: str, start: int, end: int) -> None:
    from html import unescape

    char = unescape(raw)
    if char == raw:
        flow.verbatim(raw, start)
    elif char in "<>&":
        flow.code(raw, start, end)  # written out it might become markup
    else:
        flow.unit(char, start, end)


def _visible(flow: Flow, content: str, start: int, end: int, controls: list[tuple[int, int]]) -> None:
    at = start
    for begin, stop in controls:
        if start <= begin < end:
            flow.verbatim(content[at:begin], at)
            at = min(stop, end)
    flow.verbatim(content[at:end], at)
