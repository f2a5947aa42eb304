"""What every rule looks at: the article read for names, its witnesses, the base; and what a rule says, a judgement."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from corpora.article import Article
from corpora.script import dominant_script
from eval.names.entity import Entity, Evidence
from eval.names.mentions import Mention, Reading
from eval.names.rules.calibration import RULES, Rule
from eval.names.rules.claims import right_entities
from eval.names.rules.topic import Topic
from eval.result import Witness

if TYPE_CHECKING:
    from eval.names.knowledge import Knowledge


@dataclass(frozen=True, slots=True)
class Judgement:
    """What one rule says of one stretch of the article.

    Attributes:
        rule: key of `calibration.RULES`.
        entity: who or what is meant; None where the base does not know it.
        canonical: what should stand there; None where only a person can say.
        doubt: factor on the rule's confidence where this case is weaker than the rule's usual one.
    """

    start: int
    end: int
    rule: str
    entity: Entity | None
    canonical: str | None
    evidence: tuple[Evidence, ...]
    sentence: int
    doubt: float = 1.0

    @property
    def terms(self) -> Rule:
        """The rule's row in the calibration table."""
        return RULES[self.rule]


@dataclass(frozen=True)
class Testimony:
    """One witness, read for names, and where each of the article's sentences stands in it."""

    witness: Witness
    reading: Reading = field(repr=False)

    @cached_property
    def topic(self) -> Topic:
        """What the witness talks about."""
        return Topic(self.reading)

    @cached_property
    def named(self) -> Mapping[str, Mention]:
        """The entities that the witness mentions by an accepted form, by id, each with its first mention."""
        return right_entities(self.reading.mentions)

    def may_mean(self, entity: Entity, mention: Mention) -> bool:
        """Whether a mention of the witness means the entity: an ordinary word (Gemini) only where its topic stands."""
        if not entity.common_word or mention.surface.isupper():
            return True
        return bool(self.topic.near(entity, mention.sentence, 1, without=mention.surface))

    @cached_property
    def beads_by_target(self) -> Mapping[int, tuple[int, ...]]:
        """For each sentence of the article the witness's sentences it was aligned with."""
        return {target: bead.source for bead in self.witness.alignment.beads for target in bead.target if bead.source}

    def across(self, sentence: int, reach: int = 0) -> Iterator[Mention]:
        """The witness's mentions in what is aligned with a sentence, and up to `reach` sentences around it."""
        aligned = self.beads_by_target.get(sentence, ())
        if not aligned:
            return
        for index in range(aligned[0] - reach, aligned[-1] + reach + 1):
            yield from self.reading.mentions_by_sentence.get(index, ())

    def has_here(self, letters: str, sentence: int) -> bool:
        """Whether some letters stand in what is aligned with a sentence."""
        return any(letters in self.reading.sentences[index].text for index in self.beads_by_target.get(sentence, ()))

    def evidence(self, mention: Mention, detail: str) -> Evidence:
        """One reason that this witness gives."""
        return Evidence(self.witness.role, detail, self.witness.article.path, mention.start, mention.end)


@dataclass(frozen=True)
class Scene:
    """An article with everything that can speak for or against a name in it."""

    reading: Reading
    testimonies: Sequence[Testimony]
    knowledge: Knowledge
    own_forms: dict[tuple[str, str | None], str | None] = field(default_factory=dict, repr=False, compare=False)
    """By entity and script the form that the article uses most; filled by `habit.own_form`."""

    @property
    def article(self) -> Article:
        """The article that is checked."""
        return self.reading.article

    @property
    def lang(self) -> str:
        """The article's language."""
        return self.reading.lang

    @property
    def script(self) -> str:
        """ISO 15924 code of the script that most of the article is in."""
        return self.reading.script

    @cached_property
    def _by_entity(self) -> Mapping[str, Sequence[Mention]]:
        found: dict[str, list[Mention]] = {}
        for mention in self.reading.mentions:
            if mention.hit is None or not self.reading.counts(mention.sentence):
                continue
            for entity in mention.hit.entities:
                found.setdefault(entity.id, []).append(mention)
        return found

    @cached_property
    def named(self) -> Mapping[str, Mention]:
        """The entities that the article mentions by an accepted form, by id, each with its first mention."""
        return right_entities(self.reading.mentions)

    def mentions_of(self, entity: Entity) -> Sequence[Mention]:
        """The article's mentions that may mean an entity, right or wrong, repeats and boilerplate left out."""
        return self._by_entity.get(entity.id, ())

    @cached_property
    def entities(self) -> Sequence[Entity]:
        """Whoever a mention of the article may mean, each once, in text order."""
        hits = (mention.hit for mention in self.reading.mentions if mention.hit is not None)
        return list({entity.id: entity for hit in hits for entity in hit.entities}.values())

    @cached_property
    def writes_brands_in_latin(self) -> bool:
        """Whether an article in another script leaves most companies and products in Latin letters."""
        brands = [
            dominant_script(mention.surface) == "Latn"
            for mention in self.reading.mentions
            if mention.hit is not None and mention.hit.entities[0].type in {"organisation", "product"}
        ]
        return sum(brands) * 2 > len(brands)

    @property
    def sources(self) -> list[Testimony]:
        """The texts that the article was translated from."""
        return [testimony for testimony in self.testimonies if testimony.witness.role == "source"]

    @property
    def others(self) -> list[Testimony]:
        """Other translations of the same source."""
        return [testimony for testimony in self.testimonies if testimony.witness.role == "other"]
