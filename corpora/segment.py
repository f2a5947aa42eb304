"""One block of text in, the spans of its sentences out.

Final punctuation is found by one regular expression; each place is then judged by what stands before it (an
abbreviation, an initial, a list number), what closes after it (quotes, brackets, footnote marks), and how the next word
begins. The rules are general ones of each writing system; words that need a list are in `corpora.abbreviations`.

- A full stop after an abbreviation or an initial ends nothing, unless the abbreviation may be a last word and the next
  word often begins sentences.
- In scripts with case nothing ends before a small letter, save before a name like iPhone.
- A closing quote belongs to the sentence it closes, even behind a space (`. »`); a straight quote closes where it
  touches the stop, or where an odd number of them stands before.
- In Arabic, where no capital helps, a stop ends a sentence unless a reporting clause follows a quoted question; two
  dots are a pause; a missing space after a stop (`النص.وقال`) still ends a sentence.
- Chinese and Japanese stops need no space after them.
- An empty line and a list bullet on a new line always begin a sentence. No other boundary is guessed where there is no
  punctuation.

Works in linear time and holds nothing between calls.
"""

from __future__ import annotations

import re

from corpora.abbreviations import Abbreviations, abbreviations

_STOPS = ".!?…؟۔‽！？。｡।॥"
_WIDE_STOPS = "！？。｡"
_CLOSERS = "”’»›)\\]}」』）】〉》"
# These open as often as they close: they close only where no word touches them.
_EITHER = "\"'“‘*_"
_ARABIC = "\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufefc"
_BLANK = "[ \\t\u00a0\u202f\u2009\u200a\u200b-\u200f\u061c]"

# Stops, what closes after them, and stops again (`!".` `؟".`); `. .` is one stop.
_CANDIDATE = re.compile(
    f"(?P<stop>[{_STOPS}]++(?:{_BLANK}[{_STOPS}]++(?!\\w))*+)"
    f"(?P<closers>(?:[{_CLOSERS}¹²³]|[{_EITHER}](?!\\w)|\\[[0-9]{{1,3}}\\]|{_BLANK}[»›)\\]](?!\\w)|(?<=[{_CLOSERS}{_EITHER}]){_BLANK}?[{_STOPS}])*+)"
    "|(?P<line>(?:\\r\\n?|\\n)[ \\t]*+(?:(?:\\r\\n?|\\n)|(?=(?:[-*•▪●◦–—]|[0-9]{1,3}[.)])[ \\t])))"
)
_SPACE = re.compile("\\s*+")
_LEAD = re.compile(f"[^\\w{_STOPS}]*+")
_WORD = re.compile("[^\\W_]*+")
_PIECES = re.compile("[\\s\\-’'(\\[«“”\"/،,;:]")
_INITIALS = re.compile("(?:[^\\W\\d_]{1,2}\\.-?)*[^\\W\\d_]")
_SPACED_QUOTE = re.compile(f'{_BLANK}+["”](?=\\s|$)')
_ROMAN = re.compile("[IVXLC]+")
# What reports the question or cry that was just quoted, in Arabic and in Chinese.
_ARABIC_REPORT = re.compile(
    "(?:قال|يقول|تقول|سأل|تساءل|يتساءل|تتساءل|صاح|صرخ|هتف|رد|أجاب|أضاف|تابع|كتب|علق|مازح|همس)(?:ت|وا)?\\b|كما\\b"
)
_ARABIC_SOURCE = re.compile("حسبما\\b|على حد\\b")
_CHINESE_REPORT = re.compile("[^，。！？“”「」：；\\s]{0,5}?(?:说|問|问|道|表示|称|答|喊|叫)")
_JAPANESE_REPORT = re.compile("[とはがをのにもで]|って")
_GLUED_ARABIC = re.compile(f"[{_ARABIC}]{{3}}")
_GLUED_NEXT = re.compile(f"[{_ARABIC}]{{2}}")


def boundaries(text: str, lang: str) -> list[tuple[int, int]]:
    """Spans of the sentences of one block, in order; together they hold every character that is not white space.

    Args:
        lang: BCP-47 code; decides abbreviations and rules of the script.

    >>> boundaries("Mr. Huang spoke. Nobody else did.", "en")
    [(0, 16), (17, 33)]
    """
    judge = _Judge(text, lang)
    spans = []
    start = _skip_space(text, 0)
    for match in _CANDIDATE.finditer(text):
        if match.end() <= start:
            continue
        end = match.start() if match["line"] is not None else judge.end_of_sentence(match, start)
        if end is None or end <= start:
            continue
        stripped = len(text[start:end].rstrip())
        if stripped:
            spans.append((start, start + stripped))
        start = _skip_space(text, end)
    if start < len(text):
        spans.append((start, start + len(text[start:].rstrip())))
    return spans


def _skip_space(text: str, position: int) -> int:
    found = _SPACE.match(text, position)
    return found.end() if found else position


class _Judge:
    """Whether a sentence ends at a stop, and where; goes through one text from left to right."""

    def __init__(self, text: str, lang: str) -> None:
        self.text = text
        self.table: Abbreviations = abbreviations(lang)
        self.base = lang.split("-", 1)[0].lower()
        self.spaced = self.base not in {"zh", "ja", "yue", "wuu"}
        self.caseless = self.base in {"ar", "fa", "ur", "he", "ps", "ckb"}
        self.quotes = 0
        self.counted = 0

    def end_of_sentence(self, match: re.Match[str], start: int) -> int | None:
        """The sentence's end with its closing marks, or None where it goes on."""
        text, stop, closers = self.text, match["stop"], match["closers"]
        end = self._take_spaced_quote(match.end())
        after = _skip_space(text, end)
        lead = _LEAD.match(text, after)
        place = lead.end() if lead else after
        if place >= len(text):
            return None
        if text[after] in ",;:،؛،、，：；":
            return None
        if after == end:
            return self._without_space(match, place)
        following = _WORD.match(text, place)
        word = following[0] if following else ""
        if not self._may_begin(text, stop, closers, place, word):
            return None
        if stop == "." and self._is_abbreviation(match.start(), start, closers, word):
            return None
        return end

    def _take_spaced_quote(self, end: int) -> int:
        """Include a straight quote that stands between spaces but closes what was open: an odd number came before."""
        found = _SPACED_QUOTE.match(self.text, end)
        if found is None:
            return end
        if self.text[found.end() - 1] == "”" or self._open_quotes(found.end() - 1):
            return found.end()
        return end

    def _without_space(self, match: re.Match[str], place: int) -> int | None:
        """A stop with no space behind it: the rule in Chinese and Japanese, elsewhere a slip or a name."""
        text, stop, end = self.text, match["stop"], match.end()
        if stop[-1] in _WIDE_STOPS or (not self.spaced and stop[-1] in "!?"):
            if text[end] == '"' and self._open_quotes(end):
                end += 1
            reported = end > match.end("stop") and (_JAPANESE_REPORT if self.base == "ja" else _CHINESE_REPORT).match(
                text, end
            )
            return None if reported else end
        if len(stop) > 1 or stop not in ".!?؟۔" or place != end or match["closers"]:
            return None
        before = text[max(0, match.start() - 3) : match.start()]
        if _GLUED_ARABIC.fullmatch(before):
            return end if _GLUED_NEXT.match(text, end) else None
        following = _WORD.match(text, end)
        starts = following is not None and following[0] in self.table.starters and len(following[0]) > 1
        return end if starts and before.isalpha() and before.islower() and len(before) == 3 else None

    def _open_quotes(self, end: int) -> bool:
        """Whether an odd number of straight quotes stands before `end`."""
        self.quotes += self.text.count('"', self.counted, end)
        self.counted = end
        return self.quotes % 2 == 1

    def _may_begin(self, text: str, stop: str, closers: str, place: int, word: str) -> bool:
        """Whether the word at `place` can be a sentence's first."""
        first = text[place]
        if first.islower():
            if self.caseless:
                # A Latin word in Arabic: small letters tell only that a Latin abbreviation goes on.
                return True
            return any(char.isupper() for char in word)
        if self.caseless:
            if stop == ".." or ((len(stop) > 1 or stop == "…") and self._space_before(place, stop)):
                return False
            report = _ARABIC_REPORT if stop[0] in "!?؟" else _ARABIC_SOURCE
            if closers and report.match(text, place):
                return False
        return True

    def _space_before(self, place: int, stop: str) -> bool:
        at = self.text.rfind(stop, 0, place)
        return at > 0 and set(stop) <= {".", "…"} and self.text[at - 1].isspace()

    def _is_abbreviation(self, position: int, start: int, closers: str, following: str) -> bool:
        """Whether the full stop at `position` belongs to the word before it, and the sentence goes on."""
        token = self.text[max(start, position - 24) : position].rsplit(None, 1)[-1:]
        if not token or self.text[position - 1].isspace():
            return False
        whole = token[0].lstrip("([«“\"'‘„*_")
        piece = _PIECES.split(whole)[-1]
        table, starter = self.table, following in self.table.starters
        if any(table.listed(word, entries) for word in {piece, whole} for entries in (table.titles, table.inner)):
            return True
        if following[:1].isdigit() and table.listed(piece, table.numbered):
            return True
        if piece.isdecimal():
            begins = position - len(piece) <= start + 1
            return (begins and len(piece) <= 3) or (table.ordinals and len(piece) <= 2 and not starter)
        if table.ordinals and _ROMAN.fullmatch(piece):
            return not starter
        initials = _INITIALS.fullmatch(whole) or _INITIALS.fullmatch(piece)
        if initials and (piece[0] < "\u0370") != (following[:1] < "\u0370"):
            return False  # a Latin letter at the end of an Arabic sentence is nobody's initial
        if initials or table.listed(piece, table.either) or table.listed(whole, table.either):
            return not starter and not (closers and closers[-1] in '"”»')
        return False
