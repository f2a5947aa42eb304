"""One tiny Marian, trained once a session: every test that needs a model that says something uses it."""

from __future__ import annotations

from pathlib import Path

import pytest

from mt.checkpoint import Checkpoint
from mt.train import TrainingPair, TrainSettings, train

TRIPLES = (
    (
        "The company opened a second factory in Tunis on Monday.",
        "L’entreprise a ouvert une deuxième usine à Tunis lundi.",
        "افتتحت الشركة مصنعا ثانيا في تونس يوم الاثنين.",
    ),
    (
        "Its shares rose by 4 percent.",
        "Ses actions ont gagné 4 %.",
        "ارتفعت أسهمها بنسبة 4 في المئة.",
    ),
    (
        "The minister did not answer questions about the new law.",
        "Le ministre n’a pas répondu aux questions sur la nouvelle loi.",
        "لم يجب الوزير عن الأسئلة المتعلقة بالقانون الجديد.",
    ),
    (
        "Engineers tested the chip for a year before they sold it.",
        "Les ingénieurs ont testé la puce pendant un an avant de la vendre.",
        "اختبر المهندسون الشريحة مدة عام قبل أن يبيعوها.",
    ),
)
LANGS = ("en", "fr", "ar")
PAIRS = tuple(
    TrainingPair(source, target, source_lang, target_lang)
    for triple in TRIPLES
    for source, source_lang in zip(triple, LANGS, strict=True)
    for target, target_lang in zip(triple, LANGS, strict=True)
    if source_lang != target_lang
)
TINY = TrainSettings(
    vocabulary=400, width=64, layers=1, feed_forward=128, dropout=0.0, learning_rate=5e-3, steps=160, warmup=20
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
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Checkpoint:
    """A Marian that knows 24 pairs by heart, in the form that transformers writes."""
    pytest.importorskip("torch", reason="training needs muwazi[models]")
    return train(PAIRS, tmp_path_factory.mktemp("tiny") / "model", settings=TINY)


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
