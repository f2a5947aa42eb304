"""Sources, hypotheses and perhaps references in, COMET's scores out, computed by another Python in its own process.

COMET's pinned dependencies clash with ours, so the user names the interpreter of an environment that has it. It
runs `comet_worker.py`, which gets one JSON request on standard input and gives one JSON answer on standard output.
The calls are those of unbabel-comet 2.2.7; our tests make them to a stand-in for that package, for its weights are
gigabytes and cannot be had without the hub.
"""

from __future__ import annotations

import json
import math
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpora.errors import ModelError, UsageError
from eval.metrics import MetricScore


@dataclass(frozen=True, slots=True)
class CometModel:
    """A model on the hub: both score about 0 to 1, and more is better.

    Attributes:
        referenced: whether it takes references.
        gated: whether the hub gives the weights only to those who have accepted a licence.
    """

    name: str
    id: str
    referenced: bool = True
    gated: bool = False


MODELS: Mapping[str, CometModel] = {
    "comet": CometModel("COMET", "Unbabel/wmt22-comet-da"),
    "cometkiwi": CometModel("COMETKiwi", "Unbabel/wmt22-cometkiwi-da", referenced=False, gated=True),
}
_WORKER = Path(__file__).with_name("comet_worker.py")
_INSTALL = "python -m venv comet && comet/bin/pip install unbabel-comet, then --comet-python comet/bin/python"


def comet(
    sources: Sequence[str],
    hypotheses: Sequence[str],
    references: Sequence[str] | None,
    *,
    python: Path | None,
    name: str = "comet",
    bootstrap: int = 0,
    seed: int = 12345,
) -> MetricScore:
    """Score a corpus with one of `MODELS`; about 0 to 1, more is better.

    Raises:
        UsageError: no interpreter was named, or no references for a model that takes them.
        ModelError: it cannot be run, has no COMET, or cannot get the weights; the message gives its last word.
    """
    model = MODELS[name]
    if python is None:
        raise UsageError(f"{name} ({model.id}) needs --comet-python", cure=_INSTALL)
    request: dict[str, Any] = {"model": model.id, "src": list(sources), "mt": list(hypotheses)}
    if model.referenced:
        if references is None:
            raise UsageError(f"{name} needs references", cure="give --ref, or take cometkiwi, which needs none")
        request["ref"] = list(references)
    answer = _asked(python, request, model)
    scores = answer.get("scores")
    right = isinstance(scores, list) and len(scores) == len(hypotheses)
    if not right or not all(isinstance(one, int | float) and math.isfinite(one) for one in scores or ()):
        raise ModelError("COMET did not give one score a segment", where=str(python), cure="update unbabel-comet")
    segments = tuple(float(one) for one in scores or ())
    return MetricScore(
        metric=name,
        name=model.name,
        value=sum(segments) / len(segments),
        signature=f"model:{model.id}|comet:{answer.get('version', 'unknown')}|refs:{int(model.referenced)}|scale:0-1",
        segments=segments,
        interval=_interval(segments, bootstrap, seed) if bootstrap else None,
    )


def _asked(python: Path, request: Mapping[str, Any], model: CometModel) -> dict[str, Any]:
    try:
        # Isolated (-I), since the worker's own folder has modules of ours whose names hide COMET's.
        run = subprocess.run(
            [str(python), "-I", str(_WORKER)],
            input=json.dumps(request),
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            check=False,
        )
    except OSError as error:
        raise ModelError(f"this Python cannot be run ({error.strerror})", where=str(python), cure=_INSTALL) from error
    try:
        answer = json.loads(run.stdout)
    except ValueError:
        answer = None
    if run.returncode or not isinstance(answer, dict):
        said = [line for line in run.stderr.splitlines() if line.strip()]
        reason = said[-1].strip() if said else f"it ended with code {run.returncode} and said nothing"
        what, cure = _told(reason, model)
        raise ModelError(what, where=str(python), cure=cure)
    return answer


def _told(reason: str, model: CometModel) -> tuple[str, str]:
    """What went wrong and its cure, from COMET's last word; it calls every model that it cannot get unsupported."""
    if "No module named" in reason:
        return f"{model.name} ({model.id}) failed: {reason}", _INSTALL
    licence = f"accept the licence of {model.id} on the hub, log in there, and " if model.gated else ""
    cure = f"{licence}run it once with a network, or leave {model.name.lower()} out of --metrics"
    if "not supported by COMET" in reason:
        return f"the weights of {model.name} ({model.id}) are not on this machine, and the hub did not give them", cure
    return f"{model.name} ({model.id}) failed: {reason}", f"its weights come from the hub: {cure}"


def _interval(segments: Sequence[float], samples: int, seed: int) -> tuple[float, float]:
    """95 % bootstrap interval of the mean, with the draws that the other metrics get from the same seed."""
    import numpy as np

    scores = np.asarray(segments)
    rng = np.random.default_rng(seed)
    means = np.sort(scores[rng.choice(len(scores), size=(samples, len(scores)), replace=True)].mean(axis=1))
    cut = samples // 40
    return float(means[cut]), float(means[samples - cut - 1])
