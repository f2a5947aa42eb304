"""Many checked articles in, JSON of their index out; `eval/report/collection.schema.json` describes it.

Keys are never renamed; keys may be added.
"""

from __future__ import annotations

from dataclasses import asdict

from eval.collection import Collection, Entry
from eval.report.collection.base import reasons
from eval.report.json import Document, dump

SCHEMA = "muwazi.collection/1"


def render(collection: Collection, version: str) -> str:
    """The index as one JSON document; `collection.schema.json` describes it."""
    return dump(
        {
            "schema": SCHEMA,
            "articles": [_entry(entry) for entry in collection.entries],
            "failed": [asdict(failure) for failure in collection.failures],
            "summary": {
                "headline": collection.headline,
                "reasons": reasons(collection),
                "grades": dict(collection.grades),
                "name_accuracy": collection.name_accuracy,
                "name_interval": list(collection.name_interval) if collection.name_interval else None,
                "names_checked": collection.names_checked,
                "kinds": [
                    {"kind": kind, "found": found, "count": n, "articles": articles}
                    for kind, found, n, articles in collection.kinds
                ],
            },
            "spellings": [asdict(one) for one in collection.spellings],
            "notices": [{"text": said, "articles": n} for said, n in collection.notices],
            "version": version,
        }
    )


def _entry(entry: Entry) -> Document:
    witness = entry.witness
    return {
        "id": entry.id,
        "path": entry.path,
        "lang": entry.lang,
        "title": entry.title,
        "grade": entry.grade,
        "headline": entry.headline,
        "sentences": entry.sentences,
        "name_errors": entry.errors,
        "name_variants": entry.variants,
        "sentences_flagged": entry.flagged,
        "kinds": [{"kind": kind, "found": found, "count": n} for kind, found, n in entry.kinds],
        "name_accuracy": entry.name_accuracy,
        "names_checked": entry.names_checked,
        "similarity": entry.similarity,
        "metrics": [asdict(metric) for metric in entry.metrics],
        "witness": {"role": witness[0], "path": witness[1]} if witness else None,
        "missed": list(entry.missed),
        "notices": list(entry.notices),
        "report": entry.page,
    }
