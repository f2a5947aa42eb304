"""The user's glossary file in (TSV, CSV or TBX), its terms out, and whether a translation keeps to them.

Two columns, the source's term and its translation; `|` parts several accepted translations, the first is what is
written. A header of language codes (`en<TAB>fr<TAB>ar`) makes a glossary of several directions; without it the two
columns hold for every direction. A TBX termbase has its languages; of a concept's terms the preferred one is written,
admitted ones are accepted, superseded and deprecated ones neither – but in the source they are understood.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from corpora.errors import FormatError, LanguageError
from corpora.language import parse
from corpora.script import Folded, fold, words
from corpora.tbx import is_tbx, read_tbx

_REJECTED: Final = ("superseded", "deprecated")


@dataclass(frozen=True, slots=True)
class Term:
    """One entry: what the source says, the accepted ways to say it, the one to write first, and rejected ones."""

    source: str
    targets: tuple[str, ...]
    rejected: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Glossary:
    """The rows of a glossary file, with the languages of its columns where a header names them.

    Attributes:
        deprecated: language and term of what is understood in a source, and not to be written.
    """

    rows: tuple[tuple[str, ...], ...]
    langs: tuple[str, ...] = ()
    deprecated: frozenset[tuple[str, str]] = frozenset()

    def terms(self, source_lang: str, target_lang: str) -> list[Term]:
        """The entries of one direction, the longest source first."""
        if not self.langs:
            columns = (0, 1)
        elif source_lang in self.langs and target_lang in self.langs:
            columns = (self.langs.index(source_lang), self.langs.index(target_lang))
        else:
            return []
        found = [
            term
            for row in self.rows
            if len(row) > max(columns)
            for term in self._terms(row[columns[0]], row[columns[1]], target_lang)
        ]
        return sorted(found, key=lambda term: (-len(term.source), term.source))

    def _terms(self, sources: str, targets: str, target_lang: str) -> Iterator[Term]:
        theirs = _alternatives(targets)
        accepted = tuple(target for target in theirs if (target_lang, target) not in self.deprecated)
        rejected = tuple(target for target in theirs if target not in accepted)
        if accepted:
            yield from (Term(source, accepted, rejected) for source in _alternatives(sources))


def read_glossary(path: str | Path) -> Glossary:
    """A glossary file: a TBX termbase by its name, else a table: tab-separated, or with comma or semicolon.

    Raises:
        InputError: the file cannot be read.
        FormatError: a line with one column, or what `read_tbx` refuses.
    """
    from corpora.readers.base import decode_file

    if is_tbx(path):
        return _of_termbase(path)
    text = decode_file(path).text
    first = text.lstrip("\r\n").split("\n", 1)[0]
    delimiter = "\t" if "\t" in first else ";" if first.count(";") > first.count(",") else ","
    rows: list[tuple[str, ...]] = []
    for number, row in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), 1):
        cells = tuple(cell.strip() for cell in row)
        if not any(cells) or cells[0].startswith("#"):
            continue
        if len(cells) < 2:
            cure = "write the term and its translation with a tab or comma between them"
            raise FormatError("a glossary line needs two columns", where=f"{path}, line {number}", cure=cure)
        rows.append(cells)
    langs = _header(rows[0]) if rows else ()
    return Glossary(tuple(rows[1:] if langs else rows), langs)


def mentions(text: str, wanted: str) -> list[tuple[int, int]]:
    """Where a text has a term: folded, whatever the case, from word to word."""
    folded, needle = fold(text, case=True), fold(wanted, case=True).text
    edges_left = {word.start for word in words(text)}
    edges_right = {word.end for word in words(text)}
    found = []
    for start, end in _occurrences(folded, needle):
        begin_ok = start in edges_left or not text[start].isalnum()
        end_ok = end in edges_right or not text[end - 1].isalnum()
        if begin_ok and end_ok:
            found.append((start, end))
    return found


def holds(text: str, targets: Sequence[str]) -> bool:
    """Whether a text has an accepted translation, letter by letter and in the right case."""
    return any(
        text[start:end] == target or (not target.isascii() and fold(text[start:end]).text == fold(target).text)
        for target in targets
        for start, end in mentions(text, target)
    )


def _occurrences(folded: Folded, needle: str) -> Iterator[tuple[int, int]]:
    at = folded.text.find(needle) if needle else -1
    while at >= 0:
        yield folded.span(at, at + len(needle))
        at = folded.text.find(needle, at + len(needle))


def _alternatives(cell: str) -> list[str]:
    return [one.strip() for one in cell.split("|") if one.strip()]


def _of_termbase(path: str | Path) -> Glossary:
    concepts = [concept.by_language() for concept in read_tbx(path)]
    known = [tag for tag in sorted({tag for concept in concepts for tag in concept}) if _header((tag,))]
    rows = tuple(
        tuple("|".join(dict.fromkeys(term.text for term in concept.get(tag, ()))) for tag in known)
        for concept in concepts
    )
    deprecated = frozenset(
        (parse(tag), term.text)
        for concept in concepts
        for tag in known
        for term in concept.get(tag, ())
        if term.status in _REJECTED
    )
    return Glossary(rows, tuple(parse(tag) for tag in known), deprecated)


def _header(row: Sequence[str]) -> tuple[str, ...]:
    """The languages of the columns, where the first line holds nothing but codes."""
    codes = []
    for cell in row:
        if not 2 <= len(cell) <= 8:
            return ()
        try:
            codes.append(parse(cell))
        except LanguageError:
            return ()
    return tuple(codes) if len(set(codes)) == len(codes) else ()
