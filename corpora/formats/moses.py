"""Two line files in, pairs out, and back: Moses format, line n of one file translates line n of the other.

`corpus` (or `corpus.moses`) stands for the files `corpus.ar` and `corpus.fr`; without languages for `corpus.source` and
`corpus.target`. The format holds the two texts and nothing else: line breaks in them become spaces.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import zip_longest
from pathlib import Path

from corpora.errors import FormatError, UsageError
from corpora.formats.pair import UNDETERMINED, Pair
from corpora.formats.streams import lines, place

# Everything that some reader takes for the end of a line.
_BREAK = re.compile("\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_LANG = re.compile("[a-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*|source|target")


def names(path: str, source_lang: str, target_lang: str) -> tuple[str, str]:
    """The two files that a name stands for."""
    stem = path.removesuffix(".moses")
    if source_lang == target_lang:
        return f"{stem}.source", f"{stem}.target"
    return f"{stem}.{source_lang}", f"{stem}.{target_lang}"


def read(path: str, source_lang: str | None = None, target_lang: str | None = None) -> Iterator[Pair]:
    """The pairs, line by line.

    `path` is the common name, or one of the two files; the other is then looked for beside it.

    Raises:
        FormatError: one file is longer than the other.
        UsageError: it cannot be told which files are meant.
    """
    first, second, langs = _files(path, source_lang, target_lang)
    last = 0
    for left, right in zip_longest(lines(first), lines(second)):
        if left is None or right is None:
            longer, shorter = (second, first) if left is None else (first, second)
            where = place(longer, last + 1)
            raise FormatError(f"{shorter} ends here", where=where, cure="both files need the same number of lines")
        last = left[0]
        yield Pair(left[1], right[1], *langs)


def _files(path: str, source_lang: str | None, target_lang: str | None) -> tuple[str, str, tuple[str, str]]:
    stem = path.removesuffix(".moses")
    if Path(path).is_file():
        stem, _, own = path.rpartition(".")
        if source_lang is None and target_lang != own:
            source_lang = own
        elif target_lang is None and source_lang != own:
            target_lang = own
    if source_lang is None or target_lang is None:
        source_lang, target_lang = _guess(stem, source_lang, target_lang)
    first, second = names(stem, source_lang, target_lang)
    unknown = {"source": UNDETERMINED, "target": UNDETERMINED}
    return first, second, (unknown.get(source_lang, source_lang), unknown.get(target_lang, target_lang))


def _guess(stem: str, source_lang: str | None, target_lang: str | None) -> tuple[str, str]:
    """The languages that are left when one looks at what lies beside; in the order of the alphabet if both are."""
    folder, base = Path(stem).parent, Path(stem).name
    suffixes = sorted(
        file.name[len(base) + 1 :]
        for file in (folder.iterdir() if folder.is_dir() else ())
        if file.name.startswith(f"{base}.") and _LANG.fullmatch(file.name[len(base) + 1 :])
    )
    left = [suffix for suffix in suffixes if suffix not in {source_lang, target_lang}]
    missing = (source_lang is None) + (target_lang is None)
    if len(left) != missing:
        there = f"there is {', '.join(suffixes)}" if suffixes else "there is none"
        cure = f"name both languages ({there})"
        raise UsageError("it cannot be told which two files are meant", where=f"{stem}.*", cure=cure)
    chosen = iter(left)
    return source_lang or next(chosen), target_lang or next(chosen)


def dump(pairs: Iterable[Pair], source_lang: str, target_lang: str) -> Iterator[tuple[str, str]]:
    """A line for each of the two files."""
    for pair in pairs:
        yield f"{one_line(pair.source)}\n", f"{one_line(pair.target)}\n"


def one_line(text: str) -> str:
    """The text with a space for each line break; a byte order mark in front would be taken for the file's."""
    return _BREAK.sub(" ", text).lstrip("\ufeff")


def held(pair: Pair) -> Pair:
    """The pair as it comes back."""
    return Pair(one_line(pair.source), one_line(pair.target), pair.source_lang, pair.target_lang)
