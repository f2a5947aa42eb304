"""Names of whole files: checked, repaired with a list of changes, and put back. What `muwazi names` runs."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from corpora.article import Article, Sentence
from corpora.errors import InputError
from corpora.progress import SILENT, Progress
from eval.names.entity import NameFinding
from mt.config import Settings
from mt.document import Document
from mt.pipeline import find_names, version, witnesses_for


@dataclass(frozen=True, slots=True)
class CheckedNames:
    """One article with its sentences and the findings about its names."""

    article: Article
    findings: tuple[NameFinding, ...]
    sentences: tuple[Sentence, ...] = ()


@dataclass(frozen=True, slots=True)
class FixedNames:
    """What a repair did: how many changes, and the files it wrote (None where it wrote to stdout)."""

    changes: int
    data: bytes
    file: Path | None
    list_file: Path | None


def check_names(
    path: str,
    *,
    source: str | None = None,
    others: Sequence[str] = (),
    lang: str | None = None,
    source_lang: str | None = None,
    settings: Settings | None = None,
    progress: Progress = SILENT,
) -> list[CheckedNames]:
    """The name findings of every article of a file (JSONL and TMX may hold several).

    Raises:
        InputError: the file cannot be read, or holds several articles while there is a source or another translation.
    """
    from corpora.readers.base import read_articles
    from corpora.sentences import split_sentences

    settings = settings or Settings()
    articles = read_articles(path, lang=lang)
    if len(articles) > 1 and (source is not None or others):
        raise InputError(
            f"holds {len(articles)} articles, and one source cannot belong to all of them",
            where=path,
            cure="leave --source and --other out, or check the articles one by one",
        )
    checked = []
    for article in articles:
        document = Document(article, tuple(split_sentences(article)))
        witnesses = witnesses_for(
            document, source=source, others=others, source_lang=source_lang, settings=settings, progress=progress
        )
        findings = find_names(document, witnesses, settings=settings, progress=progress)
        checked.append(CheckedNames(article, tuple(findings), document.sentences))
    return checked


def fix_names(
    path: str,
    target: Path | None,
    *,
    source: str | None = None,
    others: Sequence[str] = (),
    lang: str | None = None,
    source_lang: str | None = None,
    min_confidence: float = 0.9,
    only: Collection[str] = (),
    skip: Collection[str] = (),
    variants: bool = False,
    settings: Settings | None = None,
    progress: Progress = SILENT,
) -> FixedNames:
    """Repair a file's names into `target`, and write the list of changes beside it.

    With nothing to repair, `target` still gets the file's bytes, and no list is written. None as target writes nothing:
    the bytes are in the result.

    Raises:
        OutputError: the target cannot be written, or the file's encoding cannot hold a repaired name.
    """
    from corpora.files import write_atomic
    from corpora.readers.base import write_back
    from eval.names.changes import list_changes, to_json
    from eval.names.normalise import choose, repair

    checked = check_names(
        path,
        source=source,
        others=others,
        lang=lang,
        source_lang=source_lang,
        settings=settings,
        progress=progress,
    )
    chosen = [
        choose(one.findings, min_confidence=min_confidence, only=only, skip=skip, variants=variants) for one in checked
    ]
    repaired = repair([one.article for one in checked], chosen)
    if target is None:
        return FixedNames(len(repaired.changes), repaired.data, None, None)
    old = write_back([one.article for one in checked], [[] for _ in checked])  # a pipe can be read once only
    list_file = None
    if repaired.changes:
        # The list goes first: a kill between the two leaves a list that `undo` refuses, never a repair without a list.
        list_file = _free_name(target)
        changes = list_changes(target.name, Path(path).name, old, repaired.data, repaired.changes, version())
        write_atomic(list_file, to_json(changes).encode("utf-8"))
    if target != Path(path) or repaired.changes:
        write_atomic(target, repaired.data)
    return FixedNames(len(repaired.changes), repaired.data, target, list_file)


def undo_names(list_file: Path) -> Path:
    """Put the file of a change list back as it was before the repair; the list stays.

    Raises:
        InputError: the list or its file cannot be read, or the file was edited since.
    """
    from corpora.files import read_bytes, write_atomic
    from eval.names.changes import from_json, undo

    changes = from_json(read_bytes(list_file).decode("utf-8", errors="replace"), path=str(list_file))
    file = list_file.with_name(Path(changes.file).name)  # beside its list, and nowhere else, whatever the list says
    write_atomic(file, undo(changes, read_bytes(file)))
    return file


def _free_name(target: Path) -> Path:
    """Beside the target, never over the list of an earlier repair: it is the only way back."""
    names = (target.with_name(f"{target.name}.changes{'' if i == 1 else f'-{i}'}.json") for i in count(1))
    return next(name for name in names if not name.exists())
