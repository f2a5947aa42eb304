"""Folders in, the user's own names out: their knowledge base and house style, and what they called right.

Two files, both plain text, in two places: `muwazi.names` (entities, as `eval.names.base.records` writes them) and
`muwazi.allow` (surfaces that are never a finding), and beside them `muwazi.catalogue`, names by the million
(`eval.names.base.catalogue`): for the project in the working directory, beside `muwazi.toml`, and
for the user in `$XDG_CONFIG_HOME/muwazi` (else `~/.config/muwazi`). The user's lie over the bundled base, the
project's over the user's. The plain files belong under version control: a newsroom shares them as it shares code.

A line of `muwazi.allow` is a surface, exactly as a finding shows it, and behind a tab the article that it is right in,
as a path from the file's own folder; without one it is right in every article. A name that was left out is allowed by
its surface in the source. `#` begins a comment line.
"""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from corpora.errors import FormatError, InputError, UsageError
from corpora.files import read_bytes, write_atomic
from eval.names.base import records
from eval.names.base.catalogue import SUFFIX, Catalogue
from eval.names.base.layers import layered
from eval.names.base.sources import read_entities
from eval.names.entity import Entity
from eval.names.knowledge import in_terms_of

NAMES_FILE = "muwazi.names"
ALLOW_FILE = "muwazi.allow"
# What a repaired file has before its suffix, unless the user names it otherwise.
REPAIRED = ".fixed"
CATALOGUE_FILE = f"muwazi{SUFFIX}"


@dataclass(frozen=True, slots=True)
class Allowance:
    """A surface that the user called right.

    Attributes:
        article: the only article it is right in, as a path from the folder of the file that says so; None for all.
    """

    surface: str
    article: str | None = None


def project_folder() -> Path:
    """Where the project's own names are: the working directory."""
    return Path()


def user_folder() -> Path:
    """Where the user's own names are, whatever the project: `$XDG_CONFIG_HOME/muwazi`, else `~/.config/muwazi`."""
    base = os.environ.get("XDG_CONFIG_HOME", "")
    # The XDG specification: a relative path is invalid and ignored.
    return (Path(base) if base and Path(base).is_absolute() else Path.home() / ".config") / "muwazi"


def folders() -> tuple[Path, Path]:
    """The user's folder and the project's: what comes later lies on top."""
    return user_folder(), project_folder()


def name_files() -> list[Path]:
    """The files of own names that exist, in the order in which they lie on the bundled base."""
    return [file for folder in folders() if (file := folder / NAMES_FILE).is_file()]


def catalogues() -> list[Path]:
    """The catalogues of imported names that exist, the one that lies on top last; all lie below the bundled base."""
    return [file for folder in folders() if (file := folder / CATALOGUE_FILE).is_file()]


def content() -> str:
    """A hash of all own names, empty where there are none.

    Raises:
        StoreError: a damaged catalogue.
    """
    parts = [file.read_bytes() for file in name_files()]
    parts += [Catalogue(file).version.encode() for file in catalogues()]
    return sha256(b"\0".join(parts)).hexdigest() if parts else ""


def own_entities() -> list[Entity]:
    """The user's own entries, the project's over the user's, in file order.

    Raises:
        FormatError: a broken line, with file and number.
    """
    merged: dict[str, Entity] = {}
    for file in name_files():
        for entity in read_entities(file):
            known = merged.get(entity.id)
            merged[entity.id] = _over(known, entity)
    return list(merged.values())


def store(folder: Path, entities: Iterable[Entity]) -> Path:
    """Put entries into a folder's own names, over those that are there; the rest of the file stays as it is written.

    Raises:
        FormatError: the file is broken; it is left alone.
        OutputError: it cannot be written.
    """
    file = folder / NAMES_FILE
    text = _text(file)
    known = {entity.id: entity for entity in records.parse(text, path=str(file))}
    added: dict[str, Entity] = {}
    for entity in entities:
        added[entity.id] = _over(added.get(entity.id) or known.get(entity.id), entity)
    folder.mkdir(parents=True, exist_ok=True)
    write_atomic(file, _with_entries(text, added))
    return file


def _over(known: Entity | None, added: Entity) -> Entity:
    return layered(known, in_terms_of(known, added)) if known else added


def _with_entries(text: str, added: dict[str, Entity]) -> str:
    """The name file with entries replaced where they stand, and new ones at its end."""
    lines: list[str] = []
    waiting = dict(added)
    kind = ""
    for block in _blocks(text):
        if block[0].startswith("type:"):
            kind = block[0]
        elif block[0] and not block[0].lstrip().startswith("#"):
            (entity,) = records.parse("\n".join([kind, *block]), path=NAMES_FILE)
            if entity.id in waiting:
                block = _entry(waiting.pop(entity.id), kind)
        lines += block
    while lines and not lines[-1].strip():
        lines.pop()
    text = "".join(f"{line}\n" for line in lines)
    return text + ("\n" if text and waiting else "") + records.render(waiting.values())


def _blocks(text: str) -> list[list[str]]:
    """The file's lines: each entity with the lines that speak of it, every other line alone."""
    blocks: list[list[str]] = []
    entity: int | None = None
    for line in map(str.rstrip, text.split("\n")):
        silent = not line or line.lstrip().startswith("#")
        if entity is not None and not silent and line[0].isspace():
            blocks[entity:] = [[*(old for block in blocks[entity:] for old in block), line]]
            continue
        blocks.append([line])
        if not silent:
            entity = None if line.startswith("type:") else len(blocks) - 1
    return blocks


def _entry(entity: Entity, kind: str) -> list[str]:
    """An entity's lines under a heading that may be of another type."""
    heading, _, *lines = records.render([entity]).rstrip("\n").split("\n")
    return lines if heading.split() == kind.split() else [*lines, f"  {heading}"]


def allowances(folder: Path) -> list[Allowance]:
    """What a folder's own file allows, in file order.

    Raises:
        FormatError: a line with an article and no surface.
    """
    file = folder / ALLOW_FILE
    allowed = []
    for number, line in enumerate(_text(file).split("\n"), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        surface, _, article = line.partition("\t")
        if not surface.strip():
            raise FormatError("no surface before the tab", where=f"{file}:{number}", cure="write SURFACE<tab>ARTICLE")
        allowed.append(Allowance(surface.strip(), article.strip() or None))
    return allowed


def allow(folder: Path, surface: str, article: str | Path | None = None) -> bool:
    """Write down that a surface is right, in one article or everywhere; False where the file says so already.

    Raises:
        UsageError: a surface that no line of the file can hold.
        OutputError: the file cannot be written.
    """
    surface = unicodedata.normalize("NFC", surface.strip())
    if not surface or surface.startswith("#") or not {"\t", "\r", "\n"}.isdisjoint(surface):
        raise UsageError(f"{surface!r} is no surface of a finding", cure="give the name as the finding shows it")
    place = None if article is None else Path(os.path.relpath(article, folder)).as_posix()
    known = allowances(folder)
    if Allowance(surface) in known or Allowance(surface, place) in known:
        return False
    folder.mkdir(parents=True, exist_ok=True)
    text = _text(folder / ALLOW_FILE)
    ended = text if not text or text.endswith("\n") else f"{text}\n"
    line = surface if place is None else f"{surface}\t{place}"
    write_atomic(folder / ALLOW_FILE, f"{ended}{line}\n")
    return True


def allowed_in(article: str) -> tuple[str, ...]:
    """Every surface that the project or the user called right for an article, given its path; sorted.

    What is right in `article.txt` is right in `article.fixed.txt`, which `muwazi names fix` made of it.
    """
    files = {os.path.realpath(path) for path in _of_one_article(article)}
    surfaces: set[str] = set()
    for folder in folders():
        for allowance in allowances(folder):
            if allowance.article is None or os.path.realpath(folder / allowance.article) in files:
                surfaces.update(unicodedata.normalize(form, allowance.surface) for form in ("NFC", "NFD"))
    return tuple(sorted(surfaces))


def _of_one_article(path: str) -> Iterator[str]:
    """A record and the file of it; a repaired file and the one that it was made of."""
    for name in (path, path.partition("#")[0]):
        yield name
        repaired = Path(name)
        if repaired.stem.endswith(REPAIRED):
            yield str(repaired.with_name(repaired.stem.removesuffix(REPAIRED) + repaired.suffix))


def _text(file: Path) -> str:
    if not file.is_file() or not file.stat().st_size:
        return ""
    try:
        return read_bytes(file).decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise InputError("this file is not UTF-8", where=str(file), cure="save it as UTF-8") from error
