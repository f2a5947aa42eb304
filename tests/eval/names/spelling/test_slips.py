"""What is a slip of the pen, and what is another word."""

from __future__ import annotations

import pytest

from eval.names.spelling.slips import romanised_alike, slip_between


@pytest.mark.parametrize(
    ("surface", "form", "slip"),
    [
        ("cloude", "claude", "misspelt"),
        ("microsft", "microsoft", "misspelt"),
        ("مايكروسوقت", "مايكروسوفت", "misspelt"),
        ("anthrop", "anthropic", None),
        ("stellan", "stellantis", "truncated"),
        ("gb200", "gb300", None),
        ("h100", "a100", None),
        ("meta", "beta", None),
        ("south korea", "north korea", None),
        ("iranian", "iranien", None),
        ("israeli", "israel", None),
        ("cloud", "claude", None),
        ("sam altmqn", "sam altman", "misspelt"),
        ("sam altman", "sam altman", None),
    ],
)
def test_slips(surface: str, form: str, slip: str | None) -> None:
    assert slip_between(surface, form) == slip


def test_a_head_is_a_truncation_where_a_witness_has_the_name() -> None:
    assert slip_between("anthrop", "anthropic", grounded=True, inflects=False) == "truncated"


def test_a_full_name_takes_no_endings() -> None:
    assert slip_between("sam altmann", "sam altman") is None
    assert slip_between("sam altmann", "sam altman", inflects=False) == "misspelt"


def test_two_romanisations_of_a_slavic_name_are_no_slip() -> None:
    assert romanised_alike("gagarine", "gagarin")
    assert romanised_alike("dmitri", "dmitry")
    assert not romanised_alike("gorvaiin", "gorvain")
