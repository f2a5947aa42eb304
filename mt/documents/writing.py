"""A field and the translations of its segments in, its text out: structure kept, wrapped lines wrapped again."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from html import escape
from typing import Final

from mt.documents.segment import Dialect, Field, Passage, Segment

# Languages that put no space between two sentences.
_NO_SPACES: Final = frozenset({"zh-Hans", "zh-Hant", "ja", "th", "lo", "my", "km"})
_LINE_BREAK = re.compile(r"[ \t]*(?:\r\n|\r|\n)[ \t]*(?:>[ \t]?)*[ \t]*")
# At the beginning of a line these would be a list, a heading, a quote, a table or a rule.
_MARKS_A_BLOCK = re.compile(r"(?:[-*+#>|=]|\d{1,9}[.)]|~~~|```|•)")


def field_text(field: Field, segments: Mapping[int, str], target_lang: str) -> str:
    """The field's text with segments replaced.

    Args:
        segments: by `Segment.start`; a segment that is not there stays as it is.
    """
    stretches = [(p.start, p.end, _passage_text(field, p, segments, target_lang)) for p in field.passages]
    stretches += [(start, end, target_lang) for start, end in field.labels]
    parts, at = [], 0
    for start, end, text in sorted(stretches):
        parts += [field.content[at:start], text]
        at = end
    return "".join(parts) + field.content[at:]


def escaper(segment: Segment, passage: Passage, dialect: Dialect) -> Callable[[str], str]:
    """How text is written in a dialect so that it is text and not markup."""
    if dialect == "html":
        return lambda text: escape(text, quote=False)
    if dialect == "markdown":
        marks = set(segment.escaped) | ({"|"} if passage.kind == "table_cell" else set())
        if marks:
            pattern = re.compile("[" + re.escape("".join(sorted(marks))) + "]")
            return lambda text: pattern.sub(r"\\\g<0>", text)
    return lambda text: text


def _passage_text(field: Field, passage: Passage, segments: Mapping[int, str], target_lang: str) -> str:
    changed = any(segment.start in segments for segment in passage.segments)
    if not changed:
        return field.content[passage.start : passage.end]
    parts, at = [], passage.start
    for number, segment in enumerate(passage.segments):
        between = field.content[at : segment.start]
        if number:
            between = _between(between, field.lang, target_lang, joined=bool(passage.wrap))
        parts += [between, segments.get(segment.start, field.content[segment.start : segment.end])]
        at = segment.end
    text = "".join(parts) + field.content[at : passage.end]
    return _wrapped(field, passage, text) if passage.wrap else text


def _between(gap: str, source_lang: str, target_lang: str, *, joined: bool) -> str:
    if joined:
        gap = _LINE_BREAK.sub(" ", gap)
    if source_lang in _NO_SPACES and target_lang not in _NO_SPACES and not re.search(r"\s", gap):
        return f"{gap} "
    return "" if gap == " " and target_lang in _NO_SPACES else gap


def _wrapped(field: Field, passage: Passage, text: str) -> str:
    """The block's text on lines no longer than its longest was, none of which begins like another kind of block."""
    content = field.content
    newline = next(mark for mark in ("\r\n", "\r", "\n") if mark in content[passage.start : passage.end])
    begin = max(content.rfind("\n", 0, passage.start), content.rfind("\r", 0, passage.start)) + 1
    lines, line, length = [], "", passage.start - begin
    for hard in re.split(r"(?<=  )(?:\r\n|\r|\n)[ \t]*|(?<=\\)(?:\r\n|\r|\n)[ \t]*", text):
        for word in re.findall(r"\S+\s*", hard):
            bare = word.rstrip()
            if line and length + len(line) + len(bare) > passage.wrap and not _MARKS_A_BLOCK.match(bare):
                lines.append(line.rstrip())
                line, length = "", len(passage.indent)
            line += word
        lines.append(line if line.endswith("  ") else line.rstrip())
        line, length = "", len(passage.indent)
    return f"{newline}{passage.indent}".join(lines)
