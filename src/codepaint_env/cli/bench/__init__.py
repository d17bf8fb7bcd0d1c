"""`codepaint bench`: rated pairs as a data set on which anybody can score a reward."""

from __future__ import annotations

import click

from codepaint_env.cli.command_files import CommandFiles

COMMANDS = CommandFiles("codepaint_env.cli.bench", "export")


@click.group(commands=COMMANDS, no_args_is_help=False)
def bench() -> None:
    """Export rated pairs, a data set on which anybody can score a reward.

    \b
        codepaint bench export pairs
        python examples/score_pairs.py pairs
    """  # noqa: D301 (click reads \b)
