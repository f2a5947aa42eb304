"""A sentence and its output in, the names that the output should have copied letter by letter and has not, out.

`eval.names` judges names by what a whole article shows; a machine's output allows a stricter look. A name in Latin
letters that no base and no dictionary knows has no other form in any language: a model copies it, or it is wrong. What
the output has in its place is a word that is in no dictionary either, that the source does not have, and that is like
it. On 400 pairs of professional news translations (NTREX-128, the development part) in five directions one name was
taken for another's slip: Chiders for Childers, which it is.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from corpora.language import info
from corpora.script import Word, words
from eval.names.base.lexicon import is_ordinary
from eval.names.knowledge import Knowledge
from mt.documents.sounded import sounded

# Of 100: below this two words are not one word with letters lost or doubled.
_LIKE: Final = 70.0
# Between two scripts Latin words are copies, all of them, so that less likeness is enough.
_LIKE_ACROSS_SCRIPTS: Final = 50.0
_SHORTEST: Final = 3


@dataclass(frozen=True, slots=True)
class LostCopy:
    """A name of the source that is not in the output.

    Attributes:
        start, end: in the output, of what stands there for it; both None where nothing does.
    """

    name: str
    start: int | None = None
    end: int | None = None


def lost_copies(
    source: str, output: str, *, source_lang: str, target_lang: str, knowledge: Knowledge
) -> list[LostCopy]:
    """The names that were to be copied and are not there as they are, in the source's order."""
    theirs = words(output)
    there = {_bare(word.text) for word in theirs}
    names = [word for word in _copied(source, source_lang, target_lang, knowledge) if _bare(word.text) not in there]
    if not names:
        return []
    lost = {name.text.casefold() for name in names}
    ours = {word.text.casefold() for word in words(source)} - lost
    known = _Known(knowledge, output, target_lang)
    odd = [
        word
        for word in theirs
        if word.script == "Latn"
        and word.text.casefold() not in ours
        and not known.holds(word)
        and not is_ordinary(word.text, target_lang)
    ]
    one_script = info(source_lang).script == info(target_lang).script
    least = _LIKE if one_script else _LIKE_ACROSS_SCRIPTS
    found: list[LostCopy] = []
    for name in names:
        place = _like(name.text, odd, least)
        if place is not None:
            odd.remove(place)
            found.append(LostCopy(name.text, place.start, place.end))
        elif info(target_lang).script == "Latn" or sounded(name.text, output) is None:
            found.append(LostCopy(name.text))
    return found


class _Known:
    """Where a text has names of the base: `scan` gives them in order, without overlap."""

    def __init__(self, knowledge: Knowledge, text: str, lang: str) -> None:
        hits = knowledge.scan(text, lang)
        self._starts = [hit.start for hit in hits]
        self._ends = [hit.end for hit in hits]

    def holds(self, word: Word) -> bool:
        place = bisect_right(self._starts, word.start) - 1
        return place >= 0 and word.start < self._ends[place]


def _copied(source: str, source_lang: str, target_lang: str, knowledge: Knowledge) -> list[Word]:
    """The words of the source that a model should copy."""
    latin = info(source_lang).script == "Latn"
    known = _Known(knowledge, source, source_lang)
    return [
        word
        for word in words(source)
        if word.script == "Latn"
        and len(word.text) >= _SHORTEST
        and any(map(str.isupper, word.text))
        and not known.holds(word)
        and not (latin and any(is_ordinary(word.text, lang) for lang in (source_lang, target_lang)))
    ]


def _bare(word: str) -> str:
    """A word without a plural's s, which languages put on names or not, and with one shape of apostrophe."""
    straight = word.replace("’", "'")
    return straight[:-1] if len(straight) > _SHORTEST and straight.endswith("s") else straight


def _like(name: str, candidates: Sequence[Word], least: float) -> Word | None:
    """The word most like a name, if one is like it and no other is as much."""
    from rapidfuzz import fuzz

    # An acronym of other words (PE19 for SS19) shares no beginning.
    able = [word for word in candidates if not name.isupper() or word.text[0] == name[0]]
    scored = sorted((fuzz.ratio(name.casefold(), word.text.casefold()), -word.start, word) for word in able)[::-1]
    if not scored or scored[0][0] < least:
        return None
    best = scored[0]
    return best[2] if len(scored) == 1 or scored[1][0] < best[0] or scored[1][2].text == best[2].text else None
