"""The corruptor of the benchmark: its truth is where it says, each kind is planted, and it knows no detector."""

from __future__ import annotations

import random
from collections import Counter

import pytest

from tests.benchmarks.name_corruption import OPERATIONS, Name, Planted, attested, corrupt

LINE = "Le patron d’OpenAI, Jensen Huang, parle d’IA avec Anthropic."
KINDS = {operation.kind for operation in OPERATIONS.values()}


def named(line: str, surface: str, type_: str, english: str, *hanzi: str, right: tuple[str, ...] = ()) -> Name:
    start = line.index(surface)
    return Name(
        0, start, start + len(surface), surface, type_, f"x:{english}", english, right=(surface, *right), hanzi=hanzi
    )


NAMES = [
    named(LINE, "OpenAI", "organisation", "OpenAI"),
    named(LINE, "Jensen Huang", "person", "Jensen Huang", "黄仁勋"),
    named(LINE, "IA", "acronym", "AI"),
    named(LINE, "Anthropic", "organisation", "Anthropic"),
]


def planted(line: str, names: list[Name], lang: str, operation: str) -> set[str]:
    """Every surface that an operation makes of the names."""
    surfaces = set()
    for seed in range(20):
        _, truth = corrupt([line], names, lang, rng=random.Random(seed), share=1.0, operations=[operation])
        surfaces.update(one.surface for one in truth)
    return surfaces


def runs(count: int) -> list[tuple[str, list[Planted]]]:
    before = Counter[str]()
    made = [
        corrupt([LINE], NAMES, "fr", rng=random.Random(seed), share=0.7, planted_before=before) for seed in range(count)
    ]
    return [(lines[0], truth) for lines, truth in made]


def test_the_truth_stands_where_it_says() -> None:
    for line, truth in runs(200):
        for one in truth:
            assert line[one.start : one.end] == one.surface != one.name.surface
        assert truth or line == LINE


def test_every_kind_gets_its_share() -> None:
    kinds = Counter(one.kind for _, truth in runs(200) for one in truth)
    assert kinds.keys() == KINDS
    assert max(kinds.values()) < 4 * min(kinds.values())


@pytest.mark.parametrize("name", OPERATIONS)
def test_every_operation_names_a_real_example(name: str) -> None:
    assert "Seen: " in (OPERATIONS[name].make.__doc__ or "")


def test_the_same_seed_plants_the_same() -> None:
    assert runs(20) == runs(20)


@pytest.mark.parametrize(
    ("operation", "expected"),
    [
        ("capitalised", {"Openai"}),
        ("pinyin", {"Huang Renxun"}),
        ("expanded", {"Amnesty International", "Amnistie internationale"}),
        ("pivot_acronym", {"KI", "AI"}),
    ],
)
def test_an_operation_does_what_was_seen(operation: str, expected: set[str]) -> None:
    assert planted(LINE, NAMES, "fr", operation) == expected


def test_who_is_known_by_the_pinyin_is_not_misnamed_by_it() -> None:
    name = named("Xi Jinping parle.", "Xi Jinping", "person", "Xi Jinping", "习近平")
    assert planted("Xi Jinping parle.", [name], "fr", "pinyin") == set()


def test_what_is_spoken_as_a_word_may_be_written_like_one() -> None:
    line = "L’OTAN et TSMC"
    names = [named(line, "OTAN", "organisation", "NATO"), named(line, "TSMC", "organisation", "TSMC")]
    assert planted(line, names, "fr", "capitalised") == {"Tsmc"}


def test_a_corruption_never_hits_upon_a_right_name() -> None:
    for seed in range(50):
        rng = random.Random(seed)
        _, truth = corrupt([LINE], NAMES, "fr", rng=rng, share=1.0, avoid={"huang renxun"}, operations=["pinyin"])
        assert truth == []


def test_the_list_of_wrong_forms_is_whole() -> None:
    assert all(
        lang in {"ar", "fr"} and operation in {"expanded", "literal", "pivot"} for lang, operation, _ in attested()
    )
