"""An imported memory gives the same sentence back, and what is like it with how alike it is."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpora.errors import FormatError, InputError
from corpora.formats.base import Pair, write_pairs
from mt.imported import SIMILAR, ImportedMemory

SOURCE = "The bank’s profit rose by 4 percent in May."
TARGET = "Le bénéfice de la banque a gagné 4 % en mai."


@pytest.fixture
def memory(tmp_path: Path) -> ImportedMemory:
    path = tmp_path / "memory.tmx"
    write_pairs(
        path,
        [Pair(SOURCE, TARGET, "en-US", "fr-FR"), Pair("Yes.", "Oui.", "en-US", "fr-FR"), Pair("x", " ", "en", "fr")],
    )
    return ImportedMemory([str(path)])


def test_the_same_sentence_but_for_spaces_and_quotation_marks_is_found_in_both_directions(
    memory: ImportedMemory,
) -> None:
    asked = "The bank's  profit rose by 4 percent in\u00a0May."
    assert memory.exact([asked, "Another."], "en", "fr") == {asked: TARGET}
    assert memory.exact([TARGET], "fr", "en") == {TARGET: SOURCE}
    assert memory.size("en", "fr") == 2


def test_another_number_is_like_it_and_not_the_same(memory: ImportedMemory) -> None:
    asked = SOURCE.replace("4", "40")
    assert memory.exact([asked], "en", "fr") == {}
    match = memory.similar(asked, "en", "fr")
    assert match is not None
    assert (match.source, match.target) == (SOURCE, TARGET)
    assert SIMILAR < match.similarity < 1
    assert memory.similar("The minister in May did not answer.", "en", "fr") is None


def test_the_later_file_wins_and_a_direction_that_none_has_is_empty(memory: ImportedMemory, tmp_path: Path) -> None:
    later = tmp_path / "later.tsv"
    later.write_text("Yes.\tSi.\n", encoding="utf-8")
    both = ImportedMemory([*memory.paths, str(later)])
    assert both.exact(["Yes."], "en", "fr") == {"Yes.": "Si."}
    assert memory.size("en", "ar") == 0


def test_files_that_cannot_be_read_are_said(tmp_path: Path) -> None:
    with pytest.raises(InputError):
        ImportedMemory([str(tmp_path / "nothing.tmx")]).size("en", "fr")
    (tmp_path / "broken.tmx").write_text("<tmx><body>", encoding="utf-8")
    with pytest.raises(FormatError):
        ImportedMemory([str(tmp_path / "broken.tmx")]).size("en", "fr")


@given(st.lists(st.text("ab c.1", max_size=12), max_size=8), st.text("ab c.1", max_size=12))
def test_what_is_offered_is_alike_enough_and_in_the_memory(
    tmp_path_factory: pytest.TempPathFactory, sources: list[str], asked: str
) -> None:
    path = tmp_path_factory.mktemp("m") / "m.tmx"
    write_pairs(path, [Pair(source, "t", "en", "fr") for source in ["a b", *sources]])
    match = ImportedMemory([str(path)]).similar(asked, "en", "fr")
    assert match is None or (
        match.similarity >= SIMILAR and match.source in [" ".join(s.split()) for s in ["a b", *sources]]
    )
