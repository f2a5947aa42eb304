"""What is kept of many articles, and what they come to."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from eval.collection import Collection, Corruption, Entry, Failure, collect
from eval.gates import missed, parse_gates
from tests.eval.report import samples

ENTRY = Entry.of(samples.small(), "a.txt")


def made(id: str, right: int, checked: int, errors: int = 0, grade: str = "good") -> Entry:
    return replace(ENTRY, id=id, names_right=right, names_checked=checked, errors=errors, flagged=0, grade=grade)


def test_an_entry_keeps_what_the_index_shows() -> None:
    assert (ENTRY.lang, ENTRY.errors, ENTRY.variants, ENTRY.flagged) == ("ar", 7, 1, 3)
    assert ENTRY.witness == ("source", "article-en.txt")
    assert Corruption("Openai", "OpenAI", "casing", 1) in ENTRY.corruptions
    assert ("casing", "error", 3) in ENTRY.kinds
    assert ("omission", "flag", 1) in ENTRY.kinds
    assert ENTRY.title.startswith("هوانغ")


def test_the_worst_article_comes_first() -> None:
    entries = [made("c", 9, 10), made("b", 5, 10, 3, "poor"), made("a", 9, 10, 9, "usable"), made("d", 8, 10)]
    found = collect(entries, [Failure("z", "gone"), Failure("y", "gone")])
    assert [entry.id for entry in found.entries] == ["b", "a", "d", "c"]
    assert [failure.id for failure in found.failures] == ["y", "z"]
    assert found.headline == "2 of 4 articles need work before publishing; 2 more could not be checked"


def test_name_accuracy_is_over_mentions_not_over_articles() -> None:
    found = collect([made("a", 90, 100), made("b", 0, 10), made("c", 0, 0)])
    assert (found.name_accuracy, found.names_checked) == (round(90 / 110, 4), 110)
    assert found.name_interval == (0.0, 0.9)
    assert collect([made("c", 0, 0)]).name_accuracy is None


def test_spellings_are_counted_over_articles() -> None:
    two = collect([replace(ENTRY, id="b.txt"), ENTRY])
    first = next(one for one in two.spellings if one.surface == "Openai")
    assert (first.count, first.articles, first.first) == (2, 2, "a.txt")


def test_an_article_without_names_passes_a_gate_for_names_unless_none_has_any() -> None:
    gates = parse_gates("name_accuracy=0.9")
    bare = replace(samples.small(), summary=replace(samples.small().summary, name_accuracy=None))
    empty = Entry.of(bare, "b.txt", missed=missed(bare, gates))
    assert (empty.missed, empty.unmeasured) == ((), ("name_accuracy",))
    full = Entry.of(samples.small(), "a.txt", missed=missed(samples.small(), gates))
    assert full.missed
    assert collect([empty, full]).unmeasured == ()
    assert collect([empty]).unmeasured == ("name_accuracy",)


@settings(deadline=None, max_examples=20)
@given(st.permutations([made(f"{n}", n, 9, n % 3, "usable") for n in range(6)]))
def test_the_order_in_which_articles_come_changes_nothing(entries: list[Entry]) -> None:
    assert collect(entries) == collect(sorted(entries, key=lambda entry: entry.id))


def test_nothing_at_all_is_said_plainly() -> None:
    empty: Collection = collect([], [Failure("a", "gone")])
    assert empty.headline == "No article could be checked"
    assert empty.name_interval is None
