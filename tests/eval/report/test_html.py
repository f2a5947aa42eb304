"""The HTML report: what it must hold, read back with a real HTML parser."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from lxml import html

from eval.report.html import render
from eval.result import CheckResult
from tests.eval.report import samples


def page(result: CheckResult) -> html.HtmlElement:
    return html.document_fromstring(render(result))


@pytest.fixture(scope="module")
def small() -> html.HtmlElement:
    return page(samples.small())


def test_each_bead_is_an_element_with_a_stable_id(small: html.HtmlElement) -> None:
    assert [bead.get("id") for bead in small.cssselect(".bead")] == [f"s{n + 1}" for n in range(len(samples.BEADS))]


def test_each_finding_is_marked_once_with_kind_and_severity(small: html.HtmlElement) -> None:
    marks = small.cssselect(".finding")
    expected = [(f.id, f.kind, f.severity, f.surface or f.canonical) for f in samples.small().findings]
    got = [(m.get("data-id"), m.get("data-kind"), m.get("data-severity"), m.text_content()) for m in marks]
    assert got == expected


def test_no_id_is_used_twice(small: html.HtmlElement) -> None:
    ids = small.xpath("//@id")
    assert len(ids) == len(set(ids))


def test_sides_have_language_and_direction(small: html.HtmlElement) -> None:
    for role, lang, direction in [("source", "en", "ltr"), ("target", "ar", "rtl"), ("retranslation", "ar", "rtl")]:
        cells = small.cssselect(f".cell.{role} .txt")
        assert len(cells) == len(samples.BEADS)
        assert {(cell.get("lang"), cell.get("dir")) for cell in cells} == {(lang, direction)}


def test_names_are_isolated(small: html.HtmlElement) -> None:
    assert all(mark.find("bdi") is not None for mark in small.cssselect(".finding"))
    assert all(
        cell.find("bdi") is not None for cell in small.cssselect(".names .now") if "decide" not in cell.text_content()
    )


def test_repeats_and_boilerplate_are_collapsed(small: html.HtmlElement) -> None:
    assert [bead.get("id") for bead in small.cssselect("details.marked .bead")] == ["s13", "s14"]
    summaries = [summary.text_content() for summary in small.cssselect("details.marked summary")]
    assert summaries == ["1 repeated sentence, not counted", "1 sentence of the site’s own text, not counted"]


def test_the_repaired_sentence_is_ready_to_copy(small: html.HtmlElement) -> None:
    (button,) = small.cssselect("#s2 button[data-copy]")
    assert button.get("data-copy") == samples.TARGET[1].replace("Huang Renxun", "جنسن هوانغ")
    assert not small.cssselect("#s9 button[data-copy]"), "72 % is not sure enough"


def test_words_that_differ_are_marked_on_both_sides(small: html.HtmlElement) -> None:
    differing = [span.text_content() for span in small.cssselect("#s4 .retranslation .df")]
    assert "تريليون" in differing
    assert small.cssselect("#s4 .target .df")


def test_flagged_stretches_are_marked(small: html.HtmlElement) -> None:
    assert [span.text_content() for span in small.cssselect("#s4 .target .fl")] == ["مليار"]


def test_page_is_self_contained(small: html.HtmlElement) -> None:
    for attribute in ("src", "srcset", "action", "poster", "data"):
        assert not small.xpath(f"//@{attribute}")
    assert all(link.startswith(("#", "data:")) for link in small.xpath("//@href"))
    (policy,) = small.xpath("//meta[@http-equiv]/@content")
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert not small.xpath("//@style"), "the policy forbids style attributes"


def test_landmarks_headings_and_tables(small: html.HtmlElement) -> None:
    assert [len(small.cssselect(tag)) for tag in ("main", "header.mast", "footer", "h1")] == [1, 1, 1, 1]
    for table in small.cssselect("table"):
        assert table.find("caption") is not None
        assert table.cssselect("thead th[scope=col]")
    assert all(svg.get("role") in {"img", "group"} and svg.get("aria-label") for svg in small.cssselect("svg"))


def test_notice_is_visible() -> None:
    (notice,) = page(samples.small(retranslated=False)).cssselect(".notice")
    assert "muwazi models pull" in notice.text_content()


def test_hostile_text_never_becomes_markup() -> None:
    text = render(samples.hostile())
    tree = html.document_fromstring(text)
    assert len(tree.cssselect("script")) == 1
    assert len(tree.cssselect("style")) == 1
    assert not tree.cssselect("img, iframe, object, embed, base, [onload], [onerror], [onmouseover]")
    assert tree.cssselect("svg[onload]") == []
    assert not [link for link in tree.xpath("//@href") if not link.startswith(("#", "data:,"))]
    for number, hostile in enumerate(samples.HOSTILE[:2]):
        assert hostile in tree.cssselect(f"#s{number + 1} .source .txt")[0].text_content()


def test_direction_overrides_are_shown_and_not_obeyed() -> None:
    text = render(samples.hostile())
    seen = re.sub(r' data-copy="[^"]*"', "", text)  # the text to copy must be exact, and nobody sees it
    assert not set("\u202e\u202c\u2067\u2069\u200b\ufeff\x07\x00\u2028") & set(seen)
    tokens = [span.text_content() for span in html.document_fromstring(text).cssselect("#s3 .source .ctl")]
    assert tokens == ["RLO", "PDF", "RLI", "PDI", "ZWSP", "BOM", "U+0007", "U+0000"]


def test_article_without_witness_shows_its_sentences() -> None:
    base = samples.small(retranslated=False)
    alone = replace(base, witnesses=(), segments=(), summary=replace(base.summary, similarity=None, length_ratio=None))
    tree = page(alone)
    assert len(tree.cssselect(".bead")) == len(samples.TARGET)
    assert len(tree.cssselect(".finding")) == 8
    assert not tree.cssselect(".cell.source")


def test_overlapping_findings_are_all_marked() -> None:
    base = samples.small()
    first = base.findings[1]
    findings = (
        first,
        replace(first, id="n3", start=first.start + 6, surface="Renxun"),
        replace(first, id="n4", start=first.start + 6, end=first.end + 9, surface=""),
        replace(first, id="n5"),
    )
    tree = page(replace(base, findings=findings))
    assert sorted(mark.get("data-id") for mark in tree.cssselect(".finding")) == ["n2", "n3", "n4", "n5"]
    assert tree.cssselect("#s2 .target .txt")[0].text_content() == samples.TARGET[1]


def test_back_retranslation_is_named_and_compared_with_the_source() -> None:
    base = samples.small()
    back = samples.Translation(samples.SOURCE, "ar", "en", "back", "m", "r", "ctranslate2")
    tree = page(replace(base, retranslation=back))
    headings = {head.text_content() for head in tree.cssselect(".retranslation .cellhead")}
    assert headings == {"Back re-translation"}
    assert {cell.get("dir") for cell in tree.cssselect(".retranslation .txt")} == {"ltr"}
    assert tree.cssselect("#s9 .source .df")


def test_size_of_a_long_article() -> None:
    assert len(render(samples.long(200)).encode()) < 2_000_000
