"""A segment and its translation in, the translation with the segment's inline codes put back out: each exactly once.

A pair goes round the words that translate what it held: the same letters (names, numbers, addresses) where they stand
in the output; else what the held words translate to by themselves, found in the output letter by letter or nearly so;
else the words that the held ones are aligned with; else those at the same place in the sentence. A lone code stands
behind the word that is aligned with the one before it. What was nested stays nested, whatever the order of words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from corpora.script import words
from mt.documents.segment import Code, Segment

# Below this (0 to 100) two stretches are not the same words in other inflections.
_NEAR: Final = 70.0
# Longer stretches come out differently in their sentence than by themselves.
_LONGEST_ASKED: Final = 10
# No writer marks up a sentence like this: its codes are spread in their order, without a look at the words.
_MOST: Final = 120
_EDGE_MARKS: Final = re.compile(r"^[\s.,;:!?،؛؟。]+|[\s.,;:!?،؛؟。]+$")

Escape = Callable[[str], str]
# A stretch of the source to the stretch of the output that it is aligned with, if any.
Project = Callable[[int, int], tuple[int, int] | None]


@dataclass(slots=True)
class Node:
    """A pair or a lone code: what it holds of the source's text, and where that stands in the output."""

    opening: str
    closing: str
    start: int
    end: int
    children: list[Node] = field(default_factory=list)
    lone: bool = False
    to_start: bool = False  # its opening half stands outside of the segment
    to_end: bool = False  # its closing half does
    target: tuple[int, int] = (0, 0)


def _nowhere(_start: int, _end: int) -> None:
    """No word alignment at hand."""


def asked_for(segment: Segment, output: str) -> list[str]:
    """What codes hold and the output does not show letter by letter: to be translated by itself."""
    found: list[str] = []
    if len(segment.codes) > _MOST:
        return found
    protected = [segment.text[start:end] for start, end in segment.protected]

    def visit(nodes: Sequence[Node]) -> None:
        for node in nodes:
            inner = _EDGE_MARKS.sub("", segment.text[node.start : node.end])
            whole = node.start == 0 and node.end >= len(segment.text.rstrip(".!?؟。 "))
            askable = inner and not node.lone and not whole and inner not in protected
            if askable and inner.casefold() not in output.casefold() and len(inner.split()) <= _LONGEST_ASKED:
                found.append(inner)
            visit(node.children)

    visit(tree(segment).children)
    return found


def put_back(
    segment: Segment, output: str, escape: Escape, renderings: Mapping[str, str], project: Project = _nowhere
) -> str:
    """The output with the codes, its text escaped.

    Args:
        renderings: what stretches of the source translate to by themselves, as far as they were asked for.
        project: where the output says what a stretch of the source says, by word alignment.
    """
    if not segment.codes:
        return escape(output)
    if len(segment.codes) > _MOST:
        return _in_order(segment, output, escape)
    root = tree(segment)
    root.target = (0, len(output))
    _Placement(segment.text, output, renderings, project).settle(root)
    return _written(root, output, escape)


def _in_order(segment: Segment, output: str, escape: Escape) -> str:
    """The codes at the same shares of the output's words as of the source's, their order kept, and so their nesting."""
    edges = [0, *(end for _, end in _units(output)), len(output)]
    length = max(len(segment.text), 1)
    parts, at = [], 0
    for code in segment.codes:
        place = max(at, edges[code.at * (len(edges) - 1) // length])
        parts += [escape(output[at:place]), code.markup]
        at = place
    return "".join([*parts, escape(output[at:])])


def tree(segment: Segment) -> Node:
    """The segment's codes, nested as they stand; a half without its partner reaches to the segment's edge."""
    root = Node("", "", 0, len(segment.text))
    stack: list[tuple[Node, int]] = [(root, -1)]
    partners = _partners(segment.codes)
    for code in segment.codes:
        top = stack[-1][0]
        if code.role == "lone":
            top.children.append(Node(code.markup, "", code.at, code.at, lone=True))
        elif code.role == "open":
            whole = "close" in partners[code.pair]
            node = Node(code.markup, "", code.at, len(segment.text), to_end=not whole)
            top.children.append(node)
            stack.append((node, code.pair))
        else:
            _close(stack, code)
    return root


def _partners(codes: Sequence[Code]) -> dict[int, set[str]]:
    partners: dict[int, set[str]] = {}
    for code in codes:
        partners.setdefault(code.pair, set()).add(code.role)
    return partners


def _close(stack: list[tuple[Node, int]], code: Code) -> None:
    depth = next((i for i in range(len(stack) - 1, 0, -1) if stack[i][1] == code.pair), 0)
    if depth:
        for node, _ in stack[depth:]:
            node.end = code.at
            node.to_end = False
        stack[depth][0].closing = code.markup
        del stack[depth:]
        return
    # Opened before this segment: it holds everything so far.
    top = stack[-1][0]
    node = Node("", code.markup, top.start, code.at, children=top.children, to_start=True)
    top.children = [node]


@dataclass(slots=True)
class _Placement:
    source: str
    output: str
    renderings: Mapping[str, str]
    project: Project
    _source_words: list[tuple[int, int]] = field(init=False)
    _output_words: list[tuple[int, int]] = field(init=False)

    def __post_init__(self) -> None:
        self._source_words = _units(self.source)
        self._output_words = _units(self.output)

    def settle(self, parent: Node) -> None:
        """Find a place inside the parent's for each of its children, and so on down."""
        taken: list[tuple[int, int]] = []
        for node in sorted((n for n in parent.children if not n.lone), key=lambda n: self._found(n, parent) is None):
            node.target = self._place(node, parent, taken)
            taken.append(node.target)
        for node in parent.children:
            if node.lone:
                at = self._lone(node, parent)
                at = next((end for start, end in taken if start < at < end), at)
                node.target = (at, at)
            self.settle(node)
        # Python's sort is stable: codes at one place keep the source's order.
        parent.children.sort(key=lambda n: n.target)

    def _place(self, node: Node, parent: Node, taken: Sequence[tuple[int, int]]) -> tuple[int, int]:
        low, high = parent.target
        if node.to_start or node.to_end:
            start, end = self._in_proportion(node, parent)
            start, end = (low if node.to_start else start), (high if node.to_end else end)
        else:
            start, end = self._found(node, parent) or self._in_proportion(node, parent)
        return _free((start, end), taken, self._inside(low, high), (low, high))

    def _found(self, node: Node, parent: Node) -> tuple[int, int] | None:
        """Where the output says what the node holds."""
        inner = _EDGE_MARKS.sub("", self.source[node.start : node.end])
        if not inner or node.to_start or node.to_end or self._is_whole(node, parent):
            return None
        near = self._in_proportion(node, parent)[0]
        for wanted in (inner, self.renderings.get(inner, "")):
            wanted = _EDGE_MARKS.sub("", wanted)
            found = self._exact(wanted, parent.target, near) if wanted else None
            if found:
                return found
        wanted = _EDGE_MARKS.sub("", self.renderings.get(inner, ""))
        found = self._nearly(wanted, parent.target) if wanted else None
        return found or self._aligned(node, parent)

    def _aligned(self, node: Node, parent: Node) -> tuple[int, int] | None:
        span = self.project(node.start, node.end)
        low, high = parent.target
        return span if span is not None and low <= span[0] < span[1] <= high and self._at_edges(span) else None

    def _is_whole(self, node: Node, parent: Node) -> bool:
        return node.start <= parent.start and node.end >= parent.end

    def _exact(self, wanted: str, within: tuple[int, int], near: int) -> tuple[int, int] | None:
        pattern = re.compile(re.escape(wanted), re.IGNORECASE)
        spans = [found.span() for found in pattern.finditer(self.output, *within)]
        whole = [span for span in spans if self._at_edges(span)]
        return min(whole, key=lambda span: abs(span[0] - near), default=None)

    def _at_edges(self, span: tuple[int, int]) -> bool:
        return not any(start < edge < end for start, end in self._output_words for edge in span)

    def _nearly(self, wanted: str, within: tuple[int, int]) -> tuple[int, int] | None:
        """The run of about as many words that is most like what is wanted."""
        from rapidfuzz import fuzz

        inside = self._inside(*within)
        count = len(_units(wanted))
        windows = [
            (inside[first][0], inside[first + size - 1][1])
            for size in range(max(count - 1, 1), count + 2)
            for first in range(len(inside) - size + 1)
        ]
        best = max(windows, key=lambda span: fuzz.ratio(wanted, self.output[slice(*span)]), default=None)
        return best if best and fuzz.ratio(wanted, self.output[slice(*best)]) >= _NEAR else None

    def _in_proportion(self, node: Node, parent: Node) -> tuple[int, int]:
        """As many words, as far into the sentence, as in the source."""
        low, high = parent.target
        mine = [word for word in self._source_words if parent.start <= word[0] and word[1] <= parent.end]
        theirs = self._inside(low, high)
        first = sum(end <= node.start for _, end in mine)
        count = sum(node.start <= start and end <= node.end for start, end in mine)
        at_start, at_end = node.start <= parent.start, node.end >= parent.end
        if not mine or not theirs or not count:
            edge = low if at_start else high if at_end else self._before(first, mine, theirs, low)
            return edge, (high if at_start and at_end else edge)
        begin = min(round(first * len(theirs) / len(mine)), len(theirs) - 1)
        stop = max(begin + 1, round((first + count) * len(theirs) / len(mine)))
        return (low if at_start else theirs[begin][0]), (high if at_end else theirs[min(stop, len(theirs)) - 1][1])

    def _before(self, first: int, mine: Sequence[tuple[int, int]], theirs: Sequence[tuple[int, int]], low: int) -> int:
        if not theirs or not mine:
            return low
        index = min(round(first * len(theirs) / len(mine)), len(theirs) - 1)
        return theirs[index][0]

    def _lone(self, node: Node, parent: Node) -> int:
        """Behind the same share of the words; glued to the word before it where it was."""
        low, high = parent.target
        if node.start <= parent.start:
            return low
        if node.start >= parent.end:
            return high
        mine = [word for word in self._source_words if parent.start <= word[0] and word[1] <= parent.end]
        theirs = self._inside(low, high)
        before = sum(end <= node.start for _, end in mine)
        if not theirs or not mine:
            return low
        glued = not self.source[node.start - 1].isspace()
        span = self.project(*mine[before - 1]) if before and glued else None
        if span is not None and low <= span[1] <= high and self._at_edges(span):
            return span[1]
        index = round(before * len(theirs) / len(mine))
        if glued and index:
            return theirs[index - 1][1]
        return theirs[index][0] if index < len(theirs) else high

    def _inside(self, low: int, high: int) -> list[tuple[int, int]]:
        return [(start, end) for start, end in self._output_words if low <= start and end <= high]


def _units(text: str) -> list[tuple[int, int]]:
    """Words as codes see them; a clitic and its name are two, an ideograph is one."""
    spans = [(word.start, word.end) for word in words(text)]
    return [
        (at, at + 1) if _is_ideograph(text[start]) else (start, end)
        for start, end in spans
        for at in (range(start, end) if _is_ideograph(text[start]) else (start,))
    ]


def _is_ideograph(char: str) -> bool:
    return "\u3040" <= char <= "\u30ff" or "\u3400" <= char <= "\u9fff"


def _free(
    wanted: tuple[int, int],
    taken: Sequence[tuple[int, int]],
    units: Sequence[tuple[int, int]],
    bounds: tuple[int, int],
) -> tuple[int, int]:
    """The wanted stretch, or the nearest one of as many words that no sibling has; else a place without width."""

    def clashes(span: tuple[int, int]) -> bool:
        return any(span[0] < end and start < span[1] for start, end in taken)

    if not clashes(wanted):
        start, end = wanted
        # A place without width must not lie inside a sibling.
        at = next((b for a, b in taken if a < start < b), start)
        return (start, end) if start < end else (at, at)
    count = sum(wanted[0] <= start and end <= wanted[1] for start, end in units) or 1
    windows = [(units[i][0], units[i + count - 1][1]) for i in range(len(units) - count + 1)]
    open_windows = [window for window in windows if not clashes(window)]
    if open_windows:
        return min(open_windows, key=lambda window: (abs(window[0] - wanted[0]), window))
    singles = [unit for unit in units if not clashes(unit)]
    if singles:
        return min(singles, key=lambda unit: (abs(unit[0] - wanted[0]), unit))
    edge = max((end for _, end in taken), default=bounds[0])
    return edge, edge


def _written(node: Node, output: str, escape: Escape) -> str:
    start, end = node.target
    parts = [node.opening]
    at = start
    for child in node.children:
        parts += [escape(output[at : child.target[0]]), _written(child, output, escape)]
        at = child.target[1]
    return "".join([*parts, escape(output[at:end]), node.closing])
