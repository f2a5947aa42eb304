"""Glossaries, term bases and Wikidata in whatever shape people have them."""

from __future__ import annotations

import bz2
import gzip
import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from corpora.errors import FormatError, InputError
from eval.names import house
from eval.names.base.catalogue import Catalogue
from eval.names.base.importing import import_names
from eval.names.base.jsonstream import json_values
from eval.names.base.sources import is_from_wikidata, read_entities, read_stanzas
from eval.names.base.wikidata import Wanted
from eval.names.entity import Entity, Form
from eval.names.knowledge import Knowledge


@pytest.fixture(autouse=True)
def _own_places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


def item(id: str, kind: str | None, labels: dict[str, str], **aliases: list[str]) -> dict[str, Any]:
    return {
        "type": "item",
        "id": id,
        "labels": {lang: {"language": lang, "value": text} for lang, text in labels.items()},
        "aliases": {lang: [{"language": lang, "value": text} for text in texts] for lang, texts in aliases.items()},
        "claims": {"P31": [{"mainsnak": {"datavalue": {"value": {"id": kind}}}}]} if kind else {},
    }


ITEMS = [
    item("Q1", "Q5", {"en": "Ada Quandt", "ar": "آدا كفانت", "fr": "Ada Quandt", "de": "Ada Q"}, en=["A. Quandt", "A"]),
    item("Q2", "Q5", {"mul": "Ada Quandt", "zh-hans": "阿达", "zh": "阿達"}),
    item("Q3", "Q13442814", {"en": "On names"}),
    item("P31", None, {"en": "instance of"}),
    item("Q4", "Q515", {"en": "Bogsville", "fr": "Bourbeville", "ar": "بوغسفيل"}),
    item("Q5", "Q515", {"de": "Moorstadt"}),
]
DUMP = "[\n" + ",\n".join(json.dumps(one, ensure_ascii=False) for one in ITEMS) + "\n]\n"


def dump(path: Path) -> Path:
    pack: Mapping[str, Callable[[bytes], bytes]] = {".bz2": bz2.compress, ".gz": gzip.compress, ".json": bytes}
    path.write_bytes(pack[path.suffix](DUMP.encode()))
    return path


@pytest.mark.parametrize("name", ["dump.json", "dump.json.gz", "dump.json.bz2"])
def test_a_wikidata_dump_becomes_a_catalogue(tmp_path: Path, name: str) -> None:
    wanted = Wanted()
    done = import_names([dump(tmp_path / name)], tmp_path, wanted)
    assert (done.count, done.total, done.target.name) == (3, 3, "muwazi.catalogue")
    assert sum(wanted.left_out.values()) == 2
    held = {entity.id: entity for entity in Catalogue(done.target)}
    ada, namesake, bogsville = held["person:ada-quandt"], held["person:ada-quandt-q2"], held["place:bogsville"]
    assert ada.forms == (
        Form("Ada Quandt", "mul", "canonical"),
        Form("آدا كفانت", "ar", "canonical"),
        Form("A. Quandt", "mul", "accepted"),
    )
    assert namesake.name == "Ada Quandt"
    assert Form("Bourbeville", "fr", "canonical") in bogsville.forms
    known = Knowledge.open(done.target, bundled=False)
    hits = known.scan("آدا كفانت في بوغسفيل", "ar")
    assert [hit.entities[0].id for hit in hits] == ["person:ada-quandt", "place:bogsville"]
    # What is imported again says nothing new.
    again = import_names([tmp_path / name], tmp_path, Wanted())
    assert again.total == 3


def test_languages_kinds_and_limits_can_be_chosen(tmp_path: Path) -> None:
    path = dump(tmp_path / "dump.json")
    wanted = list(read_stanzas(path, Wanted(("zh",), "work")))
    assert [stanza.type for stanza in wanted] == ["person", "person", "work", "place"]
    assert wanted[1].forms == {"zh": ["阿達", "阿达"]}
    assert import_names([path], tmp_path, Wanted(), limit=1).total == 1


def test_an_ordinary_word_is_marked_in_a_catalogue(tmp_path: Path) -> None:
    path = tmp_path / "wd.json"
    path.write_text(json.dumps([item("Q1", "Q783794", {"en": "Apple"}), item("Q2", "Q783794", {"en": "Quandtix"})]))
    done = import_names([path], tmp_path, Wanted())
    assert {one.name: one.common_word for one in Catalogue(done.target)} == {"Apple": True, "Quandtix": False}


SPARQL_JSON = """{ "head": {"vars": ["item", "label", "alt", "class"]},
  "results": { "bindings": [
    {"item": {"type": "uri", "value": "http://www.wikidata.org/entity/Q7"},
     "label": {"xml:lang": "en", "type": "literal", "value": "Zeta Works"},
     "class": {"type": "uri", "value": "http://www.wikidata.org/entity/Q783794"}},
    {"item": {"type": "uri", "value": "http://www.wikidata.org/entity/Q7"},
     "label": {"xml:lang": "ar", "type": "literal", "value": "زيتا"},
     "alt": {"xml:lang": "en", "type": "literal", "value": "ZW"}}
  ] } }"""
SPARQL_TSV = (
    "?item\t?label\t?alt\t?class\n"
    '<http://www.wikidata.org/entity/Q7>\t"Zeta Works"@en\t\t<http://www.wikidata.org/entity/Q783794>\n'
    '<http://www.wikidata.org/entity/Q7>\t"زيتا"@ar\t"ZW"@en\t\n'
)
SPARQL_CSV = (
    "item,itemLabel,itemAltLabel,ar,class\r\n"
    "http://www.wikidata.org/entity/Q7,Zeta Works,ZW,زيتا,http://www.wikidata.org/entity/Q783794\r\n"
)


@pytest.mark.parametrize(("name", "text"), [("r.json", SPARQL_JSON), ("r.tsv", SPARQL_TSV), ("r.csv", SPARQL_CSV)])
def test_sparql_results(tmp_path: Path, name: str, text: str) -> None:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8", newline="")
    assert is_from_wikidata(path)
    (zeta,) = read_entities(path)
    assert (zeta.id, zeta.type) == ("organisation:zeta-works", "organisation")
    assert set(zeta.forms) == {
        Form("Zeta Works", "mul", "canonical"),
        Form("ZW", "mul"),
        Form("زيتا", "ar", "canonical"),
    }


TBX_2 = """<?xml version="1.0"?><!DOCTYPE martif SYSTEM "TBXcoreStructV02.dtd">
<martif type="TBX" xml:lang="en"><text><body>
<termEntry id="c1"><descrip type="subjectField">cloud</descrip>
 <langSet xml:lang="en-GB"><tig><term>Zoomer</term></tig>
  <tig><term>Zoomer <hi>Cloud</hi></term><termNote type="administrativeStatus">preferredTerm-admn-sts</termNote></tig>
  <tig><term>ZoomerCloud</term><termNote type="administrativeStatus">deprecatedTerm-admn-sts</termNote></tig></langSet>
 <langSet xml:lang="ar"><ntig><termGrp><term>زومر كلاود</term></termGrp></ntig></langSet></termEntry>
<termEntry id="c2"><langSet xml:lang="en"><tig><term>Zoomer Cloud</term></tig></langSet></termEntry>
</body></text></martif>"""
TBX_3 = """<tbx type="TBX-Basic" style="dct" xml:lang="en" xmlns="urn:iso:std:iso:30042:ed-2" xmlns:min="urn:min">
<text><body>
<conceptEntry id="c1"><min:subjectField>cloud</min:subjectField><langSec xml:lang="en">
 <termSec><term>Zoomer</term><min:administrativeStatus>admittedTerm-admn-sts</min:administrativeStatus></termSec>
 <termSec><term>Zoomer Cloud</term></termSec>
 <termSec><term>ZoomerCloud</term><min:administrativeStatus>deprecatedTerm-admn-sts</min:administrativeStatus></termSec>
</langSec><langSec xml:lang="ar"><termSec><term>زومر كلاود</term></termSec></langSec></conceptEntry>
<conceptEntry id="c2"><langSec xml:lang="en"><termSec><term>Zoomer Cloud</term></termSec></langSec></conceptEntry>
</body></text></tbx>"""


@pytest.mark.parametrize("text", [TBX_2, TBX_3])
def test_term_bases_of_both_versions(tmp_path: Path, text: str) -> None:
    path = tmp_path / "terms.tbx"
    path.write_text(text, encoding="utf-8")
    done = import_names([path], tmp_path, Wanted((), "product"))
    assert (done.count, done.target.name, done.total) == (2, house.NAMES_FILE, None)
    cloud, namesake = read_entities(done.target)
    assert cloud == Entity(
        "product:zoomer-cloud",
        "Zoomer Cloud",
        "product",
        (
            Form("Zoomer Cloud", "mul", "canonical"),
            Form("زومر كلاود", "ar", "canonical"),
            Form("Zoomer", "mul"),
            Form("ZoomerCloud", "en", "wrong"),
        ),
    )
    assert namesake.id == "product:zoomer-cloud-c2"


def test_of_a_term_base_without_english_the_latin_term_names_and_superseded_ones_are_no_mistakes(
    tmp_path: Path,
) -> None:
    path = tmp_path / "terms.xml"
    path.write_text(
        '<tbx><conceptEntry id="c1"><langSec xml:lang="ar"><termSec><term>زومر</term></termSec></langSec>'
        '<langSec xml:lang="fr_FR"><termSec><term>Zoomeur</term><administrativeStatus>supersededTerm-admn-sts'
        "</administrativeStatus></termSec><termSec><term>Zoomer</term></termSec></langSec></conceptEntry>"
        '<conceptEntry><langSec xml:lang="x-house"><termSec><term>T1</term></termSec></langSec></conceptEntry></tbx>',
        encoding="utf-8",
    )
    errors: list[FormatError] = []
    (stanza,) = read_stanzas(path, on_error=errors.append)
    assert (stanza.names, stanza.forms) == (["Zoomer", "Zoomeur"], {"ar": ["زومر"], "fr": ["Zoomer", "Zoomeur"]})
    assert (stanza.wrong, stanza.type, stanza.origin) == ({}, "organisation", "c1")
    assert [(error.what, error.where) for error in errors] == [("unknown language 'x'", f"{path}:1")]


def test_more_than_a_house_can_look_at_goes_into_a_catalogue(tmp_path: Path) -> None:
    path = tmp_path / "many.csv"
    path.write_text("name,ar\n" + "".join(f"Firm {n},شركة {n}\n" for n in range(10_001)), encoding="utf-8")
    assert import_names([path], tmp_path, Wanted(), limit=10_000).target.name == house.NAMES_FILE
    assert import_names([path], tmp_path, Wanted()).total == 10_001
    assert import_names([path], tmp_path / "other", Wanted(), catalogue=True, limit=3).total == 3


@pytest.mark.parametrize(
    ("name", "text", "where", "what"),
    [
        ("a.json", DUMP.replace('"Q4", "labels"', '"Q4", "labels": 3, "l"'), "a.json:6", "another shape"),
        ("a.json", DUMP.replace('{"type": "item", "id": "Q4"', '{"type": item, "id": "Q4"'), "a.json:6", "no JSON"),
        ("a.csv", SPARQL_CSV.replace("http://www.wikidata.org/entity/Q7,", ","), "a.csv:2", "without an item"),
        ("a.csv", 'name,ar\nA,"ب\nB,ت\n', "a.csv:3", "several lines"),
        ("a.tbx", "<martif><termEntry/></martif>", "a.tbx:1", "without a term"),
        ("a.tbx", '<!DOCTYPE x [<!ENTITY a "b">]><martif/>', "a.tbx, line 1", "declares an entity"),
        ("a.tbx", "<martif><body/></martif>", "a.tbx", "holds no entries"),
        ("a.tbx", "<martif><termEntry>", "a.tbx, line 1", "not well-formed"),
        ("a.json", '{"head": {"vars": []}, "results": {}}', "a.json", "bindings"),
        ("a.json.gz", "no gzip", "a.json.gz", "gzip"),
        ("a.json.bz2", "no bz2", "a.json.bz2", "unpacked"),
    ],
)
def test_what_is_broken_is_named(tmp_path: Path, name: str, text: str, where: str, what: str) -> None:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    with pytest.raises(FormatError, match=what) as caught:
        import_names([path], tmp_path, Wanted())
    assert where in str(caught.value)
    assert sorted(file.name for file in tmp_path.iterdir()) == [name]


def test_the_rest_comes_when_asked(tmp_path: Path) -> None:
    path = tmp_path / "dump.json"
    path.write_text(DUMP.replace('"Q1", "labels"', '"Q1", "labels": 3, "l"').replace('"id": "Q4"', '"id": Q4'))
    errors: list[FormatError] = []
    assert import_names([path], tmp_path, Wanted(), on_error=errors.append).total == 1
    assert [error.where for error in errors] == [f"{path}:2", f"{path}:6"]


def test_values_are_read_across_the_pieces_of_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("eval.names.base.jsonstream._PIECE", 7)
    path = tmp_path / "v.json"
    for text in ('\ufeff[1234567890, {"é": "\\u00e9\\""},\n\n"黄" ]', '1234567890\n{"é": "\\u00e9\\""}\n\n"黄"\n'):
        path.write_text(text, encoding="utf-8")
        assert [value for _, value in json_values(str(path))] == [1234567890, {"é": 'é"'}, "黄"]


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    for name in ("a.json", "a.csv", "a.tbx", "a.names"):
        with pytest.raises(InputError, match="cannot be read"):
            import_names([tmp_path / name], tmp_path, Wanted())
