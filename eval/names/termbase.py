"""A TBX term base in, one stanza a concept out; streamed, so that its size does not matter.

TBX-Default and TBX-Basic, version 2 (`martif`, `termEntry`, `langSet`, `tig` or `ntig`) and version 3 (`tbx`,
`conceptEntry`, `langSec`, `termSec`; ISO 30042:2008 and 2019), with data categories as attributes (DCA) or as elements
(DCT). A preferred term is the one to write, a deprecated one a wrong form; the concept's id tells namesakes apart.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from corpora.errors import FormatError
from corpora.formats.streams import Event, xml_events
from eval.names.records import LANGUAGE, OnError, Stanza

_CONCEPTS = frozenset({"termEntry", "conceptEntry"})
_SECTIONS = frozenset({"langSet", "langSec"})
_TERMS = frozenset({"tig", "ntig", "termSec"})
_STATUS = "administrativeStatus"
_WRONG = ("deprecated",)
_ACCEPTED = ("admitted", "superseded", "supplemental")


@dataclass(slots=True)
class _Concept:
    line: int
    id: str | None
    lang: str = ""
    term: str = ""
    status: str = ""
    forms: dict[str, list[str]] = field(default_factory=dict)
    accepted: dict[str, list[str]] = field(default_factory=dict)
    wrong: dict[str, list[str]] = field(default_factory=dict)

    def add_term(self) -> None:
        text = " ".join(self.term.split())
        if text and self.lang:
            lists = (
                self.wrong
                if self.status.startswith(_WRONG)
                else self.accepted
                if self.status.startswith(_ACCEPTED)
                else self.forms
            )
            texts = lists.setdefault(self.lang, [])
            if text not in texts:
                texts.insert(0 if self.status.startswith("preferred") else len(texts), text)
        self.term = self.status = ""


def term_stanzas(path: str, *, type: str, on_error: OnError | None = None) -> Iterator[Stanza]:
    """The concepts of a TBX file, in file order, without those that no English or other Latin term names.

    Args:
        type: what the terms are.

    Raises:
        FormatError: not well-formed, entities are declared, no TBX, or a broken concept without `on_error`.
    """
    concept: _Concept | None = None
    watched = ""
    seen = False
    for event in xml_events(path):
        if event.kind == "text":
            if concept is not None and watched == "term":
                concept.term += event.text
            elif concept is not None and watched:
                concept.status += event.text.strip()
            continue
        if event.kind == "start":
            seen = seen or event.name in _CONCEPTS
            if event.name in _CONCEPTS:
                concept = _Concept(event.line, event.attributes.get("id"))
            elif concept is not None:
                watched = _begin(concept, event, watched)
            continue
        if event.name in ("term", "termNote", _STATUS):
            watched = ""
        elif concept is not None and event.name in _TERMS:
            concept.add_term()
        elif concept is not None and event.name in _CONCEPTS:
            yield from _stanza(concept, path, type, on_error)
            concept = None
    if not seen:
        cure = "give a TBX file: termEntry or conceptEntry elements hold its terms"
        raise FormatError("no term base: it holds no entries", where=path, cure=cure)


def _begin(concept: _Concept, event: Event, watched: str) -> str:
    """What text to listen to from here on."""
    if event.name in _SECTIONS:
        concept.lang = _language(event.attributes)
    elif event.name == "term":
        return "term"
    elif event.name == _STATUS or (event.name == "termNote" and event.attributes.get("type") == _STATUS):
        return _STATUS
    return watched


def _language(attributes: Mapping[str, str]) -> str:
    code = attributes.get("xml:lang") or attributes.get("lang") or ""
    return code.replace("_", "-").partition("-")[0].lower()


def _stanza(concept: _Concept, path: str, type: str, on_error: OnError | None) -> Iterator[Stanza]:
    where = f"{path}:{concept.line}"
    try:
        for lang in (*concept.forms, *concept.accepted, *concept.wrong):
            if not LANGUAGE.fullmatch(lang):
                raise FormatError(f"unknown language {lang!r}", where=where, cure="use a code such as ar, fr, en")
        for lang, texts in concept.accepted.items():
            concept.forms.setdefault(lang, []).extend(texts)
        names = concept.forms.get("en") or next(
            (texts for texts in concept.forms.values() if texts[0].isascii()), next(iter(concept.forms.values()), [])
        )
        if not names:
            raise FormatError("a concept without a term", where=where, cure="give it a term in some language")
    except FormatError as error:
        if on_error is None:
            raise
        on_error(error)
        return
    others = {lang: texts for lang, texts in concept.forms.items() if texts is not names or lang != "en"}
    yield Stanza(concept.line, names, type, forms=others, wrong=concept.wrong, origin=concept.id)
