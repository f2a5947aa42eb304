"""Articles, witnesses and findings made by hand for the tests of this floor."""

from __future__ import annotations

from collections.abc import Sequence

from alignment.beads import Alignment, Bead
from corpora.article import Article, Mark, Sentence
from eval.result import Witness


def article(
    lang: str, texts: Sequence[str], marks: dict[int, Mark] | None = None
) -> tuple[Article, tuple[Sentence, ...]]:
    """An article with a sentence a line."""
    found, at = [], 0
    for number, text in enumerate(texts):
        found.append(Sentence(at, at + len(text), text, (marks or {}).get(number)))
        at += len(text) + 1
    return Article(f"{lang}.txt", "\n".join(texts), lang), tuple(found)


def witness(lang: str, texts: Sequence[str], beads: Sequence[Bead] | None = None, *, role: str = "source") -> Witness:
    """A witness aligned one to one, or as the beads say."""
    made, sentences = article(lang, texts)
    ones = [Bead((i,), (i,), 0.99) for i in range(len(texts))]
    kind = "source" if role == "source" else "other"
    return Witness(kind, made, sentences, Alignment(tuple(ones if beads is None else beads), "none"))
