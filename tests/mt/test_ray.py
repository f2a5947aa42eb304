"""A build on a Ray cluster of two machines: the same bytes, also when one of them is killed in the middle of it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from typer.testing import CliRunner

from corpora.store import Store
from mt.build import Request, build
from mt.cli.app import app
from tests.mt.datasets import tree, write

NAMES = ("pay-wallets", "battery-deal")

# In a process of its own: ray leaves threads and warnings behind. Two raylets on this machine are two nodes to Ray;
# the actors are up before the build starts, so that the node that is killed has tasks in hand.
PROGRAM = """
import json, sys
from pathlib import Path
from ray.cluster_utils import Cluster
from corpora.store import Store
from mt.build import Request, build
from mt.ray_workers import RayWorkers

small = {"num_cpus": 1, "object_store_memory": 80_000_000}
cluster = Cluster(initialize_head=True, head_node_args={**small, "include_dashboard": False})
second = cluster.add_node(**small)

class KillOne:
    step, killed = "", 0
    def start(self, step, total): self.step = step
    def advance(self, amount=1):
        if self.step == "aligning and checking" and amount and not self.killed:
            self.killed = 1
            cluster.remove_node(second, allow_graceful=False)
    def warn(self, message): pass

class Waiting(RayWorkers):
    def __enter__(self):
        super().__enter__()
        self.wait_for_all()
        return self

progress = KillOne()
with Store(Path(sys.argv[3])) as store:
    workers = Waiting(cluster.address)
    built = build(Request(Path(sys.argv[1]), Path(sys.argv[2])), store=store, workers=workers, progress=progress)
print(json.dumps([built.mapped, list(built.failures), progress.killed]))
cluster.shutdown()
"""


@pytest.mark.slow
def test_a_machine_that_is_killed_takes_nothing_with_it(tmp_path: Path) -> None:
    pytest.importorskip("ray", reason="a cluster needs muwazi[ray]")
    articles = write(tmp_path / "articles", *NAMES)
    with TemporaryDirectory(prefix="ray") as short:  # the names of sockets are at most 107 bytes long
        done = subprocess.run(
            [sys.executable, "-c", PROGRAM, str(articles), str(tmp_path / "ray"), str(tmp_path / "store")],
            env={**os.environ, "RAY_USAGE_STATS_ENABLED": "0", "RAY_TMPDIR": short, "OMP_NUM_THREADS": "1"},
            capture_output=True,
            text=True,
            check=False,
        )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout.splitlines()[-1]) == [4, [], 1]
    with Store(tmp_path / "here") as store:
        build(Request(articles, tmp_path / "local"), store=store)
    assert tree(tmp_path / "ray") == tree(tmp_path / "local")


def test_a_cluster_that_is_not_there_is_said_in_one_line(tmp_path: Path) -> None:
    pytest.importorskip("ray", reason="a cluster needs muwazi[ray]")
    articles = write(tmp_path / "articles", "pay-wallets")
    program = "from mt.cli.app import main; main()"
    arguments = ["build", str(articles), "-o", str(tmp_path / "out"), "--executor", "ray", "--address", "127.0.0.1:1"]
    done = subprocess.run(
        [sys.executable, "-c", program, *arguments],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "no Ray cluster answers" in done.stderr
    assert "Traceback" not in done.stderr


def test_an_address_without_a_cluster_is_refused(tmp_path: Path) -> None:
    outcome = CliRunner().invoke(app, ["build", str(tmp_path), "-o", str(tmp_path / "out"), "--address", "a:1"])
    assert outcome.exit_code == 2
    assert "--executor ray" in outcome.stderr
