"""Pieces of a block in, its segments out: plain sentences, each with its inline codes and its place in the file."""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from corpora.segment import boundaries
from mt.documents.segment import Code, Role, Segment

_SPACES = re.compile(r"\s+")
# Addresses are copied, not translated; a full stop or comma behind one belongs to the sentence.
_ADDRESS = re.compile(
    r"(?:https?|ftp)://[^\s<>\[\]|\"“”«»]+(?<![.,;:!?)'’،؛؟])|www\.[^\s<>\[\]|\"]+\.[^\s<>\[\]|\"]+(?<![.,;:!?)'’،؛؟])"
    r"|[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+"
)

# Models drop pictures, and of a pair of bidi controls one half, which turns the rest of the line round: they go around
# the model as codes. White space before one that ends a sentence goes with it.
_MARK = "[\u200d\u20e3\ufe0f\u2600-\u27bf\u2b00-\u2bff\U0001f1e6-\U0001f1ff\U0001f300-\U0001faff]"
_UNSPOKEN = re.compile(rf"{_MARK}++(?:\s++{_MARK}++)*+|[\u202a-\u202e\u2066-\u2069]")
_ENDS = re.compile(r"\s*+(?:[.,;:!?…،؛؟。]|$)")


@dataclass(frozen=True, slots=True)
class _Placed:
    """A code with its place in the file."""

    code: Code
    start: int
    end: int


@dataclass(slots=True)
class Flow:
    """The running text of one block, filled from left to right; `start` and `end` are places in the file."""

    parts: list[str] = field(default_factory=list)
    starts: array[int] = field(default_factory=lambda: array("q"))
    ends: array[int] = field(default_factory=lambda: array("q"))
    codes: list[_Placed] = field(default_factory=list)
    protected: list[tuple[int, int]] = field(default_factory=list)
    escaped: set[str] = field(default_factory=set)
    spaced: bool = True

    def __len__(self) -> int:
        return len(self.starts)

    def verbatim(self, text: str, start: int) -> None:
        """Text that stands in the file letter by letter; white space runs become one space, pictures lone codes."""
        at = 0
        for found in _UNSPOKEN.finditer(text):
            begin = found.start()
            if _ENDS.match(text, found.end()):
                begin = at + len(text[at:begin].rstrip())
            self._spoken(text[at:begin], start + at)
            self.code(text[begin : found.end()], start + begin, start + found.end())
            at = found.end()
        self._spoken(text[at:], start + at)

    def _spoken(self, text: str, start: int) -> None:
        at = 0
        for found in _SPACES.finditer(text):
            self._letters(text[at : found.start()], start + at)
            self.space(start + found.start(), start + found.end())
            at = found.end()
        self._letters(text[at:], start + at)

    def unit(self, text: str, start: int, end: int, *, escaped: bool = False) -> None:
        """Text that the file writes as one escape."""
        if text.isspace():
            self.space(start, end)
            return
        for char in text:
            self._add(char, start, end)
        if escaped:
            self.escaped.add(text)

    def space(self, start: int, end: int) -> None:
        """White space; more of it after a space belongs to the lone code between them, or is nothing."""
        if self.spaced:
            last = self.codes[-1] if self.codes else None
            if last is not None and last.code.role == "lone" and last.code.at == len(self) and last.end == start:
                code = replace(last.code, markup=f"{last.code.markup} ")
                self.codes[-1] = _Placed(code, last.start, end)
            return
        self._add(" ", start, end)
        self.spaced = True

    def code(self, markup: str, start: int, end: int, role: Role = "lone", pair: int = -1) -> None:
        """Inline markup."""
        self.codes.append(_Placed(Code(len(self), markup, role, pair), start, end))

    def protect(self, start: int) -> None:
        """What was added since `len(flow)` was `start` must come out as it is."""
        if len(self) > start:
            self.protected.append((start, len(self)))

    def segments(self, lang: str) -> tuple[Segment, ...]:
        """The block's sentences in order, without overlap."""
        text = "".join(self.parts)
        protected = [*self.protected, *((found.start(), found.end()) for found in _ADDRESS.finditer(text))]
        return tuple(self._segments(text, lang, _merged(protected)))

    def _segments(self, text: str, lang: str, protected: list[tuple[int, int]]) -> Iterator[Segment]:
        codes = list(self.codes)
        edge = first = guard = 0
        for start, end in _sentences(text, lang, protected):
            while first < len(codes) and _is_before(codes[first], start, edge):
                first += 1
            last = first
            while last < len(codes) and _is_inside(codes[last].code, end):
                last += 1
            mine = codes[first:last]
            first = last
            begin = min([self.starts[start], *(placed.start for placed in mine)])
            edge = max([self.ends[end - 1], *(placed.end for placed in mine)])
            while guard < len(protected) and protected[guard][1] <= start:
                guard += 1
            yield Segment(
                begin,
                edge,
                text[start:end],
                tuple(_shifted(placed.code, start) for placed in mine),
                tuple((max(a, start) - start, b - start) for a, b in _until(protected, guard, end)),
                frozenset(self.escaped),
            )

    def _letters(self, text: str, start: int) -> None:
        if text:
            self.parts.append(text)
            self.starts.extend(range(start, start + len(text)))
            self.ends.extend(range(start + 1, start + len(text) + 1))
            self.spaced = False

    def _add(self, char: str, start: int, end: int) -> None:
        self.parts.append(char)
        self.starts.append(start)
        self.ends.append(end)
        self.spaced = False


def _sentences(text: str, lang: str, protected: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Sentence spans without white space at their edges; no sentence ends inside of what is protected."""
    held: tuple[int, int] | None = None
    guard = 0
    for start, end in boundaries(text, lang):
        stretch = text[start:end]
        if not stretch.strip():
            continue
        start += len(stretch) - len(stretch.lstrip())
        end -= len(stretch) - len(stretch.rstrip())
        if held is not None:
            while guard < len(protected) and protected[guard][1] <= held[1]:
                guard += 1
            if guard < len(protected) and protected[guard][0] < held[1]:
                held = (held[0], end)
                continue
            yield held
        held = (start, end)
    if held is not None:
        yield held


def _until(protected: list[tuple[int, int]], guard: int, end: int) -> Iterator[tuple[int, int]]:
    for span in protected[guard:]:
        if span[0] >= end:
            return
        yield span


def _is_before(placed: _Placed, start: int, edge: int) -> bool:
    """Whether a code stands before a sentence that begins at `start`; what closes there closes something earlier."""
    code = placed.code
    return placed.start < edge or code.at < start or (code.at == start and code.role == "close")


def _is_inside(code: Code, end: int) -> bool:
    """Whether a code stands before the end of a sentence; what opens there opens the next one."""
    return code.at < end or (code.at == end and code.role != "open")


def _shifted(code: Code, start: int) -> Code:
    return Code(code.at - start, code.markup, code.role, code.pair)


def _merged(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
