"""Text in, sentencepiece pieces out, and back: the one tokenisation that every engine shares.

The pieces come from the checkpoint's own sentencepiece files, without the Moses punctuation normalisation that the
transformers tokenizer adds where sacremoses is installed: so engines see the same input, on every machine.
"""

from __future__ import annotations

from collections.abc import Sequence

from corpora.errors import ModelError
from mt.checkpoint import NLLB_PIECES, Checkpoint, vocabulary
from mt.direction import LanguageTokens, language_tokens

END = "</s>"


class Pieces:
    """The tokenizer of one checkpoint for one direction.

    Raises:
        ModelError: a sentencepiece file is broken, or the checkpoint lacks the direction.
    """

    def __init__(self, checkpoint: Checkpoint, source_lang: str, target_lang: str) -> None:
        from sentencepiece import SentencePieceProcessor

        files = ("source.spm", "target.spm") if checkpoint.family == "marian" else (NLLB_PIECES, NLLB_PIECES)
        self._tokens: LanguageTokens = language_tokens(checkpoint, source_lang, target_lang)
        self._vocabulary = vocabulary(checkpoint)
        try:
            self._source, self._target = (
                SentencePieceProcessor(model_file=str(checkpoint.folder / file)) for file in files
            )
        except (OSError, RuntimeError) as error:
            raise ModelError(
                f"a sentencepiece file cannot be read ({error})", where=checkpoint.name, cure="pull the model again"
            ) from error

    @property
    def target_prefix(self) -> tuple[str, ...]:
        """The pieces every output begins with (NLLB's language token)."""
        return self._tokens.target

    def encode(self, text: str) -> list[str]:
        """The text's pieces, without language token and end mark."""
        return list(self._source.encode(text, out_type=str))

    def encode_target(self, text: str) -> list[str]:
        """The pieces of a text in the language that the model writes."""
        return list(self._target.encode(text, out_type=str))

    def frame(self, pieces: Sequence[str]) -> list[str]:
        """What the model reads: language token, pieces, end mark."""
        return [*self._tokens.source, *pieces, END]

    def unknown_share(self, pieces: Sequence[str]) -> float:
        """The share of pieces that the model has never seen (0 to 1): another script, in most cases."""
        # "▁" alone is the white space before an unknown word.
        counted = [piece for piece in pieces if piece != "▁"]
        return sum(piece not in self._vocabulary for piece in counted) / len(counted) if counted else 0.0

    def decode(self, pieces: Sequence[str]) -> str:
        """The text of output pieces."""
        return str(self._target.decode(list(pieces))).strip()
