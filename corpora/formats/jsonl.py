"""JSON lines in, pairs out, and back: an object a line.

Written with the names of `Pair`. Read as well: `src` and `tgt`, and the `translation` object of Hugging Face datasets
(`{"translation": {"ar": …, "fr": …}}`); other keys become metadata.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Iterator
from typing import Any

from corpora.errors import FormatError
from corpora.formats.pair import UNDETERMINED, Pair, same_language
from corpora.formats.streams import lines, place

_SIDES = (("source", "src"), ("target", "tgt", "trg"))
# Readers that split at every Unicode line break would cut a line in two.
_BREAKS = {ord(char): f"\\u{ord(char):04x}" for char in "\x85\u2028\u2029"}


def read(path: str, source_lang: str | None = None, target_lang: str | None = None) -> Iterator[Pair]:
    """The pairs, line by line; an empty line is none.

    Raises:
        FormatError: a line is no JSON object, or has no two sides.
    """
    for number, line in lines(path):
        if not line.strip():
            continue
        where = place(path, number)
        try:
            record = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise FormatError(f"this is not JSON ({error})", where=where, cure="give one object a line") from error
        if not isinstance(record, dict):
            raise FormatError("this is not a JSON object", where=where, cure="give one object a line")
        yield pair_of_record(record, source_lang, target_lang, where)


def pair_of_record(record: dict[str, Any], source_lang: str | None, target_lang: str | None, where: str) -> Pair:
    """The pair that an object holds, by the names of its keys.

    Raises:
        FormatError: it has no two sides, or a score that is none.
    """
    sides = record.pop("translation", None)
    if isinstance(sides, dict):
        langs = _chosen(list(sides), source_lang, target_lang, where)
        texts = [sides[lang] for lang in langs]
        metadata = {f"translation.{lang}": text for lang, text in sides.items() if lang not in langs}
    else:
        own = [record.pop(key, UNDETERMINED) for key in ("source_lang", "target_lang")]
        langs = [source_lang or own[0], target_lang or own[1]]
        texts = [next((record.pop(key) for key in keys if key in record), None) for keys in _SIDES]
        metadata = {}
    if not all(isinstance(text, str) for text in (*texts, *langs)):
        cure = 'give "source" and "target", or "translation" with two languages, as text'
        raise FormatError("this record has no two sides", where=where, cure=cure)
    score, name, more = record.pop("score", None), record.pop("id", None), record.pop("metadata", None)
    if score is not None and not (isinstance(score, int | float) and math.isfinite(score)):
        raise FormatError(f"{score!r} is no score", where=where, cure="write a number between 0 and 1")
    metadata.update({**(more if isinstance(more, dict) else {}), **record})
    return Pair(
        str(texts[0]),
        str(texts[1]),
        str(langs[0]),
        str(langs[1]),
        None if name is None else str(name),
        None if score is None else float(score),
        {
            key: value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
            for key, value in metadata.items()
        },
    )


def _chosen(present: list[str], source_lang: str | None, target_lang: str | None, where: str) -> list[str]:
    """The keys of the two sides."""
    source = next((key for key in present if source_lang is None or same_language(key, source_lang)), None)
    rest = [key for key in present if key != source]
    target = next((key for key in rest if target_lang is None or same_language(key, target_lang)), None)
    if source is None or target is None:
        cure = f"this record has {', '.join(present) or 'none'}"
        raise FormatError(f"no {source_lang or 'first'} and {target_lang or 'second'} language", where=where, cure=cure)
    return [source, target]


def dump(pairs: Iterable[Pair], source_lang: str, target_lang: str) -> Iterator[tuple[str]]:
    """A line for each pair."""
    for pair in pairs:
        record = {
            "source": pair.source,
            "target": pair.target,
            "source_lang": pair.source_lang if pair.source_lang != UNDETERMINED else source_lang,
            "target_lang": pair.target_lang if pair.target_lang != UNDETERMINED else target_lang,
            **({"id": pair.id} if pair.id is not None else {}),
            **({"score": round(pair.score, 4)} if pair.score is not None else {}),
            **({"metadata": dict(pair.metadata)} if pair.metadata else {}),
        }
        line = json.dumps(record, ensure_ascii=False).translate(_BREAKS)
        # Half a surrogate pair can be named in JSON, though not written in UTF-8.
        yield (f"{line if _encodable(line) else json.dumps(record)}\n",)


def _encodable(text: str) -> bool:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def held(pair: Pair) -> Pair:
    """The pair as it comes back: whole."""
    return pair
