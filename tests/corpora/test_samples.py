"""The bundled samples say what they claim: every error stands at its place, every sentence in one gold bead."""

from __future__ import annotations

import re
from html import unescape
from itertools import pairwise
from pathlib import Path
from typing import get_args

import pytest

from corpora.errors import InputError
from corpora.samples.catalogue import (
    Sample,
    SampleFile,
    Triple,
    Truth,
    gold,
    repaired,
    sample,
    samples,
    triples,
    truth,
)
from eval.names.entity import FindingKind, Severity

NAMES = [article.name for article in samples()]
SIDES = [side for article in samples() for side in (article.source, *article.translations)]
ROWS = [row for name in NAMES for row in truth(name)]
ARABIC = re.compile(r"[\u0621-\u064a]")
LATIN = re.compile(r"[A-Za-zÀ-ɏ]")
INVISIBLE = re.compile(r"[\u00ad\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")


def words(text: str) -> list[str]:
    return [word for word in text.split() if re.search(r"\w", word)]


def visible(side: SampleFile) -> str:
    if side.format != "html":
        return side.text()
    return re.sub(r"[ \t\r\n]+", " ", unescape(re.sub(r"<[^>]+>", "", side.text())))


def test_there_are_articles_of_every_format_and_topic() -> None:
    assert len(samples()) >= 8
    assert len(set(NAMES)) == len(NAMES)
    assert NAMES[0] == "chip-forum"
    assert {side.format for side in SIDES} == {"text", "markdown", "html"}
    assert len({article.topic for article in samples()}) >= 6
    assert sum(article.clean for article in samples()) == 2


@pytest.mark.parametrize("name", NAMES)
def test_an_article_has_an_english_source_and_two_translations(name: str) -> None:
    article = sample(name)
    assert article.source.lang == "en"
    assert [side.lang for side in article.translations] == ["ar", "fr"]
    assert 12 <= len(article.source.sentences) <= 25


@pytest.mark.parametrize("side", SIDES, ids=lambda side: side.file)
def test_sentences_stand_in_the_file_in_order(side: SampleFile) -> None:
    text, at = visible(side), 0
    for sentence in side.sentences:
        assert sentence == sentence.strip()
        at = text.index(sentence, at) + len(sentence)
    assert len(side.marks) == len(side.sentences)


@pytest.mark.parametrize("side", SIDES, ids=lambda side: side.file)
def test_a_side_is_written_in_the_script_of_its_language(side: SampleFile) -> None:
    text = " ".join(side.sentences)
    arabic, latin = len(ARABIC.findall(text)), len(LATIN.findall(text))
    assert arabic > 5 * latin if side.lang == "ar" else arabic == 0


def rows_of(side: SampleFile) -> list[Truth]:
    return [row for row in ROWS if row.file == side.file]


@pytest.mark.parametrize("side", [side for side in SIDES if rows_of(side)], ids=lambda side: side.file)
def test_an_error_stands_at_its_place(side: SampleFile) -> None:
    text = side.text()
    for row in rows_of(side):
        sentence = side.sentences[row.sentence]
        assert text[row.start : row.end] == row.surface
        if row.kind == "missing_name":
            assert (row.surface, row.occurrence) == ("", 0)
            assert text[: row.start].endswith(sentence)
            continue
        assert row.surface == row.surface.strip() != ""
        places = [found.start() for found in re.finditer(re.escape(row.surface), text)]
        assert places[row.occurrence - 1] == row.start


@pytest.mark.parametrize("side", [side for side in SIDES if rows_of(side)], ids=lambda side: side.file)
def test_the_occurrence_counts_alike_in_the_file_and_in_its_sentences(side: SampleFile) -> None:
    for row in rows_of(side):
        if row.surface:
            before = "\n".join(side.sentences[: row.sentence]).count(row.surface)
            assert before < row.occurrence <= before + side.sentences[row.sentence].count(row.surface)
            assert side.text().count(row.surface) == "\n".join(side.sentences).count(row.surface)


def test_errors_of_every_kind_are_planted() -> None:
    assert {row.kind for row in ROWS} == set(get_args(FindingKind))
    assert {row.severity for row in ROWS} == set(get_args(Severity))
    assert sum(row.severity == "error" for row in ROWS) >= 60
    assert {row.kind for row in truth("chip-forum", "ar")} >= set(get_args(FindingKind)) - {
        "untranslated_pivot_residue"
    }
    assert len({row.entity for row in ROWS}) >= 60
    assert all(row.severity == "variant" for row in ROWS if row.kind == "inconsistent_spelling")


def test_errors_come_in_file_order_and_do_not_overlap() -> None:
    for side in SIDES:
        rows = rows_of(side)
        assert all(one.end <= other.start for one, other in pairwise(rows))
        assert all(row.lang == side.lang for row in rows)


def test_a_clean_article_has_no_errors() -> None:
    clean = [article for article in samples() if article.clean]
    assert all(truth(article.name) == () for article in clean)
    assert all(truth(article.name) for article in samples() if not article.clean)
    assert "منظمة العفو الدولية" in sample("human-rights").side("ar").text()


def test_a_repair_is_no_other_spelling_of_the_error() -> None:
    for row in ROWS:
        assert row.surface not in (row.canonical, *row.accept)
        assert row.canonical is not None or row.entity is None or row.kind == "missing_name"


def test_repairing_uses_the_canonical_forms_and_leaves_the_rest_alone() -> None:
    text = repaired("chip-forum", "ar")
    assert "للذكاء الاصطناعي" in text
    assert "منظمة العفو الدولية" not in text
    assert "لـOpenAI" in text
    assert "نفيديا" in text
    assert repaired("near-names", "fr") == sample("near-names").side("fr").text()


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("pair", [("en", "ar"), ("en", "fr"), ("ar", "fr"), ("fr", "ar")], ids="-".join)
def test_gold_holds_every_sentence_once_and_in_order(name: str, pair: tuple[str, str]) -> None:
    beads = gold(name, *pair)
    for index, lang in enumerate(pair):
        side = sample(name).side(lang)
        assert [number for bead in beads for number in bead[index]] == list(range(len(side.sentences)))
        marked = {number for number, mark in enumerate(side.marks) if mark}
        assert all(not bead[1 - index] for bead in beads if marked & set(bead[index]))
    assert all(len(bead[0]) + len(bead[1]) == 1 for bead in beads if not bead[0] or not bead[1])


def test_gold_has_merges_splits_omissions_and_additions() -> None:
    shapes = {(len(a), len(b)) for name in NAMES for b_lang in ("ar", "fr") for a, b in gold(name, "en", b_lang)}
    assert shapes >= {(1, 1), (2, 1), (1, 2), (1, 0), (0, 1)}


def test_the_articles_are_as_dirty_as_real_ones() -> None:
    assert " ،" in sample("film-festival").side("ar").text()
    assert re.search(r"^\*\* .* \*\*", sample("battery-deal").side("ar").text(), flags=re.MULTILINE)
    assert len(INVISIBLE.findall(sample("pay-wallets").side("ar").text())) >= 10
    assert 'dir="rtl"' in sample("folding-phone").side("ar").text()
    assert "boilerplate" in sample("open-models").side("ar").marks
    repeats = [s for s, m in zip(*_columns(sample("transfer-window").side("ar")), strict=True) if m == "repeat"]
    assert len(repeats) >= 8
    assert all(sample("transfer-window").side("ar").sentences.count(sentence) == 2 for sentence in repeats)


def _columns(side: SampleFile) -> tuple[tuple[str, ...], tuple[str | None, ...]]:
    return side.sentences, side.marks


def test_files_have_unix_line_ends_and_no_byte_order_mark() -> None:
    for side in SIDES:
        assert not side.data().startswith(b"\xef\xbb\xbf")
        assert b"\r" not in side.data()
        assert side.data().endswith(b"\n")


def test_writing_a_sample_gives_its_files(tmp_path: Path) -> None:
    article: Sample = sample("folding-phone")
    paths = article.write(tmp_path)
    assert [path.name for path in paths] == ["folding-phone.en.html", "folding-phone.ar.html", "folding-phone.fr.html"]
    assert paths[1].read_bytes() == article.side("ar").data()


def test_an_unknown_name_or_language_is_refused_with_what_there_is() -> None:
    with pytest.raises(InputError, match="chip-forum"):
        sample("chips")
    with pytest.raises(InputError, match="en, ar and fr"):
        sample("chip-forum").side("de")
    with pytest.raises(InputError, match="no gold alignment"):
        gold("chip-forum", "ar", "ar")
    with pytest.raises(InputError, match="en, ar or fr"):
        triples()[0].text("de")


def test_there_are_enough_triples_and_no_two_alike() -> None:
    every = triples()
    assert len(every) >= 330
    assert [triple.id for triple in every] == list(range(1, len(every) + 1))
    for lang in ("en", "ar", "fr"):
        assert len({triple.text(lang) for triple in every}) == len(every)
    assert len({triple.topic for triple in every}) >= 9


def test_the_training_subset_is_short() -> None:
    subset = triples("train")
    assert len(subset) == 24
    assert all(len(words(triple.text(lang))) <= 12 for triple in subset for lang in ("en", "ar", "fr"))
    assert {triple.subset for triple in triples()} == {"train", ""}


@pytest.mark.parametrize("topic", sorted({triple.topic for triple in triples()}))
def test_triples_are_clean_in_every_column(topic: str) -> None:
    dirty = {triple.id: flaws(triple) for triple in triples() if triple.topic == topic and flaws(triple)}
    assert dirty == {}


def flaws(triple: Triple) -> list[str]:
    """What is wrong with a triple: length, invisible characters, script, punctuation, numbers."""
    found = []
    for lang in ("en", "ar", "fr"):
        text = triple.text(lang)
        if not 6 <= len(words(text)) <= 30:
            found.append(f"{lang}: length")
        if text != text.strip() or "  " in text or INVISIBLE.search(text):
            found.append(f"{lang}: white space")
        if text[-1] not in ".?!…»”؟":
            found.append(f"{lang}: end")
        if ARABIC.search(text) if lang != "ar" else LATIN.search(text):
            found.append(f"{lang}: script")
    if re.search(r"[,;?\"]", triple.ar):
        found.append("ar: punctuation")
    if re.search(r"(?<![\u00a0\u202f])[;?!%:»]|«(?!\u00a0)|['\"]", triple.fr):
        found.append("fr: punctuation")
    if triple.en.count("“") != triple.en.count("”"):
        found.append("en: quotes")
    if not digits(triple.en) == digits(triple.ar) == digits(triple.fr):
        found.append("numbers")
    return found


def digits(text: str) -> list[str]:
    """The numbers of a sentence: thousands joined (`20,000`, `20 000`, `20 ألف`), decimals split at their mark."""
    joined = re.sub(r"(\d+) (?:ألف|آلاف)\b", r"\g<1>000", text)
    return sorted(re.findall(r"\d+", re.sub(r"(?<=\d)[,.\u202f](?=\d{3})", "", joined)))
