"""The engine in a worker process."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from codepaint_env.canvases.p5brush.engine import parts
from codepaint_env.canvases.p5brush.engine.budget import Bounds
from codepaint_env.canvases.p5brush.engine.isolate import guard_memory
from codepaint_env.canvases.p5brush.engine.isolates import SPARES, Engine
from codepaint_env.render.drawn import Drawn


class EngineDrawer:
    """Draws sketches; a `Drawer` of codepaint_env.render.confine.worker."""

    most_spares = SPARES

    def __init__(self) -> None:
        self._engine = Engine()

    @property
    def stuck(self) -> bool:
        """True once an isolate could not be stopped."""
        return self._engine.stuck

    @property
    def spares(self) -> int:
        """How many isolates wait for a program."""
        return self._engine.spares

    def start(self) -> Mapping[str, str]:
        """Starts the drawing isolate; returns V8's version and the fingerprint of the engine's parts."""
        guard_memory()
        return {"v8": self._engine.warm_up(), "engine": parts.fingerprint()}

    async def draw(self, asked: Mapping[str, Any]) -> Drawn:
        """Runs one sketch."""
        bounds = Bounds(**asked["bounds"])
        prelude = asked.get("prelude", "")
        return await self._engine.draw(asked["program"], asked["seed"], asked["frames"], bounds, prelude)

    def prepare(self) -> None:
        """Starts a next program's isolate."""
        self._engine.prepare()
