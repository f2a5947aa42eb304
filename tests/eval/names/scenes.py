"""Small articles for the tests of name detection: one sentence a line, aligned line by line with their witness."""

from __future__ import annotations

from collections.abc import Sequence

from alignment.beads import Alignment, Bead
from corpora.article import Article, Sentence
from eval.names.detect import find_names
from eval.names.entity import NameFinding
from eval.result import Witness


def article(text: str, lang: str, path: str = "article.txt") -> tuple[Article, tuple[Sentence, ...]]:
    sentences, start = [], 0
    for line in text.split("\n"):
        if line.strip():
            sentences.append(Sentence(start, start + len(line), line))
        start += len(line) + 1
    return Article(path, text, lang), tuple(sentences)


def witness(text: str, lang: str, targets: int, role: str = "source") -> Witness:
    theirs, sentences = article(text, lang, f"{role}.txt")
    beads = tuple(Bead((i,), (i,), 1.0) for i in range(min(len(sentences), targets)))
    return Witness("source" if role == "source" else "other", theirs, sentences, Alignment(beads, "gold"))


def find(text: str, lang: str, *, source: str | None = None, other: str | None = None) -> list[NameFinding]:
    """Findings in a text; a witness is given as `lang:text`."""
    checked, sentences = article(text, lang)
    witnesses = [
        witness(given.partition(":")[2], given.partition(":")[0], len(sentences), role)
        for role, given in (("source", source), ("other", other))
        if given is not None
    ]
    findings = find_names(checked, sentences, witnesses)
    for finding in findings:
        assert text[finding.start : finding.end] == finding.surface
    return findings


def errors(findings: Sequence[NameFinding]) -> list[tuple[str, str, str | None]]:
    """Kind, surface and canonical form of each error, in text order."""
    return [(f.kind, f.surface, f.canonical) for f in findings if f.severity == "error"]
