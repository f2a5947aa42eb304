"""A Parquet table in, pairs out, and back: row group by row group, so that a file of any size is read and written.

Written with the columns of TSV, `metadata` being a JSON object. Read as well: `src` and `tgt`, and the `translation`
struct of Hugging Face datasets; other columns become metadata. A table has its index at the end, so it cannot be piped.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from corpora.errors import FormatError, InputError
from corpora.formats.jsonl import pair_of_record
from corpora.formats.pair import UNDETERMINED, Pair

_ROWS = 4096
_NAMES = (("source", "src"), ("target", "tgt", "trg"))


def read(path: str, source_lang: str | None = None, target_lang: str | None = None) -> Iterator[Pair]:
    """The pairs, row by row.

    Raises:
        InputError: the file is not there, is packed, or a pipe.
        FormatError: it is no Parquet file, or a row has no two sides.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    if path == "-" or path.endswith(".gz"):
        cure = "give the file itself: Parquet is packed inside, and read from its end"
        raise InputError("Parquet cannot be read from a pipe or a packed file", where=path, cure=cure)
    row = 0
    try:
        with pq.ParquetFile(path) as file:
            for batch in file.iter_batches(batch_size=_ROWS):
                for record in batch.to_pylist():
                    row += 1
                    yield pair_of_record(_record(record), source_lang, target_lang, f"{path}, row {row}")
    except pa.ArrowInvalid as error:
        reason = str(error).split(".")[0]
        raise FormatError(f"this is not Parquet ({reason})", where=path, cure="was it copied whole?") from error
    except OSError as error:
        raise InputError(
            f"this file cannot be read ({error.strerror or error})", where=path, cure="check it"
        ) from error


def _record(row: dict[str, Any]) -> dict[str, Any]:
    """The row without its empty cells, its sides named one way, its metadata unpacked."""
    record = {key: value for key, value in row.items() if value is not None}
    sides = record.get("translation")
    if isinstance(sides, dict):
        if all(any(name in record for name in names) for names in _NAMES):
            del record["translation"]
        else:
            record["translation"] = {lang: text for lang, text in sides.items() if text is not None}
    metadata = record.get("metadata")
    if isinstance(metadata, str):
        try:
            record["metadata"] = json.loads(metadata)
        except ValueError:
            record["metadata"] = {"metadata": metadata}
    return record


def dump(pairs: Iterable[Pair], source_lang: str, target_lang: str) -> Iterator[tuple[bytes]]:
    """The bytes of a row group for every 4,096 pairs, then those of the index."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    texts = ("source", "target", "source_lang", "target_lang", "id")
    fields = [*((name, pa.string()) for name in texts), ("score", pa.float64()), ("metadata", pa.string())]
    schema = pa.schema(fields)
    sink = _Sink()
    with pq.ParquetWriter(sink, schema, compression="zstd") as writer:
        rest = iter(pairs)
        while group := list(islice(rest, _ROWS)):
            rows = [_row(pair, source_lang, target_lang) for pair in group]
            writer.write_table(pa.Table.from_pylist(rows, schema=schema))
            yield (sink.taken(),)
    yield (sink.taken(),)


def _row(pair: Pair, source_lang: str, target_lang: str) -> dict[str, object]:
    return {
        "source": pair.source,
        "target": pair.target,
        "source_lang": pair.source_lang if pair.source_lang != UNDETERMINED else source_lang,
        "target_lang": pair.target_lang if pair.target_lang != UNDETERMINED else target_lang,
        "id": pair.id,
        "score": None if pair.score is None else round(pair.score, 4),
        "metadata": json.dumps(dict(pair.metadata), ensure_ascii=False) if pair.metadata else None,
    }


class _Sink:
    """A file for pyarrow to write into, whose bytes are taken away as they come."""

    def __init__(self) -> None:
        self.closed = False
        self._pieces: list[bytes] = []
        self._position = 0

    def write(self, data: bytes) -> int:
        self._pieces.append(bytes(data))
        self._position += len(data)
        return len(data)

    def tell(self) -> int:
        return self._position

    def flush(self) -> None:
        pass

    def close(self) -> None:
        self.closed = True

    def readable(self) -> bool:
        return False

    def writable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return False

    def taken(self) -> bytes:
        """What was written since the last time."""
        data = b"".join(self._pieces)
        self._pieces.clear()
        return data


def held(pair: Pair) -> Pair:
    """The pair as it comes back: whole."""
    return pair
