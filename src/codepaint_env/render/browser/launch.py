"""Starts Chromium without a network, with fonts of our own and WebGL drawn by SwiftShader."""

from __future__ import annotations

import asyncio
import hashlib
import logging
import os
import tempfile
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol
from xml.sax.saxutils import escape

from codepaint_env.render import scratch
from codepaint_env.render.browser.chromium import Chromium, network_seal
from codepaint_env.render.browser.process import BrowserProcess
from codepaint_env.render.confine.process_table import parent_of
from rewards.errors import MachineError, MissingPart

if TYPE_CHECKING:
    from playwright.async_api import Playwright

log = logging.getLogger("codepaint")

# WebGL on SwiftShader and all other drawing on the CPU is the only fast pair: both --ignore-gpu-blocklist
# and --use-angle=swiftshader move the rest onto it as well, and a sketch takes ten times as long.
# The watchdog would end drawing by the clock on the wall, as if the program had crashed it.
# The rest leaves no way out to a machine that cannot give Chromium a network namespace of its own.
FLAGS = (
    "--use-angle=swiftshader-webgl",
    "--disable-gpu-watchdog",
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
_TURNS = 10  # two would do
_DRAWS = """() => {
  const gl = document.createElement('canvas').getContext('webgl2');
  if (!gl) return '';
  const pixel = new Uint8Array(4);
  gl.clearColor(0, 1, 0, 1);
  gl.clear(gl.COLOR_BUFFER_BIT);
  gl.readPixels(0, 0, 1, 1, gl.RGBA, gl.UNSIGNED_BYTE, pixel);
  if (pixel.join() !== '0,255,0,255') return '';
  const info = gl.getExtension('WEBGL_debug_renderer_info');
  return String(gl.getParameter(info ? info.UNMASKED_RENDERER_WEBGL : gl.RENDERER));
}"""


class _Place:
    """Where new processes put temporary files while at least one driver is being started."""

    def __init__(self) -> None:
        self.guard = threading.Lock()
        self.starting = 0
        self.usual: str | None = None

    def move(self, folder: Path) -> None:
        with self.guard:
            if self.starting == 0:
                self.usual = os.environ.get("TMPDIR")
            self.starting += 1
            os.environ["TMPDIR"] = str(folder)

    def put_back(self) -> None:
        with self.guard:
            self.starting -= 1
            if self.starting == 0:
                os.environ.pop("TMPDIR")
                if self.usual is not None:
                    os.environ["TMPDIR"] = self.usual


_place = _Place()


async def start_driver() -> Playwright:
    """Starts Playwright's own process, which makes its temporary folders in ours.

    It takes no other word for where they go than the environment, which is read in the first turns of the loop.
    """
    from playwright.async_api import async_playwright

    folder = scratch.folder()
    _place.move(folder)
    try:
        starting = asyncio.ensure_future(async_playwright().start())
        for _ in range(_TURNS):
            await asyncio.sleep(0)
    finally:
        _place.put_back()
    return await starting


class Launcher(Protocol):
    """Starts browsers of one kind, with the flags and fonts of what they draw."""

    def check(self) -> None:
        """Raises `MissingPart` if an extra that this takes is not installed."""
        ...

    def errors(self) -> tuple[type[Exception], ...]:
        """Returns what is raised, besides `MachineError`, where a browser fails."""
        ...

    async def open(self) -> None:
        """Starts what starts browsers."""
        ...

    async def start(self, chromium: Chromium) -> BrowserProcess:
        """Starts a browser; raises `MachineError` if it does not come up."""
        ...

    async def close(self) -> None:
        """Ends what `open` started, after all browsers."""
        ...


class PlaywrightLauncher:
    """Starts browsers by Playwright's own process, for p5 pages."""

    def __init__(self) -> None:
        self._playwright: Playwright | None = None

    def check(self) -> None:
        """Raises `MissingPart` if Playwright is not installed."""
        try:
            import playwright.async_api  # noqa: F401
        except ImportError as error:
            raise MissingPart(
                "A whole p5 page needs a browser: pip install 'codepaint-env[browser]', then run "
                "`codepaint setup`. The engine (path 'engine') paints without one."
            ) from error

    def errors(self) -> tuple[type[Exception], ...]:
        """Returns Playwright's error; nothing where it is not installed, for then `check` tells."""
        try:
            from playwright.async_api import Error
        except ImportError:
            return ()
        return (Error,)

    async def open(self) -> None:
        """Starts Playwright's process."""
        self._playwright = await start_driver()

    async def start(self, chromium: Chromium) -> BrowserProcess:
        """Starts a sealed browser that draws WebGL."""
        assert self._playwright is not None
        return await start(self._playwright, chromium)

    async def close(self) -> None:
        """Ends Playwright's process."""
        playwright, self._playwright = self._playwright, None
        if playwright is not None:
            await playwright.stop()


async def start(playwright: Playwright, chromium: Chromium) -> BrowserProcess:
    """Starts a sealed browser; raises `MachineError` if it does not come up."""
    from playwright.async_api import Error

    sandbox = os.geteuid() != 0
    for attempt in (sandbox, False):
        options = _launch_options(chromium, sandbox=attempt)
        try:
            browser = await playwright.chromium.launch(**options)
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
    script = Path(options["executable_path"])
    note = script.with_name(f"{script.name}.{parent_of(pid)}")
    process = BrowserProcess(browser, session, lambda: page.evaluate("1"), pid, note)
    process.sandboxed = attempt
    session.on("Target.targetCrashed", process.on_crash)
    await session.send("Target.setDiscoverTargets", {"discover": True})
    process.gl = await page.evaluate(_DRAWS)
    if not process.gl:
        process.kill()
        raise MachineError(f"{chromium.path} started and draws no WebGL; `codepaint doctor` says more.")
    await process.mark_quiet()
    return process


def _launch_options(chromium: Chromium, *, sandbox: bool) -> dict[str, Any]:
    return {
        "executable_path": str(sealed_executable(chromium.path)),
        "args": list(FLAGS),
        "env": environment(chromium),
        "chromium_sandbox": sandbox,
        "handle_sigint": False,
        "handle_sigterm": False,
        "handle_sighup": False,
    }


def environment(chromium: Chromium, fonts: Path | None = None) -> dict[str, str | float | bool]:
    """Returns the environment of a browser, with nothing in it of this machine's that decides a pixel.

    Args:
        chromium: The browser.
        fonts: A font configuration; None takes one that knows the fonts that come with the pinned build.
    """
    told: dict[str, str | float | bool] = {
        name: value for name, value in os.environ.items() if name in ("PATH", "LANG")
    }
    told["HOME"] = told["TMPDIR"] = str(scratch.folder())
    told["TZ"] = "UTC"
    if chromium.pinned:
        root = chromium.path.parent
        told["LD_LIBRARY_PATH"] = str(root / "lib")
        fonts = fonts or font_configuration(root / "fontconfig" / "fonts")
    if fonts is not None:
        told["FONTCONFIG_FILE"] = str(fonts)
    return told


def sealed_executable(path: Path) -> Path:
    """Returns a script that starts the browser, without a network where that can be, and notes how it ended."""
    return _written(
        "chromium",
        ".sh",
        f'#!/bin/sh\n{" ".join(network_seal())} "{path}" "$@"\necho $? > "$0.$$"\n',
    )


def font_configuration(*folders: Path, rules: str = "") -> Path:
    """Returns a font configuration that knows the fonts in some folders and none of this machine's.

    Args:
        folders: Where the fonts lie.
        rules: Further elements of the configuration, such as `<alias>`.
    """
    known = "".join(f"<dir>{escape(str(folder))}</dir>" for folder in folders)
    return _written(
        "fonts",
        ".conf",
        '<?xml version="1.0"?>\n<!DOCTYPE fontconfig SYSTEM "fonts.dtd">\n'
        f"<fontconfig>{known}{rules}"
        f"<cachedir>{escape(str(scratch.folder() / 'fonts'))}</cachedir></fontconfig>\n",
    )


def _written(name: str, suffix: str, text: str) -> Path:
    """Returns a file of ours with this text."""
    path = scratch.folder() / f"{name}-{hashlib.sha256(text.encode()).hexdigest()[:12]}{suffix}"
    if not path.exists():
        with tempfile.NamedTemporaryFile("w", dir=path.parent, delete=False) as file:
            file.write(text)
        Path(file.name).chmod(0o700)
        Path(file.name).replace(path)
    return path
