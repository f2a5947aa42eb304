"""A bead and a scene in, an account out: which of the witness's names the translation renders, and which stay open.

A name is accounted for by any form of its entity (whether that form is right is for other rules to say), or, where no
base knows it, letter by letter.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from alignment.beads import Bead
from corpora.script import Word, dominant_script, fold
from eval.names.base.lexicon import has_dictionary, is_ordinary
from eval.names.entity import Entity, Evidence
from eval.names.mentions import CASED_SCRIPTS, Mention, Reading
from eval.names.rules.claims import claims
from eval.names.rules.rendering import free_words, pieces
from eval.names.rules.scene import Scene, Testimony

_SHORTEST = 4


@dataclass(slots=True)
class Account:
    """One bead's reckoning.

    Attributes:
        targets: the article's sentences of the bead.
        names: the witness's names in it; `open` those that nothing renders so far, `again` those that the translation
            has, but less often: a slip may hide there, an omission need not.
        ours: the article's mentions in it; `strangers` those right ones that no name of the witness explains.
        used: positions of the article that are spoken for.
    """

    testimony: Testimony
    bead: Bead
    targets: tuple[int, ...]
    names: list[Mention]
    ours: list[Mention]
    used: set[int] = field(default_factory=set)
    open: list[Mention] = field(default_factory=list)
    again: list[Mention] = field(default_factory=list)
    strangers: list[Mention] = field(default_factory=list)

    @property
    def role(self) -> str:
        """`source` or `other`."""
        return self.testimony.witness.role

    def evidence(self, name: Mention) -> Evidence:
        """That the witness has this name here."""
        speaker = "the source" if self.role == "source" else "the other translation"
        return self.testimony.evidence(name, f"{speaker} has “{name.surface}” here")

    def words(self, reading: Reading) -> list[Word]:
        """The article's words in this bead that are not spoken for."""
        return free_words(reading, self.targets, self.used)

    def source_words(self) -> list[Word]:
        """The witness's words in this bead."""
        return free_words(self.testimony.reading, self.bead.source, set())

    def take(self, start: int, end: int) -> None:
        """Mark a stretch of the article as spoken for."""
        self.used.update(range(start, end))


def reckon(scene: Scene, testimony: Testimony) -> Iterator[Account]:
    """The accounts of one witness, bead by bead; beads without both sides have none."""
    for bead in testimony.witness.alignment.beads:
        if not bead.is_gap:
            yield _reckon_bead(scene, testimony, bead)


def _reckon_bead(scene: Scene, testimony: Testimony, bead: Bead) -> Account:
    names = [m for i in bead.source for m in testimony.reading.mentions_by_sentence.get(i, ())]
    ours = [m for i in bead.target for m in scene.reading.mentions_by_sentence.get(i, ())]
    account = Account(testimony, bead, bead.target, names, ours)
    theirs = {entity.id for name in names for entity in entities(name)}
    seen: set[str] = set()
    present = {entity.id for mention in ours for entity in entities(mention)}
    for mention in ours:
        if theirs.intersection(entity.id for entity in entities(mention)):
            account.take(mention.start, mention.end)
        elif mention.hit is not None and any(claim.right for claim in claims(mention)):
            account.strangers.append(mention)
    lacking = _lacking(names, ours)
    for name in names:
        if present.intersection(entity.id for entity in entities(name)):
            if lacking.intersection(entity.id for entity in entities(name)) and name.surface not in seen:
                seen.add(name.surface)
                account.again.append(name)
            continue
        if not _shows_itself(name):
            continue
        if _is_name(testimony, name) and not _stands_verbatim(scene.reading, account, name):
            account.open.append(name)
    return account


def _is_name(testimony: Testimony, name: Mention) -> bool:
    """Whether capitals show a name: not those of a sentence's first word, if a dictionary has it, nor those of other
    words than the base's name has them on (la Croix de Victoria, for La Croix).
    """
    if name.hit is not None and not name.hit.exact_case and len(name.surface.split()) > 1:
        return not all(is_ordinary(word, testimony.reading.lang) for word in name.surface.split())
    if name.shape != "initial":
        return True
    lang = testimony.reading.lang
    return has_dictionary(lang) and len(name.surface) > _SHORTEST and not is_ordinary(name.surface, lang)


def _shows_itself(name: Mention) -> bool:
    """Whether a mention is surely a name: without capitals a single word may only look like one (سيتي)."""
    return " " in name.surface or dominant_script(name.surface) in CASED_SCRIPTS


def _lacking(names: Sequence[Mention], ours: Sequence[Mention]) -> set[str]:
    """The entities that the witness mentions more often than the translation."""
    theirs = Counter(entity.id for name in names for entity in entities(name)[:1])
    mine = Counter(entity.id for mention in ours for entity in entities(mention)[:1])
    return {identifier for identifier, count in theirs.items() if 0 < mine[identifier] < count}


def entities(mention: Mention) -> Sequence[Entity]:
    """Whoever a mention may mean; nobody for a mention the base does not know."""
    return mention.hit.entities if mention.hit is not None else ()


def entity_of(mention: Mention) -> Entity | None:
    """Whom a mention means by an accepted form; the likeliest, None where nobody is known."""
    return next((claim.entity for claim in claims(mention) if claim.right), None)


def _stands_verbatim(reading: Reading, account: Account, name: Mention) -> bool:
    """Whether every word of a name stands in the translation letter by letter, accents and case apart."""
    if any(_has_word(reading.sentences[target].text, name.surface) for target in account.targets):
        return True
    found: list[Word] = []
    words = account.words(reading)
    for _, piece in pieces(name):
        same = next((word for word in words if word.text == piece and word not in found), None)
        if same is None:
            same = next((word for word in words if fold(word.text).text == fold(piece).text), None)
        if same is None:
            return False
        found.append(same)
    for word in found:
        account.take(word.start, word.end)
    return bool(found)


def _has_word(text: str, surface: str) -> bool:
    """Whether a surface stands in a text as it is, and not as the beginning of a longer word (Ma Ying, Ma Yingjiu)."""
    return re.search(rf"{re.escape(surface)}(?![a-zà-ÿ]{{2}})", text) is not None
