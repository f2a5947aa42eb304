"""An alignment as text: JSON with everything, the exchange formats with the beads that are kept."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from alignment.beads import Alignment, Bead
from corpora.article import Article, Sentence
from corpora.errors import UsageError
from corpora.files import atomic_writer
from corpora.formats.base import dump_pairs, write_pairs
from corpora.formats.pair import Pair


@dataclass(frozen=True, slots=True)
class AlignedText:
    """One side of an alignment as it goes into a file."""

    path: str
    lang: str
    sentences: Sequence[Sentence]

    @classmethod
    def of(cls, article: Article, sentences: Sequence[Sentence]) -> AlignedText:
        """The side that these sentences of an article are."""
        return cls(article.path, article.lang, sentences)

    def joined(self, indices: Sequence[int]) -> str:
        """Text of a bead's side, on one line."""
        return " ".join(" ".join(self.sentences[index].text.split()) for index in indices)


Renderer = Callable[[Alignment, AlignedText, AlignedText], str]


def render(format: str, alignment: Alignment, source: AlignedText, target: AlignedText) -> str:
    """The alignment in one of `FORMATS`.

    JSON keeps every bead; the other formats drop those below the minimum score.

    Raises:
        UsageError: no format has that name.
    """
    if format not in FORMATS:
        near = get_close_matches(format, FORMATS, n=2) or sorted(FORMATS)
        raise UsageError(f"unknown alignment format {format!r}", cure=f"use one of: {', '.join(near)}")
    return FORMATS[format](alignment, source, target)


def as_object(alignment: Alignment, source: AlignedText, target: AlignedText) -> dict[str, Any]:
    """What the JSON says, as an object: also a part of `check`'s JSON."""
    return {
        "source": _side(source),
        "target": _side(target),
        "beads": [
            {
                "source": list(bead.source),
                "target": list(bead.target),
                "score": bead.score,
                "kept": bead.kept,
                "crossing": bead.crossing,
            }
            for bead in alignment
        ],
        "encoder": alignment.encoder,
        "version": _version(),
    }


def _side(text: AlignedText) -> dict[str, Any]:
    sentences = [{"start": s.start, "end": s.end, "text": s.text, "mark": s.mark} for s in text.sentences]
    return {"path": text.path, "lang": text.lang, "sentences": sentences}


def _version() -> str:
    try:
        return version("muwazi")
    except PackageNotFoundError:  # run from a checkout that was never installed
        return "unknown"


def _json(alignment: Alignment, source: AlignedText, target: AlignedText) -> str:
    return json.dumps(as_object(alignment, source, target), ensure_ascii=False, indent=1) + "\n"


def _vecalign(alignment: Alignment, source: AlignedText, target: AlignedText) -> str:
    """`[0, 1]:[2]:0.83`; the third column is the bead's probability, where Vecalign writes a cost."""
    return "".join(f"{list(b.source)}:{list(b.target)}:{b.score:.4f}\n" for b in alignment if b.kept)


def _ladder(alignment: Alignment, source: AlignedText, target: AlignedText) -> str:
    """Hunalign's ladder: the rungs where beads begin, with the score of the bead that follows.

    A ladder knows neither holes nor crossings: the sides of a dropped or crossing bead stand apart in it.
    """
    rungs, i, j = [], 0, 0
    for bead in _monotone(alignment):
        rungs.append(f"{i}\t{j}\t{bead.score:.4f}\n")
        i, j = i + len(bead.source), j + len(bead.target)
    return "".join(rungs) + f"{i}\t{j}\t0\n"


def _monotone(alignment: Alignment) -> list[Bead]:
    """The beads as rungs of a ladder: what has no place on it as gaps, in the order of the source."""
    apart = [bead for bead in alignment if not bead.is_gap and (not bead.kept or bead.crossing)]
    rest = [bead for bead in alignment if bead.is_gap or (bead.kept and not bead.crossing)]
    gaps = [bead for bead in rest if bead.is_gap]
    full = [bead for bead in rest if not bead.is_gap]
    sources = sorted({i for b in apart for i in b.source} | {i for b in gaps for i in b.source})
    targets = sorted({j for b in apart for j in b.target} | {j for b in gaps for j in b.target})
    score = {("s", i): b.score for b in gaps for i in b.source} | {("t", j): b.score for b in gaps for j in b.target}
    rungs: list[Bead] = []
    for bead in [*full, None]:
        while sources and (bead is None or sources[0] < bead.source[0]):
            i = sources.pop(0)
            rungs.append(Bead((i,), (), score.get(("s", i), 0.0)))
        while targets and (bead is None or targets[0] < bead.target[0]):
            j = targets.pop(0)
            rungs.append(Bead((), (j,), score.get(("t", j), 0.0)))
        if bead is not None:
            rungs.append(bead)
    return rungs


def pairs_of(alignment: Alignment, source: AlignedText, target: AlignedText, *, gaps: bool = False) -> Iterator[Pair]:
    """The kept beads as pairs of texts; those with one side only on request."""
    for number, bead in enumerate(alignment, start=1):
        if bead.kept and (gaps or not bead.is_gap):
            left, right = source.joined(bead.source), target.joined(bead.target)
            yield Pair(left, right, source.lang, target.lang, id=str(number), score=bead.score)


def write(format: str, alignment: Alignment, source: AlignedText, target: AlignedText, path: str | Path) -> None:
    """Write the alignment into a file, whole or not at all; Moses makes two of it, named after the languages.

    Raises:
        UsageError: no format has that name.
        OutputError: the disk says no.
    """
    if format == "moses":
        pairs = pairs_of(alignment, source, target)
        write_pairs(path, pairs, format=format, source_lang=source.lang, target_lang=target.lang)
        return
    text = render(format, alignment, source, target)
    with atomic_writer(str(path)) as file:
        file.write(text.encode("utf-8", "surrogatepass"))


def _moses(alignment: Alignment, source: AlignedText, target: AlignedText) -> str:
    raise UsageError("Moses writes two files", cure="name their stem with -o")


def _as_pairs(format: str, *, gaps: bool = False) -> Renderer:
    def rendered(alignment: Alignment, source: AlignedText, target: AlignedText) -> str:
        pairs = pairs_of(alignment, source, target, gaps=gaps)
        pieces = dump_pairs(format, pairs, source_lang=source.lang, target_lang=target.lang)
        return "".join(piece for (piece,) in pieces)

    return rendered


# To add a format, add an entry.
FORMATS: dict[str, Renderer] = {
    "tsv": _as_pairs("tsv", gaps=True),
    "json": _json,
    "vecalign": _vecalign,
    "ladder": _ladder,
    "moses": _moses,
    "tmx": _as_pairs("tmx"),
    "xliff": _as_pairs("xliff"),
}
