"""Sources, hypotheses and references in, COMET's scores out, computed by another Python in a process of its own.

COMET's pinned dependencies clash with ours, so the user names the interpreter of an environment that has it. It
runs `comet_worker.py`, which gets one JSON request on standard input and gives one JSON answer on standard output.
"""

from __future__ import annotations

import json
import math
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from corpora.errors import ModelError, UsageError
from eval.metrics import MetricScore

MODELS: Mapping[str, str] = {"comet": "Unbabel/wmt22-comet-da"}
_WORKER = Path(__file__).with_name("comet_worker.py")
_INSTALL = "python -m venv comet && comet/bin/pip install unbabel-comet, then --comet-python comet/bin/python"


def comet(
    sources: Sequence[str],
    hypotheses: Sequence[str],
    references: Sequence[str],
    *,
    python: Path | None,
    name: str = "comet",
    bootstrap: int = 0,
    seed: int = 12345,
) -> MetricScore:
    """Score a corpus with COMET; about 0 to 1, more is better.

    Raises:
        UsageError: no interpreter was named.
        ModelError: it cannot be run, has no COMET, or cannot get the weights; the message gives its last word.
    """
    model = MODELS[name]
    if python is None:
        raise UsageError(f"{name} ({model}) needs --comet-python", cure=_INSTALL)
    request = {"model": model, "src": list(sources), "mt": list(hypotheses), "ref": list(references)}
    answer = _asked(python, request)
    scores = answer.get("scores")
    right = isinstance(scores, list) and len(scores) == len(hypotheses)
    if not right or not all(isinstance(one, int | float) and math.isfinite(one) for one in scores or ()):
        raise ModelError("COMET did not give one score a segment", where=str(python), cure="update unbabel-comet")
    segments = tuple(float(one) for one in scores or ())
    return MetricScore(
        metric=name,
        name="COMET",
        value=sum(segments) / len(segments),
        signature=f"model:{model}|comet:{answer.get('version', 'unknown')}",
        segments=segments,
        interval=_interval(segments, bootstrap, seed) if bootstrap else None,
    )


def _asked(python: Path, request: Mapping[str, Any]) -> dict[str, Any]:
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
        raise ModelError(f"COMET ({request['model']}) failed: {reason}", where=str(python), cure=_cure(reason))
    return answer


def _cure(reason: str) -> str:
    if "No module named" in reason:
        return _INSTALL
    return "its weights come from the hub: run it once with a network, or leave comet out of --metrics"


def _interval(segments: Sequence[float], samples: int, seed: int) -> tuple[float, float]:
    """95 % bootstrap interval of the mean, with the draws that the other metrics get from the same seed."""
    import numpy as np

    scores = np.asarray(segments)
    rng = np.random.default_rng(seed)
    means = np.sort(scores[rng.choice(len(scores), size=(samples, len(scores)), replace=True)].mean(axis=1))
    cut = samples // 40
    return float(means[cut]), float(means[samples - cut - 1])
