"""Re-translation in a build: its scores stand in the rows, it is done once, and without a model the build goes on."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from corpora.errors import ModelError
from corpora.store import Store
from mt.build import Request, build, map_shard, merge
from mt.config import Settings
from mt.mapping import Failure, map_pair
from mt.retranslation import plan_retranslation, unload
from mt.settings import TranslationSettings
from mt.shards import Shard
from mt.workers import Workers
from tests.mt.datasets import rows, tree, write

DEMO = Settings(translation=TranslationSettings(model="demo"))


class Notes:
    """A progress that keeps what it is told."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    def start(self, step: str, total: int | None) -> None: ...

    def advance(self, amount: int = 1) -> None: ...

    def warn(self, message: str) -> None:
        self.lines.append(message)


@pytest.fixture(scope="module")
def articles(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("articles"), "pay-wallets")


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with Store(tmp_path_factory.mktemp("store")) as opened:
        yield opened


@pytest.fixture(scope="module")
def dataset(articles: Path, store: Store, tmp_path_factory: pytest.TempPathFactory) -> Path:
    output = tmp_path_factory.mktemp("built") / "dataset"
    assert build(Request(articles, output, settings=DEMO), store=store).failures == ()
    return output


def test_scores_and_revision_stand_in_every_row(dataset: Path) -> None:
    found = rows(dataset, "default")
    assert found
    assert all(row["model"] == "demo" and row["model_revision"].startswith("sha256:") for row in found)
    scores = [row["chrf"] for row in found if row["chrf"] is not None]  # none where the output is not to be trusted
    assert len(scores) > len(found) / 2
    assert all(0 <= score <= 100 for score in scores)
    manifest = json.loads((dataset / "manifest.json").read_text(encoding="utf-8"))
    directions = {(one["source_lang"], one["target_lang"]) for one in manifest["retranslation"]}
    assert directions == {("en", "ar"), ("en", "fr")}
    assert {one["revision"] for one in manifest["retranslation"]} == {row["model_revision"] for row in found}


def test_workers_and_shards_give_the_same_bytes(dataset: Path, articles: Path, tmp_path: Path) -> None:
    with Store(tmp_path / "fresh") as fresh:
        assert build(Request(articles, tmp_path / "two", settings=DEMO), store=fresh, workers=Workers(2)).mapped == 2
        assert tree(tmp_path / "two") == tree(dataset)
        for index in (1, 2):
            map_shard(Request(articles, tmp_path / f"s{index}", settings=DEMO), Shard(index, 2), store=fresh)
    merge([tmp_path / "s1", tmp_path / "s2"], tmp_path / "merged")
    assert tree(tmp_path / "merged") == tree(dataset)


def test_without_a_model_the_build_goes_on_and_says_so_once(articles: Path, no_hub: Path, tmp_path: Path) -> None:
    notes = Notes()
    with Store(tmp_path / "cache") as store:
        built = build(Request(articles, tmp_path / "out"), store=store, progress=notes)
    assert built.failures == ()
    (line,) = [line for line in notes.lines if "re-translation" in line]
    assert "en → ar, en → fr" in line
    assert all(row["chrf"] is None and row["model"] is None for row in rows(tmp_path / "out", "default"))
    with Store(tmp_path / "cache") as store:
        assert build(
            Request(articles, tmp_path / "out", retranslate="no"), store=store, progress=(quiet := Notes())
        ).unchanged
    assert quiet.lines == []


def test_what_is_only_scored_is_searched_with_the_narrower_beam_and_remembered_by_it(store: Store) -> None:
    def planned(**given: int) -> tuple[int, str]:
        settings = TranslationSettings(model="demo", **given)
        one = plan_retranslation([("en", "fr")], settings, store=store)["en", "fr"]
        return one.settings.beam, one.scope

    assert planned() == planned(beam=3) == planned(beam=2, scored_beam=5)
    assert [planned(scored_beam=beam)[0] for beam in (1, 2, 4, 5)] == [1, 2, 4, 4]
    assert len({planned(scored_beam=beam)[1] for beam in (1, 2, 4, 5)}) == 3


def test_what_was_asked_for_by_name_must_be_there(articles: Path, no_hub: Path, store: Store, tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="models pull"):
        build(Request(articles, tmp_path / "out", retranslate="forward"), store=store)
    absent = Settings(translation=TranslationSettings(model="nobody/nothing"))
    with pytest.raises(ModelError, match="nobody/nothing"):
        build(Request(articles, tmp_path / "out", settings=absent), store=store)
    assert not (tmp_path / "out").exists()


def test_a_pair_that_failed_is_not_translated_twice(
    dataset: Path, articles: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("not now")

    with Store(tmp_path / "cache") as store:
        with monkeypatch.context() as patched:
            patched.setattr("eval.names.detect.find_names", broken)
            assert len(build(Request(articles, tmp_path / "out", settings=DEMO), store=store).failures) == 2
        monkeypatch.setattr("mt.translate.load", broken)
        assert build(Request(articles, tmp_path / "out", settings=DEMO), store=store).failures == ()
    assert tree(tmp_path / "out") == tree(dataset)


def test_a_worker_with_another_model_refuses(
    articles: Path, store: Store, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    tasks = []
    monkeypatch.setattr("mt.build.map_pair", lambda task: tasks.append(task) or Failure("kept for later"))
    build(Request(articles, tmp_path / "out", settings=DEMO, force=True), store=store)
    planned = tasks[0].retranslation
    result = map_pair(replace(tasks[0], retranslation=replace(planned, scope="another")))
    unload()
    assert isinstance(result, Failure)
    assert "planned with" in result.reason
    assert replace(tasks[0], retranslation=replace(planned, scope="another")).key != tasks[0].key
