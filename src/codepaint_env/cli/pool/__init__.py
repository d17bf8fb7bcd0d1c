"""`codepaint pool`: makes, rates and verifies a reference pool, a file a subcommand."""

from __future__ import annotations

import click

from codepaint_env.cli.command_files import CommandFiles

COMMANDS = CommandFiles(
    "codepaint_env.cli.pool",
    "export",
    "generate",
    "keep",
    "rate",
    "raters",
    "renew",
    "sheets",
    "stats",
    "verify",
)


@click.group(commands=COMMANDS, no_args_is_help=False)
def pool() -> None:
    """Make, rate and verify a reference pool.

    A reference pool holds the paintings that a judge compares with. You make your own in five steps:

    \b
        codepaint pool generate candidates      paints candidates
        codepaint pool rate candidates          a page on which you rate them
        codepaint pool keep candidates mypool   the best of them become a pool
        codepaint pool stats mypool             what is in it, as a picture
        codepaint pool verify mypool            paints it again and compares

    A reward takes it as rewards.make("pairwise", pool="mypool", ...).
    """  # noqa: D301 (click reads \b)
