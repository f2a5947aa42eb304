"""Sentences in, their translations out: in input order, each distinct one translated once, nothing wrong in silence.

translation = translate_sentences(["The minister resigned."], source_lang="en", target_lang="ar")
translation.texts, translation.flags
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

from corpora.errors import ModelError
from corpora.language import name_of, parse
from corpora.progress import SILENT, Progress
from corpora.script import COMMON, dominant_script
from corpora.store import Store
from corpora.translation import Direction, Translation
from mt.checkpoint import CONVERSION, Checkpoint, conversion_format
from mt.convert import converted
from mt.engines.base import Answers, Batch, Engine, Search, budget_for, load, plan_batches, search_all
from mt.guards import Attempt, attempts, curable, faults, weight
from mt.memory import Memory, Output, scope
from mt.models import Leg, available, remarks, resolve
from mt.parts import clauses, fit
from mt.pieces import Pieces
from mt.settings import DEFAULT, EngineName, TranslationSettings
from mt.shortlist import Shortlist, revision_for, shortlist_of


def translate_sentences(
    texts: Sequence[str],
    *,
    source_lang: str,
    target_lang: str,
    model: str | None = None,
    engine: EngineName | None = None,
    direction: Direction = "forward",
    settings: TranslationSettings = DEFAULT,
    store: Store | None = None,
    progress: Progress = SILENT,
) -> Translation:
    """Translate sentences with an open model that is on this machine.

    Args:
        model: hub id, local folder or `demo`; None takes the settings' one, else the default of the direction.
        store: where translations are remembered and conversions kept; None remembers nothing.

    Raises:
        ModelError: no model, a broken one, or one without this direction; the message has the cure.
        LanguageError: a language that nobody knows.
    """
    settings = replace(settings, model=model or settings.model, engine=engine or settings.engine)
    translator = Translator(source_lang, target_lang, settings=settings, store=store, progress=progress)
    return translator.translate(texts, direction=direction)


class Translator:
    """One direction, its models loaded once for many texts.

    Args:
        store: where translations are remembered and conversions kept; None remembers nothing.

    Raises:
        ModelError, LanguageError: as `translate_sentences`.
    """

    def __init__(
        self,
        source_lang: str,
        target_lang: str,
        *,
        settings: TranslationSettings = DEFAULT,
        store: Store | None = None,
        progress: Progress = SILENT,
    ) -> None:
        self.source_lang, self.target_lang = parse(source_lang), parse(target_lang)
        self._runs = _runs(self.source_lang, self.target_lang, settings, store, progress)

    @property
    def revision(self) -> str:
        """What was loaded: of each model a commit hash, or a hash of the weights for a local folder."""
        return " + ".join(run.checkpoint.revision for run in self._runs)

    @property
    def model(self) -> str:
        """Hub id or folder of each model."""
        return " + ".join(run.leg.model for run in self._runs)

    @property
    def scope(self) -> str:
        """A hash of everything that decides how a sentence comes out."""
        return scope(runs=[run.decisive() for run in self._runs])

    def translate(self, texts: Sequence[str], *, direction: Direction = "forward", document: str = "") -> Translation:
        """Translate sentences.

        Args:
            document: remembers what this document's sentences came to for it alone: an output can depend on the batch
                it is made in, and what a document gives must not depend on what was translated before.
        """
        for run in self._runs:
            run.remember_for(document)
        outputs = _through(self._runs, texts)
        return Translation(
            texts=tuple(outputs[text].text for text in texts),
            source_lang=self.source_lang,
            target_lang=self.target_lang,
            direction=direction,
            model=self.model,
            revision=self.revision,
            engine=self._runs[-1].engine_name,
            flags=tuple(outputs[text].flags for text in texts),
        )


def hypotheses(
    texts: Sequence[str],
    *,
    source_lang: str,
    target_lang: str,
    settings: TranslationSettings = DEFAULT,
    store: Store | None = None,
    progress: Progress = SILENT,
) -> list[list[str]]:
    """The model's outputs of each sentence, best first, from a beam twice as wide; a sentence cut in parts has one.

    Through a pivot these are the second model's outputs for the first one's best.

    Raises:
        ModelError, LanguageError: as `translate_sentences`.
    """
    *before, last = _runs(parse(source_lang), parse(target_lang), settings, store, progress)
    given = _through(before, texts)
    listed = last.listed([given[text].text for text in texts])
    return [listed[given[text].text] for text in texts]


def _runs(
    source_lang: str, target_lang: str, settings: TranslationSettings, store: Store | None, progress: Progress
) -> list[_Run]:
    """The way from one language to the other, a run for each leg."""
    cache = store.location if store is not None else None
    found = available(source_lang, target_lang, model=settings.model, fast=settings.fast, cache=cache)
    if not found.ready:
        raise ModelError(found.notice or f"no translation model for {name_of(source_lang)} to {name_of(target_lang)}")
    for remark in remarks(found.legs):
        progress.warn(remark)
    return [_Run(leg, settings, store, cache, progress) for leg in found.legs]


def _through(runs: Sequence[_Run], texts: Sequence[str]) -> dict[str, Output]:
    """The output of each distinct text after one run, or after one and then the next."""
    outputs = {text: Output(text) for text in texts}
    for run in runs:
        step = run.translate([output.text for output in outputs.values()])
        outputs = {text: _chained(output, step[output.text]) for text, output in outputs.items()}
    return outputs


def _chained(before: Output, after: Output) -> Output:
    return Output(after.text, tuple(dict.fromkeys((*before.flags, *after.flags))))


@dataclass(slots=True)
class _Run:
    """One leg: a checkpoint in one direction, its engine loaded when the first sentence needs it."""

    leg: Leg
    settings: TranslationSettings
    store: Store | None
    cache: Path | None
    progress: Progress
    checkpoint: Checkpoint = field(init=False)
    pieces: Pieces = field(init=False)
    memory: Memory = field(init=False)
    engine_name: str = field(init=False)
    _shortlist: Shortlist | None = field(init=False, default=None)
    _engine: Engine | None = field(init=False, default=None)
    _document: str = field(init=False, default="")

    def __post_init__(self) -> None:
        self.checkpoint = resolve(self.leg.model, cache=self.cache)
        self.pieces = Pieces(self.checkpoint, self.leg.source_lang, self.leg.target_lang)
        self._name_engine("ctranslate2" if self.settings.engine == "auto" else self.settings.engine)

    def translate(self, texts: Sequence[str]) -> dict[str, Output]:
        """The output of each distinct text."""
        parts = {text: self._parts(text) for text in dict.fromkeys(texts)}
        pool = list(dict.fromkeys(part for some in parts.values() for part in some))
        done = self._translate_pool(pool)
        return {text: _joined(text, [done[part] for part in some]) for text, some in parts.items()}

    def listed(self, texts: Sequence[str]) -> dict[str, list[str]]:
        """Each distinct text's outputs, best first."""
        whole = [text for text in dict.fromkeys(texts) if self._parts(text) == [text.strip()]]
        found = {text: [output.text] for text, output in self.translate([t for t in texts if t not in whole]).items()}
        search = replace(Search.of(self.settings), beam=2 * self.settings.beam, hypotheses=2 * self.settings.beam)
        memory = Memory(self.store, scope(**self.decisive(), listed=search.hypotheses))
        found.update({text: json.loads(output.text) for text, output in memory.recall(whole).items()})
        missing = [text for text in whole if text not in found]
        framed = self._framed([text.strip() for text in missing])
        lengths = [len(source) for source in framed]
        batches = plan_batches(lengths, budget_for(lengths, self.settings.batch_tokens))
        answered = self._searched([([framed[index] for index in batch], search) for batch in batches])
        for batch, answers in zip(batches, answered, strict=True):
            for index, answer in zip(batch, answers, strict=True):
                found[missing[index]] = list(dict.fromkeys(self.pieces.decode(one.pieces) for one in answer))
            memory.keep({missing[index]: Output(json.dumps(found[missing[index]])) for index in batch})
        return found

    def _parts(self, text: str) -> list[str]:
        """What of a text goes through the model: nothing where it has no letters, parts where it is too long."""
        if dominant_script(text) == COMMON:
            return []
        return fit(text.strip(), self.settings.max_pieces, lambda part: len(self.pieces.encode(part)))

    def _translate_pool(self, pool: Sequence[str]) -> dict[str, Output]:
        done = self.memory.recall(pool)
        sizes = {part: _words(part) for part in pool}
        self.progress.start(f"translating {self.leg.source_lang} → {self.leg.target_lang}, words", sum(sizes.values()))
        self.progress.advance(sum(sizes[part] for part in done))
        batches = [
            (missing, Search.of(self.settings, shortlist=shortlist))
            for batch, shortlist in self._batches(pool)
            if (missing := [part for part in batch if part not in done])
        ]
        answered = self._searched([(self._framed(batch), search) for batch, search in batches])
        for (batch, search), answers in zip(batches, answered, strict=True):
            outputs = self._settled(batch, answers, search)
            self.memory.keep(outputs)
            done.update(outputs)
            self.progress.advance(sum(sizes[part] for part in batch))
        return done

    def _batches(self, pool: Sequence[str]) -> Iterator[tuple[list[str], bool]]:
        """The batches, and whether the shortlist knows every piece of each one's sentences."""
        pieces = {part: self.pieces.encode(part) for part in pool}
        known = {
            part
            for part, some in pieces.items()
            if self._shortlist is not None and all(map(self._shortlist.rules.get, some))
        }
        for shortlist in (False, True):
            group = [part for part in pool if (part in known) == shortlist]
            lengths = [len(self.pieces.frame(pieces[part])) for part in group]
            for batch in plan_batches(lengths, budget_for(lengths, self.settings.batch_tokens)):
                yield [group[index] for index in batch], shortlist

    def _settled(self, batch: Sequence[str], answers: Answers, search: Search) -> dict[str, Output]:
        """The outputs of a batch: the first answers, and what other attempts made of those that came out wrong."""
        outputs = self._read({part: [part] for part in batch}, batch, answers)
        for attempt in attempts(search, self.settings.retries):
            again = [part for part, output in outputs.items() if curable(output.flags)]
            if not again:
                break
            for part, output in self._attempt(again, attempt).items():
                if weight(output.flags) < weight(outputs[part].flags):
                    outputs[part] = output
        return outputs

    def _attempt(self, batch: Sequence[str], attempt: Attempt) -> dict[str, Output]:
        cut = {part: clauses(part) if attempt.by_clause else [part] for part in batch}
        pool = list(dict.fromkeys(clause for some in cut.values() for clause in some))
        return self._read(cut, pool, next(self._searched([(self._framed(pool), attempt.search)])))

    def _read(self, cut: Mapping[str, list[str]], pool: Sequence[str], answers: Answers) -> dict[str, Output]:
        """The answers to a pool of clauses as text, joined for each part that was cut into them, and judged."""
        said = {clause: self.pieces.decode(best.pieces) for clause, (best, *_) in zip(pool, answers, strict=True)}
        return {part: self._judged(part, " ".join(said[clause] for clause in some)) for part, some in cut.items()}

    def _framed(self, texts: Sequence[str]) -> list[list[str]]:
        return [self.pieces.frame(self.pieces.encode(text)) for text in texts]

    def _searched(self, batches: Sequence[Batch]) -> Iterator[Answers]:
        return search_all(self._loaded(), batches, self.pieces.target_prefix) if batches else iter(())

    def _judged(self, source: str, output: str) -> Output:
        flags = faults(
            source,
            output,
            source_lang=self.leg.source_lang,
            target_lang=self.leg.target_lang,
            unknown_share=self.pieces.unknown_share(self.pieces.encode(source)),
        )
        return Output(output, flags)

    def _loaded(self) -> Engine:
        if self._engine is None:
            self._engine = load(self.checkpoint, self.settings, cache=self.cache, progress=self.progress)
            if self._engine.name != self.engine_name:
                self._name_engine(self._engine.name)
        return self._engine

    def remember_for(self, document: str) -> None:
        """Keep the memory of one document apart from that of all others; an empty name is the common memory."""
        if document != self._document:
            self._document = document
            self._name_engine(self.engine_name)

    def _name_engine(self, name: str) -> None:
        """Which engine decides how a sentence comes out, so it is part of what translations are remembered by."""
        self.engine_name = name
        self._shortlist = None
        folder = self._shortlisted()
        if folder is not None:
            self._shortlist = shortlist_of(folder)
        self.memory = Memory(self.store, scope(**self.decisive()))

    def _conversion(self) -> Path | None:
        """The folder of the converted model, if it is used and was made before."""
        if self.engine_name != "ctranslate2":
            return None
        try:
            conversion = converted(self.checkpoint, self.settings.precision, self.cache)
        except ModelError:  # a broken one is told where it is loaded
            return None
        return conversion.folder if conversion is not None else None

    def _shortlisted(self) -> Path | None:
        """The folder of the converted model, if it has a shortlist for this direction that is to be used."""
        folder = self._conversion() if self.settings.shortlist else None
        return folder if folder is not None and revision_for(folder, self._direction) else None

    def _format(self) -> int | None:
        """The way of converting of the model that is used; one that is still to be converted will have today's."""
        folder = self._conversion()
        if self.engine_name != "ctranslate2":
            return None
        return conversion_format(folder) if folder is not None else CONVERSION

    @property
    def _direction(self) -> tuple[str, str]:
        return self.leg.source_lang, self.leg.target_lang

    def decisive(self) -> Mapping[str, object]:
        """All that decides how a sentence comes out."""
        ignored = {"model", "fast", "engine", "batch_tokens", "threads", "scored_beam", "shortlist"}
        folder = self._shortlisted()
        return {
            "shortlist": revision_for(folder, self._direction) if folder is not None else None,
            "source": self.leg.source_lang,
            "target": self.leg.target_lang,
            "revision": self.checkpoint.revision,
            "engine": self.engine_name,
            "conversion": self._format(),
            **({"document": self._document} if self._document else {}),
            **{name: value for name, value in asdict(self.settings).items() if name not in ignored},
        }


def _words(text: str) -> int:
    """How much of the work a text is; what is written without spaces counts by its letters."""
    return max(len(text.split()), len(text) // 12, 1)


def _joined(text: str, parts: Sequence[Output]) -> Output:
    if not parts:
        return Output(text)
    flags = tuple(dict.fromkeys(flag for part in parts for flag in part.flags))
    return Output(" ".join(part.text for part in parts if part.text), flags)
