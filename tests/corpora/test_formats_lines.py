"""What is particular to the formats of lines: Moses, TSV, JSONL."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpora.errors import FormatError, UsageError
from corpora.formats.base import Pair, detect_format, read_pairs, write_pairs


def save(path: Path, text: str) -> Path:
    path.write_bytes(text.encode("utf-8"))
    return path


def test_moses_files_are_found_beside_each_other(tmp_path: Path) -> None:
    save(tmp_path / "news.ar", "س\nص\n")
    save(tmp_path / "news.fr", "a\nb\n")
    expected = [Pair("س", "a", "ar", "fr"), Pair("ص", "b", "ar", "fr")]
    for path in ("news", "news.moses", "news.ar"):
        assert list(read_pairs(tmp_path / path, format="moses")) == expected
    assert detect_format(tmp_path / "news") == "moses"
    assert next(read_pairs(tmp_path / "news", source_lang="fr")) == Pair("a", "س", "fr", "ar")
    assert next(read_pairs(tmp_path / "news.fr", format="moses", target_lang="ar")).source == "a"


def test_moses_asks_where_it_cannot_tell(tmp_path: Path) -> None:
    for lang in ("ar", "fr", "en"):
        save(tmp_path / f"news.{lang}", "x\n")
    with pytest.raises(UsageError, match="ar, en, fr"):
        list(read_pairs(tmp_path / "news"))


def test_moses_files_of_different_length_are_refused(tmp_path: Path) -> None:
    save(tmp_path / "news.ar", "س\nص\nع\n")
    save(tmp_path / "news.fr", "a\n")
    with pytest.raises(FormatError, match=r"news\.ar, line 2"):
        list(read_pairs(tmp_path / "news"))


def test_moses_lines_are_as_many_as_pairs_for_every_reader(tmp_path: Path) -> None:
    pairs = [Pair("a\nb\u2028c", "d\r\ne\x85f\x0b", "ar", "fr"), Pair("", "", "ar", "fr")]
    write_pairs(tmp_path / "news", pairs, format="moses")
    text = (tmp_path / "news.ar").read_text(encoding="utf-8")
    assert text.splitlines() == ["a b c", ""]
    assert (tmp_path / "news.fr").read_bytes() == b"d e f \n\n"


def test_one_language_on_both_sides_gets_other_names(tmp_path: Path) -> None:
    write_pairs(tmp_path / "para.moses", [Pair("a", "b", "en", "en")])
    assert sorted(file.name for file in tmp_path.iterdir()) == ["para.source", "para.target"]
    assert list(read_pairs(tmp_path / "para.moses")) == [Pair("a", "b")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('"Non", dit-il.\tHe\\n said\n\nc\td\r\n', [Pair('"Non", dit-il.', "He\\n said"), Pair("c", "d")]),
        ("\ufeffsource\ttarget\tdomain\na\tb\tnews\n", [Pair("a", "b", metadata={"domain": "news"})]),
        ("src\ttgt\tscore\na\tb\t0.5\n", [Pair("a", "b", score=0.5)]),
        ("ar\tfr\na\tb\n", [Pair("a", "b", "ar", "fr")]),
        ("id\ttarget\tsource\n7\tb\ta\n", [Pair("a", "b", id="7")]),
        ("a\tb\tc\n", [Pair("a", "b", metadata={"column_3": "c"})]),
        ("\tb\n", [Pair("", "b")]),
    ],
)
def test_tables_of_others_are_read_as_they_are(tmp_path: Path, text: str, expected: list[Pair]) -> None:
    assert list(read_pairs(save(tmp_path / "x.tsv", text))) == expected


def test_a_row_without_a_tab_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FormatError, match="line 2"):
        list(read_pairs(save(tmp_path / "x.tsv", "a\tb\nalone\n")))


def test_text_that_is_not_utf8_is_refused_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "x.tsv").write_bytes(b"a\tb\n\xc7\xe1\tc\n")
    with pytest.raises(FormatError, match="line 2"):
        list(read_pairs(tmp_path / "x.tsv"))


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ('{"src": "a", "tgt": "b", "n": 3}', Pair("a", "b", metadata={"n": "3"})),
        ('{"translation": {"ar": "a", "fr": "b"}}', Pair("a", "b", "ar", "fr")),
        ('{"source": "a", "target": "b", "id": 5, "score": 1}', Pair("a", "b", id="5", score=1.0)),
    ],
)
def test_objects_of_others_are_read(tmp_path: Path, line: str, expected: Pair) -> None:
    assert list(read_pairs(save(tmp_path / "x.jsonl", f"\n{line}\n"))) == [expected]


def test_the_languages_of_a_translation_are_chosen(tmp_path: Path) -> None:
    path = save(tmp_path / "x.jsonl", '{"translation": {"en": "a", "ar": "b", "fr": "c"}}\n')
    (pair,) = read_pairs(path, source_lang="fr", target_lang="ar")
    assert (pair.source, pair.target, pair.metadata) == ("c", "b", {"translation.en": "a"})
    with pytest.raises(FormatError, match="en, ar, fr"):
        list(read_pairs(path, source_lang="de"))


@pytest.mark.parametrize("line", ["[]", '{"source": "a"}', '{"source": 1, "target": "b"}', "{", "[" * 100_000])
def test_lines_that_are_no_pair_are_refused_with_their_place(tmp_path: Path, line: str) -> None:
    path = save(tmp_path / "x.jsonl", f'{{"source": "a", "target": "b"}}\n{line}\n')
    with pytest.raises(FormatError, match="line 2"):
        list(read_pairs(path))


def test_a_line_of_json_is_a_line_for_every_reader(tmp_path: Path) -> None:
    write_pairs(tmp_path / "x.jsonl", [Pair("a\u2028b\x85c\nd", "e", "ar", "fr")])
    assert len((tmp_path / "x.jsonl").read_text(encoding="utf-8").splitlines()) == 1
