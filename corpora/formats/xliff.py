"""XLIFF 2.1 in, pairs out, and back: the exchange format of localisation tools; 1.2 is read as well.

Each segment is a pair. Text inside inline marks (`pc`, `mrk`, `g` …) is kept, codes without text (`ph`, `sc`, `x` …)
are dropped; `cp` holds a character that XML cannot. Candidates of other tools (`mtc:match`, `alt-trans`) are not the
file's translation and are left out, as is what stands between segments (`ignorable`). A file has one language on each
side.

Source: XLIFF Version 2.1, OASIS Standard, 2018-02-13, with its core and metadata schemas.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from corpora.errors import FormatError, LanguageError, OutputError
from corpora.formats.markup import ILLEGAL, legal, text_of, value_of
from corpora.formats.pair import UNDETERMINED, Pair
from corpora.formats.streams import Event, place, xml_events

_CORE = "urn:oasis:names:tc:xliff:document:2.0"
_METADATA = "urn:oasis:names:tc:xliff:metadata:2.0"
_STATES = ("initial", "translated", "reviewed", "final")
_SCORE, _STATE = "x-score", "state"
# Inline elements of 1.2 that hold a tool's codes rather than text.
_CODES = frozenset({"ph", "it", "bpt", "ept", "data"})
_SKIPPED = frozenset({"match", "matches", "alt-trans", "ignorable"})
# What this module calls a unit whose pair has no name.
_NAMELESS = "u{}"


@dataclass(slots=True)
class _Reading:
    """What is known at one point of the file."""

    version: str
    source_lang: str
    target_lang: str
    unit: str | None = None
    units: int = 0
    metadata: dict[str, str] = field(default_factory=dict)
    source: str = ""
    target: str = ""
    state: str | None = None


def read(path: str, source_lang: str | None = None, target_lang: str | None = None) -> Iterator[Pair]:
    """The pairs of a file, segment by segment; the languages are the file's own unless they are given.

    Raises:
        FormatError: not well-formed, not XLIFF, or without languages.
    """
    events = xml_events(path)
    root = next((event for event in events if event.kind == "start"), None)
    if root is None or root.name != "xliff":
        raise FormatError("this is not XLIFF", where=path, cure="give a file whose first element is <xliff>")
    reading = _Reading(
        root.attributes.get("version", ""),
        source_lang or root.attributes.get("srcLang", UNDETERMINED),
        target_lang or root.attributes.get("trgLang", UNDETERMINED),
    )
    if not reading.version.startswith(("1.", "2.")):
        where = place(path, root.line)
        raise FormatError(
            f"XLIFF {reading.version or 'of no version'} is not known", where=where, cure="save it as 1.2 or 2.1"
        )
    for event in events:
        if event.kind == "start" and event.name in _SKIPPED:
            _skip(events, event.name)
        elif event.kind == "start":
            _begin(reading, event, events, path, given=(source_lang, target_lang))
        elif event.kind == "end" and event.name in {"segment", "trans-unit"}:
            yield _finish(reading)


def _begin(
    reading: _Reading, event: Event, events: Iterator[Event], path: str, *, given: tuple[str | None, str | None]
) -> None:
    """Take in what a start tag brings."""
    attributes = event.attributes
    if event.name == "file" and "source-language" in attributes:
        reading.source_lang = given[0] or attributes["source-language"]
        reading.target_lang = given[1] or attributes.get("target-language", UNDETERMINED)
    elif event.name in {"unit", "trans-unit"}:
        reading.units += 1
        reading.unit = attributes.get("name", attributes.get("resname", attributes.get("id")))
        if reading.unit == _NAMELESS.format(reading.units):
            reading.unit = None
        reading.metadata, reading.source, reading.target, reading.state = {}, "", "", None
    elif event.name == "segment":
        reading.source, reading.target, reading.state = "", "", attributes.get("state")
    elif event.name == "source":
        reading.source = _content(events, "source", path)
    elif event.name == "target":
        reading.target = _content(events, "target", path)
        reading.state = attributes.get("state", reading.state)
    elif event.name == "meta":
        reading.metadata[attributes.get("type", "")] = _content(events, "meta", path)
    elif event.name == "note":
        text = _content(events, "note", path)
        known = reading.metadata.get("note")
        reading.metadata["note"] = text if known is None else f"{known}\n{text}"


def _finish(reading: _Reading) -> Pair:
    metadata = dict(reading.metadata)
    score = metadata.pop(_SCORE, None)
    if reading.state and reading.state != _default_state(reading.target):
        metadata[_STATE] = reading.state
    try:
        value = None if score is None else float(score)
    except ValueError:
        metadata[_SCORE], value = str(score), None
    return Pair(reading.source, reading.target, reading.source_lang, reading.target_lang, reading.unit, value, metadata)


def _default_state(target: str) -> str:
    return "translated" if target else "initial"


def _skip(events: Iterator[Event], name: str) -> None:
    depth = 1
    for event in events:
        depth += (event.name == name) * ((event.kind == "start") - (event.kind == "end"))
        if not depth:
            return


def _content(events: Iterator[Event], name: str, path: str) -> str:
    """Text up to the end of an element, without codes; `cp` is the character it names."""
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
        if event.name == "cp" and event.kind == "start":
            parts.append(_character(event, path))
    return "".join(parts)


def _character(event: Event, path: str) -> str:
    code = event.attributes.get("hex", "")
    try:
        return chr(int(code, 16))
    except (ValueError, OverflowError) as error:
        where = place(path, event.line)
        raise FormatError(
            f'<cp hex="{code}"/> names no character', where=where, cure="write its code in hexadecimal"
        ) from error


def dump(pairs: Iterable[Pair], source_lang: str, target_lang: str) -> Iterator[tuple[str]]:
    """The file in pieces, a unit each.

    Raises:
        OutputError: a pair is of other languages than the file.
    """
    direction = f' srcDir="{_direction(source_lang)}" trgDir="{_direction(target_lang)}"'
    yield (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<xliff xmlns="{_CORE}" xmlns:mda="{_METADATA}" version="2.1"'
        f' srcLang="{value_of(source_lang)}" trgLang="{value_of(target_lang)}">\n'
        f'  <file id="f1"{direction} xml:space="preserve">\n',
    )
    number = 0
    for number, pair in enumerate(pairs, start=1):
        for own, file_lang in ((pair.source_lang, source_lang), (pair.target_lang, target_lang)):
            if own not in {UNDETERMINED, file_lang}:
                what = (
                    f"pair {number} is {pair.source_lang} → {pair.target_lang}, the file {source_lang} → {target_lang}"
                )
                raise OutputError(what, cure="write one file for each pair of languages, or TMX")
        yield (_unit_text(number, pair),)
    if not number:
        # The schema asks for at least one unit.
        yield ('    <unit id="u1"><segment><source/></segment></unit>\n',)
    yield ("  </file>\n</xliff>\n",)


def _direction(lang: str) -> str:
    from corpora.language import info

    try:
        return info(lang).direction
    except LanguageError:
        return "auto"


def _unit_text(number: int, pair: Pair) -> str:
    name = f' name="{value_of(pair.id)}"' if pair.id is not None else ""
    state = pair.metadata.get(_STATE, "")
    metadata = {
        key: value
        for key, value in pair.metadata.items()
        if key not in {"note", _STATE} or (key == _STATE and value not in _STATES)
    }
    if pair.score is not None:
        metadata = {_SCORE: f"{pair.score:.4f}", **metadata}
    out = [f'    <unit id="{_NAMELESS.format(number)}"{name}>\n']
    # The schema's order: modules, notes, segments.
    if metadata:
        items = "".join(
            f'<mda:meta type="{value_of(key)}">{text_of(value)}</mda:meta>' for key, value in metadata.items()
        )
        out.append(f"      <mda:metadata><mda:metaGroup>{items}</mda:metaGroup></mda:metadata>\n")
    if "note" in pair.metadata:
        out.append(f"      <notes><note>{text_of(pair.metadata['note'])}</note></notes>\n")
    chosen = state if state in _STATES else _default_state(pair.target)
    out.append(
        f'      <segment state="{chosen}"><source>{_inline(pair.source)}</source>'
        f"<target>{_inline(pair.target)}</target></segment>\n    </unit>\n"
    )
    return "".join(out)


def _inline(text: str) -> str:
    """Content of a source or target: what XML cannot hold goes into `cp`."""
    pieces, start = [], 0
    for match in ILLEGAL.finditer(text):
        pieces += [text_of(text[start : match.start()]), f'<cp hex="{ord(match[0]):04X}"/>']
        start = match.end()
    return "".join([*pieces, text_of(text[start:])])


def held(pair: Pair) -> Pair:
    """The pair as it comes back: names and metadata without what XML cannot hold; the texts are whole."""
    return replace(
        pair,
        id=None if pair.id is None else legal(pair.id),
        metadata={legal(key): legal(value) for key, value in pair.metadata.items()},
    )
