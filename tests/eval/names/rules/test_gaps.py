"""A hole in the grammar of a sentence is seen; a sentence without one is left alone."""

from __future__ import annotations

import pytest

from eval.names.rules.gaps import shows_gap


@pytest.mark.parametrize(
    ("lang", "sentence"),
    [
        ("fr", "Le Conseil a renforcé les sanctions contre la depuis 2006."),
        ("fr", "La et le Chili continueront à échanger."),
        ("fr", "Même avant la déposition publique de expliquant les faits."),
        ("fr", " a refusé de commenter."),
        ("fr", "L’annonce a été faite à."),
        ("ar", "وصدر الإعلان في قبل منتصف الليل، بحسب ما ذكرته في."),
        ("ar", "فإن الطلب على ينمو بوتيرة أسرع."),
        ("ar", "تمتد الاتفاقية بين سينوبك و لثلاث سنوات."),
        ("en", "The talks were held in the, officials said."),
    ],
)
def test_a_word_that_governs_nothing_shows_a_gap(lang: str, sentence: str) -> None:
    assert shows_gap(sentence, lang)


@pytest.mark.parametrize(
    ("lang", "sentence"),
    [
        ("fr", "Le Conseil a renforcé les sanctions contre la Corée du Nord depuis 2006."),
        ("fr", "L’accord entre la France et l’Italie dure trois ans."),
        ("fr", "De onze heures à midi, il a parlé de lui."),
        ("ar", "وصدر الإعلان في يوليو قبل منتصف الليل."),
        ("ar", "وأشار إلى أن الطلب على النفط ينمو."),
        ("en", "The talks were held in Geneva, officials said."),
        ("zh", "会谈在日内瓦举行。"),
        ("fr", ""),
    ],
)
def test_a_whole_sentence_shows_none(lang: str, sentence: str) -> None:
    assert not shows_gap(sentence, lang)
