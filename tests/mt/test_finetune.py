"""Training on with transformers' trainer: judged by chrF++ and names, ended early, gone on with, and usable at once."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from corpora.errors import UsageError
from corpora.progress import SILENT, Progress
from mt.checkpoint import Checkpoint
from mt.finetune import FineTuned, finetune
from mt.settings import FineTuneSettings
from mt.train import TrainSettings, begin
from mt.translate import translate_sentences
from tests.mt.conftest import PAIRS, Watcher

pytest.importorskip("torch", reason="training needs muwazi[models]")

SMALL = TrainSettings(vocabulary=200, width=16, layers=1, heads=2, feed_forward=16)
BRIEF = FineTuneSettings(steps=4, batch=4, warmup=1, evaluate_every=2, threads=1)


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Checkpoint:
    """A model that has learned nothing."""
    return begin(PAIRS, tmp_path_factory.mktemp("fresh") / "model", SMALL)


def run(start: Checkpoint, folder: Path, settings: FineTuneSettings = BRIEF, progress: Progress = SILENT) -> FineTuned:
    return finetune(start, PAIRS, folder, dev=PAIRS[:6], settings=settings, scratch=True, progress=progress)


def test_a_model_that_can_translate_still_can_and_is_used_by_its_path(model: Checkpoint, tmp_path: Path) -> None:
    done = finetune(model, PAIRS, tmp_path / "tuned", dev=PAIRS, settings=BRIEF)
    assert [score.step for score in done.scores] == [2, 4]
    assert min(score.chrf for score in done.scores) > 90
    assert [path.name for path in done.checkpoint.weights] == ["model.safetensors"]
    assert done.checkpoint.revision != model.revision
    pair = PAIRS[0]
    output = translate_sentences(
        [pair.source],
        source_lang=pair.source_lang,
        target_lang=pair.target_lang,
        model=str(tmp_path / "tuned"),
        engine="transformers",
    )
    assert output.texts == (pair.target,)
    card = (tmp_path / "tuned" / "README.md").read_text(encoding="utf-8")
    assert 'base_model: "marian"' in card
    assert "| 4 |" in card
    assert json.loads((tmp_path / "tuned" / "muwazi.json").read_text(encoding="utf-8"))["start"][1] == model.revision


def test_it_ends_when_nothing_gets_better(fresh: Checkpoint, tmp_path: Path) -> None:
    still = FineTuneSettings(steps=20, batch=4, learning_rate=1e-12, evaluate_every=1, patience=2, threads=1)
    assert [score.step for score in run(fresh, tmp_path / "model", still).scores] == [1, 2, 3]


class Killing(Watcher):
    """A run that is interrupted after its third step."""

    def advance(self, steps: int = 1) -> None:
        super().advance(steps)
        if self.tasks[-1][0] == "training" and self.steps == 3:
            raise KeyboardInterrupt


def test_a_run_that_was_interrupted_goes_on_and_comes_to_the_same(fresh: Checkpoint, tmp_path: Path) -> None:
    whole = run(fresh, tmp_path / "whole")
    with pytest.raises(KeyboardInterrupt):
        run(fresh, tmp_path / "model", progress=Killing())
    assert not (tmp_path / "model").exists()
    watcher = Watcher()
    resumed = run(fresh, tmp_path / "model", progress=watcher)
    assert watcher.steps == 4  # two of them told at once, as done before
    assert [score.step for score in resumed.scores] == [2, 4]
    assert resumed.checkpoint.revision == whole.checkpoint.revision
    assert sorted(path.name for path in tmp_path.iterdir()) == ["model", "whole"]


def test_pairs_that_are_too_long_are_left_out(fresh: Checkpoint, tmp_path: Path) -> None:
    short = FineTuneSettings(steps=1, warmup=0, max_pieces=40, threads=1)
    done = finetune(fresh, PAIRS, tmp_path / "model", settings=short)
    assert done.scores == ()
    assert 0 < done.left_out < len(PAIRS)
    with pytest.raises(UsageError, match="nothing to train on"):
        finetune(fresh, PAIRS, tmp_path / "other", settings=FineTuneSettings(max_pieces=1))
    with pytest.raises(UsageError, match="there already"):
        finetune(fresh, PAIRS, tmp_path / "model", settings=short)


def test_settings_that_make_no_sense_are_refused() -> None:
    with pytest.raises(ValueError, match="batch"):
        FineTuneSettings(batch=0)
    with pytest.raises(ValueError, match="negative"):
        FineTuneSettings(learning_rate=-1)
