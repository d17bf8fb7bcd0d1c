"""Errors of the command line: one line on stderr, and exit code 2."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

import click

from rewards.errors import CodepaintError

if TYPE_CHECKING:
    from codepaint_env.render.renderer import Renderer
    from rewards.types import Rendering

P = ParamSpec("P")
R = TypeVar("R")


def tidy(command: Callable[P, R]) -> Callable[P, R]:
    """Turns our errors into one line on stderr and exit code 2."""

    @wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return command(*args, **kwargs)
        except BrokenPipeError:  # the reader of a pipe went away; click sees to it
            raise
        except CodepaintError as error:
            complain(str(error))
        except OSError as error:  # a full disk, no permission
            complain(f"{error.filename}: {error.strerror}." if error.filename else str(error))
        sys.exit(2)

    return run


class OneLine(click.Group):
    """Says what is wrong with a command line in one line, as `tidy` does for all other errors."""

    def main(self, *args: Any, **kwargs: Any) -> Any:
        """Runs the command and ends the process."""
        try:
            code = super().main(*args, **(kwargs | {"standalone_mode": False}))
        except click.UsageError as error:
            command = error.ctx.command_path if error.ctx else "codepaint"
            complain(f"{error.format_message()} Try `{command} --help`.")
            code = error.exit_code
        except click.Abort:
            complain("stopped.")
            code = 130
        sys.exit(code if isinstance(code, int) else 0)


def problem_of(rendering: Rendering, renderer: Renderer) -> str:
    """Returns why a program was not painted, with the way out that the command line has."""
    others = len(renderer.canvas.backends()) > len(renderer.chain)
    way_out = " (here: --path auto)" if rendering.kind == "unsupported" and others else ""
    return f"{rendering.kind}: {rendering.message}{way_out}"


def complain(text: str) -> None:
    """Writes one line to stderr."""
    click.echo(f"codepaint: {' '.join(text.split())}", err=True)
