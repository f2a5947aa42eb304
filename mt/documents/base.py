"""A path in, the document to translate out; its segments' translations in, the translated file out.

The articles come from `corpora.readers`; here they become fields with passages. To add a format, add a function
`(Decoded, path, language, target language) -> tuple[Field, ...]` and its entry.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import BinaryIO, Final

from corpora.article import Article, Block
from corpora.errors import UsageError
from corpora.language import parse
from corpora.readers.base import READERS, decode_file, format_of
from corpora.readers.decode import Decoded, encode
from mt.documents.attributes import attribute_texts, said_by, with_attributes
from mt.documents.html import declared_for, declared_utf8, html_passages, sequence_of
from mt.documents.markdown import front_language, markdown_passages
from mt.documents.prose import text_passages
from mt.documents.segment import Document, Field
from mt.documents.units import read_units
from mt.documents.writing import field_text

_UNICODE: Final = frozenset({"utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"})
_TITLE_KEYS: Final = "title|headline|headline_text|name"
_LANG_KEYS: Final = "lang|language|lang_code|language_code|locale"

_MARKED_UP: Final = frozenset({"html", "tmx", "xliff"})
_XLIFF_SUFFIXES: Final = (".xlf", ".xliff")
_XLIFF = re.compile(r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:\w+:)?xliff\b", re.DOTALL)
_MARKDOWN = re.compile(
    r"\A---[ \t]*\n|^#{1,6} \S|^(?:```|~~~)|\]\((?:https?:|[/.#])[^\s)]*\)|(?<!\*)\*\*[^\s*][^*\n]*\*\*", re.MULTILINE
)

Reader = Callable[[Decoded, str, str | None, str], tuple[Field, ...]]


def read_document(
    path: str | Path,
    *,
    to: str,
    lang: str | None = None,
    format: str | None = None,
    stdin: BinaryIO | None = None,
) -> Document:
    """A file as a document to translate into the language `to`: of XLIFF and TMX, what has no translation yet.

    Args:
        format: a name in `FORMATS`; without it the file's name or its first characters decide.

    Raises:
        UsageError: no such format.
        InputError, FormatError, LanguageError: as `corpora.readers.base.read_articles`.
    """
    name = str(path)
    given = parse(lang) if lang is not None else None
    decoded = decode_file(path, lang=given, stdin=stdin)
    format = format or _format(name, decoded.text)
    if format not in FORMATS:
        raise UsageError(f"no format {format!r}", cure=f"use one of {', '.join(FORMATS)}")
    fields = FORMATS[format](decoded, name, given, parse(to))
    return Document(name, format, decoded.encoding, decoded.bom, decoded.text, fields)


def _format(name: str, text: str) -> str:
    if name.lower().endswith(_XLIFF_SUFFIXES) or _XLIFF.match(text[:4096]):
        return "xliff"
    format = format_of(name, text)
    # What comes through a pipe has no name that would say so.
    return "markdown" if name == "-" and format == "text" and _MARKDOWN.search(text) else format


def written(document: Document, rendered: Sequence[Mapping[int, str]], target_lang: str) -> bytes:
    """The translated file.

    A Unicode encoding is kept; any other becomes UTF-8, since an old code page seldom holds another language.

    Args:
        rendered: for each field, what stands in the place of the segment that starts there.
    """
    parts, at = [], 0
    said: dict[str, str] = {}
    for field, segments in zip(document.fields, rendered, strict=True):
        text = field_text(field, segments, target_lang)
        if field.in_tags:
            said = said_by(field.content, text)
            continue
        if field.json:
            text = _in_json(text, document.raw, field)
        parts += [document.raw[at : field.start], field.before, text, field.after]
        at = field.end
    content = "".join(parts) + document.raw[at:]
    kept = document.encoding in _UNICODE
    if document.format in _MARKED_UP and not kept:
        content = declared_utf8(content)
    if document.format == "html":
        content = with_attributes(content, said)
        content = declared_for(content, target_lang)
    return encode(content, document.encoding if kept else "utf-8", bom=document.bom and kept)


def _in_json(text: str, raw: str, field: Field) -> str:
    """The inside of a JSON string; with escapes alone where its record was written so."""
    line = raw[raw.rfind("\n", 0, field.start) + 1 : field.end]
    return json.dumps(text, ensure_ascii="\\u" in line and line.isascii())[1:-1]


def _text(decoded: Decoded, path: str, lang: str | None, _to: str) -> tuple[Field, ...]:
    (article,) = READERS["text"](decoded, path, lang)
    text = decoded.text
    passages = tuple(text_passages(text, article.blocks, article.lang))
    return (Field(path, article.lang, 0, len(text), text, passages),)


def _markdown(decoded: Decoded, path: str, lang: str | None, _to: str) -> tuple[Field, ...]:
    (article,) = READERS["markdown"](decoded, path, lang)
    text = decoded.text
    passages = tuple(markdown_passages(text, article.blocks, article.lang))
    named = front_language(text)
    labels = (named,) if named else ()
    return (Field(path, article.lang, 0, len(text), text, passages, "markdown", labels=labels),)


def _html(decoded: Decoded, path: str, lang: str | None, _to: str) -> tuple[Field, ...]:
    (article,) = READERS["html"](decoded, path, lang)
    text = decoded.text
    passages = tuple(sequence_of(list(html_passages(text, article.lang))))
    page = Field(path, article.lang, 0, len(text), text, passages, "html")
    lines = "\n".join(attribute_texts(text))
    blocks = [Block(found.start(), found.end(), "heading") for found in re.finditer(r"[^\n]+", lines)]
    asides = tuple(text_passages(lines, blocks, article.lang))
    return (page, Field(path, article.lang, len(text), len(text), lines, asides, in_tags=True)) if lines else (page,)


def _jsonl(decoded: Decoded, path: str, lang: str | None, _to: str) -> tuple[Field, ...]:
    return tuple(field for article in READERS["jsonl"](decoded, path, lang) for field in _record(article))


FORMATS: Final[Mapping[str, Reader]] = {
    "text": _text,
    "markdown": _markdown,
    "html": _html,
    "jsonl": _jsonl,
    "tmx": read_units,
    "xliff": read_units,
}


def _record(article: Article) -> list[Field]:
    """The values of one record that are translated, and the one that names its language, as they stand."""
    fields = []
    if article.nodes:
        place = article.nodes[0].raw_start, article.nodes[-1].raw_end
        fields.append(_value(article, place, article.text, article.blocks))
    title = _literal(article, _TITLE_KEYS, article.title)
    if title is not None and article.title and article.title.strip():
        fields.append(_value(article, title, article.title, (Block(0, len(article.title), "heading"),)))
    named = _literal(article, _LANG_KEYS)
    if named is not None:
        begin, end = article.raw_start + named[0], article.raw_start + named[1]
        fields.append(Field(article.path, article.lang, begin, end, "", json=True, labels=((0, 0),)))
    return sorted(fields, key=lambda field: field.start)


def _value(article: Article, place: tuple[int, int], text: str, blocks: Sequence[Block]) -> Field:
    passages = tuple(text_passages(text, blocks, article.lang))
    start, end = article.raw_start + place[0], article.raw_start + place[1]
    return Field(article.path, article.lang, start, end, text, passages, json=True)


def _literal(article: Article, keys: str, value: str | None = None) -> tuple[int, int] | None:
    """Where a record's string under one of these keys stands, without its quotes; the one with this value, if given."""
    for found in re.finditer(rf"\"(?:{keys})\"\s*:\s*\"((?:[^\"\\]|\\.)*)\"", article.raw, re.IGNORECASE):
        if value is None or json.loads(f'"{found.group(1)}"') == value:
            return found.span(1)
    return None
