"""A sentence of a document in, its language out, and whether it is to be translated.

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
    "other_language": "in another language, for which there is no model",
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


def spoken(text: str, source_lang: str, target_lang: str) -> tuple[str, Left | None]:
    """The language that a sentence of a text is in, and why it is not translated, or None where it is."""
    if dominant_script(text) == COMMON:
        return source_lang, "no_text"
    text = text[:_SAMPLE]
    same: Left | None = "target_language" if source_lang == target_lang else None
    scripts = {script_of(char) for char in text if char.isalpha()}
    in_script = bool(scripts & _scripts(source_lang))
    if not in_script and scripts & _scripts(target_lang):
        return target_lang, "target_language"
    if len(words(text)) < _FEWEST_WORDS and info(source_lang).script not in ("Hans", "Hant"):
        return source_lang, same if in_script else "other_language"
    found = detect(text)
    if found.confidence < _CERTAIN or found.lang == source_lang or _alike(found.lang, source_lang):
        return source_lang, same if in_script else "other_language"
    return found.lang, "target_language" if found.lang == target_lang else None


def _scripts(lang: str) -> frozenset[str]:
    script = info(lang).script
    return _SCRIPTS.get(script, frozenset({script}))


def _alike(one: str, two: str) -> bool:
    return any(one in group and two in group for group in _ALIKE)
