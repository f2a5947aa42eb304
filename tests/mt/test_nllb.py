"""NLLB checkpoints run like Marian ones: language tokens on both sides, equal outputs in both engines.

The weights are random, since nothing of NLLB's size can be trained in a test: what is shown is that tokens, ids and
prefixes go where they belong.
"""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from mt.checkpoint import Checkpoint, inspect
from mt.engines.base import ENGINES, Engine, Search
from mt.finetune import finetune
from mt.pieces import Pieces
from mt.settings import FineTuneSettings, TranslationSettings
from mt.train import TrainingPair
from tests.mt.conftest import Watcher

pytest.importorskip("torch", reason="needs muwazi[models]")
CODES = ["eng_Latn", "fra_Latn", "arb_Arab"]

TRIPLES = (
    (
        "The company opened a second factory in Tunis on Monday.",
        "L’entreprise a ouvert une deuxième usine à Tunis lundi.",
        "افتتحت الشركة مصنعا ثانيا في تونس يوم الاثنين.",
    ),
    (
        "Its shares rose by 4 percent.",
        "Ses actions ont gagné 4 %.",
        "ارتفعت أسهمها بنسبة 4 في المئة.",
    ),
    (
        "The minister did not answer questions about the new law.",
        "Le ministre n’a pas répondu aux questions sur la nouvelle loi.",
        "لم يجب الوزير عن الأسئلة المتعلقة بالقانون الجديد.",
    ),
    (
        "Engineers tested the chip for a year before they sold it.",
        "Les ingénieurs ont testé la puce pendant un an avant de la vendre.",
        "اختبر المهندسون الشريحة مدة عام قبل أن يبيعوها.",
    ),
)


@pytest.fixture(scope="module")
def nllb(tmp_path_factory: pytest.TempPathFactory) -> Checkpoint:
    import torch
    from sentencepiece import SentencePieceTrainer
    from transformers import M2M100Config, M2M100ForConditionalGeneration, NllbTokenizer

    from mt.engines.transformers import quiet

    folder = tmp_path_factory.mktemp("nllb")
    model = io.BytesIO()
    SentencePieceTrainer.train(
        sentence_iterator=iter([text for triple in TRIPLES for text in triple]),
        model_writer=model,
        model_type="bpe",
        vocab_size=300,
        hard_vocab_limit=False,
        character_coverage=1.0,
        minloglevel=2,
    )
    (folder / "sentencepiece.bpe.model").write_bytes(model.getvalue())
    with quiet():
        # Without these the codes would be unknown, in silence.
        tokenizer = NllbTokenizer.from_pretrained(str(folder), additional_special_tokens=CODES)
        tokenizer.save_pretrained(folder)
        torch.manual_seed(3)
        config = M2M100Config(
            vocab_size=len(tokenizer),
            d_model=32,
            encoder_layers=1,
            decoder_layers=1,
            encoder_attention_heads=2,
            decoder_attention_heads=2,
            encoder_ffn_dim=32,
            decoder_ffn_dim=32,
            init_std=0.3,
            scale_embedding=True,
            decoder_start_token_id=tokenizer.eos_token_id,
        )
        M2M100ForConditionalGeneration(config).save_pretrained(folder)
    return inspect(folder)


@pytest.fixture(scope="module")
def engines(nllb: Checkpoint, cache: Path) -> tuple[Engine, Engine]:
    settings = TranslationSettings(precision="float32", threads=1)
    reference, fast = (ENGINES[name](nllb, settings, cache, Watcher()) for name in ("transformers", "ctranslate2"))
    return reference, fast


def test_the_source_begins_with_its_language_and_the_target_with_its_own(nllb: Checkpoint) -> None:
    pieces = Pieces(nllb, "ar", "fr")
    framed = pieces.frame(pieces.encode(TRIPLES[0][2]))
    assert (framed[0], framed[-1]) == ("arb_Arab", "</s>")
    assert pieces.target_prefix == ("fra_Latn",)


def test_pieces_are_those_of_the_transformers_tokenizer(nllb: Checkpoint) -> None:
    from transformers import AutoTokenizer

    tokenizer = AutoTokenizer.from_pretrained(str(nllb.folder), src_lang="eng_Latn")
    pieces = Pieces(nllb, "en", "ar")
    for english, _, _ in TRIPLES:
        assert pieces.frame(pieces.encode(english)) == tokenizer(english).tokens()


@pytest.mark.parametrize("beam", [1, 4])
@pytest.mark.parametrize(("source_lang", "target_lang"), [("en", "ar"), ("fr", "en")])
def test_both_engines_say_the_same(
    nllb: Checkpoint, engines: tuple[Engine, Engine], beam: int, source_lang: str, target_lang: str
) -> None:
    pieces = Pieces(nllb, source_lang, target_lang)
    sources = [pieces.frame(pieces.encode(text)) for triple in TRIPLES for text in triple[:2]]
    reference, fast = (engine.submit(sources, pieces.target_prefix, Search(beam=beam))() for engine in engines)
    assert [best.pieces for best, *_ in fast] == [best.pieces for best, *_ in reference]
    assert len({best.pieces for best, *_ in fast}) > 1


def test_it_is_trained_on_with_its_language_tokens(nllb: Checkpoint, tmp_path: Path) -> None:
    pairs = [TrainingPair(english, arabic, "en", "ar") for english, _, arabic in TRIPLES]
    settings = FineTuneSettings(steps=1, warmup=0, evaluate_every=1, threads=1)
    done = finetune(nllb, pairs, tmp_path / "tuned", dev=pairs[:1], settings=settings)
    assert done.checkpoint.family == "nllb"
    assert [score.step for score in done.scores] == [1]
    assert Pieces(done.checkpoint, "en", "ar").target_prefix == ("arb_Arab",)
