"""Vectors on disk: the same bytes in the next run, bounded, and never in the way of the job."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from alignment.encoders import CachedEncoder
from alignment.kept_vectors import KeptVectors
from alignment.use import UseEncoder
from corpora.store import FILE_NAME, Store

TEXTS = ["The mill burned down.", "Nobody was hurt.", "Police are looking for witnesses.", "It was built in 1904."]


class Counting(UseEncoder):
    """The embedded encoder, which counts the texts that it is asked for."""

    asked = 0

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        self.asked += len(texts)
        return super().encode(texts)

    def spans(self, texts: Sequence[str], longest: int):  # type: ignore[no-untyped-def]
        self.asked += len(texts)
        return super().spans(texts, longest)


def computed(place: Path, texts: Sequence[str] = TEXTS) -> tuple[int, bytes]:
    """How many texts a fresh process would encode, and what it gets."""
    inner = Counting()
    encoder = CachedEncoder(inner)
    with Store(place) as store, encoder.kept_in(store):
        spans = encoder.spans(texts, 3).block(0, len(texts), 3)
        vectors = encoder.encode(texts)
    return inner.asked, spans.tobytes() + vectors.tobytes()


def test_a_second_run_encodes_nothing_and_gets_the_same_bytes(tmp_path: Path) -> None:
    asked, first = computed(tmp_path)
    again, second = computed(tmp_path)
    assert (asked, again) == (8, 0)
    assert first == second


def test_other_texts_and_another_order_are_other_documents(tmp_path: Path) -> None:
    computed(tmp_path)
    assert computed(tmp_path, TEXTS[::-1])[0] == 8


def test_another_revision_gets_nothing(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        KeptVectors(store, "one").keep("encode", TEXTS, [np.ones(3, np.float32)])
        assert KeptVectors(store, "one").recall("encode", TEXTS) is not None
        assert KeptVectors(store, "two").recall("encode", TEXTS) is None
        assert KeptVectors(store, "one").recall("spans", TEXTS) is None


def test_what_was_not_asked_for_for_longest_goes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    row = np.zeros(1000, np.uint8)
    day = 1_700_000_000.0
    with Store(tmp_path) as store:
        for number in range(8):
            monkeypatch.setattr("alignment.kept_vectors.time", lambda at=day + 86_400 * number: at)
            KeptVectors(store, "r", most=12_000).keep("encode", [str(number)], [row])
        monkeypatch.setattr("alignment.kept_vectors.time", lambda: day + 86_400 * 9)
        kept = KeptVectors(store, "r", most=12_000)
        assert kept.recall("encode", ["0"]) is not None
        for number in range(8, 11):
            kept.keep("encode", [str(number)], [row])
        here = [number for number in range(11) if kept.recall("encode", [str(number)]) is not None]
        assert {0, 8, 9, 10} <= set(here)
        assert 1 not in here
        size = store.read("SELECT SUM(size) FROM vectors")[0][0]
        assert isinstance(size, int)
        assert size <= 12_000


def test_a_document_that_would_push_out_the_others_is_not_kept(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        kept = KeptVectors(store, "r", most=8_000)
        kept.keep("encode", TEXTS, [np.zeros(2_000, np.uint8)])
        assert kept.recall("encode", TEXTS) is None


@pytest.mark.parametrize("broken", [b"", b"nothing of the kind", b"\x93NUMPY\x01\x00"])
def test_a_row_that_holds_something_else_is_computed_again(tmp_path: Path, broken: bytes) -> None:
    _, first = computed(tmp_path)
    with sqlite3.connect(tmp_path / FILE_NAME) as connection:
        connection.execute("UPDATE vectors SET arrays = ?", (broken,))
    asked, second = computed(tmp_path)
    assert asked == 8
    assert first == second


def test_a_place_that_cannot_be_written_keeps_nothing_and_stops_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    asked, first = computed(tmp_path / "file")
    again, second = computed(tmp_path / "file")
    assert (asked, again) == (8, 8)
    assert first == second


def test_two_stores_may_keep_at_once(tmp_path: Path) -> None:
    with Store(tmp_path) as one, Store(tmp_path) as two:
        left, right = KeptVectors(one, "r"), KeptVectors(two, "r")
        left.keep("encode", TEXTS, [np.zeros(3)])
        right.keep("encode", TEXTS, [np.zeros(3)])
        right.keep("encode", TEXTS[:2], [np.ones(3)])
        found = left.recall("encode", TEXTS[:2])
    assert found is not None
    assert found[0].tolist() == [1, 1, 1]
