"""Names on disk: the same answers as in memory, whatever happens to the files."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from corpora.errors import StoreError
from eval.names.base.arrays import read_about
from eval.names.base.catalogue import Catalogue, add_to_catalogue
from eval.names.entity import Entity, Form
from eval.names.knowledge import Knowledge


@pytest.fixture(autouse=True)
def _own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


def person(name: str, *arabic: str, slug: str | None = None) -> Entity:
    forms = [Form(name, "mul", "canonical"), *(Form(text, "ar", "canonical") for text in arabic)]
    return Entity(slug or f"person:{name.lower().replace(' ', '-')}", name, "person", tuple(forms))


PEOPLE = [person("Noelle Walsh", "نويل والش"), person("Ada Quandt", "آدا كفانت"), person("Jensen Huang", "جنسون هوانغ")]


@pytest.fixture
def catalogue(tmp_path: Path) -> Path:
    path = tmp_path / "people.catalogue"
    add_to_catalogue(path, ((one, None) for one in PEOPLE))
    return path


def test_names_on_disk_are_found_as_those_in_memory(catalogue: Path) -> None:
    text = "قالت نويل والش لآدا كفانت: Noelle walsh, ADA QUANDT"
    on_disk, in_memory = Knowledge.open(catalogue, bundled=False), Knowledge(PEOPLE)
    assert on_disk.scan(text, "ar") == in_memory.scan(text, "ar")
    assert len(on_disk.scan(text, "ar")) == 4
    for surface, lang in (("Noele Walsh", "fr"), ("نويل ولش", "ar"), ("Ada Kvandt", "en")):
        assert on_disk.nearest(surface, lang) == in_memory.nearest(surface, lang)
        assert on_disk.nearest(surface, lang)[0].entity in PEOPLE


def test_a_catalogue_lies_below_the_bundled_base(catalogue: Path) -> None:
    known = Knowledge.open(catalogue)
    huang = known.entities["person:jensen-huang"]
    assert known.canonical(huang, "ar") == "جنسن هوانغ"
    assert Form("جنسون هوانغ", "ar", "accepted") in huang.forms
    assert known.house_form(huang, "ar") is None
    (hit,) = known.scan("قال جنسون هوانغ", "ar")
    assert (hit.entities, hit.form.status) == ((huang,), "accepted")
    assert "person:ada-quandt" in known.entities
    assert "person:ada-quandt" not in list(known.entities)


def test_what_comes_later_lies_on_top_and_namesakes_are_told_apart(catalogue: Path) -> None:
    count, total = add_to_catalogue(
        catalogue,
        [
            (person("Noelle Walsh", "نوال والش"), "Q1"),
            (person("Ada Quandt"), "Q2"),
            (person("Bo Ek", "بو إيك"), "Q3"),
            (person("Bo Ek", "بو آك"), "Q4"),
            (person("Bo Ek", "بو أك"), "Q3"),
        ],
    )
    held = Catalogue(catalogue)
    assert (count, total, len(held)) == (5, 7, 7)
    assert held.find("person:bo-ek") is not None
    assert {one.id for one in held if one.name == "Bo Ek"} == {"person:bo-ek", "person:bo-ek-q4"}
    hit = Knowledge.open(catalogue, bundled=False).scan("Bo Ek", "en")[0]
    assert [one.id for one in hit.entities] == ["person:bo-ek", "person:bo-ek-q4"]


def test_a_failed_import_changes_nothing(catalogue: Path, tmp_path: Path) -> None:
    def breaking() -> Iterator[tuple[Entity, str | None]]:
        yield person("Bo Ek"), None
        raise ValueError("cut off")

    before = catalogue.read_bytes()
    with pytest.raises(ValueError, match="cut off"):
        add_to_catalogue(catalogue, breaking())
    assert catalogue.read_bytes() == before
    with pytest.raises(ValueError, match="cut off"):
        add_to_catalogue(tmp_path / "new.catalogue", breaking())
    assert not (tmp_path / "new.catalogue").exists()


def test_an_index_that_is_absent_damaged_or_out_of_date_is_made_again(catalogue: Path) -> None:
    index = catalogue.with_name("people.catalogue.index")
    current = read_about(index)
    for change in (index.unlink, lambda: index.write_bytes(b"muwazi arrays 1\nxx"), lambda: index.write_bytes(b"")):
        change()
        assert Knowledge.open(catalogue, bundled=False).scan("Bo Ek, Ada Quandt", "en")
        assert read_about(index) == current
    add_to_catalogue(catalogue, [(person("Bo Ek"), None)])
    assert read_about(index) != current
    assert len(Knowledge.open(catalogue, bundled=False).scan("Bo Ek, Ada Quandt", "en")) == 2


def test_where_the_place_cannot_be_written_the_index_goes_elsewhere(catalogue: Path, tmp_path: Path) -> None:
    index = catalogue.with_name("people.catalogue.index")
    index.unlink()
    index.mkdir()
    assert Knowledge.open(catalogue, bundled=False).scan("Ada Quandt", "en")
    (kept,) = (tmp_path / "cache" / "muwazi" / "catalogues").iterdir()
    kept.unlink()
    kept.mkdir()
    assert Knowledge.open(catalogue, bundled=False).scan("Ada Quandt", "en")


def test_what_is_no_catalogue_is_refused(tmp_path: Path) -> None:
    other = tmp_path / "other.catalogue"
    with pytest.raises(StoreError, match="cannot be opened"):
        Catalogue(other)
    other.write_bytes(b"no database at all, but long enough to look like one to SQLite" * 20)
    with pytest.raises(StoreError, match="damaged"):
        Catalogue(other)
    with pytest.raises(StoreError, match="damaged"):
        add_to_catalogue(other, [(person("Bo Ek"), None)])
    other.unlink()
    with sqlite3.connect(other) as connection:
        connection.execute("CREATE TABLE t (x)")
    connection.close()
    for use in (lambda: Catalogue(other), lambda: add_to_catalogue(other, [])):
        with pytest.raises(StoreError, match="no catalogue"):
            use()
