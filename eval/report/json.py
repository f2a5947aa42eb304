"""A check's result in, JSON out: the contract of `muwazi check --format json` and `muwazi names check --format json`.

The schema is published beside this module (`check.schema.json`). Keys are never renamed; keys may be added. Scores have
four digits. Texts are exact: offsets count code points in them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import Any

from alignment.export import AlignedText, as_object
from corpora.article import Article
from eval.mqm import of_finding
from eval.names.entity import NameFinding
from eval.report.rows import rows
from eval.result import CheckResult, Flag, SegmentScore, Witness

SCHEMA = "muwazi.check/1"

Document = dict[str, Any]

_SURROGATE = re.compile("[\ud800-\udfff]")


def render(result: CheckResult) -> str:
    """The whole result as one JSON document, with a newline at its end."""
    return dump(document(result))


def document(result: CheckResult) -> Document:
    """The result as plain lists and dictionaries, ready for `json.dump`."""
    return {
        "schema": SCHEMA,
        "files": [findings_of(result.article, result.findings)],
        "alignments": [_alignment(witness, result) for witness in result.witnesses],
        "scores": _scores(result),
        "verdict": {
            "grade": result.verdict.grade,
            "headline": result.verdict.headline,
            "reasons": list(result.verdict.reasons),
        },
        "notices": list(result.notices),
        "version": result.version,
    }


def findings_json(checked: Iterable[tuple[Article, Sequence[NameFinding]]], version: str) -> str:
    """The name findings of one or more articles: what `muwazi names check --format json` prints."""
    return dump({"files": [findings_of(article, found) for article, found in checked], "version": version})


def findings_of(article: Article, findings: Sequence[NameFinding]) -> Document:
    """One entry of `files`: an article with its findings, in text order."""
    return {"path": article.path, "lang": article.lang, "findings": [_finding(finding) for finding in findings]}


def dump(document: Document) -> str:
    """JSON text that can be written as UTF-8, whatever stands in it."""
    text = json.dumps(document, ensure_ascii=False, indent=2, allow_nan=False)
    return _SURROGATE.sub(lambda hit: f"\\u{ord(hit[0]):04x}", text) + "\n"


def _finding(finding: NameFinding) -> Document:
    mqm = of_finding(finding)
    return {
        "id": finding.id,
        "start": finding.start,
        "end": finding.end,
        "surface": finding.surface,
        "kind": finding.kind,
        "entity": finding.entity,
        "canonical": finding.canonical,
        "confidence": round(finding.confidence, 4),
        "severity": finding.severity,
        "evidence": [asdict(evidence) for evidence in finding.evidence],
        "sentence": finding.sentence,
        "mqm": {"category": mqm.category, "severity": mqm.severity},
    }


def _alignment(witness: Witness, result: CheckResult) -> Document:
    source = AlignedText.of(witness.article, witness.sentences)
    target = AlignedText.of(result.article, result.sentences)
    return {"role": witness.role, "path": witness.article.path} | as_object(witness.alignment, source, target)


def _scores(result: CheckResult) -> Document:
    translation = result.retranslation
    by_bead = {row.number - 1: row for row in rows(result)} if translation else {}
    segments = []
    for score in result.segments:
        row = by_bead.get(score.bead)
        segments.append(_segment(score) | ({"retranslation": row.retranslation} if row else {}))
    return {
        "segments": segments,
        "summary": _summary(result),
        "retranslation": None
        if translation is None
        else {
            "direction": translation.direction,
            "source_lang": translation.source_lang,
            "target_lang": translation.target_lang,
            "model": translation.model,
            "revision": translation.revision,
            "engine": translation.engine,
        },
    }


def _segment(score: SegmentScore) -> Document:
    return {
        "bead": score.bead,
        "similarity": score.similarity,
        "length_ratio": score.length_ratio,
        "chrf": score.chrf,
        "bleu": score.bleu,
        "flags": [_flag(flag) for flag in score.flags],
    }


def _flag(flag: Flag) -> Document:
    return {
        "kind": flag.kind,
        "severity": flag.severity,
        "mqm": flag.mqm,
        "detail": flag.detail,
        "spans": [list(span) for span in flag.spans],
        "witness_spans": [list(span) for span in flag.witness_spans],
    }


def _summary(result: CheckResult) -> Document:
    summary = asdict(result.summary)
    for name in ("metrics", "name_types"):
        summary[name] = list(summary[name])
    return summary
