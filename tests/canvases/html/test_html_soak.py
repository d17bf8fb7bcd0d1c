"""Many pages one after another leave nothing behind."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from codepaint_env.canvases.html.canvas import HTML
from codepaint_env.render.backend import Job
from codepaint_env.render.renderer import Renderer
from visited_pages import page


def held() -> tuple[int, int, int]:
    """Returns the processes, open files and megabytes that this process and all below it hold."""
    below = psutil.Process().children(recursive=True)
    memory = sum(each.memory_info().rss for each in below if each.is_running())
    return len(below), len(list(Path(f"/proc/{os.getpid()}/fd").iterdir())), memory // 2**20


def least_held(draw: Callable[[int], None], numbers: range) -> tuple[int, ...]:
    """Returns the least of each over some pages: a page that is made ready just then holds 80 MB."""
    met = []
    for number in numbers:
        draw(number)
        met.append(held())
    return tuple(min(each) for each in zip(*met, strict=True))


@pytest.mark.full
def test_sixty_pages_leave_processes_files_and_memory_as_they_were(parts):
    renderer = Renderer(HTML(), workers=1, cache=0)

    def draw(number: int) -> None:
        code = f"const all = Array({number % 7}e4).fill('x'); console.error(all.length); localStorage.n = {number}"
        [drawn] = renderer.render([Job(page(f"<h1>Page {number}</h1><script>{code}</script>"), number)])
        assert drawn.ok, drawn.message

    try:
        for number in range(12):
            draw(number)
        before = least_held(draw, range(12, 20))
        for number in range(20, 72):
            draw(number)
        after = least_held(draw, range(72, 80))
    finally:
        renderer.close()
    assert after[0] <= before[0]
    assert after[1] <= before[1] + 2
    assert after[2] < before[2] + 60
