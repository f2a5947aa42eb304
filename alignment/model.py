"""The learned scorer of beads: weights from the file that ships, features in, log-odds out."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np

from alignment.evidence import FEATURES
from alignment.lattice import Floats
from corpora.errors import EncoderError

WEIGHTS = "weights.json"


@dataclass(frozen=True, slots=True)
class Model:
    """A score that is linear in the features.

    Attributes:
        scale: what each feature is divided by (features,).
        linear: weights (features,).
        extend: what a gap that goes on with a run scores more.
    """

    scale: Floats
    linear: Floats
    extend: float

    def scores(self, features: Floats) -> Floats:
        """Log-odds of each edge (edges,)."""
        scores: Floats = features @ (self.linear / self.scale)
        return scores

    @classmethod
    def from_object(cls, stored: Mapping[str, Any]) -> Model:
        """From what the weights file says.

        Raises:
            EncoderError: the weights belong to other features than this version computes.
        """
        if tuple(stored["features"]) != FEATURES:
            raise EncoderError(
                "the alignment weights do not fit this version", where=WEIGHTS, cure="reinstall muwazi, or train anew"
            )
        scale, linear = (np.array(stored[name], np.float64) for name in ("scale", "linear"))
        return cls(scale, linear, float(stored["extend"]))


@cache
def bundled() -> Model:
    """The model that ships with the package."""
    text = (files("alignment") / "data" / WEIGHTS).read_text(encoding="utf-8")
    return Model.from_object(json.loads(text))
