"""The index of many articles: the same in every format, safe with hostile articles, its schema kept."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from importlib.resources import files

import pytest

from eval.collection import Collection, Entry, Failure, collect
from eval.report.collection.base import FORMATS, render
from tests.eval.report import samples


@pytest.fixture(scope="module")
def collection() -> Collection:
    small = Entry.of(samples.small(), "a/one & two.txt", page="articles/a/one & two.txt.html")
    good = replace(small, id="b.txt", grade="good", errors=0, flagged=0, missed=("similarity is 0.2",), page=None)
    hostile = Entry.of(samples.hostile(), "<script>alert(1)</script>.txt", page="articles/x.html")
    return collect([good, hostile, small], [Failure("c.txt", "the file is empty – was it saved?")])


@pytest.mark.parametrize("format", FORMATS)
def test_every_format_says_the_same_twice(collection: Collection, format: str) -> None:
    once, again = (render(collection, format, "1") for _ in range(2))
    assert once.encode("utf-8") == again.encode("utf-8")
    for told in ("b.txt", "c.txt", "Openai"):
        assert (told in once) or format == "csv"
    assert once.endswith("\n")


def test_json_follows_the_published_schema(collection: Collection) -> None:
    import jsonschema

    schema = json.loads(files("eval.report").joinpath("collection.schema.json").read_text(encoding="utf-8"))
    made = json.loads(render(collection, "json", "1"))
    jsonschema.Draft202012Validator(schema).validate(made)
    assert [failure["id"] for failure in made["failed"]] == ["c.txt"]
    assert made["articles"][0]["report"] == "articles/a/one & two.txt.html" or made["articles"][0]["report"]


def test_csv_has_a_line_an_article_and_those_that_failed(collection: Collection) -> None:
    lines = list(csv.DictReader(io.StringIO(render(collection, "csv", "1"))))
    assert len(lines) == 4
    assert lines[-1]["failure"].startswith("the file is empty")


def test_the_page_escapes_names_of_files_and_links_to_the_reports(collection: Collection) -> None:
    page = render(collection, "html", "1")
    assert "<script>alert" not in page
    assert 'href="articles/a/one%20%26%20two.txt.html"' in page
    assert page.count("<script>") == 1
    assert page.count('<tr class="article"') == 3
    assert page.count('<tr class="failure"') == 1


def test_markdown_and_text_show_hidden_characters(collection: Collection) -> None:
    for format in ("md", "text"):
        assert not set("\u202e\u2067\x00\x07") & set(render(collection, format, "1"))


def test_an_empty_collection_has_a_page_without_a_script() -> None:
    page = render(collect([], [Failure("a", "gone")]), "html", "1")
    assert "<script>" not in page
    assert "No article could be checked" in page
