"""A file in, an article with its sentences out: what every step of the job takes."""

from __future__ import annotations

from dataclasses import dataclass

from corpora.article import Article, Sentence
from corpora.errors import EmptyError
from corpora.formats.pair import UNDETERMINED


@dataclass(frozen=True, slots=True)
class Document:
    """An article with its sentences."""

    article: Article
    sentences: tuple[Sentence, ...]

    @property
    def lang(self) -> str:
        """BCP-47 code of the article."""
        return self.article.lang


def load(path: str, *, lang: str | None = None, presegmented: bool = False, may_be_empty: bool = False) -> Document:
    """Read one article and cut it into sentences.

    A file without text is an error, or, where it `may_be_empty`, an article of no sentences (of its blank lines, if it
    is `presegmented`), in an undetermined language if `lang` is not given.

    Raises:
        InputError, LanguageError: a file or a language that cannot be used.
    """
    from corpora.readers.base import read_article
    from corpora.sentences import split_sentences

    try:
        article = read_article(path, lang=lang)
    except EmptyError:
        if not may_be_empty:
            raise
        article = _without_text(path, lang)
        if not article.text:  # nothing at all is no line, not a blank one
            return Document(article, ())
    return Document(article, tuple(split_sentences(article, presegmented=presegmented)))


def _without_text(path: str, lang: str | None) -> Article:
    """The article of a file that holds white space, or markup, or nothing at all."""
    from corpora.language import parse
    from corpora.readers.base import decode_file, format_of

    try:
        text = decode_file(path).text
    except EmptyError:
        text = ""
    blank = text if format_of(path, text) == "text" else ""
    return Article(path, blank, parse(lang) if lang is not None else UNDETERMINED)
