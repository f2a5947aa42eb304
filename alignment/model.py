"""The learned scorer of beads: weights from the file that ships, features in, log-odds and probabilities out."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np

from alignment.evidence import FEATURES
from alignment.graph import Graph, Posterior
from alignment.habits import HABITS, habits
from alignment.lattice import Floats
from corpora.errors import EncoderError

WEIGHTS = "weights.json"


@dataclass(frozen=True, slots=True)
class Scorer:
    """A score that is linear in the features.

    Attributes:
        weights: of the features as they are computed (features,).
        extend: what a gap that goes on with a run scores more.
    """

    weights: Floats
    extend: float

    def posterior(self, graph: Graph, score: Floats) -> Posterior:
        """Probability of each edge."""
        return graph.posterior(score, self.extend)

    def shown(self, graph: Graph, score: Floats) -> Floats:
        """The habits that the beads show which are sure by this score (edges, len(HABITS))."""
        probability = self.posterior(graph, score).probability
        path = graph.best_path(probability - 0.5)
        return habits(graph.edges, path, probability[path])


@dataclass(frozen=True, slots=True)
class Model:
    """Two looks at a document: `first` at its beads, `second` at the habits that the sure ones show as well.

    The weights of `first` are those of `FEATURES`, the weights of `second` those of `FEATURES` and `HABITS`.
    """

    first: Scorer
    second: Scorer

    def scores(self, features: Floats) -> Floats:
        """Log-odds of each edge for both looks (edges, 2), the second still without habits."""
        scores: Floats = features @ np.stack([self.first.weights, self.second.weights[: len(FEATURES)]], axis=1)
        return scores

    def judged(self, graph: Graph, scores: Floats) -> tuple[Posterior, Floats]:
        """What the second look says of each edge, from the scores of both: probabilities and log-odds."""
        shown = self.first.shown(graph, np.ascontiguousarray(scores[:, 0]))
        score = scores[:, 1] + shown @ self.second.weights[len(FEATURES) :]
        return self.second.posterior(graph, score), score

    @classmethod
    def from_object(cls, stored: Mapping[str, Any]) -> Model:
        """From what the weights file says.

        Raises:
            EncoderError: the weights belong to other features than this version computes.
        """
        if (tuple(stored["features"]), tuple(stored.get("habits", ()))) != (FEATURES, HABITS):
            raise EncoderError(
                "the alignment weights do not fit this version", where=WEIGHTS, cure="reinstall muwazi, or train anew"
            )
        looks = (stored["first"], stored["second"])
        return cls(*(Scorer(np.array(look["weights"], np.float64), float(look["extend"])) for look in looks))


@cache
def bundled() -> Model:
    """The model that ships with the package."""
    text = (files("alignment") / "data" / WEIGHTS).read_text(encoding="utf-8")
    return Model.from_object(json.loads(text))
