"""A scene in, judgements on residue of a pivot language out: KI and "und" in French, AI-Adoption, the English ’s of
TSMC’s.

News reaches an editor through more than one machine. What the last one did not recognise it left standing: function
words, acronyms of another language, German compounds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from corpora.script import Word, fold
from eval.names.base.lexicon import function_words, is_listed
from eval.names.entity import Entity, Evidence, Form
from eval.names.mentions import CASED_SCRIPTS, Mention, sentence_indices
from eval.names.rules.claims import claims, right_forms
from eval.names.rules.habit import is_right, own_form, preferred_form
from eval.names.rules.scene import Judgement, Scene

_POSSESSIVE = re.compile(r"[’'ʼ][sS]\b")
# So often an article must have an acronym in its own language's letters for others to stand out.
_OFTEN = 3
_GLUED_HYPHEN = re.compile(r" ?[-‐‑] ?")


def judge_pivot(scene: Scene) -> Iterator[Judgement]:
    """Everything that another language than source and article left behind."""
    words = list(_judge_words(scene))
    yield from words
    yield from _judge_possessives(scene)
    compounds = list(_judge_compounds(scene))
    yield from compounds
    yield from _judge_acronyms(scene, among_residue=bool(words or compounds))
    yield from _judge_stems(scene, compounds)


def _judge_words(scene: Scene) -> Iterator[Judgement]:
    """Function words of a language that is not the article's, between words of its own."""
    foreign = _foreign_words(scene.lang.split("-")[0])
    for sentence, words in scene.reading.words_by_sentence.items():
        for i, word in enumerate(words):
            if word.text in foreign and _stands_alone(scene, words, i):
                detail = f"“{word.text}” is a word of another language that an earlier machine left standing"
                evidence = (Evidence("rule", detail),)
                yield Judgement(word.start, word.end, "pivot.word", None, None, evidence, sentence)


@cache
def _foreign_words(language: str) -> frozenset[str]:
    """The function words of other languages that have no business in a text of this one."""
    own = function_words().get(language, frozenset())
    # English and French lend each other words and quote each other's titles.
    others = {"de"} if language in {"fr", "en"} else function_words().keys() - {language}
    return frozenset(word for lang in others for word in function_words()[lang] if len(word) > 2) - own


def _stands_alone(scene: Scene, words: Sequence[Word], i: int) -> bool:
    """Whether both neighbours are ordinary words of the article, so that no foreign title is being quoted."""
    text = scene.reading.text
    for step in (-1, 1):
        if not 0 <= i + step < len(words):
            return False
        neighbour = words[i + step]
        between = text[min(words[i].end, neighbour.end) : max(words[i].start, neighbour.start)]
        if between.strip() or neighbour.text[:1].isupper() or neighbour.script != scene.script:
            return False
        if neighbour.text.lower() in function_words()["de"] - function_words().get(
            scene.lang.split("-")[0], frozenset()
        ):
            return False
    return True


def _judge_possessives(scene: Scene) -> Iterator[Judgement]:
    """An English ’s on a name in a text that is not English."""
    if scene.lang.split("-")[0] == "en":
        return
    text = scene.reading.text
    for mention in scene.reading.mentions:
        ending = _POSSESSIVE.match(text, mention.end)
        if ending is None or mention.shape == "initial" or not _is_known_without(scene, mention):
            continue
        entity = claims(mention)[0].entity if mention.hit is not None else None
        canonical: str | None = mention.surface
        if entity is not None and not is_right(mention, entity):
            preferred = preferred_form(scene, entity, script="Latn")
            if preferred is None or mention.surface not in preferred.split():
                # The family name alone stays so.
                canonical = preferred
        detail = f"“{ending[0]}” is an English ending: {mention.surface} was left as the English text had it"
        evidence = (Evidence("rule", detail),)
        yield Judgement(mention.start, ending.end(), "pivot.possessive", entity, canonical, evidence, mention.sentence)


def _is_known_without(scene: Scene, mention: Mention) -> bool:
    """Whether the name is known without the ending: McDonald’s and Moody’s are not."""
    if mention.hit is not None:
        return any(claim.right for claim in claims(mention))
    if scene.script == "Arab" and not scene.sources:
        # An Arabic text that leaves a name in Latin letters does not put an English ending to it by itself.
        return not is_listed(mention.surface + "'s", "en")
    if mention.shape in {"mixed", "acronym"}:
        # No brand of such letters has the ending as its own (McDonald’s, Moody’s, Levi’s are words).
        return True
    last = re.split(r"[\s-]", mention.surface)[-1]
    sources = [one.reading.text for one in scene.sources if one.reading.lang.split("-")[0] == "en"]
    if " " in mention.surface and any(
        re.search(rf"{re.escape(mention.surface)}[’'ʼ]s [a-z]", text) for text in sources
    ):
        # A first name and a family name before a noun: a genitive, and no brand.
        return True
    if sources and not any(re.search(rf"{re.escape(last)}[’'ʼ]s\b", text) for text in sources):
        return True
    readings = [scene.reading, *(testimony.reading for testimony in scene.testimonies)]
    for reading in readings:
        same = [other.end for other in reading.mentions if mention.surface in (other.surface, other.surface.split()[0])]
        plain = sum(_POSSESSIVE.match(reading.text, end) is None for end in same)
        if plain and plain * 2 >= len(same):
            return True
    return False


def _judge_compounds(scene: Scene) -> Iterator[Judgement]:
    """A foreign acronym at the head of a German compound: AI-Adoption."""
    text = scene.reading.text
    for mention, entity, native, _ in _foreign_acronyms(scene):
        end = _compound_end(text, mention.end)
        if end is not None:
            detail = f"“{text[mention.start : end]}” is put together as German does"
            detail += f"; {entity.name} is {native.text} in {scene.lang}"
            evidence = (Evidence("rule", detail),)
            yield Judgement(mention.start, end, "pivot.compound", entity, None, evidence, mention.sentence)


def _judge_acronyms(scene: Scene, *, among_residue: bool) -> Iterator[Judgement]:
    """KI or AI in a text whose language says IA.

    English letters are understood, and people write them too (HIV among many VIH): only other residue in the article,
    or a source in a third language that does not have them, shows that a machine left them.
    """
    for mention, entity, native, lang in _foreign_acronyms(scene):
        if _compound_end(scene.reading.text, mention.end) is not None:
            continue
        count = scene.reading.surfaces[native.text]
        if lang != "de" and (count < _OFTEN or own_form(scene, entity) != native.text):
            continue
        residue = lang == "de" or among_residue or _came_by_another_language(scene, mention, lang)
        detail = f"{entity.name} is {native.text} in {scene.lang}"
        detail += f", as the article has it {count} times" if count else ""
        evidence = (Evidence("article" if count else "knowledge", detail),)
        rule = "pivot.acronym" if residue else "pivot.letters"
        yield Judgement(mention.start, mention.end, rule, entity, native.text, evidence, mention.sentence)


def _came_by_another_language(scene: Scene, mention: Mention, lang: str) -> bool:
    """Whether the sources are in languages other than the letters' own, and do not have those letters here."""
    return bool(scene.sources) and all(
        one.reading.lang.split("-")[0] != lang and not one.has_here(mention.surface, mention.sentence)
        for one in scene.sources
    )


def _foreign_acronyms(scene: Scene) -> Iterator[tuple[Mention, Entity, Form, str]]:
    """Acronyms in another language's form that are part of no name, with `_foreign_acronym`'s answer."""
    for i, mention in enumerate(scene.reading.mentions):
        foreign = _foreign_acronym(scene, mention)
        if foreign is not None and not _is_part_of_name(scene, i):
            yield mention, *foreign


def _foreign_acronym(scene: Scene, mention: Mention) -> tuple[Entity, Form, str] | None:
    """The entity of an acronym in another language's form, the form of the article's own, that language; or None."""
    if mention.hit is None or not 1 < len(mention.surface) <= 5 or scene.script not in CASED_SCRIPTS:
        return None
    for claim in claims(mention):
        if claim.form.lang in {scene.lang.split("-")[0], "mul"}:
            continue
        # Bodies keep their English letters in other languages (NATO, WHO); German ones are nobody's but German's.
        if claim.entity.type != "acronym" and claim.form.lang != "de":
            continue
        if claim.form.lang == "de" and claim.form.text != mention.surface:
            continue
        native = next((form for form in right_forms(claim.entity, scene.lang) if form.text.isupper()), None)
        if native is not None and native.text != mention.surface.upper() and mention.surface[0].isupper():
            return claim.entity, native, claim.form.lang
    return None


def _is_part_of_name(scene: Scene, i: int) -> bool:
    """Whether a name stands directly before the acronym (Microsoft AI), which is then its own."""
    mentions = scene.reading.mentions
    mention = mentions[i]
    if i and scene.reading.text[mentions[i - 1].end : mention.start] == " " and mentions[i - 1].shape != "initial":
        return True
    following = mentions[i + 1] if i + 1 < len(mentions) else None
    glued = following is not None and scene.reading.text[mention.end : following.start] == " "
    return glued and following is not None and following.hit is None and following.shape != "initial"


def _compound_end(text: str, end: int) -> int | None:
    """Where a German compound ends that an acronym begins; None where it begins none."""
    joint = _GLUED_HYPHEN.match(text, end)
    if joint is None:
        return None
    tail = re.match(r"[^\W\d_]+", text[joint.end() :])
    return joint.end() + tail.end() if tail and tail[0][0].isupper() and not tail[0].isupper() else None


def _judge_stems(scene: Scene, compounds: Sequence[Judgement]) -> Iterator[Judgement]:
    """The tail of a compound again, alone and in lower case: Ai -Herkalibration … une herkalibration."""
    tails = {
        fold(re.split(r"[-‐‑]", scene.reading.text[j.start : j.end])[-1].strip(), case=True).text for j in compounds
    }
    tails = {tail for tail in tails if len(tail) >= 8}
    if not tails:
        return
    again = [word for word in scene.reading.words if word.text.islower() and fold(word.text, case=True).text in tails]
    counts = scene.reading.vocabulary
    homes = sentence_indices(scene.reading.sentences, [word.start for word in again])
    for word, home in zip(again, homes, strict=True):
        if counts[word.text.lower()] <= 3 and word.text.lower().startswith(
            ("her", "ver", "ge", "be", "ent", "zer", "ab", "auf")
        ):
            evidence = (Evidence("article", "the same word stands in a German compound elsewhere in the article"),)
            yield Judgement(word.start, word.end, "pivot.stem", None, None, evidence, home)
