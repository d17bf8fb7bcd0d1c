"""The html canvas: web pages of one file, found in a completion, drawn and tried out in a sealed Chromium."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from codepaint_env.canvases.completion import Extraction
from codepaint_env.canvases.html.limits import HtmlLimits
from codepaint_env.render import picture_stages
from codepaint_env.render.backend import Backend, BackendFactory
from rewards.types import Task

if TYPE_CHECKING:
    from collections.abc import Iterator

    from codepaint_env.canvases.examination import Line

SIZE_PX = 512


class HTML:
    """Web pages of one HTML file, without anything that lies outside of it."""

    name = "html"
    env_id = "codepaint/HTML-v0"
    suffix = ".html"
    size_px = (SIZE_PX, SIZE_PX)
    max_chars = 400_000
    default_tasks = "pages"
    default_reward = "gated(interactive, gate=execution)"
    stages = frozenset({"source", "lint", "image"})
    on_request = picture_stages.STAGES | {"layout", "interactions"}

    @property
    def system_prompt(self) -> str:
        """What a policy is told about the canvas: how to answer, what a page may use, and what is tried out."""
        return _prompt()

    @property
    def drawings(self) -> Path:
        """A folder of pages, each named after the task that it answers; in `broken`, some that fail."""
        return Path(str(files(__package__) / "pages"))

    def extract(self, completion: str) -> Extraction:
        """Finds the document: the last fenced block of HTML that is a whole page, else what stands in the open."""
        from codepaint_env.canvases.html.extract import extract

        return extract(completion, self.max_chars)

    def sample(self, rng: np.random.Generator) -> str:
        """Writes a small page that answers a click, in random colours."""
        from codepaint_env.canvases.html.sample import sample

        return sample(rng)

    def task_options(self, task: Task | None) -> Mapping[str, object]:
        """Returns what the explorer is told of the task: what a user would expect, and how many steps count."""
        return {} if task is None else {"interactions": list(task.interactions), "steps": task.steps}

    def recorders(self, stages: frozenset[str]) -> Mapping[str, str]:
        """Returns the versions of the text detector, the auditor and the explorer where they are asked for."""
        versions = dict(picture_stages.versions(stages))
        if "layout" in stages:
            from codepaint_env.canvases.html.audit import auditor

            versions["layout"] = auditor.fingerprint()
        if "interactions" in stages:
            from codepaint_env.canvases.html import sources

            versions["interactions"] = sources.fingerprint("explore")
        return versions

    def backends(self) -> Mapping[str, BackendFactory]:
        """Returns `chromium`, the one way to draw."""
        phases = ("lint", "draw", "audit", "explore")
        options = {"planner": ("none", "model")}
        return {"chromium": BackendFactory(_chromium, HtmlLimits, options, phases, _check)}

    def examine(self) -> Iterator[Line]:
        """Looks at what draws pages on this machine, for `codepaint doctor`."""
        from codepaint_env.canvases.html.examine import examine

        return examine(self)


def _chromium(workers: int, limits: HtmlLimits, options: Mapping[str, object]) -> Backend:
    from codepaint_env.canvases.html.backend import HtmlBackend

    return HtmlBackend(workers, limits, str(options.get("planner", "none")))


def _check(options: Mapping[str, object]) -> None:
    """Raises where a planner is asked for and its model cannot be."""
    if options.get("planner") == "model":
        from codepaint_env.canvases.html.explore.planner import from_environment

        from_environment()


@cache
def _prompt() -> str:
    return (files(__package__) / "system_prompt.md").read_text(encoding="utf-8")
