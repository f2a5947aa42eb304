"""A function and tasks in, results out as they come: in this process, or in several that are spawned."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import get_context
from types import TracebackType
from typing import Protocol, Self, TypeVar

from corpora.errors import MuwaziError

_THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMBA_NUM_THREADS")
WAITING = 2  # tasks a worker has at hand beside the one it works on

Task = TypeVar("Task")
Result = TypeVar("Result")


class Executor(Protocol):
    """Who does the tasks: this process, others on this machine, or those of a cluster."""

    def __enter__(self) -> Self:
        """Begin."""

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """End."""

    @property
    def threads(self) -> int:
        """How many cores each worker has."""

    def results(self, function: Callable[[Task], Result], tasks: Sequence[Task]) -> Iterator[tuple[int, Result]]:
        """Each task's place and result, the first to be done first."""


class Workers:
    """Processes that live as long as the block, so that each loads its encoder once.

    They are spawned, not forked, and each gets its share of the cores. One job, or one task, needs no process.
    """

    def __init__(self, jobs: int = 1) -> None:
        self.jobs = max(1, jobs)
        self._pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if self._pool is not None:
            self._pool.shutdown(wait=kind is None, cancel_futures=True)

    @property
    def threads(self) -> int:
        """How many cores each worker has."""
        return max(1, (os.cpu_count() or 1) // self.jobs)

    def results(self, function: Callable[[Task], Result], tasks: Sequence[Task]) -> Iterator[tuple[int, Result]]:
        """Each task's place and result, the first to be done first; few tasks are under way at any time.

        Raises:
            MuwaziError: a worker died (out of memory, mostly).
        """
        if self.jobs == 1 or len(tasks) < 2:
            for place, task in enumerate(tasks):
                yield place, function(task)
            return
        under_way: dict[Future[Result], int] = {}
        waiting = iter(enumerate(tasks))
        try:
            while True:
                while len(under_way) < self.jobs * (1 + WAITING):
                    following = next(waiting, None)
                    if following is None:
                        break
                    under_way[self._started(function, following[1])] = following[0]
                if not under_way:
                    return
                for future in wait(under_way, return_when=FIRST_COMPLETED).done:
                    yield under_way.pop(future), future.result()
        except BrokenProcessPool as error:
            cure = "run again: what is done is kept; lower --jobs if memory is short"
            raise MuwaziError("a worker process died", cure=cure) from error

    def _started(self, function: Callable[[Task], Result], task: Task) -> Future[Result]:
        with _threads(self.threads):  # processes are spawned as tasks come
            if self._pool is None:
                self._pool = ProcessPoolExecutor(self.jobs, mp_context=get_context("spawn"))
            return self._pool.submit(function, task)


@contextmanager
def _threads(count: int) -> Iterator[None]:
    """What a process that starts now reads before it loads a BLAS."""
    before = {name: os.environ.get(name) for name in _THREADS}
    os.environ.update(dict.fromkeys(_THREADS, str(count)))
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value
