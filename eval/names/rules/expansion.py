"""An acronym of a witness that nothing renders in, the words it was wrongly expanded to out: API as a petroleum body.

Nobody can list every wrong expansion. But the words that a translator made of the letters are words that nothing in the
source sentence explains; held against the right expansions by their meaning they lie near (another wording of the same)
or far. Of 414 right wordings of acronyms nineteen in twenty have a cosine above .6 to the nearest other wording; of 41
wrong ones three in four lie below .26, nine in ten below .42.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from corpora.script import Word
from eval.names.base.lexicon import is_function_word, is_ordinary
from eval.names.entity import Entity, Evidence
from eval.names.mentions import Mention, Reading
from eval.names.rules.claims import folded, right_forms
from eval.names.rules.habit import preferred_form
from eval.names.rules.meaning import nearness_of
from eval.names.rules.reckoning import Account, entities
from eval.names.rules.scene import Judgement, Scene

# Cosine below which words mean something else, for letters that the base knows and for those that a witness explains.
_ANOTHER_THING, _SURELY_ANOTHER = 0.3, 0.15
_SHORT_LETTERS = 4
# Particles at whose ends an Arabic run is cut.
_ARABIC_GRAMMAR = frozenset(
    {
        "من",
        "في",
        "على",
        "إلى",
        "عن",
        "أن",
        "إن",
        "أو",
        "ثم",
        "قد",
        "هو",
        "هي",
        "هذا",
        "هذه",
        "ذلك",
        "تلك",
        "التي",
        "الذي",
    }
    | {"كان", "كانت", "لا", "ما", "لم", "لن", "كل", "بعد", "قبل", "مع", "لقد", "حتى", "حين", "بين", "منذ", "أي", "كما"}
    | {"لما", "بما", "ما", "وفقا", "وفقًا", "ووفقا", "ووفقًا", "حسبما", "حسب", "بحسب", "بشأن", "عند", "غير", "نحو", "وقد"}
)
_LONGEST = 9
_ACRONYM = re.compile(r"[A-Z][A-Za-z]{0,4}[A-Z]")


def judge_expansion(scene: Scene, account: Account, name: Mention, entity: Entity | None) -> Judgement | None:
    """Words in an acronym's place that mean none of what it stands for; None where they do, or nobody can say.

    Args:
        entity: whom the base takes the letters for; None where it does not know them: then the witness itself must
            say what they mean, "artificial intelligence (AI)".
    """
    if account.role != "source" or (entity is not None and entity.type != "acronym"):
        # Bodies are called many things (the agency, the union); what letters of a term stand for is fixed.
        return None
    if not _ACRONYM.fullmatch(name.surface) or any(_stands(scene, target, name.surface) for target in account.targets):
        return None
    meanings = _expansions(entity, scene.lang) if entity is not None else _glosses(account.testimony.reading, name)
    run = _unexplained(scene, account, name) if meanings else None
    if run is None:
        return None
    start, end = run
    surface = scene.reading.text[start:end]
    if max(nearness_of(surface, meanings)) >= (_ANOTHER_THING if entity is not None else _SURELY_ANOTHER):
        return None
    canonical = preferred_form(scene, entity) if entity is not None else name.surface
    detail = f"“{surface}” is none of what {name.surface} stands for ({meanings[0]})"
    evidence = (account.evidence(name), Evidence("knowledge" if entity is not None else "rule", detail))
    return Judgement(start, end, f"acronym.{account.role}", entity, canonical, evidence, account.targets[0], 0.96)


def _stands(scene: Scene, sentence: int, letters: str) -> bool:
    text = scene.reading.sentences[sentence].text
    return re.search(rf"(?<![A-Za-z]){re.escape(letters)}s?(?![A-Za-z])", text, re.IGNORECASE) is not None


def _expansions(entity: Entity, lang: str) -> list[str]:
    """What the letters stand for: accepted forms of several words, in the article's language and in English."""
    own = [form.text for form in right_forms(entity, lang)]
    english = [form.text for form in entity.forms if form.lang in {"en", "mul"} and form.status != "wrong"]
    return list(dict.fromkeys(text for text in [*own, *english, entity.name] if " " in text))


def _glosses(reading: Reading, name: Mention) -> list[str]:
    """What the witness itself says that the letters stand for, in brackets beside them or before them."""
    if f"({name.surface})" not in reading.text and f"{name.surface} (" not in reading.text:
        # Cheap, where the pattern is tried at every word of the source.
        return []
    letters = re.escape(name.surface)
    beside = re.finditer(rf"\b{letters} \(([^()]{{8,80}})\)|((?:[\w’'-]+ ){{1,8}})\({letters}\)", reading.text)
    found = [_spelled_by(name.surface, (match[1] or match[2]).split()) for match in beside]
    return [gloss for gloss in found if gloss]


def _spelled_by(letters: str, words: Sequence[str]) -> str:
    """The last words whose initials spell some letters, words of grammar passed over; nothing where none do."""
    content = [i for i, word in enumerate(words) if not is_function_word(word)][-len(letters) :]
    initials = "".join(words[i][0] for i in content).casefold()
    return " ".join(words[content[0] :]) if content and initials == letters.casefold() else ""


def unexplained_runs(scene: Scene, account: Account, name: Mention) -> Iterator[tuple[int, int]]:
    """Where runs of words of the article stand that no word of the witness but a name is linked to."""
    at = scene.reading.sentences[account.targets[0]].start
    for run in _unexplained_words(scene, account, name):
        yield at + run[0].start, at + run[-1].end


def _unexplained(scene: Scene, account: Account, name: Mention) -> tuple[int, int] | None:
    """The longest of those runs."""
    runs = list(_unexplained_words(scene, account, name))
    if not runs:
        return None
    best = max(runs, key=lambda run: (_content(run), -run[0].start))
    ordinary = sum(is_ordinary(word.text, scene.lang) for word in best if not _is_grammar(word))
    if _content(best) < 2 or 2 * ordinary < _content(best):
        return None
    if max(len(word.text) for word in best) < _SHORT_LETTERS:
        # Letters spelled out: إيه آي.
        return None
    at = scene.reading.sentences[account.targets[0]].start
    return at + best[0].start, at + best[-1].end


def _unexplained_words(scene: Scene, account: Account, name: Mention) -> Iterator[Sequence[Word]]:
    from alignment.words import align_words

    theirs, ours = account.testimony.reading, scene.reading
    begin, at = theirs.sentences[account.bead.source[0]].start, ours.sentences[account.targets[0]].start
    source = theirs.text[begin : theirs.sentences[account.bead.source[-1]].end]
    target = ours.text[at : ours.sentences[account.targets[-1]].end]
    aligned = align_words(source, target)
    inside = {
        i for i, word in enumerate(aligned.source) if word.start < name.end - begin and name.start - begin < word.end
    }
    explained = {link.target for link in aligned.links if link.source not in inside}
    taken = {i for i, word in enumerate(aligned.target) if at + word.start in account.used}
    parts = _parts_of_others(scene, account, name)
    taken |= {i for i, word in enumerate(aligned.target) if _is_head_of(folded(word.text), parts)}
    yield from _runs(target, aligned.target, explained | taken)


def _is_head_of(key: str, parts: set[str]) -> bool:
    return key in parts or (len(key) >= _SHORT_LETTERS and any(part.startswith(key) for part in parts))


def _parts_of_others(scene: Scene, account: Account, name: Mention) -> set[str]:
    """Words of the forms of the witness's other names: كوريا, cut off the North, expands no acronym."""
    others = [entity for other in account.names if other != name for entity in entities(other)]
    return {part for entity in others for form in right_forms(entity, scene.lang) for part in folded(form.text).split()}


def _runs(text: str, words: Sequence[Word], explained: set[int]) -> Iterator[Sequence[Word]]:
    """Neighbouring words that nothing explains, without words of grammar at their ends."""
    run: list[Word] = []
    for i, word in enumerate([*words, None]):
        grammar = word is not None and _is_grammar(word)
        joined = not run or (word is not None and not text[run[-1].end : word.start].strip(" \u00a0-’'"))
        if word is not None and joined and (grammar or i not in explained):
            run.append(word)
            continue
        while run and _is_grammar(run[-1]):
            run.pop()
        while run and _is_grammar(run[0]):
            run.pop(0)
        if run and len(run) <= _LONGEST:
            yield run
        run = [word] if word is not None and i not in explained and not grammar else []


def _content(run: Sequence[Word]) -> int:
    return sum(not _is_grammar(word) for word in run)


def _is_grammar(word: Word) -> bool:
    text = word.text.rstrip("’'")
    return len(text) < 2 or is_function_word(text) or text in _ARABIC_GRAMMAR
