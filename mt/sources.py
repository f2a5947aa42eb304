"""A folder in, its articles' facts out: what can be told of each file by itself, in any worker."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path, PurePosixPath
from typing import Any, Final

from corpora.article import Article
from corpora.errors import InputError, LanguageError, MuwaziError
from mt.document import Document, load

_SURE: Final = 0.8  # below it a label in the path is worth more than what the text looks like
_SEPARATORS: Final = re.compile(r"[._\- ]+")
_LANGUAGE_TAG: Final = re.compile(r"[A-Za-z]{2,3}(?:[-_](?:[A-Za-z]{4}|[A-Za-z]{2}))?")
_KEYS: Final[Mapping[str, tuple[str, ...]]] = {
    "licence": ("licence", "license"),
    "url": ("url", "link", "source_url"),
    "story": ("id", "doc_id", "article_id"),
}

_HEAD: Final[Mapping[str, frozenset[str]]] = {
    "url": frozenset({"canonical", "og:url"}),
    "licence": frozenset({"license", "dcterms.license", "dc.rights"}),
}


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file below the folder; `id` is its relative path in a form that every table can hold."""

    path: str
    id: str


@dataclass(frozen=True, slots=True)
class ArticleFacts:
    """What the plan needs to know of an article.

    Attributes:
        id: relative path, with the record or side behind `#`; no two articles share one.
        fragment: that record or side, empty where the file is the article.
        sha256: of its text.
        signature: MinHash of its text, as hexadecimal: near-duplicates must not fall into different splits.
        licence, url: where the file says so.
    """

    id: str
    path: str
    fragment: str
    lang: str
    format: str
    sha256: str
    stem: str
    signature: str
    title: str | None = None
    licence: str | None = None
    url: str | None = None

    @property
    def place(self) -> str:
        """What readers take: the file, with the record or side in it."""
        return f"{self.path}#{self.fragment}" if self.fragment else self.path


@dataclass(frozen=True, slots=True)
class FileFacts:
    """The articles of a file; `failed` names those that cannot be read, or the file, and says why."""

    articles: tuple[ArticleFacts, ...]
    failed: tuple[tuple[str, str], ...] = ()


def find_files(
    folder: Path, *, leave_out: Sequence[Path] = (), also: frozenset[str] = frozenset()
) -> tuple[list[SourceFile], list[str]]:
    """The files that can be articles, in order, and the ids of links that lead out of the folder and are not followed.

    Hidden files, datasets of ours and what is in `leave_out` are passed over. `also`: suffixes of more kinds of files.

    Raises:
        InputError: this is no folder.
    """
    from corpora.dataset_folder import manifest_of
    from corpora.readers.base import SUFFIXES

    if not folder.is_dir():
        raise InputError("this is not a folder", where=str(folder), cure="give the folder that holds the articles")
    root = folder.resolve()
    above = len(str(root).rstrip(os.sep)) + 1
    outside = {path.resolve() for path in leave_out}
    suffixes = {*SUFFIXES, *also}
    found, refused = [], []
    for place, folders, names in os.walk(root):
        below = Path(place)
        folders[:] = sorted(
            name for name in folders if not name.startswith(".") and (below / name).resolve() not in outside
        )
        if below != root and manifest_of(below) is not None:
            folders.clear()
            continue
        for name in sorted(names):
            path = below / name
            if name.startswith(".") or path.suffix.lower() not in suffixes:
                continue
            file = SourceFile(str(path), _readable(str(path)[above:].replace(os.sep, "/")))
            if path.is_symlink() and not path.resolve().is_relative_to(root):
                refused.append(file.id)
            else:
                found.append(file)
    return sorted(found, key=lambda file: file.id), sorted(refused)


def _readable(name: str) -> str:
    """A file name in a form that UTF-8 can hold."""
    return os.fsencode(name).decode("utf-8", "backslashreplace")


def read_all(files: Sequence[SourceFile]) -> list[FileFacts]:
    """Read some files, each as `read_facts` does."""
    return [read_facts(file) for file in files]


def read_facts(file: SourceFile) -> FileFacts:
    """Read a file for what the plan needs of it; errors become part of the answer, for the rest must go on."""
    from corpora.language import detect
    from corpora.readers.base import read_articles, readable_articles

    try:
        label = _label(file.id)
        articles, failed = readable_articles(file.path)
        if label is not None and articles and articles[0].format in ("text", "markdown", "html"):
            # A short or mixed text can look like anything; then the path knows better. A clear text overrules it.
            detected = detect(articles[0].text)
            if detected.lang != label and detected.confidence < _SURE:
                articles = read_articles(file.path, lang=label)
        return FileFacts(
            tuple(_facts(file, article) for article in articles if article.text.strip()),
            tuple((f"{file.id}{path.removeprefix(file.path)}", _told(error)) for path, error in failed),
        )
    except MuwaziError as error:
        return FileFacts((), ((file.id, _told(error)),))


def _told(error: MuwaziError) -> str:
    return " – ".join(filter(None, (error.what, error.cure)))


def _facts(file: SourceFile, article: Article) -> ArticleFacts:
    from corpora.dedupe import ARTICLES, signature
    from corpora.filters import comparable

    _, mark, fragment = article.path.removeprefix(file.path).rpartition("#")
    said = _said(article)
    text = comparable(article.text)
    identifier = f"{file.id}#{fragment}" if mark else file.id
    return ArticleFacts(
        id=identifier,
        path=file.path,
        fragment=fragment if mark else "",
        lang=article.lang,
        format=article.format,
        sha256=text_hash(article),
        stem=_stem(file.id, article, said.get("story") or (fragment if article.format != "tmx" else "")),
        signature=signature([text], ARTICLES.ngram).tobytes().hex(),
        title=article.title,
        licence=said.get("licence"),
        url=said.get("url"),
    )


def text_hash(article: Article) -> str:
    """SHA-256 of an article's text."""
    return sha256(article.text.encode("utf-8", "surrogatepass")).hexdigest()


def _said(article: Article) -> dict[str, str]:
    """What a JSON record, or the head of a web page, says about itself besides its text."""
    if article.format == "html" and article.raw:
        head = _Head()
        head.feed(article.raw)
        return head.said
    if article.format not in ("json", "jsonl") or not article.raw:
        return {}
    try:
        record: Any = json.loads(article.raw)
    except ValueError:
        return {}
    if not isinstance(record, dict):
        return {}
    return {
        name: str(value)
        for name, keys in _KEYS.items()
        if (value := next((record[key] for key in keys if isinstance(record.get(key), str | int)), None)) is not None
    }


class _Head(HTMLParser):
    """Where a page says that it stands, and under which licence: the first of each."""

    def __init__(self) -> None:
        super().__init__()
        self.said: dict[str, str] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Look at a link or a meta element."""
        given = {name: value or "" for name, value in attrs}
        kinds = {*given.get("rel", "").lower().split(), given.get("property", given.get("name", "")).lower()}
        value = given.get("href" if tag in ("link", "a") else "content", "").strip()
        for name, wanted in _HEAD.items():
            if value and tag in ("link", "meta", "a") and kinds & wanted:
                self.said.setdefault(name, value)


def _stem(identifier: str, article: Article, record: str) -> str:
    """The path without the article's language: what source and translations have in common."""
    path = PurePosixPath(identifier)
    folders = [part for part in path.parts[:-1] if _language(part) != primary(article.lang)]
    pieces = _SEPARATORS.split(path.name.removesuffix(path.suffix))
    kept = [piece for piece in pieces if _language(piece) != primary(article.lang)]
    # Records of one file are told apart by their ids, and two files that hold one story each by theirs.
    return "/".join([*folders, ".".join(kept), *([f"#{record}"] if record else [])]).casefold()


def _label(identifier: str) -> str | None:
    """The language that a path names, the one nearest to the file's end first."""
    path = PurePosixPath(identifier)
    pieces = [*reversed(_SEPARATORS.split(path.name.removesuffix(path.suffix))[1:]), *reversed(path.parts[:-1])]
    return next((piece for piece in pieces if _language(piece) is not None), None)


@cache
def _language(piece: str) -> str | None:
    """The primary subtag that a piece of a path stands for: a code (`ar`, `zh-Hans`) or an English name (`arabic`)."""
    from corpora.language import parse, table

    named = {language.name.casefold(): code for code, language in table().items()}
    if (code := named.get(piece.casefold())) is not None:
        return primary(code)
    if not _LANGUAGE_TAG.fullmatch(piece):
        return None
    try:
        return primary(parse(piece))
    except LanguageError:
        return None


def load_article(facts: ArticleFacts) -> Document:
    """The article's document, under its id.

    Raises:
        InputError: it is not what it was when it was planned.
    """
    document = load(facts.place, lang=facts.lang)
    if text_hash(document.article) != facts.sha256:
        raise InputError("the file changed while the dataset was built", where=facts.id, cure="run again")
    return Document(replace(document.article, path=facts.id), document.sentences)


def primary(lang: str) -> str:
    """The language itself, without script and region."""
    return lang.partition("-")[0]
