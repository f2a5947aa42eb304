"""TMX 1.4b in, pairs out, and back: the exchange format of translation memories.

Reading takes any TMX: inline codes (`bpt`, `ept`, `ph`, `it`, `ut`) are dropped with what they hold, text inside `hi`
is kept; units of more than two languages give one pair for each target language, or only the languages asked for.
Writing gives what the DTD asks for, in its order, without a DOCTYPE: some tools would go looking for the DTD file.

Source: TMX 1.4b Specification, OSCAR, 2005-04-26.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from importlib.metadata import PackageNotFoundError, version

from corpora.errors import FormatError
from corpora.formats.markup import legal, text_of, value_of
from corpora.formats.pair import UNDETERMINED, OtherLanguagesError, Pair, same_language
from corpora.formats.streams import Event, place, xml_events

_CODES = frozenset({"bpt", "ept", "ph", "it", "ut"})
_SCORE = "x-score"


@dataclass(slots=True)
class _Unit:
    """A translation unit as it is read."""

    id: str | None = None
    source_lang: str | None = None
    line: int = 0
    variants: list[tuple[str, str]] = field(default_factory=list)
    metadata: dict[str, str] = field(default_factory=dict)


def read(path: str, source_lang: str | None = None, target_lang: str | None = None) -> Iterator[Pair]:
    """The pairs of a file, unit by unit.

    Raises:
        FormatError: not well-formed, not TMX, or without a unit in the languages asked for.
    """
    seen: dict[str, None] = {}
    units = found = 0
    for unit in _units(path):
        units += 1
        seen.update(dict.fromkeys(lang for lang, _ in unit.variants[:8]) if len(seen) < 50 else {})
        for pair in _pairs(unit, source_lang, target_lang):
            found += 1
            yield pair
    if units and not found:
        wanted = f"{source_lang or 'any'} → {target_lang or 'any'}"
        cure = f"the file has {', '.join(seen)}" if seen else "the file has no segments"
        raise OtherLanguagesError(f"no unit has both sides of {wanted}", where=path, cure=cure)


def _pairs(unit: _Unit, source_lang: str | None, target_lang: str | None) -> Iterator[Pair]:
    """The unit's source with each of its targets."""
    wanted = source_lang or (unit.source_lang if unit.source_lang != "*all*" else None)
    sources = [place for place, (lang, _) in enumerate(unit.variants) if wanted is None or same_language(lang, wanted)]
    if not sources and source_lang is None:
        sources = [0] if unit.variants else []
    score = unit.metadata.get(_SCORE)
    metadata = {key: value for key, value in unit.metadata.items() if key != _SCORE}
    for source in sources[:1]:
        for target, (lang, text) in enumerate(unit.variants):
            if target == source or (target_lang is not None and not same_language(lang, target_lang)):
                continue
            start_lang, start = unit.variants[source]
            yield Pair(start, text, start_lang, lang, unit.id, float(score) if score else None, metadata)


def _units(path: str) -> Iterator[_Unit]:
    """Each `tu` when it has been read to its end."""
    events = xml_events(path)
    root = next((event for event in events if event.kind == "start"), None)
    if root is None or root.name != "tmx":
        raise FormatError("this is not TMX", where=path, cure="give a file whose first element is <tmx>")
    header, unit = "", _Unit()
    for event in events:
        if event.kind != "start":
            continue
        if event.name == "header":
            header = event.attributes.get("srclang", "")
        elif event.name == "tu":
            line = event.line
            unit = _Unit(event.attributes.get("tuid"), event.attributes.get("srclang") or header or None, line)
            _read_unit(unit, events, path)
            yield unit


def _read_unit(unit: _Unit, events: Iterator[Event], path: str) -> None:
    """Fill the unit from the events up to its end tag."""
    lang = ""
    in_variant = False
    begun, line = 0, unit.line
    for event in events:
        if event.kind == "end" and event.name == "tu":
            return
        if event.name == "tuv":
            in_variant = event.kind == "start"
            begun, line = begun + in_variant, event.line or line
            if len(unit.variants) != begun - in_variant:
                what = "a <tuv> holds no <seg>, or more than one"
                raise FormatError(what, where=place(path, line), cure="give it one, which may be empty")
            lang = event.attributes.get("xml:lang") or event.attributes.get("lang") or lang
            if in_variant and not (event.attributes.get("xml:lang") or event.attributes.get("lang")):
                where = place(path, event.line)
                raise FormatError("a <tuv> does not name its language", where=where, cure="add xml:lang")
        elif event.kind == "start" and event.name == "seg":
            unit.variants.append((lang, _content(events, "seg")))
        elif event.kind == "start" and event.name in {"prop", "note"}:
            key = event.attributes.get("type", "note") if event.name == "prop" else "note"
            text = _content(events, event.name)
            if in_variant:
                key = f"{lang}:{key}"
            if key == _SCORE:
                _check_score(text, place(path, event.line))
            unit.metadata[key] = f"{unit.metadata[key]}\n{text}" if key in unit.metadata else text


def _content(events: Iterator[Event], name: str) -> str:
    """Text up to the end of an element, without inline codes."""
    parts, depth, codes = [], 1, 0
    for event in events:
        if event.kind == "text":
            if not codes:
                parts.append(event.text)
            continue
        step = 1 if event.kind == "start" else -1
        codes += step * (event.name in _CODES)
        depth += step * (event.name == name)
        if not depth:
            break
    return "".join(parts)


def _check_score(text: str, where: str) -> None:
    try:
        float(text)
    except ValueError as error:
        raise FormatError(f"{text!r} is no score", where=where, cure="write a number between 0 and 1") from error


def dump(pairs: Iterable[Pair], source_lang: str, target_lang: str) -> Iterator[tuple[str]]:
    """The file in pieces, a unit each. What a pair says of its languages wins over the file's."""
    try:
        release = version("muwazi")
    except PackageNotFoundError:  # run from a checkout that was never installed
        release = "0"
    yield (
        '<?xml version="1.0" encoding="UTF-8"?>\n<tmx version="1.4">\n'
        f'  <header creationtool="muwazi" creationtoolversion="{value_of(release)}" segtype="sentence" o-tmf="muwazi"'
        f' adminlang="en" srclang="{value_of(source_lang)}" datatype="plaintext"/>\n  <body>\n',
    )
    for pair in pairs:
        yield (_unit_text(pair, source_lang, target_lang),)
    yield ("  </body>\n</tmx>\n",)


def _unit_text(pair: Pair, source_lang: str, target_lang: str) -> str:
    first, second = (
        own if own != UNDETERMINED else default
        for own, default in ((pair.source_lang, source_lang), (pair.target_lang, target_lang))
    )
    name = f' tuid="{value_of(pair.id)}"' if pair.id is not None else ""
    lang = f' srclang="{value_of(first)}"' if first != source_lang else ""
    out = [f"    <tu{name}{lang}>\n"]
    # The DTD wants notes and properties before the variants.
    if pair.score is not None:
        out.append(f'      <prop type="{_SCORE}">{pair.score:.4f}</prop>\n')
    for key, value in pair.metadata.items():
        opening = "<note>" if key == "note" else f'<prop type="{value_of(key)}">'
        out.append(f"      {opening}{text_of(value)}</{'note' if key == 'note' else 'prop'}>\n")
    for label, text in ((first, pair.source), (second, pair.target)):
        out.append(f'      <tuv xml:lang="{value_of(label)}"><seg>{text_of(text)}</seg></tuv>\n')
    return "".join([*out, "    </tu>\n"])


def held(pair: Pair) -> Pair:
    """The pair as it comes back: what XML cannot hold has become U+FFFD."""
    return replace(
        pair,
        source=legal(pair.source),
        target=legal(pair.target),
        id=None if pair.id is None else legal(pair.id),
        metadata={legal(key): legal(value) for key, value in pair.metadata.items()},
    )
