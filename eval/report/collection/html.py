"""Many checked articles in, the HTML page of their index out; it sorts and filters, and reads without scripts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote

from corpora.language import name_of
from eval.collection import Collection, Entry
from eval.mqm import label
from eval.report import charts
from eval.report.collection.base import chrf, noticed, reasons
from eval.report.figures import Figure
from eval.report.page import page
from eval.report.wording import GRADES, direction_of, number, share

_SHOWN_SPELLINGS = 100


@dataclass(frozen=True, slots=True)
class Line:
    """One article on the index page."""

    entry: Entry
    href: str
    dir: str
    grade: str
    rank: int
    accuracy: str
    similarity: str
    chrf: str
    kinds: str
    found: str


def render(collection: Collection, version: str) -> str:
    """The page; its links go to the reports beside it."""
    lines = [_line(entry, rank) for rank, entry in enumerate(collection.entries, start=1)]
    return page(
        "collection.html.j2",
        styles=["report.css", "collection.css"],
        scripts=["collection.js"],
        collection=collection,
        tone=next((grade for grade, n in collection.grades.items() if n), "good"),
        reasons=reasons(collection),
        notices=[noticed(said, n) for said, n in collection.notices],
        lines=lines,
        figures=_figures(collection),
        spellings=collection.spellings[:_SHOWN_SPELLINGS],
        more_spellings=len(collection.spellings) - _SHOWN_SPELLINGS,
        label=label,
        grades=[(grade, GRADES[grade], n) for grade, n in collection.grades.items() if n],
        langs=sorted({(entry.lang, name_of(entry.lang)) for entry in collection.entries}),
        kinds=[(kind, label(kind), articles) for kind, articles in _kind_articles(collection).items()],
        has_similarity=any(line.entry.similarity is not None for line in lines),
        has_chrf=any(line.chrf != "–" for line in lines),
        has_gates=any(line.entry.missed for line in lines),
        version=version,
    )


def _kind_articles(collection: Collection) -> Mapping[str, int]:
    """In how many articles each kind was found, whatever as."""
    kinds = dict.fromkeys(kind for kind, *_ in collection.kinds)
    return {kind: sum(any(kind == one for one, *_ in e.kinds) for e in collection.entries) for kind in kinds}


def _line(entry: Entry, rank: int) -> Line:
    return Line(
        entry=entry,
        href=quote(entry.page) if entry.page is not None else "",
        dir=direction_of(entry.lang),
        grade=GRADES[entry.grade],
        rank=rank,
        accuracy=share(entry.name_accuracy),
        similarity=number(entry.similarity),
        chrf=number(chrf(entry), 1),
        kinds=" ".join(sorted({kind for kind, *_ in entry.kinds})),
        found=f"{entry.id} {entry.title}".casefold(),
    )


def _figures(collection: Collection) -> list[Figure]:
    made = []
    kinds = {kind: {found: n for one, found, n, _ in collection.kinds if one == kind} for kind, *_ in collection.kinds}
    if kinds:
        bars = [
            charts.Bar(label(kind), tuple(sorted(parts.items())), f"{sum(parts.values()):,}")
            for kind, parts in list(kinds.items())[:12]
        ]
        described = "; ".join(f"{bar.label} {bar.shown}" for bar in bars)
        made.append(
            Figure(
                "kinds",
                "What was found",
                "Names in error, names that vary, and sentences flagged, in all articles.",
                charts.bars(bars, title="What was found", description=described),
                (("error", "name error"), ("variant", "name variant"), ("flag", "sentence flag")),
            )
        )
    for id, title, values, axis in (
        ("accuracy", "Name accuracy by article", [e.name_accuracy for e in collection.entries], "share of names right"),
        ("similarity", "Similarity by article", [e.similarity for e in collection.entries], "mean cosine"),
    ):
        known = [value for value in values if value is not None]
        if len(known) > 1:
            svg = charts.histogram(known, low=0, high=1, bins=20, x_label=axis, title=title, counted="articles")
            made.append(Figure(id, title, "The line is the mean over articles.", svg))
    return made
