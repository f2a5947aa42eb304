"""Translation throughput: the naive loop against batches in transformers and in CTranslate2, at full model size.

    python -m tests.benchmarks.translation [--shape opus|tc-big|nllb] [--all] [--sentences 256] [--keep FOLDER]

No model can be downloaded everywhere, so a checkpoint of the right shape with random weights is built on the spot:
arithmetic does not care what it multiplies. Random weights never end a sentence by themselves, so every output is cut
at its source's length (the batch's longest); tokens are counted as each sentence's own length, which favours the naive
loop. Sentence lengths are drawn from the log-normal distribution that news has (median 24 pieces). Each row is a
process of its own with one thread: CPU seconds of the search alone, and the peak of the whole process.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

SHAPES: dict[str, dict[str, int]] = {
    "opus": {"vocabulary": 58101, "width": 512, "layers": 6, "heads": 8, "feed_forward": 2048},
    "tc-big": {"vocabulary": 58101, "width": 1024, "layers": 6, "heads": 16, "feed_forward": 4096},
    "nllb": {"vocabulary": 256206, "width": 1024, "layers": 12, "heads": 16, "feed_forward": 4096},
    "tiny": {"vocabulary": 2000, "width": 64, "layers": 1, "heads": 4, "feed_forward": 128},
}


@dataclass(frozen=True, slots=True)
class Row:
    """A way to translate the same sentences."""

    name: str
    engine: str
    precision: str = "float32"
    beam: int = 4
    batches: str = "sorted"  # one, unsorted16, sorted
    share: float = 1.0  # of the batches: the slow ways get fewer
    in_short: bool = False


ROWS = (
    Row("transformers, one by one (naive)", "transformers", batches="one", share=0.03, in_short=True),
    Row("transformers, batches of 16 as they come", "transformers", batches="unsorted16", share=0.125),
    Row("transformers, sorted, token budget", "transformers", share=0.25, in_short=True),
    Row("ctranslate2 float32, sorted", "ctranslate2", share=0.5),
    Row("ctranslate2 int8, one by one", "ctranslate2", "int8", batches="one", share=0.125),
    Row("ctranslate2 int8, sorted", "ctranslate2", "int8", in_short=True),
    Row("ctranslate2 int8, sorted, beam 2", "ctranslate2", "int8", beam=2),
    Row("ctranslate2 int8, sorted, beam 1", "ctranslate2", "int8", beam=1),
)


def build(folder: Path, shape: dict[str, int]) -> None:
    """Write a Marian of this shape with random weights."""
    import torch
    from sentencepiece import SentencePieceTrainer
    from transformers import MarianConfig, MarianMTModel

    torch.manual_seed(1)
    size = shape["vocabulary"]
    config = MarianConfig(
        vocab_size=size,
        d_model=shape["width"],
        encoder_layers=shape["layers"],
        decoder_layers=shape["layers"],
        encoder_attention_heads=shape["heads"],
        decoder_attention_heads=shape["heads"],
        encoder_ffn_dim=shape["feed_forward"],
        decoder_ffn_dim=shape["feed_forward"],
        activation_function="swish",
        scale_embedding=True,
        pad_token_id=size - 1,
        eos_token_id=0,
        decoder_start_token_id=size - 1,
        forced_eos_token_id=0,
    )
    MarianMTModel(config).save_pretrained(folder)
    model = io.BytesIO()
    SentencePieceTrainer.train(
        sentence_iterator=iter(["a few words", "and some more words"]),
        model_writer=model,
        vocab_size=30,
        hard_vocab_limit=False,
        minloglevel=2,
    )
    for name in ("source.spm", "target.spm"):
        (folder / name).write_bytes(model.getvalue())
    pieces = ["</s>", "<unk>", *(f"w{number}" for number in range(size - 3)), "<pad>"]
    (folder / "vocab.json").write_text(json.dumps({piece: index for index, piece in enumerate(pieces)}))
    (folder / "tokenizer_config.json").write_text('{"tokenizer_class": "MarianTokenizer"}')


def draw(count: int, size: int) -> list[list[str]]:
    """Framed sources with the lengths of news sentences."""
    chance = random.Random(1)
    lengths = [min(max(round(chance.lognormvariate(3.18, 0.55)), 3), 120) for _ in range(count)]
    return [[f"w{chance.randrange(size - 3)}" for _ in range(length)] + ["</s>"] for length in lengths]


def measure(row: Row, folder: Path, cache: Path, count: int, size: int) -> dict[str, Any]:
    """Translate and measure; runs in a process of its own."""
    from mt.checkpoint import inspect
    from mt.engines import base, ctranslate, transformers
    from mt.engines.base import Search, load, plan_batches
    from mt.settings import TranslationSettings

    def longest(sources: Sequence[Sequence[str]]) -> int:
        return max(len(source) for source in sources)

    for module in (base, ctranslate, transformers):
        module.output_limit = longest  # type: ignore[attr-defined]
    settings = TranslationSettings(engine=row.engine, precision=row.precision, threads=1)  # type: ignore[arg-type]
    engine = load(inspect(folder), settings, cache=cache)
    sources = draw(count, size)
    lengths = [len(source) for source in sources]
    plan = {
        "one": [[index] for index in range(len(sources))],
        "unsorted16": [list(range(start, min(start + 16, len(sources)))) for start in range(0, len(sources), 16)],
        "sorted": plan_batches(lengths, settings.batch_tokens),
    }[row.batches]
    # A part of the whole job's batches, evenly spaced: of few sentences no batch would be of one length.
    plan = plan[:: max(round(1 / row.share), 1)]
    options = Search(beam=row.beam)
    engine.search([[*sources[0][:4], "</s>"]], (), options)  # first calls allocate
    cpu, wall = time.process_time(), time.perf_counter()
    for batch in plan:
        engine.search([sources[index] for index in batch], (), options)
    cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
    tokens = sum(lengths[index] for batch in plan for index in batch)
    return {"tokens": tokens, "cpu": cpu, "wall": wall, "peak": peak_megabytes()}


def peak_megabytes() -> float:
    """Peak resident memory of this process; what its parent had counts in `ru_maxrss`, so Linux is asked directly."""
    status = Path("/proc/self/status")
    if status.is_file():
        lines = status.read_text(encoding="utf-8").splitlines()
        return float(next(line for line in lines if line.startswith("VmHWM")).split()[1]) / 1024
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    """Build, measure each row in a process of its own, print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shape", choices=sorted(SHAPES), default="opus")
    parser.add_argument("--all", action="store_true", help="every row, not only the three that matter most")
    parser.add_argument("--sentences", type=int, default=256)
    parser.add_argument("--keep", type=Path, help="build the checkpoint here and use it again next time")
    parser.add_argument("--row", type=int, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    shape = SHAPES[arguments.shape]
    if arguments.row is not None:
        folder = arguments.keep
        row = ROWS[arguments.row]
        print(json.dumps(measure(row, folder / "model", folder, arguments.sentences, shape["vocabulary"])))
        return
    with tempfile.TemporaryDirectory() as scratch:
        folder = arguments.keep or Path(scratch)
        if not (folder / "model").is_dir():
            build(folder / "model", shape)
        convert_all(folder)
        print(f"{arguments.shape}: {shape}, {arguments.sentences} sentences, one thread")
        print(f"{'':42} {'tokens/CPU s':>12} {'× naive':>8} {'peak MB':>8}")
        naive = 0.0
        for number, row in enumerate(ROWS):
            if arguments.all or row.in_short:
                found = run(number, folder, arguments)
                speed = found["tokens"] / found["cpu"]
                naive = naive or speed
                print(f"{row.name:42} {speed:12.1f} {speed / naive:8.1f} {found['peak']:8.0f}", flush=True)


def convert_all(folder: Path) -> None:
    """Convert before anything is measured, so that no row pays for it."""
    from mt.checkpoint import inspect
    from mt.convert import convert

    checkpoint = inspect(folder / "model")
    convert(checkpoint, "int8", cache=folder)
    convert(checkpoint, "float32", cache=folder)


def run(number: int, folder: Path, arguments: argparse.Namespace) -> dict[str, Any]:
    """Measure one row in a fresh process with one thread."""
    command = [sys.executable, "-m", "tests.benchmarks.translation", "--row", str(number), "--keep", str(folder)]
    command += ["--shape", arguments.shape, "--sentences", str(arguments.sentences)]
    environment = {**os.environ, "OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}
    done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True, check=True)
    return dict(json.loads(done.stdout.strip().splitlines()[-1]))


if __name__ == "__main__":
    main()
