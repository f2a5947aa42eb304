"""`muwazi models`: which translation models there are, and whether they are well."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from corpora.errors import ModelError, MuwaziError
from mt.cli import options
from mt.cli.console import FINISHED_WITH_FAILURES, TerminalProgress, emit, error_line, note

if TYPE_CHECKING:
    from mt.checkpoint import Checkpoint

Ids = Annotated[list[str], typer.Argument(help="Hub ids (owner/name), local folders, or demo.")]
Precision = Annotated[Literal["int8", "float32"], typer.Option("--precision", help="Of the converted weights.")]


def list_models(
    source_lang: Annotated[str | None, typer.Option("--from", help="Only models that read this language.")] = None,
    to: Annotated[str | None, typer.Option("--to", help="Only models that write this language.")] = None,
    format: Annotated[Literal["text", "json"], typer.Option("--format", help="How the list is shown.")] = "text",
    cache_dir: options.CacheDir = None,
    verbose: options.Verbose = False,
) -> None:
    """List the known models, and which of them are on this machine. Ids and sizes are unverified until pulled.

    \b
    Examples:
      muwazi models list --from ar --to en
      muwazi models list --format json
    """
    import json

    rows = _rows(source_lang, to, cache_dir)
    if format == "json":
        emit(json.dumps(rows, ensure_ascii=False, indent=1) + "\n", None)
        return
    titles = {"model": "MODEL", "directions": "DIRECTIONS", "size": "SIZE", "licence": "LICENCE", "here": "HERE"}
    widths = {key: max(len(title), *(len(str(row[key])) for row in rows)) for key, title in titles.items()}
    lines = ["  ".join(str(row[key]).ljust(widths[key]) for key in titles).rstrip() for row in (titles, *rows)]
    emit("\n".join(lines) + "\n", None)


def pull(
    ids: Ids,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
) -> None:
    """Download models into the hub's cache: safetensors where there are any. The only command that needs the network.

    \b
    Example:
      muwazi models pull Helsinki-NLP/opus-mt-tc-big-en-ar
    """
    from mt import models

    def one(model: str, progress: TerminalProgress) -> None:
        checkpoint = models.pull(model, progress=progress)
        note(f"pulled {model} at revision {checkpoint.revision} into {checkpoint.folder}")

    _each(ids, one, quiet=quiet)


def convert(
    ids: Ids,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="A new folder for it (default: the cache).")
    ] = None,
    precision: Precision = "int8",
    shortlist: Annotated[
        Path | None,
        typer.Option("--shortlist", help="Pairs (TMX, TSV …) to learn a lexical shortlist from, or a vmap file."),
    ] = None,
    source_lang: Annotated[str | None, typer.Option("--from", help="Source language of the shortlist.")] = None,
    to: Annotated[str | None, typer.Option("--to", help="Target language of the shortlist.")] = None,
    cache_dir: options.CacheDir = None,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
) -> None:
    """Convert models for CTranslate2, so that they run without torch: here, or on a machine that has none.

    With a lexical shortlist they translate nearly twice as fast: the decoder looks at likely words only. It is best
    learned from the model's own translations (`translate --format tmx`).

    \b
    Examples:
      muwazi models convert Helsinki-NLP/opus-mt-tc-big-en-ar
      muwazi models convert my-model/ -o my-model-int8/
      muwazi models convert my-model/ --shortlist memory.tmx --from en --to ar
    """
    from corpora.errors import UsageError
    from mt import convert as conversion
    from mt import models
    from mt.checkpoint import inspect

    if output is not None and len(ids) > 1:
        raise UsageError("several models do not fit into one folder", cure="convert them one by one")
    if output is not None and output.exists():
        raise UsageError("the folder is there already", where=str(output), cure="name a new one")
    direction = _shortlist_direction(shortlist, source_lang, to)
    if shortlist is not None and output is None and models.DEMO in ids:
        raise UsageError("the demo model is part of the installation", cure="name a new folder for it with -o")

    def one(model: str, progress: TerminalProgress) -> None:
        checkpoint = models.resolve(model, cache=cache_dir)
        if checkpoint.form == "ctranslate2" and output is None:
            note(f"{model} is converted already: {checkpoint.folder}")
            done = checkpoint
        elif output is not None:
            conversion.write_conversion(checkpoint, output, precision)
            done = inspect(output, name=model)
            note(f"wrote {output}")
        else:
            done = conversion.convert(checkpoint, precision, cache=cache_dir, progress=progress)
            note(f"wrote {done.folder}")
        if shortlist is not None and direction is not None:
            _add_shortlist(done, shortlist, direction, progress)

    _each(ids, one, quiet=quiet)


def _shortlist_direction(shortlist: Path | None, source_lang: str | None, to: str | None) -> tuple[str, str] | None:
    from corpora.errors import UsageError
    from corpora.language import parse

    if shortlist is None:
        if source_lang or to:
            raise UsageError("--from and --to are a shortlist's", cure="give --shortlist FILE, too")
        return None
    if not source_lang or not to:
        raise UsageError("a shortlist holds for one direction", cure="name it with --from and --to")
    return parse(source_lang), parse(to)


def _add_shortlist(checkpoint: Checkpoint, file: Path, direction: tuple[str, str], progress: TerminalProgress) -> None:
    from mt.checkpoint import vocabulary
    from mt.shortlist import from_file, write_shortlist

    found, coverage = from_file(file, checkpoint, direction, progress=progress)
    write_shortlist(found, checkpoint.folder, vocabulary(checkpoint, "target"))
    said = f", allows {coverage:.2%} of the pieces of held-out pairs" if coverage is not None else ""
    note(f"shortlist for {' to '.join(direction)}: {len(found.rules):,} source pieces{said}")


def check(
    ids: Ids,
    source_lang: Annotated[str | None, typer.Option("--from", help="Language to translate from.")] = None,
    to: Annotated[str | None, typer.Option("--to", help="Language to translate into.")] = None,
    engine: options.Engine = None,
    config: options.Config = None,
    cache_dir: options.CacheDir = None,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
) -> None:
    """Check models: whole files, the direction they say, and probe sentences that must keep script, language and sense.

    Exit code 1 if a model is broken or writes garbage. Without --from and --to every direction among Arabic, English
    and French (and Chinese as a source) that the model has is tried.

    \b
    Examples:
      muwazi models check Helsinki-NLP/opus-mt-tc-big-en-ar
      muwazi models check my-model/ --from en --to ar
    """
    from corpora.language import parse
    from mt.config import load_settings
    from mt.models import DEMO, resolve
    from mt.pipeline import open_store

    settings = load_settings(config, engine=engine).translation
    given = tuple(parse(code) if code else None for code in (source_lang, to))

    def one(model: str, progress: TerminalProgress) -> None:
        from mt.health import problems

        checkpoint = resolve(model, cache=cache_dir)
        note(f"{model}: {checkpoint.family}, {checkpoint.form}, revision {checkpoint.revision}: the files are whole")
        if model == DEMO:
            note("demo: knows the sentences of its model card and no others, so no probes are asked of it")
            return
        directions = _directions(checkpoint, *given)
        if not directions:
            raise ModelError("has none of these directions", where=model, cure="name one with --from and --to")
        sick = []
        with open_store(cache_dir, progress) as store:
            for begin, end in directions:
                wrong = problems(model, begin, end, settings=settings, store=store, progress=progress)
                sick += [f"{begin} to {end}"] if wrong else []
                emit(_verdict(begin, end, wrong), None)
        if sick:
            raise ModelError(
                f"probe sentences come out wrong, {', '.join(sick)}",
                where=model,
                cure="pull or convert it again, or use another model",
            )

    _each(ids, one, quiet=quiet)


def _each(ids: list[str], one: Callable[[str, TerminalProgress], None], *, quiet: bool) -> None:
    """Do it for each model; one that fails does not keep the others from theirs."""
    failed = 0
    with TerminalProgress(quiet=quiet) as progress:
        for model in dict.fromkeys(ids):
            try:
                one(model, progress)
            except MuwaziError as error:
                if len(ids) == 1:
                    raise
                failed += 1
                error_line(str(error))
    if failed:
        raise typer.Exit(FINISHED_WITH_FAILURES if failed < len(ids) else 1)


def _rows(source_lang: str | None, to: str | None, cache: Path | None) -> list[dict[str, str]]:
    from corpora.language import info, parse
    from mt.models import DEMO, TABLE, locate

    given = tuple(parse(code) if code else None for code in (source_lang, to))
    rows = []
    for row in TABLE:
        wide = row.size == "wide"
        reads = given[0] is None or (bool(info(given[0]).nllb) if wide else given[0] in row.sources)
        writes = given[1] is None or (bool(info(given[1]).nllb) if wide else given[1] in row.targets)
        if reads and writes:
            directions = "200 languages" if wide else f"{','.join(row.sources)} → {','.join(row.targets)}"
            licence = f"{row.licence} (not commercial)" if row.remark else row.licence
            here = _state(row.id, cache)
            rows.append(_row(row.id, directions, f"{row.megabytes:,} MB", licence, here))
    try:
        demo = locate(DEMO, cache=cache)
    except ModelError:
        demo = None
    if demo is not None:
        rows.append(_row(DEMO, "ar,en,fr (demo sentences only)", "bundled", "Apache-2.0", "converted"))
    return rows


def _row(model: str, directions: str, size: str, licence: str, here: str) -> dict[str, str]:
    return {"model": model, "directions": directions, "size": size, "licence": licence, "here": here}


def _state(model: str, cache: Path | None) -> str:
    """What of a model is on this machine."""
    from mt.convert import converted
    from mt.models import locate

    try:
        checkpoint = locate(model, cache=cache)
        if checkpoint is None:
            return "no"
        done = converted(checkpoint, "int8", cache) or converted(checkpoint, "float32", cache)
    except ModelError as error:
        return f"broken: {error.what}"
    return "converted" if done is not None else "pulled"


def _directions(checkpoint: Checkpoint, source_lang: str | None, to: str | None) -> list[tuple[str, str]]:
    """The directions to try: those that were asked for, as far as the checkpoint has them."""
    from mt.health import PROBES
    from mt.pieces import Pieces

    sources = [source_lang] if source_lang else list(PROBES)
    targets = [to] if to else ["ar", "en", "fr"]
    found = []
    for begin in sources:
        for end in targets:
            if begin == end:
                continue
            try:
                Pieces(checkpoint, begin, end)
            except ModelError:
                if source_lang and to:
                    raise
                continue
            found.append((begin, end))
    return found


def _verdict(source_lang: str, target_lang: str, wrong: Sequence[str]) -> str:
    from mt.health import PROBES

    asked = source_lang in PROBES
    verdict = "probe sentences come out wrong" if wrong else "well" if asked else "no probes for this language"
    return "".join(
        f"{line}\n" for line in (f"{source_lang} → {target_lang}: {verdict}", *(f"  {one}" for one in wrong))
    )
