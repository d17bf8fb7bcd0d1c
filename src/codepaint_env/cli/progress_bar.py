"""Shows on stderr that work goes on: a moving bar on terminals, plain lines in logs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Timer

import click

PATIENCE_S = 2.0

# rich is imported where something is shown, not for `codepaint --help`.


@contextmanager
def step(text: str) -> Iterator[None]:
    """Shows one piece of work: its time on terminals; in logs a line once it takes longer than two seconds."""
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

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
def bar(text: str, *, log_every: int = 1) -> Iterator[Callable[[int, int], None]]:
    """Shows how much is done: a bar on terminals, plain lines in logs.

    Args:
        text: What is being done.
        log_every: How many items a line in a log stands for; the last item always gets one.

    Yields:
        Takes how many items are done, and how many there are in all.
    """
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    console = Console(stderr=True)
    if not console.is_terminal:

        def log(done: int, total: int) -> None:
            if done % log_every == 0 or done == total:
                click.echo(f"{text} {done}/{total} …", err=True)

        yield log
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task(text, total=None)
        yield lambda done, total: progress.update(task, completed=done, total=total)
