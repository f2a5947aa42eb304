from __future__ import annotations

from pathlib import Path

import pytest

from corpora.errors import FormatError
from corpora.formats.base import Pair, dump_pairs, read_pairs, write_pairs

FOREIGN = """<?xml version="1.0" encoding="{encoding}"?>
<!DOCTYPE tmx SYSTEM "tmx14.dtd">
<tmx version="1.4"><header creationtool="x" creationtoolversion="1" segtype="sentence" o-tmf="x" adminlang="en"
 srclang="en-US" datatype="html"><prop type="p">header</prop></header><body>
<tu tuid="7"><prop type="domain">news</prop><note>check</note>
 <tuv xml:lang="fr-FR"><seg>Il dit <bpt i="1">&lt;b&gt;</bpt>bon<ept i="1">&lt;/b&gt;</ept> <hi>jour</hi>.</seg></tuv>
 <tuv xml:lang="EN-us"><prop type="who">me</prop><seg>He says<ph x="1">{{1}}</ph> hello &amp; goes.</seg></tuv>
 <tuv xml:lang="ar"><seg>يقول.</seg></tuv></tu>
<tu><tuv lang="en"><seg>Old attribute</seg></tuv><tuv lang="fr"><seg>Vieux</seg></tuv></tu>
</body></tmx>"""


def save(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    path = folder / "memory.tmx"
    path.write_bytes(text.replace("{encoding}", encoding).replace("{{", "{").replace("}}", "}").encode(encoding))
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_foreign_memory_is_read_by_its_own_source_language(tmp_path: Path, encoding: str) -> None:
    pairs = list(read_pairs(save(tmp_path, FOREIGN, encoding)))
    metadata = {"domain": "news", "note": "check", "EN-us:who": "me"}
    assert pairs == [
        Pair("He says hello & goes.", "Il dit bon jour.", "EN-us", "fr-FR", "7", None, metadata),
        Pair("He says hello & goes.", "يقول.", "EN-us", "ar", "7", None, metadata),
        Pair("Old attribute", "Vieux", "en", "fr"),
    ]


def test_the_languages_asked_for_are_chosen(tmp_path: Path) -> None:
    path = save(tmp_path, FOREIGN)
    assert [(pair.source, pair.target) for pair in read_pairs(path, source_lang="ar", target_lang="fr")] == [
        ("يقول.", "Il dit bon jour.")
    ]
    with pytest.raises(FormatError, match=r"de → fr.*en"):
        list(read_pairs(path, source_lang="de", target_lang="fr"))


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ('<!DOCTYPE tmx [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><tmx version="1.4"><body/></tmx>', "entity"),
        ('<!DOCTYPE tmx [<!ENTITY x SYSTEM "file:///etc/passwd">]><tmx version="1.4"><body/></tmx>', "entity"),
        (
            '<!DOCTYPE tmx SYSTEM "http://example.org/x.dtd"><tmx version="1.4"><body><tu>&nbsp;</tu></body></tmx>',
            "nbsp",
        ),
        ("<html><body/></html>", "not TMX"),
        ('<tmx version="1.4">\n<body><tu>\n<tuv><seg>a</seg></tuv></tu></body></tmx>', "line 3"),
        ('<tmx version="1.4">\n<body><tu><tuv xml:lang="en">\n</tuv></tu></body></tmx>', "line 2.*no <seg>"),
        (
            '<tmx version="1.4"><body><tu><tuv xml:lang="en"><seg/><seg>a</seg></tuv></tu></body></tmx>',
            "more than one",
        ),
        ('<tmx version="1.4">\n<body><tu>\n</body></tmx>', "line 3"),
        ('<?xml version="1.0" encoding="klingon"?><tmx/>', "memory.tmx"),
        ('<tmx version="1.4"><body><tu><prop type="x-score">high</prop></tu></body></tmx>', "score"),
    ],
)
def test_hostile_and_broken_files_are_refused(tmp_path: Path, text: str, reason: str) -> None:
    with pytest.raises(FormatError, match=reason):
        list(read_pairs(save(tmp_path, text)))


def test_the_file_follows_the_dtd(tmp_path: Path) -> None:
    from lxml import etree

    path = tmp_path / "memory.tmx"
    write_pairs(path, [Pair("a", "b", "ar", "fr", "1", 0.5, {"note": "n", "p": "v"}), Pair("c", "d", "en", "fr")])
    root = etree.fromstring(path.read_bytes())
    assert root.tag == "tmx"
    assert root.get("version") == "1.4"
    header, body = root
    required = {"creationtool", "creationtoolversion", "segtype", "o-tmf", "adminlang", "srclang", "datatype"}
    assert required <= set(header.keys())
    for unit in body:
        kinds = [child.tag for child in unit]
        assert kinds == sorted(kinds, key=lambda tag: tag == "tuv")
        variants = unit.findall("tuv")
        assert len(variants) == 2
        assert all(variant.get("{http://www.w3.org/XML/1998/namespace}lang") for variant in variants)
        assert all([child.tag for child in variant] == ["seg"] for variant in variants)
    assert [unit.get("srclang") for unit in body] == [None, "en"]


def test_every_pair_keeps_its_languages(tmp_path: Path) -> None:
    pairs = [Pair("a", "b", "ar", "fr"), Pair("c", "d", "en", "zh-Hans")]
    write_pairs(tmp_path / "m.tmx", pairs)
    assert list(read_pairs(tmp_path / "m.tmx")) == pairs


def test_text_can_never_become_markup() -> None:
    (_, (unit,), _) = dump_pairs("tmx", [Pair("</seg><x>", "]]>&", 'a"b', "fr", '"><', None, {'"': "<"})])
    assert "</seg><x>" not in unit
    assert "&lt;/seg&gt;" in unit
    assert 'tuid="&quot;&gt;&lt;"' in unit
