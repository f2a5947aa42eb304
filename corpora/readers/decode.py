"""A file's bytes in, its text and encoding out: byte order marks, UTF-8, what the file declares, a guess for the rest.

Encoding the text again gives the same bytes, always: what would not is refused, since a fix must touch nothing else.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from corpora.errors import InputError
from corpora.readers.legacy import guess_legacy

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MARK_OF = {encoding: mark for mark, encoding in _BOMS}

_EXPORT = "export its text first (as plain text, HTML or Markdown)"
_BINARIES = (
    (b"%PDF-", "a PDF file", _EXPORT),
    (b"PK\x03\x04", "a zip archive (or a Word or OpenDocument file)", _EXPORT),
    (b"\xd0\xcf\x11\xe0", "an old Office file", _EXPORT),
    (b"{\\rtf", "an RTF file", _EXPORT),
    (b"\x1f\x8b", "compressed with gzip", "unpack it first"),
    (b"\xfd7zXZ", "compressed with xz", "unpack it first"),
    (b"BZh", "compressed with bzip2", "unpack it first"),
    (b"7z\xbc\xaf", "a 7z archive", "unpack it first"),
    (b"\x89PNG", "a picture", "give a text file"),
    (b"\xff\xd8\xff", "a picture", "give a text file"),
    (b"GIF8", "a picture", "give a text file"),
)

# What web pages mean by a name (WHATWG Encoding Standard, labels); elsewhere a name means itself.
_LABELS = {
    **dict.fromkeys(("iso8859-1", "ascii"), ("cp1252", "latin-1")),
    **dict.fromkeys(("gb2312", "gbk", "hz"), ("gb18030",)),
    "iso8859-9": ("cp1254", "iso8859-9"),
    "shift_jis": ("cp932", "shift_jis"),
    "euc_kr": ("cp949",),
    "tis-620": ("cp874",),
}
_STATELESS = re.compile(
    r"(?:utf-8|ascii|cp\d+|iso8859-\d+|koi8-[rtu]|mac-\w+|gb\w+|big5\w*|shift_jis\w*|euc_\w+|tis-620)$"
)

_META = re.compile(rb"<meta\b[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]{2,40})", re.IGNORECASE)
_XML = re.compile(rb"\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9_:.-]{2,40})[\"']")
_CONTROLS = re.compile("[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class Decoded:
    """A file's text without its byte order mark, and how to make the file of it again."""

    text: str
    encoding: str
    bom: bool


def decode(data: bytes, *, where: str, lang: str | None = None, markup: bool = False) -> Decoded:
    """The text of a file's bytes.

    Args:
        where: the file's name for messages.
        lang: the text's language where the user gave it; it settles what the bytes leave open.
        markup: whether to look for a declared charset, as HTML and XML have it.

    Raises:
        InputError: not text, or text in an encoding that cannot be told.
    """
    _refuse_binaries(data, where)
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _strict(data[len(mark) :], encoding, where, bom=True)
    if b"\0" in data:
        return _without_mark(data, where)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        return _not_utf8(data, error, where, lang, declared_charset(data) if markup else ())
    return _checked(Decoded(text, "utf-8", False), where)


def encode(text: str, encoding: str, *, bom: bool) -> bytes:
    """The bytes of a text in its file's encoding. Raises UnicodeEncodeError for what the encoding cannot hold."""
    return (_MARK_OF[encoding] if bom else b"") + text.encode(encoding)


def declared_charset(data: bytes) -> tuple[str, ...]:
    """The codecs that an HTML page or XML file says it is written in, to be tried in turn; empty where it says none."""
    head = data[:4096]
    found = _XML.match(head) or _META.search(head)
    if not found:
        return ()
    try:
        name = codecs.lookup(found.group(1).decode("ascii")).name
    except (LookupError, ValueError):
        return ()
    if not _STATELESS.match(name):
        return ()
    return _LABELS.get(name, (name,))


def _refuse_binaries(data: bytes, where: str) -> None:
    for magic, what, cure in _BINARIES:
        if data.startswith(magic):
            raise InputError(f"this is {what}, not text", where=where, cure=cure)


def _strict(data: bytes, encoding: str, where: str, *, bom: bool) -> Decoded:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise _damaged(data, error, encoding, where) from error
    return _checked(Decoded(text, encoding, bom), where)


def _without_mark(data: bytes, where: str) -> Decoded:
    """UTF-16 without a byte order mark, told by where its zero bytes stand; anything else with zeros is binary."""
    even, odd = data[0:4000:2].count(0), data[1:4000:2].count(0)
    encoding, zeros = ("utf-16-le", odd) if odd > even else ("utf-16-be", even)
    if len(data) % 2 == 0 and zeros >= 3 and zeros > 9 * min(even, odd) and zeros * 40 > min(len(data), 4000):
        head = data[:4000].decode(encoding, errors="replace")
        if sum(char.isprintable() or char.isspace() for char in head) > 0.95 * len(head):
            return _strict(data, encoding, where, bom=False)
    line = data.count(b"\n", 0, data.index(b"\0")) + 1
    raise InputError("this looks like a binary file", where=f"{where}, line {line}", cure="give a text file")


def _not_utf8(
    data: bytes, error: UnicodeDecodeError, where: str, lang: str | None, declared: tuple[str, ...]
) -> Decoded:
    for encoding in declared:
        if encoding != "utf-8" and (decoded := _reversible(data, encoding)):
            return _checked(decoded, where)
    replaced = data.decode("utf-8", errors="replace")
    broken = replaced.count("\ufffd")
    whole = sum(1 for char in replaced if char > "\x7f") - broken
    if whole >= 4 * broken:
        raise _damaged(data, error, "utf-8", where) from error
    for encoding in guess_legacy(data, lang):
        if decoded := _reversible(data, encoding):
            return _checked(decoded, where)
    raise InputError(
        "its encoding cannot be told", where=where, cure="save it as UTF-8, or give its language with --lang"
    ) from error


def _reversible(data: bytes, encoding: str) -> Decoded | None:
    """The text, if decoding and encoding again give the same bytes."""
    try:
        text = data.decode(encoding)
        return Decoded(text, encoding, False) if text.encode(encoding) == data else None
    except UnicodeError:
        return None


def _checked(decoded: Decoded, where: str) -> Decoded:
    """The same, unless it is full of control characters, which no text is."""
    controls = len(_CONTROLS.findall(decoded.text))
    if "\0" in decoded.text or controls > 3 + len(decoded.text) // 200:
        raise InputError("this looks like a binary file", where=where, cure="give a text file")
    return decoded


def _damaged(data: bytes, error: UnicodeDecodeError, encoding: str, where: str) -> InputError:
    line = data.count("\n".encode(encoding), 0, error.start) + 1
    cut = error.end >= len(data)
    what = "the file ends in the middle of a character" if cut else "damaged text"
    return InputError(
        f"{what}: no {encoding.upper()} at byte {error.start + 1}",
        where=f"{where}, line {line}",
        cure="was it cut off while copying? Get it again, or save it as UTF-8 in an editor",
    )
