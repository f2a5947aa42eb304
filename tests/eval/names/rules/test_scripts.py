"""A word half in another script is written as the article itself writes it elsewhere, even if no base knows it."""

from __future__ import annotations

import pytest

from tests.eval.names.scenes import errors, find


@pytest.mark.parametrize(
    ("text", "surface", "right"),
    [
        ("وصل الوفد إلى تورنبيلا.\nوغادر تورنpila مساء.", "تورنpila", "تورنبيلا"),
        ("أعلنت Zorvique ذلك.\nوقالت زورvique إنها تنتظر.", "زورvique", "Zorvique"),
    ],
)
def test_the_article_has_the_whole_word(text: str, surface: str, right: str) -> None:
    assert ("wrong_script", surface, right) in errors(find(text, "ar"))
