from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from corpora.dedupe import ARTICLES, PERMUTATIONS, SENTENCES, keep_best, near, signature

TEXT = "the minister said on monday that the new bridge over the river would open in spring after two years of work"


def jaccard(one: str, other: str, ngram: int) -> float:
    left, right = ({text[i : i + ngram] for i in range(len(text) - ngram + 1)} for text in (one, other))
    return len(left & right) / len(left | right)


def signatures(*texts: str, ngram: int = SENTENCES.ngram) -> np.ndarray:
    return np.array([signature([text], ngram) for text in texts])


@settings(deadline=None, max_examples=60)
@given(st.text(alphabet="abcdef ", min_size=60, max_size=300), st.integers(0, 300))
def test_a_signature_estimates_jaccard_similarity(text: str, cut: int) -> None:
    other = text[cut:] + text[: cut // 2]
    if len(other) < 10:
        return
    one, two = signatures(text, other)
    # 128 permutations: a standard deviation of at most 0.044.
    assert abs((one == two).mean() - jaccard(text, other, SENTENCES.ngram)) < 0.22


def test_a_signature_is_the_same_everywhere() -> None:
    assert signature(["abc"], 5)[:4].tolist() == signature(["abc"], 5)[:4].tolist()
    assert signature([TEXT], 5).shape == (PERMUTATIONS,)
    assert signature(["", ""], 5).shape == (PERMUTATIONS,)


def test_sides_are_told_apart() -> None:
    assert (signature(["yes", "no"], 5) != signature(["no", "yes"], 5)).any()


def test_near_duplicates_are_found_and_others_are_not() -> None:
    changed = TEXT.replace("monday", "sunday")
    other = "a film about a lighthouse keeper won the first prize of the festival in the south of the country yesterday"
    assert near(signatures(TEXT, other, changed), SENTENCES).tolist() == [[0, 2]]


def test_an_article_that_is_half_another_is_near_it() -> None:
    words = [f"word{number}" for number in range(600)]
    whole, half, other = " ".join(words[:400]), " ".join(words[:200]), " ".join(words[400:])
    found = near(signatures(whole, half, other, ngram=ARTICLES.ngram), ARTICLES).tolist()
    assert found == [[0, 1]]


def test_many_copies_are_all_found_in_linear_work() -> None:
    copies = np.repeat(signatures(TEXT), 3000, axis=0)
    edges = near(copies, SENTENCES)
    assert len(edges) < 2 * len(copies)
    assert set(edges[:, 1].tolist()) == set(range(1, 3000))


def test_the_best_of_duplicates_stays() -> None:
    texts = [TEXT, TEXT, TEXT.replace("monday", "sunday"), "something else altogether, of another day and place"]
    dropped = keep_best([text.encode() for text in texts], signatures(*texts), [(0.5,), (0.9,), (0.7,), (0.1,)])
    assert dropped == {0: ("duplicate", 1), 2: ("near_duplicate", 1)}


def test_of_equals_the_first_stays() -> None:
    texts = [TEXT] * 3
    assert keep_best([b"same"] * 3, signatures(*texts), [1, 1, 1]) == {1: ("duplicate", 0), 2: ("duplicate", 0)}


def test_nothing_has_no_duplicates() -> None:
    assert keep_best([], np.zeros((0, PERMUTATIONS), np.uint32), []) == {}


@settings(deadline=None, max_examples=30)
@given(st.permutations(range(6)))
def test_what_stays_does_not_depend_on_the_order(order: list[int]) -> None:
    texts = [TEXT, TEXT, TEXT.replace("spring", "summer"), "one thing", "another thing", "one thing"]
    qualities = [3, 9, 5, 4, 1, 2]
    dropped = keep_best(
        [texts[i].encode() for i in order], signatures(*(texts[i] for i in order)), [qualities[i] for i in order]
    )
    assert {order[place] for place in dropped} == {0, 2, 5}
