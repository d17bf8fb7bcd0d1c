"""What rewards of web pages give the pages that ship: good ones, and ones broken in known ways."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import closing
from functools import cache
from pathlib import Path
from typing import Any

from codepaint_env import canvases
from codepaint_env.evaluate import paint
from codepaint_env.render.renderer import Renderer
from rewards.answers import ask
from rewards.types import Reward, Sample, Task

PAGES = Path(canvases.__file__).parent / "html/pages"


def page_values(reward: Reward) -> dict[str, Any]:
    """Returns `good` and `broken`: values by name of a page, None where there is none; and the `share` kept.

    The share is that of the pairs of a good and a broken page of which the good one has more; equal ones count half.
    """
    samples = _samples(tuple(sorted(reward.needs)))
    values: dict[str, float | None] = {
        name: score.value for name, score in zip(samples, ask(reward, list(samples.values())), strict=True)
    }
    broken = {name.removeprefix("broken/"): each for name, each in values.items() if "/" in name}
    good = {name: each for name, each in values.items() if "/" not in name}
    pairs = [
        (one > other) + (one == other) / 2
        for one in good.values()
        for other in broken.values()
        if one is not None and other is not None
    ]
    return {"good": good, "broken": broken, "share": sum(pairs) / len(pairs) if pairs else None}


@cache
def _samples(needs: tuple[str, ...]) -> Mapping[str, Sample]:
    paths = [*sorted(PAGES.glob("*.html")), *sorted(PAGES.glob("broken/*.html"))]
    names = [path.relative_to(PAGES).with_suffix("").as_posix() for path in paths]
    programs = [path.read_text(encoding="utf-8") for path in paths]
    tasks = [
        Task(f"card-{name}", f"a web page: {Path(name).name.replace('-', ' ')}", "html", letters=True)
        for name in names
    ]
    canvas = canvases.get("html")
    with closing(Renderer(canvas)) as renderer:
        painted = paint(
            canvas,
            renderer,
            programs,
            [1] * len(programs),
            tasks=tasks,
            stages=frozenset(needs) & canvas.on_request,
        )
    return {
        name: Sample(task, program, program, each.rendering, task.id)
        for name, task, program, each in zip(names, tasks, programs, painted, strict=True)
    }
