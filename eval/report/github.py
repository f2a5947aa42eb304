"""A check's result in, GitHub's workflow commands out: findings and flags as annotations at their lines.

Lines and columns exist where the article's text is the file itself (plain text, Markdown); in other formats an
annotation stands at the file.
"""

from __future__ import annotations

from collections.abc import Iterator

from corpora.article import Article
from eval.mqm import label
from eval.report.rows import rows
from eval.report.visible import shown
from eval.report.wording import why
from eval.result import CheckResult

_LEVELS = {"critical": "error", "major": "error", "minor": "warning", "neutral": "notice"}


def render(result: CheckResult) -> str:
    """One line an annotation; an empty text where nothing was found."""
    return "".join(f"{line}\n" for line in _lines(result)).encode("utf-8", "replace").decode("utf-8")


def _lines(result: CheckResult) -> Iterator[str]:
    article = result.article
    for row in rows(result):
        for finding in row.findings:
            level = "error" if finding.severity == "error" else "warning"
            becomes = f" → {finding.canonical}" if finding.canonical is not None else ""
            message = f"{finding.surface or 'missing'}{becomes}. {why(finding)}"
            yield _command(article, level, finding.start, f"{label(finding.kind)} ({finding.id})", message)
        for flag in row.flags:
            at = flag.spans[0][0] if flag.spans else row.target.sentences[0].start if row.target.sentences else None
            yield _command(article, _LEVELS[flag.severity], at, label(flag.kind), flag.detail)


def _command(article: Article, level: str, at: int | None, title: str, message: str) -> str:
    place = [f"file={_property(article.path)}"]
    if at is not None and not article.nodes and article.format in {"text", "markdown"}:
        line = article.text.count("\n", 0, at) + 1
        column = at - article.text.rfind("\n", 0, at)
        place += [f"line={line}", f"col={column}"]
    place.append(f"title={_property(title)}")
    return f"::{level} {','.join(place)}::{_data(message)}"


def _data(text: str) -> str:
    """A message as workflow commands want it: on one line."""
    return shown(text).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
