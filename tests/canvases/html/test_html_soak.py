"""Many pages one after another leave nothing behind."""

from __future__ import annotations

import os
from pathlib import Path

import psutil
import pytest

from codepaint_env.canvases.html.canvas import HTML
from codepaint_env.render.backend import Job
from codepaint_env.render.renderer import Renderer
from visited_pages import page


def held() -> tuple[int, int, float]:
    """Returns the processes, open files and megabytes that this process and all below it hold."""
    below = psutil.Process().children(recursive=True)
    memory = sum(each.memory_info().rss for each in below if each.is_running())
    return len(below), len(list(Path(f"/proc/{os.getpid()}/fd").iterdir())), memory / 2**20


@pytest.mark.full
def test_sixty_pages_leave_processes_files_and_memory_as_they_were(parts):
    renderer = Renderer(HTML(), workers=1, cache=0)

    def draw(number: int) -> None:
        code = f"const all = Array({number % 7}e4).fill('x'); console.error(all.length); localStorage.n = {number}"
        [drawn] = renderer.render([Job(page(f"<h1>Page {number}</h1><script>{code}</script>"), number)])
        assert drawn.ok, drawn.message

    try:
        for number in range(20):
            draw(number)
        processes, files, memory_mb = held()
        for number in range(20, 80):
            draw(number)
        after = held()
    finally:
        renderer.close()
    assert abs(after[0] - processes) <= 1  # a page may be made ready just now
    assert after[1] <= files + 2
    assert after[2] < memory_mb + 60
