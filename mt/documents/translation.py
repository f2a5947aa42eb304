"""Documents in, the same translated out: all their sentences as one batch, each distinct one once, in their structure.

documents = [read_document("story.md"), read_document("page.html")]
for done in translate_documents(documents, "ar", store=store):
    Path(f"{done.document.path}.ar").write_bytes(done.data)
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal

from corpora.errors import ModelError
from corpora.language import parse
from corpora.progress import SILENT, Progress
from corpora.script import COMMON, dominant_script, words
from corpora.store import Store
from corpora.translation import Translation
from eval.names.base.lexicon import is_ordinary
from mt.documents.base import written
from mt.documents.codes import Project, asked_for, put_back
from mt.documents.foreign import Left, spoken
from mt.documents.meaning import FLAG, is_far, similarities
from mt.documents.segment import Document, Field, Passage, Segment
from mt.documents.sounded import sounded
from mt.documents.writing import escaper
from mt.imported import ImportedMemory, Match
from mt.keep_names import NameKeeper, NameTouch
from mt.memory import Output
from mt.settings import DEFAULT, TranslationSettings
from mt.translate import translate_sentences

Origin = Literal["model", "memory"]


@dataclass(frozen=True, slots=True)
class TranslatedSegment:
    """What became of one sentence.

    Attributes:
        place: the file, with the record where it has several (`file.jsonl#3`).
        line: of the place, counted from 1.
        source, text: without markup.
        left: why it was not translated; None where it was.
        flags: what is wrong with the translation, by `mt.guards`; it is kept all the same.
        names: names that were put right in it.
        score: how near both sides are in meaning (−1 to 1, four digits); None where the encoder cannot say.
        origin: `memory` where an imported translation of the same sentence was taken, which is not judged or changed.
        offer: an imported translation of a similar sentence; not used.
    """

    place: str
    line: int
    source_lang: str
    source: str
    text: str
    left: Left | None = None
    flags: tuple[str, ...] = ()
    names: tuple[NameTouch, ...] = ()
    score: float | None = None
    origin: Origin = "model"
    offer: Match | None = None


@dataclass(frozen=True, slots=True)
class TranslatedDocument:
    """A document in another language.

    Attributes:
        data: the translated file.
        models: hub id or folder, and revision, of what translated it; several where it holds several languages.
    """

    document: Document
    target_lang: str
    segments: tuple[TranslatedSegment, ...]
    data: bytes = field(repr=False)
    models: tuple[tuple[str, str], ...] = ()

    @property
    def flagged(self) -> list[TranslatedSegment]:
        """Sentences whose translation is not to be trusted."""
        return [segment for segment in self.segments if segment.flags]


def translate_documents(
    documents: Sequence[Document],
    target_lang: str,
    *,
    settings: TranslationSettings = DEFAULT,
    names: NameKeeper | None = None,
    memory: ImportedMemory | None = None,
    store: Store | None = None,
    progress: Progress = SILENT,
) -> list[TranslatedDocument]:
    """Translate documents into one language, their sentences batched together.

    Args:
        names: keeps the source's names in the output; None leaves them as the model wrote them.
        memory: earlier translations; those of the same sentences are taken as they are.

    Raises:
        ModelError: no model for a direction, or a broken one; the message has the cure.
    """
    job = _Job(parse(target_lang), settings, store, progress)
    items = [_items(document, job.target_lang) for document in documents]
    if memory is not None:
        job.recall(memory, [item for some in items for item in some if item.left is None])
    job.translate_foreign([item for some in items for item in some if item.left is None and item.is_foreign])
    job.translate((item.lang, item.text) for some in items for item in some if item.left is None)
    wanting = [item for some in items for item in some if item.left is None and job.lacks_protected(item)]
    job.translate((item.lang, item.without_protected) for item in wanting if item.has_other_words)
    for some in items:
        for item in some:
            job.settle(item)
        if names is not None:
            _keep_names(names, some, job)
    job.compare([item for some in items for item in some if item.left is None])
    job.translate((item.lang, asked) for some in items for item in some for asked in item.look_for_marked())
    return [job.document(document, some) for document, some in zip(documents, items, strict=True)]


def is_translated_already(document: Document, target_lang: str) -> bool:
    """Whether no sentence of a document is to be translated into a language."""
    return all(item.left is not None for item in _items(document, target_lang))


@dataclass(slots=True)
class _Item:
    """One segment on its way."""

    index: int
    held: Field
    passage: Passage
    segment: Segment
    lang: str
    left: Left | None
    output: str = ""
    flags: tuple[str, ...] = ()
    names: tuple[NameTouch, ...] = ()
    score: float | None = None
    origin: Origin = "model"
    offer: Match | None = None
    marked: dict[str, str] = field(default_factory=dict)

    @property
    def is_foreign(self) -> bool:
        """Whether it is in another language than the text that it stands in."""
        return self.lang != self.held.lang

    @property
    def text(self) -> str:
        return self.segment.text

    @property
    def protected(self) -> list[str]:
        return [self.text[start:end] for start, end in self.segment.protected]

    @property
    def without_protected(self) -> str:
        parts, at = [], 0
        for start, end in self.segment.protected:
            parts.append(self.text[at:start])
            at = end
        return " ".join(" ".join([*parts, self.text[at:]]).split())

    @property
    def has_other_words(self) -> bool:
        return dominant_script(self.without_protected) != COMMON

    def holds_protected(self, output: str) -> bool:
        return all(output.count(kept) >= self.text.count(kept) for kept in self.protected)

    def look_for_marked(self) -> list[str]:
        """Find the names that codes hold in the output; what else they hold is to be translated by itself."""
        asked = [] if self.left is not None else list(dict.fromkeys(asked_for(self.segment, self.output)))
        for text in asked:
            if not self._is_capital_of_the_sentence(text) and (found := sounded(text, self.output)):
                self.marked[text] = found
        return [text for text in asked if text not in self.marked]

    def _is_capital_of_the_sentence(self, text: str) -> bool:
        """Whether a dictionary word has its capital from its place alone: Sales sounds like الصين, and is no name."""
        first = next(iter(words(self.text)), None)
        return first is not None and text == first.text and is_ordinary(text, self.lang)


def _items(document: Document, target_lang: str) -> list[_Item]:
    items = []
    for index, held in enumerate(document.fields):
        for passage in held.passages:
            for segment in passage.segments:
                item = _Item(index, held, passage, segment, *spoken(segment.text, held.lang, target_lang))
                if item.left is None and item.protected and not item.has_other_words:
                    item.left = "no_text"
                items.append(item)
    return items


class _Job:
    """The translations of one run into one language."""

    def __init__(
        self, target_lang: str, settings: TranslationSettings, store: Store | None, progress: Progress
    ) -> None:
        self.target_lang = target_lang
        self.settings = settings
        self.store = store
        self.progress = progress
        self.outputs: dict[tuple[str, str], Output] = {}
        self.models: dict[str, tuple[str, str]] = {}

    def recall(self, memory: ImportedMemory, items: Sequence[_Item]) -> None:
        """Take what was translated before, and look for what is like the rest."""
        for lang in dict.fromkeys(item.lang for item in items):
            if not memory.size(lang, self.target_lang):
                self.progress.warn(f"{', '.join(memory.paths)}: no translation from {lang} to {self.target_lang}")
                continue
            mine = [item for item in items if item.lang == lang]
            exact = memory.exact([item.text for item in mine], lang, self.target_lang)
            self.outputs.update({(lang, text): Output(target) for text, target in exact.items()})
            for item in mine:
                if item.text in exact:
                    item.origin = "memory"
                else:
                    item.offer = memory.similar(item.text, lang, self.target_lang)

    def translate(self, texts: Iterable[tuple[str, str]]) -> None:
        """Translate what is not translated yet: pairs of language and text."""
        missing: dict[str, dict[str, None]] = defaultdict(dict)
        for lang, text in texts:
            if (lang, text) not in self.outputs:
                missing[lang][text] = None
        for lang, some in missing.items():
            translation = self._translated(list(some), lang)
            self.models[lang] = (translation.model, translation.revision)
            flags = translation.flags or ((),) * len(some)
            for text, output, found in zip(some, translation.texts, flags, strict=True):
                self.outputs[lang, text] = Output(output, found)

    def translate_foreign(self, items: Sequence[_Item]) -> None:
        """Translate sentences in other languages than their text, and leave those that no model reads."""
        for lang in dict.fromkeys(item.lang for item in items):
            mine = [item for item in items if item.lang == lang]
            try:
                self.translate((lang, item.text) for item in mine)
            except ModelError:
                for item in mine:
                    item.lang, item.left = item.held.lang, "other_language"

    def _translated(self, texts: list[str], lang: str) -> Translation:
        return translate_sentences(
            texts,
            source_lang=lang,
            target_lang=self.target_lang,
            settings=self.settings,
            store=self.store,
            progress=self.progress,
        )

    def lacks_protected(self, item: _Item) -> bool:
        return item.origin == "model" and not item.holds_protected(self.outputs[item.lang, item.text].text)

    def settle(self, item: _Item) -> None:
        """The item's output: what is left is its source; what lost a protected stretch is translated around it."""
        if item.left is not None:
            item.output = item.text
            return
        output = self.outputs[item.lang, item.text]
        if item.origin == "model" and not item.holds_protected(output.text):
            output = self.outputs[item.lang, item.without_protected]
            output = Output(_with_protected(item, output.text), output.flags)
        item.output, item.flags = output.text, output.flags

    def compare(self, items: Sequence[_Item]) -> None:
        """Score every item's output by its meaning, each distinct pair once, and flag what says something else."""
        for lang in dict.fromkeys(item.lang for item in items):
            pairs = list(dict.fromkeys((item.text, item.output) for item in items if item.lang == lang))
            self.progress.start("comparing meanings", None)
            sources, outputs = [source for source, _ in pairs], [output for _, output in pairs]
            scores = dict(zip(pairs, similarities(sources, outputs, lang, self.target_lang), strict=True))
            for item in items:
                if item.lang == lang:
                    item.score = scores[item.text, item.output]
                    if item.origin == "model" and is_far(item.text, item.score):
                        item.flags = (*item.flags, FLAG)

    def hypotheses(self, lang: str) -> Callable[[Sequence[str]], list[list[str]]]:
        """What gives the best outputs of sentences in a language."""
        from mt.translate import hypotheses

        def best(texts: Sequence[str]) -> list[list[str]]:
            return hypotheses(
                texts,
                source_lang=lang,
                target_lang=self.target_lang,
                settings=self.settings,
                store=self.store,
                progress=self.progress,
            )

        return best

    def document(self, document: Document, items: Sequence[_Item]) -> TranslatedDocument:
        """The document with its items' outputs in their places."""
        rendered: list[dict[int, str]] = [{} for _ in document.fields]
        for item in items:
            if item.left is None:
                rendered[item.index][item.segment.start] = self._rendered(item)
        langs = {item.lang for item in items if item.left is None and item.lang in self.models}
        return TranslatedDocument(
            document,
            self.target_lang,
            tuple(_outcome(item) for item in items),
            written(document, rendered, self.target_lang),
            tuple(sorted({self.models[lang] for lang in langs})),
        )

    def _rendered(self, item: _Item) -> str:
        asked = asked_for(item.segment, item.output)
        renderings = {text: self.outputs[item.lang, text].text for text in asked if text not in item.marked}
        escape = escaper(item.segment, item.passage, item.held.dialect)
        return put_back(item.segment, item.output, escape, renderings | item.marked, self._projection(item))

    def _projection(self, item: _Item) -> Project:
        """Where the output says what a stretch of the source says; the words are aligned when it is first asked."""
        from alignment.encoders import covers, get
        from alignment.words import WordAlignment, align_words

        made: list[WordAlignment] = []

        def project(start: int, end: int) -> tuple[int, int] | None:
            encoder = get()
            if not covers(encoder, item.lang) or not covers(encoder, self.target_lang):
                return None
            if not made:
                made.append(align_words(item.text, item.output, encoder=encoder))
            return made[0].project(start, end)

        return project


def _outcome(item: _Item) -> TranslatedSegment:
    return TranslatedSegment(
        place=item.held.path,
        line=item.held.line(item.segment),
        source_lang=item.lang,
        source=item.text,
        text=item.output,
        left=item.left,
        flags=item.flags,
        names=item.names,
        score=item.score,
        origin=item.origin,
        offer=item.offer,
    )


def _keep_names(names: NameKeeper, items: Sequence[_Item], job: _Job) -> None:
    """Put the names of one document right, language by language."""
    for lang in dict.fromkeys(item.lang for item in items):
        mine = [item for item in items if item.lang == lang and item.left is None and item.origin == "model"]
        if not mine:
            continue
        kept = names.keep(
            [item.text for item in mine],
            [item.output for item in mine],
            source_lang=lang,
            target_lang=job.target_lang,
            hypotheses=job.hypotheses(lang),
            required=[item.protected for item in mine],
        )
        for item, one in zip(mine, kept, strict=True):
            item.output, item.names = one.text, one.touches
            item.flags = tuple(dict.fromkeys((*item.flags, *one.flags)))


def _with_protected(item: _Item, output: str) -> str:
    """The output of a sentence without its protected stretches, and these at the same share of its words."""
    theirs = [word.start for word in words(output)]
    total = len(words(item.without_protected))
    inserts: dict[int, list[str]] = defaultdict(list)
    seen = at = 0
    for (start, end), kept in zip(item.segment.protected, item.protected, strict=True):
        seen += len(words(item.text[at:start]))
        at = end
        index = round(seen * len(theirs) / total) if total else 0
        place = theirs[index] if index < len(theirs) else _text_end(output)
        inserts[place].append(kept)
    parts, at = [], 0
    for place in sorted(inserts):
        parts += [output[at:place].rstrip(), *inserts[place]]
        at = place
    rest = output[at:].lstrip()
    joined = " ".join(part for part in parts if part)
    spaced = rest and rest[0] not in ".,;:!?،؛؟。"
    return f"{joined} {rest}" if spaced else f"{joined}{rest}"


def _text_end(output: str) -> int:
    """Before the full stop."""
    return len(output.rstrip().rstrip(".!?؟。…"))
