"""A segment in, flags for stretches that were left in the source's language out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache

from corpora.script import Word
from eval.checks.scripts import cited, scripts_of
from eval.checks.segment import Segment, excerpt, key, words_and_keys
from eval.result import Flag
from eval.settings import EvalSettings

# Words that a sentence of the language can hardly do without, and that no name or title consists of alone. Those that
# two of these languages share are in neither list's favour: the check asks for words that the target does not have.
_FUNCTION_WORDS: Mapping[str, str] = {
    "en": "the of and to in is was were are be been has have had that this these with for from by at as it its he she "
    "they his her their which who will would could should not but or if than into about after before over under",
    "fr": "le la les des du de un une et est sont était dans que qui pour par sur avec ce cette ces se sa son ses leur "
    "leurs ne pas plus au aux il elle ils elles a ont été être mais ou où si comme",
    "de": "der die das den dem des und ist sind war waren in zu mit von für auf nicht ein eine einen einem einer sich "
    "auch als bei nach aus wird werden hat haben dass wie über nur noch oder aber",
    "es": "el la los las de del y en que un una es son fue para por con no se su sus al lo como más pero o sin sobre",
}
_ORDINARY = 2
# A phrase that stands oftener than this in one segment is a loop, and not looked for at every place.
_MOST_PLACES = 16


def check(segment: Segment, settings: EvalSettings) -> Iterator[Flag]:
    """Flag runs of words that stand in the source just so and are no name or title.

    A run counts when it is long enough and holds at least two words that the source's language needs and the target's
    does not have; in another script than the target's, at least two words in lower case.
    """
    text = segment.target.text
    found, keys = words_and_keys(text)
    _, source = words_and_keys(segment.source.text)
    for first, last in _runs(keys, source, settings.untranslated_words, lambda: _foreign_to(segment)):
        start, end = found[first].start, found[last - 1].end
        if _is_title(found[first:last]) and cited(text, start, end):
            continue
        yield Flag(
            "untranslated",
            "critical" if (end - start) > 0.8 * len(text) else "major",
            "Accuracy/Untranslated",
            f"left as it is in {segment.other_side}: “{excerpt(text[start:end])}”",
            segment.target.spans(start, end),
        )


def _is_title(run: Sequence[Word]) -> bool:
    """Whether most words of a run that could have a capital have one: a title, the name of an institution."""
    long = [word.text for word in run if len(word.text) > 3]
    return 2 * sum(word[0].isupper() for word in long) > len(long)


def _runs(
    keys: Sequence[str], source: Sequence[str], least: int, foreign: Callable[[], frozenset[str]]
) -> Iterator[tuple[int, int]]:
    """Longest runs of target words that are runs of source words as well, none inside another.

    Args:
        foreign: gives the words that the target's language does not use; hardly a segment has a run to ask it for.
    """
    if sum(map(frozenset(source).__contains__, keys)) < least:
        return
    places: dict[tuple[str, ...], list[int]] = {}
    for place in range(len(source) - least + 1):
        same = places.setdefault(tuple(source[place : place + least]), [])
        if len(same) < _MOST_PLACES:
            same.append(place)
    at = 0
    while at < len(keys):
        starts = places.get(tuple(keys[at : at + least]), ())
        length = max((_common(keys, at, source, place) for place in starts), default=0)
        if length and sum(map(foreign().__contains__, keys[at : at + length])) >= _ORDINARY:
            yield at, at + length
        at += max(length, 1)


def _common(left: Sequence[str], at: int, right: Sequence[str], place: int) -> int:
    length = 0
    while at + length < len(left) and place + length < len(right) and left[at + length] == right[place + length]:
        length += 1
    return length


def _foreign_to(segment: Segment) -> frozenset[str]:
    """Words of the source that the target's language does not use."""
    source, target = (lang.split("-")[0] for lang in (segment.source_lang, segment.target_lang))
    if scripts_of(segment.source_lang) != scripts_of(segment.target_lang):
        found = zip(*words_and_keys(segment.source.text), strict=True)
        lower = {name for word, name in found if word.text.islower() or word.script == "Arab"}
        return frozenset(name for name in lower if len(name) > 1)
    return function_words(source) - function_words(target)


@cache
def function_words(lang: str) -> frozenset[str]:
    """The function words of a language that this check knows some of, folded as words are compared."""
    return frozenset(map(key, _FUNCTION_WORDS.get(lang, "").split()))
