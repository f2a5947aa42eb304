"""A scorecard in, a terminal's text or JSON out; `score.schema.json` describes it.

JSON has the scores with all their digits, so that they are sacrebleu's to the last one, and everything else with four.
Lines are counted from 1, as editors show them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from corpora.language import info, name_of
from eval.comet import MODELS
from eval.metrics import MetricScore
from eval.name_accuracy import Mention, NameAccuracy
from eval.report.json import Document, dump
from eval.report.text import cell, drawn, plain_table
from eval.report.wording import count, share
from eval.scorecard import LESS_IS_BETTER, Scorecard

if TYPE_CHECKING:
    from rich.console import RenderableType

SCORE_SCHEMA = "muwazi.score/1"
_SHOWN_NAMES = 20


@dataclass(frozen=True, slots=True)
class Files:
    """The paths that were scored, as the user gave them."""

    hypotheses: tuple[str, ...]
    references: str | None
    sources: str | None


def score_text(card: Scorecard, files: Files, *, width: int = 100, color: bool = False) -> str:
    """The scores as a table, the names that came out wrong below it."""
    return drawn(lambda _: _score_parts(card, files), width, color)


def _score_parts(card: Scorecard, files: Files) -> Iterator[RenderableType]:
    from rich.text import Text

    empty = f", {card.empty} of them empty" if card.empty else ""
    against = f" against {cell(files.references)}" if files.references is not None else ""
    yield Text(f"{cell(files.hypotheses[0])}{against} ({name_of(card.lang)})", style="bold")
    yield Text(f"{count(card.segments, 'segment')}{empty}", style="dim")
    yield from warned(card.warnings)
    yield Text()
    table = plain_table()
    for name in ("metric", "score", "95 % interval", "how it was computed"):
        table.add_column(name, justify="right" if name == "score" else "left", overflow="fold")
    for one in card.scores:
        table.add_row(titled(one.metric, one.name), _figure(one, one.value), _between(one), one.signature)
    if card.names is not None:
        table.add_row("names", share(card.names.accuracy), _share_between(card.names), _names_said(card.names))
    yield table
    yield from _notes(card)
    yield from _wrong_names(card.mentions)


def warned(warnings: Sequence[str]) -> Iterator[RenderableType]:
    """Warnings as lines of a terminal."""
    from rich.text import Text

    for warning in warnings:
        yield Text(f"! {cell(warning)}", style="yellow")


def titled(metric: str, name: str) -> str:
    """A metric's name, and which way is better where that is not up."""
    return f"{name} (less is better)" if metric in LESS_IS_BETTER else name


def _figure(one: MetricScore, value: float) -> str:
    """COMET goes from 0 to 1 and needs more digits."""
    return f"{value:.4f}" if one.metric in MODELS else f"{value:.2f}"


def _between(one: MetricScore) -> str:
    return f"{_figure(one, one.interval[0])} to {_figure(one, one.interval[1])}" if one.interval else "–"


def _share_between(names: NameAccuracy) -> str:
    return f"{share(names.interval[0])} to {share(names.interval[1])}" if names.interval else "–"


def _names_said(names: NameAccuracy) -> str:
    if names.accuracy is None:
        return "the source has no names that the base knows"
    return f"M-ETA over {count(names.checked, 'mention')}; {share(names.strict)} with variants counted as wrong"


def _notes(card: Scorecard) -> Iterator[RenderableType]:
    from rich.text import Text

    metrics = {one.metric for one in card.scores}
    if "bleu" in metrics and info(card.lang).script == "Arab":
        yield Text()
        yield Text("BLEU of this language depends on the tokenizer; chrF++ does not: trust it first.", style="dim")


def _wrong_names(mentions: Sequence[Mention]) -> Iterator[RenderableType]:
    from rich.text import Text

    wrong = [one for one in mentions if not one.right]
    if not wrong:
        return
    yield Text()
    yield Text(f"{count(len(wrong), 'name')} not rendered by an accepted form:")
    for one in wrong[:_SHOWN_NAMES]:
        yield Text(f"  line {one.unit + 1}: {cell(one.entity or 'a name that no base knows')}")
    if len(wrong) > _SHOWN_NAMES:
        yield Text(f"  and {len(wrong) - _SHOWN_NAMES:,} more (--format json has them all)")


def score_json(card: Scorecard, files: Files, version: str) -> str:
    """The scorecard as one JSON document."""
    return dump(
        {
            "schema": SCORE_SCHEMA,
            "hypotheses": files.hypotheses[0],
            "references": files.references,
            "source": files.sources,
            "lang": card.lang,
            "segments": card.segments,
            "empty": card.empty,
            "scores": [_score(one) for one in card.scores],
            "names": None if card.names is None else {**names_object(card.names), "wrong": _wrong(card.mentions)},
            "warnings": list(card.warnings),
            "version": version,
        }
    )


def _score(one: MetricScore) -> Document:
    return {
        "metric": one.metric,
        "name": one.name,
        "value": one.value,
        "interval": [round(end, 4) for end in one.interval] if one.interval else None,
        "better": better(one.metric),
        "scale": [0, 1] if one.metric in MODELS else [0, 100],
        "signature": one.signature,
        "segments": list(one.segments),
    }


def better(metric: str) -> str:
    """Which way is better."""
    return "lower" if metric in LESS_IS_BETTER else "higher"


def names_object(names: NameAccuracy) -> Document:
    """Name accuracy as JSON has it."""
    return {
        "accuracy": names.accuracy,
        "strict": names.strict,
        "interval": list(names.interval) if names.interval else None,
        "mentions": names.checked,
        "types": [{"type": one.type, "correct": one.correct, "checked": one.checked} for one in names.types],
    }


def _wrong(mentions: Sequence[Mention]) -> list[Document]:
    return [{"line": one.unit + 1, "entity": one.entity, "type": one.type} for one in mentions if not one.right]
