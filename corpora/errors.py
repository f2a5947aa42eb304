"""The one error tree. Each message says what failed, where (file, line, language), and the cure.

MuwaziError                 an expected failure: one red line and an exit code, never a traceback
├── UsageError      (2)     what was asked for makes no sense
│   ├── LanguageError       a language code nobody knows
│   └── SettingsError       an unknown key or a bad value in muwazi.toml
├── InputError      (1)     a file that cannot be read as what it should be
│   ├── FormatError         … because it breaks its format's rules
│   └── EmptyError          … because there is no text in it
├── OutputError     (1)     a file that cannot be written
├── StoreError      (1)     what is kept on disk: locked, full, from a newer version
├── ModelError      (1)     a checkpoint that is absent, broken, or lacks the direction
└── EncoderError    (1)     sentence vectors that cannot be computed
"""

from __future__ import annotations

from typing import ClassVar


class MuwaziError(Exception):
    """An expected failure.

    Args:
        what: what failed, as a sentence without full stop.
        where: file, line or language it failed at, when there is one.
        cure: what the user can do about it, when there is something.
    """

    exit_code: ClassVar[int] = 1

    def __init__(self, what: str, *, where: str | None = None, cure: str | None = None) -> None:
        super().__init__(what)
        self.what = what
        self.where = where
        self.cure = cure

    def __str__(self) -> str:
        place = f"{self.where}: " if self.where else ""
        cure = f" – {self.cure}" if self.cure else ""
        return f"{place}{self.what}{cure}"


class UsageError(MuwaziError):
    """What was asked for makes no sense: exit code 2."""

    exit_code: ClassVar[int] = 2


class LanguageError(UsageError):
    """A language code that nobody knows."""


class SettingsError(UsageError):
    """An unknown key or a bad value in the settings."""


class InputError(MuwaziError):
    """A file that cannot be read as what it should be."""


class FormatError(InputError):
    """A file that breaks the rules of its format."""


class EmptyError(InputError):
    """A file without text: no bytes at all, or white space at most."""


class OutputError(MuwaziError):
    """A file that cannot be written."""


class StoreError(MuwaziError):
    """What is kept on disk is locked, full, damaged or from a newer version."""


class ModelError(MuwaziError):
    """A checkpoint that is absent, broken, or lacks the direction that was asked for."""


class EncoderError(MuwaziError):
    """Sentence vectors that cannot be computed."""
