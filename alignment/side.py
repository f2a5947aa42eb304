"""One side of an alignment: an article's sentences in, what the search needs of them out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from alignment.encoders import Encoder
from alignment.lattice import LONGEST, Ints
from alignment.spans import SpanVectors
from corpora.article import Sentence
from corpora.clean import plain_text


@dataclass(frozen=True, slots=True)
class Side:
    """The sentences that take part in the search.

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

    @classmethod
    def of(cls, sentences: Sequence[Sentence], lang: str, encoder: Encoder) -> Side:
        """Leave out what does not take part, clean the rest, and encode it."""
        cleaned = [plain_text(sentence.text) for sentence in sentences]
        index = [
            place
            for place, (sentence, text) in enumerate(zip(sentences, cleaned, strict=True))
            if sentence.mark != "repeat" and text
        ]
        texts = tuple(cleaned[place] for place in index)
        return cls(tuple(index), len(sentences), texts, lang, encoder.spans(texts, LONGEST), _room(index))

    def __len__(self) -> int:
        return len(self.texts)


def _room(index: Sequence[int]) -> Ints:
    """How far each sentence's unbroken neighbourhood reaches to the right."""
    room = np.ones(len(index), np.int64)
    for place in range(len(index) - 2, -1, -1):
        if index[place + 1] == index[place] + 1:
            room[place] = min(room[place + 1] + 1, LONGEST)
    return room
