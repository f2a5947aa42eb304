"""A segment in, flags for letters of a script that the translation's language never uses."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import groupby

from corpora.errors import LanguageError
from corpora.language import info
from corpora.script import COMMON, UNKNOWN, dominant_script, script_name, script_of
from eval.checks.segment import Segment, excerpt
from eval.result import Flag, FlagSeverity
from eval.settings import EvalSettings

_WRITTEN_WITH = {
    "Hans": frozenset({"Hani", "Bopo"}),
    "Hant": frozenset({"Hani", "Bopo"}),
    "Jpan": frozenset({"Hani", "Hira", "Kana"}),
    "Kore": frozenset({"Hang", "Hani"}),
    "Hang": frozenset({"Hang", "Hani"}),
}
_IN_BRACKETS = re.compile(r"[(（\[«“\"][^()（）\[\]«»“”\"]*+[)）\]»”\"]")
_SHARE = 0.5


def scripts_of(lang: str) -> frozenset[str]:
    """The scripts that a language is written in; empty where the table does not know it."""
    try:
        code = info(lang).script
    except LanguageError:
        return frozenset()
    return _WRITTEN_WITH.get(code, frozenset({code}))


def check(segment: Segment, settings: EvalSettings) -> Iterator[Flag]:
    """Flag foreign letters, and a translation that as a whole is in another script.

    Latin letters are at home everywhere (names, units). A foreign stretch that stands in the other side as well, or
    that is quoted or in brackets, is a citation. A single letter (α, Ω, the x of a formula) is a symbol.
    """
    own = scripts_of(segment.target_lang)
    if not own:
        return
    text = segment.target.text
    scripts = {char: script_of(char) for char in set(text)}
    foreign = set(scripts.values()) - own - {COMMON}
    if not foreign:
        return
    if _mostly_foreign(segment, own, scripts):
        name = script_name(dominant_script(text))
        yield _flag(segment, "critical", f"the translation is in {name} letters: “{excerpt(text)}”", 0, len(text))
        return
    if foreign == {"Latn"}:
        return
    for start, end, script in _stretches(text, scripts):
        if script in own or script == "Latn" or end - start < 2 or _cited(segment, start, end):
            continue
        yield _flag(segment, "major", f"“{excerpt(text[start:end])}” is in {script_name(script)} letters", start, end)


def _mostly_foreign(segment: Segment, own: frozenset[str], scripts: Mapping[str, str]) -> bool:
    """Whether most letters are of another script: a headline of two Latin names is not enough for that."""
    text = segment.target.text
    counts = {char: text.count(char) for char in scripts if char.isalpha()}
    letters = sum(counts.values())
    foreign = sum(count for char, count in counts.items() if scripts[char] not in own)
    words = len(text.split())
    return letters > 0 and foreign / letters > _SHARE and words >= 5 and not _same_script_source(segment, own)


def _same_script_source(segment: Segment, own: frozenset[str]) -> bool:
    """Whether the other side is as foreign: a list of names, a line of code."""
    return dominant_script(segment.source.text) in own and dominant_script(segment.target.text) not in own


def _stretches(text: str, scripts: Mapping[str, str]) -> Iterator[tuple[int, int, str]]:
    """Runs of one script; what belongs to all scripts ends a run."""
    for script, several in groupby(enumerate(text), key=lambda item: scripts[item[1]]):
        places = [place for place, _ in several]
        if script not in {COMMON, UNKNOWN}:
            yield places[0], places[-1] + 1, script


def _cited(segment: Segment, start: int, end: int) -> bool:
    text = segment.target.text
    if cited(text, start, end):
        return True
    quoted = text[start:end] in segment.source.text
    return quoted and script_of(text[start]) not in scripts_of(segment.source_lang)


def cited(text: str, start: int, end: int) -> bool:
    """Whether a stretch stands in brackets or quotation marks."""
    return any(hit.start() < start and end < hit.end() for hit in _IN_BRACKETS.finditer(text))


def _flag(segment: Segment, severity: FlagSeverity, detail: str, start: int, end: int) -> Flag:
    return Flag("wrong_script", severity, "Fluency/Character encoding", detail, segment.target.spans(start, end))
