"""A sentence of a document in, whether it is to be translated out: or in which other language it is already.

A script says it for certain; between languages of one script only a long sentence says enough, since a line of names
looks like any language.
"""

from __future__ import annotations

from typing import Final, Literal

from corpora.language import detect, info
from corpora.script import COMMON, dominant_script, script_of, words

Left = Literal["target_language", "other_language", "no_text"]
REASONS: Final[dict[Left, str]] = {
    "target_language": "already in the target language",
    "other_language": "in another language than the text",
    "no_text": "nothing to translate",
}
_FEWEST_WORDS: Final = 7
_SAMPLE: Final = 3000
_CERTAIN: Final = 0.95
_SCRIPTS: Final = {
    "Hans": frozenset({"Hani"}),
    "Hant": frozenset({"Hani"}),
    "Jpan": frozenset({"Hani", "Hira", "Kana"}),
    "Kore": frozenset({"Hang", "Hani"}),
}
# Pairs that a detector takes for each other even in long sentences.
_ALIKE: Final = (
    frozenset({"zh-Hans", "zh-Hant"}),
    frozenset({"nb", "nn", "da", "sv"}),
    frozenset({"hr", "bs", "sr", "sl"}),
    frozenset({"id", "ms"}),
    frozenset({"cs", "sk"}),
    frozenset({"pt", "gl", "es", "ca"}),
    frozenset({"nl", "af"}),
)


def left(text: str, source_lang: str, target_lang: str) -> Left | None:
    """Why a sentence is not translated, or None where it is."""
    if dominant_script(text) == COMMON:
        return "no_text"
    text = text[:_SAMPLE]
    if source_lang == target_lang:
        return "target_language"
    scripts = {script_of(char) for char in text if char.isalpha()}
    if not scripts & _scripts(source_lang):
        return "target_language" if scripts & _scripts(target_lang) else "other_language"
    if len(words(text)) < _FEWEST_WORDS and info(source_lang).script not in ("Hans", "Hant"):
        return None
    found = detect(text)
    if found.confidence < _CERTAIN or found.lang == source_lang or _alike(found.lang, source_lang):
        return None
    return "target_language" if found.lang == target_lang else "other_language"


def _scripts(lang: str) -> frozenset[str]:
    script = info(lang).script
    return _SCRIPTS.get(script, frozenset({script}))


def _alike(one: str, two: str) -> bool:
    return any(one in group and two in group for group in _ALIKE)
