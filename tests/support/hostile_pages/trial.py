"""Draws a hostile page beside an honest one, or explores it, and says what it did that it must not."""

from __future__ import annotations

import contextlib
import hashlib
import resource
import time
from collections.abc import Mapping
from dataclasses import dataclass

import psutil

from canaries import Canaries
from codepaint_env.canvases.html.canvas import HTML
from codepaint_env.render.backend import Job
from codepaint_env.render.renderer import Renderer
from hostile_pages.corpus import HONEST, SIBLING, Expected, Explored, HostilePage
from hostile_programs.held_cpu import held_cpu
from rewards.errors import MachineError
from rewards.types import Rendering

SEED = 11
WORKERS = 2
# What is reached soon, so that a page that never ends costs the tests little.
LIMITS: Mapping[str, object] = {"cpu_s": 3, "graphics_s": 4, "memory_mb": 700}
# CPU seconds of all processes that a page and its sibling may take: what the limits leave to the page, what is noticed
# late, and the browser that is started anew.
BOUND_CPU_S = 20.0
EXPLORED_BOUND_CPU_S = 60.0
# What a page may cost this process, which trains a policy: CPU seconds of its own, megabytes that it grows by.
OWN_CPU_S = 5.0
OWN_MB = 256
GONE_S = 10.0
EXPLORING = frozenset({"interactions"})


def digest(rendering: Rendering) -> str:
    """Returns a short hash of a picture; `""` where there is none."""
    return "" if rendering.image is None else hashlib.sha256(rendering.image.tobytes()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Trial:
    """What came of one page.

    Attributes:
        name: The page's.
        status: Of the rendering.
        kind: Of the rendering.
        message: What the rendering says.
        findings: Their kinds, each once.
        steps: What was done and whether it earned, one line a step.
        cpu_s: CPU seconds that the page and its siblings took in all processes.
        faults: What differs from what is expected, one sentence each.
    """

    name: str
    status: str
    kind: str
    message: str
    findings: tuple[str, ...]
    steps: tuple[str, ...]
    cpu_s: float
    faults: tuple[str, ...] = ()


class Arena:
    """A renderer of pages with canaries around it; `close` tells what it left behind.

    Attributes:
        honest: Hash of `HONEST`.
        sibling: Hash of `SIBLING`.

    Args:
        limits: What a page may use.
        slack: How many times the usual CPU seconds a page may take.

    Raises:
        MachineError: Honest pages are not drawn.
        OSError: A canary hears nothing.
    """

    def __init__(self, limits: Mapping[str, object] = LIMITS, *, slack: float = 1.0) -> None:
        self._slack = slack
        self._before = set(psutil.Process().children(recursive=True))
        self._canaries = Canaries()
        self._renderer = Renderer(HTML(), workers=WORKERS, options=limits, cache=0)
        self._canaries.heard()
        first = [self._draw(document) for document in (HONEST, SIBLING)]
        self.honest, self.sibling = (digest(rendering) for rendering in first)
        for rendering in first:
            if not rendering.ok:
                self.close()
                raise MachineError(f"not even an honest page is drawn: {rendering.message}")

    def meet(self, page: HostilePage) -> Trial:
        """Draws a page with its sibling beside it, and the sibling once more after it."""
        return self._trial(page, page.expected, frozenset(), BOUND_CPU_S)

    def explore(self, page: HostilePage) -> Trial:
        """Explores a page with its sibling drawn beside it, and the sibling once more after it."""
        assert page.explored is not None
        return self._trial(page, page.explored, EXPLORING, EXPLORED_BOUND_CPU_S)

    def close(self) -> list[str]:
        """Ends the renderer and returns the processes that it left behind."""
        self._renderer.close()
        heard = self._canaries.heard()
        self._canaries.close()
        until = time.monotonic() + GONE_S
        while (left := self._started()) and time.monotonic() < until:
            time.sleep(0.05)
        return heard + [f"a process is left: {process}" for process in left]

    def _trial(
        self, page: HostilePage, expected: Expected | Explored, stages: frozenset[str], bound_s: float
    ) -> Trial:
        document = page.document(self._canaries.tcp, self._canaries.udp)
        faults: list[str] = []
        seen: set[tuple[str, str, str]] = set()
        own_s, own_mb = time.process_time(), _peak_mb()
        with held_cpu() as held:
            for _ in range(page.rounds):
                drawn, beside = self._renderer.render(
                    [Job(document, SEED, stages=stages), Job(SIBLING, SEED)]
                )
                seen.add((drawn.status, drawn.kind, digest(drawn)))
                faults += self._changes(beside, "beside")
            faults += self._changes(self._draw(SIBLING), "after")
        found = frozenset(finding.kind for finding in drawn.findings)
        trace = drawn.interactions or ()
        if len(seen) > 1:
            faults.append(f"differs from turn to turn: {sorted(seen)}")
        if drawn.status != expected.status or drawn.kind not in expected.kinds:
            faults.append(
                f"is {drawn.status} {drawn.kind}, not {expected.status} {'|'.join(sorted(expected.kinds))}"
            )
        if isinstance(expected, Expected):
            faults += self._pictures(drawn, expected, found)
        elif (
            expected.credited is not None
            and sum(each.credited is True for each in trace) != expected.credited
        ):
            faults.append(f"earns for {[each.effect for each in trace if each.credited]}")
        if held.seconds > bound_s * self._slack * page.rounds:
            faults.append(f"held {held.seconds:.0f} CPU seconds")
        own_s, own_mb = time.process_time() - own_s, _peak_mb() - own_mb
        if own_s > OWN_CPU_S * self._slack * page.rounds or own_mb > OWN_MB:
            faults.append(f"cost this process {own_s:.1f} CPU seconds and {own_mb:.0f} MB")
        faults += self._canaries.heard()
        steps = tuple(f"{each.action} {each.name}: {each.effect} ({each.credited})" for each in trace)
        told = drawn.status, drawn.kind, drawn.message, tuple(sorted(found)), steps
        return Trial(page.name, *told, round(held.seconds, 1), tuple(faults))

    def _pictures(self, drawn: Rendering, expected: Expected, found: frozenset[str]) -> list[str]:
        faults = []
        if expected.honest and digest(drawn) != self.honest:
            faults.append("its picture is not the honest one")
        if missing := expected.findings - found:
            faults.append(f"has no finding of {', '.join(sorted(missing))}")
        return faults

    def _draw(self, document: str) -> Rendering:
        return self._renderer.render([Job(document, SEED)])[0]

    def _changes(self, sibling: Rendering, where: str) -> list[str]:
        if digest(sibling) == self.sibling and sibling.ok:
            return []
        return [f"the sibling {where} it changed: {sibling.status} {sibling.kind} {sibling.message}"]

    def _started(self) -> list[psutil.Process]:
        found = []
        for process in psutil.Process().children(recursive=True):
            with contextlib.suppress(psutil.Error):
                if process not in self._before and not self._before & set(process.parents()):
                    found.append(process)
        return found


def _peak_mb() -> float:
    """Returns the most megabytes that this process has held so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
