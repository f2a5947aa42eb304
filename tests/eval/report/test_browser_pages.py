"""The index of a collection and the page of a comparison in a real browser; skipped where there is none."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from eval.collection import Entry, Failure, collect
from eval.contest import Contest, Driver, NameChange, Rival, Tally
from eval.line_problems import Problem
from eval.report.collection.base import render as render_index
from eval.report.contest.base import Outputs
from eval.report.contest.base import render as render_contest
from eval.report.scores import Files
from tests.eval.report import samples
from tests.eval.report.test_browser import CHROMIUM, browser, playwright

__all__ = ["browser"]
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here")
assert playwright


def index() -> str:
    entry = Entry.of(samples.small(), "a.txt", page="articles/a.txt.html")
    good = replace(
        entry, id="b.txt", title=samples.HOSTILE[0], grade="good", errors=0, flagged=0, kinds=(), missed=("x",)
    )
    french = replace(entry, id="c.txt", lang="fr", title="Les puces", grade="poor", errors=2)
    return render_index(collect([good, entry, french], [Failure("d.txt", "the file is empty")]), "html", "1")


def contest() -> str:
    gone, new = Problem(0, "casing", "Openai", "OpenAI", "“Openai”"), Problem(1, "omission", "", None, "lost")
    drivers = (Driver(0, 0.4, 50.0, 70.0), Driver(1, -0.2, 60.0, 55.0))
    changes = (NameChange(0, "OpenAI", True),)
    rival = Rival("b.ar", 2, Tally(1, 1, 0), (20.0, -5.0), drivers, changes, 1.0, (gone,), (new,), 1.0)
    made = Contest(("a.ar", "b.ar"), "ar", 2, "chrf++", (), (), (rival,), ("odd",), ((gone,), (new,)))
    outputs = Outputs(
        {"a.ar": samples.TARGET[:2], "b.ar": samples.FORWARD[:2]}, samples.TARGET[:2], samples.SOURCE[:2], "en"
    )
    return render_contest(replace(made, lead="adequacy"), outputs, Files(("a", "b"), None, "s"), "html", "1")


PAGES = {"index": index, "contest": contest}


class Opened:
    """A page and everything that it did behind our back."""

    def __init__(self, browser: Any, path: Path, html: str, **options: Any) -> None:
        path.write_text(html, encoding="utf-8")
        self.page = browser.new_context(**options).new_page()
        self.noise: list[str] = []
        self.requests: list[str] = []
        self.page.on("console", lambda message: self.noise.append(message.text))
        self.page.on("pageerror", lambda error: self.noise.append(str(error)))
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.goto(path.as_uri())


@pytest.fixture
def opened(browser: Any, tmp_path: Path) -> Iterator[Opened]:
    made = Opened(browser, tmp_path / "index.html", index(), viewport={"width": 1280, "height": 900})
    yield made
    made.page.context.close()


def shown(page: Any) -> list[str]:
    """Ids of the articles that can be seen, in their order."""
    script = "all => all.filter(row => !row.hidden).map(row => row.querySelector('.name').dataset.v)"
    ids: list[str] = page.eval_on_selector_all("tr.article", script)
    return ids


def test_the_index_sorts_by_every_column_and_back(opened: Opened) -> None:
    page = opened.page
    assert shown(page) == ["c.txt", "a.txt", "b.txt"]
    page.click("th[data-sort=errors] button")
    assert shown(page) == ["a.txt", "c.txt", "b.txt"]
    assert page.get_attribute("th[data-sort=errors]", "aria-sort") == "descending"
    page.click("th[data-sort=errors] button")
    assert shown(page) == ["b.txt", "c.txt", "a.txt"]
    page.click("th[data-sort=name] button")
    assert shown(page) == ["a.txt", "b.txt", "c.txt"]
    assert opened.noise == []
    assert len(opened.requests) == 1


def test_the_index_filters_by_text_grade_kind_language_and_gate(opened: Opened) -> None:
    page = opened.page
    page.fill("#find", "PUCES")
    assert shown(page) == ["c.txt"]
    assert page.inner_text("#tally") == "1 of 3"
    page.fill("#find", "")
    page.select_option("#grade", "good")
    assert shown(page) == ["b.txt"]
    page.select_option("#grade", "")
    page.select_option("#kind", "omission")
    assert shown(page) == ["c.txt", "a.txt"]
    page.select_option("#lang", "ar")
    assert shown(page) == ["a.txt"]
    page.select_option("#kind", "")
    page.check("#gated")
    assert shown(page) == ["b.txt"]


def test_the_comparison_filters_and_goes_by_keys(browser: Any, tmp_path: Path) -> None:
    page = (opened := Opened(browser, tmp_path / "c.html", contest())).page
    page.select_option("select.outcome", "lost")
    visible = "all => all.filter(row => !row.hidden).map(row => row.id)"
    assert page.eval_on_selector_all(".bead", visible) == ["r1-s2"]
    page.evaluate("location.hash = '#r1-s1'")
    page.wait_for_function("() => !document.getElementById('r1-s1').hidden")
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.id") == "r1-s1"
    assert opened.noise == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("name", PAGES)
def test_nothing_overflows_and_nothing_fails_the_audit(
    browser: Any, tmp_path: Path, name: str, width: int, scheme: str
) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed")
    options = {"viewport": {"width": width, "height": 900}, "color_scheme": scheme, "bypass_csp": True}
    page = Opened(browser, tmp_path / "page.html", PAGES[name](), **options).page
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    found = axe.Axe().run(page).response["violations"]
    assert [(v["id"], v["impact"], [n["html"] for n in v["nodes"]][:3]) for v in found] == []


@pytest.mark.parametrize("name", PAGES)
def test_without_javascript_everything_is_there(browser: Any, tmp_path: Path, name: str) -> None:
    page = Opened(browser, tmp_path / "page.html", PAGES[name](), java_script_enabled=False).page
    assert page.locator("tr.article, .bead").count() >= 2
    assert not page.is_visible("form.bar")
