"""The records of all pairs in, the dataset out: splits, filters, duplicates, files. Global, and linear in the records.

The records are gone through twice: once to decide, keeping a signature of each candidate in memory, and once to write.
"""

from __future__ import annotations

import heapq
import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import asdict, dataclass, field
from hashlib import blake2b, sha256
from pathlib import Path
from typing import Any, Final

from corpora import card, dataset, dedupe, split
from corpora.dataset import REJECTED, ParquetRows, Row, SplitShards
from corpora.filters import comparable, reason
from corpora.progress import SILENT, Progress
from corpora.records import AlignedPair, SideRecord
from corpora.statistics import Statistics, Tallies
from eval.report.dataset import DatasetPage, render_html
from mt.config import Settings
from mt.mapping import Failure
from mt.plan import Plan

REDUCE_VERSION: Final = 2
"""Raised when the same records and settings would give other files."""

STATISTICS: Final = "statistics.html"

Results = Callable[[], Iterator[AlignedPair | Failure]]
Tally = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Counts:
    """How a build came out, in numbers: what its manifest, its card and the terminal show."""

    splits: Tally
    rejected: Tally
    articles: Tally
    planned: int
    names: int
    repaired: int
    failures: tuple[str, ...] = ()
    statistics: Statistics | None = None


@dataclass(slots=True)
class _Decisions:
    """What happens to each bead, and what is written how often.

    Attributes:
        reasons: of each pair's beads; None for one that stays.
        duplicates: pair and bead → id of the one that stays in its place.
    """

    splits: list[str | None]
    reasons: list[list[str | None]] = field(default_factory=list)
    duplicates: dict[tuple[int, int], str] = field(default_factory=dict)
    names: Counter[str] = field(default_factory=Counter)
    repaired: int = 0
    sides: dict[int, SideRecord] = field(default_factory=dict)
    failures: dict[int, str] = field(default_factory=dict)


def reduce(
    plan: Plan,
    results: Results,
    folder: Path,
    *,
    settings: Settings,
    earlier: Mapping[str, str],
    version: str,
    progress: Progress = SILENT,
) -> Counts:
    """Write the dataset's files (all but the manifest) into an empty folder.

    Args:
        results: gives the records of every planned pair, in the plan's order, each time it is called.
        earlier: splits of articles (by the hash of their text) that an earlier dataset gave them.
    """
    decisions = _decide(plan, results, settings, earlier, progress)
    files, counts = _write(plan, results, folder, decisions, settings, progress)
    text = card.render(
        card.Card(
            name=_name(plan, settings),
            license=settings.dataset.license,
            langs=_langs(plan),
            files=files,
            splits=counts.splits,
            rejected=counts.rejected,
            articles=counts.articles,
            names=(counts.names, counts.repaired),
            version=version,
        )
    )
    (folder / "README.md").write_text(text, encoding="utf-8", newline="\n")
    statistics = render_html(_page(plan, settings, counts, version))
    (folder / STATISTICS).write_text(statistics, encoding="utf-8", newline="\n")
    return counts


def _name(plan: Plan, settings: Settings) -> str:
    return settings.dataset.name or f"Parallel corpus ({', '.join(_langs(plan))})"


def _page(plan: Plan, settings: Settings, counts: Counts, version: str) -> DatasetPage:
    """What was counted at each step."""
    kept, left_out = sum(counts.splits.values()), sum(counts.rejected.values())
    used = {place for pair in plan.pairs for place in (pair.source, pair.target)}
    by = Counter(pair.by for pair in plan.pairs)
    beads = kept + left_out
    steps = (
        ("files and articles found", sum(counts.articles.values()), f"{len(plan.failed)} cannot be read"),
        ("articles with a partner", len(used), f"{len(plan.excluded)} excluded"),
        (
            "article pairs planned",
            counts.planned,
            ", ".join(f"{count:,} by {how}" for how, count in sorted(by.items())),
        ),
        ("article pairs aligned", counts.planned - _lost(counts, plan), f"{_lost(counts, plan)} failed"),
        ("sentence pairs and lone sentences", beads, ""),
        ("left out", left_out, ", ".join(f"{count:,} {why}" for why, count in counts.rejected.items())),
        ("pairs in the dataset", kept, ", ".join(f"{count:,} {name}" for name, count in counts.splits.items())),
        ("findings about names", counts.names, f"{counts.repaired:,} repaired"),
    )
    found = counts.statistics or Tallies().statistics()
    return DatasetPage(_name(plan, settings), steps, counts.rejected, counts.articles, found, version)


def _lost(counts: Counts, plan: Plan) -> int:
    """How many article pairs failed."""
    return len(counts.failures) - len(plan.failed)


def _langs(plan: Plan) -> list[str]:
    """Every language of the dataset; English where there is no pair at all, since a column needs a name."""
    places = {place for pair in plan.pairs for place in (pair.source, pair.target)}
    return sorted({plan.articles[place].lang for place in places}) or ["en"]


def _decide(
    plan: Plan, results: Results, settings: Settings, earlier: Mapping[str, str], progress: Progress
) -> _Decisions:
    import numpy as np

    decisions = _Decisions(article_splits(plan, settings, earlier))
    places: list[tuple[int, int]] = []
    ids: list[str] = []
    keys: list[bytes] = []
    qualities: list[tuple[float, float]] = []
    signatures: list[dedupe.Signatures] = []
    progress.start("filtering", len(plan.pairs))
    for number, result in enumerate(results()):
        progress.advance()
        decisions.reasons.append([])
        if isinstance(result, Failure):
            decisions.failures[number] = result.reason
            continue
        _note_sides(decisions, plan, number, result)
        bridges = split_of(plan, number, decisions.splits) is None
        for place, bead in enumerate(result.beads):
            why = reason(bead, result.source.lang, result.target.lang, settings.filters)
            why = why or ("bridges_splits" if bridges else None)
            decisions.reasons[-1].append(why)
            if why is None:
                texts = comparable(bead.source), comparable(bead.repaired)
                places.append((number, place))
                ids.append(result.bead_id(bead))
                keys.append(_key(texts, (result.source.lang, result.target.lang)))
                qualities.append((bead.score, bead.similarity or 0.0))
                signatures.append(dedupe.signature(texts, dedupe.SENTENCES.ngram))
    progress.start("looking for duplicates", None)
    dropped = dedupe.keep_best(keys, np.array(signatures) if signatures else _no_signatures(), qualities)
    for index, (why, kept) in dropped.items():
        number, place = places[index]
        decisions.reasons[number][place] = why
        decisions.duplicates[number, place] = ids[kept]
    return decisions


def _no_signatures() -> dedupe.Signatures:
    import numpy as np

    return np.zeros((0, dedupe.PERMUTATIONS), np.uint32)


def _key(texts: Sequence[str], langs: Sequence[str]) -> bytes:
    return blake2b("\0".join((*langs, *texts)).encode("utf-8", "surrogatepass"), digest_size=16).digest()


def _note_sides(decisions: _Decisions, plan: Plan, number: int, result: AlignedPair) -> None:
    pair = plan.pairs[number]
    decisions.sides[pair.source], decisions.sides[pair.target] = result.source, result.target
    home = split_of(plan, number, decisions.splits)
    if home is not None:
        decisions.names[home] += len(result.names)
        decisions.repaired += sum(name.replacement is not None for name in result.names)


def article_splits(plan: Plan, settings: Settings, earlier: Mapping[str, str]) -> list[str | None]:
    """The split of every article that stands in a pair; None for the others, and for those that bridge splits."""
    import numpy as np

    used = sorted({place for pair in plan.pairs for place in (pair.source, pair.target)})
    ranks = {place: rank for rank, place in enumerate(used)}
    signatures = [np.frombuffer(bytes.fromhex(plan.articles[place].signature), np.uint32) for place in used]
    alike = dedupe.near(np.array(signatures), dedupe.ARTICLES).tolist() if signatures else []
    sources = {pair.source for pair in plan.pairs}
    found = split.assign(
        [plan.articles[place].sha256 for place in used],
        [place in sources for place in used],
        [*((ranks[pair.source], ranks[pair.target]) for pair in plan.pairs), *map(tuple, alike)],
        settings.dataset.splits,
        earlier,
    )
    splits: list[str | None] = [None] * len(plan.articles)
    for place, chosen in zip(used, found, strict=True):
        splits[place] = chosen
    return splits


def split_of(plan: Plan, number: int, splits: Sequence[str | None]) -> str | None:
    """The split of a pair: that of both its articles; None where they are not in one."""
    source, target = splits[plan.pairs[number].source], splits[plan.pairs[number].target]
    return source if source == target else None


def _write(
    plan: Plan, results: Results, folder: Path, decisions: _Decisions, settings: Settings, progress: Progress
) -> tuple[dataset.Files, Counts]:
    langs = _langs(plan)
    schemas = dataset.schemas(langs)
    kept = _kept(plan, decisions)
    rows = settings.dataset.shard_rows
    files: dataset.Files = {"default": {}, "names": {}, "articles": {}}
    sample = _Sample(settings.dataset.audit, settings.dataset.seed)
    rejected: Counter[str] = Counter()
    tallies = Tallies()
    with ExitStack() as stack:
        shards: dict[tuple[str, str], SplitShards] = {}
        for config, sizes in (("default", kept), ("names", decisions.names)):
            # Readers want a first split even where there is nothing to read.
            for name in [name for name in split.SPLITS if sizes[name]] or ["train"]:
                writer = SplitShards(folder, config, name, schemas[config], sizes[name], rows)
                shards[config, name] = stack.enter_context(writer)
                files[config][name] = writer.files
        refused = stack.enter_context(ParquetRows(folder / REJECTED, schemas[REJECTED]))
        progress.start("writing", len(plan.pairs))
        for number, result in enumerate(results()):
            progress.advance()
            home = split_of(plan, number, decisions.splits)
            if isinstance(result, Failure):
                continue
            for place, (bead, why) in enumerate(zip(result.beads, decisions.reasons[number], strict=True)):
                if why is None and home is not None:
                    row = dataset.pair_row(result, bead, langs)
                    shards["default", home].add(row)
                    tallies.add_pair(row, home)
                    sample.offer({**row, "split": home})
                elif why is not None:
                    rejected[why] += 1
                    tallies.add_rejected(result, why)
                    twin = decisions.duplicates.get((number, place))
                    refused.add(dataset.rejected_row(result, bead, why, twin))
            for finding in result.names if home is not None else ():
                shards["names", home].add(dataset.name_row(result, finding))  # type: ignore[index]
                tallies.add_name(finding)
    articles = _write_articles(plan, folder, decisions, schemas["articles"], files)
    (folder / dataset.AUDIT).write_bytes(dataset.audit_table(sample.rows()))
    counts = Counts(
        splits={name: kept[name] for name in files["default"]},
        rejected=dict(sorted(rejected.items(), key=lambda item: (-item[1], item[0]))),
        articles=articles,
        planned=len(plan.pairs),
        names=sum(decisions.names.values()),
        repaired=decisions.repaired,
        failures=_failures(plan, decisions),
        statistics=tallies.statistics(),
    )
    return files, counts


def _kept(plan: Plan, decisions: _Decisions) -> Counter[str]:
    """How many pairs stay, by split."""
    kept: Counter[str] = Counter()
    for number, reasons in enumerate(decisions.reasons):
        home = split_of(plan, number, decisions.splits)
        if home is not None:
            kept[home] += reasons.count(None)
    return kept


def _failures(plan: Plan, decisions: _Decisions) -> tuple[str, ...]:
    """What went wrong, a line each."""
    lines = [f"{identifier}: {error}" for identifier, error in plan.failed]
    for number, why in decisions.failures.items():
        pair = plan.pairs[number]
        lines.append(f"{plan.articles[pair.source].id} → {plan.articles[pair.target].id}: {why}")
    return tuple(lines)


def _write_articles(plan: Plan, folder: Path, decisions: _Decisions, schema: Any, files: dataset.Files) -> Tally:
    """The `articles` config: every file that was looked at, and what became of it."""
    sources = {pair.target: pair.source for pair in plan.pairs}
    roles = {pair.source: "source" for pair in plan.pairs} | dict.fromkeys(sources, "translation")
    status = _statuses(plan, decisions)
    rows: list[Row] = []
    for place, article in enumerate(plan.articles):
        side = decisions.sides.get(place)
        state, detail = status[place]
        rows.append(
            {
                **{key: getattr(article, key) for key in ("id", "lang", "title", "format", "sha256", "licence", "url")},
                "role": roles.get(place),
                "source": plan.articles[sources[place]].id if place in sources else None,
                "status": state,
                "detail": detail,
                "split": decisions.splits[place],
                **{key: getattr(side, key, None) for key in ("sentences", "repeats", "boilerplate")},
            }
        )
    rows += [{"id": identifier, "status": "failed", "detail": error} for identifier, error in plan.failed]
    rows += [{"id": identifier, "status": "link_not_followed"} for identifier in plan.links]
    name = "articles/train-00000-of-00001.parquet"
    files["articles"]["train"] = [name]
    with ParquetRows(folder / name, schema) as file:
        for row in sorted(rows, key=lambda row: str(row["id"])):
            file.add(row)
    return dict(sorted(Counter(str(row["status"]) for row in rows).items()))


def _statuses(plan: Plan, decisions: _Decisions) -> list[tuple[str, str | None]]:
    """What became of each article: the best that any of its pairs came to."""
    found: list[tuple[str, str | None]] = [("no_partner", None)] * len(plan.articles)
    for place in plan.excluded:
        found[place] = ("excluded", None)
    order = ["no_partner", "failed", "bridges_splits", "no_pair_kept", "used"]
    for number, pair in enumerate(plan.pairs):
        state: tuple[str, str | None]
        if number in decisions.failures:
            state = ("failed", decisions.failures[number])
        elif split_of(plan, number, decisions.splits) is None:
            state = ("bridges_splits", None)
        else:
            state = ("used" if None in decisions.reasons[number] else "no_pair_kept", None)
        for place in (pair.source, pair.target):
            found[place] = max(found[place], state, key=lambda item: order.index(item[0]))
    return found


class _Sample:
    """The rows whose hashes are lowest: a random sample that does not depend on the order they come in."""

    def __init__(self, size: int, seed: int) -> None:
        self._size = size
        self._seed = seed
        self._heap: list[tuple[int, str, Row]] = []

    def offer(self, row: Row) -> None:
        """Take the row into the sample, if its turn comes."""
        place = int.from_bytes(sha256(f"{self._seed}:{row['id']}".encode()).digest()[:8], "big")
        if self._size:
            entry = (-place, row["id"], row)
            if len(self._heap) < self._size:
                heapq.heappush(self._heap, entry)
            elif entry[:2] > self._heap[0][:2]:
                heapq.heapreplace(self._heap, entry)

    def rows(self) -> list[Row]:
        """The sample, in random order."""
        return [row for _, _, row in sorted(self._heap, key=lambda entry: (-entry[0], entry[1]))]


def settings_record(settings: Settings) -> dict[str, Any]:
    """The settings that a dataset follows from, as data that JSON can hold."""
    record: dict[str, Any] = json.loads(json.dumps(asdict(settings), default=sorted))
    del record["train"]
    return record
