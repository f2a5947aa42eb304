from __future__ import annotations

from xml.sax.saxutils import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpora.errors import FormatError
from corpora.readers.decode import Decoded
from corpora.readers.tmx import read_tmx
from tests.corpora.pages import TMX
from tests.corpora.test_readers_html import holds


def tmx(*segments: str) -> str:
    units = "".join(f'<tu><tuv xml:lang="en"><seg>{segment}</seg></tuv></tu>' for segment in segments)
    return f'<?xml version="1.0"?>\n<tmx version="1.4"><header/><body>{units}</body></tmx>'


def test_each_side_is_an_article_and_each_segment_a_block() -> None:
    english, arabic = read_tmx(Decoded(TMX, "utf-8", False), "x.tmx", None)
    assert (english.path, english.lang) == ("x.tmx#en", "en")
    assert (arabic.path, arabic.lang) == ("x.tmx#ar", "ar")
    assert [english.text[b.start : b.end] for b in english.blocks] == [
        "Openai & Nvidia sign a deal.",
        "It is R&D money.",
    ]
    assert [arabic.text[b.start : b.end] for b in arabic.blocks] == ["توقع Openai وإنفيديا اتفاقا.", "إنها أموال بحث."]
    holds(english)
    holds(arabic)


def test_an_empty_segment_is_an_empty_block() -> None:
    (article,) = read_tmx(Decoded(tmx("one", "", "three"), "utf-8", False), "x", None)
    assert [article.text[b.start : b.end] for b in article.blocks] == ["one", "", "three"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("<tmx><body>", "broken XML"),
        ("<tmx></tmx>", "no segment"),
        ("<xliff/>", "no TMX"),
        (tmx("&undefined;"), "broken XML"),
        ('<!DOCTYPE tmx [<!ENTITY a "b">]>' + tmx("&a;").partition("\n")[2], "entities of its own"),
        (
            '<!DOCTYPE tmx [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + tmx("&x;").partition("\n")[2],
            "entities of its own",
        ),
        ('<!DOCTYPE tmx SYSTEM "tmx14.dtd">' + tmx("&x;").partition("\n")[2], "entities of its own"),
    ],
)
def test_broken_and_hostile_files_are_refused_with_their_line(text: str, said: str) -> None:
    with pytest.raises(FormatError, match=said) as caught:
        read_tmx(Decoded(text, "utf-8", False), "x.tmx", None)
    assert "x.tmx" in str(caught.value)
    assert caught.value.cure


def test_deep_nesting_is_read() -> None:
    (article,) = read_tmx(Decoded(tmx("<hi>" * 5_000 + "deep" + "</hi>" * 5_000), "utf-8", False), "x", None)
    assert article.text == "deep"


@given(
    st.lists(
        st.text(
            st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff")
            | st.sampled_from("\n\t<>&\"'😀"),
            max_size=30,
        ),
        min_size=1,
        max_size=5,
    )
)
def test_any_segments_are_read_with_a_true_map(segments: list[str]) -> None:
    (article,) = read_tmx(Decoded(tmx(*map(escape, segments)), "utf-8", False), "x", None)
    assert [article.text[b.start : b.end] for b in article.blocks] == segments
    holds(article)
