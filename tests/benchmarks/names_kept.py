"""How many names of the source come out right: the demo model's own outputs, and the same with planted name errors.

    python -m tests.benchmarks.names_kept [--sentences 50] [--directions en-fr,en-ar …] [--show 10]

Sentences of the sublanguage with companies, products and pairs of first and family name that training never saw. A
name counts as right where the output has it as the reference does. Three rows for each direction: nothing done;
repaired with the knowledge base and the source alone; and with other hypotheses tried first. Below, the same after
the corruptor of `tests.benchmarks.names` has damaged many of the names that the outputs have right (the model's
hypotheses then hold the undamaged sentence: that row shows what can be had where the model itself knows better). chrF++
shows what it costs or gains. All this shows that the steps work together; how well names are judged is what
`tests.benchmarks.names` measures.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from mt.demo_model.generate import DIRECTIONS, Triple
from mt.demo_model.recipe import held_out
from mt.keep_names import Kept, NameKeeper
from mt.settings import TranslationSettings
from mt.translate import hypotheses, translate_sentences
from tests.benchmarks.name_corruption import Name, corrupt

SETTINGS = TranslationSettings(model="demo", threads=1)
SHARE = 0.5


@dataclass(frozen=True, slots=True)
class Case:
    """The sentences of one direction."""

    source_lang: str
    target_lang: str
    drawn: Sequence[Triple]

    @property
    def sources(self) -> list[str]:
        return [triple.texts[self.source_lang] for triple in self.drawn]

    @property
    def references(self) -> list[str]:
        return [triple.texts[self.target_lang] for triple in self.drawn]

    def wanted(self, triple: Triple) -> list[str]:
        """The names that the output should have."""
        return [name[self.target_lang] for name in triple.names]


def translated(case: Case) -> list[str]:
    """What the demo model makes of the sentences."""
    found = translate_sentences(
        case.sources, source_lang=case.source_lang, target_lang=case.target_lang, settings=SETTINGS
    )
    return list(found.texts)


def planted(case: Case, outputs: Sequence[str], seed: int = 1) -> tuple[list[str], int]:
    """The outputs with errors in about half of the names that they have right, and how many."""
    names = [
        Name(line, at, at + len(name), name, "organisation", english=said["en"], right=(name,))
        for line, (triple, output) in enumerate(zip(case.drawn, outputs, strict=True))
        for said in triple.names
        for name in (said[case.target_lang],)
        if (at := output.find(name)) >= 0
    ]
    names = [one for one in names if not _is_inside_another(one, names)]
    damaged, truth = corrupt(outputs, names, case.target_lang, rng=random.Random(seed), share=SHARE)
    return damaged, len(truth)


def kept(case: Case, outputs: Sequence[str], *, with_hypotheses: bool, keeper: NameKeeper) -> list[Kept]:
    """The outputs after the names were seen to, an article of one sentence each, as nothing joins them."""

    def best(texts: Sequence[str]) -> list[list[str]]:
        return hypotheses(texts, source_lang=case.source_lang, target_lang=case.target_lang, settings=SETTINGS)

    ask: Callable[[Sequence[str]], list[list[str]]] = best if with_hypotheses else lambda texts: [[] for _ in texts]
    return keeper.keep(
        case.sources, outputs, source_lang=case.source_lang, target_lang=case.target_lang, hypotheses=ask
    )


def accuracy(case: Case, outputs: Sequence[str]) -> float:
    """The share of names (0 to 1) that the outputs have as the references do."""
    found = [name in output for triple, output in zip(case.drawn, outputs, strict=True) for name in case.wanted(triple)]
    return sum(found) / len(found)


def chrf(case: Case, outputs: Sequence[str]) -> float:
    from sacrebleu.metrics import CHRF

    return float(CHRF(word_order=2).corpus_score(list(outputs), [case.references]).score)


def _is_inside_another(name: Name, names: Sequence[Name]) -> bool:
    return any(
        other is not name and other.line == name.line and other.start < name.end and name.start < other.end
        for other in names
    )


def main() -> None:
    """Print the table, a block a direction."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sentences", type=int, default=50)
    parser.add_argument("--directions", default=",".join("-".join(one) for one in DIRECTIONS))
    parser.add_argument("--show", type=int, default=0, help="so many sentences of each direction that stay wrong")
    arguments = parser.parse_args()
    drawn = held_out(arguments.sentences)
    keeper = NameKeeper()
    sums: dict[str, list[tuple[float, float]]] = {}
    print(f"{'':44} {'names right':>11} {'chrF++':>8}")
    for direction in arguments.directions.split(","):
        source_lang, target_lang = direction.split("-")
        case = Case(source_lang, target_lang, drawn)
        outputs = translated(case)
        damaged, count = planted(case, outputs)
        total = sum(len(triple.names) for triple in drawn)
        for label, texts in (("as the model wrote it", outputs), (f"{count} errors planted", damaged)):
            print(f"{direction}, {total} names, {label}")
            repaired = [one.text for one in kept(case, texts, with_hypotheses=False, keeper=keeper)]
            searched = kept(case, texts, with_hypotheses=True, keeper=keeper)
            rows = (
                ("nothing done", texts),
                ("repaired", repaired),
                ("hypotheses, then repaired", [k.text for k in searched]),
            )
            for name, found in rows:
                right, score = accuracy(case, found), chrf(case, found)
                kind = "planted" if texts is damaged else "own"
                sums.setdefault(f"{kind}: {name}", []).append((right, score))
                print(f"    {name:40} {right:11.3f} {score:8.2f}", flush=True)
            if arguments.show:
                show(case, texts, searched, arguments.show)
    print("mean of the directions")
    for name, pairs in sums.items():
        right, score = (sum(values) / len(values) for values in zip(*pairs, strict=True))
        print(f"    {name:40} {right:11.3f} {score:8.2f}")


def show(case: Case, before: Sequence[str], after: Sequence[Kept], most: int) -> None:
    """Print sentences in which a name is wrong at the end."""
    wrong = [
        (triple, output, one)
        for triple, output, one in zip(case.drawn, before, after, strict=True)
        if any(name not in one.text for name in case.wanted(triple))
    ]
    for triple, output, one in wrong[:most]:
        print(f"      {triple.texts[case.source_lang]}\n      < {output}\n      > {one.text}  {' '.join(one.flags)}")
        print(f"        wanted: {', '.join(name for name in case.wanted(triple) if name not in one.text)}")


if __name__ == "__main__":
    main()
