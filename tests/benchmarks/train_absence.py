"""Learn how probable it is that a translation left a name of its source out (`eval/names/data/absence.json`).

    python -m tests.benchmarks.train_absence [--data ../shared/bench] [--pairs en-ar,en-fr,fr-ar,fr-en] [--write]

Names are taken out of the development half of NTREX, at most one a line, with or without what governs them; what the
translators left out by themselves, and names whose letters were only damaged, are examples of the other class. Half of
the bundled base is hidden by a hash that no other benchmark uses. Penalised logistic regression by L-BFGS (needs scipy,
extra `dev`); the figures are of held-out folds of documents.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from eval.names.detect import set_scene
from eval.names.entity import Entity
from eval.names.knowledge import Knowledge
from eval.names.rules.absence import WEIGHTS, expanded, first_look, second_look
from eval.names.rules.ledger import Ledger
from eval.names.rules.omissions import may_be_left_out
from eval.names.rules.projection import explain
from eval.names.rules.reckoning import entity_of, reckon
from tests.benchmarks.name_articles import Document, news_documents
from tests.benchmarks.name_corruption import Name
from tests.benchmarks.names import article_of, witnesses

FOLDS = 5
PENALTY = 1.0
_GOVERNS = re.compile(
    r"(?:^|(?<=\s))(?:في|على|من|إلى|عن|مع|de|du|la|le|les|des|à|au|aux|en|d’|l’|dans|par|the|in|of|by|with) ?$"
)
_CLITICS = "وبلكف"

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Example:
    """One open name, what both looks saw, and whether it had been taken out."""

    fold: int
    pair: str
    surface: str
    first: Mapping[str, float]
    second: Mapping[str, float]
    gone: bool


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path("../shared/bench"))
    parser.add_argument("--pairs", default="en-ar,en-fr,fr-ar,fr-en", help="source and target of what is learned from")
    parser.add_argument("--seed", type=int, default=5)
    parser.add_argument("--examples", type=Path, help="where examples are kept, to be read again if they are there")
    parser.add_argument("--write", action="store_true", help=f"write {WEIGHTS} anew")
    options = parser.parse_args()
    examples = list(_examples(options))
    first, second = ([expanded(_seen(one, look)) for one in examples] for look in (1, 2))
    for title, rows in (("first look", first), ("both looks", second)):
        _report(title, examples, _held_out(examples, rows))
    if options.write:
        weights = {"first": _learn(first, examples), "second": _learn(second, examples)}
        text = json.dumps(weights, indent=0, ensure_ascii=False)
        Path(str(files("eval.names.data").joinpath(WEIGHTS))).write_text(f"{text}\n", encoding="utf-8")


def _examples(options: argparse.Namespace) -> Iterator[Example]:
    if options.examples and options.examples.is_file():
        for line in options.examples.read_text(encoding="utf-8").splitlines():
            yield Example(**json.loads(line))
        return
    full = Knowledge.bundled()
    base = Knowledge([entity for entity in full.entities.values() if not _is_hidden(entity.id)])
    lines = []
    for pair in options.pairs.split(","):
        for document in news_documents(options.data / "ntrex" / "dev.tsv", full):
            for example in _of_document(document, pair, base, options.seed):
                lines.append(json.dumps({slot: getattr(example, slot) for slot in Example.__slots__}))
                yield example
    if options.examples:
        options.examples.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _is_hidden(identifier: str) -> bool:
    return hashlib.sha256(f"absence {identifier}".encode()).digest()[0] % 2 == 0


def _of_document(document: Document, pair: str, base: Knowledge, seed: int) -> Iterator[Example]:
    target = pair.split("-")[1]
    lines = document.lines[target]
    yield from _open_names(document, lines, None, pair, base, planted=False)
    rng = random.Random(f"{seed} {document.key} {pair}")
    by_line: dict[int, list[Name]] = {}
    for name in document.names[target]:
        by_line.setdefault(name.line, []).append(name)
    for damage in (False, True):
        chosen = {line: rng.choice(names) for line, names in by_line.items() if rng.random() < (0.3 if damage else 0.8)}
        changed = list(lines)
        for line, name in chosen.items():
            changed[line] = (_damaged if damage else _without)(lines[line], name, rng)
        yield from _open_names(document, changed, chosen, pair, base, planted=not damage)


def _without(line: str, name: Name, rng: random.Random) -> str:
    """A line without a name; half of the time without the word that governs it as well."""
    start = name.start
    if rng.random() < 0.5:
        governor = _GOVERNS.search(line[:start])
        if governor is not None:
            start = governor.start()
        elif line[start - 1 : start] in _CLITICS and line[max(0, start - 2) : start - 1] in {"", " "}:
            start -= 1
    after = line[name.end :]
    return (line[:start] if after[:1].isalpha() else line[:start].rstrip(" ")) + after


def _damaged(line: str, name: Name, rng: random.Random) -> str:
    """A line with a letter of the name lost, doubled or swapped, or with the name's end cut off."""
    word = name.surface
    place = rng.randrange(len(word))
    made = (
        word[:place] + word[place + 1 :],
        word[:place] + word[place] + word[place:],
        word[:place] + word[place : place + 2][::-1] + word[place + 2 :],
        word[: max(3, len(word) * 2 // 3)].rstrip(),
    )
    return line[: name.start] + rng.choice(made) + line[name.end :]


def _open_names(
    document: Document,
    lines: Sequence[str],
    chosen: Mapping[int, Name] | None,
    pair: str,
    base: Knowledge,
    *,
    planted: bool,
) -> Iterator[Example]:
    source, target = pair.split("-")
    article, sentences = article_of(lines, target)
    scene = set_scene(article, sentences, witnesses(document, target, f"source-{source}"), base)
    fold = hashlib.sha256(document.key.encode()).digest()[0] % FOLDS
    accounts = list(reckon(scene, scene.sources[0]))
    ledger = Ledger(scene, accounts)
    left = [(account, explain(scene, account)[1]) for account in accounts]
    for account, names in left:
        for name in names:
            entity = entity_of(name)
            ours = None if chosen is None else chosen.get(account.targets[-1])
            if chosen is not None and (ours is None or not _is_same(ours, entity, name.surface)):
                continue
            if may_be_left_out(scene, account, name):
                looks = first_look(ledger, account, name, entity), second_look(ledger, account, name)
                yield Example(fold, pair, name.surface, *looks, planted)


def _is_same(name: Name, entity: Entity | None, surface: str) -> bool:
    if entity is not None and name.id is not None:
        return entity.id == name.id
    words = set(re.findall(r"\w+", f"{name.english} {' '.join(name.right)}".lower()))
    return words.issuperset(re.findall(r"\w+", surface.lower().removesuffix("'s").removesuffix("’s")))


def _seen(example: Example, look: int) -> dict[str, float]:
    return dict(example.first) if look == 1 else {**example.first, **example.second}


def _learn(rows: Sequence[Mapping[str, float]], examples: Sequence[Example]) -> dict[str, float]:
    """Weights by name, those that are nothing left out."""
    from scipy.optimize import minimize

    keys = sorted({key for row in rows for key in row})
    table = np.array([[row[key] for key in keys] for row in rows])
    labels = np.array([example.gone for example in examples], np.float64)

    def loss(weights: Floats) -> tuple[float, Floats]:
        odds = table @ weights
        wrong = 1 / (1 + np.exp(-odds)) - labels
        value = float(np.logaddexp(0, odds).sum() - odds @ labels)
        return value + PENALTY / 2 * float(weights @ weights), table.T @ wrong + PENALTY * weights

    found = minimize(loss, np.zeros(len(keys)), jac=True, method="L-BFGS-B", options={"maxiter": 1000})
    return {key: round(float(weight), 4) for key, weight in zip(keys, found.x, strict=True) if abs(weight) >= 1e-4}


def _held_out(examples: Sequence[Example], rows: Sequence[Mapping[str, float]]) -> Floats:
    probability = np.zeros(len(examples))
    for fold in range(FOLDS):
        train = [i for i, example in enumerate(examples) if example.fold != fold]
        weights = _learn([rows[i] for i in train], [examples[i] for i in train])
        for i, example in enumerate(examples):
            if example.fold == fold:
                odds = sum(weights.get(key, 0.0) * value for key, value in rows[i].items())
                probability[i] = 1 / (1 + np.exp(-odds))
    return probability


def _report(title: str, examples: Sequence[Example], probability: Floats) -> None:
    """Recall and false alarms at some thresholds, by pair, and how reliable the probabilities are."""
    gone = np.array([example.gone for example in examples])
    for pair in dict.fromkeys(example.pair for example in examples):
        of_pair = np.array([example.pair == pair for example in examples])
        known = np.array([example.first["known"] > 0 for example in examples])
        print(f"{title} {pair}: {int((of_pair & gone).sum())} taken out, {int((of_pair & ~gone).sum())} not")
        for least in (0.05, 0.1, 0.6, 0.8, 0.85, 0.9, 0.95):
            sure = probability >= least
            print(
                f"  ≥ {least:.2f}: recall {sure[of_pair & gone].mean():.3f} "
                f"(known {sure[of_pair & gone & known].mean():.3f}, unknown {sure[of_pair & gone & ~known].mean():.3f})"
                f", false {int(sure[of_pair & ~gone].sum())}"
            )
    for low, high in ((0.0, 0.2), (0.2, 0.5), (0.5, 0.8), (0.8, 0.9), (0.9, 1.01)):
        inside = (probability >= low) & (probability < high)
        if inside.any():
            print(f"  said {probability[inside].mean():.2f}: were {gone[inside].mean():.2f} of {int(inside.sum())}")


if __name__ == "__main__":
    main()
