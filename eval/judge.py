"""An article, its witnesses, a re-translation and name findings in; segment scores, a summary and a verdict out."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from corpora.article import Article, Sentence
from corpora.progress import SILENT, Progress
from corpora.translation import Translation
from eval.adequacy import SentenceEncoder, assess, scored_pairs
from eval.name_accuracy import NameAccuracy, NameBase, name_accuracy
from eval.names.entity import NameFinding
from eval.result import CorpusScore, SegmentScore, Summary, Verdict, Witness
from eval.settings import DEFAULT, EvalSettings
from eval.verdict import decide

_METRICS = ("chrf++", "bleu")


@dataclass(frozen=True, slots=True)
class Judgement:
    """What `judge` gives: the parts of a `CheckResult` that are opinions."""

    segments: tuple[SegmentScore, ...]
    summary: Summary
    verdict: Verdict


def judge(
    article: Article,
    sentences: Sequence[Sentence],
    witnesses: Sequence[Witness],
    retranslation: Translation | None,
    findings: Sequence[NameFinding],
    *,
    knowledge: NameBase | None = None,
    encoder: SentenceEncoder | None = None,
    settings: EvalSettings = DEFAULT,
    progress: Progress = SILENT,
) -> Judgement:
    """Score an article against its main witness (the first) and sum up.

    Args:
        knowledge: for name accuracy; without it that is None.
        encoder: for the similarity of both sides; without it that is None.
    """
    witness = witnesses[0] if witnesses else None
    segments = assess(
        article,
        sentences,
        witness,
        retranslation=retranslation,
        encoder=encoder,
        settings=settings,
        progress=progress,
    )
    names = NameAccuracy(None, None, None, 0, ())
    if knowledge is not None:
        names = name_accuracy(
            article, sentences, witness, findings, knowledge, samples=settings.bootstrap, seed=settings.seed
        )
    summary = Summary(
        sentences=sum(sentence.mark is None for sentence in sentences),
        repeats=sum(sentence.mark == "repeat" for sentence in sentences),
        boilerplate=sum(sentence.mark == "boilerplate" for sentence in sentences),
        similarity=_mean([segment.similarity for segment in segments]),
        length_ratio=_geometric_mean([segment.length_ratio for segment in segments]),
        metrics=_metrics(article, sentences, witness, retranslation, settings),
        name_accuracy=names.accuracy,
        names_checked=names.checked,
        name_accuracy_strict=names.strict,
        name_interval=names.interval,
        name_types=names.types,
    )
    direction = retranslation.direction if retranslation else None
    verdict = decide(
        summary, segments, findings, direction=direction, role=witness.role if witness else "source", settings=settings
    )
    return Judgement(tuple(segments), summary, verdict)


def _metrics(
    article: Article,
    sentences: Sequence[Sentence],
    witness: Witness | None,
    retranslation: Translation | None,
    settings: EvalSettings,
) -> tuple[CorpusScore, ...]:
    """Corpus scores against the re-translation, its direction in their name; none where there is nothing to hold it
    against."""
    from eval.metrics import score

    if witness is None or retranslation is None:
        return ()
    pairs = scored_pairs(article, sentences, witness, retranslation, settings)
    if not pairs:
        return ()
    lang = article.lang if retranslation.direction == "forward" else witness.article.lang
    scores = score(
        [hypothesis for hypothesis, _ in pairs],
        [reference for _, reference in pairs],
        lang=lang,
        metrics=_METRICS,
        bootstrap=settings.bootstrap if len(pairs) > 1 else 0,
        seed=settings.seed,
    )
    against = f"{retranslation.direction} re-translation"
    return tuple(
        CorpusScore(
            item.name,
            round(item.value, 4),
            item.signature,
            against,
            None if item.interval is None else (round(item.interval[0], 4), round(item.interval[1], 4)),
        )
        for item in scores
    )


def _mean(values: Sequence[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return round(math.fsum(known) / len(known), 4) if known else None


def _geometric_mean(values: Sequence[float | None]) -> float | None:
    logs = [math.log(value) for value in values if value]
    return round(math.exp(math.fsum(logs) / len(logs)), 4) if logs else None
