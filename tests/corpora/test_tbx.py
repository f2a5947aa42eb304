"""TBX of both standards gives the same concepts: languages, the preferred term first, notes; one after the other."""

from __future__ import annotations

import bz2
import gzip
from collections.abc import Callable
from pathlib import Path

import pytest

from corpora.errors import FormatError, InputError
from corpora.tbx import TbxTerm, is_tbx, read_tbx

OLD = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE martif SYSTEM "TBXcoreStructV02.dtd">
<martif type="TBX" xml:lang="en"><martifHeader><fileDesc><sourceDesc><p>House</p></sourceDesc></fileDesc></martifHeader>
<text><body>
<termEntry id="c1">
  <descrip type="subjectField">hardware</descrip>
  <langSet xml:lang="en-US"><tig><term>graphics
    card</term></tig></langSet>
  <langSet xml:lang="fr">
    <ntig><termGrp><term>carte vidéo</term>
      <termNote type="administrativeStatus">deprecatedTerm-admn-sts</termNote></termGrp></ntig>
    <tig><term>carte <hi>graphique</hi></term>
      <termNote type="administrativeStatus">preferredTerm-admn-sts</termNote></tig>
  </langSet>
</termEntry>
</body></text></martif>"""
NEW = """<tbx type="TBX-Basic" style="dct" xml:lang="en" xmlns="urn:iso:std:iso:30042:ed-2" xmlns:basic="urn:b">
<tbxHeader><fileDesc/></tbxHeader><text><body><conceptEntry id="c1"><basic:subjectField>hardware</basic:subjectField>
<langSec xml:lang="en-US"><termSec><term>graphics card</term></termSec></langSec>
<langSec xml:lang="fr"><termSec><term>carte vidéo</term>
<basic:administrativeStatus>deprecatedTerm-admn-sts</basic:administrativeStatus></termSec>
<termSec><term>carte graphique</term><basic:administrativeStatus>preferredTerm-admn-sts</basic:administrativeStatus>
</termSec></langSec></conceptEntry></body></text></tbx>"""


@pytest.mark.parametrize("content", [OLD, NEW])
def test_concepts_have_their_terms_by_language_the_preferred_first(content: str, tmp_path: Path) -> None:
    path = tmp_path / "terms.tbx"
    path.write_text(content, encoding="utf-8")
    (concept,) = read_tbx(path)
    assert (concept.id, concept.notes) == ("c1", (("subjectField", "hardware"),))
    found = concept.by_language()
    assert [(term.text, term.status) for term in found["fr"]] == [
        ("carte graphique", "preferred"),
        ("carte vidéo", "deprecated"),
    ]
    assert found["fr"][0].notes == (("administrativeStatus", "preferredTerm-admn-sts"),)
    (english,) = found["en"]
    assert (english.text, english.status) == ("graphics card", "admitted")
    assert set(found) == {"en", "fr"}


def entry(*terms: tuple[str, str | None], lang: str = 'xml:lang="en"') -> str:
    sections = "".join(
        f"<tig><term>{text}</term>"
        + (f'<termNote type="administrativeStatus">{status}</termNote></tig>' if status else "</tig>")
        for text, status in terms
    )
    return f"<termEntry><langSet {lang}>{sections}</langSet></termEntry>"


def base(*entries: str) -> str:
    return f"<martif><text><body>{''.join(entries)}</body></text></martif>"


def test_terms_stand_in_the_order_of_their_status(tmp_path: Path) -> None:
    path = tmp_path / "terms.tbx"
    given = [
        ("E", "deprecatedTerm-admn-sts"),
        ("D", "supersededTerm-admn-sts"),
        ("C", "admittedTerm-admn-sts"),
        ("B", None),
        ("B2", None),
        ("A", "preferred"),
    ]
    path.write_text(base(entry(*given)))
    (concept,) = read_tbx(path)
    assert [(term.text, term.status) for term in concept.terms] == [
        ("A", "preferred"),
        ("B", "admitted"),
        ("B2", "admitted"),
        ("C", "admitted"),
        ("D", "superseded"),
        ("E", "deprecated"),
    ]


def test_an_entry_without_a_term_or_a_language_is_still_an_entry(tmp_path: Path) -> None:
    path = tmp_path / "terms.tbx"
    path.write_text(base("\n<termEntry id='none'/>\n", entry((" ", None)), entry(("stray", None), lang="")))
    none, blank, stray = read_tbx(path)
    assert (none.id, none.line, none.terms, blank.terms) == ("none", 2, (), ())
    assert stray.terms == (TbxTerm("", "stray"),)
    assert stray.by_language() == {}


def test_markup_inside_a_term_is_part_of_it_and_no_note(tmp_path: Path) -> None:
    path = tmp_path / "terms.tbx"
    path.write_text(base(entry(("a <hi type='x'>b</hi>c <foreign>d</foreign>", None))))
    (concept,) = read_tbx(path)
    assert (concept.terms, concept.notes) == ((TbxTerm("en", "a bc d"),), ())


def test_entries_come_as_they_are_read_whatever_the_pieces(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "terms.tbx"
    path.write_text(OLD, encoding="utf-8")
    whole = list(read_tbx(path))
    monkeypatch.setattr("corpora.formats.streams._PIECE", 7)
    assert list(read_tbx(path)) == whole
    path.write_text(base(entry(("first", None)), entry(("second", None)))[:-40])
    concepts = read_tbx(path)
    assert next(concepts).terms == (TbxTerm("en", "first"),)
    with pytest.raises(FormatError, match=r"terms\.tbx, line 1: not well-formed"):
        list(concepts)


@pytest.mark.parametrize(("name", "pack"), [("t.tbx", bytes), ("T.XML", bytes), ("t.tbx.gz", gzip.compress)])
def test_a_packed_file_is_read_too(name: str, pack: Callable[[bytes], bytes], tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(pack(OLD.encode()))
    assert is_tbx(path)
    assert len(list(read_tbx(path))) == 1
    (tmp_path / "t.xml.bz2").write_bytes(bz2.compress(OLD.encode()))
    assert is_tbx(tmp_path / "t.xml.bz2")
    assert list(read_tbx(tmp_path / "t.xml.bz2")) == list(read_tbx(path))
    assert not is_tbx("t.tsv")


def test_a_language_that_nobody_knows_stays_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "terms.tbx"
    path.write_text(NEW.replace("en-US", "x-house"), encoding="utf-8")
    (concept,) = read_tbx(path)
    assert concept.terms[1] == TbxTerm("x-house", "graphics card")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("<tmx/>", "not TBX"),
        ("<martif><body/></martif>", "holds no entries"),
        (NEW[:-20], "not well-formed"),
        ('<!DOCTYPE tbx [<!ENTITY a "b">]><tbx><text/></tbx>', "declares an entity"),
        (base(entry(("&house;", None))), "not well-formed"),
        ("", "not well-formed"),
    ],
)
def test_what_is_no_tbx_is_said(content: str, said: str, tmp_path: Path) -> None:
    path = tmp_path / "terms.tbx"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(FormatError, match=said):
        list(read_tbx(path))


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        list(read_tbx(tmp_path / "nothing.tbx"))
