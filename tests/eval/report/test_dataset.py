"""The statistics of a dataset: counted as rows come, shown as a page and in a terminal."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from corpora.dataset import Row
from corpora.records import AlignedPair, NameRecord, SideRecord
from corpora.statistics import EDGES, Statistics, Tallies, bar_labels
from eval.report.dataset import DatasetPage, render_html, render_text

PAIR = AlignedPair(SideRecord("a", "en", 3, 0, 0), SideRecord("b", "ar", 3, 0, 0), "use", ())


def rows() -> Iterator[Row]:
    for score in (0.5, 0.95, 1.0, 0.05):
        row = {"source_lang": "en", "target_lang": "ar", "source": "x" * 30, "target": "y" * 2000}
        yield {**row, "score": score, "similarity": -0.1, "length_ratio": None, "chrf": None}


@pytest.fixture
def found() -> Statistics:
    tallies = Tallies()
    for number, row in enumerate(rows()):
        tallies.add_pair(row, "train" if number else "test")
    tallies.add_rejected(PAIR, "length")
    tallies.add_name(NameRecord(0, 1, "x", "casing", "error", None, "X", 1.0, "X"))
    tallies.add_name(NameRecord(0, 1, "x", "casing", "error", None, None, 0.5, None))
    return tallies.statistics()


def test_every_row_is_in_one_bar_of_each_figure_it_has(found: Statistics) -> None:
    assert found.directions == {"en → ar": {"test": 1, "train": 3}}
    assert found.distributions["score"] == (1, 0, 0, 0, 0, 1, 0, 0, 0, 2)
    assert found.distributions["similarity"] == (4, 0, 0, 0, 0, 0, 0, 0, 0, 0)
    assert found.distributions["target_length"][-1] == 4
    assert "chrf" not in found.distributions
    assert found.names == {"casing": (2, 1)}
    assert found.rejected == {"en → ar": {"length": 1}}
    assert all(len(bar_labels(name)) == len(edges) for name, edges in EDGES.items())


def test_it_survives_json(found: Statistics) -> None:
    again = Statistics.of(json.loads(json.dumps(found.record())))
    assert render_text(again) == render_text(found)


def test_the_page_stands_alone_and_escapes_what_it_is_given(found: Statistics) -> None:
    page = render_html(
        DatasetPage("<script>x</script>", [("files", 1200, "<b>")], {"length": 1}, {"used": 2}, found, "1")
    )
    assert "<script" not in page
    assert "&lt;b&gt;" in page
    assert "1,200" in page
    assert page.count('<svg viewBox="0 0 390') == 8
    assert 'http-equiv="Content-Security-Policy"' in page


def test_a_terminal_sees_each_bar_that_is_not_empty(found: Statistics) -> None:
    text = render_text(found)
    assert "en → ar: 4 pairs; left out: length 1" in text
    assert "0.9 –" in text
    assert "0.2 – 0.3" not in text.split("Characters")[0]
