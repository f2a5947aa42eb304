"""What two sides share letter by letter: items of each sentence, and which of them both sides have."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from alignment.items import Items, Letters, Shared
from alignment.kernels.halves import widened
from alignment.kernels.shared import common_numbers

HASHES = st.lists(st.integers(0, 12), max_size=30).map(lambda found: np.array(found, np.uint64))


def per_sentence(items: Items) -> list[int]:
    return [int(count) for count in np.diff(items.first)]


def test_items_are_counted_in_their_own_sentences() -> None:
    letters = Letters(["In 2024 it cost 1,500.", "", "Élan vital", "٢٠٢٤ no"])
    assert per_sentence(letters.numbers()) == [2, 0, 0, 1]
    assert per_sentence(letters.words()) == [1, 0, 2, 0]


def test_a_number_is_the_same_in_other_digits_and_separators() -> None:
    numbers = Letters(["1,500", "١٬٥٠٠", "1500", "15.00", "1, 500"]).numbers()
    assert len(set(numbers.value[:4].tolist())) == 1
    assert per_sentence(numbers) == [1, 1, 1, 1, 2]


def test_words_begin_alike_without_case_and_accents() -> None:
    words = Letters(["Président", "PRESIDENTIELLE", "presque"]).words().value.tolist()
    assert words[0] == words[1] != words[2]


def test_a_name_has_the_same_consonants_in_two_scripts_and_small_words_are_none() -> None:
    names = Letters(["Berlin won", "برلين", "berlin", "Perrlinn"]).names()
    assert per_sentence(names) == [1, 1, 0, 1]
    assert len(set(names.value.tolist())) == 1


def test_no_texts_have_no_items() -> None:
    assert per_sentence(Letters([]).names()) == []
    shared = Shared.between(Letters([]).numbers(), Letters(["1 2"]).numbers())
    none = np.zeros(1, np.int64)
    assert [column.tolist() for column in shared.of(none, none, none, none + 1)] == [[0.0], [0.0]]


@given(HASHES, HASHES)
def test_common_hashes_are_numbered_in_the_order_of_the_left_side(left: np.ndarray, right: np.ndarray) -> None:
    own, other, count = common_numbers(left, right)
    common = [value for value in dict.fromkeys(left.tolist()) if value in set(right.tolist())]
    assert count == len(common)
    assert own.tolist() == [common.index(value) if value in common else -1 for value in left.tolist()]
    assert other.tolist() == [common.index(value) if value in common else -1 for value in right.tolist()]


def test_every_half_precision_number_keeps_its_value() -> None:
    halves = np.arange(1 << 16, dtype=np.uint16).view(np.float16)
    finite = halves[np.isfinite(halves)].reshape(2, -1)
    assert np.array_equal(widened(finite), finite.astype(np.float32))
