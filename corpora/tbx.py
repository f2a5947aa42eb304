"""A TBX file in, its concepts out: each with its terms in every language, the preferred ones first.

Reads all dialects by the elements they share: TBX 2 (`martif`, `termEntry`, `langSet`, `tig` or `ntig`) and TBX 3
(`tbx`, `conceptEntry`, `langSec`, `termSec`), styles DCA and DCT. Entities are refused and nothing is fetched.

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

Status = Literal["preferred", "admitted", "deprecated"]

_ROOTS: Final = ("tbx", "martif")
_CONCEPTS: Final = ("conceptEntry", "termEntry")
_LANGUAGES: Final = ("langSec", "langSet")
_TERMS: Final = ("termSec", "tig", "ntig")
_STATUS_NOTES: Final = ("administrativeStatus", "normativeAuthorization")
_ORDER: Final[dict[Status, int]] = {"preferred": 0, "admitted": 1, "deprecated": 2}


@dataclass(frozen=True, slots=True)
class TbxTerm:
    """One term of a concept.

    Attributes:
        lang: BCP-47 code; as the file gives it where nobody knows it.
        note: what the term's notes say (`partOfSpeech`, `termType`, `definition` …), by name.
    """

    lang: str
    text: str
    status: Status = "admitted"
    notes: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class TbxConcept:
    """One entry of a termbase.

    Attributes:
        terms: in the file's order, preferred ones first and deprecated ones last in each language.
        notes: of the concept as a whole (`subjectField`, `definition` …), by name.
        line: of the file, counted from 1.
    """

    id: str | None
    terms: tuple[TbxTerm, ...]
    notes: tuple[tuple[str, str], ...] = ()
    line: int = 0

    def said_in(self, lang: str) -> list[TbxTerm]:
        """The concept's terms in a language, also where one of the two tags has a region and the other none."""
        return [term for term in self.terms if term.lang.partition("-")[0] == lang.partition("-")[0]]


def read_tbx(path: str | Path) -> Iterator[TbxConcept]:
    """The concepts of a TBX file, one after the other; one without a term is left out.

    Raises:
        InputError: the file cannot be read.
        FormatError: not well-formed, not TBX, or it declares entities.
    """
    name = str(path)
    events = xml_events(name)
    root = next((event for event in events if event.kind == "start"), None)
    if root is None or root.name not in _ROOTS:
        raise FormatError("this is not TBX", where=name, cure="give a file whose first element is <tbx> or <martif>")
    for event in events:
        if event.kind == "start" and event.name in _CONCEPTS:
            concept = _Concept(event).read(events)
            if concept.terms:
                yield concept


@dataclass(slots=True)
class _Concept:
    """A concept as it is read."""

    start: Event
    lang: str = ""
    term: str | None = None
    terms: list[TbxTerm] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)
    term_notes: list[tuple[str, str]] = field(default_factory=list)
    in_term: bool = False
    _open: list[tuple[str, str, list[str]]] = field(default_factory=list)

    def read(self, events: Iterator[Event]) -> TbxConcept:
        """Take events up to the concept's end tag."""
        for event in events:
            if event.kind == "start":
                self._begin(event)
            elif event.kind == "text":
                if self._open:
                    self._open[-1][2].append(event.text)
            elif event.name == self.start.name:
                break
            else:
                self._end(event.name)
        ordered = sorted(enumerate(self.terms), key=lambda item: (_ORDER[item[1].status], item[0]))
        terms = tuple(term for _, term in ordered)
        return TbxConcept(self.start.attributes.get("id"), terms, tuple(self.notes), self.start.line)

    def _begin(self, event: Event) -> None:
        if event.name in _LANGUAGES:
            self.lang = _language(event.attributes.get("xml:lang") or event.attributes.get("lang") or "")
        elif event.name in _TERMS:
            self.in_term, self.term, self.term_notes = True, None, []
        # DCA names a note in its `type`, DCT in the element itself.
        self._open.append((event.name, event.attributes.get("type") or event.name, []))

    def _end(self, name: str) -> None:
        while self._open:
            opened, kind, parts = self._open.pop()
            text = " ".join("".join(parts).split())
            if opened == name:
                break
        else:
            return
        if name in _TERMS:
            if self.term:
                self.terms.append(TbxTerm(self.lang, self.term, _status(self.term_notes), tuple(self.term_notes)))
            self.in_term = False
        elif name == "term":
            self.term = text
        elif name not in _LANGUAGES and text:
            (self.term_notes if self.in_term else self.notes).append((kind, text))
        if name == "hi" and self._open:  # emphasis inside a term belongs to it
            self._open[-1][2].append(text)


def _language(label: str) -> str:
    try:
        return parse(label)
    except LanguageError:
        return label


def _status(notes: list[tuple[str, str]]) -> Status:
    """By the names of both standards: `preferredTerm-admn-sts`, `preferred`, `superseded` …"""
    said = next((text.lower() for kind, text in notes if kind in _STATUS_NOTES), "")
    if said.startswith(("preferred", "standardized")):
        return "preferred"
    return "deprecated" if said.startswith(("deprecated", "superseded", "rejected")) else "admitted"
