"""A file of pairs (XLIFF, TMX, TSV …) in, two documents and the alignment that the file already is, out."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from alignment.beads import Alignment, Bead
from corpora.article import Article, Block, Sentence
from corpora.errors import FormatError
from corpora.formats.base import Pair, detect_format, read_pairs
from corpora.formats.pair import UNDETERMINED
from corpora.language import detect, parse
from mt.document import Document

SUFFIXES = frozenset({".xliff", ".xlf", ".mxliff", ".sdlxliff", ".tmx", ".tsv", ".tab"})
ENCODER = "given"


def holds_pairs(path: str) -> bool:
    """Whether a path names a file of pairs rather than an article."""
    return Path(path.removesuffix(".gz")).suffix.lower() in SUFFIXES


def load_pairs(
    path: str, *, source_lang: str | None = None, target_lang: str | None = None
) -> tuple[Document, Document, Alignment]:
    """Source, translation, and one bead a pair. A pair without one of its sides is a gap.

    Raises:
        FormatError: the file breaks its format's rules, or holds no pairs.
    """
    pairs = [
        pair
        for pair in read_pairs(path, source_lang=source_lang, target_lang=target_lang)
        if pair.source.strip() or pair.target.strip()
    ]
    if not pairs:
        raise FormatError("holds no pairs", where=path, cure="a line or unit is a source and its translation")
    sides = []
    for texts, given in ((_sources(pairs), source_lang), (_targets(pairs), target_lang)):
        declared = given or next((lang for _, lang in texts if lang and lang != UNDETERMINED), None)
        sides.append(_document(path, [text for text, _ in texts], declared))
    beads = []
    left = right = 0
    for pair in pairs:
        source, target = bool(pair.source.strip()), bool(pair.target.strip())
        beads.append(Bead((left,) if source else (), (right,) if target else (), 1.0))
        left, right = left + source, right + target
    return sides[0], sides[1], Alignment(tuple(beads), ENCODER)


def _sources(pairs: Sequence[Pair]) -> list[tuple[str, str]]:
    return [(pair.source, pair.source_lang) for pair in pairs if pair.source.strip()]


def _targets(pairs: Sequence[Pair]) -> list[tuple[str, str]]:
    return [(pair.target, pair.target_lang) for pair in pairs if pair.target.strip()]


def _document(path: str, texts: Sequence[str], lang: str | None) -> Document:
    """One side as an article whose sentences are the file's segments."""
    joined = "\n".join(texts)
    sentences, start = [], 0
    for text in texts:
        sentences.append(Sentence(start, start + len(text), text))
        start += len(text) + 1
    blocks = tuple(Block(sentence.start, sentence.end) for sentence in sentences)
    code = parse(lang) if lang is not None else detect(joined).lang
    return Document(Article(path, joined, code, format=detect_format(path), blocks=blocks), tuple(sentences))
