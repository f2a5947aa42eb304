"""Sources and their translations in, the translations with the source's names right out, and what was touched, and why.

Three steps, each for what the one before it left wrong. `eval.names` judges every output against its source, and
`mt.copies` whether what has no other form was copied. Where a name is wrong, the model's n-best list is searched for a
hypothesis that says the names right and is no worse by the guards. What is still wrong is repaired with the accepted
form, as `muwazi names fix` does, or with the source's own letters. The user's glossary has the last word. Placeholders
are not used: a model that never saw them drops or breaks them.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

from alignment.beads import Alignment, Bead
from corpora.article import Article, Block, Sentence
from corpora.language import info
from eval.names.detect import find_names
from eval.names.entity import NameFinding
from eval.names.joining import join
from eval.names.knowledge import Knowledge
from eval.names.normalise import DEFAULT_MIN_CONFIDENCE, choose, plan
from eval.names.settings import NameSettings
from eval.result import Witness
from mt.copies import LostCopy, lost_copies
from mt.documents.meaning import is_far, similarities
from mt.glossary import Glossary, Term, holds, mentions
from mt.guards import faults, weight

How = Literal["hypothesis", "repair", "glossary"]
Hypotheses = Callable[[Sequence[str]], list[list[str]]]

# A finding this sure makes it worth asking the model again, even if it is not sure enough to repair.
_DOUBT: Final = 0.6
# One this sure that nothing could be done about is said.
_SURE: Final = 0.8
# Below this (0 to 100) two forms are not two spellings of one.
_NEAR: Final = 80.0
_CASED: Final = frozenset({"Latn", "Cyrl", "Grek", "Armn"})
_FAR_FROM_THE_NAME: Final = frozenset({"truncated_or_garbled", "name_translated_as_common_word"})
_NOT_COPIED: Final = "the source has {}, a name that has no other form"
WRONG: Final = "name_wrong"
UNMET: Final = "glossary_unmet"


@dataclass(frozen=True, slots=True)
class NameTouch:
    """One name that was put right.

    Attributes:
        before: what the model wrote; empty where it had left the name out.
        after: what stands there now; empty where the hypothesis says it in a way that nobody knows.
        how: by another `hypothesis` of the model, by `repair`, or by the user's `glossary`.
    """

    before: str
    after: str
    how: How
    reason: str


@dataclass(frozen=True, slots=True)
class Kept:
    """A translation after the names were seen to; flagged where one is still wrong, or a glossary term not in it."""

    text: str
    touches: tuple[NameTouch, ...] = ()
    flags: tuple[str, ...] = ()


def _with_the_users_own() -> Knowledge:
    from mt.pipeline import knowledge

    return knowledge()


@dataclass(frozen=True, slots=True)
class NameKeeper:
    """Keeps names with a knowledge base (by default the bundled one under the user's own names) and a glossary."""

    knowledge: Knowledge = field(default_factory=_with_the_users_own)
    glossary: Glossary | None = None
    settings: NameSettings = field(default_factory=NameSettings)
    min_confidence: float = DEFAULT_MIN_CONFIDENCE

    def keep(
        self,
        sources: Sequence[str],
        outputs: Sequence[str],
        *,
        source_lang: str,
        target_lang: str,
        hypotheses: Hypotheses,
        required: Sequence[Sequence[str]] | None = None,
    ) -> list[Kept]:
        """The outputs of one article's sentences, in order, with their names right.

        Args:
            hypotheses: gives the model's best outputs of sentences.
            required: for each sentence, what a hypothesis must hold letter by letter (code, addresses).
        """
        terms = self.glossary.terms(source_lang, target_lang) if self.glossary else []
        case = _Case(self, sources, source_lang, target_lang, terms, hypotheses)
        needed = required or [()] * len(sources)
        chosen, touches = case.best_hypotheses(list(outputs), needed)
        chosen, repaired, still_wrong = case.repaired(chosen)
        chosen, copied = case.copied(chosen)
        kept = []
        for index, text in enumerate(chosen):
            text, by_glossary, flags = case.with_glossary(sources[index], text)
            flags = (*((WRONG,) if index in still_wrong else ()), *flags)
            kept.append(Kept(text, (*touches[index], *repaired[index], *copied[index], *by_glossary), flags))
        return kept


@dataclass(slots=True)
class _Case:
    """One article's sentences in one direction."""

    keeper: NameKeeper
    sources: Sequence[str]
    source_lang: str
    target_lang: str
    terms: list[Term]
    hypotheses: Hypotheses

    def best_hypotheses(
        self, outputs: list[str], required: Sequence[Sequence[str]]
    ) -> tuple[list[str], list[list[NameTouch]]]:
        """For each sentence with a wrong name the hypothesis that has the fewest, the model's own order next."""
        touches: list[list[NameTouch]] = [[] for _ in outputs]
        problems = self._problems(self.sources, outputs)
        wrong = [index for index, found in enumerate(problems) if found]
        if not wrong:
            return outputs, touches
        lists = self.hypotheses([self.sources[index] for index in wrong])
        candidates = [
            (index, text)
            for index, texts in zip(wrong, lists, strict=True)
            for text in texts
            if text != outputs[index] and self._is_sound(index, text, outputs[index], required[index])
        ]
        candidates = self._near(candidates, outputs)
        judged = self._problems([self.sources[index] for index, _ in candidates], [text for _, text in candidates])
        by_sentence: dict[int, list[tuple[int, int, str, list[_Problem]]]] = defaultdict(list)
        for rank, ((index, text), found) in enumerate(zip(candidates, judged, strict=True)):
            if (len(found), self._badness(index, text)) < (len(problems[index]), self._badness(index, outputs[index])):
                by_sentence[index].append((len(found), rank, text, found))
        for index, better in by_sentence.items():
            _, _, outputs[index], left = min(better, key=lambda one: one[:2])
            touches[index] = [
                NameTouch(problem.surface, problem.wanted, "hypothesis", problem.reason)
                for problem in problems[index]
                if (problem.wanted in outputs[index] if problem.wanted else problem not in left)
            ]
        return outputs, touches

    def _near(self, candidates: Sequence[tuple[int, str]], outputs: Sequence[str]) -> list[tuple[int, str]]:
        """The candidates without those that say something else than the source, if the output does not.

        What the model made of nothing lacks the names of the source too, and may so have fewer that are wrong.
        """
        compared = dict.fromkeys([*candidates, *((index, outputs[index]) for index, _ in candidates)])
        sources = [self.sources[index] for index, _ in compared]
        scores = similarities(sources, [text for _, text in compared], self.source_lang, self.target_lang)
        far = {pair for pair, source, score in zip(compared, sources, scores, strict=True) if is_far(source, score)}
        return [
            (index, text) for index, text in candidates if (index, text) not in far or (index, outputs[index]) in far
        ]

    def repaired(self, outputs: list[str]) -> tuple[list[str], list[list[NameTouch]], set[int]]:
        """The accepted form in the place of each name that is surely wrong, and the sentences where one still is."""
        touches: list[list[NameTouch]] = [[] for _ in outputs]
        article, sentences = _article("output", outputs, self.target_lang)
        found = [finding for finding in self._findings(self.sources, outputs) if self._is_certain(finding)]
        changes = plan(article, choose(found, min_confidence=self.keeper.min_confidence))
        done = {change.finding for change in changes}
        still_wrong = {
            finding.sentence
            for finding in found
            if finding.severity == "error" and finding.confidence >= _SURE and finding.id not in done
        }
        by_sentence: dict[int, list[tuple[int, int, str]]] = defaultdict(list)
        starts = [sentence.start for sentence in sentences]
        for change in changes:
            index = bisect_right(starts, change.start) - 1
            by_sentence[index].append((change.start - starts[index], change.end - starts[index], change.replacement))
            touches[index].append(NameTouch(change.surface, change.replacement, "repair", change.reason))
        edited = [_edited(text, by_sentence[index]) for index, text in enumerate(outputs)]
        return edited, touches, {index for index in still_wrong if index is not None}

    def copied(self, outputs: list[str]) -> tuple[list[str], list[list[NameTouch]]]:
        """The outputs with the source's own letters in the place of what they made of a name that nobody knows."""
        touches: list[list[NameTouch]] = [[] for _ in outputs]
        copied = []
        for index, (source, output) in enumerate(zip(self.sources, outputs, strict=True)):
            edits = [
                (lost.start, lost.end, lost.name)
                for lost in self._lost(source, output)
                if lost.start is not None and lost.end is not None
            ]
            touches[index] = [
                NameTouch(output[start:end], name, "repair", _NOT_COPIED.format(name)) for start, end, name in edits
            ]
            copied.append(_edited(output, edits))
        return copied, touches

    def _lacks_its_beginning(self, source: str, output: str) -> bool:
        """Whether the output begins with a small letter and the source does not: its subject, a name, was left out."""
        first, theirs = source.strip()[:1], output.strip()[:1]
        return theirs.islower() and not first.islower() and not source.strip().startswith(output.split()[0])

    def _lost(self, source: str, output: str) -> list[LostCopy]:
        return lost_copies(
            source,
            output,
            source_lang=self.source_lang,
            target_lang=self.target_lang,
            knowledge=self.keeper.knowledge,
        )

    def _is_certain(self, finding: NameFinding) -> bool:
        """Whether a finding may be repaired unseen: a source without capitals does not show what is a name in it.

        There الجزيرة may be the island and not the broadcaster; a rendering that resembles no form of the name is then
        more likely right than wrong.
        """
        return info(self.source_lang).script in _CASED or finding.kind not in _FAR_FROM_THE_NAME

    def with_glossary(self, source: str, output: str) -> tuple[str, list[NameTouch], tuple[str, ...]]:
        """The output with the glossary's forms, as far as the wrong ones can be told."""
        touches: list[NameTouch] = []
        flags: tuple[str, ...] = ()
        for term in self._unmet(source, output):
            span = self._rendering(term, source, output)
            if span is None:
                flags = (UNMET,)
                continue
            joined = join(output, *span, term.targets[0], self.target_lang)
            before = output[joined.start : joined.end]
            output = output[: joined.start] + joined.replacement + output[joined.end :]
            reason = f"the glossary has {term.targets[0]} for {term.source}"
            touches.append(NameTouch(before, joined.replacement, "glossary", reason))
        return output, touches, flags

    def _problems(self, sources: Sequence[str], outputs: Sequence[str]) -> list[list[_Problem]]:
        """What is wrong with the names of each output."""
        problems: list[list[_Problem]] = [[] for _ in outputs]
        for finding in self._findings(sources, outputs):
            if finding.sentence is not None and finding.severity == "error" and finding.confidence >= _DOUBT:
                problems[finding.sentence].append(_Problem.of(finding))
        for index, (source, output) in enumerate(zip(sources, outputs, strict=True)):
            seen = {problem.wanted for problem in problems[index]}
            problems[index] += [
                _Problem("", lost.name, _NOT_COPIED.format(lost.name))
                for lost in self._lost(source, output)
                if lost.name not in seen
            ]
            if self._lacks_its_beginning(source, output):
                problems[index].append(_Problem("", "", "the sentence begins in its middle"))
            problems[index] += [
                _Problem("", term.targets[0], f"the glossary has {term.targets[0]} for {term.source}")
                for term in self._unmet(source, output)
            ]
        return problems

    def _findings(self, sources: Sequence[str], outputs: Sequence[str]) -> list[NameFinding]:
        if not outputs:
            return []
        original, theirs = _article("source", sources, self.source_lang)
        article, ours = _article("output", outputs, self.target_lang)
        beads = tuple(Bead((index,), (index,), 1.0) for index in range(len(outputs)))
        witness = Witness("source", original, tuple(theirs), Alignment(beads, "given"))
        return find_names(article, ours, [witness], self.keeper.knowledge, settings=self.keeper.settings)

    def _unmet(self, source: str, output: str) -> list[Term]:
        """Terms of the source that the output has in no accepted form; a part of a longer term does not count."""
        unmet: list[Term] = []
        covered: list[tuple[int, int]] = []
        for term in self.terms:
            spans = [span for span in mentions(source, term.source) if not _within(span, covered)]
            covered += spans
            if spans and not holds(output, term.targets):
                unmet.append(term)
        return unmet

    def _is_sound(self, index: int, text: str, current: str, required: Sequence[str]) -> bool:
        """Whether a hypothesis is no worse than what it would replace."""
        return all(kept in text for kept in required) and self._badness(index, text) <= self._badness(index, current)

    def _badness(self, index: int, output: str) -> int:
        source = self.sources[index]
        return weight(faults(source, output, source_lang=self.source_lang, target_lang=self.target_lang))

    def _rendering(self, term: Term, source: str, output: str) -> tuple[int, int] | None:
        """Where the output says the term, in whatever other form."""
        for surface in (*term.rejected, *term.targets, term.source):
            if found := mentions(output, surface):
                return found[0]
        entities = {
            entity.id for hit in self.keeper.knowledge.scan(term.source, self.source_lang) for entity in hit.entities
        }
        for hit in self.keeper.knowledge.scan(output, self.target_lang):
            if entities & {entity.id for entity in hit.entities}:
                return hit.start, hit.end
        for said in self.hypotheses([term.source])[0]:
            if found := mentions(output, said.strip(" .،؛:!?")):
                return found[0]
        return _nearly(term.targets, output)


@dataclass(frozen=True, slots=True)
class _Problem:
    """A name that is wrong, and what it should be."""

    surface: str
    wanted: str
    reason: str

    @classmethod
    def of(cls, finding: NameFinding) -> _Problem:
        reason = finding.evidence[0].detail if finding.evidence else finding.kind.replace("_", " ")
        return cls(finding.surface, finding.canonical or "", reason)


def _article(path: str, texts: Sequence[str], lang: str) -> tuple[Article, list[Sentence]]:
    """Sentences as an article, a line each."""
    sentences, at = [], 0
    for text in texts:
        line = " ".join(text.split("\n"))
        sentences.append(Sentence(at, at + len(line), line))
        at += len(line) + 1
    joined = "\n".join(sentence.text for sentence in sentences)
    blocks = tuple(Block(sentence.start, sentence.end) for sentence in sentences)
    return Article(path, joined, lang, blocks=blocks), sentences


def _edited(text: str, edits: Sequence[tuple[int, int, str]]) -> str:
    for start, end, replacement in sorted(edits, reverse=True):
        text = text[:start] + replacement + text[end:]
    return text


def _within(span: tuple[int, int], covered: Sequence[tuple[int, int]]) -> bool:
    return any(start <= span[0] and span[1] <= end for start, end in covered)


def _nearly(targets: Sequence[str], output: str) -> tuple[int, int] | None:
    """Words of the output that are nearly an accepted form."""
    from rapidfuzz import fuzz

    from corpora.script import words

    units = [(word.start, word.end) for word in words(output)]
    best: tuple[float, tuple[int, int]] | None = None
    for target in targets:
        count = max(len(target.split()), 1)
        for index in range(len(units) - count + 1):
            span = units[index][0], units[index + count - 1][1]
            score = fuzz.ratio(target.casefold(), output[span[0] : span[1]].casefold(), score_cutoff=_NEAR)
            if score and (best is None or score > best[0]):
                best = (score, span)
    return best[1] if best else None
