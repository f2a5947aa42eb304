"""Records in, Parquet shards out that `datasets.load_dataset` opens: what stands in which column of which file.

Configs: `default` (a pair a row), `names` (a finding a row), `articles` (an article a row); beside them
`rejected.parquet` (each pair that was left out, with its reason) and `audit.csv` (a random sample for a person to
grade).
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

from corpora.records import AlignedPair, BeadRecord, NameRecord
from corpora.split import SplitSettings

Row = dict[str, Any]
Files = dict[str, dict[str, list[str]]]
REJECTED: Final = "rejected.parquet"
AUDIT: Final = "audit.csv"
_GROUP: Final = 2048
_AUDIT_COLUMNS: Final = (
    "id", "split", "source_lang", "target_lang", "source", "target", "target_repaired", "score", "flags",
    "grade (0-4)", "comment",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class DatasetSettings:
    """What the dataset is called and how it is cut; section `[dataset]` of muwazi.toml.

    Attributes:
        name: title of the dataset card; made from its languages where it is empty.
        license: identifier for the card (`cc-by-4.0`), `unknown` where nobody said.
        source_langs: languages that articles are translated from, the likeliest first.
        validation, test: shares of the article groups; the rest is for training.
        seed: of splits and of the audit's sample.
        shard_rows: pairs of one Parquet file.
        audit: pairs of the sample that a person should grade.
        min_repair_confidence: names less certainly wrong are left alone.
    """

    name: str = ""
    license: str = "unknown"
    source_langs: tuple[str, ...] = ("en", "zh-Hans", "zh-Hant", "de", "fr")
    validation: float = 0.05
    test: float = 0.05
    seed: int = 0
    shard_rows: int = 100_000
    audit: int = 100
    min_repair_confidence: float = 0.9

    def __post_init__(self) -> None:
        _ = self.splits  # refuses impossible shares
        if self.shard_rows < 1 or self.audit < 0:
            raise ValueError("shard_rows must be at least 1, audit not negative")
        if not self.source_langs:
            raise ValueError("source_langs needs at least one language")

    @property
    def splits(self) -> SplitSettings:
        """How articles are split."""
        return SplitSettings(self.validation, self.test, self.seed)


def pair_row(pair: AlignedPair, bead: BeadRecord, langs: Sequence[str]) -> Row:
    """A row of `default`; `translation` holds the repaired text, with a place for each language of the dataset."""
    sides = {pair.source.lang: bead.source, pair.target.lang: bead.repaired}
    return {
        "id": pair.bead_id(bead),
        "translation": {lang: sides.get(lang) for lang in langs},
        "source_lang": pair.source.lang,
        "target_lang": pair.target.lang,
        "source": bead.source,
        "target": bead.target,
        "target_repaired": bead.repaired,
        "source_article": pair.source.id,
        "target_article": pair.target.id,
        "source_start": bead.source_start,
        "source_end": bead.source_end,
        "target_start": bead.target_start,
        "target_end": bead.target_end,
        "score": bead.score,
        "similarity": bead.similarity,
        "length_ratio": bead.length_ratio,
        "chrf": bead.chrf,
        "flags": list(bead.flags),
        "encoder": pair.encoder,
        "model": pair.model,
        "model_revision": pair.model_revision,
    }


def rejected_row(pair: AlignedPair, bead: BeadRecord, reason: str, duplicate_of: str | None) -> Row:
    """A row of `rejected.parquet`."""
    row = pair_row(pair, bead, ())
    del row["translation"]
    return {**row, "reason": reason, "duplicate_of": duplicate_of}


def name_row(pair: AlignedPair, name: NameRecord) -> Row:
    """A row of `names`."""
    return {
        "article": pair.target.id,
        "lang": pair.target.lang,
        "source_article": pair.source.id,
        "pair": None if name.bead is None else pair.bead_id(pair.beads[name.bead]),
        "start": name.start,
        "end": name.end,
        "surface": name.surface,
        "kind": name.kind,
        "severity": name.severity,
        "entity": name.entity,
        "canonical": name.canonical,
        "confidence": name.confidence,
        "replacement": name.replacement,
        "evidence": list(name.evidence),
    }


def schemas(langs: Sequence[str]) -> dict[str, Any]:
    """The Arrow schema of each config, and of the rejected pairs."""
    import pyarrow as pa

    text, number, real = pa.string(), pa.int64(), pa.float64()
    texts = pa.list_(text)
    sides = {"source_lang": text, "target_lang": text, "source": text, "target": text, "target_repaired": text}
    places = {"source_start": number, "source_end": number, "target_start": number, "target_end": number}
    scores = {"score": real, "similarity": real, "length_ratio": real, "chrf": real, "flags": texts}
    engines = {"encoder": text, "model": text, "model_revision": text}
    articles = {"source_article": text, "target_article": text}
    flat = {**sides, **articles, **places, **scores, **engines}
    names = {
        "article": text, "lang": text, "source_article": text, "pair": text, "start": number, "end": number,
        "surface": text, "kind": text, "severity": text, "entity": text, "canonical": text, "confidence": real,
        "replacement": text, "evidence": texts,
    }  # fmt: skip
    listed = {
        "id": text, "lang": text, "title": text, "format": text, "sha256": text, "licence": text, "url": text,
        "role": text, "source": text, "status": text, "detail": text, "split": text, "sentences": number,
        "repeats": number, "boilerplate": number,
    }  # fmt: skip
    translation = pa.struct([(lang, text) for lang in langs])
    return {
        "default": pa.schema({"id": text, "translation": translation, **flat}),
        "names": pa.schema(names),
        "articles": pa.schema(listed),
        REJECTED: pa.schema({"id": text, **flat, "reason": text, "duplicate_of": text}),
    }


class ParquetRows:
    """One Parquet file that rows are added to: `with ParquetRows(path, schema) as file: file.add(row)`."""

    def __init__(self, path: Path, schema: Any) -> None:
        import pyarrow.parquet as pq

        path.parent.mkdir(parents=True, exist_ok=True)
        self._schema = schema
        self._rows: list[Row] = []
        self._writer = pq.ParquetWriter(str(path), schema, compression="zstd")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if kind is None:
            self._flush()
        self._writer.close()

    def add(self, row: Row) -> None:
        """Write the row, sooner or later."""
        self._rows.append(row)
        if len(self._rows) >= _GROUP:
            self._flush()

    def _flush(self) -> None:
        import pyarrow as pa

        if self._rows:
            self._writer.write_table(pa.Table.from_pylist(self._rows, schema=self._schema))
            self._rows = []


class SplitShards:
    """The shards of one split of one config, whose number of rows is known: `train-00000-of-00002.parquet` …"""

    def __init__(self, folder: Path, config: str, split: str, schema: Any, rows: int, shard_rows: int) -> None:
        count = max(1, -(-rows // shard_rows))
        self.files = [f"{config}/{split}-{number:05d}-of-{count:05d}.parquet" for number in range(count)]
        self._paths = [folder / name for name in self.files]
        self._schema = schema
        self._shard_rows = shard_rows
        self._added = 0
        self._open: ParquetRows | None = None

    def __enter__(self) -> Self:
        self._open = ParquetRows(self._paths[0], self._schema)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if self._open is not None:
            self._open.__exit__(kind, error, traceback)

    def add(self, row: Row) -> None:
        """Write the row into the shard whose turn it is."""
        if self._added and self._added % self._shard_rows == 0 and self._open is not None:
            self._open.__exit__(None, None, None)
            self._open = ParquetRows(self._paths[self._added // self._shard_rows], self._schema)
        if self._open is None:
            raise ValueError("rows are added inside the with block")
        self._open.add(row)
        self._added += 1


def audit_table(rows: Iterable[Row]) -> bytes:
    """The sample as a table that spreadsheets open (a byte order mark tells them that it is UTF-8)."""
    table = io.StringIO(newline="")
    writer = csv.writer(table)
    writer.writerow(_AUDIT_COLUMNS)
    for row in rows:
        cells = {**row, "flags": " ".join(row["flags"])}
        writer.writerow([_harmless(cells.get(column, "")) for column in _AUDIT_COLUMNS])
    return table.getvalue().encode("utf-8-sig")


def _harmless(cell: Any) -> Any:
    """A text that a spreadsheet takes for a formula, as text."""
    return f"'{cell}" if isinstance(cell, str) and cell[:1] in "=+-@\t\r" and cell else cell
