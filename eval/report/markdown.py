"""A check's result in, Markdown for a pull request out: verdict, figures, names, flagged sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from corpora.language import name_of
from eval.mqm import label, of_finding
from eval.report.rows import Row, rows
from eval.report.visible import isolated
from eval.report.wording import count, number, share, title_of, why
from eval.result import CheckResult

_SPECIAL = re.compile(r"([\\`*_{}\[\]()|~!])")
_ISOLATE, _END = "\u2068", "\u2069"
_MARKS = {"error": "🔴", "variant": "🟡"}
_MOST = 200


def render(result: CheckResult) -> str:
    """Markdown that GitHub and GitLab render; nothing from the article is obeyed as Markdown or HTML."""
    all_rows = rows(result)
    lines = [
        f"## {escaped(title_of(result))}",
        "",
        f"**{escaped(result.verdict.headline)}**",
        "",
        *(f"- {escaped(reason)}" for reason in result.verdict.reasons),
        "",
        *(f"> {escaped(notice)}\n" for notice in result.notices),
        *_figures(result),
        "",
        *_names(result, all_rows),
        *_flags(all_rows),
        f"<sub>muwazi {escaped(result.version)} · {escaped(result.article.path)}</sub>",
    ]
    return "\n".join(lines).encode("utf-8", "replace").decode("utf-8") + "\n"


def _figures(result: CheckResult) -> Iterator[str]:
    summary = result.summary
    yield "| figure | value |"
    yield "|---|---|"
    yield f"| language | {escaped(name_of(result.article.lang))} |"
    yield f"| sentences | {summary.sentences:,} |"
    yield f"| name accuracy | {share(summary.name_accuracy)} of {count(summary.names_checked, 'mention')} |"
    if summary.similarity is not None:
        yield f"| similarity | {number(summary.similarity)} |"
    for metric in summary.metrics:
        within = f" [{metric.interval[0]:.1f}–{metric.interval[1]:.1f}]" if metric.interval else ""
        yield f"| {escaped(metric.name)}, {escaped(metric.against)} | {metric.value:.1f}{within} |"


def _names(result: CheckResult, all_rows: Sequence[Row]) -> Iterator[str]:
    if not result.findings:
        return
    yield f"### Names ({len(result.findings):,})"
    yield ""
    yield "| | id | sentence | in the text | becomes | kind | MQM | sure | why |"
    yield "|---|---|--:|---|---|---|---|--:|---|"
    pairs = [(row, finding) for row in all_rows for finding in row.findings]
    for row, finding in pairs[:_MOST]:
        becomes = isolated_name(finding.canonical) if finding.canonical is not None else "–"
        mqm = of_finding(finding)
        cells = [
            _MARKS[finding.severity],
            escaped(finding.id),
            f"{row.number}",
            isolated_name(finding.surface),
            becomes,
            label(finding.kind),
            f"{mqm.category}, {mqm.severity}",
            f"{finding.confidence:.0%}",
            escaped(why(finding)),
        ]
        yield f"| {' | '.join(cells)} |"
    yield from _more(len(pairs))


def _flags(all_rows: Sequence[Row]) -> Iterator[str]:
    pairs = [(row, flag) for row in all_rows for flag in row.flags]
    if not pairs:
        return
    yield f"### Sentences flagged ({len({row.number for row, _ in pairs}):,})"
    yield ""
    yield "| sentence | what | MQM | evidence |"
    yield "|--:|---|---|---|"
    for row, flag in pairs[:_MOST]:
        yield f"| {row.number} | {label(flag.kind)} | {escaped(flag.mqm)}, {flag.severity} | {escaped(flag.detail)} |"
    yield from _more(len(pairs))


def _more(total: int) -> Iterator[str]:
    yield ""
    if total > _MOST:
        yield f"… and {total - _MOST:,} more: see the HTML or JSON report."
        yield ""


def isolated_name(text: str) -> str:
    """A name from the article, kept from turning the line around."""
    return f"{_ISOLATE}{escaped(text)}{_END}" if text else "–"


def escaped(text: str) -> str:
    """Text that stays text: no Markdown, no HTML, no mention or issue link, one line."""
    one_line = " ".join(isolated(text).split())
    escaped = one_line.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    escaped = escaped.replace("@", "&#64;").replace("#", "&#35;").replace("://", "&#58;//").replace("www.", "www&#46;")
    return _SPECIAL.sub(r"\\\1", escaped.replace("&#35;", "\0")).replace("\0", "&#35;")
