from __future__ import annotations

from pathlib import Path

import pytest

from corpora.errors import FormatError
from eval.names.base.jsonstream import json_values
from eval.names.base.records import OnError, collect
from eval.names.base.tables import object_stanzas, table_stanzas
from eval.names.entity import Entity, Form
from eval.names.knowledge import Knowledge

TABLE = """\
name,type,ar,fr,wrong ar,context
Acme | ACME,organisation,أكمي | اكمي,,قمة,tools anvils

Bob,person,بوب,Robert,,
"""


def parse_table(text: str, on_error: OnError | None = None) -> list[Entity]:
    rows = table_stanzas(text.splitlines(keepends=True), path="t.csv", delimiter=",", on_error=on_error)
    return collect(rows, "t.csv", on_error)


def parse_jsonl(path: Path, text: str) -> list[Entity]:
    path.write_text(text, encoding="utf-8")
    return collect(object_stanzas(json_values(str(path)), path="t.jsonl"), "t.jsonl", None)


def test_a_table_of_names() -> None:
    acme, bob = parse_table(TABLE)
    assert (acme.id, acme.type, acme.context) == ("organisation:acme", "organisation", ("tools", "anvils"))
    assert {Form("Acme", "mul", "canonical"), Form("ACME", "mul"), Form("قمة", "ar", "wrong")} <= set(acme.forms)
    assert Form("Robert", "fr", "canonical") in bob.forms


def test_json_lines(tmp_path: Path) -> None:
    text = '{"name": "Acme", "forms": {"ar": ["أكمي"], "fr": "Acmé"}, "flags": ["common_word"]}\n'
    (acme,) = parse_jsonl(tmp_path / "t.jsonl", text)
    assert acme.common_word
    assert Form("Acmé", "fr", "canonical") in acme.forms


@pytest.mark.parametrize(
    ("text", "where", "what"),
    [
        ("name,arabic\nA,ب\n", "t.csv:1", "unknown column"),
        ("ar\nب\n", "t.csv:1", "no column for the English name"),
        ("name,ar\n,ب\n", "t.csv:2", "without an English name"),
        ("name,ar\nA,ب,ت\n", "t.csv:2", "more cells"),
        ("name,type\nA,firm\n", "t.csv:2", "unknown type"),
    ],
)
def test_broken_tables_are_named(text: str, where: str, what: str) -> None:
    with pytest.raises(FormatError, match=what) as caught:
        parse_table(text)
    assert caught.value.where == where


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("{", "no JSON"),
        ('"A"', "without a name"),
        ('{"name": "A", "form": {}}', "unknown field"),
        ('{"name": "A", "forms": []}', "no object"),
        ('{"name": "A", "forms": {"Arabic!": "x"}}', "unknown language"),
        ('{"name": "A", "forms": {"ar": [1]}}', "no text"),
    ],
)
def test_broken_json_lines_are_named(tmp_path: Path, text: str, what: str) -> None:
    with pytest.raises(FormatError, match=what) as caught:
        parse_jsonl(tmp_path / "t.jsonl", f"\n{text}\n")
    assert caught.value.where is not None
    assert caught.value.where.endswith("t.jsonl:2")


def test_the_rest_is_loaded_when_asked() -> None:
    errors: list[FormatError] = []
    assert len(parse_table("name,type\nA,firm\nB,person\n", errors.append)) == 1
    assert len(errors) == 1


def test_the_ending_says_the_format(tmp_path: Path) -> None:
    for name, text in (("a.csv", TABLE), ("a.tsv", TABLE.replace(",", "\t")), ("a.jsonl", '{"name": "Acme"}')):
        (tmp_path / name).write_text(text, encoding="utf-8")
        assert "organisation:acme" in Knowledge.open(tmp_path / name).entities
