"""A folder of articles in, a dataset out: plan → map → reduce, in one process, in several, or on several machines.

build(Request(Path("articles"), Path("dataset")), store=store, workers=Workers(2))

map_shard(Request(Path("articles"), Path("shard-1")), Shard(1, 2), store=store)     # on one machine
map_shard(Request(Path("articles"), Path("shard-2")), Shard(2, 2), store=store)     # on another
merge([Path("shard-1"), Path("shard-2")], Path("dataset"))                          # the same bytes as build
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, fields, replace
from functools import partial
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Any

from corpora import dataset_folder
from corpora.errors import InputError, UsageError
from corpora.progress import SILENT, Progress
from corpora.records import AlignedPair, unpack
from corpora.statistics import Statistics
from corpora.store import Store
from mt.config import Settings
from mt.mapping import MAP_VERSION, Failure, MapTask, map_pair, own_names, versions
from mt.plan import Plan
from mt.planning import PLAN_VERSION, make_plan
from mt.reduce import REDUCE_VERSION, Counts, reduce, settings_record
from mt.retranslation import Direction, Retranslation, Wanted, plan_retranslation, record, unload
from mt.shards import OpenShard, Shard, merged, require_whole, write_shard
from mt.workers import Executor, Workers
from mt.workspace import Workspace, alone


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


@dataclass(frozen=True, slots=True)
class Request:
    """What is to be built of what: the same for a whole build and for a share of it.

    Attributes:
        articles: folder of the articles.
        output: folder of the dataset, or of the share's records.
        excluded: ids of articles that are left out, with all that came from them.
        retranslate: `forward` translates the sources anew and fails where that cannot be done; None does it where a
            model is there; `no` does not.
        force: compute everything anew, and write beside files of others.
    """

    articles: Path
    output: Path
    settings: Settings = field(default_factory=Settings)
    excluded: tuple[str, ...] = ()
    retranslate: Wanted | None = None
    force: bool = False


def build(
    request: Request,
    *,
    store: Store,
    workers: Executor | None = None,
    splits: Path | None = None,
    progress: Progress = SILENT,
) -> Built:
    """Build a dataset from a folder of articles. A second run does what is new, and gives the same bytes.

    Args:
        store: keeps every step's result between runs.
        workers: who does the work: this process where None is given, or `mt.workers`, or `mt.ray_workers`.
        splits: an earlier dataset whose articles keep their splits; the output itself where it is one.

    Raises:
        InputError: there is no folder, or no article in it.
        OutputError: the output cannot be written, is in use, or holds what no build wrote.
    """
    output, settings = request.output, request.settings
    with _prepared(request, store, workers, progress) as work:
        before = None if request.force else dataset_folder.manifest_of(output)
        earlier = _earlier_splits(splits or (output if before is not None else None))
        digest = _with_splits(work.digest, earlier if splits is not None else {})
        if before is not None and _is_done(output, before, digest):
            return Built(_counts_of(before), 0, len(work.plan.pairs), unchanged=True)
        outcome = work.mapped(Shard(), progress)
        with dataset_folder.scratch_beside(output) as scratch:
            counts = reduce(
                work.plan,
                outcome.results,
                scratch,
                settings=settings,
                earlier=earlier,
                version=version("muwazi"),
                progress=progress,
            )
            manifest = _manifest(work.plan, settings, counts, digest, work.retranslation)
            dataset_folder.install(scratch, output, manifest)
    return Built(counts, outcome.mapped, outcome.reused, failures=counts.failures)


def map_shard(
    request: Request, shard: Shard, *, store: Store, workers: Executor | None = None, progress: Progress = SILENT
) -> Built:
    """Do a share of a build: the records of its pairs, in a folder that `merge` takes."""
    with _prepared(request, store, workers, progress) as work:
        outcome = work.mapped(shard, progress)
        with dataset_folder.scratch_beside(request.output) as scratch:
            write_shard(scratch, work.plan, shard, outcome.packed(), request.settings)
            manifest = {"kind": "shard", "request": work.digest, "retranslation": work.retranslation}
            dataset_folder.install(scratch, request.output, manifest)
    failures = (*(f"{identifier}: {error}" for identifier, error in work.plan.failed), *outcome.lines(work.plan))
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


@dataclass(frozen=True, slots=True)
class _Work:
    """What the first steps of every build have found out.

    Attributes:
        tasks: one for each pair of the plan.
        retranslation: as the manifest tells it.
        digest: a hash of everything that the dataset follows from, besides the splits of an earlier one.
    """

    plan: Plan
    tasks: Sequence[MapTask]
    retranslation: Sequence[Mapping[str, object]]
    digest: str
    workspace: Workspace
    workers: Executor

    def mapped(self, shard: Shard, progress: Progress) -> _Outcome:
        """Work on each pair of the shard that is not there yet."""
        return _map(self.plan, self.tasks, shard, self.workspace, self.workers, progress)


@contextmanager
def _prepared(request: Request, store: Store, workers: Executor | None, progress: Progress) -> Iterator[_Work]:
    """Read and plan, with the output held until the block ends."""
    settings, output = request.settings, request.output
    _require_apart(request.articles, output)
    dataset_folder.require_free(output, force=request.force)
    with alone(output), workers or Workers() as crew:
        workspace = Workspace(store, fresh=request.force)
        plan = make_plan(
            request.articles, workspace, crew, settings, request.excluded, leave_out=[output], progress=progress
        )
        anew = _retranslation(plan, settings, store, request.retranslate, crew.threads, progress)
        tasks = _tasks(plan, settings, anew)
        yield _Work(plan, tasks, record(anew.values()), _request(plan, settings, tasks), workspace, crew)


def _require_apart(articles: Path, output: Path) -> None:
    if articles.resolve() == output.resolve():
        cure = "choose another place for the dataset"
        raise UsageError("the output is the folder of the articles", where=str(output), cure=cure)


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
    from eval.names.house import allowances, allowed_in, folders

    names = own_names()
    any_allowed = any(allowances(folder) for folder in folders())
    tasks = []
    for pair in plan.pairs:
        source, target = plan.articles[pair.source], plan.articles[pair.target]
        allowed = allowed_in(target.place) if any_allowed else ()
        tasks.append(MapTask(source, target, settings, allowed, names, anew.get((source.lang, target.lang))))
    return tasks


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
    counts = {one.name: manifest["counts"][one.name] for one in fields(Counts) if one.name != "failures"}
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
