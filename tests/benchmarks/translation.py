"""Translation throughput: the naive loop against batches in transformers and in CTranslate2, at full model size.

    python -m tests.benchmarks.translation [--shape opus|tc-big|nllb] [--all] [--sentences 256] [--keep FOLDER]
    python -m tests.benchmarks.translation --quality [--sentences 50]

The second form measures what each step does to quality, with the demo model (whose weights mean something) on sentences
of its sublanguage with names that its training never saw.

No model can be downloaded everywhere, so a checkpoint of the right shape with random weights is built on the spot:
arithmetic does not care what it multiplies. Its vocabulary is that of two sentencepiece models in one, as OPUS-MT's
(58,101 pieces of two times 32,000), so that a conversion leaves out what no output can hold; NLLB's is one for all.
Random weights never end a sentence by themselves, so every output is cut at its source's length (the batch's longest);
tokens are counted as each sentence's own length, which favours the naive loop. Sentence lengths are drawn from the
log-normal distribution that news has (median 24 pieces), the pieces from Zipf's law; the shortlist is synthetic, too:
as many candidates for a piece as one learned by `mt.shortlist` has. No row can gain by ending early, since no random
weights end a sentence: that is measured with `--quality`. Each row is a process of its own with one thread: CPU seconds
of the search alone, and the peak of the whole process. The row with two threads counts seconds by the clock and says
how many times one thread it is: only a quiet machine tells.
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
from dataclasses import dataclass, replace
from functools import cache
from itertools import accumulate, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.benchmarks.memory import peak_megabytes

if TYPE_CHECKING:
    from mt.demo_model.generate import Triple
    from mt.settings import TranslationSettings

SHAPES: dict[str, dict[str, int]] = {
    "opus": {"vocabulary": 58101, "side": 32000, "width": 512, "layers": 6, "heads": 8, "feed_forward": 2048},
    "tc-big": {"vocabulary": 58101, "side": 32000, "width": 1024, "layers": 6, "heads": 16, "feed_forward": 4096},
    "nllb": {"vocabulary": 256206, "side": 256203, "width": 1024, "layers": 12, "heads": 16, "feed_forward": 4096},
    "tiny": {"vocabulary": 2000, "side": 1100, "width": 64, "layers": 1, "heads": 4, "feed_forward": 128},
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
    shortlist: bool = False
    budget: int = 0  # source pieces of a batch; 0 is the default
    threads: int = 1


ROWS = (
    Row("transformers, one by one (naive)", "transformers", batches="one", share=0.03, in_short=True),
    Row("transformers, batches of 16 as they come", "transformers", batches="unsorted16", share=0.125),
    Row("transformers, sorted, token budget", "transformers", share=0.25, in_short=True),
    Row("ctranslate2 float32, sorted", "ctranslate2", share=0.5),
    Row("ctranslate2 int8, one by one", "ctranslate2", "int8", batches="one", share=0.125),
    Row("ctranslate2 int8, sorted, batches twice as big", "ctranslate2", "int8", share=0.5, budget=1024),
    Row("ctranslate2 int8, sorted", "ctranslate2", "int8", in_short=True),
    Row("  on two cores, by the clock", "ctranslate2", "int8", threads=2),
    Row("  + shortlist", "ctranslate2", "int8", shortlist=True, in_short=True),
    Row("  + beam 2 (text that is only scored)", "ctranslate2", "int8", beam=2, in_short=True),
    Row("  + shortlist + beam 2", "ctranslate2", "int8", beam=2, shortlist=True, in_short=True),
    Row("  + shortlist + beam 1", "ctranslate2", "int8", beam=1, shortlist=True),
)
ONE_CORE = next(row for row in ROWS if row.name == "ctranslate2 int8, sorted")
# What a learned shortlist has: 20 candidates a piece at most, 100 common pieces and some letters for all.
CANDIDATES, ALWAYS = 20, 150


def build(folder: Path, shape: dict[str, int]) -> None:
    """Write a Marian of this shape with random weights."""
    import torch
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
    pieces = ["</s>", "<unk>", *(f"w{number}" for number in range(size - 3)), "<pad>"]
    (folder / "vocab.json").write_text(json.dumps({piece: index for index, piece in enumerate(pieces)}))
    (folder / "tokenizer_config.json").write_text('{"tokenizer_class": "MarianTokenizer"}')
    write_sentencepiece(folder, pieces[2:-1], shape["side"])


def write_sentencepiece(folder: Path, pieces: Sequence[str], side: int) -> None:
    """The source's sentencepiece model, with the first pieces, and the target's, with the last."""
    from sentencepiece import SentencePieceTrainer, sentencepiece_model_pb2

    model = io.BytesIO()
    words = ["a few words", "and some more words"]
    SentencePieceTrainer.train(
        sentence_iterator=iter(words), model_writer=model, vocab_size=30, hard_vocab_limit=False, minloglevel=2
    )
    for name, some in (("source.spm", pieces[:side]), ("target.spm", pieces[-side:])):
        proto = sentencepiece_model_pb2.ModelProto()
        proto.ParseFromString(model.getvalue())
        for piece in some:
            proto.pieces.add(piece=piece, score=-10.0)
        (folder / name).write_bytes(proto.SerializeToString())


def draw(count: int, size: int) -> list[list[str]]:
    """Framed sources with the lengths of news sentences, of `size` different pieces."""
    chance = random.Random(1)
    lengths = [min(max(round(chance.lognormvariate(3.18, 0.55)), 3), 120) for _ in range(count)]
    return [[*zipfian(chance, size, length), "</s>"] for length in lengths]


def zipfian(chance: random.Random, size: int, count: int, first: int = 0) -> list[str]:
    """Pieces as frequent as words are: the n-th about 1 / n."""
    return [f"w{number + first}" for number in chance.choices(range(size), cum_weights=cumulated(size), k=count)]


@cache
def cumulated(size: int) -> list[float]:
    """The weights of Zipf's law, added up."""
    return list(accumulate(1 / (rank + 10) for rank in range(size)))


def write_synthetic_shortlist(folder: Path, size: int, side: int) -> None:
    """A shortlist for random weights: half of a piece's candidates are as rare as anything."""
    chance = random.Random(2)
    first = size - 3 - side  # of the target's pieces
    lines = ["\t" + " ".join(f"w{first + number}" for number in range(ALWAYS))]
    for number in range(side):
        rare = [f"w{first + chance.randrange(side)}" for _ in range(CANDIDATES // 2)]
        lines.append(f"w{number}\t" + " ".join([*zipfian(chance, side, CANDIDATES // 2, first), *rare]))
    (folder / "vmap.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")


def measure(row: Row, folder: Path, cache: Path, count: int, side: int) -> dict[str, Any]:
    """Translate and measure; runs in a process of its own."""
    from mt.checkpoint import inspect
    from mt.engines import base, ctranslate, transformers
    from mt.engines.base import Search, load, plan_batches, search_all
    from mt.settings import TranslationSettings

    def longest(sources: Sequence[Sequence[str]]) -> int:
        return max(len(source) for source in sources)

    for module in (base, ctranslate, transformers):
        module.output_limit = longest  # type: ignore[attr-defined]
    settings = TranslationSettings(engine=row.engine, precision=row.precision, threads=row.threads)  # type: ignore[arg-type]
    engine = load(inspect(folder), settings, cache=cache)
    sources = draw(count, side)
    lengths = [len(source) for source in sources]
    plan = {
        "one": [[index] for index in range(len(sources))],
        "unsorted16": [list(range(start, min(start + 16, len(sources)))) for start in range(0, len(sources), 16)],
        "sorted": plan_batches(lengths, row.budget or settings.batch_tokens),
    }[row.batches]
    # A part of the whole job's batches, evenly spaced: of few sentences no batch would be of one length.
    plan = plan[:: max(round(1 / row.share), 1)]
    options = Search(beam=row.beam, shortlist=row.shortlist)
    engine.submit([[*sources[0][:4], "</s>"]], (), options)()  # first calls allocate
    cpu, wall = time.process_time(), time.perf_counter()
    for _ in search_all(engine, [([sources[index] for index in batch], options) for batch in plan], ()):
        pass
    cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
    tokens = sum(lengths[index] for batch in plan for index in batch)
    return {"tokens": tokens, "cpu": cpu, "wall": wall, "peak": peak_megabytes()}


def main() -> None:
    """Build, measure each row in a process of its own, print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shape", choices=sorted(SHAPES), default="opus")
    parser.add_argument("--all", action="store_true", help="every row, not only the three that matter most")
    parser.add_argument("--quality", action="store_true", help="what each step does to the demo model's outputs")
    parser.add_argument("--sentences", type=int, default=256)
    parser.add_argument("--keep", type=Path, help="build the checkpoint here and use it again next time")
    parser.add_argument("--rows", help=f"only these, by number: {', '.join(map(str, range(len(ROWS))))}")
    parser.add_argument("--row", type=int, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    shape = SHAPES[arguments.shape]
    if arguments.quality:
        print_quality(min(arguments.sentences, 300))
        return
    if arguments.row is not None:
        folder = arguments.keep
        row = ROWS[arguments.row]
        print(json.dumps(measure(row, folder / "model", folder, arguments.sentences, shape["side"])))
        return
    with tempfile.TemporaryDirectory() as scratch:
        folder = arguments.keep or Path(scratch)
        if not (folder / "model").is_dir():
            build(folder / "model", shape)
        convert_all(folder, shape["vocabulary"], shape["side"])
        print(f"{arguments.shape}: {shape}, {arguments.sentences} sentences, one thread")
        print(f"{'':42} {'tokens/CPU s':>12} {'× naive':>8} {'peak MB':>8}   (·: by the clock, × one thread)")
        rates = Rates()
        for number in chosen(arguments):
            print(rates.line(ROWS[number], run(number, folder, arguments)), flush=True)


def chosen(arguments: argparse.Namespace) -> list[int]:
    """The rows to measure."""
    if arguments.rows:
        return [int(number) for number in arguments.rows.split(",")]
    return [number for number, row in enumerate(ROWS) if arguments.all or row.in_short]


@dataclass(slots=True)
class Rates:
    """What the later rows are held against: the naive loop, and one core by the clock and in CPU time."""

    naive: float = 0.0
    clock: float = 0.0
    core: float = 0.0

    def line(self, row: Row, found: dict[str, Any]) -> str:
        """A row of the table."""
        speed, clock = found["tokens"] / found["cpu"], found["tokens"] / found["wall"]
        if row.threads > 1:
            times = f"{clock / self.clock:7.2f}·" if self.clock else f"{'?':>8}"
            work = f"   ({self.core / speed:.2f} × one thread's CPU time)" if self.core else ""
            return f"{row.name:42} {clock:12.1f} {times} {found['peak']:8.0f}{work}"
        if row.batches == "one" and row.engine == "transformers":
            self.naive = speed
        if row == ONE_CORE:
            self.clock, self.core = clock, speed
        times = f"{speed / self.naive:8.1f}" if self.naive else f"{'?':>8}"
        return f"{row.name:42} {speed:12.1f} {times} {found['peak']:8.0f}"


def convert_all(folder: Path, size: int, side: int) -> None:
    """Convert before anything is measured, so that no row pays for it."""
    from mt.checkpoint import inspect
    from mt.convert import convert

    checkpoint = inspect(folder / "model")
    write_synthetic_shortlist(convert(checkpoint, "int8", cache=folder).folder, size, side)
    convert(checkpoint, "float32", cache=folder)


def run(number: int, folder: Path, arguments: argparse.Namespace) -> dict[str, Any]:
    """Measure one row in a fresh process with one thread."""
    command = [sys.executable, "-m", "tests.benchmarks.translation", "--row", str(number), "--keep", str(folder)]
    command += ["--shape", arguments.shape, "--sentences", str(arguments.sentences)]
    environment = {**os.environ, "OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}
    done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True, check=True)
    return dict(json.loads(done.stdout.strip().splitlines()[-1]))


def print_quality(count: int) -> None:
    """chrF++ and CPU time of the demo model under each setting, the mean of its six directions."""
    from mt.checkpoint import inspect, vocabulary
    from mt.convert import write_conversion
    from mt.demo_model.generate import DIRECTIONS, triples
    from mt.demo_model.recipe import demo_sentences, held_out
    from mt.models import resolve
    from mt.pieces import Pieces
    from mt.settings import TranslationSettings
    from mt.shortlist import learn, write_shortlist

    drawn = held_out(count)
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "model"
        write_conversion(resolve("demo"), folder)
        checkpoint = inspect(folder)
        taught = list(islice(triples(7, without=demo_sentences()), 2000))
        for source, target in DIRECTIONS:
            pieces = Pieces(checkpoint, source, target)
            pairs = [(pieces.encode(t.texts[source]), pieces.encode_target(t.texts[target])) for t in taught]
            shortlist = learn(pairs, (source, target))
            write_shortlist(shortlist, folder, vocabulary(checkpoint))
        print(f"demo model, {count} held-out sentences in six directions, one thread")
        print(f"{'':38} {'chrF++':>7} {'same as the first':>18} {'CPU s':>7}")
        first: list[str] = []
        plain = TranslationSettings(threads=1, retries=0, shortlist=False)
        for name, settings in (
            ("beam 4", plain),
            ("  one sentence at a time", replace(plain, batch_tokens=1)),
            ("  batches twice as big", replace(plain, batch_tokens=1024)),
            ("  shortlist", replace(plain, shortlist=True)),
            ("  patience 1: ends early", replace(plain, patience=1.0)),
            ("  beam 2", replace(plain, beam=2)),
            ("  beam 2 and shortlist", replace(plain, beam=2, shortlist=True)),
            ("  beam 1", replace(plain, beam=1)),
        ):
            outputs, score, cpu = quality(str(folder), drawn, settings)
            first = first or outputs
            same = sum(map(str.__eq__, outputs, first)) / len(first)
            print(f"{name:38} {score:7.2f} {same:18.1%} {cpu:7.2f}", flush=True)


def quality(model: str, drawn: Sequence[Triple], settings: TranslationSettings) -> tuple[list[str], float, float]:
    """The outputs in all directions, their mean chrF++, and the CPU seconds of translating them."""
    from sacrebleu.metrics import CHRF

    from mt.demo_model.generate import DIRECTIONS
    from mt.translate import translate_sentences

    outputs: list[str] = []
    scores = []
    cpu = 0.0
    for source, target in DIRECTIONS:
        texts, references = ([triple.texts[lang] for triple in drawn] for lang in (source, target))
        begin = time.process_time()
        found = translate_sentences(texts, source_lang=source, target_lang=target, model=model, settings=settings).texts
        cpu += time.process_time() - begin
        scores.append(CHRF(word_order=2).corpus_score(list(found), [references]).score)
        outputs += found
    return outputs, sum(scores) / len(scores), cpu


if __name__ == "__main__":
    main()
