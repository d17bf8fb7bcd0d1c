"""Looks at the servers that `CODEPAINT_URL` names: what each draws, and whether it draws a sample."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator

import numpy as np

from codepaint_env import canvases
from codepaint_env.canvases.examination import Line
from codepaint_env.render.backend import Job
from codepaint_env.render.places import URL
from codepaint_env.render.remote.addresses import read_addresses, read_token
from codepaint_env.render.remote.wire import AboutRecord
from codepaint_env.render.renderer import Renderer
from rewards import loop_thread
from rewards.errors import CodepaintError

PATIENCE_S = 5.0


def named() -> Iterator[Line]:
    """Yields a line for each server, and none where the variable is not set."""
    if not os.environ.get(URL):
        return
    try:
        addresses = read_addresses(None, os.environ)
    except CodepaintError as error:
        yield Line("server", "missing", str(error))
        return
    for address in addresses:
        try:
            yield Line("server", "ok", _looked_at(address))
        except CodepaintError as error:
            told = f"{address}: {str(error).rstrip('.')}. Start it with `codepaint serve`, or correct {URL}."
            yield Line("server", "missing", told)


def _looked_at(address: str) -> str:
    about = loop_thread.run(_about(address))
    canvas = canvases.get(about.spec)
    path, told = next(iter(about.paths.items()))
    options = {"url": address, "patience_s": PATIENCE_S, **told.limits, **told.options}
    renderer = Renderer(canvas, path=path, backend="remote", cache=0, options=options)
    try:
        renderer.describe()  # what draws may have to start
        began = time.perf_counter()
        [drawn] = renderer.render([Job(canvas.sample(np.random.default_rng()), 1)])  # that no cache knows
        seconds = time.perf_counter() - began
    finally:
        renderer.close()
    if not drawn.ok:
        raise CodepaintError(f"its sample was not painted: {drawn.kind}: {drawn.message}")
    reward = f", scores with {about.reward}" if about.reward else ""
    return (
        f"{address}: codepaint {about.version}, {about.spec}, {about.workers} programs at once{reward}; a sample took "
        f"{1000 * seconds:.0f} ms"
    )


async def _about(address: str) -> AboutRecord:
    from codepaint_env.render.remote.connection import Connection

    connection = Connection(address, read_token(os.environ))
    try:
        return await connection.about(timeout_s=PATIENCE_S)
    finally:
        connection.close()
