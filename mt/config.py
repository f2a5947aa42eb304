"""All settings of a run in one frozen dataclass: every floor's own, read from `muwazi.toml`, overridden by flags."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from alignment.settings import AlignmentSettings
from corpora.dataset import DatasetSettings
from corpora.filters import FilterSettings
from corpora.settings import FILE_NAME, load_sections
from eval.names.settings import NameSettings
from eval.settings import EvalSettings
from mt.settings import FineTuneSettings, TranslationSettings


@dataclass(frozen=True, slots=True)
class Settings:
    """The sections of `muwazi.toml`, a floor each (names have their own)."""

    alignment: AlignmentSettings = field(default_factory=AlignmentSettings)
    names: NameSettings = field(default_factory=NameSettings)
    eval: EvalSettings = field(default_factory=EvalSettings)
    translation: TranslationSettings = field(default_factory=TranslationSettings)
    filters: FilterSettings = field(default_factory=FilterSettings)
    dataset: DatasetSettings = field(default_factory=DatasetSettings)
    train: FineTuneSettings = field(default_factory=FineTuneSettings)


SECTIONS: dict[str, type[Any]] = {
    "alignment": AlignmentSettings,
    "names": NameSettings,
    "eval": EvalSettings,
    "translation": TranslationSettings,
    "filters": FilterSettings,
    "dataset": DatasetSettings,
    "train": FineTuneSettings,
}


def load_settings(path: Path | None = None, **flags: object) -> Settings:
    """The settings of a run: defaults, then the file, then the flags that were given.

    Args:
        path: the settings file; None takes `muwazi.toml` of the working directory, if there is one.
        flags: translation settings that the command line gave; None means not given.

    Raises:
        SettingsError: the file cannot be read, or holds what it may not.
    """
    file = path or (Path(FILE_NAME) if Path(FILE_NAME).is_file() else None)
    settings = Settings(**load_sections(file, SECTIONS)) if file is not None else Settings()
    given: dict[str, Any] = {name: value for name, value in flags.items() if value is not None}
    return replace(settings, translation=replace(settings.translation, **given)) if given else settings
