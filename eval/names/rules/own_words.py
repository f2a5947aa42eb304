"""A scene in, judgements on single words of names out, where the article itself has the word whole and right elsewhere.

Hazaard beside Eden Hazard, Birkenh after Birkenhead: a word of a name that no dictionary and no base has, one slip away
from a word of another name of the article, or its head. Likeness alone proves nothing (Marin, Martin): the other word
must be the usual one, or be known where this one is not, or stand beside the same word of the same name.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from eval.names.base.lexicon import is_listed, is_ordinary
from eval.names.base.near import NearIndex
from eval.names.entity import Evidence
from eval.names.mentions import CASED_SCRIPTS, Mention
from eval.names.rules.claims import folded
from eval.names.rules.parts import name_parts
from eval.names.rules.rendering import pieces
from eval.names.rules.scene import Judgement, Scene
from eval.names.rules.topic import stems
from eval.names.spelling.slips import Slip, romanised_alike, slip_between
from eval.names.spelling.sounds import spelling_variants

_SHORTEST = 5
_MOST = 2
_LONGEST_TAIL, _CUT = 4, 3
_GLUE = frozenset("وفبكل")
_PREPOSITIONS = ("في", "من", "على", "إلى", "عن")


@dataclass(slots=True)
class _Usage:
    """The words of the article's names: how each is written, and what stands beside it within its names."""

    written: dict[str, str] = field(default_factory=dict)
    company: dict[str, set[str]] = field(default_factory=dict)


def judge_own_words(scene: Scene) -> Iterator[Judgement]:
    """Words of names that no base knows, a slip off a word of another name of the article, or cut off."""
    if scene.script == "Arab":
        yield from _judge_uncased(scene)
    if scene.script not in CASED_SCRIPTS:
        return
    names = [(mention, list(pieces(mention))) for mention in scene.reading.mentions if mention.shape != "initial"]
    usage = _usage(scene, names)
    keys = sorted(usage.written)
    index = NearIndex(keys)
    for mention, words in names:
        if mention.hit is not None:
            continue
        for place, (start, word) in enumerate(words):
            if not _is_strange(scene, word):
                continue
            beside = {folded(words[i][1]) for i in (place - 1, place + 1) if 0 <= i < len(words)}
            found = _meant(
                scene, usage, [*index.one_edit_from(folded(word)), *_longer(keys, folded(word))], word, beside
            )
            if found is not None:
                slip, right = found
                detail = f"the article itself writes “{right}” elsewhere"
                rule = "garbled.article" if slip == "truncated" else "misspelling.article"
                evidence = (Evidence("article", detail),)
                yield Judgement(start, start + len(word), rule, None, right, evidence, mention.sentence, 0.98)


def _judge_uncased(scene: Scene) -> Iterator[Judgement]:
    """The same where no capital shows a name: every word that no dictionary has, behind what is glued to it.

    A head stands for a word that is no ordinary one either; a slip needs the same word beside it.
    """
    keys = {word.start: folded(word.text) for word in scene.reading.words if word.script == "Arab"}
    counts = Counter(form for key in keys.values() for form in _unglued(key))
    written: dict[str, str] = {}
    for word in scene.reading.words:
        for form in _unglued(keys.get(word.start, "")):
            written.setdefault(form, word.text[len(keys[word.start]) - len(form) :] if form else "")
    company: dict[str, set[str]] = {}
    for words in scene.reading.words_by_sentence.values():
        for first, second in pairwise(keys.get(word.start, "") for word in words):
            for form in _unglued(first):
                company.setdefault(form, set()).add(second)
            for form in _unglued(second):
                company.setdefault(form, set()).add(first)
    whole = frozenset(keys.values())
    known = sorted(key for key in written if len(key) >= _SHORTEST)
    index = NearIndex(known)
    covered = {p for m in scene.reading.mentions if m.hit is not None for p in (m.start, m.end - 1)}
    for sentence, words in scene.reading.words_by_sentence.items():
        for word in words:
            key = keys.get(word.start, "")
            if (
                len(key) < _SHORTEST
                or counts[key] > _MOST
                or word.start in covered
                or is_ordinary(word.text, scene.lang)
                or is_run_together(scene, word.text)
            ):
                continue
            if key in name_parts(scene.knowledge, scene.lang):
                continue
            for glued in sorted({len(key) - len(form) for form in _unglued(key)}, reverse=True):
                own = key[glued:]
                slip, right = next(_whole(scene, own, counts, company, known, index), (None, ""))
                # What is taken for a clitic may be the name's own letter, unless the name stands without it elsewhere.
                if slip is not None and len(key) == len(word.text) and (not glued or right in whole):
                    rule = "garbled.article" if slip == "truncated" else "misspelling.article"
                    evidence = (Evidence("article", f"the article itself writes “{written[right]}” elsewhere"),)
                    start = word.start + glued
                    yield Judgement(start, word.end, rule, None, written[right], evidence, sentence, 0.97)
                    break


def is_run_together(scene: Scene, word: str) -> bool:
    """Whether only the space behind a preposition is missing: فيمقاطعة."""
    return any(
        word.startswith(first)
        and len(word) - len(first) >= _SHORTEST - 1
        and is_ordinary(word[len(first) :], scene.lang)
        for first in _PREPOSITIONS
    )


def _unglued(key: str) -> tuple[str, ...]:
    return (key, key[1:]) if key[:1] in _GLUE and len(key) > _SHORTEST else (key,)


def _whole(
    scene: Scene,
    key: str,
    counts: Mapping[str, int],
    company: Mapping[str, set[str]],
    known: Sequence[str],
    index: NearIndex,
) -> Iterator[tuple[Slip, str]]:
    if len(key) < _SHORTEST:
        return
    for other in _longer(known, key):
        if counts[other] >= counts[key] and not is_ordinary(other, scene.lang) and len(other) - len(key) <= _CUT:
            yield "truncated", other
    for other in index.one_edit_from(key):
        if other == key or counts[other] < counts[key] or set(stems(key)) & set(stems(other)):
            continue
        if slip_between(key, other) != "misspelt":
            continue
        if sorted(key) == sorted(other) and counts[other] > counts[key]:
            # No transliterator puts the letters in another order.
            yield "misspelt", other
        if spelling_variants(key, other) and not _looks_slipped(key, other):
            continue
        together = bool(company.get(key, set()) & company.get(other, set()) - {""})
        if together and (is_ordinary(other, scene.lang) or counts[other] > counts[key] or _looks_slipped(key, other)):
            yield "misspelt", other


def _usage(scene: Scene, names: Sequence[tuple[Mention, list[tuple[int, str]]]]) -> _Usage:
    usage = _Usage()
    for mention, words in names:
        if not scene.reading.counts(mention.sentence):
            continue
        keys = [folded(word) for _, word in words]
        for place, (_, word) in enumerate(words):
            if len(word) >= _SHORTEST and word[:1].isupper() and not word.isupper():
                usage.written.setdefault(keys[place], word)
                usage.company.setdefault(keys[place], set()).update(keys[max(0, place - 1) : place + 2])
    return usage


def _is_strange(scene: Scene, word: str) -> bool:
    """Whether a word is rare in the article and nobody knows it."""
    if len(word) < _SHORTEST or not word.isalpha() or not word[:1].isupper() or word.isupper():
        return False
    if scene.reading.vocabulary[word.lower()] > _MOST or _is_known(scene, word):
        return False
    return not any(testimony.reading.vocabulary[word.lower()] for testimony in scene.testimonies)


def _is_listed(scene: Scene, word: str) -> bool:
    return is_listed(word, scene.lang) or (word.isascii() and is_listed(word, "en"))


def _is_known(scene: Scene, word: str) -> bool:
    return _is_listed(scene, word) or folded(word) in name_parts(scene.knowledge, scene.lang)


def _longer(keys: Sequence[str], head: str) -> Iterator[str]:
    """The words that a head may have been cut off from."""
    place = bisect_right(keys, head)
    while place < len(keys) and keys[place].startswith(head):
        if 2 <= len(keys[place]) - len(head) <= _LONGEST_TAIL:
            yield keys[place]
        place += 1


def _meant(scene: Scene, usage: _Usage, near: Sequence[str], word: str, beside: set[str]) -> tuple[Slip, str] | None:
    """The word that a strange one is a slip of, and which slip."""
    key, counts = folded(word), scene.reading.vocabulary
    for other in sorted(near, key=lambda one: (-counts[usage.written[one].lower()], one)):
        right = usage.written[other]
        slip = slip_between(key, other)
        if slip is None or romanised_alike(key, other) or set(stems(word)) & set(stems(right)):
            continue
        if key[-1] == other[-1] == "s" and slip_between(key[:-1], other[:-1]) is None:
            # Two plurals: the Koreas, the Koreans.
            continue
        rare, usual = counts[word.lower()], counts[right.lower()]
        often = usual > 2 * rare
        known = usual >= rare and (_is_listed(scene, right) or (usual > rare and _is_known(scene, right)))
        together = usual >= rare and bool(beside & (usage.company[other] - {other}))
        whole = slip == "truncated" and usual >= rare
        if often or known or whole or (together and _looks_slipped(word, right)):
            return slip, right
    return None


def _looks_slipped(word: str, right: str) -> bool:
    """Whether of two spellings that nobody knows this one has a letter doubled that the other has once."""
    return len(word) == len(right) + 1 and any(
        word[i] == word[i + 1] and word[:i] + word[i + 1 :] == right for i in range(len(word) - 1)
    )
