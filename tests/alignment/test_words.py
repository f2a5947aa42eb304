"""Word alignment: links, projection, order, odd input; and the hand-made links that it is measured on."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alignment import encoders
from alignment.likeness import likeness
from alignment.words import WordAlignment, align_words, tokens
from corpora.script import Word
from tests.benchmarks.words import LANGUAGES, Tally, load, ours, tally


def surfaces(found: WordAlignment) -> set[tuple[str, str]]:
    """Links as pairs of words."""
    return {(found.source[link.source].text, found.target[link.target].text) for link in found.links}


def test_words_that_change_places_are_linked() -> None:
    found = surfaces(align_words("She bought a small house in Tunis.", "اشترت بيتا صغيرا في تونس."))
    assert {("small", "صغيرا"), ("house", "بيتا"), ("Tunis", "تونس")} <= found


def test_an_unknown_name_is_linked_by_its_consonants_and_a_number_by_its_digits() -> None:
    found = surfaces(align_words("Brennick sold 5,000 shares to Gharbaoui.", "باع برينيك 5000 سهم إلى الغرباوي."))
    assert {("Brennick", "برينيك"), ("5,000", "5000"), ("Gharbaoui", "الغرباوي")} <= found


def test_a_stretch_is_projected_onto_the_words_that_translate_it() -> None:
    source, target = (
        "The German chancellor met Emmanuel Macron in Warsaw.",
        "التقت المستشارة الألمانية إيمانويل ماكرون في وارسو.",
    )
    found = align_words(source, target)
    start = source.index("Emmanuel")
    place = found.project(start, start + len("Emmanuel Macron"))
    assert place is not None
    assert target[slice(*place)] == "إيمانويل ماكرون"


def test_what_no_word_translates_has_no_place() -> None:
    found = WordAlignment((Word(0, 2, "ab", "Latn"),), (Word(0, 2, "cd", "Latn"),), ())
    assert found.project(0, 2) is None


def test_both_directions_give_the_same_links() -> None:
    one, two = (
        "The company will open three new factories in Morocco.",
        "L’entreprise ouvrira trois nouvelles usines au Maroc.",
    )
    assert align_words(one, two).mirrored() == align_words(two, one)


@pytest.mark.parametrize(("one", "two"), [("", ""), ("", "mot"), ("...", "؟"), ("a", "b"), ("中文", "Chinese")])
def test_odd_texts_have_an_alignment(one: str, two: str) -> None:
    found = align_words(one, two)
    assert (len(found.source), len(found.target)) == (len(tokens(one)), len(tokens(two)))


def test_a_very_long_text_is_aligned_piece_by_piece() -> None:
    pairs = [pair for pair in load() if pair.languages == ("fr", "en")]
    found = align_words(*(" ".join(getattr(pair, side).text for pair in pairs) for side in ("source", "target")))
    assert len(found.source) > 600
    assert len({link.source for link in found.links}) > len(found.source) / 2


@settings(max_examples=15, deadline=None)
@given(st.text(max_size=40), st.text(max_size=40))
def test_links_stay_inside_both_texts_and_in_order(one: str, two: str) -> None:
    found = align_words(one, two)
    assert list(found.links) == sorted(found.links, key=lambda link: (link.source, link.target))
    assert all(link.source < len(found.source) and link.target < len(found.target) for link in found.links)
    assert found == align_words(one, two)


def test_another_number_is_not_the_same_word() -> None:
    alike, other = likeness(["1998", "maison"], ["1999", "1998", "maisons"])
    assert alike[0].tolist() == [0.0, 1.0, 0.0]
    assert other[0].tolist() == [True, False, True]
    assert alike[1, 2] > 0.5


def test_every_hand_made_sentence_has_links_in_each_language() -> None:
    pairs = load()
    assert len(pairs) // 3 >= 60
    assert all(pair.sure and pair.sure <= pair.possible for pair in pairs)
    assert {lang for pair in pairs for lang in pair.languages} == set(LANGUAGES)


def test_most_links_of_some_hand_made_sentences_are_found() -> None:
    total = sum((tally(ours(pair), pair) for pair in load()[:30]), Tally())
    assert total.right / total.links > 0.88
    assert total.right_sure / total.sure > 0.8


def test_an_encoder_without_words_in_their_sentence_will_do() -> None:
    class Plain:
        """Each word by itself."""

        def __init__(self) -> None:
            inner = encoders.get()
            self.name, self.dimension, self.languages = inner.name, inner.dimension, inner.languages
            self.encode, self.spans = inner.encode, inner.spans

        def words(self, text, spans):  # type: ignore[no-untyped-def]
            return self.encode([text[start:end] for start, end in spans])

    assert ("house", "maison") in surfaces(align_words("a house", "une maison", encoder=Plain()))
