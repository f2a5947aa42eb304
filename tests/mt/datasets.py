"""Folders of articles for builds, and what a test asks of the datasets that come out."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from corpora.samples.catalogue import sample

NAMES = ("pay-wallets", "battery-deal")


def write(folder: Path, *names: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name in names:
        sample(name).write(folder)
    return folder


def tree(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def rows(folder: Path, config: str) -> list[dict[str, Any]]:
    files = sorted(folder.glob(f"{config}/*.parquet")) or [folder / f"{config}.parquet"]
    return [row for file in files for row in pq.read_table(file).to_pylist()]


def status(folder: Path) -> dict[str, str]:
    return {row["id"]: row["status"] for row in rows(folder, "articles")}
