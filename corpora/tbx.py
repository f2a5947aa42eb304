"""A TBX file in, its concepts out: each with its terms in every language, the preferred ones first; streamed.

Reads all dialects by the elements they share: TBX 2 (`martif`, `termEntry`, `langSet`, `tig` or `ntig`) and TBX 3
(`tbx`, `conceptEntry`, `langSec`, `termSec`), styles DCA and DCT. Entities are refused and nothing is fetched; of the
file no more is held than one concept.

Source: ISO 30042:2008 and ISO 30042:2019, TermBase eXchange.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Literal

from corpora.errors import FormatError, LanguageError
from corpora.formats.streams import Event, xml_events
from corpora.language import parse

Status = Literal["preferred", "admitted", "superseded", "deprecated"]

_ENDINGS: Final = (".tbx", ".xml")
_ROOTS: Final = ("tbx", "martif")
_CONCEPTS: Final = ("conceptEntry", "termEntry")
_LANGUAGES: Final = ("langSec", "langSet")
_TERMS: Final = ("termSec", "tig", "ntig")
_INLINE: Final = ("hi", "foreign", "bpt", "ept", "it", "ph", "ut", "sc", "ec")
_STATUS_NOTES: Final = ("administrativeStatus", "normativeAuthorization")
# A term of which nothing is said comes before one that is merely admitted.
_ORDER: Final[dict[Status | None, int]] = {"preferred": 0, None: 1, "admitted": 2, "superseded": 3, "deprecated": 4}
_SAID: Final[tuple[tuple[str, Status], ...]] = (
    ("preferred", "preferred"),
    ("standardized", "preferred"),
    ("superseded", "superseded"),
    ("deprecated", "deprecated"),
    ("rejected", "deprecated"),
)


@dataclass(frozen=True, slots=True)
class TbxTerm:
    """One term of a concept.

    Attributes:
        lang: BCP-47 code; as the file gives it where nobody knows it, empty where it gives none.
        status: `admitted` too where the file says nothing; `superseded` was right once, `deprecated` is not to be used.
        notes: what the term's notes say (`partOfSpeech`, `termType`, `definition` …), by name.
    """

    lang: str
    text: str
    status: Status = "admitted"
    notes: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class TbxConcept:
    """One entry of a termbase.

    Attributes:
        terms: the preferred ones first, then those of no stated status, admitted, superseded and deprecated ones; in
            the file's order otherwise. There may be none.
        notes: of the concept as a whole (`subjectField`, `definition` …), by name.
        line: of the file, counted from 1.
    """

    id: str | None
    terms: tuple[TbxTerm, ...]
    notes: tuple[tuple[str, str], ...] = ()
    line: int = 0

    def by_language(self) -> dict[str, list[TbxTerm]]:
        """The terms by language without its region, in order; those of no language are left out."""
        found: dict[str, list[TbxTerm]] = {}
        for term in self.terms:
            if term.lang:
                found.setdefault(term.lang.partition("-")[0].lower(), []).append(term)
        return found


def is_tbx(path: str | Path) -> bool:
    """Whether a file is TBX by its name: `.tbx` or `.xml`, packed or not."""
    return str(path).lower().removesuffix(".gz").removesuffix(".bz2").endswith(_ENDINGS)


def read_tbx(path: str | Path) -> Iterator[TbxConcept]:
    """The concepts of a TBX file, one after the other, also those without a term.

    Raises:
        InputError: the file cannot be read.
        FormatError: not well-formed, not TBX, without a concept, or it declares entities.
    """
    name = str(path)
    events = xml_events(name)
    root = next((event for event in events if event.kind == "start"), None)
    if root is None or root.name not in _ROOTS:
        raise FormatError("this is not TBX", where=name, cure="give a file whose first element is <tbx> or <martif>")
    seen = False
    for event in events:
        if event.kind == "start" and event.name in _CONCEPTS:
            seen = True
            yield _Concept(event).read(events)
    if not seen:
        cure = "give a file with termEntry or conceptEntry elements"
        raise FormatError("the term base holds no entries", where=name, cure=cure)


@dataclass(slots=True)
class _Concept:
    """A concept as it is read."""

    start: Event
    lang: str = ""
    term: str = ""
    terms: list[tuple[int, TbxTerm]] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)
    term_notes: list[tuple[str, str]] = field(default_factory=list)
    in_term: bool = False
    _open: list[tuple[str, list[str]]] = field(default_factory=list)

    def read(self, events: Iterator[Event]) -> TbxConcept:
        """Take events up to the concept's end tag."""
        for event in events:
            if event.kind == "text":
                if self._open:
                    self._open[-1][1].append(event.text)
            elif event.name in _INLINE:  # markup inside a term: its text is the term's
                continue
            elif event.kind == "start":
                self._begin(event)
            elif event.name == self.start.name:
                break
            else:
                self._end(event.name)
        terms = tuple(term for _, term in sorted(self.terms, key=lambda ranked: ranked[0]))
        return TbxConcept(self.start.attributes.get("id"), terms, tuple(self.notes), self.start.line)

    def _begin(self, event: Event) -> None:
        if event.name in _LANGUAGES:
            self.lang = _language(event.attributes.get("xml:lang") or event.attributes.get("lang") or "")
        elif event.name in _TERMS:
            self.in_term, self.term, self.term_notes = True, "", []
        # DCA names a note in its `type`, DCT in the element itself.
        self._open.append((event.attributes.get("type") or event.name, []))

    def _end(self, name: str) -> None:
        kind, parts = self._open.pop()
        text = " ".join("".join(parts).split())
        if name in _TERMS:
            self._add_term()
        elif name == "term":
            self.term = text
        elif name not in _LANGUAGES and text:
            (self.term_notes if self.in_term else self.notes).append((kind, text))

    def _add_term(self) -> None:
        self.in_term = False
        if self.term:
            status = _status(self.term_notes)
            term = TbxTerm(self.lang, self.term, status or "admitted", tuple(self.term_notes))
            self.terms.append((_ORDER[status], term))


def _language(label: str) -> str:
    try:
        return parse(label)
    except LanguageError:
        return label


def _status(notes: list[tuple[str, str]]) -> Status | None:
    """By the names of both standards: `preferredTerm-admn-sts`, `preferred`, `superseded` …; None where nothing is."""
    said = next((text.lower() for kind, text in notes if kind in _STATUS_NOTES), None)
    if said is None:
        return None
    return next((status for beginning, status in _SAID if said.startswith(beginning)), "admitted")
