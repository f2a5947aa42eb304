"""Many checked articles in, what a terminal shows of all of them out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from eval.collection import Collection
from eval.mqm import label
from eval.report.collection.base import noticed, reasons
from eval.report.text import cell, drawn, plain_table
from eval.report.visible import isolated
from eval.report.wording import GRADES, share

if TYPE_CHECKING:
    from rich.console import RenderableType

_SHOWN_SPELLINGS = 40


def render(collection: Collection, version: str, *, width: int = 100, color: bool = False) -> str:
    """The index for a terminal of so many columns."""
    del version
    return drawn(lambda _: _parts(collection), width, color)


def _parts(collection: Collection) -> Iterator[RenderableType]:
    from rich.text import Text

    yield Text(isolated(collection.headline), style="bold")
    for reason in reasons(collection):
        yield Text(f"- {isolated(reason)}")
    for said, n in collection.notices:
        yield Text(f"! {isolated(noticed(said, n))}", style="yellow")
    yield Text()
    if collection.entries:
        table = plain_table()
        table.add_column("article", overflow="fold")
        table.add_column("grade")
        for name in ("errors", "variants", "flagged", "names right"):
            table.add_column(name, justify="right")
        for entry in collection.entries:
            figures = [f"{n:,}" for n in (entry.errors, entry.variants, entry.flagged)]
            table.add_row(cell(entry.id), GRADES[entry.grade], *figures, share(entry.name_accuracy))
        yield table
    for failure in collection.failures:
        yield Text(f"not checked: {cell(failure.id)}: {isolated(failure.reason)}", style="red")
    if collection.spellings:
        yield Text()
        table = plain_table()
        for name in ("in the text", "becomes", "kind"):
            table.add_column(name, overflow="fold")
        for name in ("times", "articles"):
            table.add_column(name, justify="right")
        for one in collection.spellings[:_SHOWN_SPELLINGS]:
            becomes = cell(one.canonical) if one.canonical else "–"
            table.add_row(cell(one.surface), becomes, label(one.kind), f"{one.count:,}", f"{one.articles:,}")
        yield table
