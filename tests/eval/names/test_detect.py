"""What is found, what it is called, what it becomes; and what is left alone."""

from __future__ import annotations

import pytest

from eval.names.detect import find_names
from eval.names.settings import NameSettings
from tests.eval.names.scenes import article, errors, find, witness

AMNESTY = "منظمة العفو الدولية"


@pytest.mark.parametrize(
    ("lang", "text", "surface", "canonical"),
    [
        ("fr", "Selon Openai, le modèle est prêt.", "Openai", "OpenAI"),
        ("fr", "Un porte-parole d’Openai l’a confirmé.", "Openai", "OpenAI"),
        ("ar", "وقالت Openai إن النموذج جاهز.", "Openai", "OpenAI"),
        ("ar", "أعلن الباحثون وOpenai عن النموذج.", "Openai", "OpenAI"),
        ("ar", "منشئ ChatGpt يعمل.", "ChatGpt", "ChatGPT"),
        ("en", "He asked Chatgpt about it.", "Chatgpt", "ChatGPT"),
        ("fr", "Une vidéo publiée sur Youtube mardi.", "Youtube", "YouTube"),
        ("ar", "تغليف الرقائق المتقدمة (CoWos) خطوة رئيسية.", "CoWos", "CoWoS"),
    ],
)
def test_a_known_name_in_the_wrong_case_is_an_error(lang: str, text: str, surface: str, canonical: str) -> None:
    assert errors(find(text, lang)) == [("casing", surface, canonical)]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("fr", "OpenAI, Meta et Google Cloud utilisent des GB200, des GB300, des H100 et des A100."),
        ("fr", "Le site openai.com et le compte @openai sont en panne."),
        ("fr", "Groq vend des puces ; Grok est un modèle de xAI."),
        ("en", "He ate an apple and saw an oracle in the cloud."),
        ("fr", "Tout le monde mange une orange."),
        ("fr", "L’Unesco et l’Otan se sont réunies à Paris."),
        ("fr", "Amnesty International dénonce la torture de prisonniers et les exécutions."),
        ("ar", "أدانت منظمة العفو الدولية تعذيب السجناء وانتهاكات حقوق الإنسان وأحكام الإعدام."),
    ],
)
def test_what_is_right_is_left_alone(lang: str, text: str) -> None:
    assert errors(find(text, lang)) == []


def test_amnesty_stands_for_ai_where_the_source_says_ai() -> None:
    found = find(f"البنية التحتية ل{AMNESTY} مهمة.", "ar", source="en:The AI infrastructure matters.")
    assert errors(found) == [("acronym_misexpansion", AMNESTY, "لذكاء الاصطناعي")]
    assert found[0].evidence[0].source == "source"


def test_amnesty_stands_for_ai_where_the_other_translation_says_ia() -> None:
    found = find(f"إعادة معايرة {AMNESTY} مستمرة.", "ar", other="fr:Le recalibrage de l’IA continue.")
    assert errors(found) == [("acronym_misexpansion", AMNESTY, "الذكاء الاصطناعي")]
    assert found[0].evidence[0].source == "other"


def test_amnesty_is_cleared_by_a_source_that_names_it() -> None:
    source = "en:Amnesty International criticised the AI data centres of OpenAI."
    assert (
        errors(find(f"انتقدت {AMNESTY} مراكز بيانات الذكاء الاصطناعي التابعة لشركة OpenAI.", "ar", source=source)) == []
    )


def test_pinyin_is_judged_by_the_article_itself() -> None:
    text = "Jensen Huang dirige Nvidia.\nHuang Renxun a signé le DGX-1."
    assert errors(find(text, "fr")) == [("romanised_foreign_name", "Huang Renxun", "Jensen Huang")]


def test_pinyin_in_arabic_letters_is_found_by_its_sound() -> None:
    text = "أوضح رئيس TSMC Liu Deyin الشهر الماضي.\nيتوقع ليو داين أيضًا أن الطاقة ستكون كافية."
    assert [kind for kind, _, _ in errors(find(text, "ar"))] == ["romanised_foreign_name"] * 2


def test_a_near_name_needs_evidence() -> None:
    assert errors(find("شركة Anthropic التي لديها منافس ChatGPT Cloude تستخدم الرقائق.", "ar")) == [
        ("misspelling", "Cloude", "Claude")
    ]
    assert errors(find("Le port de Cloude est fermé.", "fr")) == []


def test_a_name_no_base_knows_is_judged_through_the_source() -> None:
    found = find("L’analyste Marek Vostrle est prudent.", "fr", source="en:Analyst Marek Vostrel is cautious.")
    assert errors(found) == [("misspelling", "Vostrle", "Vostrel")]


def test_an_english_possessive_is_residue() -> None:
    assert errors(find("باستخدام عملية TSMC’s 5nm الجديدة.", "ar")) == [
        ("untranslated_pivot_residue", "TSMC’s", "TSMC")
    ]


def test_german_words_in_french_are_residue() -> None:
    assert errors(find("Les investisseurs sont divisés und les actions reculent.", "fr")) == [
        ("untranslated_pivot_residue", "und", None)
    ]


def test_two_scripts_in_one_word_are_an_error() -> None:
    assert errors(find("تنفق مايكروsoft المليارات.", "ar")) == [("wrong_script", "مايكروsoft", "مايكروسوفت")]
    assert errors(find("Le siège d’Ореnai est là.", "fr"))[0][0] == "wrong_script"


def test_an_inconsistent_spelling_is_a_variant_with_the_majority_as_canonical() -> None:
    text = "قالت إنفيديا إنها ستنتج.\nوأعلنت إنفيديا الأرباح.\nهل تصمد نفيديا؟"
    assert [(f.kind, f.severity, f.surface, f.canonical) for f in find(text, "ar")] == [
        ("inconsistent_spelling", "variant", "نفيديا", "إنفيديا")
    ]


def test_ids_count_in_text_order_and_do_not_change() -> None:
    text = "Openai et Chatgpt.\nEncore Openai."
    first, second = find(text, "fr"), find(text, "fr")
    assert [f.id for f in first] == ["n1", "n2", "n3"]
    assert first == second
    assert [f.start for f in first] == sorted(f.start for f in first)


def test_what_the_user_allows_is_no_finding() -> None:
    checked, sentences = article("Selon Openai, tout va bien.", "fr")
    assert find_names(checked, sentences, settings=NameSettings(allowed=("Openai",))) == []


def test_a_name_that_was_left_out_is_allowed_by_its_surface_in_the_source() -> None:
    checked, sentences = article("L’entreprise a publié ses résultats.", "fr")
    source = [witness("Nvidia has published its results.", "en", len(sentences))]
    [missing] = find_names(checked, sentences, source)
    assert (missing.kind, missing.surface) == ("missing_name", "")
    assert find_names(checked, sentences, source, settings=NameSettings(allowed=("Nvidia",))) == []
    assert find_names(checked, sentences, source, settings=NameSettings(allowed=("",))) == [missing]


@pytest.mark.parametrize(
    ("text", "surface", "canonical"),
    [
        ("CoreFlow progresse. Selon Coreflow, tout va bien.", "Coreflow", "CoreFlow"),
        ("Le service WeTalk plaît. On s’écrit par wetalk.", "wetalk", "WeTalk"),
        ("Ni Orange ni T-mobile n’ont répondu.", "T-mobile", "T-Mobile"),
    ],
)
def test_capitals_inside_a_name_are_its_own(text: str, surface: str, canonical: str) -> None:
    assert errors(find(text, "fr")) == [("casing", surface, canonical)]


def test_a_slip_in_a_name_of_several_words_is_found_beside_known_words() -> None:
    found = errors(find("Texas Instrumenits et Scael AI ont signé.", "fr"))
    assert found == [
        ("misspelling", "Texas Instrumenits", "Texas Instruments"),
        ("misspelling", "Scael AI", "Scale AI"),
    ]


def test_a_single_word_a_letter_off_a_name_may_be_another_name() -> None:
    found = find("La famille Tennent vit à Gand.", "fr")
    assert errors(found) == []
    assert [(f.surface, f.severity) for f in found] == [("Tennent", "variant")]


def test_the_words_of_its_own_sentence_clear_an_expansion() -> None:
    text = "Des prisonniers ont écrit à Amnesty International.\nLes modèles, les données et les puces coûtent cher."
    assert errors(find(text, "fr")) == []


def test_look_alikes_are_repaired_as_the_whole_name() -> None:
    assert errors(find("Ni Togethеr АI ni les autres.", "fr")) == [("wrong_script", "Togethеr АI", "Together AI")]
    assert errors(find("ولم تذكر Google وBlaсkRоck التكلفة.", "ar")) == [("wrong_script", "BlaсkRоck", "BlackRock")]


def test_a_long_name_spelled_sound_by_sound_needs_no_witness() -> None:
    assert errors(find("قال هوانغ رينشون إن الشركة ستنمو.", "ar")) == [
        ("romanised_foreign_name", "هوانغ رينشون", "جنسن هوانغ")
    ]


@pytest.mark.parametrize("name", ["لين جيانهوا", "بيوينغ يانغ", "ليو يانغوي", "وانغ جيانلين"])
def test_another_chinese_name_is_nobody_of_the_base(name: str) -> None:
    found = [f for f in find(f"قال {name} إن الشركة ستنمو.", "ar") if f.kind == "romanised_foreign_name"]
    assert [f.entity for f in found if f.entity != "Young Liu"] == []


def test_every_finding_says_why() -> None:
    text = f"نموذج الذكاء الاصطناعي من Openai.\nمركز بيانات {AMNESTY} الجديد."
    assert all(f.evidence and f.evidence[0].detail and 0 < f.confidence <= 1 for f in find(text, "ar"))


def test_an_arabic_preposition_glued_to_a_word_is_no_misspelling() -> None:
    text = "الاستدلال أرخص من التدريب. يحتاج الاستدلال إلى رقائق. ينمو الاستدلال بسرعة. هذا المركز مخصص للاستدلال."
    assert errors(find(text, "ar")) == []


def test_a_name_that_opens_a_line_is_no_address() -> None:
    assert errors(find("Il l’a dit hier.\nOpenai vend des puces.", "fr")) == [("casing", "Openai", "OpenAI")]
