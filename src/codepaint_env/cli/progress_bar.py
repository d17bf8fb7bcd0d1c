"""Shows on stderr that work goes on: a moving bar on terminals, plain lines in logs."""

from __future__ import annotations

import time
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
    """Shows how much is done and about how long the rest takes: a bar on terminals, plain lines in logs.

    Args:
        text: What is being done.
        log_every: How many items a line in a log stands for, at least; the last item always gets one.

    Yields:
        Takes how many items are done, and how many there are in all.
    """
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        ProgressColumn,
        TextColumn,
        TimeElapsedColumn,
        TimeRemainingColumn,
    )

    console = Console(stderr=True)
    if not console.is_terminal:
        begun: list[tuple[float, int]] = []  # when, and with how many done
        logged = [-1]  # with how many done there was a line

        def log(done: int, total: int) -> None:
            now = (time.monotonic(), done)
            begun[:] = begun or [now]
            if done // log_every > logged[0] // log_every or done == total:
                logged[0] = done
                left = _left(begun[0], now, total)
                click.echo(f"{text} {done}/{total}{left} …", err=True)

        yield log
        return
    columns: list[ProgressColumn] = [TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn()]
    columns += [TimeElapsedColumn(), TextColumn("left:"), TimeRemainingColumn()]
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task(text, total=None)
        yield lambda done, total: progress.update(task, completed=done, total=total)


def _left(begun: tuple[float, int], now: tuple[float, int], total: int) -> str:
    """Returns `, about 12 min left` by the pace so far; nothing before there is one, and for less than a second."""
    done = now[1] - begun[1]
    if not done or now[1] >= total:
        return ""
    seconds = (now[0] - begun[0]) / done * (total - now[1])
    if seconds < 1:
        return ""
    if seconds >= 3600:
        return f", about {seconds / 3600:.1f} h left"
    return f", about {seconds / 60:.0f} min left" if seconds >= 60 else f", about {seconds:.0f} s left"
