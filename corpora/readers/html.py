"""A decoded HTML page in, the article alone out: trafilatura says which text it is, our own walk says where it stands.

trafilatura keeps no places in the file, so its text is matched with the page's blocks by their letters. Where it finds
nothing (short or odd pages), the page's `<article>` or `<main>` is taken, else all but navigation and footer.
"""

from __future__ import annotations

import logging
import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from corpora.article import Article
from corpora.errors import InputError
from corpora.readers.decode import Decoded
from corpora.readers.hints import Hint, language_of
from corpora.readers.html_tokens import HtmlBlock, read_page
from corpora.readers.spans import TextBuilder

# From this many letters on, a text that stands in both is the same paragraph and not a word that recurs.
_LONG = 40
_CHARSET = re.compile(r"(<meta\b[^>]{0,200}?charset\s*=\s*[\"']?)[A-Za-z0-9_:.-]+", re.IGNORECASE)
_NO_LETTER = re.compile(r"[\W_]+")
_XML_DECLARATION = re.compile(r"\A\s*<\?xml[^>]*\?>")
_LEAVES = frozenset(
    {"p", "head", "item", "cell", "quote", "code", "lb", "list", "table", "row", "ab", "body", "figure"}
)


def read_html(decoded: Decoded, path: str, lang: str | None) -> Article:
    """The article of a saved news page.

    Raises:
        InputError: there is no text on the page.
    """
    page = read_page(decoded.text)
    leaves = _extracted(decoded.text)
    blocks = _matched(page.blocks, leaves) or _likely(page.blocks)
    if not blocks:
        raise InputError("there is no text on this page", where=path, cure="was it saved with its content?")
    blocks = _with_headline(page.blocks, blocks, page.title)
    builder = TextBuilder()
    for block in blocks:
        builder.add_block(list(block.pieces), block.kind)
    text = builder.text
    headings = [block.text for block in blocks[:3] if block.element == "h1"]
    return Article(
        path=path,
        text=text,
        lang=language_of(text, lang, Hint(page.lang), path),
        format="html",
        encoding=decoded.encoding,
        bom=decoded.bom,
        blocks=tuple(builder.blocks),
        nodes=tuple(builder.nodes),
        escape="html",
        title=headings[0] if headings else page.title,
        raw=decoded.text,
    )


def _extracted(raw: str) -> list[str]:
    """The letters of each paragraph that trafilatura takes for the article, in order; empty where it gives up."""
    from trafilatura import bare_extraction

    for name in ("trafilatura", "htmldate", "courlan"):
        # They log what they think of a page; without a handler Python would write that to stderr.
        logging.getLogger(name).addHandler(logging.NullHandler())
    # The text is decoded already: a declared charset would make the parser decode it again.
    source = _CHARSET.sub(r"\1utf-8", _XML_DECLARATION.sub("", raw[:8192])) + raw[8192:]
    try:
        document = bare_extraction(source, include_comments=False, include_tables=True)
    except Exception:  # whatever a hostile page breaks in there, the fallback reads the page
        return []
    body = getattr(document, "body", None)
    if body is None:
        return []
    return [key for key in map(_letters, _leaf_texts(body)) if key]


def _leaf_texts(body: Any) -> list[str]:
    """The text of the extracted tree, cut at every block element and line break."""
    texts = [""]
    for event, element in _walk(body):
        if element.tag in _LEAVES:
            texts.append("")
        texts[-1] += (element.text if event == "start" else element.tail) or ""
    return texts


def _walk(body: Any) -> Any:
    from lxml.etree import iterwalk

    return iterwalk(body, events=("start", "end"))


def _letters(text: str) -> str:
    """What must be equal for two texts to be the same: letters and digits, without case."""
    return _NO_LETTER.sub("", text).casefold()


def _matched(blocks: Sequence[HtmlBlock], leaves: Sequence[str]) -> list[HtmlBlock]:
    """The page's blocks that were extracted: long ones wherever they stand in order, short ones between them."""
    keys = [_letters(block.text) for block in blocks]
    places: dict[str, list[int]] = defaultdict(list)
    for index, key in enumerate(keys):
        places[key].append(index)
    taken: set[int] = set()
    last = -1
    anchors: list[tuple[int, int]] = []
    for number, leaf in enumerate(leaves):
        found = _next(places.get(leaf, []), last) if len(leaf) >= _LONG else None
        if found is not None:
            taken.add(found)
            anchors.append((number, found))
            last = found
    if anchors:
        taken |= _short_ones(leaves, places, anchors)
        taken |= _contained(keys, "".join(leaves), min(taken), max(taken))
    elif leaves:
        taken = _contained(keys, "".join(leaves), 0, len(keys) - 1)
    return [blocks[index] for index in sorted(taken)]


def _next(indices: Sequence[int], last: int) -> int | None:
    """The first index after the last one."""
    at = bisect_left(indices, last + 1)
    return indices[at] if at < len(indices) else None


def _short_ones(leaves: Sequence[str], places: dict[str, list[int]], anchors: Sequence[tuple[int, int]]) -> set[int]:
    """Short leaves between two anchors lie between them on the page too; before the first one they lie next to it."""
    taken: set[int] = set()
    first, ceiling = anchors[0]
    for number in range(first - 1, -1, -1):
        indices = places.get(leaves[number], [])
        at = bisect_left(indices, ceiling)
        if at:
            ceiling = indices[at - 1]
            taken.add(ceiling)
    bounds = [*anchors, (len(leaves), 1 << 60)]
    for (number, index), (until, limit) in pairwise(bounds):
        last = index
        for leaf in leaves[number + 1 : until]:
            found = _next(places.get(leaf, []), last)
            if found is not None and found < limit:
                taken.add(found)
                last = found
    return taken


def _contained(keys: Sequence[str], extracted: str, first: int, last: int) -> set[int]:
    """Blocks that are long parts of the extracted text: trafilatura joins what we cut apart, and drops inline bits."""
    return {index for index in range(first, last + 1) if len(keys[index]) >= _LONG and keys[index] in extracted}


def _likely(blocks: Sequence[HtmlBlock]) -> list[HtmlBlock]:
    """What is most probably the article on a page that nothing was extracted from."""
    for inside in ("article", "main"):
        chosen = [block for block in blocks if inside in block.ancestors and "aside" not in block.ancestors]
        if chosen:
            return chosen
    chosen = [block for block in blocks if "aside" not in block.ancestors]
    return chosen or list(blocks)


def _with_headline(page: Sequence[HtmlBlock], chosen: Sequence[HtmlBlock], title: str | None) -> list[HtmlBlock]:
    """The chosen blocks, and before them the page's headline where extraction left it out."""
    if any(block.element == "h1" for block in chosen):
        return list(chosen)
    first = next(index for index, block in enumerate(page) if block is chosen[0])
    headings = [block for block in page[:first] if block.element == "h1"]
    named = [block for block in headings if _letters(block.text) in _letters(title or "")]
    headline = named[-1:] or (headings if len(headings) == 1 else [])
    return [*headline, *chosen]
