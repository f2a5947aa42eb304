from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from corpora.errors import SettingsError
from corpora.filters import RULES, FilterSettings, comparable, reason
from corpora.records import BeadRecord
from corpora.settings import load_sections

GOOD = BeadRecord(
    source="The minister opened the bridge on Monday.",
    target="افتتح الوزير الجسر يوم الاثنين.",
    repaired="افتتح الوزير الجسر يوم الاثنين.",
    source_start=0,
    source_end=41,
    target_start=0,
    target_end=31,
    score=0.98,
    similarity=0.7,
    length_ratio=1.0,
)


def why(bead: BeadRecord, settings: FilterSettings | None = None) -> str | None:
    return reason(bead, "en", "ar", settings or FilterSettings())


def test_a_good_pair_stays() -> None:
    assert why(GOOD) is None


BROKEN = {
    "score": replace(GOOD, score=0.3),
    "length": replace(GOOD, source="A."),
    "identical": replace(GOOD, source="iPhone 17", repaired="IPHONE-17"),
    "script": replace(GOOD, repaired="The minister opened the bridge."),
    "language": replace(GOOD, source_detected="fr"),
    "length_ratio": replace(GOOD, length_ratio=4.0),
    "similarity": replace(GOOD, similarity=0.05),
    "flagged": replace(GOOD, flags=("number_mismatch",), serious=("number_mismatch",)),
}


@pytest.mark.parametrize("rule", RULES)
def test_every_rule_refuses_what_breaks_it(rule: str) -> None:
    assert why(BROKEN[rule]) == rule


def test_the_opposite_ratio_breaks_the_rule_too() -> None:
    assert why(replace(GOOD, length_ratio=0.2)) == "length_ratio"


def test_short_texts_may_have_any_ratio() -> None:
    assert why(replace(GOOD, source="Yes, of course.", length_ratio=4.0)) is None


def test_flags_that_are_not_serious_refuse_nothing() -> None:
    assert why(replace(GOOD, flags=("number_mismatch", "unbalanced_marks"))) is None


def test_latin_names_in_an_arabic_text_are_no_other_script() -> None:
    assert why(replace(GOOD, repaired="أعلنت OpenAI وNvidia الشراكة.")) is None


def test_marks_and_gaps_are_reasons() -> None:
    assert why(replace(GOOD, mark="repeat")) == "repeat"
    assert why(replace(GOOD, target="", repaired="")) == "no_counterpart"


def test_rules_come_from_toml(tmp_path: Path) -> None:
    path = tmp_path / "muwazi.toml"
    path.write_text('[filters]\nmin_score = 0.99\nflags = ["repetition"]\n', encoding="utf-8")
    settings = load_sections(path, {"filters": FilterSettings})["filters"]
    assert settings.flags == ("repetition",)
    assert why(GOOD, settings) == "score"
    path.write_text("[filters]\nmin_scor = 0.99\n", encoding="utf-8")
    with pytest.raises(SettingsError, match="min_score"):
        load_sections(path, {"filters": FilterSettings})
    path.write_text("[filters]\nmin_chars = 9000\n", encoding="utf-8")
    with pytest.raises(SettingsError, match="min_chars"):
        load_sections(path, {"filters": FilterSettings})


def test_the_readme_of_the_defaults_is_the_docstring() -> None:
    text = FilterSettings.__doc__ or ""
    for name in FilterSettings.__dataclass_fields__:
        assert name in text


def test_comparable_texts_differ_in_letters_alone() -> None:
    assert comparable("«إنّ OpenAI»، قال.") == comparable("ان openai قال")
    assert comparable("H100") != comparable("H200")
