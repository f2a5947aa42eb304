"""A text in, the language it is written in out: scripts and letters first, function words next, n-grams last.

The script alone decides for Greek, Korean or Thai; letters that one language has and its neighbours lack decide between
Arabic, Persian and Urdu, or simplified and traditional Chinese; function words between the main languages of the Latin
script. Only what these leave open costs the second that loading `py3langid`'s model takes.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from typing import Protocol

from corpora.language import Detection, table
from corpora.script import COMMON, UNKNOWN, script_of

# A news article shows its language long before this; more would only cost time.
_SAMPLE = 6000
_NOT_PROSE = re.compile(r"https?://\S+|www\.\S+|\S+@\S+|<[^<>]{0,200}>")

# Names of firms stand in Latin letters in every language, but a Latin-script text holds few words of other scripts.
_LATIN_WEIGHT = 0.2

# Scripts that one language of the table owns, or whose other languages the news hardly knows.
_BY_SCRIPT = {
    **{"Grek": "el", "Armn": "hy", "Geor": "ka", "Hang": "ko", "Gujr": "gu", "Orya": "or", "Taml": "ta", "Telu": "te"},
    **{"Knda": "kn", "Mlym": "ml", "Sinh": "si", "Thai": "th", "Laoo": "lo", "Khmr": "km", "Guru": "pa"},
}

_SIMPLIFIED = frozenset(
    "们这来国个时为说对会发过还进动样两关现经问题实从业开间长门无见听话语点车东马鸟鱼龙电网络术资机构报导师"
    "产业华众亿万与专丝严丧临举义习书买乱争亚亲仅优价传伤侧债倾儿养决况净减划刘则创删别剧劳势区医单卖卫厂厅历压厌"
)
_TRADITIONAL = frozenset(
    "們這來國個時為說對會發過還進動樣兩關現經問題實從業開間長門無見聽話語點車東馬鳥魚龍電網絡術資機構報導師"
    "產業華眾億萬與專絲嚴喪臨舉義習書買亂爭亞親僅優價傳傷側債傾兒養決況淨減劃劉則創刪別劇勞勢區醫單賣衛廠廳歷壓厭"
)
_HANS = _SIMPLIFIED - _TRADITIONAL
_HANT = _TRADITIONAL - _SIMPLIFIED

# Letters that the language has and the others of its script (mostly) lack.
_ARABIC_SCRIPT = {
    "ar": frozenset("ةىيكأإؤ"),
    "fa": frozenset("پچژگکی"),
    "ur": frozenset("ٹڈڑںےہھۂ"),
    "ps": frozenset("ښړډټځڅېۍګڼ"),
    "ug": frozenset("ۇۆۈۋېڭ"),
    "ckb": frozenset("ێۆڕڵەڤ"),
    "sd": frozenset("ڪڳٻڄڏٿڙڃڀٺڦ"),
}

_OWN_ARABIC = re.compile(f"[{''.join(sorted(_ARABIC_SCRIPT['ar']))}]")
_NEIGHBOURS = re.compile(f"[{''.join(sorted(set().union(*_ARABIC_SCRIPT.values()) - _ARABIC_SCRIPT['ar']))}]")
_LATIN = re.compile("[A-Za-z]")
_GLANCE = 3  # so many letters or function words are no accident

_FUNCTION_WORDS: dict[str, frozenset[str]] = {
    lang: frozenset(words.split())
    for lang, words in {
        "en": (
            "the of and to in that is was for it with as his on be at by this had not are but from or have they "
            "which one were their there been would when who will more if out so said what up its about into than "
            "them can could we you"
        ),
        "fr": (
            "le la les des du une et est dans que qui pour par sur au aux avec ce cette ces se sont plus ne pas "
            "il elle ils nous vous été mais où son sa ses leur leurs comme ont être fait deux selon après c’est "
            "qu’il n’est d’une d’un entre"
        ),
        "de": (
            "der die das und ist von den mit dem ein eine einer eines nicht auf für sich auch als im an es des zu "
            "wird werden sind aus bei nach wie über wurde hat noch einen durch oder vor dass haben kann nur sein "
            "am zum zur"
        ),
        "es": (
            "el los las del una y en que es por con para se un su al lo como más pero sus le ha fue este esta son "
            "también entre cuando muy sin sobre ser tiene todo desde están había hasta donde quien así años según "
            "dijo han"
        ),
        "it": (
            "il lo gli della delle dei degli del di e è che per un una non con si da sono come anche più ma al "
            "alla nel nella dal dalla questo questa ha hanno suo sua essere stato stata tra dopo o se ai alle sul "
            "sulla anni ed"
        ),
        "pt": (
            "o os as da do das dos e em um uma que não para com por se na no nas nos ao à é são mais como mas foi "
            "pelo pela seu sua ele ela também está ser tem há já sobre entre quando muito segundo até isso anos "
            "às"
        ),
        "nl": (
            "de het een en van is dat op te in voor met zijn die niet aan er om ook als maar door bij uit naar "
            "nog wordt werd over heeft dan zich hij ze worden kan deze dit hebben was geen meer al of"
        ),
    }.items()
}
_WORD = re.compile(r"[^\W\d_]+(?:[’'][^\W\d_]+)*")


class _Identifier(Protocol):
    def rank(self, text: str) -> list[tuple[str, float]]:
        """Languages, likeliest first, with their probabilities."""


@lru_cache(maxsize=4)  # of one article several steps ask for it
def detect_language(text: str) -> Detection:
    """The language of a text and a confidence, 0 to 1 and four digits; `und` with 0 where there are no letters."""
    sample = _NOT_PROSE.sub(" ", _sampled(text))
    scripts: Counter[str] = Counter()
    for char, count in Counter(sample).items():
        if char.isalpha() and (script := script_of(char)) not in (COMMON, UNKNOWN):
            scripts[script] += count
    if not scripts:
        return Detection("und", 0.0)
    weights = {script: count * (_LATIN_WEIGHT if script == "Latn" else 1.0) for script, count in scripts.items()}
    script = max(sorted(weights), key=weights.__getitem__)
    lang, confidence = _by_script(script, scripts, sample)
    letters = scripts[script]
    certain = confidence * (1 - math.exp(-letters / 6))
    return Detection(lang, round(certain, 4))


def is_evident(text: str, lang: str) -> bool:
    """Whether letters or function words show at a glance that a text is in `lang`; False decides nothing.

    Only the languages that have function words here, and Arabic, are asked for; it takes a tenth of the time of
    `detect_language`.
    """
    base = lang.partition("-")[0]
    if base == "ar":
        own = len(_OWN_ARABIC.findall(text))
        return (
            own >= _GLANCE and 10 * len(_NEIGHBOURS.findall(text)) <= own and 4 * len(_LATIN.findall(text)) < len(text)
        )
    words = _WORD.findall(text)
    hits = _hits(words)
    most = hits.pop(base, 0)
    return most >= max(_GLANCE, 0.15 * len(words)) and most >= 1.6 * max(hits.values())


def _hits(words: Sequence[str]) -> dict[str, int]:
    """How many of the words each language has among its function words."""
    speakers = _speakers()
    hits = dict.fromkeys(_FUNCTION_WORDS, 0)
    for word, count in Counter(words).items():
        for lang in speakers.get(word.lower().replace("'", "’"), ()):
            hits[lang] += count
    return hits


@cache
def _speakers() -> Mapping[str, tuple[str, ...]]:
    """Function word → the languages that have it."""
    found: dict[str, tuple[str, ...]] = {}
    for lang, words in _FUNCTION_WORDS.items():
        for word in words:
            found[word] = (*found.get(word, ()), lang)
    return found


def _sampled(text: str) -> str:
    """The whole text, or its beginning and its middle: a page's head is where its language shows least."""
    if len(text) <= _SAMPLE:
        return text
    middle = len(text) // 2
    return text[: _SAMPLE // 2] + "\n" + text[middle : middle + _SAMPLE // 2]


def _by_script(script: str, scripts: Mapping[str, int], sample: str) -> tuple[str, float]:
    if script in _BY_SCRIPT:
        return _BY_SCRIPT[script], 0.99
    if script in ("Hani", "Hira", "Kana", "Bopo"):
        return _east_asian(scripts, sample)
    if script == "Arab":
        return _arabic_script(sample)
    if script == "Latn":
        return _latin_script(sample)
    return _by_ngrams(script, sample)


def _east_asian(scripts: Mapping[str, int], sample: str) -> tuple[str, float]:
    kana = scripts.get("Hira", 0) + scripts.get("Kana", 0)
    if kana * 20 > scripts.get("Hani", 0):
        return "ja", 0.99
    if scripts.get("Hang", 0) > scripts.get("Hani", 0) / 2:
        return "ko", 0.9
    simplified = sum(char in _HANS for char in sample)
    traditional = sum(char in _HANT for char in sample)
    confidence = (max(simplified, traditional) + 1) / (simplified + traditional + 1.5)
    return ("zh-Hant" if traditional > simplified else "zh-Hans"), min(confidence, 0.99)


def _arabic_script(sample: str) -> tuple[str, float]:
    """Arabic where its own letters stand and its neighbours' do not; n-grams decide among the neighbours."""
    counts = Counter(sample)
    own = {lang: sum(counts[char] for char in letters) for lang, letters in _ARABIC_SCRIPT.items()}
    arabic = own.pop("ar")
    foreign = max(own.values())
    if foreign * 10 <= arabic:
        return "ar", 0.99
    if foreign == 0 and re.search(r"(?<!\w)(?:و|ب|ف|ك)?(?:ال|لل)\w", sample):
        return "ar", 0.9
    return _by_ngrams("Arab", sample)


def _latin_script(sample: str) -> tuple[str, float]:
    """The language whose function words stand out; n-grams where none does or two come near."""
    words = _WORD.findall(sample)
    hits = _hits(words)
    best = max(hits, key=hits.__getitem__)
    most = hits.pop(best)
    if most >= 8 and most >= 0.15 * len(words) and most >= 1.6 * max(hits.values()):
        return best, 0.99
    return _by_ngrams("Latn", sample)


def _by_ngrams(script: str, sample: str) -> tuple[str, float]:
    """What `py3langid` thinks, among the table's languages of this script; the script's first language without it."""
    candidates = _candidates(script)
    if not candidates:
        return "und", 0.0
    ranked = [(candidates[label], share) for label, share in _identifier().rank(sample) if label in candidates]
    total = sum(share for _, share in ranked)
    if not total:
        return next(iter(candidates.values())), 0.05
    shares: dict[str, float] = defaultdict(float)
    for lang, share in ranked:
        shares[lang] += share * _PRIOR.get(lang, 1)
    best = max(shares, key=shares.__getitem__)
    return best, shares[best] / sum(shares.values())


# A few words of nothing but names look like any language; the news is mostly in these.
_PRIOR = {
    "en": 4,
    **dict.fromkeys(("fr", "de", "es", "it", "pt", "ru", "tr", "nl", "pl", "id", "vi", "uk", "fa", "ur", "hi"), 2),
}

# What the model tells apart and the table, for news, does not.
_LABELS = {"ary": "ar", "arz": "ar", "no": "nb", "sdh": "ckb", "bcl": "tl"}


@cache
def _candidates(script: str) -> dict[str, str]:
    """Label of the model → code, for the languages that are written in the script. Main languages stand first."""
    codes = {code: code for code, row in table().items() if row.script == script and len(code) == 2}
    return codes | {label: code for label, code in _LABELS.items() if table()[code].script == script}


@cache
def _identifier() -> _Identifier:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier: _Identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    return identifier
