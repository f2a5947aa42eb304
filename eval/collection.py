"""What checks of many articles found in, the figures of all of them out: what an index shows, worst article first.

An `Entry` is all that is kept of an article once its own report is written, a few hundred bytes, so that memory does
not grow with the articles themselves.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from eval.gates import GRADES, Missed
from eval.report.wording import count, title_of
from eval.result import CheckResult, CorpusScore, Grade

Found = Literal["error", "variant", "flag"]

_SAMPLES, _AT_ONCE = 1000, 50


@dataclass(frozen=True, slots=True)
class Corruption:
    """A wrong spelling of a name, what it becomes, and how often it stands in one article."""

    surface: str
    canonical: str | None
    kind: str
    count: int


@dataclass(frozen=True, slots=True)
class Entry:
    """What is kept of an article that was checked.

    Attributes:
        id: path of the article within the collection; no two articles share one.
        page: path of the article's own report beside the index, None where none was written.
        witness: what it was held against (the main one): its role and path; None for an article checked alone.
        flagged: sentences with a flag.
        kinds: what was found, by kind and as what, and how often.
        names_right, names_checked: mentions behind the name accuracy.
        missed: gates that it missed, a line each.
        unmeasured: figures that gates ask for and that it does not have: a text without names has no name accuracy.
    """

    id: str
    path: str
    lang: str
    title: str
    grade: Grade
    headline: str
    sentences: int
    errors: int
    variants: int
    flagged: int
    kinds: tuple[tuple[str, Found, int], ...]
    names_right: int
    names_checked: int
    similarity: float | None
    metrics: tuple[CorpusScore, ...]
    corruptions: tuple[Corruption, ...]
    notices: tuple[str, ...] = ()
    witness: tuple[str, str] | None = None
    missed: tuple[str, ...] = ()
    unmeasured: tuple[str, ...] = ()
    page: str | None = None

    @classmethod
    def of(cls, result: CheckResult, id: str, *, missed: Sequence[Missed] = (), page: str | None = None) -> Entry:
        """What is kept of a result."""
        errors = [finding for finding in result.findings if finding.severity == "error"]
        spelt = Counter((f.surface, f.canonical, f.kind) for f in errors if f.surface)
        kinds: Counter[tuple[str, Found]] = Counter((f.kind, f.severity) for f in result.findings)
        kinds.update((flag.kind, "flag") for segment in result.segments for flag in segment.flags)
        summary, witness = result.summary, result.witnesses[0] if result.witnesses else None
        return cls(
            id=id,
            path=result.article.path,
            lang=result.article.lang,
            title=title_of(result),
            grade=result.verdict.grade,
            headline=result.verdict.headline,
            sentences=summary.sentences,
            errors=len(errors),
            variants=len(result.findings) - len(errors),
            flagged=sum(bool(segment.flags) for segment in result.segments),
            kinds=tuple(sorted((kind, found, n) for (kind, found), n in kinds.items())),
            names_right=sum(one.correct for one in summary.name_types),
            names_checked=sum(one.checked for one in summary.name_types),
            similarity=summary.similarity,
            metrics=summary.metrics,
            corruptions=tuple(Corruption(*key, n) for key, n in sorted(spelt.items(), key=lambda item: str(item[0]))),
            notices=result.notices,
            witness=(witness.role, witness.article.path) if witness else None,
            missed=tuple(str(one) for one in missed if one.value is not None),
            unmeasured=tuple(one.gate.figure for one in missed if one.value is None),
            page=page,
        )

    @property
    def name_accuracy(self) -> float | None:
        """Share of the name mentions that came out right, None without any."""
        return round(self.names_right / self.names_checked, 4) if self.names_checked else None


@dataclass(frozen=True, slots=True)
class Failure:
    """An article that could not be checked, and why."""

    id: str
    reason: str


@dataclass(frozen=True, slots=True)
class Spelling:
    """A wrong spelling over all articles: how often, in how many, and the first of them."""

    surface: str
    canonical: str | None
    kind: str
    lang: str
    count: int
    articles: int
    first: str


@dataclass(frozen=True, slots=True)
class Collection:
    """All that an index says.

    Attributes:
        entries: the worst first.
        failures: in the order of their ids.
        name_accuracy: over the mentions of all articles, with a 95 % interval from resampled articles.
        kinds: what was found in all articles, the most frequent first: kind, as what, how often, in how many articles.
        spellings: wrong spellings, the most frequent first.
        notices: what articles have to say about the run, each once, with how many say it.
    """

    entries: tuple[Entry, ...]
    failures: tuple[Failure, ...]
    name_accuracy: float | None
    name_interval: tuple[float, float] | None
    names_checked: int
    kinds: tuple[tuple[str, Found, int, int], ...]
    spellings: tuple[Spelling, ...]
    notices: tuple[tuple[str, int], ...]

    @property
    def grades(self) -> Mapping[Grade, int]:
        """How many articles have each grade, the worst grade first."""
        counts = Counter(entry.grade for entry in self.entries)
        return {grade: counts[grade] for grade in GRADES}

    @property
    def unmeasured(self) -> tuple[str, ...]:
        """Figures that gates ask for and that not one article has."""
        lacking = [set(entry.unmeasured) for entry in self.entries]
        return tuple(sorted(set.intersection(*lacking))) if lacking else ()

    @property
    def headline(self) -> str:
        """One sentence for all articles."""
        if not self.entries:
            return "No article could be checked"
        work, checked = sum(entry.grade != "good" for entry in self.entries), count(len(self.entries), "article")
        failed = f"; {len(self.failures):,} more could not be checked" if self.failures else ""
        if not work:
            return f"Nothing serious was found in {checked}{failed}"
        return f"{work:,} of {checked} need{'s' if work == 1 else ''} work before publishing{failed}"


def collect(entries: Iterable[Entry], failures: Iterable[Failure] = (), *, seed: int = 12345) -> Collection:
    """Sum up articles, in whatever order they come."""
    ordered = sorted(entries, key=_worst_first)
    right, checked = (sum(getattr(one, name) for one in ordered) for name in ("names_right", "names_checked"))
    return Collection(
        entries=tuple(ordered),
        failures=tuple(sorted(failures, key=lambda failure: failure.id)),
        name_accuracy=round(right / checked, 4) if checked else None,
        name_interval=_interval(ordered, seed),
        names_checked=checked,
        kinds=_kinds(ordered),
        spellings=_spellings(ordered),
        notices=tuple(sorted(Counter(said for one in ordered for said in one.notices).items())),
    )


def _worst_first(entry: Entry) -> tuple[int, float, float, str]:
    """By grade, then by what was found a sentence, then by name accuracy."""
    found = (entry.errors + entry.flagged) / max(entry.sentences, 1)
    accuracy = entry.name_accuracy
    return GRADES.index(entry.grade), -round(found, 4), 1.0 if accuracy is None else accuracy, entry.id


def _kinds(entries: Sequence[Entry]) -> tuple[tuple[str, Found, int, int], ...]:
    counts: Counter[tuple[str, Found]] = Counter()
    articles: Counter[tuple[str, Found]] = Counter()
    for entry in entries:
        for kind, found, n in entry.kinds:
            counts[kind, found] += n
            articles[kind, found] += 1
    order = sorted(counts, key=lambda key: (-counts[key], key))
    return tuple((kind, found, counts[kind, found], articles[kind, found]) for kind, found in order)


def _spellings(entries: Sequence[Entry]) -> tuple[Spelling, ...]:
    places: dict[tuple[str, str | None, str, str], list[Entry]] = {}
    counts: Counter[tuple[str, str | None, str, str]] = Counter()
    for entry in sorted(entries, key=lambda entry: entry.id):
        for one in entry.corruptions:
            key = (one.surface, one.canonical, one.kind, entry.lang)
            counts[key] += one.count
            places.setdefault(key, []).append(entry)
    order = sorted(counts, key=lambda key: (-counts[key], str(key)))
    return tuple(Spelling(*key, counts[key], len(places[key]), places[key][0].id) for key in order)


def _interval(entries: Sequence[Entry], seed: int) -> tuple[float, float] | None:
    """95 % bootstrap interval of the name accuracy over the articles: names of one article stand and fall together."""
    import numpy as np

    table = np.array([(one.names_right, one.names_checked) for one in entries if one.names_checked], dtype=np.float64)
    if len(table) < 2:
        return None
    rng = np.random.default_rng(seed)
    shares = np.empty(_SAMPLES)
    for place in range(0, _SAMPLES, _AT_ONCE):  # all draws at once would be a matrix of samples times articles
        draws = rng.integers(len(table), size=(_AT_ONCE, len(table)))
        right, checked = np.moveaxis(table[draws].sum(axis=1), 1, 0)
        shares[place : place + _AT_ONCE] = right / checked
    shares.sort()
    cut = _SAMPLES // 40
    return round(float(shares[cut]), 4), round(float(shares[_SAMPLES - cut - 1]), 4)
