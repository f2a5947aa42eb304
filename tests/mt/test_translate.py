"""Sentences come back in their order, each distinct one translated once, and a killed run goes on where it was."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from corpora.errors import ModelError
from corpora.store import Store
from mt import translate
from mt.checkpoint import Checkpoint
from mt.convert import convert
from mt.engines import base
from mt.engines.base import Engine, Hypothesis, Pending, Search
from mt.settings import TranslationSettings
from mt.translate import hypotheses, translate_sentences
from tests.mt.conftest import PAIRS, TRIPLES, Watcher

ENGLISH = [english for english, _, _ in TRIPLES]
ARABIC = [arabic for _, _, arabic in TRIPLES]
SMALL_BATCHES = TranslationSettings(batch_tokens=30, threads=1)


class Spy:
    """An engine that counts what it is asked, and may stop or answer something else."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self.name = engine.name
        self.checkpoint = engine.checkpoint
        self.lanes = engine.lanes
        self.asked: list[list[tuple[str, ...]]] = []
        self.searches: list[Search] = []
        self.stop_after: int | None = None
        self.room: int | None = None
        self.answer: tuple[str, ...] | None = None

    def submit(self, sources: Sequence[Sequence[str]], target_prefix: Sequence[str], options: Search) -> Pending:
        return lambda: self._answer(sources, target_prefix, options)

    def _answer(
        self, sources: Sequence[Sequence[str]], target_prefix: Sequence[str], options: Search
    ) -> list[list[Hypothesis]]:
        if self.stop_after is not None and len(self.asked) == self.stop_after:
            raise KeyboardInterrupt
        if self.room is not None and len(sources) > self.room:
            raise MemoryError("no room")
        self.asked.append([tuple(source) for source in sources])
        self.searches.append(options)
        if self.answer is not None:
            return [[Hypothesis(self.answer)] for _ in sources]
        return self._engine.submit(sources, target_prefix, options)()


@pytest.fixture
def spy(model: Checkpoint, cache: Path, monkeypatch: pytest.MonkeyPatch) -> Spy:
    spy = Spy(base.load(model, TranslationSettings(engine="ctranslate2", threads=1), cache=cache))
    monkeypatch.setattr(translate, "load", lambda *_, **__: spy)
    return spy


def into_arabic(
    texts: Sequence[str],
    model: Checkpoint,
    *,
    settings: TranslationSettings = SMALL_BATCHES,
    store: Store | None = None,
    progress: Watcher | None = None,
) -> list[str]:
    translation = translate_sentences(
        texts,
        source_lang="en",
        target_lang="ar",
        model=str(model.folder),
        settings=settings,
        store=store,
        progress=progress or Watcher(),
    )
    return list(translation.texts)


@pytest.mark.parametrize("engine", ["transformers", "ctranslate2"])
def test_it_says_what_it_was_taught_whatever_the_engine(model: Checkpoint, cache: Path, engine: str) -> None:
    with Store(cache) as store:
        for source_lang, target_lang in (("en", "ar"), ("ar", "fr"), ("fr", "en")):
            pairs = [pair for pair in PAIRS if (pair.source_lang, pair.target_lang) == (source_lang, target_lang)]
            translation = translate_sentences(
                [pair.source for pair in pairs],
                source_lang=source_lang,
                target_lang=target_lang,
                model=str(model.folder),
                engine=engine,  # type: ignore[arg-type]
                settings=SMALL_BATCHES,
                store=store,
            )
            assert list(translation.texts) == [pair.target for pair in pairs]
            assert translation.flags == ((),) * len(pairs)
            assert (translation.engine, translation.revision) == (engine, model.revision)


def test_order_is_kept_over_batches_and_duplicates_are_translated_once(spy: Spy, model: Checkpoint) -> None:
    texts = [ENGLISH[2], ENGLISH[0], ENGLISH[2], ENGLISH[3], ENGLISH[1], ENGLISH[0]]
    assert into_arabic(texts, model) == [ARABIC[2], ARABIC[0], ARABIC[2], ARABIC[3], ARABIC[1], ARABIC[0]]
    assert len(spy.asked) > 1
    assert sum(map(len, spy.asked)) == 4


def test_what_has_no_letters_is_left_as_it_is(spy: Spy, model: Checkpoint) -> None:
    texts = ["", "   ", "***", "12:30 — 2024", "🎉"]
    assert into_arabic(texts, model) == texts
    assert spy.asked == []


def test_no_sentences_give_no_translations(spy: Spy, model: Checkpoint) -> None:
    assert into_arabic([], model) == []


def test_a_second_run_translates_nothing_and_loads_no_model(spy: Spy, model: Checkpoint, tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        first = into_arabic(ENGLISH, model, store=store)
        asked = len(spy.asked)
        watcher = Watcher()
        assert into_arabic(ENGLISH, model, store=store, progress=watcher) == first
    assert len(spy.asked) == asked
    assert watcher.steps == watcher.tasks[-1][1] == sum(len(text.split()) for text in ENGLISH)


def test_a_changed_article_translates_what_changed(spy: Spy, model: Checkpoint, tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        into_arabic(ENGLISH[:3], model, store=store)
        spy.asked.clear()
        into_arabic([ENGLISH[3], *ENGLISH[:3]], model, store=store)
    assert sum(map(len, spy.asked)) == 1


def test_a_killed_run_loses_the_batch_in_hand_and_goes_on(spy: Spy, model: Checkpoint, tmp_path: Path) -> None:
    with Store(tmp_path / "whole") as store:
        whole = into_arabic(ENGLISH, model, store=store)
        batches = list(spy.asked)
    spy.asked.clear()
    spy.stop_after = 2
    with Store(tmp_path / "killed") as store, pytest.raises(KeyboardInterrupt):
        into_arabic(ENGLISH, model, store=store)
    spy.stop_after = None
    with Store(tmp_path / "killed") as store:
        assert into_arabic(ENGLISH, model, store=store) == whole
    assert spy.asked == batches


@pytest.mark.parametrize(
    "other", [TranslationSettings(batch_tokens=30, beam=2), TranslationSettings(batch_tokens=30, precision="float32")]
)
def test_other_settings_are_another_translation(
    spy: Spy, model: Checkpoint, tmp_path: Path, other: TranslationSettings
) -> None:
    with Store(tmp_path) as store:
        into_arabic(ENGLISH, model, store=store)
        spy.asked.clear()
        into_arabic(ENGLISH, model, store=store, settings=other)
    assert sum(map(len, spy.asked)) == len(ENGLISH)


def test_any_number_of_threads_gives_the_same(model: Checkpoint, cache: Path) -> None:
    texts = [f"{first} {second}" for first in ENGLISH for second in ENGLISH]
    folder = str(convert(model, cache=cache).folder)
    outputs = [
        translate_sentences(
            texts,
            source_lang="en",
            target_lang="ar",
            model=folder,
            settings=TranslationSettings(batch_tokens=60, threads=threads),
        ).texts
        for threads in (1, 3)
    ]
    assert outputs[0] == outputs[1]


def test_every_lane_has_a_batch_and_one_waits(spy: Spy, model: Checkpoint) -> None:
    spy.lanes = 2
    under_way: list[int] = []
    submit, most = spy.submit, 0

    def counted(sources: Sequence[Sequence[str]], target_prefix: Sequence[str], options: Search) -> Pending:
        nonlocal most
        pending = submit(sources, target_prefix, options)
        under_way.append(len(sources))
        most = max(most, len(under_way))

        def answer() -> list[list[Hypothesis]]:
            found = pending()
            under_way.pop(0)
            return found

        return answer

    spy.submit = counted  # type: ignore[method-assign]
    assert into_arabic(ENGLISH, model, settings=TranslationSettings(batch_tokens=1)) == ARABIC
    assert (most, under_way) == (spy.lanes + 1, [])


def test_a_batch_that_does_not_fit_into_memory_is_halved(spy: Spy, model: Checkpoint) -> None:
    spy.room = 1
    assert into_arabic(ENGLISH, model, settings=TranslationSettings(threads=1)) == ARABIC
    spy.room = 0
    with pytest.raises(ModelError, match="memory does not suffice"):
        into_arabic(ENGLISH, model)


def test_a_long_sentence_is_translated_in_parts_and_joined(spy: Spy, model: Checkpoint) -> None:
    text = "; ".join(ENGLISH)
    (output,) = into_arabic([text], model, settings=TranslationSettings(threads=1, max_pieces=30))
    assert sum(map(len, spy.asked)) > 1
    assert max(len(source) for batch in spy.asked for source in batch) <= 32
    assert output


def test_what_stays_wrong_is_flagged_and_tried_again_next_time(spy: Spy, model: Checkpoint, tmp_path: Path) -> None:
    spy.answer = ()
    with Store(tmp_path) as store:
        translation = translate_sentences(
            ENGLISH[:1],
            source_lang="en",
            target_lang="ar",
            model=str(model.folder),
            settings=SMALL_BATCHES,
            store=store,
        )
        assert translation.flags == (("empty",),)
        assert len(spy.asked) == 1 + SMALL_BATCHES.retries
        assert len(set(spy.searches)) > 1
        spy.answer = None
        assert into_arabic(ENGLISH[:1], model, store=store) == ARABIC[:1]


def test_a_pivot_goes_through_english(spy: Spy, model: Checkpoint, monkeypatch: pytest.MonkeyPatch) -> None:
    from mt.models import Availability, Leg

    legs = (Leg("fr", "en", str(model.folder)), Leg("en", "ar", str(model.folder)))
    monkeypatch.setattr(translate, "available", lambda *_, **__: Availability(legs, None))
    translation = translate_sentences([french for _, french, _ in TRIPLES], source_lang="fr", target_lang="ar")
    assert list(translation.texts) == ARABIC
    assert translation.model == f"{model.folder} + {model.folder}"


def test_hypotheses_are_distinct_best_first_and_remembered(spy: Spy, model: Checkpoint, tmp_path: Path) -> None:
    settings = TranslationSettings(model=str(model.folder), threads=1)
    texts = [ENGLISH[1], "***", ENGLISH[0], ENGLISH[1]]
    with Store(tmp_path) as store:
        found = hypotheses(texts, source_lang="en", target_lang="ar", settings=settings, store=store)
        assert [listed[0] for listed in found] == [ARABIC[1], "***", ARABIC[0], ARABIC[1]]
        assert all(len(set(listed)) == len(listed) for listed in found)
        assert len(found[0]) > 1
        asked = len(spy.asked)
        assert hypotheses(texts, source_lang="en", target_lang="ar", settings=settings, store=store) == found
    assert len(spy.asked) == asked


def test_no_model_is_an_error_with_the_cure(no_hub: Path, tmp_path: Path) -> None:
    with Store(tmp_path) as store, pytest.raises(ModelError, match=r"muwazi models pull .*--model PATH"):
        translate_sentences(["A sentence."], source_lang="en", target_lang="ar", store=store)
