"""`python -m mt.demo_model FOLDER`: make the demo model anew and say what it scores on held-out sentences."""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

from mt.demo_model.recipe import make, report


class _Lines:
    """Progress as a line every hundred steps."""

    def __init__(self) -> None:
        self._done = 0

    def start(self, task: str, total: int | None) -> None:
        self._done = 0
        sys.stderr.write(f"{task} ({total or '?'})\n")

    def advance(self, steps: int = 1) -> None:
        self._done += steps
        if self._done % 100 == 0:
            sys.stderr.write(f"  {self._done}, {time.process_time():.0f} CPU s\n")

    def warn(self, message: str) -> None:
        sys.stderr.write(f"{message}\n")


def main() -> None:
    """Make the model, then score it."""
    parser = argparse.ArgumentParser(prog="python -m mt.demo_model", description=__doc__)
    parser.add_argument("folder", type=Path, help="where `marian` and `int8` are written")
    parser.add_argument("--score-only", action="store_true", help="do not train: score what is there")
    arguments = parser.parse_args()
    if not arguments.score_only:
        make(arguments.folder, progress=_Lines())
    sys.stdout.write(report(arguments.folder) + "\n")


if __name__ == "__main__":
    main()
