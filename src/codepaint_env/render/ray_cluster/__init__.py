"""`backend="ray"`: programs are drawn by actors of a Ray cluster, each of which owns a fleet as a machine does."""

from __future__ import annotations

import os
import pickle
from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from importlib.util import find_spec
from typing import Any

from codepaint_env.render.backend import Backend, BackendFactory, Drawable
from codepaint_env.render.places import OPTIONS
from codepaint_env.render.ray_cluster.backend import RayBackend
from codepaint_env.render.ray_cluster.crew import Crew
from codepaint_env.render.ray_cluster.employer import ALL, ClusterEmployer, Place
from codepaint_env.render.ray_cluster.messages import Way
from rewards.errors import MissingPart, SpecError


def ways_to_draw(
    canvas: Drawable, options: Mapping[str, Any]
) -> tuple[Mapping[str, BackendFactory], Mapping[str, object]]:
    """Returns the canvas's own ways to draw, drawn by a cluster, and the options that are not of the cluster.

    Names, limits and options stay, so that a rendering has the identity that it has everywhere.

    Args:
        canvas: What kind of programs these are; the actors get it pickled.
        options: `address` and `cores_each`, as `Place` takes them, and those of the ways to draw.

    Raises:
        SpecError: An option is wrong, or the canvas cannot be pickled.
        MissingPart: Ray is not installed.
    """
    place = Place(**{name: options[name] for name in OPTIONS["ray"] if name in options})
    if find_spec("ray") is None:
        raise MissingPart(
            "backend='ray' needs Ray: pip install 'codepaint-env[ray]', here and on every node."
        )
    try:
        pickle.dumps(canvas)
    except Exception as error:  # whatever an object raises when pickled, the way out is the same
        raise SpecError(
            f"renderer: backend is 'ray', and the canvas {canvas.name!r} cannot be sent to its actors ({error}); make "
            "it of a class at the top of a module that every node has, without open files, locks or lambdas."
        ) from error
    crews = _Crews(canvas, place)
    factories = {
        name: replace(factory, make=partial(crews.backend, name), check=lambda _: None, workers=lambda: ALL)
        for name, factory in canvas.backends().items()
    }
    return factories, {name: value for name, value in options.items() if name not in OPTIONS["ray"]}


class _Crews:
    """One crew for all ways of a renderer, which draw in turns on the same cores; a new one for each of its lives."""

    def __init__(self, canvas: Drawable, place: Place) -> None:
        self._canvas, self._place = canvas, place
        self._crew: Crew | None = None

    def backend(self, name: str, workers: int, limits: Any, options: Mapping[str, object]) -> Backend:
        """Makes a backend; starts nothing."""
        crew = self._crew
        if crew is None or crew.closed or crew.pid != os.getpid() or name in crew:
            crew = self._crew = Crew(ClusterEmployer(self._canvas, self._place, workers))
        return RayBackend(crew, Way(name, limits, options))
