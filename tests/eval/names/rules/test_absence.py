"""How probable it is that a name was left out moves with each kind of evidence."""

from __future__ import annotations

import pytest

from eval.names.detect import set_scene
from eval.names.knowledge import Knowledge
from eval.names.rules.absence import absence, bundled, expanded, first_look, second_look
from eval.names.rules.ledger import Ledger
from eval.names.rules.reckoning import entity_of, reckon
from tests.eval.names.scenes import article, witness


def _probability(text: str, lang: str, source: str, surface: str) -> float:
    checked, sentences = article(text, lang)
    scene = set_scene(checked, sentences, [witness(source, "en", len(sentences))], Knowledge.bundled())
    ledger = Ledger(scene, list(reckon(scene, scene.sources[0])))
    for account in ledger.accounts:
        for name in account.names:
            if name.surface == surface:
                return absence(ledger, account, name, entity_of(name))
    raise AssertionError(surface)


@pytest.mark.parametrize(
    ("lang", "whole", "holed"),
    [
        (
            "fr",
            "Le tribunal de Dravenport a condamné l’entreprise mardi.",
            "Le tribunal de a condamné l’entreprise mardi.",
        ),
        ("ar", "أدانت محكمة دريفنبورت الشركة يوم الثلاثاء.", "أدانت محكمة الشركة يوم الثلاثاء."),
    ],
)
def test_what_sounds_or_reads_like_the_name_speaks_against_it(lang: str, whole: str, holed: str) -> None:
    source = "The court of Dravenport fined the company on Tuesday."
    there, gone = (_probability(text, lang, source, "Dravenport") for text in (whole, holed))
    assert gone > 0.8
    assert there < 0.5


def test_weights_belong_to_the_evidence_that_is_computed() -> None:
    checked, sentences = article("Le tribunal a condamné l’entreprise.", "fr")
    source = witness("The court of Dravenport fined the company.", "en", 1)
    scene = set_scene(checked, sentences, [source], Knowledge.bundled())
    ledger = Ledger(scene, list(reckon(scene, scene.sources[0])))
    account = ledger.accounts[0]
    first = first_look(ledger, account, account.names[0], None)
    both = first | second_look(ledger, account, account.names[0])
    assert bundled()["first"].keys() <= expanded(first).keys()
    assert bundled()["second"].keys() <= expanded(both).keys()


def test_a_switch_repeats_the_evidence() -> None:
    assert expanded({"known": 1.0, "cased": 0.0, "gap": 0.5}) == {
        "known": 1.0,
        "cased": 0.0,
        "gap": 0.5,
        "known · known": 1.0,
        "cased · known": 0.0,
        "gap · known": 0.5,
        "known · cased": 0.0,
        "cased · cased": 0.0,
        "gap · cased": 0.0,
    }
