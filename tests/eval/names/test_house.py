"""The user's own names: kept in plain files that stay as they were written, over the bundled base."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpora.errors import FormatError, UsageError
from eval.names import house
from eval.names.entry import entry
from eval.names.knowledge import Knowledge

BUNDLED = Knowledge.bundled()


@pytest.fixture(autouse=True)
def _own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    (tmp_path / "project").mkdir()
    monkeypatch.chdir(tmp_path / "project")


def layered() -> Knowledge:
    return Knowledge.open(*house.name_files())


def test_house_style_lies_over_the_base_in_the_languages_it_speaks_of() -> None:
    house.store(Path(), [entry(BUNDLED, "NVIDIA"), entry(BUNDLED, "United States of America", type="place")])
    known = layered()
    nvidia = known.entities["organisation:nvidia"]
    assert known.house_form(nvidia, "fr") == "NVIDIA"
    assert known.house_form(nvidia, "ar") is None  # NVIDIA says nothing of how Arabic writes it
    assert known.canonical(nvidia, "ar") == BUNDLED.canonical(BUNDLED.entities["organisation:nvidia"], "ar")
    states = known.entities["place:united-states"]
    assert known.house_form(states, "en") == "United States of America"
    assert known.house_form(states, "fr") is None


def test_the_projects_names_lie_over_the_users() -> None:
    house.store(house.user_folder(), [entry(BUNDLED, "NVIDIA", right={"ar": ["نفيديا"]})])
    house.store(house.project_folder(), [entry(BUNDLED, "nVidia")])
    known = layered()
    nvidia = known.entities["organisation:nvidia"]
    assert known.house_form(nvidia, "fr") == "nVidia"
    assert known.house_form(nvidia, "ar") == "نفيديا"
    assert [own.id for own in house.own_entities()] == ["organisation:nvidia"]


def test_an_entry_changes_its_own_lines_and_no_others() -> None:
    written = "# Ours.\n\ntype: organisation\n\nAcme\n# in Arabic\n  ar: أكمي\n\ntype: person\n# A reporter\nBo Ek\n"
    Path(house.NAMES_FILE).write_text(written, encoding="utf-8")
    house.store(Path(), [entry(layered(), "ACME", wrong=["Acmé"]), entry(layered(), "Zed", type="product")])
    after = Path(house.NAMES_FILE).read_text(encoding="utf-8")
    assert after == (
        "# Ours.\n\ntype: organisation\n\nACME | Acme\n  ar: أكمي\n  wrong mul: Acmé\n\n"
        "type: person\n# A reporter\nBo Ek\n\ntype: product\n\nZed\n"
    )


def test_an_accepted_form_does_not_become_house_style() -> None:
    house.store(Path(), [entry(BUNDLED, "Nvidia", accepted=["نفيديا الأمريكية"])])
    known = layered()
    nvidia = known.entities["organisation:nvidia"]
    assert known.house_form(nvidia, "ar") is None
    assert "نفيديا الأمريكية" in [form.text for form in nvidia.forms if form.status == "accepted"]


def test_a_broken_file_is_left_alone() -> None:
    Path(house.NAMES_FILE).write_text("type: person\nA\n  nonsense\n", encoding="utf-8")
    with pytest.raises(FormatError, match=r"muwazi\.names:3"):
        house.store(Path(), [entry(BUNDLED, "Acme")])
    assert Path(house.NAMES_FILE).read_text(encoding="utf-8") == "type: person\nA\n  nonsense\n"


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("", {}),
        ("A | B", {}),
        ("# A", {}),
        ("Acme", {"type": "firm"}),
        ("Acme", {"accepted": ["Acmé"], "wrong": ["Acmé"]}),
    ],
)
def test_what_makes_no_entry_is_refused(name: str, options: dict[str, str]) -> None:
    with pytest.raises(UsageError):
        entry(BUNDLED, name, **options)


def test_a_surface_is_allowed_everywhere_or_in_one_article() -> None:
    Path("a.txt").touch()
    assert house.allow(Path(), "Openai")
    assert house.allow(Path(), "كلود", "a.txt")
    assert house.allow(house.user_folder(), "Cloude")
    assert not house.allow(Path(), "Openai", "a.txt")  # allowed everywhere already
    assert house.allowed_in("a.txt") == house.allowed_in(str(Path("a.txt").absolute())) == ("Cloude", "Openai", "كلود")
    assert house.allowed_in("b.txt") == ("Cloude", "Openai")
    assert house.allowed_in("a.txt#3") == house.allowed_in("a.txt")
    assert Path(house.ALLOW_FILE).read_text(encoding="utf-8") == "Openai\nكلود\ta.txt\n"


def test_a_surface_that_no_line_can_hold_is_refused() -> None:
    for surface in ("", " ", "a\tb", "a\nb", "#a"):
        with pytest.raises(UsageError):
            house.allow(Path(), surface)


def test_what_is_right_in_an_article_is_right_in_its_repaired_copy() -> None:
    house.allow(Path(), "كلود", "a.txt")
    assert house.allowed_in("a.fixed.txt") == house.allowed_in("a.txt") == ("كلود",)
    assert house.allowed_in("b.fixed.txt") == ()


def test_a_broken_allowance_names_file_and_line() -> None:
    Path(house.ALLOW_FILE).write_text("# right\nOpenai\n\ta.txt\n", encoding="utf-8")
    with pytest.raises(FormatError, match=r"muwazi\.allow:3"):
        house.allowed_in("a.txt")
