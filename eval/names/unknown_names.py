"""An open name that no base knows in, what became of it in the translation out.

In Latin letters such a name stays as it is in every language that writes them, so a slip shows. What must not be taken
for one is translated: Parlement for Parliament, Moscou for Moscow; a dictionary has the one, the article repeats the
other.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from corpora.script import Word, dominant_script
from eval.names.casing import spoken_as_word
from eval.names.claims import folded, likeness
from eval.names.known_names import may_be_name
from eval.names.lexicon import is_ordinary
from eval.names.mentions import Mention
from eval.names.reckoning import Account
from eval.names.rendering import best_rendering, free_words, pieces
from eval.names.scene import Judgement, Scene
from eval.names.slips import slip_between

_SHORTEST = 4
# Even a free rendering keeps more of a name than this.
_FAINT = 0.5


def judge_unknown_name(scene: Scene, account: Account, name: Mention) -> Iterator[Judgement]:
    """The words of a name against the Latin words of the article's sentences."""
    words = [word for word in account.words(scene.reading) if word.script == "Latn"]
    for _, piece in pieces(name):
        if dominant_script(piece) != "Latn" or len(piece) < (_SHORTEST if not piece.isupper() else _SHORTEST - 1):
            continue
        judgement = _judge_piece(scene, account, name, piece, words)
        if judgement is not None:
            account.take(judgement.start, judgement.end)
            yield judgement


def judge_unknown_nowhere(scene: Scene, account: Account, name: Mention) -> Judgement | None:
    """A name of which no word stands in the translation or sounds like one there, though none can be translated."""
    parts = [piece for _, piece in pieces(name) if len(piece) > 2]
    if account.role != "source" or not parts or not _resists_translation(account, name, parts):
        return None
    around = [sentence + step for sentence in account.targets for step in (-1, 0, 1)]
    words = free_words(scene.reading, sorted(set(around)), set())
    for piece in parts:
        rendering = best_rendering(piece, words)
        if rendering is not None and rendering.likeness >= _FAINT:
            return None
        if any(likeness(piece, word.text) >= _FAINT for word in words if word.script == "Latn"):
            return None
    end = scene.reading.sentences[account.targets[-1]].end
    return Judgement(end, end, "missing.source", None, None, (account.evidence(name),), account.targets[-1], 0.8)


def _resists_translation(account: Account, name: Mention, parts: Sequence[str]) -> bool:
    """Whether a name has no word that a dictionary has: then no language translates it."""
    if dominant_script(name.surface) != "Latn":
        return False
    lang = account.testimony.reading.lang
    if any(is_ordinary(piece, lang) or is_ordinary(piece, "en") for piece in parts):
        return False
    return (name.shape == "capitalised" and len(parts) >= 2) or (name.shape == "mixed" and len(name.surface) >= 4)


def _judge_piece(scene: Scene, account: Account, name: Mention, piece: str, words: Sequence[Word]) -> Judgement | None:
    if any(word.text == piece for word in words):
        return None
    evidence = (account.evidence(name),)
    for word in words:
        lowered = word.text == piece.lower() and any(map(str.isupper, piece[1:])) and not is_ordinary(piece, "en")
        if word.start in account.used or not (lowered or may_be_name(scene, [word], word.text)):
            continue
        if word.text.casefold() == piece.casefold():
            if word.text.isupper() or name.shape == "capitalised" or _is_spoken(scene, word.text, piece):
                continue
            rule = f"casing.{account.role}"
        else:
            slip = slip_between(folded(word.text), folded(piece)) if len(piece) >= _SHORTEST else None
            if slip is None or _is_translated(scene, word.text, piece):
                continue
            rule = f"{'garbled' if slip == 'truncated' else 'misspelling'}.{account.role}"
        return Judgement(word.start, word.end, rule, None, piece, evidence, account.targets[0])
    return None


def _is_spoken(scene: Scene, word: str, piece: str) -> bool:
    """Whether an acronym is written as the word it is spoken as: Nato, Unesco."""
    return piece.isupper() and (spoken_as_word(word) or is_ordinary(word, scene.lang) or is_ordinary(word, "en"))


def _is_translated(scene: Scene, word: str, piece: str) -> bool:
    """Whether a word is how the article's language says it: a dictionary has it, or the article keeps to it."""
    counts = scene.reading.vocabulary
    if counts[word.lower()] > 1 and counts[piece.lower()] == 0:
        return True
    return is_ordinary(word, scene.lang if scene.script == "Latn" else "en")
