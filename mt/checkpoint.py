"""A model folder in; what it is, out: family, form, revision, vocabulary – or a ModelError that names what is wrong.

Two forms: `transformers` (as on the hub: config.json, weights, sentencepiece files) and `ctranslate2` (a converted
model with its sentencepiece files beside it). Two families: Marian (OPUS-MT) and NLLB. Nothing here runs a model,
imports torch, or reads a pickle: weights are judged by their outer structure.
"""

from __future__ import annotations

import hashlib
import json
import pickle
import struct
import zipfile
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Final, Literal

from corpora.errors import ModelError

Family = Literal["marian", "nllb"]
Form = Literal["transformers", "ctranslate2"]
Side = Literal["source", "target"]

CARD: Final = "muwazi.json"  # what our own conversions and training write beside the weights
CONVERSION: Final = 2  # raised when what a conversion holds changes: 2 parts Marian's vocabulary by its two sides
SAFETENSORS: Final = "model.safetensors"
SAFETENSORS_INDEX: Final = "model.safetensors.index.json"
PICKLE: Final = "pytorch_model.bin"
NLLB_PIECES: Final = "sentencepiece.bpe.model"
# What transformers, torch, sentencepiece and CTranslate2 raise on weights and files that are not what they should be.
LOADING_ERRORS: Final = (
    OSError,
    RuntimeError,
    ValueError,
    KeyError,
    AttributeError,
    TypeError,
    EOFError,
    pickle.UnpicklingError,
)
_FAMILIES: Final[dict[str, Family]] = {"marian": "marian", "m2m_100": "nllb"}
_TEXT_FILES: Final[dict[Family, tuple[str, ...]]] = {
    "marian": ("source.spm", "target.spm"),
    "nllb": (NLLB_PIECES,),
}


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A model folder that was looked through and found whole.

    Attributes:
        name: hub id, or the folder as the user gave it.
        revision: hub commit, or `sha256:` and 16 digits over the weights and sentencepiece files.
        weights: the weight files, in order.
    """

    name: str
    folder: Path
    family: Family
    form: Form
    revision: str
    weights: tuple[Path, ...]

    @property
    def pickled(self) -> bool:
        """Whether the weights are a pickle, which is opened with `weights_only=True` alone."""
        return self.form == "transformers" and self.weights[0].suffix == ".bin"


def inspect(folder: Path, *, name: str | None = None, revision: str | None = None) -> Checkpoint:
    """Look through a model folder.

    Raises:
        ModelError: no model folder, a family that is not supported, a missing file, truncated weights.
    """
    name = name or str(folder)
    if not folder.is_dir():
        raise ModelError("no such model folder", where=name, cure="give a folder, or a hub id such as owner/name")
    config = read_json(folder / "config.json", name)
    form: Form = "transformers" if "model_type" in config else "ctranslate2"
    family = _family(folder, config, form, name)
    weights = _converted_weights(folder, name) if form == "ctranslate2" else _hub_weights(folder, name)
    _require(folder, name, *_TEXT_FILES[family], *_vocabulary_files(folder, family, form))
    if revision is None:
        revision = _revision(folder, weights, family)
    return Checkpoint(name, folder, family, form, revision, weights)


def read_json(path: Path, name: str) -> dict[str, Any]:
    """A JSON object from a model folder.

    Raises:
        ModelError: it is missing or not a JSON object.
    """
    _require(path.parent, name, path.name)
    try:
        value = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ModelError(f"{path.name} cannot be read ({error})", where=name, cure="pull the model again") from error
    if not isinstance(value, dict):
        raise ModelError(f"{path.name} is not a JSON object", where=name, cure="pull the model again")
    return value


def loading_error(what: str, checkpoint: Checkpoint, error: Exception) -> ModelError:
    """One line for a checkpoint that a library cannot load."""
    if isinstance(error, pickle.UnpicklingError):
        return ModelError(
            f"{checkpoint.weights[0].name} holds more than weights and is not opened",
            where=checkpoint.name,
            cure="use a checkpoint with safetensors",
        )
    reason = next(iter(str(error).strip().splitlines()), "no reason given")
    return ModelError(f"{what} ({type(error).__name__}: {reason})", where=checkpoint.name, cure="pull the model again")


def vocabulary(checkpoint: Checkpoint, side: Side = "source") -> dict[str, int]:
    """Piece → id, as the model counts; a converted one can read other pieces than it writes."""
    return _vocabulary(checkpoint.folder, checkpoint.family, checkpoint.form, checkpoint.name, side)


def _family(folder: Path, config: dict[str, Any], form: Form, name: str) -> Family:
    if form == "ctranslate2":
        return "nllb" if (folder / NLLB_PIECES).is_file() else "marian"
    kind = str(config["model_type"])
    if kind not in _FAMILIES:
        raise ModelError(
            f"models of type {kind} are not supported", where=name, cure="use a Marian (OPUS-MT) or an NLLB checkpoint"
        )
    return _FAMILIES[kind]


def _require(folder: Path, name: str, *files: str) -> None:
    for file in files:
        if not (folder / file).is_file():
            raise ModelError(f"{file} is missing", where=name, cure="pull the model again, or give a whole folder")


def _vocabulary_files(folder: Path, family: Family, form: Form) -> tuple[str, ...]:
    if form == "transformers":
        return ("vocab.json",) if family == "marian" else ("tokenizer.json",)
    for suffix in (".json", ".txt"):
        if (folder / f"target_vocabulary{suffix}").is_file():
            return (f"source_vocabulary{suffix}", f"target_vocabulary{suffix}")
        if (folder / f"shared_vocabulary{suffix}").is_file():
            return (f"shared_vocabulary{suffix}",)
    return ("shared_vocabulary.json",)


def _hub_weights(folder: Path, name: str) -> tuple[Path, ...]:
    if (folder / SAFETENSORS).is_file():
        shards = [folder / SAFETENSORS]
    elif (folder / SAFETENSORS_INDEX).is_file():
        shards = _shards(folder, name)
    elif (folder / PICKLE).is_file():
        _check_pickle(folder / PICKLE, name)
        return (folder / PICKLE,)
    else:
        raise ModelError(
            f"weights are missing (neither {SAFETENSORS} nor {PICKLE})", where=name, cure="pull the model again"
        )
    for shard in shards:
        _check_safetensors(shard, name)
    return tuple(shards)


def _shards(folder: Path, name: str) -> list[Path]:
    files = sorted(set(read_json(folder / SAFETENSORS_INDEX, name).get("weight_map", {}).values()))
    for file in files:
        if not isinstance(file, str) or Path(file).name != file:
            raise ModelError(f"{SAFETENSORS_INDEX} names a file outside the folder", where=name)
    _require(folder, name, *files)
    return [folder / file for file in files]


def _check_safetensors(path: Path, name: str) -> None:
    """The header says how long the file must be: a broken download is seen without reading the weights."""
    size = path.stat().st_size
    with path.open("rb") as file:
        start = file.read(8)
        _refuse_pointer(start, path, name)
        length = struct.unpack("<Q", start)[0] if len(start) == 8 else 0
        header = file.read(length) if 0 < length < min(size, 100_000_000) else b""
    try:
        tensors = json.loads(header)
        end = max(entry["data_offsets"][1] for key, entry in tensors.items() if key != "__metadata__")
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ModelError(
            f"{path.name} is not a safetensors file, or is truncated", where=name, cure="pull the model again"
        ) from error
    if size != 8 + length + end:
        raise ModelError(
            f"{path.name} is truncated ({size} bytes of {8 + length + end})", where=name, cure="pull the model again"
        )


def _check_pickle(path: Path, name: str) -> None:
    with path.open("rb") as file:
        start = file.read(8)
    _refuse_pointer(start, path, name)
    # torch writes zip archives; before 2020 it wrote a bare pickle (b"\x80"), whose end nothing tells.
    if start[:2] == b"PK" and zipfile.is_zipfile(path):
        return
    if start[:1] != b"\x80":
        raise ModelError(f"{path.name} is truncated or no torch file", where=name, cure="pull the model again")


def _refuse_pointer(start: bytes, path: Path, name: str) -> None:
    if start == b"version ":
        raise ModelError(f"{path.name} is a Git LFS pointer, not the weights", where=name, cure="run `git lfs pull`")


def _converted_weights(folder: Path, name: str) -> tuple[Path, ...]:
    _require(folder, name, "model.bin")
    weights = folder / "model.bin"
    expected = _card(folder).get("bytes")
    size = weights.stat().st_size
    if size < 1024 or (expected is not None and size != expected):
        raise ModelError(f"model.bin is truncated ({size} bytes)", where=name, cure="convert the model again")
    return (weights,)


def _card(folder: Path) -> dict[str, Any]:
    path = folder / CARD
    return read_json(path, str(folder)) if path.is_file() else {}


def conversion_format(folder: Path) -> int:
    """The way of converting that a conversion was made in; before they were counted it was the first."""
    return int(_card(folder).get("format", 1))


def _revision(folder: Path, weights: tuple[Path, ...], family: Family) -> str:
    if recorded := _card(folder).get("revision"):
        return str(recorded)
    # The hub's cache: models--owner--name/snapshots/<commit>/
    if folder.parent.name == "snapshots" and len(folder.name) == 40:
        return folder.name
    files = (*weights, *(folder / file for file in _TEXT_FILES[family]))
    stamps = tuple((str(path), path.stat().st_size, path.stat().st_mtime_ns) for path in files)
    return f"sha256:{_digest(stamps)[:16]}"


@lru_cache(maxsize=32)
def _digest(files: tuple[tuple[str, int, int], ...]) -> str:
    """Hash of the files' contents; sizes and times are there so that a changed file is hashed anew."""
    digest = hashlib.sha256()
    for path, _, _ in files:
        with Path(path).open("rb") as file:
            digest.update(hashlib.file_digest(file, "sha256").digest())
    return digest.hexdigest()


def _listed(path: Path, name: str) -> list[str]:
    try:
        pieces = path.read_text(encoding="utf-8")
        listed = json.loads(pieces) if path.suffix == ".json" else pieces.split("\n")
    except (OSError, ValueError) as error:
        raise ModelError(f"{path.name} cannot be read ({error})", where=name, cure="convert the model again") from error
    if not isinstance(listed, list):
        raise ModelError(f"{path.name} is not a list of pieces", where=name, cure="convert the model again")
    return [str(piece) for piece in listed]


@cache
def _vocabulary(folder: Path, family: Family, form: Form, name: str, side: Side) -> dict[str, int]:
    files = _vocabulary_files(folder, family, form)
    path = folder / (files[0] if side == "source" else files[-1])
    if form == "ctranslate2":
        return {piece: index for index, piece in enumerate(_listed(path, name))}
    content = read_json(path, name)
    if family == "marian":
        return {str(piece): int(index) for piece, index in content.items()}
    model = content.get("model", {}).get("vocab", {})
    listed = model.items() if isinstance(model, dict) else ((row[0], index) for index, row in enumerate(model))
    found = {str(piece): int(index) for piece, index in listed}
    found.update({str(token["content"]): int(token["id"]) for token in content.get("added_tokens", [])})
    return found
