"""A name file in, its entities out, and back: the plain format of the bundled base and of the user's own.

One entity is a stanza; one language has one line, so that right-to-left text never shares a line with another script:

    type: person

    Jensen Huang | Jen-Hsun Huang
      ar: جنسن هوانغ | جينسن هوانغ
      zh: 黄仁勋 | 黃仁勳
      reading: Huang Renxun
      context: nvidia gpu

- A line at the margin begins an entity with its English forms, the canonical one first, the accepted ones behind it.
- An indented line says more about it: a language code with its forms (canonical first), or one of
  `accepted CODE` (forms that are right where another one is to be written), `wrong CODE` (corruptions in that language,
  seen or to be expected), `reading` (how its hanzi name comes out when a
  translator spells it by sound), `context` (words that speak for it), `flags` (`common_word`), `id` (else made of type
  and name), `type`.
- Without an `fr` line French uses the English forms, and they belong to every language (`mul`). A line `en:` takes the
  place of the margin's forms, which then only name the entity.
- `type:` at the margin holds for the entities after it; `#` begins a comment line; blank lines only help the eye.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import TypeAlias, cast, get_args

from corpora.errors import FormatError
from eval.names.entity import Entity, EntityType, Form

READING = "zh-Latn"
TYPES: tuple[str, ...] = get_args(EntityType)
FLAGS = ("common_word",)

LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_FIELD = re.compile(r"\s+([A-Za-z][A-Za-z0-9 -]*?)\s*:\s*(.*)")
KINDS = ("accepted", "wrong")
SINGLE = ("reading", "context", "flags", "id", "type")
OnError: TypeAlias = Callable[[FormatError], None]


@dataclass(slots=True)
class Stanza:
    """One entity as it is written, whatever the file's format: lists of forms by language, and single fields.

    `origin` is what its source calls it (Q42, a concept's id): it tells namesakes apart.
    """

    line: int
    names: list[str]
    type: str
    forms: dict[str, list[str]] = field(default_factory=dict)
    accepted: dict[str, list[str]] = field(default_factory=dict)
    wrong: dict[str, list[str]] = field(default_factory=dict)
    single: dict[str, str] = field(default_factory=dict)
    origin: str | None = None


def parse(text: str, *, path: str, type: str | None = None, on_error: OnError | None = None) -> list[Entity]:
    """Entities of one name file, in file order.

    Args:
        path: named in errors.
        type: what entities are that no `type:` line speaks for.
        on_error: called for a broken entity, which is then left out; without it the first one is raised.

    Raises:
        FormatError: a broken line, with its number.
    """
    return collect(stanzas(text.split("\n"), path, type, on_error), path, on_error)


def collect(stanzas: Iterable[Stanza], path: str, on_error: OnError | None) -> list[Entity]:
    """Entities of stanzas, none with the id of another; broken ones go to `on_error`, or are raised.

    Of two with one id and different origins the later gets an id of its own.
    """
    found: dict[str, Entity] = {}
    seen: dict[str, tuple[int, str | None]] = {}
    for stanza, entity in with_entities(stanzas, path, on_error):
        line, origin = seen.get(entity.id, (0, None))
        if line and stanza.origin is not None and stanza.origin != origin:
            entity = replace(entity, id=f"{entity.id}-{stanza.origin.lower()}")
            line = seen.get(entity.id, (0, None))[0]
        if line:
            what = f"{entity.id} is there already, on line {line}"
            error = _broken(path, stanza.line, what, "add an `id:` line")
            if on_error is None:
                raise error
            on_error(error)
            continue
        seen[entity.id] = (stanza.line, stanza.origin)
        found[entity.id] = entity
    return list(found.values())


def with_entities(stanzas: Iterable[Stanza], path: str, on_error: OnError | None) -> Iterator[tuple[Stanza, Entity]]:
    """Each stanza with its entity; broken ones go to `on_error`, or are raised."""
    for stanza in stanzas:
        try:
            entity = entity_of(stanza, path)
        except FormatError as error:
            if on_error is None:
                raise
            on_error(error)
            continue
        yield stanza, entity


def render(entities: Iterable[Entity]) -> str:
    """The name file that `parse` reads back as the same entities."""
    lines: list[str] = []
    current = None
    for entity in entities:
        if entity.type != current:
            current = entity.type
            lines += [f"type: {current}", ""]
        lines += [*_stanza_lines(entity), ""]
    return "\n".join(lines)


def identifier(type: str, name: str) -> str:
    """`type:slug`, the default id of an entity: its English name in lower case, joined by hyphens."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    slug = re.sub(r"[\W_]+", "-", "".join(char for char in plain if not unicodedata.combining(char))).strip("-")
    return f"{type}:{slug}"


def _broken(path: str, line: int, what: str, cure: str) -> FormatError:
    return FormatError(what, where=f"{path}:{line}", cure=cure)


def stanzas(lines: Iterable[str], path: str, type: str | None, on_error: OnError | None) -> Iterator[Stanza]:
    """The stanzas of a name file, as `parse` takes it."""
    current: Stanza | None = None
    broken = False
    for number, line in enumerate(lines, start=1):
        line = line.rstrip().removeprefix("\ufeff")
        if not line or line.lstrip().startswith("#"):
            continue
        try:
            if line[0].isspace():
                if broken:
                    continue
                if current is None:
                    raise _broken(path, number, "a line about no entity", "begin the entity's name at the margin")
                _read_field(current, line, path, number)
                continue
            if current is not None and not broken:
                yield current
            current, broken = None, False
            if line.startswith("type:"):
                type = _known_type(line.removeprefix("type:").strip(), path, number)
            elif type is None:
                raise _broken(
                    path, number, "an entity of no type", f"write `type: …` above it, one of {', '.join(TYPES)}"
                )
            else:
                current = Stanza(number, _split(line, path, number), type)
        except FormatError as error:
            if on_error is None:
                raise
            on_error(error)
            broken = True
    if current is not None and not broken:
        yield current


def _read_field(stanza: Stanza, line: str, path: str, number: int) -> None:
    match = _FIELD.fullmatch(line)
    if match is None:
        raise _broken(path, number, f"cannot read {line.strip()!r}", "write `key: value`, or the name at the margin")
    key, value = match[1], match[2]
    kind, _, lang = key.rpartition(" ")
    if kind not in ("", *KINDS) or (kind and not LANGUAGE.fullmatch(lang)):
        raise _broken(
            path,
            number,
            f"unknown key {key!r}",
            "use `wrong CODE`, `accepted CODE`, a language code, reading, context, flags, id or type",
        )
    if key in SINGLE:
        if key in stanza.single:
            raise _broken(path, number, f"a second `{key}` line", "join the two")
        stanza.single[key] = value
        return
    if not LANGUAGE.fullmatch(lang):
        raise _broken(
            path, number, f"unknown key {key!r}", "use a language code, wrong, reading, context, flags, id or type"
        )
    lists = {"": stanza.forms, "accepted": stanza.accepted, "wrong": stanza.wrong}[kind]
    if lang in lists:
        raise _broken(path, number, f"a second `{key}` line", "join the two with |")
    lists[lang] = _split(value, path, number)


def _split(value: str, path: str, number: int) -> list[str]:
    forms = [unicodedata.normalize("NFC", part.strip()) for part in value.split("|")]
    if not all(forms):
        raise _broken(path, number, "an empty form", "remove the stray |, or write the form")
    return list(dict.fromkeys(forms))


def _known_type(name: str, path: str, number: int) -> str:
    if name not in TYPES:
        raise _broken(path, number, f"unknown type {name!r}", f"use one of {', '.join(TYPES)}")
    return name


def entity_of(stanza: Stanza, path: str) -> Entity:
    """The entity that a stanza describes; raises a FormatError that names its line."""
    type = _known_type(stanza.single.get("type", stanza.type), path, stanza.line)
    flags = stanza.single.get("flags", "").split()
    for flag in flags:
        if flag not in FLAGS:
            raise _broken(path, stanza.line, f"unknown flag {flag!r}", f"known are {', '.join(FLAGS)}")
    name = stanza.names[0]
    return Entity(
        id=stanza.single.get("id") or identifier(type, name),
        name=name,
        type=cast(EntityType, type),
        forms=tuple(_forms(stanza, path)),
        common_word="common_word" in flags,
        context=tuple(stanza.single.get("context", "").casefold().split()),
    )


def _forms(stanza: Stanza, path: str) -> Iterator[Form]:
    given = dict(stanza.forms)
    english = given.pop("en", stanza.names)
    lists = {"en" if "fr" in given else "mul": english, **given}
    right = {(text, lang) for of_kind in (lists, stanza.accepted) for lang, texts in of_kind.items() for text in texts}
    yield from (Form(texts[0], lang, "canonical") for lang, texts in lists.items())
    yield from (Form(text, lang, "accepted") for lang, texts in lists.items() for text in texts[1:])
    for lang, texts in stanza.accepted.items():
        yield from (Form(text, lang, "accepted") for text in texts if text not in lists.get(lang, ()))
    for text in _split(stanza.single["reading"], path, stanza.line) if "reading" in stanza.single else ():
        if text not in english:
            yield Form(text, READING, "wrong")
    for lang, texts in stanza.wrong.items():
        for text in texts:
            if (text, lang) in right:
                raise _broken(path, stanza.line, f"{text!r} is both right and wrong in {lang}", "keep one of the two")
            yield Form(text, lang, "wrong")


def _stanza_lines(entity: Entity) -> Iterator[str]:
    right: dict[str, list[str]] = {}
    chosen = {form.lang for form in entity.forms if form.status == "canonical"} | {"mul", "en"}
    wrong: dict[str, list[str]] = {}
    for form in entity.forms:
        (wrong if form.status == "wrong" else right).setdefault(form.lang, []).append(form.text)
    english = right.pop("mul", None) if "fr" not in right else right.pop("en", None)
    if english and english[0] == entity.name:
        yield " | ".join(english)
    else:
        yield entity.name
        if english:
            yield f"  en: {' | '.join(english)}"
    for lang, texts in right.items():
        yield f"  {'' if lang in chosen else 'accepted '}{lang}: {' | '.join(texts)}"
    readings = wrong.pop(READING, [])
    if readings:
        yield f"  reading: {' | '.join(readings)}"
    for lang, texts in wrong.items():
        yield f"  wrong {lang}: {' | '.join(texts)}"
    if entity.context:
        yield f"  context: {' '.join(entity.context)}"
    if entity.common_word:
        yield "  flags: common_word"
    if entity.id != identifier(entity.type, entity.name):
        yield f"  id: {entity.id}"
