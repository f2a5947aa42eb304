"""What a user says about one name in, the entity to write into their own base out.

entry(Knowledge.bundled(), "NVIDIA", right={"ar": ["نفيديا"]})   # organisation:nvidia, as the house writes it
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from typing import cast

from corpora.errors import UsageError
from corpora.script import dominant_script
from eval.names.base.fingerprint import fold_key, fold_keys
from eval.names.base.records import LANGUAGE, TYPES, identifier
from eval.names.entity import Entity, EntityType, Form
from eval.names.knowledge import Knowledge

_DEFAULT_TYPE = "organisation"
_LANGUAGE_OF_SCRIPT = {"Arab": "ar", "Hani": "zh"}


def entry(
    knowledge: Knowledge,
    name: str,
    *,
    type: str | None = None,
    right: Mapping[str, Sequence[str]] | None = None,
    accepted: Sequence[str] = (),
    wrong: Sequence[str] = (),
    common_word: bool = False,
) -> Entity:
    """The entity that a user's words describe; one that the base knows keeps its id and type.

    Args:
        name: as English and, without a form of its own, every other language should write it.
        type: what it is; without it what the base says, else an organisation.
        right: by language how it is written there, the house's own form first.
        accepted, wrong: other forms that are right, or never are; `CODE=FORM`, or a form alone, which belongs to the
            language of its script, else to all.

    Raises:
        UsageError: an unknown type, an empty form, a form that is both right and wrong, a name that several entities
            have.
    """
    name = _clean(name)
    if type is not None and type not in TYPES:
        raise UsageError(f"unknown type {type!r}", cure=f"use one of {', '.join(TYPES)}")
    known = _known(knowledge, name, type)
    kind = known.type if known is not None else type or _DEFAULT_TYPE
    everywhere = "en" if right and "fr" in right else "mul"
    forms = [Form(name, everywhere, "canonical")]
    for lang, texts in (right or {}).items():
        forms += [
            Form(_clean(text), lang, "canonical" if i == 0 else "accepted")
            for i, text in enumerate(texts)
            if (lang, i) != (everywhere, 0) or _clean(text) != name
        ]
    forms += [Form(text, lang, "accepted") for lang, text in _told(accepted, everywhere)]
    forms += [Form(text, lang, "wrong") for lang, text in _told(wrong, everywhere)]
    _refuse_contradiction(forms)
    return Entity(
        id=known.id if known is not None else identifier(kind, name),
        name=name,
        type=cast(EntityType, kind),
        forms=tuple(dict.fromkeys(forms)),
        common_word=common_word,
    )


def _clean(text: str) -> str:
    text = unicodedata.normalize("NFC", " ".join(text.split()))
    if not text or text.startswith(("#", "type:")) or "|" in text:
        raise UsageError(f"{text!r} is no name", cure="write the name alone, without | and without # at its beginning")
    return text


def _known(knowledge: Knowledge, name: str, type: str | None) -> Entity | None:
    """The one entity of the base with this English name, in whatever case; who is named so before who is called so."""
    claims = [
        (entity, form)
        for entity in knowledge.entities.values()
        for form in entity.forms
        if form.status != "wrong" and form.lang in ("mul", "en") and type in (None, entity.type)
    ]
    key = fold_key(name)
    matching = [
        (entity, form)
        for (entity, form), folded in zip(claims, fold_keys([form.text for _, form in claims]), strict=True)
        if folded == key
    ]
    for statuses in (("canonical",), ("accepted",)):
        found = {entity.id: entity for entity, form in matching if form.status in statuses}
        if len(found) > 1:
            kinds = ", ".join(f"{entity.type} ({entity.name})" for entity in found.values())
            raise UsageError(f"several entities have the name {name!r}", cure=f"say which with --type: {kinds}")
        if found:
            return next(iter(found.values()))
    return None


def _told(forms: Sequence[str], everywhere: str) -> Iterable[tuple[str, str]]:
    """Language and text of each form."""
    for form in forms:
        code, equals, text = form.partition("=")
        if equals and LANGUAGE.fullmatch(code):
            yield code, _clean(text)
        else:
            yield _LANGUAGE_OF_SCRIPT.get(dominant_script(form), everywhere), _clean(form)


def _refuse_contradiction(forms: Sequence[Form]) -> None:
    right = {(form.text, form.lang) for form in forms if form.status != "wrong"}
    for form in forms:
        if form.status == "wrong" and (form.text, form.lang) in right:
            raise UsageError(f"{form.text!r} cannot be both right and wrong", cure="keep one of the two")
