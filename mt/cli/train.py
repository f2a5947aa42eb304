"""`muwazi train`: a small translation model from sentence pairs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from corpora.errors import InputError, UsageError
from mt.cli import options
from mt.cli.console import TerminalProgress, note

if TYPE_CHECKING:
    from mt.train import TrainingPair


def train(
    files: Annotated[list[str], typer.Argument(help="Sentence pairs: TSV, CSV, JSONL, TMX, XLIFF, Moses or Parquet.")],
    output: Annotated[Path, typer.Option("--output", "-o", help="A new folder for the checkpoint.")],
    source_lang: Annotated[
        str | None, typer.Option("--from", help="Language of the sources, where the file does not say.")
    ] = None,
    to: Annotated[
        str | None, typer.Option("--to", help="Language of the targets, where the file does not say.")
    ] = None,
    both: Annotated[bool, typer.Option("--both-directions", help="Learn each pair the other way round, too.")] = False,
    steps: Annotated[int, typer.Option("--steps", min=1, help="Batches to learn from.")] = 2000,
    vocabulary: Annotated[int, typer.Option("--vocabulary", min=100, help="Sentence pieces at most.")] = 4000,
    width: Annotated[int, typer.Option("--width", min=16, help="Width of the model; a multiple of its 4 heads.")] = 192,
    layers: Annotated[int, typer.Option("--layers", min=1, help="Layers on each side.")] = 2,
    seed: Annotated[int, typer.Option("--seed", help="Same seed and pairs, same model.")] = 1,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
) -> None:
    """Train a small multi-target Marian on a CPU: for tests, demonstrations and tiny sublanguages, not for real text.

    A model of this size learns a few thousand sentences of one kind by heart. For real text take a published model
    (`muwazi models list`), or train with a toolkit made for it and give the checkpoint as --model.

    \b
    Examples:
      muwazi train pairs.tsv -o model/ --from en --to ar --both-directions
      muwazi train memory.tmx -o model/ --steps 500
    """
    from mt import train as training

    if output.exists():
        raise UsageError("the folder is there already", where=str(output), cure="name a new one")
    if width % 4:
        raise UsageError(f"--width {width} is no multiple of 4", cure=f"take {width - width % 4}")
    pairs = [pair for file in files for pair in _pairs(file, source_lang, to, both=both)]
    settings = training.TrainSettings(
        vocabulary=vocabulary, steps=steps, width=width, feed_forward=4 * width, layers=layers, seed=seed
    )
    with TerminalProgress(quiet=quiet) as progress:
        checkpoint = training.train(pairs, output, settings=settings, progress=progress)
    directions = ", ".join(sorted({f"{pair.source_lang} → {pair.target_lang}" for pair in pairs}))
    note(f"wrote {output} ({len(pairs)} pairs, {directions}; revision {checkpoint.revision})")


def _pairs(path: str, source_lang: str | None, to: str | None, *, both: bool) -> list[TrainingPair]:
    """The pairs of one file with both sides; each the other way round behind it, if that is wanted.

    Raises:
        InputError: no pairs, or a language that neither the file nor the command names.
    """
    from corpora.formats.base import read_pairs
    from corpora.formats.pair import UNDETERMINED
    from corpora.language import parse
    from mt.train import TrainingPair

    found: list[TrainingPair] = []
    for pair in read_pairs(path, source_lang=source_lang, target_lang=to):
        langs = (source_lang or pair.source_lang, to or pair.target_lang)
        if UNDETERMINED in langs:
            raise InputError("its languages are not named", where=path, cure="give --from and --to")
        if not pair.source.strip() or not pair.target.strip():
            continue
        one = TrainingPair(pair.source.strip(), pair.target.strip(), parse(langs[0]), parse(langs[1]))
        found.append(one)
        if both:
            found.append(TrainingPair(one.target, one.source, one.target_lang, one.source_lang))
    if not found:
        raise InputError("there is no pair in it", where=path, cure="a pair has a source and a target")
    return found
