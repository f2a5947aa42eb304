"""Text from an article in, text that shows what it hides out: direction overrides and control characters become tokens.

A right-to-left override can make `exe.txt` read as `txt.exe`, and text after it run backwards. A report shows that such
a character is there and does not obey it. Marks that ordinary Arabic or Persian uses (RLM, LRM, ALM, ZWNJ, ZWJ) stay:
they move nothing but themselves.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import pairwise

TOKENS: Mapping[str, str] = {
    "\u202a": "LRE",
    "\u202b": "RLE",
    "\u202c": "PDF",
    "\u202d": "LRO",
    "\u202e": "RLO",
    "\u2066": "LRI",
    "\u2067": "RLI",
    "\u2068": "FSI",
    "\u2069": "PDI",
    "\u200b": "ZWSP",
    "\u2060": "WJ",
    "\ufeff": "BOM",
    "\u2028": "LS",
    "\u2029": "PS",
    "\ufff9": "IAA",
    "\ufffa": "IAS",
    "\ufffb": "IAT",
}
_HIDDEN = re.compile("[" + "".join(TOKENS) + "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\U000e0000-\U000e007f]")


def token(char: str) -> str:
    """The name of a hidden character: `RLO`, `U+0007`."""
    return TOKENS.get(char) or f"U+{ord(char):04X}"


def split(text: str) -> list[tuple[str, bool]]:
    """Cut a text into stretches of plain text and the names of hidden characters (True), in order."""
    if not _HIDDEN.search(text):
        return [(text, False)] if text else []
    cuts = [0, *(edge for hit in _HIDDEN.finditer(text) for edge in hit.span()), len(text)]
    parts: list[tuple[str, bool]] = []
    for number, (start, end) in enumerate(pairwise(cuts)):
        if start < end:
            hidden = number % 2 == 1
            parts.append((token(text[start:end]) if hidden else text[start:end], hidden))
    return parts


_QUOTED = re.compile("“([^“”]*)”")


def isolated(text: str) -> str:
    """A sentence of ours with what it quotes kept from turning it around; hidden characters shown.

    Between curly quotes stands text of the article, which may run the other way: two quoted Arabic names next to each
    other would otherwise read as one.
    """
    return _QUOTED.sub("“\u2068\\1\u2069”", shown(text))


def shown(text: str) -> str:
    """The text with hidden characters written out as `⟦RLO⟧`, for terminals, Markdown and attributes."""
    return _HIDDEN.sub(lambda hit: f"⟦{token(hit[0])}⟧", text)
