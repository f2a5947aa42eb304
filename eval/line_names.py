"""Source lines and their translations, line by line, in; every name mention, judged (M-ETA), out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from alignment.beads import Alignment, Bead
from corpora.progress import SILENT, Progress
from eval.line_problems import as_article
from eval.name_accuracy import Mention, mentions_of
from eval.names.settings import NameSettings
from eval.result import Witness

if TYPE_CHECKING:
    from eval.names.knowledge import Knowledge

_GIVEN = "given"


def line_mentions(
    sources: Sequence[str],
    hypotheses: Sequence[str],
    *,
    source_lang: str,
    lang: str,
    knowledge: Knowledge,
    settings: NameSettings | None = None,
    progress: Progress = SILENT,
) -> list[Mention]:
    """The mentions of the sources; `Mention.unit` is the number of the line, from 0.

    A name whose line was not translated at all is wrong.
    """
    from eval.names.detect import find_names

    source, source_sentences = as_article("source", sources, source_lang)
    article, sentences = as_article("hypotheses", hypotheses, lang)
    beads = tuple(Bead((line,), (line,), 1.0) for line in range(len(sources)))
    witness = Witness("source", source, source_sentences, Alignment(beads, _GIVEN))
    findings = find_names(article, sentences, [witness], knowledge, settings=settings, progress=progress)
    return mentions_of(article, sentences, witness, findings, knowledge)
