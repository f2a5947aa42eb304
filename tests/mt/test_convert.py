"""A conversion keeps of the vocabulary what each side can meet, and says what the whole model says."""

from __future__ import annotations

import shutil
import sys
from itertools import islice
from pathlib import Path

import pytest

from corpora.errors import ModelError
from mt.checkpoint import Checkpoint, inspect, vocabulary
from mt.convert import convert, write_conversion
from mt.demo_model.generate import triples
from mt.engines.base import Search, load
from mt.pieces import Pieces
from mt.settings import TranslationSettings
from tests.mt.conftest import PAIRS

INTO_ARABIC = [pair for pair in PAIRS if pair.target_lang == "ar"]


@pytest.fixture(scope="module")
def two_sided(model: Checkpoint, tmp_path_factory: pytest.TempPathFactory) -> Checkpoint:
    """The demo model with a sentencepiece model of its own for Arabic, as OPUS-MT has one for each side."""
    pytest.importorskip("google.protobuf", reason="sentencepiece files are edited with it")
    from sentencepiece import sentencepiece_model_pb2

    folder = tmp_path_factory.mktemp("two") / "sided"
    shutil.copytree(model.folder, folder)
    proto = sentencepiece_model_pb2.ModelProto()
    proto.ParseFromString((folder / "target.spm").read_bytes())
    pieces = Pieces(model, "en", "ar")
    met = {piece for triple in islice(triples(7), 1500) for piece in pieces.encode_target(triple.texts["ar"])}
    kept = [one for one in proto.pieces if one.type != 1 or len(one.piece) == 1 or one.piece in met]
    del proto.pieces[:]
    proto.pieces.extend(kept)
    (folder / "target.spm").write_bytes(proto.SerializeToString())
    (folder / "muwazi.json").unlink(missing_ok=True)
    return inspect(folder)


@pytest.mark.parametrize("precision", ["int8", "float32"])
def test_each_side_keeps_its_pieces_and_outputs_are_those_of_the_whole_vocabulary(
    two_sided: Checkpoint, model: Checkpoint, cache: Path, precision: str
) -> None:
    whole, parted = (convert(one, precision, cache=cache) for one in (model, two_sided))  # type: ignore[arg-type]
    read, said = vocabulary(parted), vocabulary(parted, "target")
    assert len(said) < 0.7 * len(vocabulary(whole, "target"))
    assert ">>ara<<" in read
    assert ">>ara<<" not in said
    assert {"</s>", "<unk>"} <= said.keys() & read.keys()
    texts = [*(pair.source for pair in INTO_ARABIC), *(triple.texts["en"] for triple in islice(triples(3), 20))]
    pieces = Pieces(parted, "en", "ar")
    sources = [pieces.frame(pieces.encode(text)) for text in texts]
    settings = TranslationSettings(threads=1)
    of_whole, of_parted = (load(one, settings).submit(sources, (), Search())() for one in (whole, parted))
    for one, other in zip(of_whole, of_parted, strict=True):
        assert other[0].pieces == one[0].pieces


def test_one_sentencepiece_model_for_both_sides_keeps_all(model: Checkpoint, cache: Path) -> None:
    done = convert(model, cache=cache)
    assert (done.folder / "shared_vocabulary.json").is_file()
    assert vocabulary(done) == vocabulary(done, "target")


def test_a_target_model_that_is_not_the_vocabularys_leaves_it_whole(
    two_sided: Checkpoint, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    strangers = {f"piece {number}" for number in range(100)}
    monkeypatch.setattr("mt.convert._listed", lambda path: strangers if path.name == "target.spm" else set())
    write_conversion(two_sided, tmp_path / "done")
    assert (tmp_path / "done" / "shared_vocabulary.json").is_file()


def test_a_vocabulary_that_is_not_the_weights_is_said(two_sided: Checkpoint, cache: Path, tmp_path: Path) -> None:
    shutil.copytree(convert(two_sided, cache=cache).folder, tmp_path / "short")
    (tmp_path / "short" / "target_vocabulary.json").write_text('["</s>", "<unk>"]')
    source = Pieces(two_sided, "en", "ar").encode("Netflix now employs 427 people.")
    pending = load(inspect(tmp_path / "short"), TranslationSettings(threads=1)).submit([source], (), Search())
    with pytest.raises(ModelError, match="convert the model again"):
        pending()


@pytest.mark.parametrize(("content", "said"), [("[", "cannot be read"), ('"pieces"', "not a list of pieces")])
def test_a_vocabulary_that_is_no_list_is_said(
    two_sided: Checkpoint, cache: Path, tmp_path: Path, content: str, said: str
) -> None:
    shutil.copytree(convert(two_sided, cache=cache).folder, tmp_path / "broken")
    (tmp_path / "broken" / "target_vocabulary.json").write_text(content)
    with pytest.raises(ModelError, match=said):
        vocabulary(inspect(tmp_path / "broken"), "target")


def test_a_torch_that_cannot_be_imported_is_said_with_the_cure(
    model: Checkpoint, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("mt.convert.has_torch", lambda: True)  # what is found need not start
    monkeypatch.setitem(sys.modules, "torch", None)
    with pytest.raises(ModelError, match=r"cannot be imported .*muwazi\[models\]"):
        write_conversion(model, tmp_path / "done")
    assert not list(tmp_path.iterdir())
