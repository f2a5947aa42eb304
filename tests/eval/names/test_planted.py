"""The bundled samples hold errors with known truth: what of it is found, and what else is called wrong.

The samples are for the demo and for this test, not for tuning: the bounds are what must not get lost, not a target.
`tests/benchmarks/names.py` measures.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from alignment.align import align
from corpora.article import Article, Sentence
from corpora.readers.base import read_article
from corpora.samples.catalogue import Sample, SampleFile, Truth, samples, truth
from corpora.sentences import split_sentences
from eval.names.detect import find_names
from eval.names.entity import NameFinding
from eval.result import Witness


@dataclass
class Tally:
    """What was planted, what of it was found, and every other error that was reported."""

    planted: list[Truth] = field(default_factory=list)
    found: list[Truth] = field(default_factory=list)
    repaired: list[Truth] = field(default_factory=list)
    reported: int = 0
    false: list[str] = field(default_factory=list)

    @property
    def recall(self) -> float:
        return len(self.found) / len(self.planted)

    @property
    def precision(self) -> float:
        return 1 - len(self.false) / self.reported

    @property
    def canonical(self) -> float:
        """Share of the found ones whose repair is right, of those that have one."""
        repairable = [row for row in self.found if row.canonical is not None]
        return sum(row in self.repaired for row in repairable) / len(repairable)


@cache
def tally(with_source: bool) -> Tally:
    result = Tally()
    with TemporaryDirectory() as folder:
        for sample in samples():
            sample.write(Path(folder))
            for side in sample.translations:
                _count(sample, side, Path(folder), with_source, result)
    return result


def _count(sample: Sample, side: SampleFile, folder: Path, with_source: bool, result: Tally) -> None:
    article, sentences = _read(folder / side.file)
    witnesses = [_witness(folder / sample.source.file, article, sentences)] if with_source else []
    errors = [f for f in find_names(article, sentences, witnesses) if f.severity == "error"]
    rows = list(truth(sample.name, side.lang))
    result.reported += len(errors)
    for row in rows:
        if row.severity == "error":
            hits = [finding for finding in errors if _meets(row, finding, article, side)]
            result.planted.append(row)
            result.found += [row] if hits else []
            result.repaired += [row] if any(f.canonical in {row.canonical, *row.accept} for f in hits) else []
    result.false += [
        f"{side.file} {finding.kind} {finding.surface!r} → {finding.canonical!r}"
        for finding in errors
        if not any(_meets(row, finding, article, side) for row in rows)
    ]


def _read(path: Path) -> tuple[Article, list[Sentence]]:
    article = read_article(path)
    return article, split_sentences(article)


def _witness(path: Path, article: Article, sentences: list[Sentence]) -> Witness:
    source, theirs = _read(path)
    alignment = align(theirs, sentences, source_lang=source.lang, target_lang=article.lang)
    return Witness("source", source, tuple(theirs), alignment)


def _meets(row: Truth, finding: NameFinding, article: Article, side: SampleFile) -> bool:
    if not row.surface:
        return finding.kind == "missing_name" and finding.entity in (row.entity, None) and finding.sentence is not None
    start, end = next(_places(row, article)) if side.format == "html" else (row.start, row.end)
    return finding.start < end and start < finding.end


def _places(row: Truth, article: Article) -> Iterator[tuple[int, int]]:
    """Where the row's surface stands in the text that the reader took from the page."""
    start = -1
    for _ in range(row.occurrence):
        start = article.text.index(row.surface, start + 1)
    yield start, start + len(row.surface)


@pytest.mark.parametrize(("with_source", "recall"), [(False, 0.2), (True, 0.5)])
def test_planted_errors_are_found(with_source: bool, recall: float) -> None:
    assert tally(with_source).recall >= recall


@pytest.mark.parametrize("with_source", [False, True])
def test_what_is_called_an_error_is_one(with_source: bool) -> None:
    assert tally(with_source).precision >= 0.95, tally(with_source).false


@pytest.mark.parametrize("with_source", [False, True])
def test_repairs_write_the_right_name(with_source: bool) -> None:
    assert tally(with_source).canonical >= 0.85


@pytest.mark.parametrize("name", ["human-rights", "near-names"])
@pytest.mark.parametrize("with_source", [False, True])
def test_clean_articles_are_left_alone(name: str, with_source: bool) -> None:
    assert [line for line in tally(with_source).false if line.startswith(name)] == []
