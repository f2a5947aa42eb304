"""A sentence with its findings, flagged stretches and differences in, safe HTML with marks nested in it out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from html import escape
from itertools import pairwise
from typing import TYPE_CHECKING

from eval.names.entity import NameFinding
from eval.report.visible import shown, split

if TYPE_CHECKING:
    from markupsafe import Markup

Span = tuple[int, int]

_SPECIAL = re.compile("“(?P<quoted>[^“”]*)”|`(?P<code>[^`]+)`|(?P<rest>[^“`]+|.)", re.DOTALL)


@dataclass(slots=True)
class _Mark:
    """A finding's place in a sentence, with the findings inside it."""

    start: int
    end: int
    finding: NameFinding
    inside: list[_Mark] = field(default_factory=list)


def plain(text: str) -> Markup:
    """Escaped text, hidden characters as visible tokens."""
    from markupsafe import Markup

    return Markup(_plain(text))


def prose(text: str) -> Markup:
    """A sentence of ours: what it quotes from the article is isolated from it, and a command in backticks is code."""
    from markupsafe import Markup

    made = []
    for hit in _SPECIAL.finditer(text):
        quoted, code, rest = hit.group("quoted", "code", "rest")
        if quoted is not None:
            made.append(f"“<bdi>{_plain(quoted)}</bdi>”")
        else:
            made.append(f"<code>{_plain(code)}</code>" if code is not None else _plain(rest))
    return Markup("".join(made))


def marked(
    text: str,
    *,
    start: int = 0,
    findings: Sequence[NameFinding] = (),
    flagged: Sequence[Span] = (),
    different: Sequence[Span] = (),
) -> Markup:
    """One sentence as HTML.

    Args:
        start: offset of the sentence in its article; findings and flagged spans count from the article's start.
        different: spans that the re-translation says otherwise, counted from the sentence's own start.
    """
    from markupsafe import Markup

    styles = [("fl", (a - start, b - start)) for a, b in flagged] + [("df", span) for span in different]
    inner = [(name, (max(a, 0), min(b, len(text)))) for name, (a, b) in styles if a < len(text) and b > 0]
    return Markup(_between(text, 0, len(text), _nested(findings, start, len(text)), inner))


# Below, strings are HTML already: every text goes through `_plain` or `escape` exactly once.


def _plain(text: str) -> str:
    return "".join(
        f'<span class="ctl" title="hidden character, not obeyed">{part}</span>' if hidden else escape(part, quote=True)
        for part, hidden in split(text)
    )


def _nested(findings: Sequence[NameFinding], start: int, length: int) -> list[_Mark]:
    """Marks as a forest: one that begins inside another ends inside it."""
    roots: list[_Mark] = []
    stack: list[_Mark] = []
    for finding in sorted(findings, key=lambda f: (f.start, -f.end, f.id)):
        place = min(max(finding.start - start, 0), length)
        while stack and stack[-1].end <= place:
            stack.pop()
        limit = stack[-1].end if stack else length
        mark = _Mark(place, min(max(finding.end - start, place), limit), finding)
        (stack[-1].inside if stack else roots).append(mark)
        if mark.end > mark.start:
            stack.append(mark)
    return roots


def _between(text: str, start: int, end: int, marks: Sequence[_Mark], styles: Sequence[tuple[str, Span]]) -> str:
    parts, at = [], start
    for mark in marks:
        parts.append(_leaf(text, at, mark.start, styles))
        parts.append(_finding(mark, _between(text, mark.start, mark.end, mark.inside, styles)))
        at = mark.end
    parts.append(_leaf(text, at, end, styles))
    return "".join(parts)


def _finding(mark: _Mark, inside: str) -> str:
    """The element of one finding. A missing name has nothing to mark: a chip says what is missing."""
    finding = mark.finding
    empty = mark.start == mark.end
    if empty:
        inside = _plain(finding.canonical or finding.entity or "?")
    name = escape(finding.id)
    return (
        f'<mark class="finding {finding.severity}{" absent" if empty else ""}" id="f-{name}" data-id="{name}" '
        f'data-kind="{finding.kind}" data-severity="{finding.severity}" title="{escape(_title(finding))}">'
        f"<bdi>{inside}</bdi></mark>"
    )


def _title(finding: NameFinding) -> str:
    becomes = f" → {shown(finding.canonical)}" if finding.canonical is not None else ""
    why = f": {shown(finding.evidence[0].detail)}" if finding.evidence else ""
    return f"{shown(finding.id)}{becomes}{why}"


def _leaf(text: str, start: int, end: int, styles: Sequence[tuple[str, Span]]) -> str:
    """Text without findings in it, cut where a style begins or ends."""
    near = [(name, span) for name, span in styles if span[0] < end and span[1] > start]
    if not near:
        return _plain(text[start:end])
    edges = sorted({start, end, *(edge for _, span in near for edge in span if start < edge < end)})
    parts = []
    for a, b in pairwise(edges):
        names = sorted({name for name, span in near if span[0] <= a and b <= span[1]})
        piece = _plain(text[a:b])
        parts.append(f'<span class="{" ".join(names)}">{piece}</span>' if names else piece)
    return "".join(parts)
