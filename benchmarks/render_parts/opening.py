"""Starts the ways that are measured."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from codepaint_env.cli.progress_bar import step
from render_parts.browsers import Pages, PlaywrightPages, Puppeteer, install_puppeteer
from render_parts.chart import label
from render_parts.cpu import ProcessTree
from render_parts.figures import family
from render_parts.ways import OurRenderer, Program, Way, WayFailed
from rewards.errors import MachineError, MissingPart, SpecError


def open_ways(
    names: Sequence[str], programs: Mapping[str, Sequence[Program]], stack: ExitStack, tree: ProcessTree
) -> tuple[list[Way], dict[str, str]]:
    """Starts the ways and has each draw something uncounted; those that are not there are named with the reason."""
    makers = _makers(stack, tree)
    warm_up = [found[0] for found in programs.values()]
    ways: list[Way] = []
    missing: dict[str, str] = {}
    for name in names:
        workers = int(name.partition("-")[2] or 1)
        try:
            with step(f"Starting {label(name)}"):
                way = makers[family(name)](workers)
                stack.callback(way.close)
                # V8 makes the engine faster while it draws; a browser a render never gets there.
                way.draw((warm_up if family(name) == "engine" else warm_up[:1]) * workers)
        except (SpecError, MissingPart, MachineError, WayFailed, OSError) as error:
            missing[name] = str(error)
            continue
        ways.append(way)
    return ways, missing


def _makers(stack: ExitStack, tree: ProcessTree) -> dict[str, Callable[[int], Way]]:
    """Returns for each family what starts a way with so many workers."""
    pages = Pages(Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="codepaint-benchmark-"))))
    driver = _shared(stack, _playwright)
    package = _shared(stack, _puppeteer_package)
    return {
        "puppeteer": lambda workers: Puppeteer(pages, package(), workers),
        "playwright": lambda _: PlaywrightPages(driver(), pages, tree.cpu_s, warm=False),
        "warm": lambda _: PlaywrightPages(driver(), pages, tree.cpu_s, warm=True),
        "page": lambda workers: OurRenderer("page", workers),
        "engine": lambda workers: OurRenderer("engine", workers),
    }


def _shared(stack: ExitStack, start: Callable[[], Any]) -> Callable[[], Any]:
    """Returns a function that starts something when it is first asked for and ends it with the stack."""
    kept: list[Any] = []

    def get() -> Any:
        if not kept:
            kept.append(stack.enter_context(start()))
        return kept[0]

    return get


@contextmanager
def _playwright() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        yield playwright


@contextmanager
def _puppeteer_package() -> Iterator[Path]:
    yield install_puppeteer()
