"""The fourth floor's translation settings: which model, how it searches, and when a sentence is tried again."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

EngineName = Literal["auto", "transformers", "ctranslate2"]
Precision = Literal["int8", "float32"]


@dataclass(frozen=True, slots=True)
class TranslationSettings:
    """How sentences are translated; section `[translation]` of `muwazi.toml`.

    Attributes:
        model: hub id or local folder; None picks the default of the direction.
        fast: pick the smaller default model.
        engine: `auto` is ctranslate2, and transformers where a conversion is not possible.
        precision: of the weights in ctranslate2: `int8` is the fast one, `float32` equals transformers.
        beam: hypotheses kept at each step; 4 is what the models are published with, 2 takes 60 % of the time.
        scored_beam: the most of them for a re-translation that is only held against another translation.
        patience: ctranslate2 goes on until beam × patience hypotheses are finished; 2 stops as transformers does.
        length_penalty: exponent of the length that a hypothesis's score is divided by.
        shortlist: use a converted model's lexical shortlist, where it has one for the direction (`models convert
            --shortlist`).
        batch_tokens: source pieces of a batch, padding included; more of them are slower: beams outgrow the caches.
        threads: of the engine; 0 leaves it to the engine (all cores).
        retries: how many other ways a sentence that came out wrong is tried.
        max_pieces: longer sentences are cut at clause boundaries, translated in parts and joined.
    """

    model: str | None = None
    fast: bool = False
    engine: EngineName = "auto"
    precision: Precision = "int8"
    beam: int = 4
    scored_beam: int = 2
    patience: float = 2.0
    length_penalty: float = 1.0
    shortlist: bool = True
    batch_tokens: int = 512
    threads: int = 0
    retries: int = 2
    max_pieces: int = 200

    def __post_init__(self) -> None:
        for name in ("beam", "scored_beam", "batch_tokens", "max_pieces"):
            if getattr(self, name) < 1:
                raise ValueError(f"{name} must be at least 1")
        for name in ("threads", "retries"):
            if getattr(self, name) < 0:
                raise ValueError(f"{name} cannot be negative")
        if self.patience <= 0:
            raise ValueError("patience must be above 0")

    def for_scoring(self) -> TranslationSettings:
        """The settings for a re-translation that nobody reads by itself."""
        return replace(self, beam=min(self.beam, self.scored_beam))


DEFAULT = TranslationSettings()


@dataclass(frozen=True, slots=True)
class FineTuneSettings:
    """How a model learns from pairs; section `[train]` of `muwazi.toml`.

    Attributes:
        steps: batches at most; 0 leaves it to `epochs`.
        learning_rate: at its highest; 0 takes 5e-5 for a model that can translate already, 2e-3 for one that cannot.
        warmup: steps until then; it falls in a straight line afterwards.
        batch: pairs of a step, of like length.
        evaluate_every: steps between two evaluations, each of which is also a place to go on from.
        patience: evaluations without a better chrF++ after which training ends.
        dev: pairs, at most, that are evaluated on.
        max_pieces: pairs with a longer side are left out.
        threads: of torch; 0 leaves it to torch (all cores); 1 makes a run repeatable bit by bit on one kind of machine.
    """

    steps: int = 0
    epochs: float = 3.0
    learning_rate: float = 0.0
    warmup: int = 100
    batch: int = 16
    smoothing: float = 0.1
    evaluate_every: int = 500
    patience: int = 4
    dev: int = 500
    max_pieces: int = 200
    seed: int = 1
    threads: int = 0

    def __post_init__(self) -> None:
        for name in ("batch", "evaluate_every", "patience", "max_pieces"):
            if getattr(self, name) < 1:
                raise ValueError(f"{name} must be at least 1")
        if min(self.steps, self.epochs, self.learning_rate, self.warmup, self.dev, self.threads, self.smoothing) < 0:
            raise ValueError("no number here may be negative")
