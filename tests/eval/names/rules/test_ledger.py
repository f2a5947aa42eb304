"""What renders a name elsewhere in an article is learned from its beads, whatever the letters."""

from __future__ import annotations

import pytest

from eval.names.detect import set_scene
from eval.names.knowledge import Knowledge
from eval.names.rules.ledger import Ledger
from eval.names.rules.reckoning import reckon
from tests.eval.names.scenes import article, witness

_SOURCE = (
    "The farmers of Brevonia sold their wheat.\n"
    "A storm reached Brevonia at night.\n"
    "Trains to Brevonia were late.\n"
    "The minister resigned."
)
_TEXT = (
    "Les fermiers du Pays-Brun ont vendu leur blé.\n"
    "Une tempête a atteint le Pays-Brun dans la nuit.\n"
    "Les trains étaient en retard.\n"
    "Le ministre a démissionné."
)


def _ledger(source: str, text: str, lang: str) -> Ledger:
    checked, sentences = article(text, lang)
    scene = set_scene(checked, sentences, [witness(source, "en", len(sentences))], Knowledge.bundled())
    return Ledger(scene, list(reckon(scene, scene.sources[0])))


def test_a_word_that_goes_with_a_name_is_its_companion() -> None:
    ledger = _ledger(_SOURCE, _TEXT, "fr")
    gone = ledger.companion(ledger.accounts[2], "Brevonia")
    assert gone.strongest > 0.5
    assert gone.here == 0
    assert gone.others == 2
    there = ledger.companion(ledger.accounts[0], "Brevonia")
    assert there.here == there.strongest


def test_a_word_that_stands_in_one_bead_alone_has_none() -> None:
    ledger = _ledger(_SOURCE, _TEXT, "fr")
    assert ledger.companion(ledger.accounts[3], "minister").others == 0
    assert ledger.companion(ledger.accounts[3], "nowhere").strongest == 0


@pytest.mark.parametrize(("place", "expected"), [(0, (1, 2)), (2, (2, 2))])
def test_a_rendering_by_sound_counts(place: int, expected: tuple[int, int]) -> None:
    source = "Lenschow spoke.\nWe met Lenschow at noon.\nThe plan of Lenschow failed."
    text = "تحدث لينشو.\nالتقينا لينشو ظهرا.\nفشلت الخطة."
    ledger = _ledger(source, text, "ar")
    account = ledger.accounts[place]
    name = next(mention for mention in account.names if mention.surface == "Lenschow")
    assert ledger.rendered(account, name, "Lenschow") == expected


def test_links_are_asked_for_once() -> None:
    ledger = _ledger(_SOURCE, _TEXT, "fr")
    first = ledger.links(ledger.accounts[0], 0)
    assert ledger.links(ledger.accounts[0], 0) is first
    assert first.probability.shape == (len(first.source), len(first.target))


def test_a_bead_that_is_short_for_its_source_shows() -> None:
    source = "\n".join(["The old harbour was quiet in the morning."] * 3)
    text = "\n".join(["Le vieux port était calme dans la matinée."] * 2 + ["Le port."])
    ledger = _ledger(source, text, "fr")
    assert ledger.excess(ledger.accounts[0]) == 0
    assert ledger.excess(ledger.accounts[2]) < -0.5
