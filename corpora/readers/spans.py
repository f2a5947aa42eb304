"""Pieces of a file in, `Article.text` with its nodes and blocks out: what the readers of marked-up formats share."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from corpora.article import Block, BlockKind, Node

# White space that a browser shows as something else than itself.
_SPACES = re.compile(r"[ \t\n\r\f]{2,}|[\t\n\r\f]|\A | \Z")


@dataclass(frozen=True, slots=True)
class Piece:
    """Text of the file: `raw[raw_start:raw_end]` is the same letters (`verbatim`), or escapes for `text`."""

    text: str
    raw_start: int
    raw_end: int
    verbatim: bool = True


@dataclass(slots=True)
class TextBuilder:
    """Joins pieces to one text, a block after the other, and keeps the map back into the file."""

    separator: str = "\n\n"
    parts: list[str] = field(default_factory=list)
    nodes: list[Node] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    length: int = 0

    def add_block(self, pieces: list[Piece], kind: BlockKind = "paragraph") -> None:
        """One more block, behind a separator that the file does not have. Without pieces it is an empty one."""
        if self.blocks:
            self._append(self.separator)
        start = self.length
        for piece in pieces:
            self.nodes.append(Node(self.length, self.length + len(piece.text), piece.raw_start, piece.raw_end))
            self._append(piece.text)
        self.blocks.append(Block(start, self.length, kind))

    @property
    def text(self) -> str:
        """Everything so far."""
        return "".join(self.parts)

    def _append(self, text: str) -> None:
        self.parts.append(text)
        self.length += len(text)


def collapse(pieces: list[Piece]) -> list[Piece]:
    """The pieces with every run of white space as one space, and none at the ends: what a browser shows."""
    collapsed: list[Piece] = []
    spaced = True
    for piece in pieces:
        if not piece.verbatim:
            collapsed.append(piece)
            spaced = False
            continue
        at = 0
        for found in _SPACES.finditer(piece.text):
            if found.start() > at:
                collapsed.append(_part(piece, at, found.start()))
                spaced = False
            if not spaced:
                begin, end = piece.raw_start + found.start(), piece.raw_start + found.end()
                collapsed.append(Piece(" ", begin, end, verbatim=found.group() == " "))
                spaced = True
            at = found.end()
        if at < len(piece.text):
            collapsed.append(_part(piece, at, len(piece.text)))
            spaced = False
    while collapsed and collapsed[-1].text == " ":
        collapsed.pop()
    return _joined(collapsed)


def _part(piece: Piece, start: int, end: int) -> Piece:
    return Piece(piece.text[start:end], piece.raw_start + start, piece.raw_start + end)


def _joined(pieces: list[Piece]) -> list[Piece]:
    """Neighbours that stand side by side in the file as one piece, so that a fix across a space is one replacement."""
    joined: list[Piece] = []
    run: list[Piece] = []
    for piece in [*pieces, None]:
        if run and piece is not None and piece.verbatim and run[-1].raw_end == piece.raw_start:
            run.append(piece)
            continue
        if run:
            joined.append(Piece("".join(part.text for part in run), run[0].raw_start, run[-1].raw_end))
        run = []
        if piece is None:
            break
        if piece.verbatim:
            run = [piece]
        else:
            joined.append(piece)
    return joined
