"""A small Marian trained from scratch loads through the same code as any other and says what it was taught."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from corpora.errors import UsageError
from mt.checkpoint import Checkpoint, vocabulary
from mt.engines.base import Search, load
from mt.pieces import Pieces
from mt.settings import TranslationSettings
from mt.train import TrainingPair, TrainSettings, train
from tests.mt.conftest import PAIRS

pytest.importorskip("torch", reason="training needs muwazi[models]")

TINY = TrainSettings(
    vocabulary=400, width=64, layers=1, feed_forward=128, dropout=0.0, learning_rate=5e-3, steps=160, warmup=20
)


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Checkpoint:
    """A Marian that knows 24 pairs by heart, in the form that transformers writes."""
    return train(PAIRS, tmp_path_factory.mktemp("tiny") / "model", settings=TINY)


def test_it_reproduces_its_training_sentences_after_reloading(tiny: Checkpoint) -> None:
    engine = load(tiny, TranslationSettings(engine="transformers", threads=1))
    for pair in PAIRS:
        pieces = Pieces(tiny, pair.source_lang, pair.target_lang)
        ((best,),) = engine.submit([pieces.frame(pieces.encode(pair.source))], pieces.target_prefix, Search())()
        assert pieces.decode(best.pieces) == pair.target


def test_the_checkpoint_is_what_the_hub_has(tiny: Checkpoint) -> None:
    assert tiny.form == "transformers"
    assert [path.name for path in tiny.weights] == ["model.safetensors"]
    assert {">>ara<<", ">>eng<<", ">>fra<<"} <= set(vocabulary(tiny))
    assert json.loads((tiny.folder / "config.json").read_text(encoding="utf-8"))["model_type"] == "marian"
    assert tiny.revision.startswith("sha256:")


def test_the_same_seed_gives_the_same_weights(tmp_path: Path) -> None:
    brief = TrainSettings(
        vocabulary=200, width=16, layers=1, heads=2, feed_forward=16, steps=3, warmup=1, sampling=0.2, seed=7
    )
    first, second = (train(PAIRS, tmp_path / name, settings=brief) for name in ("first", "second"))
    assert first.revision == second.revision


def test_half_precision_halves_the_file_and_loads(tmp_path: Path) -> None:
    sizes = {}
    for half in (False, True):
        brief = TrainSettings(
            vocabulary=200, width=16, layers=1, heads=2, feed_forward=16, steps=1, warmup=1, half=half
        )
        checkpoint = train(PAIRS, tmp_path / str(half), settings=brief)
        sizes[half] = checkpoint.weights[0].stat().st_size
        load(checkpoint, TranslationSettings(engine="transformers", threads=1))
    assert sizes[True] < 0.75 * sizes[False]


def test_nothing_to_train_on_is_said(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="nothing to train on"):
        train([], tmp_path / "model")


def test_an_existing_folder_is_not_touched(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="there already"):
        train([TrainingPair("a", "b", "en", "fr")], tmp_path, settings=TINY)


def test_sizes_that_do_not_fit_are_refused() -> None:
    with pytest.raises(ValueError, match="multiple of heads"):
        TrainSettings(width=10, heads=4)
