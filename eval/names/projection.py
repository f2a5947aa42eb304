"""A scene in, judgements by its witnesses out: every name of an aligned sentence is accounted for in the translation.

    a name of the source is … rendered by an accepted form · rendered by what sounds or looks alike · a slip of it ·
    in another case · replaced by another name · nowhere

Names that no base knows are judged all the same: their rendering has to sound like them, and to be one and the same
through the article.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from alignment.beads import Bead
from corpora.script import Word, dominant_script, fold
from eval.names.claims import claims, right_forms
from eval.names.entity import Entity, Evidence
from eval.names.fingerprint import fold_key
from eval.names.habit import preferred_form
from eval.names.lexicon import is_function_word, is_ordinary
from eval.names.mentions import CASED_SCRIPTS, Mention, Reading
from eval.names.rendering import free_words, pieces
from eval.names.scene import Judgement, Scene, Testimony
from eval.names.slips import slip_between
from eval.names.topic import Topic

_SURE_SHAPES = frozenset({"known", "mixed", "acronym", "capitalised", "foreign"})
_SHORTEST_PIECE = 4


@dataclass(slots=True)
class _Account:
    """One bead's reckoning: the witness's names, and which letters of the article are spoken for."""

    testimony: Testimony
    targets: tuple[int, ...]
    names: list[Mention]
    used: set[int] = field(default_factory=set)
    open: list[Mention] = field(default_factory=list)


def judge_projection(scene: Scene, topic: Topic) -> Iterator[Judgement]:
    """What each witness's names say about the names of the article."""
    for testimony in [*scene.sources, *scene.others]:
        accounts = [_reckon(scene, testimony, bead) for bead in testimony.witness.alignment.beads if not bead.is_gap]
        for account in accounts:
            yield from _judge_account(scene, account)


def _reckon(scene: Scene, testimony: Testimony, bead: Bead) -> _Account:
    """Strike out what is accounted for: entities by any accepted form, other names letter by letter."""
    reading = scene.reading
    names = [m for sentence in bead.source for m in testimony.reading.mentions_by_sentence.get(sentence, ())]
    ours = [m for sentence in bead.target for m in reading.mentions_by_sentence.get(sentence, ())]
    account = _Account(testimony, bead.target, names)
    theirs = {entity.id for name in names if name.hit is not None for entity in name.hit.entities}
    for mention in ours:
        if mention.hit is not None and any(entity.id in theirs for entity in mention.hit.entities):
            account.used.update(range(mention.start, mention.end))
    present = {e.id for m in ours if m.hit is not None for e in m.hit.entities}
    for name in names:
        if name.hit is not None and any(entity.id in present for entity in name.hit.entities):
            continue
        if name.shape in _SURE_SHAPES and not _stands_verbatim(scene.reading, account, name):
            account.open.append(name)
    return account


def _stands_verbatim(reading: Reading, account: _Account, name: Mention) -> bool:
    """Whether every word of a name stands in the translation letter by letter, in whatever case the rules allow."""
    found: list[Word] = []
    words = free_words(reading, account.targets, account.used)
    for _, piece in pieces(name):
        same = next((w for w in words if w.text == piece and w not in found), None)
        if same is None:
            same = next((w for w in words if fold(w.text).text == fold(piece).text), None)
        if same is None:
            return False
        found.append(same)
    for word in found:
        account.used.update(range(word.start, word.end))
    return bool(found)


def _judge_account(scene: Scene, account: _Account) -> Iterator[Judgement]:
    for name in account.open:
        entity = _entity(name)
        if entity is not None:
            judgement = _judge_slip_of_known(scene, account, name, entity)
        else:
            judgement = None
            for judgement in _judge_pieces(scene, account, name):
                yield judgement
            continue
        if judgement is not None:
            account.used.update(range(judgement.start, judgement.end))
            yield judgement


def _entity(name: Mention) -> Entity | None:
    readings = [claim for claim in claims(name) if claim.right]
    return readings[0].entity if readings else None


def _judge_slip_of_known(scene: Scene, account: _Account, name: Mention, entity: Entity) -> Judgement | None:
    """A stretch that is a slip of one of the accepted forms of what the witness names here."""
    forms = {fold_key(form.text): form.text for form in right_forms(entity, scene.lang)}
    forms.setdefault(fold_key(name.surface), name.surface)
    words = free_words(scene.reading, account.targets, account.used)
    for length in sorted({len(key.split()) for key in forms}, reverse=True):
        for i in range(len(words) - length + 1):
            end = words[i + length - 1].end
            for begin in _beginnings(words[i]):
                surface = scene.reading.text[begin:end]
                key = fold_key(surface)
                for form, text in forms.items():
                    if len(form.split()) != length or len(form) < _SHORTEST_PIECE:
                        continue
                    slip = slip_between(key, form, inflects=False)
                    if slip is None or not _may_be_name(scene, words[i : i + length], surface):
                        continue
                    return _slip_judgement(scene, account, name, entity, (begin, end), text, slip)
    return None


def _beginnings(word: Word) -> Iterator[int]:
    yield word.start
    if word.script == "Arab":
        for length in (1, 2, 3):
            if (
                word.text[:length] in {"و", "ف", "ب", "ل", "ك", "ال", "وال", "بال", "لل", "ول", "وب"}
                and len(word.text) > length + 3
            ):
                yield word.start + length


def _may_be_name(scene: Scene, words: Sequence[Word], surface: str) -> bool:
    """Whether a stretch can be a name at all: in cased scripts one of its words shows it."""
    if words[0].script not in CASED_SCRIPTS or scene.script not in CASED_SCRIPTS:
        return True
    return any(char.isupper() for char in surface) and not is_function_word(surface)


def _slip_judgement(
    scene: Scene, account: _Account, name: Mention, entity: Entity, span: tuple[int, int], form: str, slip: str
) -> Judgement:
    role = account.testimony.witness.role
    surface = scene.reading.text[span[0] : span[1]]
    family = "garbled" if slip == "truncated" else "misspelling"
    script = dominant_script(surface)
    canonical = preferred_form(scene, entity, script=script) or form
    if len(canonical.split()) != len(surface.split()):
        canonical = form
    evidence = (
        account.testimony.evidence(name, f"{_speaker(role)} has “{name.surface}” here"),
        Evidence("knowledge", f"{entity.name} is written “{canonical}”, “{surface}” is nearly that"),
    )
    return Judgement(span[0], span[1], f"{family}.{role}", entity, canonical, evidence, account.targets[0])


def _speaker(role: str) -> str:
    return "the source" if role == "source" else "the other translation"


def _judge_pieces(scene: Scene, account: _Account, name: Mention) -> Iterator[Judgement]:
    """A name that no base knows, word by word, against Latin words of the article."""
    words = free_words(scene.reading, account.targets, account.used)
    for _, piece in pieces(name):
        if dominant_script(piece) != "Latn" or len(piece) < _SHORTEST_PIECE:
            continue
        for word in words:
            if word.script != "Latn" or not _may_be_name(scene, [word], word.text):
                continue
            judgement = _judge_latin_pair(scene, account, name, piece, word)
            if judgement is not None:
                account.used.update(range(word.start, word.end))
                yield judgement
                break


def _is_exonym(scene: Scene, word: str, piece: str) -> bool:
    """Whether the article writes a name so again and again and never as the witness does: Moscow, Moscou."""
    counts = scene.reading.vocabulary
    return counts[word.lower()] > 1 and counts[piece.lower()] == 0


def _judge_latin_pair(scene: Scene, account: _Account, name: Mention, piece: str, word: Word) -> Judgement | None:
    role = account.testimony.witness.role
    home = next(iter(account.targets))
    detail = f"{_speaker(role)} has “{name.surface}” here"
    evidence = (account.testimony.evidence(name, detail),)
    if word.text.casefold() == piece.casefold():
        if word.text == piece or word.text.isupper() or piece.isupper() or name.shape == "capitalised":
            return None
        return Judgement(word.start, word.end, f"casing.{role}", None, piece, evidence, home)
    slip = slip_between(fold_key(word.text), fold_key(piece))
    if (
        slip is None
        or _is_exonym(scene, word.text, piece)
        or is_ordinary(word.text, scene.lang if scene.script == "Latn" else "en")
    ):
        return None
    family = "garbled" if slip == "truncated" else "misspelling"
    return Judgement(word.start, word.end, f"{family}.{role}", None, piece, evidence, home)
