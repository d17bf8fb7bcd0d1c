"""Where programs are drawn: by processes of this machine, by a server, or by a Ray cluster."""

from __future__ import annotations

import importlib
import os
from collections.abc import Mapping

from codepaint_env.render.backend import BackendFactory, Drawable
from rewards.errors import SpecError

LOCAL = "local"
URL = "CODEPAINT_URL"
"""The variable that names a server where nobody says where to draw."""

OPTIONS = {"remote": ("url", "timeout_s", "patience_s"), "ray": ("address", "cores_each")}
"""Options of a place, beside those of the ways to draw."""

Ways = tuple[Mapping[str, BackendFactory], Mapping[str, object]]

# Each module has `ways_to_draw(canvas, options)` as below, and is imported where it is asked for.
_PLACES = {"remote": "codepaint_env.render.remote", "ray": "codepaint_env.render.ray_cluster"}


def ways_to_draw(canvas: Drawable, backend: str | None, options: Mapping[str, object]) -> Ways:
    """Returns the ways to draw a canvas at a place, by their local names, and the options that are left.

    Args:
        canvas: What kind of programs these are.
        backend: `local`, `remote` or `ray`; None takes `remote` where `CODEPAINT_URL` is set, else `local`.
        options: Of the place, and of the ways to draw.

    Raises:
        SpecError: There is no such place, or an option of it is wrong.
        MissingPart: What the place takes is not installed.
    """
    if backend is None:
        backend = "remote" if os.environ.get(URL) else LOCAL
    if backend == LOCAL:
        return canvas.backends(), options
    if backend not in _PLACES:
        known = ", ".join(map(repr, (LOCAL, *_PLACES)))
        raise SpecError(f"renderer: backend is {backend!r}; there is {known}.")
    found: Ways = importlib.import_module(_PLACES[backend]).ways_to_draw(canvas, options)
    return found
