"""Clean lines and the names in them in, the same lines with planted name errors and their truth out.

It knows nothing of how errors are found: it imports nothing of `eval` (a contract of import-linter), reads its own list
of expansions and literal translations (`name_attested.tsv`) and spells hanzi by itself. Every operation does what real
systems were seen to do; its docstring names an example.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

ATTESTED = Path(__file__).with_name("name_attested.tsv")
_CYRILLIC = str.maketrans("aeopcxAEOPCX", "аеорсхАЕОРСХ")
_ARABIC = re.compile("[\u0621-\u064a]")
_VOWEL = re.compile("[AEIOUYaeiouy]")
_PINYIN_IN_ARABIC = (
    ("zh", "ج"), ("ch", "تش"), ("sh", "ش"), ("ng", "نغ"), ("x", "ش"), ("q", "تش"), ("j", "ج"), ("r", "ر"), ("b", "ب"),
    ("p", "ب"), ("m", "م"), ("f", "ف"), ("d", "د"), ("t", "ت"), ("n", "ن"), ("l", "ل"), ("g", "غ"), ("k", "ك"),
    ("h", "ه"), ("z", "ز"), ("c", "تس"), ("s", "س"), ("y", "ي"), ("w", "و"), ("a", "ا"), ("o", "و"), ("e", "ي"),
    ("i", "ي"), ("u", "و"),
)  # fmt: skip
# What a slip of the pen or of a decoder puts in a letter's place.
_NEIGHBOURS = (
    "aeiou", "bpdt", "mn", "sz", "ckg", "lr", "fv",
    "بتثن", "جحخ", "دذرز", "سش", "صض", "طظ", "عغ", "فق", "كل", "اوي",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Name:
    """A right name in a clean line, with what may be made of it.

    Attributes:
        type: what it is (`person`, `organisation`, `acronym` …).
        id: of its entity; None for a name of the article that no list has.
        english: its English name.
        right: every accepted form in the line's language.
        hanzi: its hanzi forms.
        told: whether the words around it say what is meant, so that a wrong expansion contradicts them.
    """

    line: int
    start: int
    end: int
    surface: str
    type: str
    id: str | None = None
    english: str = ""
    right: tuple[str, ...] = ()
    hanzi: tuple[str, ...] = ()
    told: bool = False


@dataclass(frozen=True, slots=True)
class Planted:
    """One error with its truth, in offsets of the corrupted line."""

    line: int
    start: int
    end: int
    surface: str
    kind: str
    operation: str
    name: Name


Make = Callable[[Name, str, random.Random], "str | None"]


@dataclass(frozen=True, slots=True)
class Operation:
    """One way to corrupt a name: the kind of error and the function.

    `make` gives the corrupted surface, or None where the name does not lend itself to it.
    """

    kind: str
    make: Make


OPERATIONS: dict[str, Operation] = {}


def _makes(kind: str) -> Callable[[Make], Make]:
    def register(make: Make) -> Make:
        OPERATIONS[make.__name__] = Operation(kind, make)
        return make

    return register


def _is_latin(text: str) -> bool:
    return _ARABIC.search(text) is None


# Casing


def _one_latin_word(name: Name) -> bool:
    return _is_latin(name.surface) and " " not in name.surface and not any(map(str.isdigit, name.surface))


@_makes("casing")
def capitalised(name: Name, lang: str, rng: random.Random) -> str | None:
    """Only the first letter large. Seen: Openai, Chatgpt (Arabic and French technology news)."""
    word = name.surface
    if not _one_latin_word(name) or not any(char.isupper() for char in word[1:]):
        return None
    if word.isupper() and (len(word) < 3 or _VOWEL.search(word)):
        return None  # Nato, Unesco, Onu are right: what is spoken as a word may be written like one.
    return word[0].upper() + word[1:].lower()


@_makes("casing")
def some_lowered(name: Name, lang: str, rng: random.Random) -> str | None:
    """Some of the capitals lost. Seen: ChatGpt, CoWos."""
    word = name.surface
    capitals = [i for i, char in enumerate(word) if i and char.isupper()]
    if not _one_latin_word(name) or len(capitals) < 2 or word.isupper():
        return None
    lowered = capitals[-rng.randint(1, len(capitals) - 1) :]
    return "".join(char.lower() if i in lowered else char for i, char in enumerate(word))


@_makes("casing")
def all_lowered(name: Name, lang: str, rng: random.Random) -> str | None:
    """No capital left. Seen: youtube, linkedin."""
    word = name.surface
    inner = any(char.isupper() for char in word[1:]) and any(char.islower() for char in word)
    return word.lower() if _one_latin_word(name) and inner and len(word) > 4 else None


# Misspelling


def _longest_word(name: Name) -> tuple[int, str]:
    words = [(match.start(), match[0]) for match in re.finditer(r"[^\W\d_]+", name.surface)]
    return max(words, key=lambda found: len(found[1]), default=(0, ""))


def _slip(
    name: Name, rng: random.Random, edit: Callable[[str, int], str], shortest: int = 5, first: int = 1
) -> str | None:
    """The name with one letter of its longest word edited; never the last one, which may be an ending."""
    start, word = _longest_word(name)
    if len(word) < shortest or name.type == "acronym" or (word.isupper() and _is_latin(word)):
        return None
    # The fused article is no part of the name that slips.
    begin = max(first, 3) if word.startswith("ال") and len(word) > 5 else first
    if begin > len(word) - 2:
        return None
    changed = edit(word, rng.randint(begin, len(word) - 2))
    return name.surface[:start] + changed + name.surface[start + len(word) :] if changed != word else None


@_makes("misspelling")
def letter_dropped(name: Name, lang: str, rng: random.Random) -> str | None:
    """Seen: Nvida, Antropic."""
    return _slip(name, rng, lambda word, i: word[:i] + word[i + 1 :], 6)


@_makes("misspelling")
def letter_doubled(name: Name, lang: str, rng: random.Random) -> str | None:
    """Seen: Pfitzer, Alttman."""
    return _slip(name, rng, lambda word, i: word[:i] + word[i] + word[i:])


@_makes("misspelling")
def letter_added(name: Name, lang: str, rng: random.Random) -> str | None:
    """Seen: Cloude for Claude by way of Cloud; نيفيديا for Nvidia."""
    letters = "eia" if _is_latin(name.surface) else "ايو"
    return _slip(name, rng, lambda word, i: word[:i] + rng.choice(letters) + word[i:])


@_makes("misspelling")
def letters_swapped(name: Name, lang: str, rng: random.Random) -> str | None:
    """Seen: Micheal, Goolge."""
    return _slip(name, rng, lambda word, i: word[:i] + word[i + 1] + word[i] + word[i + 2 :])


@_makes("misspelling")
def letter_replaced(name: Name, lang: str, rng: random.Random) -> str | None:
    """Seen: Stellantes, Antropik; مايكروصوفت."""
    return _slip(name, rng, lambda word, i: word[:i] + _neighbour(word[i], rng) + word[i + 1 :])


def _neighbour(char: str, rng: random.Random) -> str:
    group = next((group for group in _NEIGHBOURS if char in group), None)
    return rng.choice([other for other in group if other != char]) if group else char


# Foreign names spelled by sound


def _readings(name: Name) -> list[str]:
    """A hanzi name syllable by syllable, surname first, as a machine spells whom it does not know."""
    from pypinyin import lazy_pinyin

    found = []
    for hanzi in name.hanzi if name.type == "person" else ():
        syllables = [syllable for syllable in lazy_pinyin(hanzi) if syllable.isascii()]
        if 2 <= len(syllables) == len(hanzi) <= 3:
            reading = f"{syllables[0]} {''.join(syllables[1:])}".title()
            # Who is known by the pinyin itself is not misnamed by it, whatever the order and the hyphens.
            if sorted(reading.lower()) not in [sorted(re.sub("-", "", right.lower())) for right in name.right]:
                found.append(reading)
    return list(dict.fromkeys(found))


@_makes("romanised_foreign_name")
def pinyin(name: Name, lang: str, rng: random.Random) -> str | None:
    """Seen: Huang Renxun for Jensen Huang, Liu Deyin for Mark Liu."""
    readings = _readings(name)
    return rng.choice(readings) if readings else None


@_makes("romanised_foreign_name")
def pinyin_in_arabic(name: Name, lang: str, rng: random.Random) -> str | None:
    """Seen: ليو داين for Mark Liu."""
    readings = _readings(name) if lang == "ar" else []
    return " ".join(_in_arabic(word) for word in rng.choice(readings).lower().split()) if readings else None


def _in_arabic(word: str) -> str:
    for letters, arabic in _PINYIN_IN_ARABIC:
        word = word.replace(letters, arabic)
    return re.sub(r"(.)\1+", r"\1", word)


# Meaning taken for the name


@cache
def attested(path: Path = ATTESTED) -> Mapping[tuple[str, str, str], Sequence[str]]:
    """What machines make of names by their meaning, by language, operation and English name."""
    found: dict[tuple[str, str, str], list[str]] = {}
    for line in path.read_text(encoding="utf-8").split("\n"):
        if line and not line.startswith("#"):
            lang, operation, english, wrong = line.split("\t")
            found.setdefault((lang, operation, english), []).append(wrong)
    return found


def _listed(name: Name, lang: str, operation: str, rng: random.Random) -> str | None:
    wrong = attested().get((lang, operation, name.english), ())
    return rng.choice(wrong) if wrong else None


@_makes("acronym_misexpansion")
def expanded(name: Name, lang: str, rng: random.Random) -> str | None:
    """The letters taken for something else. Seen: منظمة العفو الدولية, Amnesty International, for AI."""
    return _listed(name, lang, "expanded", rng)


@_makes("name_translated_as_common_word")
def literal(name: Name, lang: str, rng: random.Random) -> str | None:
    """The words of a name translated. Seen: أمره الجديد A, "its new order A", for Command A."""
    return _listed(name, lang, "literal", rng)


@_makes("truncated_or_garbled")
def truncated(name: Name, lang: str, rng: random.Random) -> str | None:
    """The tail lost. Seen: أنثروب for Anthropic, Satya Nadel."""
    start, word = _longest_word(name)
    if len(word) < 7 or start + len(word) != len(name.surface) or name.type == "acronym":
        return None
    return name.surface[: -rng.randint(2, min(3, len(word) - 5))]


# Scripts


@_makes("wrong_script")
def half_script(name: Name, lang: str, rng: random.Random) -> str | None:
    """Half a word in each script. Seen: مايكروsoft."""
    latin = next((form for form in name.right if _is_latin(form) and " " not in form), None)
    arabic = next((form for form in name.right if not _is_latin(form) and " " not in form), None)
    if lang != "ar" or latin is None or arabic is None or min(len(latin), len(arabic)) < 5 or not latin.isalpha():
        return None
    share = rng.uniform(0.4, 0.65)
    return arabic[: round(len(arabic) * share)] + latin[round(len(latin) * share) :].lower()


@_makes("wrong_script")
def lookalike(name: Name, lang: str, rng: random.Random) -> str | None:
    """Letters of another alphabet that look alike. Seen: OpenAI with a Cyrillic O, pasted from a Russian page."""
    if not _is_latin(name.surface) or len(name.surface) < 5:
        return None
    places = [i for i, char in enumerate(name.surface) if char.translate(_CYRILLIC) != char]
    if not places or len(places) == len(name.surface):
        return None
    chosen = set(rng.sample(places, min(2, len(places))))
    return "".join(char.translate(_CYRILLIC) if i in chosen else char for i, char in enumerate(name.surface))


@_makes("wrong_script")
def hanzi(name: Name, lang: str, rng: random.Random) -> str | None:
    """Left as the Chinese source has it. Seen: 华为 in an Arabic text."""
    return rng.choice(name.hanzi) if name.hanzi else None


# Residue of the language in between


@_makes("untranslated_pivot_residue")
def possessive(name: Name, lang: str, rng: random.Random) -> str | None:
    """The English ending left on. Seen: TSMC’s in Arabic."""
    return f"{name.surface}’s" if lang != "en" and _is_latin(name.surface) and name.surface[-1:] != "s" else None


@_makes("untranslated_pivot_residue")
def pivot_acronym(name: Name, lang: str, rng: random.Random) -> str | None:
    """The letters of German or English. Seen: KI for IA, GDP for PIB in French."""
    return _listed(name, lang, "pivot", rng) if name.surface.isupper() else None


@_makes("missing_name")
def left_out(name: Name, lang: str, rng: random.Random) -> str | None:
    """Seen: OpenAI, in شريك Microsoft المقرب من Microsoft ("Microsoft’s close partner Microsoft")."""
    return ""


def corrupt(
    lines: Sequence[str],
    names: Sequence[Name],
    lang: str,
    *,
    rng: random.Random,
    share: float,
    avoid: Collection[str] = (),
    operations: Collection[str] = tuple(OPERATIONS),
    planted_before: Counter[str] | None = None,
) -> tuple[list[str], list[Planted]]:
    """Plant errors into about `share` of the names.

    Args:
        avoid: forms (lower case) that a corruption may not hit upon, since they are right names themselves.
        planted_before: how many errors of each kind a run has planted so far; the rarer ones are preferred, so that
            each kind gets its share although few names lend themselves to some. Counted on.
    """
    before = Counter[str]() if planted_before is None else planted_before
    edits: dict[int, list[tuple[Name, str, str]]] = {}
    for name in names:
        options = _options(name, lang, rng, avoid, operations)
        if not options or rng.random() >= _eagerness(options, before, share):
            continue
        kind = _choose(options, rng, before)
        before[kind] += 1
        edits.setdefault(name.line, []).append((name, *rng.choice(options[kind])))
    new_lines = list(lines)
    truth: list[Planted] = []
    for line, of_line in sorted(edits.items()):
        new_lines[line], planted = _apply(lines[line], of_line)
        truth += planted
    return new_lines, truth


def _options(
    name: Name, lang: str, rng: random.Random, avoid: Collection[str], operations: Collection[str]
) -> dict[str, list[tuple[str, str]]]:
    """What can be made of a name: by kind, each operation with the surface that it gives."""
    options: dict[str, list[tuple[str, str]]] = {}
    for key in operations:
        operation = OPERATIONS[key]
        surface = operation.make(name, lang, rng)
        if surface is None or surface == name.surface:
            continue
        if operation.kind != "casing" and surface and surface.lower() in avoid:
            continue
        options.setdefault(operation.kind, []).append((key, surface))
    return options


def _eagerness(options: Collection[str], before: Counter[str], share: float) -> float:
    """How likely a name is corrupted: up to twice `share` where a kind is possible that was rarely planted so far."""
    if not before:
        return share
    mean = before.total() / len({operation.kind for operation in OPERATIONS.values()})
    rarest = min(before[kind] for kind in options)
    return min(2 * share, share * (mean + 1) / (rarest + 1)) if rarest < mean else share / 2


def _choose(options: Collection[str], rng: random.Random, before: Counter[str]) -> str:
    """The possible kind that was planted least so far; one in four times any, so that no name has one fate only."""
    kinds = sorted(options, key=lambda kind: (before[kind], kind))
    return rng.choice(kinds) if rng.random() < 0.25 else kinds[0]


def _apply(line: str, edits: Sequence[tuple[Name, str, str]]) -> tuple[str, list[Planted]]:
    pieces: list[str] = []
    truth: list[Planted] = []
    position = length = 0
    for name, key, surface in sorted(edits, key=lambda edit: edit[0].start):
        before = line[position : name.start]
        if not surface and before.endswith(" "):
            before = before[:-1]
        pieces += [before, surface]
        length += len(before)
        truth.append(Planted(name.line, length, length + len(surface), surface, OPERATIONS[key].kind, key, name))
        length += len(surface)
        position = name.end
    text = "".join([*pieces, line[position:]])
    return text, [replace(one, start=len(text), end=len(text)) if not one.surface else one for one in truth]
