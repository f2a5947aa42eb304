"""A direction, a hub id or a folder in; the checkpoint to use out – or one line that says what is missing and the cure.

The table names the default model of each direction. Ids, sizes and licences come from the models' documentation and
are unverified: no hub was reached where this was written. `models check` looks at what is really there. No revision is
written down here: the commit is read from the hub's cache once a model was pulled, and recorded with every result.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from glob import escape
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path
from typing import Final, Literal, get_args

from corpora.errors import ModelError
from corpora.language import info, name_of, parse
from corpora.progress import SILENT, Progress
from corpora.store import cache_dir
from mt.checkpoint import CONVERSION, PICKLE, Checkpoint, Family, inspect
from mt.settings import Precision

DEMO: Final = "demo"
PIVOT: Final = "en"
PRECISIONS: Final[tuple[str, ...]] = get_args(Precision)
TORCH_CURE: Final = "pip install 'muwazi[models]'"
_WANTED: Final = ("*.json", "*.spm", "sentencepiece.bpe.model", "vocab.txt")


@dataclass(frozen=True, slots=True)
class Listed:
    """A model of the table.

    Attributes:
        sources, targets: BCP-47 codes; empty for "whatever NLLB covers".
        size: `large` models are the default, `small` ones what `--fast` picks, `wide` what is left for other languages.
        megabytes: of the download, about; unverified.
    """

    id: str
    family: Family
    sources: tuple[str, ...]
    targets: tuple[str, ...]
    size: Literal["large", "small", "wide"]
    licence: str
    megabytes: int

    def covers(self, source_lang: str, target_lang: str) -> bool:
        """Whether the model translates in this direction."""
        if self.size == "wide":
            return bool(info(source_lang).nllb and info(target_lang).nllb)
        return source_lang in self.sources and target_lang in self.targets

    @property
    def remark(self) -> str | None:
        """What the user must know before using it."""
        return "licence CC-BY-NC-4.0: not for commercial use" if "NC" in self.licence else None


def _opus(name: str, sources: str, targets: str, size: Literal["large", "small"], megabytes: int) -> Listed:
    licence = "CC-BY-4.0" if size == "large" else "Apache-2.0"
    return Listed(
        f"Helsinki-NLP/{name}", "marian", tuple(sources.split()), tuple(targets.split()), size, licence, megabytes
    )


TABLE: Final[tuple[Listed, ...]] = (
    _opus("opus-mt-tc-big-ar-en", "ar", "en", "large", 480),
    _opus("opus-mt-tc-big-en-ar", "en", "ar", "large", 480),
    _opus("opus-mt-tc-big-fr-en", "fr", "en", "large", 480),
    _opus("opus-mt-tc-big-en-fr", "en", "fr", "large", 480),
    _opus("opus-mt-tc-big-itc-ar", "fr es it pt ro ca", "ar", "large", 480),
    _opus("opus-mt-ar-en", "ar", "en", "small", 310),
    _opus("opus-mt-en-ar", "en", "ar", "small", 310),
    _opus("opus-mt-fr-en", "fr", "en", "small", 310),
    _opus("opus-mt-en-fr", "en", "fr", "small", 310),
    _opus("opus-mt-ar-fr", "ar", "fr", "small", 310),
    _opus("opus-mt-fr-ar", "fr", "ar", "small", 310),
    _opus("opus-mt-zh-en", "zh-Hans zh-Hant", "en", "small", 310),
    Listed("facebook/nllb-200-distilled-600M", "nllb", (), (), "wide", "CC-BY-NC-4.0", 2460),
    Listed("facebook/nllb-200-distilled-1.3B", "nllb", (), (), "wide", "CC-BY-NC-4.0", 5480),
)


@dataclass(frozen=True, slots=True)
class Leg:
    """One step of a translation: a direction, and the model that goes it."""

    source_lang: str
    target_lang: str
    model: str


@dataclass(frozen=True, slots=True)
class Availability:
    """Whether a direction can be translated here and now, without network.

    Attributes:
        legs: one step, or two through English; empty where it cannot be done.
        notice: why not, and the cure; or what the user must know about the model that was chosen.
    """

    legs: tuple[Leg, ...]
    notice: str | None

    @property
    def ready(self) -> bool:
        """Whether there is a way."""
        return bool(self.legs)


def candidates(source_lang: str, target_lang: str, *, fast: bool = False) -> list[Listed]:
    """The table's models for a direction, the preferred one first."""
    order = {"small": 0 if fast else 1, "large": 1 if fast else 0, "wide": 2}
    return sorted((row for row in TABLE if row.covers(source_lang, target_lang)), key=lambda row: order[row.size])


def default_model(source_lang: str, target_lang: str, *, fast: bool = False) -> Listed | None:
    """The model that a direction is translated with when nobody says otherwise."""
    return next(iter(candidates(source_lang, target_lang, fast=fast)), None)


def available(
    source_lang: str, target_lang: str, *, model: str | None = None, fast: bool = False, cache: Path | None = None
) -> Availability:
    """Say quickly, and without network, whether a direction can be translated and with what.

    Raises:
        ModelError: the model that was asked for by name is broken.
    """
    source_lang, target_lang = parse(source_lang), parse(target_lang)
    if model is not None:
        if locate(model, cache=cache) is None:
            return Availability((), _missing(model))
        return Availability((Leg(source_lang, target_lang, model),), None)
    direct = _present(source_lang, target_lang, fast, cache)
    if direct is not None and direct.size != "wide":
        return Availability((Leg(source_lang, target_lang, direct.id),), None)
    if PIVOT not in (source_lang, target_lang):
        first = _present(source_lang, PIVOT, fast, cache, wide=False)
        second = _present(PIVOT, target_lang, fast, cache, wide=False)
        if first is not None and second is not None:
            return Availability((Leg(source_lang, PIVOT, first.id), Leg(PIVOT, target_lang, second.id)), None)
    if direct is not None:
        return Availability((Leg(source_lang, target_lang, direct.id),), f"{direct.id}: {direct.remark}")
    wanted = default_model(source_lang, target_lang, fast=fast)
    if wanted is None:
        return Availability(
            (), f"no model is known for {name_of(source_lang)} to {name_of(target_lang)} – name one with --model"
        )
    return Availability(
        (), _missing(wanted.id, f"no translation model for {name_of(source_lang)} to {name_of(target_lang)} is here")
    )


def resolve(model: str, *, cache: Path | None = None) -> Checkpoint:
    """The checkpoint of a hub id in the cache, of a local folder, or of `demo`, looked through; never the network.

    Raises:
        ModelError: it is not here, or it is broken.
    """
    found = locate(model, cache=cache)
    if found is None:
        raise ModelError(_missing(model))
    return found


def locate(model: str, *, cache: Path | None = None) -> Checkpoint | None:
    """As `resolve`, but None where nothing of the model is on this machine.

    Raises:
        ModelError: it is here, but broken.
    """
    if model == DEMO:
        folder = _demo_folder()
        return inspect(folder, name=DEMO) if folder is not None else None
    path = Path(model).expanduser()
    if path.is_dir() or not _is_hub_id(model):
        return inspect(path, name=model)
    snapshot = _snapshot(model)
    if snapshot is not None:
        return inspect(snapshot, name=model)
    converted = sorted(conversions(cache).glob(f"{escape(folder_name(model))}@*"))
    return inspect(converted[-1], name=model) if converted else None


def pull(model: str, *, progress: Progress = SILENT) -> Checkpoint:
    """Download a model into the hub's cache: safetensors where there are any, else the pickle.

    Raises:
        ModelError: no such id, or no hub is reached.
    """
    if not _is_hub_id(model):
        raise ModelError("not a hub id", where=model, cure="give owner/name")
    from huggingface_hub import HfApi, snapshot_download
    from huggingface_hub.errors import HFValidationError

    progress.start(f"pulling {model}", None)
    try:
        names = HfApi().list_repo_files(model)
        weights = "*.safetensors" if any(name.endswith(".safetensors") for name in names) else PICKLE
        folder = Path(snapshot_download(model, allow_patterns=[*_WANTED, weights]))
    except (OSError, ValueError, HFValidationError) as error:  # the hub's errors are OSErrors or ValueErrors
        raise ModelError(
            f"the hub does not give it ({type(error).__name__}: {_first_line(error)})", where=model, cure=_cures(model)
        ) from error
    checkpoint = inspect(folder, name=model)
    if checkpoint.pickled:
        progress.warn(f"{model} has no safetensors; its {PICKLE} is opened with weights_only=True")
    return checkpoint


def conversions(cache: Path | None = None) -> Path:
    """Where converted models are kept."""
    return cache_dir(cache) / "models"


def conversion_folder(checkpoint: Checkpoint, precision: str, cache: Path | None = None) -> Path:
    """Where the conversion of a checkpoint is made: another revision or way of converting is another folder."""
    unnumbered = _first_conversion_folder(checkpoint, precision, cache)
    return unnumbered.with_name(f"{unnumbered.name}-{CONVERSION}")


def conversion_here(checkpoint: Checkpoint, precision: str, cache: Path | None = None) -> Path | None:
    """The folder of a conversion that can be used: made as now, or by an earlier version where none can be made."""
    folder = conversion_folder(checkpoint, precision, cache)
    if folder.is_dir():
        return folder
    earlier = _first_conversion_folder(checkpoint, precision, cache)
    return earlier if earlier.is_dir() and not has_torch() else None


def _first_conversion_folder(checkpoint: Checkpoint, precision: str, cache: Path | None) -> Path:
    """Where the first way of converting, which had no number, kept its conversions."""
    revision = checkpoint.revision.removeprefix("sha256:")[:12]
    return conversions(cache) / f"{folder_name(checkpoint.name)}@{revision}-{precision}"


def folder_name(model: str) -> str:
    """A hub id or path as the name of a folder."""
    return "--".join(model.split("/")) if _is_hub_id(model) else Path(model).expanduser().resolve().name or "model"


def has_torch() -> bool:
    """Whether what converts models is installed; found without importing it."""
    return find_spec("torch") is not None and find_spec("transformers") is not None


def _present(source_lang: str, target_lang: str, fast: bool, cache: Path | None, *, wide: bool = True) -> Listed | None:
    for row in candidates(source_lang, target_lang, fast=fast):
        if (wide or row.size != "wide") and _usable(row.id, cache):
            return row
    return None


def _usable(model: str, cache: Path | None) -> bool:
    """Whether a model of the table is here, whole, and can be run: converted already, or with torch installed."""
    try:
        checkpoint = locate(model, cache=cache)
    except ModelError:
        return False
    if checkpoint is None:
        return False
    return checkpoint.form == "ctranslate2" or has_torch() or _converted(checkpoint, cache)


def _converted(checkpoint: Checkpoint, cache: Path | None) -> bool:
    return any(conversion_here(checkpoint, precision, cache) is not None for precision in PRECISIONS)


def _snapshot(model: str) -> Path | None:
    from huggingface_hub import try_to_load_from_cache

    config = try_to_load_from_cache(model, "config.json")
    return Path(config).parent if isinstance(config, str) else None


def _is_hub_id(model: str) -> bool:
    parts = model.split("/")
    return len(parts) == 2 and all(parts) and parts[0] not in (".", "..", "~") and not model.startswith("/")


@lru_cache(maxsize=1)
def _demo_folder() -> Path | None:
    folder = Path(str(files("mt"))) / "demo_model" / "int8"
    return folder if (folder / "model.bin").is_file() else None


def _missing(model: str, what: str | None = None) -> str:
    if model == DEMO:
        return "the demo model is not part of this installation – install muwazi from a wheel or a full clone"
    return f"{what or f'{model} is not on this machine'} – {_cures(model)}"


def _cures(model: str) -> str:
    demo = ", or --model demo to see how it works" if _demo_folder() is not None else ""
    return (
        f"`muwazi models pull {model}` where a hub is reached (or on another machine, and copy the folder here), "
        f"or --model PATH{demo}"
    )


def _first_line(error: Exception) -> str:
    return next(iter(str(error).strip().splitlines()), "no reason given")[:160]


def listed(model: str) -> Listed | None:
    """The table's row of a hub id."""
    return next((row for row in TABLE if row.id == model), None)


def remarks(legs: Sequence[Leg]) -> list[str]:
    """What the user must know about the models of a route, each once."""
    rows = (listed(leg.model) for leg in legs)
    return list(dict.fromkeys(f"{row.id}: {row.remark}" for row in rows if row is not None and row.remark))
