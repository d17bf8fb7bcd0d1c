"""Starts a Chromium whose time and frames are ours to give."""

from __future__ import annotations

import contextlib
import logging
import os
import shutil
import tempfile
from collections.abc import AsyncIterator
from pathlib import Path

from codepaint_env.canvases.html import fonts
from codepaint_env.render import scratch
from codepaint_env.render.browser import assets
from codepaint_env.render.browser.chromium import Chromium, find_chromium
from codepaint_env.render.browser.launch import FLAGS, environment, font_configuration, sealed_executable
from codepaint_env.render.browser.pipe import Pipe
from codepaint_env.render.browser.process import BrowserProcess
from codepaint_env.render.confine.process_table import parent_of
from rewards.errors import MachineError

log = logging.getLogger("codepaint")

# Every frame waits for a command, and every stage of a frame is done before the next: a busy machine changes nothing.
# A page with its frames lives in one process, so that all of it is on one clock. Timers do not wait after a press, as
# they would in one arm of a trial alone; and no tile is drawn in part on an older one, which may be there or not.
HTML_FLAGS = (
    *(flag for flag in FLAGS if flag != "--site-per-process"),
    "--deterministic-mode",
    "--disable-site-isolation-trials",
    "--disable-features=IsolateOrigins,site-per-process,IsolateSandboxedIframes,OriginKeyedProcessesByDefault,"
    "SpareRendererForSitePerProcess,DialMediaRouteProvider,MediaRouter,OptimizationHints,Translate,"
    "InterestFeedContentSuggestions,CertificateTransparencyComponentUpdater,AutofillServerCommunication,"
    "PaintHolding,LazyFrameLoading,BackForwardCache,DeferRendererTasksAfterInput",
    "--disable-blink-features=AutomationControlled",
    "--blink-settings=primaryHoverType=2,availableHoverTypes=2,primaryPointerType=4,availablePointerTypes=4",
    "--disable-field-trial-config",
    "--disable-background-networking",
    "--disable-background-timer-throttling",
    "--disable-backgrounding-occluded-windows",
    "--disable-back-forward-cache",
    "--disable-breakpad",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-dev-shm-usage",
    "--disable-extensions",
    "--disable-hang-monitor",
    "--disable-ipc-flooding-protection",
    "--disable-partial-raster",
    "--disable-prompt-on-repost",
    "--disable-renderer-backgrounding",
    "--disable-sync",
    "--enable-unsafe-swiftshader",
    "--metrics-recording-only",
    "--no-first-run",
    "--password-store=basic",
    "--use-mock-keychain",
    "--hide-scrollbars",
    "--mute-audio",
    "--headless",
    "--no-startup-window",
    "--remote-debugging-pipe",
    "--js-flags=--random-seed=1 --predictable",
)


class PipeLauncher:
    """Starts browsers for web pages; takes nothing but Chromium itself."""

    def check(self) -> None:
        """Finds nothing missing."""

    def errors(self) -> tuple[type[Exception], ...]:
        """Returns nothing: a browser that fails raises `MachineError`."""
        return ()

    async def open(self) -> None:
        """Does nothing."""

    async def start(self, chromium: Chromium) -> BrowserProcess:
        """Starts a sealed browser with the pinned fonts of pages; raises `MachineError` if it does not come up."""
        sandbox = os.geteuid() != 0
        try:
            process = await _start(chromium, sandbox=sandbox)
        except MachineError:
            if not sandbox:
                raise
            log.warning("Chromium's sandbox cannot be used here; pages run without it.")
            sandbox, process = False, await _start(chromium, sandbox=False)
        process.sandboxed = sandbox
        return process

    async def close(self) -> None:
        """Does nothing."""


async def _start(chromium: Chromium, *, sandbox: bool) -> BrowserProcess:
    home = tempfile.mkdtemp(prefix="profile-", dir=scratch.folder())
    script = sealed_executable(chromium.path)
    command = [str(script), *HTML_FLAGS, *([] if sandbox else ["--no-sandbox"]), f"--user-data-dir={home}"]
    told = {name: str(value) for name, value in environment(chromium, page_fonts()).items()}
    pipe = Pipe(command, told)
    pipe.on("disconnected", lambda _: shutil.rmtree(home, ignore_errors=True))
    send = pipe.root.send
    try:
        pipe.version = str((await send("Browser.getVersion"))["product"]).partition("/")[2]
        await send("Target.setDiscoverTargets", {"discover": True})
        processes = (await send("SystemInfo.getProcessInfo"))["processInfo"]
    except MachineError as error:
        await pipe.close()
        raise MachineError(
            f"Chromium did not start ({chromium.path}); `codepaint doctor` says more."
        ) from error
    pid = next(int(entry["id"]) for entry in processes if entry["type"] == "browser")
    note = script.with_name(f"{script.name}.{parent_of(pid)}")
    process = BrowserProcess(pipe, pipe.root, lambda: send("Browser.getVersion"), pid, note)
    await process.mark_quiet()
    return process


def page_fonts() -> Path:
    """Returns the font configuration of pages."""
    return font_configuration(assets.find().fonts, rules=fonts.rules())


@contextlib.asynccontextmanager
async def browser() -> AsyncIterator[Pipe]:
    """Runs one browser for as long as the context lasts: for tools and tests."""
    scratch.hold()
    try:
        process = await PipeLauncher().start(find_chromium())
        assert isinstance(process.browser, Pipe)
        try:
            yield process.browser
        finally:
            await process.browser.close()
            process.note.unlink(missing_ok=True)
    finally:
        scratch.release()
