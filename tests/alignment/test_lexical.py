"""What the letters of two sides say of beads: brackets and quotations that a bead cuts, lines without words."""

from __future__ import annotations

import numpy as np
import pytest

from alignment.lattice import Edges
from alignment.lexical import Lexical
from alignment.side import Lines, Side
from alignment.spans import DenseSpans
from corpora.article import Sentence


def side(*texts: str) -> Side:
    lines = Lines.of([Sentence(0, len(text), text) for text in texts], "en")
    return lines.with_spans(DenseSpans(np.zeros((len(texts), 1, 1), np.float32)))


def edge(i: int, j: int, a: int, b: int) -> Edges:
    return Edges(*(np.array([value]) for value in (i, j, a, b)))


@pytest.mark.parametrize(
    ("bead", "expected"),
    [
        ((0, 0, 1, 1), [1, 0, 0, 0]),  # the source's bracket stays open, the target has none
        ((0, 0, 2, 1), [0, 0, 0, 0]),
        ((0, 0, 1, 0), [1, 0, 0, 0]),
        ((2, 1, 1, 1), [0, 0, 0, 1]),  # a quotation goes on in both
        ((2, 1, 2, 1), [0, 0, 1, 0]),
        ((2, 1, 2, 2), [0, 0, 0, 0]),
    ],
)
def test_what_a_bead_cuts(bead: tuple[int, int, int, int], expected: list[int]) -> None:
    source = side("See the map (Basel:", "Schwabe, 1935).", "He said: “It works.", "It always did.”")
    target = side("Voir la carte de Bâle.", "Il a dit : « Ça marche.", "Ça a toujours marché. »")
    found = Lexical.of(source, target).enclosed(edge(*bead))
    assert [int(column[0]) for column in found] == expected


def test_lines_without_words() -> None:
    lexical = Lexical.of(side("* * *", "A whole sentence."), side("— 17 —", "Une phrase entière."))
    asked = [(0, 0, 1, 0), (1, 0, 1, 0), (0, 0, 0, 1), (0, 1, 0, 1)]
    assert [lexical.gap_empty(edge(*bead))[0] for bead in asked] == [1, 0, 1, 0]
