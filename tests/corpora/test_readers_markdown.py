from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from corpora.readers.decode import Decoded
from corpora.readers.markdown import read_markdown
from tests.corpora.pages import MARKDOWN


def blocks(text: str) -> list[tuple[str, str]]:
    article = read_markdown(Decoded(text, "utf-8", False), "x.md", "en")
    assert article.text == text
    return [(block.kind, text[block.start : block.end]) for block in article.blocks]


def test_the_marks_of_markdown_stay_outside_the_blocks() -> None:
    assert blocks(MARKDOWN) == [
        ("heading", "The *deal*"),
        ("paragraph", "** Openai signed a deal on Tuesday , people close to it said. **"),
        ("list_item", "The first centre opens in March."),
        ("list_item", "The second one follows in June."),
        ("quote", "Nobody has seen such demand."),
        ("heading", "Chips"),
        ("table_cell", "Maker"),
        ("table_cell", "Chip"),
        ("table_cell", "Nvidia"),
        ("table_cell", "H100"),
        ("code", "code()"),
        ("paragraph", "The end."),
    ]


def test_the_title_is_the_front_matters_or_the_first_heading() -> None:
    assert read_markdown(Decoded(MARKDOWN, "utf-8", False), "x.md", "en").title == "The deal"
    assert read_markdown(Decoded("# One\n\ntext", "utf-8", False), "x.md", "en").title == "One"
    assert read_markdown(Decoded("text", "utf-8", False), "x.md", "en").title is None


def test_a_dashed_line_without_its_end_is_no_front_matter() -> None:
    assert blocks("---\n\ntext.\n") == [("paragraph", "text.")]


def test_an_open_fence_reaches_to_the_end() -> None:
    assert blocks("a.\n\n```\nb\nc") == [("paragraph", "a."), ("code", "b\nc")]


def test_a_heading_needs_its_space_and_may_be_closed() -> None:
    assert blocks("## Two ##\n#tag stays a word of the text.") == [
        ("heading", "Two"),
        ("paragraph", "#tag stays a word of the text."),
    ]


def test_a_rule_is_not_text() -> None:
    assert blocks("One.\n\n***\n\nTwo.\n\n---\n") == [("paragraph", "One."), ("paragraph", "Two.")]


@given(st.text(st.sampled_from([*"aب .#*->|`=\n\r!()[]<:"]), max_size=200))
def test_any_markdown_gives_blocks_in_order(text: str) -> None:
    article = read_markdown(Decoded(text, "utf-8", False), "x.md", "en")
    assert article.text == text
    assert all(0 <= block.start <= block.end <= len(text) for block in article.blocks)
    assert all(a.end <= b.start for a, b in pairwise(article.blocks))
