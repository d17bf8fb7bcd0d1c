"""Starts Chromium without a network, with fonts of our own and WebGL drawn by SwiftShader."""

from __future__ import annotations

import hashlib
import logging
import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

from codepaint_env.render.browser.chromium import Chromium, network_seal
from codepaint_env.render.browser.process import BrowserProcess
from rewards.errors import MachineError

if TYPE_CHECKING:
    from playwright.async_api import Playwright

log = logging.getLogger("codepaint")

# WebGL on SwiftShader and all other drawing on the CPU is the only fast pair: both --ignore-gpu-blocklist
# and --use-angle=swiftshader move the rest onto it as well, and a sketch takes ten times as long.
# The rest leaves no way out to a machine that cannot give Chromium a network namespace of its own.
FLAGS = (
    "--use-angle=swiftshader-webgl",
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--proxy-server=http://127.0.0.1:9",
    "--proxy-bypass-list=<-loopback>",
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--disable-quic",
    "--site-per-process",
    "--no-pings",
    "--font-render-hinting=none",
    "--force-color-profile=srgb",
    "--lang=en-US",
)
_GL_NAME = """() => {
  const gl = document.createElement('canvas').getContext('webgl2');
  if (!gl) return '';
  const info = gl.getExtension('WEBGL_debug_renderer_info');
  return String(gl.getParameter(info ? info.UNMASKED_RENDERER_WEBGL : gl.RENDERER));
}"""


async def start(playwright: Playwright, chromium: Chromium) -> BrowserProcess:
    """Starts a sealed browser; raises `MachineError` if it does not come up."""
    from playwright.async_api import Error

    sandbox = os.geteuid() != 0
    for attempt in (sandbox, False):
        try:
            browser = await playwright.chromium.launch(**_launch_options(chromium, sandbox=attempt))
            break
        except Error as error:
            reason = str(error).strip().splitlines()[0]
            if not attempt:
                raise MachineError(
                    f"Chromium did not start ({chromium.path}: {reason}); `codepaint doctor` says more."
                ) from error
            log.warning("Chromium's sandbox cannot be used here (%s); pages run without it.", reason)
    session = await browser.new_browser_cdp_session()
    page = await browser.new_page()
    processes = await session.send("SystemInfo.getProcessInfo")
    pid = next(int(entry["id"]) for entry in processes["processInfo"] if entry["type"] == "browser")
    process = BrowserProcess(browser, session, page, pid)
    session.on("Target.targetCrashed", process.on_crash)
    await session.send("Target.setDiscoverTargets", {"discover": True})
    process.gl = await page.evaluate(_GL_NAME)
    await process.mark_quiet()
    return process


def _launch_options(chromium: Chromium, *, sandbox: bool) -> dict[str, Any]:
    environment: dict[str, str | float | bool] = {
        name: value for name, value in os.environ.items() if name in ("PATH", "TMPDIR", "LANG")
    }
    environment["HOME"] = tempfile.gettempdir()
    environment["TZ"] = "UTC"
    if chromium.pinned:
        root = chromium.path.parent
        environment["LD_LIBRARY_PATH"] = str(root / "lib")
        environment["FONTCONFIG_FILE"] = str(_fonts(root / "fontconfig" / "fonts"))
    return {
        "executable_path": str(_sealed_executable(chromium.path)),
        "args": list(FLAGS),
        "env": environment,
        "chromium_sandbox": sandbox,
        "handle_sigint": False,
        "handle_sigterm": False,
        "handle_sighup": False,
    }


def _sealed_executable(path: Path) -> Path:
    """Returns a script that starts the browser without a network, or the browser where that cannot be."""
    seal = network_seal()
    if not seal:
        return path
    return _written("chromium", ".sh", f'#!/bin/sh\nexec {" ".join(seal)} "{path}" "$@"\n')


def _fonts(folder: Path) -> Path:
    """Returns a font configuration that knows the pinned fonts and none of this machine's."""
    cache_folder = Path(tempfile.gettempdir()) / f"codepaint-{os.geteuid()}" / "fonts"
    return _written(
        "fonts",
        ".conf",
        '<?xml version="1.0"?>\n<!DOCTYPE fontconfig SYSTEM "fonts.dtd">\n'
        f"<fontconfig><dir>{escape(str(folder))}</dir><cachedir>{escape(str(cache_folder))}</cachedir></fontconfig>\n",
    )


def _written(name: str, suffix: str, text: str) -> Path:
    """Returns a file of ours with this text, named by its hash so that processes share it."""
    folder = Path(tempfile.gettempdir()) / f"codepaint-{os.geteuid()}"
    folder.mkdir(mode=0o700, exist_ok=True)
    if folder.stat().st_uid != os.geteuid():
        raise MachineError(f"{folder} belongs to another user; remove it or set TMPDIR.")
    path = folder / f"{name}-{hashlib.sha256(text.encode()).hexdigest()[:12]}{suffix}"
    if not path.exists():
        with tempfile.NamedTemporaryFile("w", dir=folder, delete=False) as file:
            file.write(text)
        Path(file.name).chmod(0o700)
        Path(file.name).replace(path)
    return path
