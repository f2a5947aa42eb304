"""Pieces in, hypotheses out: the protocol of an engine, the registry of engines, and how work is cut into batches.

To add an engine, write a class with `name`, `checkpoint`, `lanes` and `submit`, and add an entry to `ENGINES`: the
contract test then runs on it.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Protocol

from corpora.errors import ModelError, UsageError
from corpora.progress import SILENT, Progress
from mt.checkpoint import Checkpoint
from mt.settings import TranslationSettings

LONGEST_OUTPUT: Final = 512
_ENOUGH_BATCHES: Final = 4
_SMALLEST_SHARE: Final = 256  # below it a core gets through less in the same time


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


Answers = list[list[Hypothesis]]
Pending = Callable[[], Answers]
Batch = tuple[Sequence[Sequence[str]], Search]


class Engine(Protocol):
    """What runs a checkpoint.

    Attributes:
        lanes: how many batches it works on at a time; what a batch comes to does not depend on it.
    """

    name: str
    checkpoint: Checkpoint
    lanes: int

    def submit(self, sources: Sequence[Sequence[str]], target_prefix: Sequence[str], options: Search) -> Pending:
        """Take framed sources as one batch; the call that is given back waits for it.

        That call returns the hypotheses of each source, best first, in input order.

        Raises:
            MemoryError: (that call) the batch does not fit.
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


def search_all(engine: Engine, batches: Iterable[Batch], target_prefix: Sequence[str]) -> Iterator[Answers]:
    """The answers to batches, in their order; every lane of the engine is kept busy, and one batch waits.

    A batch that does not fit into memory is halved.

    Raises:
        ModelError: not even one sentence fits, or the engine fails.
    """
    under_way: deque[tuple[Batch, Pending]] = deque()
    for sources, options in batches:
        under_way.append(((sources, options), engine.submit(sources, target_prefix, options)))
        if len(under_way) > engine.lanes:
            yield _answers(engine, target_prefix, *under_way.popleft())
    while under_way:
        yield _answers(engine, target_prefix, *under_way.popleft())


def _answers(engine: Engine, target_prefix: Sequence[str], batch: Batch, pending: Pending) -> Answers:
    sources, options = batch
    try:
        return pending()
    except MemoryError as error:
        if len(sources) == 1:
            raise ModelError(
                "memory does not suffice for one sentence",
                where=engine.checkpoint.name,
                cure="use a smaller model or beam",
            ) from error
    half = len(sources) // 2
    return [
        answer
        for some in (sources[:half], sources[half:])
        for answer in _answers(engine, target_prefix, (some, options), engine.submit(some, target_prefix, options))
    ]


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


def budget_for(lengths: Sequence[int], most: int) -> int:
    """Source pieces of a batch: `most`, or less where a text would not make enough batches for several cores.

    It follows from the text alone, not from the cores that there are: another batch can give another output.
    """
    return min(most, max(-(-sum(lengths) // _ENOUGH_BATCHES), _SMALLEST_SHARE))


def output_limit(sources: Sequence[Sequence[str]]) -> int:
    """How many pieces an output may have before it is taken for a loop."""
    return min(3 * max(len(source) for source in sources) + 32, LONGEST_OUTPUT)
