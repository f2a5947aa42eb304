"""A folder in, every spelling of every name in its articles out. What `muwazi names variants` runs."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from corpora.errors import InputError, MuwaziError
from corpora.progress import SILENT, Progress
from mt.config import Settings

if TYPE_CHECKING:
    from eval.names.variants import VariantTable


@dataclass(frozen=True, slots=True)
class CorpusVariants:
    """The names of a folder's articles, and one line for each file that could not be read."""

    table: VariantTable
    failures: tuple[str, ...]


def corpus_variants(
    folder: Path,
    *,
    lang: str | None = None,
    min_count: int = 3,
    settings: Settings | None = None,
    progress: Progress = SILENT,
) -> CorpusVariants:
    """Check the names of every article below a folder, in the order of their paths, and count their spellings.

    Paths in the result are relative to the folder. A file that cannot be read is left out, and said so.

    Args:
        min_count: how often a name that the base lacks must stand there to be proposed.

    Raises:
        InputError: this is no folder, it holds no article, or none could be read.
    """
    from eval.names.mentions import read_names
    from eval.names.variants import Tally
    from mt.pipeline import knowledge
    from mt.repair import check_names

    files = _articles(folder)
    base = knowledge()
    tally = Tally(base)
    failures = []
    progress.start("reading names", len(files))
    for file in files:
        try:
            for checked in check_names(str(file), lang=lang, settings=settings):
                reading = read_names(checked.article, checked.sentences, base)
                tally.add(reading, checked.findings, path=_below(checked.article.path, folder))
        except MuwaziError as error:
            failures.append(str(error))
        progress.advance()
    if len(failures) == len(files):
        raise InputError(f"no article could be read: {failures[0]}", where=str(folder))
    return CorpusVariants(tally.table(min_count=min_count), tuple(failures))


def _articles(folder: Path) -> list[Path]:
    """The files below a folder that a reader knows, hidden ones left out."""
    from corpora.readers.base import SUFFIXES

    if not folder.is_dir():
        raise InputError("this is not a folder", where=str(folder), cure="give the folder that holds the articles")
    files = [
        file
        for file in folder.rglob("*")
        if file.suffix.lower() in SUFFIXES
        and file.is_file()
        and not any(part.startswith(".") for part in file.relative_to(folder).parts)
    ]
    if not files:
        raise InputError(
            "there is no article in this folder", where=str(folder), cure=f"it reads {', '.join(SUFFIXES)}"
        )
    return sorted(files)


def _below(path: str, folder: Path) -> str:
    file = Path(path)
    return file.relative_to(folder).as_posix() if file.is_relative_to(folder) else path
