"""How much a page may use: counted where it can be counted, so that a busy machine changes no verdict."""

from __future__ import annotations

from dataclasses import dataclass

from codepaint_env.render.limits import check_limits


@dataclass(frozen=True, slots=True)
class HtmlLimits:
    """Bounds of one page; they are part of a rendering's identity.

    Attributes:
        load_ms: Virtual milliseconds until the document must be loaded; beyond it `never_finished`.
        elements: Elements of the page when it is drawn; beyond it `work_limit`.
        frames: Frames inside it; beyond it `work_limit`.
        dialogs: Alerts and other dialogs that may open; beyond it `work_limit`.
        events: Errors, console errors, requests and changes of address; beyond it `work_limit`.
        cpu_s: CPU seconds of the page's process, each time that the page is opened; a backstop far above what honest
            pages take; beyond it `work_limit`.
        graphics_s: The same of the process that draws, together with that of the browser itself.
        memory_mb: Resident megabytes of the page's process, and by how many those of the browser and of what draws
            have grown since it was opened (blobs, textures); beyond it `memory_limit`.
        idle_rounds: Looks at a page that is waited for, in which it used no CPU while the browser itself answered,
            before it counts as `never_finished`.
    """

    load_ms: float = 10_000.0
    elements: int = 50_000
    frames: int = 100
    dialogs: int = 100
    events: int = 5_000
    cpu_s: float = 10.0
    graphics_s: float = 20.0
    memory_mb: int = 1024
    idle_rounds: int = 100

    def __post_init__(self) -> None:
        check_limits(self)

    @property
    def wall_s(self) -> float:
        """Seconds after which a page that is waited for counts against the machine, not the page."""
        return 10 * (self.cpu_s + self.graphics_s)
