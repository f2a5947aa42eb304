"""A sentence as a page has it in, the sentence as a reader sees it out: what the encoder and the metrics get.

    plain_text("** سباق الرقائق ، كما قال. **")  ->  "سباق الرقائق، كما قال."

The words stay as they are; marks of emphasis, invisible controls and stray spaces go. `corpora.repeats` and
`corpora.boilerplate` mark the sentences that do not count; both are at hand here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from corpora.boilerplate import mark_boilerplate
from corpora.repeats import mark_repeats

__all__ = ["mark_boilerplate", "mark_repeats", "plain_text", "unseen"]

# Zero-width characters, bidi controls, soft hyphens, byte order marks in mid-text. Joiners are further down.
_INVISIBLE = (
    "\u00ad\u034f\u061c\u115f\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb"
)
# A non-joiner belongs to the spelling of Persian, Urdu and Indic words, a joiner to those and to emoji.
_JOINERS = (
    "(?<![\u0900-\u0dff\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2190-\u2bff\ufe0f\U0001f000-\U0001faff"
    "\u067e\u0686\u0698\u06a9\u06af\u06cc\u06c1\u06d2])\u200d"
    "|(?<![\u0900-\u0dff\u1000-\u109f\u1780-\u17ff\u0621-\u06d3])\u200c|\u200c(?![\u0900-\u0dff\u1000-\u109f\u1780-\u17ff\u0621-\u06d3])"
)
_CONTROLS = re.compile(f"[{_INVISIBLE}]+|{_JOINERS}")

# Marks of Markdown and its like. Two stars are emphasis wherever they stand (dirty pages have spaces inside them, and
# lone halves of a pair); one star or underscore only around a stretch, so that `2 * 3` and `snake_case` stay.
_EMPHASIS = re.compile(
    r"(?P<always>\*{2,}|~~+)"
    r"|(?<![\w*\\])(?P<star>\*)(?=[^\s*][^*\n]{0,400}(?<=\S)\*(?![\w*]))"
    r"|(?<=[^\s*])(?P<unstar>\*)(?![\w*])"
    r"|(?<![\w_\\])(?P<under>_{1,2})(?=[^\s_][^\n]{0,400}?(?<=[^\s_])_{1,2}(?![\w_]))"
    r"|(?<=[^\s_])(?P<ununder>_{1,2})(?![\w_])"
    r"|(?P<tick>`+)"
)
_LINK = re.compile(r"!?\[(?P<label>[^\[\]\n]{1,500})\]\((?:https?://|mailto:|/|#|\.)[^()\s]*(?:\s+\"[^\"\n]*\")?\)")
_QUOTE_MARK = re.compile(r"(?<=\n)[ \t]*>+[ \t]?")

_SPACES = re.compile(r"[\s\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+")
_STRAY = re.compile(r" +(?=[,،؛؟、，。])| +(?=\.(?:\s|$))")


_REMEMBERED = 2000  # letters; what is longer is rare, and would fill the memory


def plain_text(text: str) -> str:
    """The text without emphasis marks, link targets, invisible controls and stray spaces; every word stays."""
    # Alignment, checks, scores and exports ask for the same sentences, one soon after the other.
    return _remembered(text) if len(text) <= _REMEMBERED else _plain(text)


def _plain(text: str) -> str:
    text = _LINK.sub(r"\g<label>", _QUOTE_MARK.sub("", text))
    kept, at = [], 0
    for start, end in unseen(text):
        kept.append(text[at:start])
        at = end
    kept.append(text[at:])
    return _STRAY.sub("", _SPACES.sub(" ", "".join(kept))).strip()


_remembered = lru_cache(maxsize=1024)(_plain)


def unseen(text: str) -> list[tuple[int, int]]:
    """Where the text has what a reader does not see: marks of emphasis and invisible controls, in order."""
    if text.isascii() and not _MAYBE_MARKED.search(text):
        return []
    return sorted({*_emphasis(text), *((found.start(), found.end()) for found in _CONTROLS.finditer(text))})


_MAYBE_MARKED = re.compile("[*_~`]")


def _emphasis(text: str) -> Iterator[tuple[int, int]]:
    """Spans of emphasis marks. A closing star or underscore counts only where one was opened."""
    if not _MAYBE_MARKED.search(text):
        return
    open_star = open_under = False
    ticks = text.count("`") % 2 == 0
    for found in _EMPHASIS.finditer(text):
        mark = found.lastgroup
        if mark == "star":
            open_star = True
        elif mark == "under":
            open_under = True
        elif (
            (mark == "unstar" and not open_star)
            or (mark == "ununder" and not open_under)
            or (mark == "tick" and not ticks)
        ):
            continue
        elif mark == "unstar":
            open_star = False
        elif mark == "ununder":
            open_under = False
        yield found.start(), found.end()
