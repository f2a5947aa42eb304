"""`muwazi score`: how close an output is to its reference, and how many names it has right."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from mt.cli import options
from mt.cli.console import TerminalProgress, emit, screen

Reference = Annotated[str | None, typer.Option("--ref", help="The references: a sentence a line, or a file of pairs.")]
Sources = Annotated[str | None, typer.Option("--src", help="What was translated, a line for each hypothesis.")]
TargetLang = Annotated[
    str | None, typer.Option("--lang", help="Language of hypotheses and references (default: detected).")
]
Seed = Annotated[int, typer.Option("--seed", min=0, help="Where chance starts from.")]
Format = Annotated[Literal["text", "json"], typer.Option("--format", help="How the scores are shown.")]


def score(
    hypotheses: Annotated[
        str, typer.Argument(metavar="HYP", help="The output: a sentence a line (or -), or a file of pairs.")
    ],
    ref: Reference = None,
    src: Sources = None,
    metrics: Annotated[
        str | None,
        typer.Option(
            "--metrics",
            help="Of bleu, chrf++, chrf, ter, comet, cometkiwi, names; by commas (default: all but the comets).",
        ),
    ] = None,
    lang: TargetLang = None,
    source_lang: options.SourceLang = None,
    bootstrap: Annotated[
        int, typer.Option("--bootstrap", min=0, help="Resamples for the 95 % intervals; 0 for none.")
    ] = 1000,
    seed: Seed = 12345,
    comet_python: Annotated[
        Path | None,
        typer.Option(
            "--comet-python",
            help="Python of an environment that has unbabel-comet: comet is Unbabel/wmt22-comet-da, cometkiwi "
            "Unbabel/wmt22-cometkiwi-da, which needs no --ref. (Our tests drive a stand-in for that package.)",
        ),
    ] = None,
    format: Format = "text",
    output: options.Output = None,
    config: options.Config = None,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
) -> None:
    """Score an output against references, line by line, with sacrebleu's signatures and 95 % intervals.

    `names` is the share of the source's names that came out in an accepted form; it needs --src and no --ref.

    \b
    Examples:
      muwazi score system.ar --ref reference.ar
      muwazi score system.ar --ref reference.ar --src source.en --metrics chrf++,names
      muwazi score system.ar --ref pairs.tmx --format json -o scores.json
      muwazi score system.ar --ref reference.ar --src source.en --metrics comet --comet-python comet/bin/python
      muwazi score system.ar --src source.en --metrics cometkiwi,names --comet-python comet/bin/python
    """
    from eval.report.scores import Files, score_json, score_text
    from eval.scorecard import NAMES, Sampling, parse_metrics, require_texts, scorecard
    from mt.config import load_settings
    from mt.pipeline import version
    from mt.scoring import default_metrics, left_out, name_tools, read_texts

    asked = parse_metrics(metrics) if metrics is not None else None
    settings = load_settings(config)
    (texts,), source_path = read_texts([hypotheses], ref=ref, src=src, lang=lang, source_lang=source_lang)
    chosen = asked or default_metrics(texts)
    require_texts(chosen, references=ref is not None, sources=source_path is not None)
    with TerminalProgress(quiet=quiet) as progress:
        if asked is None and (said := left_out(texts, chosen)) is not None:
            progress.warn(said)
        card = scorecard(
            texts,
            metrics=chosen,
            names=name_tools(settings.names, [hypotheses]) if NAMES in chosen else None,
            comet_python=comet_python,
            sampling=Sampling(bootstrap, seed),
            progress=progress,
        )
        if output is not None or format == "json":  # the text says it itself
            for warning in card.warnings:
                progress.warn(warning)
    files = Files((hypotheses,), ref, source_path)
    width, color = screen(output)
    as_json = format == "json"
    emit(score_json(card, files, version()) if as_json else score_text(card, files, width=width, color=color), output)
