"""Bytes that are not Unicode in, the likeliest old encodings out: Windows-1256 against Windows-1252 above all.

Both hold é, à and ç at the same places; where one has Arabic letters the other has capitals with accents. So the words
tell: read as Windows-1256, Arabic gives words of Arabic letters only, French gives Arabic letters in the midst of Latin
ones (`ةlysée`).
"""

from __future__ import annotations

import re

_SAMPLE = 1 << 16

_BY_LANGUAGE = {
    **dict.fromkeys(("pl", "cs", "sk", "hu", "sl", "hr", "bs", "ro", "sq"), ("cp1250",)),
    **dict.fromkeys(("ru", "uk", "bg", "be", "mk", "sr"), ("cp1251",)),
    **dict.fromkeys(("ar", "fa", "ur"), ("cp1256",)),
    **dict.fromkeys(("lt", "lv", "et"), ("cp1257",)),
    **{"el": ("cp1253",), "tr": ("cp1254",), "he": ("cp1255",), "vi": ("cp1258",), "th": ("cp874",)},
    **{"zh-Hans": ("gb18030",), "zh-Hant": ("big5", "cp950"), "ja": ("cp932", "euc_jp"), "ko": ("cp949",)},
}
_WESTERN = "cp1252"
_ARABIC = "cp1256"

_ARABIC_LETTERS = "\u0621-\u063a\u0640-\u065f\u067e\u0679\u0686\u0688\u0691\u0698\u06a9\u06af\u06ba\u06be\u06c1\u06d2"
_WORD = re.compile(rf"[A-Za-zÀ-ÖØ-öø-ÿŒœŠšŽžŸƒ{_ARABIC_LETTERS}]+")
_HAS_ARABIC = re.compile(f"[{_ARABIC_LETTERS}]")
_HAS_LATIN = re.compile("[A-Za-zÀ-ÖØ-öø-ÿŒœ]")
# What stands between Arabic words beyond ASCII; anything else there is the second byte of another encoding.
_BETWEEN = re.compile(f"[^\x00-\x7f{_ARABIC_LETTERS}À-ÖØ-öø-ÿŒœ«»‹›“”‘’–—…•·°©®™€\u00a0\u00ad\u200c-\u200f،؛؟×÷¤%‰]")
_FREQUENT = re.compile("[اليمونتر]")

# What Western European text holds beyond ASCII; a word of it has ASCII letters too, or is one letter long.
_WESTERN_CHAR = re.compile(
    "[«»‹›“”‘’„‚–—…€£•·°§©®™\u00a0\u00ad¿¡ªº²³½¼¾±×éèêëàâäáãåæçîïíìñôöóòõøœùûüúýÿßÉÈÊËÀÂÄÁÃÅÆÇÎÏÍÑÔÖÓÕØŒÙÛÜÚŠšŽžŸ¨´]"
)

_CANDIDATES = sorted({encoding for encodings in _BY_LANGUAGE.values() for encoding in encodings} | {_WESTERN, "koi8_r"})


def guess_legacy(data: bytes, lang: str | None) -> list[str]:
    """Codecs to try, likeliest first; empty where nothing speaks for any."""
    sample = data[:_SAMPLE]
    hinted = list(_BY_LANGUAGE.get(lang or "", ()))
    if _is_arabic(sample, lenient=_ARABIC in hinted):
        return [_ARABIC]
    if hinted and hinted != [_ARABIC]:
        return hinted
    if _is_western(sample):
        return [_WESTERN]
    return _by_statistics(sample) or ([_WESTERN] if lang else [])


def _is_arabic(sample: bytes, *, lenient: bool) -> bool:
    """Whether the Windows-1256 reading has words of Arabic letters only, and next to none that mix alphabets."""
    text = sample.decode(_ARABIC)
    words = [word for word in _WORD.findall(text) if _HAS_ARABIC.search(word)]
    mixed = sum(bool(_HAS_LATIN.search(word)) for word in words)
    pure = [word for word in words if len(word) > 1 and not _HAS_LATIN.search(word)]
    letters = "".join(pure)
    frequent, odd = len(_FREQUENT.findall(letters)), len(_BETWEEN.findall(text))
    if not pure or len(pure) < (2 if lenient else 6) * mixed:
        return False
    return frequent + 1 >= 0.35 * len(letters) and odd <= 0.05 * len(letters)


def _is_western(sample: bytes) -> bool:
    """Whether the Windows-1252 reading has nothing but what Western European text holds, within ordinary words."""
    text = sample.decode(_WESTERN, errors="replace")
    high = [char for char in text if char > "\x7f"]
    if "\ufffd" in high:
        return False
    usual = sum(bool(_WESTERN_CHAR.match(char)) for char in high)
    odd_words = sum(1 for word in re.findall(r"[^\W\d_]+", text) if len(word) > 2 and not re.search("[A-Za-z]", word))
    return usual >= 0.97 * len(high) and odd_words <= 0.02 * len(high)


def _by_statistics(sample: bytes) -> list[str]:
    from charset_normalizer import from_bytes

    found = from_bytes(sample, cp_isolation=_CANDIDATES).best()
    return [found.encoding] if found is not None else []
