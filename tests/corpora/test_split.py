from __future__ import annotations

import random
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpora.split import SplitSettings, assign

HALVES = SplitSettings(validation=0.2, test=0.3)


def stories(count: int) -> tuple[list[str], list[bool], list[tuple[int, int]]]:
    """A source and a translation each."""
    keys = [f"{side}-{number}" for number in range(count) for side in ("source", "target")]
    return keys, [True, False] * count, [(2 * number, 2 * number + 1) for number in range(count)]


def test_the_shares_are_about_right() -> None:
    keys, sources, ties = stories(3000)
    found = Counter(assign(keys, sources, ties, HALVES))
    assert 0.27 < found["test"] / 6000 < 0.33
    assert 0.17 < found["validation"] / 6000 < 0.23


GRAPHS = st.integers(2, 30).flatmap(
    lambda count: st.tuples(
        st.just(count), st.lists(st.tuples(st.integers(0, count - 1), st.integers(0, count - 1)), max_size=40)
    )
)


@given(GRAPHS)
def test_tied_articles_are_never_parted(graph: tuple[int, list[tuple[int, int]]]) -> None:
    count, ties = graph
    found = assign([str(index) for index in range(count)], [True] * count, ties, HALVES)
    assert None not in found
    assert all(found[one] == found[other] for one, other in ties)


@given(GRAPHS, st.integers(1, 29))
def test_an_article_keeps_its_split_when_others_come(graph: tuple[int, list[tuple[int, int]]], known: int) -> None:
    count, ties = graph
    keys = [str(index) for index in range(count)]
    early = [tie for tie in ties if max(tie) < known]
    before = assign(keys[:known], [True] * min(known, count), early, HALVES)
    earlier = {key: split for key, split in zip(keys, before, strict=False) if split}
    after = assign(keys, [True] * count, ties, HALVES, earlier)
    assert all(after[index] == split for index, split in enumerate(before) if split)
    # New articles never tie two splits together; those that would are left out.
    old = set(range(min(known, count)))
    for one, other in ties:
        if not {one, other} <= old:
            assert after[one] is None or after[other] is None or after[one] == after[other]
    # A run that begins from what this one left comes to the same end.
    again = {key: split for key, split in zip(keys, after, strict=True) if split}
    assert assign(keys, [True] * count, ties, HALVES, again) == after


def test_a_bridge_is_rejected_and_nobody_else() -> None:
    keys = ["train-article", "test-article", "bridge", "friend"]
    earlier = {"train-article": "train", "test-article": "test"}
    found = assign(keys, [True] * 4, [(0, 2), (1, 2), (0, 3)], HALVES, earlier)
    assert found == ["train", "test", None, "train"]


def test_a_new_translation_does_not_move_its_story() -> None:
    keys, sources, ties = stories(50)
    before = assign(keys, sources, ties, HALVES)
    more = assign([*keys, "0-new"], [*sources, False], [*ties, (0, 100)], HALVES)
    assert more[:100] == before
    assert more[100] == before[0]


def test_equal_texts_are_tied() -> None:
    keys, sources, ties = stories(20)
    found = assign([*keys, keys[0]], [*sources, True], ties, HALVES)
    assert found[-1] == found[0]


@settings(max_examples=20)
@given(st.randoms(use_true_random=False))
def test_the_order_of_articles_does_not_matter(chance: random.Random) -> None:
    keys, sources, ties = stories(20)
    ties = [*ties, (0, 7), (9, 31)]
    order = list(range(40))
    chance.shuffle(order)
    places = {index: place for place, index in enumerate(order)}
    found = assign(
        [keys[index] for index in order],
        [sources[index] for index in order],
        [(places[one], places[other]) for one, other in ties],
        HALVES,
    )
    assert [found[places[index]] for index in range(40)] == assign(keys, sources, ties, HALVES)


def test_impossible_shares_are_refused() -> None:
    with pytest.raises(ValueError, match="training"):
        SplitSettings(validation=0.5, test=0.5)
