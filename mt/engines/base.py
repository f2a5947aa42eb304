"""Pieces in, hypotheses out: the protocol of an engine, the registry of engines, and how work is cut into batches.

To add an engine, write a class with `name`, `checkpoint` and `search`, and add an entry to `ENGINES`: the contract
test then runs on it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Protocol

from corpora.errors import ModelError, UsageError
from corpora.progress import SILENT, Progress
from mt.checkpoint import Checkpoint
from mt.settings import TranslationSettings

LONGEST_OUTPUT: Final = 512


@dataclass(frozen=True, slots=True)
class Search:
    """How the decoder looks for the best output.

    Attributes:
        no_repeat: no run of so many pieces may come twice; 0 allows all.
        hypotheses: how many of the beam to return, at most `beam`.
        shortlist: look only at what the model's shortlist has for the batch; an engine without one looks at all.
    """

    beam: int = 4
    patience: float = 2.0
    length_penalty: float = 1.0
    no_repeat: int = 0
    hypotheses: int = 1
    shortlist: bool = False

    @classmethod
    def of(cls, settings: TranslationSettings, *, shortlist: bool = False) -> Search:
        """The search that the settings ask for."""
        return cls(settings.beam, settings.patience, settings.length_penalty, shortlist=shortlist)


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """One output: its pieces, without language token and end mark.

    Attributes:
        score: length-normalised log probability; None from an engine that would keep every step's logits for it.
    """

    pieces: tuple[str, ...]
    score: float | None = None


class Engine(Protocol):
    """What runs a checkpoint."""

    name: str
    checkpoint: Checkpoint

    def search(
        self, sources: Sequence[Sequence[str]], target_prefix: Sequence[str], options: Search
    ) -> list[list[Hypothesis]]:
        """The hypotheses of each framed source, best first, as one batch and in input order.

        Raises:
            MemoryError: the batch does not fit.
        """


Loader = Callable[[Checkpoint, TranslationSettings, Path | None, Progress], Engine]


def _ctranslate(
    checkpoint: Checkpoint, settings: TranslationSettings, cache: Path | None, progress: Progress
) -> Engine:
    from mt.engines.ctranslate import CTranslateEngine

    return CTranslateEngine.load(checkpoint, settings, cache=cache, progress=progress)


def _transformers(
    checkpoint: Checkpoint, settings: TranslationSettings, cache: Path | None, progress: Progress
) -> Engine:
    from mt.engines.transformers import TransformersEngine

    return TransformersEngine.load(checkpoint, settings, progress=progress)


ENGINES: Final[dict[str, Loader]] = {"ctranslate2": _ctranslate, "transformers": _transformers}


def load(
    checkpoint: Checkpoint, settings: TranslationSettings, *, cache: Path | None = None, progress: Progress = SILENT
) -> Engine:
    """The engine that the settings name, with the checkpoint loaded; `auto` is the fast one, where it can be had.

    Raises:
        ModelError: the engine cannot load this checkpoint.
        UsageError: no such engine.
    """
    if settings.engine == "auto":
        return _automatic(checkpoint, settings, cache, progress)
    if settings.engine not in ENGINES:
        raise UsageError(f"no engine {settings.engine!r}", cure=f"use auto, {' or '.join(ENGINES)}")
    return ENGINES[settings.engine](checkpoint, settings, cache, progress)


def _automatic(checkpoint: Checkpoint, settings: TranslationSettings, cache: Path | None, progress: Progress) -> Engine:
    from mt.models import has_torch

    try:
        return _ctranslate(checkpoint, settings, cache, progress)
    except ModelError as error:
        if checkpoint.form == "ctranslate2" or not has_torch():
            raise
        progress.warn(f"{error}; going on with transformers, which is slower")
    return _transformers(checkpoint, settings, cache, progress)


def plan_batches(lengths: Sequence[int], budget: int) -> list[list[int]]:
    """Indices grouped so that neighbours are of like length and no batch, padding included, holds over `budget` pieces.

    The plan depends on the lengths alone: the same document gives the same batches, resumed or not. The longest come
    first, so that a machine with too little memory shows it at once.
    """
    order = sorted(range(len(lengths)), key=lambda index: (-lengths[index], index))
    batches: list[list[int]] = []
    longest = room = 0
    for index in order:
        if room < longest or not batches:
            batches.append([])
            longest = max(lengths[index], 1)
            room = max(budget, longest)
        batches[-1].append(index)
        room -= longest
    return batches


def output_limit(sources: Sequence[Sequence[str]]) -> int:
    """How many pieces an output may have before it is taken for a loop."""
    return min(3 * max(len(source) for source in sources) + 32, LONGEST_OUTPUT)
