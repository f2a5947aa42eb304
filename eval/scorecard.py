"""Hypotheses, references and sources in, everything that `muwazi score` says about them, out.

    card = scorecard(texts, metrics=parse_metrics("chrf++,bleu,names"), knowledge=Knowledge.bundled())

Metrics go by name; `names` is M-ETA's name accuracy against the source, `comet` and `cometkiwi` run in another Python.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from corpora.errors import UsageError
from corpora.language import detect, info
from corpora.progress import SILENT, Progress
from eval import comet
from eval.line_names import line_mentions
from eval.metrics import METRICS, MetricScore, score
from eval.name_accuracy import Mention, NameAccuracy, summed
from eval.names.settings import NameSettings

if TYPE_CHECKING:
    from eval.adequacy import SentenceEncoder
    from eval.names.knowledge import Knowledge

NAMES = "names"
KNOWN = (*METRICS, *comet.MODELS, NAMES)
ADEQUACY = "adequacy"
LESS_IS_BETTER = frozenset({"ter", ADEQUACY})
# chrF++ leads: it needs no tokenizer, and BLEU of Arabic moves by more than ten points from one tokenizer to another.
DEFAULT = ("chrf++", "bleu", "chrf", "ter")
# How sure the language of a whole text must be before it is called wrong.
_SURE = 0.5
_SAMPLE = 20_000
_LETTERS = 40


@dataclass(frozen=True, slots=True)
class Texts:
    """What is scored, line by line, with the languages of both sides.

    Attributes:
        references: None where no metric needs them.
        sources: None where no metric needs them.
    """

    hypotheses: Sequence[str]
    lang: str
    references: Sequence[str] | None = None
    sources: Sequence[str] | None = None
    source_lang: str | None = None


@dataclass(frozen=True, slots=True)
class Sampling:
    """Bootstrap: how many resamples (0 for no intervals), from which seed."""

    samples: int = 1000
    seed: int = 12345


USUAL = Sampling()


@dataclass(frozen=True, slots=True)
class NameTools:
    """What name accuracy needs: a knowledge base, and how names are looked for; and for adequacy, an encoder."""

    knowledge: Knowledge
    settings: NameSettings = field(default_factory=NameSettings)
    encoder: SentenceEncoder | None = None


@dataclass(frozen=True, slots=True)
class Scorecard:
    """All scores of one output. `names` is None where they were not asked for."""

    lang: str
    segments: int
    empty: int
    scores: tuple[MetricScore, ...]
    names: NameAccuracy | None
    mentions: tuple[Mention, ...]
    warnings: tuple[str, ...]


def parse_metrics(text: str | None, *, known: Sequence[str] = KNOWN) -> tuple[str, ...]:
    """Metric names as they stand on the command line, each once, in their order.

        >>> parse_metrics("chrF++, bleu")
        ('chrf++', 'bleu')

    Raises:
        UsageError: one that nobody knows; the nearest ones are named.
    """
    if text is None:
        return DEFAULT
    asked = [part.strip().lower() for part in text.split(",") if part.strip()]
    if not asked:
        raise UsageError("no metrics given", cure=f"known: {', '.join(known)}")
    for name in asked:
        if name not in known:
            near = difflib.get_close_matches(name, known, n=2)
            cure = f"did you mean {' or '.join(near)}?" if near else f"known: {', '.join(known)}"
            raise UsageError(f"unknown metric {name}", cure=cure)
    return tuple(dict.fromkeys(asked))


def require_texts(metrics: Sequence[str], *, references: bool, sources: bool) -> None:
    """Refuse metrics whose texts are not there.

    Raises:
        UsageError: the first one that lacks something, and which option gives it.
    """
    for name in metrics:
        free = name in (NAMES, ADEQUACY) or (name in comet.MODELS and not comet.MODELS[name].referenced)
        if not free and not references:
            raise UsageError(
                f"{name} needs references", cure="give --ref; names alone (--metrics names) needs only --src"
            )
        if name in (NAMES, *comet.MODELS) and not sources:
            raise UsageError(f"{name} needs the source", cure="give --src, a line for each hypothesis")


def scorecard(
    texts: Texts,
    *,
    metrics: Sequence[str] = DEFAULT,
    names: NameTools | None = None,
    comet_python: Path | None = None,
    sampling: Sampling = USUAL,
    progress: Progress = SILENT,
) -> Scorecard:
    """Score one output.

    Args:
        names: for `names` among the metrics.
        comet_python: for `comet` and `cometkiwi`: an interpreter that has them.

    Raises:
        UsageError: a metric without what it needs.
        InputError: no segments, or numbers of segments that differ.
    """
    require_texts(metrics, references=texts.references is not None, sources=texts.sources is not None)
    scores = []
    for name in metrics:
        if name != NAMES:
            progress.start(name, None)
            scores.append(_score(name, texts, comet_python, sampling))
    mentions = name_mentions(texts, names, progress) if NAMES in metrics and names is not None else []
    return Scorecard(
        lang=texts.lang,
        segments=len(texts.hypotheses),
        empty=sum(not text.strip() for text in texts.hypotheses),
        scores=tuple(scores),
        names=summed(mentions, samples=sampling.samples, seed=sampling.seed) if NAMES in metrics else None,
        mentions=tuple(mentions),
        warnings=tuple(language_warnings(texts)),
    )


def _score(name: str, texts: Texts, comet_python: Path | None, sampling: Sampling) -> MetricScore:
    if name in comet.MODELS:
        assert texts.sources is not None
        return comet.comet(
            texts.sources,
            texts.hypotheses,
            texts.references,
            python=comet_python,
            name=name,
            bootstrap=sampling.samples,
            seed=sampling.seed,
        )
    assert texts.references is not None  # `require_texts`
    (one,) = score(
        texts.hypotheses,
        texts.references,
        lang=texts.lang,
        metrics=[name],
        bootstrap=sampling.samples,
        seed=sampling.seed,
    )
    return one


def name_mentions(texts: Texts, names: NameTools, progress: Progress = SILENT) -> list[Mention]:
    """The name mentions of the sources, judged; `unit` is the line, from 0."""
    assert texts.sources is not None
    return line_mentions(
        texts.sources,
        texts.hypotheses,
        source_lang=texts.source_lang or language_of(texts.sources),
        lang=texts.lang,
        knowledge=names.knowledge,
        settings=names.settings,
        progress=progress,
    )


def language_of(texts: Sequence[str]) -> str:
    """The language of some segments, `und` where they have no letters."""
    return detect("\n".join(texts)[:_SAMPLE]).lang


def language_warnings(texts: Texts) -> Iterator[str]:
    """A line for each side that seems to be in another language than it should be."""
    ours, theirs = _seen(texts.hypotheses), _seen(texts.references)
    if ours is not None and theirs is not None and ours != theirs:
        yield f"the hypotheses seem to be in {info(ours).name}, the references in {info(theirs).name}"
    else:
        for side, found in (("references", theirs), ("hypotheses", ours)):
            if found not in {None, texts.lang}:
                yield f"the {side} seem to be in {info(found or texts.lang).name}, not in {info(texts.lang).name}"
    source = _seen(texts.sources)
    if source is not None and texts.source_lang is not None and source != texts.source_lang:
        yield f"the source seems to be in {info(source).name}, not in {info(texts.source_lang).name}"
    if texts.references is not None and texts.sources is not None and list(texts.references) == list(texts.sources):
        yield "references and source are the same text"


def _seen(segments: Sequence[str] | None) -> str | None:
    """The language of some segments, if there is enough of them to be sure."""
    sample = "\n".join(segments or ())[:_SAMPLE]
    if sum(char.isalpha() for char in sample) < _LETTERS:
        return None
    found = detect(sample)
    return found.lang if found.confidence >= _SURE else None
