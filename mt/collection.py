"""Many translations in, a report of each and an index of all of them out, in one process or in several.

An article's report is written as soon as it is checked, and only an `Entry` of it is kept: memory does not grow with
the articles. What is written is the same whatever the number of processes is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from os.path import commonpath
from pathlib import Path

from corpora.errors import InputError, MuwaziError, OutputError, UsageError
from corpora.progress import SILENT, Progress
from eval.collection import Entry, Failure
from eval.gates import Gate, missed
from eval.result import CheckResult
from mt.config import Settings
from mt.counterparts import counterparts, files_below
from mt.pipeline import Retranslate
from mt.sources import SourceFile
from mt.workers import Workers

PAGES = "articles"
SUFFIXES = {"html": ".html", "json": ".json", "md": ".md", "text": ".txt", "csv": ".csv", "github": ".github.txt"}


@dataclass(frozen=True, slots=True)
class Task:
    """One translation and what it is held against.

    Attributes:
        id: its path below the folder that all of them share.
        notices: what should be said about its witnesses.
    """

    id: str
    path: str
    source: str | None = None
    others: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Order:
    """How every article is checked, and what is made of its result.

    Attributes:
        pages: folder for the reports; None for none.
        formats: of the reports in `pages`; the first one is what an index links to.
        baseline: what an earlier run wrote, whose findings are known.
        listing: format of the findings that each outcome brings along, to be listed one after the other.
    """

    lang: str | None = None
    source_lang: str | None = None
    retranslate: Retranslate | None = None
    settings: Settings = field(default_factory=Settings)
    cache_dir: Path | None = None
    gates: tuple[Gate, ...] = ()
    pages: Path | None = None
    formats: tuple[str, ...] = ()
    baseline: Path | None = None
    listing: str | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of an article, and its findings as text where they were ordered."""

    kept: Entry | Failure
    listed: str = ""


def find_tasks(
    translations: Sequence[str],
    *,
    source: str | None = None,
    others: Sequence[str] = (),
    leave_out: Sequence[Path] = (),
    order: Order,
    progress: Progress = SILENT,
) -> list[Task]:
    """The articles of some files and folders, each with what it is held against, in the order of their ids.

    Args:
        source, others: files that all are held against, or folders in which each finds its own.
        leave_out: folders that are not looked into: where the reports go.

    Raises:
        InputError: no articles, or a file or folder that is not there.
        UsageError: a source folder, and no article finds its source in it.
    """
    for given in (*([source] if source is not None else []), *others):
        if not Path(given).exists():
            raise InputError("there is no such file or folder", where=given, cure="check the path")
    files = _files(translations, leave_out)
    if not files:
        raise InputError("no articles here", where=", ".join(translations), cure="give articles, or their folder")
    sources = _counterparts(files, source, order, progress) if source is not None else None
    if sources is not None and not sources:
        raise UsageError("no article finds its source there", where=source, cure="give them the same names")
    companions = [_counterparts(files, other, replace(order, source_lang=None), progress) for other in others]
    return [
        Task(
            file.id,
            file.path,
            sources.get(file.id) if sources is not None else None,
            tuple(found[file.id] for found in companions if file.id in found),
            (f"No source was found in {source}: checked without it",) if sources and file.id not in sources else (),
        )
        for file in files
    ]


def _files(translations: Sequence[str], leave_out: Sequence[Path]) -> list[SourceFile]:
    """Every file once, under its path below what all of them share."""
    paths: dict[Path, str] = {}
    for given in translations:
        folder = Path(given)
        found = [file.path for file in files_below(folder, leave_out=leave_out)] if folder.is_dir() else [given]
        paths.update((Path(path).absolute(), path) for path in found)
    if not paths:
        return []
    roots = [Path(given).absolute() for given in translations]
    root = Path(commonpath([path if path.is_dir() else path.parent for path in roots]))
    files = [SourceFile(path, place.relative_to(root).as_posix()) for place, path in paths.items()]
    readable = [
        replace(file, id=file.id.encode("utf-8", "surrogateescape").decode("utf-8", "replace")) for file in files
    ]
    return sorted(readable, key=lambda file: file.id)


def _counterparts(files: Sequence[SourceFile], given: str, order: Order, progress: Progress) -> dict[str, str]:
    return counterparts(
        files, given, lang=order.lang, given_lang=order.source_lang, settings=order.settings, progress=progress
    )


def check_all(tasks: Sequence[Task], order: Order, *, jobs: int = 1, progress: Progress = SILENT) -> Iterator[Outcome]:
    """The outcome of each task, in their order.

    Raises:
        OutputError: the folder for the reports cannot be made.
    """
    if order.pages is not None:
        try:
            order.pages.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            what = f"cannot be made ({error.strerror})"
            raise OutputError(what, where=str(order.pages), cure="give another -o") from error
    progress.start("checking articles", len(tasks))
    early: dict[int, Outcome] = {}
    place = 0
    with Workers(jobs) as workers:
        for number, outcome in workers.results(partial(_checked, order=order), tasks):
            progress.advance()
            early[number] = outcome
            while place in early:
                yield early.pop(place)
                place += 1


def _checked(task: Task, order: Order) -> Outcome:
    try:
        return _outcome(task, order)
    except MuwaziError as error:
        return Outcome(Failure(task.id, str(error).removeprefix(f"{task.path}: ")))
    except Exception as error:  # a bug must not cost the other articles
        return Outcome(Failure(task.id, f"a bug in muwazi: {type(error).__name__}: {error}"))


def _outcome(task: Task, order: Order) -> Outcome:
    from eval.report.base import render

    result, before = _only_new(_result(task, order), task, order)
    pages = [_written(result, task, format, order.pages) for format in order.formats if order.pages is not None]
    entry = Entry.of(
        result,
        task.id,
        missed=missed(result, order.gates, before=before),
        page=pages[0] if pages else None,
    )
    return Outcome(entry, render(result, order.listing) if order.listing is not None else "")


def _result(task: Task, order: Order) -> CheckResult:
    from mt.pipeline import check, open_store

    with open_store(order.cache_dir) as store:
        result = check(
            task.path,
            source=task.source,
            others=task.others,
            lang=order.lang,
            source_lang=order.source_lang,
            retranslate=order.retranslate,
            settings=order.settings,
            store=store,
        )
    return replace(result, notices=(*task.notices, *result.notices))


def _only_new(result: CheckResult, task: Task, order: Order) -> tuple[CheckResult, dict[str, float | None] | None]:
    """The result without what the baseline's run of the same article found, and that run's figures."""
    from eval.baseline import only_new, read_baseline

    if order.baseline is None:
        return result, None
    earlier = order.baseline / PAGES / f"{task.id}.json"
    if not earlier.is_file():
        return result, None
    known = read_baseline(earlier)
    return only_new(result, known, settings=order.settings.eval), dict(known.figures)


def _written(result: CheckResult, task: Task, format: str, pages: Path) -> str:
    """Write one report; its path beside the index."""
    from corpora.files import write_atomic
    from eval.report.base import render

    name = f"{task.id}{SUFFIXES[format]}"
    page = pages / PAGES / name
    page.parent.mkdir(parents=True, exist_ok=True)
    write_atomic(page, render(result, format))
    return f"{PAGES}/{name}"
