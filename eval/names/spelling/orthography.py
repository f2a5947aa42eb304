"""A surface and the forms it folds to in, whether its letters and capitals are those of the name out.

Folding brings together what a name may be written as, and with it some ordinary words: ميتًا (dead) and Meta, المرأة
(the woman) and المرآة, French un and UN. Here the differences that folding took away are looked at again.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from corpora.script import fold
from eval.names.entity import Form

_SHORT = 5
_TANWIN = re.compile("[\u064b-\u064d]")
_MARKS = re.compile("[\u064b-\u0652\u0640\u200b-\u200f\u202a-\u202e\u2060-\u2069]")
_BARE = str.maketrans("أإآؤئ", "اااوي")
_ARTICLE = re.compile(r"^(?:[ld][’']|(?:les?|la|the) )", re.IGNORECASE)
_BEGINNINGS = frozenset(["", *'\n.!?:;…«»"“”([*•–—'])


def letters_agree(surface: str, spellings: Iterable[str]) -> bool:
    """Whether a single word has the letters of a spelling where folding hides the difference that matters.

    A long word or several words need not: nothing else is spelled so. A short Arabic word must not have another hamza
    than the name (it may lack it), nor a tanwin; a Latin one no accent that the name has not.
    """
    if " " in surface.strip() or len(surface) > _SHORT + 1:
        return True
    plain = _MARKS.sub("", unicodedata.normalize("NFC", surface)).casefold()
    arabic = any("\u0600" <= char <= "\u06ff" for char in plain)
    for spelling in spellings:
        name = unicodedata.normalize("NFC", spelling).casefold()
        if not arabic:
            if plain == name or fold(plain).text == plain:
                return True
        elif not _TANWIN.search(surface) and _may_write(plain, _MARKS.sub("", name)):
            return True
    return False


def _may_write(plain: str, name: str) -> bool:
    if len(plain) != len(name):
        return True
    return all(
        letter == other or other.translate(_BARE) == letter or letter.translate(_BARE) == letter
        for letter, other in zip(plain, name, strict=True)
    )


def begins_sentence(text: str, start: int) -> bool:
    """Whether a sentence, a quotation or a list item may begin at `start`."""
    before = text[start - 1 : start]
    if before in (" ", "\u00a0", "\u202f"):
        before = text[start - 2 : start - 1]
    return before in _BEGINNINGS


def is_ordinary_case(surface: str, form: str, begins: bool) -> bool:
    """Whether a surface is written as the ordinary word that the name is too: lower case where the name has capitals;
    one capital, at the beginning of a sentence, where the name has nothing else (Un, It, Ces), or on an article or an
    elision before the word (L’équipe, Le monde).

    Args:
        begins: whether it stands at the beginning of a sentence.
    """
    if surface == surface.upper() or form == form.lower():
        return False
    if surface == surface.lower():
        return True
    if not begins:
        return False
    if form == form.upper():
        return surface[1:] == surface[1:].lower()
    noun, name = _ARTICLE.sub("", surface, count=1), _ARTICLE.sub("", form, count=1)
    return noun != surface and noun == noun.lower() and name != name.lower()


def has_case_of(surface: str, forms: Iterable[Form]) -> bool:
    """Whether a surface has the case of one of the forms.

    Ordinary words, which a form has in lower case, may have any; French names in several words capitalise theirs as
    they like (Coupe du monde, Coupe du Monde).
    """
    if surface.lower() == surface.upper():
        return True
    plain = _cased(surface)
    lowered, tails = plain.lower(), _tails(plain)
    for form in forms:
        name = _cased(form.text)
        if name in (plain, lowered):
            return True
        if form.lang == "fr" and " " in name and name.lower() == lowered and _tails(name) == tails:
            return True
    return False


def _tails(text: str) -> list[str]:
    return [word[1:] for word in text.split()]


@lru_cache(maxsize=65536)
def _cased(text: str) -> str:
    return " ".join(fold(text).text.replace("-", " ").split())
