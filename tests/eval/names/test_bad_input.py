"""Texts and bases as they come: marks and forms that nobody sees, names that are words, names that two have."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

from corpora.errors import FormatError
from eval.names import house
from eval.names.detect import find_names
from eval.names.entity import Entity, Form
from eval.names.entry import entry
from eval.names.knowledge import Knowledge
from tests.eval.names.scenes import article, errors, find

KNOWN = Knowledge.bundled()


def presented(text: str) -> str:
    """The text in the isolated presentation forms that old software writes."""
    forms = {
        chr(int(parts[1], 16)): chr(point)
        for point in range(0xFE80, 0xFEF5)
        if len(parts := unicodedata.decomposition(chr(point)).split()) == 2 and parts[0] == "<isolated>"
    }
    return "".join(forms.get(char, char) for char in text)


@pytest.mark.parametrize(
    "surface",
    [
        "مايكروسوفت",
        "ما\u0640\u0640يكر\u0640وسوفت",  # tatweel
        "مَايْكْرُوسُوفْت",  # full diacritics
        presented("مايكروسوفت"),
        "مایکروسوفت",  # Persian yeh and kaf
        "ماي\u200dكرو\u200bسوفت",  # a joiner and a zero-width space
    ],
)
@pytest.mark.parametrize(("before", "after"), [("", ""), ("\u202b", "\u202c"), ("\u2067", "\u2069"), ("و", "\u200f")])
def test_a_name_is_found_whatever_is_laid_over_it(surface: str, before: str, after: str) -> None:
    text = f"قالت {before}{surface}{after}، أمس"
    (hit,) = KNOWN.scan(text, "ar")
    assert (hit.surface, hit.entities[0].name, hit.form.status) == (surface, "Microsoft", "canonical")
    assert errors(find(text, "ar")) == []


def test_latin_names_between_bidi_controls() -> None:
    text = "أعلنت \u2066Openai\u2069 و\u200fOpenAI\u200e عن ٱلذَّكَاءِ ٱلِٱصْطِنَاعِيِّ"
    assert [hit.entities[0].name for hit in KNOWN.scan(text, "ar")] == ["OpenAI", "OpenAI", "AI"]
    assert errors(find(text, "ar")) == [("casing", "Openai", "OpenAI")]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("fr", "Un métamodèle, une méta-analyse et la méta du jeu : tout le monde entier en parle au monde."),
        ("fr", "Il mange une pomme, une orrange et un apple pie ; l’oracel de Delphes se tait."),
        ("fr", "Metta et Orrange, Oracl et Aple : des mots d’enfant."),
        ("en", "The oracel said the appel and the orang were meta; le mond is French."),
        ("ar", "رأيت برتقالة وتفاحة، وكان العالم ميتا في أمازونات الأدغال."),
    ],
)
def test_no_name_that_is_a_word_is_repaired_into(lang: str, text: str) -> None:
    words = {entity.name for entity in KNOWN.entities.values() if entity.common_word}
    assert {"Meta", "Apple", "Oracle", "Orange", "Le Monde"} <= words
    assert [found for found in find(text, lang) if found.severity == "error" and found.entity in words] == []


def test_two_that_claim_one_form_are_both_kept() -> None:
    forms = (Form("Quandtix", "mul", "canonical"), Form("كوانتكس", "ar", "canonical"))
    firm = Entity("organisation:quandtix", "Quandtix", "organisation", forms, context=("chips", "رقائق"))
    drug = Entity("product:quandtix", "Quandtix", "product", forms, context=("patients", "مرضى"))
    known = Knowledge([firm, drug])
    (hit,) = known.scan("أعلنت كوانتكس ذلك", "ar")
    assert hit.entities == (firm, drug)
    checked, sentences = article("أعلنت كوانتكس ذلك.", "ar")
    assert find_names(checked, sentences, (), known) == []


def test_the_house_may_have_a_namesake_of_a_bundled_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.chdir(tmp_path)
    house.store(Path(), [entry(KNOWN, "Claude", type="person", right={"ar": ["كلود"]})])
    known = Knowledge.open(*house.name_files())
    kinds = {one.type for one in known.scan("قال كلود", "ar")[0].entities}
    assert {"person", "product"} <= kinds


def test_a_broken_row_is_named_and_the_rest_comes_when_asked(tmp_path: Path) -> None:
    table = tmp_path / "own.csv"
    table.write_text("name,ar,type\nAcme,أكمي,firm\nBogs,بوغس,person\n", encoding="utf-8")
    with pytest.raises(FormatError, match=r"own\.csv:2"):
        Knowledge.open(table)
    told: list[FormatError] = []
    assert "person:bogs" in Knowledge.open(table, on_error=told.append).entities
    assert [error.where for error in told] == [f"{table}:2"]
