"""The whole job: a translated article and what it is held against, in; a `CheckResult`, out.

result = check("article-ar.txt", source="source-en.txt")
print(result.verdict.headline)
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from alignment.beads import Alignment
from corpora.errors import ModelError, UsageError
from corpora.progress import SILENT, Progress
from corpora.translation import Translation
from eval.judge import judge
from eval.names.entity import NameFinding
from eval.result import CheckResult, Witness
from mt.config import Settings
from mt.document import Document, load
from mt.pairs import holds_pairs, load_pairs

if TYPE_CHECKING:
    from alignment.encoders import Encoder
    from corpora.store import Store
    from eval.names.knowledge import Knowledge

Retranslate = Literal["forward", "back", "no"]


def check(
    path: str,
    *,
    source: str | None = None,
    others: Sequence[str] = (),
    lang: str | None = None,
    source_lang: str | None = None,
    retranslate: Retranslate | None = None,
    settings: Settings | None = None,
    store: Store | None = None,
    progress: Progress = SILENT,
) -> CheckResult:
    """Align, re-translate where a model is there, score, and find the corrupted names of one article.

    A file of pairs (XLIFF, TMX, TSV) without a source is source and translation, aligned already.

    `retranslate` None means: forward where there is a source and a model, else nothing, with a notice that says so.

    Raises:
        UsageError: the article and a witness are the same text, or `forward` was asked for without a source.
        InputError, LanguageError: a file or a language that cannot be used.
        ModelError: a re-translation was asked for by name and no model can make it.
    """
    settings = settings or Settings()
    document, original, given = _main_pair(path, source, others, lang, source_lang)
    companions = [load(other) for other in others]
    for witness in [original, *companions] if original else companions:
        _refuse_same_text(document, witness)  # before the slow steps

    retranslation, notices = _retranslation(document, original, retranslate, settings, store, progress)
    with vectors_kept(store, settings):
        bridge = retranslation.texts if retranslation is not None and retranslation.direction == "forward" else None
        witnesses = []
        if original is not None and given is not None:
            witnesses.append(Witness("source", original.article, original.sentences, given))
        elif original is not None:
            witnesses.append(_witness("source", original, document, settings, progress, bridge))
        witnesses += [_witness("other", companion, document, settings, progress) for companion in companions]
        findings = find_names(document, witnesses, settings=settings, progress=progress)
        judgement = judge(
            document.article,
            document.sentences,
            witnesses,
            retranslation,
            findings,
            knowledge=knowledge(),
            encoder=_encoder(settings.alignment.encoder),
            settings=settings.eval,
            progress=progress,
        )
    return CheckResult(
        article=document.article,
        sentences=document.sentences,
        witnesses=tuple(witnesses),
        retranslation=retranslation,
        segments=judgement.segments,
        findings=tuple(findings),
        summary=judgement.summary,
        verdict=judgement.verdict,
        notices=tuple(notices),
        version=version(),
    )


def _main_pair(
    path: str, source: str | None, others: Sequence[str], lang: str | None, source_lang: str | None
) -> tuple[Document, Document | None, Alignment | None]:
    """The article, its source, and their alignment where a file of pairs gives it."""
    if source is None and not others and holds_pairs(path):
        original, document, alignment = load_pairs(path, source_lang=source_lang, target_lang=lang)
        return document, original, alignment
    return load(path, lang=lang), load(source, lang=source_lang) if source is not None else None, None


def find_names(
    document: Document, witnesses: Sequence[Witness], *, settings: Settings, progress: Progress = SILENT
) -> list[NameFinding]:
    """The name findings of an article, with the user's own names over the bundled ones, less what they called right."""
    from eval.names.detect import find_names as detect
    from eval.names.house import allowed_in

    allowed = (*settings.names.allowed, *allowed_in(document.article.path))
    names = replace(settings.names, allowed=tuple(dict.fromkeys(allowed)))
    progress.start("finding names", None)
    return detect(document.article, document.sentences, witnesses, knowledge(), settings=names, progress=progress)


def witnesses_for(
    document: Document,
    *,
    source: str | None,
    others: Sequence[str],
    source_lang: str | None = None,
    settings: Settings,
    progress: Progress = SILENT,
) -> list[Witness]:
    """Read and align what an article is held against, without re-translation: what the names commands need."""
    witnesses = []
    if source is not None:
        witnesses.append(_witness("source", load(source, lang=source_lang), document, settings, progress))
    witnesses += [_witness("other", load(other), document, settings, progress) for other in others]
    return witnesses


def _witness(
    role: Literal["source", "other"],
    witness: Document,
    document: Document,
    settings: Settings,
    progress: Progress,
    bridge: Sequence[str] | None = None,
) -> Witness:
    _refuse_same_text(document, witness)
    alignment = align_documents(witness, document, bridge=bridge, settings=settings, progress=progress)
    return Witness(role, witness.article, witness.sentences, alignment)


def _encoder(name: str) -> Encoder:
    from alignment.encoders import get

    return get(name)


def knowledge() -> Knowledge:
    """The bundled knowledge base with the user's own names over it (`eval.names.house`); read again when they change.

    Raises:
        FormatError: a broken line in the user's own names, with file and number.
        StoreError: a damaged catalogue.
    """
    from eval.names.house import catalogues, name_files

    stats = [(file, file.stat()) for file in (*catalogues(), *name_files())]
    return _layers(tuple((str(file.absolute()), stat.st_mtime_ns, stat.st_size, str(file)) for file, stat in stats))


@lru_cache(maxsize=2)
def _layers(files: tuple[tuple[str, int, int, str], ...]) -> Knowledge:
    from eval.names.knowledge import Knowledge

    return Knowledge.open(*(file for *_, file in files)) if files else Knowledge.bundled()


def align_documents(
    source: Document,
    target: Document,
    *,
    settings: Settings,
    bridge: Sequence[str] | None = None,
    progress: Progress = SILENT,
) -> Alignment:
    """Align two documents; `bridge` holds the source's sentences translated, one for each."""
    from alignment.align import align

    progress.start("aligning", None)
    return align(
        source.sentences,
        target.sentences,
        source_lang=source.lang,
        target_lang=target.lang,
        bridge=bridge,
        settings=settings.alignment,
        progress=progress,
    )


def _refuse_same_text(document: Document, witness: Document) -> None:
    if document.article.text == witness.article.text:
        raise UsageError(
            "the article and what it should be held against are the same text",
            where=f"{document.article.path}, {witness.article.path}",
            cure="give the text that the article was translated from, or another translation of it",
        )


def _retranslation(
    document: Document,
    original: Document | None,
    wanted: Retranslate | None,
    settings: Settings,
    store: Store | None,
    progress: Progress,
) -> tuple[Translation | None, list[str]]:
    """The re-translation, or None and a line that says why not and what would help.

    Raises:
        ModelError: it was asked for by name (`forward`, `back`), and no model can make it.
    """
    if wanted == "no" or (wanted is None and original is None):
        return None, []
    if wanted == "forward" and original is None:
        raise UsageError("--retranslate forward needs --source", cure="give the source, or use --retranslate back")
    from corpora.clean import plain_text
    from mt.translate import translate_sentences

    if wanted == "back":
        begin, to = document, original.lang if original is not None else "en"
    else:
        assert original is not None
        begin, to = original, document.lang
    try:
        translation = translate_sentences(
            [plain_text(sentence.text) for sentence in begin.sentences],
            source_lang=begin.lang,
            target_lang=to,
            direction="back" if wanted == "back" else "forward",
            settings=settings.translation.for_scoring(),
            store=store,
            progress=progress,
        )
    except ModelError as error:
        if wanted is not None or settings.translation.model is not None:
            raise
        notice = f"No re-translation: {error}"
        progress.warn(notice)
        return None, [notice]
    return translation, []


@contextmanager
def vectors_kept(store: Store | None, settings: Settings) -> Iterator[None]:
    """Keep sentence vectors in the store, and take them from there, while the context lasts."""
    if store is None:
        yield
        return
    from alignment.encoders import get

    with get(settings.alignment.encoder).kept_in(store):
        yield


@contextmanager
def open_store(location: Path | None, progress: Progress = SILENT) -> Iterator[Store]:
    """The store of what is kept between runs."""
    from corpora.store import Store

    with Store(location, progress=progress) as store:
        yield store


def version() -> str:
    """The installed version, as files say it."""
    from importlib.metadata import version as installed

    return installed("muwazi")
