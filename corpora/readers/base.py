"""A path (or `-`) in, its articles out; edits of them in, the file's bytes out.

    article = read_article("story.html")
    data = write_back([article], [[Edit(start, end, "OpenAI")]])

The registry names a reader per format. To add one, add a function `(Decoded, path, lang) -> list[Article]`, its entry
and its suffixes; the contract tests then run on it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import BinaryIO

from corpora.article import Article
from corpora.errors import EmptyError, InputError, MuwaziError, UsageError
from corpora.files import read_bytes
from corpora.language import parse
from corpora.readers.decode import Decoded, decode
from corpora.readers.hints import NO_HINT, language_of
from corpora.readers.html import read_html
from corpora.readers.jsonl import Records, read_json, read_jsonl
from corpora.readers.markdown import read_markdown
from corpora.readers.text import read_text
from corpora.readers.tmx import read_tmx
from corpora.readers.writing import Edit, raw_text, write_back

__all__ = [
    "READERS",
    "SUFFIXES",
    "Edit",
    "decode_file",
    "raw_text",
    "read_article",
    "read_articles",
    "readable_articles",
    "write_back",
]

Reader = Callable[[Decoded, str, str | None], list[Article]]


def _one(read: Callable[[Decoded, str, str], Article]) -> Reader:
    """A reader of one article whose language must be known before."""

    def reader(decoded: Decoded, path: str, lang: str | None) -> list[Article]:
        return [read(decoded, path, language_of(decoded.text, lang, NO_HINT, path))]

    return reader


READERS: Mapping[str, Reader] = {
    "text": _one(read_text),
    "markdown": _one(read_markdown),
    "html": lambda decoded, path, lang: [read_html(decoded, path, lang)],
    "json": read_json,
    "jsonl": read_jsonl,
    "tmx": read_tmx,
}
SUFFIXES: Mapping[str, str] = {
    **dict.fromkeys((".txt", ".text"), "text"),
    **dict.fromkeys((".md", ".markdown"), "markdown"),
    **dict.fromkeys((".html", ".htm", ".xhtml"), "html"),
    **dict.fromkeys((".jsonl", ".ndjson"), "jsonl"),
    ".json": "json",
    ".tmx": "tmx",
}
_SNIFFED = (
    (
        re.compile(r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html)\b", re.IGNORECASE | re.DOTALL),
        "html",
    ),
    (re.compile(r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*(?:<!DOCTYPE\s+tmx[^>]*>\s*)?<tmx\b", re.DOTALL), "tmx"),
    (re.compile(r"\s*\{\s*\"[^\"\n]{1,60}\"\s*:[^\n]*\}\s*(?:\n|\Z)"), "jsonl"),
    (re.compile(r"\s*\{\s*\"[^\"\n]{1,60}\"\s*:\s*[\"\[{0-9tfn-]"), "json"),
)
_FRAGMENT = re.compile(r"(?P<file>.+)#(?P<name>[^#/\\]+)")


def read_article(path: str | Path, *, lang: str | None = None, stdin: BinaryIO | None = None) -> Article:
    """The one article of a file; of a file with several, the one that `file.jsonl#3` or `file.tmx#ar` names.

    A TMX file's side is also chosen by `lang`.

    Raises:
        InputError: not exactly one article, or no readable file.
        LanguageError: nobody knows `lang`.
    """
    articles = read_articles(path, lang=lang, stdin=stdin)
    if len(articles) > 1 and lang is not None and articles[0].format == "tmx":
        articles = [article for article in articles if article.lang == parse(lang)] or articles
    if len(articles) != 1:
        names = ", ".join(article.path.rpartition("#")[2] for article in articles[:6])
        more = ", …" if len(articles) > 6 else ""
        raise InputError(
            f"one article is needed here and this file has {len(articles)} ({names}{more})",
            where=str(path),
            cure=f"name one: {articles[0].path}",
        )
    return articles[0]


def read_articles(path: str | Path, *, lang: str | None = None, stdin: BinaryIO | None = None) -> list[Article]:
    """Every article of a file: one, or as many as a JSONL file has records or a TMX file has languages.

    Args:
        lang: the language, where the user knows it; else the file declares it or it is detected.
        stdin: what `-` reads; standard input by default.

    Raises:
        InputError: no file, not text, nothing in it (EmptyError), or in an encoding that cannot be told.
        FormatError: the file breaks the rules of its format; the message names the line.
        LanguageError: nobody knows `lang`.
    """
    given = parse(lang) if lang is not None else None
    name = str(path)
    fragment = _FRAGMENT.fullmatch(name)
    if fragment and not Path(name).exists():
        return [_article_of(fragment["file"], fragment["name"], given)]
    return _read(decode_file(path, lang=given, stdin=stdin), name, given)


def _read(decoded: Decoded, name: str, lang: str | None) -> list[Article]:
    articles = READERS[format_of(name, decoded.text)](decoded, name, lang)
    if not any(article.text.strip() for article in articles):
        raise EmptyError("there is no text in it", where=name, cure="was it saved with its content?")
    return articles


def readable_articles(path: str) -> tuple[list[Article], list[tuple[str, MuwaziError]]]:
    """Every article of a file that can be read, and why the others cannot: a broken record costs no other one.

    Raises:
        InputError, FormatError: as `read_articles`, where the file as a whole is at fault.
    """
    decoded = decode_file(path)
    if format_of(path, decoded.text) != "jsonl" or not (records := Records.of(decoded, path)).spans:
        return _read(decoded, path, None), []
    articles: list[Article] = []
    failed: list[tuple[str, MuwaziError]] = []
    for number in records.spans:
        try:
            articles.append(records.article(number, None))
        except MuwaziError as error:
            failed.append((f"{path}#{number}", error))
    return articles, failed


def _article_of(file: str, part: str, lang: str | None) -> Article:
    """One article of a file that has several."""
    try:
        state = Path(file).stat()
    except OSError:
        read_articles(file)  # says why
        raise
    opened = _opened(file, lang, state.st_mtime_ns, state.st_size)
    if isinstance(opened, Records):
        found = opened.article(part, lang) if part in opened.spans else None
    else:
        found = next((article for article in opened if article.path == f"{file}#{part}"), None)
    if found is None:
        raise InputError("there is no such article in this file", where=f"{file}#{part}", cure="check the part after #")
    return found


@lru_cache(maxsize=2)  # who works through all articles of a file, or of two side by side, asks for one after the other
def _opened(file: str, lang: str | None, _changed: int, _size: int) -> Records | list[Article]:
    """A file's records, or all its articles where it takes reading it to tell them apart."""
    decoded = decode_file(file, lang=lang)
    return Records.of(decoded, file) if format_of(file, decoded.text) == "jsonl" else _read(decoded, file, lang)


def decode_file(path: str | Path, *, lang: str | None = None, stdin: BinaryIO | None = None) -> Decoded:
    """The decoded file behind a path, as the readers get it."""
    data = read_bytes(path, stdin=stdin)
    markup = data[:256].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<")
    markup = markup or SUFFIXES.get(Path(path).suffix.lower()) in ("html", "tmx")
    where = "standard input" if str(path) == "-" else str(path)
    return decode(data, where=where, lang=lang, markup=markup)


def format_of(path: str, text: str) -> str:
    """The format that a file's suffix names, or that its beginning shows; plain text for anything else."""
    suffix = Path(path).suffix.lower()
    if suffix in SUFFIXES:
        return SUFFIXES[suffix]
    if suffix in _PAIRS:
        cure = f"give it where pairs are expected (muwazi check PAIRS{suffix}), or convert it"
        raise UsageError("this format holds pairs, not an article", where=path, cure=cure)
    head = text[:4096]
    return next((name for pattern, name in _SNIFFED if pattern.match(head)), "text")


_PAIRS = frozenset({".xliff", ".xlf", ".tsv", ".csv", ".parquet"})
