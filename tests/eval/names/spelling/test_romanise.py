from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.names.base.records import READING
from eval.names.knowledge import Knowledge
from eval.names.spelling.romanise import pinyin, readings, split_name, split_pinyin, wade_giles


@pytest.mark.parametrize(
    ("hanzi", "spelling"),
    [
        ("黄仁勋", "Huang Renxun"), ("劉德音", "Liu Deyin"), ("单田芳", "Shan Tianfang"), ("曾毓群", "Zeng Yuqun"),
        ("仇保兴", "Qiu Baoxing"), ("区少坤", "Ou Shaokun"), ("查良镛", "Zha Liangyong"), ("解振华", "Xie Zhenhua"),
        ("尉迟恭", "Yuchi Gong"), ("欧阳修", "Ouyang Xiu"), ("任正非", "Ren Zhengfei"), ("王", "Wang"),
        ("赵长鹏", "Zhao Changpeng"), ("华罗庚", "Hua Luogeng"), ("张西安", "Zhang Xi'an"),
    ],
)  # fmt: skip
def test_family_names_have_readings_of_their_own(hanzi: str, spelling: str) -> None:
    assert pinyin(hanzi) == spelling


def test_every_order_and_joint() -> None:
    spellings = readings("黄仁勋")
    assert spellings[0] == "Huang Renxun"
    assert {"Renxun Huang", "Huang Ren-xun", "Huang Ren Xun", "Wong Renxun", "Huang Jen-hsün"} <= set(spellings)
    assert "Tsang Yuqun" in readings("曾毓群")
    assert "Zhao Zhangpeng" in readings("赵长鹏")
    assert readings("Jensen") == ()


def test_wade_giles() -> None:
    syllables = ["zhang", "qing", "xun", "de", "shi", "gui", "zi", "yan", "xie", "zhong", "duo", "huo"]
    spelled = ["chang", "ch'ing", "hsün", "te", "shih", "kuei", "tzu", "yen", "hsieh", "chung", "to", "huo"]
    assert [wade_giles(syllable) for syllable in syllables] == spelled


def test_compound_family_names() -> None:
    assert split_name("司马相如") == ("司马", "相如")
    assert split_name("司马") == ("司", "马")


SYLLABLES = ("ren", "xun", "de", "yin", "zhong", "mou", "xiang", "ling", "qi", "bo", "wu")


@given(st.lists(st.sampled_from(SYLLABLES), min_size=1, max_size=4))
def test_pinyin_splits_into_syllables(syllables: list[str]) -> None:
    word = "".join(syllables)
    found = split_pinyin(word)
    assert found is not None
    assert "".join(found) == word
    assert split_pinyin(word + "zzz") is None


def test_the_bundled_readings_are_what_the_signs_say() -> None:
    for entity in Knowledge.bundled().entities.values():
        hanzi = [form.text for form in entity.forms if form.lang == "zh"]
        spelled = [form.text for form in entity.forms if form.lang == READING]
        if entity.type == "person" and hanzi and spelled:
            assert _letters(spelled[0]) in map(_letters, readings(hanzi[0])), entity.name


def _letters(name: str) -> str:
    return "".join(char for char in name.lower() if char.isalpha())
