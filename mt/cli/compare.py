"""`muwazi compare`: systems, or versions of one article, side by side, and whether they differ by more than chance."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

from mt.cli import options
from mt.cli.console import TerminalProgress, emit, screen
from mt.cli.score import Reference, Seed, Sources, TargetLang

Format = Literal["text", "html", "json", "md"]
_BY_SUFFIX: dict[str, Format] = {".html": "html", ".htm": "html", ".json": "json", ".md": "md", ".markdown": "md"}
_TOP, _TOP_OF_A_PAGE = 5, 200


def compare(
    systems: Annotated[
        list[str],
        typer.Argument(metavar="A B [C...]", help="Outputs, a sentence a line, or articles; all are held against A."),
    ],
    ref: Reference = None,
    src: Sources = None,
    articles: Annotated[
        bool,
        typer.Option(
            "--articles",
            help="They are versions of one article: reference and source, too, are aligned with them "
            "(without --ref and --src they are anyway).",
        ),
    ] = False,
    metrics: Annotated[
        str | None,
        typer.Option(
            "--metrics",
            help="Of bleu, chrf++, chrf, ter, names, adequacy; by commas. The first one counts sentences won and lost.",
        ),
    ] = None,
    test: Annotated[
        Literal["bootstrap", "randomisation", "both"],
        typer.Option(
            "--test", help="Paired bootstrap (1,000 resamples), approximate randomisation (10,000 trials), or both."
        ),
    ] = "bootstrap",
    top: Annotated[
        int | None,
        typer.Option("--top", min=0, help="How many of the sentences that drive the difference (5; 200 in HTML)."),
    ] = None,
    lang: TargetLang = None,
    source_lang: options.SourceLang = None,
    seed: Seed = 12345,
    format: Annotated[
        Format | None, typer.Option("--format", help="Default: by the output's suffix, else text.")
    ] = None,
    output: options.Output = None,
    config: options.Config = None,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
) -> None:
    """Compare systems, or versions of one article: scores, significance, and the names and sentences that differ.

    \b
    Examples:
      muwazi compare baseline.ar new.ar --ref reference.ar -o comparison.html
      muwazi compare a.fr b.fr c.fr --ref reference.fr --src source.en --test both
      muwazi compare a.ar b.ar --src source.en --metrics names --format json
      muwazi compare draft.txt repaired.txt --src source.txt --articles -o versions.html
      muwazi compare draft.txt repaired.txt
    """
    from alignment.encoders import get
    from corpora.errors import UsageError
    from eval.contest import compare_systems
    from eval.metrics import METRICS
    from eval.report.contest.base import Outputs, render
    from eval.report.scores import Files
    from eval.scorecard import ADEQUACY, NAMES, Sampling, parse_metrics, require_texts
    from eval.significance import Test
    from mt.config import load_settings
    from mt.lines import common_name
    from mt.pipeline import version
    from mt.scoring import compared_metrics, left_out, name_tools, read_articles, read_texts

    if len(systems) < 2:
        raise UsageError("one system is nothing to compare", cure="give two or more, or use muwazi score")
    asked = parse_metrics(metrics, known=(*METRICS, NAMES, ADEQUACY)) if metrics is not None else None
    chosen_format = format or (_BY_SUFFIX.get(output.suffix.lower(), "text") if output is not None else "text")
    names = common_name(systems)
    settings = load_settings(config)
    tests: tuple[Test, ...] = ("bootstrap", "randomisation") if test == "both" else (test,)
    with TerminalProgress(quiet=quiet) as progress:
        if articles or (ref is None and src is None):
            texts = read_articles(
                systems, ref=ref, src=src, lang=lang, source_lang=source_lang, settings=settings, progress=progress
            )
            source_path = src
        else:
            texts, source_path = read_texts(systems, ref=ref, src=src, lang=lang, source_lang=source_lang)
        first = texts[0]
        chosen = asked or compared_metrics(first)
        require_texts(chosen, references=ref is not None, sources=source_path is not None)
        if asked is None and (said := left_out(first, chosen)) is not None:
            progress.warn(said)
        encoder = get(settings.alignment.encoder) if ADEQUACY in chosen else None
        needs_names = NAMES in chosen or ADEQUACY in chosen
        outputs = Outputs(
            {name: one.hypotheses for name, one in zip(names, texts, strict=True)},
            first.references,
            first.sources,
            first.source_lang,
        )
        contest = compare_systems(
            outputs.systems,
            first,
            metrics=chosen,
            tests=tests,
            names=name_tools(settings.names, systems, encoder=encoder) if needs_names else None,
            sampling=Sampling(seed=seed),
            top=top if top is not None else _TOP_OF_A_PAGE if chosen_format == "html" else _TOP,
            progress=progress,
        )
        if output is not None or chosen_format == "json":  # the others say it themselves
            for warning in contest.warnings:
                progress.warn(warning)
    width, color = screen(output)
    files = Files(tuple(systems), ref, source_path)
    emit(render(contest, outputs, files, chosen_format, version(), width=width, color=color), output)
