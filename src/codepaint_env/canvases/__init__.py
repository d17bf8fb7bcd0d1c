"""Finds canvases by name. A canvas is a kind of program that paints; like a reward, it is an entry point."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rewards.errors import CodepaintError, SpecError, UnknownName
from rewards.lookup import guess
from rewards.spec import normal_form
from rewards.types import DEFAULT_CANVAS

if TYPE_CHECKING:
    from codepaint_env.canvases.canvas import Canvas

GROUP = "codepaint.canvases"
"""Entry points of this group are canvases. The name of one is the stem of its environment's id, as in
`SVG = "codepaint_env.canvases.svg.canvas:SVG"` for `codepaint/SVG-v0`; the canvas has the same name in lower case."""

__all__ = ["DEFAULT_CANVAS", "GROUP", "available", "env_ids", "get", "of_file"]


def available() -> list[str]:
    """Returns the names that `get` knows, the default first."""
    return sorted(_entries(), key=lambda name: (name != DEFAULT_CANVAS, name))


def env_ids() -> dict[str, str]:
    """Returns the id of each canvas's environment, by the name of the canvas; loads no canvas."""
    return {name: f"codepaint/{entry.name}-v0" for name, entry in _entries().items()}


def get(spec: str) -> Canvas:
    """Makes a canvas from its name, or from a name with parameters as in a reward's spec: `p5brush(prelude='garden')`.

    Raises:
        UnknownName: No canvas has this name.
        SpecError: The canvas cannot be loaded, is no `Canvas`, or has no such parameter.
    """
    from codepaint_env.canvases.canvas import Canvas

    name, parameters = _parted(spec)
    entry = _entries().get(name) if isinstance(name, str) else None
    if entry is None:
        hint = guess(name, available()) if isinstance(name, str) else ""
        raise UnknownName(
            f"No canvas is called {name!r}.{hint or ' There is ' + ', '.join(map(repr, available())) + '.'}"
        )
    whence = (
        f"The canvas {name!r} ({entry.value} of {entry.dist.name if entry.dist else 'an unknown package'})"
    )
    try:
        kind = entry.load()
        _check_parameters(kind, name, parameters)
        made = kind(**parameters)
    except CodepaintError:
        raise
    except Exception as error:  # a plugin may raise anything; who installed it must learn which one
        raise SpecError(f"{whence} cannot be made: {type(error).__name__}: {error}") from error
    if not isinstance(made, Canvas):
        lacking = [part for part in dir(Canvas) if not part.startswith("_") and not hasattr(made, part)]
        raise SpecError(f"{whence} lacks {', '.join(lacking)}; see codepaint_env.canvases.canvas.Canvas.")
    wrong = [told for told, right in ((made.name, name), (made.env_id, env_ids()[name])) if told != right]
    if wrong:
        raise SpecError(
            f"{whence} says {wrong[0]!r} of itself; its entry point makes it {env_ids()[name]!r}."
        )
    return made


def _parted(spec: str) -> tuple[str, dict[str, Any]]:
    """Returns the name and the parameters of a spec."""
    if not isinstance(spec, str) or "(" not in spec:
        return spec, {}
    form = normal_form(spec, modules=False)
    if "name" not in form:
        raise SpecError(f"The canvas {spec!r} is not understood; write a name, or name(parameter=value).")
    return form["name"], {key: value for key, value in form.items() if key != "name"}


def _check_parameters(kind: Callable[..., object], name: str, parameters: Mapping[str, object]) -> None:
    if not parameters:
        return
    known = list(inspect.signature(kind).parameters)
    for given in parameters:
        if given not in known:
            told = f"it takes {', '.join(known)}" if known else "it takes none"
            raise SpecError(f"The canvas {name!r} has no parameter {given!r}; {told}.")


def of_file(path: Path) -> str:
    """Returns the name of the canvas that has this ending for its files; the default canvas if none has."""
    for name in available():
        if get(name).suffix == path.suffix.lower():
            return name
    return DEFAULT_CANVAS


@cache
def _entries() -> dict[str, metadata.EntryPoint]:
    found: dict[str, metadata.EntryPoint] = {}
    for entry in metadata.entry_points(group=GROUP):
        other = found.setdefault(entry.name.lower(), entry)
        if other.value != entry.value:
            raise SpecError(
                f"Two packages bring a canvas {entry.name.lower()!r}: {other.value} and {entry.value}; uninstall one."
            )
    return found
