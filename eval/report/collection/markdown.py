"""Many checked articles in, Markdown of their index for a pull request out."""

from __future__ import annotations

from urllib.parse import quote

from corpora.language import name_of
from eval.collection import Collection
from eval.mqm import label
from eval.report.collection.base import noticed, reasons
from eval.report.markdown import escaped, isolated_name
from eval.report.wording import GRADES, share

_SHOWN_SPELLINGS = 100


def render(collection: Collection, version: str) -> str:
    """Markdown for a pull request: a table of the articles, and the wrong spellings."""
    lines = [f"## {escaped(collection.headline)}", "", *(f"- {escaped(reason)}" for reason in reasons(collection)), ""]
    lines += [f"> {escaped(noticed(said, n))}\n" for said, n in collection.notices]
    if collection.entries:
        lines += ["| article | language | grade | names in error | flagged | name accuracy | gates missed |"]
        lines += ["|---|---|---|--:|--:|--:|---|"]
    for entry in collection.entries:
        name = f"[{escaped(entry.id)}]({quote(entry.page)})" if entry.page is not None else escaped(entry.id)
        cells = (name, name_of(entry.lang), GRADES[entry.grade], entry.errors, entry.flagged)
        told = [*cells, share(entry.name_accuracy), escaped("; ".join(entry.missed))]
        lines.append(f"| {' | '.join(map(str, told))} |")
    if collection.failures:
        lines += ["", f"### Not checked ({len(collection.failures):,})", ""]
        lines += [f"- {escaped(failure.id)}: {escaped(failure.reason)}" for failure in collection.failures]
    if collection.spellings:
        lines += ["", "### Wrong spellings", "", "| in the text | becomes | kind | times | articles |"]
        lines += ["|---|---|---|--:|--:|"]
    for one in collection.spellings[:_SHOWN_SPELLINGS]:
        becomes = isolated_name(one.canonical or "")
        row = [isolated_name(one.surface), becomes, label(one.kind), f"{one.count:,}", f"{one.articles:,}"]
        lines.append(f"| {' | '.join(row)} |")
    lines += ["", f"<sub>muwazi {escaped(version)}</sub>", ""]
    return "\n".join(lines).encode("utf-8", "replace").decode("utf-8")
