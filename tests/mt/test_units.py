"""Articles that say the same are cut into as many units, and nothing of them is lost."""

from __future__ import annotations

from pathlib import Path

from alignment.beads import Alignment, Bead
from mt.config import Settings
from mt.document import Document, load
from mt.units import _placed, _units, common_units

FRENCH = (
    "La banque centrale a relevé ses taux lundi. Les marchés ont reculé. Le ministre n’a pas répondu.",
    "La banque centrale a relevé ses taux lundi et les marchés ont reculé. Le ministre n’a pas répondu.",
)
ENGLISH = "The central bank raised its rates on Monday. Markets fell. The minister did not answer."


def document(folder: Path, text: str, lang: str) -> Document:
    path = folder / f"{abs(hash(text))}.txt"
    path.write_text(text, encoding="utf-8")
    return load(str(path), lang=lang)


def test_sentences_that_one_article_joins_are_one_unit_in_all(tmp_path: Path) -> None:
    french = [document(tmp_path, text, "fr") for text in FRENCH]
    made = common_units([document(tmp_path, ENGLISH, "en"), *french], settings=Settings())
    assert [len(side) for side in made] == [2, 2, 2]
    assert made[0][0] == "The central bank raised its rates on Monday. Markets fell."
    assert made[1][1] == made[2][1] == "Le ministre n’a pas répondu."
    assert [" ".join(side) for side in made] == [ENGLISH, *FRENCH]


def test_what_stands_in_one_article_alone_goes_with_the_unit_before() -> None:
    beads = (Bead((), (0,), 0.9), Bead((0,), (1,), 0.9), Bead((), (2,), 0.9), Bead((1, 2), (3,), 0.9))
    alignment = Alignment(beads, "given")
    units = _units(4, [alignment])
    assert units == [0, 1, 1, 2]
    assert _placed(alignment, units, 4) == [0, 0, 0, 1]
