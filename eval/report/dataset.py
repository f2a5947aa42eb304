"""What a built dataset looks like, in numbers; a page with charts, or lines for a terminal, out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from corpora.statistics import Statistics, bar_labels
from eval.report.charts import Bar, bars
from eval.report.page import page

if TYPE_CHECKING:
    from markupsafe import Markup

_TITLES: Final[Mapping[str, str]] = {
    "score": "Probability that both sides belong together",
    "similarity": "Cosine of the two sides’ vectors",
    "length_ratio": "Length of the target over the usual one",
    "chrf": "chrF++ against a re-translation of the source",
    "source_length": "Characters of the source",
    "target_length": "Characters of the target",
}
_SPLITS: Final[Mapping[str, str]] = {"train": "c1", "validation": "c2", "test": "good"}
_BLOCKS: Final = " ▏▎▍▌▋▊▉█"
_ROOM: Final = 24


@dataclass(frozen=True, slots=True)
class DatasetPage:
    """What the page says besides the statistics.

    Attributes:
        steps: what was counted at each step, in order: a name, a number, a remark.
        rejected: how many pairs were left out, by reason.
        articles: how many articles there were, by what became of them.
    """

    name: str
    steps: Sequence[tuple[str, int, str]]
    rejected: Mapping[str, int]
    articles: Mapping[str, int]
    statistics: Statistics
    version: str


def render_html(dataset: DatasetPage) -> str:
    """One self-contained page."""
    found = dataset.statistics
    charts: list[tuple[str, Markup]] = []
    if found.directions:
        charts.append(("Pairs by direction and split", _directions(found)))
    if dataset.rejected:
        charts.append(("Pairs left out, by reason", _counted(dataset.rejected, "Pairs left out, by reason", "error")))
    charts.append(("Articles, by what became of them", _counted(dataset.articles, "Articles by what became of them")))
    for name, counts in found.distributions.items():
        labels = dict(zip(bar_labels(name), counts, strict=True))
        charts.append((_TITLES[name], _counted(labels, _TITLES[name])))
    if found.names:
        charts.append(("Findings about names, and how many were repaired", _names(found)))
    return page(
        "dataset.html.j2",
        styles=["report.css", "dataset.css"],
        name=dataset.name,
        steps=dataset.steps,
        charts=charts,
        splits=[
            (name, style) for name, style in _SPLITS.items() if any(name in of for of in found.directions.values())
        ],
        rejected=found.rejected,
        version=dataset.version,
    )


def _counted(counts: Mapping[str, int], title: str, style: str = "c1") -> Markup:
    rows = [Bar(label, ((style, float(count)),), f"{count:,}") for label, count in counts.items()]
    most = max(counts.values(), default=0)
    largest = next((label for label, count in counts.items() if count == most), "none")
    return bars(rows, title=title, description=f"{sum(counts.values()):,} in all, most of them in {largest}.")


def _directions(found: Statistics) -> Markup:
    rows = [
        Bar(
            direction,
            tuple((style, float(counts.get(split, 0))) for split, style in _SPLITS.items()),
            f"{sum(counts.values()):,}",
        )
        for direction, counts in found.directions.items()
    ]
    total = sum(sum(counts.values()) for counts in found.directions.values())
    return bars(rows, title="Pairs by direction and split", description=f"{total:,} pairs in {len(rows)} directions.")


def _names(found: Statistics) -> Markup:
    rows = [
        Bar(
            kind.removeprefix("name_").replace("_", " "),
            (("c1", float(repaired)), ("variant", float(count - repaired))),
            f"{count:,}",
        )
        for kind, (count, repaired) in found.names.items()
    ]
    count, repaired = (sum(counts[place] for counts in found.names.values()) for place in (0, 1))
    return bars(rows, title="Findings about names", description=f"{count:,} findings, {repaired:,} of them repaired.")


def render_text(found: Statistics) -> str:
    """Each distribution as bars that a terminal shows, and what was left out of each direction."""
    return "\n".join(_lines(found))


def _lines(found: Statistics) -> Iterator[str]:
    for direction, counts in found.directions.items():
        gone = found.rejected.get(direction, {})
        listed = ", ".join(f"{reason} {count:,}" for reason, count in gone.items())
        yield f"  {direction}: {sum(counts.values()):,} pairs" + (f"; left out: {listed}" if listed else "")
    for name in ("score", "chrf", "target_length"):
        if name not in found.distributions:
            continue
        yield f"  {_TITLES[name]}"
        heights = found.distributions[name]
        for label, count in zip(bar_labels(name), heights, strict=True):
            if count:
                yield f"    {label:>10}  {_bar(count / max(heights)):<{_ROOM}} {count:,}"


def _bar(share: float) -> str:
    """A bar of eighths of a character; nothing that is there is invisible."""
    eighths = max(round(share * _ROOM * 8), 1)
    return "█" * (eighths // 8) + (_BLOCKS[eighths % 8] if eighths % 8 else "")
