"""The paths of `muwazi score` and `muwazi compare` in, texts that go line by line with their languages out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from corpora.errors import LanguageError, UsageError
from corpora.language import parse
from corpora.progress import SILENT, Progress
from eval.metrics import TER_WORDS, too_long_for_ter
from eval.names.settings import NameSettings
from eval.scorecard import ADEQUACY, DEFAULT, NAMES, NameTools, Texts, language_of
from mt.config import Settings
from mt.lines import Lines, read_lines, require_same_number

if TYPE_CHECKING:
    from alignment.encoders import Encoder


def read_texts(
    hypotheses: Sequence[str], *, ref: str | None, src: str | None, lang: str | None, source_lang: str | None
) -> tuple[list[Texts], str | None]:
    """One entry for each file of hypotheses, and the path that the source came from.

    Without `src` the source is the other side of a file of pairs, if references or hypotheses are one.

    Raises:
        UsageError: standard input twice, or a language that cannot be told.
        InputError: a file that cannot be read, or numbers of lines that differ.
    """
    given = [*hypotheses, *(path for path in (ref, src) if path is not None)]
    _one_pipe(given)
    outputs = [read_lines(path) for path in hypotheses]
    references = read_lines(ref) if ref is not None else None
    sources = _sources(src, [one for one in (references, *outputs) if one is not None])
    for output in outputs:
        for other in (references, sources):
            if other is not None:
                require_same_number(output, other)
    code = parse(lang) if lang is not None else _told(references or outputs[0])
    source_code = None
    if sources is not None:
        source_code = parse(source_lang) if source_lang is not None else _told(sources, option="--source-lang")
    texts = [
        Texts(
            output.texts,
            code,
            references.texts if references is not None else None,
            sources.texts if sources is not None else None,
            source_code,
        )
        for output in outputs
    ]
    return texts, sources.path if sources is not None else None


def _sources(path: str | None, others: Sequence[Lines]) -> Lines | None:
    if path is not None:
        return read_lines(path, side="source")
    return next((other.partner for other in others if other.partner is not None), None)


def _told(lines: Lines, option: str = "--lang") -> str:
    """The language that a file says, or that its text shows."""
    code = lines.lang or language_of(lines.texts)
    if code == "und":
        raise LanguageError("its language cannot be told", where=lines.path, cure=f"give {option}")
    return code


def read_articles(
    hypotheses: Sequence[str],
    *,
    ref: str | None,
    src: str | None,
    lang: str | None,
    source_lang: str | None,
    settings: Settings,
    progress: Progress = SILENT,
) -> list[Texts]:
    """Translations of one article, cut into units that all of them have in common (`mt.units`).

    Raises:
        UsageError: standard input twice.
        InputError, LanguageError: a file or a language that cannot be used.
    """
    from mt.document import load
    from mt.units import common_units

    _one_pipe([*hypotheses, *(path for path in (ref, src) if path is not None)])
    outputs = [load(path, lang=lang) for path in hypotheses]
    reference = load(ref, lang=lang) if ref is not None else None
    source = load(src, lang=source_lang) if src is not None else None
    witnesses = [one for one in (reference, source) if one is not None]
    units = common_units([*witnesses, *outputs], settings=settings, progress=progress)
    held = dict(zip(("ref", "src") if reference else ("src",), units[: len(witnesses)], strict=False))
    return [
        Texts(texts, outputs[0].lang, held.get("ref"), held.get("src"), source.lang if source else None)
        for texts in units[len(witnesses) :]
    ]


def _one_pipe(paths: Sequence[str]) -> None:
    if paths.count("-") > 1:
        raise UsageError("standard input can be only one of the files", cure="write the others to files")


def name_tools(settings: NameSettings, paths: Sequence[str], *, encoder: Encoder | None = None) -> NameTools:
    """The knowledge base with the user's own names, and what they called right in these files or everywhere."""
    from eval.names.house import allowed_in
    from mt.pipeline import knowledge

    allowed = (*settings.allowed, *(surface for path in paths for surface in allowed_in(path)))
    return NameTools(knowledge(), replace(settings, allowed=tuple(dict.fromkeys(allowed))), encoder)


def compared_metrics(texts: Texts) -> tuple[str, ...]:
    """What systems are compared by when nothing was asked for: without references, by what is wrong in each."""
    held = default_metrics(texts) if texts.references is not None or texts.sources is not None else ()
    return held if texts.references is not None else (*held, ADEQUACY)


def default_metrics(texts: Texts) -> tuple[str, ...]:
    """What is scored when nothing was asked for: all that run here and have the texts they need.

    Raises:
        UsageError: nothing to hold the output against.
    """
    if texts.references is None and texts.sources is None:
        raise UsageError("nothing to hold the output against", cure="give --ref REFERENCES, or --src SOURCE for names")
    scored = [name for name in DEFAULT if name != "ter" or _ter_can(texts)] if texts.references is not None else []
    return (*scored, *((NAMES,) if texts.sources is not None else ()))


def left_out(texts: Texts, metrics: Sequence[str]) -> str | None:
    """A line about a usual metric that the texts do not allow, None where all are there."""
    if texts.references is None or "ter" in metrics or _ter_can(texts):
        return None
    return f"TER is left out: a line has more than {TER_WORDS:,} words"


def _ter_can(texts: Texts) -> bool:
    return too_long_for_ter(texts.hypotheses, texts.references or ()) is None
