"""The pieces that every report is made of: rows, hidden characters, differences, charts, words for figures."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from eval.report import charts
from eval.report.difference import differences
from eval.report.figures import figures
from eval.report.inline import marked, prose
from eval.report.rows import gravest, rows
from eval.report.visible import shown, split
from eval.report.wording import share
from tests.eval.report import samples


def test_rows_follow_the_beads() -> None:
    made = rows(samples.small())
    assert [row.bead for row in made] == list(samples.BEADS)
    assert [row.id for row in made][:2] == ["s1", "s2"]
    assert [row.mark for row in made[-2:]] == ["repeat", "boilerplate"]
    assert made[3].retranslation == samples.FORWARD[3]
    assert made[11].retranslation is None


def test_rows_place_a_finding_without_sentence() -> None:
    base = samples.small()
    made = rows(replace(base, findings=tuple(replace(f, sentence=None) for f in base.findings)))
    assert [f.id for row in made for f in row.findings] == [f.id for f in base.findings]


def test_repair_touches_only_sure_errors() -> None:
    row = rows(samples.small())[5]
    assert row.repaired == samples.TARGET[5].replace("Cloude", "Claude")


def test_hidden_characters_become_tokens_and_ordinary_marks_stay() -> None:
    assert split("a\u202eb") == [("a", False), ("RLO", True), ("b", False)]
    assert shown("نیم\u200cفاصله \u200f!") == "نیم\u200cفاصله \u200f!"
    assert shown("\x00") == "⟦U+0000⟧"


@given(st.text())
def test_split_loses_nothing_visible(text: str) -> None:
    assert "".join(part for part, hidden in split(text) if not hidden) == "".join(
        char for char in text if not shown(char).startswith("⟦") or char == "⟦"
    )


@given(
    st.text(alphabet="ab <&\"'", max_size=40), st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), max_size=6)
)
def test_marking_keeps_the_text(text: str, spans: list[tuple[int, int]]) -> None:
    ordered = [(min(span), max(span)) for span in spans]
    made = marked(text, flagged=ordered[:3], different=ordered[3:])
    assert etree.fromstring(f"<p>{made}</p>").xpath("string()") == text


def test_differences_by_word() -> None:
    assert differences("a black cat sat", "a white cat sat") == ([(2, 7)], [(2, 7)])
    assert differences("كَتَبَ الكتاب", "كتب الكتاب") == ([], [])
    assert differences("", "word") == ([], [])


@given(st.text(max_size=60), st.text(max_size=60))
def test_differences_are_spans_of_their_text(left: str, right: str) -> None:
    for text, spans in zip((left, right), differences(left, right), strict=True):
        assert all(0 <= a < b <= len(text) for a, b in spans)
        assert spans == sorted(spans)


def test_share_says_all_and_nothing_only_when_it_is_so() -> None:
    assert [share(value) for value in (1.0, 0.9999, 0.0, 0.0001, 0.5, None)] == [
        "100 %",
        "99.9 %",
        "0 %",
        "0.1 %",
        "50 %",
        "–",
    ]


def test_charts_are_well_formed_with_extreme_figures() -> None:
    made = [
        charts.histogram([], low=0, high=1, bins=5, x_label="x", title="t"),
        charts.histogram([-1, 0, 1, 2], low=0, high=1, bins=5, x_label="<x>", title="t&"),
        charts.length_ratios([(1, 0.0), (2, 1e9)], flagged=frozenset({2}), count=2),
        charts.length_ratios([], flagged=frozenset(), count=0),
        charts.alignment_path([], sources=0, targets=0, x_label="x", y_label="y"),
        charts.bars([charts.Bar("<script>", (("c1", 0.0),), "0")], title="t", description="d"),
    ]
    for svg in made:
        assert "nan" not in svg
        assert etree.fromstring(svg).tag == "svg"


@pytest.mark.parametrize("retranslated", [True, False])
def test_figures_come_with_what_there_is(retranslated: bool) -> None:
    result = samples.small(retranslated=retranslated)
    ids = [figure.id for figure in figures(result, rows(result))]
    assert ("chrf" in ids) is retranslated
    assert {"kinds", "path", "similarity", "lengths", "name-types"} <= set(ids)


@given(st.text(alphabet="a“”`<&\n\u0627", max_size=30))
def test_prose_loses_nothing_but_its_backticks(text: str) -> None:
    made = etree.fromstring(f"<p>{prose(text)}</p>").xpath("string()")
    assert made.replace("`", "") == text.replace("`", "")


def test_prose_isolates_quotes_and_sets_commands_apart() -> None:
    assert prose("not “الاسم”: run `x <y>`") == "not “<bdi>الاسم</bdi>”: run <code>x &lt;y&gt;</code>"


def test_the_gravest_rows_are_looked_at_first_in_the_order_of_the_report() -> None:
    made = rows(samples.small())
    assert [row.number for row in gravest(made)] == [1, 2, 4, 6, 7, 8, 9, 12]
    assert [row.number for row in gravest(made, 2)] == [6, 7]
    assert gravest(rows(replace(samples.small(), findings=(), segments=()))) == []


def test_a_legend_names_only_what_is_in_its_chart() -> None:
    result = replace(samples.small(), findings=tuple(f for f in samples.small().findings if f.severity == "error"))
    (kinds,) = [figure for figure in figures(result, rows(result)) if figure.id == "kinds"]
    assert [style for style, _ in kinds.keys] == ["error", "flag"]
