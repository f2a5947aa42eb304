"""Which pairs a model is trained on, and which judge it."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpora.errors import InputError
from corpora.store import Store
from mt.build import Request, build
from mt.training_pairs import gather
from tests.mt.datasets import rows, write


def table(path: Path, count: int) -> str:
    path.write_text("".join(f"source {number}\ttarget {number}\n" for number in range(count)), encoding="utf-8")
    return str(path)


def test_a_twentieth_of_a_table_is_held_out_and_no_source_stands_on_both_sides(tmp_path: Path) -> None:
    file = table(tmp_path / "pairs.tsv", 400)
    training, dev = gather([file], source_lang="en", target_lang="fr")
    assert len(training) + len(dev) == 400
    assert 5 <= len(dev) <= 40
    assert not {pair.source for pair in training} & {pair.source for pair in dev}
    assert gather([file], source_lang="en", target_lang="fr", dev=3)[1] == dev[:3]
    both, _ = gather([file], source_lang="en", target_lang="fr", both=True)
    assert (both[1].source, both[1].target_lang) == (both[0].target, both[0].source_lang)


def test_few_pairs_are_all_trained_on(tmp_path: Path) -> None:
    training, dev = gather([table(tmp_path / "pairs.tsv", 20)], source_lang="en", target_lang="fr")
    assert (len(training), dev) == (20, [])


def test_a_dataset_gives_its_repaired_text_in_the_languages_asked_for(tmp_path: Path) -> None:
    with Store(tmp_path / "store") as store:
        build(
            Request(write(tmp_path / "articles", "battery-deal"), tmp_path / "dataset", retranslate="no"), store=store
        )
    training, dev = gather([str(tmp_path / "dataset")], target_lang="ar")
    found = [row for row in rows(tmp_path / "dataset", "default") if row["target_lang"] == "ar"]
    assert {pair.target for pair in [*training, *dev]} == {row["target_repaired"] for row in found}
    with pytest.raises(InputError, match="no dataset"):
        gather([str(tmp_path / "articles")])
