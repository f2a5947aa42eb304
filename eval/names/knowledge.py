"""Name files in, a base of entities out that finds its names in a text, exactly or nearly, and knows how to write them.

knowledge = Knowledge.bundled()
knowledge.scan("… accord avec Openai …", "fr")   # one Hit: OpenAI, exact_case=False
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from importlib import resources
from math import exp, log
from pathlib import Path
from typing import TypeAlias

from rapidfuzz.distance import OSA

from corpora.errors import FormatError
from corpora.script import fold
from eval.names.base import records
from eval.names.base.catalogue import SUFFIX, Catalogue
from eval.names.base.cldr import cldr_entities
from eval.names.base.fingerprint import fold_key
from eval.names.base.layers import STATUS_RANK, Entities, Layer, Memory, layered
from eval.names.base.scan import Scanner, Span
from eval.names.base.sources import read_entities
from eval.names.entity import Entity, Form
from eval.names.match import likeness, name_script
from eval.names.spelling.orthography import begins_sentence, has_case_of, is_ordinary_case, letters_agree

_SHORT_ARABIC = 4
_REMEMBERED = 1 << 16
# Within a script one letter in twenty is a slip: what makes both scripts' similarities one scale.
_SLIP = log(0.05)
# One slip in a name of seven letters.
_SURE = 0.65
# An address is no mention, whatever name it holds; it is one when the name is the address (JD.com).
_ADDRESS = re.compile(
    r"(?:https?://|www\.).+|[\w.+-]*@[\w.-]+|(?:[a-z0-9-]+\.)+(?:com|org|net|io|ai|fr|eu|co|gov|edu|cn|uk|dev|app|info|ma|sa|ae|eg)(?:/.*)?",
    re.IGNORECASE,
)
_IN_ADDRESSES = frozenset("/.@-_")
_TOKEN_BEFORE = re.compile(r"[^\s<>\"'()،؛]*\Z")
_TOKEN_AFTER = re.compile(r"[^\s<>\"'()،؛]*")


@dataclass(frozen=True, slots=True)
class Hit:
    """A name of the base that stands in a text.

    Attributes:
        start, end: the name alone: clitics outside, an article that is fused to ل inside.
        surface: `text[start:end]`.
        entities: whose name it may be, the likeliest first; several claim some names.
        form: the form of the first entity that it is.
        exact_case: whether it is written as an accepted form writes it (also true for names in ordinary lower-case
            words, whose case is the sentence's business, and in scripts without case).
        forms: for each entity the form that it is.
    """

    start: int
    end: int
    surface: str
    entities: tuple[Entity, ...]
    form: Form
    exact_case: bool
    forms: tuple[Form, ...] = ()


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entity that a surface may stand for, the form that comes nearest, and how near (0 to 1)."""

    entity: Entity
    form: Form
    similarity: float


_Reading: TypeAlias = tuple[tuple[Entity, ...], Form, bool, tuple[Form, ...]]


class Knowledge:
    """Entities with their names in all languages.

    Where several files name one entity (the same id) the later file is the user's word: its forms come first, and what
    it says about a language outranks what an article itself prefers (`house_form`). Catalogues lie below all of them:
    they add entities and forms, and overrule nothing.

    Attributes:
        entities: by id. Going through it leaves those of the catalogues out, which may be millions; an id finds them.
    """

    def __init__(
        self,
        entities: Iterable[Entity],
        *,
        house: Mapping[tuple[str, str], str] | None = None,
        below: Sequence[Layer] = (),
    ) -> None:
        memory = Memory(entities)
        self.entities = Entities(memory.entities, below)
        self._layers: tuple[Layer, ...] = (memory, *below)
        self._house = dict(house or {})
        self._known: dict[str, dict[tuple[str, str, str, bool], _Reading | None]] = {}

    @classmethod
    def bundled(cls) -> Knowledge:
        """The base that ships with muwazi; loaded once."""
        return _bundled()

    @classmethod
    def open(
        cls,
        *paths: str | Path,
        bundled: bool = True,
        on_error: Callable[[FormatError], None] | None = None,
    ) -> Knowledge:
        """The bundled base with the user's files on top, the last file on top of all.

        Name files (`eval.names.base.records`), by their ending CSV, TSV and JSON lines (`eval.names.base.sources`), and
        catalogues,
        which lie below the bundled base.

        Args:
            bundled: False leaves the bundled base out.
            on_error: called for each broken entity, which is left out; without it the first one is raised.

        Raises:
            InputError: a file that cannot be read.
            FormatError: a broken line, with file and number.
            StoreError: a damaged catalogue.
        """
        files = [Path(path) for path in paths]
        below = [Catalogue(file) for file in reversed(files) if file.suffix == SUFFIX]
        merged = dict(cls.bundled().entities) if bundled else {}
        house: dict[tuple[str, str], str] = {}
        for file in (file for file in files if file.suffix != SUFFIX):
            for entity in read_entities(file, on_error=on_error):
                known = merged.get(entity.id)
                entity = in_terms_of(known, entity) if known else entity
                for form in entity.forms:
                    if form.status == "canonical":
                        house[entity.id, form.lang] = form.text
                merged[entity.id] = layered(known, entity) if known else entity
        return cls(merged.values(), house=house, below=below)

    def scan(self, text: str, lang: str) -> list[Hit]:
        """Every mention of a known name, leftmost and then longest, in text order.

        Folded and case-insensitive; a wrong form counts only in its own language. A lower-case surface is no mention of
        a name that is also an ordinary word (meta, who, un).
        """
        hits = []
        known = self._known.setdefault(lang, {})
        if len(known) > _REMEMBERED:
            known.clear()
        for span in self._scanner.scan(text):
            surface = text[span.start : span.end]
            clitic = text[span.start - 1] if span.clitic else ""
            begins = begins_sentence(text, span.start)
            place = (span.key, surface, clitic, begins)
            if place not in known:
                known[place] = self._reading(*place, lang)
            reading = known[place]
            if reading is not None and not _in_address(text, span):
                hits.append(Hit(span.start, span.end, surface, *reading))
        return hits

    def nearest(self, surface: str, lang: str, limit: int = 5) -> list[Candidate]:
        """Entities whose names come nearest to a surface, best first; one candidate an entity.

        Names one edit away, and names that sound alike in either script: the Arabic ليو داين finds Liu Deyin. The
        similarity is the geometric mean probability of a letter of the Arabic spelling, given the Latin one (.5 and
        more for 86 % of true training pairs, and for 1 % of the best wrong ones among 1,288); within a script that of a
        letter, where one in twenty is a slip. A near name
        alone proves nothing (Meta and Beta, GB200 and GB300): who calls this needs other evidence.
        """
        key = fold_key(surface)
        near = [(layer, number) for layer in self._layers for number in layer.index.near.like(key)]
        scores = _nearness(surface, key, [layer.index.key(number) for layer, number in near])
        ranked = sorted(((round(score, 4), place) for place, score in enumerate(scores) if score > 0), reverse=True)
        best: dict[str, Candidate] = {}
        for score, place in ranked:
            # What is as near as the last one that counts may still come before it.
            if len(best) >= limit and score < list(best.values())[limit - 1].similarity:
                break
            layer, number = near[place]
            for entity, form in self._best_forms(self._claims(layer, number), lang):
                best.setdefault(entity.id, Candidate(entity, form, score))
        return sorted(best.values(), key=lambda found: (-found.similarity, found.entity.id))[:limit]

    def canonical(self, entity: Entity, lang: str, *, script: str | None = None) -> str | None:
        """How a text in `lang` should write the entity; None where the base does not say.

        Args:
            script: `Latn` asks for the Latin form where the language's own is in another script (OpenAI in an Arabic
                text that writes brands in Latin letters).
        """
        house = self.house_form(entity, lang)
        base = lang.partition("-")[0]
        order = [base, "mul", "en"] if script is not None else [base, "mul"]
        right = {form.lang: form.text for form in reversed(entity.forms) if form.status == "canonical"}
        for text in [house, *(right.get(code) for code in order)]:
            if text is not None and (script is None or _is_latin(text) == (script == "Latn")):
                return text
        return None

    def house_form(self, entity: Entity, lang: str) -> str | None:
        """How the user's own base wants the entity written in `lang`, if it says.

        A form for all languages (NVIDIA) says nothing of a language that has its own (إنفيديا).
        """
        base = lang.partition("-")[0]
        own = self._house.get((entity.id, base))
        if own is not None or any(form.lang == base and form.status == "canonical" for form in entity.forms):
            return own
        return self._house.get((entity.id, "mul"))

    def claims(self, key: str) -> list[tuple[Entity, Form]]:
        """Who has a name, given as `fold_key` has it, whatever the language: each entity with each such form."""
        found: dict[tuple[str, Form], tuple[Entity, Form]] = {}
        for layer in self._layers:
            number = layer.index.number(key)
            for entity, form in self._claims(layer, number) if number >= 0 else ():
                found.setdefault((entity.id, form), (entity, form))
        return list(found.values())

    def one_edit_from(self, key: str) -> list[str]:
        """The names at most one edit from one, all given as `fold_key` has them, the nearest first."""
        found = [near for layer in self._layers for near in layer.index.near.one_edit_from(key)]
        return sorted(dict.fromkeys(found), key=lambda near: near != key)

    def _claims(self, layer: Layer, number: int) -> Iterator[tuple[Entity, Form]]:
        for place, form in layer.index.claims(number):
            claimant = layer.numbered(place)
            entity = self.entities.resolve(claimant, layer)
            yield entity, claimant.forms[form] if entity is claimant else _as_held(claimant.forms[form], entity)

    @cached_property
    def _scanner(self) -> Scanner:
        return Scanner([layer.index for layer in self._layers])

    def _best_forms(self, claims: Iterable[tuple[Entity, Form]], lang: str) -> list[tuple[Entity, Form]]:
        """Each claimant in a language, with the best form each: right before wrong, the language's own first."""
        base = lang.partition("-")[0]
        heard = [one for one in claims if one[1].status != "wrong" or one[1].lang in (base, "mul", records.READING)]
        if len(heard) < 2:
            return heard
        best: dict[str, tuple[tuple[int, int], Entity, Form]] = {}
        for entity, form in heard:
            rank = (STATUS_RANK[form.status], 0 if form.lang == base else 1 if form.lang == "mul" else 2)
            if entity.id not in best or rank < best[entity.id][0]:
                best[entity.id] = (rank, entity, form)
        order = sorted(best.values(), key=lambda found: (found[0], found[1].id))
        return [(entity, form) for _, entity, form in order]

    def _reading(self, key: str, surface: str, clitic: str, begins: bool, lang: str) -> _Reading | None:
        """What a surface is that folds to a key: everything of a `Hit` but its place; None for an ordinary word."""
        short = clitic != "" and len(key) <= _SHORT_ARABIC
        claims = self.claims(key)
        readings = []
        for entity, form in self._best_forms(claims, lang):
            spellings = [other.text for claimant, other in claims if claimant.id == entity.id]
            ordinary = entity.common_word and is_ordinary_case(surface, form.text, begins)
            if (
                not ordinary
                and letters_agree(surface, spellings)
                and not (short and not _stands(clitic, surface, form))
            ):
                readings.append((entity, form))
        if not readings:
            return None
        forms = tuple(form for _, form in readings)
        right = [form for entity, _ in readings for form in entity.forms if form.status != "wrong"]
        return tuple(entity for entity, _ in readings), forms[0], has_case_of(surface, [*forms, *right]), forms


@lru_cache(maxsize=1)
def _bundled() -> Knowledge:
    entities = {entity.id: entity for entity in cldr_entities()}
    written: dict[str, str] = {}
    for file in sorted(resources.files("eval.names.data").iterdir(), key=lambda file: file.name):
        if file.name.endswith(".names"):
            for entity in records.parse(file.read_text(encoding="utf-8"), path=file.name):
                if entity.id in written:
                    raise FormatError(f"{entity.id} is in {written[entity.id]} too", where=file.name, cure="keep one")
                written[entity.id] = file.name
                known = entities.get(entity.id)
                entities[entity.id] = layered(known, entity) if known else entity
    return Knowledge(entities.values())


def _as_held(form: Form, entity: Entity) -> Form:
    """A form of a lower layer as the entity over all layers has it: what was canonical there may only be accepted."""
    return next(held for held in entity.forms if (held.text, held.lang) == (form.text, form.lang))


def _nearness(surface: str, key: str, keys: Sequence[str]) -> list[float]:
    """How probable a letter of each key is, given the surface, whatever the script of either.

    Where a key of the same script is surely meant the others are not looked at: they are 0.
    """
    script = name_script(key)
    scores = [
        exp(_SLIP * (1 - float(OSA.normalized_similarity(key, other)))) if name_script(other) == script else 0.0
        for other in keys
    ]
    across = [place for place, other in enumerate(keys) if name_script(other) != script]
    if across and max(scores) < _SURE:
        for place, score in zip(across, likeness(surface, key, [keys[place] for place in across]), strict=True):
            scores[place] = score
    return scores


def in_terms_of(known: Entity, added: Entity) -> Entity:
    """The user's entry, with its forms for all languages meant as English ones where French has its own.

    Who writes down that the house says United States has said nothing about États-Unis.
    """
    if any(form.lang == "fr" and form.status == "canonical" for form in (*known.forms, *added.forms)):
        return replace(added, forms=tuple(replace(f, lang="en") if f.lang == "mul" else f for f in added.forms))
    return added


def _is_latin(text: str) -> bool:
    return any("a" <= char <= "z" for char in fold(text, case=True).text)


def _in_address(text: str, span: Span) -> bool:
    """Whether a span is only part of a web or mail address."""
    if text[span.start - 1 : span.start] not in _IN_ADDRESSES and text[span.end : span.end + 1] not in _IN_ADDRESSES:
        return False
    before = _TOKEN_BEFORE.search(text, max(0, span.start - 200), span.start)
    after = _TOKEN_AFTER.match(text, span.end)
    start = before.start() if before else span.start
    end = after.end() if after else span.end
    match = _ADDRESS.match(text[start:end].rstrip(".,:;!?…"))
    return (
        match is not None
        and match.end() > span.start - start
        and match.span() != (span.start - start, span.end - start)
    )


def _stands(clitic: str, surface: str, form: Form) -> bool:
    """Whether a short name behind a glued letter is one: وآبل is Apple, وابل is hail, بأول is no Powell, فشل no Shell.

    It needs each of its own letters, and at three letters a conjunction و or a hamza that ordinary words lack there.
    """
    plain = unicodedata.normalize("NFC", surface)
    return form.text == plain and (len(plain) >= _SHORT_ARABIC or clitic == "و" or plain[0] in "آأإ")
