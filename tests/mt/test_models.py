"""What is on the machine is found without network; what is missing or broken is named, with the cure."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from corpora.errors import LanguageError, ModelError
from corpora.store import Store
from mt import models
from mt.checkpoint import CARD, CONVERSION, Checkpoint, inspect
from mt.cli.app import app
from mt.convert import convert, converted
from mt.direction import language_tokens
from mt.models import TABLE, available, candidates, default_model, pull, remarks, resolve
from mt.translate import Translator
from tests.mt.conftest import Watcher

COMMIT = "0123456789abcdef0123456789abcdef01234567"


def into_hub(hub: Path, model: str, folder: Path) -> None:
    """Lay a checkpoint out as the hub's cache does."""
    root = hub / f"models--{model.replace('/', '--')}"
    shutil.copytree(folder, root / "snapshots" / COMMIT)
    (root / "refs").mkdir()
    (root / "refs" / "main").write_text(COMMIT, encoding="utf-8")


def as_pair(folder: Path, source: str, target: str) -> None:
    """Let a copied checkpoint say that it is for one direction."""
    path = folder / "tokenizer_config.json"
    config = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps({**config, "source_lang": source, "target_lang": target}), encoding="utf-8")


@pytest.fixture
def copy(model: Checkpoint, tmp_path: Path) -> Path:
    """A copy of the demo model that a test may break."""
    return Path(shutil.copytree(model.folder, tmp_path / "copy"))


@pytest.fixture
def converted_copy(model: Checkpoint, cache: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(convert(model, "int8", cache=cache).folder, tmp_path / "converted"))


def test_every_direction_has_a_default_and_nllb_comes_last() -> None:
    for source in ("ar", "fr", "en"):
        for target in {"ar", "fr", "en"} - {source}:
            chosen = default_model(source, target)
            assert chosen is not None
            assert chosen.family == "marian"
            assert candidates(source, target)[-1].family == "nllb"
    assert default_model("fr", "ar").id == "Helsinki-NLP/opus-mt-tc-big-itc-ar"  # type: ignore[union-attr]
    assert default_model("fr", "ar", fast=True).id == "Helsinki-NLP/opus-mt-fr-ar"  # type: ignore[union-attr]
    assert all(row.remark for row in TABLE if row.family == "nllb")


def test_a_local_folder_has_a_revision_of_its_own(model: Checkpoint, copy: Path) -> None:
    assert resolve(str(copy)).revision == model.revision
    weights = copy / "target.spm"
    weights.write_bytes(weights.read_bytes() + b"\n")
    assert resolve(str(copy)).revision != model.revision


def test_the_hubs_cache_is_found_offline_with_its_commit(model: Checkpoint, no_hub: Path) -> None:
    into_hub(no_hub, "Helsinki-NLP/opus-mt-tc-big-en-ar", model.folder)
    found = resolve("Helsinki-NLP/opus-mt-tc-big-en-ar")
    assert (found.revision, found.name) == (COMMIT, "Helsinki-NLP/opus-mt-tc-big-en-ar")
    assert available("en", "ar").ready
    assert not available("en", "fr").ready


def test_no_model_gives_one_line_with_the_cures(no_hub: Path) -> None:
    found = available("en", "ar")
    assert not found.ready
    assert found.notice is not None
    assert "\n" not in found.notice
    assert "muwazi models pull Helsinki-NLP/opus-mt-tc-big-en-ar" in found.notice
    assert "another machine" in found.notice
    assert "--model PATH" in found.notice


def test_a_hub_that_is_not_reached_is_an_error_with_the_cures(no_hub: Path) -> None:
    with pytest.raises(ModelError, match=r"another machine.*--model PATH"):
        pull("Helsinki-NLP/opus-mt-en-ar")


def test_what_is_pulled_has_no_pickle_beside_safetensors(
    model: Checkpoint, no_hub: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import huggingface_hub

    asked: list[list[str]] = []

    class Hub:
        def list_repo_files(self, repo_id: str) -> list[str]:
            return ["config.json", "model.safetensors", "pytorch_model.bin", "tf_model.h5"]

    def download(repo_id: str, *, allow_patterns: list[str]) -> str:
        asked.append(allow_patterns)
        return str(model.folder)

    monkeypatch.setattr(huggingface_hub, "HfApi", Hub)
    monkeypatch.setattr(huggingface_hub, "snapshot_download", download)
    assert pull("owner/name").name == "owner/name"
    assert "*.safetensors" in asked[0]
    assert not any(pattern.endswith((".bin", ".h5", ".py")) for pattern in asked[0])


def test_a_pivot_is_taken_where_no_direct_model_is_here(model: Checkpoint, no_hub: Path) -> None:
    into_hub(no_hub, "Helsinki-NLP/opus-mt-zh-en", model.folder)
    into_hub(no_hub, "Helsinki-NLP/opus-mt-tc-big-en-ar", model.folder)
    legs = available("zh", "ar").legs
    assert [(leg.source_lang, leg.target_lang) for leg in legs] == [("zh-Hans", "en"), ("en", "ar")]


@pytest.mark.parametrize("target", ["en", "fr", "ar"])
def test_chinese_is_read_directly_into_english_and_through_it_into_french_and_arabic(
    model: Checkpoint, no_hub: Path, target: str
) -> None:
    for name in ("opus-mt-zh-en", "opus-mt-tc-big-en-ar", "opus-mt-en-fr"):
        into_hub(no_hub, f"Helsinki-NLP/{name}", model.folder)
    legs = available("zh", target).legs
    assert [(leg.source_lang, leg.target_lang) for leg in legs] == [("zh-Hans", "en"), ("en", target)][: len(legs)]
    assert legs[-1].target_lang == target
    assert available("zh-Hant", target).legs[0].model == "Helsinki-NLP/opus-mt-zh-en"


def test_fast_takes_the_small_model_where_both_are_here(model: Checkpoint, no_hub: Path) -> None:
    for name in ("opus-mt-en-fr", "opus-mt-tc-big-en-fr"):
        into_hub(no_hub, f"Helsinki-NLP/{name}", model.folder)
    assert available("en", "fr").legs[0].model == "Helsinki-NLP/opus-mt-tc-big-en-fr"
    assert available("en", "fr", fast=True).legs[0].model == "Helsinki-NLP/opus-mt-en-fr"


def test_a_model_that_is_not_for_commerce_says_so_where_it_is_chosen(model: Checkpoint, no_hub: Path) -> None:
    nllb = "facebook/nllb-200-distilled-600M"
    into_hub(no_hub, nllb, model.folder)
    found = available("en", "ar")
    assert found.legs[0].model == nllb
    assert "not for commercial use" in (found.notice or "")
    assert remarks(found.legs) == [f"{nllb}: licence CC-BY-NC-4.0: not for commercial use"]
    into_hub(no_hub, "Helsinki-NLP/opus-mt-en-ar", model.folder)
    assert remarks(available("en", "ar").legs) == []
    assert {row.licence for row in TABLE} == {"CC-BY-4.0", "Apache-2.0", "CC-BY-NC-4.0"}


def test_the_commit_of_the_first_pull_is_recorded_with_every_translation(
    model: Checkpoint, no_hub: Path, tmp_path: Path
) -> None:
    from corpora.store import Store
    from mt.translate import translate_sentences

    into_hub(no_hub, "Helsinki-NLP/opus-mt-en-fr", model.folder)
    with Store(tmp_path) as store:
        text = "Netflix now employs 427 people in six countries."
        done = translate_sentences([text], source_lang="en", target_lang="fr", store=store)
    assert (done.model, done.revision) == ("Helsinki-NLP/opus-mt-en-fr", COMMIT)
    (folder,) = (tmp_path / "models").iterdir()
    assert folder.name == f"Helsinki-NLP--opus-mt-en-fr@{COMMIT[:12]}-int8-{CONVERSION}"


def test_only_a_conversion_is_enough_without_torch(
    model: Checkpoint, no_hub: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    into_hub(no_hub, "Helsinki-NLP/opus-mt-en-ar", model.folder)
    checkpoint = resolve("Helsinki-NLP/opus-mt-en-ar")
    monkeypatch.setattr(models, "has_torch", lambda: False)
    assert not available("en", "ar", cache=tmp_path).ready
    convert(checkpoint, "int8", cache=tmp_path)
    assert available("en", "ar", cache=tmp_path).ready
    shutil.rmtree(no_hub)
    assert resolve("Helsinki-NLP/opus-mt-en-ar", cache=tmp_path).form == "ctranslate2"


def test_a_conversion_of_an_earlier_version_is_made_anew_and_used_only_without_torch(
    model: Checkpoint, no_hub: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    into_hub(no_hub, "Helsinki-NLP/opus-mt-en-ar", model.folder)
    checkpoint = resolve("Helsinki-NLP/opus-mt-en-ar")
    made = convert(checkpoint, "int8", cache=tmp_path)
    now = Translator("en", "ar", store=Store(tmp_path)).scope
    card = json.loads((made.folder / CARD).read_text())
    assert card.pop("format") == CONVERSION
    (made.folder / CARD).write_text(json.dumps(card))
    earlier = made.folder.rename(made.folder.with_name(made.folder.name.removesuffix(f"-{CONVERSION}")))
    assert converted(checkpoint, "int8", tmp_path) is None
    with monkeypatch.context() as without:
        without.setattr(models, "has_torch", lambda: False)
        assert available("en", "ar", cache=tmp_path).ready
        assert convert(checkpoint, "int8", cache=tmp_path).folder == earlier
        assert Translator("en", "ar", store=Store(tmp_path)).scope != now
    assert Translator("en", "ar", store=Store(tmp_path)).scope == now
    assert convert(checkpoint, "int8", cache=tmp_path).folder == made.folder


def test_a_broken_model_is_no_default_but_an_error_when_named(model: Checkpoint, no_hub: Path) -> None:
    into_hub(no_hub, "Helsinki-NLP/opus-mt-en-ar", model.folder)
    weights = no_hub / "models--Helsinki-NLP--opus-mt-en-ar" / "snapshots" / COMMIT / "model.safetensors"
    weights.write_bytes(weights.read_bytes()[:-100])
    assert not available("en", "ar").ready
    with pytest.raises(ModelError, match="truncated"):
        available("en", "ar", model="Helsinki-NLP/opus-mt-en-ar")


def test_an_unknown_language_is_refused_before_anything_is_looked_for() -> None:
    with pytest.raises(LanguageError):
        available("en", "xx-nothing")


@pytest.mark.parametrize("file", ["config.json", "vocab.json", "source.spm", "target.spm", "model.safetensors"])
def test_a_missing_file_is_named(copy: Path, file: str) -> None:
    (copy / file).unlink()
    with pytest.raises(ModelError, match=file.replace(".", r"\.")):
        inspect(copy)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "truncated"),
        (b"\x10\x00\x00\x00\x00\x00\x00\x00not json at all!", "not a safetensors file"),
        (b"\xff" * 64, "not a safetensors file"),
        (b"version https://git-lfs.github.com/spec/v1\n", "git lfs pull"),
    ],
)
def test_weights_that_are_none_are_refused(copy: Path, content: bytes, message: str) -> None:
    (copy / "model.safetensors").write_bytes(content)
    with pytest.raises(ModelError, match=message):
        inspect(copy)


def test_a_pickle_is_opened_with_weights_only_and_one_line(copy: Path, tmp_path: Path) -> None:
    import torch
    from safetensors.torch import load_file

    from mt.engines.base import load
    from mt.settings import TranslationSettings

    torch.save(load_file(copy / "model.safetensors"), copy / "pytorch_model.bin")
    (copy / "model.safetensors").unlink()
    checkpoint = inspect(copy)
    assert checkpoint.pickled
    watcher = Watcher()
    load(checkpoint, TranslationSettings(engine="transformers"), progress=watcher)
    load(checkpoint, TranslationSettings(engine="ctranslate2"), cache=tmp_path, progress=watcher)
    assert sum("weights_only=True" in line for line in watcher.warnings) == 2


def test_a_pickle_that_holds_code_is_refused(copy: Path, tmp_path: Path) -> None:
    import torch

    from mt.engines.base import load
    from mt.settings import TranslationSettings

    torch.save({"weight": Harmful(tmp_path / "ran")}, copy / "pytorch_model.bin")
    (copy / "model.safetensors").unlink()
    for engine in ("transformers", "ctranslate2"):
        with pytest.raises(ModelError, match="more than weights"):
            load(inspect(copy), TranslationSettings(engine=engine), cache=tmp_path)
    assert not (tmp_path / "ran").exists()


class Harmful:
    """Runs code when it is unpickled without care."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> tuple[object, tuple[object, ...]]:
        return (Path.touch, (self.path,))


def test_a_truncated_pickle_is_seen(copy: Path) -> None:
    (copy / "model.safetensors").unlink()
    (copy / "pytorch_model.bin").write_bytes(b"PK\x03\x04" + b"\x00" * 2000)
    with pytest.raises(ModelError, match="truncated"):
        inspect(copy)


def test_another_kind_of_model_is_refused(copy: Path) -> None:
    (copy / "config.json").write_text('{"model_type": "bert"}', encoding="utf-8")
    with pytest.raises(ModelError, match=r"bert.*Marian"):
        inspect(copy)


def test_a_truncated_conversion_is_seen(converted_copy: Path) -> None:
    assert inspect(converted_copy).form == "ctranslate2"
    weights = converted_copy / "model.bin"
    weights.write_bytes(weights.read_bytes()[:-1])
    with pytest.raises(ModelError, match="convert the model again"):
        inspect(converted_copy)


def test_no_such_folder_is_said() -> None:
    with pytest.raises(ModelError, match="no such model folder"):
        resolve("./nowhere/at/all")


@pytest.mark.parametrize("form", ["copy", "converted_copy"])
def test_a_prefix_that_the_vocabulary_lacks_is_an_error(form: str, request: pytest.FixtureRequest) -> None:
    checkpoint = inspect(request.getfixturevalue(form))
    assert language_tokens(checkpoint, "en", "ar").source == (">>ara<<",)
    with pytest.raises(ModelError, match=r"does not translate into de.*ara, eng, fra"):
        language_tokens(checkpoint, "en", "de")


def test_the_languages_that_a_model_declares_are_held_against_the_direction(copy: Path) -> None:
    as_pair(copy, "fr", "ar")
    checkpoint = inspect(copy)
    assert language_tokens(checkpoint, "fr", "ar").source == (">>ara<<",)
    with pytest.raises(ModelError, match="source language is fr, not en"):
        language_tokens(checkpoint, "en", "ar")


def test_a_single_target_model_takes_no_prefix_and_no_other_target(copy: Path) -> None:
    words = json.loads((copy / "vocab.json").read_text(encoding="utf-8"))
    plain = {piece: index for piece, index in words.items() if not piece.startswith(">>")}
    (copy / "vocab.json").write_text(json.dumps(plain), encoding="utf-8")
    as_pair(copy, "itc", "ar")
    checkpoint = inspect(copy)
    assert language_tokens(checkpoint, "fr", "ar").source == ()
    with pytest.raises(ModelError, match="target language is ar, not en"):
        language_tokens(checkpoint, "fr", "en")


def test_nllb_codes_are_checked_against_the_tokenizer(copy: Path) -> None:
    (copy / "config.json").write_text('{"model_type": "m2m_100"}', encoding="utf-8")
    shutil.copyfile(copy / "source.spm", copy / "sentencepiece.bpe.model")
    tokens = {"model": {"vocab": [["<s>", 0.0], ["a", -1.0]]}, "added_tokens": [{"content": "eng_Latn", "id": 2}]}
    (copy / "tokenizer.json").write_text(json.dumps(tokens), encoding="utf-8")
    checkpoint = inspect(copy)
    assert checkpoint.family == "nllb"
    with pytest.raises(ModelError, match=r"no token for ar \(arb_Arab\)"):
        language_tokens(checkpoint, "en", "ar")


def test_models_check_obeys_the_settings_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "muwazi.toml").write_text("[translation]\nbeem = 2\n")
    result = CliRunner().invoke(app, ["models", "check", "demo"])
    assert result.exit_code == 2
    assert "beam" in str(result.exception) + result.output
    (tmp_path / "muwazi.toml").write_text("[translation]\nbeam = 2\n")
    assert CliRunner().invoke(app, ["models", "check", "demo"]).exit_code == 0
