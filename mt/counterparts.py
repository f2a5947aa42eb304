"""Translations and a folder of what they are held against in, the counterpart of each out: by name, else by content.

Names pair where they are the same but for the suffix and a language in them: `story.txt` in both folders,
`story.ar.txt` and `story-en.md`, `ar/story.txt` and `en/story.txt`. What no name pairs is read and compared
(`alignment.pairing`).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import cache
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from corpora.errors import LanguageError, MuwaziError
from corpora.progress import SILENT, Progress
from mt.config import Settings
from mt.pairs import SUFFIXES
from mt.sources import SourceFile, find_files, primary

if TYPE_CHECKING:
    from alignment.pairing import Text

_LABEL = re.compile(r"(?P<name>.+)[._\- ](?P<lang>[A-Za-z]{2,3}(?:[-_](?:[A-Za-z]{4}|[A-Za-z]{2}))?)")
_READ = 40  # sentences of an article that are kept for comparing its content


def counterparts(
    translations: Sequence[SourceFile],
    given: str,
    *,
    lang: str | None = None,
    given_lang: str | None = None,
    settings: Settings,
    progress: Progress = SILENT,
) -> dict[str, str]:
    """The path of each translation's counterpart, by the translation's id; one without a counterpart is not in it.

    Args:
        given: a folder, or one file that all of them are held against.
        lang, given_lang: languages of translations and counterparts, where they are known.

    Raises:
        InputError: there is no such folder.
    """
    if not Path(given).is_dir():
        return {file.id: given for file in translations}
    ours = {Path(file.path).resolve() for file in translations}
    others = [file for file in files_below(Path(given)) if Path(file.path).resolve() not in ours]
    if given_lang is not None:
        others = [file for file in others if _label(file) in (None, primary(given_lang))]
    found = _by_name(translations, others, lambda file: str(_bare(file)))
    for key in (_story, _lone_story):
        left, free = _left(translations, others, found)
        found |= _by_name(left, free, key)
    left, free = _left(translations, others, found)
    return found | _by_content(left, free, lang, given_lang, settings, progress)


def files_below(folder: Path, *, leave_out: Sequence[Path] = ()) -> list[SourceFile]:
    """The articles and files of pairs below a folder, under paths that begin as the folder was given.

    Reports of ours that an earlier run left there are no articles.

    Raises:
        InputError: this is no folder.
    """
    root = folder.resolve()
    reports = [index.parent for index in folder.rglob("index.json") if _is_ours(index)]
    found, _ = find_files(
        folder, leave_out=[*leave_out, *(one for one in reports if one.resolve() != root)], also=SUFFIXES
    )
    return [replace(file, path=str(folder / Path(file.path).relative_to(root))) for file in found]


def _is_ours(index: Path) -> bool:
    """Whether a file is an index that a check of many articles wrote."""
    with suppress(OSError), index.open("rb") as file:
        return b'"schema": "muwazi.collection/' in file.read(64)
    return False


def _left(
    ours: Sequence[SourceFile], theirs: Sequence[SourceFile], found: Mapping[str, str]
) -> tuple[list[SourceFile], list[SourceFile]]:
    taken = set(found.values())
    return [file for file in ours if file.id not in found], [file for file in theirs if file.path not in taken]


def _by_name(
    ours: Sequence[SourceFile], theirs: Sequence[SourceFile], key: Callable[[SourceFile], str]
) -> dict[str, str]:
    """Pairs whose key is equal, where only one counterpart has it: translations into two languages may share one."""
    counts = Counter(key(file) for file in theirs)
    paths = {key(file): file.path for file in theirs}
    return {file.id: paths[name] for file in ours if counts[name := key(file)] == 1}


def _bare(file: SourceFile) -> PurePosixPath:
    return PurePosixPath(file.id.casefold()).with_suffix("")


def _story(file: SourceFile) -> str:
    """The name without the language in it or in a folder above it."""
    folders = [part for part in _bare(file).parts[:-1] if _language(part) is None]
    return "/".join([*folders, _unlabelled(_bare(file).name)])


def _lone_story(file: SourceFile) -> str:
    """The same without any folder."""
    return _unlabelled(_bare(file).name)


def _unlabelled(name: str) -> str:
    hit = _LABEL.fullmatch(name)
    return hit["name"] if hit and _language(hit["lang"]) is not None else name


def _label(file: SourceFile) -> str | None:
    """The language that a file's name ends with."""
    hit = _LABEL.fullmatch(_bare(file).name)
    return _language(hit["lang"]) if hit else None


@cache
def _language(piece: str) -> str | None:
    from corpora.language import parse, table

    named = {language.name.casefold(): code for code, language in table().items()}
    if (code := named.get(piece.casefold())) is not None:
        return primary(code)
    try:
        return primary(parse(piece)) if re.fullmatch(r"[A-Za-z]{2,3}(?:[-_][A-Za-z]{2,4})?", piece) else None
    except LanguageError:
        return None


def _by_content(
    ours: Sequence[SourceFile],
    theirs: Sequence[SourceFile],
    lang: str | None,
    given_lang: str | None,
    settings: Settings,
    progress: Progress,
) -> dict[str, str]:
    """Pairs whose texts translate each other; what cannot be read is left out here, and said where it is checked."""
    if not ours or not theirs:
        return {}
    from alignment.pairing import pair

    progress.start("comparing articles without a namesake", None)
    sides = [_readable(files, code) for files, code in ((theirs, given_lang), (ours, lang))]
    texts = [[text for _, text in side] for side in sides]
    pairs = pair(texts[0], texts[1], settings=settings.alignment, progress=progress)
    return {sides[1][one.target][0].id: sides[0][one.source][0].path for one in pairs}


def _readable(files: Sequence[SourceFile], lang: str | None) -> list[tuple[SourceFile, Text]]:
    from alignment.pairing import Text
    from mt.document import load

    read = []
    for file in files:
        try:
            document = load(file.path, lang=lang)
        except MuwaziError:
            continue
        read.append((file, Text(document.sentences[:_READ], document.lang)))
    return read
