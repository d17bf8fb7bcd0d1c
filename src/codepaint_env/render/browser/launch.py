"""Starts Chromium without a network: which binary, with which flags, sealed how far."""

from __future__ import annotations

import asyncio
import hashlib
import logging
import os
import shutil
import signal
import subprocess
import tempfile
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

from codepaint_env.render.browser import assets
from rewards.errors import MachineError, MissingPart

if TYPE_CHECKING:
    from playwright.async_api import Browser, CDPSession, Page, Playwright

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
_TICKS = os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 100
_PAGE_SIZE = os.sysconf("SC_PAGE_SIZE") if hasattr(os, "sysconf") else 4096


@dataclass(frozen=True, slots=True)
class Chromium:
    """A browser on this machine.

    Attributes:
        path: Its executable.
        pinned: True for the build that this release was tested with.
    """

    path: Path
    pinned: bool


@dataclass(frozen=True, slots=True)
class Usage:
    """What the processes that work on a program have used.

    Attributes:
        cpu_s: CPU seconds, user and system, of the page's process with all its threads.
        graphics_s: The same of the process that draws WebGL.
        memory_mb: Their resident megabytes.
        working_s: CPU seconds of the threads that run programs and draw, without those that only keep time.
        starved_s: Seconds that these threads were ready to run and got no core.
        runnable: True if one of them runs or waits for a core now.
    """

    cpu_s: float = 0.0
    graphics_s: float = 0.0
    memory_mb: float = 0.0
    working_s: float = 0.0
    starved_s: float = 0.0
    runnable: bool = False

    def __add__(self, other: Usage) -> Usage:
        return Usage(
            self.cpu_s + other.cpu_s,
            self.graphics_s + other.graphics_s,
            self.memory_mb + other.memory_mb,
            self.working_s + other.working_s,
            self.starved_s + other.starved_s,
            self.runnable or other.runnable,
        )


def find_chromium() -> Chromium:
    """Returns `CODEPAINT_CHROMIUM`, the pinned build, Playwright's or the system's, in this order."""
    chosen = os.environ.get("CODEPAINT_CHROMIUM")
    if chosen:
        if not os.access(chosen, os.X_OK):
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


_CHROMES = ("chrome", "headless_shell", "chrome-headless-shell", "Chromium")


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


def describe_seal() -> str:
    """Returns in words how Chromium is kept from the network and the machine."""
    network = (
        "a network namespace of its own" if network_seal() else "no route, resolver or proxy (flags only)"
    )
    sandbox = "off (running as root)" if os.geteuid() == 0 else "on where the kernel allows it"
    return f"network: {network}; Chromium's own sandbox: {sandbox}"


class BrowserProcess:
    """One running Chromium with a sentinel page that shows whether it is alive."""

    def __init__(self, browser: Browser, session: CDPSession, sentinel: Page, pid: int) -> None:
        self.browser = browser
        self.pid = pid
        self.gl = ""
        self._session = session
        self._sentinel = sentinel
        self._quiet: frozenset[int] = frozenset()
        self._crashes: dict[str, asyncio.Future[str]] = {}
        self._processes: dict[int, tuple[str, float]] = {}

    @property
    def version(self) -> str:
        """Chromium's version, such as `153.0.8010.0`."""
        return self.browser.version

    async def mark_quiet(self) -> None:
        """Takes the processes that run now as not belonging to any program."""
        await self._refresh()
        self._quiet = frozenset(pid for pid, (kind, _) in self._processes.items() if kind == "renderer")

    async def usage(self) -> Usage:
        """Measures what the processes of programs have used since they started."""
        await self._refresh()
        total = Usage()
        for pid, (kind, cpu_s) in self._processes.items():
            if (kind == "renderer" and pid not in self._quiet) or kind == "GPU":
                usage = _usage_of(pid, cpu_s)
                total += replace(usage, cpu_s=0.0, graphics_s=usage.cpu_s) if kind == "GPU" else usage
        return total

    def is_alive(self) -> bool:
        """True while the browser process itself runs."""
        return self.browser.is_connected()

    def crash_of(self, target: str) -> asyncio.Future[str]:
        """Returns what will hold the reason, such as `crashed` or `killed`, if the page's process dies."""
        return self._crashes.setdefault(target, asyncio.get_running_loop().create_future())

    def forget(self, target: str) -> None:
        """Stops waiting for a page's process to die."""
        self._crashes.pop(target, None)

    def on_crash(self, event: dict[str, Any]) -> None:
        """Takes Chromium's word that a page's process died."""
        crash = self._crashes.get(str(event["targetId"]))
        if crash is not None and not crash.done():
            crash.set_result(str(event["status"]))

    async def ping(self) -> None:
        """Waits for one answer of the sentinel page."""
        await self._sentinel.evaluate("1")

    def kill(self) -> None:
        """Ends every process of this browser at once."""
        for pid in (*self._processes, self.pid):
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                continue

    async def _refresh(self) -> None:
        answer = await self._session.send("SystemInfo.getProcessInfo")
        self._processes = {
            int(entry["id"]): (str(entry["type"]), float(entry["cpuTime"])) for entry in answer["processInfo"]
        }


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
                raise MachineError(f"Chromium did not start: {reason}") from error
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


def _usage_of(pid: int, cpu_s: float) -> Usage:
    """Reads a process from /proc; elsewhere Chromium's own figure of CPU time has to do."""
    tasks = Path(f"/proc/{pid}/task")
    try:
        fields = _stat(Path(f"/proc/{pid}/stat"))
        # The main thread runs JavaScript and WebGL commands; `Thread<nn>` are SwiftShader's, which draw.
        threads = [path for path in tasks.iterdir() if path.name == str(pid) or _is_drawing(path)]
        cpu_s = (int(fields[11]) + int(fields[12])) / _TICKS
        usage = Usage(cpu_s, memory_mb=int(fields[21]) * _PAGE_SIZE / 2**20)
        for thread in threads:
            ran_ns, waited_ns, _ = (thread / "schedstat").read_text(encoding="ascii").split()
            running = _stat(thread / "stat")[0] == "R"
            usage += Usage(working_s=int(ran_ns) / 1e9, starved_s=int(waited_ns) / 1e9, runnable=running)
        return usage
    except (OSError, ValueError):
        return Usage(cpu_s, working_s=cpu_s)


def _is_drawing(thread: Path) -> bool:
    return (thread / "comm").read_text(encoding="utf-8", errors="replace").startswith("Thread<")


def _stat(path: Path) -> list[str]:
    # The name in parentheses may hold spaces: fields are counted from its end.
    return path.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
