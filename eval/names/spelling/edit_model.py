"""Learned costs in, how probable it is that two spellings in different scripts are one name out.

A memoryless transducer (Ristad and Yianilos 1998) over short pieces of both spellings: ش and "sh", "ouss" in steps, a
letter and nothing. `log P(both)` sums over all alignments; against the probability of the candidate by itself it ranks
candidates, against both by themselves it measures how alike they are. The costs come from
`tests/benchmarks/train_name_costs.py` by expectation–maximisation; their card is beside them. A second table says how
likely an operation is after another (a joint n-gram model, Bisani and Ney 2008): dearer to look up, so it is asked
about the best candidates only.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import cached_property, lru_cache
from importlib import resources
from itertools import accumulate
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpora.errors import FormatError
from corpora.script import fold

ARABIC_LENGTH, LATIN_LENGTH = 2, 3
OPERATIONS = np.array([(1, 0), (0, 1), (0, 2), (1, 1), (1, 2), (1, 3), (2, 1), (2, 2)], dtype=np.int32)
# What training never saw can still happen: a letter in another's place, put in, left out; an edge of a word is cheaper.
FLOOR, EDGE_FLOOR = 1e-7, 1e-4

_TURNED = np.ascontiguousarray(OPERATIONS[:, ::-1])
_CARRIERS = frozenset("أإآؤئ")

Array = NDArray[np.float64]
Operation = tuple[str, str]
Contexts = dict[tuple[Operation, Operation], float]
# What stands before the first operation of a name.
BEGINNING: Operation = ("", "")


def arabic_letters(name: str) -> str:
    """A name in Arabic script as the model reads it: words between ^ and $; a hamza stays, since it tells the vowel."""
    return _words("".join(map(_arabic_letter, unicodedata.normalize("NFC", name))))


@lru_cache(maxsize=4096)
def _arabic_letter(char: str) -> str:
    return char if char in _CARRIERS else fold(char).text


def latin_letters(name: str) -> str:
    """A name in Latin script as the model reads it: plain letters, word by word between ^ and $."""
    return _words(fold(name, case=True).text.replace("'", "").replace(".", " "))


def _words(plain: str) -> str:
    return "".join([f"^{word}$" for word in plain.replace("-", " ").split()])


class Grams:
    """The pieces of one script that the model knows, numbered from 1; 0 is nothing."""

    def __init__(self, pieces: Sequence[str], longest: int) -> None:
        self.pieces = pieces
        self.longest = longest
        letters = sorted(set("".join(pieces)))
        numbers = {letter: number for number, letter in enumerate(letters, start=1)}
        # Letters that no piece has come last; 0 stands in front of each string, where no piece ends.
        self._letters = np.full(ord(letters[-1]) + 2, len(letters) + 1, dtype=np.int64)
        self._letters[[ord(letter) for letter in letters]] = np.arange(1, len(letters) + 1)
        self._letters[0] = 0
        self._many = len(letters) + 2
        tables = [np.full((self._many,) * length, -1, dtype=np.int32) for length in range(1, longest + 1)]
        for number, piece in enumerate(pieces, start=1):
            tables[len(piece) - 1][tuple(numbers[letter] for letter in piece)] = number
        single = tables[0][1:]
        single[single < 0] = pieces.index("?") + 1
        self._tables = np.concatenate([table.reshape(-1) for table in tables])

    def encode(self, strings: Sequence[str]) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
        """Numbers of the pieces that end at each place of each string (see `eval.names.spelling.kernels`)."""
        from eval.names.spelling import kernels

        offsets = np.array([0, *accumulate(len(string) + 1 for string in strings)], dtype=np.int64)
        text = "\0".join(["", *strings])
        codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
        return kernels.piece_numbers(codes, self._letters, self._tables, self._many, self.longest), offsets


class EditModel:
    """Probabilities of edit operations between Arabic and Latin pieces.

    Args:
        probabilities: of (Arabic piece, Latin piece), either may be empty; they sum to one.
        contexts: of an operation after another, discounted: those of one operation before sum to less than one.
    """

    def __init__(self, probabilities: dict[Operation, float], contexts: Contexts | None = None) -> None:
        self.arabic = Grams(sorted({"?", *(left for left, _ in probabilities)} - {""}), ARABIC_LENGTH)
        self.latin = Grams(sorted({"?", *(right for _, right in probabilities)} - {""}), LATIN_LENGTH)
        left = {piece: number for number, piece in enumerate(["", *self.arabic.pieces])}
        right = {piece: number for number, piece in enumerate(["", *self.latin.pieces])}
        self.weights = np.zeros((len(left), len(right)))
        for (arabic, latin), probability in probabilities.items():
            self.weights[left[arabic], right[latin]] = probability
        floor = np.full(self.weights.shape, FLOOR)
        for piece in ("^", "$"):
            floor[left.get(piece, 0), 0] = floor[0, right.get(piece, 0)] = EDGE_FLOOR
        floor[0, 0] = 0.0
        single = np.ix_([len(piece) < 2 for piece in left], [len(piece) < 2 for piece in right])
        self.weights[single] = np.maximum(self.weights[single], floor[single])
        numbers = {BEGINNING: 1, **{operation: n for n, operation in enumerate(sorted(probabilities), start=2)}}
        self._units = np.zeros(self.weights.shape, dtype=np.int32)
        for (arabic, latin), number in numbers.items():
            if (arabic, latin) != BEGINNING:
                self._units[left[arabic], right[latin]] = number
        self._rest = np.ones(len(numbers) + 1)
        known = sorted(
            (numbers[before] * len(self._rest) + numbers[after], numbers[before], probability)
            for (before, after), probability in (contexts or {}).items()
        )
        self._pairs = np.array([pair for pair, _, _ in known], dtype=np.int64)
        self._known = np.array([probability for _, _, probability in known])
        for _, before, probability in known:
            self._rest[before] -= probability

    @classmethod
    def bundled(cls) -> EditModel:
        """The model that ships with muwazi; loaded once."""
        return _bundled()

    @classmethod
    def open(cls, path: Path) -> EditModel:
        """A model from a weights file: `arabic TAB latin TAB probability`, then, with the operation before it in front,
        `arabic TAB latin TAB arabic TAB latin TAB probability`; `#` before a comment.

        Raises:
            FormatError: a broken line.
        """
        return cls(*_parse(path.read_text(encoding="utf-8"), str(path)))

    @cached_property
    def _sides(self) -> tuple[Array, Array]:
        return self.weights.sum(axis=1), self.weights.sum(axis=0)

    def arabic_names(self, names: Sequence[str]) -> Names:
        """Names in Arabic script, ready to be compared."""
        return Names(self.arabic, [arabic_letters(name) for name in names], self._sides[0])

    def latin_names(self, names: Sequence[str]) -> Names:
        """Names in Latin script, ready to be compared."""
        return Names(self.latin, [latin_letters(name) for name in names], self._sides[1])

    def log_joint(self, query: Names, candidates: Names, chosen: NDArray[np.int64] | None = None) -> Array:
        """Log probability of the first name of `query` together with each chosen candidate (all, where None are)."""
        from eval.names.spelling import kernels

        arabic_query = query.grams is self.arabic
        weights = self.weights if arabic_query else self._transposed
        operations = OPERATIONS if arabic_query else _TURNED
        first = query.encoded[: query.offsets[1]]
        places = candidates.places if chosen is None else candidates.places[chosen]
        order = np.argsort(places, kind="stable")
        scores = np.empty(len(places))
        scores[order] = kernels.joint(
            first, candidates.encoded, candidates.offsets, candidates.shared, places[order], weights, operations
        )
        return scores

    def log_joint_in_context(self, query: Names, candidates: Names, chosen: NDArray[np.int64]) -> Array:
        """As `log_joint`, with costs that depend on the operation before."""
        from eval.names.spelling import kernels

        arabic_query = query.grams is self.arabic
        return kernels.joint_in_context(  # type: ignore[no-any-return]
            query.encoded[: query.offsets[1]],
            candidates.encoded,
            candidates.offsets,
            candidates.places[chosen],
            self.weights if arabic_query else self._transposed,
            self._units if arabic_query else np.ascontiguousarray(self._units.T),
            OPERATIONS if arabic_query else _TURNED,
            self._pairs,
            self._known,
            self._rest,
        )

    def letter_probabilities(self, surface: str, names: Sequence[str], *, arabic: bool) -> list[float]:
        """For each name the geometric mean probability of a letter of the Arabic spelling, given the Latin one.

        For names that a look-up found a moment ago, folded already: unlike `Names` nothing is sorted or kept.

        Args:
            arabic: the surface is in Arabic letters and the names are in Latin ones; else the other way round.
        """
        from eval.names.spelling import kernels

        ours, theirs = (self.arabic, self.latin) if arabic else (self.latin, self.arabic)
        query, bounds = ours.encode([arabic_letters(surface) if arabic else latin_letters(surface)])
        encoded, offsets = theirs.encode([_words(name.replace("'", "").replace(".", " ")) for name in names])
        weights, operations = (self.weights, OPERATIONS) if arabic else (self._transposed, _TURNED)
        shared, chosen = np.zeros(len(names), dtype=np.int32), np.arange(len(names))
        logs = kernels.joint(query, encoded, offsets, shared, chosen, weights, operations)
        if arabic:
            logs -= kernels.marginal(encoded, offsets, self._sides[1])
            letters = np.full(len(names), len(query) - 1)
        else:
            logs -= kernels.marginal(query, bounds, self._sides[1])[0]
            letters = np.diff(offsets) - 1
        probabilities: list[float] = np.exp(np.minimum(logs / np.maximum(letters, 1), 0.0)).tolist()
        return probabilities

    @cached_property
    def _transposed(self) -> Array:
        return np.ascontiguousarray(self.weights.T)


class Names:
    """Names of one script, encoded in alphabetic order so that common beginnings are computed once.

    Attributes:
        places: where each name stands in alphabetic order, in the given order.
        log_alone: log probability of each name by itself, in the given order.
    """

    def __init__(self, grams: Grams, strings: Sequence[str], weights: Array) -> None:
        from eval.names.spelling import kernels

        self.grams = grams
        order = sorted(range(len(strings)), key=lambda number: strings[number])
        ordered = [strings[number] for number in order]
        self.places = np.empty(len(order), dtype=np.int64)
        self.places[order] = np.arange(len(order))
        self.encoded, self.offsets = grams.encode(ordered)
        self.shared = np.zeros(len(strings), dtype=np.int32)
        for place in range(1, len(ordered)):
            self.shared[place] = _common(ordered[place - 1], ordered[place])
        self.log_alone: Array = kernels.marginal(self.encoded, self.offsets, weights)[self.places]

    def __len__(self) -> int:
        return len(self.places)


def _common(left: str, right: str) -> int:
    for place, (one, other) in enumerate(zip(left, right, strict=False)):
        if one != other:
            return place
    return min(len(left), len(right))


@lru_cache(maxsize=1)
def _bundled() -> EditModel:
    file = resources.files("eval.names.data").joinpath("name_costs.tsv")
    return EditModel(*_parse(file.read_text(encoding="utf-8"), file.name))


def _parse(text: str, path: str) -> tuple[dict[Operation, float], Contexts]:
    probabilities: dict[Operation, float] = {}
    contexts: Contexts = {}
    for number, line in enumerate(text.split("\n"), start=1):
        if not line or line.startswith("#"):
            continue
        try:
            *pieces, probability = line.split("\t")
            if len(pieces) == 2:
                probabilities[pieces[0], pieces[1]] = float(probability)
            else:
                before, latin_before, arabic, latin = pieces
                contexts[(before, latin_before), (arabic, latin)] = float(probability)
        except ValueError as error:
            raise FormatError(
                "a broken line of edit costs", where=f"{path}:{number}", cure="train them again, or reinstall muwazi"
            ) from error
    return probabilities, contexts
