"""A process that draws with the engine of one commit, and measures each batch that it is sent.

    PYTHONPATH=TREE/src python driver.py WORKERS

It takes one JSON line a batch, `[[program, seed], ...]`, and answers with one: wall and CPU seconds of the batch, and
of each picture the hash of its pixels and its seconds by phase. It uses nothing of this folder: the package that it
imports is another commit's.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
import time
from pathlib import Path


def cpu_s(top: int) -> dict[int, float]:
    """Returns CPU seconds by process: this one and all that live below it. Linux tells them by the nanosecond."""
    parents = {}
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                told = (folder / "stat").read_text(encoding="utf-8", errors="replace")
            except OSError:
                continue  # it ended while we looked
            parents[int(folder.name)] = int(told.rpartition(")")[2].split()[1])
    spent = {}
    for process in parents:
        above = process
        while above in parents and above != top:
            above = parents[above]
        if above == top:
            try:
                spent[process] = time.clock_gettime(~process << 3 | 2)  # the clock of all its threads
            except OSError:
                continue
    return spent


def main() -> None:
    """Draws batch after batch until the input ends."""
    from codepaint_env.canvases.p5brush.canvas import P5Brush
    from codepaint_env.render.backend import Job
    from codepaint_env.render.renderer import Renderer

    renderer = Renderer(P5Brush(), path="engine", workers=int(sys.argv[1]), cache=0)
    me = os.getpid()
    for line in sys.stdin:
        jobs = [Job(program, seed) for program, seed in json.loads(line)]
        before, own, started = cpu_s(me), time.process_time(), time.perf_counter()
        renderings = renderer.render(jobs)
        wall_s, own, after = time.perf_counter() - started, time.process_time() - own, cpu_s(me)
        spent = {process: after[process] - before.get(process, 0.0) for process in after}
        spent[me] = own  # without what `cpu_s` took
        pictures = [
            {
                "status": each.status,
                "message": each.message,
                "pixels": "" if each.image is None else hashlib.sha256(each.image.tobytes()).hexdigest(),
                "phases": dict(renderer.timings.get(each.identity, {})),
            }
            for each in renderings
        ]
        answer = {
            "wall_s": wall_s,
            "cpu_s": sum(spent.values()),
            "parent_cpu_s": own,
            "pictures": pictures,
        }
        print(json.dumps(answer), flush=True)
    assert renderer.counters()["cache_hits"] == 0
    renderer.close()


if __name__ == "__main__":
    main()
