"""Files of names in, a user's own base out that holds them: as plain text where people edit it, else as a catalogue.

A glossary is the house's own word: it goes into `muwazi.names`, over the bundled base. Wikidata, and whatever has more
than ten thousand names, goes into `muwazi.catalogue`, on disk and below the bundled base: it is knowledge, not style.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, groupby, islice
from pathlib import Path
from typing import Final

from corpora.progress import SILENT, Progress
from eval.names import house
from eval.names.base.catalogue import add_to_catalogue
from eval.names.base.lexicon import is_listed
from eval.names.base.records import OnError, Stanza, collect, with_entities
from eval.names.base.sources import is_from_wikidata, read_stanzas
from eval.names.base.wikidata import Wanted
from eval.names.entity import Entity

OWN_MOST: Final = 10_000
_STEP: Final = 1000
_CASED: Final = ("en", "fr")


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did.

    Attributes:
        count: how many entities came.
        target: the file that holds them now.
        total: how many a catalogue holds now; None for a name file.
    """

    count: int
    target: Path
    total: int | None = None


def import_names(
    files: Sequence[Path],
    folder: Path,
    wanted: Wanted,
    *,
    catalogue: bool | None = None,
    limit: int | None = None,
    on_error: OnError | None = None,
    progress: Progress = SILENT,
) -> Imported:
    """Take files into the base of a folder; all or nothing.

    Args:
        catalogue: whether they go into the catalogue; None decides by what they are.
        limit: take no more than so many entities.
        on_error: called for each broken row, which is left out; without it the first one is raised.

    Raises:
        InputError, FormatError: a file that cannot be read, a broken row.
        OutputError, StoreError: the base cannot be written.
    """
    found: Iterator[tuple[str, Stanza]] = islice(_stanzas(files, wanted, on_error, progress), limit)
    if catalogue is None:
        catalogue = any(is_from_wikidata(file) for file in files)
    if not catalogue:
        first = list(islice(found, OWN_MOST + 1))
        if len(first) <= OWN_MOST:
            entities = list(_own(first, on_error))
            target = house.store(folder, entities) if entities else folder / house.NAMES_FILE
            return Imported(len(entities), target)
        found = chain(first, found)
    target = folder / house.CATALOGUE_FILE
    count, total = add_to_catalogue(target, _marked(_entities(found, on_error)), progress=progress)
    return Imported(count, target, total)


def _stanzas(
    files: Sequence[Path], wanted: Wanted, on_error: OnError | None, progress: Progress
) -> Iterator[tuple[str, Stanza]]:
    """Each stanza with the file that it comes from."""
    for file in files:
        progress.start(f"reading {file.name}", None)
        for number, stanza in enumerate(read_stanzas(file, wanted, on_error=on_error), start=1):
            yield str(file), stanza
            if number % _STEP == 0:
                progress.advance(_STEP)


def _own(stanzas: Iterable[tuple[str, Stanza]], on_error: OnError | None) -> Iterator[Entity]:
    for path, group in groupby(stanzas, key=lambda found: found[0]):
        yield from collect((stanza for _, stanza in group), path, on_error)


def _entities(stanzas: Iterable[tuple[str, Stanza]], on_error: OnError | None) -> Iterator[tuple[Entity, str | None]]:
    for path, group in groupby(stanzas, key=lambda found: found[0]):
        for stanza, entity in with_entities((stanza for _, stanza in group), path, on_error):
            yield entity, stanza.origin


def _marked(entities: Iterable[tuple[Entity, str | None]]) -> Iterator[tuple[Entity, str | None]]:
    """Entities, those marked whose name is also an ordinary word: nobody looked at them one by one."""
    for entity, origin in entities:
        words = [form.text for form in entity.forms if " " not in form.text and form.text.isalpha()]
        ordinary = any(is_listed(word.lower(), lang) for word in words for lang in _CASED if word[0].isupper())
        yield (replace(entity, common_word=True) if ordinary else entity), origin
