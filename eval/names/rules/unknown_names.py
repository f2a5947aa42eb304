"""An open name that no base knows in, what became of it in the translation out.

In Latin letters such a name stays as it is in every language that writes them, so a slip shows. What must not be taken
for one is translated: Parlement for Parliament, Moscou for Moscow; a dictionary has the one, the article repeats the
other.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from corpora.script import Word, dominant_script
from eval.names.base.lexicon import frequency, is_ordinary
from eval.names.mentions import Mention
from eval.names.rules.casing import spoken_as_word
from eval.names.rules.claims import folded
from eval.names.rules.known_names import may_be_name
from eval.names.rules.reckoning import Account
from eval.names.rules.rendering import pieces
from eval.names.rules.scene import Judgement, Scene
from eval.names.spelling.slips import romanised_alike, slip_between

_SHORTEST = 4
# The least that the dictionary counts a word it lists, and how many times as usual what was meant must be.
_LISTED, _MORE_USUAL = 50, 10


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
            if len(piece) < _SHORTEST:
                continue
            inflects = not _is_in_its_name(scene, name, piece, word)
            slip = slip_between(folded(word.text), folded(piece), inflects=inflects)
            if slip is None or _is_translated(scene, word.text, piece):
                continue
            if slip == "misspelt" and _is_mended(account, word.text, piece):
                continue
            rule = f"{'garbled' if slip == 'truncated' else 'misspelling'}.{account.role}"
        return Judgement(word.start, word.end, rule, None, piece, evidence, account.targets[0])
    return None


def _is_in_its_name(scene: Scene, name: Mention, piece: str, word: Word) -> bool:
    """Whether another word of the name stands beside the word as it does in the witness: what is written whole, does
    not take the endings of a language (Saint-Gobain).
    """
    text, theirs = scene.reading.text, [other for _, other in pieces(name)]
    place = theirs.index(piece)
    before, after = theirs[:place][-1:], theirs[place + 1 :][:1]
    return any(text.endswith((f"{other} ", f"{other}-"), 0, word.start) for other in before) or any(
        text.startswith((f" {other}", f"-{other}"), word.end) for other in after
    )


def _is_spoken(scene: Scene, word: str, piece: str) -> bool:
    """Whether an acronym is written as the word it is spoken as: Nato, Unesco."""
    return piece.isupper() and (spoken_as_word(word) or is_ordinary(word, scene.lang) or is_ordinary(word, "en"))


def _is_mended(account: Account, word: str, piece: str) -> bool:
    """Whether the witness's spelling is the slip: Miller, where it has Miler."""
    lang = account.testimony.reading.lang
    return frequency(word, lang) >= _MORE_USUAL * max(_LISTED, frequency(piece, lang))


def _is_translated(scene: Scene, word: str, piece: str) -> bool:
    """Whether a word is how the article's language says it: a dictionary has it, or the article keeps to it."""
    counts = scene.reading.vocabulary
    if counts[word.lower()] > 1 and counts[piece.lower()] == 0:
        return True
    if romanised_alike(folded(word), folded(piece)):
        return True
    return is_ordinary(word, scene.lang if scene.script == "Latn" else "en")
