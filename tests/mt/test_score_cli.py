"""`muwazi score` and `muwazi compare` as a user meets them: sacrebleu's numbers, exit codes, files that differ."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from sacrebleu.metrics import BLEU, CHRF, TER
from typer.testing import CliRunner, Result

from corpora.formats.base import Pair, write_pairs
from eval.metrics import tokenizer_of
from mt.cli.app import app
from mt.lines import parting

REFERENCES = [
    "تراجعت مايكروسوفت قليلا في الآونة الأخيرة.",
    "رفضت OpenAI التعليق على الخبر.",
    "لم يجب أحد عن السؤال.",
    "ارتفعت الأسهم بنسبة 4 في المئة.",
]
FIRST = ["تراجعت مايكروسوفت قليلا مؤخرا.", "رفضت Openai التعليق.", "", "ارتفعت الأسهم بنسبة 4 في المئة."]
SECOND = ["تراجعت مايكروسوفت مؤخرا.", "رفضت OpenAI التعليق على الخبر.", "لم يجب أحد.", "ارتفعت الأسهم 4 في المئة."]
SOURCES = ["Microsoft lost a little.", "OpenAI declined to comment.", "Nobody answered.", "Shares rose by 4 percent."]


@pytest.fixture(autouse=True)
def _files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.chdir(tmp_path)
    for name, lines in (("ref.ar", REFERENCES), ("a.ar", FIRST), ("b.ar", SECOND), ("src.en", SOURCES)):
        Path(name).write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


def run(*arguments: str, data: str | None = None) -> Result:
    return CliRunner().invoke(app, list(arguments), input=data)


def test_scores_equal_sacrebleu_to_the_last_digit() -> None:
    outcome = run("score", "a.ar", "--ref", "ref.ar", "--metrics", "bleu,chrf++,chrf,ter", "--format", "json")
    assert outcome.exit_code == 0, outcome.stderr
    theirs = (BLEU(tokenize=tokenizer_of("ar"), force=True), CHRF(word_order=2), CHRF(), TER())
    for ours, metric in zip(json.loads(outcome.stdout)["scores"], theirs, strict=True):
        assert ours["value"] == metric.corpus_score(FIRST, [REFERENCES]).score
        assert ours["signature"] == str(metric.get_signature())
        assert ours["interval"][0] <= ours["interval"][1]


def test_chrf_is_shown_first() -> None:
    outcome = run("score", "a.ar", "--ref", "ref.ar")
    assert outcome.exit_code == 0, outcome.stderr
    assert outcome.stdout.index("chrF2++") < outcome.stdout.index("BLEU")
    assert "4 segments, 1 of them empty" in outcome.stdout


def test_windows_line_ends_and_pipes_change_nothing() -> None:
    expected = json.loads(run("score", "a.ar", "--ref", "ref.ar", "--format", "json").stdout)
    Path("crlf.ar").write_bytes("".join(f"{line}\r\n" for line in FIRST).encode("utf-8-sig"))
    crlf = json.loads(run("score", "crlf.ar", "--ref", "ref.ar", "--format", "json").stdout)
    piped = json.loads(run("score", "-", "--ref", "ref.ar", "--format", "json", data="\n".join(FIRST)).stdout)
    assert crlf["scores"] == piped["scores"] == expected["scores"]
    assert run("score", "-", "--ref", "-", data="x").exit_code == 2


def test_files_of_pairs_give_their_sides() -> None:
    pairs = [Pair(source, target, "en", "ar") for source, target in zip(SOURCES, REFERENCES, strict=True)]
    write_pairs("memory.tmx", pairs)
    from_pairs = json.loads(run("score", "a.ar", "--ref", "memory.tmx", "--format", "json").stdout)
    from_lines = json.loads(run("score", "a.ar", "--ref", "ref.ar", "--src", "src.en", "--format", "json").stdout)
    assert from_pairs["scores"] == from_lines["scores"]
    assert from_pairs["names"] == from_lines["names"]
    assert [(one["line"], one["entity"]) for one in from_lines["names"]["wrong"]] == [(2, "OpenAI")]


def test_names_need_no_reference() -> None:
    outcome = run("score", "b.ar", "--src", "src.en", "--format", "json")
    assert outcome.exit_code == 0, outcome.stderr
    data = json.loads(outcome.stdout)
    assert (data["scores"], data["names"]["accuracy"], data["names"]["mentions"]) == ([], 1.0, 2)


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["a.ar"], 2, "--ref"),
        (["a.ar", "--ref", "ref.ar", "--metrics", "blue"], 2, "did you mean bleu"),
        (["a.ar", "--ref", "ref.ar", "--metrics", "names"], 2, "--src"),
        (["a.ar", "--src", "src.en", "--metrics", "ter"], 2, "--ref"),
        (["a.ar", "--ref", "ref.ar", "--src", "src.en", "--metrics", "comet"], 2, "--comet-python"),
        (["a.ar", "--ref", "ref.ar", "--lang", "xx-nobody"], 2, "xx-nobody"),
        (["a.ar", "--ref", "absent.ar"], 1, "absent.ar"),
    ],
)
def test_what_cannot_be_scored_is_one_line_with_its_exit_code(arguments: list[str], code: int, said: str) -> None:
    outcome = run("score", *arguments)
    assert outcome.exit_code == code
    assert said in outcome.stderr
    assert outcome.stderr.count("\n") == 1
    assert outcome.stdout == ""


def test_different_numbers_of_lines_say_where_they_part() -> None:
    Path("short.ar").write_text("\n".join([REFERENCES[0], *REFERENCES[2:]]), encoding="utf-8")
    outcome = run("score", "short.ar", "--ref", "ref.ar")
    assert outcome.exit_code == 1
    assert "short.ar has 3 lines and ref.ar has 4; they seem to part at line 2" in outcome.stderr
    Path("cut.ar").write_text("\n".join(REFERENCES[:2]), encoding="utf-8")
    assert "ref.ar seems to go on after line 2" in run("score", "cut.ar", "--ref", "ref.ar").stderr


def test_texts_that_have_nothing_in_common_part_nowhere() -> None:
    assert parting(["aaaa"] * 5, ["zzzz"] * 4) is None
    assert parting(REFERENCES, []) is None
    assert parting(REFERENCES, [*REFERENCES[:3], "حشو لا معنى له هنا", REFERENCES[3]]) == 3


def test_a_reference_in_another_language_is_a_warning() -> None:
    french = [
        "Microsoft a perdu un peu de terrain.",
        "La société refuse de commenter.",
        "Personne n’a répondu.",
        "Oui.",
    ]
    Path("ref.fr").write_text("\n".join(french), encoding="utf-8")
    outcome = run("score", "a.ar", "--ref", "ref.fr", "--lang", "ar", "--format", "json")
    assert outcome.exit_code == 0
    assert "the hypotheses seem to be in Arabic, the references in French" in outcome.stderr
    assert json.loads(outcome.stdout)["warnings"]


def test_an_output_is_written_whole_or_not_at_all() -> None:
    Path("old.json").write_text("old", encoding="utf-8")
    assert run("score", "a.ar", "--ref", "absent.ar", "-o", "old.json").exit_code == 1
    assert Path("old.json").read_text(encoding="utf-8") == "old"
    assert run("score", "a.ar", "--ref", "ref.ar", "--format", "json", "-o", "old.json").exit_code == 0
    first = Path("old.json").read_bytes()
    assert run("score", "a.ar", "--ref", "ref.ar", "--format", "json", "-o", "old.json").exit_code == 0
    assert Path("old.json").read_bytes() == first
    assert sorted(path.name for path in Path().iterdir()) == ["a.ar", "b.ar", "old.json", "ref.ar", "src.en"]


@pytest.mark.parametrize("test", ["bootstrap", "randomisation"])
def test_systems_are_compared_with_the_first(test: str) -> None:
    options = ("--metrics", "chrf++", "--test", test, "--format", "json")
    outcome = run("compare", "a.ar", "b.ar", "--ref", "ref.ar", *options)
    assert outcome.exit_code == 0, outcome.stderr
    data = json.loads(outcome.stdout)
    first, second = data["scores"][0]["systems"]
    assert first["p_value"] is None
    assert 0 < second["p_value"] <= 1
    assert second["value"] == CHRF(word_order=2).corpus_score(SECOND, [REFERENCES]).score
    (rival,) = data["against_first"]
    assert rival["wins"] + rival["losses"] + rival["ties"] == 4


def test_a_comparison_shows_sentences_and_names() -> None:
    outcome = run("compare", "a.ar", "b.ar", "--ref", "ref.ar", "--src", "src.en", "--metrics", "chrf++,names")
    assert outcome.exit_code == 0, outcome.stderr
    assert "\u2068لم يجب أحد.\u2069" in outcome.stdout
    assert "line 2: \u2068OpenAI\u2069 is right in \u2068b.ar\u2069" in outcome.stdout


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["a.ar", "--ref", "ref.ar"], 2, "two or more"),
        (["a.ar", "a.ar", "--ref", "ref.ar"], 2, "twice"),
        (["a.ar", "b.ar", "--metrics", "bleu"], 2, "--ref"),
        (["a.ar", "b.ar", "--ref", "ref.ar", "--metrics", "comet"], 2, "unknown metric comet"),
        (["a.ar", "absent.ar", "--ref", "ref.ar"], 1, "absent.ar"),
    ],
)
def test_what_cannot_be_compared_is_one_line_with_its_exit_code(arguments: list[str], code: int, said: str) -> None:
    outcome = run("compare", *arguments)
    assert outcome.exit_code == code
    assert said in outcome.stderr
    assert outcome.stderr.count("\n") == 1


def test_outputs_of_the_same_file_name_go_by_their_paths() -> None:
    Path("other").mkdir()
    Path("other/a.ar").write_text("\n".join(SECOND), encoding="utf-8")
    outcome = run("compare", "a.ar", "other/a.ar", "--ref", "ref.ar", "--metrics", "chrf", "--format", "json")
    assert [one["name"] for one in json.loads(outcome.stdout)["systems"]] == ["a.ar", "other/a.ar"]


def test_versions_of_an_article_are_compared_with_and_without_a_source() -> None:
    Path("draft.txt").write_text(
        "OpenAI a refusé de commenter. Personne n’a répondu.\n\nOpenai vend Chatgpt.\n", encoding="utf-8"
    )
    Path("fixed.txt").write_text(
        "OpenAI a refusé de commenter et personne n’a répondu.\n\nOpenAI vend ChatGPT.\n", encoding="utf-8"
    )
    Path("source.txt").write_text(
        "OpenAI declined to comment. Nobody answered.\n\nOpenAI sells ChatGPT.\n", encoding="utf-8"
    )
    alone = json.loads(run("compare", "draft.txt", "fixed.txt", "--format", "json").stdout)
    held = ("--src", "source.txt", "--articles", "--format", "json")
    with_source = json.loads(run("compare", "draft.txt", "fixed.txt", *held).stdout)
    for data in (alone, with_source):
        assert data["segments"] == 2
        assert [one["surface"] for one in data["against_first"][0]["repaired"]] == ["Chatgpt", "Openai"]
        assert data["against_first"][0]["changed"] == 2
    assert [one["accuracy"] for one in with_source["names"]] == [0.3333, 1.0]
    reference = ("--ref", "fixed.txt", "--articles", "--metrics", "chrf++", "--format", "json")
    Path("other.txt").write_text(Path("fixed.txt").read_text(encoding="utf-8") + "\nFin.\n", encoding="utf-8")
    scored = json.loads(run("compare", "draft.txt", "other.txt", *reference).stdout)
    assert scored["scores"][0]["systems"][1]["value"] > scored["scores"][0]["systems"][0]["value"]


def test_a_comparison_as_a_page_follows_the_suffix() -> None:
    assert run("compare", "a.ar", "b.ar", "--ref", "ref.ar", "--metrics", "chrf", "-o", "c.html").exit_code == 0
    assert Path("c.html").read_text(encoding="utf-8").startswith("<!doctype html>")
    assert run("compare", "a.ar", "b.ar", "--ref", "ref.ar", "--metrics", "chrf", "--format", "md").stdout.startswith(
        "## "
    )


def test_ter_is_left_out_where_a_line_is_too_long_for_it() -> None:
    long = " ".join(["كلمة"] * 1001)
    for name in ("long.ar", "same.ar"):
        Path(name).write_text(long, encoding="utf-8")
    outcome = run("score", "long.ar", "--ref", "same.ar", "--format", "json")
    assert "ter" not in [one["metric"] for one in json.loads(outcome.stdout)["scores"]]
    assert "TER is left out" in outcome.stderr
    assert run("score", "long.ar", "--ref", "same.ar", "--metrics", "ter").exit_code == 1
