"""Scores equal sacrebleu's to the last digit; intervals are those of its bootstrap; nothing is NaN."""

from __future__ import annotations

import math

import pytest
import sacrebleu
from hypothesis import given, settings
from hypothesis import strategies as st
from sacrebleu.metrics import BLEU, CHRF, TER

from corpora.errors import InputError, UsageError
from eval.metrics import METRICS, score, segment_scores, tokenizer_of

HYPOTHESES = [
    "وقالت الشركة إن الطلب على الرقائق ارتفع 20 في المئة.",
    "تراجعت Microsoft قليلاً مؤخرًا ، وفق المحلل.",
    "",
    "لا شيء يشبه المرجع",
    "رفضت الشركة التعليق.",
]
REFERENCES = [
    "قالت الشركة إن الطلب على الرقائق زاد بنسبة 20 في المئة.",
    "تراجعت مايكروسوفت قليلا في الآونة الأخيرة، وفقا للمحلل.",
    "لم يصدر تعليق.",
    "كلمات أخرى تماما هنا",
    "رفضت الشركة التعليق.",
]
THEIRS = {
    "bleu": lambda effective: BLEU(tokenize=tokenizer_of("ar"), effective_order=effective),
    "chrf": lambda effective: CHRF(),
    "chrf++": lambda effective: CHRF(word_order=2),
    "ter": lambda effective: TER(),
}


@pytest.mark.parametrize("name", METRICS)
def test_scores_equal_sacrebleu_to_the_last_digit(name: str) -> None:
    (ours,) = score(HYPOTHESES, REFERENCES, lang="ar", metrics=[name])
    theirs = THEIRS[name](False)
    whole = theirs.corpus_score(HYPOTHESES, [REFERENCES])
    assert ours.value == whole.score
    assert ours.name == whole.name
    assert ours.signature == str(theirs.get_signature())
    single = THEIRS[name](True)
    expected = [single.sentence_score(h, [r]).score for h, r in zip(HYPOTHESES, REFERENCES, strict=True)]
    assert list(ours.segments) == expected
    assert list(segment_scores(HYPOTHESES, REFERENCES, lang="ar", name=name)) == expected


@pytest.mark.parametrize("name", METRICS)
def test_intervals_are_those_of_sacrebleu(name: str) -> None:
    hypotheses, references = HYPOTHESES * 8, REFERENCES * 8
    (ours,) = score(hypotheses, references, lang="ar", metrics=[name], bootstrap=200)
    theirs = THEIRS[name](False).corpus_score(hypotheses, [references], n_bootstrap=200)
    assert ours.interval is not None
    low, high = ours.interval
    assert (high - low) / 2 == pytest.approx(theirs._ci, abs=1e-3)
    assert low <= ours.value <= high


def test_interval_depends_on_the_seed_alone() -> None:
    made = [score(HYPOTHESES, REFERENCES, lang="ar", metrics=["bleu"], bootstrap=50, seed=s) for s in (1, 1, 2)]
    assert made[0] == made[1]
    assert made[0] != made[2]


def test_tokenizer_follows_the_language() -> None:
    assert "tok:zh" in score(["我爱北京"], ["我爱北京"], lang="zh-Hans", metrics=["bleu"])[0].signature
    (arabic,) = score(HYPOTHESES, REFERENCES, lang="ar", metrics=["bleu"])
    assert f"tok:{tokenizer_of('ar')}" in arabic.signature
    assert arabic.value == sacrebleu.corpus_bleu(HYPOTHESES, [REFERENCES], tokenize=tokenizer_of("ar")).score


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.text(max_size=20), st.text(max_size=20)), min_size=1, max_size=4))
def test_no_text_gives_nan(pairs: list[tuple[str, str]]) -> None:
    for result in score([h for h, _ in pairs], [r for _, r in pairs], lang="en", bootstrap=10):
        values = [result.value, *result.segments, *(result.interval or ())]
        assert all(math.isfinite(value) for value in values)


def test_all_empty_is_zero_and_not_an_error() -> None:
    assert [s.value for s in score([""], [""], lang="fr", metrics=["bleu", "chrf++", "ter"])] == [0.0, 0.0, 0.0]


def test_bad_input_is_told() -> None:
    with pytest.raises(InputError, match="2 hypotheses, but 1 references"):
        score(["a", "b"], ["a"], lang="en")
    with pytest.raises(InputError, match="no segments"):
        score([], [], lang="en")
    with pytest.raises(UsageError, match="unknown metric blue"):
        score(["a"], ["a"], lang="en", metrics=["blue"])


def test_a_line_too_long_for_ter_is_refused_not_waited_for() -> None:
    long = " ".join(f"w{number}" for number in range(1001))
    with pytest.raises(InputError, match="line 2 has more than 1,000 words"):
        score(["a", long], ["a", "b"], lang="en", metrics=["ter"])
    assert score(["a", long], ["a", long], lang="en", metrics=["chrf++"])[0].value == 100
