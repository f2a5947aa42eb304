"""The recipe of the demo model: generate the sublanguage, train, convert, score what training never saw."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Final

from corpora.progress import SILENT, Progress
from mt.convert import write_conversion
from mt.demo_model.generate import DIRECTIONS, Triple, pairs, triples
from mt.settings import TranslationSettings
from mt.train import TrainSettings, train
from mt.translate import translate_sentences

SETTINGS: Final = TrainSettings(
    vocabulary=2000,
    dropout=0.0,
    learning_rate=2e-3,
    steps=1700,
    warmup=150,
    batch_tokens=3072,
    half=True,
    seed=1,
)
TRAINING_TRIPLES: Final = 40_000
TRAINING_SEED, HELD_OUT_SEED = 1, 2
HELD_OUT_TRIPLES: Final = 300


def demo_sentences() -> frozenset[str]:
    """The English sentences of the bundled articles: none of them may be in the training data."""
    from importlib.resources import files

    folder = files("corpora.samples").joinpath("sentences")
    return frozenset(
        line
        for file in folder.iterdir()
        if file.name.endswith(".en.txt")
        for line in file.read_text(encoding="utf-8").split("\n")
        if line
    )


def make(folder: Path, *, settings: TrainSettings = SETTINGS, progress: Progress = SILENT) -> None:
    """Train into `folder/marian` and convert into `folder/int8`; neither may exist.

    Raises:
        UsageError: a folder is there already.
        ModelError: torch is not installed.
    """
    drawn = list(islice(triples(TRAINING_SEED, without=demo_sentences()), TRAINING_TRIPLES))
    checkpoint = train(pairs(drawn), folder / "marian", settings=settings, progress=progress)
    write_conversion(replace(checkpoint, name="demo"), folder / "int8")


def held_out(count: int = HELD_OUT_TRIPLES) -> list[Triple]:
    """Sentences of the sublanguage with names and pairs of names that training never saw."""
    return list(islice(triples(HELD_OUT_SEED, held_out=True, without=demo_sentences()), count))


def score(model: str, drawn: Sequence[Triple], *, engine: str = "auto") -> dict[str, float]:
    """chrF++ of each direction on some triples."""
    from sacrebleu.metrics import CHRF

    settings = TranslationSettings(engine=engine, threads=1, retries=0)  # type: ignore[arg-type]
    scores = {}
    for source, target in DIRECTIONS:
        outputs = translate_sentences(
            [triple.texts[source] for triple in drawn],
            source_lang=source,
            target_lang=target,
            model=model,
            settings=settings,
        ).texts
        references = [triple.texts[target] for triple in drawn]
        scores[f"{source}-{target}"] = round(CHRF(word_order=2).corpus_score(list(outputs), [references]).score, 1)
    return scores


def report(folder: Path) -> str:
    """The held-out scores as JSON: what the model card states."""
    return json.dumps({"chrF++": score(str(folder / "int8"), held_out()), "sentences": HELD_OUT_TRIPLES}, indent=2)
