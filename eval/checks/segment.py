"""A bead's sentences in, the segment that every check looks at out: both texts, with the way back to their articles."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from corpora.article import Sentence
from corpora.clean import plain_text
from corpora.script import Word, folded, words

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Passage:
    """Consecutive sentences of one article as one text, joined by a space.

    `text` holds the sentences exactly as they stand in the article, so that what a check finds can be shown there.
    """

    text: str
    sentences: tuple[Sentence, ...]

    @classmethod
    def of(cls, sentences: Sequence[Sentence]) -> Passage:
        """The passage of some sentences, in order."""
        return cls(" ".join(sentence.text for sentence in sentences), tuple(sentences))

    @property
    def plain(self) -> str:
        """The text without markup and control characters: what encoders and metrics see."""
        return plain_text(self.text)

    def spans(self, start: int, end: int) -> tuple[Span, ...]:
        """Where `text[start:end]` stands in the article: a span for each sentence that it touches."""
        found, offset = [], 0
        for sentence in self.sentences:
            first, last = max(start - offset, 0), min(end - offset, len(sentence.text))
            if first < last:
                found.append((sentence.start + first, sentence.start + last))
            offset += len(sentence.text) + 1
        return tuple(found)


@dataclass(frozen=True, slots=True)
class Segment:
    """One bead as the checks see it.

    Attributes:
        role: what the source side is: the source itself, or another translation of it.
        certain: whether the sentences surely belong together; where not, numbers and lengths prove nothing.
        retranslation: this bead's re-translation, None where there is none.
        direction: of the re-translation: `forward` reads like the target side, `back` like the source side.
        likeness: cosine of the re-translation and the side that it reads like.
        chrf: chrF++ of the same two.
    """

    source: Passage
    target: Passage
    source_lang: str
    target_lang: str
    role: str = "source"
    certain: bool = True
    retranslation: str | None = None
    direction: str | None = None
    likeness: float | None = None
    chrf: float | None = None

    @property
    def other_side(self) -> str:
        """What the source side is called in a sentence for the editor."""
        return "the source" if self.role == "source" else "the other translation"

    @property
    def this_side(self) -> str:
        """What the article itself is called beside `other_side`."""
        return "the translation" if self.role == "source" else "this one"


@lru_cache(maxsize=8)  # the checks of one segment ask one after the other
def words_and_keys(text: str) -> tuple[tuple[Word, ...], tuple[str, ...]]:
    """The words of a text, and what each is compared by: its letters without case, marks and variants."""
    found = tuple(words(text))
    return found, tuple([key(word.text) for word in found])


@lru_cache(maxsize=1 << 14)
def key(word: str) -> str:
    """What a word is compared by."""
    return folded(word, case=True)


def excerpt(text: str, limit: int = 80) -> str:
    """A text short enough for a line of evidence."""
    line = " ".join(text.split())
    return line if len(line) <= limit else line[: limit - 1].rstrip() + "…"
