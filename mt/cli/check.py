"""`muwazi check`: align, score and name-check one article."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from mt.cli import options
from mt.cli.console import TerminalProgress, emit, note, screen

Format = Literal["text", "html", "json", "md", "csv"]
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
    """
    from eval.report.base import render
    from mt.config import load_settings
    from mt.pipeline import check as run
    from mt.pipeline import open_store

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
    width, color = screen(output)
    emit(render(result, format or report_format(output), width=width, color=color), output)
    if output is not None and not quiet:
        note(result.verdict.headline)


def report_format(output: Path | None) -> Format:
    """The report's format by the suffix of its file: text where there is no file, or the suffix says nothing."""
    return BY_SUFFIX.get(output.suffix.lower(), "text") if output is not None else "text"
