"""`muwazi check`: align, score and name-check one article."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from mt.cli import options
from mt.cli.console import FINISHED_WITH_FAILURES, TerminalProgress, emit, error_line, note, screen

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
    translation: Annotated[
        str, typer.Argument(help="The translated article (text, Markdown, HTML, JSON, -), or pairs (TMX, XLIFF, TSV).")
    ],
    source: options.Source = None,
    other: options.Other = None,
    retranslate: Annotated[
        Literal["forward", "back", "no"] | None,
        typer.Option(
            "--retranslate",
            help="forward: the source anew into the article's language; back: the article into the source's "
            "(default: forward where there are a source and a model).",
        ),
    ] = None,
    output: options.Output = None,
    format: Annotated[
        Format | None, typer.Option("--format", help="Default: by the output's suffix, else text.")
    ] = None,
    baseline: Annotated[
        Path | None, typer.Option("--baseline", help="JSON of an earlier check: show and gate only what is new.")
    ] = None,
    fail_under: Annotated[
        str | None, typer.Option("--fail-under", help="Gates, e.g. name_accuracy=0.98,chrf++=50: exit 3 where missed.")
    ] = None,
    lang: options.Lang = None,
    source_lang: options.SourceLang = None,
    model: options.Model = None,
    engine: options.Engine = "auto",
    config: options.Config = None,
    cache_dir: options.CacheDir = None,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
) -> None:
    """Check a translated article: aligned, scored, every corrupted name found.

    \b
    Examples:
      muwazi check article-ar.txt --source article-en.txt -o report.html
      muwazi check article-ar.txt --other article-fr.txt
      muwazi check page.html --lang ar --format json | jq .verdict
      muwazi check memory.tmx -o report.html
      muwazi check article-ar.txt --baseline last.json --fail-under name_accuracy=0.98 --format github
    """
    from eval.baseline import only_new, read_baseline
    from eval.gates import missed, parse_gates
    from eval.report.base import render
    from mt.config import load_settings
    from mt.pipeline import check as run
    from mt.pipeline import open_store

    gates = parse_gates(fail_under) if fail_under is not None else ()
    known = read_baseline(baseline) if baseline is not None else None
    settings = load_settings(config, model=model, engine=engine)
    with TerminalProgress(quiet=quiet) as progress, open_store(cache_dir, progress) as store:
        result = run(
            translation,
            source=source,
            others=other or (),
            lang=lang,
            source_lang=source_lang,
            retranslate=retranslate,
            settings=settings,
            store=store,
            progress=progress,
        )
    if known is not None:
        result = only_new(result, known, settings=settings.eval)
    width, color = screen(output)
    emit(render(result, format or report_format(output), width=width, color=color), output)
    if output is not None and not quiet:
        note(result.verdict.headline)
    failures = missed(result, gates, before=known.figures if known is not None else None)
    for failure in failures:
        error_line(str(failure))
    if failures:
        raise typer.Exit(FINISHED_WITH_FAILURES)


def report_format(output: Path | None) -> Format:
    """The report's format by the suffix of its file: text where there is no file, or the suffix says nothing."""
    return BY_SUFFIX.get(output.suffix.lower(), "text") if output is not None else "text"
