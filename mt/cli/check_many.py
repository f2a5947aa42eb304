"""`muwazi check` for many articles: a report of each, and an index of all of them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import BinaryIO

import typer

from corpora.errors import UsageError
from eval.collection import Collection, Entry, Failure
from mt.cli.console import FINISHED_WITH_FAILURES, TerminalProgress, emit, error_line, note, screen, warning_line
from mt.collection import Order, Outcome, Task, check_all

LISTED = ("csv", "github")
"""Formats that list the findings of all articles one after the other."""

_INDEX = {"html": "index.html", "json": "index.json", "md": "index.md", "csv": "index.csv", "text": "index.txt"}


def ordered(order: Order, format: str, directory: Path | None) -> Order:
    """The order with what a format needs: pages, or findings to list.

    Raises:
        UsageError: pages without a folder for them.
    """
    from dataclasses import replace

    if format in LISTED:
        return replace(order, listing=format, pages=directory)
    if directory is None:
        if format == "html":
            raise UsageError("many articles are many pages", cure="name a folder for them with -o DIR")
        return order
    # The JSON beside each page is what `--baseline` of a later run takes.
    return replace(order, pages=directory, formats=(format,) if format == "json" else (format, "json"))


def check_many(
    tasks: list[Task],
    order: Order,
    *,
    format: str,
    directory: Path | None,
    jobs: int,
    quiet: bool,
    progress: TerminalProgress,
) -> None:
    """Check them all, write what was asked for, and end with the exit code that tells how it went."""
    from eval.collection import collect
    from eval.report.collection.base import render
    from mt.pipeline import version

    kept: list[Entry | Failure] = []
    with _listing(order.listing, directory) as write:
        try:
            for outcome in check_all(tasks, order, jobs=jobs, progress=progress):
                kept.append(outcome.kept)
                write(outcome)
        finally:  # interrupted or not, what is done can be found
            entries = [one for one in kept if isinstance(one, Entry)]
            failures = [one for one in kept if isinstance(one, Failure)]
            collection = collect(entries, failures, seed=order.settings.eval.seed)
            if directory is not None and kept:
                for name in dict.fromkeys((format, "json")):
                    if name in _INDEX:
                        emit(render(collection, name, version()), directory / _INDEX[name])
    if directory is None and format not in LISTED:
        width, color = screen(None)
        emit(render(collection, format, version(), width=width, color=color), None)
    _end(collection, quiet, told=directory is not None or format != "text")


@contextmanager
def _listing(format: str | None, directory: Path | None) -> Iterator[_Writer]:
    """Where the findings of all articles go as they come: a file in the folder, or stdout."""
    from corpora.files import atomic_writer

    with ExitStack() as stack:
        file = None
        if format is not None and directory is not None:
            directory.mkdir(parents=True, exist_ok=True)
            name = "findings.csv" if format == "csv" else "annotations.txt"
            file = stack.enter_context(atomic_writer(directory / name))
        yield _Writer(format, file)


class _Writer:
    """Writes the findings of one article after the other; a header stands once."""

    def __init__(self, format: str | None, file: BinaryIO | None) -> None:
        self._format, self._file = format, file
        self._begun = False

    def __call__(self, outcome: Outcome) -> None:
        if self._format is None or not outcome.listed:
            return
        text = outcome.listed
        if self._format == "csv" and self._begun:
            text = text.partition("\n")[2]
        self._begun = True
        if self._file is not None:
            self._file.write(text.encode("utf-8"))
        else:
            emit(text, None)


def _end(collection: Collection, quiet: bool, *, told: bool) -> None:
    for failure in collection.failures:
        error_line(f"{failure.id}: {failure.reason}")
    missed = [entry for entry in collection.entries if entry.missed]
    for entry in missed:
        error_line(f"{entry.id}: {'; '.join(entry.missed)}")
    for figure in collection.unmeasured:
        error_line(f"no article has a value of {figure}, so its gate is missed")
    if not quiet:
        for said, articles in collection.notices:
            warning_line(f"{said} ({articles:,} of {len(collection.entries):,} articles)")
        if told:
            note(collection.headline)
    if not collection.entries:
        raise typer.Exit(1)
    if collection.failures or missed or collection.unmeasured:
        raise typer.Exit(FINISHED_WITH_FAILURES)
