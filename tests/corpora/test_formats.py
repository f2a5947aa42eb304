"""The contract that every pair format keeps; what is particular to one is in its own test module."""

from __future__ import annotations

import gzip
import math
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpora.errors import FormatError, InputError, OutputError, UsageError
from corpora.formats.base import FORMATS, Pair, detect_format, dump_pairs, read_pairs, write_pairs

# What breaks formats: controls, line breaks of all kinds, tabs, markup, quotes, escapes, bidi marks, emoji.
CONTROLS = ["\t", "\n", "\r", "\r\n", "\x00", "\x0b", "\x1e", "\x85", "\u2028", "\ufeff", "\ufffe", "\u202e", "\u2067"]
SIGNS = ["\\", "\\n", '"', "'", "<", ">", "&", "&amp;", "]]>", "<!--", "{", "}", "😀", "𐎀", "e\u0301", "\u200f"]
PIECES = st.sampled_from(["", " ", "a", "é", "سلام", *CONTROLS, *SIGNS])
TEXTS = st.lists(PIECES, max_size=6).map("".join)
NAMES = st.text(st.characters(codec="utf-8"), min_size=1, max_size=8).filter(lambda name: not name.startswith("u"))
KEYS = st.sampled_from(["domain", "note", "url", "x y", "éא", "a:b"])
PAIRS = st.builds(
    Pair,
    TEXTS,
    TEXTS,
    st.just("ar"),
    st.just("fr"),
    st.none() | NAMES,
    st.none() | st.floats(0, 1).map(lambda score: round(score, 4)),
    st.dictionaries(KEYS, TEXTS, max_size=3),
)
SIMPLE = [
    Pair("أعلنت OpenAI ذلك.", "OpenAI l’a annoncé.", "ar", "fr", "a-1", 0.9876, {"domain": "news"}),
    Pair("", "Seulement ici.", "ar", "fr"),
    Pair("هنا فقط.", "", "ar", "fr"),
]
every_format = pytest.mark.parametrize("name", FORMATS)


def path_for(folder: Path, name: str) -> Path:
    return folder / f"pairs{FORMATS[name].suffixes[0]}"


@every_format
def test_pairs_come_back(name: str, tmp_path: Path) -> None:
    path = path_for(tmp_path, name)
    assert write_pairs(path, SIMPLE) == len(SIMPLE)
    assert list(read_pairs(path, source_lang="ar", target_lang="fr")) == [FORMATS[name].held(pair) for pair in SIMPLE]


@every_format
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=40)
@given(pairs=st.lists(PAIRS, min_size=1, max_size=4))
def test_nothing_is_lost_that_the_format_can_hold(name: str, tmp_path: Path, pairs: list[Pair]) -> None:
    path = path_for(tmp_path, name)
    write_pairs(path, pairs)
    assert list(read_pairs(path, source_lang="ar", target_lang="fr")) == [FORMATS[name].held(pair) for pair in pairs]


@every_format
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=40)
@given(pair=PAIRS)
def test_what_a_format_holds_it_holds_again(name: str, pair: Pair, tmp_path: Path) -> None:
    held = FORMATS[name].held
    assert held(held(pair)) == held(pair)


@every_format
def test_same_pairs_same_bytes(name: str, tmp_path: Path) -> None:
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        write_pairs(path_for(tmp_path / folder, name), SIMPLE)
    first, second = (sorted((tmp_path / folder).iterdir()) for folder in ("a", "b"))
    assert [file.name for file in first] == [file.name for file in second]
    assert [file.read_bytes() for file in first] == [file.read_bytes() for file in second]


@every_format
def test_no_pairs_are_a_valid_file(name: str, tmp_path: Path) -> None:
    path = path_for(tmp_path, name)
    assert write_pairs(path, [], source_lang="ar", target_lang="fr") == 0
    assert [pair for pair in read_pairs(path, source_lang="ar", target_lang="fr") if pair.source] == []


@every_format
def test_the_name_tells_the_format(name: str, tmp_path: Path) -> None:
    for suffix in FORMATS[name].suffixes:
        assert detect_format(tmp_path / f"x{suffix}") == name
        assert detect_format(tmp_path / f"X{suffix.upper()}.gz") == name


@pytest.mark.parametrize("name", [name for name in FORMATS if name != "moses"])
def test_the_content_tells_the_format(name: str, tmp_path: Path) -> None:
    path = tmp_path / "pairs.data"
    write_pairs(path, SIMPLE, format=name)
    assert detect_format(path) == name
    assert len(list(read_pairs(path))) == len(SIMPLE)


@pytest.mark.parametrize("name", [name for name in FORMATS if name not in {"moses", "parquet"}])
def test_packed_files_are_read_and_written(name: str, tmp_path: Path) -> None:
    path = tmp_path / f"pairs{FORMATS[name].suffixes[0]}.gz"
    write_pairs(path, SIMPLE)
    first = path.read_bytes()
    write_pairs(path, SIMPLE)
    assert path.read_bytes() == first
    assert gzip.decompress(first).decode("utf-8") == "".join(piece for (piece,) in dump_pairs(name, SIMPLE))
    assert list(read_pairs(path)) == [FORMATS[name].held(pair) for pair in SIMPLE]


@every_format
def test_reading_is_streamed(name: str, tmp_path: Path) -> None:
    path = path_for(tmp_path, name)
    write_pairs(path, (Pair(f"س{number}", f"s{number}", "ar", "fr") for number in range(5_000)))
    pairs = read_pairs(path, source_lang="ar", target_lang="fr")
    assert next(pairs).target == "s0"
    pairs.close()  # type: ignore[attr-defined]


@every_format
def test_a_failed_run_leaves_the_old_file(name: str, tmp_path: Path) -> None:
    path = path_for(tmp_path, name)
    write_pairs(path, SIMPLE)
    before = {file.name: file.read_bytes() for file in tmp_path.iterdir()}

    def broken() -> object:
        yield from SIMPLE
        raise InputError("no more")

    with pytest.raises(InputError):
        write_pairs(path, broken())  # type: ignore[arg-type]
    assert {file.name: file.read_bytes() for file in tmp_path.iterdir()} == before


@pytest.mark.parametrize("name", [name for name in FORMATS if name != "moses"])
@pytest.mark.parametrize("content", [b"\x00\x01\x02\xff", b"<a><b></a>", b"\xff\xfe", b"{", b"alone", b"<tmx"])
def test_damaged_files_are_refused_with_their_place(name: str, content: bytes, tmp_path: Path) -> None:
    path = path_for(tmp_path, name)
    path.write_bytes(content)
    with pytest.raises(FormatError) as caught:
        list(read_pairs(path))
    assert path.name in str(caught.value)


@pytest.mark.parametrize("name", ["tmx", "tsv", "csv", "parquet"])
def test_half_a_surrogate_pair_is_refused_or_replaced(name: str, tmp_path: Path) -> None:
    path, pair = path_for(tmp_path, name), Pair("\ud800", "x", "ar", "fr")
    if name == "tmx":
        write_pairs(path, [pair])
        assert next(read_pairs(path)).source == "\ufffd"
    else:
        with pytest.raises(OutputError, match="pair 1"):
            write_pairs(path, [pair])


@pytest.mark.parametrize("name", ["jsonl", "xliff"])
def test_half_a_surrogate_pair_can_be_held(name: str, tmp_path: Path) -> None:
    write_pairs(path_for(tmp_path, name), [Pair("\ud800", "x", "ar", "fr")])
    assert next(read_pairs(path_for(tmp_path, name))).source == "\ud800"


def test_unknown_formats_name_the_nearest(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="tmx"):
        read_pairs(tmp_path / "x", format="tmxx")
    with pytest.raises(FormatError, match=r"\.tmx"):
        write_pairs(tmp_path / "x.doc", SIMPLE)
    (tmp_path / "x.doc").write_text("prose\n", encoding="utf-8")
    with pytest.raises(FormatError, match=r"\.tmx"):
        read_pairs(tmp_path / "x.doc")


def test_a_missing_file_is_an_input_error(tmp_path: Path) -> None:
    with pytest.raises(InputError):
        list(read_pairs(tmp_path / "none.tmx"))


@pytest.mark.parametrize("name", ["tsv", "jsonl"])
@pytest.mark.parametrize("score", [math.nan, math.inf])
def test_scores_are_numbers(name: str, score: float, tmp_path: Path) -> None:
    path = path_for(tmp_path, name)
    number = str(score).replace("nan", "NaN").replace("inf", "Infinity")
    text = {
        "tsv": f"source\ttarget\tscore\na\tb\t{score}\n",
        "jsonl": f'{{"source": "a", "target": "b", "score": {number}}}\n',
    }
    path.write_text(text[name], encoding="utf-8")
    with pytest.raises(FormatError, match="score"):
        list(read_pairs(path))
