"""A checkpoint and sentence pairs in, a better one out: transformers' `Seq2SeqTrainer`, judged by chrF++ and names.

What it was trained on last is kept beside the new folder, so that a run that was killed goes on; the best of the
evaluated states is what is written.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from corpora.errors import ModelError, UsageError
from corpora.progress import SILENT, Progress
from corpora.store import folder_made_whole
from mt.checkpoint import CARD, Checkpoint, inspect, vocabulary
from mt.engines.base import Search, plan_batches
from mt.engines.transformers import TransformersEngine, quiet
from mt.models import TORCH_CURE, has_torch
from mt.pieces import END, Pieces
from mt.settings import FineTuneSettings, TranslationSettings
from mt.train import TrainingPair, hold_still

if TYPE_CHECKING:
    from eval.names.knowledge import Knowledge

_IGNORED: Final = -100  # what the loss skips
_WEIGHTS: Final = (".safetensors", ".bin", ".h5", ".msgpack", ".index.json")


@dataclass(frozen=True, slots=True)
class DevScore:
    """How a state of the model translates the development pairs.

    Attributes:
        chrf: chrF++, the mean over the directions weighted by their pairs.
        names: share of the sources' names that came out right; None where there is none.
    """

    step: int
    chrf: float
    names: float | None


@dataclass(frozen=True, slots=True)
class FineTuned:
    """What training came to: the scores of its evaluations, and the checkpoint that was best."""

    checkpoint: Checkpoint
    scores: tuple[DevScore, ...]
    trained: int
    left_out: int


def finetune(
    start: Checkpoint,
    pairs: Sequence[TrainingPair],
    folder: Path,
    *,
    dev: Sequence[TrainingPair] = (),
    settings: FineTuneSettings | None = None,
    knowledge: Knowledge | None = None,
    scratch: bool = False,
    progress: Progress = SILENT,
) -> FineTuned:
    """Train on from a Marian or NLLB checkpoint, and write the best state to `folder`, which must not exist.

    Args:
        dev: pairs to judge each state by; without them the last state is written.
        knowledge: the names that dev sources are searched for.
        scratch: the checkpoint cannot translate yet.

    Raises:
        UsageError: no pairs, or the folder is there already.
        ModelError: torch is not installed, or the checkpoint is converted, broken, or lacks a direction.
    """
    settings = settings or FineTuneSettings()
    if folder.exists():
        raise UsageError("the folder is there already", where=str(folder), cure="name a new one")
    if not has_torch():
        raise ModelError("torch and transformers are not installed", cure=TORCH_CURE)
    rows = _rows(start, pairs, settings)
    if not rows:
        raise UsageError("nothing to train on", cure="give at least one pair that is not too long")
    model = TransformersEngine.load(start, TranslationSettings(threads=settings.threads), progress=progress).model
    judge = _Judge(start, model, dev[: settings.dev], knowledge)
    work = folder.parent / f".{folder.name}.training"
    _prepare(work, start, pairs, settings)
    _train(model, rows, judge, work, settings, scratch, progress)
    with folder_made_whole(folder) as place:
        _save(model, start, judge.scores, pairs, place, settings)
    shutil.rmtree(work, ignore_errors=True)
    return FineTuned(inspect(folder), tuple(judge.scores), len(rows), len(pairs) - len(rows))


def _rows(start: Checkpoint, pairs: Sequence[TrainingPair], settings: FineTuneSettings) -> list[dict[str, list[int]]]:
    """The pairs as the model counts: ids of what it reads, and of what it should write."""
    ids = vocabulary(start)
    directions: dict[tuple[str, str], Pieces] = {}
    rows = []
    for pair in pairs:
        direction = (pair.source_lang, pair.target_lang)
        if direction not in directions:
            directions[direction] = Pieces(start, *direction)
        pieces = directions[direction]
        given = pieces.frame(pieces.encode(pair.source))
        wanted = [*pieces.target_prefix, *pieces.encode_target(pair.target), END]
        if max(len(given), len(wanted)) <= settings.max_pieces:
            sides = {"input_ids": given, "labels": wanted}
            rows.append({name: [ids.get(piece, ids["<unk>"]) for piece in side] for name, side in sides.items()})
    return rows


class _Judge:
    """Translates the development pairs with the model as it is, and keeps the scores."""

    def __init__(self, start: Checkpoint, model: Any, dev: Sequence[TrainingPair], knowledge: Knowledge | None) -> None:
        self._start = start
        self._model = model
        self._knowledge = knowledge
        self.directions: dict[tuple[str, str], list[TrainingPair]] = {}
        for pair in dev:
            self.directions.setdefault((pair.source_lang, pair.target_lang), []).append(pair)
        self.scores: list[DevScore] = []

    def score(self, step: int) -> DevScore:
        """Score the model as it is now."""
        from eval.metrics import score
        from eval.name_accuracy import Mention, summed
        from eval.scorecard import NameTools, Texts, name_mentions

        total = 0.0
        mentions: list[Mention] = []
        for (source_lang, target_lang), pairs in self.directions.items():
            sources, references = [pair.source for pair in pairs], [pair.target for pair in pairs]
            outputs = self._translated(sources, source_lang, target_lang)
            (chrf,) = score(outputs, references, lang=target_lang, metrics=["chrf++"])
            total += chrf.value * len(pairs)
            if self._knowledge is not None:
                texts = Texts(outputs, target_lang, references, sources, source_lang)
                mentions += name_mentions(texts, NameTools(self._knowledge))
        names = summed(mentions, samples=0).accuracy if mentions else None
        count = sum(map(len, self.directions.values()))
        found = DevScore(step, round(total / count, 4), names if names is None else round(names, 4))
        self.scores = [score for score in self.scores if score.step != step] + [found]
        return found

    def _translated(self, sources: Sequence[str], source_lang: str, target_lang: str) -> list[str]:
        engine = TransformersEngine(self._start, self._model, str(self._model.device))
        pieces = Pieces(self._start, source_lang, target_lang)
        framed = [pieces.frame(pieces.encode(source)) for source in sources]
        outputs = [""] * len(sources)
        for batch in plan_batches([len(source) for source in framed], 2048):
            answers = engine.submit([framed[place] for place in batch], pieces.target_prefix, Search(beam=1))()
            for place, (best, *_) in zip(batch, answers, strict=True):
                outputs[place] = pieces.decode(best.pieces)
        return outputs


def _prepare(work: Path, start: Checkpoint, pairs: Sequence[TrainingPair], settings: FineTuneSettings) -> None:
    """Make the folder that a run goes on from; one that another run left is emptied first."""
    content = [start.revision, asdict(settings), [asdict(pair) for pair in pairs]]
    key = sha256(json.dumps(content, sort_keys=True).encode("utf-8", "surrogatepass")).hexdigest()
    try:
        same = (work / "job").read_text(encoding="utf-8") == key
    except OSError:
        same = False
    if not same:
        shutil.rmtree(work, ignore_errors=True)
        work.mkdir(parents=True)
        (work / "job").write_text(key, encoding="utf-8")


def _train(
    model: Any,
    rows: Sequence[Mapping[str, list[int]]],
    judge: _Judge,
    work: Path,
    settings: FineTuneSettings,
    scratch: bool,
    progress: Progress,
) -> None:
    """Train until nothing gets better; the model then is the best of its states."""
    from transformers import (
        EarlyStoppingCallback,
        PrinterCallback,
        Seq2SeqTrainer,
        Seq2SeqTrainingArguments,
        TrainerCallback,
    )
    from transformers.trainer_utils import get_last_checkpoint

    class Judged(Seq2SeqTrainer):  # type: ignore[misc]
        def evaluate(self, *_: Any, **__: Any) -> dict[str, float]:
            self.model.eval()
            found = judge.score(self.state.global_step)
            metrics = {"eval_chrf": found.chrf, **({} if found.names is None else {"eval_names": found.names})}
            self.log(metrics)
            self.control: Any = self.callback_handler.on_evaluate(self.args, self.state, self.control, metrics)
            return metrics

    class Watched(TrainerCallback):  # type: ignore[misc]
        def on_train_begin(self, args: Any, state: Any, control: Any, **_: Any) -> None:
            progress.start("training", state.max_steps)
            progress.advance(state.global_step)

        def on_step_end(self, args: Any, state: Any, control: Any, **_: Any) -> None:
            progress.advance()

    judged = bool(judge.directions)
    arguments = Seq2SeqTrainingArguments(
        output_dir=str(work / "states"),
        max_steps=settings.steps or -1,
        num_train_epochs=settings.epochs,
        learning_rate=settings.learning_rate or (2e-3 if scratch else 5e-5),
        warmup_steps=settings.warmup,
        per_device_train_batch_size=settings.batch,
        label_smoothing_factor=settings.smoothing,
        train_sampling_strategy="group_by_length",
        eval_strategy="steps" if judged else "no",
        eval_steps=settings.evaluate_every,
        save_strategy="steps",
        save_steps=settings.evaluate_every,
        save_total_limit=2,
        load_best_model_at_end=judged,
        metric_for_best_model="chrf" if judged else None,
        greater_is_better=True if judged else None,
        seed=settings.seed,
        report_to=[],
        disable_tqdm=True,
        dataloader_pin_memory=False,
        log_level="error",
    )
    if model.config.model_type == "marian":
        hold_still(model, model.config.pad_token_id)
    with quiet():
        trainer = Judged(
            model=model,
            args=arguments,
            train_dataset=list(rows),
            eval_dataset=list(rows)[:1] if judged else None,  # what is evaluated on is the judge's
            data_collator=lambda batch: _collated(batch, model.config),
            callbacks=[Watched(), *([EarlyStoppingCallback(settings.patience)] if judged else [])],
        )
        trainer.remove_callback(PrinterCallback)
        last = get_last_checkpoint(arguments.output_dir) if (work / "states").is_dir() else None
        if last is not None:
            judge.scores += _earlier(Path(last))
        trainer.train(resume_from_checkpoint=last)
    if judged and (not judge.scores or trainer.state.best_model_checkpoint is None):
        judge.score(trainer.state.global_step)  # it ended before the first evaluation was due


def _earlier(state: Path) -> list[DevScore]:
    """The scores of a run that was killed."""
    history = json.loads((state / "trainer_state.json").read_text(encoding="utf-8"))["log_history"]
    return [DevScore(row["step"], row["eval_chrf"], row.get("eval_names")) for row in history if "eval_chrf" in row]


def _collated(batch: Sequence[Mapping[str, list[int]]], config: Any) -> dict[str, Any]:
    """Rows as tensors: sources padded and masked, targets filled with what the loss skips, and once more a step later.

    The decoder's input is made here, since label smoothing takes the targets away from the model.
    """
    import torch

    def padded(rows: Sequence[Sequence[int]], filler: int) -> Any:
        width = max(map(len, rows))
        return torch.tensor([[*row, *[filler] * (width - len(row))] for row in rows])

    pad, begin = config.pad_token_id, config.decoder_start_token_id
    ids = padded([row["input_ids"] for row in batch], pad)
    return {
        "input_ids": ids,
        "attention_mask": (ids != pad).long(),
        "decoder_input_ids": padded([[begin, *row["labels"][:-1]] for row in batch], pad),
        "labels": padded([row["labels"] for row in batch], _IGNORED),
    }


def _save(
    model: Any,
    start: Checkpoint,
    scores: Sequence[DevScore],
    pairs: Sequence[TrainingPair],
    folder: Path,
    settings: FineTuneSettings,
) -> None:
    """Weights as safetensors, the start's own tokenizer files, and what was done."""
    with quiet():
        model.save_pretrained(folder)
    for file in start.folder.iterdir():
        ours = file.name in (CARD, "README.md") or (folder / file.name).exists()
        if file.is_file() and not ours and not file.name.endswith(_WEIGHTS):
            shutil.copyfile(file, folder / file.name)
    directions = sorted({(pair.source_lang, pair.target_lang) for pair in pairs})
    content = {
        "start": [Path(start.name).name if start.folder == Path(start.name) else start.name, start.revision],
        "settings": asdict(settings),
        "pairs": len(pairs),
        "directions": directions,
        "dev": [asdict(score) for score in scores],
    }
    (folder / CARD).write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")
    (folder / "README.md").write_text(_card(content), encoding="utf-8")


def _card(content: Mapping[str, Any]) -> str:
    """The model card."""
    name, revision = content["start"]
    langs = sorted({lang for direction in content["directions"] for lang in direction})
    said = ", ".join(f"{source} → {target}" for source, target in content["directions"])
    yaml = ["---", "language:", *(f"- {json.dumps(lang)}" for lang in langs), "pipeline_tag: translation"]
    yaml += ["library_name: transformers", "tags:", "- muwazi", f"base_model: {json.dumps(name)}", "---"]
    rows = [
        f"| {one['step']} | {one['chrf']:.2f} | {'–' if one['names'] is None else format(one['names'], '.3f')} |"
        for one in content["dev"]
    ]
    table = ["", "| step | chrF++ (dev) | names right (dev) |", "| ---: | ---: | ---: |", *rows] if rows else []
    text = [
        *yaml,
        "",
        "# A translation model trained with muwazi",
        "",
        f"Trained from {name} (revision {revision}) on {content['pairs']} sentence pairs: {said}. The state with the",
        "highest chrF++ on the development pairs is the one that is kept. The licence is that of the start model and",
        "of the pairs.",
        *table,
        "",
        "    muwazi translate article.txt --to LANG --model THIS_FOLDER",
        "",
        "Settings and figures as data: `muwazi.json`.",
    ]
    return "\n".join(text) + "\n"
