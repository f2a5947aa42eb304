"""A decoded XLIFF or TMX file in, its units as fields out: each source's translation goes where its target stands.

A unit that has a translation into the language already keeps it. Inline elements are codes, as in HTML: what `pc`, `g`,
`mrk` and `hi` hold is text, and so is what stands between `bpt` and its `ept`; `ph` and its like are lone codes with
all that they hold. expat says where things stand; nothing is fetched and no entities are declared.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from xml.parsers import expat

from corpora.errors import FormatError
from corpora.formats.pair import same_language
from corpora.language import parse
from corpora.readers.decode import Decoded
from mt.documents.flow import Flow
from mt.documents.segment import Field, Passage, Role

# What these hold is a tool's, not text.
_CODES = frozenset({"ph", "bpt", "ept", "it", "ut", "x", "bx", "ex", "sc", "ec", "cp", "sm", "em", "sub"})
_OPENING = frozenset({"bpt", "bx", "sc", "sm"})
_CLOSING = frozenset({"ept", "ex", "ec", "em"})
_XML_LANG = "xml:lang"


@dataclass(slots=True)
class _Element:
    """An element: its name, attributes, and the bytes where its tags begin and end (`inner` between them)."""

    name: str
    attributes: Mapping[str, str]
    start: int
    inner_start: int
    inner_end: int = 0
    end: int = 0
    children: list[_Element] = field(default_factory=list)

    def all(self, *names: str) -> Iterator[_Element]:
        """Every element below with one of these names, in order."""
        for child in self.children:
            if child.name in names:
                yield child
            yield from child.all(*names)

    def child(self, name: str) -> _Element | None:
        return next((child for child in self.children if child.name == name), None)


def read_units(decoded: Decoded, path: str, lang: str | None, target_lang: str) -> tuple[Field, ...]:
    """The units of a file that have no translation into a language yet, and the places that name the language.

    Raises:
        FormatError: not well formed, not XLIFF or TMX, or without a language.
    """
    file = _File(decoded.text, path, lang, target_lang)
    fields = list(file.tmx() if file.root.name == "tmx" else file.xliff())
    return tuple(sorted(fields, key=lambda one: one.start))


class _File:
    """One file, read into its tree."""

    def __init__(self, raw: str, path: str, lang: str | None, target_lang: str) -> None:
        self.raw = raw
        self.path = path
        self.lang = lang
        self.target_lang = target_lang
        self.root = _tree(raw, path)
        if self.root.name not in ("tmx", "xliff"):
            raise FormatError("this XML is neither TMX nor XLIFF", where=path, cure="its root must be <tmx> or <xliff>")

    def xliff(self) -> Iterator[Field]:
        """XLIFF 2: a field a segment; 1.2: a field a trans-unit."""
        for holder, source_key, target_key in (
            (self.root, "srcLang", "trgLang"),
            *((file, "source-language", "target-language") for file in self.root.all("file")),
        ):
            if source_key not in holder.attributes:
                continue
            lang = self.lang or self._known(holder.attributes[source_key])
            declared = holder.attributes.get(target_key)
            keeps = declared is not None and same_language(declared, self.target_lang)
            yield self._label(holder, target_key, lang)
            for unit in holder.all("segment", "trans-unit"):
                source, target = unit.child("source"), unit.child("target")
                if source is None or unit.attributes.get("translate") == "no":
                    continue
                if keeps and target is not None and self.raw[target.inner_start : target.inner_end].strip():
                    continue
                yield from self._state(unit)
                place = (target.start, target.end) if target is not None else (source.end, source.end)
                yield self._field(source, lang, place, "<target>", "</target>")

    def tmx(self) -> Iterator[Field]:
        """A field a translation unit; the header's language, or the one that was given, is its source."""
        header = self.root.child("header")
        default = header.attributes.get("srclang", "") if header is not None else ""
        for unit in self.root.all("tu"):
            variants = [(v.attributes.get(_XML_LANG) or v.attributes.get("lang") or "", v) for v in unit.all("tuv")]
            wanted = self.lang or unit.attributes.get("srclang") or default
            source = next((v for label, v in variants if same_language(label, wanted)), None)
            source = source or (variants[0][1] if variants and not self.lang else None)
            segment = source.child("seg") if source is not None else None
            if source is None or segment is None:
                continue
            lang = self.lang or self._known(source.attributes.get(_XML_LANG) or source.attributes.get("lang") or "")
            target = next(
                (v for label, v in variants if v is not source and same_language(label, self.target_lang)), None
            )
            there = target.child("seg") if target is not None else None
            if there is not None and self.raw[there.inner_start : there.inner_end].strip():
                continue
            if there is not None:
                yield self._field(segment, lang, (there.start, there.end), "<seg>", "</seg>")
            else:
                opening = f'<tuv xml:lang="{self.target_lang}"><seg>'
                place = variants[-1][1].end
                yield self._field(segment, lang, (place, place), opening, "</seg></tuv>")

    def _known(self, label: str) -> str:
        if not label or label.lower() == "*all*":
            raise FormatError("it does not name its source language", where=self.path, cure="name it with --from")
        return parse(label)

    def _label(self, holder: _Element, key: str, lang: str) -> Field:
        """Where the target language is named: the value of its attribute, or a new one at the end of the tag."""
        tag = self.raw[holder.start : holder.inner_start]
        at = tag.find(f"{key}=")
        if at < 0:
            end = holder.inner_start - (2 if tag.endswith("/>") else 1)
            return Field(self.path, lang, end, end, "", labels=((0, 0),), before=f' {key}="', after='"')
        quote = tag[at + len(key) + 1]
        begin = holder.start + at + len(key) + 2
        return Field(self.path, lang, begin, self.raw.index(quote, begin), "", labels=((0, 0),))

    def _state(self, unit: _Element) -> Iterator[Field]:
        """A segment that called itself untranslated no longer is."""
        tag = self.raw[unit.start : unit.inner_start]
        if unit.attributes.get("state") == "initial":
            begin = unit.start + tag.index("initial", tag.index("state"))
            yield Field(self.path, "und", begin, begin + len("initial"), "translated")

    def _field(self, source: _Element, lang: str, place: tuple[int, int], before: str, after: str) -> Field:
        content = self.raw[source.inner_start : source.inner_end]
        flow = Flow()
        _Filling(self.raw, source.inner_start, flow).fill(source)
        whole = Passage(0, len(content), flow.segments(lang))
        line = self.raw.count("\n", 0, source.start)
        return Field(
            self.path, lang, *place, content, (whole,), "html", before=before, after=after, first_line=line + 1
        )


class _Filling:
    """Puts an element's content into a flow: text, references resolved, and child elements as codes."""

    def __init__(self, raw: str, base: int, flow: Flow) -> None:
        self.raw = raw
        self.base = base
        self.flow = flow
        self.pairs = 0

    def fill(self, element: _Element) -> None:
        at = element.inner_start
        paired = self._paired(element.children)
        for index, child in enumerate(element.children):
            self._text(at, child.start)
            if index in paired:
                self._code(child.start, child.end, *paired[index])
            elif child.name in _CODES or child.inner_start == child.end:
                self._code(child.start, child.end)
            else:
                self.pairs += 1
                pair = self.pairs
                self._code(child.start, child.inner_start, "open", pair)
                self.fill(child)
                self._code(child.inner_end, child.end, "close", pair)
            at = child.end
        self._text(at, element.inner_end)

    def _paired(self, children: Sequence[_Element]) -> dict[int, tuple[Role, int]]:
        """Which of the children open a stretch and which close it, by the number that both carry."""
        opened: dict[str, int] = {}
        paired: dict[int, tuple[Role, int]] = {}
        for index, child in enumerate(children):
            given = child.attributes
            if child.name in _OPENING:
                opened[given.get("rid") or given.get("i") or given.get("id") or ""] = index
            elif child.name in _CLOSING:
                key = given.get("rid") or given.get("i") or given.get("startRef") or given.get("id") or ""
                if (begin := opened.pop(key, None)) is not None:
                    self.pairs += 1
                    paired[begin], paired[index] = ("open", self.pairs), ("close", self.pairs)
        return paired

    def _code(self, start: int, end: int, role: Role = "lone", pair: int = -1) -> None:
        self.flow.code(self.raw[start:end], start - self.base, end - self.base, role, pair)

    def _text(self, start: int, end: int) -> None:
        from mt.documents.html import fill_text

        stretch = self.raw[start:end]
        if "<" not in stretch:
            fill_text(self.flow, self.raw, start, end, self.base)
            return
        # A comment, an instruction or a CDATA section.
        at = start
        while at < end:
            begin = self.raw.find("<", at, end)
            begin = end if begin < 0 else begin
            fill_text(self.flow, self.raw, at, begin, self.base)
            cdata = self.raw.startswith("<![CDATA[", begin)
            close = "]]>" if cdata else "-->" if self.raw.startswith("<!--", begin) else "?>"
            stop = self.raw.find(close, begin, end)
            at = end if begin == end or stop < 0 else stop + 3 if close != "?>" else stop + 2
            if cdata:
                for offset, char in enumerate(self.raw[begin + 9 : stop], begin + 9):
                    self.flow.unit(char, offset - self.base, offset + 1 - self.base)
            elif begin < end:
                self._code(begin, at)


def _tree(raw: str, path: str) -> _Element:
    data = raw.encode("utf-8", "surrogatepass")
    parser = expat.ParserCreate(encoding="utf-8")
    parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
    top = _Element("", {}, 0, 0)
    stack = [top]
    places: list[tuple[int, _Element, str]] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        element = _Element(name.rpartition(":")[2], attributes, 0, 0)
        stack[-1].children.append(element)
        stack.append(element)
        places.append((parser.CurrentByteIndex, element, "start"))

    def end(_name: str) -> None:
        places.append((parser.CurrentByteIndex, stack.pop(), "end"))

    def refuse(*_: object) -> None:
        where = f"{path}, line {parser.CurrentLineNumber}"
        raise FormatError("the file defines or uses entities of its own", where=where, cure="write the characters out")

    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.EntityDeclHandler = parser.SkippedEntityHandler = refuse
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        where = f"{path}, line {error.lineno}, column {error.offset + 1}"
        reason = expat.ErrorString(error.code)
        raise FormatError(f"broken XML ({reason})", where=where, cure="repair the file") from error
    _place(raw, data, places)
    return top.children[0]


def _place(raw: str, data: bytes, places: list[tuple[int, _Element, str]]) -> None:
    """expat counts bytes; the file is cut in code points. Places only grow, so each is counted on from the last."""
    byte = char = 0
    for at, element, what in places:
        char += len(data[byte:at].decode("utf-8", "surrogatepass"))
        byte = at
        if what == "start":
            element.start = char
            element.inner_start = _tag_end(raw, char)
        elif raw.startswith("/>", element.inner_start - 2):  # where its end is reported differs by version
            element.inner_end = element.end = element.inner_start
        else:
            element.inner_end, element.end = char, raw.index(">", char) + 1


def _tag_end(raw: str, at: int) -> int:
    quote = ""
    for index in range(at, len(raw)):
        char = raw[index]
        if quote:
            quote = "" if char == quote else quote
        elif char in "\"'":
            quote = char
        elif char == ">":
            return index + 1
    return len(raw)
