"""`muwazi names add|allow|import|list|variants`: the user's own names, and how a folder's articles spell them."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from corpora.errors import FormatError, InputError, UsageError
from mt.cli import options
from mt.cli.console import FINISHED_WITH_FAILURES, TerminalProgress, emit, error_line, note, warning_line

if TYPE_CHECKING:
    from eval.names.entity import Entity
    from eval.names.house import Allowance

User = Annotated[bool, typer.Option("--user", help="For all your projects, not only for the working directory's.")]
Type = Annotated[
    str | None,
    typer.Option("--type", help="person, organisation, product, place, outlet, acronym, work, event or currency."),
]
_SHOWN = 20


def add(
    name: Annotated[str, typer.Argument(metavar="NAME", help="The English name, as the house writes it.")],
    type: Type = None,
    ar: Annotated[
        list[str] | None, typer.Option("--ar", help="Arabic form; the first given is the house's own.")
    ] = None,
    fr: Annotated[list[str] | None, typer.Option("--fr", help="French form, where it is not the English one.")] = None,
    accepted: Annotated[
        list[str] | None, typer.Option("--accepted", help="Another right form, in any script, or CODE=FORM.")
    ] = None,
    wrong: Annotated[
        list[str] | None, typer.Option("--wrong", help="A corruption that you have seen, or CODE=FORM.")
    ] = None,
    common_word: Annotated[
        bool, typer.Option("--common-word", help="The name is an ordinary word, too: never repair into it.")
    ] = False,
    user: User = False,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
) -> None:
    """Add a name to your own base, or say how the house writes one that the base knows.

    What you add lies over the bundled base: your form is the right one, and outranks what an article itself writes
    mostly; the forms known before stay accepted. It is kept in `muwazi.names` of the working directory, a plain file
    (with --user: of your configuration folder, for every project).

    \b
    Examples:
      muwazi names add NVIDIA
      muwazi names add "Noelle Walsh" --type person --ar "نويل والش" --accepted "نويل وولش"
      muwazi names add Acme --wrong Acmé --wrong ar=قمة --user
    """
    from eval.names import house
    from eval.names.entry import entry
    from mt.pipeline import knowledge

    base = knowledge()
    right = {lang: forms for lang, forms in (("ar", ar), ("fr", fr)) if forms}
    entity = entry(
        base,
        name,
        type=type,
        right=right,
        accepted=accepted or (),
        wrong=wrong or (),
        common_word=common_word,
    )
    file = house.store(_folder(user), [entity])
    if not quiet:
        known = "over the entry that the base has" if entity.id in base.entities else f"as a new {entity.type}"
        said = "" if type or entity.id in base.entities else " (--type says otherwise)"
        note(f"{entity.name} is in {file}, {known}{said}")


def allow(
    surface: Annotated[str, typer.Argument(metavar="SURFACE", help="The name as the finding shows it.")],
    article: Annotated[
        str | None, typer.Option("--article", help="It is right in this file only (default: in all of the project).")
    ] = None,
    user: User = False,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
) -> None:
    """Say that a name is right as it stands: it is no finding any more, in this project or one of its articles.

    A name that was left out on purpose is allowed by its name in the source. All is kept in `muwazi.allow` of the
    working directory, one surface a line; delete the line to take it back. What is right in article.txt is right in
    article.fixed.txt as well.

    \b
    Examples:
      muwazi names allow Openai
      muwazi names allow "كلود" --article article-ar.txt
    """
    from eval.names import house

    if article is not None and user:
        raise UsageError("--article and --user exclude each other", cure="an article belongs to one project")
    if article is not None and not Path(article.partition("#")[0]).is_file() and not Path(article).is_file():
        raise InputError("there is no such file", where=article, cure="check the path")
    folder = _folder(user)
    new = house.allow(folder, surface, article)
    if not quiet:
        where = "every article" if article is None else article
        note(f"{surface.strip()} is {'now' if new else 'already'} right in {where} ({folder / house.ALLOW_FILE})")


def import_names(
    files: Annotated[
        list[Path],
        typer.Argument(help="CSV, TSV, JSON (lines), TBX, name files, Wikidata dumps or SPARQL results; .gz, .bz2."),
    ],
    type: Annotated[
        str | None,
        typer.Option("--type", help="What names are that do not say it: person, place … (default: organisation)."),
    ] = None,
    lang: Annotated[
        list[str] | None,
        typer.Option("--lang", help="Keep this language, besides English (default: all; ar and fr of Wikidata)."),
    ] = None,
    limit: Annotated[int | None, typer.Option("--limit", min=1, help="Take no more than so many names.")] = None,
    skip_broken: Annotated[
        bool, typer.Option("--skip-broken", help="Name the broken rows, and import the others.")
    ] = False,
    catalogue: Annotated[
        bool | None,
        typer.Option("--catalogue/--own", help="Knowledge below the bundled base, or the house's word over it."),
    ] = None,
    user: User = False,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
) -> None:
    """Take glossaries and dumps of names into your own base.

    A glossary is the house's word: it goes into `muwazi.names`, over the bundled base. Wikidata, and more than 10,000
    names, go into `muwazi.catalogue`, a base on disk below the bundled one, however many they are.

    Tables have a header: `name` holds English names; `ar`, `fr` … head forms in that language, several apart by |, the
    right one first; `accepted ar` and `wrong ar` such forms; `type`, `id`, `context` and `flags` say more. With a
    broken row nothing is imported, unless --skip-broken asks for the rest.

    \b
    Examples:
      muwazi names import glossary.csv
      muwazi names import terms.tbx --type product --skip-broken
      muwazi names import latest-all.json.bz2 --lang ar --lang fr --user
    """
    from collections import Counter

    from corpora.language import parse
    from eval.names.base.importing import import_names as take
    from eval.names.base.records import TYPES
    from eval.names.base.wikidata import Wanted

    if type is not None and type not in TYPES:
        raise UsageError(f"unknown type {type!r}", cure=f"use one of {', '.join(TYPES)}")
    broken: list[FormatError] = []

    def skip(error: FormatError) -> None:
        broken.append(error)
        if len(broken) <= _SHOWN:
            warning_line(str(error))

    def refuse(error: FormatError) -> None:
        raise _refusal(error)

    langs = tuple(dict.fromkeys(parse(code).partition("-")[0] for code in lang or ()))
    wanted = Wanted(langs, type, Counter())
    with TerminalProgress(quiet=quiet) as progress:
        done = take(
            files,
            _folder(user),
            wanted,
            catalogue=catalogue,
            limit=limit,
            on_error=skip if skip_broken else refuse,
            progress=progress,
        )
    if not done.count:
        raise InputError("no names to import", where=", ".join(map(str, files)), cure="one name a row, below a header")
    if not quiet:
        left = [f"{len(broken)} broken rows"] if broken else []
        left += [f"{count:,} {reason}" for reason, count in sorted(wanted.left_out.items())]
        held = f", which holds {done.total:,}" if done.total is not None else ""
        note(
            f"{done.count:,} names imported into {done.target}{held}"
            + (f"; left out: {', '.join(left)}" if left else "")
        )


def list_names(
    like: Annotated[
        str | None, typer.Option("--like", help="Names of the whole base that come nearest to this, in any script.")
    ] = None,
    lang: options.Lang = None,
    format: Annotated[Literal["text", "json"], typer.Option("--format", help="How they are shown.")] = "text",
    output: options.Output = None,
    verbose: options.Verbose = False,
) -> None:
    """Show your own names and what you called right; with --like, names of the bundled base as well.

    The text is a name file, that `muwazi names import` reads.

    \b
    Examples:
      muwazi names list
      muwazi names list --like "جنسن هوانغ"
      muwazi names list --like Nvidai --format json
    """
    from eval.names import house
    from eval.names.base import records
    from eval.report.json import dump

    own = house.own_entities()
    if like is not None:
        found = _like(like, lang)
        if format == "json":
            ids = {entity.id for entity in own}
            entries = [_as_json(entity, entity.id in ids, similarity=score) for entity, score in found]
            emit(dump({"entities": entries}), output)
        else:
            emit(records.render([entity for entity, _ in found]), output)
        return
    allowed = [allowance for folder in house.folders() for allowance in house.allowances(folder)]
    if format == "json":
        entries = [_as_json(entity, True) for entity in own]
        right = [{"surface": one.surface, "article": one.article} for one in allowed]
        emit(dump({"entities": entries, "allowed": right}), output)
        return
    emit("\n".join(part for part in (records.render(own), _allowed_text(allowed)) if part), output)


def variants(
    folder: Annotated[
        Path, typer.Argument(metavar="DIR", help="Folder with articles, of several languages as it comes.")
    ],
    lang: options.Lang = None,
    min_count: Annotated[
        int, typer.Option("--min-count", min=1, help="Propose names that the base lacks from so many mentions on.")
    ] = 3,
    format: Annotated[
        Literal["text", "json", "html"] | None,
        typer.Option("--format", help="How they are shown (default: by the output's suffix, else text)."),
    ] = None,
    output: options.Output = None,
    config: options.Config = None,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
) -> None:
    """Show every spelling of every name in a folder's articles, and the frequent names that the base lacks.

    Corrupted spellings come first; then names with several spellings; each with its counts and the first article.

    \b
    Examples:
      muwazi names variants news/
      muwazi names variants news/ -o spellings.html
      muwazi names variants news/ --format json --min-count 5
    """
    from eval.report.variants import render
    from mt.config import load_settings
    from mt.pipeline import version
    from mt.variants import corpus_variants

    chosen = format or {".json": "json", ".html": "html", ".htm": "html"}.get(output.suffix if output else "", "text")
    with TerminalProgress(quiet=quiet) as progress:
        found = corpus_variants(
            folder, lang=lang, min_count=min_count, settings=load_settings(config), progress=progress
        )
    for failure in found.failures:
        error_line(failure)
    emit(render(chosen, found.table, version()), output)
    if found.failures:
        raise typer.Exit(FINISHED_WITH_FAILURES)


def _folder(user: bool) -> Path:
    from eval.names.house import project_folder, user_folder

    return user_folder() if user else project_folder()


def _refusal(broken: FormatError) -> FormatError:
    """A broken row as an error that says how to do without it."""
    cure = f"{broken.cure}; or --skip-broken imports the rest" if broken.cure else "--skip-broken imports the rest"
    return FormatError(broken.what, where=broken.where, cure=cure)


def _like(name: str, lang: str | None) -> list[tuple[Entity, float]]:
    """Entities that a name may stand for, the nearest first."""
    from corpora.language import parse
    from corpora.script import dominant_script
    from mt.pipeline import knowledge

    code = lang or {"Arab": "ar", "Hani": "zh"}.get(dominant_script(name), "en")
    candidates = knowledge().nearest(name, parse(code), _SHOWN)
    return [(candidate.entity, candidate.similarity) for candidate in candidates]


def _as_json(entity: Entity, own: bool, similarity: float | None = None) -> dict[str, Any]:
    return {
        "id": entity.id,
        "name": entity.name,
        "type": entity.type,
        "own": own,
        "forms": [{"text": form.text, "lang": form.lang, "status": form.status} for form in entity.forms],
        **({} if similarity is None else {"similarity": similarity}),
    }


def _allowed_text(allowed: Iterable[Allowance]) -> str:
    """What is right, as comment lines, so that the whole stays a name file."""
    lines = [f"#   {one.surface}" + (f"\t{one.article}" if one.article else "") for one in allowed]
    return "\n".join(["# Right as it stands:", *lines, ""]) if lines else ""
