"""Decoded plain text in, an article whose text is the file itself out; paragraphs by blank lines, or one a line.

Two habits meet in the wild. Hard-wrapped text breaks lines at some 72 columns and parts paragraphs by blank lines;
pasted text has one paragraph a line. A line is taken as wrapped when its break was forced: the next line's first word
would not have fitted into the width of the file.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from corpora.article import Article, Block, BlockKind
from corpora.readers.decode import Decoded

_LINE = re.compile(r"([^\r\n\u2028\u2029]*)(\r\n|\r|\n|\u2028|\u2029|\Z)")
_BULLET = re.compile(r"[ \t]*(?:[-*+•‣◦·▪–—][ \t]+|[0-9٠-٩]{1,2}[.)][ \t]+|\([0-9٠-٩]{1,2}\)[ \t]+)(?=\S)")
_QUOTED = re.compile(r"[ \t]*>+[ \t]?")
_FINAL = re.compile(r"[.!?…:;,،؛؟。！？：；»”\"')\]*]\s*$")
_SENTENCE_END = re.compile(r"[.!?…؟。！？][»”\"')\]*_\s]*$")
_FIRST_WORD = re.compile(r"\s*(\S{1,25})")
_IDEOGRAPH = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")

_SEVERAL_WORDS = re.compile(r"\S\s+\S|[\u3040-\u30ff\u3400-\u9fff]{2}")

_NARROWEST, _WIDEST = 40, 120
# A typesetter that evens out its lines (fmt) ends them a little before the width.
_SLACK = 0.88
_HEADING_LENGTH = 90


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a text without its line end: `text[start:end]`."""

    start: int
    end: int
    text: str

    @property
    def blank(self) -> bool:
        """Whether there is nothing to see on it."""
        return not self.text.strip()


def read_text(decoded: Decoded, path: str, lang: str) -> Article:
    """A plain text file as an article."""
    blocks = tuple(text_blocks(decoded.text))
    return Article(path, decoded.text, lang, "text", decoded.encoding, decoded.bom, blocks)


def lines_of(text: str) -> list[Line]:
    """All lines, blank ones too; a line end at the very end of the text opens no further line."""
    lines = [Line(found.start(1), found.end(1), found.group(1)) for found in _LINE.finditer(text)]
    if lines and lines[-1].start == lines[-1].end == len(text):
        lines.pop()
    return lines


def text_blocks(text: str) -> list[Block]:
    """Paragraphs, headings, list items and quotes of plain text."""
    groups = paragraphs(lines_of(text))
    width = wrap_width(groups)
    runs = [run for group in groups for run in unwrapped(group, width)]
    return [block_of(run) for run in runs]


def paragraphs(lines: list[Line]) -> list[list[Line]]:
    """The lines between blank lines."""
    groups: list[list[Line]] = [[]]
    for line in lines:
        if line.blank:
            groups.append([])
        else:
            groups[-1].append(line)
    return [group for group in groups if group]


def wrap_width(groups: list[list[Line]]) -> int | None:
    """The width at which the file's lines were wrapped, or None for a file with a paragraph a line."""
    lengths = [len(line.text.rstrip()) for group in groups for line in group if _SEVERAL_WORDS.search(line.text)]
    narrow = [length for length in lengths if length <= _WIDEST]
    if not narrow or len(lengths) - len(narrow) > len(lengths) // 50:
        return None
    width = max(narrow)
    breaks = [forced(a, b, width) for group in groups for a, b in pairwise(group)]
    if width < _NARROWEST or sum(breaks) < 0.7 * len(breaks):
        return None
    # Where most lines end a sentence, the lines are what somebody wrote, however alike in length.
    ended = sum(bool(_SENTENCE_END.search(line.text)) for group in groups for line in group[:-1])
    if ended > 0.5 * len(breaks):
        return None
    return width if len(breaks) >= 3 else -width


def forced(line: Line, following: Line, width: int) -> bool:
    """Whether the line had to break where it did: the next word would have gone over the width."""
    word = _FIRST_WORD.match(following.text)
    if word is None:
        return False
    room = 1 if _IDEOGRAPH.match(word.group(1)) else len(word.group(1)) + 1
    return len(line.text.rstrip()) + room > width * _SLACK


def unwrapped(group: list[Line], width: int | None) -> list[list[Line]]:
    """The lines between two blank lines, those of one wrapped paragraph together.

    A negative width was guessed from a break or two: then a sentence that ends with its line ends its paragraph.
    """
    if width is None:
        return [[line] for line in group]
    runs = [[group[0]]]
    for line, following in pairwise(group):
        starts = bool(_BULLET.match(following.text)) or bool(_QUOTED.match(following.text)) != bool(
            _QUOTED.match(line.text)
        )
        ended = width < 0 and bool(_SENTENCE_END.search(line.text))
        if forced(line, following, abs(width)) and not starts and not ended:
            runs[-1].append(following)
        else:
            runs.append([following])
    return runs


def block_of(run: list[Line]) -> Block:
    """The block that a wrapped paragraph, or a line that stands alone, makes; list and quote marks stay outside."""
    first = run[0]
    kind: BlockKind = "paragraph"
    start = first.start + len(first.text) - len(first.text.lstrip())
    if mark := _QUOTED.match(first.text):
        kind, start = "quote", first.start + mark.end()
    elif mark := _BULLET.match(first.text):
        kind, start = "list_item", first.start + mark.end()
    elif len(run) == 1 and looks_like_heading(first.text):
        kind = "heading"
    last = run[-1]
    return Block(min(start, last.end), max(start, last.start + len(last.text.rstrip())), kind)


def looks_like_heading(line: str) -> bool:
    """Whether a line that stands alone is short and ends without punctuation."""
    stripped = line.strip().strip("*_ ")
    return 0 < len(stripped) <= _HEADING_LENGTH and not _FINAL.search(stripped) and any(map(str.isalpha, stripped))
