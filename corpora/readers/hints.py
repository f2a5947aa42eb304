"""A text, what the user says and what the file says in, the language that the article gets out."""

from __future__ import annotations

from dataclasses import dataclass

from corpora.errors import EmptyError, InputError, LanguageError
from corpora.language import detect, info, parse
from corpora.script import COMMON, dominant_script

# Below this a detection is a guess from a few names, and what the file declares is worth more.
_SURE = 0.8
_FEW_WORDS = 8
_WRITTEN_IN = {"Hans": ("Hani",), "Hant": ("Hani",), "Jpan": ("Hani", "Hira", "Kana"), "Kore": ("Hang", "Hani")}


@dataclass(frozen=True, slots=True)
class Hint:
    """The language that a file declares (`lang` of an HTML page, `xml:lang`, a record's key); None where it does not.

    `binding` declarations were made for this very text; the others (a page's template) yield to what the text shows.
    """

    declared: str | None
    binding: bool = False


NO_HINT = Hint(None)


def language_of(text: str, given: str | None, hint: Hint, where: str) -> str:
    """The canonical code of a text's language: what the user gave, else what the file declares, else what is detected.

    Raises:
        InputError: nothing tells, since the text holds no letters.
        LanguageError: the user gave a code that nobody knows, or one of another script than the text's.
    """
    if given is not None:
        return _fitting(parse(given), text, where)
    declared = _known(hint.declared)
    if declared is not None and hint.binding:
        return declared
    detected = detect(text)
    if detected.lang == "und":
        if declared is not None:
            return declared
        if not text.strip():
            raise EmptyError("there is no text in it, white space at most", where=where)
        raise InputError("there is no text whose language could be told", where=where, cure="give it with --lang")
    if declared is not None and detected.confidence < _SURE:
        return declared
    return detected.lang


def _fitting(lang: str, text: str, where: str) -> str:
    """The language that the user gave, unless the text is plainly in another script: then it was a slip of the hand.

    A text of another language in the same script is taken as it is said to be: that is what a check may be about.
    """
    written = dominant_script(text)
    if len(text.split(maxsplit=_FEW_WORDS)) <= _FEW_WORDS:
        return lang  # a few words may all be names, which keep their script anywhere
    if written == COMMON or written in _WRITTEN_IN.get(info(lang).script, (info(lang).script,)):
        return lang
    detected = detect(text)
    if detected.confidence < _SURE or info(detected.lang).script == info(lang).script:
        return lang
    raise LanguageError(
        f"the language is given as {info(lang).name}, but the text is {info(detected.lang).name}",
        where=where,
        cure=f"leave the language out, or give {detected.lang}",
    )


def _known(declared: str | None) -> str | None:
    """The declared code if it is one; a page may call its language anything."""
    if not declared:
        return None
    try:
        return parse(declared)
    except LanguageError:
        return None
