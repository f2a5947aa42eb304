"""`muwazi convert`: pairs from one format into another."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from corpora.errors import InputError, UsageError
from mt.cli import options
from mt.cli.console import TerminalProgress, note

if TYPE_CHECKING:
    from corpora.formats.base import Pair
    from corpora.progress import Progress

Format = Literal["tmx", "xliff", "moses", "tsv", "csv", "jsonl", "parquet"]


def convert(
    input: Annotated[str, typer.Argument(metavar="IN", help="A file of pairs, a dataset folder, or -.")],
    output: Annotated[str, typer.Argument(metavar="OUT", help="The file to write, or -.")],
    from_format: Annotated[
        Format | None, typer.Option("--from", help="Format of IN (default: by its name or content).")
    ] = None,
    to_format: Annotated[Format | None, typer.Option("--to", help="Format of OUT (default: by its name).")] = None,
    source_lang: Annotated[
        str | None, typer.Option("--source-lang", help="Which language is the source (default: as the file says).")
    ] = None,
    target_lang: Annotated[
        str | None, typer.Option("--target-lang", help="Which language is the target (default: as the file says).")
    ] = None,
    force: options.Force = False,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
) -> None:
    """Convert pairs between TMX, XLIFF, Moses, TSV, CSV, JSONL and Parquet, in constant memory.

    \b
    Examples:
      muwazi convert memory.tmx pairs.parquet
      muwazi convert corpus.moses corpus.xlf --source-lang en --target-lang ar
      muwazi convert DATASET pairs.tmx
      zcat pairs.tsv.gz | muwazi convert - - --from tsv --to jsonl
    """
    from corpora.formats.base import dump_pairs, read_pairs, write_pairs
    from corpora.language import parse

    langs = {
        "source_lang": parse(source_lang) if source_lang else None,
        "target_lang": parse(target_lang) if target_lang else None,
    }
    if input == "-" and from_format is None:
        raise UsageError("the format of a pipe must be named", cure="give --from")
    if output == "-" and to_format is None:
        raise UsageError("the format of a pipe must be named", cure="give --to")
    if input != "-" and _same_file(input, output):
        raise UsageError("IN and OUT are the same file", where=output, cure="give OUT another name")
    if Path(input).is_dir():
        pairs = _of_dataset(Path(input), langs["source_lang"], langs["target_lang"])
    else:
        pairs = read_pairs(input, format=from_format, **langs)
    with TerminalProgress(quiet=quiet) as progress:
        watched = _watched(pairs, progress)
        if output == "-":
            for pieces in dump_pairs(to_format or "tsv", watched, **langs):
                if len(pieces) > 1:
                    raise UsageError(f"{to_format} writes several files", cure="name OUT")
                sys.stdout.buffer.write(pieces[0].encode("utf-8"))
            sys.stdout.buffer.flush()
            return
        count = write_pairs(output, watched, format=to_format, overwrite=force, **langs)
    if not quiet:
        note(f"wrote {count} pairs to {output}")


def _same_file(one: str, other: str) -> bool:
    return Path(one).exists() and Path(other).exists() and Path(one).samefile(other)


def _of_dataset(folder: Path, source_lang: str | None, target_lang: str | None) -> Iterator[Pair]:
    """The pairs of all splits of a dataset that `muwazi build` wrote, names repaired, those of the wanted languages."""
    from corpora.dataset_folder import is_dataset, pair_files
    from corpora.formats.base import read_pairs

    if not is_dataset(folder):
        raise InputError("this folder is no dataset of muwazi", where=str(folder), cure="give a file of pairs")
    for file in pair_files(folder):
        for pair in read_pairs(file):
            if source_lang in (None, pair.source_lang) and target_lang in (None, pair.target_lang):
                metadata = dict(pair.metadata)
                repaired = metadata.pop("target_repaired", pair.target)
                found = {"target_found": pair.target} if repaired != pair.target else {}
                yield replace(pair, target=repaired, metadata={**metadata, **found})


def _watched(pairs: Iterator[Pair], progress: Progress) -> Iterator[Pair]:
    progress.start("converting pairs", None)
    for pair in pairs:
        progress.advance()
        yield pair
