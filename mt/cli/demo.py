"""`muwazi demo`: the main job on a bundled article, with an HTML report for each of its translations."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from corpora.errors import OutputError
from mt.cli import options
from mt.cli.console import TerminalProgress, emit, note, screen


def demo(
    output_dir: Annotated[
        Path, typer.Option("--output-dir", "-o", help="Where the article, the reports and the repairs go.")
    ] = Path("muwazi-demo"),
    config: options.Config = None,
    cache_dir: options.CacheDir = None,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
) -> None:
    """Check a bundled machine-translated article, in Arabic and in French, and repair its names.

    \b
    Example:
      muwazi demo -o muwazi-demo
    """
    from corpora.samples.catalogue import samples
    from eval.report.base import render
    from mt.config import load_settings
    from mt.models import DEMO
    from mt.pipeline import check, open_store
    from mt.repair import fix_names

    # The bundled model knows this article's kind of sentence, and little else; a model of the user's own goes first.
    settings = load_settings(config)
    if settings.translation.model is None:
        settings = replace(settings, translation=replace(settings.translation, model=DEMO))
    article = samples()[0]
    try:
        output_dir.mkdir(parents=True, exist_ok=True)
        source, *translations = article.write(output_dir)
    except OSError as error:
        raise OutputError(
            f"cannot be written ({error.strerror})", where=str(output_dir), cure="give another -o"
        ) from error
    with TerminalProgress(quiet=quiet) as progress, open_store(cache_dir, progress) as store:
        for side, path in zip(article.translations, translations, strict=True):
            others = [str(other) for other in translations if other != path]
            result = check(
                str(path), source=str(source), others=others, settings=settings, store=store, progress=progress
            )
            emit(render(result, "html"), output_dir / f"report-{side.lang}.html")
            repaired = path.with_suffix(f".fixed{path.suffix}")
            fixed = fix_names(
                str(path), repaired, source=str(source), others=others, settings=settings, progress=progress
            )
            if not quiet:
                note(f"wrote {repaired} ({fixed.changes} names repaired), {fixed.list_file}")
                width, color = screen(None)
                emit(render(result, "text", width=width, color=color), None)
    if not quiet:
        note(f"Open {output_dir / f'report-{article.translations[0].lang}.html'} in a browser.")
