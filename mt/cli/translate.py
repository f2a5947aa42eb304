"""`muwazi translate`: articles in any format the readers know, into one or several languages."""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from io import BytesIO
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from corpora.errors import ModelError, MuwaziError, OutputError, UsageError
from mt.cli import options
from mt.cli.console import FINISHED_WITH_FAILURES, TerminalProgress, error_line, note, warning_line

if TYPE_CHECKING:
    from pathlib import Path

    from corpora.progress import Progress
    from corpora.store import Store
    from mt.config import Settings
    from mt.documents.files import Task
    from mt.documents.segment import Document
    from mt.documents.translation import TranslatedDocument, TranslatedSegment
    from mt.imported import ImportedMemory
    from mt.keep_names import NameKeeper

Format = Literal["same", "jsonl", "md", "html", "tmx", "xliff"]
InputFormat = Literal["text", "markdown", "html", "jsonl", "tmx", "xliff"]
_SHOWN = 20
_EXCERPT = 70


def translate(
    inputs: Annotated[list[str], typer.Argument(help="Files, folders, patterns, or -.")],
    to: Annotated[str, typer.Option("--to", help="Target language, or several: fr,en.")],
    source_lang: Annotated[
        str | None, typer.Option("--from", help="Language of the text (default: declared or detected, file by file).")
    ] = None,
    from_format: Annotated[
        InputFormat | None,
        typer.Option("--from-format", help="Format of the input (default: by its name, or content)."),
    ] = None,
    model: options.Model = None,
    engine: options.Engine = None,
    fast: Annotated[bool, typer.Option("--fast", help="Take the smaller default model.")] = False,
    output: Annotated[
        str | None,
        typer.Option("--output", "-o", help="A file, a folder, or - (default: NAME.LANG.EXT beside each input)."),
    ] = None,
    format: Annotated[
        Format, typer.Option("--format", help="same: the input's format; the others hold both languages side by side.")
    ] = "same",
    glossary: Annotated[
        str | None, typer.Option("--glossary", help="TSV, CSV or TBX: terms and their translations; the last word.")
    ] = None,
    memory: Annotated[
        list[str] | None,
        typer.Option("--memory", help="Earlier translations (TMX, TSV, XLIFF): taken where the sentence is the same."),
    ] = None,
    names: Annotated[bool, typer.Option("--names/--no-names", help="Put the names right in the output.")] = True,
    unchecked: Annotated[
        bool, typer.Option("--unchecked", help="Use the model even if it fails the health check.")
    ] = False,
    force: options.Force = False,
    config: options.Config = None,
    cache_dir: options.CacheDir = None,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
) -> None:
    """Translate articles with an open model, their structure and their names kept.

    A killed run goes on where it was: every sentence is remembered. With --memory, what a person translated before is
    taken word for word; translations of similar sentences are shown (--format jsonl, html, md) and not used.

    \b
    Examples:
      muwazi translate story.md --to ar
      muwazi translate news/ --to fr,en -o translated/ --glossary house.tsv
      cat story.txt | muwazi translate - --from en --to ar > story.ar.txt
      muwazi translate page.html --to fr --format html -o side-by-side.html
    """
    from corpora.language import parse
    from mt.config import load_settings
    from mt.documents import files
    from mt.imported import ImportedMemory
    from mt.pipeline import open_store

    settings = load_settings(config, model=model, engine=engine, fast=fast or None)
    targets = list(dict.fromkeys(parse(code) for code in to.split(",") if code.strip()))
    if not targets:
        raise UsageError("no target language", cure="name one: --to ar")
    chosen = files.inputs(inputs)
    planned = files.tasks(chosen, targets, output=output, format=format)
    with TerminalProgress(quiet=quiet) as progress, open_store(cache_dir, progress) as store:
        run = _Run(settings, _keeper(glossary, settings) if names or glossary else None, store, progress, format)
        run.unchecked, run.quiet, run.memory = unchecked, quiet, ImportedMemory(memory) if memory else None
        todo = run.free(planned, force=force)
        read = run.read(todo, source_lang, from_format)
        for target in targets:
            run.translate(
                [(task, one) for task, one in read if task.target_lang == target], named_output=output is not None
            )
    if not quiet:
        run.report()
    if run.failures or run.flagged:
        raise typer.Exit(FINISHED_WITH_FAILURES if run.done or run.passed else run.failures[0].exit_code)


def _keeper(glossary: str | None, settings: Settings) -> NameKeeper:
    from mt.glossary import read_glossary
    from mt.keep_names import NameKeeper
    from mt.pipeline import knowledge

    terms = read_glossary(glossary) if glossary else None
    return NameKeeper(knowledge=knowledge(), glossary=terms, settings=settings.names)


@dataclass
class _Run:
    """What one call of the command does and what came of it."""

    settings: Settings
    names: NameKeeper | None
    store: Store
    progress: Progress
    format: Format
    unchecked: bool = False
    quiet: bool = False
    memory: ImportedMemory | None = None
    done: list[TranslatedDocument] = field(default_factory=list)
    passed: list[str] = field(default_factory=list)
    failures: list[MuwaziError] = field(default_factory=list)
    started: float = field(default_factory=time.monotonic)

    @property
    def flagged(self) -> list[tuple[TranslatedDocument, TranslatedSegment]]:
        return [(document, segment) for document in self.done for segment in document.flagged]

    def free(self, planned: Sequence[Task], *, force: bool) -> list[Task]:
        """The tasks whose output is not there yet; with --force all."""
        free = []
        for task in planned:
            if task.output is not None and task.output.exists() and not force:
                self._failed(
                    OutputError("this is there already", where=str(task.output), cure="--force overwrites it"),
                    alone=len(planned) == 1,
                )
            else:
                free.append(task)
        return free

    def read(self, todo: Sequence[Task], lang: str | None, format: InputFormat | None) -> list[tuple[Task, Document]]:
        """The documents that can be read; one that cannot is said, and the others go on."""
        from mt.documents.base import read_document

        piped = sys.stdin.buffer.read() if any(task.path == "-" for task in todo) else b""
        read: list[tuple[Task, Document]] = []
        broken: set[str] = set()
        for task in todo:
            if task.path in broken:
                continue
            try:
                document = read_document(task.path, to=task.target_lang, lang=lang, format=format, stdin=BytesIO(piped))
                read.append((task, document))
            except MuwaziError as error:
                broken.add(task.path)
                self._failed(error, alone=len({task.path for task in todo}) == 1)
        return read

    def translate(self, read: Sequence[tuple[Task, Document]], *, named_output: bool) -> None:
        """Translate into one language, the documents of one source language as one batch, and write each."""
        from mt.documents.translation import is_translated_already

        groups: dict[tuple[str, ...], list[tuple[Task, Document]]] = {}
        for task, document in read:
            in_target = set(document.langs) <= {task.target_lang} and is_translated_already(document, task.target_lang)
            if in_target and not (named_output or task.output is None):
                self.passed.append(task.path)
                self.progress.warn(
                    f"{task.path}: already in the target language ({task.target_lang}); nothing is written"
                )
                continue
            groups.setdefault(document.langs, []).append((task, document))
        for langs, group in groups.items():
            try:
                translated = self._translated(langs, group)
            except ModelError as error:
                self._failed(error, alone=len(groups) == 1 and not self.done)
                continue
            for (task, _), done in zip(group, translated, strict=True):
                self._write(task, done)

    def report(self) -> None:
        """What a person should know, on stderr."""
        seconds = time.monotonic() - self.started
        segments = [segment for document in self.done for segment in document.segments]
        fresh = [segment for segment in segments if segment.left is None and segment.origin == "model"]
        words = sum(len(segment.source.split()) for segment in fresh)
        if words:
            files = "1 file" if len(self.done) == 1 else f"{len(self.done)} files"
            rate = f"{words / seconds:,.0f} words/s, all included"
            note(f"translated {words:,} words of {files} in {seconds:.1f} s ({rate})")
        self._report_memory(segments)
        self._report_left(segments)
        self._report_names(segments)
        flagged = [segment for _, segment in self.flagged]
        for segment in flagged[:_SHOWN]:
            said = ", ".join(flag.replace("_", " ") for flag in segment.flags)
            where = f"{segment.place}:{segment.line}"
            warning_line(f"{where}: {said}: {_excerpt(segment.source)} → {_excerpt(segment.text)}")
        if len(flagged) > _SHOWN:
            warning_line(f"… and {len(flagged) - _SHOWN} more flagged sentences; --format jsonl has them all")

    def _report_memory(self, segments: Sequence[TranslatedSegment]) -> None:
        same = sum(segment.origin == "memory" for segment in segments)
        alike = sum(segment.offer is not None for segment in segments)
        if self.memory is not None:
            shown = " (--format jsonl, html or md shows them)" if alike and self.format == "same" else ""
            note(f"sentences in the memory: {same} taken word for word, {alike} like one of it{shown}")

    def _report_left(self, segments: Sequence[TranslatedSegment]) -> None:
        from mt.documents.foreign import REASONS

        counts = Counter(segment.left for segment in segments)
        for reason, said in REASONS.items():
            if counts[reason] and reason != "no_text":
                first = next(segment for segment in segments if segment.left == reason)
                sentences = "1 sentence" if counts[reason] == 1 else f"{counts[reason]} sentences"
                example = f"{first.place}:{first.line}: {_excerpt(first.source)}"
                warning_line(f"left as they are, {said}: {sentences} ({example})")

    def _report_names(self, segments: Sequence[TranslatedSegment]) -> None:
        touched = [(segment, touch) for segment in segments for touch in segment.names]
        for segment, touch in touched[:_SHOWN]:
            change = f"{touch.before or '(left out)'} → {touch.after or '(another wording)'}"
            note(f"{segment.place}:{segment.line}: name by {touch.how}: {change} – {touch.reason}")
        if len(touched) > _SHOWN:
            note(f"… and {len(touched) - _SHOWN} more names; --format jsonl has them all")

    def _translated(self, langs: Sequence[str], group: Sequence[tuple[Task, Document]]) -> list[TranslatedDocument]:
        from mt.documents.translation import translate_documents
        from mt.first_use import require_health

        target = group[0][0].target_lang
        settings = self.settings.translation
        for lang in langs:
            if lang != target and not self.unchecked:
                require_health(lang, target, settings=settings, store=self.store, progress=self.progress)
        translated = translate_documents(
            [document for _, document in group],
            target,
            settings=settings,
            names=self.names,
            memory=self.memory,
            store=self.store,
            progress=self.progress,
        )
        self.done += translated
        return translated

    def _write(self, task: Task, done: TranslatedDocument) -> None:
        data = self._data(done)
        if task.output is None:
            sys.stdout.buffer.write(data)
            sys.stdout.buffer.flush()
            return
        try:
            _write_file(task.output, data)
        except MuwaziError as error:
            self._failed(error, alone=False)
            return
        if not self.quiet:
            note(f"wrote {task.output}")

    def _data(self, done: TranslatedDocument) -> bytes:
        if self.format == "same":
            return done.data
        from mt.documents.bilingual import render

        return render(self.format, done).encode("utf-8")

    def _failed(self, error: MuwaziError, *, alone: bool) -> None:
        if alone:
            raise error
        self.failures.append(error)
        error_line(str(error))


def _write_file(path: Path, data: bytes) -> None:
    from corpora.files import write_atomic

    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(
            f"the folder cannot be made ({error.strerror})", where=str(path.parent), cure="choose another place"
        ) from error
    write_atomic(path, data)


def _excerpt(text: str) -> str:
    return text if len(text) <= _EXCERPT else text[: _EXCERPT - 1] + "…"
