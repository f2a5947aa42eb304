"""Scorecards: sacrebleu's numbers, names line by line; COMET by another process."""

from __future__ import annotations

import json
import sys
from importlib.resources import files
from pathlib import Path

import jsonschema
import pytest
from sacrebleu.metrics import CHRF, TER
from typer.testing import CliRunner

from corpora.errors import InputError, ModelError, UsageError
from eval.comet import comet
from eval.metrics import METRICS, influence, score
from eval.names.knowledge import Knowledge
from eval.report.scores import Files, score_json, score_text
from eval.scorecard import DEFAULT, NameTools, Sampling, Texts, language_warnings, parse_metrics, scorecard
from mt.cli.app import app

SOURCES = ["Microsoft lost a little.", "OpenAI declined to comment.", "Nobody answered.", "Shares rose by 4 percent."]
REFERENCES = [
    "تراجعت مايكروسوفت قليلا في الآونة الأخيرة.",
    "رفضت OpenAI التعليق على الخبر.",
    "لم يجب أحد عن السؤال.",
    "ارتفعت الأسهم بنسبة 4 في المئة.",
]
GOOD = [
    "تراجعت مايكروسوفت قليلا مؤخرا.",
    "رفضت OpenAI التعليق على الخبر.",
    "لم يجب أحد عن السؤال.",
    "ارتفعت الأسهم 4 في المئة.",
]
BAD = ["تراجعت مايكروسوفت قليلا مؤخرا.", "رفضت Openai التعليق.", "", "ارتفعت الأسهم بنسبة 4 في المئة."]
FRENCH = [
    "Microsoft a perdu un peu de terrain ces derniers temps.",
    "La société a refusé de commenter la nouvelle.",
] * 2
NO_INTERVALS = Sampling(0)


@pytest.fixture(scope="module")
def tools() -> NameTools:
    return NameTools(Knowledge.bundled())


def test_chrf_leads_and_values_are_those_of_the_metrics() -> None:
    card = scorecard(Texts(BAD, "ar", REFERENCES), sampling=Sampling(200))
    assert [one.metric for one in card.scores] == list(DEFAULT)
    assert DEFAULT[0] == "chrf++"
    assert card.scores[0].value == CHRF(word_order=2).corpus_score(BAD, [REFERENCES]).score
    assert card.scores[3].value == TER().corpus_score(BAD, [REFERENCES]).score
    assert [list(score(BAD, REFERENCES, lang="ar", metrics=[name], bootstrap=200)) for name in DEFAULT] == [
        [one] for one in card.scores
    ]
    assert (card.segments, card.empty) == (4, 1)


@pytest.mark.parametrize(
    ("asked", "near"), [("blue", "bleu"), ("chrff", "chrf"), ("comett", "comet"), ("name", "names")]
)
def test_an_unknown_metric_names_the_nearest(asked: str, near: str) -> None:
    with pytest.raises(UsageError, match=near):
        parse_metrics(f"ter,{asked}")


def test_metrics_are_read_once_each_in_any_case() -> None:
    assert parse_metrics(" chrF++, BLEU ,chrf++,") == ("chrf++", "bleu")
    assert parse_metrics(None) == DEFAULT
    with pytest.raises(UsageError):
        parse_metrics(" , ")


def test_names_are_judged_line_by_line(tools: NameTools) -> None:
    asked = {"metrics": ["names"], "names": tools}
    good = scorecard(Texts(GOOD, "ar", None, SOURCES, "en"), **asked)  # type: ignore[arg-type]
    assert good.names is not None
    assert (good.names.accuracy, good.names.checked) == (1.0, 2)
    bad = scorecard(Texts(BAD, "ar", None, SOURCES, "en"), **asked)  # type: ignore[arg-type]
    assert [(one.unit, one.entity) for one in bad.mentions if not one.right] == [(1, "OpenAI")]


def test_a_line_without_translation_has_its_names_wrong(tools: NameTools) -> None:
    card = scorecard(Texts(["", "", "", ""], "ar", None, SOURCES, "en"), metrics=["names"], names=tools)
    assert card.names is not None
    assert (card.names.accuracy, card.names.checked) == (0.0, 2)


def test_a_source_without_names_has_no_accuracy(tools: NameTools) -> None:
    card = scorecard(Texts(["لا."], "ar", None, ["No."], "en"), metrics=["names"], names=tools)
    assert card.names is not None
    assert card.names.accuracy is None
    assert "no names" in score_text(card, Files(("a",), None, "s"))


@pytest.mark.parametrize(("metric", "needs"), [("bleu", "--ref"), ("names", "--src"), ("comet", "--ref")])
def test_a_metric_without_its_texts_says_which_option_gives_them(metric: str, needs: str) -> None:
    with pytest.raises(UsageError, match=needs):
        scorecard(Texts(GOOD, "ar"), metrics=[metric])


def test_a_reference_in_another_language_is_said() -> None:
    assert list(language_warnings(Texts(GOOD, "ar", REFERENCES, SOURCES, "en"))) == []
    (warning,) = language_warnings(Texts(GOOD, "ar", FRENCH * 4))
    assert warning == "the hypotheses seem to be in Arabic, the references in French"
    said = list(language_warnings(Texts(GOOD, "fr", REFERENCES)))
    assert said == [f"the {side} seem to be in Arabic, not in French" for side in ("references", "hypotheses")]


@pytest.mark.parametrize("name", METRICS)
def test_influence_is_the_score_less_the_score_without_the_segment(name: str) -> None:
    def value(lines: list[str], references: list[str]) -> float:
        return score(lines, references, lang="ar", metrics=[name])[0].value

    moved = influence(GOOD, REFERENCES, lang="ar", name=name)
    for line, effect in enumerate(moved):
        rest = [[*texts[:line], *texts[line + 1 :]] for texts in (GOOD, REFERENCES)]
        assert effect == pytest.approx(value(GOOD, REFERENCES) - value(*rest))


def test_json_has_every_digit_and_no_nan() -> None:
    card = scorecard(Texts(["", "", "", ""], "ar", REFERENCES), sampling=Sampling(50))
    data = json.loads(score_json(card, Files(("h",), "r", None), "0"))
    assert {one["metric"]: one["better"] for one in data["scores"]}["ter"] == "lower"
    card = scorecard(Texts(GOOD, "ar", REFERENCES), sampling=NO_INTERVALS)
    data = json.loads(score_json(card, Files(("h",), "r", None), "0"))
    schema = json.loads(files("eval.report").joinpath("score.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator(schema).validate(data)
    assert [one["value"] for one in data["scores"]] == [one.value for one in card.scores]
    assert [one["interval"] for one in data["scores"]] == [None] * 4


def test_numbers_of_segments_must_agree() -> None:
    with pytest.raises(InputError):
        scorecard(Texts(GOOD[:2], "ar", REFERENCES))


STAND_IN = """
# The signatures of unbabel-comet 2.2.7; the scores are the share of the reference's (or the source's) letters.
class Prediction(dict):
    __getattr__ = dict.__getitem__
class _Model:
    def predict(self, samples, batch_size=16, gpus=1, devices=None, mc_dropout=0, progress_bar=True,
                accelerator="auto", num_workers=None, length_batching=True):
        print("chatter on standard output")
        held = [row.get("ref", row["src"]) for row in samples]
        scores = [len(row["mt"]) / (1 + len(one)) for row, one in zip(samples, held)]
        return Prediction(scores=scores, system_score=sum(scores) / len(scores))
def download_model(model, saving_directory=None, local_files_only=False):
    if model not in ("Unbabel/wmt22-comet-da", "Unbabel/wmt22-cometkiwi-da"):
        raise KeyError(f"Model '{model}' not supported by COMET.")
    return model
def load_from_checkpoint(checkpoint_path, reload_hparams=False, strict=False, local_files_only=False):
    return _Model()
"""


@pytest.fixture
def stand_in(tmp_path: Path) -> Path:
    """An interpreter that has something called `comet`, which is not COMET: it tests the protocol, not the scores."""
    package = tmp_path / "site"
    package.mkdir()
    (package / "comet.py").write_text(STAND_IN, encoding="utf-8")
    (package / "torch.py").write_text("class cuda:\n    is_available = staticmethod(lambda: False)\n", encoding="utf-8")
    python = tmp_path / "python"
    start = f"import sys, runpy; sys.path.insert(0, {str(package)!r}); runpy.run_path(sys.argv[1], run_name='__main__')"
    (tmp_path / "start.py").write_text(start, encoding="utf-8")
    python.write_text(f'#!/bin/sh\nshift\nexec "{sys.executable}" "{tmp_path}/start.py" "$1"\n', encoding="utf-8")
    python.chmod(0o755)
    return python


def test_comet_runs_in_a_process_of_its_own(stand_in: Path) -> None:
    found = comet(SOURCES, BAD, REFERENCES, python=stand_in, bootstrap=100)
    expected = [len(one) / (1 + len(other)) for one, other in zip(BAD, REFERENCES, strict=True)]
    assert list(found.segments) == expected
    assert found.value == pytest.approx(sum(expected) / 4)
    assert found.interval is not None
    assert found.interval[0] <= found.value <= found.interval[1]
    assert found.signature.startswith("model:Unbabel/wmt22-comet-da|")


def test_cometkiwi_needs_no_reference_and_comet_does(stand_in: Path) -> None:
    found = comet(SOURCES, BAD, None, python=stand_in, name="cometkiwi")
    assert list(found.segments) == [len(one) / (1 + len(other)) for one, other in zip(BAD, SOURCES, strict=True)]
    assert found.signature.startswith("model:Unbabel/wmt22-cometkiwi-da|")
    assert found.signature.endswith("|refs:0|scale:0-1")
    with pytest.raises(UsageError, match="cometkiwi, which needs none"):
        comet(SOURCES, BAD, None, python=stand_in)


def test_the_command_prints_both_comets_from_the_stand_in(stand_in: Path, tmp_path: Path) -> None:
    for name, lines in (("h", BAD), ("r", REFERENCES), ("s", SOURCES)):
        (tmp_path / name).write_text("\n".join(lines), encoding="utf-8")
    paths = [str(tmp_path / name) for name in "hrs"]
    options = ["--ref", paths[1], "--src", paths[2], "--metrics", "comet,cometkiwi", "--comet-python", str(stand_in)]
    outcome = CliRunner().invoke(app, ["score", paths[0], *options])
    assert outcome.exit_code == 0, outcome.stderr
    text = " ".join(outcome.stdout.split())
    assert "COMETKiwi 0." in text
    assert "model:Unbabel/wmt22-comet-da|" in text.replace(" ", "")
    free = ["--src", paths[2], "--metrics", "cometkiwi", "--comet-python", str(stand_in), "--format", "json"]
    (one,) = json.loads(CliRunner().invoke(app, ["score", paths[0], *free]).stdout)["scores"]
    assert (one["metric"], one["better"], one["scale"]) == ("cometkiwi", "higher", [0, 1])


def test_weights_that_cannot_be_had_are_said_with_the_cure(tmp_path: Path) -> None:
    python = tmp_path / "python"
    said = "KeyError: \"Model 'Unbabel/wmt22-cometkiwi-da' not supported by COMET.\""
    python.write_text(f"#!/bin/sh\ncat >/dev/null\ncat >&2 <<'END'\n{said}\nEND\nexit 1\n", encoding="utf-8")
    python.chmod(0o755)
    with pytest.raises(ModelError, match=r"weights of COMETKiwi .*not on this machine.*accept the licence"):
        comet(SOURCES, BAD, None, python=python, name="cometkiwi")


def test_comet_that_is_not_there_is_said_with_the_cure(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="--comet-python"):
        comet(SOURCES, BAD, REFERENCES, python=None)
    with pytest.raises(ModelError, match="unbabel-comet"):
        comet(SOURCES, BAD, REFERENCES, python=tmp_path / "absent")
    broken = tmp_path / "python"
    broken.write_text(
        "#!/bin/sh\necho \"ModuleNotFoundError: No module named 'comet'\" >&2\nexit 1\n", encoding="utf-8"
    )
    broken.chmod(0o755)
    with pytest.raises(ModelError, match=r"No module named 'comet'.*pip install unbabel-comet"):
        comet(SOURCES, BAD, REFERENCES, python=broken)


def test_comet_with_too_few_scores_is_refused(tmp_path: Path) -> None:
    short = tmp_path / "python"
    short.write_text("#!/bin/sh\ncat >/dev/null\necho '{\"scores\": [0.5]}'\n", encoding="utf-8")
    short.chmod(0o755)
    with pytest.raises(ModelError, match="one score a segment"):
        comet(SOURCES, BAD, REFERENCES, python=short)
