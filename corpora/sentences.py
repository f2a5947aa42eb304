"""An article in, its sentences out: blocks, boundaries within them, and marks on what does not count.

sentences = split_sentences(read_article("story.md"))
article.text[sentences[0].start : sentences[0].end] == sentences[0].text
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpora.article import Article, Block, Sentence
from corpora.boilerplate import mark_boilerplate
from corpora.clean import unseen
from corpora.repeats import mark_repeats

_LINE_END = re.compile(r"\r\n|\r|\n")
_EDGE = re.compile(r"\s*(.*?)\s*\Z", re.DOTALL)


def split_sentences(article: Article, *, presegmented: bool = False) -> list[Sentence]:
    """The article's sentences in order, without overlap; white space and emphasis marks at their edges stay outside.

    Args:
        presegmented: every line is a sentence as it is (in HTML and TMX every block), blank ones too: an empty sentence
            with `start == end`. Nothing is marked then, since someone has prepared the lines.
    """
    if presegmented:
        return list(_lines(article))
    sentences = [
        Sentence(start, end, article.text[start:end])
        for block in article.blocks
        for start, end in _spans(article, block)
    ]
    return mark_boilerplate(article, mark_repeats(sentences))


def _lines(article: Article) -> Iterator[Sentence]:
    text = article.text
    if article.format in ("html", "tmx"):
        stretches = [(block.start, block.end) for block in article.blocks]
    else:
        ends = [(found.start(), found.end()) for found in _LINE_END.finditer(text)]
        starts = [0, *(end for _, end in ends)]
        stretches = list(zip(starts, [*(start for start, _ in ends), len(text)], strict=True))
        # A line end closes the last line; it opens no further one.
        if len(stretches) > 1 and starts[-1] == len(text):
            stretches.pop()
    for start, end in stretches:
        line = text[start:end]
        inner = line.strip()
        begin = start + (len(line) - len(line.lstrip()) if inner else 0)
        yield Sentence(begin, begin + len(inner), inner)


def _spans(article: Article, block: Block) -> Iterator[tuple[int, int]]:
    """Sentence spans of a block, in code points of the article's text."""
    text = article.text[block.start : block.end]
    if block.kind == "code":
        yield from _code_lines(text, block.start)
        return
    from corpora.segment import boundaries

    hidden = unseen(text)
    seen, shift = (_seen(text, hidden), True) if hidden else (text, False)
    offsets = _offsets(text, hidden) if shift else range(len(text))
    for start, end in boundaries(seen, article.lang):
        stretch = seen[start:end]
        inner = stretch.strip()
        if inner:
            start += len(stretch) - len(stretch.lstrip())
            end = start + len(inner)
            yield block.start + offsets[start], block.start + offsets[end - 1] + 1


def _code_lines(text: str, start: int) -> Iterator[tuple[int, int]]:
    for found in re.finditer(r"\S[^\r\n]*", text):
        yield start + found.start(), start + found.start() + len(found.group().rstrip())


def _seen(text: str, hidden: list[tuple[int, int]]) -> str:
    """What a reader sees of the text, in which boundaries are looked for."""
    parts, at = [], 0
    for start, end in hidden:
        parts.append(text[at:start])
        at = end
    return "".join(parts) + text[at:]


def _offsets(text: str, hidden: list[tuple[int, int]]) -> list[int]:
    """The place in the text of every character that a reader sees."""
    places: list[int] = []
    at = 0
    for start, end in hidden:
        places.extend(range(at, start))
        at = end
    places.extend(range(at, len(text)))
    return places
