"""A decoded HTML page in, the article alone out: trafilatura says which text it is, our own walk says where it stands.

trafilatura keeps no places in the file, so its text is matched with the page's blocks by their letters. Where it finds
nothing (short or odd pages), the page's `<article>` or `<main>` is taken, else all but navigation and footer.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Sequence
from typing import Any

from corpora.article import Article
from corpora.errors import InputError
from corpora.readers.decode import Decoded
from corpora.readers.hints import Hint, language_of
from corpora.readers.html_matching import letters, matching_blocks
from corpora.readers.html_tokens import HtmlBlock, read_page
from corpora.readers.spans import TextBuilder

_CHARSET = re.compile(r"(<meta\b[^>]{0,200}?charset\s*=\s*[\"']?)[A-Za-z0-9_:.-]+", re.IGNORECASE)
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
    """The paragraphs that trafilatura takes for the article, in order; empty where it gives up."""
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
    return _leaf_texts(body)


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


def _matched(blocks: Sequence[HtmlBlock], paragraphs: Sequence[str]) -> list[HtmlBlock]:
    """The blocks of the page that were extracted."""
    return [blocks[index] for index in matching_blocks([block.text for block in blocks], paragraphs)]


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
    named = [block for block in headings if letters(block.text) in letters(title or "")]
    headline = named[-1:] or (headings if len(headings) == 1 else [])
    return [*headline, *chosen]
