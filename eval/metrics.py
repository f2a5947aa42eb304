"""Hypotheses and references in, sacrebleu's BLEU, chrF, chrF++ and TER out, by segment and corpus, with intervals.

Every score equals sacrebleu's to the last digit; what is ours is that the sufficient statistics of each segment are
computed once and serve the segment scores, the corpus score and the bootstrap.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from corpora.errors import InputError, UsageError
from corpora.language import info

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

METRICS = ("bleu", "chrf++", "chrf", "ter")
TER_WORDS = 1000
"""Words of a segment that TER still takes: its search for moved words grows with their square and more; 400 words in
another order take 15 s, a sentence of a megabyte takes days."""


@dataclass(frozen=True, slots=True)
class MetricScore:
    """One metric over a corpus and its segments.

    Attributes:
        metric: `bleu`, `chrf++`, `chrf` or `ter`.
        name: as sacrebleu prints it (`BLEU`, `chrF2++`, `TER`).
        value: 0 to 100; TER (where less is better) can be more.
        signature: sacrebleu's, tokenizer and version included.
        segments: one score a segment; BLEU with effective order, as sacrebleu's sentence scores have it.
        interval: 95 % bootstrap interval, None where none was asked for.
    """

    metric: str
    name: str
    value: float
    signature: str
    segments: tuple[float, ...]
    interval: tuple[float, float] | None = None


def tokenizer_of(lang: str) -> str:
    """The sacrebleu tokenizer for BLEU in one language."""
    return info(lang).tokenizer


def metric(name: str, lang: str, *, segment: bool = False) -> Any:
    """The sacrebleu metric of one name, set up for one language.

    Args:
        segment: BLEU for single segments, that is with effective order.

    Raises:
        UsageError: no such metric, or its tokenizer needs a package that is not installed.
    """
    from sacrebleu.metrics import BLEU, CHRF, TER

    if name == "bleu":
        try:
            # `force` only silences a warning about input that looks tokenized, which Arabic news often does.
            return BLEU(tokenize=tokenizer_of(lang), effective_order=segment, force=True)
        except (RuntimeError, ImportError) as error:
            raise UsageError(
                f"BLEU has no tokenizer for {lang}: {error}", cure="leave bleu out of --metrics"
            ) from error
    makers: Mapping[str, Any] = {"chrf": CHRF, "chrf++": lambda: CHRF(word_order=2), "ter": TER}
    if name not in makers:
        raise UsageError(f"unknown metric {name}", cure=f"known: {', '.join(METRICS)}")
    return makers[name]()


def score(
    hypotheses: Sequence[str],
    references: Sequence[str],
    *,
    lang: str,
    metrics: Sequence[str] = METRICS,
    bootstrap: int = 0,
    seed: int = 12345,
) -> list[MetricScore]:
    """Score a corpus, segment by segment and as a whole.

    An empty hypothesis is a segment like any other and scores 0.

        >>> score(["a cat sat"], ["a cat sat"], lang="en", metrics=["chrf++"])[0].value
        100.0

    Args:
        lang: of both sides: it chooses BLEU's tokenizer.
        bootstrap: how many resamples the interval takes; 0 for none.

    Raises:
        InputError: no segments, not as many hypotheses as references, or one too long for TER.
    """
    _check(hypotheses, references)
    require_short(metrics, hypotheses, references)
    return [_score_one(name, hypotheses, references, lang, bootstrap, seed) for name in metrics]


def segment_scores(hypotheses: Sequence[str], references: Sequence[str], *, lang: str, name: str) -> tuple[float, ...]:
    """One score a segment; nothing else is computed."""
    if not hypotheses:
        return ()
    _check(hypotheses, references)
    scorer = metric(name, lang, segment=True)
    return _by_segment(scorer, _statistics(scorer, hypotheses, references))


def influence(hypotheses: Sequence[str], references: Sequence[str], *, lang: str, name: str) -> tuple[float, ...]:
    """How far each segment moves the corpus score: the score with it, less the score without it.

    That is what makes one system's corpus score differ from another's; the mean of segment scores is another thing,
    since corpus BLEU and chrF weigh a segment by its length.
    """
    import numpy as np

    _check(hypotheses, references)
    scorer = metric(name, lang)
    table = np.asarray(_statistics(scorer, hypotheses, references), dtype=np.float64)
    total = table.sum(axis=0)
    whole = float(scorer._compute_score_from_stats(total.tolist()).score)
    if len(table) == 1:
        return (whole,)
    rest = (total - table).tolist()
    return tuple(whole - float(scorer._compute_score_from_stats(row).score) for row in rest)


def _check(hypotheses: Sequence[str], references: Sequence[str]) -> None:
    if len(hypotheses) != len(references):
        raise InputError(
            f"{len(hypotheses)} hypotheses, but {len(references)} references",
            cure="both need one segment for each of the other",
        )
    if not hypotheses:
        raise InputError("no segments to score", cure="both sides are empty")


def too_long_for_ter(*sides: Sequence[str]) -> int | None:
    """The first segment (from 0) that has more words on a side than TER can take, None where there is none."""
    return next(
        (
            number
            for number, texts in enumerate(zip(*sides, strict=False))
            if any(len(text) > TER_WORDS and len(text.split()) > TER_WORDS for text in texts)
        ),
        None,
    )


def require_short(metrics: Sequence[str], *sides: Sequence[str]) -> None:
    """Refuse TER of segments that it would never be done with.

    Raises:
        InputError: the first one.
    """
    long = too_long_for_ter(*sides) if "ter" in metrics else None
    if long is not None:
        raise InputError(
            f"line {long + 1} has more than {TER_WORDS:,} words, too many for TER",
            cure="leave ter out of --metrics, or cut the line into sentences",
        )


def _score_one(
    name: str, hypotheses: Sequence[str], references: Sequence[str], lang: str, bootstrap: int, seed: int
) -> MetricScore:
    scorer = metric(name, lang)
    statistics = _statistics(scorer, hypotheses, references)
    whole = scorer._aggregate_and_compute(statistics)
    single = metric(name, lang, segment=True) if name == "bleu" else scorer
    return MetricScore(
        metric=name,
        name=whole.name,
        value=float(whole.score),
        signature=str(scorer.get_signature()),
        segments=_by_segment(single, statistics),
        interval=interval(scorer, statistics, samples=bootstrap, seed=seed) if bootstrap else None,
    )


def _statistics(scorer: Any, hypotheses: Sequence[str], references: Sequence[str]) -> list[list[float]]:
    """Sufficient statistics, one row a segment.

    This and the two private calls beside it are sacrebleu's own way to bootstrap; a test holds them to its public
    scores.
    """
    rows: list[list[float]] = scorer._extract_corpus_statistics(list(hypotheses), [list(references)])
    return rows


def _by_segment(scorer: Any, statistics: Sequence[Sequence[float]]) -> tuple[float, ...]:
    return tuple(float(scorer._aggregate_and_compute([row]).score) for row in statistics)


def interval(scorer: Any, statistics: Sequence[Sequence[float]], *, samples: int, seed: int) -> tuple[float, float]:
    """95 % bootstrap interval of the corpus score.

    A resample is how often each segment was drawn, so all of them are one matrix product with the statistics; sacrebleu
    gathers every row of every resample instead. The draws are those that sacrebleu makes from the same seed.
    """
    import numpy as np

    table = np.asarray(statistics, dtype=np.float64)
    sums = _resampled_sums(table, samples, seed)
    scores = np.sort([scorer._compute_score_from_stats(row).score for row in sums.tolist()])
    cut = samples // 40
    return float(scores[cut]), float(scores[samples - cut - 1])


def _resampled_sums(table: NDArray[np.float64], samples: int, seed: int) -> NDArray[np.float64]:
    """Statistics summed over each resample: (samples, statistics)."""
    import numpy as np

    size = len(table)
    draws = np.random.default_rng(seed).choice(size, size=(samples, size), replace=True)
    counts = np.empty((samples, size), dtype=np.float64)
    for row, draw in zip(counts, draws, strict=True):
        row[:] = np.bincount(draw, minlength=size)
    return counts @ table
