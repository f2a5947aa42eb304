"""Word alignment measured on hand-made links: precision, recall, F1 and AER beside a diagonal and a statistical peer.

    python -m tests.benchmarks.words --data ../shared/bench    figures; ours from folds not fitted on
    python -m tests.benchmarks.words --data ../shared/bench --write    … and the weights that ship, from all

Links are in `word_links.txt` (Och & Ney, *A Systematic Comparison of Various Statistical Alignment Models*, CL 2003:
recall over sure links, precision over possible ones). The peer is IBM model 1 with fast_align's pull to the diagonal
(Dyer et al., NAACL 2013: λ = 4, p0 = .08), five rounds of EM in both directions over the news and these sentences,
intersected or symmetrised by grow-diag. Needs scipy (extra `dev`).
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from alignment import encoders
from alignment.lattice import Floats
from alignment.words import FIRST, LEAST, SECOND, WEIGHTS, Weights, first_look, probabilities, second_look, tokens
from corpora.script import Word
from tests.benchmarks.alignment_sets import PAIRS, load_news

FILE = Path(__file__).with_name("word_links.txt")
LANGUAGES = ("en", "fr", "ar")
FOLDS = 6
PENALTY = 1.0
Links = set[tuple[int, int]]
Aligner = Callable[["Pair"], Links]


@dataclass(frozen=True, slots=True)
class Text:
    """A sentence, its words, and the groups of each word: their number, and whether the link is only possible."""

    text: str
    words: tuple[Word, ...]
    groups: tuple[dict[int, bool], ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two sentences and their links."""

    number: int
    languages: tuple[str, str]
    source: Text
    target: Text
    sure: frozenset[tuple[int, int]]
    possible: frozenset[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts that add up: links, of them sure, of them possible, and all sure ones."""

    links: int = 0
    right_sure: int = 0
    right: int = 0
    sure: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(
            self.links + other.links,
            self.right_sure + other.right_sure,
            self.right + other.right,
            self.sure + other.sure,
        )

    def __str__(self) -> str:
        precision, recall = self.right / max(self.links, 1), self.right_sure / max(self.sure, 1)
        f1 = 2 * precision * recall / max(precision + recall, 1e-9)
        aer = 1 - (self.right_sure + self.right) / max(self.links + self.sure, 1)
        return f"P {precision:.3f}  R {recall:.3f}  F1 {f1:.3f}  AER {aer:.3f}"


def tally(found: Links, pair: Pair) -> Tally:
    """Counts of one pair."""
    return Tally(len(found), len(found & pair.sure), len(found & pair.possible), len(pair.sure))


def load(path: Path = FILE) -> list[Pair]:
    """All pairs of the file, in the directions of `PAIRS`."""
    blocks = [
        [line for line in block.split("\n") if line and not line.startswith("#")]
        for block in path.read_text(encoding="utf-8").split("\n\n")
    ]
    pairs = []
    for number, block in enumerate(block for block in blocks if block):
        texts = {lang: _text(line) for lang, line in zip(LANGUAGES, block, strict=True)}
        pairs += [_pair(number, languages, texts) for languages in PAIRS]
    return pairs


def _text(line: str) -> Text:
    text, marked = "", []
    for token in line.split():
        surface, _, groups = token.partition("/")
        text += " " if text and not text.endswith("’") else ""
        known = {int(group.rstrip("?")): group.endswith("?") for group in groups.split(",") if group}
        marked.append((len(text), len(text) + len(surface), known))
        text += surface
    found = tokens(text + ".")
    groups_of = []
    for word in found:
        own: dict[int, bool] = {}
        for start, end, known in marked:
            if start < word.end and word.start < end:
                own |= known
        groups_of.append(own)
    return Text(text + ".", found, tuple(groups_of))


def _pair(number: int, languages: tuple[str, str], texts: dict[str, Text]) -> Pair:
    source, target = (texts[lang] for lang in languages)
    sure, possible = set(), set()
    for i, one in enumerate(source.groups):
        for j, other in enumerate(target.groups):
            common = one.keys() & other.keys()
            if common:
                possible.add((i, j))
            if any(not one[group] and not other[group] for group in common):
                sure.add((i, j))
    return Pair(number, languages, source, target, frozenset(sure), frozenset(possible))


def turned(pair: Pair) -> Pair:
    """The other direction, so that the weights know none."""
    sides = (frozenset((j, i) for i, j in links) for links in (pair.sure, pair.possible))
    return Pair(pair.number, pair.languages[::-1], pair.target, pair.source, *sides)


def evidence(pair: Pair) -> Floats:
    """What the first look sees."""
    one, two = pair.source, pair.target
    return first_look(one.text, one.words, two.text, two.words, encoders.get())


def fit(pairs: Sequence[Pair], seen: dict[tuple[int, tuple[str, str]], Floats]) -> Weights:
    """Both looks' weights: logistic regressions in which links that are only possible do not count."""
    labels = np.concatenate([_label(pair).ravel() for pair in pairs])
    counted = labels >= 0
    looks = [seen[pair.number, pair.languages] for pair in pairs]
    first = _regression(_stacked(looks)[counted], labels[counted])
    again = [second_look(look, 1 / (1 + np.exp(-(look @ first)))) for look in looks]
    return first, _regression(_stacked(again)[counted], labels[counted])


def _stacked(looks: Sequence[Floats]) -> Floats:
    return np.concatenate([look.reshape(-1, look.shape[2]) for look in looks])


def _label(pair: Pair) -> Floats:
    label = np.zeros((len(pair.source.words), len(pair.target.words)))
    for i, j in pair.possible:
        label[i, j] = 1.0 if (i, j) in pair.sure else -1.0
    return label


def _regression(rows: Floats, labels: Floats) -> Floats:
    from scipy.optimize import minimize

    scale = np.abs(rows).max(axis=0) + 1e-9
    scaled = rows / scale

    def loss(weights: Floats) -> tuple[float, Floats]:
        odds = scaled @ weights
        wrong = 1 / (1 + np.exp(-odds)) - labels
        value = float(np.logaddexp(0, odds).sum() - odds @ labels)
        return value + PENALTY / 2 * float(weights @ weights), scaled.T @ wrong + PENALTY * weights

    found = minimize(loss, np.zeros(rows.shape[1]), jac=True, method="L-BFGS-B", options={"maxiter": 500})
    weights: Floats = found.x / scale
    return weights


def ours(pair: Pair, weights: Weights | None = None) -> Links:
    """Links of the aligner under some weights, by default the shipped ones."""
    one, two = pair.source, pair.target
    probability = probabilities(one.text, one.words, two.text, two.words, encoders.get(), weights)
    return _links(probability >= LEAST)


def diagonal(pair: Pair) -> Links:
    """Each word of the longer side with the one at the same share of the other."""
    n, m = len(pair.source.words), len(pair.target.words)
    if n >= m:
        return {(i, i * m // n) for i in range(n)}
    return {(j * n // m, j) for j in range(m)}


def mutual(pair: Pair) -> Links:
    """Each other's nearest words by the encoder's vectors (SimAlign's argmax)."""
    similarity = evidence(pair)[:, :, FIRST.index("similarity")]
    return _links((similarity == similarity.max(axis=1, keepdims=True)) & (similarity == similarity.max(axis=0)))


def _links(flags: NDArray[np.bool_]) -> Links:
    return set(zip(*(index.tolist() for index in np.nonzero(flags)), strict=True))


class Statistical:
    """IBM 1 with a pull to the diagonal, in both directions."""

    def __init__(self, texts: Sequence[tuple[list[str], list[str]]]) -> None:
        self.forth = self._trained(texts)
        self.back = self._trained([(right, left) for left, right in texts])

    @staticmethod
    def _pull(n: int, m: int) -> Floats:
        off = np.abs((np.arange(n)[:, None] + 0.5) / n - (np.arange(m) + 0.5) / m)
        pull = np.exp(-4.0 * off)
        prior: Floats = 0.92 * pull / pull.sum(axis=0)
        return prior

    def _trained(self, texts: Sequence[tuple[list[str], list[str]]]) -> dict[tuple[str, str], float]:
        table: dict[tuple[str, str], float] = {}
        for _ in range(5):
            counts: dict[tuple[str, str], float] = {}
            totals: dict[str, float] = {}
            for left, right in texts:
                pull = self._pull(len(left), len(right))
                for j, target in enumerate(right):
                    shares = [pull[i, j] * table.get((source, target), 1e-4) for i, source in enumerate(left)]
                    shares.append(0.08 * table.get(("", target), 1e-4))
                    whole = sum(shares)
                    for source, share in zip([*left, ""], shares, strict=True):
                        counts[source, target] = counts.get((source, target), 0.0) + share / whole
                        totals[source] = totals.get(source, 0.0) + share / whole
            # A little smoothing keeps rare words from catching everything.
            table = {key: (count + 0.01) / (totals[key[0]] + 0.01 * 5000) for key, count in counts.items()}
        return table

    def _best(self, table: dict[tuple[str, str], float], left: list[str], right: list[str]) -> Links:
        pull = self._pull(len(left), len(right))
        links = set()
        for j, target in enumerate(right):
            shares = [pull[i, j] * table.get((source, target), 1e-7) for i, source in enumerate(left)]
            best = int(np.argmax(shares))
            if shares[best] > 0.08 * table.get(("", target), 1e-7):
                links.add((best, j))
        return links

    def intersected(self, pair: Pair) -> Links:
        """Links of both directions."""
        left, right = (_lower(side.words) for side in (pair.source, pair.target))
        return self._best(self.forth, left, right) & {(i, j) for j, i in self._best(self.back, right, left)}

    def grown(self, pair: Pair) -> Links:
        """grow-diag (Koehn et al., 2003)."""
        left, right = (_lower(side.words) for side in (pair.source, pair.target))
        forth = self._best(self.forth, left, right)
        back = {(i, j) for j, i in self._best(self.back, right, left)}
        links, union = forth & back, forth | back
        while True:
            added = {
                (i, j)
                for i, j in union - links
                if any(abs(i - k) <= 1 and abs(j - c) <= 1 for k, c in links)
                and (all(k != i for k, _ in links) or all(c != j for _, c in links))
            }
            if not added:
                return links
            links |= added


def _lower(found: Sequence[Word]) -> list[str]:
    return [word.text.casefold() for word in found]


def statistical(pairs: Sequence[Pair], data: Path) -> dict[tuple[str, str], Statistical]:
    """The peer, trained for each language pair on the news and on the sentences that it is measured on."""
    news = load_news(data)
    peers = {}
    for languages in PAIRS:
        texts = [
            tuple(_lower(tokens(text)) for text in line)
            for document in news
            for line in zip(*(document.texts[lang] for lang in languages), strict=True)
        ]
        texts += [(_lower(p.source.words), _lower(p.target.words)) for p in pairs if p.languages == languages]
        peers[languages] = Statistical([(left, right) for left, right in texts if left and right])
    return peers


def held_out(pairs: Sequence[Pair]) -> Iterator[tuple[Pair, Links]]:
    """Ours on each pair, with weights from the sentences of the other folds."""
    both = [*pairs, *map(turned, pairs)]
    seen = {(pair.number, pair.languages): evidence(pair) for pair in both}
    for fold in range(FOLDS):
        weights = fit([pair for pair in both if pair.number % FOLDS != fold], seen)
        for pair in pairs:
            if pair.number % FOLDS == fold:
                yield pair, ours(pair, weights)


def report(name: str, found: Sequence[tuple[Pair, Links]]) -> None:
    """A line for each language pair."""
    for languages in PAIRS:
        total = sum((tally(links, pair) for pair, links in found if pair.languages == languages), Tally())
        print(f"{name:24s} {'-'.join(languages)}  {total}", flush=True)


def stored(weights: Weights) -> str:
    """The weights file."""
    looks = {
        look: {name: float(f"{weight:.5g}") for name, weight in zip(names, own, strict=True)}
        for look, names, own in zip(("first", "second"), (FIRST, SECOND), weights, strict=True)
    }
    card = "two logistic regressions on tests/benchmarks/word_links.txt; figures: tests/benchmarks/words.py"
    return json.dumps({"card": card, **looks}, ensure_ascii=False, indent=1) + "\n"


def main() -> None:
    """Print figures, and write weights on request."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path("../shared/bench"))
    parser.add_argument("--write", action="store_true", help="write the weights that ship")
    arguments = parser.parse_args()
    pairs = load()
    print(
        f"{len(pairs) // len(PAIRS)} sentence pairs a language pair, {sum(len(pair.sure) for pair in pairs)} sure links"
    )
    if arguments.write:
        both = [*pairs, *map(turned, pairs)]
        weights = fit(both, {(pair.number, pair.languages): evidence(pair) for pair in both})
        (Path(__file__).parents[2] / "alignment" / "data" / WEIGHTS).write_text(stored(weights), encoding="utf-8")
    report("ours (held out)", list(held_out(pairs)))
    begun = time.process_time()
    found = [(pair, ours(pair)) for pair in pairs]
    spent = time.process_time() - begun
    report("ours (as shipped)", found)
    print(f"{'':24s} {len(pairs) / spent:.0f} sentence pairs / CPU s")
    report("nearest by vectors", [(pair, mutual(pair)) for pair in pairs])
    report("diagonal", [(pair, diagonal(pair)) for pair in pairs])
    peers = statistical(pairs, arguments.data)
    report("IBM 1 + diagonal, both", [(pair, peers[pair.languages].intersected(pair)) for pair in pairs])
    report("IBM 1 + diagonal, grown", [(pair, peers[pair.languages].grown(pair)) for pair in pairs])


if __name__ == "__main__":
    main()
