"""The corruptor of the benchmark: its truth is where it says, and it knows nothing of the detector."""

from __future__ import annotations

import ast
import random
from pathlib import Path

from tests.benchmarks import name_corruption
from tests.benchmarks.name_corruption import OPERATIONS, Name, corrupt

LINE = "Le patron d’OpenAI, Jensen Huang, parle d’IA avec Anthropic."


def names() -> list[Name]:
    def name(surface: str, type_: str, **more: tuple[str, ...]) -> Name:
        start = LINE.index(surface)
        return Name(0, start, start + len(surface), surface, type_, f"x:{surface}", right=(surface,), **more)  # type: ignore[arg-type]

    return [
        name("OpenAI", "organisation"),
        name("Jensen Huang", "person", readings=("Huang Renxun",)),
        name("IA", "acronym", expansions=("Amnesty International",)),
        name("Anthropic", "organisation", literal=("Anthropique",)),
    ]


def test_the_truth_stands_where_it_says() -> None:
    kinds = set()
    for seed in range(200):
        [line], truth = corrupt([LINE], names(), "fr", rng=random.Random(seed), share=0.7)
        for planted in truth:
            kinds.add(planted.kind)
            assert line[planted.start : planted.end] == planted.surface != planted.name.surface
        if not truth:
            assert line == LINE
    assert len(kinds) >= 7


def test_every_operation_names_a_real_example() -> None:
    assert all(operation.seen for operation in OPERATIONS.values())


def test_it_imports_nothing_of_the_detector() -> None:
    tree = ast.parse(Path(name_corruption.__file__).read_text(encoding="utf-8"))
    modules = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert not [module for module in modules if module and module.startswith("eval")]
