"""A hanzi name in, the Latin spellings out by which it may leak into a translation.

A translator that works through Chinese spells a name by sound instead of giving the one that the world knows: 黄仁勋
becomes Huang Renxun, not Jensen Huang. pypinyin reads the signs; family names have readings of their own (单 is Shan,
曾 Zeng, 仇 Qiu), which the table here knows, since many of those signs are read otherwise as words.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from functools import lru_cache


def _table(rows: str) -> dict[str, str]:
    """`spelling=sign,sign …` as a dictionary from signs to spellings."""
    items = (row.split("=") for row in rows.split())
    return {sign: spelling for spelling, signs in items for sign in signs.split(",")}


# Family names whose sign is usually read another way. Traditional forms beside the simplified ones.
SURNAMES = _table(
    """
    Shan=单,單 Zeng=曾 Qiu=仇 Ou=区,區 Zha=查 Xie=解 Ren=任 Hua=华,華 Piao=朴 Xian=冼,洗 Yue=乐,樂 Yun=员,員
    Bi=秘 He=黑 Po=繁 Miao=缪,繆 Qin=覃 Zhai=翟,祭 Chong=种 She=折 Na=那 Ji=纪,紀 Ge=葛,盖,蓋 Mu=牟
    Ning=宁,甯 Gou=句 Shao=召 Che=车,車 Yan=燕 Ying=应,應 Jia=贾,賈 Bu=卜 Chu=褚 Zhangsun=长孙,長孫
    Yuchi=尉迟,尉遲 Moqi=万俟,萬俟 Linghu=令狐 Tantai=澹台,澹臺 Ouyang=欧阳,歐陽 Sima=司马,司馬
    Zhuge=诸葛,諸葛 Shangguan=上官 Xiahou=夏侯 Dongfang=东方,東方 Huangfu=皇甫 Murong=慕容 Situ=司徒
    Yuwen=宇文 Gongsun=公孙,公孫 Duanmu=端木 Dugu=独孤,獨孤 Nangong=南宫,南宮 Ximen=西门,西門
    Wenren=闻人,聞人 Helian=赫连,赫連 Huyan=呼延 Zhongli=钟离,鍾離 Xuanyuan=轩辕,軒轅 Shentu=申屠 Taishi=太史
    Puyang=濮阳
    """
)

# The spelling of common family names in Hong Kong and among emigrants from the south.
CANTONESE = _table(
    """
    Wong=黄,黃,王 Lee=李 Chan=陈,陳 Cheung=张,張 Lau=刘,劉 Ng=吴,吳,伍 Chow=周 Yeung=杨,楊 Lam=林 Cheng=郑,鄭
    Tse=谢,謝 Ho=何 Law=罗,羅 Leung=梁 Tsang=曾 Ma=马,馬 Chu=朱 Choi=蔡 Kwok=郭 Hui=许,許 Tang=邓,鄧
    Yip=叶,葉 So=苏,蘇 Fung=冯,馮 Lo=卢,盧 Poon=潘 Chung=钟,鍾 Tsui=徐 Chiu=赵,趙 Tung=董 Mok=莫 Kwan=关,關
    Fok=霍 Wu=胡 Kong=江 Pang=彭 Yu=余 Yuen=袁 Siu=萧,蕭 Au=区,區 Mak=麦,麥 Wan=温,溫 Man=文 Shum=岑 Fong=方
    Tam=谭,譚 Lai=黎 Kam=甘 Fan=范 Tong=唐 Auyeung=欧阳,歐陽 Szeto=司徒 Sit=薛 Tai=戴 Shek=石 Suen=孙,孫
    Liu=廖 Kan=简,簡
    """
)

_SYLLABLE = re.compile(
    r"(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?"
    r"(?:iang|iong|uang|ueng|ang|eng|ing|ong|ian|iao|uai|uan|van|ai|an|ao|ei|en|er|ia|ie|in|iu|ou|ua|ue|ve|ui|un|uo|vn|a|e|i|o|u|v)"
)
_WADE_INITIALS = {
    "zh": "ch", "ch": "ch'", "j": "ch", "q": "ch'", "x": "hs", "z": "ts", "c": "ts'", "b": "p", "p": "p'", "d": "t",
    "t": "t'", "g": "k", "k": "k'", "r": "j",
}  # fmt: skip
_WADE_FINALS = {"ian": "ien", "ie": "ieh", "üe": "üeh", "ue": "üeh", "ong": "ung", "iong": "iung"}
_WADE_WHOLE = {
    "zi": "tzu", "ci": "tz'u", "si": "ssu", "yi": "i", "you": "yu", "yan": "yen", "ye": "yeh", "yu": "yü",
    "yue": "yüeh", "yuan": "yüan", "yun": "yün", "yong": "yung", "er": "erh",
}  # fmt: skip
# Signs that given names read in one of two ways, the likelier first.
_GIVEN = {
    sign: tuple(ways.split("/"))
    for ways, signs in {
        "chang/zhang": "长長", "xing/hang": "行", "chao/zhao": "朝", "le/yue": "乐樂", "chong/zhong": "重",
        "sheng/cheng": "盛晟", "qian/xi": "茜", "chuan/zhuan": "传傳", "zeng/ceng": "曾", "cang/zang": "藏",
    }.items()
    for sign in signs
}  # fmt: skip
_HANZI = re.compile(r"[\u3400-\u9fff\U00020000-\U000323af]+")


def split_name(hanzi: str) -> tuple[str, str]:
    """Family and given name; the family name has two signs where the table knows it so.

    >>> split_name("欧阳修"), split_name("黄仁勋")
    (('欧阳', '修'), ('黄', '仁勋'))
    """
    if len(hanzi) > 2 and hanzi[:2] in SURNAMES:
        return hanzi[:2], hanzi[2:]
    return hanzi[:1], hanzi[1:]


def pinyin(hanzi: str) -> str:
    """The name as China spells it: family name, space, given name in one word.

    >>> pinyin("黄仁勋"), pinyin("单田芳"), pinyin("尉迟恭")
    ('Huang Renxun', 'Shan Tianfang', 'Yuchi Gong')
    """
    family, given = split_name(hanzi)
    return f"{_family(family)} {''.join(_joined(_given_readings(given)[0])).capitalize()}".strip()


@lru_cache(maxsize=1 << 12)
def readings(hanzi: str) -> tuple[str, ...]:
    """Latin spellings of a hanzi name, the likeliest first; empty where it holds no hanzi.

    Pinyin, Wade–Giles, and pinyin behind the Cantonese family name; the given name solid, hyphenated and spaced; family
    name first and last.
    """
    match = _HANZI.search(hanzi)
    if match is None:
        return ()
    family, given = split_name(match[0])
    first = _family(family)
    spellings: list[str] = []
    for syllables in _given_readings(given):
        families = [first, *([CANTONESE[family]] if family in CANTONESE else [])]
        pairs = [(name, last) for name in families for last in _given_names(syllables)]
        hyphenated = "-".join(map(wade_giles, syllables)).capitalize()
        pairs.append((" ".join(map(wade_giles, split_pinyin(first) or [])).capitalize() or first, hyphenated))
        for name, last in pairs:
            spellings += [f"{name} {last}", f"{last} {name}"] if last else [name]
    return tuple(dict.fromkeys(spellings))


def wade_giles(syllable: str) -> str:
    """A syllable of pinyin as Wade and Giles spell it.

    >>> [wade_giles(syllable) for syllable in ("zhang", "qing", "xun", "de", "shi", "gui")]
    ['chang', "ch'ing", 'hsün', 'te', 'shih', 'kuei']
    """
    plain = syllable.lower().replace("v", "ü")
    if plain in _WADE_WHOLE:
        return _WADE_WHOLE[plain]
    initial = re.match(r"zh|ch|sh|[bpmfdtnlgkhjqxrzcs]|", plain)
    letters = initial[0] if initial else ""
    final = plain[len(letters) :]
    if letters in ("j", "q", "x") and final.startswith("u"):
        final = "ü" + final[1:]
    if letters in ("zh", "ch", "sh", "r") and final == "i":
        final = "ih"
    if letters in ("g", "k") and final == "ui":
        final = "uei"
    if letters in ("g", "k", "h") and final == "e":
        final = "o"
    if final == "uo" and letters not in ("g", "k", "h", "sh"):
        final = "o"
    return _WADE_INITIALS.get(letters, letters) + _WADE_FINALS.get(final, final)


def split_pinyin(word: str) -> list[str] | None:
    """The syllables of a word in pinyin, longest first where it can be cut in several ways; None where it is none.

    >>> split_pinyin("renxun"), split_pinyin("xian"), split_pinyin("smith")
    (['ren', 'xun'], ['xian'], None)
    """
    plain = word.lower().replace("ü", "v")
    for end in range(min(6, len(plain)), 0, -1):
        if _SYLLABLE.fullmatch(plain[:end]):
            rest = split_pinyin(plain[end:]) if end < len(plain) else []
            if rest is not None:
                return [plain[:end], *rest]
    return None


def _given_names(syllables: list[str]) -> Iterator[str]:
    yield "".join(_joined(syllables)).capitalize()
    if len(syllables) > 1:
        yield "-".join([syllables[0].capitalize(), *syllables[1:]])
        yield " ".join(syllable.capitalize() for syllable in syllables)


def _joined(syllables: list[str]) -> Iterator[str]:
    """Syllables of one word, with the apostrophe that pinyin puts before a vowel (Xi'an)."""
    for place, syllable in enumerate(syllables):
        yield f"'{syllable}" if place and syllable[0] in "aeo" else syllable


def _family(family: str) -> str:
    return SURNAMES.get(family) or "".join(_syllables(family)).capitalize()


def _given_readings(given: str) -> list[list[str]]:
    """The syllables of a given name, once for each way to read it."""
    syllables = _syllables(given)
    if len(syllables) != len(given):
        return [syllables]
    ways = [_GIVEN.get(sign, (syllable,)) for sign, syllable in zip(given, syllables, strict=True)]
    return [list(way) for way in itertools.islice(itertools.product(*ways), 4)]


def _syllables(hanzi: str) -> list[str]:
    from pypinyin import Style, lazy_pinyin

    return [syllable.lower() for syllable in lazy_pinyin(hanzi, style=Style.NORMAL, v_to_u=True) if syllable.strip()]
