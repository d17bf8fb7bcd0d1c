"""The `codepaint` command itself: what all commands share, and their names."""

from __future__ import annotations

import logging
import os
import sys

import click

from codepaint_env.cli.command_files import CommandFiles
from codepaint_env.cli.complaints import OneLine

COMMANDS = CommandFiles(
    "codepaint_env.cli",
    "ablate",
    "bench",
    "check-reward",
    "climb",
    "compare",
    "demo",
    "doctor",
    "judge-check",
    "page",
    "pool",
    "probes",
    "render",
    "rescore",
    "rewards",
    "score",
    "serve",
    "setup",
    "subject",
    "taste",
    "tasks",
)


@click.group(
    cls=OneLine,
    commands=COMMANDS,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(package_name="codepaint-env")
@click.option("-v", "--verbose", is_flag=True, help="Log what happens, such as the time of each phase.")
@click.pass_context
def main(context: click.Context, verbose: bool) -> None:
    """Render programs, score the pictures, and run the environment.

    \b
    Look:      codepaint demo
    One file:  codepaint render sketch.js -o sketch.png
    Trouble:   codepaint doctor
    Whole p5 pages need a browser: codepaint setup, then --path page
    """  # noqa: D301 (click reads \b)
    sys.path.append(os.getcwd())  # where a `module:factory` of the user's lies
    logging.basicConfig(level=logging.INFO if verbose else logging.WARNING, format="codepaint: %(message)s")
    if context.invoked_subcommand is None:
        click.echo(context.get_help())
