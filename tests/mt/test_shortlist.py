"""A lexical shortlist learns which piece calls for which, and never hides a word that the model needs unseen."""

from __future__ import annotations

from itertools import islice
from pathlib import Path

import pytest
from typer.testing import CliRunner

from corpora.errors import FormatError, ModelError
from corpora.formats.base import Pair, write_pairs
from mt.checkpoint import Checkpoint, inspect, vocabulary
from mt.cli.app import app
from mt.convert import write_conversion
from mt.demo_model.generate import triples
from mt.engines.base import Search, load
from mt.models import resolve
from mt.pieces import Pieces
from mt.settings import TranslationSettings
from mt.shortlist import Shortlist, from_file, learn, read_shortlist, revision_for, shortlist_of, write_shortlist
from mt.translate import translate_sentences

PAIRS = [
    ("the house", "la maison"),
    ("the book", "le livre"),
    ("a book", "un livre"),
    ("a house", "une maison"),
    ("the small house", "la petite maison"),
]


def split(pairs: list[tuple[str, str]]) -> list[tuple[list[str], list[str]]]:
    return [(source.split(), target.split()) for source, target in pairs]


@pytest.fixture
def demo(tmp_path: Path) -> Checkpoint:
    write_conversion(resolve("demo"), tmp_path / "demo")
    return inspect(tmp_path / "demo")


@pytest.fixture(scope="module")
def memory(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("pairs") / "memory.tsv"
    drawn = islice(triples(3), 200)
    write_pairs(path, [Pair(triple.texts["en"], triple.texts["fr"], "en", "fr") for triple in drawn])
    return path


def test_em_finds_which_word_translates_which() -> None:
    learned = learn(split(PAIRS), ("en", "fr"), common=0, each=1)
    assert learned.rules["house"] == ("maison",)
    assert learned.rules["book"] == ("livre",)
    assert learned.rules["small"] == ("petite",)


def test_common_pieces_letters_and_copies_are_always_allowed() -> None:
    learned = learn(split([*PAIRS, ("Claude a", "Claude à b"), ("Claude", "Claude")]), ("en", "fr"), common=1, each=1)
    assert set(learned.always) == {"maison", "à", "b"}
    assert learned.rules["Claude"][0] == "Claude"


def test_coverage_is_the_share_of_pieces_that_may_be_said() -> None:
    shortlist = Shortlist(("le",), {"house": ("maison",)}, (("en", "fr"),))
    assert shortlist.coverage(split([("house", "le maison rouge verte")])) == 0.5
    assert shortlist.coverage([]) == 1.0


def test_nothing_to_learn_from_is_said() -> None:
    with pytest.raises(FormatError, match="no pairs"):
        learn([([], ["a"])], ("en", "fr"))


def test_two_directions_share_one_file_and_one_replaces_its_own(demo: Checkpoint) -> None:
    words = vocabulary(demo)
    one, two = list(words)[10:12]
    write_shortlist(Shortlist((), {one: (one,)}, (("en", "fr"),)), demo.folder, words)
    write_shortlist(Shortlist((one,), {one: (two,)}, (("fr", "en"),)), demo.folder, words)
    both = shortlist_of(demo.folder)
    assert both == Shortlist((one,), {one: (one, two)}, (("en", "fr"), ("fr", "en")))
    before = revision_for(demo.folder, ("en", "fr"))
    write_shortlist(Shortlist((), {one: (two, "nothing of the model")}, (("en", "fr"),)), demo.folder, words)
    assert shortlist_of(demo.folder) == Shortlist((), {one: (two,)}, (("en", "fr"),))
    assert revision_for(demo.folder, ("en", "fr")) not in (before, None)
    assert revision_for(demo.folder, ("fr", "en")) is None


def test_another_models_shortlist_is_refused(demo: Checkpoint) -> None:
    with pytest.raises(ModelError, match="no piece of the model's vocabulary"):
        write_shortlist(Shortlist((), {"w1": ("w2",)}, (("en", "fr"),)), demo.folder, vocabulary(demo))


def test_a_ready_made_file_is_read_and_a_broken_line_named(tmp_path: Path) -> None:
    path = tmp_path / "vmap.txt"
    path.write_text("\ta b\nw\tc d\n", encoding="utf-8")
    assert read_shortlist(path, [("en", "fr")]) == Shortlist(("a", "b"), {"w": ("c", "d")}, (("en", "fr"),))
    path.write_text("no tab here\n", encoding="utf-8")
    with pytest.raises(FormatError, match=r"vmap\.txt, line 1"):
        read_shortlist(path, [("en", "fr")])


def test_the_decoder_says_nothing_that_is_not_in_it(demo: Checkpoint) -> None:
    pieces = Pieces(demo, "en", "fr")
    source = pieces.frame(pieces.encode("Netflix now employs 427 people in six countries."))
    rules = dict.fromkeys(source, ("▁le",))
    write_shortlist(Shortlist(("▁de",), rules, (("en", "fr"),)), demo.folder, vocabulary(demo))
    engine = load(demo, TranslationSettings(threads=1))
    ((free,),) = engine.submit([source], (), Search())()
    ((bound,),) = engine.submit([source], (), Search(shortlist=True))()
    assert set(bound.pieces) <= {"▁le", "▁de", "<unk>"}
    assert "▁Netflix" in free.pieces or len(set(free.pieces)) > 3


def test_most_sentences_come_out_as_without_it_and_those_with_unknown_pieces_all_do(
    demo: Checkpoint, memory: Path
) -> None:
    shortlist, coverage = from_file(memory, demo, ("en", "fr"))
    assert coverage is not None
    assert coverage > 0.95
    texts = [triple.texts["en"] for triple in islice(triples(3), 20)] + ["Ωmega ßtudios rose 5%."]
    without = translate_sentences(texts, source_lang="en", target_lang="fr", model=str(demo.folder))
    write_shortlist(shortlist, demo.folder, vocabulary(demo))
    with_it = translate_sentences(texts, source_lang="en", target_lang="fr", model=str(demo.folder))
    assert with_it.texts[-1] == without.texts[-1]
    assert sum(map(str.__eq__, with_it.texts, without.texts)) >= 0.9 * len(texts)
    off = TranslationSettings(shortlist=False)
    assert translate_sentences(
        texts[:2], source_lang="en", target_lang="fr", model=str(demo.folder), settings=off
    ).texts == tuple(without.texts[:2])


def test_the_command_learns_one_and_says_what_it_allows(memory: Path, tmp_path: Path) -> None:
    out = str(tmp_path / "new")
    words = ["models", "convert", "demo", "-o", out, "--shortlist", str(memory), "--from", "en", "--to", "fr"]
    result = CliRunner().invoke(app, words)
    assert result.exit_code == 0, result.output
    assert "of the pieces of held-out pairs" in result.stderr
    assert revision_for(tmp_path / "new", ("en", "fr"))


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--shortlist", "a.tsv"], "one direction"),
        (["--from", "en"], "give --shortlist"),
        (["--shortlist", "a.tsv", "--from", "en", "--to", "fr"], "name a new folder"),
    ],
)
def test_what_makes_no_sense_is_one_line(words: list[str], said: str) -> None:
    result = CliRunner().invoke(app, ["models", "convert", "demo", *words])
    assert result.exit_code == 2
    assert said in result.stderr
