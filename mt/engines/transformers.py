"""The reference engine: `generate` of transformers on PyTorch, float32. Slow on a CPU; what the fast one is held to."""

from __future__ import annotations

import logging
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from typing import Any, Final, Self

from corpora.errors import ModelError
from corpora.progress import SILENT, Progress
from mt.checkpoint import LOADING_ERRORS, Checkpoint, loading_error, vocabulary
from mt.engines.base import Hypothesis, Pending, Search, output_limit
from mt.models import TORCH_CURE
from mt.settings import TranslationSettings

NO_MEMORY: Final = ("out of memory", "can't allocate memory", "not enough memory")


class TransformersEngine:
    """A checkpoint as transformers loads it: no remote code, and pickles through `weights_only=True` alone."""

    name = "transformers"
    lanes = 1  # torch's threads are inside a batch

    def __init__(self, checkpoint: Checkpoint, model: Any, device: str = "cpu") -> None:
        self.checkpoint = checkpoint
        self.model = model.to(device).eval()
        self._device = device
        self._ids = vocabulary(checkpoint)
        self._pieces = {index: piece for piece, index in self._ids.items()}
        self._unknown = self._ids["<unk>"]

    @classmethod
    def load(cls, checkpoint: Checkpoint, settings: TranslationSettings, *, progress: Progress = SILENT) -> Self:
        """Load a checkpoint.

        Raises:
            ModelError: torch is not installed, or the weights cannot be loaded.
        """
        if checkpoint.form != "transformers":
            raise ModelError(
                "a converted model runs in ctranslate2 only", where=checkpoint.name, cure="use --engine ctranslate2"
            )
        try:
            import torch
            from transformers import AutoModelForSeq2SeqLM
        except ImportError as error:
            raise ModelError(
                "torch and transformers are not installed", where=checkpoint.name, cure=TORCH_CURE
            ) from error
        if settings.threads:
            torch.set_num_threads(settings.threads)
        if checkpoint.pickled:
            progress.warn(f"{checkpoint.name}: {checkpoint.weights[0].name} is opened with weights_only=True")
        progress.start(f"loading {checkpoint.name}", None)
        try:
            with quiet():
                model = AutoModelForSeq2SeqLM.from_pretrained(
                    str(checkpoint.folder),
                    local_files_only=True,
                    trust_remote_code=False,
                    use_safetensors=not checkpoint.pickled,
                    weights_only=True,
                    dtype=torch.float32,
                )
        except LOADING_ERRORS as error:
            raise loading_error("the weights cannot be loaded", checkpoint, error) from error
        return cls(checkpoint, model, "cuda" if torch.cuda.is_available() else "cpu")

    def submit(self, sources: Sequence[Sequence[str]], target_prefix: Sequence[str], options: Search) -> Pending:
        """Take a batch; it is searched when it is asked for."""
        return partial(self._search, sources, target_prefix, options)

    def _search(
        self, sources: Sequence[Sequence[str]], target_prefix: Sequence[str], options: Search
    ) -> list[list[Hypothesis]]:
        import torch

        rows = [[self._ids.get(piece, self._unknown) for piece in source] for source in sources]
        width = max(map(len, rows))
        pad = self.model.config.pad_token_id
        ids = torch.tensor([row + [pad] * (width - len(row)) for row in rows], device=self._device)
        mask = torch.tensor([[1] * len(row) + [0] * (width - len(row)) for row in rows], device=self._device)
        count = min(options.hypotheses, options.beam)
        try:
            with torch.inference_mode(), quiet():
                output = self.model.generate(
                    input_ids=ids, attention_mask=mask, **self._generation(sources, target_prefix, options, count)
                )
        except RuntimeError as error:
            if any(sign in str(error) for sign in NO_MEMORY):
                raise MemoryError(str(error)) from error
            raise ModelError(f"the engine fails ({error})", where=str(self.checkpoint.folder)) from error
        found = [Hypothesis(self._read(row, len(target_prefix))) for row in output.tolist()]
        return [found[start : start + count] for start in range(0, len(found), count)]

    def _generation(
        self, sources: Sequence[Sequence[str]], target_prefix: Sequence[str], options: Search, count: int
    ) -> dict[str, Any]:
        pad = self.model.config.pad_token_id
        return {
            "num_beams": options.beam,
            "num_return_sequences": count,
            # The default stopping rule, which ctranslate2's patience of 2 equals; below it, as soon as enough are done.
            "early_stopping": options.patience < 2 and options.beam > 1,
            "length_penalty": options.length_penalty,
            "no_repeat_ngram_size": options.no_repeat,
            "max_new_tokens": output_limit(sources),
            "max_length": None,
            "forced_eos_token_id": None,
            "forced_bos_token_id": self._ids[target_prefix[0]] if target_prefix else None,
            "bad_words_ids": [[pad]],
            "do_sample": False,
            "return_dict_in_generate": False,
        }

    def _read(self, row: Sequence[int], prefix: int) -> tuple[str, ...]:
        """The pieces between the decoder's start (and language token) and the end mark."""
        pieces = []
        for index in row[1 + prefix :]:
            piece = self._pieces[index]
            if piece in ("</s>", "<pad>"):
                break
            pieces.append(piece)
        return tuple(pieces)


@contextmanager
def quiet() -> Iterator[None]:
    """Keep transformers' progress bars and advice off the terminal."""
    from transformers.utils import logging as transformers_logging

    logger = logging.getLogger("transformers")
    level = logger.level
    bars = transformers_logging.is_progress_bar_enabled()
    logger.setLevel(logging.ERROR)
    transformers_logging.disable_progress_bar()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        logger.setLevel(level)
        if bars:
            transformers_logging.enable_progress_bar()
