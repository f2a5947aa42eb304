"""The terminal: progress bars, warnings, and expected errors as one red line with an exit code."""

from __future__ import annotations

import functools
import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import typer

from corpora.errors import MuwaziError

if TYPE_CHECKING:
    from rich.progress import Progress as RichProgress
    from rich.progress import ProgressColumn, TaskID

INTERRUPTED = 130
FINISHED_WITH_FAILURES = 3

Command = TypeVar("Command", bound=Callable[..., Any])


def guarded(command: Command) -> Command:
    """A command whose expected errors become one red line and an exit code, and whose bugs say that they are bugs."""

    @functools.wraps(command)
    def run(*args: Any, **kwargs: Any) -> Any:
        try:
            return command(*args, **kwargs)
        except MuwaziError as error:
            if kwargs.get("verbose"):
                raise
            error_line(str(error))
            raise typer.Exit(error.exit_code) from None
        except KeyboardInterrupt:
            error_line("interrupted; nothing half-written was left behind")
            raise typer.Exit(INTERRUPTED) from None
        except BrokenPipeError:
            # The reader of our pipe went away (`| head`): nobody is left to tell. Keep Python from telling at exit.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise typer.Exit(0) from None
        except MemoryError:
            error_line("out of memory – split the article, or lower --jobs")
            raise typer.Exit(1) from None
        except (typer.Exit, typer.Abort):
            raise
        except Exception as error:  # a bug: say so in one line, with the way to see all of it
            if kwargs.get("verbose"):
                raise
            name = type(error).__name__
            error_line(f"a bug in muwazi: {name}: {error} – run again with --verbose and report what it prints")
            raise typer.Exit(1) from None

    return run  # type: ignore[return-value]


def error_line(message: str) -> None:
    """One red line on stderr."""
    typer.secho(f"muwazi: {_one_line(message)}", fg=typer.colors.RED, err=True, color=_colour(sys.stderr))


def warning_line(message: str) -> None:
    """One yellow line on stderr."""
    typer.secho(f"muwazi: {_one_line(message)}", fg=typer.colors.YELLOW, err=True, color=_colour(sys.stderr))


def note(message: str) -> None:
    """One plain line on stderr: what was written, and where."""
    typer.echo(message, err=True)


def _one_line(message: str) -> str:
    return " ".join(message.split())


def _colour(stream: Any) -> bool:
    return stream.isatty() and not os.environ.get("NO_COLOR")


def screen(output: Path | None) -> tuple[int, bool]:
    """Columns, and whether to colour, for text that goes to `output` (None: stdout)."""
    if output is not None or not sys.stdout.isatty():
        return 100, False
    return shutil.get_terminal_size().columns, _colour(sys.stdout)


def _speed_column() -> ProgressColumn:
    """Steps a second; nothing where nobody knows them yet."""
    from rich.progress import ProgressColumn, Task
    from rich.text import Text

    class Speed(ProgressColumn):
        def render(self, task: Task) -> Text:
            return Text(f"{task.speed:,.0f}/s" if task.speed and task.total else "")

    return Speed()


class TerminalProgress:
    """Progress on stderr: a bar where stderr is a terminal, warnings everywhere, nothing at all with `--quiet`."""

    def __init__(self, *, quiet: bool = False) -> None:
        self._quiet = quiet
        self._bar: RichProgress | None = None
        self._task: TaskID | None = None
        self._said: set[str] = set()

    def __enter__(self) -> TerminalProgress:
        if not self._quiet and sys.stderr.isatty():
            from rich.console import Console
            from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

            self._bar = Progress(
                TextColumn("{task.description}"),
                BarColumn(),
                MofNCompleteColumn(),
                _speed_column(),
                TimeRemainingColumn(),
                console=Console(stderr=True),
                transient=True,
            )
            self._bar.start()
        return self

    def __exit__(self, *_: object) -> None:
        if self._bar is not None:
            self._bar.stop()

    def start(self, task: str, total: int | None) -> None:
        """Show a new task in the place of the last one."""
        if self._bar is None:
            return
        if self._task is not None:
            self._bar.remove_task(self._task)
        self._task = self._bar.add_task(task, total=total)

    def advance(self, steps: int = 1) -> None:
        """Move the bar."""
        if self._bar is not None and self._task is not None:
            self._bar.advance(self._task, steps)

    def warn(self, message: str) -> None:
        """A yellow line, once for each message."""
        if not self._quiet and message not in self._said:
            self._said.add(message)
            if self._bar is not None:
                self._bar.console.print(f"muwazi: {_one_line(message)}", style="yellow", markup=False, highlight=False)
            else:
                warning_line(message)


def emit(text: str, output: Path | None) -> None:
    """Write data: to the file (beside it, then renamed), or to stdout as UTF-8 whatever the locale says."""
    if output is None or str(output) == "-":
        sys.stdout.buffer.write(text.encode("utf-8"))
        sys.stdout.buffer.flush()
        return
    from corpora.files import write_atomic

    write_atomic(output, text.encode("utf-8"))
    note(f"wrote {output}")
