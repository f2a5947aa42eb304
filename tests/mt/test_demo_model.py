"""The sublanguage agrees in all three languages, keeps names from training, and covers the demo article."""

from __future__ import annotations

import random
import re
from itertools import islice
from pathlib import Path

import pytest

from mt.demo_model.generate import DIRECTIONS, pairs, patterns, triples
from mt.demo_model.lexicon import LANGS, Draw, amount, count, few, french_de, french_que, is_held_out, price
from mt.demo_model.recipe import demo_sentences, held_out, score
from mt.models import DEMO, locate
from mt.translate import translate_sentences

SAMPLES = Path(__file__).resolve().parents[2] / "corpora" / "samples" / "sentences"
NAME = re.compile(r"\b[A-Z][a-z]+ (?:[A-Z][a-z]+)\b")


def draws(seed: int, times: int = 300) -> list[Draw]:
    chance = random.Random(seed)
    return [Draw(chance, held_out=False) for _ in range(times)]


def test_there_are_enough_patterns_and_each_has_three_languages() -> None:
    assert len(patterns()) >= 60
    assert len({pattern["en"] for pattern in patterns()}) == len(patterns())
    assert all(set(pattern) == set(LANGS) for pattern in patterns())


def test_every_pattern_renders_in_the_right_script() -> None:
    for triple in islice(triples(5), 4 * len(patterns())):
        assert not any("{" in text or "}" in text for text in triple.texts.values())
        assert re.search("[\u0600-\u06ff]", triple.texts["ar"])
        assert not re.search("[\u0600-\u06ff]", triple.texts["en"] + triple.texts["fr"])
        assert not any("  " in text or text != text.strip() for text in triple.texts.values())


def test_the_same_seed_gives_the_same_sentences() -> None:
    first, second = (list(islice(triples(9), 100)) for _ in range(2))
    assert first == second
    assert first != list(islice(triples(10), 100))


def test_a_triple_gives_a_pair_for_each_direction() -> None:
    drawn = list(islice(triples(1), 3))
    made = pairs(drawn)
    assert len(made) == 3 * len(DIRECTIONS) == 18
    assert (made[0].source, made[0].target) == (drawn[0].texts["en"], drawn[0].texts["fr"])


def test_held_out_people_are_in_no_training_sentence() -> None:
    training = " ".join(triple.texts["en"] for triple in islice(triples(1), 3000))
    founder = [
        triple.texts["en"] for triple in islice(triples(2, held_out=True), 3000) if " founded " in triple.texts["en"]
    ]
    people = {text.partition(" founded ")[0] for text in founder}
    assert people
    assert all(is_held_out(person) for person in people)
    assert not any(re.search(rf"{re.escape(person)}\b", training) for person in people)


def test_the_demo_articles_sentences_are_of_the_sublanguage_but_not_of_the_training_data() -> None:
    shapes = [
        re.compile("^" + re.sub(r"\\\{[^}]*\\\}", "(.+?)", re.escape(pattern["en"])) + "$") for pattern in patterns()
    ]
    article = (SAMPLES / "chip-forum.en.txt").read_text(encoding="utf-8").split("\n")
    for sentence in filter(None, article):
        assert any(shape.match(sentence) for shape in shapes), sentence
        assert sentence in demo_sentences()
    left_out = next(triples(3)).texts["en"]
    assert next(triples(3, without=frozenset({left_out}))).texts["en"] != left_out


@pytest.mark.parametrize(
    ("number", "noun"),
    [(3, "دولارات"), (10, "دولارات"), (11, "دولارًا"), (99, "دولارًا"), (100, "دولار"), (103, "دولارات"), (200, "دولار")],
)
def test_arabic_counted_nouns_agree(number: int, noun: str) -> None:
    from mt.demo_model.lexicon import CURRENCIES, _agreement

    assert CURRENCIES[0][3:][_agreement(number)] == noun


def test_amounts_say_the_same_in_all_languages() -> None:
    for draw in draws(1):
        slot = amount(draw)
        english, french, arabic = (f"{slot[lang]}" for lang in LANGS)
        digits = re.search(r"[\d.]+", english)
        assert digits is not None
        assert french.startswith(digits[0].replace(".", ","))
        assert arabic.startswith(digits[0])
        assert ("milliard" in french) == ("billion" in english) == ("مليار" in arabic)
        assert ("s d" in french) == (float(digits[0]) >= 2)


def test_counts_and_prices_keep_their_digits() -> None:
    for make in (count, price):
        for draw in draws(2):
            slot = make(draw)
            digits = {re.sub(r"\D", "", f"{slot[lang]}") for lang in LANGS}
            assert len(digits) == 1


def test_two_is_a_dual_in_arabic() -> None:
    two = next(slot for slot in map(few, draws(3)) if f"{slot['en']}" == "two")
    assert two["ar"].countries == "بلدين"


def test_french_elides_before_vowels() -> None:
    assert [french_de(name) for name in ("OpenAI", "Nvidia", "AMD", "Ericsson", "Huawei")] == [
        "d’OpenAI",
        "de Nvidia",
        "d’AMD",
        "d’Ericsson",
        "de Huawei",
    ]
    assert french_que("Intel") == "qu’Intel"
    assert french_que("Sony") == "que Sony"


@pytest.mark.skipif(locate(DEMO) is None, reason="the demo model's weights are not in this checkout")
class TestTheModel:
    def test_it_scores_above_80_on_what_it_never_saw(self) -> None:
        scores = score(DEMO, held_out(78))
        assert set(scores) == {f"{source}-{target}" for source, target in DIRECTIONS}
        assert min(scores.values()) >= 80, scores

    def test_it_translates_the_demo_article_with_hardly_a_fault(self) -> None:
        sentences = (SAMPLES / "chip-forum.en.txt").read_text(encoding="utf-8").strip().split("\n")
        for target in ("fr", "ar"):
            translation = translate_sentences(sentences, source_lang="en", target_lang=target, model=DEMO)
            assert sum(map(bool, translation.flags)) <= 3, translation
            assert translation.engine == "ctranslate2"
