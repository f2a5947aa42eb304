"""A transformers checkpoint in, its CTranslate2 conversion out, kept in the cache by revision and precision."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any, Final

from corpora.errors import ModelError
from corpora.progress import SILENT, Progress
from corpora.store import folder_made_whole
from mt.checkpoint import CARD, CONVERSION, LOADING_ERRORS, NLLB_PIECES, Checkpoint, inspect, loading_error
from mt.models import TORCH_CURE, conversion_folder, conversion_here, has_torch
from mt.settings import Precision

# What is not int8 stays float32: a checkpoint's float16 would be turned back at every start, with a warning.
_QUANTIZATION: Final[dict[Precision, str]] = {"int8": "int8_float32", "float32": "float32"}
_SPECIAL: Final = frozenset({"</s>", "<unk>"})
# A vocabulary that has fewer of the target model's pieces belongs to another one, and is left whole.
_LEAST_OF_TARGET: Final = 0.5
_MOST_OF_ALL: Final = 0.8  # what saves less is not worth a matrix of its own
_COPIED = ("source.spm", "target.spm", NLLB_PIECES, "tokenizer_config.json")


def converted(checkpoint: Checkpoint, precision: Precision, cache: Path | None = None) -> Checkpoint | None:
    """The conversion that is here already, or None.

    Raises:
        ModelError: it is here, but broken.
    """
    if checkpoint.form == "ctranslate2":
        return checkpoint
    folder = conversion_here(checkpoint, precision, cache)
    return inspect(folder, name=checkpoint.name) if folder is not None else None


def convert(
    checkpoint: Checkpoint, precision: Precision = "int8", *, cache: Path | None = None, progress: Progress = SILENT
) -> Checkpoint:
    """The conversion of a checkpoint, made now if it was not before. Takes about twice the model's size of memory.

    Raises:
        ModelError: torch is not installed, or the weights cannot be converted.
        StoreError: the cache cannot be written.
    """
    done = converted(checkpoint, precision, cache)
    if done is not None:
        return done
    progress.start(f"converting {checkpoint.name} to {precision}", None)
    if checkpoint.pickled:
        progress.warn(f"{checkpoint.name}: {checkpoint.weights[0].name} is opened with weights_only=True")
    target = conversion_folder(checkpoint, precision, cache)
    write_conversion(checkpoint, target, precision)
    return inspect(target, name=checkpoint.name)


def write_conversion(checkpoint: Checkpoint, target: Path, precision: Precision = "int8") -> None:
    """Convert into a folder of the caller's choice; a killed run leaves none. What is converted is copied.

    Raises:
        ModelError: torch is not installed, or the weights cannot be converted.
        StoreError: the folder cannot be written.
    """
    if checkpoint.form == "ctranslate2":
        with folder_made_whole(target) as scratch:
            shutil.copytree(checkpoint.folder, scratch, dirs_exist_ok=True)
        return
    if not has_torch():
        raise ModelError(
            "the model must be converted first, and torch and transformers are not installed",
            where=checkpoint.name,
            cure=f"{TORCH_CURE}, or `muwazi models convert` on another machine and --model PATH",
        )
    with folder_made_whole(target) as scratch:
        _run_converter(checkpoint, scratch, precision)
        for name in _COPIED:
            if (checkpoint.folder / name).is_file():
                shutil.copyfile(checkpoint.folder / name, scratch / name)
        card = {
            "model": checkpoint.name,
            "revision": checkpoint.revision,
            "precision": precision,
            "format": CONVERSION,
            "bytes": (scratch / "model.bin").stat().st_size,
        }
        (scratch / CARD).write_text(json.dumps(card, indent=2) + "\n", encoding="utf-8")


def _run_converter(checkpoint: Checkpoint, scratch: Path, precision: Precision) -> None:
    try:
        import torch  # noqa: F401
        import transformers  # noqa: F401
        from ctranslate2.converters import TransformersConverter
    except (ImportError, OSError) as error:  # they are here, as `has_torch` saw, but cannot be started
        raise ModelError(
            f"the model must be converted first, and torch or transformers cannot be imported ({error})",
            where=checkpoint.name,
            cure=TORCH_CURE,
        ) from error

    from mt.engines.transformers import quiet

    class Converter(TransformersConverter):  # type: ignore[misc]  # the package has no types
        def _load(self) -> Any:
            spec = super()._load()
            if checkpoint.family == "marian":
                _part_vocabularies(spec, *(_listed(checkpoint.folder / file) for file in ("source.spm", "target.spm")))
            return spec

    try:
        with quiet():  # also from the tokenizer, which recommends sacremoses
            converter = Converter(str(checkpoint.folder), trust_remote_code=False)
            converter.convert(str(scratch), quantization=_QUANTIZATION[precision], force=True)
    except LOADING_ERRORS as error:
        raise loading_error("the conversion fails", checkpoint, error) from error


def _listed(path: Path) -> set[str]:
    """The pieces that a sentencepiece model cuts texts into."""
    from sentencepiece import SentencePieceProcessor

    processor = SentencePieceProcessor(model_file=str(path))
    return {processor.id_to_piece(index) for index in range(processor.get_piece_size())}


def _part_vocabularies(spec: Any, source: set[str], target: set[str]) -> None:
    """Leave each side of a Marian the pieces that it can meet.

    OPUS-MT's vocabulary is that of two sentencepiece models in one. No training target was cut into pieces that the
    target's lacks, so the model never says them, but computes a score for each of them at every step: nearly half of
    what is multiplied with the vocabulary. Language tokens (`>>ara<<`) are in neither and are read only.
    """
    (pieces,) = spec._vocabularies["target"]
    said = [index for index, piece in enumerate(pieces) if piece in target or piece in _SPECIAL]
    read = [index for index, piece in enumerate(pieces) if piece in source or piece not in target or piece in _SPECIAL]
    if len(said) > _MOST_OF_ALL * len(pieces) or len(said) < _LEAST_OF_TARGET * len(target):
        return
    spec.encoder.embeddings[0].weight = spec.encoder.embeddings[0].weight[read]
    spec.decoder.embeddings.weight = spec.decoder.embeddings.weight[said]
    projection = spec.decoder.projection
    projection.weight = projection.weight[said]
    if projection.has_bias():
        projection.bias = projection.bias[said]
    spec._vocabularies = {"source": [[pieces[index] for index in read]], "target": [[pieces[index] for index in said]]}
