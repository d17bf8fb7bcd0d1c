"""How much a page may use: counted work of the page itself, so that a busy machine changes no verdict."""

from __future__ import annotations

from dataclasses import dataclass

from codepaint_env.render.limits import check_limits


@dataclass(frozen=True, slots=True)
class HtmlLimits:
    """Bounds of one page; they are part of a rendering's identity.

    Attributes:
        chars: Characters of the document; beyond it `too_large`.
        cpu_s: CPU seconds of the page's processes while it is loaded and drawn, and again for each other stage;
            beyond it `work_limit`.
        memory_mb: Resident megabytes of the page's processes; beyond it `memory_limit`.
    """

    chars: int = 400_000
    cpu_s: float = 20.0
    memory_mb: int = 1_024

    def __post_init__(self) -> None:
        check_limits(self)
