from __future__ import annotations

from pathlib import Path

import pytest

from corpora.errors import FormatError, OutputError
from corpora.formats.base import Pair, read_pairs, write_pairs

V2 = """<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" xmlns:mtc="urn:oasis:names:tc:xliff:matches:2.0"
 xmlns:mda="urn:oasis:names:tc:xliff:metadata:2.0" version="2.1" srcLang="en" trgLang="ar">
<file id="f"><notes><note>of the file</note></notes>
<unit id="a"><mtc:matches><mtc:match ref="#x"><source>no</source><target>no</target></mtc:match></mtc:matches>
 <mda:metadata><mda:metaGroup><mda:meta type="domain">news</mda:meta></mda:metaGroup></mda:metadata>
 <notes><note>mind</note></notes><originalData><data id="d">&lt;b&gt;</data></originalData>
 <segment state="final"><source>One <pc id="1">bold</pc><ph id="2"/> &amp; <mrk id="m" type="term">term</mrk>.</source>
  <target>واحد.</target></segment>
 <ignorable><source> </source></ignorable>
 <segment><source>Two<cp hex="0001"/>.</source></segment></unit>
<unit id="u2"><segment><source>Three.</source><target>ثلاثة.</target></segment></unit></file></xliff>"""
V12 = """<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2">
<file original="x" source-language="en-US" target-language="fr" datatype="plaintext"><header/><body><group>
<trans-unit id="9"><source>See <g id="1">this</g><x id="2"/><bpt id="3">&lt;i&gt;</bpt>.</source>
 <seg-source><mrk mtype="seg">See this.</mrk></seg-source>
 <target state="needs-review-translation">Voir ceci.</target><note>n</note>
 <alt-trans><source>no</source><target>non</target></alt-trans></trans-unit></group></body></file></xliff>"""


def save(folder: Path, text: str) -> Path:
    path = folder / "job.xlf"
    path.write_text(text, encoding="utf-8")
    return path


def test_segments_of_2_1_are_pairs(tmp_path: Path) -> None:
    metadata = {"domain": "news", "note": "mind"}
    assert list(read_pairs(save(tmp_path, V2))) == [
        Pair("One bold & term.", "واحد.", "en", "ar", "a", None, {**metadata, "state": "final"}),
        Pair("Two\x01.", "", "en", "ar", "a", None, metadata),
        Pair("Three.", "ثلاثة.", "en", "ar"),
    ]


def test_units_of_1_2_are_read(tmp_path: Path) -> None:
    assert list(read_pairs(save(tmp_path, V12))) == [
        Pair("See this.", "Voir ceci.", "en-US", "fr", "9", None, {"state": "needs-review-translation", "note": "n"})
    ]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ('<!DOCTYPE x [<!ENTITY a "b">]><xliff version="2.1"/>', "entity"),
        ("<tmx/>", "not XLIFF"),
        ("<xliff/>", "no version"),
        (
            '<xliff version="2.1">\n<unit id="a"><segment><source><cp hex="zz"/></source></segment></unit></xliff>',
            "line 2",
        ),
        ('<xliff version="2.1">\n<unit>', "line 2"),
    ],
)
def test_broken_files_are_refused(tmp_path: Path, text: str, reason: str) -> None:
    with pytest.raises(FormatError, match=reason):
        list(read_pairs(save(tmp_path, text)))


def test_one_file_has_one_language_on_each_side(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="pair 2"):
        write_pairs(tmp_path / "x.xlf", [Pair("a", "b", "ar", "fr"), Pair("c", "d", "ar", "en")])
    assert not (tmp_path / "x.xlf").exists()


def test_the_file_follows_the_schema(tmp_path: Path) -> None:
    from lxml import etree

    path = tmp_path / "x.xlf"
    pairs = [
        Pair("a\x02", "b", "ar", "fr", "name", 0.5, {"note": "n", "p": "v", "state": "reviewed"}),
        Pair("c", "", "ar", "fr"),
    ]
    write_pairs(path, pairs)
    core, xml = "{urn:oasis:names:tc:xliff:document:2.0}", "{http://www.w3.org/XML/1998/namespace}"
    root = etree.fromstring(path.read_bytes())
    assert (root.tag, root.get("version"), root.get("srcLang"), root.get("trgLang")) == (
        f"{core}xliff",
        "2.1",
        "ar",
        "fr",
    )
    (file,) = root
    assert (file.get("srcDir"), file.get("trgDir"), file.get(f"{xml}space")) == ("rtl", "ltr", "preserve")
    assert len({unit.get("id") for unit in file}) == len(file)
    order = ["metadata", "notes", "segment"]
    for unit in file:
        kinds = [etree.QName(child).localname for child in unit]
        assert kinds == [kind for kind in order if kind in kinds]
        segment = unit.find(f"{core}segment")
        assert [etree.QName(child).localname for child in segment] == ["source", "target"]
    states = [segment.get("state") for segment in root.iter(f"{core}segment")]
    assert states == ["reviewed", "initial"]
    assert root.find(f".//{core}cp").get("hex") == "0002"


def test_an_unknown_language_has_no_direction(tmp_path: Path) -> None:
    write_pairs(tmp_path / "x.xlf", [Pair("a", "b", "x-klingon", "fr")])
    assert 'srcDir="auto"' in (tmp_path / "x.xlf").read_text(encoding="utf-8")
