"""What the user named in, the files to translate and where their translations go out: NAME.LANG.EXT."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from corpora.errors import InputError, LanguageError, UsageError
from corpora.language import parse
from corpora.readers.base import SUFFIXES as ARTICLES

SUFFIXES: Final = (*ARTICLES, ".xlf", ".xliff")
PIPE: Final = "-"
EXTENSIONS: Final = {"jsonl": ".jsonl", "md": ".md", "html": ".html", "tmx": ".tmx", "xliff": ".xlf"}


@dataclass(frozen=True, slots=True)
class Input:
    """A file to translate, and the folder below which its place is kept in an output folder."""

    path: str
    below: Path


@dataclass(frozen=True, slots=True)
class Task:
    """One file into one language; `output` None is standard output."""

    path: str
    target_lang: str
    output: Path | None


def inputs(names: Sequence[str]) -> list[Input]:
    """The files behind paths, folders and patterns, each once, in order; of a folder those that a reader knows.

    Raises:
        InputError: a folder or pattern that holds nothing to translate.
    """
    found: dict[str, Input] = {}
    for name in names:
        for one in _behind(name):
            found.setdefault(one.path, one)
    return list(found.values())


def tasks(files: Sequence[Input], targets: Sequence[str], *, output: str | None, format: str) -> list[Task]:
    """Where each file's translation into each language goes.

    Args:
        output: a file for a single translation, a folder, `-`, or None for beside the input.
        format: `same` or the name of a bilingual one.

    Raises:
        UsageError: several translations and one place for them, or two of one name.
    """
    wanted = [(one, target) for one in files for target in targets]
    wanted = [(one, target) for one, target in wanted if not _is_translation(one, target, files)]
    pipes = output == PIPE or (output is None and all(one.path == PIPE for one, _ in wanted))
    if pipes and len(wanted) > 1 and format != "jsonl":
        raise UsageError(f"{len(wanted)} translations cannot share one pipe", cure="name a folder with -o")
    into_folder = output is not None and (len(wanted) > 1 or output.endswith(("/", os.sep)) or Path(output).is_dir())
    found = []
    for one, target in wanted:
        if pipes:
            place = None
        elif output is None and one.path == PIPE:
            raise UsageError("what comes from a pipe has no name", cure="name a folder with -o")
        elif output is None:
            place = Path(one.path).with_name(_name(one.path, target, format))
        elif into_folder:
            relative = Path(one.path).parent.relative_to(one.below) if one.path != PIPE else Path()
            place = Path(output) / relative / _name(one.path, target, format)
        else:
            place = Path(output)
        found.append(Task(one.path, target, place))
    _refuse_same_name(found)
    return found


def _behind(name: str) -> Iterator[Input]:
    path = Path(name)
    if name == PIPE or path.is_file():
        yield Input(name, path.parent)
        return
    if path.is_dir():
        below = sorted(file for file in path.rglob("*") if file.suffix.lower() in SUFFIXES and _is_visible(file, path))
        if not below:
            raise InputError("there is no article in this folder", where=name, cure=f"it reads {', '.join(SUFFIXES)}")
        yield from (Input(str(file), path) for file in below if file.is_file())
        return
    if any(mark in name for mark in "*?["):
        anchor = path.anchor
        matching = sorted(file for file in Path(anchor or ".").glob(name[len(anchor) :]) if file.is_file())
        if not matching:
            raise InputError("no file matches this pattern", where=name, cure="check the pattern")
        yield from (Input(str(file), file.parent) for file in matching)
        return
    yield Input(name, path.parent)  # `file.jsonl#3`, or the reader says that it is not there


def _is_visible(file: Path, folder: Path) -> bool:
    return not any(part.startswith(".") for part in file.relative_to(folder).parts)


def _is_translation(one: Input, target: str, files: Sequence[Input]) -> bool:
    """Whether a file found beside its source is what an earlier run made of it."""
    path = Path(one.path)
    stem, dot, code = path.stem.rpartition(".")
    if not dot or code != target:
        return False
    return str(path.with_name(stem + path.suffix)) in {other.path for other in files}


def _name(path: str, target: str, format: str) -> str:
    """NAME.LANG.EXT; a source's own language in its name gives way (`story.en.md` becomes `story.fr.md`)."""
    file = Path("translation.txt" if path == PIPE else path.partition("#")[0])
    stem, dot, code = file.stem.rpartition(".")
    bare = stem if dot and _is_code(code) else file.stem
    return f"{bare}.{target}{EXTENSIONS.get(format, file.suffix)}"


def _is_code(code: str) -> bool:
    if not 2 <= len(code) <= 7 or code.isdigit():
        return False
    try:
        return parse(code).split("-")[0] == code.split("-")[0].lower()
    except LanguageError:
        return False


def _refuse_same_name(found: Sequence[Task]) -> None:
    seen: dict[Path, str] = {}
    for task in found:
        if task.output is None:
            continue
        if task.output in seen:
            raise UsageError(
                f"two translations would both be {task.output}",
                where=f"{seen[task.output]}, {task.path}",
                cure="translate them into different folders",
            )
        if task.path != PIPE and task.output.resolve() == Path(task.path).resolve():
            raise UsageError("the translation would overwrite its source", where=task.path, cure="name another -o")
        seen[task.output] = task.path
