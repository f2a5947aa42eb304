from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpora.readers.html_matching import letters, matching_blocks

ONE = "The company said on Tuesday that it would buy more chips."
TWO = "Its partner said on Monday that it would sell some of them."
THREE = "Nobody else had anything to say about the matter at all."


@pytest.mark.parametrize(
    ("page", "extracted", "found"),
    [
        (["News", "Read on", ONE, "Read on", TWO, "Read on"], [ONE, "Read on", TWO], [2, 3, 4]),
        (["Deal", "Menu", "Deal", ONE, "More", "Deal"], ["Deal", ONE], [2, 3]),
        (["1.", ONE, "2.", TWO], ["1. " + ONE, "2. " + TWO], [0, 1, 2, 3]),
        ([ONE + " Share this!", TWO], [ONE, TWO], [0, 1]),
        ([ONE, "Advertisement", TWO], [ONE + " " + TWO], [0, 2]),
        ([TWO, ONE], [ONE, TWO], [0, 1]),
        (["Teaser", THREE], [ONE], []),
        ([ONE.upper(), "x"], [ONE.replace(" ", "\u00a0")], [0]),
        (["short"], ["short"], []),
        ([], [ONE], []),
        ([ONE], [], []),
    ],
)
def test_the_blocks_of_extracted_paragraphs(page: list[str], extracted: list[str], found: list[int]) -> None:
    assert matching_blocks(page, extracted) == found


def test_letters_are_what_counts() -> None:
    assert letters("A b_C – “Dé” 12") == "abcdé12"


@given(st.lists(st.sampled_from([ONE, TWO, THREE, "a", "b", ""]), max_size=12), st.data())
def test_any_selection_of_blocks_is_found_again(page: list[str], data: st.DataObject) -> None:
    wanted = data.draw(st.lists(st.sampled_from(page), max_size=6)) if page else []
    found = matching_blocks(page, wanted)
    assert found == sorted(set(found))
    assert {letter for index in found for letter in letters(page[index])} <= set(letters("".join(wanted)))
    assert all(any(page[index] == text for index in found) for text in wanted if len(text) > 40)
