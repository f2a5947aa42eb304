"""A rendering is corrected where one letter makes it far likelier; the habits of transliterators are left alone."""

from __future__ import annotations

import pytest

from eval.names.rules.correction import correction, gain


@pytest.mark.parametrize(
    ("latin", "arabic", "right"),
    [("Obama", "أوبامما", "أوباما"), ("Honda", "هوتدا", "هوندا"), ("Shepard", "شيثرد", "شيبرد")],
)
def test_a_slip_is_corrected(latin: str, arabic: str, right: str) -> None:
    found = correction(latin, arabic)
    assert found is not None
    assert found.spelling == right


@pytest.mark.parametrize(
    ("latin", "arabic"),
    [("Hillsborough", "هيلزبورو"), ("Rutherford", "رازرفورد"), ("Obama", "أوباما"), ("Trudell", "تريدل")],
)
def test_another_transliteration_is_not(latin: str, arabic: str) -> None:
    assert correction(latin, arabic) is None


def test_a_neighbour_that_exists_is_preferred_and_a_spelling_that_exists_stands() -> None:
    found = correction("Antony", "أنوني", lambda spelling: spelling == "أنتوني")
    assert found is not None
    assert (found.spelling, found.known) == ("أنتوني", True)
    assert correction("Antony", "أنوني", lambda _: True) is None


def test_the_likelier_spelling_gains() -> None:
    assert gain("Obama", "أوبامما", "أوباما") > 5 > 0 > gain("Obama", "أوباما", "أوبامما")
