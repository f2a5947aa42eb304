"""A language code as a user writes it in, the table's row out: BCP-47, NLLB, Marian, direction, metric tokenizer.

    parse("fr-CA")            -> "fr"
    info("zh").nllb           -> "zho_Hans"
    detect("Bonjour à tous")  -> Detection(lang="fr", confidence=0.93)

Regional tags fold to the table's language (`pt-BR` is `pt`), `zh` means `zh-Hans`, and names and the codes of other
standards are understood (`French`, `fra`, `arb_Arab`). What nobody knows is a `LanguageError` with the nearest matches.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Literal

from corpora.errors import LanguageError
from corpora.language_table import ALIASES, DEFAULT_TOKENIZER, RIGHT_TO_LEFT, ROWS, TOKENIZER


@dataclass(frozen=True, slots=True)
class Language:
    """One row of the table.

    Attributes:
        code: canonical BCP-47 code (`ar`, `zh-Hans`).
        name: English name.
        nllb: NLLB-200 code (`arb_Arab`).
        marian: what stands in front of the source of a multi-target Marian model (`>>ara<<`).
        script: ISO 15924 code of the script it is written in (`Arab`, `Hans`).
        direction: in which direction it is read.
        tokenizer: name of the sacrebleu tokenizer for BLEU.
    """

    code: str
    name: str
    nllb: str
    marian: str
    script: str
    direction: Literal["rtl", "ltr"]
    tokenizer: str


@dataclass(frozen=True, slots=True)
class Detection:
    """What language a text seems to be in. `lang` is `und` and `confidence` 0 where there are no letters."""

    lang: str
    confidence: float


@cache
def table() -> dict[str, Language]:
    """Every language, by its canonical code, in the table's order."""
    rows = (line.split("|") for line in ROWS.split("\n") if line)
    return {code: _language(code, nllb, marian, name) for code, nllb, marian, name in rows}


def parse(code: str) -> str:
    """The canonical code of what a user wrote.

    Raises:
        LanguageError: nobody knows the code; the message names the nearest ones.
    """
    key = code.strip().lower().replace("_", "-")
    known = _spellings().get(key)
    if known is None:
        known = _fold_tag(key) or _named(key)
    if known is None:
        raise LanguageError(f"unknown language {code!r}", cure=_nearest(key))
    return known


def info(code: str) -> Language:
    """The row of a language, whatever way its code is written."""
    return table()[parse(code)]


def name_of(code: str) -> str:
    """English name of a language, for sentences to people; the code itself where the table does not know it."""
    try:
        return info(code).name
    except LanguageError:
        return code


def detect(text: str) -> Detection:
    """The language that a text is written in, with a confidence between 0 and 1; robust to foreign names in it."""
    from corpora.detection import detect_language

    return detect_language(text)


def _language(code: str, nllb: str, marian: str, name: str) -> Language:
    label, script = nllb.split("_")
    return Language(
        code=code,
        name=name,
        nllb=nllb,
        marian=f">>{marian or label}<<",
        script=script,
        direction="rtl" if script in RIGHT_TO_LEFT else "ltr",
        tokenizer=TOKENIZER.get(script, DEFAULT_TOKENIZER),
    )


@cache
def _spellings() -> dict[str, str]:
    """Lower-case spelling → canonical code; earlier rows and more official spellings win."""
    spellings: dict[str, str] = {}
    rows = table().values()
    for keys in (
        ((row.code, row.code) for row in rows),
        ((row.nllb.replace("_", "-"), row.code) for row in rows),
        ((entry.split("=")[0], entry.split("=")[1]) for entry in ALIASES.split()),
        ((row.nllb.split("_")[0], row.code) for row in rows),
        ((row.name, row.code) for row in rows),
    ):
        for spelling, canonical in keys:
            spellings.setdefault(spelling.lower(), canonical)
    return spellings


def _fold_tag(key: str) -> str | None:
    """The table's language for a longer tag (`fr-CA`, `zh-TW`), or None.

    A script that the language has no row for (`sr-Latn`) is not folded: its text would go to a model for another one.
    """
    import langcodes

    try:
        tag = langcodes.Language.get(key)
    except ValueError:
        return None
    if not tag.language or not tag.is_valid():
        return None
    full = tag.maximize()
    with_script = _spellings().get(f"{tag.language}-{full.script}".lower())
    if with_script is not None:
        return with_script
    canonical = _spellings().get(tag.language)
    if canonical is None:
        return None
    written = tag.script or full.script
    return (
        canonical if written in (table()[canonical].script, *_SAME_SCRIPT.get(table()[canonical].script, ())) else None
    )


def _named(key: str) -> str | None:
    """The table's language for a language's own name (`français`, `العربية`), or None."""
    import langcodes

    # Its look-up table breaks on control characters.
    if not key.replace(" ", "").isalpha():
        return None
    try:
        found = langcodes.find(key)
    except LookupError:
        return None
    # `find` knows the names in all languages, and somewhere "frensh" is a right one.
    return _fold_tag(str(found)) if found.autonym().casefold() == key else None


# What Unicode calls a script that the table, as NLLB does, calls by another of its names.
_SAME_SCRIPT = {"Hang": ("Kore",), "Hans": ("Hani",), "Hant": ("Hani",)}


def _nearest(key: str, limit: int = 3) -> str:
    """The cure for an unknown code: the languages whose code, name or country comes nearest."""
    from rapidfuzz import fuzz, process

    primary = key.split("-")[0]
    guesses = [guess for guess in (_spoken_in(key),) if guess]
    if len(primary) > 3:
        names = {row.name.lower(): row.code for row in table().values()}
        found = process.extract(primary, list(names), scorer=fuzz.ratio, limit=limit)
        guesses += [names[name] for name, _, _ in found]
    codes = sorted(table(), key=lambda code: -fuzz.ratio(primary, code))
    guesses = list(dict.fromkeys(guesses + codes))[:limit]
    return "did you mean " + ", ".join(f"{code} ({table()[code].name})" for code in guesses) + "?"


def _spoken_in(country: str) -> str | None:
    """The main language of a country whose code was taken for a language's (`jp`, `cn`, `cz`)."""
    import langcodes

    if len(country) != 2 or not country.isalpha():
        return None
    likely = langcodes.Language.make(territory=country.upper()).maximize()
    return _fold_tag(f"{likely.language}-{likely.script}") if likely.language not in ("und", "en", None) else None
