"""One browser for all audits of a file."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import pytest

from codepaint_env.canvases.html.audit.auditor import judged, observe
from codepaint_env.canvases.html.browser import browser
from codepaint_env.canvases.html.virtual_page import VirtualPage
from rewards.types import Finding


@dataclass(frozen=True)
class Audited:
    """What came of one page: its findings, its full picture, and what its own scripts say afterwards."""

    findings: list[Finding]
    full: bytes
    seen: object = None

    def of(self, kind: str) -> list[Finding]:
        """Returns the findings of a kind."""
        return [each for each in self.findings if each.kind == kind]


@pytest.fixture(scope="package")
def audit_all(parts: None) -> Iterator[Callable[..., list[Audited]]]:
    """Audits documents in one browser; `ask` is an expression that each page's own scripts answer at the end."""
    loop = asyncio.new_event_loop()
    context = browser()
    pipe = loop.run_until_complete(context.__aenter__())

    async def one(document: str, ask: str) -> Audited:
        page = VirtualPage(pipe)
        await page.prepare()
        try:
            await page.open(document, 0)
            observed = await observe(page)
            told = await page.session.send("Runtime.evaluate", {"expression": ask, "returnByValue": True})
            full = await page.screenshot(full=True)
        finally:
            await page.close()
        return Audited(judged(observed, full), full, told["result"].get("value"))

    def run(documents: Sequence[str], ask: str = "0") -> list[Audited]:
        return [loop.run_until_complete(one(document, ask)) for document in documents]

    yield run
    loop.run_until_complete(context.__aexit__(None, None, None))
    loop.close()
