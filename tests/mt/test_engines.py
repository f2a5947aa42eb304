"""Every engine keeps the same contract, and the fast one says what the reference says, piece by piece."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpora.errors import ModelError, UsageError
from mt.checkpoint import Checkpoint
from mt.convert import convert
from mt.engines.base import ENGINES, Engine, Search, budget_for, load, plan_batches
from mt.pieces import Pieces
from mt.settings import TranslationSettings
from tests.mt.conftest import PAIRS, Watcher

UNSEEN = ("The company did not answer.", "Engineers opened a new law on Monday.", "Tunis rose.", "Its factory sold it.")


@pytest.fixture(scope="module", params=sorted(ENGINES))
def engine(request: pytest.FixtureRequest, model: Checkpoint, cache: Path) -> Engine:
    return load(model, TranslationSettings(engine=request.param, precision="float32", threads=1), cache=cache)


@pytest.fixture(scope="module")
def both(model: Checkpoint, cache: Path) -> tuple[Engine, Engine]:
    settings = TranslationSettings(precision="float32", threads=1)
    reference, fast = (ENGINES[name](model, settings, cache, Watcher()) for name in ("transformers", "ctranslate2"))
    return reference, fast


def framed(checkpoint: Checkpoint, texts: Sequence[str], source_lang: str, target_lang: str) -> list[list[str]]:
    pieces = Pieces(checkpoint, source_lang, target_lang)
    return [pieces.frame(pieces.encode(text)) for text in texts]


def test_contract_answers_keep_the_order_of_a_mixed_batch(engine: Engine, model: Checkpoint) -> None:
    english = [pair for pair in PAIRS if pair.source_lang == "en" and pair.target_lang == "ar"]
    pieces = Pieces(model, "en", "ar")
    found = engine.submit(framed(model, [pair.source for pair in english], "en", "ar"), (), Search())()
    assert [pieces.decode(best.pieces) for best, *_ in found] == [pair.target for pair in english]


def test_contract_hypotheses_come_best_first(engine: Engine, model: Checkpoint) -> None:
    for hypotheses in engine.submit(framed(model, UNSEEN, "en", "fr"), (), Search(beam=4, hypotheses=3))():
        assert len(hypotheses) == 3
        scores = [one.score for one in hypotheses if one.score is not None]
        assert scores == sorted(scores, reverse=True)
        assert len({one.pieces for one in hypotheses}) == 3


def test_contract_no_more_hypotheses_than_beams(engine: Engine, model: Checkpoint) -> None:
    ((only,),) = engine.submit(framed(model, UNSEEN[:1], "en", "fr"), (), Search(beam=1, hypotheses=5))()
    assert only.pieces


def test_contract_unknown_letters_do_not_break_it(engine: Engine, model: Checkpoint) -> None:
    assert len(engine.submit(framed(model, ["祝你好运 🎉", "x" * 60], "en", "ar"), (), Search())()) == 2


def test_contract_no_repeat_forbids_repeated_runs(engine: Engine, model: Checkpoint) -> None:
    for best, *_ in engine.submit(framed(model, [*UNSEEN, "a a a a a a"], "en", "fr"), (), Search(no_repeat=2))():
        runs = list(zip(best.pieces, best.pieces[1:], strict=False))
        assert len(runs) == len(set(runs))


@pytest.mark.parametrize("beam", [1, 2, 4])
def test_float32_outputs_are_equal_piece_by_piece(both: tuple[Engine, Engine], model: Checkpoint, beam: int) -> None:
    reference, fast = both
    for source_lang, target_lang in (("en", "ar"), ("fr", "en"), ("ar", "fr")):
        texts = [pair.source for pair in PAIRS if (pair.source_lang, pair.target_lang) == (source_lang, target_lang)]
        sources = framed(model, [*texts, *UNSEEN], source_lang, target_lang)
        expected, found = (one.submit(sources, (), Search(beam=beam))() for one in (reference, fast))
        assert [best.pieces for best, *_ in found] == [best.pieces for best, *_ in expected]


def test_int8_says_what_it_was_taught(model: Checkpoint, cache: Path) -> None:
    engine = load(model, TranslationSettings(engine="ctranslate2", threads=1), cache=cache)
    for pair in PAIRS:
        pieces = Pieces(model, pair.source_lang, pair.target_lang)
        ((best,),) = engine.submit([pieces.frame(pieces.encode(pair.source))], (), Search())()
        assert pieces.decode(best.pieces) == pair.target


def test_pieces_are_those_of_the_transformers_tokenizer(model: Checkpoint) -> None:
    import warnings

    from transformers import MarianTokenizer

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it recommends sacremoses
        tokenizer = MarianTokenizer.from_pretrained(str(model.folder))
    pieces = Pieces(model, "en", "ar")
    for pair in PAIRS:
        if (pair.source_lang, pair.target_lang) == ("en", "ar"):
            ours = pieces.frame(pieces.encode(pair.source))
            theirs = tokenizer.convert_ids_to_tokens(tokenizer(f">>ara<<{pair.source}").input_ids)
            assert ours == theirs
            assert tokenizer.decode(tokenizer.convert_tokens_to_ids(ours), skip_special_tokens=True).endswith(
                pieces.decode(pieces.encode(pair.source))
            )


def test_a_conversion_is_made_once_and_keeps_the_revision(model: Checkpoint, cache: Path) -> None:
    first = convert(model, "int8", cache=cache)
    made = first.weights[0].stat().st_mtime_ns
    again = convert(model, "int8", cache=cache)
    assert again == first
    assert again.weights[0].stat().st_mtime_ns == made
    assert (again.form, again.revision) == ("ctranslate2", model.revision)
    assert convert(model, "float32", cache=cache).folder != first.folder


def test_without_torch_the_cure_is_named(model: Checkpoint, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mt.convert.has_torch", lambda: False)
    with pytest.raises(ModelError, match=r"muwazi\[models\]"):
        load(model, TranslationSettings(engine="ctranslate2"), cache=tmp_path)


def test_auto_goes_on_with_transformers_where_a_conversion_fails(
    model: Checkpoint, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise ModelError("no converter for it")

    monkeypatch.setattr("mt.convert._run_converter", fail)
    watcher = Watcher()
    assert load(model, TranslationSettings(threads=1), cache=tmp_path, progress=watcher).name == "transformers"
    assert "no converter" in watcher.warnings[0]
    assert not list((tmp_path / "models").iterdir())


def test_a_converted_model_does_not_run_in_transformers(model: Checkpoint, cache: Path) -> None:
    with pytest.raises(ModelError, match="ctranslate2 only"):
        load(convert(model, "int8", cache=cache), TranslationSettings(engine="transformers"))


def test_an_unknown_engine_is_refused(model: Checkpoint) -> None:
    with pytest.raises(UsageError, match="no engine"):
        load(model, TranslationSettings(engine="onnx"))  # type: ignore[arg-type]


def test_the_fast_engine_runs_without_torch(model: Checkpoint, cache: Path) -> None:
    folder = convert(model, "int8", cache=cache).folder
    code = f"""
import sys
sys.modules["torch"] = sys.modules["transformers"] = None
from mt.translate import translate_sentences
print(translate_sentences([{PAIRS[0].source!r}], source_lang="en", target_lang="fr", model={str(folder)!r}).texts[0])
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.stdout.strip() == PAIRS[0].target, done.stderr


def test_importing_the_floor_loads_neither_torch_nor_the_engines() -> None:
    code = (
        "import sys, mt.translate, mt.train, mt.models, mt.engines.base;"
        "print([name for name in ('torch', 'transformers', 'ctranslate2', 'sentencepiece', 'huggingface_hub')"
        " if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@given(st.lists(st.integers(1, 300), max_size=60), st.integers(1, 500))
def test_batches_hold_every_index_once_and_keep_the_budget(lengths: list[int], budget: int) -> None:
    plan = plan_batches(lengths, budget)
    assert sorted(index for batch in plan for index in batch) == list(range(len(lengths)))
    for batch in plan:
        assert len(batch) == 1 or len(batch) * max(lengths[index] for index in batch) <= budget


@given(st.lists(st.integers(1, 300), max_size=60), st.integers(1, 2000))
def test_a_text_gives_work_to_several_cores_unless_its_batches_would_be_small(lengths: list[int], most: int) -> None:
    budget = budget_for(lengths, most)
    assert min(most, 256) <= budget <= most
    if budget > 256:
        assert sum(lengths) > 3 * budget or budget == most
