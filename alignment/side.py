"""One side of an alignment: an article's sentences in, what the search needs of them out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from alignment.encoders import Encoder, covers
from alignment.lattice import LONGEST, Ints
from alignment.spans import SpanVectors
from alignment.surface import JoinedSpans, surface_spans
from corpora.article import Sentence
from corpora.clean import plain_text
from corpora.progress import Progress

_SURFACE_SHARE = 0.4


@dataclass(frozen=True, slots=True)
class Side:
    """The sentences that take part in the search, with their vectors.

    Repeats and blank lines do not: a second copy would drag the path back and forth. Each becomes a gap bead of its
    own, also where both sides have one. No bead reaches across them.

    Attributes:
        index: place of each among all sentences of the article.
        total: how many sentences the article has.
        texts: as encoder and evidence see them.
        lang: BCP-47 code.
        spans: vectors of all windows.
        room: most sentences that a bead may take from each one on.
    """

    index: tuple[int, ...]
    total: int
    texts: tuple[str, ...]
    lang: str
    spans: SpanVectors
    room: Ints

    def __len__(self) -> int:
        return len(self.texts)


@dataclass(frozen=True, slots=True)
class Lines:
    """The sentences that take part, before anything is known of the other side: their places and cleaned texts."""

    index: tuple[int, ...]
    total: int
    texts: tuple[str, ...]
    lang: str

    @classmethod
    def of(cls, sentences: Sequence[Sentence], lang: str) -> Lines:
        """Leave out what does not take part, clean the rest."""
        cleaned = [plain_text(sentence.text) for sentence in sentences]
        index = [
            place
            for place, (sentence, text) in enumerate(zip(sentences, cleaned, strict=True))
            if sentence.mark != "repeat" and text
        ]
        return cls(tuple(index), len(sentences), tuple(cleaned[place] for place in index), lang)

    def with_spans(self, spans: SpanVectors) -> Side:
        """The side, once its vectors are there."""
        return Side(self.index, self.total, self.texts, self.lang, spans, _room(self.index))


def sides(
    source: Lines, target: Lines, encoder: Encoder, bridge: Sequence[str] | None, progress: Progress
) -> tuple[Side, Side]:
    """Compare the two sides by what there is: the encoder's vectors, and letters where a bridge or nothing better is.

    `bridge` holds the source's sentences, all of them, in the target's language.
    """
    unknown = [lines.lang for lines in (source, target) if not covers(encoder, lines.lang)]
    if bridge is None and not unknown:
        left, right = (encoder.spans(lines.texts, LONGEST) for lines in (source, target))
        return source.with_spans(left), target.with_spans(right)
    if unknown:
        advice = "" if bridge else "; a bridge (the source translated into the target's language) would help"
        progress.warn(
            f"the encoder {encoder.name} does not know {', '.join(unknown)}: "
            f"aligned by letters, numbers and lengths as well{advice}"
        )
    texts = [plain_text(bridge[place]) for place in source.index] if bridge else source.texts
    # A bridge into a language that the encoder knows says more than a text in one that it does not.
    encoded = texts if bridge and not covers(encoder, source.lang) else source.texts
    surface = surface_spans(texts, target.texts, LONGEST)
    vectors = encoder.spans(encoded, LONGEST), encoder.spans(target.texts, LONGEST)
    left, right = (JoinedSpans(one, two, _SURFACE_SHARE) for one, two in zip(vectors, surface, strict=True))
    return source.with_spans(left), target.with_spans(right)


def _room(index: Sequence[int]) -> Ints:
    """How far each sentence's unbroken neighbourhood reaches to the right."""
    room = np.ones(len(index), np.int64)
    for place in range(len(index) - 2, -1, -1):
        if index[place + 1] == index[place] + 1:
            room[place] = min(room[place + 1] + 1, LONGEST)
    return room
