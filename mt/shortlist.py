"""Parallel sentences in pieces in, a lexical shortlist out: which target pieces a source piece may call for.

Multiplying with the whole vocabulary is over half of a Marian's work on a CPU. With a shortlist the decoder looks only
at the pieces that the batch's source pieces call for, and at the common ones (CTranslate2's `vmap`). Translation
probabilities come from IBM model 1 (Brown et al. 1993, "The Mathematics of Statistical Machine Translation"), by EM.

A shortlist holds for the directions that it was learned for. A sentence with a piece that it has never seen is not
translated with it (`mt.translate`), since the words that it needs might not be in it.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from corpora.errors import FormatError, ModelError
from corpora.files import write_atomic
from corpora.formats.base import read_pairs
from corpora.progress import SILENT, Progress
from mt.checkpoint import Checkpoint
from mt.lines import holds_pairs

if TYPE_CHECKING:
    import numpy as np

RULES: Final = "vmap.txt"  # the name that CTranslate2 looks for
CARD: Final = "shortlist.json"
MOST_PAIRS: Final = 50_000
_COMMON: Final = 100
_EACH: Final = 20
_ROUNDS: Final = 5
_CHUNK: Final = 2_000
# A pair of pieces that EM gives less than this much of one occurrence is chance.
_LEAST: Final = 0.05
_TOLD_BY: Final = 20

Pair = tuple[Sequence[str], Sequence[str]]
Direction = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Shortlist:
    """What the decoder may say.

    Attributes:
        always: target pieces that are always allowed.
        rules: source piece → the target pieces that it calls for, the likeliest first.
        directions: source and target language of what it was learned from.
    """

    always: tuple[str, ...]
    rules: Mapping[str, tuple[str, ...]]
    directions: tuple[Direction, ...]

    def coverage(self, pairs: Sequence[Pair]) -> float:
        """The share of target pieces (0 to 1) that a sentence's own source pieces allow; 1 for no pairs."""
        allowed = asked = 0
        for source, target in pairs:
            candidates = {*self.always, *(piece for key in source for piece in self.rules.get(key, ()))}
            allowed += sum(piece in candidates for piece in target)
            asked += len(target)
        return allowed / asked if asked else 1.0

    def merged(self, other: Shortlist) -> Shortlist:
        """Both in one: for a model of several directions."""
        rules = {
            key: tuple(dict.fromkeys((*self.rules.get(key, ()), *other.rules.get(key, ()))))
            for key in dict.fromkeys((*self.rules, *other.rules))
        }
        always = tuple(dict.fromkeys((*self.always, *other.always)))
        return Shortlist(always, rules, tuple(dict.fromkeys((*self.directions, *other.directions))))


def learn(pairs: Sequence[Pair], direction: Direction, *, common: int = _COMMON, each: int = _EACH) -> Shortlist:
    """A shortlist from parallel sentences, as the model's own pieces; of more than 50,000 an even choice.

    Args:
        common: how many of the most frequent target pieces are always allowed; single letters are, too.
        each: how many target pieces a source piece calls for, at most, itself not counted.

    Raises:
        FormatError: no pairs.
    """
    pairs = [pair for pair in pairs[:: max(1, -(-len(pairs) // MOST_PAIRS))] if pair[0] and pair[1]]
    if not pairs:
        raise FormatError("no pairs to learn a shortlist from", cure="give a file of sentences and their translations")
    frequency = Counter(piece for _, target in pairs for piece in target)
    ranked = sorted(frequency, key=lambda piece: (-frequency[piece], piece))
    letters = [piece for piece in ranked if len(piece.removeprefix("▁")) == 1]
    always = tuple(dict.fromkeys((*ranked[:common], *letters)))
    rules = {
        source: tuple(dict.fromkeys((*([source] if source in frequency else []), *targets)))
        for source, targets in _likeliest(pairs, each)
    }
    return Shortlist(always, rules, (direction,))


def from_file(
    path: Path, checkpoint: Checkpoint, direction: Direction, *, progress: Progress = SILENT
) -> tuple[Shortlist, float | None]:
    """The shortlist that a file gives for a model: learned from its pairs, or ready-made in CTranslate2's form.

    Of pairs every twentieth is kept from the learner; the share of its pieces that the shortlist allows is given, too.

    Raises:
        InputError, FormatError: the file cannot be read, or has no pairs.
        ModelError: the model does not have the direction.
    """
    from mt.pieces import Pieces

    pieces = Pieces(checkpoint, *direction)
    if not holds_pairs(str(path)):
        return read_shortlist(path, [direction]), None
    progress.start(f"learning a shortlist from {path.name}", None)
    pairs = [
        (pieces.encode(pair.source), pieces.encode_target(pair.target))
        for pair in read_pairs(path, source_lang=direction[0], target_lang=direction[1])
    ]
    held_out = pairs[_TOLD_BY - 1 :: _TOLD_BY]
    learned = learn([pair for index, pair in enumerate(pairs, 1) if index % _TOLD_BY], direction)
    learned = replace(learned, always=(*pieces.target_prefix, *learned.always))
    return learned, learned.coverage(held_out) if held_out else None


def read_shortlist(path: Path, directions: Sequence[Direction]) -> Shortlist:
    """A shortlist in CTranslate2's form: a line a source piece, a tab, its target pieces; the empty one is for all.

    Raises:
        FormatError: a line without a tab, or a file that cannot be read.
    """
    rules: dict[str, tuple[str, ...]] = {}
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except (OSError, ValueError) as error:
        raise FormatError(f"the shortlist cannot be read ({error})", where=str(path)) from error
    for number, line in enumerate(lines, 1):
        if not line:
            continue
        key, tab, targets = line.partition("\t")
        if not tab:
            raise FormatError(
                "a line of a shortlist is a source piece, a tab, and target pieces", where=f"{path}, line {number}"
            )
        rules[key] = tuple(targets.split())
    return Shortlist(rules.pop("", ()), rules, tuple(directions))


def shortlist_of(folder: Path) -> Shortlist | None:
    """The shortlist in a converted model's folder; None where there is none, or it does not say its directions.

    Raises:
        ModelError, FormatError: it is broken.
    """
    if not (folder / CARD).is_file() or not (folder / RULES).is_file():
        return None
    card = _card(folder)
    return read_shortlist(folder / RULES, [(str(begin), str(end)) for begin, end in card["directions"]])


def revision_for(folder: Path, direction: Direction) -> str | None:
    """What tells one shortlist from another, where the folder has one for this direction."""
    if not (folder / CARD).is_file() or not (folder / RULES).is_file():
        return None
    card = _card(folder)
    return str(card["revision"]) if list(direction) in card["directions"] else None


def write_shortlist(shortlist: Shortlist, folder: Path, vocabulary: Iterable[str]) -> None:
    """Write it into a converted model's folder, beside what it has for other directions.

    Raises:
        ModelError: none of its pieces is one of the model's.
        StoreError, OutputError: the folder cannot be written.
    """
    known = set(vocabulary)
    if not known.intersection(piece for targets in shortlist.rules.values() for piece in targets):
        raise ModelError(
            "the shortlist has no piece of the model's vocabulary",
            where=str(folder),
            cure="learn it for this model, from a file of pairs",
        )
    there = shortlist_of(folder)
    if there is not None and set(there.directions).isdisjoint(shortlist.directions):
        shortlist = there.merged(shortlist)
    lines = [f"\t{' '.join(piece for piece in shortlist.always if piece in known)}\n"]
    for source, targets in sorted(shortlist.rules.items()):
        lines.append(f"{source}\t{' '.join(piece for piece in targets if piece in known)}\n")
    data = "".join(lines).encode()
    revision = f"sha256:{hashlib.sha256(data).hexdigest()[:16]}"
    card = {"directions": [list(one) for one in shortlist.directions], "revision": revision}
    (folder / CARD).unlink(missing_ok=True)  # a run that is killed here leaves a shortlist that nothing uses
    write_atomic(folder / RULES, data)
    write_atomic(folder / CARD, (json.dumps(card, indent=2) + "\n").encode())


def _card(folder: Path) -> dict[str, Any]:
    try:
        card = json.loads((folder / CARD).read_text(encoding="utf-8"))
        return {"directions": [list(one) for one in card["directions"]], "revision": card["revision"]}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ModelError(f"{CARD} cannot be read ({error})", where=str(folder), cure="delete it") from error


def _likeliest(pairs: Sequence[Pair], each: int) -> Iterator[tuple[str, list[str]]]:
    """For each source piece the target pieces that model 1 aligns with it, by how often it does."""
    import numpy as np

    sources = sorted({piece for source, _ in pairs for piece in source})
    targets = sorted({piece for _, target in pairs for piece in target})
    left = {piece: index for index, piece in enumerate(sources, 1)}  # 0 is the empty word
    right = {piece: index for index, piece in enumerate(targets)}
    numbered = [([0, *map(left.__getitem__, source)], [*map(right.__getitem__, target)]) for source, target in pairs]
    codes, counts = _model_one(numbered, len(targets))
    order = np.lexsort((codes, -counts, codes // len(targets)))
    found: dict[int, list[str]] = {}
    for code, count in zip(codes[order].tolist(), counts[order].tolist(), strict=True):
        source, target = divmod(code, len(targets))
        held = found.setdefault(source, [])
        if len(held) < each and count >= _LEAST:
            held.append(targets[target])
    for piece, index in left.items():
        yield piece, found.get(index, [])


def _model_one(
    pairs: Sequence[tuple[list[int], list[int]]], width: int
) -> tuple[np.ndarray[Any, np.dtype[np.int64]], np.ndarray[Any, np.dtype[np.float64]]]:
    """Pairs of pieces (source × width + target) that stand in one sentence pair, and their expected alignments."""
    import numpy as np

    chunks = [_cells(pairs[start : start + _CHUNK], width) for start in range(0, len(pairs), _CHUNK)]
    codes = np.unique(np.concatenate([np.unique(cells) for cells, _ in chunks]))
    places = [(np.searchsorted(codes, cells).astype(np.int32), sizes) for cells, sizes in chunks]
    owner = codes // width
    probability = np.ones(len(codes))
    counts = probability
    for _ in range(_ROUNDS):
        counts = np.zeros(len(codes))
        for place, sizes in places:
            weight = probability[place]
            starts = np.concatenate(([0], np.cumsum(sizes)[:-1]))
            weight /= np.repeat(np.add.reduceat(weight, starts), sizes)
            counts += np.bincount(place, weight, minlength=len(codes))
        probability = counts / np.bincount(owner, counts)[owner]
    return codes, counts


def _cells(
    pairs: Sequence[tuple[list[int], list[int]]], width: int
) -> tuple[np.ndarray[Any, np.dtype[np.int64]], np.ndarray[Any, np.dtype[np.int64]]]:
    """Every source piece with every target piece of its pair, target by target, and the size of each target's run."""
    import numpy as np

    cells = [
        (np.asarray(target, np.int64)[:, None] + np.asarray(source, np.int64)[None, :] * width).ravel()
        for source, target in pairs
    ]
    sizes = np.concatenate([np.full(len(target), len(source), np.int64) for source, target in pairs])
    return np.concatenate(cells), sizes
