"""A folder in, the plan of its build out: every article read once, by the workers, and what belongs together found."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Final

from corpora.errors import InputError
from corpora.progress import SILENT, Progress
from mt.config import Settings
from mt.plan import Plan, pair_articles, without
from mt.sources import FileFacts, find_files, read_all
from mt.workers import Executor
from mt.workspace import Workspace

PLAN_VERSION: Final = 2
"""Raised when the same articles would be read or paired in another way."""

_FEWEST_PORTIONS: Final = 32
_MOST_FILES: Final = 32


def make_plan(
    folder: Path,
    workspace: Workspace,
    workers: Executor,
    settings: Settings,
    excluded: Sequence[str] = (),
    *,
    leave_out: Sequence[Path] = (),
    progress: Progress = SILENT,
) -> Plan:
    """Read every article, and find which belong together. Files that have not changed are not read again."""
    files, links = find_files(folder, leave_out=leave_out)
    made_by = f"{PLAN_VERSION} {version('muwazi')}"
    facts: dict[int, FileFacts] = {}
    progress.start("reading articles", len(files))
    for place, file in enumerate(files):
        if (known := workspace.facts(file, made_by)) is not None:
            facts[place] = known
            progress.advance()
    new = [place for place in range(len(files)) if place not in facts]
    portions = _portions(new)
    for index, several in workers.results(read_all, [[files[place] for place in portion] for portion in portions]):
        read = dict(zip(portions[index], several, strict=True))
        facts.update(read)
        workspace.keep_facts([(files[place], found) for place, found in read.items()], made_by)
        progress.advance(len(read))
    failed = [failure for place in range(len(files)) for failure in facts[place].failed]
    articles = tuple(sorted((a for found in facts.values() for a in found.articles), key=lambda article: article.id))
    if not articles:
        cure = (
            f"the first of {len(failed)} files that fail: {failed[0][0]}: {failed[0][1]}"
            if failed
            else "text, Markdown, HTML, JSON(L), TMX"
        )
        raise InputError("no article can be read in this folder", where=str(folder), cure=cure)
    content = [
        made_by,
        [[a.id, a.lang, a.stem, a.sha256] for a in articles],
        [settings.dataset.source_langs, asdict(settings.alignment)],
    ]
    key = sha256(json.dumps(content, sort_keys=True).encode("utf-8")).hexdigest()
    pairs = workspace.plan(key)
    if pairs is None:
        pairs = pair_articles(articles, settings.dataset.source_langs, settings.alignment, progress)
        workspace.keep_plan(key, pairs)
    left, gone = without(articles, pairs, excluded)
    return Plan(articles, tuple(left), tuple(sorted(gone)), tuple(failed), tuple(links))


def _portions(places: Sequence[int]) -> list[Sequence[int]]:
    """Files that are handed out together: one is read in less time than it takes to send for it."""
    size = min(max(len(places) // _FEWEST_PORTIONS, 1), _MOST_FILES)
    return [places[start : start + size] for start in range(0, len(places), size)]
