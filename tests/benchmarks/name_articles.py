"""A knowledge base and development data in, clean articles with the names in each line out: what errors are planted in.

Two kinds: frames in three languages (`name_frames.tsv`, `name_acronyms.tsv`) filled with names of the base, hard
negatives between them (`name_negatives.tsv` with the fillings of `name_fillers.tsv`); and the development half of
NTREX-128 (`ntrex/dev.tsv`, github.com/MicrosoftTranslator/NTREX), whose names are those of the base and, from
`name_news.tsv`, 424 that no base has.
"""

from __future__ import annotations

import hashlib
import random
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

from eval.names.entity import Entity, Form
from eval.names.knowledge import Knowledge
from tests.benchmarks.name_corruption import Name, attested

HERE = Path(__file__).parent
_CLITICS = "(?:[وف]?[بلك]?)"
LANGS = ("en", "ar", "fr")
_FRAMES = 13
_SLOT = re.compile(r"\{(\w+?)(\d?)\}")
_TYPES = {
    "person": "person",
    "org": "organisation",
    "product": "product",
    "place": "place",
    "outlet": "outlet",
    "acronym": "acronym",
}
_BRANDS = frozenset({"organisation", "product"})


@dataclass
class Document:
    """A clean article in three languages, line by line, with the names in each line of each language.

    Attributes:
        negatives: the lines that are hard negatives: any error found in them is a false alarm.
    """

    key: str
    lines: dict[str, list[str]]
    names: dict[str, list[Name]] = field(default_factory=dict)
    negatives: set[int] = field(default_factory=set)


def is_held_out(identifier: str) -> bool:
    """Whether an entity is one of the quarter that no base under test knows."""
    return hashlib.sha256(identifier.encode()).digest()[0] % 4 == 0


def without_held_out(full: Knowledge, strangers: Sequence[Entity] = ()) -> Knowledge:
    """The base under test: three quarters of the bundled one, and the load of strangers."""
    known = [entity for entity in full.entities.values() if not is_held_out(entity.id)]
    return Knowledge([*known, *strangers])


def strangers(path: Path, count: int) -> list[Entity]:
    """Made-up people of real given and family names, as the load that a large base is; none without the file."""
    if not count or not path.is_file():
        return []
    pairs = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines() if "\t" in line]
    rng = random.Random(3)
    made = []
    for number in range(count):
        (first_ar, first), (last_ar, last) = rng.choice(pairs), rng.choice(pairs)
        latin, arabic = f"{first} {last}".title(), f"{first_ar} {last_ar}"
        forms = (Form(latin, "mul", "canonical"), Form(arabic, "ar", "canonical"))
        made.append(Entity(f"person:stranger-{number}", latin, "person", forms))
    return made


def frame_documents(base: Knowledge, count: int, rng: random.Random) -> Iterator[Document]:
    """Articles of some frames each, filled with names that stay the same through the article."""
    pools = {
        slot: [e for e in base.entities.values() if e.type == kind and _usable(e)] for slot, kind in _TYPES.items()
    }
    listed = {english for _, operation, english in attested() if operation == "literal"}
    chinese = [entity for entity in pools["person"] if _forms(entity, ("zh", "zh-Hans", "zh-Hant"), "canonical")]
    surnames = _surnames(pools["person"])
    for number in range(count):
        cast = {slot: rng.sample(pool, 2) for slot, pool in pools.items()}
        if rng.random() < 0.4:
            cast["person"][0] = rng.choice(chinese)
        for slot in ("org", "product", "outlet"):
            # Few names lend themselves to a wrong case or a literal translation: those are cast more often.
            cast[slot][0] = rng.choice([e for e in pools[slot] if e.name in listed] or pools[slot])
            cast[slot][1] = rng.choice([e for e in pools[slot] if _has_inner_capital(e.name)] or pools[slot])
        yield _frame_document(f"frames-{number}", base, cast, surnames, rng)


def _frame_document(
    key: str, base: Knowledge, cast: Mapping[str, list[Entity]], surnames: Sequence[Sequence[str]], rng: random.Random
) -> Document:
    document = Document(key, {lang: [] for lang in LANGS}, {lang: [] for lang in LANGS})
    latin = rng.random() < 0.6
    rows = rng.sample(_rows("name_frames.tsv"), _FRAMES)
    subject = rng.choice(sorted({row[0] for row in _rows("name_acronyms.tsv")}))
    topical = [(subject, row[1:]) for row in _rows("name_acronyms.tsv") if row[0] == subject]
    for acronym, row in [*(("", row) for row in rows), *topical]:
        of_row = cast if not acronym else {"acronym": [e for e in base.entities.values() if e.name == acronym]}
        for lang, frame in zip(LANGS, row, strict=True):
            _fill(document, lang, frame, of_row, latin, told=bool(acronym))
        document.negatives.add(len(document.lines["en"]))
        for lang, line in zip(LANGS, _negative(surnames, rng), strict=True):
            document.lines[lang].append(line)
    return document


@cache
def _rows(file: str) -> list[list[str]]:
    return [line.split("\t") for line in (HERE / file).read_text(encoding="utf-8").split("\n") if line]


def _negative(surnames: Sequence[Sequence[str]], rng: random.Random) -> list[str]:
    """A hard negative in three languages: names that are nearly others, words that are names as well."""
    row = rng.choice(_rows("name_negatives.tsv"))
    chosen: dict[str, Sequence[str]] = {}
    for slot in dict.fromkeys(match[0] for match in _SLOT.finditer(row[0])):
        kind = slot.strip("{}2")
        pool = (
            surnames if kind == "surname" else [filler[1:] for filler in _rows("name_fillers.tsv") if filler[0] == kind]
        )
        chosen[slot] = rng.choice([filler for filler in pool if filler not in chosen.values()])
    return [_SLOT.sub(lambda match, i=i: chosen[match[0]][i], line) for i, line in enumerate(row)]


def _surnames(people: Sequence[Entity]) -> list[tuple[str, str, str]]:
    """The last names of people whose names have two words in each language, as other people bear them."""
    found = []
    for person in people:
        forms = [_form(person, lang, latin=False) or "" for lang in LANGS]
        if all(len(form.split()) == 2 for form in forms):
            found.append(tuple(form.split()[1] for form in forms))
    return found  # type: ignore[return-value]


def _usable(entity: Entity) -> bool:
    return all(_form(entity, lang, latin=False) is not None for lang in LANGS) and (
        not entity.common_word or entity.type == "acronym"
    )


def _has_inner_capital(name: str) -> bool:
    return " " not in name and any(char.isupper() for char in name[1:]) and not name.isupper()


def _form(entity: Entity, lang: str, *, latin: bool) -> str | None:
    order = ["mul", lang, "en"] if latin or lang != "ar" else [lang, "mul"]
    if lang != "ar":
        order = [lang, "mul", "en"]
    right = [form for form in entity.forms if form.status == "canonical" and form.lang in order]
    return min(right, key=lambda form: order.index(form.lang)).text if right else None


def _fill(
    document: Document, lang: str, frame: str, cast: Mapping[str, list[Entity]], latin: bool, *, told: bool
) -> None:
    line = ""
    position = 0
    for match in _SLOT.finditer(frame):
        entities = cast[match[1]]
        entity = entities[(int(match[2] or 1) - 1) % len(entities)]
        form = _form(entity, lang, latin=latin and entity.type in _BRANDS) or entity.name
        line += frame[position : match.start()]
        name = name_of(entity, lang, len(document.lines[lang]), len(line), form)
        document.names[lang].append(replace(name, told=told))
        line += form
        position = match.end()
    document.lines[lang].append(line + frame[position:])


def name_of(entity: Entity, lang: str, line: int, start: int, surface: str) -> Name:
    """The entity's name where it stands, with what the corruptor needs to know of it."""
    return Name(
        line,
        start,
        start + len(surface),
        surface,
        entity.type,
        entity.id,
        english=entity.name,
        right=_forms(entity, (lang, "mul", "en"), "canonical", "accepted"),
        hanzi=_forms(entity, ("zh", "zh-Hans", "zh-Hant"), "canonical"),
    )


def _forms(entity: Entity, langs: Sequence[str], *statuses: str) -> tuple[str, ...]:
    return tuple(form.text for form in entity.forms if form.lang in langs and form.status in statuses)


def news_documents(path: Path, base: Knowledge) -> Iterator[Document]:
    """The development half of NTREX, with the names that all three languages have in a line."""
    if not path.is_file():
        return
    documents: dict[str, Document] = {}
    for row in path.read_text(encoding="utf-8").split("\n")[1:]:
        cells = row.split("\t")
        if len(cells) != len(LANGS) + 1:
            continue
        document = documents.setdefault(cells[0], Document(cells[0], {lang: [] for lang in LANGS}))
        for lang, text in zip(LANGS, cells[1:], strict=True):
            document.lines[lang].append(text)
    for document in documents.values():
        for lang in LANGS:
            document.names[lang] = [
                name for i in range(len(document.lines[lang])) for name in _names_in_line(document, i, lang, base)
            ]
        yield document


def _names_in_line(document: Document, line: int, lang: str, base: Knowledge) -> list[Name]:
    """The names of the base, and those of the list that do not stand within one."""
    found = list(_names_in(document, line, lang, base))
    for name in _listed_names(document, line, lang):
        if all(name.end <= other.start or other.end <= name.start for other in found):
            found.append(name)
    return sorted(found, key=lambda name: name.start)


@cache
def news_names() -> Mapping[str, Sequence[tuple[str, str]]]:
    """The names that no base has, Latin and Arabic, of each document; longest first."""
    found: dict[str, list[tuple[str, str]]] = {}
    for row in (HERE / "name_news.tsv").read_text(encoding="utf-8").split("\n"):
        if row and not row.startswith("#"):
            key, latin, arabic = row.split("\t")
            found.setdefault(key, []).append((latin, arabic))
    return {key: sorted(names, key=_longest_first) for key, names in found.items()}


def _longest_first(name: tuple[str, str]) -> tuple[int, str]:
    return -len(name[0]), name[0]


def _listed_names(document: Document, line: int, lang: str) -> Iterator[Name]:
    for latin, arabic in news_names().get(document.key, ()):
        form = arabic if lang == "ar" else latin
        if not form or not _standing(latin, "en").search(document.lines["en"][line]):
            continue
        for match in _standing(form, lang).finditer(document.lines[lang][line]):
            kind = "acronym" if latin.isupper() and " " not in latin else "person" if " " in latin else "name"
            yield Name(line, match.start(1), match.end(1), form, kind, english=latin, right=(form,))


@cache
def _standing(form: str, lang: str) -> re.Pattern[str]:
    """Where a form stands as words of its own, Arabic clitics before it left aside."""
    return re.compile(rf"(?<!\w){_CLITICS if lang == 'ar' else ''}({re.escape(form)})(?!\w)")


def _names_in(document: Document, line: int, lang: str, base: Knowledge) -> Iterator[Name]:
    source = {entity.id for hit in base.scan(document.lines["en"][line], "en") for entity in hit.entities}
    for hit in base.scan(document.lines[lang][line], lang):
        entity = hit.entities[0]
        if hit.exact_case and hit.form.status != "wrong" and entity.id in source and not entity.common_word:
            yield name_of(entity, lang, line, hit.start, hit.surface)
