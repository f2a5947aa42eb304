"""Datasets and files of pairs in; pairs to train on, and others to judge by, out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Final

from corpora.errors import InputError
from mt.train import TrainingPair

if TYPE_CHECKING:
    from corpora.formats.base import Pair

_HELD_OUT: Final = 20  # one pair in so many judges the others, where the data say nothing of it


def gather(
    data: Sequence[str],
    *,
    source_lang: str | None = None,
    target_lang: str | None = None,
    both: bool = False,
    dev: int = 500,
) -> tuple[list[TrainingPair], list[TrainingPair]]:
    """The training and the development pairs of some datasets and files.

    A dataset's validation split is for development, its test split is not read. Where there is no validation split, a
    twentieth is held out, by a hash of the source, so that no source stands on both sides.

    Args:
        source_lang, target_lang: of a dataset, only these; of a file, what it does not say.
        both: each pair the other way round, too.
        dev: development pairs at most, those with the lowest hashes.

    Raises:
        InputError: no pairs, or a language that neither the file nor the caller names.
    """
    training: list[TrainingPair] = []
    judging: list[TrainingPair] = []
    for path in data:
        if Path(path).is_dir():
            found = list(_of_dataset(Path(path), source_lang, target_lang, ("train",)))
            held = list(_of_dataset(Path(path), source_lang, target_lang, ("validation",)))
        else:
            found, held = list(_of_file(path, source_lang, target_lang)), []
        if not found:
            raise InputError("there is no pair in it", where=path, cure="a pair has a source and a target")
        if not held:
            held = [pair for pair in found if _place(pair.source) % _HELD_OUT == 0] if len(found) > _HELD_OUT else []
            found = [pair for pair in found if pair not in set(held)]
        training += found
        judging += held
    if both:
        training, judging = ([one for pair in side for one in (pair, _turned(pair))] for side in (training, judging))
    return training, sorted(judging, key=lambda pair: (_place(pair.source), pair.target))[:dev]


def _of_dataset(
    folder: Path, source_lang: str | None, target_lang: str | None, splits: Sequence[str]
) -> Iterator[TrainingPair]:
    """The pairs of some splits of a dataset that `muwazi build` wrote, names repaired."""
    from corpora.dataset_folder import is_dataset, pair_files
    from corpora.formats.base import read_pairs
    from corpora.language import parse

    if not is_dataset(folder):
        raise InputError("this folder is no dataset of muwazi", where=str(folder), cure="give a file of pairs")
    wanted = (parse(source_lang) if source_lang else None, parse(target_lang) if target_lang else None)
    for file in pair_files(folder):
        if file.name.partition("-")[0] not in splits:
            continue
        for pair in read_pairs(str(file)):
            if wanted[0] in (None, pair.source_lang) and wanted[1] in (None, pair.target_lang):
                yield from _whole(_repaired(pair), pair.source_lang, pair.target_lang)


def _repaired(pair: Pair) -> Pair:
    """The pair with its names repaired."""
    repaired = pair.metadata.get("target_repaired")
    return replace(pair, target=repaired) if isinstance(repaired, str) and repaired else pair


def _of_file(path: str, source_lang: str | None, target_lang: str | None) -> Iterator[TrainingPair]:
    from corpora.formats.base import read_pairs
    from corpora.formats.pair import UNDETERMINED
    from corpora.language import parse

    for pair in read_pairs(path, source_lang=source_lang, target_lang=target_lang):
        langs = (source_lang or pair.source_lang, target_lang or pair.target_lang)
        if UNDETERMINED in langs:
            raise InputError("its languages are not named", where=path, cure="give --from and --to")
        yield from _whole(pair, parse(langs[0]), parse(langs[1]))


def _whole(pair: Pair, source_lang: str, target_lang: str) -> Iterator[TrainingPair]:
    """The pair, if it has both sides."""
    source, target = pair.source.strip(), pair.target.strip()
    if source and target:
        yield TrainingPair(source, target, source_lang, target_lang)


def _turned(pair: TrainingPair) -> TrainingPair:
    return TrainingPair(pair.target, pair.source, pair.target_lang, pair.source_lang)


def _place(text: str) -> int:
    return int.from_bytes(sha256(text.encode("utf-8", "surrogatepass")).digest()[:8], "big")
