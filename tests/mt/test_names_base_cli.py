"""`muwazi names add|allow|import|list` as a user meets them: what they say changes what is found."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from mt.cli.app import app

FRENCH = "Nvidia a publié ses résultats. Les puces de Nvidia se vendent bien. La société Openai les achète.\n"


@pytest.fixture(autouse=True)
def _project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    (tmp_path / "project").mkdir()
    monkeypatch.chdir(tmp_path / "project")
    Path("fr.txt").write_text(FRENCH, encoding="utf-8")


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, list(arguments))


def findings(file: str = "fr.txt") -> list[tuple[str, str | None, str]]:
    """Surface, canonical form and severity of each finding."""
    outcome = run("names", "check", file, "--lang", "fr", "--format", "json")
    assert outcome.exit_code == 0, outcome.stderr
    found: list[dict[str, Any]] = json.loads(outcome.stdout)["files"][0]["findings"]
    return [(one["surface"], one["canonical"], one["severity"]) for one in found]


def test_house_style_outranks_what_the_article_writes_mostly() -> None:
    assert findings() == [("Openai", "OpenAI", "error")]
    assert run("names", "add", "NVIDIA").exit_code == 0
    assert findings() == [("Nvidia", "NVIDIA", "variant")] * 2 + [("Openai", "OpenAI", "error")]
    run("names", "fix", "fr.txt", "--lang", "fr", "--variants", "--in-place")
    assert Path("fr.txt").read_text(encoding="utf-8") == FRENCH.replace("Nvidia", "NVIDIA").replace("Openai", "OpenAI")


def test_a_name_of_ones_own_is_found_when_it_is_corrupted() -> None:
    Path("fr.txt").write_text("Le groupe ZedCorp recrute. Zedcorp ouvre une usine.\n", encoding="utf-8")
    assert run("names", "add", "ZedCorp", "--user").exit_code == 0
    assert ("Zedcorp", "ZedCorp", "error") in findings()
    outcome = json.loads(run("check", "fr.txt", "--lang", "fr", "--format", "json").stdout)
    assert "ZedCorp" in [one["entity"] for one in outcome["files"][0]["findings"]]


def test_an_entry_that_says_the_other_way_round_takes_a_finding_away() -> None:
    run("names", "add", "OpenAI", "--accepted", "Openai")
    assert [severity for *_, severity in findings()] != ["error"]


def test_an_allowed_surface_is_no_finding_in_the_whole_project() -> None:
    assert run("names", "allow", "Openai").exit_code == 0
    assert findings() == []
    outcome = json.loads(run("check", "fr.txt", "--lang", "fr", "--format", "json").stdout)
    assert outcome["files"][0]["findings"] == []
    run("names", "fix", "fr.txt", "--lang", "fr", "--in-place")
    assert Path("fr.txt").read_text(encoding="utf-8") == FRENCH


def test_an_allowed_surface_is_no_finding_in_its_article_alone() -> None:
    Path("other.txt").write_text(FRENCH, encoding="utf-8")
    assert run("names", "allow", "Openai", "--article", "fr.txt").exit_code == 0
    assert findings() == []
    assert findings("other.txt") == [("Openai", "OpenAI", "error")]
    assert run("names", "allow", "Openai", "--article", "absent.txt").exit_code == 1
    assert run("names", "allow", "Openai", "--article", "fr.txt", "--user").exit_code == 2


def test_a_broken_row_names_file_and_line_and_the_rest_loads_when_asked() -> None:
    Path("own.csv").write_text("name,type,ar\nBeatrix Ek,person,بياتريكس إك\n,person,x\nBo,nobody,\nZed,,زد\n", "utf-8")
    refused = run("names", "import", "own.csv")
    assert refused.exit_code == 1
    assert "own.csv:3" in refused.stderr
    assert "--skip-broken" in refused.stderr
    assert not Path("muwazi.names").exists()
    taken = run("names", "import", "own.csv", "--skip-broken", "--type", "product")
    assert taken.exit_code == 0, taken.stderr
    assert "own.csv:3" in taken.stderr
    assert "own.csv:4" in taken.stderr
    listed = json.loads(run("names", "list", "--format", "json").stdout)
    assert [(one["id"], one["own"]) for one in listed["entities"]] == [
        ("person:beatrix-ek", True),
        ("product:zed", True),
    ]


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("own.tsv", "name\tar\nZed\tزد\n"),
        ("own.jsonl", '{"name": "Zed", "forms": {"ar": ["زد"]}}\n'),
        ("own.names", "type: organisation\nZed\n  ar: زد\n"),
        (
            "own.tbx",
            '<martif><termEntry><langSet xml:lang="en"><tig><term>Zed</term></tig></langSet>'
            '<langSet xml:lang="ar"><tig><term>زد</term></tig></langSet></termEntry></martif>',
        ),
    ],
)
def test_every_kind_of_glossary_is_imported(file: str, text: str) -> None:
    Path(file).write_text(text, encoding="utf-8")
    assert run("names", "import", file).exit_code == 0
    assert run("names", "list").stdout == "type: organisation\n\nZed\n  ar: زد\n"


def test_wikidata_goes_into_a_catalogue_that_every_command_sees() -> None:
    items = [
        {"id": f"Q{number}", "labels": {"en": {"value": name}, "ar": {"value": arabic}, "de": {"value": "x y"}},
         "claims": {"P31": [{"mainsnak": {"datavalue": {"value": {"id": kind}}}}]}}
        for number, name, arabic, kind in (
            (1, "Beatrix Quandtova", "بياتريكس كوانتوفا", "Q5"), (2, "On beetles", "عن الخنافس", "Q13442814")
        )
    ]  # fmt: skip
    Path("dump.json").write_text(",\n".join(map(json.dumps, items)), encoding="utf-8")
    taken = run("names", "import", "dump.json", "--lang", "ar")
    assert taken.exit_code == 0, taken.stderr
    assert "1 names imported into muwazi.catalogue, which holds 1; left out: 1 of a class" in taken.stderr
    assert not Path("muwazi.names").exists()
    assert "Beatrix Quandtova" in run("names", "list", "--like", "بياتريكس كوانتوفا").stdout
    Path("fr.txt").write_text("Selon Beatrix quandtova, tout va bien.", encoding="utf-8")
    assert findings() == [("Beatrix quandtova", "Beatrix Quandtova", "error")]


def test_list_finds_near_names_of_the_whole_base() -> None:
    listed = json.loads(run("names", "list", "--like", "Nvidai", "--format", "json").stdout)
    assert "organisation:nvidia" in [one["id"] for one in listed["entities"]]
    assert "Jensen Huang" in run("names", "list", "--like", "جنسن هوانغ").stdout


def test_a_broken_base_is_one_line_and_exit_1() -> None:
    Path("muwazi.names").write_text("type: person\nA\n  nonsense\n", encoding="utf-8")
    for command in (("names", "check", "fr.txt"), ("names", "add", "Zed"), ("names", "list")):
        outcome = run(*command)
        assert outcome.exit_code == 1
        assert "muwazi.names:3" in outcome.stderr


def test_variants_of_a_folder_in_every_format() -> None:
    Path("news/deep").mkdir(parents=True)
    Path("news/b.txt").write_text(FRENCH, encoding="utf-8")
    Path("news/deep/a.md").write_text(FRENCH.replace("Openai", "OpenAI"), encoding="utf-8")
    Path("news/.hidden.txt").write_text(FRENCH, encoding="utf-8")
    document = json.loads(run("names", "variants", "news", "--lang", "fr", "--format", "json").stdout)
    assert document["articles"] == 2
    openai = next(one for one in document["entities"] if one["name"] == "OpenAI")
    assert [(one["text"], one["status"], one["first"]) for one in openai["spellings"]] == [
        ("OpenAI", "canonical", "deep/a.md"),
        ("Openai", "corrupted", "b.txt"),
    ]
    assert "Openai" in run("names", "variants", "news", "--lang", "fr").stdout
    assert run("names", "variants", "news", "--lang", "fr", "-o", "page.html").exit_code == 0
    assert Path("page.html").read_text(encoding="utf-8").startswith("<!doctype html>")


def test_variants_go_on_without_a_file_that_cannot_be_read() -> None:
    Path("news").mkdir()
    assert run("names", "variants", "news").exit_code == 1
    Path("news/a.txt").write_text(FRENCH, encoding="utf-8")
    Path("news/empty.txt").touch()
    outcome = run("names", "variants", "news", "--lang", "fr")
    assert outcome.exit_code == 3
    assert "empty.txt" in outcome.stderr
    assert "Openai" in outcome.stdout


def test_the_settings_file_allows_surfaces_too() -> None:
    Path("muwazi.toml").write_text('[names]\nallowed = ["Openai"]\n', encoding="utf-8")
    assert findings() == []
