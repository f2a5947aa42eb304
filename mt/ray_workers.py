"""A function and tasks in, results out as they come: on the machines of a Ray cluster (`pip install 'muwazi[ray]'`).

Each worker is an actor that keeps its encoder and its models from one task to the next. When a machine goes, its tasks
are given to the others, and another actor is started wherever there is room. Articles are read where they are worked
on: every machine needs them under the same path or URL, and the same version of muwazi.
"""

from __future__ import annotations

import logging
import os
import socket
from collections import Counter, deque
from collections.abc import Callable, Iterator, Sequence
from types import TracebackType
from typing import Any, Final, Self, TypeVar

from corpora.errors import MuwaziError
from mt.workers import WAITING

_DEATHS: Final = 4  # so many machines in a row do not die by chance: the task kills them
_ANSWER: Final = 10.0  # seconds
_PATIENCE: Final = 300.0  # seconds without a single worker, after which the cluster is given up

Task = TypeVar("Task")
Result = TypeVar("Result")


class RayWorkers:
    """Actors of a core each, which live as long as the block.

    Args:
        address: of the cluster's head (`host:6379`, `ray://host:10001`); None takes the one that runs on this machine.
        count: of actors; None takes every core of the cluster.

    Raises:
        MuwaziError: ray is not installed, or no cluster answers.
    """

    threads = 1

    def __init__(self, address: str | None = None, count: int | None = None) -> None:
        self._ray = _connected(address)
        self._wanted = count or max(1, int(self._ray.cluster_resources().get("CPU", 1)))
        from ray import exceptions

        self._lost = (
            exceptions.RayActorError,
            exceptions.ObjectLostError,
            exceptions.NodeDiedError,
            exceptions.WorkerCrashedError,
            exceptions.OutOfMemoryError,
        )
        self._starting: dict[Any, Any] = {}
        self._load: dict[Any, int] = {}

    def __enter__(self) -> Self:
        for _ in range(self._wanted):
            self._start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._starting.clear()
        self._load.clear()
        self._ray.shutdown()

    def wait_for_all(self) -> None:
        """Wait until every worker is up, for those who measure."""
        self._ray.get(list(self._starting))
        self._note_started(list(self._starting))

    def results(self, function: Callable[[Task], Result], tasks: Sequence[Task]) -> Iterator[tuple[int, Result]]:
        """Each task's place and result, the first to be done first; few tasks are under way at any time.

        Raises:
            MuwaziError: no worker is left, or a task takes every worker with it that it is given to.
        """
        waiting = deque(range(len(tasks)))
        under_way: dict[Any, tuple[int, Any]] = {}
        deaths: Counter[int] = Counter()
        while waiting or under_way:
            while waiting and (actor := self._freest()) is not None:
                place = waiting.popleft()
                under_way[actor.run.remote(function, tasks[place])] = place, actor
                self._load[actor] += 1
            for done in self._next([*under_way, *self._starting]):
                if done not in under_way:
                    self._note_started([done])
                    continue
                place, actor = under_way.pop(done)
                try:
                    result = self._ray.get(done)
                except self._lost as error:
                    self._replace(actor)
                    deaths[place] += 1
                    if deaths[place] == _DEATHS:
                        cure = "is there memory for one article? What is done is kept: run again"
                        raise MuwaziError(f"a task took {_DEATHS} workers with it", cure=cure) from error
                    waiting.appendleft(place)
                    continue
                self._load[actor] -= 1
                yield place, result

    def _freest(self) -> Any | None:
        """The worker with the least to do; None where all have enough, or none is up."""
        actor = min(self._load, key=self._load.__getitem__, default=None)
        return actor if actor is not None and self._load[actor] <= WAITING else None

    def _next(self, references: list[Any]) -> list[Any]:
        done: list[Any]
        done, _ = self._ray.wait(references, num_returns=1, timeout=None if self._load else _PATIENCE)
        if not done:
            cure = "look at `ray status`; what is done is kept: run again"
            raise MuwaziError("no worker of the Ray cluster is left", cure=cure)
        return done

    def _start(self) -> None:
        actor = self._ray.remote(num_cpus=1)(_Worker).remote()
        self._starting[actor.ready.remote()] = actor

    def _note_started(self, references: Sequence[Any]) -> None:
        for reference in references:
            actor = self._starting.pop(reference)
            try:
                self._ray.get(reference)
            except self._lost:
                self._start()
            else:
                self._load[actor] = 0

    def _replace(self, actor: Any) -> None:
        """Start another worker for one that died; it waits for room where there is none, and nobody waits for it."""
        if self._load.pop(actor, None) is not None:
            self._start()


class _Worker:
    """What runs on the cluster. What a task loads (encoder, models, names) stays in its process for the next one."""

    def ready(self) -> None:
        """Answer, once the process is there."""

    def run(self, function: Callable[[Any], Any], task: Any) -> Any:
        """Do a task."""
        return function(task)


def _connected(address: str | None) -> Any:
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")  # nothing is told to anyone
    try:
        import ray
    except ImportError as error:
        raise MuwaziError("ray is not installed", cure="pip install 'muwazi[ray]', on every machine") from error
    try:
        if address is not None:
            _require_answer(address)
        ray.init(address=address or "auto", log_to_driver=False, logging_level=logging.ERROR)
    except (OSError, RuntimeError, ValueError) as error:
        reason = next(iter(str(error).strip().splitlines()), type(error).__name__)
        cure = "start one with `ray start --head`, and give --address HOST:6379"
        raise MuwaziError(f"no Ray cluster answers ({reason})", where=address, cure=cure) from error
    return ray


def _require_answer(address: str) -> None:
    """Ask whether anybody listens there: Ray itself would go on asking for many minutes."""
    host, _, port = address.rpartition("://")[2].rpartition(":")
    socket.create_connection((host, int(port)), timeout=_ANSWER).close()
