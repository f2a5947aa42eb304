"""What holds for every test: nobody's own configuration changes what is found."""

from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def _no_configuration_of_ones_own(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path_factory.getbasetemp() / "config"))
