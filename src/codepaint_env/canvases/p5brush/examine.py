"""Looks at what draws sketches on this machine: the engine, and whole p5 pages where they are set up."""

from __future__ import annotations

import hashlib
import importlib.util
import subprocess
from collections.abc import Iterator
from dataclasses import replace

from codepaint_env.canvases.canvas import Canvas
from codepaint_env.canvases.examination import Line
from codepaint_env.canvases.p5brush.engine.backend import worker_kind
from codepaint_env.canvases.p5brush.js import script
from codepaint_env.render.backend import Job
from codepaint_env.render.browser import assets
from codepaint_env.render.browser.chromium import describe_seal, find_chromium
from codepaint_env.render.confine import syscalls, walls
from codepaint_env.render.confine.worker_kind import command
from codepaint_env.render.places import LOCAL
from codepaint_env.render.renderer import Renderer
from rewards.errors import CodepaintError, MachineError

CANARY = "ee4e490403298644"
"""First digits of the sha256 of the canary's pixels, by the engine on any machine."""

PAGE_CANARY = "28f8784f82ba6227"
"""The same by the pinned Chromium on Linux x86-64."""


def examine(canvas: Canvas) -> Iterator[Line]:
    """Yields what is found; draws a picture on each path that is set up."""
    yield from _engine(canvas)
    yield from _page(canvas)


def _engine(canvas: Canvas) -> Iterator[Line]:
    renderer = Renderer(canvas, path="engine", workers=1, backend=LOCAL, cache=0)
    try:
        found = renderer.describe()
        yield Line("engine", "ok", f"{found['engine']}, V8 {found['v8']}")
        confined = found["confined"]
        missing = [reason for _, reason in (walls.bubblewrap(), syscalls.seccomp()) if reason]
        yield Line(
            "isolation",
            "note" if missing else "ok",
            f"{walls.level()}: an isolate for each program; its process: {confined}"
            + "".join(f"; {reason}" for reason in missing),
        )
        yield _canary("canary", renderer, CANARY)
    except (CodepaintError, OSError) as error:
        reason = (_last_words() if isinstance(error, MachineError) else "") or str(error)
        yield Line(
            "engine",
            "missing",
            f"{reason.rstrip('.')}. Install codepaint-env again: pip install --force-reinstall",
        )
    finally:
        renderer.close()


def _last_words() -> str:
    """Returns the last line that a drawing process says when it cannot start, or nothing when it can."""
    done = subprocess.run(
        command(worker_kind()),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    return done.stderr.strip().rpartition("\n")[2] if done.returncode else ""


def _page(canvas: Canvas) -> Iterator[Line]:
    """Looks at what paints whole p5 pages; without it the engine paints all the same."""
    if importlib.util.find_spec("playwright") is None:
        mend = "pip install 'codepaint-env[browser]', then `codepaint setup`"
        yield Line("page", "note", f"not set up; only --path page and --path auto need it: {mend}")
        return
    try:
        chromium = find_chromium()
        parts = assets.find()
        assets.check(parts.folder)
    except CodepaintError as error:
        yield Line("page", "note", f"only --path page and --path auto need it: {error}")
        return
    yield Line("page", "ok", f"{parts.folder}, every hash is right")
    renderer = Renderer(canvas, path="page", workers=1, backend=LOCAL, cache=0)
    try:
        found = renderer.describe()
        pinned = "" if chromium.pinned else f", {chromium.path}: unpinned"
        yield Line(
            "page browser", "ok" if chromium.pinned else "note", f"Chromium {found['browser']}{pinned}"
        )
        software = "SwiftShader" in found["gl"]
        yield Line("page isolation", "ok", describe_seal(found["sandboxed"] == "yes"))
        yield Line("page GL", "ok" if software else "note", found["gl"] or "none")
        line = _canary("page canary", renderer, PAGE_CANARY)
        yield line if line.state == "ok" else replace(line, state="note")
    except CodepaintError as error:
        mend = (
            "Set CODEPAINT_CHROMIUM to another browser."
            if chromium.pinned
            else "Correct or unset CODEPAINT_CHROMIUM."
        )
        yield Line("page browser", "note", f"{chromium.path}: {str(error).rstrip('.')}. {mend}")
    finally:
        renderer.close()


def _canary(name: str, renderer: Renderer, expected: str) -> Line:
    """Draws the test picture and compares it with what every machine should draw."""
    [rendering] = renderer.render([Job(script("canary.js"), 1)])
    if rendering.image is None or not rendering.ok:
        return Line(name, "missing", f"the test picture failed: {rendering.kind} {rendering.message}")
    digest = hashlib.sha256(rendering.image.tobytes()).hexdigest()[: len(expected)]
    if digest == expected:
        return Line(name, "ok", f"{digest}, the same picture as everywhere")
    return Line(name, "note", f"{digest}, expected {expected}: pictures differ from other machines' here")
