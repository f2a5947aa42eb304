"""The noun for machine output: one string per input sentence, with the direction and the model that made it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Direction = Literal["forward", "back"]


@dataclass(frozen=True, slots=True)
class Translation:
    """Sentences translated by an open model, one output per input sentence, in input order.

    Attributes:
        texts: the outputs; `len(texts)` equals the number of input sentences.
        source_lang, target_lang: BCP-47 codes.
        direction: `forward` translates the source anew into the article's language (a pseudo-reference and the bridge
            for alignment); `back` translates the article into the source's language (a pseudo-source).
        model: hub id or folder name of the checkpoint.
        revision: what was loaded (a commit hash, or a hash of the weights for a local folder).
        engine: `transformers` or `ctranslate2`.
        flags: per sentence, why its output is not to be trusted; empty where nothing is wrong.
    """

    texts: tuple[str, ...]
    source_lang: str
    target_lang: str
    direction: Direction
    model: str
    revision: str
    engine: str
    flags: tuple[tuple[str, ...], ...] = ()
