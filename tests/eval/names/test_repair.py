"""Repairs of planted errors, whole files: a second run changes nothing, and undoing gives the bytes back."""

from __future__ import annotations

import html
import random
from functools import cache
from pathlib import Path

import pytest

from corpora.article import Article
from corpora.readers.base import read_article
from corpora.sentences import split_sentences
from eval.names.changes import ChangeList, from_json, list_changes, to_json, undo
from eval.names.detect import find_names
from eval.names.knowledge import Knowledge
from eval.names.normalise import choose, plan, repair
from tests.benchmarks.name_articles import Document, frame_documents
from tests.benchmarks.name_corruption import corrupt

ARTICLES = 3
CASES = [(number, lang) for number in range(ARTICLES) for lang in ("ar", "fr")]


@cache
def documents() -> tuple[Document, ...]:
    return tuple(frame_documents(Knowledge.bundled(), ARTICLES, random.Random(5)))


def corrupted(number: int, lang: str) -> list[str]:
    document = documents()[number]
    rng = random.Random(f"{number}-{lang}")
    lines, truth = corrupt(document.lines[lang], document.names[lang], lang, rng=rng, share=0.5)
    assert truth
    return lines


def page(lines: list[str], lang: str) -> str:
    """The lines as paragraphs, the second word of each in bold: a name may begin or end in the markup."""
    paragraphs = []
    for line in lines:
        first, _, rest = line.partition(" ")
        second, _, rest = rest.partition(" ")
        paragraphs.append(f"<p>{html.escape(first)} <b>{html.escape(second)}</b> {html.escape(rest)}</p>")
    body = "\r\n".join(paragraphs)
    head = '<head><meta charset="utf-8"><title>t</title></head>'
    return f'<html lang="{lang}">{head}<body><article>{body}</article></body></html>\r\n'


def fixed(path: Path, lang: str) -> tuple[bytes, ChangeList]:
    old = path.read_bytes()
    article = read_article(path, lang=lang)
    found = choose(find_names(article, split_sentences(article)))
    done = repair([article], [found])
    return done.data, list_changes(path.name, path.name, old, done.data, done.changes)


@pytest.mark.parametrize(("number", "lang"), CASES)
@pytest.mark.parametrize("ending", [".txt", ".html"])
def test_a_second_repair_changes_nothing_and_undo_gives_the_bytes_back(
    tmp_path: Path, number: int, lang: str, ending: str
) -> None:
    lines = corrupted(number, lang)
    path = tmp_path / f"article{ending}"
    path.write_bytes((page(lines, lang) if ending == ".html" else "\n".join(lines)).encode())
    old = path.read_bytes()
    new, changes = fixed(path, lang)
    assert changes.changes
    assert undo(from_json(to_json(changes)), new) == old
    path.write_bytes(new)
    again, second = fixed(path, lang)
    assert second.changes == ()
    assert again == new


@pytest.mark.parametrize(("number", "lang"), CASES)
def test_a_repair_changes_only_what_a_finding_names(number: int, lang: str) -> None:
    text = "\n".join(corrupted(number, lang))
    article = Article("a.txt", text, lang)
    found = choose(find_names(article, split_sentences(article)))
    position, pieces = 0, []
    for change in plan(article, found):
        assert text[change.start : change.end] == change.surface
        assert any(finding.id == change.finding and change.start <= finding.start for finding in found)
        pieces += [text[position : change.start], change.replacement]
        position = change.end
    new = "".join([*pieces, text[position:]])
    for change in plan(article, found):
        assert new[change.new_start : change.new_end] == change.replacement


@pytest.mark.parametrize(
    ("lang", "text", "repaired"),
    [
        ("fr", "Un porte-parole d’Openai et l’avis d’Elon Muskk.", "Un porte-parole d’OpenAI et l’avis d’Elon Musk."),
        ("ar", "قالت شركة Openai وOpenai ولOpenai.", "قالت شركة OpenAI وOpenAI ولOpenAI."),
    ],
)
def test_what_is_joined_to_a_name_stays_joined(lang: str, text: str, repaired: str) -> None:
    article = Article("a.txt", text, lang)
    for change in reversed(plan(article, choose(find_names(article, split_sentences(article))))):
        text = text[: change.start] + change.replacement + text[change.end :]
    assert text == repaired
