"""Contests: who wins, on which sentences and names, and by what is wrong where there is no reference."""

from __future__ import annotations

import pytest

from alignment.encoders import get
from eval.contest import compare_systems
from eval.line_problems import line_problems
from eval.names.knowledge import Knowledge
from eval.scorecard import NameTools, Texts
from eval.significance import compare
from tests.eval.test_scorecard import BAD, GOOD, REFERENCES, SOURCES


@pytest.fixture(scope="module")
def tools() -> NameTools:
    return NameTools(Knowledge.bundled(), encoder=get("use"))


def test_a_contest_counts_sentences_and_names_those_that_drive_it(tools: NameTools) -> None:
    systems = {"bad": BAD, "good": GOOD}
    contest = compare_systems(
        systems, Texts(BAD, "ar", REFERENCES, SOURCES, "en"), metrics=["chrf++", "names"], names=tools
    )
    (rival,) = contest.rivals
    assert rival.tally is not None
    assert (rival.tally.wins, rival.tally.losses, rival.tally.ties) == (2, 1, 1)
    assert {driver.line for driver in rival.drivers} == {1, 2, 3}
    assert abs(rival.drivers[0].effect) >= abs(rival.drivers[-1].effect)
    assert [(change.line, change.entity, change.right) for change in rival.name_changes] == [(1, "OpenAI", True)]
    assert rival.name_p == 1.0
    assert list(contest.comparisons) == compare(systems, REFERENCES, lang="ar", metrics=["chrf++"])


def test_less_ter_wins() -> None:
    contest = compare_systems({"bad": BAD, "good": GOOD}, Texts(BAD, "ar", REFERENCES), metrics=["ter"], top=1)
    (rival,) = contest.rivals
    assert rival.tally is not None
    assert rival.tally.wins == 2
    assert len(rival.drivers) == 1
    assert rival.drivers[0].effect > 0


def test_problems_decide_where_there_is_no_reference(tools: NameTools) -> None:
    systems = {"bad": BAD, "good": GOOD}
    contest = compare_systems(systems, Texts(BAD, "ar", None, SOURCES, "en"), metrics=["adequacy"], names=tools)
    (rival,) = contest.rivals
    assert contest.lead == "adequacy"
    assert [(one.line, one.kind) for one in rival.repaired] == [(1, "casing"), (2, "omission")]
    assert rival.broken == ()
    assert rival.tally is not None
    assert (rival.tally.wins, rival.tally.losses) == (2, 0)
    assert rival.problem_p == 0.5
    assert rival.drivers[0].effect == 1.0
    assert rival.changed == 3


def test_without_a_source_only_what_a_text_shows_is_a_problem(tools: NameTools) -> None:
    found = line_problems(["Openai said no (again.", "", "Nothing."], lang="en", knowledge=tools.knowledge)
    assert [(one.line, one.kind, one.becomes) for one in found] == [
        (0, "casing", "OpenAI"),
        (0, "unbalanced_marks", None),
    ]


def test_both_tests_of_significance_are_told_apart() -> None:
    systems = {"bad": BAD, "good": GOOD}
    texts = Texts(BAD, "ar", REFERENCES)
    contest = compare_systems(systems, texts, metrics=["chrf++"], tests=("bootstrap", "randomisation"))
    assert [one.test for one in contest.comparisons] == ["bootstrap", "randomisation"]


def test_a_system_that_says_the_same_wins_nothing(tools: NameTools) -> None:
    contest = compare_systems(
        {"a": GOOD, "b": list(GOOD)},
        Texts(GOOD, "ar", None, SOURCES, "en"),
        metrics=["names", "adequacy"],
        names=tools,
    )
    (rival,) = contest.rivals
    assert (rival.changed, rival.drivers, rival.problem_p, rival.name_p) == (0, (), 1.0, 1.0)
