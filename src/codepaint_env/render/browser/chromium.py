"""Which Chromium draws, and how far it can be kept from the network on this machine."""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from codepaint_env.render.browser import assets
from rewards.errors import MissingPart

_CHROMES = ("chrome", "headless_shell", "chrome-headless-shell", "Chromium")


@dataclass(frozen=True, slots=True)
class Chromium:
    """A browser on this machine.

    Attributes:
        path: Its executable.
        pinned: True for the build that this release was tested with.
    """

    path: Path
    pinned: bool


def find_chromium() -> Chromium:
    """Returns `CODEPAINT_CHROMIUM`, the pinned build, Playwright's or the system's, in this order."""
    chosen = os.environ.get("CODEPAINT_CHROMIUM")
    if chosen:
        if not os.path.isfile(chosen) or not os.access(chosen, os.X_OK):
            raise MissingPart(
                f"CODEPAINT_CHROMIUM is {chosen!r}, which cannot be executed; correct or unset it."
            )
        return Chromium(Path(chosen), pinned=False)
    if assets.is_supported():
        return Chromium(assets.find().chrome, pinned=True)
    # Debian's /usr/bin/chromium is a wrapper whose flags slow WebGL down: the real binary comes first.
    names = ("/usr/lib/chromium/chromium", "chromium", "chromium-browser", "google-chrome")
    for path in (*_playwright_builds(), *(shutil.which(name) for name in names)):
        if path:
            return Chromium(Path(path), pinned=False)
    raise MissingPart(
        "No usable browser was found: the pinned Chromium runs on Linux x86-64 only. "
        "Install Chromium, or set CODEPAINT_CHROMIUM to one."
    )


def _playwright_builds() -> list[str]:
    cache_folder = Path(os.environ.get("PLAYWRIGHT_BROWSERS_PATH") or Path.home() / ".cache/ms-playwright")
    return [str(path) for path in sorted(cache_folder.glob("chromium*/chrome-*/*")) if path.name in _CHROMES]


@cache
def network_seal() -> tuple[str, ...]:
    """Returns the command that gives a program no network, or nothing where the machine does not allow it."""
    unshare = shutil.which("unshare")
    if unshare is None:
        return ()
    as_user = () if os.geteuid() == 0 else ("--user", "--map-current-user")
    command = (unshare, *as_user, "--net", "--")
    try:
        done = subprocess.run([*command, "true"], capture_output=True, timeout=20, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return ()
    return command if done.returncode == 0 else ()


def describe_seal(sandboxed: bool) -> str:
    """Returns in words how Chromium is kept from the network, and whether its own sandbox is on."""
    kept = "a network namespace of its own" if network_seal() else "no route, resolver or proxy (flags only)"
    why = "running as root" if os.geteuid() == 0 else "the kernel does not allow it"
    return f"network: {kept}; Chromium's own sandbox: {'on' if sandboxed else f'off ({why})'}"
