"""The nouns of a check: witnesses, scores by segment, a summary, a verdict, and the result that a report shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from alignment.beads import Alignment
from corpora.article import Article, Sentence
from corpora.translation import Translation
from eval.names.entity import NameFinding

FlagKind = Literal[
    "number_mismatch",
    "untranslated",
    "wrong_script",
    "repetition",
    "length_ratio",
    "omission",
    "addition",
    "unbalanced_marks",
    "low_similarity",
    "contradicts_retranslation",
]
FlagSeverity = Literal["critical", "major", "minor", "neutral"]
Grade = Literal["good", "usable", "poor", "unusable"]


@dataclass(frozen=True, slots=True)
class Witness:
    """A text that the article is held against, and its alignment with it.

    The witness is the source side of `alignment`; the article that is checked is always the target side. `role` is
    `source` for the text it was translated from, `other` for another translation of that text.
    """

    role: Literal["source", "other"]
    article: Article
    sentences: tuple[Sentence, ...]
    alignment: Alignment


@dataclass(frozen=True, slots=True)
class Flag:
    """Something that looks wrong in one segment, with what shows it.

    Attributes:
        mqm: MQM category (`Accuracy/Omission`, `Accuracy/Untranslated`, `Fluency/Typography` …).
        detail: one sentence for the editor, evidence included (which number, which stretch).
        spans: where it shows in the article, `[start, end)` in code points of `Article.text`; may be empty.
        witness_spans: the same in the witness's `Article.text`.
    """

    kind: FlagKind
    severity: FlagSeverity
    mqm: str
    detail: str
    spans: tuple[tuple[int, int], ...] = ()
    witness_spans: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class SegmentScore:
    """How one bead of the main witness came out. A score is None where nothing gives it.

    Attributes:
        bead: index into the witness's `alignment.beads`; without any witness, index of the article's sentence.
        similarity: cosine of both sides' sentence vectors, −1 to 1.
        length_ratio: target / source characters, over the usual ratio of the language pair (1 is usual).
        chrf: sentence chrF++ (0 to 100) against the re-translation named in `CheckResult.retranslation`.
        bleu: sentence BLEU (0 to 100) against the same.
    """

    bead: int
    similarity: float | None
    length_ratio: float | None
    chrf: float | None = None
    bleu: float | None = None
    flags: tuple[Flag, ...] = ()


@dataclass(frozen=True, slots=True)
class CorpusScore:
    """One metric over the whole article, with the signature that says how it was computed.

    Attributes:
        against: what it was held against, the direction of a re-translation included.
        interval: 95 % bootstrap interval, where one was asked for.
    """

    name: str
    value: float
    signature: str
    against: str
    interval: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class NameTypeScore:
    """Name accuracy over the mentions of one entity type."""

    type: str
    correct: int
    checked: int


@dataclass(frozen=True, slots=True)
class Summary:
    """The figures of a whole article. None where nothing gives them.

    Attributes:
        name_accuracy: share of the source's name mentions whose rendering is an accepted form (M-ETA), 0 to 1; without
            a source, the share of the article's known name mentions that are not in error.
        names_checked: how many mentions that share is over.
        name_accuracy_strict: the same, with `variant` findings counted as wrong.
        name_interval: 95 % bootstrap interval of `name_accuracy`.
        name_types: the same mentions by entity type.
    """

    sentences: int
    repeats: int
    boilerplate: int
    similarity: float | None
    length_ratio: float | None
    metrics: tuple[CorpusScore, ...]
    name_accuracy: float | None
    names_checked: int
    name_accuracy_strict: float | None = None
    name_interval: tuple[float, float] | None = None
    name_types: tuple[NameTypeScore, ...] = ()


@dataclass(frozen=True, slots=True)
class Verdict:
    """What an editor should think of the article, in words, with one line per reason."""

    grade: Grade
    headline: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CheckResult:
    """Everything that a check of one article found: what every report format shows.

    Attributes:
        witnesses: the main one first (the source where there is one).
        notices: what the user should know about the run itself (no model, so no re-translation: and the cure).
    """

    article: Article
    sentences: tuple[Sentence, ...]
    witnesses: tuple[Witness, ...]
    retranslation: Translation | None
    segments: tuple[SegmentScore, ...]
    findings: tuple[NameFinding, ...]
    summary: Summary
    verdict: Verdict
    notices: tuple[str, ...]
    version: str
