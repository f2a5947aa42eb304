"""Sentence pairs in, a small Marian checkpoint out: sentencepiece vocabulary and weights, from scratch, on a CPU.

The checkpoint is what the hub has (config.json, safetensors, vocab.json, source.spm, target.spm), multi-target: the
source's prefix (`>>ara<<`) chooses the output language. A few hundred pairs are learned by heart and nothing else;
that is what tests and the demo model need. To train a model for real text take a toolkit made for it.

`mt.finetune` leaves its loop to transformers' `Seq2SeqTrainer`. The loop here is the demo model's recipe: words cut
into pieces anew each epoch (so that names are copied that were never seen), batches by a budget of pieces, a cosine
that ends above zero; one thread repeats it bit by bit. For the first two the Trainer needs a data set, a collator and
a sampler that are longer than this loop, and the weights that ship would no longer be what the recipe makes.
"""

from __future__ import annotations

import io
import json
import random
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

from corpora.errors import ModelError, UsageError
from corpora.language import info
from corpora.progress import SILENT, Progress
from corpora.store import folder_made_whole
from mt.checkpoint import CARD, Checkpoint, inspect
from mt.engines.base import plan_batches
from mt.models import TORCH_CURE, has_torch

END, UNKNOWN, PAD = "</s>", "<unk>", "<pad>"
_IGNORED: Final = -100  # what torch's cross entropy skips
_NEVER: Final = -1e4  # a logit that float16 can hold and nothing overcomes


@dataclass(frozen=True, slots=True)
class TrainingPair:
    """A sentence and its translation, with their BCP-47 codes."""

    source: str
    target: str
    source_lang: str
    target_lang: str


@dataclass(frozen=True, slots=True)
class TrainSettings:
    """The size of a model that is trained from scratch, and how it learns by heart.

    Attributes:
        vocabulary: pieces at most; less data makes fewer.
        steps: batches seen; the learning rate rises over `warmup` of them and falls with the cosine to a twentieth.
        batch_tokens: target pieces of a batch, padding included.
        smoothing: label smoothing; 0 learns by heart fastest.
        sampling: how freely source words are cut into pieces anew each time (sentencepiece's alpha; 0: always the
            same); helps to copy names that were never seen.
        half: store the weights as float16, which halves the file; they are computed in float32.
        threads: 1 makes the run repeatable bit by bit on one kind of machine.
    """

    vocabulary: int = 4000
    width: int = 192
    layers: int = 2
    heads: int = 4
    feed_forward: int = 768
    dropout: float = 0.1
    learning_rate: float = 2e-3
    steps: int = 2000
    warmup: int = 100
    batch_tokens: int = 2048
    smoothing: float = 0.0
    sampling: float = 0.0
    half: bool = False
    seed: int = 1
    threads: int = 1

    def __post_init__(self) -> None:
        if self.width % self.heads:
            raise ValueError("width must be a multiple of heads")
        for name in ("vocabulary", "layers", "steps", "batch_tokens", "threads"):
            if getattr(self, name) < 1:
                raise ValueError(f"{name} must be at least 1")


def train(
    pairs: Sequence[TrainingPair],
    folder: Path,
    *,
    settings: TrainSettings | None = None,
    progress: Progress = SILENT,
) -> Checkpoint:
    """Train a Marian on the pairs and write it to `folder`, which must not exist.

    Raises:
        UsageError: no pairs, or the folder is there already.
        ModelError: torch is not installed, or the loss is no number any more.
    """
    settings = settings or TrainSettings()
    if not pairs:
        raise UsageError("nothing to train on", cure="give at least one sentence pair")
    if folder.exists():
        raise UsageError("the folder is there already", where=str(folder), cure="name a new one")
    if not has_torch():
        raise ModelError("torch and transformers are not installed", cure=TORCH_CURE)
    pieces = _sentencepiece(pairs, settings)
    codes = sorted({info(pair.target_lang).marian for pair in pairs})
    vocabulary = _vocabulary(pieces, codes)
    with folder_made_whole(folder) as scratch:
        model = _fit(pairs, pieces, vocabulary, settings, progress)
        _save(model, pieces, vocabulary, scratch, settings)
        card = {"settings": asdict(settings), "pairs": len(pairs), "targets": codes}
        (scratch / CARD).write_text(json.dumps(card, indent=2) + "\n", encoding="utf-8")
    return inspect(folder)


def begin(pairs: Sequence[TrainingPair], folder: Path, settings: TrainSettings) -> Checkpoint:
    """Write a Marian that has its vocabulary and has learned nothing yet: what `mt.finetune` starts from.

    Raises:
        UsageError: no pairs.
        ModelError: torch is not installed.
    """
    if not pairs:
        raise UsageError("nothing to train on", cure="give at least one sentence pair")
    if not has_torch():
        raise ModelError("torch and transformers are not installed", cure=TORCH_CURE)
    import torch
    from transformers import MarianMTModel

    pieces = _sentencepiece(pairs, settings)
    vocabulary = _vocabulary(pieces, sorted({info(pair.target_lang).marian for pair in pairs}))
    with folder_made_whole(folder) as scratch, torch.random.fork_rng(devices=[]):
        torch.manual_seed(settings.seed)
        model = MarianMTModel(_config(vocabulary, settings))
        hold_still(model, vocabulary[PAD])
        _save(model, pieces, vocabulary, scratch, settings)
    return inspect(folder)


def _sentencepiece(pairs: Sequence[TrainingPair], settings: TrainSettings) -> bytes:
    """One unigram model over all languages; one thread, because sums in another order give another model."""
    from sentencepiece import SentencePieceTrainer

    sentences = dict.fromkeys(side for pair in pairs for side in (pair.source, pair.target))
    model = io.BytesIO()
    SentencePieceTrainer.train(
        sentence_iterator=iter(sentences),
        model_writer=model,
        model_type="unigram",
        vocab_size=settings.vocabulary,
        hard_vocab_limit=False,
        character_coverage=1.0,
        num_threads=1,
        shuffle_input_sentence=False,
        split_digits=True,  # numbers are copied digit by digit
        bos_id=-1,
        eos_id=0,
        unk_id=1,
        minloglevel=2,
    )
    return model.getvalue()


def _vocabulary(pieces: bytes, codes: Sequence[str]) -> dict[str, int]:
    """Marian's order: end mark, unknown, pieces, language codes, and the pad last (CTranslate2 drops it there)."""
    processor = _processor(pieces)
    listed = [processor.id_to_piece(index) for index in range(processor.get_piece_size())]
    ordered = [END, UNKNOWN, *(piece for piece in listed if piece not in (END, UNKNOWN)), *codes, PAD]
    return {piece: index for index, piece in enumerate(ordered)}


def _processor(pieces: bytes) -> Any:
    from sentencepiece import SentencePieceProcessor

    return SentencePieceProcessor(model_proto=pieces)


def _fit(
    pairs: Sequence[TrainingPair],
    pieces: bytes,
    vocabulary: dict[str, int],
    settings: TrainSettings,
    progress: Progress,
) -> Any:
    import torch
    from transformers import MarianMTModel

    threads = torch.get_num_threads()
    torch.set_num_threads(settings.threads)
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(settings.seed)
        model = MarianMTModel(_config(vocabulary, settings))
        hold_still(model, vocabulary[PAD])
        optimiser = torch.optim.AdamW(
            [weight for weight in model.parameters() if weight.requires_grad],
            lr=settings.learning_rate,
            betas=(0.9, 0.98),
            weight_decay=0.0,
        )
        schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda step: _rate(step, settings))
        model.train()
        progress.start("training", settings.steps)
        for ids, mask, labels in _batches(pairs, pieces, vocabulary, settings):
            loss = _loss(model, ids, mask, labels, settings)
            if not torch.isfinite(loss):
                raise ModelError("training diverged (the loss is no number)", cure="lower the learning rate")
            optimiser.zero_grad(set_to_none=True)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimiser.step()
            schedule.step()
            progress.advance()
    torch.set_num_threads(threads)
    return model.eval()


def hold_still(model: Any, pad: int) -> None:
    """Keep from training what a reloaded or converted checkpoint would not have trained.

    Sinusoidal positions are computed when a checkpoint is loaded and never written. The pad starts the decoder: Marian
    and CTranslate2 start from a zero vector and cannot output the pad, so its row stays zero and its logit out
    of reach.
    """
    import torch

    for positions in (model.model.encoder.embed_positions, model.model.decoder.embed_positions):
        positions.weight.requires_grad_(False)
    rows = torch.ones(model.config.vocab_size, 1)
    rows[pad] = 0
    with torch.no_grad():
        model.model.shared.weight.mul_(rows)
        model.final_logits_bias[0, pad] = _NEVER
    model.model.shared.weight.register_hook(lambda gradient: gradient * rows)


def _config(vocabulary: dict[str, int], settings: TrainSettings) -> Any:
    from transformers import MarianConfig

    return MarianConfig(
        vocab_size=len(vocabulary),
        d_model=settings.width,
        encoder_layers=settings.layers,
        decoder_layers=settings.layers,
        encoder_attention_heads=settings.heads,
        decoder_attention_heads=settings.heads,
        encoder_ffn_dim=settings.feed_forward,
        decoder_ffn_dim=settings.feed_forward,
        dropout=settings.dropout,
        activation_function="swish",
        scale_embedding=True,
        max_position_embeddings=512,
        pad_token_id=vocabulary[PAD],
        eos_token_id=vocabulary[END],
        decoder_start_token_id=vocabulary[PAD],
        forced_eos_token_id=vocabulary[END],
    )


def _rate(step: int, settings: TrainSettings) -> float:
    from math import cos, pi

    if step < settings.warmup:
        return (step + 1) / settings.warmup
    done = (step - settings.warmup) / max(settings.steps - settings.warmup, 1)
    return 0.05 + 0.95 * 0.5 * (1 + cos(pi * min(done, 1.0)))


def _loss(model: Any, ids: Any, mask: Any, labels: Any, settings: TrainSettings) -> Any:
    import torch
    from torch.nn.functional import cross_entropy

    start = labels.new_full((len(labels), 1), model.config.decoder_start_token_id)
    given = torch.cat([start, labels[:, :-1].masked_fill(labels[:, :-1] == _IGNORED, model.config.pad_token_id)], 1)
    logits = model(input_ids=ids, attention_mask=mask, decoder_input_ids=given, use_cache=False).logits
    return cross_entropy(
        logits.flatten(0, 1), labels.flatten(), ignore_index=_IGNORED, label_smoothing=settings.smoothing
    )


def _batches(
    pairs: Sequence[TrainingPair], pieces: bytes, vocabulary: dict[str, int], settings: TrainSettings
) -> Iterator[tuple[Any, Any, Any]]:
    """`steps` batches of (source ids, mask, target ids): like lengths together, shuffled anew each epoch."""
    import torch
    from sentencepiece import set_random_generator_seed

    processor = _processor(pieces)
    set_random_generator_seed(settings.seed)
    shuffle = random.Random(settings.seed)
    targets = [[*_ids(processor.encode(pair.target, out_type=str), vocabulary), vocabulary[END]] for pair in pairs]
    prefixes = [vocabulary[info(pair.target_lang).marian] for pair in pairs]
    pad = vocabulary[PAD]
    step = 0
    while True:
        sources = [
            [prefix, *_ids(_sample(processor, pair.source, settings.sampling), vocabulary), vocabulary[END]]
            for pair, prefix in zip(pairs, prefixes, strict=True)
        ]
        # Noise on the lengths mixes the batches' members from epoch to epoch.
        lengths = [max(len(s), len(t)) + shuffle.randrange(3) for s, t in zip(sources, targets, strict=True)]
        plan = plan_batches(lengths, settings.batch_tokens)
        shuffle.shuffle(plan)
        for batch in plan:
            source = _pad([sources[index] for index in batch], pad)
            target = _pad([targets[index] for index in batch], _IGNORED)
            ids = torch.tensor(source)
            yield ids, (ids != pad).long(), torch.tensor(target)
            step += 1
            if step == settings.steps:
                return


def _sample(processor: Any, text: str, alpha: float) -> list[str]:
    if alpha:
        return list(processor.encode(text, out_type=str, enable_sampling=True, alpha=alpha, nbest_size=-1))
    return list(processor.encode(text, out_type=str))


def _ids(pieces: Sequence[str], vocabulary: dict[str, int]) -> list[int]:
    return [vocabulary.get(piece, vocabulary[UNKNOWN]) for piece in pieces]


def _pad(rows: Sequence[Sequence[int]], filler: int) -> list[list[int]]:
    width = max(map(len, rows))
    return [[*row, *[filler] * (width - len(row))] for row in rows]


def _save(model: Any, pieces: bytes, vocabulary: dict[str, int], folder: Path, settings: TrainSettings) -> None:
    from mt.engines.transformers import quiet

    with quiet():
        (model.half() if settings.half else model).save_pretrained(folder)
    (folder / "source.spm").write_bytes(pieces)
    shutil.copyfile(folder / "source.spm", folder / "target.spm")
    (folder / "vocab.json").write_text(json.dumps(vocabulary, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")
    tokenizer = {
        "tokenizer_class": "MarianTokenizer",
        "source_lang": "mul",
        "target_lang": "mul",
        "model_max_length": 512,
        "separate_vocabs": False,
    }
    (folder / "tokenizer_config.json").write_text(json.dumps(tokenizer, indent=2) + "\n", encoding="utf-8")
