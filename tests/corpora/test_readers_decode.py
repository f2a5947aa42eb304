from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpora.errors import InputError
from corpora.readers.decode import declared_charset, decode, encode

ARABIC = "قالت شركة OpenAI يوم الثلاثاء إنها ستشتري 90% من الرقائق، وفق بيان «رسمي» نُشر في دبي."
FRENCH = "À Paris, l’Élysée a déclaré mardi : « C’est déjà l’été, ça coûte 12 € à l’œuvre. » ÉTATS-UNIS"
ENCODINGS = [
    ("utf-8", b""),
    ("utf-8", codecs.BOM_UTF8),
    ("utf-16-le", codecs.BOM_UTF16_LE),
    ("utf-16-be", codecs.BOM_UTF16_BE),
    ("utf-32-le", codecs.BOM_UTF32_LE),
]


@pytest.mark.parametrize(("encoding", "mark"), ENCODINGS)
@given(text=st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1))
def test_every_unicode_encoding_round_trips(encoding: str, mark: bytes, text: str) -> None:
    data = mark + ("a" + text).encode(encoding)
    found = decode(data, where="x")
    assert (found.text, found.encoding, found.bom) == ("a" + text, encoding, bool(mark))
    assert encode(found.text, found.encoding, bom=found.bom) == data


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("text", [ARABIC, FRENCH])
def test_utf16_without_a_mark_is_recognised(encoding: str, text: str) -> None:
    data = text.encode(encoding)
    found = decode(data, where="x")
    assert (found.text, found.encoding, found.bom) == (text, encoding, False)


@pytest.mark.parametrize("lang", [None, "ar", "fr"])
def test_windows_1256_and_1252_are_told_apart(lang: str | None) -> None:
    arabic = decode(ARABIC.encode("cp1256"), where="x", lang=lang)
    assert (arabic.text, arabic.encoding) == (ARABIC, "cp1256")
    french = decode(FRENCH.encode("cp1252"), where="x", lang=lang)
    assert (french.text, french.encoding) == (FRENCH, "cp1252")


@pytest.mark.parametrize("text", ["déjà", "un été", "Ça va", "À", "ÉTÉ", "l’État", "naïve café"])
def test_a_few_french_letters_are_windows_1252(text: str) -> None:
    assert decode(text.encode("cp1252"), where="x").text == text


@pytest.mark.parametrize("text", ["قال", "دبي – OpenAI", "في عام 2024"])
def test_a_few_arabic_letters_are_windows_1256(text: str) -> None:
    assert decode(text.encode("cp1256"), where="x").text == text


def test_arabic_with_french_words_in_windows_1256() -> None:
    text = "قالت جمعية «Les Enfants de l’été» إنها ستفتح مقرا في باريس، وفق مديرها André Lefèvre."
    assert decode(text.encode("cp1256"), where="x").text == text


@pytest.mark.parametrize(
    ("lang", "encoding", "text"),
    [
        ("ru", "cp1251", "Компания сообщила, что продаст чипы."),
        ("pl", "cp1250", "Spółka ogłosiła, że sprzedaje półprzewodniki. Źródło: PAP"),
        ("tr", "cp1254", "Şirket çiplerini satacağını açıkladı."),
        ("el", "cp1253", "Η εταιρεία ανακοίνωσε ότι θα πουλήσει."),
        ("zh-Hans", "gb18030", "该公司周二表示，将出售芯片。"),
        ("ja", "cp932", "同社は火曜日、半導体を売却すると発表した。"),
        ("ko", "cp949", "회사는 화요일에 칩을 판매한다고 밝혔다."),
    ],
)
def test_the_given_language_settles_other_old_encodings(lang: str, encoding: str, text: str) -> None:
    assert decode((text * 3).encode(encoding), where="x", lang=lang).text == text * 3


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Компания сообщила во вторник, что продаст свои новые чипы правительству. " * 5, "cp1251"),
        ("该公司周二表示，将在明年向政府出售新的芯片，交易金额约为一百亿美元。" * 5, "gb18030"),
    ],
)
def test_statistics_tell_what_nobody_says(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding), where="x").text == text


@pytest.mark.parametrize(
    ("head", "codecs_to_try"),
    [
        (b'<meta charset="windows-1256">', ("cp1256",)),
        (b"<meta http-equiv=x content='text/html; charset=ISO-8859-1'>", ("cp1252", "latin-1")),
        (b'<?xml version="1.0" encoding="iso-8859-6"?>', ("iso8859-6",)),
        (b"<META CHARSET=gb2312>", ("gb18030",)),
        *[
            (b"<p>charset=x</p>", ()),
            (b"<meta charset=utf-7>", ()),
            (b"<meta charset=nonsense>", ()),
            (b"<meta charset=hex>", ()),
        ],
    ],
)
def test_declared_charsets(head: bytes, codecs_to_try: tuple[str, ...]) -> None:
    assert declared_charset(head) == codecs_to_try


def test_what_the_file_declares_is_respected() -> None:
    page = b"<?xml version='1.0' encoding='iso-8859-6'?><p>" + "قال إن".encode("iso8859-6")
    found = decode(page, where="x", markup=True)
    assert found.encoding == "iso8859-6"
    assert "قال إن" in found.text


def test_valid_utf8_beats_a_wrong_declaration() -> None:
    page = '<meta charset="iso-8859-1"><p>déjà l’été'.encode()
    assert decode(page, where="x", markup=True).encoding == "utf-8"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"%PDF-1.7 ...", "PDF"),
        (b"PK\x03\x04 word/document.xml", "zip"),
        (b"\x1f\x8b\x08\x00", "gzip"),
        (b"{\\rtf1 hello}", "RTF"),
        (b"\x89PNG\r\n", "picture"),
        (b"abc\x00\x01\x02\x03def", "binary"),
        (bytes(range(1, 32)) * 20, "binary"),
        (b"text with a single \x00 in it", "binary"),
    ],
)
def test_what_is_not_text_is_refused_with_a_cure(data: bytes, said: str) -> None:
    with pytest.raises(InputError, match=said) as caught:
        decode(data, where="story.txt")
    assert caught.value.cure
    assert "story.txt" in str(caught.value)


def test_damaged_utf8_names_line_and_byte() -> None:
    data = "première ligne\n".encode() * 20 + b"deuxi\xe8me \xff\n" + "troisième".encode()
    with pytest.raises(InputError, match="damaged text") as caught:
        decode(data, where="a.txt")
    assert "a.txt, line 21" in str(caught.value)


def test_truncated_utf8_is_said_to_be_cut_off() -> None:
    data = "قالت الشركة إنها ستشتري".encode()[:-1]
    with pytest.raises(InputError, match="ends in the middle of a character"):
        decode(data, where="a.txt")


@given(st.binary(max_size=300), st.sampled_from([None, "ar", "fr", "ja"]), st.booleans())
def test_any_bytes_are_read_reversibly_or_refused(data: bytes, lang: str | None, markup: bool) -> None:
    try:
        found = decode(data, where="x", lang=lang, markup=markup)
    except InputError:
        return
    assert encode(found.text, found.encoding, bom=found.bom) == data
