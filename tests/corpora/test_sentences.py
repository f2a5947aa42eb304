from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpora.article import Article, Sentence
from corpora.errors import InputError
from corpora.readers.base import READERS, read_article
from corpora.readers.decode import Decoded
from corpora.readers.text import read_text
from corpora.sentences import split_sentences
from tests.corpora.pages import FRENCH_PAGE, JSONL, MARKDOWN, TMX, WRAPPED


def read(text: str, form: str = "text", lang: str = "fr") -> Article:
    return READERS[form](Decoded(text, "utf-8", False), "x", lang)[0]


def texts(article: Article) -> list[str]:
    return [sentence.text for sentence in split_sentences(article)]


def hold(article: Article, sentences: list[Sentence]) -> None:
    last = 0
    for sentence in sentences:
        assert last <= sentence.start <= sentence.end
        assert article.text[sentence.start : sentence.end] == sentence.text
        assert sentence.text == sentence.text.strip()
        last = sentence.end


@pytest.mark.parametrize(
    ("form", "text"), [("text", WRAPPED), ("markdown", MARKDOWN), ("html", FRENCH_PAGE), ("jsonl", JSONL), ("tmx", TMX)]
)
@pytest.mark.parametrize("presegmented", [False, True])
def test_offsets_are_exact_in_every_format(form: str, text: str, presegmented: bool) -> None:
    for article in READERS[form](Decoded(text, "utf-8", False), "x", None):
        sentences = split_sentences(article, presegmented=presegmented)
        assert sentences
        hold(article, sentences)


def test_emphasis_marks_stay_outside() -> None:
    article = read("** Le premier. Le second , enfin. **\n\n**Un.** Deux.", lang="fr")
    assert texts(article) == ["Le premier.", "Le second , enfin.", "Un.", "Deux."]


def test_invisible_controls_at_the_edges_stay_outside() -> None:
    article = read("\u200fقالت الشركة نعم.\u200f \u202bثم قالت لا.\u202c", lang="ar")
    assert texts(article) == ["قالت الشركة نعم.", "ثم قالت لا."]


def test_a_wrapped_sentence_is_one_sentence() -> None:
    found = texts(read(WRAPPED, lang="en"))
    assert len(found) == 3
    assert found[1].startswith("The company")
    assert found[1].endswith("dollars.")


def test_headings_do_not_run_into_the_next_paragraph() -> None:
    assert texts(read("Un titre\n\nLe texte commence ici.", lang="fr")) == ["Un titre", "Le texte commence ici."]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("a\nb\n", ["a", "b"]),
        ("a\n\nb", ["a", "", "b"]),
        ("a\r\n\r\nb\rc\n\n", ["a", "", "b", "c", ""]),
        ("  a. b.  \n\t\n", ["a. b.", ""]),
        ("a\u2028b", ["a\u2028b"]),
        ("\n\na", ["", "", "a"]),
    ],
)
def test_presegmented_text_has_a_sentence_a_line(text: str, lines: list[str]) -> None:
    article = read(text, lang="en")
    sentences = split_sentences(article, presegmented=True)
    assert [sentence.text for sentence in sentences] == lines
    assert all(sentence.start == sentence.end for sentence in sentences if not sentence.text)
    hold(article, sentences)


def test_presegmented_tmx_has_a_sentence_a_segment() -> None:
    article = READERS["tmx"](Decoded(TMX, "utf-8", False), "x", None)[0]
    assert [s.text for s in split_sentences(article, presegmented=True)] == [
        "Openai & Nvidia sign a deal.",
        "It is R&D money.",
    ]


def test_presegmented_lines_are_not_marked() -> None:
    line = "The company said on Tuesday that it would buy more chips for its new data centre.\n"
    article = read(line * 3, lang="en")
    assert [s.mark for s in split_sentences(article, presegmented=True)] == [None] * 3
    assert [s.mark for s in split_sentences(article)] == [None, "repeat", "repeat"]


@given(
    st.text(st.sampled_from([*'aéبA漢 ..!؟،"«»*_\n\r\u200f\u00a05']), max_size=200),
    st.sampled_from(["ar", "fr", "en", "zh-Hans"]),
)
def test_any_text_is_split_without_losing_a_letter(text: str, lang: str) -> None:
    article = read_text(Decoded(text, "utf-8", False), "x", lang)
    sentences = split_sentences(article)
    hold(article, sentences)
    letters = [char for char in text if char.isalnum()]
    assert [char for sentence in sentences for char in sentence.text if char.isalnum()] == letters
    lines = split_sentences(article, presegmented=True)
    hold(article, lines)
    assert len(lines) == len(text.replace("\r\n", "\n").replace("\r", "\n").removesuffix("\n").split("\n"))


SOUP = ["<p>", "<b>", "</b>", "**", "Un. ", "Deux ! ", "&nbsp;", "&#233;", "<br>", "\n", "\u200f"]


@given(st.lists(st.sampled_from(SOUP), max_size=30))
@settings(deadline=None)
def test_any_page_is_split_with_exact_offsets(parts: list[str]) -> None:
    try:
        article = read("".join(parts), "html")
    except InputError:
        return
    hold(article, split_sentences(article))


@pytest.fixture
def seeds() -> list[Path]:
    found = sorted((Path(__file__).parents[2].parent / "shared" / "seeds").glob("*.txt"))
    if not found:
        pytest.skip("the real articles of ../shared/seeds are not here")
    return found


@pytest.mark.seeds
def test_the_two_translations_of_one_article_have_their_sentences(seeds: list[Path]) -> None:
    arabic, french = (split_sentences(read_article(path)) for path in seeds[:2])
    assert (len(arabic), len(french)) == (59, 61)
    assert {sentence.mark for sentence in (*arabic, *french)} == {None}


@pytest.mark.seeds
def test_an_article_pasted_twice_counts_once(seeds: list[Path]) -> None:
    path = next(path for path in seeds if path.name.startswith("003"))
    article = read_article(path)
    sentences = split_sentences(article)
    hold(article, sentences)
    second = article.text.index("المؤلف: بي أندي") + len("المؤلف: بي أندي")
    assert {sentence.mark for sentence in sentences if sentence.start > second} == {"repeat"}
    assert {sentence.mark for sentence in sentences if sentence.end <= article.text.index("مراجع:")} == {None}
    between = [s for s in sentences if article.text.index("مراجع:") <= s.start < second]
    # The headline of the second copy stands nowhere else: it counts.
    assert [s.text for s in between if s.mark is None] == ['من يمكنه "التخلص" من Nvidia أولاً؟']
