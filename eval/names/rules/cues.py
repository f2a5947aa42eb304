"""A name of a witness in, what the words it is made of and the words around it say of it out: a class, or a brand.

Ministries, courts and championships are translated in every language; companies, papers and products keep their name.
A name made of ordinary words (Stripe, Fast Company) is told from such a body by the words it has, and by the company
it keeps: shares of Stripe, the magazine Fast Company.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files

from corpora.script import Word
from eval.names.mentions import Mention, Reading, begins_sentence
from eval.names.rules.rendering import pieces

_REACH = 60
_EN_WHOSE = (
    r"(?:shares?|stocks?|chief executive|ceo|cfo|cto|chief \w+ officer|(?:co-?)?founders?|investors?|customers?|users?|"
    r"subsidiary|rival|analysts?|headquarters|revenues?|profits?|subscribers?|employees|engineers)"
)
_EN_WHAT = (
    r"(?:compan(?:y|ies)|start-?ups?|firms?|(?:chip|car|phone|drug)?-?makers?|manufacturers?|retailers?|magazine|"
    r"newspaper|daily|weekly|tabloid|website|news site|site|app|platform|browser|chatbot|assistant|search engine|"
    r"broker|brand|unicorn|studio|developer|marketplace|software|tool|product|game|band|album|newsletter|podcast|blog|"
    r"outlet|giant)"
)
_EN_HAS = rf"(?:{_EN_WHOSE}|{_EN_WHAT}|models?|chips?|products?|sales|shareholders|board)"
_EN_SAYS_TO = r"(?:told|wrote in|writing in|interview with|quoted by|reported by|published (?:in|by)|report (?:in|by))"
_EN_SAYS = r" (?:had |has |first |also )?(?:reported|reports|wrote|writes|revealed)\b"
_FR_WHOSE = (
    r"(?:actions?|titres?|PDG|directrice? générale?|fondat(?:eur|rice)|investisseurs|clients|utilisateurs|filiale|"
    r"rival|analystes|siège|salariés)"
)
_FR_WHAT = (
    r"(?:société|entreprise|start-?up|jeune pousse|magazine|journal|quotidien|hebdomadaire|site|application|appli|"
    r"plateforme|navigateur|assistant|logiciel|fabricant|marque|constructeur|géant)"
)
_BEFORE = {
    "en": re.compile(
        rf"\b(?:{_EN_WHOSE} (?:of|at|in|for|from)(?: the)?|{_EN_WHAT}(?: called| named)?,?|"
        rf"{_EN_SAYS_TO}(?: the)?) [“\"‘']?$",
        re.I,
    ),
    "fr": re.compile(
        rf"\b(?:{_FR_WHOSE} (?:de |d[’']|chez )|{_FR_WHAT} (?:américaine? )?|"
        r"(?:déclaré|confié|raconté|expliqué|indiqué|écrit|écrivait) (?:à|au|dans)(?: le| la)? )[«“\"]?\s?$",
        re.I,
    ),
}
_AFTER = {
    "en": re.compile(
        rf"[”\"]?(?:[’']s? (?:own )?(?:new |latest )?{_EN_HAS}\b| (?:shares|stock|users|customers|CEO|{_EN_WHAT})\b|"
        rf"{_EN_SAYS}|"
        r",? (?:Inc|Corp|Ltd|LLC|plc|AG|SE|NV|Holdings)\b|"
        rf", (?:an?|the|which (?:makes|sells|builds)) (?:[\w’'-]+ ){{0,4}}{_EN_WHAT}\b)"
    ),
    "fr": re.compile(
        r" ?»?(?: (?:SA|SAS|SE|Inc|Corp)\b|"
        rf", (?:(?:une?|la|le) |l[’'])(?:[\w’'-]+ ){{0,3}}{_FR_WHAT}\b)"
    ),
}
# In front of a company's, a paper's or a product's name; Arabic glues و, ل, ب … to them.
_CLASS_IN_FRONT = {
    "ar": re.compile(r"^[وف]?[بكل]?(?:شركة|لشركة|مجلة|صحيفة|موقع|منصة|تطبيق|متصفح|برنامج|شركتي|صحيفتي|نموذج|مؤسسة)$"),
    "fr": re.compile(
        r"^(?:société|entreprise|start-?up|magazine|quotidien|journal|site|application|plateforme|navigateur)$"
    ),
}


def has_class_noun(name: Mention, lang: str) -> bool:
    """Whether a word of a name says what it is, or whose: such names are translated (Bank of England)."""
    listed = _class_nouns().get(lang.split("-")[0], frozenset())
    words = (piece.lower() for _, piece in pieces(name))
    return any(word in listed or (word.endswith("s") and word[:-1] in listed) for word in words)


def is_brand(reading: Reading, name: Mention) -> bool:
    """Whether the words around a name, wherever the witness has it, say that it is a company, a paper or a product."""
    lang = reading.lang.split("-")[0]
    if lang not in _BEFORE:
        return False
    same = [name, *(other for other in reading.mentions_by_surface.get(name.surface, ()) if other is not name)]
    return any(_has_cue(reading.text, one.start, one.end, lang) for one in same)


def is_called_a_company(words: Sequence[Word], first: int, lang: str) -> bool:
    """Whether the translation itself calls what stands at `words[first]` a company, a paper, an application."""
    pattern = _CLASS_IN_FRONT.get(lang.split("-")[0])
    return pattern is not None and first > 0 and pattern.match(words[first - 1].text.lower()) is not None


def shows_name(reading: Reading, name: Mention) -> bool:
    """Whether capitals show a name: two in a row, or one in the middle of a sentence of the witness."""
    parts = [piece for _, piece in pieces(name)]
    if not parts or not all(part[:1].isupper() for part in parts):
        return False
    if len(parts) > 1:
        return True
    same = reading.mentions_by_surface.get(name.surface) or [name]
    return any(other.shape != "initial" and not begins_sentence(reading, other) for other in same)


def _has_cue(text: str, start: int, end: int, lang: str) -> bool:
    before, after = text[max(0, start - _REACH) : start], text[end : end + _REACH]
    return _BEFORE[lang].search(before) is not None or _AFTER[lang].match(after) is not None


@cache
def _class_nouns() -> Mapping[str, frozenset[str]]:
    lists: dict[str, set[str]] = {}
    section: set[str] = set()
    for line in files("eval.names.data").joinpath("class_nouns.txt").read_text(encoding="utf-8").split("\n"):
        if line.startswith("["):
            section = lists.setdefault(line.strip("[] "), set())
        elif line and not line.startswith("#"):
            section.update(line.split())
    return {lang: frozenset(words) for lang, words in lists.items()}
