"""Lists and loads the bundled samples: articles with planted name errors, and clean sentence triples.

    >>> from corpora.samples.catalogue import sample, truth
    >>> demo = sample("chip-forum")
    >>> [side.lang for side in (demo.source, *demo.translations)]
    ['en', 'ar', 'fr']
    >>> truth("chip-forum")[0].kind
    'acronym_misexpansion'

The data files are read through `importlib.resources`, so that they load from a wheel as well. `README.md` beside
this module says what they are and how they are laid out.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from corpora.article import Mark
from corpora.errors import InputError

TRIPLE_COLUMNS = ("id", "topic", "subset", "en", "ar", "fr")
TRAINING_SUBSET = "train"


@dataclass(frozen=True, slots=True)
class SampleFile:
    """One language side of a sample article.

    Attributes:
        lang: BCP-47 code.
        file: name below `articles/`; it is what `Truth.file` holds.
        format: name of the reader (`text`, `markdown`, `html`).
        sentences: its gold sentences, in order, as the reader should give them (tags and entities of HTML resolved).
        marks: one per sentence: None, or why it does not count (`repeat`, `boilerplate`).
    """

    lang: str
    file: str
    format: str
    sentences: tuple[str, ...]
    marks: tuple[Mark | None, ...]

    def data(self) -> bytes:
        """The file's bytes."""
        return (_root() / "articles" / self.file).read_bytes()

    def text(self) -> str:
        """The decoded file: for HTML with its markup."""
        return self.data().decode("utf-8")


@dataclass(frozen=True, slots=True)
class Sample:
    """A news article, and its renderings as a machine might have made them.

    Attributes:
        name: as `samples()` and `truth()` know it.
        topic: one word.
        clean: True for a hard negative: every name in it is right, and `truth(name)` is empty.
        traits: what is special about it, for people.
        source: the English original.
        translations: the Arabic and the French side.
    """

    name: str
    topic: str
    clean: bool
    traits: tuple[str, ...]
    source: SampleFile
    translations: tuple[SampleFile, ...]

    def side(self, lang: str) -> SampleFile:
        """The side in one language; InputError where there is none."""
        for candidate in (self.source, *self.translations):
            if candidate.lang == lang:
                return candidate
        raise InputError(f"the sample has no side in {lang!r}", where=self.name, cure="it has en, ar and fr")

    def write(self, directory: Path) -> list[Path]:
        """Write the sides as files into an existing directory, source first, and return their paths."""
        paths = []
        for side in (self.source, *self.translations):
            path = directory / side.file
            path.write_bytes(side.data())
            paths.append(path)
        return paths


@dataclass(frozen=True, slots=True)
class Truth:
    """One planted name error.

    Attributes:
        file, lang: the side that it stands in.
        start, end: code points of the decoded file, markup included: for text and Markdown these are offsets of
            `Article.text`, for HTML they are not; clitics outside, the fused article inside.
        surface: the name as it stands there; empty for `missing_name`, where start = end = the sentence's end.
        occurrence: the how-manieth occurrence of the surface (as a substring, from 1) in the decoded file; the same
            number holds in any text that a reader takes from the file. 0 for `missing_name`.
        sentence: index into `SampleFile.sentences`.
        kind, severity: as in the design's list of kinds.
        entity: English name; None for what is no name.
        canonical: what a repair puts in its place; None where only a person can say.
        accept: other repairs that are as good (another transliteration, the Latin form).
    """

    file: str
    lang: str
    start: int
    end: int
    surface: str
    occurrence: int
    sentence: int
    kind: str
    severity: str
    entity: str | None
    canonical: str | None
    accept: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Triple:
    """One sentence in three languages; `subset` is `train` for the few that tests train a tiny model on."""

    id: int
    topic: str
    subset: str
    en: str
    ar: str
    fr: str

    def text(self, lang: str) -> str:
        """The sentence in `en`, `ar` or `fr`; InputError for another language."""
        texts = {"en": self.en, "ar": self.ar, "fr": self.fr}
        if lang not in texts:
            raise InputError(f"the triples have no column {lang!r}", where="triples.tsv", cure="ask for en, ar or fr")
        return texts[lang]


GoldBead = tuple[tuple[int, ...], tuple[int, ...]]


@cache
def samples() -> tuple[Sample, ...]:
    """All sample articles, the demo article first."""
    return tuple(_sample(entry) for entry in _load("catalogue.json"))


def sample(name: str) -> Sample:
    """One sample by its name; InputError with the names there are."""
    for candidate in samples():
        if candidate.name == name:
            return candidate
    raise InputError(f"no sample is called {name!r}", cure="there are " + ", ".join(s.name for s in samples()))


def truth(name: str, lang: str | None = None) -> tuple[Truth, ...]:
    """The errors planted in one sample, in one of its languages or in both, in file order."""
    wanted = {side.file for side in sample(name).translations if lang in (None, side.lang)}
    return tuple(row for row in _truth() if row.file in wanted)


def gold(name: str, source: str, target: str) -> tuple[GoldBead, ...]:
    """The gold beads between two sides of a sample, as index tuples over their `sentences`.

    Every sentence of both sides is in one bead. Repeats and boilerplate stand in gap beads. Directions: `en`→`ar`,
    `en`→`fr`, `ar`→`fr`, and their mirrors.
    """
    article = sample(name)
    article.side(source), article.side(target)
    folder = _root() / "gold"
    if (ready := folder / f"{name}.{source}-{target}.vecalign").is_file():
        return _read_vecalign(ready)
    if (turned := folder / f"{name}.{target}-{source}.vecalign").is_file():
        return tuple((b, a) for a, b in _read_vecalign(turned))
    raise InputError(f"no gold alignment between {source!r} and {target!r}", where=name)


def repaired(name: str, lang: str) -> str:
    """The decoded file with every error put right that has a canonical form; variants stay as they are."""
    text = sample(name).side(lang).text()
    for row in reversed(truth(name, lang)):
        if row.severity == "error" and row.canonical is not None:
            text = text[: row.start] + row.canonical + text[row.end :]
    return text


@cache
def triples(subset: str | None = None) -> tuple[Triple, ...]:
    """The clean trilingual sentences in file order: all, or those of one subset (`train`)."""
    header, *lines = _lines(_root() / "triples.tsv")
    if tuple(header.split("\t")) != TRIPLE_COLUMNS:
        raise InputError("unexpected header", where="triples.tsv", cure="the columns are " + ", ".join(TRIPLE_COLUMNS))
    rows = (line.split("\t") for line in lines)
    every = (Triple(int(number), topic, part, en, ar, fr) for number, topic, part, en, ar, fr in rows)
    return tuple(triple for triple in every if subset in (None, triple.subset))


def _root() -> Traversable:
    return files("corpora.samples")


def _load(name: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads((_root() / name).read_text(encoding="utf-8"))
    return rows


def _lines(place: Traversable) -> list[str]:
    # Split at line feeds alone: the sentences hold bidi controls and other separators that splitlines would cut at.
    return place.read_bytes().decode("utf-8").removesuffix("\n").split("\n")


def _sample(entry: dict[str, Any]) -> Sample:
    source, *translations = (_side(side) for side in entry["files"])
    return Sample(entry["name"], entry["topic"], entry["clean"], tuple(entry["traits"]), source, tuple(translations))


def _side(entry: dict[str, Any]) -> SampleFile:
    name = entry["file"].rsplit(".", 1)[0] + ".txt"
    sentences = tuple(_lines(_root() / "sentences" / name))
    marks: Sequence[Mark | None] = [entry["marks"].get(str(index)) for index in range(len(sentences))]
    return SampleFile(entry["lang"], entry["file"], entry["format"], sentences, tuple(marks))


@cache
def _truth() -> tuple[Truth, ...]:
    return tuple(Truth(**{**row, "accept": tuple(row["accept"])}) for row in _load("truth.json"))


def _read_vecalign(place: Traversable) -> tuple[GoldBead, ...]:
    beads = []
    for line in _lines(place):
        source, target = (tuple(json.loads(side)) for side in line.split(":"))
        beads.append((source, target))
    return tuple(beads)
