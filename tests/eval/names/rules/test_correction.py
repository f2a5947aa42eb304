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
    ("latin", "arabic", "right"),
    [
        ("Hutchinson", "هاتشينس", "هاتشينسون"),
        ("Livingston", "ليفينغست", "ليفينغستون"),
        ("Sullivan", "سوليف", "سوليفان"),
    ],
)
def test_what_is_cut_off_is_completed(latin: str, arabic: str, right: str) -> None:
    found = correction(latin, arabic)
    assert found is not None
    assert (found.spelling, found.cut_off) == (right, True)


@pytest.mark.parametrize(
    ("latin", "arabic"),
    [
        ("Lacroix", "لاكروا"),
        ("Combs", "كومز"),
        ("Clark", "كلاركإن"),
        ("Bolivian", "بوليفية"),
        ("Europeans", "أوروبيين"),
        ("Webb", "وويب"),
    ],
)
def test_silent_letters_endings_and_missing_spaces_are_no_slips(latin: str, arabic: str) -> None:
    assert correction(latin, arabic) is None


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
