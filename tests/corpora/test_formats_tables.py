"""What is particular to CSV and Parquet: other people's tables, and files that only look like one."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from corpora.errors import FormatError, InputError, OutputError, UsageError
from corpora.formats.base import Pair, dump_pairs, read_pairs, write_pairs


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_spreadsheets_of_all_countries_are_read(separator: str, tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    rows = [["en", "fr", "note"], ["Hello, you.", "Bonjour ; toi.", "a"], ["Two\nlines", 'un "mot"', ""]]
    quoted = [separator.join(f'"{cell.replace(chr(34), chr(34) * 2)}"' for cell in row) for row in rows]
    path.write_bytes(b"\xef\xbb\xbf" + "\r\n".join(quoted).encode())
    assert list(read_pairs(path)) == [
        Pair("Hello, you.", "Bonjour ; toi.", "en", "fr", metadata={"column_3": "a"}),
        Pair("Two\nlines", 'un "mot"', "en", "fr", metadata={"column_3": ""}),
    ]


def test_an_open_quotation_mark_is_named_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_text('source,target\na,b\n"c,d\n', encoding="utf-8")
    with pytest.raises(FormatError, match=r"line 3.*quotation mark"):
        list(read_pairs(path))


def test_the_translation_column_of_datasets_is_read(tmp_path: Path) -> None:
    path = tmp_path / "table.parquet"
    rows = [
        {"translation": {"ar": "نعم", "en": "yes", "fr": None}, "score": 0.5, "id": "a", "year": 2024},
        {"translation": {"ar": None, "en": "no", "fr": "non"}, "score": None, "id": None, "year": None},
    ]
    pq.write_table(pa.Table.from_pylist(rows), path)
    assert list(read_pairs(path)) == [
        Pair("نعم", "yes", "ar", "en", "a", 0.5, {"year": "2024"}),
        Pair("no", "non", "en", "fr"),
    ]


def test_parquet_is_written_in_groups_and_read_back_whole(tmp_path: Path) -> None:
    path = tmp_path / "many.parquet"
    pairs = [Pair(f"source {number}", f"cible {number}", "en", "fr") for number in range(10_000)]
    assert write_pairs(path, iter(pairs)) == 10_000
    assert pq.ParquetFile(path).num_row_groups == 3
    assert list(read_pairs(path)) == pairs


def test_parquet_is_no_text_and_no_pipe(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="not text"):
        list(dump_pairs("parquet", [Pair("a", "b", "en", "fr")]))
    for name in ("-", str(tmp_path / "x.parquet.gz")):
        with pytest.raises(InputError, match="pipe"):
            list(read_pairs(name, format="parquet"))


def test_a_file_that_is_there_is_kept_unless_asked(tmp_path: Path) -> None:
    path = tmp_path / "pairs.csv"
    path.write_text("mine", encoding="utf-8")
    with pytest.raises(OutputError, match="--force"):
        write_pairs(path, [Pair("a", "b", "en", "fr")], overwrite=False)
    assert path.read_text(encoding="utf-8") == "mine"
