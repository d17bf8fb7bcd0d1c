"""Whether many pages leave memory, processes and open files as they were."""

from __future__ import annotations

import time

from render_parts.samples import Sample, growths, measure

from codepaint_env.canvases.html.canvas import HTML
from codepaint_env.cli.progress_bar import bar
from codepaint_env.render import scratch
from codepaint_env.render.renderer import Renderer
from page_corpus import Page
from page_outcome import jobs

SAMPLES = 20
SETTLE_S = 0.3


def soak(pages: list[Page], count: int) -> dict[str, object]:
    """Explores so many pages with two workers, and returns what grew from the second fifth to the last."""
    samples: list[Sample] = []
    every = max(1, count // SAMPLES)
    renderer = Renderer(HTML(), workers=2, cache=0)
    try:
        folder = scratch.folder()
        with bar("Pages explored") as show:
            done = 0
            while done < count:
                some = [pages[number % len(pages)] for number in range(done, min(done + every, count))]
                renderer.render(jobs(some))
                done += len(some)
                time.sleep(SETTLE_S)
                samples.append(measure(done, 1, folder))
                show(done, count)
    finally:
        renderer.close()
    grown = growths(samples)
    flat = all(grown[name]["flat"] for name in ("memory_mb", "processes", "open_files"))
    return {"soak_pages": count, "soak_flat": flat, "soak": grown}
