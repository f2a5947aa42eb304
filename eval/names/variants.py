"""Articles read for names, with their findings, in; every spelling of every entity over all of them, out.

Names that stand often in a corpus and that the base lacks come out as proposals, their spellings grouped: what is
worth adding to the user's own base first. Capitals show them; in a script without case they are the words that no
dictionary has and that sound like one of these names.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from corpora.script import dominant_script
from eval.names.base.fingerprint import fold_key
from eval.names.base.lexicon import is_listed
from eval.names.base.near import NearIndex
from eval.names.entity import Entity, NameFinding
from eval.names.knowledge import Knowledge
from eval.names.match import likeness
from eval.names.mentions import CASED_SCRIPTS, Mention, Reading
from eval.names.rules.claims import claims

Status = Literal["canonical", "accepted", "corrupted", "unknown"]
DEFAULT_MIN_COUNT = 3
_STATUSES: Sequence[Status] = ("canonical", "accepted", "corrupted", "unknown")
# A slip of one letter in a short name is another name (Meta, Beta); between scripts see `Knowledge.nearest`.
_SHORTEST_SLIP = 5
_SHORTEST_QUIET = 4
_GLUE = "وفبلك"
_ONE_SLIP = 0.8
_ONE_SOUND = 0.5


@dataclass(frozen=True, slots=True)
class Spelling:
    """One way in which a corpus writes a name in one language.

    Attributes:
        status: `canonical`, `accepted` or `corrupted`; `unknown` for names that the base lacks.
        count: mentions; repeats and boilerplate are left out.
        articles: in how many articles.
        first: path of the first article, in the order in which they were read.
    """

    text: str
    lang: str
    status: Status
    count: int
    articles: int
    first: str


@dataclass(frozen=True, slots=True)
class Variants:
    """A name with its spellings, by language, the most frequent first; `entity` is None for what the base lacks."""

    name: str
    entity: Entity | None
    spellings: tuple[Spelling, ...]

    @property
    def count(self) -> int:
        """How often it is mentioned in all."""
        return sum(spelling.count for spelling in self.spellings)

    @property
    def corrupted(self) -> int:
        """How many of these mentions are corrupted."""
        return sum(spelling.count for spelling in self.spellings if spelling.status == "corrupted")

    @property
    def rivals(self) -> int:
        """How many spellings there are beyond one a language."""
        return len(self.spellings) - len({spelling.lang for spelling in self.spellings})


@dataclass(frozen=True, slots=True)
class VariantTable:
    """The names of a corpus: of the base, the most troubled first, and the frequent ones that it lacks."""

    articles: int
    known: tuple[Variants, ...]
    proposed: tuple[Variants, ...]


@dataclass(slots=True)
class _Count:
    status: Status
    count: int = 0
    articles: int = 0
    first: str = ""

    def add(self, count: int, path: str) -> None:
        self.first = self.first or path
        self.count += count
        self.articles += 1


_Place = tuple[str, str]  # spelling and language


@dataclass(slots=True)
class Tally:
    """Counts the names of one article after the other.

    tally = Tally(Knowledge.bundled())
    tally.add(reading, findings)
    tally.table().known[0].spellings
    """

    knowledge: Knowledge
    _articles: int = 0
    _known: dict[str, dict[_Place, _Count]] = field(default_factory=dict)
    _unknown: dict[_Place, _Count] = field(default_factory=dict)
    _quiet: dict[_Place, _Count] = field(default_factory=dict)
    _lower: Counter[str] = field(default_factory=Counter)
    _ids: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for entity in self.knowledge.entities.values():
            self._ids.setdefault(entity.name, entity.id)

    def add(self, reading: Reading, findings: Sequence[NameFinding], *, path: str | None = None) -> None:
        """Count an article's names; what a finding calls corrupted counts so.

        Args:
            path: what the article is called in the table, if not by its own path.
        """
        self._articles += 1
        lang, path = reading.lang, path or reading.article.path
        errors = [finding for finding in findings if finding.severity == "error" and finding.start < finding.end]
        known = Counter(self._mentioned(reading, errors))
        known.update(
            (self._ids[error.entity], error.surface, "corrupted")
            for error in errors
            if error.entity in self._ids and (error.sentence is None or reading.counts(error.sentence))
        )
        for (entity, surface, status), count in known.items():
            spellings = self._known.setdefault(entity, {})
            # Corrupted in one article and right in another (Huang Renxun, a namesake): the worse word stands.
            spelling = spellings.setdefault((surface, lang), _Count(status))
            spelling.status = max(spelling.status, status, key=_STATUSES.index)
            spelling.add(count, path)
        for surface, count in Counter(_unknown(reading, errors)).items():
            self._unknown.setdefault((surface, lang), _Count("unknown")).add(count, path)
        for surface, count in Counter(_quiet(reading)).items():
            self._quiet.setdefault((surface, lang), _Count("unknown")).add(count, path)
        self._lower.update(word.text for word in reading.words if word.text.islower())

    def table(self, *, min_count: int = DEFAULT_MIN_COUNT) -> VariantTable:
        """What was counted so far.

        Args:
            min_count: how often a name that the base lacks must stand in the corpus, all spellings together, to be
                proposed.
        """
        known = []
        for id, spellings in self._known.items():
            entity = self.knowledge.entities[id]
            known.append(Variants(entity.name, entity, _spellings(spellings)))
        known.sort(
            key=lambda one: (-one.corrupted, -one.rivals, -one.count, one.name, one.entity.id if one.entity else "")
        )
        groups = (_spellings(group) for group in _heard(_grouped(self._names_alone()), self._quiet))
        proposed = [Variants(_headline(group), None, group) for group in groups]
        frequent = [one for one in proposed if one.count >= min_count]
        return VariantTable(
            self._articles, tuple(known), tuple(sorted(frequent, key=lambda one: (-one.count, one.name)))
        )

    def _mentioned(self, reading: Reading, errors: Sequence[NameFinding]) -> Iterator[tuple[str, str, Status]]:
        """Entity, surface and status of each mention that is right."""
        for mention in reading.mentions:
            if mention.hit is None or not reading.counts(mention.sentence) or _is_within(mention, errors):
                continue
            right = [claim.entity for claim in claims(mention) if claim.right]
            if right:
                yield right[0].id, mention.surface, self._status(right[0], mention.surface, reading.lang)

    def _status(self, entity: Entity, surface: str, lang: str) -> Status:
        canonical = (self.knowledge.canonical(entity, lang), self.knowledge.canonical(entity, lang, script="Latn"))
        return "canonical" if surface in canonical else "accepted"

    def _names_alone(self) -> Mapping[_Place, _Count]:
        """Unknown spellings without words that the corpus writes in lower case as often (Président, président)."""
        return {
            place: count
            for place, count in self._unknown.items()
            if " " in place[0] or self._lower[place[0].lower()] < count.count
        }


def _unknown(reading: Reading, errors: Sequence[NameFinding]) -> Iterator[str]:
    """Surfaces that look like names, and that neither the base knows nor a finding explains."""
    for mention in reading.mentions:
        surface = mention.surface
        if mention.hit is not None or mention.shape == "initial" or not reading.counts(mention.sentence):
            continue
        if len(surface) > 1 and surface[0].isalnum() and not surface.islower() and not _is_within(mention, errors):
            yield surface


def _quiet(reading: Reading) -> Iterator[str]:
    """Words and pairs of words in a script without case that no dictionary has, without what is glued in front."""
    covered = {place for m in reading.mentions if m.hit is not None for place in range(m.start, m.end)}
    for sentence, words in reading.words_by_sentence.items():
        strange = [
            word.script not in CASED_SCRIPTS
            and len(word.text) >= _SHORTEST_QUIET
            and word.start not in covered
            and not is_listed(word.text, reading.lang)
            for word in words
        ]
        for i, word in enumerate(words) if reading.counts(sentence) else ():
            following = words[i + 1] if i + 1 < len(words) else None
            if strange[i]:
                yield from _unglued(word.text)
            if following is None or not (strange[i] or strange[i + 1]) or following.script != word.script:
                continue
            if word.script not in CASED_SCRIPTS and reading.text[word.end : following.start] == " ":
                yield from _unglued(f"{word.text} {following.text}")


def _unglued(surface: str) -> Iterator[str]:
    yield surface
    if surface[0] in _GLUE and len(surface.split()[0]) > _SHORTEST_QUIET:
        yield surface[1:]


def _is_within(mention: Mention, findings: Iterable[NameFinding]) -> bool:
    return any(finding.start < mention.end and mention.start < finding.end for finding in findings)


def _spellings(counted: Mapping[_Place, _Count]) -> tuple[Spelling, ...]:
    spellings = (
        Spelling(text, lang, one.status, one.count, one.articles, one.first) for (text, lang), one in counted.items()
    )
    return tuple(sorted(spellings, key=lambda one: (one.lang, -one.count, one.text)))


def _headline(spellings: Sequence[Spelling]) -> str:
    """The spelling that a group is shown under: Latin letters first, then the most frequent."""
    return min(spellings, key=lambda one: (dominant_script(one.text) != "Latn", -one.count, one.text)).text


def _grouped(counted: Mapping[_Place, _Count]) -> list[dict[_Place, _Count]]:
    """Spellings of one name brought together: around the most frequent one, those that are a slip away from it."""
    totals: Counter[str] = Counter()
    places: dict[str, dict[_Place, _Count]] = {}
    for place, count in counted.items():
        key = fold_key(place[0])
        totals[key] += count.count
        places.setdefault(key, {})[place] = count
    keys = sorted(places, key=lambda key: (-totals[key], key))
    index = NearIndex(keys)
    groups = []
    taken: set[str] = set()
    for key in keys:
        if key not in taken:
            members = [key, *(near for near in _near(index, key) if near not in taken)]
            taken.update(members)
            groups.append({place: count for member in members for place, count in places[member].items()})
    return groups


def _heard(groups: Sequence[dict[_Place, _Count]], quiet: Mapping[_Place, _Count]) -> Iterator[dict[_Place, _Count]]:
    """The groups, each with the quiet words that sound like its most frequent spelling."""
    places: dict[str, list[_Place]] = {}
    for place in quiet:
        places.setdefault(fold_key(place[0]), []).append(place)
    index = NearIndex(sorted(places))
    taken: set[str] = set()
    for group in groups:
        head = fold_key(max(group, key=lambda place: (group[place].count, place))[0])
        heard = [key for key in (_near(index, head) if places else []) if key not in taken]
        taken.update(heard)
        yield group | {place: quiet[place] for key in heard for place in places[key]}


def _near(index: NearIndex, key: str) -> list[str]:
    """Keys that write the same name: one slip away in a long enough name, or the same sound in another script."""
    if len(key) < _SHORTEST_SLIP:
        return []
    numbers = dict.fromkeys([*index.spelt_like(key), *index.sounding_like(key)])
    near = [index.keys[number] for number in numbers if index.keys[number] != key]
    script = dominant_script(key)
    return [
        other
        for other, score in zip(near, likeness(key, key, near), strict=True)
        if _digits(other) == _digits(key)
        and score >= (_ONE_SLIP if dominant_script(other) == script else _ONE_SOUND)
        and len(other.split()) == len(key.split())
    ]


def _digits(text: str) -> str:
    return "".join(char for char in text if char.isdigit())
