"""What a file says about the article in it."""

from __future__ import annotations

from pathlib import Path

from mt.sources import SourceFile, read_facts

PAGE = """<html><head><title>T</title><link rel="canonical" href="https://example.org/a">
<meta property="og:url" content="https://example.org/b"></head>
<body><article><p>The minister said on Monday that he would resign after the long debate in parliament.</p>
<p>He did not say when, and the government did not answer the questions of reporters.</p></article>
<footer><a rel="license" href="https://creativecommons.org/licenses/by/4.0/">CC</a></footer></body></html>"""


def test_a_web_page_says_where_it_stands_and_under_which_licence(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(PAGE, encoding="utf-8")
    (facts,) = read_facts(SourceFile(str(page), "page.html")).articles
    assert facts.url == "https://example.org/a"
    assert facts.licence == "https://creativecommons.org/licenses/by/4.0/"


def test_a_record_says_it_in_its_keys_and_a_text_not_at_all(tmp_path: Path) -> None:
    record = tmp_path / "news.jsonl"
    record.write_text('{"text": "The minister resigned on Monday.", "url": "https://example.org", "license": "CC0"}\n')
    (facts,) = read_facts(SourceFile(str(record), "news.jsonl")).articles
    assert (facts.url, facts.licence) == ("https://example.org", "CC0")
    plain = tmp_path / "news.txt"
    plain.write_text("The minister resigned on Monday.\n")
    (facts,) = read_facts(SourceFile(str(plain), "news.txt")).articles
    assert (facts.url, facts.licence) == (None, None)
