"""A share of a build in a folder: written on one machine, read on the one that merges."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, Final, get_type_hints

from corpora import dataset_folder
from corpora.errors import InputError, StoreError, UsageError
from corpora.records import AlignedPair, unpack
from mt.config import SECTIONS, Settings
from mt.mapping import Failure
from mt.plan import Plan, plan_of, plan_record
from mt.reduce import settings_record

_SHARD: Final = "shard.json"
_RECORDS: Final = "records.parquet"


@dataclass(frozen=True, slots=True)
class Shard:
    """Which share of the plan: number `index` (from 1) of `count`."""

    index: int = 1
    count: int = 1

    def __post_init__(self) -> None:
        if not 1 <= self.index <= self.count:
            raise UsageError(f"there is no shard {self.index}/{self.count}", cure="give i/n with i from 1 to n")

    def holds(self, number: int) -> bool:
        """Whether pair `number` of the plan belongs to it."""
        return number % self.count == self.index - 1


def write_shard(
    folder: Path, plan: Plan, shard: Shard, results: Iterable[tuple[int, bytes | Failure]], settings: Settings
) -> None:
    """Write the packed records of the shard's pairs, each with its number in the plan, into an empty folder."""
    import pyarrow as pa

    from corpora.dataset import ParquetRows

    schema = pa.schema({"pair": pa.int64(), "records": pa.binary(), "failure": pa.string()})
    with ParquetRows(folder / _RECORDS, schema) as file:
        for number, result in results:
            failed = isinstance(result, Failure)
            file.add(
                {
                    "pair": number,
                    "records": None if failed else result,
                    "failure": result.reason if isinstance(result, Failure) else None,
                }
            )
    content = {"shard": [shard.index, shard.count], "settings": settings_record(settings), "plan": plan_record(plan)}
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    (folder / _SHARD).write_text(text, encoding="utf-8", newline="\n")


@dataclass(frozen=True, slots=True)
class OpenShard:
    """A shard's folder, read."""

    folder: Path
    shard: Shard
    settings: Settings
    plan: Plan
    request: str
    retranslation: Sequence[Mapping[str, object]]

    @classmethod
    def read(cls, folder: Path) -> OpenShard:
        """Open a folder that `write_shard` filled.

        Raises:
            InputError: it is none, or not whole.
        """
        manifest = dataset_folder.manifest_of(folder)
        if manifest is None or manifest.get("kind") != "shard":
            raise InputError("this is no shard", where=str(folder), cure="make one with `muwazi build --shard i/n`")
        if not dataset_folder.is_intact(folder, manifest):
            raise InputError("the shard is not whole", where=str(folder), cure="build or copy it again")
        content = json.loads((folder / _SHARD).read_text(encoding="utf-8"))
        shard = Shard(*content["shard"])
        settings, plan = _settings_of(content["settings"]), plan_of(content["plan"])
        return cls(folder, shard, settings, plan, manifest["request"], manifest["retranslation"])

    def results(self) -> Iterator[AlignedPair | Failure]:
        """Its pairs' records, in order."""
        import pyarrow.parquet as pq

        with pq.ParquetFile(self.folder / _RECORDS) as file:
            for batch in file.iter_batches(batch_size=64):
                for row in batch.to_pylist():
                    yield Failure(row["failure"]) if row["failure"] is not None else unpack(row["records"])


def require_whole(shards: Sequence[OpenShard]) -> None:
    """Make sure that the shards are all shards of one build, each once."""
    if not shards:
        raise UsageError("there is no shard to merge", cure="give the folders of all shards")
    count = shards[0].shard.count
    for shard in shards[1:]:
        if shard.request != shards[0].request or shard.shard.count != count:
            cure = "give shards of the same articles, settings, version and number"
            raise UsageError("these shards are of different builds", where=str(shard.folder), cure=cure)
    indices = sorted(shard.shard.index for shard in shards)
    missing = sorted(set(range(1, count + 1)) - set(indices))
    if missing or len(indices) > count:
        named = ", ".join(f"{index}/{count}" for index in missing)
        what = f"shard {named} is missing" if missing else "a shard is given twice"
        raise UsageError(what, cure=f"give each of the {count} shards once")


def merged(shards: Sequence[OpenShard], pairs: int) -> Iterator[AlignedPair | Failure]:
    """The records of all shards in the plan's order: each shard's turn comes round."""
    streams = {shard.shard.index: shard.results() for shard in shards}
    for number in range(pairs):
        result = next(streams[number % len(streams) + 1], None)
        if result is None:
            raise StoreError("a shard ends too early", cure="build it again")
        yield result


def _settings_of(record: Mapping[str, Any]) -> Settings:
    """What `settings_record` was given."""
    sections = {}
    for name in record:
        kind = SECTIONS[name]
        hints = get_type_hints(kind)
        values = {field.name: record[name][field.name] for field in fields(kind)}
        sections[name] = kind(**{key: _typed(value, hints[key]) for key, value in values.items()})
    return Settings(**sections)


def _typed(value: Any, hint: Any) -> Any:
    if not isinstance(value, list):
        return value
    return frozenset(value) if "frozenset" in str(hint) else tuple(value)
