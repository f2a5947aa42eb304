from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from corpora.readers.decode import Decoded
from corpora.readers.text import lines_of, read_text, text_blocks
from tests.corpora.pages import WRAPPED

TEXTS = st.text(st.sampled_from([*"aبc .,-*>#1\n\r\t\u2028\u200f،؟"]), max_size=300)


def blocks(text: str) -> list[tuple[str, str]]:
    return [(block.kind, text[block.start : block.end]) for block in text_blocks(text)]


def test_hard_wrapped_text_is_one_block_per_paragraph() -> None:
    found = blocks(WRAPPED)
    assert [kind for kind, _ in found] == ["heading", "paragraph", "paragraph"]
    assert found[1][1].startswith("The company") and found[1][1].endswith("dollars.")  # noqa: PT018
    assert found[1][1].count("\n") == 2


def test_wrapped_arabic_and_chinese() -> None:
    arabic = (
        "قالت الشركة يوم الثلاثاء إنها ستشتري مئات الآلاف من الرقائق الجديدة\n"
        "خلال العام المقبل، في صفقة قال شخصان مطلعان على الأمر إن قيمتها تبلغ\n"
        "عشرة مليارات دولار، وتشمل بناء ثلاثة مراكز بيانات في صحراء نيفادا\n"
        "وفي ولايتين أخريين.\n"
    )
    assert len(blocks(arabic)) == 1
    chinese = (
        "\n".join(["该公司周二表示将在明年购买数十万枚新的芯片据两位知情人士透露这笔交易的价值约为一百亿美元"] * 4)
        + "\n完。\n"
    )
    assert len(blocks(chinese)) == 1


def test_a_paragraph_a_line_stays_so() -> None:
    text = (
        "Rythme-plans\nMardi dernier, la responsable a dit non.\nOui.\n"
        + "Une phrase bien plus longue que les autres. " * 8
    )
    assert [kind for kind, _ in blocks(text)] == ["heading", "paragraph", "paragraph", "paragraph"]


def test_two_sentences_of_like_length_on_two_lines_are_two_paragraphs() -> None:
    text = "The company said on Tuesday that it would buy more chips.\nIts partner said that it would sell some more.\n"
    assert len(blocks(text)) == 2


def test_a_break_that_was_not_forced_ends_a_paragraph_of_wrapped_text() -> None:
    text = WRAPPED.replace("valued at ten billion dollars.\n\n", "valued at ten billion dollars.\n")
    assert len(blocks(text)) == 3


def test_lists_quotes_and_headings() -> None:
    text = "What it means\n\n- First point\n• Second one.\n2. Third\n> Quoted line\n\nIs this one?\nThe end."
    assert blocks(text) == [
        ("heading", "What it means"),
        ("list_item", "First point"),
        ("list_item", "Second one."),
        ("list_item", "Third"),
        ("quote", "Quoted line"),
        ("paragraph", "Is this one?"),
        ("paragraph", "The end."),
    ]


def test_a_year_at_the_start_of_a_line_is_no_list() -> None:
    assert blocks("2024 was good.\n1999. It was bad.") == [
        ("paragraph", "2024 was good."),
        ("paragraph", "1999. It was bad."),
    ]


def test_lines_keep_every_kind_of_line_end_apart() -> None:
    assert [line.text for line in lines_of("a\r\nb\rc\nd\u2028e\r\r\n\nf\n")] == ["a", "b", "c", "d", "e", "", "", "f"]
    assert lines_of("") == []
    assert [line.text for line in lines_of("\n")] == [""]


@given(TEXTS)
def test_blocks_are_in_order_without_overlap_and_lose_no_letter(text: str) -> None:
    found = text_blocks(text)
    assert all(0 <= block.start <= block.end <= len(text) for block in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
    letters = [char for char in text if char.isalpha()]
    assert [char for block in found for char in text[block.start : block.end] if char.isalpha()] == letters


@given(TEXTS)
def test_the_text_is_the_file_itself(text: str) -> None:
    article = read_text(Decoded(text, "utf-8", False), "x.txt", "ar")
    assert article.text == text
    assert (article.nodes, article.raw, article.format) == ((), "", "text")
    lines = lines_of(text)
    assert all(text[line.start : line.end] == line.text for line in lines)
