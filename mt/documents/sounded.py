"""A marked-up name and a translation in another script in, the words that sound like it out: Tunis, تونس."""

from __future__ import annotations

from typing import Final

from corpora.script import COMMON, dominant_script, words

# The learned edit model gives a name's right transliteration .15 and more, and other words .06 and less.
_LEAST: Final = 0.1
_LONGEST: Final = 4


def sounded(name: str, output: str) -> str | None:
    """The stretch of the output that is the name by its sound; None where it is no name, or nothing sounds like it."""
    theirs = words(output)
    count = len(words(name))
    scripts = dominant_script(name), dominant_script(output)
    if not 0 < count <= _LONGEST or scripts[0] == scripts[1] or COMMON in scripts or not _is_name(name):
        return None
    from eval.names.match import rank, similarity

    windows = [
        output[theirs[first].start : theirs[first + size - 1].end]
        for size in range(max(count - 1, 1), count + 2)
        for first in range(len(theirs) - size + 1)
    ]
    best = rank(name, list(dict.fromkeys(windows)), top=1) if windows else []
    return best[0].candidate if best and similarity(name, best[0].candidate) >= _LEAST else None


def _is_name(text: str) -> bool:
    """Whether every word may be a name's: with a capital, or in a script that has none."""
    return all(word.text[0].isupper() or word.text.lower() == word.text.upper() for word in words(text))
