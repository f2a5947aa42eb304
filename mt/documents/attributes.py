"""An HTML page in, what its tags say in attributes out (alt texts, titles, descriptions), and back in again."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html import escape, unescape
from typing import Final

_TAG: Final = re.compile(
    r"<!--.*?-->|<(?P<raw>script|style)\b[^>]*>.*?</(?P=raw)\s*>"
    r"|<(?P<name>[A-Za-z][^\s/>]*+)(?P<attributes>(?:[^\"'>]++|\"[^\"]*+\"|'[^']*+')*+)>",
    re.DOTALL | re.IGNORECASE,
)
_ATTRIBUTE: Final = re.compile(
    r"(?P<before>(?:^|(?<=[\s\"']))(?P<key>[A-Za-z][\w:-]*)\s*=\s*)(?P<quote>[\"'])(?P<value>.*?)(?P=quote)", re.DOTALL
)
_SAYING: Final = frozenset({"alt", "title", "aria-label", "aria-description", "placeholder", "summary"})
_DESCRIBING: Final = frozenset(
    ("description", "og:title", "og:description", "og:image:alt", "twitter:title", "twitter:description")
)
_BUTTONS: Final = frozenset({"submit", "button", "reset"})
_UNTRANSLATED: Final = re.compile(r"\btranslate\s*=\s*[\"']?no\b", re.IGNORECASE)


def attribute_texts(page: str) -> list[str]:
    """What the tags say, each text once, in the page's order, white space collapsed."""
    texts = (_plain(value["value"]) for tag in _TAG.finditer(page) for value in _saying(tag))
    return [text for text in dict.fromkeys(texts) if any(map(str.isalpha, text)) and not _is_file_name(text)]


def said_by(content: str, translated: str) -> dict[str, str]:
    """Text → its translation, from both sides' lines."""
    return dict(zip(content.split("\n"), (" ".join(line.split()) for line in translated.split("\n")), strict=True))


def with_attributes(page: str, said: Mapping[str, str]) -> str:
    """The page with translations in the tags' attributes, whatever stands around them."""
    parts, at = [], 0
    for tag in _TAG.finditer(page) if said else ():
        for value in _saying(tag):
            plain = _plain(value["value"])
            text = said.get(plain, plain)
            if text != plain:
                base = tag.start("attributes")
                parts += [page[at : base + value.start("value")], escape(text)]
                at = base + value.end("value")
    return "".join([*parts, page[at:]])


def _saying(tag: re.Match[str]) -> Iterator[re.Match[str]]:
    """The attributes of a tag that a reader sees or hears."""
    if not tag["name"] or _UNTRANSLATED.search(tag["attributes"]):
        return
    found = list(_ATTRIBUTE.finditer(tag["attributes"]))
    told = {one["key"].lower(): one["value"].strip().lower() for one in found}
    name = tag["name"].lower()
    for one in found:
        key = one["key"].lower()
        described = name == "meta" and key == "content" and {told.get("name"), told.get("property")} & _DESCRIBING
        button = name == "input" and key == "value" and told.get("type") in _BUTTONS
        if described or button or (key in _SAYING and name not in ("meta", "link")):
            yield one


def _plain(value: str) -> str:
    return " ".join(unescape(value).split())


def _is_file_name(text: str) -> bool:
    return " " not in text and ("." in text or "_" in text or "/" in text)
