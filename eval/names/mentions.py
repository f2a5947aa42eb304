"""One text in, the names it mentions out: hits of the base, and spans that look like names although no base knows them.

A text of cased script shows its names by capitals; Arabic and Chinese do not, but what stands in Latin letters inside
them is nearly always a name. Where a capital says nothing (the first word of a sentence, a headline with a capital on
every word), a span counts only if the same word is capitalised elsewhere, or its shape says more (acronym, inner
capital, digits).
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Literal, TypeVar

from corpora.article import Article, Sentence
from corpora.script import Word, dominant_script, words
from eval.names.base.lexicon import is_function_word

if TYPE_CHECKING:
    from eval.names.knowledge import Hit, Knowledge

T = TypeVar("T")
K = TypeVar("K")
Shape = Literal["known", "capitalised", "acronym", "mixed", "foreign", "initial"]
CASED_SCRIPTS = frozenset({"Latn", "Grek", "Cyrl"})
# Between two capitalised words these keep one name together.
_PARTICLES = frozenset(
    {
        "de",
        "du",
        "des",
        "la",
        "le",
        "di",
        "da",
        "del",
        "der",
        "den",
        "van",
        "von",
        "zu",
        "bin",
        "ben",
        "al",
        "el",
        "ibn",
        "of",
        "and",
    }
)
_JOINS = frozenset({" ", "-", "\u2011", "\u00a0", " & ", ". "})


@dataclass(frozen=True, slots=True)
class Mention:
    """A stretch of a text that names something: `text[start:end] == surface`.

    Attributes:
        sentence: index of the sentence it stands in; −1 where it stands in none.
        shape: `known` for a hit of the base; else what made it look like a name (`foreign`: Latin letters in a text of
            another script; `initial`: only a capital at a place where capitals say nothing).
        hit: the base's hit.
    """

    start: int
    end: int
    surface: str
    sentence: int
    shape: Shape
    hit: Hit | None = None


@dataclass(frozen=True)
class Reading:
    """A text with what a search for names needs again and again: its words, its mentions, by sentence."""

    article: Article
    sentences: Sequence[Sentence]
    words: Sequence[Word] = field(repr=False)
    mentions: Sequence[Mention] = field(repr=False)

    @property
    def text(self) -> str:
        """The article's text."""
        return self.article.text

    @property
    def lang(self) -> str:
        """The article's language."""
        return self.article.lang

    @cached_property
    def script(self) -> str:
        """ISO 15924 code of the script that most of the text is in."""
        return dominant_script(self.text)

    @cached_property
    def mentions_by_surface(self) -> Mapping[str, Sequence[Mention]]:
        """The mentions of each surface, in text order."""
        return _grouped(self.mentions, [mention.surface for mention in self.mentions])

    @cached_property
    def mentions_by_sentence(self) -> Mapping[int, Sequence[Mention]]:
        """The mentions of each sentence that has some."""
        return _grouped(self.mentions, [mention.sentence for mention in self.mentions])

    @cached_property
    def words_by_sentence(self) -> Mapping[int, Sequence[Word]]:
        """The words of each sentence."""
        return _grouped(self.words, list(sentence_indices(self.sentences, [word.start for word in self.words])))

    @cached_property
    def surfaces(self) -> Counter[str]:
        """How often each surface is mentioned, repeats and boilerplate left out."""
        return Counter(mention.surface for mention in self.mentions if self.counts(mention.sentence))

    @cached_property
    def entity_ids(self) -> frozenset[str]:
        """Ids of all entities that some mention may mean."""
        return frozenset(entity.id for m in self.mentions if m.hit is not None for entity in m.hit.entities)

    @cached_property
    def vocabulary(self) -> Counter[str]:
        """How often each word stands in the text, in lower case, repeats and boilerplate included."""
        return Counter(word.text.lower() for word in self.words)

    def counts(self, sentence: int) -> bool:
        """Whether a sentence is neither a repeat nor boilerplate."""
        return sentence < 0 or self.sentences[sentence].mark is None


def _grouped(items: Sequence[T], keys: Sequence[K]) -> dict[K, list[T]]:
    groups: dict[K, list[T]] = {}
    for key, item in zip(keys, items, strict=True):
        groups.setdefault(key, []).append(item)
    return groups


def sentence_indices(sentences: Sequence[Sentence], positions: Sequence[int]) -> Iterator[int]:
    """For each position the index of the sentence that holds it, −1 where none does."""
    starts = [sentence.start for sentence in sentences]
    for position in positions:
        index = bisect_right(starts, position) - 1
        yield index if index >= 0 and position < sentences[index].end else -1


def begins_sentence(reading: Reading, mention: Mention) -> bool:
    """Whether a capital on a mention says nothing, since a sentence or a clause begins with it."""
    if mention.sentence < 0:
        return True
    before = reading.text[reading.sentences[mention.sentence].start : mention.start].rstrip("\"“«‘'([*#-–— \u00a0")
    return not before.strip() or before.rstrip()[-1:] in ".!?:…"


def read_names(article: Article, sentences: Sequence[Sentence], knowledge: Knowledge) -> Reading:
    """Find everything in an article that names something, in text order, without overlap."""
    tokens = words(article.text)
    hits = [hit for hit in knowledge.scan(article.text, article.lang) if not _is_word(hit.surface)]
    homes = sentence_indices(sentences, [hit.start for hit in hits])
    known = [
        Mention(hit.start, hit.end, article.text[hit.start : hit.end], home, "known", hit)
        for hit, home in zip(hits, homes, strict=True)
    ]
    unknown = _unknown_mentions(article, sentences, tokens, known)
    ordered = sorted([*known, *unknown], key=lambda mention: (mention.start, mention.end))
    return Reading(article, sentences, tokens, ordered)


def _is_word(surface: str) -> bool:
    """Whether an acronym's letters stand there as the function word they also are: It, Who, Us."""
    return is_function_word(surface) and not surface.isupper()


def _unknown_mentions(
    article: Article, sentences: Sequence[Sentence], tokens: Sequence[Word], known: Sequence[Mention]
) -> list[Mention]:
    """Spans outside the base's hits that look like names."""
    cased = [token for token in tokens if token.script in CASED_SCRIPTS]
    if not cased:
        return []
    covered = _covered(cased, known)
    homes = list(sentence_indices(sentences, [token.start for token in cased]))
    latin_text = len(cased) * 2 > sum(token.script != "Zyyy" for token in tokens)
    shapes = _shapes(article.text, cased, homes, sentences, in_latin_text=latin_text)
    mentions: list[Mention] = []
    run: list[int] = []
    for i, token in enumerate(cased):
        joins = bool(run) and homes[i] == homes[run[-1]] and _joined(article.text, cased, run[-1], i, covered, shapes)
        if run and not joins:
            mentions.append(_mention(article.text, cased, homes, shapes, run))
            run = []
        if shapes[i] is not None and not covered[i] and not token.text.endswith(("’", "'")):
            run.append(i)
    if run:
        mentions.append(_mention(article.text, cased, homes, shapes, run))
    return mentions


def _covered(tokens: Sequence[Word], known: Sequence[Mention]) -> list[bool]:
    starts = [mention.start for mention in known]
    covered = []
    for token in tokens:
        index = bisect_right(starts, token.start) - 1
        covered.append(index >= 0 and token.start < known[index].end)
    return covered


def _joined(
    text: str, tokens: Sequence[Word], last: int, current: int, covered: Sequence[bool], shapes: Sequence[Shape | None]
) -> bool:
    """Whether the current token goes on with the name that ends at `last`: nothing but a join or particles between."""
    if covered[current] or shapes[current] is None or any(covered[last + 1 : current]):
        return False
    position = tokens[last].end
    for token in tokens[last + 1 : current + 1]:
        if text[position : token.start] not in _JOINS and not tokens[last].text.endswith(("’", "'")):
            return False
        position = token.end
    between = [token.text.lower() for token in tokens[last + 1 : current]]
    return len(between) <= 2 and all(word in _PARTICLES for word in between)


def _mention(
    text: str, tokens: Sequence[Word], homes: Sequence[int], shapes: Sequence[Shape | None], run: Sequence[int]
) -> Mention:
    start, end = tokens[run[0]].start, tokens[run[-1]].end
    kinds = [shape for i in run if (shape := shapes[i]) is not None]
    strongest = next((s for s in ("mixed", "acronym", "capitalised", "foreign") if s in kinds), "initial")
    return Mention(start, end, text[start:end], homes[run[0]], strongest)  # type: ignore[arg-type]


def _shapes(
    text: str, tokens: Sequence[Word], homes: Sequence[int], sentences: Sequence[Sentence], *, in_latin_text: bool
) -> list[Shape | None]:
    """What makes each token look like a name; None where nothing does."""
    if not in_latin_text:
        return [_own_shape(token.text) or "foreign" for token in tokens]
    title_case = _title_case_sentences(tokens, homes)
    shapes: list[Shape | None] = []
    sure: set[str] = set()
    for i, token in enumerate(tokens):
        shape = _own_shape(token.text)
        if shape == "capitalised":
            if homes[i] in title_case or _opens(text, tokens, homes, i, sentences):
                shape = "initial"
            elif is_function_word(token.text):
                shape = None
            else:
                sure.add(token.text)
        elif shape is not None and homes[i] in title_case and token.text.isupper() and token.text.isalpha():
            shape = "initial"
        shapes.append(shape)
    for i, token in enumerate(tokens):
        if shapes[i] == "initial":
            if token.text in sure:
                shapes[i] = "capitalised"
            elif is_function_word(token.text):
                shapes[i] = None
    return shapes


@lru_cache(maxsize=1 << 16)
def _own_shape(word: str) -> Shape | None:
    """What a word's own letters say: acronym (GPU), mixed (iPhone, GB200), capitalised (Paris), or nothing."""
    letters = [char for char in word if char.isalpha()]
    if not letters or word.endswith(("’", "'")) or word[:1] in "’'":
        return None
    if word.islower():
        return None
    upper = sum(map(str.isupper, letters))
    if len(letters) > 1 and upper == len(letters):
        return "mixed" if any(char.isdigit() for char in word) else "acronym"
    if upper and any(char.isdigit() for char in word):
        return "mixed"
    if upper > 1 or (upper and not letters[0].isupper()):
        return "mixed"
    return "capitalised" if upper else None


def _title_case_sentences(tokens: Sequence[Word], homes: Sequence[int]) -> set[int]:
    """Sentences that capitalise nearly every long word: headlines, where a capital says nothing."""
    long: Counter[int] = Counter()
    capital: Counter[int] = Counter()
    for token, home in zip(tokens, homes, strict=True):
        if len(token.text) >= 4:
            long[home] += 1
            capital[home] += token.text[0].isupper()
    return {home for home, count in long.items() if count >= 4 and capital[home] > 0.8 * count}


_OPENERS = frozenset("\"“”«»‘'([{–—-•*:#_ \u00a0\t")


def _opens(text: str, tokens: Sequence[Word], homes: Sequence[int], i: int, sentences: Sequence[Sentence]) -> bool:
    """Whether a token is the first word of its sentence, or of a quotation or clause that begins with a capital."""
    start = tokens[i].start
    begin = sentences[homes[i]].start if homes[i] >= 0 else 0
    if i and homes[i - 1] == homes[i] and tokens[i - 1].text.endswith(("’", "'")):
        return False
    position = start - 1
    while position >= begin and text[position].isspace():
        position -= 1
    return position < begin or text[position] in _OPENERS or text[position] in ".!?…؟\n"
