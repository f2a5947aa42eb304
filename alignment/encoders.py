"""The encoders that there are: a name in, an `Encoder` out, whose vectors compare sentences across languages."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator, Sequence
from contextlib import contextmanager
from difflib import get_close_matches
from functools import cache
from hashlib import blake2b
from typing import Any, Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from alignment.kept_vectors import KeptVectors
from alignment.spans import SpanVectors, Vectors, encoded_spans
from alignment.threads import one_thread
from corpora.errors import EncoderError, UsageError
from corpora.store import Store

DEFAULT = "use"
_CACHED_DOCUMENTS = 64
_FEWEST_KEPT = 4  # texts that are worth a row on disk


class Encoder(Protocol):
    """What turns texts into vectors that are near each other when the texts mean the same."""

    @property
    def name(self) -> str:
        """As `get` knows it."""

    @property
    def dimension(self) -> int:
        """Width of a vector."""

    @property
    def languages(self) -> frozenset[str]:
        """Primary subtags of the languages it was trained on."""

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Vectors (n, dimension) of the texts, each by itself, L2-normalised, float32."""

    def spans(self, texts: Sequence[str], longest: int) -> SpanVectors:
        """Vectors of all windows of 1 … `longest` texts."""

    def words(self, text: str, spans: Sequence[tuple[int, int]]) -> Vectors:
        """Vectors (spans, any width) of the words that stand at `[start, end)` of the text, L2-normalised."""


@runtime_checkable
class Keepable(Protocol):
    """An encoder whose vectors may be kept on disk: it can say what they depend on, and take them back."""

    @property
    def revision(self) -> str:
        """Changes whenever a text's vectors do."""

    def kept(self, spans: SpanVectors) -> Sequence[NDArray[Any]]:
        """What there is to keep of the spans of a document."""

    def restored(self, arrays: Sequence[NDArray[Any]], longest: int) -> SpanVectors | None:
        """The spans again, or None where these are not theirs."""


class CachedEncoder:
    """An encoder that remembers the last documents by their content, and others on disk where it is given a store.

    Whole calls are remembered and not single sentences: a vector differs in its last bits with the batch it was
    computed in, and what a document gives must not depend on what was aligned before it.
    """

    def __init__(self, encoder: Encoder, documents: int = _CACHED_DOCUMENTS) -> None:
        self._encoder = encoder
        self._documents = documents
        self._seen: OrderedDict[Hashable, Any] = OrderedDict()
        self._disk: KeptVectors | None = None
        self.name = encoder.name
        self.dimension = encoder.dimension
        self.languages = encoder.languages

    def encode(self, texts: Sequence[str]) -> Vectors:
        """See `Encoder.encode`."""
        key = ("encode", _digest(texts))
        vectors: Vectors = self._remembered(key, lambda: self._encode(texts))
        return vectors.copy()

    def spans(self, texts: Sequence[str], longest: int) -> SpanVectors:
        """See `Encoder.spans`."""
        key = ("spans", longest, _digest(texts))
        spans: SpanVectors = self._remembered(key, lambda: self._spans(texts, longest))
        return spans

    def words(self, text: str, spans: Sequence[tuple[int, int]]) -> Vectors:
        """See `Encoder.words`; not remembered, since a bead is looked at once."""
        return self._encoder.words(text, spans)

    @contextmanager
    def kept_in(self, store: Store) -> Iterator[None]:
        """Keep the vectors of documents in this store, and take them from there, while the context lasts."""
        before = self._disk
        if isinstance(self._encoder, Keepable):
            self._disk = KeptVectors(store, self._encoder.revision)
        try:
            yield
        finally:
            self._disk = before

    def _encode(self, texts: Sequence[str]) -> Vectors:
        if self._disk is None or len(texts) < _FEWEST_KEPT:
            return self._encoder.encode(texts)
        known = self._disk.recall("encode", texts)
        if known and known[0].shape == (len(texts), self.dimension):
            return known[0]
        vectors = self._encoder.encode(texts)
        self._disk.keep("encode", texts, [vectors])
        return vectors

    def _spans(self, texts: Sequence[str], longest: int) -> SpanVectors:
        if self._disk is None or len(texts) < _FEWEST_KEPT or not isinstance(self._encoder, Keepable):
            return self._encoder.spans(texts, longest)
        known = self._disk.recall("spans", texts)
        spans = self._encoder.restored(known, longest) if known else None
        if spans is None or len(spans) != len(texts):
            spans = self._encoder.spans(texts, longest)
            self._disk.keep("spans", texts, self._encoder.kept(spans))
        return spans

    def _remembered(self, key: Hashable, compute: Callable[[], Any]) -> Any:
        if key not in self._seen:
            with one_thread():
                self._seen[key] = compute()
            if len(self._seen) > self._documents:
                self._seen.popitem(last=False)
        self._seen.move_to_end(key)
        return self._seen[key]


class TransformerEncoder:
    """Any sentence-transformers model (extra `labse`); its spans cost an encoding each."""

    def __init__(self, name: str, model_id: str, languages: frozenset[str]) -> None:
        try:
            from sentence_transformers import SentenceTransformer
        except ImportError as error:
            raise EncoderError(
                f"encoder {name!r} needs sentence-transformers", cure="pip install 'muwazi[labse]'"
            ) from error
        try:
            self._model: Any = SentenceTransformer(model_id, device="cpu", trust_remote_code=False)
        except (OSError, ValueError) as error:
            raise EncoderError(
                f"encoder {name!r} cannot be loaded: {error}",
                where=model_id,
                cure="give a local folder as st:FOLDER, or use the embedded encoder `use`",
            ) from error
        self.name = name
        self.dimension = int(self._model.get_sentence_embedding_dimension())
        self.languages = languages

    def encode(self, texts: Sequence[str]) -> Vectors:
        """See `Encoder.encode`."""
        if not texts:
            return np.zeros((0, self.dimension), np.float32)
        vectors = self._model.encode(
            list(texts), batch_size=32, normalize_embeddings=True, convert_to_numpy=True, show_progress_bar=False
        )
        return np.asarray(vectors, np.float32)

    def spans(self, texts: Sequence[str], longest: int) -> SpanVectors:
        """See `Encoder.spans`."""
        return encoded_spans(texts, longest, self.encode, self.dimension)

    def words(self, text: str, spans: Sequence[tuple[int, int]]) -> Vectors:
        """See `Encoder.words`; each word by itself."""
        return self.encode([text[start:end] for start, end in spans])


def _use() -> Encoder:
    from alignment.use import UseEncoder

    return UseEncoder()


# LaBSE's own list of 109 languages as primary subtags (Feng et al., ACL 2022, table 9).
_LABSE = (
    "af am ar as az be bg bn bo bs ca ceb co cs cy da de el en eo es et eu fa fi fr fy ga gd gl gu ha haw he hi hmn hr "
    "ht hu hy id ig is it ja jv ka kk km kn ko ku ky la lb lo lt lv mg mi mk ml mn mr ms mt my ne nl no ny or pa pl pt "
    "ro ru rw si sk sl sm sn so sq sr st su sv sw ta te tg th tk tl tr tt ug uk ur uz vi wo xh yi yo zh zu"
)
_LABSE_LANGUAGES = frozenset(_LABSE.split())

# To add an encoder, add an entry.
ENCODERS: dict[str, Callable[[], Encoder]] = {
    "use": _use,
    "labse": lambda: TransformerEncoder("labse", "sentence-transformers/LaBSE", _LABSE_LANGUAGES),
}


def get(name: str = DEFAULT) -> CachedEncoder:
    """The encoder of that name: `use`, `labse`, or `st:MODEL` for any sentence-transformers model.

    Raises:
        UsageError: no encoder has that name.
        EncoderError: its library or its weights are missing.
    """
    return _loaded(name)


@cache  # of the name as an argument: `get()` and `get("use")` would be two entries, and two encoders
def _loaded(name: str) -> CachedEncoder:
    if name.startswith("st:"):
        return CachedEncoder(TransformerEncoder(name, name.removeprefix("st:"), _LABSE_LANGUAGES))
    if name not in ENCODERS:
        near = get_close_matches(name, ENCODERS, n=2) or sorted(ENCODERS)
        raise UsageError(f"unknown encoder {name!r}", cure=f"use one of: {', '.join(near)}, st:MODEL")
    return CachedEncoder(ENCODERS[name]())


def covers(encoder: Encoder, lang: str) -> bool:
    """Whether the encoder was trained on this language (`zh-Hans` counts as `zh`)."""
    return lang.split("-", 1)[0].lower() in encoder.languages


def _digest(texts: Sequence[str]) -> bytes:
    content = blake2b(digest_size=16)
    for text in texts:
        data = text.encode("utf-8", "surrogatepass")
        content.update(len(data).to_bytes(8, "big") + data)
    return content.digest()
