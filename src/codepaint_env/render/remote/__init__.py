"""Drawing by a server: `renderer={"backend": "remote", "url": "http://HOST:8000"}`; the same bytes and keys as here."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from codepaint_env.render.places import OPTIONS
from codepaint_env.render.remote.addresses import Patience, read_addresses

if TYPE_CHECKING:
    from codepaint_env.render.backend import Backend, BackendFactory, Drawable

IN_FLIGHT = 64
"""Requests under way at once where nobody says; no server is asked for more than it has room for."""


def ways_to_draw(
    canvas: Drawable, options: Mapping[str, object]
) -> tuple[Mapping[str, BackendFactory], Mapping[str, object]]:
    """Returns a canvas's ways to draw, each by a server, and the options that are left.

    Args:
        canvas: What kind of programs these are.
        options: `url`, an address or several (a list, or with commas between), else `CODEPAINT_URL` has it;
            `timeout_s`, seconds that a picture may take with all waiting (600); `patience_s`, seconds that are waited
            for servers that do not answer (60); and the limits and options of the ways to draw, as the server has them.

    Raises:
        SpecError: An option is wrong.
    """
    addresses = read_addresses(options.get("url"), os.environ)
    patience = Patience.of(options)
    ways = {
        name: replace(
            factory,
            make=partial(_remote, canvas, name, factory.phases, addresses, patience),
            check=_nothing_is_needed,
            workers=_in_flight,
        )
        for name, factory in canvas.backends().items()
    }
    return ways, {name: value for name, value in options.items() if name not in OPTIONS["remote"]}


def _remote(
    canvas: Drawable,
    name: str,
    phases: tuple[str, ...],
    addresses: tuple[str, ...],
    patience: Patience,
    in_flight: int,
    limits: Any,
    options: Mapping[str, object],
) -> Backend:
    from codepaint_env.render.remote.backend import RemoteBackend
    from codepaint_env.render.remote.wanted import Wanted

    return RemoteBackend(Wanted(canvas, name, limits, options, phases), addresses, patience, in_flight)


def _nothing_is_needed(options: Mapping[str, object]) -> None:
    """Checks nothing: what draws is not on this machine."""


def _in_flight() -> int:
    return IN_FLIGHT
