"""Texts in, XML text and attribute values out; and what a text loses there.

XML 1.0 (fifth edition, section 2.2) has no way to hold most control characters, halves of surrogate pairs, and two
noncharacters. They become U+FFFD, which a reader can see, save where a format has an element for them.
"""

from __future__ import annotations

import re

ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_REPLACEMENT = "\ufffd"
_IN_TEXT = {ord("&"): "&amp;", ord("<"): "&lt;", ord(">"): "&gt;", ord("\r"): "&#13;"}
_IN_VALUE = {**_IN_TEXT, ord('"'): "&quot;", ord("\t"): "&#9;", ord("\n"): "&#10;"}


def legal(text: str) -> str:
    """The text as XML can hold it."""
    return ILLEGAL.sub(_REPLACEMENT, text)


def text_of(text: str) -> str:
    """The text as it stands between two tags; a bare carriage return would be read as a line feed."""
    return legal(text).translate(_IN_TEXT)


def value_of(text: str) -> str:
    """The text as it stands in an attribute, between double quotes."""
    return legal(text).translate(_IN_VALUE)
