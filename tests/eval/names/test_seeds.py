"""The real machine-translated articles: every corruption that was named is found, what is right is left alone."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from alignment.align import align
from corpora.article import Article, Sentence
from corpora.readers.base import read_article
from corpora.sentences import split_sentences
from eval.names.detect import find_names
from eval.names.entity import NameFinding
from eval.names.normalise import choose, repair
from eval.result import Witness

SEEDS = Path(__file__).resolve().parents[4] / "shared" / "seeds"
pytestmark = [
    pytest.mark.seeds,
    pytest.mark.skipif(not list(SEEDS.glob("000_*")), reason="the real articles are not beside the repository"),
]
AMNESTY = "منظمة العفو الدولية"


@cache
def seed(number: str, lang: str) -> tuple[Article, tuple[Sentence, ...]]:
    checked = read_article(next(SEEDS.glob(f"{number}_*.txt")), lang=lang)
    return checked, tuple(split_sentences(checked))


@cache
def findings(number: str, lang: str, other: tuple[str, str] | None = None) -> list[NameFinding]:
    checked, sentences = seed(number, lang)
    witnesses = []
    if other is not None:
        theirs, their_sentences = seed(*other)
        beads = align(their_sentences, sentences, source_lang=theirs.lang, target_lang=lang)
        witnesses.append(Witness("other", theirs, their_sentences, beads))
    return find_names(checked, sentences, witnesses)


def wrong(found: list[NameFinding]) -> Counter[str]:
    return Counter(finding.surface for finding in found if finding.severity == "error")


@pytest.mark.parametrize("other", [None, ("001", "fr")])
def test_every_corruption_of_the_first_article_is_found(other: tuple[str, str] | None) -> None:
    text = seed("000", "ar")[0].text
    surfaces = wrong(findings("000", "ar", other))
    for name in ("Openai", "Chatgpt", "ChatGpt", AMNESTY):
        assert surfaces[name] == text.count(name), name
    assert "أمره الجديد A" in surfaces


def test_every_corruption_of_the_french_article_is_found() -> None:
    text = seed("001", "fr")[0].text
    surfaces = wrong(findings("001", "fr", ("000", "ar")))
    for name in ("Openai", "Chatgpt", "Ai -Herkalibration", "AI-Adoption"):
        assert surfaces[name] == text.count(name), name


def test_every_corruption_of_the_pasted_article_is_found_in_both_copies() -> None:
    text = seed("003", "ar")[0].text
    surfaces = wrong(findings("003", "ar"))
    for name in ("Huang Renxun", "Liu Deyin", "ليو داين", "Cloude", "CoWos", "TSMC’s"):
        assert surfaces[name] == text.count(name) > 1, name


@pytest.mark.parametrize(("number", "lang"), [("000", "ar"), ("001", "fr"), ("003", "ar")])
def test_right_names_are_left_alone(number: str, lang: str) -> None:
    right = re.compile(r"Meta|Cloud|GB[23]00|[HA][12]00|OpenAI|ChatGPT|Google|Microsoft|Anthropic")
    assert [f.surface for f in findings(number, lang) if f.severity == "error" and right.fullmatch(f.surface)] == []


def test_the_repair_reads_right_and_is_done_once() -> None:
    checked, _ = seed("000", "ar")
    fixed = repair([checked], [choose(findings("000", "ar", ("001", "fr")))]).data.decode("utf-8")
    assert "البنية التحتية للذكاء الاصطناعي" in fixed
    assert "Openai" not in fixed
    again = Article(checked.path, fixed, "ar")
    assert [f for f in choose(find_names(again, split_sentences(again))) if f.kind == "acronym_misexpansion"] == []
