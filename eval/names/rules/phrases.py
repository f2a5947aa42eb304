"""A scene in, judgements on words that the article itself spells otherwise out: الملمكة المتحدة once, المملكة often.

Arabic has no capitals to show a name. But a word that no dictionary has, one letter away from a word that the article
uses in the same company, or from a name that it uses again and again, is that word misspelt.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from corpora.script import Word, fold
from eval.names.base.lexicon import has_dictionary, is_listed, is_ordinary
from eval.names.base.near import NearIndex
from eval.names.entity import Evidence
from eval.names.rules.own_words import is_run_together
from eval.names.rules.scene import Judgement, Scene
from eval.names.rules.topic import stems
from eval.names.spelling.slips import slip_between
from eval.names.spelling.sounds import same_sounds

_SHORTEST = 5
_GLUE = ("و", "ف", "ب", "ك", "ل")


@dataclass(frozen=True, slots=True)
class _Usage:
    """How often the article has each word, how it first writes it, and which words stand beside it."""

    counts: Counter[str]
    written: Mapping[str, str]
    company: Mapping[str, set[str]]


def judge_phrases(scene: Scene) -> Iterator[Judgement]:
    """Words of an Arabic article that are a slip of a name or phrase it uses elsewhere."""
    if scene.script != "Arab" or not has_dictionary(scene.lang):
        return
    usage = _usage(scene)
    index = NearIndex([word for word, count in usage.counts.items() if len(word) >= _SHORTEST and count > 1])
    covered = {p for m in scene.reading.mentions if m.hit is not None for p in (m.start, m.end - 1)}
    for sentence, words in scene.reading.words_by_sentence.items():
        for i, word in enumerate(words):
            if word.script != "Arab" or len(word.text) < _SHORTEST or usage.counts[_key(word.text)] > 1:
                continue
            if word.start in covered or is_ordinary(word.text, scene.lang) or is_run_together(scene, word.text):
                continue
            found = _meant(scene, usage, index, words, i)
            if found is not None:
                start, right = found
                detail = f"the article itself writes “{right}” {usage.counts[_key(right)]} times"
                evidence = (Evidence("article", detail),)
                yield Judgement(start, word.end, "misspelling.article", None, right, evidence, sentence, 0.97)


@lru_cache(maxsize=1 << 16)
def _key(word: str) -> str:
    return fold(word).text


def _usage(scene: Scene) -> _Usage:
    counts: Counter[str] = Counter()
    company: dict[str, set[str]] = {}
    for words in scene.reading.words_by_sentence.values():
        keys = [_key(word.text) for word in words]
        counts.update(keys)
        counts.update(key[1:] for key in keys if key[:1] in _GLUE and len(key) > _SHORTEST)
        for first, second in pairwise(keys):
            company.setdefault(first, set()).add(second)
            company.setdefault(second, set()).add(first)
    written = {_key(word.text): word.text for word in reversed(scene.reading.words)}
    return _Usage(counts, written, company)


def _meant(scene: Scene, usage: _Usage, index: NearIndex, words: Sequence[Word], i: int) -> tuple[int, str] | None:
    """Where the misspelt word begins behind its glue, and the word that is meant."""
    word = words[i]
    beside = {_key(words[j].text) for j in (i - 1, i + 1) if 0 <= j < len(words)}
    for skip in (0, 1) if word.text[0] in _GLUE else (0,):
        key = _key(word.text[skip:])
        for other in index.one_edit_from(key):
            if set(stems(key)) & set(stems(other)) or slip_between(key, other) != "misspelt":
                continue
            if same_sounds(key, other):
                continue
            together = bool(beside & usage.company.get(other, set()))
            name = not is_listed(other, scene.lang) and not is_ordinary(other, scene.lang)
            if together or name:
                return word.start + skip, usage.written.get(other, other)
    return None
