"""Options that several commands share, and how their files and rewards are read and checked."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import click

from rewards.errors import SpecError
from rewards.types import DEFAULT_CANVAS

FOLDER = click.Path(path_type=Path, file_okay=False)

path_option = click.option(
    "--path",
    metavar="NAME",
    help="The backend that paints, or 'auto' to try all in turn; default: the canvas's first. Sketches have two: "
    "'engine' needs no browser; 'page' is a p5 page in a sealed Chromium and needs `codepaint setup`.",
)
canvas_option = click.option(
    "--canvas", metavar="NAME", help=f"The kind of program, such as 'svg'; default: {DEFAULT_CANVAS!r}."
)
file_canvas_option = click.option(
    "--canvas",
    metavar="NAME",
    help="The kind of program, such as 'svg'; default: by the ending of the file's name.",
)
no_cache_option = click.option(
    "--no-cache", is_flag=True, help="Paint again: neither read nor write the cache of pictures."
)
step_option = click.option(
    "--step",
    type=click.IntRange(0),
    help="For a reward with ramps: use its numbers at this training step.",
)


def read_spec(text: str, step: int | None = None) -> Any:
    """Reads a reward spec: JSON where it looks like JSON, else a name or an expression.

    Args:
        text: As it was typed.
        step: Of a training, whose numbers take the place of ramps; None leaves them.
    """
    spec: Any = text
    if text.lstrip().startswith("{"):
        try:
            spec = json.loads(text)
        except json.JSONDecodeError as error:
            raise SpecError(
                f"The reward {text!r} is not JSON: {error.msg} at column {error.colno}."
            ) from None
    if step is None:
        return spec
    from rewards import normal_form
    from rewards.mixing.forms import at_step

    return at_step(normal_form(spec), step)


def read_program(path: Path) -> str:
    """Reads a program, or a completion with a program in it."""
    if path.is_dir():
        raise SpecError(f"{str(path)!r} is a folder; name a file with one program.")
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise SpecError(f"There is no file {str(path)!r}.") from None
    except UnicodeDecodeError as error:
        raise SpecError(f"{path} is not UTF-8 text ({error.reason} at byte {error.start}).") from None
    except OSError as error:
        raise SpecError(f"{path} cannot be read: {error.strerror}.") from None


def check_target(target: Path, what: str) -> None:
    """Raises before the work if its result could not be written after it."""
    if target.is_dir():
        raise SpecError(f"{str(target)!r} is a folder; name a file in it for the {what}.")
    if not target.parent.is_dir():
        raise SpecError(f"There is no folder {str(target.parent)!r} for the {what}; make it first.")
    if not os.access(target if target.exists() else target.parent, os.W_OK):
        raise SpecError(f"{str(target)!r} cannot be written here; choose another place for the {what}.")
