"""What is kept on disk survives kills, other processes, read-only places and damage, or says why it does not."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from corpora.errors import StoreError
from corpora.store import FILE_NAME, Store, Table, cache_dir, folder_made_whole

WORDS = Table("words", "word TEXT PRIMARY KEY, meaning TEXT NOT NULL")
ROOT = Path(__file__).resolve().parents[2]


class Warnings:
    def __init__(self) -> None:
        self.lines: list[str] = []

    def start(self, task: str, total: int | None) -> None: ...

    def advance(self, steps: int = 1) -> None: ...

    def warn(self, message: str) -> None:
        self.lines.append(message)


def put(store: Store, *words: str) -> None:
    store.write("INSERT OR REPLACE INTO words VALUES (?, ?)", [(word, word.upper()) for word in words])


def words(store: Store) -> list[str]:
    return sorted(str(row[0]) for row in store.read("SELECT word FROM words"))


def test_what_one_store_writes_another_reads(tmp_path: Path) -> None:
    with Store(tmp_path / "cache") as store:
        store.register(WORDS)
        put(store, "a", "b")
    with Store(tmp_path / "cache") as store:
        store.register(WORDS)
        assert words(store) == ["a", "b"]
        assert store.read("SELECT meaning FROM words WHERE word = ?", ("a",)) == [("A",)]
        assert store.persistent


def test_location_obeys_the_flag_then_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert cache_dir() == tmp_path / "muwazi"
    assert cache_dir(tmp_path / "other") == tmp_path / "other"
    monkeypatch.setenv("XDG_CACHE_HOME", "relative/is/ignored")
    assert cache_dir() == Path.home() / ".cache" / "muwazi"


def test_a_failing_row_takes_the_whole_write_back(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        store.register(WORDS)
        with pytest.raises(StoreError):
            store.write("INSERT INTO words VALUES (?, ?)", [("a", "A"), ("b", None)])
        assert words(store) == []


def test_a_table_of_an_older_layout_is_made_anew(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        store.register(WORDS)
        put(store, "a")
    with Store(tmp_path) as store:
        store.register(Table("words", "word TEXT PRIMARY KEY", version=2))
        assert words(store) == []
    with Store(tmp_path) as store, pytest.raises(StoreError, match="newer version"):
        store.register(WORDS)


def test_a_file_from_a_newer_version_is_left_alone(tmp_path: Path) -> None:
    Store(tmp_path).close()
    connection = sqlite3.connect(tmp_path / FILE_NAME)
    connection.execute("PRAGMA user_version=99")
    connection.close()
    with pytest.raises(StoreError, match=r"newer version.*--cache-dir"):
        Store(tmp_path)
    assert not list(tmp_path.glob("*.damaged-*"))


@pytest.mark.parametrize("content", [b"this is no database, but it is long enough to be taken for one" * 20, b"x" * 40])
def test_a_damaged_file_is_put_aside(tmp_path: Path, content: bytes) -> None:
    (tmp_path / FILE_NAME).write_bytes(content)
    warnings = Warnings()
    with Store(tmp_path, progress=warnings) as store:
        store.register(WORDS)
        put(store, "a")
        assert store.persistent
    assert (tmp_path / f"{FILE_NAME}.damaged-1").read_bytes() == content
    assert len(warnings.lines) == 1
    assert "damaged" in warnings.lines[0]


def test_another_programs_database_is_put_aside_whole(tmp_path: Path) -> None:
    connection = sqlite3.connect(tmp_path / FILE_NAME)
    connection.execute("PRAGMA application_id=7")
    connection.execute("CREATE TABLE theirs (x)")
    connection.close()
    with Store(tmp_path) as store:
        store.register(WORDS)
        assert words(store) == []
    theirs = sqlite3.connect(tmp_path / f"{FILE_NAME}.damaged-1")
    assert theirs.execute("SELECT name FROM sqlite_master").fetchall() == [("theirs",)]
    theirs.close()


def test_damage_found_while_reading_costs_the_cache_not_the_job(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        store.register(WORDS)
        put(store, *(f"word{number}" * 20 for number in range(2000)))
    path = tmp_path / FILE_NAME
    content = bytearray(path.read_bytes())
    content[3 * 4096 :] = b"\xff" * (len(content) - 3 * 4096)
    path.write_bytes(bytes(content))
    warnings = Warnings()
    with Store(tmp_path, progress=warnings) as store:
        store.register(WORDS)
        assert words(store) == []
        put(store, "a")
        assert words(store) == ["a"]
    assert len(warnings.lines) == 1


def test_a_place_that_cannot_be_made_leaves_a_store_in_memory(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("a file where the folder should be", encoding="utf-8")
    warnings = Warnings()
    with Store(tmp_path / "file" / "cache", progress=warnings) as store:
        store.register(WORDS)
        put(store, "a")
        assert words(store) == ["a"]
        assert not store.persistent
    assert len(warnings.lines) == 1
    assert "--cache-dir" in warnings.lines[0]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root writes everywhere")
def test_a_read_only_place_leaves_a_store_in_memory(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    warnings = Warnings()
    try:
        with Store(tmp_path, progress=warnings) as store:
            store.register(WORDS)
            assert not store.persistent
    finally:
        tmp_path.chmod(0o700)
    assert len(warnings.lines) == 1


def test_a_full_disk_is_told_once_and_the_job_goes_on(tmp_path: Path) -> None:
    warnings = Warnings()
    with Store(tmp_path, progress=warnings) as store:
        store.register(WORDS)
        put(store, "a")
        store.read("PRAGMA max_page_count=1")  # SQLite then says "database or disk is full"
        rows = [(f"w{number}" * 50, "meaning" * 50) for number in range(500)]
        with pytest.raises(StoreError, match="disk is full"):
            store.write("INSERT INTO words VALUES (?, ?)", rows)
        assert not store.keep("INSERT INTO words VALUES (?, ?)", rows)
        assert not store.keep("INSERT INTO words VALUES (?, ?)", rows)
        assert words(store) == ["a"]
    assert len(warnings.lines) == 1


def test_a_lock_that_is_not_released_is_an_error_with_a_cure(tmp_path: Path) -> None:
    with Store(tmp_path, busy_seconds=0.05) as store:
        store.register(WORDS)
        holder = sqlite3.connect(tmp_path / FILE_NAME, isolation_level=None)
        holder.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError, match="another process"):
            put(store, "a")
        assert words(store) == []  # readers are never blocked
        holder.execute("ROLLBACK")
        holder.close()
        put(store, "a")


def run(code: str, *arguments: str) -> subprocess.Popen[str]:
    program = "from corpora.store import Store, Table\nimport sys\nfrom pathlib import Path\n" + textwrap.dedent(code)
    return subprocess.Popen([sys.executable, "-c", program, *arguments], cwd=ROOT, stdout=subprocess.PIPE, text=True)


def test_two_processes_write_at_once_and_lose_nothing(tmp_path: Path) -> None:
    code = """
        store = Store(Path(sys.argv[1]))
        store.register(Table("words", "word TEXT PRIMARY KEY, meaning TEXT NOT NULL"))
        for number in range(100):
            store.write("INSERT INTO words VALUES (?, ?)", [(f"{sys.argv[2]}{number}", "x")])
    """
    writers = [run(code, str(tmp_path), name) for name in ("a", "b")]
    assert [writer.wait() for writer in writers] == [0, 0]
    for writer in writers:
        writer.communicate()
    with Store(tmp_path) as store:
        store.register(WORDS)
        assert len(words(store)) == 200


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no kill -9 on this system")
def test_kill_9_amid_a_write_keeps_what_was_written_before(tmp_path: Path) -> None:
    code = """
        store = Store(Path(sys.argv[1]))
        store.register(Table("words", "word TEXT PRIMARY KEY, meaning TEXT NOT NULL"))
        store.write("INSERT INTO words VALUES (?, ?)", [("whole", "x")])
        def endless():
            for number in range(10**9):
                if number == 1000:
                    print("writing", flush=True)
                yield (f"half{number}", "x")
        store.write("INSERT INTO words VALUES (?, ?)", endless())
    """
    writer = run(code, str(tmp_path))
    assert writer.stdout is not None
    assert writer.stdout.readline() == "writing\n"
    writer.kill()
    writer.communicate()
    with Store(tmp_path) as store:
        store.register(WORDS)
        assert words(store) == ["whole"]
        put(store, "after")


def test_a_folder_appears_whole_or_not_at_all(tmp_path: Path) -> None:
    target = tmp_path / "models" / "one"

    def fill(mishap: bool) -> None:
        with folder_made_whole(target) as scratch:
            (scratch / "weights").write_text("w", encoding="utf-8")
            if mishap:
                raise ValueError("killed half way")

    with pytest.raises(ValueError, match="half way"):
        fill(mishap=True)
    assert list(target.parent.iterdir()) == []
    fill(mishap=False)
    assert (target / "weights").read_text(encoding="utf-8") == "w"
    fill(mishap=False)  # another process was first: its folder stands
    assert [path.name for path in target.parent.iterdir()] == ["one"]
