"""TBX of both standards gives the same concepts: languages, the preferred term first, notes."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpora.errors import FormatError, InputError
from corpora.tbx import TbxTerm, read_tbx

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
<termEntry id="empty"><langSet xml:lang="en"><tig><term> </term></tig></langSet></termEntry>
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
    assert [(term.text, term.status) for term in concept.said_in("fr")] == [
        ("carte graphique", "preferred"),
        ("carte vidéo", "deprecated"),
    ]
    (english,) = concept.said_in("en")
    assert (english.text, english.status) == ("graphics card", "admitted")
    assert concept.said_in("ar") == []


def test_a_language_that_nobody_knows_stays_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "terms.tbx"
    path.write_text(NEW.replace("en-US", "x-house"), encoding="utf-8")
    (concept,) = read_tbx(path)
    assert concept.terms[1] == TbxTerm("x-house", "graphics card")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("<tmx/>", "not TBX"),
        (NEW[:-20], "not well-formed"),
        ('<!DOCTYPE tbx [<!ENTITY a "b">]><tbx><text/></tbx>', "declares an entity"),
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
