"""Clean lines and the names in them in, the same lines with planted name errors and their truth out.

It knows nothing of how errors are found (it imports nothing of `eval.names`). Every operation does what real systems
were seen to do; `seen` gives the example it was taken from.
"""

from __future__ import annotations

# ruff: noqa: E501  (tables of letters and operations, one a line)
import random
import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace

CYRILLIC = str.maketrans("aeopcxAEOPCX", "аеорсхАЕОРСХ")
_ARABIC = re.compile("[\u0621-\u064a]")
_PINYIN_TO_ARABIC = (
    ("zh", "ج"), ("ch", "تش"), ("sh", "ش"), ("ng", "نغ"), ("x", "ش"), ("q", "تش"), ("j", "ج"), ("r", "ر"), ("b", "ب"),
    ("p", "ب"), ("m", "م"), ("f", "ف"), ("d", "د"), ("t", "ت"), ("n", "ن"), ("l", "ل"), ("g", "غ"), ("k", "ك"), ("h", "ه"),
    ("z", "ز"), ("c", "تس"), ("s", "س"), ("y", "ي"), ("w", "و"), ("a", "ا"), ("o", "و"), ("e", "ي"), ("i", "ي"), ("u", "و"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Name:
    """A right name in a clean line, with what may be made of it.

    Attributes:
        id: of its entity; None for a name of the article that no list has.
        right: every accepted form in the line's language.
        readings: pinyin of its hanzi form.
        hanzi: its hanzi forms.
        expansions: what a translator takes its letters for (AI: Amnesty International).
        literal: what its words mean.
    """

    line: int
    start: int
    end: int
    surface: str
    type: str
    id: str | None = None
    right: tuple[str, ...] = ()
    readings: tuple[str, ...] = ()
    hanzi: tuple[str, ...] = ()
    expansions: tuple[str, ...] = ()
    literal: tuple[str, ...] = ()


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


@dataclass(frozen=True, slots=True)
class Operation:
    """One way to corrupt a name: the kind of error, an example from a real system, and the function.

    `make` gives the corrupted surface, or None where the name does not lend itself to it.
    """

    kind: str
    seen: str
    make: Callable[[Name, str, random.Random], str | None]


def _is_latin(text: str) -> bool:
    return text.isascii() or not _ARABIC.search(text)


def _capitalised_only(name: Name, lang: str, rng: random.Random) -> str | None:
    word = name.surface
    if (
        not _is_latin(word)
        or " " in word
        or not any(char.isupper() for char in word[1:])
        or any(map(str.isdigit, word))
    ):
        return None
    return word[0].upper() + word[1:].lower()


def _some_lowered(name: Name, lang: str, rng: random.Random) -> str | None:
    word = name.surface
    capitals = [i for i, char in enumerate(word) if i and char.isupper()]
    if not _is_latin(word) or " " in word or len(capitals) < 2 or word.isupper():
        return None
    lowered = capitals[-rng.randint(1, len(capitals) - 1) :]
    return "".join(char.lower() if i in lowered else char for i, char in enumerate(word))


def _all_lowered(name: Name, lang: str, rng: random.Random) -> str | None:
    word = name.surface
    inner = any(char.isupper() for char in word[1:]) and any(char.islower() for char in word)
    return word.lower() if _is_latin(word) and " " not in word and inner and len(word) > 4 else None


def _longest_word(name: Name) -> tuple[int, str]:
    words = [(match.start(), match[0]) for match in re.finditer(r"[^\W\d_]+", name.surface)]
    return max(words, key=lambda found: len(found[1]), default=(0, ""))


def _slip(edit: Callable[[str, int, random.Random], str], shortest: int = 5) -> Callable[..., str | None]:
    def make(name: Name, lang: str, rng: random.Random) -> str | None:
        start, word = _longest_word(name)
        if len(word) < shortest or name.type == "acronym" or (word.isupper() and _is_latin(word)):
            return None
        changed = edit(word, rng.randint(1, len(word) - 2), rng)
        return name.surface[:start] + changed + name.surface[start + len(word) :] if changed != word else None

    return make


def _neighbour(char: str, rng: random.Random) -> str:
    groups = (
        "aeiou",
        "bpdt",
        "mn",
        "sz",
        "ckg",
        "lr",
        "fv",
        "بتثن",
        "جحخ",
        "دذرز",
        "سش",
        "صض",
        "طظ",
        "عغ",
        "فق",
        "كل",
        "اوي",
    )
    group = next((group for group in groups if char in group), None)
    return rng.choice([other for other in group if other != char]) if group else char


def _pinyin(name: Name, lang: str, rng: random.Random) -> str | None:
    return rng.choice(name.readings) if name.readings else None


def _pinyin_in_arabic(name: Name, lang: str, rng: random.Random) -> str | None:
    if lang != "ar" or not name.readings:
        return None
    return " ".join(_spell(word) for word in rng.choice(name.readings).lower().split())


def _spell(word: str) -> str:
    for letters, arabic in _PINYIN_TO_ARABIC:
        word = word.replace(letters, arabic)
    return re.sub(r"(.)\1+", r"\1", word)


def _from(field: str) -> Callable[[Name, str, random.Random], str | None]:
    def make(name: Name, lang: str, rng: random.Random) -> str | None:
        choices: tuple[str, ...] = getattr(name, field)
        return rng.choice(choices) if choices else None

    return make


def _truncated(name: Name, lang: str, rng: random.Random) -> str | None:
    start, word = _longest_word(name)
    at_end = start + len(word) == len(name.surface)
    if len(word) < 7 or not at_end or name.type == "acronym":
        return None
    return name.surface[: -rng.randint(2, min(3, len(word) - 5))]


def _half_script(name: Name, lang: str, rng: random.Random) -> str | None:
    latin = next((form for form in name.right if _is_latin(form) and " " not in form), None)
    arabic = next((form for form in name.right if not _is_latin(form) and " " not in form), None)
    if lang != "ar" or latin is None or arabic is None or min(len(latin), len(arabic)) < 5 or not latin.isalpha():
        return None
    share = rng.uniform(0.4, 0.65)
    return arabic[: round(len(arabic) * share)] + latin[round(len(latin) * share) :].lower()


def _lookalike(name: Name, lang: str, rng: random.Random) -> str | None:
    if not _is_latin(name.surface) or len(name.surface) < 5:
        return None
    places = [i for i, char in enumerate(name.surface) if char.translate(CYRILLIC) != char]
    if not places or len(places) == len(name.surface):
        return None
    chosen = set(rng.sample(places, min(2, len(places))))
    return "".join(char.translate(CYRILLIC) if i in chosen else char for i, char in enumerate(name.surface))


def _possessive(name: Name, lang: str, rng: random.Random) -> str | None:
    return f"{name.surface}’s" if lang != "en" and _is_latin(name.surface) and name.surface[-1:] != "s" else None


def _german_acronym(name: Name, lang: str, rng: random.Random) -> str | None:
    return {"IA": "KI"}.get(name.surface) if lang == "fr" else None


OPERATIONS: Mapping[str, Operation] = {
    "capitalised": Operation("casing", "Openai, Chatgpt", _capitalised_only),
    "some_lowered": Operation("casing", "ChatGpt, CoWos", _some_lowered),
    "all_lowered": Operation("casing", "youtube", _all_lowered),
    "letter_dropped": Operation("misspelling", "Nvida", _slip(lambda w, i, _: w[:i] + w[i + 1 :], 6)),
    "letter_doubled": Operation("misspelling", "Pfitzer, Alttman", _slip(lambda w, i, _: w[:i] + w[i] + w[i:])),
    "letter_added": Operation("misspelling", "Cloude", _slip(lambda w, i, r: w[:i] + r.choice("eia" if _is_latin(w) else "ايو") + w[i:])),
    "letters_swapped": Operation("misspelling", "Micheal", _slip(lambda w, i, _: w[:i] + w[i + 1] + w[i] + w[i + 2 :])),
    "letter_replaced": Operation("misspelling", "Stellantes", _slip(lambda w, i, r: w[:i] + _neighbour(w[i], r) + w[i + 1 :])),
    "pinyin": Operation("romanised_foreign_name", "Huang Renxun", _pinyin),
    "pinyin_in_arabic": Operation("romanised_foreign_name", "ليو داين", _pinyin_in_arabic),
    "expanded": Operation("acronym_misexpansion", "منظمة العفو الدولية", _from("expansions")),
    "literal": Operation("name_translated_as_common_word", "أمره الجديد A for Command A", _from("literal")),
    "truncated": Operation("truncated_or_garbled", "أنثروب, Satya Nadel", _truncated),
    "half_script": Operation("wrong_script", "مايكروsoft", _half_script),
    "lookalike": Operation("wrong_script", "Оpenai with a Cyrillic О", _lookalike),
    "hanzi": Operation("wrong_script", "华为 left in Arabic", _from("hanzi")),
    "possessive": Operation("untranslated_pivot_residue", "TSMC’s in Arabic", _possessive),
    "german_acronym": Operation("untranslated_pivot_residue", "KI in French", _german_acronym),
    "left_out": Operation("missing_name", "OpenAI, in “شريك Microsoft المقرب من Microsoft”", lambda name, *_: ""),
}  # fmt: skip


def corrupt(
    lines: Sequence[str],
    names: Sequence[Name],
    lang: str,
    *,
    rng: random.Random,
    share: float,
    avoid: Collection[str] = (),
    operations: Collection[str] = tuple(OPERATIONS),
) -> tuple[list[str], list[Planted]]:
    """Plant errors into about `share` of the names; kinds are drawn evenly, as far as the names lend themselves to them.

    Args:
        avoid: forms (lower case) that a corruption may not hit upon, since they are right names themselves.
    """
    chosen = [name for name in names if rng.random() < share]
    planted: dict[int, list[tuple[Name, str, str]]] = {}
    for name in chosen:
        made = _choose(name, lang, rng, avoid, operations)
        if made is not None:
            planted.setdefault(name.line, []).append((name, *made))
    new_lines = list(lines)
    truth: list[Planted] = []
    for line, edits in sorted(planted.items()):
        new_lines[line], of_line = _apply(lines[line], edits)
        truth += of_line
    return new_lines, truth


def _choose(
    name: Name, lang: str, rng: random.Random, avoid: Collection[str], operations: Collection[str]
) -> tuple[str, str] | None:
    """An operation and what it makes of the name."""
    options: dict[str, list[tuple[str, str]]] = {}
    for key in operations:
        operation = OPERATIONS[key]
        surface = operation.make(name, lang, rng)
        if surface is None or surface == name.surface:
            continue
        if operation.kind != "casing" and surface and surface.lower() in avoid:
            continue
        options.setdefault(operation.kind, []).append((key, surface))
    kinds = sorted(options)
    if len(kinds) > 1 and rng.random() < 0.8:
        # Every name can be left out; without this every other error would be an omission.
        kinds = [kind for kind in kinds if kind != "missing_name"]
    return rng.choice(options[rng.choice(kinds)]) if kinds else None


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
        kind = OPERATIONS[key].kind
        truth.append(Planted(name.line, length, length + len(surface), surface, kind, key, name))
        length += len(surface)
        position = name.end
    text = "".join([*pieces, line[position:]])
    return text, [replace(one, start=len(text), end=len(text)) if not one.surface else one for one in truth]
