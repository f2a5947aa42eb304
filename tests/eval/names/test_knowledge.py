from __future__ import annotations

from pathlib import Path

import pytest

from corpora.errors import FormatError, InputError
from eval.names.knowledge import Hit, Knowledge

KNOWN = Knowledge.bundled()


def scan(text: str, lang: str) -> list[tuple[str, str, bool]]:
    return [(hit.surface, hit.entities[0].name, hit.exact_case) for hit in KNOWN.scan(text, lang)]


def only(text: str, lang: str) -> Hit:
    (hit,) = KNOWN.scan(text, lang)
    return hit


def test_the_bundled_base_holds_what_news_names() -> None:
    assert len(KNOWN.entities) >= 250
    names = {entity.name for entity in KNOWN.entities.values()}
    assert {"OpenAI", "Jensen Huang", "Mark Liu", "AI", "NVIDIA", "Claude", "The Information", "GPU", "H100"} <= names


def test_wrong_case_is_told_from_accepted_case() -> None:
    assert scan("Openai, OpenAI, NVIDIA, Nvidia, nvidia, CoWos", "fr") == [
        ("Openai", "OpenAI", False), ("OpenAI", "OpenAI", True), ("NVIDIA", "NVIDIA", True),
        ("Nvidia", "NVIDIA", True), ("nvidia", "NVIDIA", False), ("CoWos", "CoWoS", False),
    ]  # fmt: skip


def test_a_hanzi_name_spelled_by_sound() -> None:
    for surface in ("Huang Renxun", "huang renxun", "Renxun Huang", "Huangrenxun"):
        hit = only(f"قال {surface} إن", "ar")
        assert (hit.surface, hit.entities[0].name, hit.form.status) == (surface, "Jensen Huang", "wrong")
    assert only("黄仁勋说", "zh-Hans").form.status == "canonical"


def test_both_claimants_of_a_form_are_kept() -> None:
    hit = only("تدافع منظمة العفو الدولية عن", "ar")
    assert [entity.name for entity in hit.entities] == ["Amnesty International", "AI"]
    assert [form.status for form in hit.forms] == ["canonical", "wrong"]
    assert [entity.name for entity in only("Le rapport d’Amnesty International", "fr").entities] == [
        "Amnesty International",
        "AI",
    ]


def test_a_wrong_form_counts_in_its_own_language_only() -> None:
    assert scan("une nouvelle commande", "fr") == [("nouvelle commande", "Command A", True)]
    assert scan("une nouvelle commande", "en") == []


def test_ordinary_words_in_lower_case_are_no_names() -> None:
    assert scan("j’ai un arm, meta, gate, who said it to us", "en") == []
    assert [hit[0] for hit in scan("Arm et Meta", "fr")] == ["Arm", "Meta"]


def test_short_names_behind_a_clitic_need_their_own_letters() -> None:
    assert scan("بشكل فشل وابل من", "ar") == []
    assert scan("جوجل وآبل", "ar") == [("جوجل", "Google", True), ("آبل", "Apple", True)]


def test_addresses_are_no_mentions() -> None:
    text = "www.openai.com openai.com/blog info@openai.com @openai https://x.com/openai JD.com (OpenAI.)"
    assert [hit[0] for hit in scan(text, "fr")] == ["JD.com", "OpenAI"]


def test_hits_name_their_place() -> None:
    text = "وقالت OpenAI إن للذكاء الاصطناعي دورا"
    for hit in KNOWN.scan(text, "ar"):
        assert text[hit.start : hit.end] == hit.surface
    assert [hit.surface for hit in KNOWN.scan(text, "ar")] == ["OpenAI", "لذكاء الاصطناعي"]


def test_canonical_forms() -> None:
    entity = KNOWN.entities["acronym:ai"]
    assert [KNOWN.canonical(entity, lang) for lang in ("ar", "fr", "en", "zh-Hans")] == [
        "الذكاء الاصطناعي", "IA", "AI", "人工智能"
    ]  # fmt: skip
    openai = KNOWN.entities["organisation:openai"]
    assert KNOWN.canonical(openai, "ar", script="Latn") == "OpenAI"
    assert KNOWN.canonical(openai, "fr") == "OpenAI"


def test_nearest_forgives_a_letter() -> None:
    found = KNOWN.nearest("Cloude", "fr", 3)
    assert "Claude" in [candidate.entity.name for candidate in found]
    assert found == sorted(found, key=lambda candidate: -candidate.similarity)


def test_the_users_files_override(tmp_path: Path) -> None:
    own = tmp_path / "own.names"
    own.write_text("type: organisation\nNVIDIA\n  en: Nvidia\n  ar: نفيديا\nAcme\n", encoding="utf-8")
    known = Knowledge.open(own)
    nvidia = known.entities["organisation:nvidia"]
    assert known.canonical(nvidia, "ar") == known.house_form(nvidia, "ar") == "نفيديا"
    assert known.canonical(nvidia, "fr") == "Nvidia"
    assert KNOWN.house_form(nvidia, "ar") is None
    assert "إنفيديا" in [form.text for form in nvidia.forms if form.status == "accepted"]
    assert [hit.entities[0].name for hit in known.scan("acme, ACME et Openai", "fr")] == ["Acme", "Acme", "OpenAI"]


def test_a_broken_file_is_named_and_the_rest_loads_when_asked(tmp_path: Path) -> None:
    own = tmp_path / "own.names"
    own.write_text("type: person\nA\n  nonsense\nBeatrix Example\n", encoding="utf-8")
    with pytest.raises(FormatError, match=r"own\.names:3"):
        Knowledge.open(own)
    errors: list[FormatError] = []
    assert "person:beatrix-example" in Knowledge.open(own, on_error=errors.append).entities
    assert len(errors) == 1
    with pytest.raises(InputError, match="absent"):
        Knowledge.open(tmp_path / "absent.names")
