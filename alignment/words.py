"""Two sentences that translate each other in, links between their words out: for projecting names and inline tags.

Each pair of words is judged by the encoder's vectors of both words (in their sentences and by themselves), by their
letters (the same word, the same number, the same consonants in another script) and by place; then a second look takes
in what the first one said of the neighbours. Mutual softmax over rows and columns as evidence goes back to Jalili Sabet
et al., *SimAlign* (Findings of EMNLP 2020). The weights are learned from hand-made links (`tests/benchmarks/words.py`).
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np

from alignment import encoders
from alignment.encoders import Encoder
from alignment.lattice import Floats
from alignment.likeness import likeness
from alignment.threads import one_thread
from corpora.errors import EncoderError
from corpora.script import Word, words

WEIGHTS = "words.json"
LEAST = 0.5
"""Links less probable than this are left out."""

FIRST = (
    "similarity",
    "share of row and column",
    "log share of row and of column",
    "place",
    "another number",
    "log length of the shorter",
    "log lengths apart",
    "any pair",
)
SECOND = (
    *FIRST,
    "log odds at first",
    "greater rival",
    "lesser rival",
    "neighbours on the diagonal",
    "neighbours across it",
    "neighbours in row and column",
    "neighbours that are the rival",
    "nearer to where neighbours point",
    "farther from where neighbours point",
)
_SHARPNESS = 12.0  # of the softmax over cosines
_FAR = 0.2  # share of the sentence that a word is taken to be off where no neighbour has a link
_REACH = 3  # neighbours that point
_PIECE = 400  # words of a longer text that are aligned together
_SPLIT = frozenset({"Hani", "Hira", "Kana"})

Weights = tuple[Floats, Floats]


@dataclass(frozen=True, slots=True)
class WordLink:
    """A source word and a target word that translate each other: their numbers, and how probable that is."""

    source: int
    target: int
    score: float


@dataclass(frozen=True, slots=True)
class WordAlignment:
    """The words of both texts, with their places in them, and the links between them, in order.

    A word may have several links, or none.
    """

    source: tuple[Word, ...]
    target: tuple[Word, ...]
    links: tuple[WordLink, ...]

    def mirrored(self) -> WordAlignment:
        """The same links seen from the other side."""
        turned = sorted((link.target, link.source, link.score) for link in self.links)
        return WordAlignment(self.target, self.source, tuple(WordLink(*link) for link in turned))

    def project(self, start: int, end: int) -> tuple[int, int] | None:
        """Where the target says what stands at `[start, end)` of the source, in code points; None where it does not.

        The run of linked words that holds the most probability; words without a link inside it belong to it. A link
        far from the others (a second mention, a repeated article) does not stretch it.
        """
        inside = {place for place, word in enumerate(self.source) if word.start < end and start < word.end}
        weight: dict[int, float] = {}
        for link in self.links:
            if link.source in inside:
                weight[link.target] = weight.get(link.target, 0.0) + link.score
        if not weight:
            return None
        elsewhere = {link.target for link in self.links} - weight.keys()
        first, last = _heaviest_run(weight, elsewhere)
        return self.target[first].start, self.target[last].end


def align_words(source: str, target: str, *, encoder: Encoder | None = None) -> WordAlignment:
    """Links between the words of two texts, usually the two sides of a bead.

    Words are those of `corpora.script.words`, ideographs one by one. Texts of more than 400 words are cut into pieces
    at the same shares of both.

        >>> align_words("She bought a house.", "Elle a acheté une maison.").project(13, 18)
        (19, 25)
    """
    encoder = encoder or encoders.get()
    left, right = tokens(source), tokens(target)
    pieces = max(-(-max(len(left), len(right)) // _PIECE), 1)
    links: list[WordLink] = []
    with one_thread():
        for piece in range(pieces):
            i, k = (part * len(left) // pieces for part in (piece, piece + 1))
            j, c = (part * len(right) // pieces for part in (piece, piece + 1))
            probability = probabilities(source, left[i:k], target, right[j:c], encoder)
            rows, columns = np.nonzero(probability >= LEAST)
            for row, column in zip(rows.tolist(), columns.tolist(), strict=True):
                links.append(WordLink(i + row, j + column, round(float(probability[row, column]), 4)))
    return WordAlignment(left, right, tuple(links))


def tokens(text: str) -> tuple[Word, ...]:
    """The words of a text; a run of ideographs or kana is cut into its characters."""
    cut: list[Word] = []
    for word in words(text):
        if word.script in _SPLIT:
            cut += [Word(at, at + 1, text[at], word.script) for at in range(word.start, word.end)]
        else:
            cut.append(word)
    return tuple(cut)


def probabilities(
    source: str,
    left: Sequence[Word],
    target: str,
    right: Sequence[Word],
    encoder: Encoder,
    weights: Weights | None = None,
) -> Floats:
    """Probability of each pair of words (source words, target words)."""
    return compared(source, left, target, right, encoder, weights)[1]


def compared(
    source: str,
    left: Sequence[Word],
    target: str,
    right: Sequence[Word],
    encoder: Encoder,
    weights: Weights | None = None,
) -> tuple[Floats, Floats]:
    """How alike each pair of words is by itself, cosine or letters whichever is greater, and its probability in place
    (source words, target words). Words carry their places in their own text.
    """
    if not left or not right:
        nothing = np.zeros((len(left), len(right)))
        return nothing, nothing
    first, second = weights or bundled()
    evidence = first_look(source, left, target, right, encoder)
    probability = _probability(second_look(evidence, _probability(evidence @ first)) @ second)
    return evidence[:, :, FIRST.index("similarity")], probability


def first_look(source: str, left: Sequence[Word], target: str, right: Sequence[Word], encoder: Encoder) -> Floats:
    """Evidence for each pair by itself (source words, target words, len(FIRST))."""
    one, two = (
        encoder.words(text, [(word.start, word.end) for word in side])
        for text, side in ((source, left), (target, right))
    )
    cosine = (one @ two.T).astype(np.float64)
    letters, other_number = likeness([word.text for word in left], [word.text for word in right])
    similarity = np.where(other_number, np.minimum(cosine, 0.0), np.maximum(cosine, letters))
    by_row, by_column = _softmax(_SHARPNESS * similarity, 1), _softmax(_SHARPNESS * similarity, 0)
    n, m = similarity.shape
    place = np.abs((np.arange(n)[:, None] + 0.5) / n - (np.arange(m) + 0.5) / m)
    long, wide = (np.log([max(len(word.text), 1) for word in side]) for side in (left, right))
    columns = [
        similarity,
        by_row * by_column,
        np.log(by_row + 1e-3) + np.log(by_column + 1e-3),
        place,
        other_number,
        np.minimum(long[:, None], wide),
        np.abs(long[:, None] - wide),
        np.ones((n, m)),
    ]
    return np.stack([np.asarray(column, np.float64) for column in columns], axis=2)


def second_look(evidence: Floats, probability: Floats) -> Floats:
    """The evidence with what the first look's probabilities say of rivals and neighbours (…, len(SECOND))."""
    in_row, in_column = _rival(probability, 1), _rival(probability, 0)
    n, m = probability.shape
    padded = np.pad(probability, 1)

    def beside(down: int, right: int) -> Floats:
        shifted: Floats = padded[1 + down : 1 + down + n, 1 + right : 1 + right + m]
        return shifted

    across = np.maximum(beside(0, -1), beside(0, 1))
    along = np.maximum(beside(-1, 0), beside(1, 0))
    by_rows, by_columns = _off_course(probability), _off_course(probability.T).T
    held = np.clip(probability, 1e-4, 1 - 1e-4)
    columns = [
        np.log(held / (1 - held)),
        np.maximum(in_row, in_column),
        np.minimum(in_row, in_column),
        np.maximum(beside(-1, -1), beside(1, 1)),
        np.maximum(beside(-1, 1), beside(1, -1)),
        across + along,
        across * in_row + along * in_column,
        np.minimum(by_rows, by_columns),
        np.maximum(by_rows, by_columns),
    ]
    return np.concatenate([evidence, np.stack(columns, axis=2)], axis=2)


@cache
def bundled() -> Weights:
    """The weights of both looks that ship with the package.

    Raises:
        EncoderError: they belong to other evidence than this version computes.
    """
    stored = json.loads((files("alignment") / "data" / WEIGHTS).read_text(encoding="utf-8"))
    if (tuple(stored["first"]), tuple(stored["second"])) != (FIRST, SECOND):
        raise EncoderError(
            "the word alignment's weights do not fit this version", where=WEIGHTS, cure="reinstall muwazi"
        )
    first, second = (np.array(list(stored[look].values()), np.float64) for look in ("first", "second"))
    return first, second


def _probability(odds: Floats) -> Floats:
    held: Floats = 1 / (1 + np.exp(-np.clip(odds, -30, 30)))
    return held


def _softmax(values: Floats, axis: int) -> Floats:
    raised = np.exp(values - values.max(axis=axis, keepdims=True))
    share: Floats = raised / raised.sum(axis=axis, keepdims=True)
    return share


def _rival(probability: Floats, axis: int) -> Floats:
    """The greatest probability of another pair in the same row (axis 1) or column (axis 0)."""
    if probability.shape[axis] < 2:
        return np.zeros_like(probability)
    ranked = np.sort(probability, axis=axis)
    best, second = np.take(ranked, [-1], axis), np.take(ranked, [-2], axis)
    rival: Floats = np.where(probability >= best, second, best)
    return rival


def _off_course(probability: Floats) -> Floats:
    """How far each column is from where the links of the row's neighbours point, as a share of the columns."""
    n, m = probability.shape
    rows = np.arange(n)
    best = probability.max(axis=1)
    distance = np.abs(rows[:, None] - rows)
    near = (distance > 0) & (distance <= _REACH)
    weight = np.where(near, np.where(best > 0.3, best, 0.0) / np.maximum(distance, 1), 0.0)
    total = weight.sum(axis=1)
    pointed = (weight * (probability.argmax(axis=1) + (rows[:, None] - rows) * m / n)).sum(axis=1)
    aim = pointed / np.where(total > 0, total, 1.0)
    off: Floats = np.where((total > 0)[:, None], np.abs(np.arange(m) - aim[:, None]) / m, _FAR)
    return off


def _heaviest_run(weight: dict[int, float], elsewhere: set[int]) -> tuple[int, int]:
    """First and last of the run of words with the most weight; a word that is linked elsewhere ends a run."""
    places = sorted(weight)
    runs = [[places[0]]]
    for place in places[1:]:
        if elsewhere.isdisjoint(range(runs[-1][-1] + 1, place)) and place - runs[-1][-1] <= _REACH:
            runs[-1].append(place)
        else:
            runs.append([place])
    best = max(runs, key=lambda run: (sum(weight[place] for place in run), -run[0]))
    return best[0], best[-1]
