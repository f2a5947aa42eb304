"""An article, its witnesses and a knowledge base in, findings about its names out.

    mentions → evidence per mention → judgement → findings

Each rule module reads the scene and yields judgements; here the one with the strongest evidence wins each stretch of
text, and becomes a finding with a probability, an id and reasons that an editor understands. Repeats and boilerplate
get findings as well (a repair should put right every copy), but they never count as evidence of what the article
usually writes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from corpora.article import Article, Sentence
from corpora.progress import SILENT, Progress
from eval.names.entity import NameFinding
from eval.names.joining import join
from eval.names.knowledge import Knowledge
from eval.names.mentions import read_names
from eval.names.rules.attested import judge_attested
from eval.names.rules.calibration import calibrated
from eval.names.rules.casing import judge_casing
from eval.names.rules.consistency import judge_consistency
from eval.names.rules.misspelling import judge_misspelling
from eval.names.rules.own_names import judge_own_names
from eval.names.rules.phrases import judge_phrases
from eval.names.rules.pinyin import judge_pinyin
from eval.names.rules.pivot import judge_pivot
from eval.names.rules.projection import judge_projection
from eval.names.rules.scene import Judgement, Scene, Testimony
from eval.names.rules.scripts import judge_scripts
from eval.names.rules.topic import Topic
from eval.names.settings import NameSettings
from eval.result import Witness

_RULES: tuple[Callable[[Scene, Topic], Iterable[Judgement]], ...] = (
    judge_attested,
    lambda scene, _: judge_casing(scene),
    judge_pinyin,
    judge_misspelling,
    lambda scene, _: judge_own_names(scene),
    lambda scene, _: judge_phrases(scene),
    lambda scene, _: judge_scripts(scene),
    lambda scene, _: judge_pivot(scene),
    judge_projection,
    lambda scene, _: judge_consistency(scene),
)


def find_names(
    article: Article,
    sentences: Sequence[Sentence],
    witnesses: Sequence[Witness] = (),
    knowledge: Knowledge | None = None,
    *,
    settings: NameSettings | None = None,
    progress: Progress = SILENT,
) -> list[NameFinding]:
    """Every corrupted or inconsistent name of an article, in text order.

    Args:
        witnesses: its source, other translations of that source; each aligned with the article as its target side.
        knowledge: the bundled base where none is given.
    """
    knowledge = knowledge or Knowledge.bundled()
    settings = settings or NameSettings()
    progress.start("names", len(_RULES))
    scene = set_scene(article, sentences, witnesses, knowledge)
    topic = Topic(scene.reading)
    judgements: list[Judgement] = []
    for rule in _RULES:
        judgements.extend(rule(scene, topic))
        progress.advance()
    return _findings(scene, judgements, settings)


def set_scene(
    article: Article, sentences: Sequence[Sentence], witnesses: Sequence[Witness], knowledge: Knowledge
) -> Scene:
    """Read the article and every witness for names."""
    testimonies = [Testimony(w, read_names(w.article, w.sentences, knowledge)) for w in witnesses]
    return Scene(read_names(article, sentences, knowledge), testimonies, knowledge)


def _findings(scene: Scene, judgements: Sequence[Judgement], settings: NameSettings) -> list[NameFinding]:
    allowed = frozenset(surface.strip() for surface in settings.allowed)
    kept = [
        judgement
        for judgement in _without_overlap(judgements)
        if confidence(judgement) >= settings.min_confidence and allowed.isdisjoint(_surfaces(scene, judgement))
    ]
    return [_finding(scene, judgement, number) for number, judgement in enumerate(kept, start=1)]


def _surfaces(scene: Scene, judgement: Judgement) -> set[str]:
    """What a user calls a judgement's name when allowing it: as it stands; where it was left out, as the witness has it
    and as the base does.
    """
    if judgement.start < judgement.end:
        return {scene.reading.text[judgement.start : judgement.end]}
    theirs = {
        testimony.reading.text[reason.start : reason.end]
        for reason in judgement.evidence
        for testimony in scene.testimonies
        if reason.start is not None and reason.path == testimony.witness.article.path
    }
    return theirs | ({judgement.entity.name} if judgement.entity else set())


def confidence(judgement: Judgement) -> float:
    """Probability that a judgement is right: the rule's own, less this case's doubt."""
    return round(calibrated(judgement.rule) * judgement.doubt, 4)


def _without_overlap(judgements: Sequence[Judgement]) -> Iterator[Judgement]:
    """One judgement a stretch, in text order: errors before variants, then the stronger evidence, then the surer."""

    def strength(judgement: Judgement) -> tuple[bool, int, float, int, str]:
        terms = judgement.terms
        length = judgement.end - judgement.start
        return terms.severity == "variant", -terms.rank, -confidence(judgement), -length, judgement.rule

    taken: list[Judgement] = []
    occupied: set[int] = set()
    empty: set[tuple[int, str]] = set()
    for judgement in sorted(judgements, key=strength):
        span = range(judgement.start, judgement.end)
        gap = (judgement.start, judgement.entity.name if judgement.entity else judgement.evidence[0].detail)
        if (not span and gap in empty) or any(position in occupied for position in span):
            continue
        occupied.update(span)
        if not span:
            empty.add(gap)
        taken.append(judgement)
    by_sentence: dict[int, list[Judgement]] = {}
    for judgement in taken:
        by_sentence.setdefault(judgement.sentence, []).append(judgement)
    taken = [one for one in taken if not _is_explained(one, by_sentence[one.sentence])]
    yield from sorted(taken, key=lambda judgement: (judgement.start, judgement.end, judgement.rule))


def _is_explained(judgement: Judgement, others: Sequence[Judgement]) -> bool:
    """Whether a name thought left out is what another of its sentence's judgements stands for."""
    if judgement.start != judgement.end:
        return False
    entity = judgement.entity
    forms = {entity.name, *(form.text for form in entity.forms)} if entity is not None else set()
    said = _places(judgement)
    return any(
        other.start < other.end
        and (
            (entity is not None and other.entity is entity)
            or (other.entity is None and other.canonical in forms)
            or not said.isdisjoint(_places(other))
        )
        for other in others
    )


def _places(judgement: Judgement) -> set[tuple[str | None, int]]:
    """Where in its witnesses a judgement's names stand."""
    return {(reason.path, reason.start) for reason in judgement.evidence if reason.path and reason.start is not None}


def _finding(scene: Scene, judgement: Judgement, number: int) -> NameFinding:
    surface = scene.reading.text[judgement.start : judgement.end]
    return NameFinding(
        id=f"n{number}",
        start=judgement.start,
        end=judgement.end,
        surface=surface,
        kind=judgement.terms.kind,
        entity=judgement.entity.name if judgement.entity else None,
        canonical=_in_its_place(scene, judgement),
        confidence=confidence(judgement),
        severity=judgement.terms.severity,
        evidence=judgement.evidence,
        sentence=judgement.sentence if judgement.sentence >= 0 else None,
        rule=judgement.rule,
    )


def _in_its_place(scene: Scene, judgement: Judgement) -> str | None:
    """The canonical form ready to be put there: behind ل the article's alef is gone (لمنظمة …, so لذكاء … for AI)."""
    if judgement.canonical is None or judgement.start == judgement.end:
        return judgement.canonical
    joined = join(scene.reading.text, judgement.start, judgement.end, judgement.canonical, scene.lang).replacement
    return joined if judgement.canonical.endswith(joined) else judgement.canonical
