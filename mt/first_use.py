"""A direction that is about to be translated in, a ModelError out if its models write garbage; asked once a revision.

`mt.health` judges; here it is decided what follows from it, and remembered, in `corpora.store`, what was well.
"""

from __future__ import annotations

import json
from typing import Final

from corpora.errors import ModelError
from corpora.language import name_of
from corpora.progress import SILENT, Progress
from corpora.store import Store, Table
from mt.health import PROBES, problems
from mt.models import DEMO, Leg, available, resolve
from mt.settings import DEFAULT, TranslationSettings

_TABLE: Final = Table("models_well", "key TEXT PRIMARY KEY")


def require_health(
    source_lang: str,
    target_lang: str,
    *,
    settings: TranslationSettings = DEFAULT,
    store: Store | None = None,
    progress: Progress = SILENT,
) -> None:
    """Refuse a direction in which most probe sentences come out wrong; one bad sentence happens to good models.

    The demo model is bundled and tested, and knows no sentences but its own: it is not asked.

    Raises:
        ModelError: no model, a broken one, or one that writes garbage.
    """
    cache = store.location if store is not None else None
    found = available(source_lang, target_lang, model=settings.model, fast=settings.fast, cache=cache)
    if not found.ready:
        raise ModelError(found.notice or f"no translation model for {name_of(source_lang)} to {name_of(target_lang)}")
    for leg in found.legs:
        if leg.model == DEMO:
            continue
        key = json.dumps([resolve(leg.model, cache=cache).revision, leg.source_lang, leg.target_lang])
        if not _is_known(store, key):
            _probe(leg, settings, store, progress)
            if store is not None:
                store.keep("INSERT OR REPLACE INTO models_well VALUES (?)", [(key,)])


def _probe(leg: Leg, settings: TranslationSettings, store: Store | None, progress: Progress) -> None:
    wrong = problems(leg.model, leg.source_lang, leg.target_lang, settings=settings, store=store, progress=progress)
    if 2 * len(wrong) > len(PROBES.get(leg.source_lang, ())):
        raise ModelError(
            f"fails the health check for {leg.source_lang} to {leg.target_lang}: {wrong[0]}"
            + (f", and {len(wrong) - 1} more" if wrong[1:] else ""),
            where=leg.model,
            cure="use another model, pull or convert it again, or --unchecked if this is as it should be",
        )


def _is_known(store: Store | None, key: str) -> bool:
    if store is None:
        return False
    store.register(_TABLE)
    return bool(store.read("SELECT 1 FROM models_well WHERE key = ?", (key,)))
