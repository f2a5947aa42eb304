"""One JSON request on standard input in, COMET's scores as JSON on standard output out.

This file is run by the Python that has COMET, not by ours: it imports nothing of Muwazi's. Whatever COMET and its
dependencies print goes to standard error, so that standard output holds the answer alone.
"""

from __future__ import annotations

import json
import os
import sys
from importlib.metadata import PackageNotFoundError, version


def main() -> None:
    """Answer one request."""
    answer_to = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    request = json.load(sys.stdin)

    import torch
    from comet import download_model, load_from_checkpoint  # type: ignore[import-not-found]

    model = load_from_checkpoint(download_model(request["model"]))
    columns = [name for name in ("src", "mt", "ref") if name in request]
    rows = [dict(zip(columns, row, strict=True)) for row in zip(*(request[name] for name in columns), strict=True)]
    prediction = model.predict(rows, batch_size=8, gpus=1 if torch.cuda.is_available() else 0, progress_bar=False)
    try:
        installed = version("unbabel-comet")
    except PackageNotFoundError:
        installed = "unknown"
    json.dump({"scores": [float(score) for score in prediction.scores], "version": installed}, answer_to)
    answer_to.close()


if __name__ == "__main__":
    main()
