"""A corpus's names in, the table of their spellings out: as text, JSON, or one self-contained HTML page."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from eval.names.variants import Variants, VariantTable
from eval.report.json import dump
from eval.report.page import page
from eval.report.visible import isolated, shown
from eval.report.wording import count

_HEADER = ("spelling", "lang", "status", "count", "articles", "first article")


def render(format: str, table: VariantTable, version: str) -> str:
    """The table in one of `FORMATS`."""
    return FORMATS[format](table, version)


def render_json(table: VariantTable, version: str) -> str:
    """`{"articles", "entities": [{"id", "name", "type", "count", "corrupted", "spellings": […]}], "proposed": […]}`."""
    return dump(
        {
            "articles": table.articles,
            "entities": [_as_object(one) for one in table.known],
            "proposed": [_as_object(one) for one in table.proposed],
            "version": version,
        }
    )


def _as_object(variants: Variants) -> dict[str, Any]:
    entity = variants.entity
    return {
        "id": entity.id if entity else None,
        "name": variants.name,
        "type": entity.type if entity else None,
        "count": variants.count,
        "corrupted": variants.corrupted,
        "spellings": [
            {
                "text": one.text,
                "lang": one.lang,
                "status": one.status,
                "count": one.count,
                "articles": one.articles,
                "first": one.first,
            }
            for one in variants.spellings
        ],
    }


def render_text(table: VariantTable, version: str) -> str:
    """A block for each name: a line of its own, and a line for each spelling, the spelling last."""
    del version
    lines = [_summary(table), ""]
    for heading, names in (("Names of the base", table.known), ("Frequent, but not in the base", table.proposed)):
        if names:
            lines += [heading, ""]
            for one in names:
                lines += [*_block(one), ""]
    return "\n".join(lines)


def _block(variants: Variants) -> Iterator[str]:
    kind = f" ({variants.entity.type})" if variants.entity else ""
    corrupted = f", {variants.corrupted} corrupted" if variants.corrupted else ""
    yield isolated(f"{variants.name}{kind}: {count(variants.count, 'mention')}{corrupted}")
    for one in variants.spellings:
        places = count(one.articles, "article")
        figures = f"{one.count:>6}  {one.lang:<3} {one.status:<9}  {places}, first {shown(one.first)}"
        yield f"{figures}  {isolated(one.text)}"
    if variants.entity is None:
        yield f"        {command(variants)}"


def _summary(table: VariantTable) -> str:
    corrupted = sum(one.corrupted for one in table.known)
    return (
        f"{count(table.articles, 'article')}: {len(table.known)} known names, {corrupted} corrupted mentions, "
        f"{len(table.proposed)} proposed for adding"
    )


def command(variants: Variants) -> str:
    """What adds a proposed name with its other spellings to the user's base."""
    others = dict.fromkeys(one.text for one in variants.spellings if one.text != variants.name)
    options = [part for text in others for part in ("--accepted", text)]
    return shlex.join(["muwazi", "names", "add", variants.name, *options])


def render_html(table: VariantTable, version: str) -> str:
    """One page without scripts or requests; what comes from articles passes through autoescaping and its own <bdi>."""
    return page(
        "variants.html.j2",
        styles=["variants.css"],
        summary=_summary(table),
        sections=_sections(table),
        header=_HEADER,
        command=command,
        version=version,
    )


def _sections(table: VariantTable) -> Sequence[tuple[str, str, tuple[Variants, ...]]]:
    return (("known", "Names of the base", table.known), ("proposed", "Frequent, but not in the base", table.proposed))


FORMATS: Mapping[str, Callable[[VariantTable, str], str]] = {
    "text": render_text,
    "json": render_json,
    "html": render_html,
}
