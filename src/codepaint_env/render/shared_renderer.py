"""One renderer for all environments of a process that draw alike."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from typing import Any
from weakref import WeakValueDictionary

from codepaint_env.render.backend import Drawable, spec_of
from codepaint_env.render.places import URL
from codepaint_env.render.renderer import Renderer
from rewards.errors import SpecError
from rewards.forks import ForkSafeLock

# Keywords of `Renderer`; all else is for the backends.
_OWN = ("path", "workers", "backend", "cache", "disk_cache")

_shared: WeakValueDictionary[tuple[int, str], Renderer] = WeakValueDictionary()
_lock = ForkSafeLock()


def shared_renderer(canvas: Drawable, options: Mapping[str, Any]) -> Renderer:
    """Returns the renderer that all environments of this process with these options use.

    It is forgotten once it is closed and nobody holds it any more.

    Args:
        canvas: What kind of programs these are.
        options: Keywords of `Renderer` but for the canvas, and limits and options of the backends by name; JSON-able.
    """
    made_of: Mapping[str, str] = getattr(canvas, "made_of", {})  # a file of the same name may have changed
    try:
        told = [spec_of(canvas), dict(made_of), dict(options), os.environ.get(URL)]
        key = (os.getpid(), json.dumps(told, sort_keys=True))
    except TypeError as error:
        raise SpecError(f"renderer: {dict(options)!r} cannot be written as JSON ({error}).") from None
    own = {name: value for name, value in options.items() if name in _OWN}
    rest = {name: value for name, value in options.items() if name not in _OWN}
    with _lock:
        renderer = _shared.get(key)
        if renderer is None:
            renderer = _shared[key] = Renderer(canvas, options=rest, **own)
        return renderer
