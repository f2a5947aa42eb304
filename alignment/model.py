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
    """A linear score and a small hidden layer over the same features, trained together inside the lattice.

    Attributes:
        scale: what each feature is divided by (features,).
        linear: weights (features,).
        hidden, bias, out: of the hidden layer (features, units), (units,), (units,).
        extend: what a gap that goes on with a run scores more.
    """

    scale: Floats
    linear: Floats
    hidden: Floats
    bias: Floats
    out: Floats
    extend: float

    def scores(self, features: Floats) -> Floats:
        """Log-odds of each edge (edges,)."""
        scaled = features / self.scale
        scores: Floats = scaled @ self.linear + np.tanh(scaled @ self.hidden + self.bias) @ self.out
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
        scale, linear, hidden, bias, out = (
            np.array(stored[name], np.float64) for name in ("scale", "linear", "hidden", "bias", "out")
        )
        return cls(scale, linear, hidden.reshape(len(FEATURES), -1), bias, out, float(stored["extend"]))


@cache
def bundled() -> Model:
    """The model that ships with the package."""
    text = (files("alignment") / "data" / WEIGHTS).read_text(encoding="utf-8")
    return Model.from_object(json.loads(text))
