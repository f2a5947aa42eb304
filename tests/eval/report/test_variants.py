"""The table of spellings as text, JSON and HTML: nothing from an article becomes markup or turns a line round."""

from __future__ import annotations

import json

from eval.names.knowledge import Knowledge
from eval.names.variants import Spelling, Variants, VariantTable
from eval.report.variants import FORMATS, render

OPENAI = Knowledge.bundled().entities["organisation:openai"]
TABLE = VariantTable(
    2,
    (
        Variants(
            "OpenAI",
            OPENAI,
            (
                Spelling("أوبن إيه آي", "ar", "accepted", 2, 1, "a.txt"),
                Spelling("Openai", "fr", "corrupted", 1, 1, "b.txt"),
            ),
        ),
    ),
    (Variants("<b>Zed</b>", None, (Spelling("<b>Zed</b>", "fr", "unknown", 3, 1, "b\u202e<i>.txt"),)),),
)


def test_html_escapes_what_articles_hold_and_isolates_it() -> None:
    from lxml import html

    page = render("html", TABLE, "1.0")
    tree = html.document_fromstring(page)
    assert not tree.xpath("//b | //i | //script")
    assert [bdi.text for bdi in tree.xpath("//td[@class='spelling']/bdi")] == ["أوبن إيه آي", "Openai", "<b>Zed</b>"]
    assert "\u202e" not in page
    assert "Content-Security-Policy" in page
    assert "http://" not in page
    assert "https://" not in page


def test_json_has_every_spelling_exactly() -> None:
    document = json.loads(render("json", TABLE, "1.0"))
    assert document["articles"] == 2
    assert document["entities"][0]["id"] == "organisation:openai"
    assert document["entities"][0]["corrupted"] == 1
    assert document["proposed"][0]["spellings"][0] == {
        "text": "<b>Zed</b>",
        "lang": "fr",
        "status": "unknown",
        "count": 3,
        "articles": 1,
        "first": "b\u202e<i>.txt",
    }


def test_text_says_how_a_proposed_name_is_added() -> None:
    text = render("text", TABLE, "1.0")
    assert "muwazi names add '<b>Zed</b>'" in text
    assert "1 corrupted mentions" in text
    assert "\u202e" not in text


def test_every_format_gives_the_same_bytes_twice() -> None:
    for name in FORMATS:
        assert render(name, TABLE, "1.0") == render(name, TABLE, "1.0")
