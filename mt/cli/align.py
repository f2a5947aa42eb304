"""`muwazi align`: which sentences of two articles belong together."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from corpora.errors import InputError, UsageError
from mt.cli import options
from mt.cli.console import FINISHED_WITH_FAILURES, TerminalProgress, emit, error_line, note

if TYPE_CHECKING:
    from alignment.beads import Alignment
    from mt.config import Settings

Format = Literal["tsv", "json", "vecalign", "ladder", "moses", "tmx", "xliff"]


def align(
    source: Annotated[str | None, typer.Argument(help="The source text.")] = None,
    target: Annotated[str | None, typer.Argument(help="Its translation.")] = None,
    pairs: Annotated[
        str | None,
        typer.Option(
            "--pairs",
            help="Align many: a TSV without header (source, target[, source lang, target lang]); -o is a folder.",
        ),
    ] = None,
    jobs: Annotated[int, typer.Option("--jobs", "-j", min=1, help="With --pairs: how many processes.")] = 1,
    presegmented: options.Presegmented = False,
    bridge: Annotated[
        Path | None, typer.Option("--bridge", help="The source's sentences translated by a machine, a line each.")
    ] = None,
    min_score: Annotated[
        float | None,
        typer.Option("--min-score", min=0.0, max=1.0, help="Beads below it are marked; exports drop them."),
    ] = None,
    gold: Annotated[
        Path | None, typer.Option("--gold", help="Right beads ([0]:[0,1] a line): print precision, recall and F1.")
    ] = None,
    format: Annotated[
        Format | None, typer.Option("--format", help="How the beads are written (default: tsv; json with --pairs).")
    ] = None,
    output: options.Output = None,
    source_lang: options.SourceLang = None,
    target_lang: Annotated[str | None, typer.Option("--target-lang", help="Language of the translation.")] = None,
    config: options.Config = None,
    cache_dir: options.CacheDir = None,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
) -> None:
    """Align two articles sentence by sentence.

    \b
    Examples:
      muwazi align source-en.txt translation-ar.txt
      muwazi align a.txt b.txt --presegmented --format vecalign --gold gold.txt
      muwazi align a.txt b.txt --format tmx -o pairs.tmx
      muwazi align --pairs list.tsv -o aligned/ --jobs 2
    """
    from alignment.export import AlignedText, render, write
    from mt.document import load
    from mt.pipeline import align_documents, open_store, vectors_kept

    settings = _settings(config, min_score)
    if pairs is not None:
        if source is not None or bridge is not None or gold is not None or output is None or format == "moses":
            raise UsageError("--pairs goes with -o DIR, and without SOURCE, TARGET, --bridge, --gold and Moses")
        _align_many(pairs, output, format or "json", presegmented, jobs, settings, cache_dir, quiet)
        return
    if source is None or target is None:
        raise UsageError("SOURCE and TARGET are missing", cure="or give many with --pairs LIST.tsv -o DIR")
    if format == "moses" and output is None:
        raise UsageError("Moses writes two files", cure="name their stem with -o")
    with TerminalProgress(quiet=quiet) as progress:
        one = load(source, lang=source_lang, presegmented=presegmented, may_be_empty=True)
        two = load(target, lang=target_lang, presegmented=presegmented, may_be_empty=True)
        lines = _bridge(bridge, len(one.sentences))
        with open_store(cache_dir, progress) as store, vectors_kept(store, settings):
            alignment = align_documents(one, two, bridge=lines, settings=settings, progress=progress)
    if gold is not None:
        note(_accuracy(alignment, gold))
    sides = AlignedText.of(one.article, one.sentences), AlignedText.of(two.article, two.sentences)
    if output is None or str(output) == "-":
        emit(render(format or "tsv", alignment, *sides), None)
        return
    write(format or "tsv", alignment, *sides, output)
    if not quiet:
        note(f"wrote {output}")


def _align_many(
    pairs: str,
    directory: Path,
    format: Format,
    presegmented: bool,
    jobs: int,
    settings: Settings,
    cache_dir: Path | None,
    quiet: bool,
) -> None:
    from mt.batch import align_all, read_tasks

    tasks = read_tasks(pairs)
    with TerminalProgress(quiet=quiet) as progress:
        failures = align_all(
            tasks,
            directory,
            format=format,
            presegmented=presegmented,
            jobs=jobs,
            settings=settings,
            cache_dir=cache_dir,
            progress=progress,
        )
    for failure in failures:
        error_line(failure)
    if not quiet:
        note(f"aligned {len(tasks) - len(failures)} of {len(tasks)} pairs into {directory}")
    if failures:
        raise typer.Exit(FINISHED_WITH_FAILURES)


def _settings(config: Path | None, min_score: float | None) -> Settings:
    from mt.config import load_settings

    settings = load_settings(config)
    if min_score is None:
        return settings
    return replace(settings, alignment=replace(settings.alignment, min_score=min_score))


def _accuracy(alignment: Alignment, gold: Path) -> str:
    """Strict and lax scores of an alignment, a line each."""
    from alignment.scoring import read_gold, score

    found = score(((bead.source, bead.target) for bead in alignment), read_gold(gold))
    return "\n".join(
        f"{name:6}  precision {counts.precision:.4f}  recall {counts.recall:.4f}  F1 {counts.f1:.4f}"
        for name, counts in (("strict", found.strict), ("lax", found.lax))
    )


def _bridge(path: Path | None, sentences: int) -> list[str] | None:
    """The lines of a bridge file, one for each source sentence."""
    if path is None:
        return None
    from corpora.readers.base import decode_file

    lines = decode_file(path).text.removesuffix("\n").split("\n")
    if len(lines) != sentences:
        raise InputError(
            f"the bridge has {len(lines)} lines, the source {sentences} sentences",
            where=str(path),
            cure="translate the source's sentences one to one; --presegmented keeps its lines as they are",
        )
    return lines
