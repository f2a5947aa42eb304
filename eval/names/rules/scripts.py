"""A scene in, judgements on wrong scripts out: scripts mixed within a word, and scripts the language never uses."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING

from corpora.language import name_of
from corpora.script import Word, dominant_script, mixed_scripts, script_name
from eval.names.base.lexicon import is_function_word
from eval.names.entity import Entity, Evidence
from eval.names.mentions import sentence_indices
from eval.names.rules.claims import claims, right_forms
from eval.names.rules.habit import preferred_form
from eval.names.rules.scene import Judgement, Scene
from eval.names.spelling.sounds import resemblance

if TYPE_CHECKING:
    from eval.names.knowledge import Knowledge

_NATIVE = {
    "ar": {"Arab", "Latn"},
    "fa": {"Arab", "Latn"},
    "zh": {"Hani", "Latn"},
    "ru": {"Cyrl", "Latn"},
    "uk": {"Cyrl", "Latn"},
}
_ALWAYS = frozenset({"Zyyy", "Zzzz", "Latn", "Grek"})
# Letters of each half of a mixed word that tell a name, and how much the other half must sound like its own.
_HALF, _SOUNDS_LIKE = 3, 0.6
# Letters that both halves must have together for a name of the base to be looked for.
_LETTERS = 4
_TOKEN = re.compile(r"[^\s\"“”«»()\[\]{}،؛,;:.!?؟*]+")
_ELIDED = re.compile(r"(?:[cdjlmnst]|qu)[’'](?=[^\W\d_]{2})", re.IGNORECASE)
_CLITICS_ON_LATIN = re.compile("[وفبكل]{1,2}(?=[A-Za-z])")
# Letters of other alphabets that look like Latin ones: a forgery or a slip of the keyboard.
_LOOKALIKES = str.maketrans("АВЕКМНОРСТХаеорсухіјѕԁɡΑΒΕΖΗΙΚΜΝΟΡΤΥΧο", "ABEKMHOPCTXaeopcyxijsdgABEZHIKMNOPTYXo")


def judge_scripts(scene: Scene) -> Iterator[Judgement]:
    """Words that mix scripts letter by letter, and names left in a script that the article's language never uses."""
    yield from _judge_mixed(scene)
    yield from _judge_alien(scene)


def _judge_mixed(scene: Scene) -> Iterator[Judgement]:
    tokens = [match for match in _TOKEN.finditer(scene.reading.text) if not match[0].isascii()]
    mixed = [(match, scripts) for match in tokens if (scripts := mixed_scripts(match[0]))]
    homes = sentence_indices(scene.reading.sentences, [match.start() for match, _ in mixed])
    done = 0
    for (match, scripts), home in zip(mixed, homes, strict=True):
        if match.end() <= done:
            continue
        start, end = match.span() if "Arab" not in scripts else _mixed_part(match[0], match.start())
        surface = scene.reading.text[start:end]
        entity: Entity | None
        whole = _whole_name(scene, start, end, home)
        if whole is not None:
            start, end, entity, canonical = whole
            done = end
        else:
            entity, start, canonical = _mixed_meaning(scene, surface, start, home)
        if entity is None and _is_glued(scene, surface, scripts):
            continue
        detail = f"letters of {len(scripts)} scripts ({', '.join(map(script_name, scripts))}) in one word"
        yield Judgement(start, end, "script.mixed", entity, canonical, (Evidence("script", detail),), home)


def _whole_name(scene: Scene, start: int, end: int, home: int) -> tuple[int, int, Entity, str | None] | None:
    """The known name of several words that a word with look-alikes is part of: both words of Togethеr АI."""
    if home < 0:
        return None
    sentence = scene.reading.sentences[home]
    text = scene.reading.text[sentence.start : sentence.end]
    plain = text.translate(_LOOKALIKES)
    for hit in scene.knowledge.scan(plain, scene.lang) if plain != text else ():
        left, right = sentence.start + hit.start, sentence.start + hit.end
        if left <= start < right and right - left > end - start and end <= right and hit.form.status != "wrong":
            return left, right, hit.entities[0], preferred_form(scene, hit.entities[0], script="Latn")
    return None


def _is_glued(scene: Scene, surface: str, scripts: tuple[str, ...]) -> bool:
    """Whether only a space is missing between a word of the language and a foreign name: كأسBetfred, MoveOnيوم."""
    if set(scripts) != {"Arab", "Latn"}:
        return False
    first, last = _pieces(surface, fold_case=False)
    if dominant_script(first) == "Arab":
        return last[:1].isupper() or is_function_word(last)
    return len(last) >= 3 and scene.reading.vocabulary[last] > 0


def _mixed_part(token: str, offset: int) -> tuple[int, int]:
    """The token without what a hyphen or a slash sets apart on a side that is sound."""
    start, end = 0, len(token)
    for match in re.finditer(r"[-/–—]", token):
        if mixed_scripts(token[match.end() : end]) and not mixed_scripts(token[start : match.start()]):
            start = match.end()
        elif mixed_scripts(token[start : match.start()]):
            end = match.start()
            break
    return offset + start, offset + end


def _mixed_meaning(scene: Scene, surface: str, start: int, home: int) -> tuple[Entity | None, int, str | None]:
    """Which entity a mixed word stands for, where it begins without its clitics, and what to write."""
    script = dominant_script(surface)
    plain = surface.translate(_LOOKALIKES)
    glued = _CLITICS_ON_LATIN.match(plain)
    if glued is not None and not mixed_scripts(plain):
        # Only the look-alikes were wrong (وBlaсkRоck): what Arabic glues to a Latin name stays where it is.
        start += glued.end()
        surface, plain = surface[glued.end() :], plain[glued.end() :]
        script = "Latn"
    elided = _ELIDED.match(plain)
    if elided is not None and surface[: elided.end()] == elided[0] and dominant_script(plain) == "Latn":
        start += elided.end()
        surface, plain = surface[elided.end() :], plain[elided.end() :]
    for hit in scene.knowledge.scan(plain, scene.lang):
        if (hit.start, hit.end) == (0, len(plain)) and hit.form.status != "wrong":
            return hit.entities[0], start, preferred_form(scene, hit.entities[0], script="Latn")
    if dominant_script(plain) == "Latn" and not mixed_scripts(plain):
        return None, start, plain
    for skip in range(3 if surface[:1] in "وفبكل" else 1):
        entity = _whose_parts(scene, surface[skip:], home)
        if entity is not None:
            return entity, start + skip, preferred_form(scene, entity, script=script) or preferred_form(scene, entity)
    return None, start, _whole_of(scene, surface, home) or _whole_here(scene, surface)


def _whole_of(scene: Scene, surface: str, home: int) -> str | None:
    """The witness's name that a mixed word's Latin piece is the head or tail of, where no base knows it."""
    latin = max(_pieces(surface, fold_case=True), key=lambda piece: (piece.isascii(), len(piece)))
    if not latin.isascii() or len(latin) < 3:
        return None
    for testimony in scene.testimonies:
        for mention in testimony.across(home):
            if mention.surface.casefold().endswith(latin) or mention.surface.casefold().startswith(latin):
                return mention.surface
    return None


def _whole_here(scene: Scene, surface: str) -> str | None:
    """The word of the article itself that a mixed word is half of, and whose other half it sounds like: شنغghai."""
    first, last = _pieces(surface, fold_case=True)
    if (dominant_script(first), dominant_script(last)) != ("Arab", "Latn") or min(len(first), len(last)) < _HALF:
        return None
    found = []
    for word in scene.reading.words:
        text = word.text.casefold()
        if text.startswith(first) and word.script == "Arab" and len(text) > len(first) + 1:
            found.append((resemblance(last, text[len(first) :]), word.text))
        elif text.endswith(last) and word.script == "Latn" and len(text) > len(last) + 1:
            found.append((resemblance(text[: -len(last)], first), word.text))
    return max((one for one in found if one[0] >= _SOUNDS_LIKE), default=(0.0, None))[1]


def _whose_parts(scene: Scene, surface: str, home: int) -> Entity | None:
    """The entity whose forms begin and end with the pieces of a mixed word: مايكروsoft."""
    first, last = _pieces(surface, fold_case=True)
    if len(first) + len(last) < _LETTERS:
        return None
    near = [
        entity
        for testimony in scene.testimonies
        for mention in testimony.across(home, 1)
        if mention.hit is not None
        for entity in mention.hit.entities
    ]
    witnessed = ((entity, _caseless(entity, scene.lang)) for entity in chain(near, scene.entities))
    # What the witness has here is meant, whatever else the base knows: بلفfast is Belfast, not VinFast.
    told = _whole_of(scene, surface, home) is not None
    anybody = () if told else _by_initial(scene.knowledge, scene.lang).get(first[0], ())
    for entity, forms in chain(witnessed, anybody):
        heads = [form for form in forms if form.startswith(first)]
        tails = [form for form in forms if form.endswith(last)]
        if heads and tails and abs(_filled(heads[0], tails[0], first, last)) <= 2:
            return entity
    return None


def _caseless(entity: Entity, lang: str) -> list[str]:
    return [form.text.casefold() for form in right_forms(entity, lang)] + [entity.name.casefold()]


@lru_cache(maxsize=8)
def _by_initial(knowledge: Knowledge, lang: str) -> Mapping[str, Sequence[tuple[Entity, list[str]]]]:
    """The entities of the base with their forms, in its order, by each letter that some form begins with."""
    groups: dict[str, list[tuple[Entity, list[str]]]] = {}
    for entity in knowledge.entities.values():
        forms = _caseless(entity, lang)
        for initial in {form[:1] for form in forms}:
            groups.setdefault(initial, []).append((entity, forms))
    return groups


def _filled(head: str, tail: str, first: str, last: str) -> int:
    """How many letters the two pieces together lack of the shorter form, or have too many."""
    return min(len(head), len(tail)) - len(first) - len(last)


def _pieces(surface: str, *, fold_case: bool) -> tuple[str, str]:
    script = dominant_script(surface[:1])
    cut = next((i for i, char in enumerate(surface) if dominant_script(char) not in (script, "Zyyy")), len(surface))
    first, last = surface[:cut], surface[cut:]
    return (first.casefold(), last.casefold()) if fold_case else (first, last)


def _judge_alien(scene: Scene) -> Iterator[Judgement]:
    native = _NATIVE.get(scene.lang.split("-")[0], {scene.script}) | _ALWAYS
    if scene.script not in native:
        return
    known = [m for m in scene.reading.mentions if m.hit is not None and dominant_script(m.surface) not in native]
    covered = {position for mention in known for position in range(mention.start, mention.end)}
    for mention in known:
        entity = claims(mention)[0].entity
        canonical = preferred_form(scene, entity, script=scene.script) or preferred_form(scene, entity, script="Latn")
        if not _is_gloss(scene.reading.text, mention.start, mention.end):
            detail = _left_in(dominant_script(mention.surface), scene)
            evidence = (Evidence("script", detail), Evidence("knowledge", f"it is {entity.name}"))
            yield Judgement(mention.start, mention.end, "script.alien", entity, canonical, evidence, mention.sentence)
    aliens = [w for w in scene.reading.words if w.script not in native and w.start not in covered and len(w.text) > 1]
    homes = sentence_indices(scene.reading.sentences, [word.start for word in aliens])
    for word, home in zip(aliens, homes, strict=True):
        if not _is_gloss(scene.reading.text, word.start, word.end) and not mixed_scripts(_token_around(scene, word)):
            reason = Evidence("script", _left_in(word.script, scene))
            yield Judgement(word.start, word.end, "script.alien", None, None, (reason,), home)


def _left_in(script: str, scene: Scene) -> str:
    return f"left in {script_name(script)} letters, which {name_of(scene.lang)} does not use"


def _token_around(scene: Scene, word: Word) -> str:
    match = next((m for m in _TOKEN.finditer(scene.reading.text, max(0, word.start - 40)) if m.end() >= word.end), None)
    return match[0] if match else word.text


def _is_gloss(text: str, start: int, end: int) -> bool:
    """Whether a stretch stands in brackets: there the original spelling is given on purpose."""
    before, after = text[max(0, start - 60) : start], text[end : end + 60]
    opening = max(before.rfind("("), before.rfind("["), before.rfind("（"))
    closed = max(before.rfind(")"), before.rfind("]"), before.rfind("）"))
    return opening > closed and re.search(r"[)\]）]", after) is not None
