"""The HTML report in a real browser: Chromium, driven by Playwright. Skipped where either is missing.

`MUWAZI_SCREENSHOTS=DIR` keeps a picture of every view for a person to look at.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from eval.report.html import render
from eval.result import CheckResult
from tests.eval.report import samples

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
CHROMIUM = next(
    (path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), None
)
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here")


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with playwright.sync_playwright() as driver:
        chromium = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield chromium
        chromium.close()


class Opened:
    """A page with a report in it, and everything that it did behind our back."""

    def __init__(self, browser: Any, path: Path, result: CheckResult, **options: Any) -> None:
        path.write_text(render(result), encoding="utf-8")
        self.page = browser.new_context(**options).new_page()
        self.noise: list[str] = []
        self.requests: list[str] = []
        self.page.on("console", lambda message: self.noise.append(message.text))
        self.page.on("pageerror", lambda error: self.noise.append(str(error)))
        self.page.on("dialog", lambda dialog: self.noise.append(dialog.message))
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.url = path.as_uri()
        self.page.goto(self.url)

    def shown(self) -> list[str]:
        """Ids of the beads that can be seen."""
        ids: list[str] = self.page.eval_on_selector_all(".bead", "all => all.filter(b => !b.hidden).map(b => b.id)")
        return ids


@pytest.fixture
def small(browser: Any, tmp_path: Path) -> Iterator[Opened]:
    opened = Opened(browser, tmp_path / "report.html", samples.small(), viewport={"width": 1280, "height": 900})
    yield opened
    opened.page.context.close()


def test_no_noise_and_no_request(small: Opened) -> None:
    assert small.noise == []
    assert small.requests == [small.url]


def test_arabic_runs_from_right_to_left(small: Opened) -> None:
    first, last = small.page.evaluate(
        """() => {
          const text = document.querySelector('#s10 .target .txt p').firstChild;
          const box = (start, end) => {
            const range = document.createRange();
            range.setStart(text.firstChild ?? text, start);
            range.setEnd(text.firstChild ?? text, end);
            return range.getBoundingClientRect();
          };
          return [box(0, 1).left, box(2, 3).left];
        }"""
    )
    assert first > last
    assert small.page.evaluate("getComputedStyle(document.querySelector('#s1 .target .txt')).direction") == "rtl"
    assert small.page.evaluate("getComputedStyle(document.querySelector('#s1 .source .txt')).direction") == "ltr"


def test_filters_by_severity_and_kind(small: Opened) -> None:
    page = small.page
    everything = small.shown()
    page.select_option("#severity", "error")
    assert small.shown() == ["s1", "s2", "s4", "s6", "s7", "s9"]
    page.select_option("#kind", "casing")
    assert small.shown() == ["s1", "s4", "s9"]
    assert page.inner_text("#tally") == "3 of 14"
    page.select_option("#severity", "")
    page.select_option("#kind", "omission")
    assert small.shown() == ["s8"]
    page.select_option("#kind", "")
    assert small.shown() == everything


def test_deep_link_shows_a_sentence_even_if_it_is_filtered_or_collapsed(small: Opened) -> None:
    page = small.page
    page.select_option("#kind", "omission")
    page.evaluate("location.hash = '#f-n7'")
    page.wait_for_function("() => !document.getElementById('s7').hidden")
    page.evaluate("location.hash = '#s13'")
    page.wait_for_function("() => document.getElementById('s13').closest('details').open")


def test_keyboard_goes_from_finding_to_finding(small: Opened) -> None:
    page = small.page
    seen = []
    for key in "jjjk":
        page.keyboard.press(key)
        seen.append(page.evaluate("document.activeElement.id"))
    assert seen == ["s1", "s2", "s4", "s2"]
    page.uncheck("#keys")
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.id") == ""


def test_copying_the_repaired_sentence(browser: Any, tmp_path: Path) -> None:
    opened = Opened(browser, tmp_path / "r.html", samples.small(), permissions=["clipboard-read", "clipboard-write"])
    opened.page.click("#s2 button[data-copy]")
    opened.page.wait_for_function("() => document.getElementById('said').textContent === 'Copied'")
    copied = opened.page.evaluate("navigator.clipboard.readText()")
    assert copied == samples.TARGET[1].replace("Huang Renxun", "جنسن هوانغ")


def test_rejecting_and_accepting_findings_writes_the_command(small: Opened) -> None:
    page = small.page
    command = "muwazi names fix article-ar.txt --source article-en.txt"
    assert page.inner_text("#command") == command
    page.uncheck(".pick input[value=n3]")
    assert page.inner_text("#command") == f"{command} --skip n3"
    page.check(".pick input[value=n8]")
    assert page.inner_text("#command") == f"{command} --only n1 --only n2 --only n5 --only n7 --only n8"


def test_without_javascript_everything_is_readable(browser: Any, tmp_path: Path) -> None:
    opened = Opened(browser, tmp_path / "r.html", samples.small(), java_script_enabled=False)
    page = opened.page
    assert page.is_visible("#s2 .target .finding")
    assert not page.is_visible("form.bar")
    assert not page.is_visible("button.copy")
    page.click("details.marked summary")
    assert page.is_visible("#s13")


def test_hostile_articles_do_nothing(browser: Any, tmp_path: Path) -> None:
    opened = Opened(browser, tmp_path / "r.html", samples.hostile())
    assert opened.noise == []
    assert opened.requests == [opened.url]
    assert opened.page.title() == f"{samples.HOSTILE[0]} – translation report"
    assert opened.page.evaluate("document.scripts.length") == 1


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("name", "width"), [("desktop", 1280), ("phone", 390)])
def test_nothing_overflows_and_nothing_fails_the_audit(
    browser: Any, tmp_path: Path, scheme: str, name: str, width: int
) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed")
    options = {"viewport": {"width": width, "height": 900}, "color_scheme": scheme}
    opened = Opened(browser, tmp_path / "r.html", samples.small(), bypass_csp=True, **options)
    page = opened.page
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    pictures = os.environ.get("MUWAZI_SCREENSHOTS")
    if pictures:
        page.screenshot(path=str(Path(pictures) / f"report-{name}-{scheme}.png"), full_page=True)
    found = axe.Axe().run(page).response["violations"]
    assert [(v["id"], v["impact"], [n["html"] for n in v["nodes"]][:3]) for v in found] == []


def test_a_long_article_stays_usable(browser: Any, tmp_path: Path) -> None:
    opened = Opened(browser, tmp_path / "r.html", samples.long(500))
    opened.page.select_option("#severity", "error")
    assert len(opened.shown()) > 200
    opened.page.evaluate("location.hash = '#s450'")
    opened.page.wait_for_function(
        "() => { const box = document.getElementById('s450').getBoundingClientRect();"
        " return box.top > 0 && box.top < innerHeight; }"
    )
    assert opened.noise == []


def test_a_printed_page_cuts_nothing_off(browser: Any, tmp_path: Path) -> None:
    opened = Opened(browser, tmp_path / "r.html", samples.small(), viewport={"width": 718, "height": 1000})
    opened.page.emulate_media(media="print")
    right = "all => Math.max(...all.map(one => one.getBoundingClientRect().right))"
    assert opened.page.eval_on_selector_all("table, .bead, figure, .fact", right) <= 718
