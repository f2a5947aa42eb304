"""A checkpoint and a direction in, the pieces that tell the model this direction out, or an error.

The libraries turn an unknown code into `<unk>` in silence and then translate into any language. So every code is
looked up in the checkpoint's own vocabulary first.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from corpora.errors import LanguageError, ModelError
from corpora.language import info, parse
from mt.checkpoint import Checkpoint, read_json, vocabulary

_MANY: Final = "mul"  # ISO 639-2: several languages


@dataclass(frozen=True, slots=True)
class LanguageTokens:
    """The pieces that tell a multilingual model its direction: before the source, and before the output."""

    source: tuple[str, ...] = ()
    target: tuple[str, ...] = ()


def language_tokens(checkpoint: Checkpoint, source_lang: str, target_lang: str) -> LanguageTokens:
    """The pieces that choose the direction, each checked against the checkpoint's own vocabulary.

    The libraries turn an unknown code into `<unk>` in silence and translate into any language; here it is an error.

    Raises:
        ModelError: the checkpoint does not have this direction.
    """
    if checkpoint.family == "nllb":
        return LanguageTokens((_nllb_code(checkpoint, source_lang),), (_nllb_code(checkpoint, target_lang),))
    declared = _declared(checkpoint)
    _compare(checkpoint, "source", declared.get("source_lang"), source_lang)
    codes = [piece for piece in vocabulary(checkpoint) if piece.startswith(">>") and piece.endswith("<<")]
    for code in _marian_codes(target_lang):
        if f">>{code}<<" in codes:
            return LanguageTokens((f">>{code}<<",))
    target = declared.get("target_lang")
    if codes and not _same_language(target, target_lang):
        known = ", ".join(sorted(code.strip("<>") for code in codes)[:12])
        raise ModelError(
            f"the model does not translate into {target_lang}", where=checkpoint.name, cure=f"it knows {known}"
        )
    _compare(checkpoint, "target", target, target_lang)
    return LanguageTokens()


def _nllb_code(checkpoint: Checkpoint, lang: str) -> str:
    code = info(lang).nllb
    if not code or code not in vocabulary(checkpoint):
        raise ModelError(
            f"the model has no token for {lang} ({code or 'NLLB does not cover it'})",
            where=checkpoint.name,
            cure="use a model that covers this language, and one whose tokenizer has the language codes",
        )
    return code


def _marian_codes(lang: str) -> tuple[str, ...]:
    language = info(lang)
    return (*((language.marian.strip("<>"),) if language.marian else ()), lang.partition("-")[0])


def _declared(checkpoint: Checkpoint) -> dict[str, Any]:
    path = checkpoint.folder / "tokenizer_config.json"
    return read_json(path, checkpoint.name) if path.is_file() else {}


def _same_language(declared: object, lang: str) -> bool:
    try:
        return info(parse(str(declared))).marian == info(lang).marian
    except LanguageError:
        return False


def _compare(checkpoint: Checkpoint, side: str, declared: object, lang: str) -> None:
    """Refuse what a checkpoint says it is not for; groups (`itc`, `ROMANCE`, `mul`) say nothing about one language."""
    try:
        known = parse(str(declared)) if declared and declared != _MANY else None
    except LanguageError:
        known = None
    if known is not None and not _same_language(declared, lang) and info(known).marian:
        raise ModelError(
            f"the model's {side} language is {known}, not {lang}",
            where=checkpoint.name,
            cure=f"use a model for {lang}, or leave --model out",
        )
