"""Segments of an article in, flags for quotes and brackets that only the translation leaves open out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from eval.checks.segment import Segment
from eval.result import Flag

_QUOTES = re.compile('["“”„‟«»＂「」『』]')
_CLOSING = "”»」』"
_BRACKETS = (("(", ")"), ("[", "]"), ("{", "}"))
_ENUMERATION = re.compile(r"(?:^|\s)[\w\d]{1,3}[).]\s|[:;]-?\)")
_FULL_WIDTH = str.maketrans("（）［］｛｝﴾﴿", "()[]{}()")
_SLOPPY = 0.03
_CLOSED = 3


def check(segments: Sequence[Segment]) -> list[list[Flag]]:
    """Flags for each segment of an article, in order.

    Brackets are judged by the segment. Quotes need the article: a quotation runs over several sentences, and there are
    translators (human ones, too) who never close theirs. A quote is missed where the source has all its own, the
    translation one fewer, the article's quotes do not pair up, and it closes most of them.
    """
    found = [list(_brackets(segment)) for segment in segments]
    suspects = [index for index, segment in enumerate(segments) if _one_quote_short(segment)]
    counts = [len(_QUOTES.findall(segment.target.text)) for segment in segments]
    closed = sum(count > 0 and count % 2 == 0 for count in counts)
    careful = len(suspects) <= max(1, _SLOPPY * len(segments)) and closed >= _CLOSED * len(suspects)
    if sum(counts) % 2 and careful:
        for index in suspects:
            found[index].append(_quote(segments[index]))
    return found


def _one_quote_short(segment: Segment) -> bool:
    theirs = len(_QUOTES.findall(segment.source.text))
    return theirs > 0 and theirs % 2 == 0 and len(_QUOTES.findall(segment.target.text)) == theirs - 1


def _quote(segment: Segment) -> Flag:
    """The mark that has lost its partner: a closing one that comes first, else the last one."""
    text = segment.target.text
    places = [hit.span() for hit in _QUOTES.finditer(text)]
    lone = places[0] if text[places[0][0]] in _CLOSING else places[-1]
    count = len(places)
    return _flag(segment, f"{count} quotation mark{'s' * (count > 1)}, {count + 1} in {segment.other_side}", lone)


def _brackets(segment: Segment) -> Iterator[Flag]:
    source = segment.source.text.translate(_FULL_WIDTH)
    target = segment.target.text.translate(_FULL_WIDTH)
    if _ENUMERATION.search(source) or _ENUMERATION.search(target):
        return
    for left, right in _BRACKETS:
        if (left not in target and right not in target) or source.count(left) != source.count(right):
            continue
        lone = _lone(target, left, right)
        if lone is not None:
            missing = "never closed" if target[lone] == left else "never opened"
            yield _flag(segment, f"“{target[lone]}” is {missing}", (lone, lone + 1))


def _lone(text: str, left: str, right: str) -> int | None:
    """Place of the first bracket without a partner."""
    stack: list[int] = []
    for place, char in enumerate(text):
        if char == left:
            stack.append(place)
        elif char == right:
            if not stack:
                return place
            stack.pop()
    return stack[0] if stack else None


def _flag(segment: Segment, detail: str, place: tuple[int, int]) -> Flag:
    return Flag("unbalanced_marks", "minor", "Fluency/Punctuation", detail, segment.target.spans(*place))
