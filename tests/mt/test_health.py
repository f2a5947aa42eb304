"""Probe sentences tell a sound model from one that writes garbage, another language, or something else."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from corpora.translation import Translation
from mt import health
from mt.health import PROBES, problems

Speak = Callable[[Sequence[str]], None]


@pytest.fixture
def speak(monkeypatch: pytest.MonkeyPatch) -> Speak:
    """Let the model answer the probes with these texts."""

    def answer_with(texts: Sequence[str]) -> None:
        def answer(probes: Sequence[str], **options: object) -> Translation:
            flags = ((),) * len(probes)
            return Translation(tuple(texts), "en", "fr", "forward", "m", "r", "ctranslate2", flags)

        monkeypatch.setattr(health, "translate_sentences", answer)

    return answer_with


@pytest.mark.parametrize("source", ["en", "fr", "ar", "zh"])
def test_a_sound_model_has_no_problems(speak: Speak, source: str) -> None:
    for target in {"en", "fr", "ar"} - {source}:
        speak(PROBES[target])
        assert problems("model", source, target) == []


def test_fluent_text_that_means_something_else_is_told(speak: Speak) -> None:
    speak(["Le chat dort.", "Il joue du violon.", "Nous avons mangé des pommes.", "La mer est bleue."])
    assert len([line for line in problems("model", "en", "fr") if "means something else" in line]) == 4


def test_another_language_is_told(speak: Speak) -> None:
    speak(PROBES["en"])
    assert problems("model", "ar", "fr") == ["the probes came out in en, not in fr"]


def test_a_language_without_probes_is_not_judged(speak: Speak) -> None:
    speak([])
    assert problems("model", "sw", "fr") == []
