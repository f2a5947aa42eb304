"""Systems' outputs and references in, paired significance tests out (sacrebleu's)."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Literal

from corpora.errors import InputError
from eval.metrics import METRICS, metric, require_short

Test = Literal["bootstrap", "randomisation"]
_SACREBLEU_NAME: Mapping[Test, str] = {"bootstrap": "bs", "randomisation": "ar"}
_SEED_VARIABLE = "SACREBLEU_SEED"


@dataclass(frozen=True, slots=True)
class SystemResult:
    """One system under one metric, compared with the first system.

    Attributes:
        value: corpus score, 0 to 100.
        p_value: probability of such a difference by chance; None for the first system itself.
        mean, margin: centre and half width of the 95 % bootstrap interval; None for randomisation.
    """

    system: str
    value: float
    p_value: float | None
    mean: float | None
    margin: float | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """All systems under one metric, the baseline first."""

    metric: str
    name: str
    test: Test
    signature: str
    systems: tuple[SystemResult, ...]


def compare(
    systems: Mapping[str, Sequence[str]],
    references: Sequence[str],
    *,
    lang: str,
    metrics: Sequence[str] = METRICS,
    test: Test = "bootstrap",
    samples: int = 0,
    seed: int = 12345,
) -> list[Comparison]:
    """Compare systems with the first one, segment by segment paired.

    Bootstrap: Koehn (2004), 1,000 resamples; randomisation: Riezler and Maxwell (2005), 10,000 trials.

    Args:
        systems: outputs by system name, one segment for each reference.
        samples: resamples or trials; 0 for the test's usual number.

    Raises:
        InputError: fewer than two systems, one with another number of segments than the references, or a segment that
            is too long for TER.
    """
    _check(systems, references)
    require_short(metrics, references, *systems.values())
    from sacrebleu.significance import PairedTest

    scorers = {name: metric(name, lang) for name in metrics}
    with _seeded(seed):
        paired = PairedTest(
            [(name, list(lines)) for name, lines in systems.items()],
            scorers,
            [list(references)],
            test_type=_SACREBLEU_NAME[test],
            n_samples=samples,
            n_jobs=1,
        )
        signatures, results = paired()
    return [
        Comparison(asked, name, test, str(signatures[name]), _rows(systems, results[name]))
        for asked, name in zip(metrics, signatures, strict=True)
    ]


def _check(systems: Mapping[str, Sequence[str]], references: Sequence[str]) -> None:
    if len(systems) < 2:
        raise InputError("nothing to compare", cure="give at least two systems")
    if not references:
        raise InputError("no segments to compare", cure="the references are empty")
    for name, lines in systems.items():
        if len(lines) != len(references):
            raise InputError(f"{len(lines)} segments, but {len(references)} references", where=name)


def _rows(systems: Mapping[str, Sequence[str]], results: Sequence[object]) -> tuple[SystemResult, ...]:
    """One row a system.

    For a system with just the score of the first one (mostly since it says the same), sacrebleu (like multeval before
    it) may report the smallest p-value there is, which reads as a significant difference; here it is 1.
    """
    names = list(systems)
    first = float(getattr(results[0], "score"))  # noqa: B009 - sacrebleu is untyped
    same = {name for name, one in zip(names[1:], results[1:], strict=True) if float(getattr(one, "score")) == first}  # noqa: B009
    return tuple(
        SystemResult(
            name,
            float(getattr(result, "score")),  # noqa: B009 - sacrebleu is untyped
            1.0 if name in same else _number(getattr(result, "p_value", None)),
            _number(getattr(result, "mean", None)),
            _number(getattr(result, "ci", None)),
        )
        for name, result in zip(names, results, strict=True)
    )


def _number(value: object) -> float | None:
    return None if value is None else float(str(value))


@contextmanager
def _seeded(seed: int) -> Iterator[None]:
    """Give sacrebleu its seed the only way it takes one: through the environment, for as long as the test runs."""
    before = os.environ.get(_SEED_VARIABLE)
    os.environ[_SEED_VARIABLE] = str(seed)
    try:
        yield
    finally:
        if before is None:
            del os.environ[_SEED_VARIABLE]
        else:
            os.environ[_SEED_VARIABLE] = before
