"""Options that several commands share, each with its help, once."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="No progress, no warnings.")]
Verbose = Annotated[bool, typer.Option("--verbose", "-v", help="Show the traceback of an error.")]
Config = Annotated[
    Path | None, typer.Option("--config", help="Settings file (default: muwazi.toml here, if there is one).")
]
CacheDir = Annotated[
    Path | None,
    typer.Option("--cache-dir", help="Where vectors and translations are kept (default: the user's cache)."),
]
Lang = Annotated[str | None, typer.Option("--lang", help="Language of the article, e.g. ar (default: detected).")]
Source = Annotated[str | None, typer.Option("--source", help="The text that the article was translated from.")]
Other = Annotated[
    list[str] | None, typer.Option("--other", help="Another translation of the same source; may be repeated.")
]
SourceLang = Annotated[str | None, typer.Option("--source-lang", help="Language of the source (default: detected).")]
Output = Annotated[Path | None, typer.Option("--output", "-o", help="Write to this file instead of the terminal.")]
Presegmented = Annotated[bool, typer.Option("--presegmented", help="Every line is a sentence, blank ones too.")]
Model = Annotated[str | None, typer.Option("--model", help="Translation model: a hub id or a local folder.")]
Engine = Annotated[
    Literal["auto", "transformers", "ctranslate2"] | None,
    typer.Option("--engine", help="What runs the translation model."),
]
Force = Annotated[bool, typer.Option("--force", help="Overwrite an output that is there.")]
