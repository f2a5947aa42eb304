"""Each kind of flag: raised where something is wrong, with its evidence; silent where nothing is."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from alignment.beads import Bead
from corpora.translation import Translation
from eval.adequacy import assess
from eval.result import Flag, SegmentScore
from tests.eval.made import article, witness


def judged(source: Sequence[str], target: Sequence[str], langs: str = "en-ar", **options: object) -> list[SegmentScore]:
    left, right = langs.split("-")
    made, sentences = article(right, target)
    return assess(made, sentences, witness(left, source, options.pop("beads", None)), **options)  # type: ignore[arg-type]


def flags(source: str, target: str, langs: str = "en-ar", **options: object) -> list[Flag]:
    (score,) = judged([source], [target], langs, **options)
    return list(score.flags)


def kinds(source: str, target: str, langs: str = "en-ar", **options: object) -> list[str]:
    return [flag.kind for flag in flags(source, target, langs, **options)]


CLEAN = [
    ("en-ar", "Microsoft declined to comment on the report.", "ورفضت Microsoft التعليق على التقرير."),
    (
        "en-fr",
        "“We are very, very proud,” he said (in English).",
        "« Nous sommes très, très fiers », a-t-il dit (en anglais).",
    ),
    (
        "en-fr",
        "His book “The End of the World and After” sold well.",
        "Son livre « The End of the World and After » s’est bien vendu.",
    ),
    ("en-ar", "The Greek letter α and the name 黄仁勋 are here.", "الحرف اليوناني α والاسم 黄仁勋 هنا."),
    ("en-fr", "OK.", "D’accord, c’est entendu."),
    ("en-fr", "1) the first point", "1) le premier point"),
    ("en-ar", "ha ha ha ha, he said", "قال ها ها ها ها"),
]


@pytest.mark.parametrize(("langs", "source", "target"), CLEAN)
def test_clean_sentences_raise_nothing(langs: str, source: str, target: str) -> None:
    assert flags(source, target, langs) == []


def test_untranslated_stretch_in_the_same_script() -> None:
    source = "The company said that it would open an office in the north of the country next year."
    target = "La société a dit that it would open an office in the north du pays l’an prochain."
    (flag,) = flags(source, target, "en-fr")
    assert (flag.kind, flag.mqm) == ("untranslated", "Accuracy/Untranslated")
    ((start, end),) = flag.spans
    assert target[start:end] == "that it would open an office in the north"


def test_untranslated_stretch_in_another_script() -> None:
    source = "The company said that it would open a new office in the north."
    (flag,) = flags(source, "قالت الشركة that it would open a new office في الشمال.")
    assert flag.kind == "untranslated"


def test_whole_sentence_left_is_critical() -> None:
    source = "The company said that it would open a new office in the north."
    found = flags(source, source, "en-fr")
    assert [(flag.kind, flag.severity) for flag in found] == [("untranslated", "critical")]


def test_foreign_letters() -> None:
    (flag,) = flags("The minister left the city on Monday.", "غادر الوزير город يوم الاثنين.")
    assert (flag.kind, flag.mqm) == ("wrong_script", "Fluency/Character encoding")
    assert "Cyrillic" in flag.detail


def test_translation_in_another_script_altogether() -> None:
    found = flags("وقالت الشركة إن الطلب على الرقائق ارتفع", "The demand for chips rose, he said", "ar-he")
    assert ("wrong_script", "critical") in [(flag.kind, flag.severity) for flag in found]


@pytest.mark.parametrize(
    ("target", "times"),
    [
        ("La société a dit a dit a dit a dit que tout va bien.", 4),
        ("Tout va bien bien bien bien dans cette grande maison.", 4),
        ("Le prix de la maison Le prix de la maison a monté hier.", 2),
    ],
)
def test_repetition_loops(target: str, times: int) -> None:
    found = flags("The company said that all is well in that big house.", target, "en-fr")
    assert [flag.kind for flag in found][:1] == ["repetition"]
    assert f"{times} times" in found[0].detail


def test_a_bracket_never_closed() -> None:
    assert kinds("All is well (so he said).", "كل شيء على ما يرام (هكذا قال.") == ["unbalanced_marks"]


def test_a_quotation_mark_lost_by_a_careful_translator() -> None:
    source, target = ['"All is well," he said.'] * 6, ['قال: "كل شيء على ما يرام".'] * 6
    assert not [flag for score in judged(source, target) for flag in score.flags]
    target[3] = 'قال: "كل شيء على ما يرام.'
    scores = judged(source, target)
    assert [[flag.kind for flag in score.flags] for score in scores] == [[], [], [], ["unbalanced_marks"], [], []]


def test_quotation_over_several_sentences_is_left_alone() -> None:
    scores = judged(['"All is well.', 'We go on."'], ['"كل شيء على ما يرام.', 'سنواصل."'])
    assert [score.flags for score in scores] == [(), ()]


def test_a_translator_who_never_closes_quotes_is_left_alone() -> None:
    scores = judged(['"All is well," he said.'] * 5, ['قال: "كل شيء على ما يرام.'] * 5)
    assert not [flag for score in scores for flag in score.flags]


def test_length_far_off_the_usual() -> None:
    source = "The ministry announced on Tuesday that the new rules for the import of cars will apply from next spring."
    (flag,) = flags(source, "أعلنت الوزارة ذلك.")
    assert (flag.kind, flag.mqm) == ("length_ratio", "Accuracy/Omission")
    assert (
        kinds(source, "أعلنت الوزارة يوم الثلاثاء أن القواعد الجديدة لاستيراد السيارات ستطبق ابتداء من الربيع المقبل.")
        == []
    )


def test_uncertain_beads_are_not_judged_by_length() -> None:
    source = "The ministry announced on Tuesday that the new rules for the import of cars will apply from next spring."
    assert kinds(source, "أعلنت الوزارة ذلك.", beads=[Bead((0,), (0,), 0.3)]) == []


def test_gaps_are_omissions_and_additions() -> None:
    beads = [Bead((0,), (0,), 0.9), Bead((1,), (), 0.9), Bead((), (1,), 0.9)]
    scores = judged(["It rained.", "He went home by bus."], ["أمطرت السماء.", "ثم جاء الصيف في النهاية."], beads=beads)
    assert [[flag.kind for flag in score.flags] for score in scores] == [[], ["omission"], ["addition"]]
    omission, addition = scores[1].flags[0], scores[2].flags[0]
    assert (omission.mqm, omission.severity) == ("Accuracy/Omission", "major")
    assert "He went home by bus." in omission.detail
    assert omission.witness_spans == ((11, 31),)
    assert addition.spans


def test_a_gap_against_another_translation_is_only_a_hint() -> None:
    made, sentences = article("ar", ["أمطرت السماء."])
    (first, second) = assess(
        made, sentences, witness("fr", ["Il a plu."], [Bead((0,), (), 0.9), Bead((), (0,), 0.9)], role="other")
    )
    assert [flag.severity for score in (first, second) for flag in score.flags] == ["neutral", "neutral"]


def test_marked_sentences_are_never_flagged() -> None:
    made, sentences = article("ar", ["ثم جاء الصيف في النهاية."], {0: "repeat"})
    (score,) = assess(made, sentences, witness("en", [], [Bead((), (0,), 0.9)]))
    assert score.flags == ()


def test_low_similarity_is_relative_to_the_document() -> None:
    source, target = ["It rained all day."] * 12, ["أمطرت السماء طوال اليوم."] * 12
    low = [0.7] * 11 + [0.19]
    assert [f.kind for f in judged(source, target, similarities=low)[11].flags] == ["low_similarity"]
    free = [0.45] * 11 + [0.19]
    assert judged(source, target, similarities=free)[11].flags == ()


def test_similarity_comes_from_the_encoder() -> None:
    class Constant:
        def encode(self, texts: Sequence[str]) -> object:
            return [[0.6, 0.8]] * len(texts)

    scores = judged(["a", "b"], ["c"], beads=[Bead((0,), (0,), 0.9), Bead((1,), (), 0.9)], encoder=Constant())
    assert [score.similarity for score in scores] == [1.0, None]


def test_forward_retranslation_is_the_reference_of_the_translation() -> None:
    again = Translation(("رفضت الشركة التعليق.", "كلام آخر."), "en", "ar", "forward", "m", "r", "ctranslate2")
    first, second = judged(
        ["The company declined.", "Else."], ["رفضت الشركة التعليق.", "شيء مختلف تماما"], retranslation=again
    )
    assert (first.chrf, first.bleu) == (100.0, 100.0)
    assert second.chrf is not None
    assert second.chrf < 30


def test_back_retranslation_is_held_against_the_source() -> None:
    again = Translation(("The company declined.",), "ar", "en", "back", "m", "r", "ctranslate2")
    (score,) = judged(["The company declined."], ["رفضت الشركة التعليق."], retranslation=again)
    assert score.chrf == 100.0


def test_retranslation_into_a_third_language_is_no_reference() -> None:
    again = Translation(("The company declined.",), "ar", "en", "back", "m", "r", "ctranslate2")
    (score,) = judged(["La société a refusé."], ["رفضت الشركة التعليق."], "fr-ar", retranslation=again)
    assert score.chrf is None


def test_article_without_witness_is_judged_by_itself() -> None:
    made, sentences = article("fr", ["La société a dit a dit a dit a dit que tout va bien.", "Tout va bien."])
    scores = assess(made, sentences, None)
    assert [[flag.kind for flag in score.flags] for score in scores] == [["repetition"], []]
    assert all(score.similarity is None and score.length_ratio is None for score in scores)


def test_a_very_long_sentence_is_judged_in_time() -> None:
    text = "the cat sat on the mat and " * 4000
    assert flags(text, text.replace("cat", "dog"), "en-en") is not None


NUMBERS = [
    ("en-ar", "They raised $1.2 billion in 2024.", "جمعوا 1.2 مليون دولار في عام 2024.", "a 10^3 times less"),
    ("en-fr", "It spends trillions of dollars.", "Elle dépense des milliards de dollars.", "thousand times less"),
    ("en-ar", "Sales rose 27 percent.", "ارتفعت المبيعات بنسبة ٢٩ في المئة.", "“27 percent”"),
    ("fr-ar", "L’usine emploie 4 500 personnes.", "يعمل في المصنع 5400 شخص.", "5400"),
    ("en-fr", "The plant costs $650 million.", "L’usine coûte très cher.", "does not"),
]


@pytest.mark.parametrize(("langs", "source", "target", "told"), NUMBERS)
def test_numbers_that_differ(langs: str, source: str, target: str, told: str) -> None:
    (flag,) = flags(source, target, langs)
    assert (flag.kind, flag.mqm) == ("number_mismatch", "Accuracy/Mistranslation")
    assert told.replace("10^3", "thousand") in flag.detail
    assert flag.spans or flag.witness_spans


SAME_NUMBERS = [
    ("en-fr", "They raised $1.2 billion.", "Ils ont levé 1,2 milliard de dollars."),
    ("en-ar", "It costs 1,234.5 dollars.", "يكلف ١٬٢٣٤٫٥ دولار."),
    ("en-ar", "It covers 76,000 hectares.", "تغطي 76.000 هكتار."),
    ("en-fr", "It was 80 degrees and 130 miles away.", "Il faisait 26 degrés, à 209 km de là."),
    ("en-fr", "The show begins at 8 p.m.", "Le spectacle commence à 20 h 00."),
    ("en-fr", "Three of the 12 plants closed.", "3 des douze usines ont fermé."),
    ("en-ar", "Nearly 1,007 people came.", "جاء نحو 1000 شخص."),
]


@pytest.mark.parametrize(("langs", "source", "target"), SAME_NUMBERS)
def test_numbers_that_are_the_same_or_converted_or_rounded(langs: str, source: str, target: str) -> None:
    assert kinds(source, target, langs) == []


def contradictions(source: str, target: str, again: str, direction: str = "forward") -> list[str]:
    langs = ("en", "fr") if direction == "forward" else ("fr", "en")
    translation = Translation((again,), *langs, direction, "m", "r", "ctranslate2")  # type: ignore[arg-type]
    found = flags(source, target, "en-fr", retranslation=translation)
    assert all(direction in flag.detail for flag in found if flag.kind == "contradicts_retranslation")
    return [flag.kind for flag in found]


def test_lost_negation_contradicts_the_retranslation() -> None:
    source, again = "He did not say when the plant would open.", "Il n’a pas dit quand l’usine ouvrirait."
    assert contradictions(source, "Il a dit quand l’usine ouvrirait.", again) == ["contradicts_retranslation"]
    assert contradictions(source, "Il a refusé de dire quand l’usine ouvrirait.", again) == []
    back = "He said when the plant would open."
    assert contradictions(source, "Il a dit quand l’usine ouvrirait.", back, "back") == ["contradicts_retranslation"]


def test_number_in_words_contradicts_the_retranslation() -> None:
    source, again = "Three hundred people came to the hall.", "Trois cents personnes sont venues dans la salle."
    wrong = "Cinq cents personnes sont venues dans la salle."
    assert "contradicts_retranslation" in contradictions(source, wrong, again)
    assert contradictions(source, "Trois cents gens sont venus dans la salle.", again) == []


def test_a_distrusted_retranslation_is_no_evidence() -> None:
    again = Translation(("oui oui oui",), "en", "fr", "forward", "m", "r", "ctranslate2", (("loop",),))
    (score,) = judged(["He did not say so."], ["Il ne l’a pas dit."], "en-fr", retranslation=again)
    assert (score.chrf, score.flags) == (None, ())
