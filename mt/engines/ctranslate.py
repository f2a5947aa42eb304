"""The fast engine: CTranslate2 on a converted checkpoint, int8 on a CPU, without torch.

With float32 weights and patience 2 its outputs equal those of transformers piece by piece: transformers goes on until
no unfinished hypothesis can win, which for beam b comes to the same as waiting for 2b finished ones
(`tests/mt/test_engines.py` shows it on a trained model).

Several cores work on a batch each (lanes of one thread): threads inside a batch are no faster than one at these sizes,
and could add up in another order.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any, Final, Self

from corpora.errors import ModelError
from corpora.progress import SILENT, Progress
from mt.checkpoint import Checkpoint
from mt.convert import convert
from mt.engines.base import Hypothesis, Pending, Search, output_limit
from mt.settings import TranslationSettings

NO_MEMORY: Final = ("out of memory", "bad_alloc", "failed to allocate", "CUDA_ERROR_OUT_OF_MEMORY")
# malloc.h: M_MMAP_THRESHOLD and M_TRIM_THRESHOLD
_HEAP: Final = ((-3, 32 << 20), (-1, 512 << 20))


class CTranslateEngine:
    """A converted checkpoint, loaded."""

    name = "ctranslate2"

    def __init__(self, checkpoint: Checkpoint, translator: Any, lanes: int) -> None:
        self.checkpoint = checkpoint
        self.lanes = lanes
        self._translator = translator

    @classmethod
    def load(
        cls,
        checkpoint: Checkpoint,
        settings: TranslationSettings,
        *,
        cache: Path | None = None,
        progress: Progress = SILENT,
    ) -> Self:
        """Load a checkpoint, converting it first where it is not.

        Raises:
            ModelError: it cannot be converted or loaded.
        """
        checkpoint = convert(checkpoint, settings.precision, cache=cache, progress=progress)
        import ctranslate2

        keep_freed_memory()
        device = "cuda" if ctranslate2.get_cuda_device_count() else "cpu"
        lanes = settings.threads or cores() if device == "cpu" else 1
        try:
            translator = ctranslate2.Translator(
                str(checkpoint.folder),
                device=device,
                compute_type="default" if device == "cpu" else "auto",
                inter_threads=lanes,
                intra_threads=1,
            )
        except (RuntimeError, ValueError) as error:
            raise ModelError(
                f"the converted model cannot be loaded ({error})",
                where=str(checkpoint.folder),
                cure="delete this folder: it is converted again",
            ) from error
        return cls(checkpoint, translator, lanes)

    def submit(self, sources: Sequence[Sequence[str]], target_prefix: Sequence[str], options: Search) -> Pending:
        """Queue a batch for the next lane that is free."""
        prefix = list(target_prefix)
        with self._told():
            queued = self._translator.translate_batch(
                [list(source) for source in sources],
                target_prefix=[prefix] * len(sources) if prefix else None,
                beam_size=options.beam,
                patience=options.patience if options.beam > 1 else 1,
                length_penalty=options.length_penalty,
                no_repeat_ngram_size=options.no_repeat,
                num_hypotheses=min(options.hypotheses, options.beam),
                max_input_length=0,
                max_decoding_length=output_limit(sources),
                use_vmap=options.shortlist,
                return_scores=True,
                asynchronous=True,
            )
        return partial(self._hypotheses, queued, len(prefix))

    def _hypotheses(self, queued: Sequence[Any], prefix: int) -> list[list[Hypothesis]]:
        with self._told():
            results = [one.result() for one in queued]
        return [
            [
                Hypothesis(tuple(pieces[prefix:]), float(score))
                for pieces, score in zip(result.hypotheses, result.scores, strict=True)
            ]
            for result in results
        ]

    @contextmanager
    def _told(self) -> Iterator[None]:
        """The engine's errors as ours."""
        try:
            yield
        except (RuntimeError, ValueError) as error:  # the latter where a vocabulary is not the weights'
            if any(sign in str(error) for sign in NO_MEMORY):
                raise MemoryError(str(error)) from error
            raise ModelError(
                f"the engine fails ({error})", where=str(self.checkpoint.folder), cure="convert the model again"
            ) from error


def keep_freed_memory() -> None:
    """Let glibc keep what the decoder frees at each step; it would give it to the kernel and ask for it again.

    That took a tenth of the time. For the whole process: blocks below 32 MB come from the heap, of which up to half a
    gigabyte that is free is kept. Nothing changes where the C library is another one.
    """
    if sys.platform == "linux":
        import ctypes

        mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
        if mallopt is not None:
            for option, value in _HEAP:
                mallopt(option, value)


def cores() -> int:
    """How many threads to use where nobody says: what `OMP_NUM_THREADS` allows, else every core of this process."""
    asked = os.environ.get("OMP_NUM_THREADS", "")
    if asked.isdigit() and int(asked):
        return int(asked)
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
