"""The `muwazi` command: which function each command name calls. To add one, add a line."""

from __future__ import annotations

import typer

from mt.cli import align, build, check, compare, convert, demo, models, names, names_base, pair, score, train, translate
from mt.cli.console import guarded

# Rich would make `--help` twice as slow to come up, and terminals read plain text well.
app = typer.Typer(
    name="muwazi",
    help="Align machine-translated articles with their source, score them, and put the names right.",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    add_completion=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
names_app = typer.Typer(
    help="Find corrupted names, put them right, take it back.", no_args_is_help=True, rich_markup_mode=None
)
app.add_typer(names_app, name="names")
models_app = typer.Typer(
    help="List, pull, convert and check translation models.", no_args_is_help=True, rich_markup_mode=None
)
app.add_typer(models_app, name="models")

app.command("demo", short_help="The main job on a bundled article, with HTML reports.")(guarded(demo.demo))
app.command("check", short_help="Align, score and name-check an article.")(guarded(check.check))
app.command("align")(guarded(align.align))
app.command("pair", short_help="Which translation belongs to which source.")(guarded(pair.pair))
app.command("score", short_help="Score an output against references.")(guarded(score.score))
app.command("compare", short_help="Systems side by side, with significance.")(guarded(compare.compare))
app.command("translate", short_help="Translate articles, structure and names kept.")(guarded(translate.translate))
app.command("train", short_help="Train a small model from sentence pairs.")(guarded(train.train))
app.command("build", short_help="A parallel dataset from a folder of articles.")(guarded(build.build))
app.command("merge", short_help="Join the shards of a build.")(guarded(build.merge))
app.command("convert", short_help="Pairs from one format into another.")(guarded(convert.convert))
names_app.command("check", short_help="Find the corrupted names of articles.")(guarded(names.check))
names_app.command("fix", short_help="Repair names, and list the changes.")(guarded(names.fix))
names_app.command("undo", short_help="Take a repair back, byte for byte.")(guarded(names.undo))
names_app.command("match")(guarded(names.match))
names_app.command("add", short_help="Add a name, or how the house writes one.")(guarded(names_base.add))
names_app.command("allow", short_help="Say that a name is right as it stands.")(guarded(names_base.allow))
names_app.command("import", short_help="Take glossaries into your own base.")(guarded(names_base.import_names))
names_app.command("list", short_help="Show your own names, or the nearest to one.")(guarded(names_base.list_names))
names_app.command("variants", short_help="Every spelling of every name in a folder.")(guarded(names_base.variants))
models_app.command("list", short_help="The known models, and which are here.")(guarded(models.list_models))
models_app.command("pull", short_help="Download models.")(guarded(models.pull))
models_app.command("convert", short_help="Make models ready to run without torch.")(guarded(models.convert))
models_app.command("check", short_help="Are models whole, and do they translate?")(guarded(models.check))


def _print_version(value: bool) -> None:
    if value:
        from importlib.metadata import version

        typer.echo(f"muwazi {version('muwazi')}")
        raise typer.Exit


@app.callback()
def root(
    version: bool = typer.Option(False, "--version", callback=_print_version, is_eager=True, help="Print the version."),
) -> None:
    """Take `--version` before any command; what the tool is stands in `app`'s help."""


def main() -> None:
    """Run the command line: what the console script calls."""
    app()
