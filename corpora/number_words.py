"""Language in, how it writes numbers out: separators, scale words, spelled-out cardinals, percent, months, ranges.

All words are as `corpora.digits` normalises text before anything looks at it: small letters, bare alef (ا) and ya (ي),
ASCII digits, hyphens and apostrophes. Scales are powers of ten: *billion* is 9 in English, 12 in French, German and
Spanish.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache


@dataclass(frozen=True, slots=True)
class NumberWords:
    """How one language writes numbers.

    Attributes:
        grouping: the sign that groups thousands where it could also be a decimal sign (`1,234`).
        dotted_thousands: whether `76.000` is 76 thousand although the sign is a decimal one elsewhere.
        spaces: whether a plain space groups thousands.
        scales: word → power of ten; these multiply what stands before them.
        cardinals: word → value; these add up.
        alone: cardinals and scales that mean a number even with no other number word beside them.
        plurals: word → power of ten, where the bare plural is a vague amount (billions of dollars).
        joiner: what may stand between two number words, as a regular expression.
        half: "and a half" after a scale word; `half_of`: "half a" before one.
        decades: word → first year, of the twentieth century.
        percent, points, ordinal, range, months, vague: regular expressions.
    """

    grouping: str = ","
    dotted_thousands: bool = False
    spaces: bool = False
    scales: Mapping[str, int] = field(default_factory=dict)
    cardinals: Mapping[str, int] = field(default_factory=dict)
    alone: frozenset[str] = frozenset()
    plurals: Mapping[str, int] = field(default_factory=dict)
    joiner: str = "[ \u00a0-]"
    half: str = "(?!)"
    half_of: str = "(?!)"
    decades: Mapping[str, int] = field(default_factory=dict)
    percent: str = "(?!)"
    points: str = "(?!)"
    ordinal: str = "(?!)"
    range: str = "to"
    months: str = "(?!)"
    vague: str = "(?!)"


def _count(words: str, start: int = 1, step: int = 1) -> dict[str, int]:
    """Words in counting order → values; forms of one number are joined by `|`."""
    return {form: start + step * place for place, forms in enumerate(words.split()) for form in forms.split("|")}


def _powers(table: str) -> dict[str, int]:
    """`word|form:power …` → one entry a form."""
    return {
        form.replace("_", " "): int(power)
        for forms, power in (entry.rsplit(":", 1) for entry in table.split())
        for form in forms.split("|")
    }


_EN_CARDINALS = {
    **_count(
        "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
    ),
    **_count("eighteen nineteen", 18),
    **_count("twenty thirty forty fifty sixty seventy eighty ninety", 20, 10),
    "a": 1,
}
_ENGLISH = NumberWords(
    scales=_powers(
        "hundred:2 thousand:3 lakh:5 million:6 crore:7 billion:9 trillion:12 quadrillion:15 mn:6 mln:6 bn:9 tn:12"
    ),
    cardinals=_EN_CARDINALS,
    alone=frozenset(_EN_CARDINALS) - {"one", "a"},
    plurals=_powers("tens:1 dozens:1 hundreds:2 thousands:3 millions:6 billions:9 trillions:12"),
    joiner="[ \u00a0-](?:and[ \u00a0])?",
    half="[ \u00a0]and a half",
    half_of="half an?[ \u00a0-]",
    percent="per[ \u00a0]?cent|pct",
    points="percentage points?",
    ordinal="st|nd|rd|th",
    range="to|and",
    months=(
        "january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug"
        "|sept?|oct|nov|dec"
    ),
    vague="several|a few|many",
)

_FR_CARDINALS = {
    **_count("un|une deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize"),
    **_count("vingt|vingts trente quarante cinquante soixante septante huitante|octante nonante", 20, 10),
    "quatre-vingt": 80,
    "quatre-vingts": 80,
}
_FRENCH = NumberWords(
    grouping=".",
    spaces=True,
    scales=_powers(
        "cent|cents:2 mille|millier|milliers:3 million|millions:6 milliard|milliards:9 billion|billions:12"
        " billiard|billiards:15 trillion|trillions:18 md|mds|mrd:9"
    ),
    cardinals=_FR_CARDINALS,
    # "un" is an article, "neuf" means new as well, "cent" stands in "pour cent".
    alone=frozenset(_FR_CARDINALS) - {"un", "une", "neuf"} | {"mille"},
    plurals=_powers("dizaines:1 centaines:2 milliers:3 millions:6 milliards:9 billions:12 trillions:18"),
    joiner="[ \u00a0-](?:et[ \u00a0-])?(?:de[ \u00a0])?",
    half="[ \u00a0]et demie?",
    half_of="(?:un[ \u00a0])?demi-",
    percent="pour cent|p\\. ?100",
    points="points? de pourcentage",
    ordinal="er|re|ere|ère|e|è|eme|ème|es|nd|nde",
    range="à|a|et",
    months=(
        "janvier|février|fevrier|mars|avril|mai|juin|juillet|août|aout|septembre|octobre|novembre|décembre|decembre"
        "|janv|févr|avr|juil|sept|oct|nov|déc"
    ),
    vague="(?:plusieurs|quelques|des)",
)

_AR_CARDINALS = {
    **_count(
        "واحد|واحدة|احد|احدي اثنان|اثنين|اثنا|اثني|اثنتان|اثنتين|اثنتا|اثنتي ثلاث|ثلاثة اربع|اربعة خمس|خمسة ست|ستة"
    ),
    **_count("سبع|سبعة ثمان|ثماني|ثمانية تسع|تسعة عشر|عشرة", 7),
    **_count("عشرون|عشرين ثلاثون|ثلاثين اربعون|اربعين خمسون|خمسين ستون|ستين سبعون|سبعين", 20, 10),
    **_count("ثمانون|ثمانين تسعون|تسعين", 80, 10),
    **_count(
        "مئتان|مئتين|مائتان|مائتين|مئتي|مائتي ثلاثمئة|ثلاثمائة اربعمئة|اربعمائة خمسمئة|خمسمائة ستمئة|ستمائة", 200, 100
    ),
    **_count("سبعمئة|سبعمائة ثمانمئة|ثمانمائة|ثمانيمئة تسعمئة|تسعمائة", 700, 100),
    **dict.fromkeys(("الفان", "الفين", "الفي"), 2_000),
    **dict.fromkeys(("مليونان", "مليونين", "مليوني"), 2 * 10**6),
    **dict.fromkeys(("ملياران", "مليارين", "ملياري"), 2 * 10**9),
    **dict.fromkeys(("تريليونان", "تريليونين", "تريليوني"), 2 * 10**12),
}
_ARABIC = NumberWords(
    dotted_thousands=True,
    decades=_count(
        "عشرينيات|عشرينات ثلاثينيات|ثلاثينات اربعينيات|اربعينات خمسينيات|خمسينات ستينيات|ستينات سبعينيات|سبعينات"
        " ثمانينيات|ثمانينات تسعينيات|تسعينات",
        1920,
        10,
    ),
    scales={
        **_powers("مئة|مائة|مئه|مائه:2 الف|الفا|الفاً|الفًا|الاف|ءالاف:3 مليون|مليونا|مليوناً|مليونًا|ملايين:6"),
        **_powers(
            "مليار|مليارا|ملياراً|مليارًا|مليارات|بليون|بلايين:9 تريليون|تريليونا|تريليونًا|تريليونات|ترليون|ترليونات:12"
        ),
        **_powers("million:6 billion:9 trillion:12"),
    },
    cardinals=_AR_CARDINALS,
    alone=frozenset(_AR_CARDINALS) - {"واحد", "واحدة", "احد", "احدي", "ست", "عشر", "الفي", "سبع", "خمس"}
    | {"مليون", "مليار", "تريليون", "ترليون"},
    plurals=_powers("عشرات:1 مئات:2 الاف:3 ملايين:6 مليارات:9 بلايين:9 تريليونات:12 ترليونات:12"),
    joiner="[ \u00a0](?:و[ \u00a0]?)?(?:ال)?",
    half="[ \u00a0]و ?نصف(?:[ \u00a0]ال(?:مليون|مليار|تريليون|الف))?",
    half_of="نصف[ \u00a0]",
    percent="(?:بال|في[ \u00a0]ال)م(?:ئ|ائ)[ةه]",
    points="نقاط مئوية|نقطة مئوية",
    range="الي|و|حتي",
    months=(
        "يناير|فبراير|مارس|ابريل|نيسان|مايو|ايار|يونيو|يونية|حزيران|يوليو|يولية|تموز|اغسطس|اب|سبتمبر|ايلول|اكتوبر|تشرين"
        "|نوفمبر|ديسمبر|كانون|شباط|اذار"
    ),
)

_CHINESE = NumberWords(
    scales=_powers("十:1 百:2 千:3 万|萬:4 亿|億:8 兆:12"),
    cardinals=_count("一 二|两|兩 三 四 五 六 七 八 九") | {"零": 0, "〇": 0},
    joiner="",
    percent="(?!)",
    points="个百分点|個百分點",
    range="至|到",
)

_GERMAN = NumberWords(
    grouping=".",
    scales=_powers(
        "tausend:3 million|millionen|mio:6 milliarde|milliarden|mrd:9 billion|billionen|bio:12 trillion|trillionen:18"
    ),
    plurals=_powers("tausende:3 millionen:6 milliarden:9 billionen:12"),
    percent="prozent",
    points="prozentpunkte?n?",
    range="bis|und",
    months="januar|jänner|februar|märz|april|mai|juni|juli|august|september|oktober|november|dezember",
)
_SPANISH = NumberWords(
    grouping=".",
    spaces=True,
    scales=_powers("mil|miles:3 millón|millon|millones:6 billón|billones:12 trillón|trillones:18"),
    plurals=_powers("decenas:1 cientos:2 miles:3 millones:6 billones:12"),
    joiner="[ \u00a0](?:de[ \u00a0])?",
    percent="por ciento",
    points="puntos porcentuales",
    range="a|y",
    months="enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre",
)
_ITALIAN = NumberWords(
    grouping=".",
    scales=_powers("mila|mille:3 milione|milioni|mln:6 miliardo|miliardi|mld:9 bilione|bilioni:12"),
    plurals=_powers("centinaia:2 migliaia:3 milioni:6 miliardi:9"),
    percent="per cento",
    points="punti percentuali",
    range="a|e",
    months="gennaio|febbraio|marzo|aprile|maggio|giugno|luglio|agosto|settembre|ottobre|novembre|dicembre",
)
_PORTUGUESE = NumberWords(
    grouping=".",
    scales=_powers("mil:3 milhão|milhões:6 bilhão|bilhões|bilião|biliões:9 trilhão|trilhões:12"),
    plurals=_powers("dezenas:1 centenas:2 milhares:3 milhões:6 bilhões:9 trilhões:12"),
    percent="por cento",
    points="pontos percentuais",
    range="a|e",
    months="janeiro|fevereiro|março|abril|maio|junho|julho|agosto|setembro|outubro|novembro|dezembro",
)
_RUSSIAN = NumberWords(
    grouping=".",
    spaces=True,
    scales=_powers(
        "тысяча|тысячи|тысяч|тыс:3 миллион|миллиона|миллионов|млн:6 миллиард|миллиарда|миллиардов|млрд:9"
        " триллион|триллиона|триллионов|трлн:12"
    ),
    plurals=_powers("тысячи:3 миллионы:6 миллиарды:9 триллионы:12"),
    percent="процент(?:а|ов)?",
    points="процентн\\w+ пункт\\w*",
    range="до|и",
    months="января|февраля|марта|апреля|мая|июня|июля|августа|сентября|октября|ноября|декабря",
)

_TABLE = {
    "en": _ENGLISH, "fr": _FRENCH, "ar": _ARABIC, "zh": _CHINESE, "ja": _CHINESE, "de": _GERMAN, "es": _SPANISH,
    "it": _ITALIAN, "pt": _PORTUGUESE, "ru": _RUSSIAN, "uk": _RUSSIAN,
}  # fmt: skip

# Families, not ISO codes: whose dollar it is the text seldom says, and a translation need not repeat it.
CURRENCY_SIGNS = {
    "$": "dollar", "€": "euro", "£": "pound", "¥": "yuan/yen", "₹": "rupee", "₽": "rouble", "₩": "won", "₪": "shekel",
    "₺": "lira", "﷼": "riyal", "usd": "dollar", "eur": "euro", "gbp": "pound", "cny": "yuan/yen", "rmb": "yuan/yen",
    "jpy": "yuan/yen", "inr": "rupee", "rub": "rouble", "krw": "won", "chf": "franc", "sar": "riyal", "aed": "dirham",
    "egp": "pound", "ils": "shekel", "try": "lira", "cad": "dollar", "aud": "dollar",
}  # fmt: skip
CURRENCY_WORDS = {
    "dollars?|دولارا?ت?(?:ًا|اً)?|美元|美金|港元|加元|澳元|долларов|доллара?|dólares|dólar|dollari|dollaro": "dollar",
    "euros?|يورو|اليورو|欧元|歐元|евро": "euro",
    "pounds?(?: sterling)?|livres? sterling|livres? égyptiennes?|جنيها?(?:ت|ًا|اً)?|英镑|фунт\\w*|pfund": "pound",
    "yuans?|renminbi|يوانا?ت?|人民币|元|юан\\w*|yens?|(?:ال)?ين(?: ياباني)?|日元|иен\\w*": "yuan/yen",
    "rupees?|roupies?|روبيات?|روبية|卢比": "rupee",
    "roubles?|rubles?|روبلات?|روبل|卢布|рубл\\w*": "rouble",
    "wons?|وون|韩元": "won",
    "francs?|فرنكا?ت?|法郎|franken": "franc",
    "riyals?|rials?|ريالا?ت?(?:ًا|اً)?|里亚尔": "riyal",
    "dirhams?|درهما?(?:ًا|اً)?|دراهم|迪拉姆": "dirham",
    "dinars?|دينارا?(?:ًا|اً)?|دنانير|第纳尔": "dinar",
    "liras?|lires?|ليرات?|ليرة|里拉": "lira",
    "shekels?|شيكلا?(?:ًا|اً)?|شواكل": "shekel",
}


@lru_cache(maxsize=64)
def number_words(lang: str) -> NumberWords:
    """The table for a BCP-47 code; a language without its own gets separators and signs only."""
    return _TABLE.get(lang.split("-", 1)[0].lower(), NumberWords())
