"""A file in, an article with its sentences out: what every step of the job takes."""

from __future__ import annotations

from dataclasses import dataclass

from corpora.article import Article, Sentence


@dataclass(frozen=True, slots=True)
class Document:
    """An article with its sentences."""

    article: Article
    sentences: tuple[Sentence, ...]

    @property
    def lang(self) -> str:
        """BCP-47 code of the article."""
        return self.article.lang


def load(path: str, *, lang: str | None = None, presegmented: bool = False) -> Document:
    """Read one article and cut it into sentences.

    Raises:
        InputError, LanguageError: a file or a language that cannot be used.
    """
    from corpora.readers.base import read_article
    from corpora.sentences import split_sentences

    article = read_article(path, lang=lang)
    return Document(article, tuple(split_sentences(article, presegmented=presegmented)))
