from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpora.segment import boundaries

ALPHABET = "aBcé .!?…؟،\"'«»“”()[]\n\u00a0\u200f0123مدكلمة。！？」「说u-*😀"
TEXTS = st.one_of(st.text(alphabet=ALPHABET, max_size=80), st.text(max_size=40))
LANGUAGES = st.sampled_from(["ar", "fr", "en", "zh-Hans", "de", "ja", "sw"])


def split(text: str, lang: str) -> list[str]:
    return [text[start:end] for start, end in boundaries(text, lang)]


ENGLISH = [
    ["Mr. Huang met Sen. Lee.", "Dr. Ford left."],
    ["The U.S. government and the U.N. Security Council agreed.", "It was the U.S.", "The vote came later."],
    ["J. K. Rowling wrote it.", "Dionisio A. Lind played."],
    ["Revenue rose 3.5% to $1.2 billion.", "Apple Inc. said so."],
    ["It starts at 12:55 p.m. on Tuesday.", "He woke at 6 a.m.", "The sun rose."],
    ["See No. 5 and p. 12.", "No.", "Really?"],
    ["He fell ill.", "Doctors came."],
    ['"Today, there\'s neither."', '"Yes!" he said.', '"Why?"', "Nobody knew."],
    ["“It works.”", "(He left early.)", "They won!"],
    ["Why?! asked nobody.", "Well...", "Then it ended …", "So what?"],
    ["Visit bbc.co.uk.", "Use Node.js or weather.com today."],
    ["iPhone sales rose.", "eBay fell.", "iPhone prices did not."],
    ["1. First item.", "2. Second item."],
    ["It said so.[12]", "Others did not.**", "**Bold** begins here."],
    ["He stopped. .", "Then he went on."],
    ["Sales fell", "no boundary is guessed here"],
]
FRENCH = [
    ["« Il n’y en a plus », raconte M. Adams.", "M. Le Pen est parti."],
    ["« C’est vrai. »", "Il est venu.", "« Non ! », a-t-il dit.", "« Quoi ? » se demandait-elle."],
    ["Voir p. 12, vol. 3, etc.", "Le reste suit."],
    ["Le Dr. Dupont et Mme. Durand, cf. J.-C. Martin.", "Fin."],
    ["Cela coûte 1,5 M€.", "Pourquoi ?", "L’affaire Roe c. Wade."],
    ["Il a vendu l’œuvre d’art.", "Le musée l’expose."],
]
ARABIC = [
    ["قال د. أحمد إن النموذج جاهز.", "وأضاف أنه سعيد."],
    ['وقال: "هل تعتقدون ذلك؟" تساءلت المذيعة.', "ثم انتهى اللقاء."],
    ['"إنهم متسمون بالود".', '"إنهم صغار."', "وقال ذلك."],
    ["هل هذا صحيح؟!", "نعم.", "بلغ 3.5 مليون دولار، أي ٣٫٥ مليون."],
    ["انتظر .. ثم تابع.", "سكت ... ثم تكلم."],
    ["حرف u.", "وذكرت اللجنة ذلك."],
    ["أعلنت OpenAI عن GPT-4.5.", "ثم صمتت."],
]
GERMAN = [["Am 3. Oktober kam Dr. Müller, z. B. mit Karl V. von Habsburg.", "Dann ging er.", "„Nein.“", "Gut."]]


@pytest.mark.parametrize(
    ("lang", "sentences"),
    [
        (lang, case)
        for lang, cases in (("en", ENGLISH[:-1]), ("fr", FRENCH), ("ar", ARABIC), ("de", GERMAN))
        for case in cases
    ],
)
def test_sentences_joined_by_spaces_come_apart_again(lang: str, sentences: list[str]) -> None:
    assert split(" ".join(sentences), lang) == sentences


def test_no_boundary_is_guessed_without_punctuation() -> None:
    assert split(" ".join(ENGLISH[-1]), "en") == [" ".join(ENGLISH[-1])]


@pytest.mark.parametrize(
    ("lang", "sentences"),
    [
        ("zh", ["他说：“你好！”", "然后走了。", "“你是谁？”他问。", "GPT-4.5发布了。", "真的吗？！", "是的……也许。"]),
        ("zh-Hans", ["英伟达（NVIDIA）很强。", "价格是3.5元!", "好"]),
        ("ja", ["これはペンです。", "「本当？」と聞いた。", "はい！"]),
        ("ar", ["انتهى النص.", "وقال آخر."]),
        ("en", ["This was said.", "The rest follows."]),
    ],
)
def test_stops_without_a_space(lang: str, sentences: list[str]) -> None:
    assert split("".join(sentences), lang) == sentences


def test_an_empty_line_and_a_bullet_begin_a_sentence_but_a_hard_wrap_does_not() -> None:
    text = "Heading\r\n\r\nIt was\nwrapped. Then\n- item one\n- item two\n1. numbered\n\nLast"
    assert split(text, "en") == [
        "Heading", "It was\nwrapped.", "Then", "- item one", "- item two", "1. numbered", "Last",
    ]  # fmt: skip


def test_a_straight_quote_between_spaces_closes_what_is_open() -> None:
    assert split('قال: "نعم . " ثم ذهب. "لا ." وعاد', "ar") == ['قال: "نعم . "', "ثم ذهب.", '"لا ."', "وعاد"]


@pytest.mark.parametrize("text", ["", " \n\t ", "\u00a0"])
def test_white_space_alone_holds_no_sentence(text: str) -> None:
    assert boundaries(text, "en") == []


@given(TEXTS, LANGUAGES)
def test_every_visible_character_is_in_exactly_one_sentence(text: str, lang: str) -> None:
    spans = boundaries(text, lang)
    assert all(start < end for start, end in spans)
    assert all(first[1] <= second[0] for first, second in pairwise(spans))
    assert all(text[start:end] == text[start:end].strip() for start, end in spans)
    assert "".join("".join(text[start:end] for start, end in spans).split()) == "".join(text.split())


@given(TEXTS, LANGUAGES)
def test_same_text_same_spans(text: str, lang: str) -> None:
    assert boundaries(text, lang) == boundaries(text, lang)


@pytest.mark.parametrize(
    "unit", ["a", "word ", ".", ". ", "?!", '"', "« ", '.")', "J. ", "1. ", ".a", "\n", "\n ", "。", " .", "(. "]
)
@pytest.mark.parametrize("lang", ["en", "ar", "zh"])
def test_hostile_runs_end_in_linear_time(unit: str, lang: str) -> None:
    text = unit * (100_000 // len(unit))
    assert sum(end - start for start, end in boundaries(text, lang)) <= len(text)
