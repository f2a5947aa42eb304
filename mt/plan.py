"""Articles in, the plan out: which article is a translation of which, by their names or by their text.

Articles that differ in nothing but a language in their path (`story.en.txt` and `story.ar.txt`, `en/story.md` and
`ar/story.md`), or in JSONL have one `id`, belong together; what is left is compared by content (`alignment.pairing`).
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, Final, Literal

from corpora.errors import UsageError
from corpora.progress import SILENT, Progress
from mt.sources import ArticleFacts, load_article, primary

if TYPE_CHECKING:
    from alignment.settings import AlignmentSettings

_ROUNDS: Final = 20


@dataclass(frozen=True, slots=True)
class PlannedPair:
    """A translation and its source: their places among the articles, and what says so."""

    source: int
    target: int
    by: Literal["name", "content"]
    score: float | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """What is built from what.

    Attributes:
        articles: in the order of their ids.
        pairs: in the order of their ids, without what was excluded.
        excluded: places of the articles that were taken out.
        failed: files that cannot be read, and why.
        links: files that are links out of the folder, which are not followed.
    """

    articles: tuple[ArticleFacts, ...]
    pairs: tuple[PlannedPair, ...]
    excluded: tuple[int, ...] = ()
    failed: tuple[tuple[str, str], ...] = ()
    links: tuple[str, ...] = ()


def plan_record(plan: Plan) -> dict[str, Any]:
    """The plan as data that JSON can hold; without the places of the files, which each machine has its own."""
    record: dict[str, Any] = json.loads(json.dumps(asdict(plan)))
    for article in record["articles"]:
        article["path"] = ""
    return record


def plan_of(record: Mapping[str, Any]) -> Plan:
    """What `plan_record` was given."""
    return Plan(
        tuple(ArticleFacts(**article) for article in record["articles"]),
        tuple(PlannedPair(**pair) for pair in record["pairs"]),
        tuple(record["excluded"]),
        tuple((identifier, error) for identifier, error in record["failed"]),
        tuple(record["links"]),
    )


def pair_articles(
    articles: Sequence[ArticleFacts],
    source_langs: Sequence[str],
    settings: AlignmentSettings,
    progress: Progress = SILENT,
) -> list[PlannedPair]:
    """Which article is a translation of which: by name, then by content, in the order of their ids."""
    ranks = {primary(lang): rank for rank, lang in reversed(list(enumerate(source_langs)))}
    pairs = list(_by_name(articles, ranks))
    pairs += _by_content(articles, pairs, ranks, settings, progress)
    return sorted(pairs, key=lambda pair: (articles[pair.source].id, articles[pair.target].id))


def _by_name(articles: Sequence[ArticleFacts], ranks: Mapping[str, int]) -> Iterator[PlannedPair]:
    stories: dict[str, list[int]] = defaultdict(list)
    for place, article in enumerate(articles):
        stories[article.stem].append(place)
    for members in stories.values():
        source = min(members, key=lambda place: _precedence(articles[place], ranks))
        lang = primary(articles[source].lang)
        for target in members:
            if primary(articles[target].lang) != lang:
                yield PlannedPair(source, target, "name")


def _precedence(article: ArticleFacts, ranks: Mapping[str, int]) -> tuple[int, str, str]:
    return ranks.get(primary(article.lang), len(ranks)), article.lang, article.id


def _by_content(
    articles: Sequence[ArticleFacts],
    known: Sequence[PlannedPair],
    ranks: Mapping[str, int],
    settings: AlignmentSettings,
    progress: Progress,
) -> list[PlannedPair]:
    """Partners for the articles that have none: first among each other, then among the sources that have others."""
    translations = {pair.target for pair in known}
    single = set(range(len(articles))) - translations - {pair.source for pair in known}
    found: list[PlannedPair] = []
    for lang in sorted(ranks, key=lambda lang: ranks[lang]):
        of_lang = [place for place, article in enumerate(articles) if primary(article.lang) == lang]
        for sources in ([place for place in of_lang if place in single], of_lang):
            candidates = [place for place in sources if place not in translations]
            for _ in range(_ROUNDS):  # one source may have many translations; each round finds one for each
                targets = sorted(
                    place for place in single if ranks.get(primary(articles[place].lang), len(ranks)) > ranks[lang]
                )
                fresh = _matches(articles, candidates, targets, settings, progress)
                found += fresh
                translations |= {pair.target for pair in fresh}
                single -= {place for pair in fresh for place in (pair.source, pair.target)}
                if not fresh:
                    break
    return found


def _matches(
    articles: Sequence[ArticleFacts],
    sources: Sequence[int],
    targets: Sequence[int],
    settings: AlignmentSettings,
    progress: Progress,
) -> list[PlannedPair]:
    if not sources or not targets:
        return []
    from alignment.pairing import Text, pair

    def text(place: int) -> Text:
        document = load_article(articles[place])
        return Text(document.sentences[:100], document.lang)

    left, right = ([text(place) for place in places] for places in (sources, targets))
    return [
        PlannedPair(sources[match.source], targets[match.target], "content", match.score)
        for match in pair(left, right, settings=settings, progress=progress)
    ]


def without(
    articles: Sequence[ArticleFacts], pairs: Sequence[PlannedPair], excluded: Iterable[str]
) -> tuple[list[PlannedPair], set[int]]:
    """The plan without some articles and all that came from them: also the translations of an excluded source.

    Args:
        excluded: ids of articles, or of files with all their articles.

    Raises:
        UsageError: there is no such article.
    """
    gone = {place for identifier in excluded for place in _named(articles, identifier)}
    gone |= {pair.target for pair in pairs if pair.source in gone}
    return [pair for pair in pairs if pair.source not in gone and pair.target not in gone], gone


def _named(articles: Sequence[ArticleFacts], identifier: str) -> list[int]:
    places = [
        place
        for place, article in enumerate(articles)
        if identifier in (article.id, article.id.removesuffix(f"#{article.fragment}"))
    ]
    if not places:
        near = get_close_matches(identifier, [article.id for article in articles], n=3)
        cure = f"nearest: {', '.join(near)}" if near else "ids are paths below the folder"
        raise UsageError(f"no article has the id {identifier!r}", cure=cure)
    return places
