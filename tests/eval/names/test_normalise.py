"""What a repair changes, what it leaves, how it is listed and taken back."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from corpora.errors import FormatError, InputError, UsageError
from corpora.readers.base import read_article
from corpora.sentences import split_sentences
from eval.names.changes import from_json, list_changes, to_json, undo
from eval.names.detect import find_names
from eval.names.entity import NameFinding
from eval.names.normalise import choose, plan, repair
from tests.eval.names.scenes import article, find

TEXT = "البنية التحتية لمنظمة العفو الدولية من Openai.\nمنشئ Chatgpt لديه نموذج وبيانات وحوسبة."


def finding(start: int, end: int, surface: str, canonical: str | None, **other: object) -> NameFinding:
    values = {"id": "n1", "kind": "casing", "entity": None, "confidence": 0.95, "severity": "error", "evidence": ()}
    return NameFinding(start=start, end=end, surface=surface, canonical=canonical, **{**values, **other})  # type: ignore[arg-type]


def test_only_sure_errors_with_a_canonical_form_are_chosen() -> None:
    sure, unsure = finding(0, 1, "a", "A", id="n1"), finding(2, 3, "b", "B", id="n2", confidence=0.5)
    variant, open_one = finding(4, 5, "c", "C", id="n3", severity="variant"), finding(6, 7, "d", None, id="n4")
    missing = finding(8, 8, "", "X", id="n5", kind="missing_name")
    everything = [sure, unsure, variant, open_one, missing]
    assert choose(everything) == [sure]
    assert choose(everything, variants=True) == [sure, variant]
    assert choose(everything, only={"n2", "n3", "n4"}) == [unsure, variant]
    assert choose(everything, skip={"n1"}) == []


def test_an_unknown_id_is_an_error() -> None:
    with pytest.raises(UsageError, match="n9"):
        choose([finding(0, 1, "a", "A")], only={"n9"})


def test_offsets_before_and_after_name_the_same_stretch() -> None:
    checked, _ = article(TEXT, "ar")
    changes = plan(checked, choose(find(TEXT, "ar")))
    assert len(changes) == 3
    new = repair([checked], [choose(find(TEXT, "ar"))]).data.decode()
    for change in changes:
        assert TEXT[change.start : change.end] == change.surface
        assert new[change.new_start : change.new_end] == change.replacement
    assert "للذكاء الاصطناعي من OpenAI" in new
    assert "ChatGPT" in new


def test_a_second_run_changes_nothing() -> None:
    checked, _ = article(TEXT, "ar")
    once = repair([checked], [choose(find(TEXT, "ar"))]).data.decode()
    assert choose(find(once, "ar")) == []


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_undo_gives_the_file_back_byte_for_byte(tmp_path: Path, encoding: str, newline: str) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(TEXT.replace("\n", newline).encode(encoding))
    checked = read_article(path, lang="ar")
    done = repair([checked], [choose(find_names(checked, split_sentences(checked)))])
    assert done.data != path.read_bytes()
    listed = list_changes(str(path), str(path), path.read_bytes(), done.data, done.changes)
    again = from_json(to_json(listed))
    assert again == listed
    assert undo(again, done.data) == path.read_bytes()


def test_markup_survives_a_repair(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    first = "<p>La société <b>Openai</b> &amp; le produit <i>Chatgpt</i> sont cités dans un article assez long.</p>"
    second = "<p>Un second paragraphe parle d’<em>Openai</em> et de ses clients, sans rien d’autre à corriger.</p>"
    html = f"<html><body><article><h1>Titre de l’article</h1>{first}{second}</article></body></html>"
    path.write_text(html, encoding="utf-8")
    checked = read_article(path, lang="fr")
    done = repair([checked], [choose(find_names(checked, split_sentences(checked)))])
    assert done.data.decode() == html.replace("Openai", "OpenAI").replace("Chatgpt", "ChatGPT")


def test_undo_refuses_a_file_that_was_edited_since() -> None:
    listed = list_changes("a.txt", "a.txt", b"Openai", b"OpenAI", ())
    with pytest.raises(InputError, match="not as the repair left it"):
        undo(listed, b"OpenAI!")
    with pytest.raises(InputError, match="put back already"):
        undo(listed, b"Openai")


def test_what_is_no_change_list_is_refused() -> None:
    for text in ("", "[]", "{}", json.dumps({"format": 99})):
        with pytest.raises(FormatError):
            from_json(text, path="x.json")
