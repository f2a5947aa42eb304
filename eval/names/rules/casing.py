"""A scene in, judgements on names in the wrong case out: Openai, Chatgpt, CoWos, youtube.

The safest rule of all: the letters are those of a known name, only their case is not. What it must not touch is what
people write on purpose: headlines in capitals, addresses (openai.com), acronyms that are spoken as words (Nato,
Unesco), French organisations (Banque mondiale), and ordinary words that are names as well (apple, le monde).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping

from corpora.script import script_of
from eval.names.base.lexicon import is_function_word, is_ordinary
from eval.names.entity import Evidence
from eval.names.mentions import CASED_SCRIPTS, Mention, Reading, begins_sentence
from eval.names.rules.claims import Claim, claims, right_forms
from eval.names.rules.scene import Judgement, Scene

_ADDRESS_BEFORE = re.compile(r"[@#/_\\.]$|www\.$", re.IGNORECASE)
_ADDRESS_AFTER = re.compile(r"^(?:[@/_\\]|\.[a-z]{2,})")
_SPOKEN = re.compile(r"(?i)(?=.{4,})(?:[^aeiouy\W\d]{0,2}[aeiouy]{1,2})+(?:[^aeiouy\W\d]|rn|st|nt)?")
# Shorter all-lower-case forms are too often words of some language.
_SHORTEST_LOWER = 5
_LONGEST_ACRONYM = 5


def judge_casing(scene: Scene) -> Iterator[Judgement]:
    """Every mention whose letters are a known name's and whose case is not."""
    for mention in scene.reading.mentions:
        if mention.hit is None:
            continue
        if not mention.hit.exact_case and script_of(mention.surface[:1]) in CASED_SCRIPTS:
            yield from _judge_known(scene, mention)
    yield from _judge_by_article(scene)


def _judge_known(scene: Scene, mention: Mention) -> Iterator[Judgement]:
    readings = [claim for claim in claims(mention) if claim.right]
    claim = next((claim for claim in readings if _is_error(scene.reading, mention, claim)), None)
    if claim is None or len(readings) != sum(_is_error(scene.reading, mention, one) for one in readings):
        return
    canonical = _right_case(scene, mention, claim)
    if canonical == mention.surface:
        return
    detail = f"{claim.entity.name} is written “{canonical}”, not “{mention.surface}”"
    doubt = 0.96 if mention.surface.islower() or mention.surface.isupper() else 1.0
    yield Judgement(
        mention.start,
        mention.end,
        "casing.known",
        claim.entity,
        canonical,
        (Evidence("knowledge", detail),),
        mention.sentence,
        doubt,
    )


def _right_case(scene: Scene, mention: Mention, claim: Claim) -> str:
    """The case that the article itself uses most among the accepted ones; else the base's."""
    accepted = {
        form.text
        for form in right_forms(claim.entity, scene.lang) or claim.entity.forms
        if form.text.casefold() == mention.surface.casefold()
    } or {claim.form.text}
    counts = scene.reading.surfaces
    return min(accepted, key=lambda text: (-counts[text], text != claim.form.text, text))


def _is_error(reading: Reading, mention: Mention, claim: Claim) -> bool:
    surface, form = mention.surface, claim.form.text
    if _is_address(reading.text, mention) or is_function_word(surface):
        return False
    if claim.entity.type == "place" and re.search(r"\w-\Z", reading.text[max(0, mention.start - 2) : mention.start]):
        # The second half of another place: grande-bretagne is not Bretagne.
        return False
    if surface.casefold() != form.casefold():
        # Only accents, hyphens or spaces beside the case: a spelling habit, no corruption.
        return False
    if len(surface.split()) > 1 or "-" in surface:
        return _is_phrase_error(surface, form, claim)
    if surface.islower():
        return _is_lower_error(reading, surface, form, claim)
    if surface.isupper():
        return _is_upper_error(reading, mention, form, claim)
    if form.isupper():
        # Nato, Unesco, Onu: what is spoken as a word may be written like one.
        spoken = reading.lang.split("-")[0] in {"en", "fr"} and spoken_as_word(surface)
        return not claim.entity.common_word and not spoken and len(surface) > 2
    if surface[1:] == form[1:] and surface[0].isupper():
        return not begins_sentence(reading, mention)
    return _has_inner_capital(form) or not claim.entity.common_word


def spoken_as_word(word: str) -> bool:
    """Whether a word can be spoken as one, as Nato and Unesco are, and Gpu and Tsmc are not."""
    return _SPOKEN.fullmatch(word) is not None


def _has_inner_capital(form: str) -> bool:
    return any(char.isupper() for char in form[1:])


def _is_phrase_error(surface: str, form: str, claim: Claim) -> bool:
    """In a name of several words only the ones that no dictionary has count: Openai Codex, not Banque mondiale."""
    words = list(zip(re.split(r"[\s-]+", surface), re.split(r"[\s-]+", form), strict=False))
    if claim.entity.type == "person" or (claim.entity.type == "place" and "-" in surface):
        return any(ours[:1].islower() and right[:1].isupper() and not is_function_word(ours) for ours, right in words)
    if "-" in form and claim.form.lang == "mul":
        # A brand of several words in one (T-Mobile, Rolls-Royce) is written the same in every language.
        return any(ours[:1].islower() and right[:1].isupper() for ours, right in words)
    return any(ours != right and _has_inner_capital(right) and not ours.isupper() for ours, right in words)


def _is_lower_error(reading: Reading, surface: str, form: str, claim: Claim) -> bool:
    if claim.entity.common_word or form.islower() or is_ordinary(surface, reading.lang):
        return False
    arabic_text = reading.lang.split("-")[0] in {"ar", "fa", "zh"}
    if _has_inner_capital(form):
        return len(surface) >= _SHORTEST_LOWER or arabic_text or reading.surfaces[form] > 0
    return arabic_text or reading.surfaces[form] > 0 or len(surface) >= _SHORTEST_LOWER + 2


def _is_upper_error(reading: Reading, mention: Mention, form: str, claim: Claim) -> bool:
    """All capitals: datelines, surnames and headlines do that; a product with inner capitals does not."""
    if claim.entity.type in {"person", "place"} or claim.entity.common_word or len(mention.surface) <= 4:
        return False
    home = reading.sentences[mention.sentence].text if mention.sentence >= 0 else ""
    rest = home.replace(mention.surface, "")
    return _has_inner_capital(form) and sum(char.islower() for char in rest) > sum(char.isupper() for char in rest) * 2


def _is_address(text: str, mention: Mention) -> bool:
    before, after = text[max(0, mention.start - 4) : mention.start], text[mention.end : mention.end + 6]
    if _ADDRESS_AFTER.match(after) or before.endswith(("@", "#", "/", "_", "\\", "www.")):
        return True
    return re.search(r"[A-Za-z]\.\Z", before) is not None


def _judge_by_article(scene: Scene) -> Iterator[Judgement]:
    """Names that no base knows: the case that the article itself shows to be theirs."""
    groups: dict[str, Counter[str]] = {}
    for mention in scene.reading.mentions:
        if mention.hit is None and mention.shape != "initial" and scene.reading.counts(mention.sentence):
            groups.setdefault(mention.surface.casefold(), Counter())[mention.surface] += 1
    usual = {key: right for key, counts in groups.items() if (right := _own_case(counts)) is not None}
    unknown = [m for m in scene.reading.mentions if m.hit is None and m.shape != "initial"]
    for mention in [*unknown, *_lowered(scene.reading, usual)]:
        right = usual.get(mention.surface.casefold())
        if right in (None, mention.surface) or _is_address(scene.reading.text, mention) or mention.surface.isupper():
            continue
        count = groups[mention.surface.casefold()][right]
        detail = f"the article itself writes “{right}”" + (f" {count} times" if count > 1 else " elsewhere")
        evidence = (Evidence("article", detail),)
        doubt = 1.0 if count > 1 else 0.97
        yield Judgement(mention.start, mention.end, "casing.article", None, right, evidence, mention.sentence, doubt)


def _own_case(counts: Counter[str]) -> str | None:
    """The form with capitals inside that the others are a flattened version of; None where there is none.

    Capitals inside (CoreWeave, iOS, MSNBC) are put there on purpose and get lost by mistake, so one is enough against
    any number of flat forms (Coreweave, wechat, Ios), as long as no other form has some elsewhere.
    """
    inner = sorted(form for form in counts if _has_inner_capital(form) and not _is_spoken_acronym(form))
    if not inner:
        return None
    whole = [form for form in inner if all(_is_flattened(other, form) for other in inner if other != form)]
    best = max(whole or inner, key=lambda form: (counts[form], form))
    rivals = [form for form in inner if form != best and not _is_flattened(form, best)]
    return best if all(counts[best] >= 2 * counts[rival] for rival in rivals) else None


def _is_spoken_acronym(form: str) -> bool:
    """Whether capitals are no more than a habit: OTAN and Otan are both right, and so are headlines."""
    return form.isupper() and (spoken_as_word(form) or len(form) > _LONGEST_ACRONYM)


def _is_flattened(form: str, best: str) -> bool:
    """Whether every capital of a form is one of the better form's, but for the first letter."""
    return not best.isupper() and all(b.isupper() for a, b in zip(form[1:], best[1:], strict=True) if a.isupper())


def _lowered(reading: Reading, usual: Mapping[str, str]) -> Iterator[Mention]:
    """Words all in lower case that are a name with capitals inside elsewhere: wechat, spacex."""
    known = {mention.start for mention in reading.mentions}
    for sentence, words in reading.words_by_sentence.items():
        for word in words:
            if (
                word.text in usual
                and len(word.text) >= _SHORTEST_LOWER
                and word.start not in known
                and not is_ordinary(word.text, reading.lang)
            ):
                yield Mention(word.start, word.end, word.text, sentence, "foreign")
