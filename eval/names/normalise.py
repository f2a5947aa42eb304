"""Findings in, a repaired article and the list of its changes out.

Only what an editor would let pass unseen is repaired by default: errors at or above a confidence. A finding that the
editor names (`only`) is repaired whatever its confidence, as long as it says what to write.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import chain

from corpora.article import Article
from corpora.errors import UsageError
from corpora.readers.base import Edit, write_back
from eval.names.changes import Change
from eval.names.entity import NameFinding
from eval.names.joining import join

DEFAULT_MIN_CONFIDENCE = 0.9
_AGREEMENT_KINDS = frozenset({"acronym_misexpansion", "name_translated_as_common_word", "truncated_or_garbled"})


@dataclass(frozen=True, slots=True)
class Repair:
    """A repaired file: its new bytes, and what was changed in them."""

    data: bytes
    changes: tuple[Change, ...]


def choose(
    findings: Sequence[NameFinding],
    *,
    min_confidence: float = DEFAULT_MIN_CONFIDENCE,
    only: Collection[str] = (),
    skip: Collection[str] = (),
    variants: bool = False,
) -> list[NameFinding]:
    """The findings to repair, in text order.

    Args:
        min_confidence: leave alone what is less certain.
        only: ids that the editor accepted: these and no others, whatever their confidence or severity.
        skip: ids that the editor rejected.
        variants: put accepted but inconsistent forms right as well.

    Raises:
        UsageError: an id that no finding has.
    """
    _require_known([*only, *skip], [finding.id for finding in findings])

    def wanted(finding: NameFinding) -> bool:
        if finding.canonical is None or finding.start == finding.end or finding.id in skip:
            return False
        if only:
            return finding.id in only
        return finding.confidence >= min_confidence and (variants or finding.severity == "error")

    return sorted(filter(wanted, findings), key=lambda finding: (finding.start, finding.end))


def _require_known(ids: Sequence[str], known: Sequence[str]) -> None:
    for identifier in ids:
        if identifier not in known:
            nearest = get_close_matches(identifier, known, n=3)
            cure = f"nearest: {', '.join(nearest)}" if nearest else "`muwazi names check` lists the ids"
            raise UsageError(f"no finding has the id {identifier!r}", cure=cure)


def plan(article: Article, chosen: Sequence[NameFinding], index: int = 0) -> list[Change]:
    """What repairing `chosen` writes where: in text order, without overlap, joins to the left put right."""
    changes: list[Change] = []
    shift = 0
    position = 0
    for finding in sorted(chosen, key=lambda finding: (finding.start, -finding.confidence)):
        canonical = finding.canonical or ""
        joined = join(article.text, finding.start, finding.end, canonical, article.lang)
        surface = article.text[joined.start : joined.end]
        if joined.start < position or surface == joined.replacement:
            continue
        new_start = joined.start + shift
        shift += len(joined.replacement) - len(surface)
        position = joined.end
        changes.append(
            Change(
                finding=finding.id,
                article=index,
                kind=finding.kind,
                entity=finding.entity,
                start=joined.start,
                end=joined.end,
                new_start=new_start,
                new_end=new_start + len(joined.replacement),
                surface=surface,
                replacement=joined.replacement,
                confidence=finding.confidence,
                reason=finding.evidence[0].detail if finding.evidence else finding.kind,
                note=joined.note or _agreement_note(finding),
            )
        )
    return changes


def _agreement_note(finding: NameFinding) -> str | None:
    """A name of another gender or number leaves its verbs and adjectives behind; only a person puts those right."""
    return "read the words around it: their agreement was left alone" if finding.kind in _AGREEMENT_KINDS else None


def repair(articles: Sequence[Article], chosen: Sequence[Sequence[NameFinding]]) -> Repair:
    """Write the chosen findings of every article of one file into that file.

    Args:
        articles: all articles of the file, in order.
        chosen: for each of them, what `choose` gave.

    Raises:
        OutputError: the file's encoding cannot hold a replacement.
    """
    changes = [plan(article, findings, i) for i, (article, findings) in enumerate(zip(articles, chosen, strict=True))]
    return Repair(
        write_back(articles, [list(_edits(of_one)) for of_one in changes]), tuple(chain.from_iterable(changes))
    )


def _edits(changes: Sequence[Change]) -> Iterator[Edit]:
    return (Edit(change.start, change.end, change.replacement) for change in changes)
