"""`muwazi train`: a translation model from a built dataset or sentence pairs."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from corpora.errors import UsageError
from mt.cli import options
from mt.cli.console import TerminalProgress, note

if TYPE_CHECKING:
    from mt.finetune import FineTuned
    from mt.train import TrainingPair

_SIZES = "Of a model from scratch: "


def train(
    data: Annotated[
        list[str],
        typer.Argument(
            metavar="DATA...", help="Datasets of `muwazi build`, or pairs: TSV, CSV, JSONL, TMX, XLIFF, Moses, Parquet."
        ),
    ],
    output: Annotated[Path, typer.Option("--output", "-o", help="A new folder for the model.")],
    model: Annotated[
        str | None,
        typer.Option(
            "--model", help="Hub id or folder of the Marian or NLLB to train on from (default: from scratch)."
        ),
    ] = None,
    source_lang: Annotated[
        str | None, typer.Option("--from", help="Train this source language alone; of a file, where it does not say.")
    ] = None,
    to: Annotated[
        str | None, typer.Option("--to", help="Train this target language alone; of a file, where it does not say.")
    ] = None,
    both: Annotated[bool, typer.Option("--both-directions", help="Learn each pair the other way round, too.")] = False,
    steps: Annotated[int | None, typer.Option("--steps", min=1, help="Batches at most (default: 3 epochs).")] = None,
    vocabulary: Annotated[int, typer.Option("--vocabulary", min=100, help=f"{_SIZES}sentence pieces at most.")] = 4000,
    width: Annotated[int, typer.Option("--width", min=16, help=f"{_SIZES}width, a multiple of its 4 heads.")] = 192,
    layers: Annotated[int, typer.Option("--layers", min=1, help=f"{_SIZES}layers on each side.")] = 2,
    seed: Annotated[int | None, typer.Option("--seed", help="Same seed and pairs, same model.")] = None,
    config: options.Config = None,
    cache_dir: options.CacheDir = None,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
) -> None:
    """Fine-tune a translation model on a dataset, or train a small one from scratch; use it at once as --model PATH.

    A dataset's validation split (of other pairs: a twentieth, held out) says after every so many steps how good the
    model is, in chrF++ and in names that came out right; the best state is kept, and training ends when nothing gets
    better. A run that was killed goes on where it was. Settings: [train] of muwazi.toml. On a CPU, a published model
    learns some thousand pairs in hours; from scratch only a tiny sublanguage can be learned.

    \b
    Examples:
      muwazi train dataset/ --model Helsinki-NLP/opus-mt-tc-big-en-ar --from en --to ar -o model/
      muwazi train pairs.tsv -o model/ --from en --to ar --both-directions
      muwazi translate article.txt --to ar --model model/
    """
    from mt.config import load_settings
    from mt.finetune import finetune
    from mt.models import resolve
    from mt.pipeline import knowledge
    from mt.train import TrainSettings, begin
    from mt.training_pairs import gather

    if output.exists():
        raise UsageError("the folder is there already", where=str(output), cure="name a new one")
    if width % 4:
        raise UsageError(f"--width {width} is no multiple of 4", cure=f"take {width - width % 4}")
    settings = load_settings(config).train
    given = {name: value for name, value in (("steps", steps), ("seed", seed)) if value is not None}
    settings = replace(settings, **given)
    pairs, dev = gather(data, source_lang=source_lang, target_lang=to, both=both, dev=settings.dev)
    with TerminalProgress(quiet=quiet) as progress, tempfile.TemporaryDirectory(prefix="muwazi-train-") as scratch:
        if model is not None:
            start = resolve(model, cache=cache_dir)
        else:
            size = TrainSettings(
                vocabulary=vocabulary, width=width, feed_forward=4 * width, layers=layers, seed=settings.seed
            )
            start = begin(pairs, Path(scratch) / "start", size)
        done = finetune(
            start,
            pairs,
            output,
            dev=dev,
            settings=settings,
            knowledge=knowledge(),
            scratch=model is None,
            progress=progress,
        )
    if not quiet:
        note(_summary(done, output, pairs))


def _summary(done: FineTuned, output: Path, pairs: list[TrainingPair]) -> str:
    directions = ", ".join(sorted({f"{pair.source_lang} → {pair.target_lang}" for pair in pairs}))
    lines = [f"wrote {output} ({done.trained} pairs, {directions}; revision {done.checkpoint.revision})"]
    if done.left_out:
        lines.append(f"  left out  {done.left_out} pairs that are too long (train.max_pieces)")
    best = max(done.scores, key=lambda score: score.chrf, default=None)
    if best is not None:
        names = "" if best.names is None else f", names right {best.names:.3f}"
        lines.append(f"  best      step {best.step}: chrF++ {best.chrf:.2f}{names} (development pairs)")
    return "\n".join(lines)
