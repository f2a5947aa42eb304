from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpora.errors import FormatError
from eval.names.base.near import NearIndex
from eval.names.match import Matcher, likeness, match_names, rank, similarity
from eval.names.spelling.edit_model import EditModel, arabic_letters, latin_letters
from eval.names.spelling.phonology import anglicised, skeleton, sketch

BRANDS = ["Microsoft", "Google", "Amazon", "Nvidia", "Netflix", "Anthropic", "Cohere", "Meta", "Beta", "Groq", "Intel"]
ARABIC = ["مايكروسوفت", "غوغل", "أمازون", "إنفيديا", "نتفليكس", "أنثروبيك", "كوهير"]


def test_brands_are_found_both_ways() -> None:
    assert [query.ranked[0].candidate for query in match_names(ARABIC, BRANDS, top=3)] == BRANDS[:7]
    assert [query.ranked[0].candidate for query in match_names(BRANDS[:7], ARABIC, top=3)] == ARABIC


def test_people_in_several_words() -> None:
    people = ["Johnson Wang", "Jensen Huang", "Hans Jensen", "Liu Deyin", "Sam Altman"]
    assert rank("جنسن هوانغ", people, top=1)[0].candidate == "Jensen Huang"
    assert rank("ليو داين", people, top=1)[0].candidate == "Liu Deyin"
    assert rank("سام ألتمان", people, top=1)[0].candidate == "Sam Altman"


def test_hanzi_names_through_their_readings() -> None:
    assert rank("هوانغ رينشون", ["刘德音", "黄仁勋", "魏哲家"], top=1)[0].candidate == "黄仁勋"
    assert rank("黄仁勋", ["Liu Deyin", "Huang Ren-xun", "Jensen Huang"], top=1)[0].candidate == "Huang Ren-xun"


def test_french_spellings_count_as_they_sound() -> None:
    assert rank("Poutine", ["Putin", "Pontin", "Routine"], top=1)[0].candidate == "Putin"
    assert similarity("بوتين", "Poutine") > similarity("بوتين", "Routine")


def test_ranking_is_sorted_bounded_and_without_repeats() -> None:
    ranked = rank("ميتا", [*BRANDS, *BRANDS], top=5)
    assert len(ranked) == 5
    assert len({item.candidate for item in ranked}) == 5
    assert [item.score for item in ranked] == sorted((item.score for item in ranked), reverse=True)
    assert all(0 <= item.score <= 1 for item in ranked)
    assert rank("x", []) == []


def test_likeness_keeps_the_order_of_its_keys() -> None:
    keys = ["liu deyin", "le point", "黄仁勋", "ليو دايت"]
    right, wrong, sign, near = likeness("ليو داين", "ليو داين", keys)
    assert right > 0.5 > wrong
    assert sign == 0.0
    assert near == pytest.approx(7 / 8)


def test_the_model_is_a_distribution_and_ranks_as_one() -> None:
    model = EditModel.bundled()
    assert 0.99 < model.weights.sum() < 1.01
    together = model.log_joint(model.arabic_names(["ليو"]), model.latin_names(["liu", "smith", "lio"]))
    one_by_one = [
        model.log_joint(model.arabic_names(["ليو"]), model.latin_names([name]))[0] for name in ("liu", "smith", "lio")
    ]
    assert together.tolist() == pytest.approx(one_by_one)
    assert together.argmin() == 1


def test_both_directions_give_the_same_probability() -> None:
    model = EditModel.bundled()
    arabic, latin = model.arabic_names(["شوماخر"]), model.latin_names(["Schumacher"])
    assert model.log_joint(arabic, latin)[0] == pytest.approx(model.log_joint(latin, arabic)[0])


def test_context_changes_the_costs_and_not_the_directions() -> None:
    model = EditModel.bundled()
    arabic, latin = model.arabic_names(["شوماخر"]), model.latin_names(["schumacher", "shumakher"])
    chosen = np.array([0, 1])
    told = model.log_joint_in_context(arabic, latin, chosen)
    turned = [
        model.log_joint_in_context(model.latin_names([name]), arabic, np.array([0]))[0]
        for name in ("schumacher", "shumakher")
    ]
    assert told.tolist() == pytest.approx(turned)
    assert not np.allclose(told, model.log_joint(arabic, latin, chosen))


def test_without_contexts_the_context_model_is_the_plain_one() -> None:
    model = EditModel({("ب", "b"): 0.5, ("^", "^"): 0.25, ("$", "$"): 0.25})
    arabic, latin = model.arabic_names(["ببب"]), model.latin_names(["bbb", "bb"])
    chosen = np.array([0, 1])
    plain = model.log_joint(arabic, latin, chosen)
    assert model.log_joint_in_context(arabic, latin, chosen).tolist() == pytest.approx(plain.tolist())


def test_a_broken_weights_file_is_named(tmp_path: Path) -> None:
    path = tmp_path / "costs.tsv"
    path.write_text("# head\nب\tb\t0.5\nب\tb\n", encoding="utf-8")
    with pytest.raises(FormatError, match=r"costs\.tsv:3"):
        EditModel.open(path)


def test_letters_as_the_model_reads_them() -> None:
    assert arabic_letters("أنـا الأمُّ") == "^أنا$^الأم$"
    assert latin_letters("Jean-Luc O’Brien") == "^jean$^luc$^obrien$"


def test_rough_sounds() -> None:
    assert skeleton("Schultz") == skeleton("شولتز")
    assert sketch("Khashoggi") == sketch("Khashogi")
    assert [anglicised(name) for name in ("Poutine", "Moustafa", "Khrouchtchev")] == ["putin", "mustafa", "khrushchev"]


@settings(deadline=None)
@given(st.lists(st.text("abcd", min_size=3, max_size=8), min_size=1, max_size=20, unique=True), st.data())
def test_every_key_one_edit_away_is_found(keys: list[str], data: st.DataObject) -> None:
    number = data.draw(st.integers(0, len(keys) - 1))
    key = keys[number]
    place = data.draw(st.integers(0, len(key) - 1))
    letter = data.draw(st.sampled_from("abcdx"))
    index = NearIndex(keys)
    for edited in (
        key[:place] + letter + key[place:],
        key[:place] + letter + key[place + 1 :],
        key[:place] + key[place + 1 :],
    ):
        if len(edited) >= 3:
            assert number in index.spelt_like(edited)


@settings(deadline=None, max_examples=30)
@given(st.text(max_size=12), st.lists(st.text(max_size=12), max_size=6))
def test_any_text_can_be_ranked(name: str, candidates: list[str]) -> None:
    ranked = Matcher(candidates).rank(name)
    assert {item.candidate for item in ranked} <= set(candidates)
