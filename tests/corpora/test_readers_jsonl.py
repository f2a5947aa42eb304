from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpora.errors import FormatError
from corpora.readers.decode import Decoded
from corpora.readers.jsonl import read_jsonl
from tests.corpora.pages import JSONL
from tests.corpora.test_readers_html import holds


def test_a_record_a_line_with_its_title_and_language() -> None:
    first, second = read_jsonl(Decoded(JSONL, "utf-8", False), "x.jsonl", None)
    assert (first.path, first.lang, first.title) == ("x.jsonl#1", "fr", "Un accord")
    assert first.text == 'La société Openai a signé.\n\nElle paiera "cher" 😀.'
    assert len(first.blocks) == 2
    assert (second.path, second.lang, second.text) == ("x.jsonl#3", "ar", "وقعت شركة Openai اتفاقا.")
    assert first.raw + second.raw == JSONL
    assert second.raw_start == len(first.raw)
    holds(first)
    holds(second)


@pytest.mark.parametrize("key", ["text", "content", "body", "Text", "article"])
def test_the_usual_keys_are_understood(key: str) -> None:
    (article,) = read_jsonl(Decoded(json.dumps({key: "Bonjour à tous"}), "utf-8", False), "x", "fr")
    assert article.text == "Bonjour à tous"


def test_of_a_key_given_twice_the_last_counts() -> None:
    (article,) = read_jsonl(Decoded('{"text": "one", "text": "two"}', "utf-8", False), "x", "en")
    assert article.text == "two"


def test_an_unknown_label_of_language_gives_way_to_what_the_text_shows() -> None:
    (article,) = read_jsonl(Decoded('{"text": "وقعت الشركة اتفاقا", "lang": "xx-nobody"}', "utf-8", False), "x", None)
    assert article.lang == "ar"


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('{"text": "cut', "broken JSON"),
        ("{'text': 'x'}", "broken JSON"),
        ('["text"]', "no JSON object"),
        ('{"id": 1}', "no text (its keys: id)"),
        ('{"text": 3}', "no text"),
        ('{"text": "\\ud83d alone"}', "half a character"),
        ('{"text":' + "[" * 100_000, "nested too deeply"),
        ('{"text": "a\tb"}', "broken JSON"),
    ],
)
def test_a_broken_line_is_named_with_file_and_line(line: str, said: str) -> None:
    good = '{"text": "Bonjour à tous"}\n'
    with pytest.raises(FormatError) as caught:
        read_jsonl(Decoded(good + "\n" + line + "\n" + good, "utf-8", False), "x.jsonl", "fr")
    assert said in str(caught.value)
    assert str(caught.value).startswith("x.jsonl#3")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3),
    max_leaves=5,
)


@given(
    st.lists(
        st.tuples(
            st.text(st.characters(exclude_categories=["Cs"])), st.dictionaries(st.text(max_size=5), JSON, max_size=3)
        ),
        min_size=1,
        max_size=4,
    ),
    st.booleans(),
    st.sampled_from(["\n", "\r\n", "\n\n"]),
    st.sampled_from([None, 1]),
)
def test_any_records_are_read_as_json_reads_them(
    records: list[tuple[str, dict[str, object]]], ascii_only: bool, end: str, indent: int | None
) -> None:
    separators = (" , ", " : ") if indent else None
    lines = [
        json.dumps({**extra, "text": text}, ensure_ascii=ascii_only, separators=separators) for text, extra in records
    ]
    lines = [line.replace("\u2028", "\\u2028") for line in lines]
    data = end.join(lines) + end
    articles = read_jsonl(Decoded(data, "utf-8", False), "x", "fr")
    assert [article.text for article in articles] == [text for text, _ in records]
    assert "".join(article.raw for article in articles) == data
    for article in articles:
        holds(article)
