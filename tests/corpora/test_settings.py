from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import pytest

from corpora.errors import SettingsError
from corpora.settings import load_sections


@dataclass(frozen=True, slots=True)
class _Kitchen:
    plates: int = 4
    heat: float = 0.5
    mode: Literal["gas", "wood"] = "gas"
    guests: tuple[str, ...] = ()
    cook: str | None = None


def _load(tmp_path: Path, text: str) -> _Kitchen:
    path = tmp_path / "muwazi.toml"
    path.write_text(text, encoding="utf-8")
    kitchen = load_sections(path, {"kitchen": _Kitchen})["kitchen"]
    assert isinstance(kitchen, _Kitchen)
    return kitchen


def test_absent_sections_and_keys_keep_their_defaults(tmp_path: Path) -> None:
    assert _load(tmp_path, "") == _Kitchen()
    assert _load(tmp_path, "[kitchen]\nplates = 6\n") == _Kitchen(plates=6)


def test_values_of_every_type_are_taken(tmp_path: Path) -> None:
    text = '[kitchen]\nheat = 1\nmode = "wood"\nguests = ["a", "b"]\ncook = "Ana"\n'
    assert _load(tmp_path, text) == _Kitchen(heat=1, mode="wood", guests=("a", "b"), cook="Ana")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[kitchin]\n", "did you mean kitchen"),
        ("[kitchen]\nplate = 3\n", "did you mean plates"),
        ('[kitchen]\nplates = "many"\n', "kitchen.plates cannot be 'many'"),
        ("[kitchen]\nplates = true\n", "kitchen.plates cannot be True"),
        ('[kitchen]\nmode = "coal"\n', "kitchen.mode cannot be 'coal'"),
        ("kitchen = 3\n", "must be a table"),
        ("[kitchen\n", "not TOML"),
    ],
)
def test_what_the_file_may_not_hold_is_one_clear_line(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(SettingsError, match=message) as caught:
        _load(tmp_path, text)
    assert "muwazi.toml" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_missing_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="cannot be read"):
        load_sections(tmp_path / "nothing.toml", {})
