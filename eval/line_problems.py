"""Lines of an output, with or without their sources, in; everything that looks wrong in each line, out.

What `muwazi check` finds in an article (corrupted names, adequacy flags) for outputs that go line by line, so that
systems can be compared where there is no reference. Without sources only what a text shows by itself is found.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from alignment.beads import Alignment, Bead
from corpora.article import Article, Sentence
from corpora.progress import SILENT, Progress
from eval.adequacy import SentenceEncoder, assess
from eval.names.entity import NameFinding
from eval.names.settings import NameSettings
from eval.result import Flag, Witness
from eval.settings import DEFAULT, EvalSettings

if TYPE_CHECKING:
    from eval.names.knowledge import Knowledge

_GIVEN = "given"


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong in one line.

    Attributes:
        line: from 0.
        kind: of a name finding or of a flag.
        surface: the wrong name, empty for a flag.
        becomes: the right name, where it is known.
        detail: what shows it.
    """

    line: int
    kind: str
    surface: str
    becomes: str | None
    detail: str


def line_problems(
    hypotheses: Sequence[str],
    *,
    lang: str,
    sources: Sequence[str] | None = None,
    source_lang: str | None = None,
    knowledge: Knowledge,
    encoder: SentenceEncoder | None = None,
    names: NameSettings | None = None,
    settings: EvalSettings = DEFAULT,
    progress: Progress = SILENT,
) -> list[Problem]:
    """The problems of all lines, in their order: names in error, and flags that are not neutral."""
    from eval.names.detect import find_names

    article, sentences = as_article("hypotheses", hypotheses, lang)
    witnesses = [_witness(sources, hypotheses, source_lang or lang)] if sources is not None else []
    findings = find_names(article, sentences, witnesses, knowledge, settings=names, progress=progress)
    scores = assess(
        article,
        sentences,
        witnesses[0] if witnesses else None,
        retranslation=None,
        encoder=encoder if witnesses else None,
        settings=settings,
        progress=progress,
    )
    found = [_of_finding(finding) for finding in findings if finding.severity == "error"]
    found += [_of_flag(score.bead, flag) for score in scores for flag in score.flags if flag.severity != "neutral"]
    return sorted(found, key=lambda problem: (problem.line, problem.kind, problem.surface, problem.detail))


def _witness(sources: Sequence[str], hypotheses: Sequence[str], lang: str) -> Witness:
    source, sentences = as_article("source", sources, lang)
    beads = tuple(
        Bead((line,) if theirs.strip() else (), (line,) if ours.strip() else (), 1.0)
        for line, (theirs, ours) in enumerate(zip(sources, hypotheses, strict=True))
    )
    return Witness("source", source, sentences, Alignment(beads, _GIVEN))


def as_article(path: str, texts: Sequence[str], lang: str) -> tuple[Article, tuple[Sentence, ...]]:
    """Lines as one article, each of them a sentence, empty ones too."""
    sentences, start = [], 0
    for text in texts:
        sentences.append(Sentence(start, start + len(text), text))
        start += len(text) + 1
    return Article(path, "\n".join(texts), lang), tuple(sentences)


def _of_finding(finding: NameFinding) -> Problem:
    detail = finding.evidence[0].detail if finding.evidence else ""
    return Problem(finding.sentence or 0, finding.kind, finding.surface, finding.canonical, detail)


def _of_flag(line: int, flag: Flag) -> Problem:
    return Problem(line, flag.kind, "", None, flag.detail)
