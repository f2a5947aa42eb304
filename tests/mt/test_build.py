"""Building datasets: the same bytes from any number of workers and shards, nothing twice, nothing of others touched."""

from __future__ import annotations

import csv
import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from corpora.errors import OutputError, UsageError
from corpora.store import Store
from mt.build import Built, Request, build, map_shard, merge
from mt.cli.app import app
from mt.shards import Shard
from mt.workers import Workers
from mt.workspace import alone
from tests.mt.datasets import NAMES, rows, status, tree, write


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """What is worked on once, no test waits for twice."""
    with Store(tmp_path_factory.mktemp("store")) as opened:
        yield opened


@pytest.fixture(scope="module")
def articles(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("articles"), *NAMES)


@pytest.fixture(scope="module")
def dataset(articles: Path, store: Store, tmp_path_factory: pytest.TempPathFactory) -> Path:
    output = tmp_path_factory.mktemp("built") / "dataset"
    built = build(Request(articles, output), store=store)
    assert built.failures == ()
    return output


def test_datasets_opens_every_config_offline(dataset: Path, tmp_path: Path) -> None:
    program = (
        "import sys\n"
        "from datasets import load_dataset\n"
        "for config in ('default', 'names', 'articles'):\n"
        "    found = load_dataset(sys.argv[1], config, cache_dir=sys.argv[2])\n"
        "    print(config, sum(split.num_rows for split in found.values()))\n"
        "print(load_dataset(sys.argv[1], cache_dir=sys.argv[2])['train'].features['translation'])\n"
    )
    offline = {"HF_HUB_OFFLINE": "1", "HF_DATASETS_OFFLINE": "1", "HF_HOME": str(tmp_path / "home")}
    done = subprocess.run(
        [sys.executable, "-c", program, str(dataset), str(tmp_path / "cache")],
        env={**os.environ, **offline},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    assert lines[0] == f"default {len(rows(dataset, 'default'))}"
    assert lines[2] == "articles 6"
    assert "'ar'" in lines[3]


def test_offsets_lead_back_to_the_article(dataset: Path, articles: Path) -> None:
    checked = 0
    for row in rows(dataset, "default"):
        if row["target_article"].endswith(".txt"):
            text = (articles / row["target_article"]).read_text(encoding="utf-8")
            stretch = text[row["target_start"] : row["target_end"]]
            checked += " ".join(stretch.split()) == row["target"]
    assert checked > 10


def test_names_are_repaired_in_a_column_of_their_own(dataset: Path) -> None:
    changed = [row for row in rows(dataset, "default") if row["target"] != row["target_repaired"]]
    assert changed
    for row in changed:
        assert row["translation"][row["target_lang"]] == row["target_repaired"]
        assert row["translation"][row["source_lang"]] == row["source"]
    repairs = {row["pair"] for row in rows(dataset, "names") if row["replacement"] is not None}
    assert {row["id"] for row in changed} <= repairs


def test_every_sentence_is_a_pair_or_has_a_reason(dataset: Path) -> None:
    kept, rejected = rows(dataset, "default"), rows(dataset, "rejected")
    assert not {row["id"] for row in kept} & {row["id"] for row in rejected}
    assert all(row["reason"] for row in rejected)
    counts = json.loads((dataset / "manifest.json").read_text(encoding="utf-8"))["counts"]
    assert sum(counts["splits"].values()) == len(kept)
    assert sum(counts["rejected"].values()) == len(rejected)


def test_the_audit_is_a_table_of_pairs_that_are_there(dataset: Path) -> None:
    with (dataset / "audit.csv").open(encoding="utf-8-sig", newline="") as file:
        sampled = [row["id"] for row in csv.DictReader(file)]
    assert sampled
    assert set(sampled) <= {row["id"] for row in rows(dataset, "default")}


def test_a_finished_build_is_left_as_it_is(dataset: Path, articles: Path, store: Store) -> None:
    before = tree(dataset)
    times = {path: path.stat().st_mtime_ns for path in dataset.rglob("*")}
    built = build(Request(articles, dataset), store=store)
    assert (built.unchanged, built.mapped) == (True, 0)
    assert tree(dataset) == before
    assert {path: path.stat().st_mtime_ns for path in dataset.rglob("*")} == times


def test_workers_and_shards_give_the_same_bytes(dataset: Path, articles: Path, tmp_path: Path) -> None:
    with Store(tmp_path / "fresh") as fresh:
        built = build(Request(articles, tmp_path / "two"), store=fresh, workers=Workers(2))
        assert built.mapped == 4
        assert tree(tmp_path / "two") == tree(dataset)
        shards = [tmp_path / f"shard-{index}" for index in (1, 2, 3)]
        for index, shard in enumerate(shards, start=1):
            map_shard(Request(articles, shard), Shard(index, 3), store=fresh)
    merge(shards[::-1], tmp_path / "merged")
    assert tree(tmp_path / "merged") == tree(dataset)
    with pytest.raises(UsageError, match="2/3 is missing"):
        merge([shards[0], shards[2]], tmp_path / "half")
    with pytest.raises(UsageError, match="twice"):
        merge([*shards, shards[0]], tmp_path / "half")
    assert not (tmp_path / "half").exists()


def test_growth_works_on_what_is_new_alone(articles: Path, store: Store, tmp_path: Path) -> None:
    folder, output = tmp_path / "in", tmp_path / "out"
    shutil.copytree(articles, folder)
    build(Request(folder, output), store=store)
    before = {row["id"]: row["split"] for row in rows(output, "articles")}
    write(folder, "near-names")
    built = build(Request(folder, output), store=store)
    assert (built.mapped, built.reused) == (2, 4)
    after = {row["id"]: row["split"] for row in rows(output, "articles")}
    assert {key: after[key] for key in before} == before
    grown = tree(output)
    with Store(tmp_path / "fresh") as fresh:
        build(Request(folder, tmp_path / "at-once"), store=fresh)
    assert tree(tmp_path / "at-once") == grown


KILLED = {
    "after the first pair": "from mt.workspace import Workspace as owner; name = 'keep_records'",
    "between two files of the output": "from pathlib import Path as owner; name = 'replace'",
}


@pytest.mark.parametrize("moment", KILLED)
def test_a_killed_build_goes_on_and_gives_the_same_bytes(
    moment: str, dataset: Path, articles: Path, store: Store, tmp_path: Path
) -> None:
    output, cache = tmp_path / "out", tmp_path / "cache"
    if moment != "after the first pair":
        build(
            Request(write(tmp_path / "less", NAMES[0]), output), store=store
        )  # files that the killed run is replacing
        cache = store.location
    program = (
        f"import os, signal; {KILLED[moment]}; true = getattr(owner, name)\n"
        "def last(*arguments): true(*arguments); os.kill(os.getpid(), signal.SIGKILL)\n"
        "setattr(owner, name, last)\n"
        "from mt.cli.app import main; main()"
    )
    arguments = ["build", str(articles), "-o", str(output), "--cache-dir", str(cache)]
    done = subprocess.run([sys.executable, "-c", program, *arguments], capture_output=True, check=False)
    assert done.returncode == -signal.SIGKILL, done.stderr
    with Store(cache) as again:
        built = build(Request(articles, output), store=again)
    assert built.reused >= 1
    assert not built.unchanged
    assert not list(tmp_path.glob(".out*"))
    assert tree(output) == tree(dataset)


def test_an_excluded_source_takes_its_translations_along(articles: Path, store: Store, tmp_path: Path) -> None:
    output = tmp_path / "out"
    build(Request(articles, output, excluded=("pay-wallets.en.txt",)), store=store)
    assert {key for key, state in status(output).items() if state == "excluded"} == {
        f"pay-wallets.{lang}.txt" for lang in ("ar", "en", "fr")
    }
    assert not any("pay-wallets" in json.dumps(row) for row in rows(output, "default") + rows(output, "rejected"))
    build(Request(articles, output, excluded=("pay-wallets.ar.txt",)), store=store)
    assert [key for key, state in status(output).items() if state == "excluded"] == ["pay-wallets.ar.txt"]
    with pytest.raises(UsageError, match=r"pay-wallets\.en\.txt"):
        build(Request(articles, tmp_path / "other", excluded=("pay-walet.en.txt",)), store=store)


def test_names_that_say_nothing_are_paired_by_content(articles: Path, store: Store, tmp_path: Path) -> None:
    folder = tmp_path / "مقالات و أخبار"
    folder.mkdir()
    shutil.copy(articles / "pay-wallets.en.txt", folder / "one.txt")
    shutil.copy(articles / "battery-deal.en.md", folder / "two.md")
    shutil.copy(articles / "pay-wallets.ar.txt", folder / "خبر أول.txt")
    shutil.copy(articles / "pay-wallets.fr.txt", folder / "x.en.txt")  # and a label that is wrong
    build(Request(folder, tmp_path / "out"), store=store)
    found = {row["id"]: (row["lang"], row["source"], row["status"]) for row in rows(tmp_path / "out", "articles")}
    assert found == {
        "one.txt": ("en", None, "used"),
        "two.md": ("en", None, "no_partner"),
        "x.en.txt": ("fr", "one.txt", "used"),
        "خبر أول.txt": ("ar", "one.txt", "used"),
    }


def test_an_article_pasted_twice_gives_each_pair_once(articles: Path, store: Store, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for lang in ("en", "ar"):
        text = (articles / f"pay-wallets.{lang}.txt").read_text(encoding="utf-8")
        (folder / f"a.{lang}.txt").write_text(f"{text}\n\n{text}", encoding="utf-8")
        shutil.copy(articles / f"pay-wallets.{lang}.txt", folder / f"b.{lang}.txt")
    build(Request(folder, tmp_path / "out"), store=store)
    sides = [(row["source"], row["target"]) for row in rows(tmp_path / "out", "default")]
    assert len(sides) == len(set(sides))
    reasons = {row["reason"] for row in rows(tmp_path / "out", "rejected")}
    assert {"repeat", "duplicate"} <= reasons
    kept = {row["id"] for row in rows(tmp_path / "out", "default")}
    twins = [row["duplicate_of"] for row in rows(tmp_path / "out", "rejected") if row["reason"] == "duplicate"]
    assert set(twins) <= kept
    assert len({row["split"] for row in rows(tmp_path / "out", "articles")}) == 1


def test_bad_files_are_reported_and_the_rest_goes_on(articles: Path, store: Store, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    shutil.copytree(articles, folder)
    (folder / "binary.en.txt").write_bytes(bytes(range(256)) * 8)
    (folder / "bomb.tmx").write_text('<!DOCTYPE tmx [<!ENTITY a "x">]><tmx>&a;</tmx>', encoding="utf-8")
    (folder / "records.jsonl").write_text('{"text": "Hello everybody.", "lang": "en"}\n{"text": \n', encoding="utf-8")
    (folder / "picture.png").write_bytes(b"\x89PNG")
    secret = tmp_path / "secret.txt"
    secret.write_text("Nobody may read this sentence here.", encoding="utf-8")
    (folder / "leak.txt").symlink_to(secret)
    (folder / "elsewhere").symlink_to(tmp_path)
    output = tmp_path / "out"
    built = build(Request(folder, output), store=store)
    assert [line.partition(":")[0] for line in built.failures] == ["binary.en.txt", "bomb.tmx", "records.jsonl#2"]
    found = status(output)
    assert (found["binary.en.txt"], found["bomb.tmx"], found["leak.txt"]) == ("failed", "failed", "link_not_followed")
    assert (found["records.jsonl#1"], found["records.jsonl#2"]) == ("no_partner", "failed")
    assert sum(state == "used" for state in found.values()) == 6
    assert b"Nobody" not in b"".join(path.read_bytes() for path in output.rglob("*") if path.is_file())


def test_two_runs_do_not_write_one_output(articles: Path, store: Store, tmp_path: Path) -> None:
    with alone(tmp_path / "out"), pytest.raises(OutputError, match="another build"):
        build(Request(articles, tmp_path / "out"), store=store)


def test_a_lock_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    locks = tmp_path / "locks"
    locks.mkdir()
    monkeypatch.setattr("mt.workspace.tempfile.gettempdir", lambda: str(locks))
    for _ in range(2):
        with alone(tmp_path / "out"):
            assert list(locks.iterdir())
            with pytest.raises(OutputError, match="another build"), alone(tmp_path / "out"):
                pass
            assert list(locks.iterdir())
        assert list(locks.iterdir()) == []


def test_a_folder_of_others_is_not_touched(articles: Path, store: Store, tmp_path: Path) -> None:
    output = tmp_path / "out"
    output.mkdir()
    (output / "thesis.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(OutputError, match="thesis"):
        build(Request(articles, output), store=store)
    with pytest.raises(UsageError, match="folder of the articles"):
        build(Request(articles, articles), store=store)
    assert tree(output) == {"thesis.txt": sha256(b"mine").hexdigest()}


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def test_the_command_builds_merges_and_converts(articles: Path, dataset: Path, store: Store, tmp_path: Path) -> None:
    cache = ("--cache-dir", store.location)
    outcome = run("build", articles, "-o", tmp_path / "out", *cache)
    assert outcome.exit_code == 0, outcome.stderr
    assert tree(tmp_path / "out") == tree(dataset)
    assert "pairs" in outcome.stderr
    assert outcome.stdout == ""
    for index in (1, 2):
        outcome = run("build", articles, "-o", tmp_path / f"s{index}", "--shard", f"{index}/2", *cache)
        assert outcome.exit_code == 0, outcome.stderr
    assert run("merge", tmp_path / "s1", tmp_path / "s2", "-o", tmp_path / "merged").exit_code == 0
    assert tree(tmp_path / "merged") == tree(dataset)
    assert run("convert", dataset, tmp_path / "pairs.tmx", "--target-lang", "ar").exit_code == 0
    text = (tmp_path / "pairs.tmx").read_text(encoding="utf-8")
    arabic = [row for row in rows(dataset, "default") if row["target_lang"] == "ar"]
    assert text.count("<tu ") == len(arabic)


def test_shards_are_written_and_merged_at_urls(articles: Path, dataset: Path, store: Store, tmp_path: Path) -> None:
    parts = [f"memory://parts/{index}" for index in (1, 2)]
    for index, part in enumerate(parts, start=1):
        outcome = run("build", articles, "-o", part, "--shard", f"{index}/2", "--cache-dir", store.location)
        assert outcome.exit_code == 0, outcome.stderr
    outcome = run("merge", *parts, "-o", f"file://{tmp_path / 'merged'}")
    assert outcome.exit_code == 0, outcome.stderr
    assert tree(tmp_path / "merged") == tree(dataset)
    assert [path.name for path in tmp_path.iterdir()] == ["merged"]
    outcome = run("merge", "memory://parts/3", "-o", tmp_path / "absent")
    assert (outcome.exit_code, "nothing at this place" in outcome.stderr) == (1, True)


def test_failures_are_exit_code_3_and_bad_requests_1_or_2(articles: Path, store: Store, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    shutil.copytree(articles, folder)
    (folder / "empty.txt").write_text("", encoding="utf-8")
    cache = ("--cache-dir", store.location)
    outcome = run("build", folder, "-o", tmp_path / "out", *cache)
    assert outcome.exit_code == 3
    assert "empty.txt" in outcome.stderr
    assert run("build", tmp_path / "absent", "-o", tmp_path / "a", *cache).exit_code == 1
    assert run("build", folder, "-o", tmp_path / "b", "--shard", "3/2", *cache).exit_code == 2
    assert run("build", folder, "-o", tmp_path / "c", "--shard", "x", *cache).exit_code == 2
    (tmp_path / "nothing").mkdir()
    assert run("build", tmp_path / "nothing", "-o", tmp_path / "d", *cache).exit_code == 1
    assert run("merge", folder, "-o", tmp_path / "e").exit_code == 1


def test_counts_say_what_was_done(articles: Path, store: Store, tmp_path: Path) -> None:
    built: Built = build(Request(articles, tmp_path / "out"), store=store)
    assert (built.mapped, built.reused) == (0, 4)
    assert built.counts is not None
    assert built.counts.planned == 4
    assert built.counts.articles == {"used": 6}
    assert built.counts.repaired <= built.counts.names
