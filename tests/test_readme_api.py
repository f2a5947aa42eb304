"""The examples of the README's library section run as they stand."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.mt.datasets import write

README = Path(__file__).parents[1] / "README.md"
EXAMPLES = re.findall(
    r"```python\n(.*?)```", README.read_text(encoding="utf-8").partition("## As a library")[2], re.DOTALL
)


@pytest.mark.parametrize("example", EXAMPLES)
def test_an_example_runs_as_it_stands(example: str, tmp_path: Path) -> None:
    articles = write(tmp_path / "articles", "pay-wallets")
    (tmp_path / "article-ar.txt").write_bytes((articles / "pay-wallets.ar.txt").read_bytes())
    (tmp_path / "article-en.txt").write_bytes((articles / "pay-wallets.en.txt").read_bytes())
    (tmp_path / "example.py").write_text(example, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "example.py"],
        cwd=tmp_path,
        env={**os.environ, "XDG_CACHE_HOME": str(tmp_path / "cache")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip()
