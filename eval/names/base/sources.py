"""A file of names in, whatever its format, its stanzas or entities out, one after the other.

By its ending, behind `.gz` or `.bz2`: name files (`eval.names.base.records`), CSV and TSV, JSON lines or a JSON array
(`eval.names.base.tables`), TBX (`corpora.tbx`); and by what stands in it Wikidata dumps and SPARQL results
(`eval.names.base.wikidata`).
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import replace
from itertools import chain, islice
from pathlib import Path

from corpora.formats.streams import lines
from corpora.tbx import is_tbx, read_tbx
from eval.names.base import records, tables, wikidata
from eval.names.base.jsonstream import json_values
from eval.names.base.records import OnError, Stanza
from eval.names.base.wikidata import Wanted
from eval.names.entity import Entity

_PACKED = frozenset({".gz", ".bz2"})
_DELIMITERS = {".csv": ",", ".tsv": "\t"}
_JSON = frozenset({".json", ".jsonl", ".ndjson", ".srj"})
_HEAD = 4


def is_from_wikidata(path: Path) -> bool:
    """Whether a file is a Wikidata dump or holds SPARQL results.

    Raises:
        InputError: it cannot be read.
        FormatError: it is damaged.
    """
    ending = _ending(path)
    if ending in _DELIMITERS:
        header = next((text for _, text in lines(str(path))), "")
        return wikidata.is_sparql_header(next(csv.reader([header], delimiter=_DELIMITERS[ending]), []))
    if ending in _JSON:
        return _holds_bindings(path) or any(
            wikidata.is_item(value) or _wraps_items(value)
            for _, value in islice(json_values(str(path), on_error=lambda _: None), _HEAD)
        )
    return False


def read_stanzas(path: Path, wanted: Wanted | None = None, *, on_error: OnError | None = None) -> Iterator[Stanza]:
    """The stanzas of a file, in file order, in memory that does not grow with it.

    Args:
        wanted: the languages to keep, and what names are that do not say it; all, and organisations, where it is None.
        on_error: called for each broken row, which is left out; without it the first one is raised.

    Raises:
        InputError: the file cannot be read.
        FormatError: a broken row, with file and line.
    """
    ending, name = _ending(path), str(path)
    if is_from_wikidata(path):
        given = wanted or Wanted()
        if ending in _DELIMITERS:
            return wikidata.sparql_table_stanzas(name, _DELIMITERS[ending], given, on_error)
        if _holds_bindings(path):
            return wikidata.sparql_json_stanzas(name, given, on_error)
        return wikidata.dump_stanzas(json_values(name, on_error=on_error), name, given, on_error)
    type = wanted.type if wanted is not None else None
    if ending in _DELIMITERS:
        rows = (f"{text}\n" for _, text in lines(name))
        found = tables.table_stanzas(rows, path=name, delimiter=_DELIMITERS[ending], type=type, on_error=on_error)
    elif ending in _JSON:
        found = tables.object_stanzas(json_values(name, on_error=on_error), path=name, type=type, on_error=on_error)
    elif is_tbx(path):
        found = tables.concept_stanzas(read_tbx(name), path=name, type=type, on_error=on_error)
    else:
        found = records.stanzas((text for _, text in lines(name)), name, type, on_error)
    return found if wanted is None or not wanted.langs else _narrowed(found, {"en", *wanted.langs})


def read_entities(path: str | Path, *, on_error: OnError | None = None) -> list[Entity]:
    """Entities of a file, in file order, none with the id of another; arguments and errors as `read_stanzas`."""
    return records.collect(read_stanzas(Path(path), on_error=on_error), str(path), on_error)


def _narrowed(stanzas: Iterator[Stanza], langs: set[str]) -> Iterator[Stanza]:
    for stanza in stanzas:
        lists = (stanza.forms, stanza.accepted, stanza.wrong)
        forms, accepted, wrong = ({lang: texts for lang, texts in of.items() if lang in langs} for of in lists)
        yield replace(stanza, forms=forms, accepted=accepted, wrong=wrong)


def _ending(path: Path) -> str:
    suffixes = [suffix.lower() for suffix in path.suffixes]
    return next((suffix for suffix in reversed(suffixes) if suffix not in _PACKED), "")


def _holds_bindings(path: Path) -> bool:
    """Whether a JSON file begins as SPARQL results do: with the names of its variables."""
    head = "".join(chain.from_iterable(text for _, text in islice(lines(str(path)), 40)))[:4096]
    return head.lstrip().startswith("{") and '"head"' in head and '"vars"' in head


def _wraps_items(value: object) -> bool:
    return isinstance(value, dict) and isinstance(value.get("entities"), dict)
