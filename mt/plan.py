"""A folder of articles in, the plan out: which article is a translation of which, by their names or by their text.

Articles that differ in nothing but a language in their path (`story.en.txt` and `story.ar.txt`, `en/story.md` and
`ar/story.md`), or in JSONL have one `id`, belong together; what is left is compared by content (`alignment.pairing`).
"""

from __future__ import annotations

import json
import os
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any, Final, Literal

from corpora.article import Article
from corpora.errors import InputError, LanguageError, MuwaziError
from corpora.progress import SILENT, Progress

if TYPE_CHECKING:
    from alignment.settings import AlignmentSettings
    from mt.document import Document

_SURE: Final = 0.8  # below it a label in the path is worth more than what the text looks like
_SEPARATORS: Final = re.compile(r"[._\- ]+")
_LANGUAGE_TAG: Final = re.compile(r"[A-Za-z]{2,3}(?:[-_](?:[A-Za-z]{4}|[A-Za-z]{2}))?")
_ROUNDS: Final = 20
_KEYS: Final[Mapping[str, tuple[str, ...]]] = {
    "licence": ("licence", "license"),
    "url": ("url", "link", "source_url"),
    "story": ("id", "doc_id", "article_id"),
}


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file below the folder; `id` is its relative path in a form that every table can hold."""

    path: str
    id: str


@dataclass(frozen=True, slots=True)
class ArticleFacts:
    """What the plan needs to know of an article.

    Attributes:
        id: relative path, with the record or side behind `#`; no two articles share one.
        fragment: that record or side, empty where the file is the article.
        sha256: of its text.
        signature: MinHash of its text, as hexadecimal: near-duplicates must not fall into different splits.
        licence, url: where the file says so.
    """

    id: str
    path: str
    fragment: str
    lang: str
    format: str
    sha256: str
    stem: str
    signature: str
    title: str | None = None
    licence: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class FileFacts:
    """The articles of a file, or why there are none."""

    articles: tuple[ArticleFacts, ...]
    error: str | None = None


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


def find_files(folder: Path, *, leave_out: Sequence[Path] = ()) -> tuple[list[SourceFile], list[str]]:
    """The files that can be articles, in order, and the ids of links that lead out of the folder and are not followed.

    Hidden files, datasets of ours and what is in `leave_out` are passed over.

    Raises:
        InputError: this is no folder.
    """
    from corpora.dataset_folder import manifest_of
    from corpora.readers.base import SUFFIXES

    if not folder.is_dir():
        raise InputError("this is not a folder", where=str(folder), cure="give the folder that holds the articles")
    root = folder.resolve()
    outside = {path.resolve() for path in leave_out}
    found, refused = [], []
    for place, folders, names in os.walk(root):
        below = Path(place)
        folders[:] = sorted(
            name for name in folders if not name.startswith(".") and (below / name).resolve() not in outside
        )
        if below != root and manifest_of(below) is not None:
            folders.clear()
            continue
        for name in sorted(names):
            path = below / name
            if name.startswith(".") or path.suffix.lower() not in SUFFIXES:
                continue
            file = SourceFile(str(path), _readable(path.relative_to(root).as_posix()))
            if path.is_symlink() and not path.resolve().is_relative_to(root):
                refused.append(file.id)
            else:
                found.append(file)
    return sorted(found, key=lambda file: file.id), sorted(refused)


def _readable(name: str) -> str:
    """A file name in a form that UTF-8 can hold."""
    return os.fsencode(name).decode("utf-8", "backslashreplace")


def read_facts(file: SourceFile) -> FileFacts:
    """Read a file for what the plan needs of it; errors become part of the answer, for the rest must go on."""
    from corpora.language import detect
    from corpora.readers.base import read_articles

    try:
        label = _label(file.id)
        articles = read_articles(file.path)
        if label is not None and articles[0].format in ("text", "markdown", "html"):
            # A short or mixed text can look like anything; then the path knows better. A clear text overrules it.
            detected = detect(articles[0].text)
            if detected.lang != label and detected.confidence < _SURE:
                articles = read_articles(file.path, lang=label)
        return FileFacts(tuple(_facts(file, article) for article in articles if article.text.strip()))
    except MuwaziError as error:
        return FileFacts((), " – ".join(filter(None, (error.what, error.cure))))


def _facts(file: SourceFile, article: Article) -> ArticleFacts:
    from corpora.dedupe import ARTICLES, signature
    from corpora.filters import comparable

    _, mark, fragment = article.path.removeprefix(file.path).rpartition("#")
    said = _said(article)
    text = comparable(article.text)
    identifier = f"{file.id}#{fragment}" if mark else file.id
    return ArticleFacts(
        id=identifier,
        path=file.path,
        fragment=fragment if mark else "",
        lang=article.lang,
        format=article.format,
        sha256=text_hash(article),
        stem=_stem(file.id, article, said.get("story") or (fragment if article.format != "tmx" else "")),
        signature=signature([text], ARTICLES.ngram).tobytes().hex(),
        title=article.title,
        licence=said.get("licence"),
        url=said.get("url"),
    )


def text_hash(article: Article) -> str:
    """SHA-256 of an article's text."""
    return sha256(article.text.encode("utf-8", "surrogatepass")).hexdigest()


def _said(article: Article) -> dict[str, str]:
    """What a JSON record says about itself besides its text."""
    if article.format not in ("json", "jsonl") or not article.raw:
        return {}
    try:
        record: Any = json.loads(article.raw)
    except ValueError:
        return {}
    if not isinstance(record, dict):
        return {}
    return {
        name: str(value)
        for name, keys in _KEYS.items()
        if (value := next((record[key] for key in keys if isinstance(record.get(key), str | int)), None)) is not None
    }


def _stem(identifier: str, article: Article, record: str) -> str:
    """The path without the article's language: what source and translations have in common."""
    path = PurePosixPath(identifier)
    folders = [part for part in path.parts[:-1] if _language(part) != _primary(article.lang)]
    pieces = _SEPARATORS.split(path.name.removesuffix(path.suffix))
    kept = [piece for piece in pieces if _language(piece) != _primary(article.lang)]
    # Records of one file are told apart by their ids, and two files that hold one story each by theirs.
    return "/".join([*folders, ".".join(kept), *([f"#{record}"] if record else [])]).casefold()


def _label(identifier: str) -> str | None:
    """The language that a path names, the one nearest to the file's end first."""
    path = PurePosixPath(identifier)
    pieces = [*reversed(_SEPARATORS.split(path.name.removesuffix(path.suffix))[1:]), *reversed(path.parts[:-1])]
    return next((piece for piece in pieces if _language(piece) is not None), None)


@cache
def _language(piece: str) -> str | None:
    """The primary subtag that a piece of a path stands for: a code (`ar`, `zh-Hans`) or an English name (`arabic`)."""
    from corpora.language import parse, table

    named = {language.name.casefold(): code for code, language in table().items()}
    if (code := named.get(piece.casefold())) is not None:
        return _primary(code)
    if not _LANGUAGE_TAG.fullmatch(piece):
        return None
    try:
        return _primary(parse(piece))
    except LanguageError:
        return None


def _primary(lang: str) -> str:
    return lang.partition("-")[0]


def pair_articles(
    articles: Sequence[ArticleFacts],
    source_langs: Sequence[str],
    settings: AlignmentSettings,
    progress: Progress = SILENT,
) -> list[PlannedPair]:
    """Which article is a translation of which: by name, then by content, in the order of their ids."""
    ranks = {_primary(lang): rank for rank, lang in reversed(list(enumerate(source_langs)))}
    pairs = list(_by_name(articles, ranks))
    pairs += _by_content(articles, pairs, ranks, settings, progress)
    return sorted(pairs, key=lambda pair: (articles[pair.source].id, articles[pair.target].id))


def _by_name(articles: Sequence[ArticleFacts], ranks: Mapping[str, int]) -> Iterator[PlannedPair]:
    stories: dict[str, list[int]] = defaultdict(list)
    for place, article in enumerate(articles):
        stories[article.stem].append(place)
    for members in stories.values():
        source = min(members, key=lambda place: _precedence(articles[place], ranks))
        lang = _primary(articles[source].lang)
        for target in members:
            if _primary(articles[target].lang) != lang:
                yield PlannedPair(source, target, "name")


def _precedence(article: ArticleFacts, ranks: Mapping[str, int]) -> tuple[int, str, str]:
    return ranks.get(_primary(article.lang), len(ranks)), article.lang, article.id


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
        of_lang = [place for place, article in enumerate(articles) if _primary(article.lang) == lang]
        for sources in ([place for place in of_lang if place in single], of_lang):
            candidates = [place for place in sources if place not in translations]
            for _ in range(_ROUNDS):  # one source may have many translations; each round finds one for each
                targets = sorted(
                    place for place in single if ranks.get(_primary(articles[place].lang), len(ranks)) > ranks[lang]
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


def load_article(facts: ArticleFacts) -> Document:
    """The article's document, under its id.

    Raises:
        InputError: it is not what it was when it was planned.
    """
    from dataclasses import replace

    from mt.document import Document, load

    document = load(f"{facts.path}#{facts.fragment}" if facts.fragment else facts.path, lang=facts.lang)
    if text_hash(document.article) != facts.sha256:
        raise InputError("the file changed while the dataset was built", where=facts.id, cure="run again")
    return Document(replace(document.article, path=facts.id), document.sentences)


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
    from difflib import get_close_matches

    from corpora.errors import UsageError

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
