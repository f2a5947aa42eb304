from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpora.detection import is_evident
from corpora.errors import LanguageError
from corpora.language import Detection, detect, info, parse, table


@pytest.mark.parametrize(
    ("written", "code"),
    [
        *[
            ("ar", "ar"),
            ("AR", "ar"),
            ("ara", "ar"),
            ("arb_Arab", "ar"),
            ("Arabic", "ar"),
            ("العربية", "ar"),
            ("ar-EG", "ar"),
        ],
        *[("fr-CA", "fr"), ("fr_FR", "fr"), ("français", "fr"), ("pt-BR", "pt"), ("en-GB", "en"), ("iw", "he")],
        *[("zh", "zh-Hans"), ("zh-CN", "zh-Hans"), ("zh_TW", "zh-Hant"), ("zh-HK", "zh-Hant"), ("cmn", "zh-Hans")],
        *[("no", "nb"), ("fil", "tl"), ("ko-KR", "ko"), ("ja-JP", "ja"), (" de ", "de"), ("prs", "prs")],
    ],
)
def test_every_usual_way_to_write_a_code_is_understood(written: str, code: str) -> None:
    assert parse(written) == code


@pytest.mark.parametrize(
    ("written", "nearest"),
    [
        ("arabik", "ar (Arabic)"),
        ("frensh", "fr (French)"),
        ("jp", "ja (Japanese)"),
        ("cn", "zh-Hans"),
        ("cz", "cs (Czech)"),
    ],
)
def test_an_unknown_code_is_a_usage_error_that_names_the_nearest(written: str, nearest: str) -> None:
    with pytest.raises(LanguageError, match="unknown language") as caught:
        parse(written)
    assert nearest in str(caught.value)
    assert caught.value.exit_code == 2


@pytest.mark.parametrize("written", ["", "-", "foo bar", "xx", "sr-Latn", "a" * 100, "\u0000"])
def test_nonsense_is_refused(written: str) -> None:
    with pytest.raises(LanguageError):
        parse(written)


@given(st.text(max_size=12))
def test_any_string_is_a_known_language_or_a_language_error(written: str) -> None:
    try:
        code = parse(written)
    except LanguageError as error:
        code, cure = "en", error.cure
        assert cure is not None
    assert code in table()


def test_the_table_holds_all_of_nllb_200_and_every_code_is_unique() -> None:
    rows = list(table().values())
    assert len(rows) == 202
    assert len({row.code for row in rows}) == len({row.nllb for row in rows}) == 202
    assert all(parse(row.code) == parse(row.nllb) == row.code for row in rows)


def test_the_rows_of_the_main_languages() -> None:
    arabic, chinese = info("ar"), info("zh")
    assert (arabic.nllb, arabic.marian, arabic.direction, arabic.tokenizer) == ("arb_Arab", ">>ara<<", "rtl", "intl")
    assert (chinese.nllb, chinese.marian, chinese.direction, chinese.tokenizer) == (
        "zho_Hans",
        ">>cmn_Hans<<",
        "ltr",
        "zh",
    )
    assert (info("fr").marian, info("fr").tokenizer, info("fr").name) == (">>fra<<", "13a", "French")
    assert {code for code in ("ar", "fa", "ur", "he", "yi", "ps", "ug") if info(code).direction == "ltr"} == set()


def test_every_tokenizer_is_one_that_sacrebleu_has() -> None:
    from sacrebleu.metrics.bleu import BLEU

    assert {row.tokenizer for row in table().values()} <= set(BLEU.TOKENIZERS)


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("حتى وقت قريب ، هذا هو.", "ar"),
        ("كانت Microsoft في طليعة هذا مع OpenAI و ChatGPT و Google Cloud", "ar"),
        ("خطط السرعة", "ar"),
        ("Jusqu’à récemment, c’est.", "fr"),
        ("The company said on Tuesday that it would not sell its chips to the government of China.", "en"),
        ("这家公司表示，将在明年发布新的芯片。", "zh-Hans"),
        ("這家公司表示，將在明年發布新的晶片。", "zh-Hant"),
        ("これは東京の新聞の記事です。", "ja"),
        ("삼성전자는 화요일에 밝혔다.", "ko"),
        ("این یک خبر دربارهٔ شرکت‌های فناوری است", "fa"),
        ("یہ خبر ٹیکنالوجی کے بارے میں ہے", "ur"),
        ("Компания сообщила, что не будет продавать чипы", "ru"),
        ("Компанія повідомила, що не продаватиме чипи", "uk"),
        ("Der Konzern hat am Dienstag mitgeteilt, dass er keine Chips verkaufen wird.", "de"),
        ("החברה הודיעה ביום שלישי", "he"),
    ],
)
def test_detection_on_single_sentences(text: str, lang: str) -> None:
    found = detect(text)
    assert found.lang == lang
    assert 0.3 < found.confidence <= 1


@pytest.mark.parametrize("text", ["", "  \n", "12,5 % – 2024", "\u200f\u200b", "🙂"])
def test_no_letters_no_language(text: str) -> None:
    assert detect(text) == Detection("und", 0.0)


def test_few_letters_give_little_confidence() -> None:
    assert detect("OpenAI").confidence < 0.3
    assert detect("قال").confidence < detect("قال الرئيس التنفيذي إن الشركة باعت").confidence


@given(st.text(max_size=200))
def test_detection_is_total(text: str) -> None:
    found = detect(text)
    assert found.lang == "und" or found.lang in table()
    assert 0 <= found.confidence <= 1


def test_the_main_languages_are_told_without_loading_the_ngram_model() -> None:
    script = (
        "import sys; from corpora.language import detect, info; "
        "assert detect('قال الرئيس التنفيذي إن الشركة باعت مئات الآلاف من الرقائق').lang == 'ar'; "
        "assert detect('The head of the company said that it was one of the best deals of the year.').lang == 'en'; "
        "assert info('ar'); assert not {'py3langid', 'langcodes', 'numpy'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-W", "error", "-c", script], check=True)


@pytest.mark.parametrize(
    ("text", "evident"),
    [
        ("The minister said that he would resign, but not when it was going to be.", {"en"}),
        ("Le ministre a dit qu’il allait démissionner, mais il n’a pas dit pour quelle date.", {"fr"}),
        ("أعلن الوزير استقالته أمس في مؤتمر صحفي عقده في العاصمة", {"ar"}),
        ("نخست‌وزیر گفت که پیگیر این کار است و گزارش می‌دهد", set()),
        ("OpenAI Nvidia TSMC", set()),
        ("", set()),
    ],
)
def test_a_glance_shows_a_language_or_decides_nothing(text: str, evident: set[str]) -> None:
    assert {lang for lang in ("en", "fr", "ar", "de", "es") if is_evident(text, lang)} == evident
