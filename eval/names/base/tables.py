"""Rows of a table, objects of a JSON file or concepts of a TBX file in, one stanza each out: people's glossaries.

CSV and TSV have a header. The column `name` (or `en`) is the English name; a language code heads forms in that
language, `accepted CODE` and `wrong CODE` such forms, several apart by `|`; `type`, `id`, `reading`, `context` and
`flags` are as in `eval.names.base.records`.

JSON lines hold an object each, with the same single fields:

    {"name": "Nvidia", "type": "organisation", "forms": {"ar": ["إنفيديا"]}, "wrong": {"ar": ["غيرة"]}}

Of a TBX concept a deprecated term is a wrong form; its id tells namesakes apart.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from typing import Any

from corpora.errors import FormatError
from corpora.tbx import TbxConcept
from eval.names.base.records import KINDS, LANGUAGE, SINGLE, OnError, Stanza

_NAMES = ("name", "en")
_JSON_FIELDS = ("name", "forms", *KINDS, *SINGLE)
DEFAULT_TYPE = "organisation"


def table_stanzas(
    lines: Iterable[str], *, path: str, delimiter: str, type: str | None = None, on_error: OnError | None = None
) -> Iterator[Stanza]:
    """The rows of a CSV or TSV file, in file order.

    Args:
        lines: with their ends.
        type: of the rows that do not say theirs.

    Raises:
        FormatError: a column nobody knows, or a broken row without `on_error`.
    """
    reader = csv.reader(lines, delimiter=delimiter)
    header = [column.strip() for column in next(reader, [])]
    _check_columns(header, path)
    return _rows(reader, header, path, type or DEFAULT_TYPE, on_error)


def object_stanzas(
    values: Iterable[tuple[int, Any]], *, path: str, type: str | None = None, on_error: OnError | None = None
) -> Iterator[Stanza]:
    """The objects of a JSON file, each with its line, in file order; arguments and errors as `table_stanzas`."""
    for line, value in values:
        try:
            yield _object(value, f"{path}:{line}", line, type or DEFAULT_TYPE)
        except FormatError as error:
            if on_error is None:
                raise
            on_error(error)


def concept_stanzas(
    concepts: Iterable[TbxConcept], *, path: str, type: str | None = None, on_error: OnError | None = None
) -> Iterator[Stanza]:
    """The concepts of a TBX file, in file order; arguments and errors as `table_stanzas`.

    One without an English term is named by the first that is in Latin letters, else by its first.
    """
    for concept in concepts:
        try:
            yield _concept(concept, f"{path}:{concept.line}", type or DEFAULT_TYPE)
        except FormatError as error:
            if on_error is None:
                raise
            on_error(error)


def _check_columns(header: Sequence[str], path: str) -> None:
    for column in header:
        kind, _, lang = column.rpartition(" ")
        if column in SINGLE or column in _NAMES or (kind in ("", *KINDS) and LANGUAGE.fullmatch(lang)):
            continue
        near = get_close_matches(column, [*_NAMES, *SINGLE, "ar", "fr", "wrong ar", "wrong fr"], n=2)
        cure = f"nearest: {', '.join(near)}" if near else "use a language code, or name, type, id, context, flags"
        raise FormatError(f"unknown column {column!r}", where=f"{path}:1", cure=cure)
    if not set(_NAMES).intersection(header):
        raise FormatError("no column for the English name", where=f"{path}:1", cure="head one `name` or `en`")


def _rows(reader: Any, header: Sequence[str], path: str, type: str, on_error: OnError | None) -> Iterator[Stanza]:
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            broken = FormatError(f"a row that cannot be read ({error})", where=f"{path}:{reader.line_num}")
            if on_error is None:
                raise broken from error
            on_error(broken)
            continue
        line = reader.line_num
        fields = {column: cell.strip() for column, cell in zip(header, cells, strict=False) if cell.strip()}
        if not fields:
            continue
        try:
            if len(cells) > len(header):
                raise FormatError("more cells than columns", where=f"{path}:{line}", cure="quote the cell that was cut")
            if any("\n" in cell for cell in fields.values()):
                raise FormatError("a cell over several lines", where=f"{path}:{line}", cure="close the quote in it")
            yield _stanza(fields, f"{path}:{line}", line, type)
        except FormatError as error:
            if on_error is None:
                raise
            on_error(error)


def _stanza(fields: Mapping[str, str], where: str, line: int, type: str) -> Stanza:
    names = _forms(fields.get("name") or fields.get("en") or "")
    if not names:
        raise FormatError("a row without an English name", where=where, cure="fill in the column `name`")
    stanza = Stanza(line, names, fields.get("type", type))
    for column, cell in fields.items():
        if column in SINGLE:
            stanza.single[column] = cell
        elif column.startswith("wrong "):
            stanza.wrong[column.removeprefix("wrong ")] = _forms(cell)
        elif column.startswith("accepted "):
            stanza.accepted[column.removeprefix("accepted ")] = _forms(cell)
        elif column not in _NAMES or (column == "en" and "name" in fields):
            stanza.forms[column] = _forms(cell)
    return stanza


def _forms(cell: str) -> list[str]:
    return list(dict.fromkeys(form.strip() for form in cell.split("|") if form.strip()))


def _object(record: Any, where: str, line: int, type: str) -> Stanza:
    if not isinstance(record, dict) or not isinstance(record.get("name"), str) or not record["name"].strip():
        raise FormatError("an object without a name", where=where, cure='write {"name": "…", …}')
    for field in record:
        if field not in _JSON_FIELDS:
            near = get_close_matches(field, _JSON_FIELDS, n=2) or _JSON_FIELDS
            raise FormatError(f"unknown field {field!r}", where=where, cure=f"nearest: {', '.join(near)}")
    stanza = Stanza(line, _forms(record["name"]), str(record.get("type", type)))
    for field, lists in (("forms", stanza.forms), ("accepted", stanza.accepted), ("wrong", stanza.wrong)):
        given = record.get(field, {})
        if not isinstance(given, dict):
            raise FormatError(f"`{field}` is no object", where=where, cure='write {"ar": ["…"]}')
        for lang, forms in given.items():
            if not LANGUAGE.fullmatch(lang):
                raise FormatError(f"unknown language {lang!r}", where=where, cure="use a code such as ar, fr, en")
            written_forms = forms if isinstance(forms, list) else [forms]
            if any(not isinstance(form, str) for form in written_forms):
                raise FormatError(f"a form in {lang} that is no text", where=where, cure="write forms as strings")
            lists[lang] = [form for part in written_forms for form in _forms(part)]
    for field in SINGLE:
        value = record.get(field)
        if value is not None and field != "type":
            stanza.single[field] = " ".join(map(str, value)) if isinstance(value, list) else str(value)
    return stanza


def _concept(concept: TbxConcept, where: str, type: str) -> Stanza:
    right: dict[str, list[str]] = {}
    wrong: dict[str, list[str]] = {}
    for lang, terms in concept.by_language().items():
        if not LANGUAGE.fullmatch(lang):
            raise FormatError(f"unknown language {lang!r}", where=where, cure="use a code such as ar, fr, en")
        for term in terms:
            forms = (wrong if term.status == "deprecated" else right).setdefault(lang, [])
            if term.text not in forms:
                forms.append(term.text)
    latin = (forms for forms in right.values() if forms[0].isascii())
    names = right.pop("en", None) or next(latin, None) or next(iter(right.values()), None)
    if names is None:
        raise FormatError("a concept without a term", where=where, cure="give it a term in some language")
    return Stanza(concept.line, names, type, forms=right, wrong=wrong, origin=concept.id)
