"""Name accuracy by its definition, and the judgement that puts everything together."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from corpora.translation import Translation
from eval.judge import judge
from eval.name_accuracy import name_accuracy
from eval.names.entity import Entity, Form, NameFinding
from eval.names.knowledge import Knowledge
from tests.eval.made import article, witness


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    entities = [
        Entity(
            "org:openai",
            "OpenAI",
            "organisation",
            (Form("OpenAI", "mul", "canonical"), Form("أوبن إيه آي", "ar", "canonical")),
        ),
        Entity(
            "person:jensen-huang",
            "Jensen Huang",
            "person",
            (Form("Jensen Huang", "en", "canonical"), Form("جنسن هوانغ", "ar", "canonical")),
        ),
        Entity("org:apple", "Apple", "organisation", (Form("Apple", "mul", "canonical"),), common_word=True),
    ]
    return Knowledge(entities)


SOURCE = ["OpenAI met Jensen Huang.", "OpenAI said no.", "Jensen Huang left.", "Apple pie is good."]
RIGHT = ["التقت أوبن إيه آي مع جنسن هوانغ.", "وقالت الشركة لا.", "وغادر جنسن هوانغ.", "فطيرة التفاح لذيذة."]


def error(start: int, end: int, sentence: int, entity: str | None, severity: str = "error") -> NameFinding:
    return NameFinding("n1", start, end, "x", "misspelling", entity, None, 0.9, severity, (), sentence)  # type: ignore[arg-type]


def accuracy(target: Sequence[str], findings: Sequence[NameFinding], knowledge: Knowledge, *, role: str = "source"):  # type: ignore[no-untyped-def]
    made, sentences = article("ar", target)
    return name_accuracy(made, sentences, witness("en", SOURCE, role=role), findings, knowledge)


def test_accepted_forms_are_right_and_a_pronoun_later_on_does_not_count(knowledge: Knowledge) -> None:
    made = accuracy(RIGHT, [], knowledge)
    assert (made.accuracy, made.checked) == (1.0, 3)
    assert [(row.type, row.correct, row.checked) for row in made.types] == [("person", 2, 2), ("organisation", 1, 1)]


def test_a_first_mention_that_is_not_rendered_is_wrong(knowledge: Knowledge) -> None:
    made = accuracy(["التقت الشركة مع Huang Renxun.", *RIGHT[1:]], [], knowledge)
    assert (made.accuracy, made.checked) == (0.25, 4)


def test_an_error_that_a_finding_names_is_wrong_even_later_on(knowledge: Knowledge) -> None:
    start = sum(len(text) + 1 for text in RIGHT[:2])
    made = accuracy(
        [*RIGHT[:2], "وغادر رنكسون.", RIGHT[3]], [error(start + 6, start + 12, 2, "Jensen Huang")], knowledge
    )
    assert (made.accuracy, made.checked) == (0.6667, 3)


def test_an_error_about_a_name_of_no_base_counts(knowledge: Knowledge) -> None:
    made = accuracy(RIGHT, [error(0, 4, 0, None)], knowledge)
    assert (made.accuracy, made.checked) == (0.75, 4)


def test_variants_count_only_strictly(knowledge: Knowledge) -> None:
    made = accuracy(RIGHT, [error(6, 17, 0, "OpenAI", "variant")], knowledge)
    assert (made.accuracy, made.strict) == (1.0, 0.6667)


def test_without_a_source_the_articles_own_mentions_are_judged(knowledge: Knowledge) -> None:
    made = accuracy(["كتبت OpenAI إلى Openai.", *RIGHT[1:]], [error(16, 22, 0, "OpenAI")], knowledge, role="other")
    assert (made.accuracy, made.checked) == (0.6667, 3)


def test_nothing_to_judge_gives_none(knowledge: Knowledge) -> None:
    made, sentences = article("ar", ["لا أسماء هنا."])
    assert name_accuracy(made, sentences, None, [], knowledge).accuracy is None


def test_interval_holds_the_share(knowledge: Knowledge) -> None:
    made = accuracy(["التقت الشركة مع Huang Renxun.", *RIGHT[1:]], [], knowledge)
    assert made.interval is not None
    assert made.interval[0] <= 0.25 <= made.interval[1]


def test_judge_puts_everything_together(knowledge: Knowledge) -> None:
    made, sentences = article("ar", RIGHT, {3: "boilerplate"})
    again = Translation(tuple(RIGHT), "en", "ar", "forward", "m", "r", "ctranslate2")

    class Constant:
        def encode(self, texts: Sequence[str]) -> object:
            return [[0.6, 0.8]] * len(texts)

    result = judge(made, sentences, [witness("en", SOURCE)], again, [], knowledge=knowledge, encoder=Constant())
    assert len(result.segments) == 4
    assert (result.summary.sentences, result.summary.boilerplate) == (3, 1)
    assert [(m.name, m.value, m.against) for m in result.summary.metrics] == [
        ("chrF2++", 100.0, "forward re-translation"),
        ("BLEU", 100.0, "forward re-translation"),
    ]
    assert result.summary.name_accuracy == 1.0
    assert result.verdict.grade == "good"
    assert judge(made, sentences, [witness("en", SOURCE)], again, [], knowledge=knowledge, encoder=Constant()) == result


def test_judge_without_anything_to_hold_it_against() -> None:
    made, sentences = article("ar", RIGHT)
    result = judge(made, sentences, [], None, [])
    assert result.summary.similarity is None
    assert result.summary.metrics == ()
    assert result.verdict.grade == "good"
