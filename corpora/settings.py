"""A TOML file in, the floors' frozen settings out: a dataclass a section, unknown keys refused."""

from __future__ import annotations

import difflib
import tomllib
import types
from collections.abc import Mapping, Sequence
from dataclasses import fields
from pathlib import Path
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from corpora.errors import SettingsError

FILE_NAME = "muwazi.toml"


def load_sections(path: Path, sections: Mapping[str, type[Any]]) -> dict[str, Any]:
    """Read `[section]` tables into instances of their dataclasses; a section the file lacks keeps its defaults.

    Raises:
        SettingsError: the file cannot be read or is not TOML; an unknown section or key; a value of the wrong type.
    """
    try:
        document = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"settings cannot be read ({error})", where=str(path)) from error
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"not TOML: {error}", where=str(path)) from error
    for name in document:
        if name not in sections:
            raise SettingsError(f"unknown section [{name}]", where=str(path), cure=_nearest(name, list(sections)))
    return {name: _section(path, name, kind, document.get(name, {})) for name, kind in sections.items()}


def _section(path: Path, section: str, kind: type[Any], values: object) -> Any:
    if not isinstance(values, dict):
        raise SettingsError(f"[{section}] must be a table", where=str(path))
    hints = get_type_hints(kind)
    known = [field.name for field in fields(kind)]
    for key, value in values.items():
        if key not in known:
            raise SettingsError(f"unknown key {section}.{key}", where=str(path), cure=_nearest(key, known))
        if not _fits(value, hints[key]):
            raise SettingsError(f"{section}.{key} cannot be {value!r}", where=str(path), cure=f"it is {hints[key]}")
    try:
        return kind(**{key: tuple(value) if isinstance(value, list) else value for key, value in values.items()})
    except ValueError as error:
        raise SettingsError(f"[{section}] {error}", where=str(path)) from error


def _fits(value: object, hint: Any) -> bool:
    """Whether a TOML value can stand for an annotation: plain types, Literal, unions, tuples of one type."""
    origin = get_origin(hint)
    if origin is Literal:
        return value in get_args(hint)
    if origin in (Union, types.UnionType):
        return any(_fits(value, option) for option in get_args(hint))
    if origin is tuple:
        return isinstance(value, list) and all(_fits(item, get_args(hint)[0]) for item in value)
    if hint is float:
        return isinstance(value, int | float) and not isinstance(value, bool)
    if hint is int:
        return isinstance(value, int) and not isinstance(value, bool)
    return isinstance(hint, type) and isinstance(value, hint)


def _nearest(name: str, known: Sequence[str]) -> str:
    near = difflib.get_close_matches(name, known, n=3, cutoff=0.5)
    return f"did you mean {' or '.join(near)}?" if near else f"known: {', '.join(known)}"
