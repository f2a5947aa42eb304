"""A model is asked its probes before its first use in a direction, and refused if they come out wrong."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from corpora.errors import ModelError
from corpora.store import Store
from mt import first_use
from mt.checkpoint import Checkpoint
from mt.first_use import require_health
from mt.settings import TranslationSettings


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch) -> Callable[[list[str]], list[tuple[str, str]]]:
    """Put fixed answers in the place of the probes; returns the directions that were asked."""

    def install(wrong: list[str]) -> list[tuple[str, str]]:
        asked: list[tuple[str, str]] = []

        def fake(_model: str, source_lang: str, target_lang: str, **_: object) -> list[str]:
            asked.append((source_lang, target_lang))
            return wrong

        monkeypatch.setattr(first_use, "problems", fake)
        return asked

    return install


def ask(model: Checkpoint, store: Store, target_lang: str = "ar") -> None:
    require_health("en", target_lang, settings=TranslationSettings(model=str(model.folder)), store=store)


def test_a_model_that_is_well_is_asked_once_in_each_direction(
    model: Checkpoint, tmp_path: Path, answers: Callable[[list[str]], list[tuple[str, str]]]
) -> None:
    asked = answers(["one probe of four"])
    with Store(tmp_path) as store:
        ask(model, store)
        ask(model, store)
        ask(model, store, "fr")
    with Store(tmp_path) as store:
        ask(model, store)
    assert asked == [("en", "ar"), ("en", "fr")]


def test_a_model_that_writes_garbage_is_refused_each_time(
    model: Checkpoint, tmp_path: Path, answers: Callable[[list[str]], list[tuple[str, str]]]
) -> None:
    asked = answers(["“a” came out as “b”", "two", "three"])
    with Store(tmp_path) as store:
        for _ in range(2):
            with pytest.raises(
                ModelError, match=r"fails the health check for en to ar: “a” came out as “b”, and 2 more"
            ):
                ask(model, store)
    assert len(asked) == 2


def test_no_model_is_an_error_with_the_cures(no_hub: Path, tmp_path: Path) -> None:
    with Store(tmp_path) as store, pytest.raises(ModelError, match="muwazi models pull"):
        require_health("en", "ar", store=store)
