"""How the floors tell of progress without drawing it: a protocol, and the one that stays silent."""

from __future__ import annotations

from typing import Protocol


class Progress(Protocol):
    """What long work calls. Only `mt.cli` draws; everything below takes one of these."""

    def start(self, task: str, total: int | None) -> None:
        """A task of `total` steps begins (None: nobody knows how many). It ends when the next one starts."""

    def advance(self, steps: int = 1) -> None:
        """So many more steps of the current task are done."""

    def warn(self, message: str) -> None:
        """One line that the user should see although the work goes on."""


class Silent:
    """Progress that nobody watches: the default of every function that takes one."""

    def start(self, task: str, total: int | None) -> None:
        """Say nothing."""

    def advance(self, steps: int = 1) -> None:
        """Say nothing."""

    def warn(self, message: str) -> None:
        """Say nothing."""


SILENT: Progress = Silent()
