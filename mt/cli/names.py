"""`muwazi names`: find corrupted names, put them right, take it back."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Literal

import typer

from corpora.errors import InputError, MuwaziError, OutputError, UsageError
from mt.cli import options
from mt.cli.console import FINISHED_WITH_FAILURES, TerminalProgress, emit, error_line, note, screen

Files = Annotated[list[str], typer.Argument(help="Articles: text, Markdown, HTML, JSONL, TMX, or -.")]


def check(
    files: Files,
    source: options.Source = None,
    other: options.Other = None,
    lang: options.Lang = None,
    source_lang: options.SourceLang = None,
    format: Annotated[Literal["text", "json"], typer.Option("--format", help="How the findings are shown.")] = "text",
    output: options.Output = None,
    config: options.Config = None,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
) -> None:
    """Find the corrupted names of articles: in the text alone, or held against its source or another translation.

    \b
    Examples:
      muwazi names check article-ar.txt
      muwazi names check article-ar.txt --source article-en.txt --format json
      muwazi names check news/*.txt --lang fr
    """
    from eval.report.json import findings_json
    from eval.report.text import findings_text
    from mt.config import load_settings
    from mt.pipeline import version
    from mt.repair import CheckedNames, check_names

    _one_file_with_witness(files, source, other)
    settings = load_settings(config)
    done: list[CheckedNames] = []
    failed = 0
    with TerminalProgress(quiet=quiet) as progress:
        for path in files:
            try:
                done += check_names(
                    path,
                    source=source,
                    others=other or (),
                    lang=lang,
                    source_lang=source_lang,
                    settings=settings,
                    progress=progress,
                )
            except MuwaziError as error:
                if len(files) == 1:
                    raise
                failed += 1
                error_line(str(error))
    pairs = [(checked.article, checked.findings) for checked in done]
    width, color = screen(output)
    text = findings_json(pairs, version()) if format == "json" else findings_text(pairs, width=width, color=color)
    emit(text, output)
    if failed:
        raise typer.Exit(FINISHED_WITH_FAILURES if done else 1)


def fix(
    files: Files,
    source: options.Source = None,
    other: options.Other = None,
    lang: options.Lang = None,
    source_lang: options.SourceLang = None,
    output: options.Output = None,
    in_place: Annotated[bool, typer.Option("--in-place", help="Repair the file itself.")] = False,
    min_confidence: Annotated[
        float, typer.Option("--min-confidence", min=0.0, max=1.0, help="Leave alone what is less certain.")
    ] = 0.9,
    only: Annotated[list[str] | None, typer.Option("--only", help="Repair this finding (id) and no others.")] = None,
    skip: Annotated[list[str] | None, typer.Option("--skip", help="Leave this finding (id) alone.")] = None,
    variants: Annotated[bool, typer.Option("--variants", help="Make accepted spellings consistent as well.")] = False,
    force: options.Force = False,
    config: options.Config = None,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
) -> None:
    """Repair corrupted names, and write the list of changes beside the repaired file.

    Without -o and --in-place, `article.txt` becomes `article.fixed.txt`. The list of changes is the same name with
    `.changes.json` at its end; `muwazi names undo` takes it back.

    \b
    Examples:
      muwazi names fix article-ar.txt
      muwazi names fix article-ar.txt --source article-en.txt --in-place
      muwazi names fix article-ar.txt --only n3 --only n7 -o repaired.txt
    """
    from mt.config import load_settings
    from mt.repair import fix_names

    _one_file_with_witness(files, source, other)
    if output is not None and in_place:
        raise UsageError("-o and --in-place exclude each other")
    if len(files) > 1 and (output is not None or only or skip):
        raise UsageError("-o, --only and --skip go with one file", cure="run the files one by one")
    settings = load_settings(config)
    failed = 0
    with TerminalProgress(quiet=quiet) as progress:
        for path in files:
            try:
                target = _target(path, output, in_place, force)
                fixed = fix_names(
                    path,
                    target,
                    source=source,
                    others=other or (),
                    lang=lang,
                    source_lang=source_lang,
                    min_confidence=min_confidence,
                    only=only or (),
                    skip=skip or (),
                    variants=variants,
                    settings=settings,
                    progress=progress,
                )
            except MuwaziError as error:
                if len(files) == 1:
                    raise
                failed += 1
                error_line(str(error))
                continue
            if not quiet:
                note(_said(path, fixed.changes, fixed.file, fixed.list_file))
    if failed:
        raise typer.Exit(FINISHED_WITH_FAILURES)


def undo(
    changes: Annotated[Path, typer.Argument(help="The .changes.json file that `muwazi names fix` wrote.")],
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
) -> None:
    """Take a repair back, byte for byte; a file that was edited since is left alone.

    \b
    Example:
      muwazi names undo article-ar.fixed.txt.changes.json
    """
    from mt.repair import undo_names

    file = undo_names(changes)
    if not quiet:
        note(f"{file} is as it was before the repair")


def match(
    names: Annotated[list[str], typer.Argument(metavar="NAME...", help="Names in any script; - reads one a line.")],
    candidates: Annotated[str, typer.Option("--candidates", help="File with the names to rank, one a line.")],
    top: Annotated[int, typer.Option("--top", min=1, help="How many to show of each.")] = 10,
    format: Annotated[Literal["text", "json"], typer.Option("--format", help="How they are shown.")] = "text",
    output: options.Output = None,
    verbose: options.Verbose = False,
) -> None:
    """Rank names by how likely they are the same one, across scripts.

    \b
    Examples:
      muwazi names match "جنسن هوانغ" --candidates people.txt
      cut -f1 names.tsv | muwazi names match - --candidates people.txt --top 3 --format json
    """
    from eval.names.match import match_names
    from eval.report.json import dump

    if names == ["-"] and candidates == "-":
        raise UsageError("names and candidates cannot both come from the pipe")
    known = [name for name in dict.fromkeys(_lines(candidates)) if name]
    if not known:
        raise InputError("holds no names", where=candidates, cure="one name a line")
    queries = match_names(_lines("-") if names == ["-"] else names, known, top=top)
    if format == "json":
        ranked = [
            {
                "name": query.name,
                "ranked": [{"candidate": one.candidate, "score": round(one.score, 4)} for one in query.ranked],
            }
            for query in queries
        ]
        emit(dump({"queries": ranked}), output)
        return
    rows = (f"{query.name}\t{one.candidate}\t{one.score:.4f}\n" for query in queries for one in query.ranked)
    emit("".join(rows), output)


def _lines(path: str) -> list[str]:
    """The lines of a file or of the pipe, without blanks at their ends; blank ones stay, to keep queries in step."""
    from corpora.readers.base import decode_file

    return [line.strip() for line in decode_file(path).text.removesuffix("\n").split("\n")]


def _one_file_with_witness(files: Sequence[str], source: str | None, others: Sequence[str] | None) -> None:
    if len(files) > 1 and (source is not None or others):
        raise UsageError("--source and --other go with one file", cure="run the files one by one")


def _target(path: str, output: Path | None, in_place: bool, force: bool) -> Path | None:
    """Where the repaired file goes; None is stdout."""
    if output is not None:
        chosen = None if str(output) == "-" else output
    elif path == "-":
        chosen = None
    else:
        from eval.names.house import REPAIRED

        chosen = Path(path) if in_place else Path(path).with_suffix(f"{REPAIRED}{Path(path).suffix}")
    if chosen is not None and not in_place and chosen.exists() and not force:
        raise OutputError("the output is there already", where=str(chosen), cure="give another -o, or --force")
    return chosen


def _said(path: str, changes: int, file: Path | None, list_file: Path | None) -> str:
    if file is None:
        return f"{path}: {changes} names repaired"
    return f"{path}: {changes} names repaired in {file}" + (f"; the changes are in {list_file}" if list_file else "")
