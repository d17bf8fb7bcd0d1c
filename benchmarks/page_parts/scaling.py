"""How many pages a second two workers explore, each held to a core, for one's one."""

from __future__ import annotations

import multiprocessing
import os
import time
from multiprocessing.connection import Connection
from statistics import median

from codepaint_env.canvases.html.canvas import HTML
from codepaint_env.render.renderer import Renderer
from page_corpus import Page
from page_outcome import jobs


def rates(pages: list[Page], rounds: int) -> dict[str, float]:
    """Returns pages a second of one worker on one core and of two on two, the rounds of both in turn.

    A worker is a process with a renderer of its own, which is held to one core with all that it starts.
    """
    cores = sorted(os.sched_getaffinity(0))[:2]
    if len(cores) < 2:
        return {}
    context = multiprocessing.get_context("spawn")
    lines, workers = [], []
    try:
        for core in cores:
            mine, theirs = context.Pipe()
            worker = context.Process(target=_explore, args=(theirs, core, pages), daemon=False)
            worker.start()
            lines.append(mine)
            workers.append(worker)
        for line in lines:
            line.recv()  # warm
        seconds: dict[int, list[float]] = {1: [], 2: []}
        for number in range(rounds):
            for count in (1, 2) if number % 2 else (2, 1):
                seconds[count].append(_round(lines[:count]))
    finally:
        for line in lines:
            line.close()
        for worker in workers:
            worker.join(60)
    one, two = (count * len(pages) / median(seconds[count]) for count in (1, 2))
    return {"pages_per_s_1": round(one, 3), "pages_per_s_2": round(two, 3), "scaling_2": round(two / one, 2)}


def _round(lines: list[Connection]) -> float:
    started = time.perf_counter()
    for line in lines:
        line.send("go")
    for line in lines:
        line.recv()
    return time.perf_counter() - started


def _explore(line: Connection, core: int, pages: list[Page]) -> None:
    os.sched_setaffinity(0, {core})
    renderer = Renderer(HTML(), workers=1, cache=0)
    try:
        renderer.render(jobs(pages[:1]))
        line.send("warm")
        while True:
            line.recv()
            for job in jobs(pages):
                renderer.render([job])
            line.send("done")
    except EOFError:
        pass
    finally:
        renderer.close()
