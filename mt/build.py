"""A folder of articles in, a dataset out: plan → map → reduce, in one process, in several, or on several machines.

build(Path("articles"), Path("dataset"), store=store, jobs=2)

map_shard(Path("articles"), Path("shard-1"), shard=Shard(1, 2), store=store)     # on one machine
map_shard(Path("articles"), Path("shard-2"), shard=Shard(2, 2), store=store)     # on another
merge([Path("shard-1"), Path("shard-2")], Path("dataset"))                       # the same bytes as build
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, fields, replace
from functools import partial
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

from corpora import dataset_folder
from corpora.errors import InputError, UsageError
from corpora.progress import SILENT, Progress
from corpora.records import AlignedPair, unpack
from corpora.statistics import Statistics
from corpora.store import Store
from mt.config import Settings
from mt.mapping import MAP_VERSION, Failure, MapTask, map_pair, own_names, versions
from mt.plan import Plan, pair_articles, without
from mt.reduce import REDUCE_VERSION, Counts, reduce, settings_record
from mt.retranslation import Direction, Retranslation, Wanted, plan_retranslation, record, unload
from mt.shards import OpenShard, Shard, merged, require_whole, write_shard
from mt.sources import FileFacts, find_files, read_all
from mt.workers import Executor, Workers
from mt.workspace import Workspace, alone

PLAN_VERSION: Final = 2
"""Raised when the same articles would be read or paired in another way."""

_FEWEST_PORTIONS: Final = 32
_MOST_FILES: Final = 32


@dataclass(frozen=True, slots=True)
class Built:
    """How a build went.

    Attributes:
        counts: what is in the dataset; None after mapping a shard.
        mapped: pairs that were worked on now; `reused` ones were there from an earlier run.
        unchanged: nothing was to be done: the dataset is there, byte for byte.
        failures: a line for each file or pair that failed.
    """

    counts: Counts | None
    mapped: int
    reused: int
    unchanged: bool = False
    failures: tuple[str, ...] = ()


def build(
    folder: Path,
    output: Path,
    *,
    store: Store,
    settings: Settings | None = None,
    jobs: int = 1,
    executor: Executor | None = None,
    excluded: Sequence[str] = (),
    splits: Path | None = None,
    retranslate: Wanted | None = None,
    force: bool = False,
    progress: Progress = SILENT,
) -> Built:
    """Build a dataset from a folder of articles. A second run does what is new, and gives the same bytes.

    Args:
        store: keeps every step's result between runs.
        jobs: processes on this machine; `executor` does the work instead where it is given (`mt.ray_workers`).
        retranslate: `forward` translates the sources anew and fails where that cannot be done; None does it where a
            model is there; `no` does not.
        excluded: ids of articles that are left out, with all that came from them.
        splits: an earlier dataset whose articles keep their splits; `output` itself where it is one.
        force: compute everything anew, and write beside files of others.

    Raises:
        InputError: `folder` is no folder, or holds no article.
        OutputError: `output` cannot be written, is in use, or holds what no build wrote.
    """
    settings = settings or Settings()
    _require_apart(folder, output)
    dataset_folder.require_free(output, force=force)
    with alone(output), executor or Workers(jobs) as workers:
        workspace = Workspace(store, fresh=force)
        plan = make_plan(folder, workspace, workers, settings, excluded, leave_out=[output], progress=progress)
        before = None if force else dataset_folder.manifest_of(output)
        earlier = _earlier_splits(splits or (output if before is not None else None))
        anew = _retranslation(plan, settings, store, retranslate, workers.threads, progress)
        tasks = _tasks(plan, settings, anew)
        request = _with_splits(_request(plan, settings, tasks), earlier if splits is not None else {})
        if before is not None and _is_done(output, before, request):
            return Built(_counts_of(before), 0, len(plan.pairs), unchanged=True)
        outcome = _map(plan, tasks, Shard(), workspace, workers, progress)
        with dataset_folder.scratch_beside(output) as scratch:
            counts = reduce(
                plan,
                outcome.results,
                scratch,
                settings=settings,
                earlier=earlier,
                version=version("muwazi"),
                progress=progress,
            )
            dataset_folder.install(scratch, output, _manifest(plan, settings, counts, request, record(anew.values())))
    return Built(counts, outcome.mapped, outcome.reused, failures=counts.failures)


def map_shard(
    folder: Path,
    output: Path,
    *,
    shard: Shard,
    store: Store,
    settings: Settings | None = None,
    jobs: int = 1,
    executor: Executor | None = None,
    excluded: Sequence[str] = (),
    retranslate: Wanted | None = None,
    force: bool = False,
    progress: Progress = SILENT,
) -> Built:
    """Do a share of a build: the records of its pairs, in a folder that `merge` takes."""
    settings = settings or Settings()
    _require_apart(folder, output)
    dataset_folder.require_free(output, force=force)
    with alone(output), executor or Workers(jobs) as workers:
        workspace = Workspace(store, fresh=force)
        plan = make_plan(folder, workspace, workers, settings, excluded, leave_out=[output], progress=progress)
        anew = _retranslation(plan, settings, store, retranslate, workers.threads, progress)
        tasks = _tasks(plan, settings, anew)
        outcome = _map(plan, tasks, shard, workspace, workers, progress)
        with dataset_folder.scratch_beside(output) as scratch:
            write_shard(scratch, plan, shard, outcome.packed(), settings)
            manifest = {"request": _request(plan, settings, tasks), "retranslation": record(anew.values())}
            dataset_folder.install(scratch, output, {"kind": "shard", **manifest})
    failures = (*(f"{identifier}: {error}" for identifier, error in plan.failed), *outcome.lines(plan))
    return Built(None, outcome.mapped, outcome.reused, failures=failures)


def merge(
    shards: Sequence[Path],
    output: Path,
    *,
    splits: Path | None = None,
    force: bool = False,
    progress: Progress = SILENT,
) -> Built:
    """Write the dataset from all shards of one build: the bytes that `build` gives.

    Raises:
        UsageError: shards are missing, doubled, or of different builds.
    """
    opened = [OpenShard.read(shard) for shard in shards]
    require_whole(opened)
    first = min(opened, key=lambda shard: shard.shard.index)
    dataset_folder.require_free(output, force=force)
    with alone(output):
        before = None if force else dataset_folder.manifest_of(output)
        earlier = _earlier_splits(splits or (output if before is not None else None))
        request = _with_splits(first.request, earlier if splits is not None else {})
        with dataset_folder.scratch_beside(output) as scratch:
            counts = reduce(
                first.plan,
                partial(merged, opened, len(first.plan.pairs)),
                scratch,
                settings=first.settings,
                earlier=earlier,
                version=version("muwazi"),
                progress=progress,
            )
            manifest = _manifest(first.plan, first.settings, counts, request, first.retranslation)
            dataset_folder.install(scratch, output, manifest)
    return Built(counts, 0, len(first.plan.pairs), failures=counts.failures)


def _require_apart(folder: Path, output: Path) -> None:
    if folder.resolve() == output.resolve():
        cure = "choose another place for the dataset"
        raise UsageError("the output is the folder of the articles", where=str(output), cure=cure)


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
    key = _digest(content)
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


@dataclass(frozen=True, slots=True)
class _Outcome:
    """The map step's result: where each pair's records are, or why there are none."""

    workspace: Workspace
    keys: Mapping[int, str]
    failures: Mapping[int, str]
    mapped: int
    reused: int

    def packed(self) -> Iterator[tuple[int, bytes | Failure]]:
        """The packed records of every pair with its number, in the plan's order."""
        for number, key in self.keys.items():
            reason = self.failures.get(number)
            yield number, self.workspace.records(key) if reason is None else Failure(reason)

    def results(self) -> Iterator[AlignedPair | Failure]:
        """The same, unpacked."""
        for _, result in self.packed():
            yield result if isinstance(result, Failure) else unpack(result)

    def lines(self, plan: Plan) -> Iterator[str]:
        """A line for each pair that failed."""
        for number, reason in self.failures.items():
            pair = plan.pairs[number]
            yield f"{plan.articles[pair.source].id} → {plan.articles[pair.target].id}: {reason}"


def _retranslation(
    plan: Plan, settings: Settings, store: Store, wanted: Wanted | None, threads: int, progress: Progress
) -> dict[Direction, Retranslation]:
    """What translates the sources anew; each worker's engine has its share of the cores."""
    directions = [(plan.articles[pair.source].lang, plan.articles[pair.target].lang) for pair in plan.pairs]
    translation = replace(settings.translation, threads=settings.translation.threads or threads)
    return plan_retranslation(directions, translation, store=store, wanted=wanted, progress=progress)


def _tasks(plan: Plan, settings: Settings, anew: Mapping[Direction, Retranslation]) -> list[MapTask]:
    """What is to be done for each pair of the plan."""
    names = own_names()
    sides = [(plan.articles[pair.source], plan.articles[pair.target]) for pair in plan.pairs]
    return [
        MapTask.of(source, target, settings, names, anew.get((source.lang, target.lang))) for source, target in sides
    ]


def _map(
    plan: Plan,
    all_tasks: Sequence[MapTask],
    shard: Shard,
    workspace: Workspace,
    workers: Executor,
    progress: Progress,
) -> _Outcome:
    """Work on each pair of the shard that is not there yet; each is kept as soon as it is done."""
    tasks = {number: task for number, task in enumerate(all_tasks) if shard.holds(number)}
    keys = {number: task.key for number, task in tasks.items()}
    new = [number for number in tasks if not workspace.has(keys[number])]
    failures: dict[int, str] = {}
    progress.start("aligning and checking", len(tasks))
    progress.advance(len(tasks) - len(new))
    try:
        for index, result in workers.results(map_pair, [tasks[number] for number in new]):
            number = new[index]
            if isinstance(result, Failure):
                failures[number] = result.reason
                pair = plan.pairs[number]
                progress.warn(f"{plan.articles[pair.target].id}: {result.reason}")
            else:
                workspace.keep_records(keys[number], result)
            progress.advance()
    finally:
        unload()
    return _Outcome(workspace, keys, dict(sorted(failures.items())), len(new) - len(failures), len(tasks) - len(new))


def _request(plan: Plan, settings: Settings, tasks: Sequence[MapTask]) -> str:
    """A hash of everything that the dataset follows from, besides the splits of an earlier one."""
    content = {
        "steps": [PLAN_VERSION, MAP_VERSION, REDUCE_VERSION],
        "versions": _versions(),
        "settings": settings_record(settings),
        "articles": [[article.id, article.lang, article.sha256] for article in plan.articles],
        "tasks": [task.key for task in tasks],
        "rest": [plan.excluded, plan.failed, plan.links],
    }
    return _digest(content)


def _with_splits(request: str, earlier: Mapping[str, str]) -> str:
    return _digest([request, sorted(earlier.items())]) if earlier else request


def _digest(content: object) -> str:
    return sha256(json.dumps(content, sort_keys=True).encode("utf-8")).hexdigest()


def _versions() -> dict[str, str]:
    return {**versions(), "pyarrow": version("pyarrow")}


def _is_done(output: Path, manifest: Mapping[str, Any], request: str) -> bool:
    """Whether the output is what this build would write. Failures are tried again."""
    same = manifest.get("request") == request and not manifest["counts"]["failures"]
    return same and dataset_folder.is_intact(output, manifest)


def _counts_of(manifest: Mapping[str, Any]) -> Counts:
    counts = {field.name: manifest["counts"][field.name] for field in fields(Counts) if field.name != "failures"}
    return Counts(**{**counts, "statistics": Statistics.of(counts["statistics"])})


def _manifest(
    plan: Plan, settings: Settings, counts: Counts, request: str, retranslation: Sequence[Mapping[str, object]]
) -> dict[str, Any]:
    return {
        "kind": "dataset",
        "versions": _versions(),
        "request": request,
        "counts": asdict(counts),
        "settings": settings_record(settings),
        "retranslation": retranslation,
        "excluded": [plan.articles[place].id for place in plan.excluded],
        "inputs": [{"id": article.id, "lang": article.lang, "sha256": article.sha256} for article in plan.articles],
        "pairs": [
            [plan.articles[pair.source].id, plan.articles[pair.target].id, pair.by, pair.score] for pair in plan.pairs
        ],
    }


def _earlier_splits(folder: Path | None) -> dict[str, str]:
    """The splits that the articles of an earlier dataset are in, by the hash of their text."""
    if folder is None:
        return {}
    import pyarrow as pa
    import pyarrow.parquet as pq

    found: dict[str, str] = {}
    files = sorted(folder.glob("articles/*.parquet"))
    manifest = dataset_folder.manifest_of(folder)
    if manifest is None or (manifest.get("complete") and not files):
        raise InputError("this is no dataset of muwazi", where=str(folder), cure="give one that `muwazi build` wrote")
    for file in files:
        try:
            rows = pq.read_table(file, columns=["sha256", "split"]).to_pylist()
        except (pa.ArrowInvalid, OSError) as error:
            raise InputError("the earlier dataset is damaged", where=str(file), cure="delete it, or --force") from error
        found.update({row["sha256"]: row["split"] for row in rows if row["sha256"] and row["split"]})
    return found
