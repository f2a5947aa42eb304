"""An open name and its bead in; out comes the probability that nothing in the translation stands for it.

Two looks. The first is cheap: what the name is, whether a word sounds or looks like it, whether the grammar shows a
hole, whether the name has just been said, what renders it elsewhere in the article. Only where that leaves it possible
does the second ask the vectors: whether a word of the translation goes with the name and with no other word of the
source. Both are logistic regressions (`tests/benchmarks/train_absence.py`); what translators drop on their own, in
news by people, is what they learned to leave alone.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from importlib.resources import files
from itertools import takewhile

import numpy as np
from numpy.typing import NDArray

from corpora.script import Word
from eval.names.base.lexicon import frequency, is_function_word, is_ordinary
from eval.names.entity import Entity
from eval.names.mentions import CASED_SCRIPTS, Mention
from eval.names.rules.claims import folded, likeness, right_forms
from eval.names.rules.gaps import shows_gap
from eval.names.rules.ledger import Ledger
from eval.names.rules.reckoning import Account
from eval.names.rules.rendering import beginnings, best_rendering, how_likely, pieces

WEIGHTS = "absence.json"
# Less probable than this at first, and the vectors are not asked.
_POSSIBLE = 0.4
# Words that sound so much like those of a name render it.
_HEARD = 0.8

Evidence = dict[str, float]
_TYPES = {"place": "place", "person": "person", "product": "product", "acronym": "acronym"}
_TYPES |= dict.fromkeys(("organisation", "outlet"), "organisation")
_DEMONYM = re.compile(r"[A-Z]\w+(?:ans?|ish|ese|ics?|crats?|ais|aise|iens?|iennes?|ains?)")
_SPEECH = re.compile(r" (?:said|says|told|added|noted|wrote|replied)\b")
_VERB_ENDINGS = ("ed", "s", "said")
_LONG = 8


def first_look(ledger: Ledger, account: Account, name: Mention, entity: Entity | None) -> Evidence:
    """What letters, grammar and the rest of the article say."""
    parts = name_words(name)
    words = account.words(ledger.scene.reading)
    return {
        "any": 1.0,
        **_kind(name, entity, parts, account.testimony.reading.lang),
        **_sound(ledger, parts, words),
        **_letters(ledger, account, parts, words, entity),
        **_strange_words(ledger, account, words),
        **_surroundings(account, name, parts),
        **_elsewhere(ledger, account, name, parts),
        "gap": float(
            any(shows_gap(ledger.scene.reading.sentences[t].text, ledger.scene.lang) for t in account.targets)
        ),
        "excess": ledger.excess(account),
    }


def name_words(name: Mention) -> list[str]:
    """The words of a name that carry it."""
    return [piece for _, piece in pieces(name) if len(piece) > 1] or [name.surface]


def _kind(name: Mention, entity: Entity | None, parts: Sequence[str], lang: str) -> Evidence:
    letters = name.surface.replace(".", "")
    kind = _TYPES.get(entity.type, "other") if entity is not None else ""
    return {
        **{one: float(one == kind) for one in ("place", "person", "organisation", "product", "acronym", "other")},
        "known": float(entity is not None),
        "upper": float(letters.isupper() and letters.isalpha() and len(letters) > 1),
        "inner": float(name.shape == "mixed"),
        "initial": float(name.shape == "initial"),
        "demonym": float(len(parts) == 1 and _DEMONYM.fullmatch(parts[0]) is not None and is_ordinary(parts[0], lang)),
        "ordinary": sum(_is_ordinary(part, lang) for part in parts) / len(parts),
        "rare": 1 - min(math.log1p(frequency(part, lang)) for part in parts) / 10,
        "pieces": min(len(parts), 4) / 4,
        "letters": min(max(map(len, parts)), 12) / 12,
    }


def _sound(ledger: Ledger, parts: Sequence[str], words: Sequence[Word]) -> Evidence:
    if ledger.scene.script != "Arab":
        return {"sound": 0.0, "sound mean": 0.0, "run on": 0.0}
    sounds = _likenesses(tuple(parts), tuple(words))
    long = [word for word in words if len(word.text) >= _LONG and not _is_ordinary(word.text, "ar")]
    return {"sound": max(sounds), "sound mean": sum(sounds) / len(sounds), "run on": min(len(long), 4) / 4}


@lru_cache(maxsize=64)
def _likenesses(parts: tuple[str, ...], words: tuple[Word, ...]) -> list[float]:
    found = [best_rendering(part, words) for part in parts]
    return [0.0 if one is None else one.likeness for one in found]


def _letters(
    ledger: Ledger, account: Account, parts: Sequence[str], words: Sequence[Word], entity: Entity | None
) -> Evidence:
    reading = ledger.scene.reading
    keys = {folded(reading.text[start : word.end]) for word in words for start in beginnings(word)}
    latin = {folded(word.text) for word in words if word.script == "Latn" and len(word.text) > 2}
    forms = {part for form in _forms(ledger, entity) for part in form.split() if len(part) > 2}
    return {
        "alike": max((likeness(part, key) for part in parts for key in latin), default=0.0),
        "prefix": max((_common(folded(part), key) for part in parts for key in latin), default=0) / 6,
        "stem": max((_common(part, key) / max(len(part), 4) for part in forms for key in keys), default=0.0),
    }


def _forms(ledger: Ledger, entity: Entity | None) -> Sequence[str]:
    return [folded(form.text) for form in right_forms(entity, ledger.scene.lang)] if entity is not None else []


def _common(a: str, b: str) -> int:
    """How many letters two words begin with in common."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(a, b, strict=False)))


def _strange_words(ledger: Ledger, account: Account, words: Sequence[Word]) -> Evidence:
    """Words that may be a rendering nobody can tell: capitals, and what no dictionary and not the source has."""
    scene = ledger.scene
    theirs = {folded(word.text) for word in account.source_words()}
    odd = [word for word in words if folded(word.text) not in theirs]
    strange = sum(len(word.text) > 3 and not _is_ordinary(word.text, scene.lang) for word in odd)
    capitals = [word for word in odd if word.text[:1].isupper()] if scene.script in CASED_SCRIPTS else []
    inside = [word for word in capitals if not _opens(scene.reading.text, word)]
    return {
        "strange": min(strange, 4) / 4,
        "capitals": min(len(capitals), 4) / 4,
        "capitals inside": min(len(inside), 4) / 4,
        "words": min(len(words), 60) / 60,
        "cased": float(scene.script in CASED_SCRIPTS),
    }


@lru_cache(maxsize=1 << 14)
def _is_ordinary(word: str, lang: str) -> bool:
    """`is_ordinary`, remembered: the words of a bead are asked about for each of its names."""
    return is_ordinary(word, lang)


def _opens(text: str, word: Word) -> bool:
    return re.search(r"(?:^|\n|[.!?:«“\"]\s*)$", text[max(0, word.start - 3) : word.start]) is not None


def _surroundings(account: Account, name: Mention, parts: Sequence[str]) -> Evidence:
    """How the name stands in the source: as an attribute, beside other names, said again, who speaks."""
    theirs = account.testimony.reading
    before, after = theirs.text[max(0, name.start - 24) : name.start], theirs.text[name.end : name.end + 24]
    following = re.match(r" (\w+)", after)
    longest = max(parts, key=len)

    def says(back: int) -> bool:
        words = theirs.words_by_sentence.get(name.sentence - back, ())
        return any(word.text == longest and not name.start <= word.start < name.end for word in words)

    long = [word.text for word in theirs.words_by_sentence.get(name.sentence, ()) if len(word.text) > 3]
    return {
        "title case": sum(word[:1].isupper() for word in long) / max(1, len(long)),
        "share": len(name.surface) / max(1, sum(len(theirs.sentences[i].text) for i in account.bead.source)),
        "possessive": float(re.match(r"[’']s?\b|[’']\s", after) is not None or name.surface.endswith(("’s", "'s"))),
        "after comma": float(re.search(r"[A-Z]\w+, $", before) is not None),
        "attribute": float(
            following is not None and not is_function_word(following[1]) and not following[1].endswith(_VERB_ENDINGS)
        ),
        "beside": float(re.search(r"[A-Z][\w.]+(?:[’']s)?[ -]$", before) is not None or after[1:2].isupper()),
        "speech": float(_SPEECH.match(after) is not None or re.search(r"\b(?:said|says) $", before) is not None),
        "said here": float(says(0)),
        "said before": float(says(1)),
        "said earlier": float(says(2)),
        "open": min(len(account.open), 5) / 5,
        "names": min(len(account.names), 8) / 8,
        "sources": float(len(account.bead.source) - 1),
        "targets": float(len(account.targets) - 1),
    }


def _elsewhere(ledger: Ledger, account: Account, name: Mention, parts: Sequence[str]) -> Evidence:
    companions = [ledger.companion(account, part) for part in parts]
    best = max(companions, key=lambda one: (one.strongest, one.here, one.others))
    longest = max(parts, key=len)
    rendered, others = ledger.rendered(account, name, longest)
    return {
        "companion": best.strongest,
        "companion here": max(one.here for one in companions),
        "companion gone": max(one.strongest - one.here for one in companions),
        "elsewhere": min(best.others, 4) / 4,
        "rendered": min(rendered, 4) / 4,
        "rendered share": rendered / others if others else 0.5,
    }


def second_look(ledger: Ledger, account: Account, name: Mention) -> Evidence:
    """What the vectors say: which words of the translation go with the name, and which with nothing else."""
    links = ledger.links(account, name.sentence)
    similarity, probability, left, right = links.similarity, links.probability, links.source, links.target
    inside = [i for i, word in enumerate(left) if word.start < name.end and name.start < word.end]
    free = [j for j, word in enumerate(right) if word.start not in account.used and len(word.text) > 2]
    if not inside or not free:
        return dict.fromkeys((*_LOOKED_FOR, "likely", "likely mean"), 0.0)
    outside = [i for i in range(len(left)) if i not in inside]
    ours = probability[inside]
    taken = probability[outside].max(axis=0) if outside else np.zeros(len(right))
    content = [j for j in free if not is_function_word(right[j].text)] or free
    lonely = 1 - taken[content]
    beside = [i for i in (inside[0] - 1, inside[-1] + 1) if 0 <= i < len(left)]
    closest = similarity[np.ix_(inside, free)].max(axis=1)
    values = (
        ours.max(),
        ours.max(axis=1).mean(),
        ours[:, free].max(),
        (ours[:, free].max(axis=0) * (1 - taken[free])).max(),
        closest.max(),
        closest.mean(),
        lonely.max(),
        min(float((lonely > 0.5).sum()), 8.0) / 8,
        lonely.mean(),
        probability[beside].max(axis=1).mean() if beside else 0.0,
        probability[outside].max(axis=1).mean() if outside else 0.0,
        _between(probability, beside, taken),
    )
    return dict(zip(_LOOKED_FOR, map(float, values), strict=True)) | _likely(ledger, account, name)


def _likely(ledger: Ledger, account: Account, name: Mention) -> Evidence:
    """How likely the edit model holds the best words to be."""
    if ledger.scene.script != "Arab":
        return {"likely": 0.0, "likely mean": 0.0}
    words = account.words(ledger.scene.reading)
    likely = [how_likely(part, words) for part in name_words(name)]
    return {"likely": max(likely), "likely mean": sum(likely) / len(likely)}


_LOOKED_FOR = (
    "link",
    "link mean",
    "link to a free word",
    "link without a rival",
    "closest",
    "closest mean",
    "loneliest",
    "lonely",
    "loneliness",
    "neighbours linked",
    "others linked",
    "words between",
)


def _between(probability: NDArray[np.float64], beside: Sequence[int], taken: NDArray[np.float64]) -> float:
    """How many words that nothing explains stand between what renders the name's neighbours; 1 if that is unknown."""
    if len(beside) < 2 or min(probability[i].max() for i in beside) < 0.4:
        return 1.0
    first, last = sorted(int(probability[i].argmax()) for i in beside)
    return min(float((taken[first + 1 : last] < 0.5).sum()), 5.0) / 5


def absence(ledger: Ledger, account: Account, name: Mention, entity: Entity | None) -> float:
    """The probability that nothing in a bead's translation stands for a name; `entity` is None if no base knows it."""
    weights = bundled()
    if _sound(ledger, name_words(name), account.words(ledger.scene.reading))["sound mean"] >= _HEARD:
        return 0.0
    evidence = first_look(ledger, account, name, entity)
    probability = weighed(evidence, weights["first"])
    if probability < _POSSIBLE:
        return probability
    return weighed(evidence | second_look(ledger, account, name), weights["second"])


def weighed(evidence: Mapping[str, float], weights: Mapping[str, float]) -> float:
    """Logistic regression over the evidence and its products with two switches, rounded."""
    odds = sum(weights.get(key, 0.0) * value for key, value in expanded(evidence).items())
    return round(1 / (1 + math.exp(-odds)), 4)


def expanded(evidence: Mapping[str, float]) -> Evidence:
    """The evidence, once more where the base knows the name, and once more where the translation has capitals."""
    found = dict(evidence)
    for switch in ("known", "cased"):
        found |= {f"{key} · {switch}": value * evidence[switch] for key, value in evidence.items()}
    return found


@cache
def bundled() -> Mapping[str, Mapping[str, float]]:
    """The weights of both looks that ship with muwazi."""
    weights: Mapping[str, Mapping[str, float]] = json.loads(
        files("eval.names.data").joinpath(WEIGHTS).read_text(encoding="utf-8")
    )
    return weights
