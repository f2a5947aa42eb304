"""`muwazi compare`: systems side by side, and whether their difference is more than chance."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

from mt.cli import options
from mt.cli.console import TerminalProgress, emit, screen
from mt.cli.score import Format, Reference, Seed, Sources, TargetLang


def compare(
    systems: Annotated[
        list[str], typer.Argument(metavar="A B [C...]", help="Outputs, a sentence a line; all are held against A.")
    ],
    ref: Reference = None,
    src: Sources = None,
    metrics: Annotated[
        str | None,
        typer.Option(
            "--metrics",
            help="Of bleu, chrf++, chrf, ter, names; by commas. The first one counts sentences won and lost.",
        ),
    ] = None,
    test: Annotated[
        Literal["bootstrap", "randomisation"],
        typer.Option(
            "--test", help="Paired bootstrap (1,000 resamples), or approximate randomisation (10,000 trials)."
        ),
    ] = "bootstrap",
    top: Annotated[int, typer.Option("--top", min=0, help="How many of the sentences that drive the difference.")] = 5,
    lang: TargetLang = None,
    source_lang: options.SourceLang = None,
    seed: Seed = 12345,
    format: Format = "text",
    output: options.Output = None,
    config: options.Config = None,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
) -> None:
    """Compare systems: scores, significance, sentences won and lost, and the names on which they differ.

    \b
    Examples:
      muwazi compare baseline.ar new.ar --ref reference.ar
      muwazi compare a.fr b.fr c.fr --ref reference.fr --src source.en --test randomisation
      muwazi compare a.ar b.ar --src source.en --metrics names --format json
    """
    from corpora.errors import UsageError
    from eval.contest import compare_systems
    from eval.metrics import METRICS
    from eval.report.scores import Files, Outputs, contest_json, contest_text
    from eval.scorecard import NAMES, Sampling, parse_metrics, require_texts
    from mt.config import load_settings
    from mt.lines import common_name
    from mt.pipeline import version
    from mt.scoring import default_metrics, name_tools, read_texts

    if len(systems) < 2:
        raise UsageError("one system is nothing to compare", cure="give two or more, or use muwazi score")
    asked = parse_metrics(metrics, known=(*METRICS, NAMES)) if metrics is not None else None
    names = common_name(systems)
    settings = load_settings(config)
    texts, source_path = read_texts(systems, ref=ref, src=src, lang=lang, source_lang=source_lang)
    chosen = asked or default_metrics(texts[0])
    require_texts(chosen, references=ref is not None, sources=source_path is not None)
    outputs = Outputs({name: one.hypotheses for name, one in zip(names, texts, strict=True)}, texts[0].references)
    with TerminalProgress(quiet=quiet) as progress:
        contest = compare_systems(
            outputs.systems,
            texts[0],
            metrics=chosen,
            test=test,
            names=name_tools(settings.names, systems) if NAMES in chosen else None,
            sampling=Sampling(seed=seed),
            top=top,
            progress=progress,
        )
        if output is not None or format == "json":  # the text says it itself
            for warning in contest.warnings:
                progress.warn(warning)
    files = Files(tuple(systems), ref, source_path)
    width, color = screen(output)
    if format == "json":
        emit(contest_json(contest, outputs, files, version()), output)
    else:
        emit(contest_text(contest, outputs, width=width, color=color), output)
