"""Files of earlier translations in (TMX, TSV, XLIFF), the same sentence's translation out, or similar ones to look at.

What a person translated before is taken as it is where the sentence is the same. A similar sentence's translation says
something else, if only by a number or a name: it is offered to whoever reads the output, and never used by itself.
"""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from corpora.formats.base import read_pairs
from corpora.formats.pair import OtherLanguagesError
from corpora.script import words

# Translators' tools offer nothing below three quarters.
SIMILAR: Final = 0.75
# A unit that shares none of a sentence's so many rarest words is not looked at.
_RAREST: Final = 4
_QUOTES: Final = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "\u00a0": " ", "\u202f": " "})


@dataclass(frozen=True, slots=True)
class Match:
    """An earlier translation of a sentence like this one.

    Attributes:
        similarity: 0 to 1, four digits: the share of letters that both sources have in the same order.
    """

    source: str
    target: str
    similarity: float


@dataclass(slots=True)
class _Side:
    """The units of one direction."""

    exact: dict[str, tuple[str, str]] = field(default_factory=dict)
    keys: list[str] = field(default_factory=list)
    by_word: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))


@dataclass(slots=True)
class ImportedMemory:
    """The units of some files; each direction is read when it is first asked for.

    Attributes:
        paths: later files win over earlier ones, and later units over earlier ones.
    """

    paths: Sequence[str]
    _sides: dict[tuple[str, str], _Side] = field(default_factory=dict)

    def exact(self, texts: Sequence[str], source_lang: str, target_lang: str) -> dict[str, str]:
        """What of the texts was translated before: the same but for white space and the shape of quotation marks.

        Raises:
            InputError, FormatError: a file cannot be read.
        """
        units = self._side(source_lang, target_lang).exact
        found = ((text, units.get(_key(text))) for text in texts)
        return {text: unit[1] for text, unit in found if unit is not None}

    def similar(self, text: str, source_lang: str, target_lang: str) -> Match | None:
        """The unit most like a text that it does not have, if any is like it.

        Raises:
            InputError, FormatError: a file cannot be read.
        """
        from rapidfuzz import fuzz, process

        side = self._side(source_lang, target_lang)
        key = _key(text)
        known = [word for word in dict.fromkeys(_words(key)) if word in side.by_word]
        rarest = sorted(known, key=lambda word: (len(side.by_word[word]), word))[:_RAREST]
        places = sorted({place for word in rarest for place in side.by_word[word]})
        best = process.extractOne(
            key, [side.keys[place] for place in places], scorer=fuzz.ratio, score_cutoff=100 * SIMILAR
        )
        if best is None:
            return None
        source, target = side.exact[best[0]]
        return Match(source, target, round(best[1] / 100, 4))

    def _side(self, source_lang: str, target_lang: str) -> _Side:
        if (source_lang, target_lang) not in self._sides:
            self._sides[source_lang, target_lang] = _read(self.paths, source_lang, target_lang)
        return self._sides[source_lang, target_lang]

    def size(self, source_lang: str, target_lang: str) -> int:
        """How many units a direction has.

        Raises:
            InputError, FormatError: a file cannot be read.
        """
        return len(self._side(source_lang, target_lang).keys)


def _read(paths: Sequence[str], source_lang: str, target_lang: str) -> _Side:
    side = _Side()
    for path in paths:
        try:
            for pair in read_pairs(path, source_lang=source_lang, target_lang=target_lang):
                if pair.source.strip() and pair.target.strip():
                    side.exact[_key(pair.source)] = (" ".join(pair.source.split()), " ".join(pair.target.split()))
        except OtherLanguagesError:
            continue  # it may have the job's other directions
    side.keys = list(side.exact)
    frequency = Counter(word for key in side.keys for word in set(_words(key)))
    for place, key in enumerate(side.keys):
        # A unit is found by its own rarest words too: more of the common ones would make every sentence a candidate.
        for word in sorted(set(_words(key)), key=lambda word: (frequency[word], word))[: 2 * _RAREST]:
            side.by_word[word].append(place)
    return side


def _key(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).translate(_QUOTES).split())


def _words(key: str) -> list[str]:
    return [word.text.casefold() for word in words(key)]
