"""What others make of our files: the Translate Toolkit reopens the TMX, and XLIFF keeps its standard's rules.

The toolkit is GPL: it is asked in a process of an environment of its own, never imported. Give its interpreter in
TRANSLATE_TOOLKIT_PYTHON (`python -m venv tt && tt/bin/pip install translate-toolkit`).
"""

from __future__ import annotations

import io
import json
import os
import subprocess
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from corpora.formats.base import dump_pairs, write_pairs
from corpora.formats.pair import Pair

PAIRS = [
    Pair("It’s 5 < 6 & done.", "إنها 5 < 6 & انتهى.", "en", "ar"),
    Pair('A "quoted"\ttab', "علامة «اقتباس»", "en", "ar"),
    Pair("The same.", "نفسه.", "en", "ar"),
    Pair("The same.", "نفسه أيضًا.", "en", "ar"),
]
_READ = (
    "import json, sys\n"
    "from translate.storage.tmx import tmxfile\n"
    "with open(sys.argv[1], 'rb') as file:\n"
    "    units = tmxfile(file, 'en', 'ar').units\n"
    "print(json.dumps([[unit.source, unit.target] for unit in units]))\n"
)
# The rules of TMX 1.4's document type, written down from its specification: which elements, in which order, with which
# attributes. (Inline codes are left out: we write none.)
_TMX = """
<!ELEMENT tmx (header, body)> <!ATTLIST tmx version CDATA #FIXED "1.4">
<!ELEMENT header (note | prop | ude)*>
<!ATTLIST header creationtool CDATA #REQUIRED creationtoolversion CDATA #REQUIRED
  segtype (block | paragraph | sentence | phrase) #REQUIRED o-tmf CDATA #REQUIRED adminlang CDATA #REQUIRED
  srclang CDATA #REQUIRED datatype CDATA #REQUIRED o-encoding CDATA #IMPLIED>
<!ELEMENT ude EMPTY>
<!ELEMENT note (#PCDATA)> <!ATTLIST note xml:lang CDATA #IMPLIED>
<!ELEMENT prop (#PCDATA)> <!ATTLIST prop type CDATA #REQUIRED xml:lang CDATA #IMPLIED>
<!ELEMENT body (tu*)>
<!ELEMENT tu ((note | prop)*, tuv+)> <!ATTLIST tu tuid CDATA #IMPLIED srclang CDATA #IMPLIED>
<!ELEMENT tuv ((note | prop)*, seg)> <!ATTLIST tuv xml:lang CDATA #REQUIRED>
<!ELEMENT seg (#PCDATA)>
"""
_XLIFF = "{urn:oasis:names:tc:xliff:document:2.0}"


def test_the_translate_toolkit_reopens_our_tmx(tmp_path: Path) -> None:
    python = os.environ.get("TRANSLATE_TOOLKIT_PYTHON")
    if python is None:
        pytest.skip("TRANSLATE_TOOLKIT_PYTHON names no interpreter that has the Translate Toolkit")
    write_pairs(str(tmp_path / "pairs.tmx"), iter(PAIRS))
    done = subprocess.run(
        [python, "-c", _READ, str(tmp_path / "pairs.tmx")], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == [[pair.source, pair.target] for pair in PAIRS]


@given(
    st.lists(
        st.builds(
            Pair,
            st.text(max_size=20),
            st.text(max_size=20),
            st.sampled_from(["en", "fr", "und"]),
            st.sampled_from(["ar", "zh-Hans", "und"]),
            st.none() | st.text(max_size=8),
            st.none() | st.floats(0, 1),
            st.dictionaries(st.text(max_size=8), st.text(max_size=8), max_size=3),
        ),
        max_size=4,
    )
)
@settings(deadline=None, max_examples=60)
def test_our_tmx_keeps_the_rules_of_its_document_type(pairs: list[Pair]) -> None:
    text = "".join(piece for (piece,) in dump_pairs("tmx", pairs, source_lang="en", target_lang="ar"))
    rules = etree.DTD(io.StringIO(_TMX))
    rules.assertValid(etree.fromstring(text.encode("utf-8", "surrogatepass")))


def test_our_xliff_keeps_the_rules_of_2_1(tmp_path: Path) -> None:
    """XLIFF 2.1, section 4: attributes that are required, ids that are unique, elements in their order."""
    write_pairs(str(tmp_path / "pairs.xlf"), iter(PAIRS))
    root = etree.parse(str(tmp_path / "pairs.xlf")).getroot()
    assert root.tag == f"{_XLIFF}xliff"
    assert root.get("version") in ("2.0", "2.1")
    assert (root.get("srcLang"), root.get("trgLang")) == ("en", "ar")
    files = root.findall(f"{_XLIFF}file")
    assert files
    assert len({file.get("id") for file in files}) == len(files)
    for file in files:
        units = file.findall(f".//{_XLIFF}unit")
        ids = [unit.get("id") for unit in units]
        assert all(ids)
        assert len(set(ids)) == len(ids)
        for unit in units:
            segments = unit.findall(f"{_XLIFF}segment")
            assert segments
            for segment in segments:
                assert [child.tag for child in segment] == [f"{_XLIFF}source", f"{_XLIFF}target"]
                for child in segment:
                    lang = child.get("{http://www.w3.org/XML/1998/namespace}lang")
                    assert lang in (None, root.get("srcLang" if child.tag.endswith("source") else "trgLang"))
