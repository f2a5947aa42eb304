from __future__ import annotations

import codecs
import io
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from corpora.article import Article
from corpora.errors import FormatError, InputError, LanguageError, OutputError, UsageError
from corpora.readers.base import (
    READERS,
    SUFFIXES,
    Edit,
    read_article,
    read_articles,
    readable_articles,
    write_back,
)
from tests.corpora.pages import ARABIC_PAGE, FRENCH_PAGE, JSONL, MARKDOWN, TMX, WRAPPED

FILES = {
    "story.txt": WRAPPED,
    "قصة.txt": "قالت شركة Openai إنها ستشتري الرقائق.\r\n\r\nوأضافت أن الصفقة كبيرة.\r\n",
    "story.md": MARKDOWN,
    "page.html": FRENCH_PAGE,
    "صفحة.htm": ARABIC_PAGE.replace("charset=windows-1256", "charset=utf-8"),
    "record.json": '{\n  "lang": "fr",\n  "text": "L\\u2019\\u00e9t\\u00e9 d\\u2019Openai.",\n  "n": [1]\n}\n',
    "records.jsonl": JSONL,
    "memory.tmx": TMX,
}
UNICODE = {
    "utf-8": b"",
    "utf-8-sig": codecs.BOM_UTF8,
    "utf-16-le": codecs.BOM_UTF16_LE,
    "utf-16-be": codecs.BOM_UTF16_BE,
}


def encoded(text: str, encoding: str) -> bytes:
    return UNICODE[encoding] + text.encode(encoding.removesuffix("-sig"))


@pytest.fixture
def write(tmp_path: Path) -> Path:
    return tmp_path


def no_edits(articles: Sequence[Article]) -> list[list[Edit]]:
    return [[] for _ in articles]


def test_the_registry_has_a_suffix_for_every_reader() -> None:
    assert set(SUFFIXES.values()) == set(READERS)


@pytest.mark.parametrize("encoding", UNICODE)
@pytest.mark.parametrize("name", FILES)
def test_writing_back_without_edits_gives_the_same_bytes(tmp_path: Path, name: str, encoding: str) -> None:
    path = tmp_path / name
    path.write_bytes(encoded(FILES[name], encoding))
    articles = read_articles(path)
    assert write_back(articles, no_edits(articles)) == path.read_bytes()
    assert {article.encoding for article in articles} == {encoding.removesuffix("-sig")}
    assert {article.bom for article in articles} == {encoding != "utf-8"}
    assert all(article.text.count("\ufeff") == 0 for article in articles)


@pytest.mark.parametrize("encoding", UNICODE)
@pytest.mark.parametrize("name", FILES)
def test_a_repair_changes_the_name_and_nothing_else(tmp_path: Path, name: str, encoding: str) -> None:
    path = tmp_path / name
    wrong, right = ("Openai", "OpenAI") if "Openai" in read_articles_text(tmp_path, name) else ("company", "firm")
    path.write_bytes(encoded(FILES[name], encoding))
    articles = read_articles(path)
    edits = [
        [Edit(at, at + len(wrong), right) for at in range(len(article.text)) if article.text.startswith(wrong, at)]
        for article in articles
    ]
    assert any(edits)
    fixed = write_back(articles, edits)
    path.write_bytes(fixed)
    assert [article.text for article in read_articles(path)] == [
        article.text.replace(wrong, right) for article in articles
    ]


def read_articles_text(folder: Path, name: str) -> str:
    path = folder / name
    path.write_text(FILES[name], encoding="utf-8", newline="")
    return "".join(article.text for article in read_articles(path))


def test_an_edit_over_several_nodes_keeps_the_markup_between_them(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text(FRENCH_PAGE, encoding="utf-8")
    article = read_article(path)
    at = article.text.index("Openai a annoncé")
    fixed = write_back([article], [[Edit(at, at + 6, "R&D <x>")]]).decode()
    assert "<b>R&amp;D &lt;x&gt;</b><i></i> a annonc&#233; mardi" in fixed
    assert len(fixed) == len(FRENCH_PAGE) + len("R&amp;D &lt;x&gt;") - len("Openai")


def test_an_edit_of_one_of_an_escapes_neighbours_leaves_the_escape(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text(FRENCH_PAGE, encoding="utf-8")
    article = read_article(path)
    at = article.text.index("annoncé")
    assert b"publi&#233; mardi" in write_back([article], [[Edit(at, at + 6, "publi")]])
    assert b"annonc&#233;e mardi" in write_back([article], [[Edit(at + 7, at + 7, "e")]])
    assert b"annonce mardi" in write_back([article], [[Edit(at + 6, at + 7, "e")]])


@pytest.mark.parametrize(
    ("raw", "edit", "fixed"),
    [
        ('{"text": "a\\u00e9b \\u0627"}', Edit(0, 3, 'é"\\'), '{"text": "\\u00e9\\"\\\\ \\u0627"}'),
        ('{"text": "aéb"}', Edit(1, 2, "ا\n"), '{"text": "aا\\nb"}'),
        ('{"text": "\\ud83d\\ude00 x"}', Edit(0, 1, "y"), '{"text": "y x"}'),
    ],
)
def test_json_replacements_are_escaped_as_the_record_is(tmp_path: Path, raw: str, edit: Edit, fixed: str) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(raw, encoding="utf-8")
    assert write_back([read_article(path, lang="fr")], [[edit]]).decode() == fixed


def test_cdata_is_not_escaped(tmp_path: Path) -> None:
    path = tmp_path / "m.tmx"
    path.write_text(TMX, encoding="utf-8")
    articles = read_articles(path)
    at = articles[0].text.index("R&D")
    assert b"<![CDATA[M&A]]>" in write_back(articles, [[Edit(at, at + 3, "M&A")], []])


@pytest.mark.parametrize(("encoding", "text"), [("cp1252", "déjà vu à l’Élysée"), ("cp1256", "قالت شركة إنها ستشتري")])
def test_what_the_encoding_cannot_hold_is_refused_by_name(tmp_path: Path, encoding: str, text: str) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(text.encode(encoding))
    article = read_article(path)
    assert article.encoding == encoding
    with pytest.raises(OutputError, match=r"U\+6F22 CJK UNIFIED IDEOGRAPH-6F22") as caught:
        write_back([article], [[Edit(0, 4, "漢")]])
    assert f"iconv -f {encoding} -t UTF-8" in str(caught.value)


def test_in_a_page_what_the_encoding_cannot_hold_becomes_a_reference(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_bytes(ARABIC_PAGE.encode("cp1256"))
    article = read_article(path)
    assert article.encoding == "cp1256"
    at = article.text.index("Openai")
    fixed = write_back([article], [[Edit(at, at + 6, "漢")]])
    assert b"&#28450;" in fixed
    path.write_bytes(fixed)
    assert read_article(path).text.startswith("شركة 漢")


@pytest.mark.parametrize("edits", [[Edit(0, 5, "x"), Edit(3, 8, "y")], [Edit(2, 1, "x")], [Edit(0, 10_000, "x")]])
def test_overlapping_and_outlying_edits_are_refused(tmp_path: Path, edits: list[Edit]) -> None:
    path = tmp_path / "a.txt"
    path.write_text(WRAPPED)
    with pytest.raises(ValueError, match="overlaps another one or lies outside"):
        write_back([read_article(path)], [edits])


def test_a_jsonl_file_is_not_written_from_some_of_its_records(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(JSONL, encoding="utf-8", newline="")
    with pytest.raises(ValueError, match="every article"):
        write_back(read_articles(path)[1:], [[]])


def test_one_article_of_several_is_named(tmp_path: Path) -> None:
    records, memory = tmp_path / "a.jsonl", tmp_path / "m.tmx"
    records.write_text(JSONL, encoding="utf-8", newline="")
    memory.write_text(TMX, encoding="utf-8")
    with pytest.raises(InputError, match="this file has 2") as caught:
        read_article(records)
    assert f"{records}#1" in str(caught.value)
    assert read_article(f"{records}#3").lang == "ar"
    assert read_article(f"{memory}#ar").lang == read_article(memory, lang="ar").lang == "ar"
    with pytest.raises(InputError, match="no such article"):
        read_article(f"{records}#2")


def test_a_broken_record_costs_no_other_one(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"text": "Bonjour à tous", "lang": "fr"}\n{"text": \n{"text": "Hello", "lang": "en"}\n')
    articles, failed = readable_articles(str(path))
    assert [article.path for article in articles] == [f"{path}#1", f"{path}#3"]
    assert [name for name, _ in failed] == [f"{path}#2"]
    assert read_article(f"{path}#3").text == "Hello"
    with pytest.raises(FormatError):
        read_article(f"{path}#2")


def test_an_article_of_a_file_is_read_again_when_the_file_changes(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"text": "Bonjour", "lang": "fr"}\n')
    assert read_article(f"{path}#1").text == "Bonjour"
    path.write_text('{"text": "Bonsoir à tous", "lang": "fr"}\n')
    assert read_article(f"{path}#1").text == "Bonsoir à tous"


def test_a_pipe_is_read_by_what_it_holds() -> None:
    for name, text in FILES.items():
        articles = read_articles("-", stdin=io.BytesIO(text.encode()))
        expected = SUFFIXES[Path(name).suffix]
        assert {article.format for article in articles} == {"text" if expected == "markdown" else expected}
        assert articles[0].path.startswith("-")


def test_the_given_language_wins_and_an_unknown_one_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(WRAPPED)
    assert read_article(path).lang == "en"
    assert read_article(path, lang="fr-CA").lang == "fr"
    with pytest.raises(LanguageError):
        read_article(path, lang="xx")


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.txt", b"", "the file is empty"),
        ("a.txt", b" \r\n\t\n", "no text"),
        ("a.txt", codecs.BOM_UTF8, "no text"),
        ("a.txt", b"2024, 12 %", "--lang"),
        ("a.html", b"<html><body></body></html>", "no text"),
        ("a.jsonl", b"\n\n", "no record"),
        ("a.jsonl", b'{"text": ""}', "no text"),
        ("a.tmx", b"<tmx/>", "no segment"),
        ("a.txt", b"\x00\x01\x02\x03", "binary"),
    ],
)
def test_files_without_text_are_one_clear_line(tmp_path: Path, name: str, data: bytes, said: str) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(InputError, match=said) as caught:
        read_articles(path)
    assert str(path) in str(caught.value)
    assert "\n" not in str(caught.value)


def test_pairs_are_not_an_article(tmp_path: Path) -> None:
    path = tmp_path / "pairs.tsv"
    path.write_text("a\tb\n")
    with pytest.raises(UsageError, match="holds pairs"):
        read_article(path)


def test_a_broken_record_names_its_line(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"text": "Bonjour"}\n{"text": \n')
    with pytest.raises(FormatError) as caught:
        read_articles(path)
    assert str(caught.value).startswith(f"{path}#2")


TEXT = st.text(st.sampled_from([*"aéب漢 .\n\r*#<>&\"'\u200f\ufeff😀"]), min_size=1, max_size=60)


@given(TEXT, st.sampled_from(["a.txt", "a.md"]), st.sampled_from(sorted(UNICODE)), st.data())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
def test_an_edit_and_its_reverse_give_the_same_bytes(
    tmp_path: Path, text: str, name: str, encoding: str, data: st.DataObject
) -> None:
    path = tmp_path / name
    path.write_bytes(encoded("x" + text, encoding))
    original = path.read_bytes()
    article = read_article(path, lang="fr")
    start = data.draw(st.integers(1, len(article.text)))
    end = data.draw(st.integers(start, len(article.text)))
    replacement = data.draw(TEXT)
    path.write_bytes(write_back([article], [[Edit(start, end, replacement)]]))
    fixed = read_article(path, lang="fr")
    surface = article.text[start:end]
    assert write_back([fixed], [[Edit(start, start + len(replacement), surface)]]) == original


@given(
    st.data(),
    st.sampled_from(["page.html", "record.json", "records.jsonl", "memory.tmx", "صفحة.htm"]),
    st.sampled_from(sorted(UNICODE)),
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25, deadline=None)
def test_any_edits_of_mapped_formats_are_read_back(
    tmp_path: Path, data: st.DataObject, name: str, encoding: str
) -> None:
    path = tmp_path / name
    path.write_bytes(encoded(FILES[name], encoding))
    articles = read_articles(path)
    edits = []
    for article in articles:
        block = data.draw(st.sampled_from([block for block in article.blocks if block.start < block.end]))
        start = data.draw(st.integers(block.start, block.end - 1))
        end = data.draw(st.integers(start, block.end))
        edits.append([Edit(start, end, data.draw(st.text('a<&"\\ب€😀 ', max_size=4)))])
    fixed = path.with_name("fixed" + path.suffix)
    fixed.write_bytes(write_back(articles, edits))
    if name.endswith(("json", "jsonl", "tmx")):
        expected = [
            a.text[: e[0].start] + e[0].replacement + a.text[e[0].end :] for a, e in zip(articles, edits, strict=True)
        ]
        assume(all(any(map(str.isalpha, text)) for text in expected))  # a text without letters has no language
        assert [article.text for article in read_articles(fixed)] == expected


def test_a_language_of_another_script_than_the_texts_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("وقعت الشركة عقودًا مع ثلاثة من مقدمي الخدمات السحابية منذ يناير.", encoding="utf-8")
    with pytest.raises(LanguageError, match="given as French, but the text is") as caught:
        read_article(path, lang="fr")
    assert caught.value.exit_code == 2
    assert read_article(path, lang="ar").lang == "ar"
    path.write_text("OpenAI ChatGPT GPT-4o", encoding="utf-8")
    assert read_article(path, lang="ar").lang == "ar"
