"""Shows on stderr that work goes on: moving on terminals, in plain lines in logs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Timer

import click
from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    SpinnerColumn,
    TextColumn,
    TimeElapsedColumn,
)

PATIENCE_S = 2.0


@contextmanager
def step(text: str) -> Iterator[None]:
    """Shows what is going on and for how long on terminals, and in logs what takes longer than two seconds."""
    console = Console(stderr=True)
    if console.is_terminal:
        columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
        with Progress(*columns, console=console, transient=True) as progress:
            progress.add_task(text, total=None)
            yield
        return
    late = Timer(PATIENCE_S, click.echo, [f"{text} …"], {"err": True})
    late.start()
    try:
        yield
    finally:
        late.cancel()


@contextmanager
def bar(text: str) -> Iterator[Callable[[int, int], None]]:
    """Shows how much is done: a bar on terminals, a line for each batch in logs."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield lambda done, total: click.echo(f"{text} {done}/{total} …", err=True)
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task(text, total=None)
        yield lambda done, total: progress.update(task, completed=done, total=total)
