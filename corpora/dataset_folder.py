"""A finished scratch folder in, the dataset folder out: files of ours are replaced, those of others never touched.

`manifest.json` lists every file with its hash, and is what tells a folder of ours. It is written first (as incomplete)
and last, so that a run killed while files take their places leaves a folder that the next run knows as its own.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import Any, Final

from corpora.errors import OutputError
from corpora.files import write_atomic

MANIFEST: Final = "manifest.json"
GENERATOR: Final = "muwazi build"


def manifest_of(folder: Path) -> dict[str, Any] | None:
    """The manifest that a build of ours left in a folder; None where there is none."""
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    ours = isinstance(manifest, dict) and manifest.get("generator") == GENERATOR
    return manifest if ours and _names_files_below(manifest.get("files")) else None


def _names_files_below(files: object) -> bool:
    """Whether the names lead to places below the folder and nowhere else: what they name may be deleted."""
    return isinstance(files, dict) and all(
        isinstance(name, str)
        and name
        and not PurePosixPath(name).is_absolute()
        and ".." not in PurePosixPath(name).parts
        for name in files
    )


def is_dataset(folder: Path) -> bool:
    """Whether a build of ours finished in the folder."""
    manifest = manifest_of(folder)
    return manifest is not None and manifest.get("kind") == "dataset" and bool(manifest.get("complete"))


def is_intact(folder: Path, manifest: Mapping[str, Any]) -> bool:
    """Whether the folder holds what its manifest lists, byte for byte."""
    return bool(manifest.get("complete")) and all(
        (folder / name).is_file() and digest(folder / name) == value for name, value in manifest["files"].items()
    )


def pair_files(folder: Path) -> list[Path]:
    """The Parquet files of a dataset's pairs, in order."""
    manifest = manifest_of(folder) or {"files": {}}
    return [folder / name for name in sorted(manifest["files"]) if name.startswith("default/")]


def digest(path: Path) -> str:
    """SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def require_free(folder: Path, *, force: bool) -> None:
    """Make sure that a build may write here, before it begins.

    Raises:
        OutputError: a file is in the way; or, without `force`, the folder holds what no build of ours wrote, or what
            someone has changed since (a graded `audit.csv`).
    """
    if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
        raise OutputError("this is not a folder", where=str(folder), cure="choose another place")
    if not folder.exists():
        return
    manifest = manifest_of(folder)
    files: Mapping[str, str] = manifest["files"] if manifest else {}
    known = {*files, MANIFEST} if manifest else set()
    others = sorted(
        name for path in folder.rglob("*") if not path.is_dir() and (name := _name(folder, path)) not in known
    )
    if others and not force:
        cure = "choose another place; --force writes beside what is there"
        raise OutputError(f"the folder holds {others[0]}, which no build wrote", where=str(folder), cure=cure)
    complete = manifest is not None and manifest.get("complete")
    for name, value in files.items() if complete and not force else ():
        if (folder / name).is_file() and digest(folder / name) != value:
            cure = "keep it elsewhere; --force replaces it"
            raise OutputError("this file was changed since the build wrote it", where=str(folder / name), cure=cure)


def _name(folder: Path, path: Path) -> str:
    return path.relative_to(folder).as_posix()


@contextmanager
def scratch_beside(folder: Path) -> Iterator[Path]:
    """An empty folder on the same disk, gone when the block ends; those that killed runs left are taken away first.

    The caller sees to it that nobody else builds into `folder` at the same time.

    Raises:
        OutputError: the place cannot be written, or the disk is full.
    """
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        prefix = f".{folder.name[:100]}.building-"
        for left in folder.parent.iterdir():
            if left.name.startswith(prefix) and left.is_dir() and not left.is_symlink():
                shutil.rmtree(left, ignore_errors=True)
        scratch = Path(tempfile.mkdtemp(prefix=prefix, dir=folder.parent))
    except OSError as error:
        raise OutputError(
            f"the folder cannot be made ({error.strerror})", where=str(folder), cure="choose another place"
        ) from error
    try:
        yield scratch
    except OSError as error:
        cure = "free some space, or choose another place"
        raise OutputError(
            f"this cannot be written ({error.strerror or error})", where=str(folder), cure=cure
        ) from error
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def install(scratch: Path, folder: Path, manifest: Mapping[str, Any]) -> None:
    """Put the files of the scratch folder in their places, take the last build's away, and write the manifest.

    Raises:
        OutputError: a file that no build wrote stands where one of ours belongs.
    """
    new = sorted(_name(scratch, path) for path in scratch.rglob("*") if path.is_file())
    last = manifest_of(folder)
    old: Sequence[str] = sorted(last["files"]) if last else ()
    for name in {*new, MANIFEST} - {*old, *([MANIFEST] if last else [])}:
        if (folder / name).exists():
            cure = "move it away: it is not ours to replace"
            raise OutputError("a file that no build wrote is in the way", where=str(folder / name), cure=cure)
    hashes = {name: digest(scratch / name) for name in new}
    done = {"generator": GENERATOR, "complete": True, **manifest, "files": hashes}
    folder.mkdir(parents=True, exist_ok=True)
    moving = {**done, "complete": False, "files": dict.fromkeys(sorted({*new, *old}), "")}
    write_atomic(folder / MANIFEST, _json(moving))
    for name in new:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (scratch / name).chmod(0o644)
        (scratch / name).replace(folder / name)
    for name in set(old) - set(new):
        (folder / name).unlink(missing_ok=True)
    write_atomic(folder / MANIFEST, _json(done))


def _json(manifest: Mapping[str, Any]) -> str:
    return json.dumps(manifest, ensure_ascii=False, indent=1) + "\n"
