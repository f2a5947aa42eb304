"""Translations are remembered by sentence, revision and settings; what came out useless is not."""

from __future__ import annotations

from pathlib import Path

from corpora.store import Store
from mt.memory import Memory, Output, scope


def test_what_is_kept_is_recalled_by_another_run(tmp_path: Path) -> None:
    outputs = {"one": Output("un"), "two": Output("deux", ("number_mismatch",))}
    with Store(tmp_path) as store:
        Memory(store, "scope").keep(outputs)
    with Store(tmp_path) as store:
        assert Memory(store, "scope").recall(["two", "three", "one"]) == outputs
        assert Memory(store, "another").recall(["one"]) == {}


def test_useless_outputs_are_known_in_this_run_only(tmp_path: Path) -> None:
    outputs = {"one": Output("", ("empty",)), "two": Output("two", ("wrong_script",))}
    with Store(tmp_path) as store:
        memory = Memory(store, "scope")
        memory.keep(outputs)
        assert memory.recall(["one", "two"]) == outputs
        assert Memory(store, "scope").recall(["one", "two"]) == {}


def test_more_sentences_than_sqlite_has_parameters(tmp_path: Path) -> None:
    outputs = {f"sentence {number}": Output(str(number)) for number in range(1234)}
    with Store(tmp_path) as store:
        Memory(store, "scope").keep(outputs)
        assert Memory(store, "scope").recall(list(outputs)) == outputs


def test_without_a_store_this_run_is_remembered() -> None:
    memory = Memory(None, "scope")
    memory.keep({"one": Output("un")})
    assert memory.recall(["one", "two"]) == {"one": Output("un")}


def test_a_scope_depends_on_the_values_and_not_on_their_order() -> None:
    assert scope(beam=4, revision="a") == scope(revision="a", beam=4)
    assert scope(beam=4, revision="a") != scope(beam=2, revision="a")
