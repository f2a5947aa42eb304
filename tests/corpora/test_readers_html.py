from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpora.article import Article
from corpora.errors import InputError
from corpora.readers.decode import Decoded
from corpora.readers.html import read_html
from corpora.readers.html_tokens import read_page
from tests.corpora.pages import ARABIC_PAGE, FRENCH_PAGE


def read(page: str, lang: str | None = None) -> Article:
    return read_html(Decoded(page, "utf-8", False), "x.html", lang)


def texts(article: Article) -> list[tuple[str, str]]:
    return [(block.kind, article.text[block.start : block.end]) for block in article.blocks]


def holds(article: Article) -> None:
    """The node map is total and true: what blocks hold is what the file holds, letter by letter or by one escape."""
    covered = set()
    for node in article.nodes:
        raw = article.raw[node.raw_start : node.raw_end]
        text = article.text[node.start : node.end]
        assert raw == text or raw.startswith(("&", "\\")) or raw.isspace()
        assert not covered & set(range(node.start, node.end))
        covered.update(range(node.start, node.end))
    for block in article.blocks:
        assert covered >= set(range(block.start, block.end))
    ends = [(node.start, node.end, node.raw_start, node.raw_end) for node in article.nodes]
    assert ends == sorted(ends)


def test_the_article_alone_is_read() -> None:
    article = read(FRENCH_PAGE)
    kinds = [kind for kind, _ in texts(article)]
    assert [text for kind, text in texts(article) if kind == "heading"] == [
        "Le pari d'Openai & Microsoft",
        "Des puces en plus",
    ]
    assert kinds.count("list_item") == 2
    assert ("quote", "«\xa0Nous n’avons jamais vu une telle demande pour nos produits\xa0», a-t-il dit.") in texts(
        article
    )
    assert "La société Openai a annoncé mardi un accord de dix milliards de dollars avec" in article.text
    for absent in ("Accueil", "Ne pas lire", "color", "Lire aussi", "Tous droits", "track"):
        assert absent not in article.text
    assert (article.lang, article.title, article.escape) == ("fr", "Le pari d'Openai & Microsoft", "html")
    holds(article)


def test_a_right_to_left_page_without_article_elements() -> None:
    article = read(ARABIC_PAGE)
    assert article.lang == "ar"
    assert texts(article)[0] == ("heading", "شركة Openai تشتري الرقائق")
    assert len(article.blocks) == 4
    assert "الرئيسية" not in article.text
    assert "الحقوق" not in article.text
    holds(article)


def test_a_short_page_falls_back_to_its_own_text() -> None:
    article = read("<html><body><nav>Menu</nav><p>Bonjour &agrave; tous.</p><footer>Fin</footer></body></html>", "fr")
    assert texts(article) == [("paragraph", "Bonjour à tous.")]


def test_a_bare_fragment_is_a_page() -> None:
    assert "Bonjour" in read("<p>Bonjour à vous tous, les amis de la langue.</p>").text


def test_a_page_without_text_is_refused() -> None:
    with pytest.raises(InputError, match="no text on this page"):
        read("<html><body><script>x()</script><img src=a></body></html>")


def test_preformatted_text_keeps_its_lines() -> None:
    article = read("<html><body><main><pre>one\n  two\n</pre></main></body></html>", "en")
    assert texts(article) == [("code", "one\n  two\n")]


@pytest.mark.parametrize(
    ("page", "seen"),
    [
        ("<p>a &lt;b&gt; c</p>", "a <b> c"),
        ("<p>&#1575;&#x627;&amp;amp;</p>", "اا&amp;"),
        ("<p>AT&T &unknown; &copy</p>", "AT&T &unknown; ©"),
        ("<p>x <!-- y --> z</p>", "x z"),
        ("<p>x<script>var a='</p>'</script>y</p>", "xy"),
        ('<p title="a > b">x</p>', "x"),
        ("<p title='a > b' data-x=a\">x</p>", "x"),
        ("<p>a < b and 3 <4</p>", "a < b and 3 <4"),
        ("<p>one<p>two", "one|two"),
        ("<p>a<br>b</p>", "a|b"),
        ("<div>a<div>b</div>c</div>", "a|b|c"),
        ("<ul><li>a<li>b</ul>", "a|b"),
        ("<P>A<B>b</B>C", "AbC"),
        ("<svg><text>no</text></svg><p>yes", "yes"),
        ("<title>t</title><p>yes", "yes"),
        ("<p>cut <b", "cut"),
        ("<p hidden>no</p><p>yes", "yes"),
        ("<p>\u200fنص\u200e</p>", "\u200fنص\u200e"),
        ("<![CDATA[x]]><p>y", "y"),
        ("<nav>no</nav></nav></p>yes", "yes"),
        ("<head><meta charset=utf-8><div>no body tag", "no body tag"),
        ("<p><ruby>漢<rp>(</rp><rt>かん</rt><rp>)</rp></ruby>字", "漢字"),
    ],
)
def test_what_a_browser_shows(page: str, seen: str) -> None:
    assert "|".join(block.text for block in read_page(page).blocks) == seen


@pytest.mark.parametrize(
    "page",
    [
        "<div>" * 20_000 + "text",
        "<b>" * 20_000 + "text" + "</i>" * 20_000,
        "<!--" * 100_000,
        "<a x='" * 50_000,
        '<a x="' * 50_001,
        "<p>&" * 10_000,
        "<script>" * 50_000,
        "&#" * 100_000 + ";",
        "<" * 20_000,
        "</" * 100_000,
        "<a =" * 50_000,
        "<b>x<br>" * 10_000,
    ],
)
def test_a_hostile_page_takes_linear_time(page: str) -> None:
    read_page(page)


@pytest.mark.parametrize(
    "page", ["<div>" * 20_000 + "<p>Bonjour à tous les amis de la langue.", "<table>" * 3_000 + "du texte"]
)
def test_a_deep_page_is_read_or_refused(page: str) -> None:
    assert read(page, "fr").text


def test_an_entity_bomb_is_text_at_most() -> None:
    page = (
        '<!DOCTYPE html [<!ENTITY a "ha"><!ENTITY b "&a;&a;"><!ENTITY x SYSTEM "file:///etc/passwd">]>'
        "<html><body><p>Du texte qui compte, et &b; puis &x; pour finir.</p></body></html>"
    )
    text = read(page, "fr").text
    assert "root:" not in text
    assert "haha" not in text


TAGS = "<p> </p> <b> </b> <div> </div> <br/> <!-- --> <nav> </nav> <script> </script> <h1> </h1> <li> <pre> < > ="
SOUP = [*TAGS.split(), "&amp;", "&#1575;", "&nbsp", " ", "\r\n", "كلمة", "mot", '"', "\u200f"]


@given(st.lists(st.sampled_from(SOUP), max_size=40))
@settings(deadline=None)
def test_any_soup_of_tags_gives_a_true_map(parts: list[str]) -> None:
    page = "".join(parts)
    try:
        article = read(page, "fr")
    except InputError:
        return
    holds(article)
