"""`muwazi pair`: which translation belongs to which source."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from corpora.errors import InputError, MuwaziError
from mt.cli import options
from mt.cli.console import FINISHED_WITH_FAILURES, TerminalProgress, emit, error_line, note

if TYPE_CHECKING:
    from alignment.pairing import DocumentPair
    from mt.document import Document


def pair(
    sources: Annotated[Path, typer.Argument(metavar="DIR_A", help="Folder of the sources.")],
    targets: Annotated[Path, typer.Argument(metavar="DIR_B", help="Folder of their translations.")],
    source_lang: options.SourceLang = None,
    target_lang: Annotated[str | None, typer.Option("--target-lang", help="Language of the translations.")] = None,
    format: Annotated[
        Literal["tsv", "json"], typer.Option("--format", help="tsv is what `muwazi align --pairs` takes.")
    ] = "tsv",
    output: options.Output = None,
    config: options.Config = None,
    cache_dir: options.CacheDir = None,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
) -> None:
    """Find out by content which article of one folder translates which of the other.

    An article without a partner is in no pair. Files that cannot be read are named and left out (exit 3).

    \b
    Examples:
      muwazi pair english/ arabic/ -o list.tsv
      muwazi align --pairs list.tsv -o aligned/
    """
    from alignment.pairing import Text
    from alignment.pairing import pair as match
    from mt.config import load_settings
    from mt.pipeline import open_store, vectors_kept

    settings = load_settings(config)
    failures: list[str] = []
    with TerminalProgress(quiet=quiet) as progress:
        left = _documents(sources, source_lang, failures)
        right = _documents(targets, target_lang, failures)
        sides = [[Text(document.sentences, document.lang) for document in side] for side in (left, right)]
        with open_store(cache_dir, progress) as store, vectors_kept(store, settings):
            pairs = match(*sides, settings=settings.alignment, progress=progress)
    for failure in failures:
        error_line(failure)
    emit(_rendered(pairs, left, right, format), output)
    if not quiet:
        note(f"{len(pairs)} pairs among {len(left)} and {len(right)} articles")
    if failures:
        raise typer.Exit(FINISHED_WITH_FAILURES)


def _documents(folder: Path, lang: str | None, failures: list[str]) -> list[Document]:
    """The articles of a folder and what is below it, in the order of their paths; hidden files and links left out."""
    from mt.document import load

    if not folder.is_dir():
        raise InputError("there is no such folder", where=str(folder), cure="give a folder of articles")
    documents = []
    for path in sorted(folder.rglob("*")):
        hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
        if hidden or path.is_symlink() or not path.is_file():
            continue
        try:
            documents.append(load(str(path), lang=lang))
        except MuwaziError as error:
            failures.append(str(error))
    return documents


def _rendered(pairs: Sequence[DocumentPair], left: list[Document], right: list[Document], format: str) -> str:
    from eval.report.json import dump

    if format == "json":
        rows = [
            {
                "source": left[one.source].article.path,
                "target": right[one.target].article.path,
                "score": one.score,
            }
            for one in pairs
        ]
        return dump({"pairs": rows})
    lines = []
    for one in pairs:
        source, target = left[one.source], right[one.target]
        lines.append(f"{source.article.path}\t{target.article.path}\t{source.lang}\t{target.lang}\n")
    return "".join(lines)
