"""An account's open names and the names that nothing explains in, who stands in whose place out.

One name is gone and another has come: Huang Renxun for Jensen Huang, A100 for H100, Google for OpenAI. What the other
one is says how it came about: pinyin is a Chinese name spelled by sound, the initials of an organisation are a wrong
expansion.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from corpora.script import dominant_script
from eval.names.base.lexicon import is_ordinary
from eval.names.entity import Entity, Evidence
from eval.names.mentions import CASED_SCRIPTS, Mention, Reading
from eval.names.rules.claims import claims, folded, likeness, right_forms
from eval.names.rules.expansion import unexplained_runs
from eval.names.rules.habit import preferred_form
from eval.names.rules.known_names import is_carried_over
from eval.names.rules.reckoning import Account, entities
from eval.names.rules.rendering import pieces
from eval.names.rules.scene import Judgement, Scene

_SYLLABLE = (
    "(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?"
    "(?:iang|iong|uang|ueng|ang|eng|ing|ong|ian|iao|uan|uai|van|ai|ao|an|ei|en|er|ia|ie|in|iu|ou|ua|ue|ui|un|uo|ve|a|e|i|o|u|v)"
)
_PINYIN = re.compile(f"(?:{_SYLLABLE}){{1,3}}")
_REST = re.compile("-[a-z]+")


def is_pinyin(name: str, lang: str) -> bool:
    """Whether every word of a name can be read as pinyin syllables, and no dictionary has them all."""
    words = re.split(r"[\s-]+", name)
    if not all(_PINYIN.fullmatch(word.lower().replace("'", "").replace("’", "")) for word in words):
        return False
    return not all(is_ordinary(word, "en") or is_ordinary(word, lang) for word in words)


def judge_strangers(scene: Scene, account: Account, names: list[Mention]) -> Iterator[Judgement]:
    """Pair what is gone with what has come; `names` loses what is paired."""
    if account.testimony.reading.script not in CASED_SCRIPTS:
        # Without capitals the witness does not show its unknown names, and whatever stands here may be one of them.
        return
    strangers = [mention for mention in account.ours if _is_stranger(scene, account, mention)]
    for stranger in strangers:
        for name in sorted(names, key=lambda name: _order(scene, account, name, stranger)):
            family = _substitution(scene, account, name, stranger, alone=len(names) == len(strangers) == 1)
            if family is not None:
                names.remove(name)
                judgement = _judgement(scene, account, name, stranger, family)
                account.take(judgement.start, judgement.end)
                yield judgement
                break


def _order(scene: Scene, account: Account, name: Mention, stranger: Mention) -> tuple[bool, float]:
    """Words of the witness's language (North Korean) last; then by how far apart the two stand in their sentences."""
    theirs = account.testimony.reading
    words = [piece for _, piece in pieces(name)]
    plain = name.hit is None and all(is_ordinary(word, theirs.lang) for word in words)
    place = _place(theirs, account.bead.source, name) - _place(scene.reading, account.targets, stranger)
    return plain, abs(round(place, 4))


def _place(reading: Reading, sentences: Sequence[int], mention: Mention) -> float:
    """How far into its side of a bead a mention stands, 0 to 1."""
    begin, end = reading.sentences[sentences[0]].start, reading.sentences[sentences[-1]].end
    return (mention.start - begin) / max(1, end - begin)


def _is_stranger(scene: Scene, account: Account, mention: Mention) -> bool:
    """Whether nothing in the witness, here or anywhere, explains a mention."""
    if mention.start in account.used or mention.shape == "initial":
        return False
    theirs = account.testimony.reading
    if mention.hit is not None:
        known = theirs.entity_ids
        right = [claim for claim in claims(mention) if claim.right]
        return bool(right) and not right[0].entity.common_word and not any(c.entity.id in known for c in right)
    words = [piece for _, piece in pieces(mention)]
    return bool(words) and not all(theirs.vocabulary[piece.lower()] for piece in words)


def _substitution(scene: Scene, account: Account, name: Mention, stranger: Mention, *, alone: bool) -> str | None:
    """Which family of rules speaks if `stranger` stands for `name`; None if it does not."""
    if name.surface == stranger.surface:
        return None
    person = _is_person(account, name)
    latin = dominant_script(stranger.surface) == "Latn"
    if (
        person
        and latin
        and stranger.shape in {"capitalised", "foreign"}
        and stranger.hit is None
        and is_pinyin(stranger.surface, scene.lang)
    ):
        return "romanised" if len(stranger.surface.split()) > 1 or alone else None
    if name.hit is None and stranger.hit is None:
        same_shape = name.shape == stranger.shape == "mixed"
        return "misspelling" if same_shape and latin and likeness(name.surface, stranger.surface) >= 0.6 else None
    types = {entity.type for entity in entities(name)}
    if "place" in types or _is_part(scene, name, stranger):
        return None
    if stranger.hit is not None and not types.intersection(entity.type for entity in entities(stranger)):
        return None
    if "acronym" in types or _initials(stranger) == name.surface:
        return "acronym" if _initials(stranger) == name.surface else None
    if not alone and not latin:
        return None
    if latin and dominant_script(name.surface) == "Latn" and likeness(name.surface, stranger.surface) >= 0.6:
        return "misspelling"
    return "garbled" if alone and all(is_carried_over(scene, entity, name) for entity in entities(name)) else None


def _is_part(scene: Scene, name: Mention, stranger: Mention) -> bool:
    """Whether a stranger is short for what the article's language calls the name: les Olympiques."""
    ours = set(folded(stranger.surface).split())
    return any(
        ours < set(folded(form.text).split())
        for entity in entities(name)
        if not is_carried_over(scene, entity, name)
        for form in right_forms(entity, scene.lang)
    )


def _is_person(account: Account, name: Mention) -> bool:
    if name.hit is not None:
        return any(entity.type == "person" for entity in entities(name))
    return name.shape == "capitalised" and len(name.surface.split()) in (2, 3) and not _is_title(account, name)


def _is_title(account: Account, name: Mention) -> bool:
    """Whether an article or a quotation mark stands before it: “The Vegetable Garden” is nobody."""
    before = account.testimony.reading.text[max(0, name.start - 5) : name.start]
    return re.search(r"(?:\b[Tt]he |[“«\"‘])$", before) is not None


def _initials(mention: Mention) -> str:
    """The first letters of an entity's English name, of the words that count."""
    if mention.hit is None:
        return ""
    return "".join(word[0] for word in mention.hit.entities[0].name.split() if word[0].isupper())


def _in_full(account: Account, name: Mention) -> str:
    """A name with the second half of a Korean or Chinese given name, which has no capital: Park Chan-wook."""
    rest = _REST.match(account.testimony.reading.text, name.end) if _is_person(account, name) else None
    return name.surface + (rest[0] if rest else "")


def _judgement(scene: Scene, account: Account, name: Mention, stranger: Mention, family: str) -> Judgement:
    entity: Entity | None = next(iter(entities(name)), None)
    script = dominant_script(stranger.surface)
    canonical: str | None
    if entity is None:
        canonical = _in_full(account, name) if script == "Latn" == dominant_script(name.surface) else None
    else:
        wanted = None if family in {"romanised", "acronym"} else script
        canonical = preferred_form(scene, entity, script=wanted) or preferred_form(scene, entity)
    start, end = _whole_phrase(scene, account, name, stranger)
    if end - start > len(stranger.surface) and family in {"misspelling", "garbled"}:
        family = "common_word"
    detail = f"nothing in that text explains “{scene.reading.text[start:end]}”"
    evidence = (account.evidence(name), Evidence(account.role, detail, account.testimony.witness.article.path))  # type: ignore[arg-type]
    return Judgement(start, end, f"{family}.{account.role}", entity, canonical, evidence, account.targets[0])


def _whole_phrase(scene: Scene, account: Account, name: Mention, stranger: Mention) -> tuple[int, int]:
    """The words around a stranger that is a word of the language, as far as nothing explains them: Renard de feu."""
    plain = stranger.hit is None and dominant_script(stranger.surface) in CASED_SCRIPTS
    if plain and all(is_ordinary(piece, scene.lang) for _, piece in pieces(stranger)):
        for run in unexplained_runs(scene, account, name):
            if run[0] <= stranger.start and stranger.end <= run[1]:
                return stranger.start, run[1]
    return stranger.start, stranger.end
