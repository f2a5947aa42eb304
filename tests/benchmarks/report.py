"""The HTML report: seconds to render, bytes, and how long a browser takes to open it and to filter it, by length.

    python -m tests.benchmarks.report [--sizes 60,200,1000,5000]

Articles are the hand-made result of the tests, repeated; two rows in three carry findings, far more than in real ones.
The browser rows need playwright and Chromium and are left out where they are missing.
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
import time
from pathlib import Path

from eval.report.html import render
from tests.eval.report import samples


def browse(html: str) -> tuple[float, float] | None:
    """Milliseconds until the page is interactive, and until a filter has been applied and laid out."""
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        return None
    if chromium is None:
        return None
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as driver:
        path = Path(folder) / "report.html"
        path.write_text(html, encoding="utf-8")
        browser = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page()
        page.goto(path.as_uri())
        opened = page.evaluate("() => performance.getEntriesByType('navigation')[0].domComplete")
        filtered = page.evaluate(
            """() => {
              const start = performance.now(), select = document.getElementById('severity');
              select.value = 'error';
              select.dispatchEvent(new Event('change'));
              document.body.getBoundingClientRect();
              return performance.now() - start;
            }"""
        )
        browser.close()
    return float(opened), float(filtered)


def main() -> None:
    """Print a line for each size."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", default="60,200,1000,5000")
    sizes = [int(size) for size in parser.parse_args().sizes.split(",")]
    render(samples.small())
    for size in sizes:
        result = samples.long(size)
        start = time.process_time()
        html = render(result)
        seconds = time.process_time() - start
        seen = browse(html)
        browser = f"  opens in {seen[0]:.0f} ms, filters in {seen[1]:.0f} ms" if seen else ""
        print(f"{size:>5} sentences: {seconds:.2f} CPU s, {len(html.encode()) / 1e6:.2f} MB{browser}")
    print("targets: 60 sentences within 2 s beyond the alignment; under 2 MB for 200 sentences")


if __name__ == "__main__":
    main()
