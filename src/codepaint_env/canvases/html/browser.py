"""Starts a Chromium whose time and frames are ours to give."""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

from codepaint_env.canvases.html import fonts
from codepaint_env.render import scratch
from codepaint_env.render.browser import assets
from codepaint_env.render.browser.chromium import Chromium, find_chromium
from codepaint_env.render.browser.launch import FLAGS, environment, font_configuration, sealed_executable
from codepaint_env.render.browser.pipe import Pipe
from rewards.errors import MachineError

# Every frame waits for a command, and every stage of a frame is done before the next: a busy machine changes nothing.
# A page with its frames lives in one process, so that all of it is on one clock.
HTML_FLAGS = (
    *(flag for flag in FLAGS if flag != "--site-per-process"),
    "--deterministic-mode",
    "--disable-site-isolation-trials",
    "--disable-features=IsolateOrigins,site-per-process,IsolateSandboxedIframes,OriginKeyedProcessesByDefault,"
    "SpareRendererForSitePerProcess,DialMediaRouteProvider,MediaRouter,OptimizationHints,Translate,"
    "InterestFeedContentSuggestions,CertificateTransparencyComponentUpdater,AutofillServerCommunication,"
    "PaintHolding,LazyFrameLoading,BackForwardCache",
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
    "--js-flags=--random-seed=1",
)


async def start(chromium: Chromium) -> Pipe:
    """Starts a sealed browser with the pinned fonts of pages.

    Raises:
        MachineError: It does not come up.
    """
    home = scratch.folder() / f"profile-{id(object())}"
    command = [
        str(sealed_executable(chromium.path)),
        *HTML_FLAGS,
        "--no-sandbox",
        f"--user-data-dir={home}",
    ]
    told = {name: str(value) for name, value in environment(chromium, page_fonts()).items()}
    pipe = Pipe(command, told)
    pipe.on("disconnected", lambda _: shutil.rmtree(home, ignore_errors=True))
    try:
        pipe.version = str((await pipe.root.send("Browser.getVersion"))["product"]).partition("/")[2]
    except MachineError as error:
        raise MachineError(
            f"Chromium did not start ({chromium.path}); `codepaint doctor` says more."
        ) from error
    return pipe


def page_fonts() -> Path:
    """Returns the font configuration of pages."""
    return font_configuration(assets.find().fonts, rules=fonts.rules())


@contextlib.asynccontextmanager
async def browser() -> AsyncIterator[Pipe]:
    """Runs one browser for as long as the context lasts: for tools and tests."""
    scratch.hold()
    try:
        chromium = find_chromium()
        if chromium.pinned:
            assets.find()
        pipe = await start(chromium)
        try:
            yield pipe
        finally:
            await pipe.close()
    finally:
        scratch.release()
