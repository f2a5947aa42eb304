from __future__ import annotations

import pytest

from corpora.errors import FormatError
from eval.names.base.records import READING, identifier, parse, render
from eval.names.entity import Form

SAMPLE = """\
# a comment
type: person

Jensen Huang | Jen-Hsun Huang
  ar: جنسن هوانغ | جينسن هوانغ
  zh: 黄仁勋
  reading: Huang Renxun
  context: nvidia GPU

type: organisation

Apple
  ar: آبل
  wrong ar: تفاحة
  flags: common_word

United Nations
  fr: ONU
  id: organisation:un
"""


def test_reads_every_line() -> None:
    huang, apple, nations = parse(SAMPLE, path="sample.names")
    assert (huang.id, huang.name, huang.type) == ("person:jensen-huang", "Jensen Huang", "person")
    assert huang.context == ("nvidia", "gpu")
    assert Form("Jensen Huang", "mul", "canonical") in huang.forms
    assert Form("Jen-Hsun Huang", "mul", "accepted") in huang.forms
    assert Form("Huang Renxun", READING, "wrong") in huang.forms
    assert apple.common_word
    assert Form("تفاحة", "ar", "wrong") in apple.forms
    assert nations.id == "organisation:un"
    assert nations.forms == (Form("United Nations", "en", "canonical"), Form("ONU", "fr", "canonical"))


def test_render_is_read_back_as_the_same_entities() -> None:
    entities = parse(SAMPLE, path="sample.names")
    assert parse(render(entities), path="again.names") == entities


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("Apple\n", 1, "no type"),
        ("type: firm\nApple\n", 1, "unknown type"),
        ("type: person\n\n  ar: آبل\n", 3, "about no entity"),
        ("type: person\nA | | B\n", 2, "empty form"),
        ("type: person\nA\n  ar آبل\n", 3, "cannot read"),
        ("type: person\nA\n  flagz: x\n", 3, "unknown key"),
        ("type: person\nA\n  flags: shiny\n", 2, "unknown flag"),
        ("type: person\nA\n  ar: ب\n  ar: ت\n", 4, "a second `ar` line"),
        ("type: person\nA\n  wrong mul: A\n", 2, "both right and wrong"),
        ("type: person\nA\nB\nA\n", 4, "is there already, on line 2"),
    ],
)
def test_a_broken_line_is_named(text: str, line: int, what: str) -> None:
    with pytest.raises(FormatError) as caught:
        parse(text, path="broken.names")
    assert caught.value.where == f"broken.names:{line}"
    assert what in str(caught.value)
    assert caught.value.cure


def test_broken_entities_are_left_out_when_asked() -> None:
    errors: list[FormatError] = []
    text = "type: person\nA\n  nonsense\n  ar: ا\nB\ntype: firm\nC\n"
    assert [entity.name for entity in parse(text, path="x", on_error=errors.append)] == ["B", "C"]
    assert [error.where for error in errors] == ["x:3", "x:6"]


def test_identifiers_are_plain() -> None:
    assert identifier("outlet", "L’Usine Nouvelle") == "outlet:l-usine-nouvelle"
    assert identifier("outlet", "Süddeutsche Zeitung") == "outlet:suddeutsche-zeitung"
