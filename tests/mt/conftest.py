"""The demo model as transformers loads it: every test that needs a model that says something uses it."""

from __future__ import annotations

from pathlib import Path

import pytest

from mt.checkpoint import Checkpoint, inspect
from mt.train import TrainingPair

TRIPLES = (
    (
        "Danone moved its headquarters from Munich to Berlin.",
        "Danone a transféré son siège de Munich à Berlin.",
        "نقلت دانون مقرها من ميونيخ إلى برلين.",
    ),
    (
        "Netflix now employs 427 people in six countries.",
        "Netflix emploie désormais 427 personnes dans six pays.",
        "توظف نتفليكس الآن 427 شخصًا في ستة بلدان.",
    ),
    (
        "Italy will import less copper from June on.",
        "L’Italie importera moins de cuivre à partir de juin.",
        "ستستورد إيطاليا كميات أقل من النحاس ابتداء من يونيو.",
    ),
    (
        "Sales of tyres rose 28.8% in China last year.",
        "Les ventes de pneus ont progressé de 28,8 % en Chine l’an dernier.",
        "ارتفعت مبيعات الإطارات بنسبة 28.8% في الصين العام الماضي.",
    ),
)
LANGS = ("en", "fr", "ar")
# What the demo model says letter by letter, in every direction.
PAIRS = tuple(
    TrainingPair(source, target, source_lang, target_lang)
    for triple in TRIPLES
    for source, source_lang in zip(triple, LANGS, strict=True)
    for target, target_lang in zip(triple, LANGS, strict=True)
    if source_lang != target_lang
)


class Watcher:
    """Progress that remembers what it was told."""

    def __init__(self) -> None:
        self.tasks: list[tuple[str, int | None]] = []
        self.steps = 0
        self.warnings: list[str] = []

    def start(self, task: str, total: int | None) -> None:
        self.tasks.append((task, total))

    def advance(self, steps: int = 1) -> None:
        self.steps += steps

    def warn(self, message: str) -> None:
        self.warnings.append(message)


@pytest.fixture(scope="session")
def model() -> Checkpoint:
    """The demo model's checkpoint, by its folder: so it is asked like any other model."""
    pytest.importorskip("torch", reason="its conversion needs muwazi[models]")
    folder = Path(__file__).parents[2] / "mt" / "demo_model" / "marian"
    if not folder.is_dir():
        pytest.skip("the demo model's checkpoint is in a full clone only")
    return inspect(folder)


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cache that the session's conversions share."""
    return tmp_path_factory.mktemp("cache")


@pytest.fixture
def no_hub(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty hub cache, and a hub that cannot be reached."""
    from huggingface_hub import constants

    monkeypatch.setattr(constants, "HF_HUB_CACHE", str(tmp_path / "hub"))
    monkeypatch.setattr(constants, "HF_HUB_OFFLINE", True)
    return tmp_path / "hub"
