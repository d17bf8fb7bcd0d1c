"""Hostile SVG documents against a renderer: each beside a sibling, with somebody listening."""

from __future__ import annotations

import contextlib
import hashlib
import json
import socket
from collections.abc import Iterator, Mapping
from typing import Any

from codepaint_env.canvases.svg.canvas import SVG
from codepaint_env.render.backend import Job
from codepaint_env.render.renderer import Renderer
from places import HOSTILE_SVGS
from rewards.types import Rendering

SIBLING = '<svg viewBox="0 0 64 64"><rect width="64" height="64" fill="#9cf"/><circle cx="32" cy="30" r="20" fill="#c34"/></svg>'


def expected() -> dict[str, Mapping[str, Any]]:
    """What comes of each document, by the name of its file."""
    found: dict[str, Mapping[str, Any]] = json.loads(
        (HOSTILE_SVGS / "expected.json").read_text(encoding="utf-8")
    )
    return found


def digest(rendering: Rendering) -> str:
    """A short hash of a picture; `""` where there is none."""
    return "" if rendering.image is None else hashlib.sha256(rendering.image.tobytes()).hexdigest()[:16]


class SvgArena:
    """A renderer with two workers, and a listener that no document may reach."""

    def __init__(self) -> None:
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._listener.setblocking(False)
        self._renderer = Renderer(SVG(), workers=2, cache=0)
        [first] = self._renderer.render([Job(SIBLING, 1)])
        self.sibling = digest(first)

    def meet(self, name: str, wanted: Mapping[str, Any]) -> tuple[str, list[str]]:
        """Draws a document with its sibling beside it; returns what came of it and what was wrong with that."""
        port = str(self._listener.getsockname()[1])
        program = (HOSTILE_SVGS / f"{name}.svg").read_text(encoding="utf-8").replace("{PORT}", port)
        drawn, beside = self._renderer.render([Job(program, 1), Job(SIBLING, 1)])
        kind = "done" if drawn.ok or drawn.kind == "blank" else drawn.kind
        faults = []
        if kind != wanted["outcome"]:
            faults.append(f"ended as {kind}: {drawn.message}")
        if (drawn.kind == "blank") != wanted.get("blank", False):
            faults.append("is blank" if drawn.kind == "blank" else "is not blank")
        if [finding.kind for finding in drawn.findings] != wanted.get("findings", []):
            faults.append(f"has the findings {[finding.kind for finding in drawn.findings]}")
        if digest(beside) != self.sibling:
            faults.append("changed its sibling")
        with contextlib.suppress(BlockingIOError):
            self._listener.accept()
            faults.append("was heard on loopback")
        return f"{drawn.status} {drawn.kind} {digest(drawn)}", faults

    def close(self) -> None:
        """Ends the workers and hangs up."""
        self._renderer.close()
        self._listener.close()


@contextlib.contextmanager
def svg_arena() -> Iterator[SvgArena]:
    """An arena that is closed in the end."""
    arena = SvgArena()
    try:
        yield arena
    finally:
        arena.close()
