"""The report of a comparison: the same in every format, safe with hostile outputs, its schema kept."""

from __future__ import annotations

import json
from importlib.resources import files

import jsonschema
import pytest

from eval.contest import Contest, Rival, Tally, compare_systems
from eval.line_problems import Problem
from eval.report.contest.base import FORMATS, Outputs, conclusions, render
from eval.report.scores import Files
from eval.scorecard import Texts
from tests.eval.test_scorecard import BAD, GOOD, REFERENCES, SOURCES

SYSTEMS = {"a": BAD, "<b>": [*GOOD[:3], "ارتفعت\u202e الأسهم <script>alert(1)</script>"]}
OUTPUTS = Outputs(SYSTEMS, REFERENCES, SOURCES, "en")
FILES = Files(("a.txt", "b.txt"), "r", None)


@pytest.fixture(scope="module")
def contest() -> Contest:
    return compare_systems(SYSTEMS, Texts(BAD, "ar", REFERENCES), metrics=["chrf++", "ter"])


@pytest.mark.parametrize("format", FORMATS)
def test_every_format_says_the_same_twice_and_shows_what_is_hidden(contest: Contest, format: str) -> None:
    once, again = (render(contest, OUTPUTS, FILES, format, "1") for _ in range(2))
    assert once.encode("utf-8") == again.encode("utf-8")
    assert once.endswith("\n")
    assert "chrF2++" in once
    if format != "json":
        assert "\u202e" not in once


def test_a_page_never_obeys_what_it_quotes(contest: Contest) -> None:
    page = render(contest, OUTPUTS, FILES, "html", "1")
    assert "<script>alert" not in page
    assert "<b>" not in page.split("</style>")[1]
    assert page.count("<script>") == 1
    assert page.count('class="bead ') == 3
    assert 'id="r1-s4"' in page
    assert 'class="df"' in page


def test_text_isolates_what_it_quotes(contest: Contest) -> None:
    text = render(contest, OUTPUTS, FILES, "text", "1", width=200)
    assert "⟦RLO⟧" in text
    assert "(empty)" in text


def test_json_follows_the_published_schema(contest: Contest) -> None:
    schema = json.loads(files("eval.report").joinpath("compare.schema.json").read_text(encoding="utf-8"))
    data = json.loads(render(contest, OUTPUTS, FILES, "json", "1"))
    jsonschema.Draft202012Validator(schema).validate(data)
    assert data["against_first"][0]["changed"] == 3
    assert len(data["against_first"][0]["gains"]) == 4


def test_the_conclusion_says_when_it_may_be_chance(contest: Contest) -> None:
    (said,) = conclusions(contest)
    assert "do not differ by more than chance" in said


def test_problems_that_came_and_went_are_listed() -> None:
    gone, new = Problem(0, "casing", "Openai", "OpenAI", "wrong capitals"), Problem(1, "omission", "", None, "lost")
    rival = Rival("b", 2, Tally(1, 1, 0), (1.0, -1.0), (), (), None, (gone,), (new,), 1.0)
    made = Contest(("a", "b"), "ar", 2, "adequacy", (), (), (rival,), (), ((gone,), (new,)))
    outputs = Outputs({"a": ["x", "y"], "b": ["z", "w"]})
    assert conclusions(made) == ["“b” has 1 problem where “a” has 1: 1 gone, 1 new"]
    for format in ("text", "md", "html"):
        page = render(made, outputs, FILES, format, "1")
        assert "Openai" in page
        assert "sentence left out" in page
