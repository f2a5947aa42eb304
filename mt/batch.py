"""A list of article pairs in, one alignment file a pair out: many alignments in one process, or in several."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path

from corpora.errors import FormatError, MuwaziError, OutputError
from corpora.progress import SILENT, Progress, Silent
from mt.config import Settings
from mt.workers import Workers

SUFFIXES = {"tsv": "tsv", "json": "json", "vecalign": "vecalign", "ladder": "ladder", "tmx": "tmx", "xliff": "xlf"}
"""How the outputs of each format are called; Moses, with two files a pair, is none of them."""


@dataclass(frozen=True, slots=True)
class Task:
    """One row of the list: paths of both sides, and their languages where the row gives them."""

    number: int
    source: str
    target: str
    source_lang: str | None = None
    target_lang: str | None = None


class Heard(Silent):
    """Progress that keeps the warnings: a worker has no terminal of its own."""

    def __init__(self) -> None:
        self.warnings: list[str] = []

    def warn(self, message: str) -> None:
        """Keep it."""
        self.warnings.append(message)


def read_tasks(path: str) -> list[Task]:
    """The rows of a list without header: source path, target path[, source language, target language].

    Relative paths start from the working directory.

    Raises:
        FormatError: a row with another number of columns, with its line.
    """
    from corpora.readers.base import decode_file

    tasks: list[Task] = []
    for line, row in enumerate(decode_file(path).text.split("\n"), start=1):
        cells = [cell.strip() for cell in row.rstrip("\r").split("\t")]
        if cells == [""]:
            continue
        if not 2 <= len(cells) <= 4 or not all(cells[:2]):
            raise FormatError(
                f"{len(cells)} columns", where=f"{path}:{line}", cure="source, target[, source lang, target lang]"
            )
        langs = [cell or None for cell in cells[2:]] + [None, None]
        tasks.append(Task(len(tasks), cells[0], cells[1], langs[0], langs[1]))
    return tasks


def align_all(
    tasks: list[Task],
    directory: Path,
    *,
    format: str = "json",
    presegmented: bool = False,
    jobs: int = 1,
    settings: Settings | None = None,
    cache_dir: Path | None = None,
    progress: Progress = SILENT,
) -> list[str]:
    """Align every pair into `directory/00000.json` …, and return one line for each that failed.

    `progress` hears the warnings of each pair, in the order in which the pairs are done. The files are the same
    whatever `jobs` is. Workers are spawned, each with its share of the cores.

    Raises:
        OutputError: the directory cannot be made.
    """
    try:
        directory.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(f"cannot be made ({error.strerror})", where=str(directory), cure="give another -o") from error
    work = partial(
        _align,
        directory=directory,
        format=format,
        presegmented=presegmented,
        settings=settings or Settings(),
        cache_dir=cache_dir,
    )
    progress.start("aligning pairs", len(tasks))
    failures: dict[int, str] = {}
    with Workers(jobs) as workers:
        for place, (failure, warnings) in workers.results(work, tasks):
            progress.advance()
            for warning in warnings:
                progress.warn(f"pair {tasks[place].number}: {warning}")
            if failure is not None:
                failures[place] = failure
    return [failures[place] for place in sorted(failures)]


def _align(
    task: Task, *, directory: Path, format: str, presegmented: bool, settings: Settings, cache_dir: Path | None
) -> tuple[str | None, list[str]]:
    """Write one pair's alignment; what failed, if anything did, and what the user should be warned of."""
    from alignment.export import AlignedText, write
    from mt.document import load
    from mt.pipeline import align_documents, open_store, vectors_kept

    heard = Heard()
    try:
        one = load(task.source, lang=task.source_lang, presegmented=presegmented, may_be_empty=True)
        two = load(task.target, lang=task.target_lang, presegmented=presegmented, may_be_empty=True)
        with open_store(cache_dir) as store, vectors_kept(store, settings):
            alignment = align_documents(one, two, settings=settings, progress=heard)
        sides = AlignedText.of(one.article, one.sentences), AlignedText.of(two.article, two.sentences)
        write(format, alignment, *sides, directory / f"{task.number:05d}.{SUFFIXES[format]}")
    except MuwaziError as error:
        return f"pair {task.number}: {error}", heard.warnings
    return None, heard.warnings
