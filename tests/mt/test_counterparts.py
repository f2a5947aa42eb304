"""Which source belongs to which translation of a folder: by name first, by content where no name tells."""

from __future__ import annotations

from pathlib import Path

import pytest

from mt.config import Settings
from mt.counterparts import counterparts
from mt.sources import find_files


def folder(root: Path, *names: str) -> Path:
    for name in names:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"Text of {name}.", encoding="utf-8")
    return root


def paired(ours: Path, theirs: Path, **options: str) -> dict[str, str]:
    found = counterparts(find_files(ours)[0], str(theirs), settings=Settings(), **options)
    return {name: Path(path).relative_to(theirs).as_posix() for name, path in found.items()}


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("story.txt", "story.txt"),
        ("story.txt", "story.md"),
        ("story.ar.txt", "story.en.txt"),
        ("story-ar.txt", "story_EN.txt"),
        ("story.ar.txt", "story.txt"),
        ("ar/story.txt", "en/story.txt"),
        ("2024/story.txt", "english/2024/story.txt"),
        ("arabic/story.txt", "2024/story.txt"),
    ],
)
def test_names_pair_where_they_differ_in_a_language_alone(tmp_path: Path, ours: str, theirs: str) -> None:
    left, right = folder(tmp_path / "a", ours), folder(tmp_path / "b", theirs)
    assert paired(left, right) == {ours: theirs}


def test_two_languages_share_a_source(tmp_path: Path) -> None:
    left = folder(tmp_path / "a", "one.ar.txt", "one.fr.txt", "two.ar.txt")
    right = folder(tmp_path / "b", "one.en.txt", "two.en.txt")
    assert paired(left, right) == {
        "one.ar.txt": "one.en.txt",
        "one.fr.txt": "one.en.txt",
        "two.ar.txt": "two.en.txt",
    }


def test_a_known_language_tells_sources_apart(tmp_path: Path) -> None:
    left = folder(tmp_path / "a", "one.ar.txt")
    right = folder(tmp_path / "b", "one.en.txt", "one.fr.txt")
    assert paired(left, right, given_lang="en") == {"one.ar.txt": "one.en.txt"}


def test_one_file_is_the_counterpart_of_all(tmp_path: Path) -> None:
    left = folder(tmp_path / "a", "one.ar.txt", "one.fr.txt")
    source = tmp_path / "source.txt"
    found = counterparts(find_files(left)[0], str(source), settings=Settings())
    assert found == {"one.ar.txt": str(source), "one.fr.txt": str(source)}


def test_what_no_name_pairs_is_paired_by_content(tmp_path: Path) -> None:
    texts = {
        "a/premier.txt": "La banque centrale a relevé ses taux d’intérêt lundi. Les marchés ont reculé.",
        "a/second.txt": "Un séisme a frappé le nord du Chili dimanche. Les secours cherchent des survivants.",
        "b/quake.txt": "An earthquake struck the north of Chile on Sunday. Rescuers are looking for survivors.",
        "b/rates.txt": "The central bank raised its interest rates on Monday. The markets fell.",
    }
    for name, text in texts.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    assert paired(tmp_path / "a", tmp_path / "b") == {"premier.txt": "rates.txt", "second.txt": "quake.txt"}
