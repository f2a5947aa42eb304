"""Wikidata in, one stanza an item out: entity dumps (JSON, as published) and SPARQL results (JSON, CSV, TSV).

Labels and aliases in the languages that are wanted; what an item is comes from `instance of` (P31) where the table here
knows the class. Items of other classes (articles, taxa, categories, family names …) are no names that news has, and are
left out unless the caller says what to take them for. Data: Wikidata, CC0.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from corpora.errors import FormatError
from corpora.formats.streams import lines
from eval.names.base.jsonstream import json_values
from eval.names.base.records import OnError, Stanza

# Classes by what they are to us: those that make up nearly all of what the press names.
_CLASSES = {
    "person": "5 15632617",
    "place": (
        "6256 3624078 515 1549591 5119 486972 3957 532 35657 10864048 13220204 82794 23442 4022 8502 5107 165 9430 "
        "1637706 200250 208511 7930989 1093829 15284 484170 123705 34442 12280 570116 41176 16560 44782 1248784 23397 "
        "39816 8514 46831 747074 42744322 1907114 36784 6465 3455524 133442 7275 12443800 4286337 174844"
    ),
    "organisation": (
        "4830453 783794 6881511 891723 43229 484652 7278 3918 476028 327333 192350 22687 18388277 163740 79913 245065 "
        "875538 902104 15936437 38723 31855 17149090 11691 294163 2659904 1058914 613142 35535 157031 48204 15911314 "
        "219577 46970 1664720 786820 178706 41487 847017 12973014 7210356 161726 270791 658255 134161 35749"
    ),
    "outlet": "11032 1110794 1153191 1193236 41298 192283 1616075 2001305 17232649 14350 1002697 30849 15265344",
    "product": (
        "7397 431289 2424752 166142 620615 115305900 1668024 35127 9135 4182287 193424 218616 341 3966 10929058 "
        "19723451 5300 183484 7889 3220391 3231690"
    ),
    "work": "571 7725634 11424 5398426 482994 47461344 24856 506240 134556 105543609 8261 25379 3305213",
    "event": "1190554 1656682 198 40231 27020041 178561 3839081 180684 500834 18608583 132241 2334719",
    "currency": "8142",
}
_KINDS: Mapping[str, str] = {f"Q{number}": kind for kind, numbers in _CLASSES.items() for number in numbers.split()}
_ITEM = re.compile(r"(?:https?://www\.wikidata\.org/entity/|wd:)?(Q[1-9]\d*)")
_ALIAS = re.compile("alt|alias", re.IGNORECASE)
_VARIABLE = re.compile(
    r"(?:label|name|alt|altlabel|alias(?:es)?)?_?([a-z]{2,3})_?(?:label|name|alt|altlabel|alias(?:es)?)?", re.IGNORECASE
)
_LITERAL = re.compile(r'"((?:[^"\\]|\\.)*)"(?:@([A-Za-z][A-Za-z0-9-]*)|\^\^.*)?', re.DOTALL)
_ESCAPE = re.compile(r"\\(.)")
_DEFAULT = ("en", "fr", "ar")
_SHORTEST = 2
_OF_CLASS = ("class", "type", "kind", "instance")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to take of an item.

    Attributes:
        langs: base language codes; none: all that the file has, and Arabic, English and French of Wikidata.
        type: what to take an item for that is of no known class; None leaves it out.
        left_out: counts what was left out, by reason.
    """

    langs: Sequence[str] = ()
    type: str | None = None
    left_out: Counter[str] = field(default_factory=Counter)


def is_item(value: object) -> bool:
    """Whether a JSON value is an entity of a Wikidata dump."""
    return isinstance(value, dict) and "labels" in value and isinstance(value.get("id"), str)


def dump_stanzas(
    values: Iterable[tuple[int, Any]], path: str, wanted: Wanted, on_error: OnError | None
) -> Iterator[Stanza]:
    """The items of an entity dump, in file order.

    Raises:
        FormatError: a value that is no entity, without `on_error`.
    """
    for line, value in values:
        try:
            if isinstance(value, dict) and isinstance(value.get("entities"), dict):
                items = list(value["entities"].values())
            else:
                items = [value]
            for item in items:
                if not is_item(item):
                    raise FormatError("no Wikidata entity", where=f"{path}:{line}", cure='one has "id" and "labels"')
                yield from _item(line, item, wanted)
        except (FormatError, AttributeError, KeyError, TypeError) as error:
            broken = error if isinstance(error, FormatError) else _strange(path, line)
            if on_error is None:
                raise broken from error
            on_error(broken)


def _strange(path: str, line: int) -> FormatError:
    return FormatError("an entity of another shape", where=f"{path}:{line}", cure="use the JSON dump as published")


def _item(line: int, item: Mapping[str, Any], wanted: Wanted) -> Iterator[Stanza]:
    if not item["id"].startswith("Q"):
        return
    claims = item.get("claims") or {}
    classes = [
        claim["mainsnak"]["datavalue"]["value"]["id"]
        for claim in (claims.get("P31", ()) if isinstance(claims, dict) else ())
        if claim.get("rank") != "deprecated" and "datavalue" in claim.get("mainsnak", {})
    ]
    names: dict[str, list[str]] = {}
    for code, label in (item.get("labels") or {}).items():
        names.setdefault(code.partition("-")[0], []).insert(0 if "-" not in code else 99, label["value"])
    for code, aliases in (item.get("aliases") or {}).items():
        names.setdefault(code.partition("-")[0], []).extend(alias["value"] for alias in aliases)
    yield from _stanza(line, item["id"], classes, names, wanted)


def _stanza(
    line: int, id: str, classes: Sequence[str], names: Mapping[str, Sequence[str]], wanted: Wanted
) -> Iterator[Stanza]:
    kind = next((_KINDS[one] for one in classes if one in _KINDS), wanted.type)
    if kind is None:
        wanted.left_out["of a class that news does not name"] += 1
        return
    forms = {lang: _clean(names.get(lang, ())) for lang in dict.fromkeys(("en", "mul", *(wanted.langs or _DEFAULT)))}
    english = forms.pop("en") or forms["mul"] or next((texts for texts in forms.values() if texts), [])
    forms.pop("mul", None)
    if not english:
        wanted.left_out["without a name in the languages asked for"] += 1
        return
    if forms.get("fr") and forms["fr"][0] == english[0]:
        # One name for both languages belongs to all of them.
        english = list(dict.fromkeys([*english, *forms.pop("fr")]))
    yield Stanza(line, english, kind, {lang: texts for lang, texts in forms.items() if texts}, origin=id)


def _clean(names: Iterable[str]) -> list[str]:
    plain = (" ".join(name.replace("|", " ").split()) for name in names)
    return list(dict.fromkeys(name for name in plain if len(name) >= _SHORTEST))


@dataclass(frozen=True, slots=True)
class _Cell:
    """A value of one variable in one row of SPARQL results."""

    text: str
    lang: str = ""


def sparql_json_stanzas(path: str, wanted: Wanted, on_error: OnError | None) -> Iterator[Stanza]:
    """The items of SPARQL results in JSON, as `sparql_table_stanzas`."""

    def rows() -> Iterator[tuple[int, dict[str, _Cell]]]:
        for line, binding in json_values(path, inside="bindings", on_error=on_error):
            try:
                yield (
                    line,
                    {name: _Cell(str(cell["value"]), str(cell.get("xml:lang", ""))) for name, cell in binding.items()},
                )
            except (AttributeError, KeyError, TypeError) as error:
                broken = FormatError("a binding of another shape", where=f"{path}:{line}", cure="export it again")
                if on_error is None:
                    raise broken from error
                on_error(broken)

    yield from _grouped(rows(), path, wanted, on_error)


def sparql_table_stanzas(path: str, delimiter: str, wanted: Wanted, on_error: OnError | None) -> Iterator[Stanza]:
    """The items of SPARQL results in CSV or TSV (W3C, SPARQL 1.1 Query Results CSV and TSV Formats).

    The rows of one item stand together. A label's language is the literal's own where there is one (JSON, TSV), else
    what its variable is called (`ar`, `arLabel`, `name_fr`), else English; `itemAltLabel` holds aliases.
    """
    reader = csv.reader((f"{text}\n" for _, text in lines(path)), delimiter=delimiter, quoting=_quoting(delimiter))
    header = [name.strip().lstrip("?") for name in next(reader, [])]

    def rows() -> Iterator[tuple[int, dict[str, _Cell]]]:
        for cells in reader:
            if cells:
                yield (
                    reader.line_num,
                    {
                        name: _term(cell) if delimiter == "\t" else _Cell(cell)
                        for name, cell in zip(header, cells, strict=False)
                        if cell
                    },
                )

    yield from _grouped(rows(), path, wanted, on_error)


def is_sparql_header(columns: Sequence[str]) -> bool:
    """Whether a table's header is that of SPARQL results about items."""
    names = [column.strip() for column in columns]
    return bool(names) and (all(name.startswith("?") for name in names) or {"item", "itemLabel"} <= set(names))


def _quoting(delimiter: str) -> Any:
    return csv.QUOTE_NONE if delimiter == "\t" else csv.QUOTE_MINIMAL


def _term(cell: str) -> _Cell:
    """A term as SPARQL's TSV writes it: `<address>`, `"text"@lang`, `"text"^^<type>`."""
    if cell.startswith("<") and cell.endswith(">"):
        return _Cell(cell[1:-1])
    match = _LITERAL.fullmatch(cell)
    if match is None:
        return _Cell(cell)
    named = {"t": "\t", "n": "\n", "r": "\r", "b": "\b", "f": "\f"}
    return _Cell(_ESCAPE.sub(lambda escape: named.get(escape[1], escape[1]), match[1]), match[2] or "")


def _grouped(
    rows: Iterable[tuple[int, Mapping[str, _Cell]]], path: str, wanted: Wanted, on_error: OnError | None
) -> Iterator[Stanza]:
    def identified() -> Iterator[tuple[str, int, Mapping[str, _Cell]]]:
        for line, row in rows:
            others = (
                cell for name, cell in row.items() if not name.startswith(_OF_CLASS) and _ITEM.fullmatch(cell.text)
            )
            first = row.get("item") or next(others, None)
            match = _ITEM.fullmatch(first.text) if first else None
            if match is not None:
                yield match[1], line, row
                continue
            broken = FormatError("a row without an item", where=f"{path}:{line}", cure="select the item (?item) too")
            if on_error is None:
                raise broken
            on_error(broken)

    for id, group in groupby(identified(), key=lambda found: found[0]):
        labels: dict[str, list[str]] = {}
        aliases: dict[str, list[str]] = {}
        classes: list[str] = []
        first_line = 0
        for _, line, row in group:
            first_line = first_line or line
            for name, cell in row.items():
                item = _ITEM.fullmatch(cell.text)
                if item is not None:
                    classes.extend([item[1]] if item[1] != id else [])
                    continue
                lang = _language(name, cell)
                if lang is None:
                    continue
                alias = _ALIAS.search(name) is not None
                texts = cell.text.split(", ") if alias and not cell.lang else [cell.text]
                (aliases if alias else labels).setdefault(lang, []).extend(texts)
        names = {lang: [*labels.get(lang, ()), *aliases.get(lang, ())] for lang in (*labels, *aliases)}
        yield from _stanza(first_line, id, classes, names, wanted)


def _language(variable: str, cell: _Cell) -> str | None:
    """The base language of a literal; None for what is no name (a date, a label of the class)."""
    if cell.lang:
        return cell.lang.partition("-")[0].lower() if not variable.startswith(_OF_CLASS) else None
    if variable in ("itemLabel", "itemAltLabel", "label", "altLabel"):
        return "en"
    match = _VARIABLE.fullmatch(variable)
    return match[1].lower() if match else None
