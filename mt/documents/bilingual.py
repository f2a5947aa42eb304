"""Translated documents in, both languages side by side out: JSON lines, Markdown, HTML, TMX, XLIFF.

Right-to-left text is safe in all of them: every cell of the HTML and Markdown carries its language and direction, so
that a full stop or a Latin name in an Arabic sentence stays where it belongs.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict
from html import escape
from typing import Final

from corpora.formats.base import dump_pairs
from corpora.formats.pair import Pair
from corpora.language import info
from mt.documents.foreign import REASONS
from mt.documents.translation import TranslatedDocument, TranslatedSegment

_EXCHANGE: Final = ("tmx", "xliff")


def render(format: str, done: TranslatedDocument) -> str:
    """The document in one of `FORMATS`, `tmx` or `xliff`."""
    if format in _EXCHANGE:
        return "".join(pieces[0] for pieces in dump_pairs(format, _pairs(done)))
    return FORMATS[format](done)


def notes(segment: TranslatedSegment) -> list[str]:
    """What a reader should know about a sentence: flags, why it was left, names that were put right."""
    said = [flag.replace("_", " ") for flag in segment.flags]
    if segment.left not in (None, "no_text"):
        said.append(REASONS[segment.left])
    if segment.origin == "memory":
        said.append("from the memory")
    if segment.offer is not None:
        said.append(f"memory, {segment.offer.similarity:.0%} alike: {segment.offer.source} → {segment.offer.target}")
    for touch in segment.names:
        change = f"{touch.before} → {touch.after}" if touch.before else touch.after
        said.append(f"name by {touch.how}: {change} ({touch.reason})")
    return said


def _pairs(done: TranslatedDocument) -> list[Pair]:
    """Every sentence with its translation, and what a reader should know about it."""
    return [
        Pair(
            segment.source,
            segment.text,
            segment.source_lang,
            done.target_lang,
            score=segment.score,
            metadata={"note": "; ".join(notes(segment))} if notes(segment) else {},
        )
        for segment in done.segments
        if segment.left is None
    ]


def _jsonl(done: TranslatedDocument) -> str:
    return "".join(json.dumps(_record(done, segment), ensure_ascii=False) + "\n" for segment in done.segments)


def _record(done: TranslatedDocument, segment: TranslatedSegment) -> dict[str, object]:
    return {
        "path": segment.place,
        "line": segment.line,
        "source_lang": segment.source_lang,
        "target_lang": done.target_lang,
        "source": segment.source,
        "translation": segment.text,
        "score": segment.score,
        "flags": list(segment.flags),
        "left": segment.left,
        "origin": segment.origin,
        "offer": asdict(segment.offer) if segment.offer is not None else None,
        "names": [
            {"before": touch.before, "after": touch.after, "how": touch.how, "reason": touch.reason}
            for touch in segment.names
        ],
    }


def _markdown(done: TranslatedDocument) -> str:
    source, target = info(done.document.lang).name, info(done.target_lang).name
    lines = [f"# {_cell_text(done.document.path)}", "", f"| {source} | {target} | |", "|---|---|---|"]
    lines += [
        f"| {_cell(s.source, s.source_lang)} | {_cell(s.text, done.target_lang)} | {_cell_text('; '.join(notes(s)))} |"
        for s in done.segments
    ]
    return "\n".join(lines) + "\n"


def _cell(text: str, lang: str) -> str:
    return f'<span lang="{lang}" dir="{info(lang).direction}">{_cell_text(text)}</span>'


def _cell_text(text: str) -> str:
    """Text in a table of Markdown, none of it markup."""
    shown = escape(text, quote=False)
    for mark in "\\|*_`[]~":
        shown = shown.replace(mark, f"\\{mark}" if mark != "|" else "&#124;")
    return shown


_STYLE: Final = """
:root { color-scheme: light dark; --line: #d8d4c8; --soft: #5d6068; --warn: #8a4b00; --warn-bg: #fdf1d7; }
@media (prefers-color-scheme: dark) { :root { --line: #3a3d45; --soft: #a5a9b3; --warn: #f0c987; --warn-bg: #3a2d12; } }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 1.5rem clamp(1rem, 4vw, 3rem) 4rem; max-width: 84rem;
  font: 1.05rem/1.65 system-ui, "Segoe UI", "Noto Sans", sans-serif; }
:lang(ar), :lang(fa), :lang(ur) { font-family: "Noto Naskh Arabic", "Geeza Pro", "Segoe UI", system-ui, sans-serif; }
h1 { font-size: 1.2rem; overflow-wrap: anywhere; }
p.about, td.note { color: var(--soft); font-size: .85rem; }
table { border-collapse: collapse; width: 100%; table-layout: fixed; }
th, td { border-bottom: 1px solid var(--line); padding: .55rem .8rem; vertical-align: top; text-align: start;
  overflow-wrap: anywhere; }
th:last-child, td.note { width: 17%; }
td.number { font-variant-numeric: tabular-nums; }
tr.flagged td { background: var(--warn-bg); }
tr.flagged td.note { color: var(--warn); }
tr.left td:nth-child(2) { color: var(--soft); }
@media (max-width: 46rem) {
  thead { display: none; }
  tr, td, td.note { display: block; width: 100%; }
  tr { border-bottom: 2px solid var(--line); padding: .5rem 0; }
  td { border: 0; padding: .2rem .4rem; }
}
@media print { tr { break-inside: avoid; } }
"""


def _html(done: TranslatedDocument) -> str:
    path, lang = done.document.path, done.document.lang
    names = f"{info(lang).name} – {info(done.target_lang).name}"
    models = ", ".join(f"{model} ({revision[:19]})" for model, revision in done.models) or "no model was needed"
    rows = "\n".join(_row(done, segment) for segment in done.segments)
    heads = "".join(f'<th dir="{info(code).direction}">{info(code).name}</th>' for code in (lang, done.target_lang))
    counts = f"{len(done.segments)} sentences, {len(done.flagged)} flagged"
    return f"""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{escape(path)}: {names}</title>
<style>{_STYLE}</style>
</head>
<body>
<h1><bdi>{escape(path)}</bdi></h1>
<p class="about">{names} · {counts} · machine translation by <bdi>{escape(models)}</bdi></p>
<table>
<thead><tr>{heads}<th>Notes</th></tr></thead>
<tbody>
{rows}
</tbody>
</table>
</body>
</html>
"""


def _row(done: TranslatedDocument, segment: TranslatedSegment) -> str:
    marks = " ".join(name for name, there in (("flagged", segment.flags), ("left", segment.left)) if there)
    said = [*notes(segment), *([f"similarity {segment.score:.2f}"] if segment.score is not None else [])]
    known = segment.left in (None, "no_text")
    cells = "".join(
        f'<td lang="{lang}" dir="{info(lang).direction}">{escape(text)}</td>'
        if known
        else f'<td dir="auto">{escape(text)}</td>'
        for text, lang in ((segment.source, segment.source_lang), (segment.text, done.target_lang))
    )
    note = "<br>".join(f"<bdi>{escape(one)}</bdi>" for one in said)
    return f'<tr class="{marks}">{cells}<td class="note">{note}</td></tr>'


FORMATS: Final[Mapping[str, Callable[[TranslatedDocument], str]]] = {
    "jsonl": _jsonl,
    "md": _markdown,
    "html": _html,
}
