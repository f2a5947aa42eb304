"""`muwazi check`: align, score and name-check an article, or a folder of them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from mt.cli import options
from mt.cli.console import FINISHED_WITH_FAILURES, TerminalProgress, emit, error_line, note, screen

if TYPE_CHECKING:
    from mt.collection import Order

Format = Literal["text", "html", "json", "md", "csv", "github"]
BY_SUFFIX: dict[str, Format] = {
    ".html": "html",
    ".htm": "html",
    ".json": "json",
    ".md": "md",
    ".markdown": "md",
    ".csv": "csv",
}


def check(
    translations: Annotated[
        list[str],
        typer.Argument(
            metavar="TRANSLATION...",
            help="The translated article (text, Markdown, HTML, JSON, -), or pairs (TMX, XLIFF, TSV); "
            "several, or a folder, make an index with a report of each.",
        ),
    ],
    source: Annotated[
        str | None,
        typer.Option(
            "--source",
            help="The text that the article was translated from; for many, a folder: paired by name, else by content.",
        ),
    ] = None,
    other: options.Other = None,
    retranslate: Annotated[
        Literal["forward", "back", "no"] | None,
        typer.Option(
            "--retranslate",
            help="forward: the source anew into the article's language; back: the article into the source's "
            "(default: forward where there are a source and a model).",
        ),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", help="Write to this file instead of the terminal; for many, to this folder."),
    ] = None,
    format: Annotated[
        Format | None, typer.Option("--format", help="Default: by the output's suffix (html for a folder), else text.")
    ] = None,
    baseline: Annotated[
        Path | None,
        typer.Option("--baseline", help="JSON (or folder) of an earlier check: show and gate only what is new."),
    ] = None,
    fail_under: Annotated[
        str | None,
        typer.Option(
            "--fail-under", help="Gates, e.g. name_accuracy=0.98,chrf++=50, for each article: exit 3 where missed."
        ),
    ] = None,
    jobs: Annotated[int, typer.Option("--jobs", "-j", min=1, help="For many: how many processes.")] = 1,
    lang: options.Lang = None,
    source_lang: options.SourceLang = None,
    model: options.Model = None,
    engine: options.Engine = None,
    config: options.Config = None,
    cache_dir: options.CacheDir = None,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
) -> None:
    """Check a translated article, or a folder of them: aligned, scored, every corrupted name found.

    \b
    Examples:
      muwazi check article-ar.txt --source article-en.txt -o report.html
      muwazi check article-ar.txt --other article-fr.txt
      muwazi check page.html --lang ar --format json | jq .verdict
      muwazi check memory.tmx -o report.html
      muwazi check arabic/ --source english/ -o reports/ -j 2
      muwazi check article-ar.txt --baseline last.json --fail-under name_accuracy=0.98 --format github
    """
    from eval.gates import parse_gates
    from mt.collection import Order
    from mt.config import load_settings

    order = Order(
        lang=lang,
        source_lang=source_lang,
        retranslate=retranslate,
        settings=load_settings(config, model=model, engine=engine),
        cache_dir=cache_dir,
        gates=parse_gates(fail_under) if fail_under is not None else (),
        baseline=baseline,
    )
    if len(translations) > 1 or Path(translations[0]).is_dir():
        _check_many(translations, source, other or [], order, output, format, jobs, quiet)
    else:
        _check_one(translations[0], source, other or [], order, output, format or report_format(output), quiet)


def _check_one(
    translation: str,
    source: str | None,
    others: list[str],
    order: Order,
    output: Path | None,
    format: Format,
    quiet: bool,
) -> None:
    from eval.baseline import only_new, read_baseline
    from eval.gates import missed
    from eval.report.base import render
    from mt.collection import find_tasks
    from mt.pipeline import check as run
    from mt.pipeline import open_store

    if any(Path(given).is_dir() for given in (source, *others) if given is not None):
        (task,) = find_tasks([translation], source=source, others=others, order=order)
        source, others = task.source, list(task.others)
    known = read_baseline(order.baseline) if order.baseline is not None else None
    with TerminalProgress(quiet=quiet) as progress, open_store(order.cache_dir, progress) as store:
        result = run(
            translation,
            source=source,
            others=others,
            lang=order.lang,
            source_lang=order.source_lang,
            retranslate=order.retranslate,
            settings=order.settings,
            store=store,
            progress=progress,
        )
    if known is not None:
        result = only_new(result, known, settings=order.settings.eval)
    width, color = screen(output)
    emit(render(result, format, width=width, color=color), output)
    if output is not None and not quiet:
        note(result.verdict.headline)
    failures = missed(result, order.gates, before=known.figures if known is not None else None)
    for failure in failures:
        error_line(str(failure))
    if failures:
        raise typer.Exit(FINISHED_WITH_FAILURES)


def _check_many(
    translations: list[str],
    source: str | None,
    others: list[str],
    order: Order,
    directory: Path | None,
    format: Format | None,
    jobs: int,
    quiet: bool,
) -> None:
    from corpora.errors import UsageError
    from mt.cli.check_many import check_many, ordered
    from mt.collection import find_tasks

    if order.baseline is not None and not order.baseline.is_dir():
        cure = "give the folder that an earlier check of many wrote"
        raise UsageError("the baseline of many articles is a folder", where=str(order.baseline), cure=cure)
    if directory is not None and (directory.is_file() or directory.suffix.lower() in BY_SUFFIX):
        raise UsageError("many articles are many files", where=str(directory), cure="name a folder with -o DIR")
    chosen = format or ("html" if directory is not None else "text")
    order = ordered(order, chosen, directory)
    leave_out = [directory] if directory is not None else []
    with TerminalProgress(quiet=quiet) as progress:
        tasks = find_tasks(
            translations, source=source, others=others, leave_out=leave_out, order=order, progress=progress
        )
        check_many(tasks, order, format=chosen, directory=directory, jobs=jobs, quiet=quiet, progress=progress)


def report_format(output: Path | None) -> Format:
    """The report's format by the suffix of its file: text where there is no file, or the suffix says nothing."""
    return BY_SUFFIX.get(output.suffix.lower(), "text") if output is not None else "text"
