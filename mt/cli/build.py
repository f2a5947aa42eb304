"""`muwazi build` and `muwazi merge`: a parallel dataset from folders of articles."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from corpora.errors import UsageError
from mt.cli import options
from mt.cli.console import FINISHED_WITH_FAILURES, TerminalProgress, error_line, note

if TYPE_CHECKING:
    from mt.build import Built
    from mt.shards import Shard
    from mt.workers import Executor

Splits = Annotated[Path | None, typer.Option("--splits", help="An earlier dataset whose articles keep their splits.")]


def build(
    folder: Annotated[
        str, typer.Argument(metavar="DIR", help="Folder of articles, in any of the formats read; or its URL.")
    ],
    output: Annotated[str, typer.Option("--output", "-o", help="The dataset's folder; or its URL (s3://, sftp:// …).")],
    jobs: Annotated[
        int | None, typer.Option("--jobs", "-j", min=1, help="Worker processes (default: 1; every core of a cluster).")
    ] = None,
    executor: Annotated[
        Literal["local", "ray"], typer.Option("--executor", help="Where the workers are: this machine, a Ray cluster.")
    ] = "local",
    address: Annotated[
        str | None,
        typer.Option("--address", metavar="HOST:PORT", help="Head of the Ray cluster (default: this machine's)."),
    ] = None,
    shard: Annotated[
        str | None, typer.Option("--shard", metavar="i/n", help="Do only this share; `muwazi merge` joins them.")
    ] = None,
    exclude: Annotated[
        list[str] | None, typer.Option("--exclude", metavar="ID", help="Leave out an article and what came from it.")
    ] = None,
    splits: Splits = None,
    retranslate: Annotated[
        Literal["forward", "no"] | None,
        typer.Option(
            "--retranslate",
            help="forward: every source anew into its translation's language (default: where a model is there).",
        ),
    ] = None,
    model: options.Model = None,
    engine: options.Engine = None,
    force: Annotated[
        bool, typer.Option("--force", help="Compute everything anew; write beside files that no build wrote.")
    ] = False,
    config: options.Config = None,
    cache_dir: options.CacheDir = None,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
) -> None:
    """Build a parallel dataset from a folder of articles: paired, aligned, names repaired, filtered, split.

    Articles that differ in a language alone (story.en.txt, story.ar.txt; en/story.md, ar/story.md) belong together;
    the others are compared by content. A second run does only what is new. Settings: [filters] and [dataset] of
    muwazi.toml. Exit code 3: finished, but some articles failed.

    \b
    Examples:
      muwazi build articles/ -o dataset/ -j 2
      muwazi build articles/ -o dataset/ --exclude en/withdrawn.txt
      muwazi build articles/ -o dataset/ --model Helsinki-NLP/opus-mt-tc-big-en-ar
      muwazi build articles/ -o part-1/ --shard 1/4
      muwazi build /shared/articles -o dataset/ --executor ray --address 10.0.0.1:6379
      python -c 'from datasets import load_dataset; print(load_dataset("dataset/"))'
    """
    from mt.build import Request, map_shard
    from mt.build import build as run
    from mt.config import load_settings
    from mt.pipeline import open_store
    from mt.remote import articles_at, dataset_at

    settings = load_settings(config, model=model, engine=engine)
    share = _shard(shard) if shard is not None else None
    if share is not None and splits is not None:
        raise UsageError("--splits belongs to `muwazi merge` where a build is sharded")
    if address is not None and executor != "ray":
        raise UsageError("--address is that of a Ray cluster", cure="add --executor ray")
    workers = _workers(executor, address, jobs)
    with (
        TerminalProgress(quiet=quiet) as progress,
        open_store(cache_dir, progress) as store,
        dataset_at(output) as place,
    ):
        articles = articles_at(folder, store.location, progress)
        request = Request(articles, place, settings, tuple(exclude or ()), retranslate, force)
        if share is None:
            built = run(request, store=store, workers=workers, splits=splits, progress=progress)
        else:
            built = map_shard(request, share, store=store, workers=workers, progress=progress)
    _finish(built, output, quiet=quiet)


def merge(
    shards: Annotated[
        list[str], typer.Argument(metavar="SHARDS...", help="Folders of all shards of one build; or their URLs.")
    ],
    output: Annotated[str, typer.Option("--output", "-o", help="The dataset's folder; or its URL.")],
    splits: Splits = None,
    force: Annotated[bool, typer.Option("--force", help="Write beside files that no build wrote.")] = False,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
) -> None:
    """Join the shards of a build into the dataset that one machine would have built, byte for byte.

    \b
    Example:
      muwazi build articles/ -o part-1/ --shard 1/2      on one machine
      muwazi build articles/ -o part-2/ --shard 2/2      on another
      muwazi merge part-1/ part-2/ -o dataset/
      muwazi merge s3://bucket/part-1 s3://bucket/part-2 -o s3://bucket/dataset
    """
    from contextlib import ExitStack

    from mt.build import merge as run
    from mt.remote import dataset_at, folder_at

    with ExitStack() as stack:
        progress = stack.enter_context(TerminalProgress(quiet=quiet))
        folders = [stack.enter_context(folder_at(shard, progress)) for shard in shards]
        place = stack.enter_context(dataset_at(output))
        built = run(folders, place, splits=splits, force=force, progress=progress)
    _finish(built, output, quiet=quiet)


def _workers(executor: str, address: str | None, jobs: int | None) -> Executor:
    from mt.workers import Workers

    if executor == "local":
        return Workers(jobs or 1)
    from mt.ray_workers import RayWorkers

    return RayWorkers(address, jobs)


def _shard(text: str) -> Shard:
    from mt.shards import Shard

    found = re.fullmatch(r"(\d+)/(\d+)", text)
    if not found:
        raise UsageError(f"{text!r} is no shard", cure="give i/n, for example --shard 1/4")
    return Shard(int(found[1]), int(found[2]))


def _finish(built: Built, output: str, *, quiet: bool) -> None:
    """Say what came out; exit code 3 where something failed."""
    if not quiet:
        note(_summary(built, output))
    for failure in built.failures:
        error_line(failure)
    if built.failures:
        raise typer.Exit(FINISHED_WITH_FAILURES)


def _summary(built: Built, output: str) -> str:
    work = f"{built.mapped} article pairs worked on, {built.reused} were done before"
    if built.counts is None:
        return f"wrote {output}: {work}"
    counts = built.counts
    pairs = sum(counts.splits.values())
    left_out = sum(counts.rejected.values())
    lines = [
        f"{output} is up to date" if built.unchanged else f"wrote {output}: {work}",
        f"  pairs     {pairs:>9,}  {_listed(counts.splits)}",
        f"  left out  {left_out:>9,}  {_listed(counts.rejected)}",
        f"  names     {counts.names:>9,}  {counts.repaired:,} repaired",
        f"  articles  {sum(counts.articles.values()):>9,}  {_listed(counts.articles)}",
    ]
    if counts.statistics is not None and pairs:
        from eval.report.dataset import render_text

        lines += [render_text(counts.statistics), f"  charts: {output.rstrip('/')}/statistics.html"]
    return "\n".join(lines)


def _listed(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{name} {count:,}" for name, count in counts.items())
