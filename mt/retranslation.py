"""Which directions of a build can be translated anew, decided once; in any worker, a source's translation.

What was decided travels with each task: a worker that finds another model, or another conversion of it, refuses, so
that two machines never give two datasets.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from corpora.errors import ModelError
from corpora.progress import SILENT, Progress
from corpora.store import Store
from corpora.translation import Translation
from mt.settings import TranslationSettings

if TYPE_CHECKING:
    from mt.document import Document
    from mt.translate import Translator

Wanted = Literal["forward", "no"]
Direction = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Retranslation:
    """What translates the sources of one direction, the same in every worker.

    Attributes:
        scope: a hash of everything that decides how a sentence comes out.
        model, revision: as they stand in the dataset; a local folder by its name alone.
        cache: folder of converted models and remembered translations; None keeps nothing.
    """

    source_lang: str
    target_lang: str
    settings: TranslationSettings
    scope: str
    model: str
    revision: str
    cache: str | None


def plan_retranslation(
    directions: Iterable[Direction],
    settings: TranslationSettings,
    *,
    store: Store,
    wanted: Wanted | None = None,
    progress: Progress = SILENT,
) -> dict[Direction, Retranslation]:
    """What re-translates each direction; those without a model are missing, and one line says so.

    Args:
        settings: as for translations that people read; the beam is that of `for_scoring`.

    Raises:
        ModelError: it was asked for by name (`forward`, or a model), and cannot be done.
    """
    from mt.translate import Translator

    settings = settings.for_scoring()
    found: dict[Direction, Retranslation] = {}
    missing: dict[Direction, ModelError] = {}
    for source_lang, target_lang in sorted(set(directions)) if wanted != "no" else ():
        try:
            translator = Translator(source_lang, target_lang, settings=settings, store=store, progress=progress)
        except ModelError as error:
            if wanted is not None or settings.model is not None:
                raise
            missing[source_lang, target_lang] = error
            continue
        found[source_lang, target_lang] = Retranslation(
            source_lang,
            target_lang,
            settings,
            translator.scope,
            _shown(translator.model),
            translator.revision,
            str(store.location) if store.persistent else None,
        )
    if missing:
        named = ", ".join(f"{source} → {target}" for source, target in missing)
        progress.warn(f"No re-translation of {named}: {next(iter(missing.values()))}")
    return found


def _shown(model: str) -> str:
    """A hub id as it is; of a local folder its name, for where it lies says nothing to others."""
    return Path(model).resolve().name if Path(model).is_dir() else model


def record(planned: Iterable[Retranslation]) -> list[dict[str, object]]:
    """What the manifest says about it."""
    names = ("source_lang", "target_lang", "model", "revision")
    return [{name: asdict(one)[name] for name in names} for one in planned]


def retranslate(document: Document, name: str, retranslation: Retranslation) -> Translation:
    """The document's sentences, translated anew.

    Args:
        name: of the document, by its content: its translations are remembered for it alone.

    Raises:
        ModelError: the model is not here, or is another one than the build was planned with.
    """
    from corpora.clean import plain_text

    translator = _translator(retranslation)
    texts = [plain_text(sentence.text) for sentence in document.sentences]
    return translator.translate(texts, direction="forward", document=name)


@lru_cache(maxsize=4)
def _translator(retranslation: Retranslation) -> Translator:
    from mt.translate import Translator

    translator = Translator(
        retranslation.source_lang,
        retranslation.target_lang,
        settings=retranslation.settings,
        store=_store(retranslation.cache) if retranslation.cache is not None else None,
    )
    if translator.scope != retranslation.scope:
        raise ModelError(
            f"the model here ({translator.revision}) is not the one that the build was planned with",
            where=retranslation.model,
            cure="copy the same folder to every machine",
        )
    return translator


_stores: dict[str, Store] = {}


def _store(location: str) -> Store:
    if location not in _stores:
        _stores[location] = Store(Path(location))
    return _stores[location]


def unload() -> None:
    """Let go of the models, and of the stores that this process has opened for them."""
    _translator.cache_clear()
    while _stores:
        _stores.popitem()[1].close()
