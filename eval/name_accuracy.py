"""A source, its translation and the name findings in, the share of names that came out right, with an interval, out.

This is M-ETA (the measure of SemEval 2025's task on entity-aware translation) over an article. A *mention* is an
entity of the knowledge base that the source names in a bead, counted once a bead. It is right when the bead's
translation holds an accepted form of that entity in the right case, and no finding calls it an error. It is wrong when
a finding does, or when nothing there is such a form – except that an entity which an earlier bead has already rendered
right may be left to a pronoun, as writers do, and that a name which is also an ordinary word (Apple, Office) may have
been one: such mentions are not counted. An error about a name that no base knows counts as a wrong mention.

`accuracy` takes every accepted form; `strict` counts the findings of severity `variant` as wrong, too. Without a source
the mentions are those of the article itself, and wrong are those that a finding calls an error.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from corpora.article import Article, Sentence
from eval.names.entity import Entity, Form, NameFinding
from eval.result import NameTypeScore, Witness

_OTHER = "other"


class Hit(Protocol):
    """What `Knowledge.scan` finds."""

    @property
    def start(self) -> int:
        """First code point of the name."""

    @property
    def end(self) -> int:
        """One past its last."""

    @property
    def entities(self) -> tuple[Entity, ...]:
        """Whose name it may be, the likeliest first."""

    @property
    def form(self) -> Form:
        """The form that it is."""

    @property
    def exact_case(self) -> bool:
        """Whether its capitals are right."""


class NameBase(Protocol):
    """The part of `eval.names.knowledge.Knowledge` that this needs."""

    @property
    def entities(self) -> Mapping[str, Entity]:
        """Every entity by its id."""

    def scan(self, text: str, lang: str) -> Sequence[Hit]:
        """All mentions in a text."""


@dataclass(frozen=True, slots=True)
class Mention:
    """One mention that was judged.

    Attributes:
        unit: what the bootstrap draws together: the bead, or the sentence where there is no source.
        strict: right even if variants count as wrong.
    """

    unit: int
    entity: str | None
    type: str
    right: bool
    strict: bool


@dataclass(frozen=True, slots=True)
class NameAccuracy:
    """Shares of right mentions; None where there are no mentions."""

    accuracy: float | None
    strict: float | None
    interval: tuple[float, float] | None
    checked: int
    types: tuple[NameTypeScore, ...]


def name_accuracy(
    article: Article,
    sentences: Sequence[Sentence],
    witness: Witness | None,
    findings: Sequence[NameFinding],
    knowledge: NameBase,
    *,
    samples: int = 1000,
    seed: int = 12345,
) -> NameAccuracy:
    """Judge every mention and sum up; `witness` is the main one.

    Args:
        samples: bootstrap resamples over the beads; 0 for no interval.
    """
    return summed(mentions_of(article, sentences, witness, findings, knowledge), samples=samples, seed=seed)


def mentions_of(
    article: Article,
    sentences: Sequence[Sentence],
    witness: Witness | None,
    findings: Sequence[NameFinding],
    knowledge: NameBase,
) -> list[Mention]:
    """Every mention that counts, judged, in text order."""
    if witness is not None and witness.role == "source":
        return list(_against_source(article, sentences, witness, findings, knowledge))
    return list(_alone(article, sentences, findings, knowledge))


def summed(mentions: Sequence[Mention], *, samples: int = 1000, seed: int = 12345) -> NameAccuracy:
    """The shares over some mentions; `samples` as for `name_accuracy`."""
    if not mentions:
        return NameAccuracy(None, None, None, 0, ())
    right = sum(mention.right for mention in mentions)
    strict = sum(mention.strict for mention in mentions)
    return NameAccuracy(
        accuracy=round(right / len(mentions), 4),
        strict=round(strict / len(mentions), 4),
        interval=_interval(mentions, samples, seed) if samples else None,
        checked=len(mentions),
        types=_by_type(mentions),
    )


def _against_source(
    article: Article,
    sentences: Sequence[Sentence],
    witness: Witness,
    findings: Sequence[NameFinding],
    knowledge: NameBase,
) -> Iterator[Mention]:
    types = _types(knowledge)
    rendered_before: set[str] = set()
    judged: set[str] = set()
    for unit, bead in enumerate(witness.alignment.beads):
        theirs = [witness.sentences[index] for index in bead.source]
        ours = [sentences[index] for index in bead.target]
        if bead.is_gap or all(sentence.mark for sentence in [*theirs, *ours]):
            continue
        named = _named(theirs, witness.article.lang, knowledge)
        here = [finding for finding in findings if finding.sentence in bead.target]
        rendered = _rendered(ours, article.lang, here, knowledge)
        for entity in named:
            wrong = [f for f in here if f.entity == entity.name and f.severity == "error"]
            varied = any(f.entity == entity.name and f.severity == "variant" for f in here)
            right = entity.id in rendered and not wrong
            if not right and not wrong and (entity.common_word or entity.id in rendered_before):
                continue
            judged.update(finding.id for finding in wrong)
            yield Mention(unit, entity.name, entity.type, right, right and not varied)
        for finding in here:
            if finding.severity == "error" and finding.id not in judged:
                yield Mention(unit, finding.entity, types.get(finding.entity or "", _OTHER), False, False)
        rendered_before |= rendered


def _named(sentences: Sequence[Sentence], lang: str, knowledge: NameBase) -> list[Entity]:
    """Entities that a bead's source names, in order, each once.

    A name that several claim proves nothing: it is left out, and so is a form that is wrong in the source itself.
    """
    found: dict[str, Entity] = {}
    for sentence in sentences:
        for hit in knowledge.scan(sentence.text, lang):
            if len(hit.entities) == 1 and hit.form.status != "wrong" and hit.exact_case:
                found.setdefault(hit.entities[0].id, hit.entities[0])
    return list(found.values())


def _rendered(
    sentences: Sequence[Sentence], lang: str, findings: Sequence[NameFinding], knowledge: NameBase
) -> set[str]:
    """Ids of entities that a bead's translation names by an accepted form that no finding calls an error."""
    errors = [(f.start, f.end) for f in findings if f.severity == "error" and f.start < f.end]
    ids: set[str] = set()
    for sentence in sentences:
        for hit in knowledge.scan(sentence.text, lang):
            start, end = sentence.start + hit.start, sentence.start + hit.end
            if hit.form.status != "wrong" and hit.exact_case and not any(a < end and start < b for a, b in errors):
                ids.update(entity.id for entity in hit.entities)
    return ids


def _alone(
    article: Article, sentences: Sequence[Sentence], findings: Sequence[NameFinding], knowledge: NameBase
) -> Iterator[Mention]:
    types = _types(knowledge)
    for unit, sentence in enumerate(sentences):
        if sentence.mark:
            continue
        here = [finding for finding in findings if finding.sentence == unit]
        errors = [finding for finding in here if finding.severity == "error"]
        for finding in errors:
            yield Mention(unit, finding.entity, types.get(finding.entity or "", _OTHER), False, False)
        for hit in knowledge.scan(sentence.text, article.lang):
            start, end = sentence.start + hit.start, sentence.start + hit.end
            if hit.form.status == "wrong" or any(f.start < end and start < f.end for f in errors):
                continue
            varied = any(f.start < end and start < f.end for f in here)
            yield Mention(unit, hit.entities[0].name, hit.entities[0].type, True, not varied)


def _types(knowledge: NameBase) -> dict[str, str]:
    return {entity.name: entity.type for entity in knowledge.entities.values()}


def _by_type(mentions: Sequence[Mention]) -> tuple[NameTypeScore, ...]:
    table: dict[str, list[int]] = {}
    for mention in mentions:
        counts = table.setdefault(mention.type, [0, 0])
        counts[0] += mention.right
        counts[1] += 1
    rows = (NameTypeScore(kind, right, checked) for kind, (right, checked) in table.items())
    return tuple(sorted(rows, key=lambda row: (-row.checked, row.type)))


def _interval(mentions: Sequence[Mention], samples: int, seed: int) -> tuple[float, float]:
    """95 % bootstrap interval over the beads, since the mentions of one sentence stand and fall together."""
    import numpy as np

    units = sorted({mention.unit for mention in mentions})
    row = {unit: index for index, unit in enumerate(units)}
    table = np.zeros((len(units), 2))
    for mention in mentions:
        table[row[mention.unit]] += (mention.right, 1)
    draws = np.random.default_rng(seed).integers(len(units), size=(samples, len(units)))
    right, total = np.moveaxis(table[draws].sum(axis=1), 1, 0)
    shares = np.sort(right / total)
    cut = samples // 40
    return round(float(shares[cut]), 4), round(float(shares[samples - cut - 1]), 4)
