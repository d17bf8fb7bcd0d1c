"""`codepaint doctor`: shows what this machine has, what is missing, and how to mend it."""

from __future__ import annotations

import sys

import click

from codepaint_env.cli.complaints import tidy

_STATES = {"ok": ("✓", "green"), "note": ("·", "yellow"), "missing": ("✗", "red")}


@click.command()
@tidy
def doctor() -> None:
    """Show what is missing here and how to mend it.

    The command lists what it finds on this machine, and paints a test picture with everything that can paint. The exit
    code is 1 if a canvas cannot be painted at all:

    \b
        codepaint doctor && codepaint demo
    """  # noqa: D301 (click reads \b)
    from codepaint_env.cli.doctor import machine, painting, servers

    looks = (machine.software(), painting.every_canvas(), servers.named(), machine.surroundings())
    broken = False
    for look in looks:
        for line in look:
            mark, colour = _STATES[line.state]
            click.echo(f"{click.style(mark, fg=colour)} {line.name:<16}{line.text}")
            broken = broken or line.state == "missing"
    click.echo(
        "Not every canvas can be painted here." if broken else "Everything that painting needs is here."
    )
    sys.exit(1 if broken else 0)
