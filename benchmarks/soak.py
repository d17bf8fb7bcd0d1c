"""Draws ten thousand programs with one engine and one page renderer, and says whether anything grows.

python benchmarks/soak.py              10,000 renders, 1,000 of them whole pages: a quarter of an hour on two cores
python benchmarks/soak.py --resume     goes on where a run that was stopped or killed left off
python benchmarks/soak.py --quick      162 renders, 12 of them whole pages, under a minute; writes only what is asked

Every fiftieth program is hostile: it loops, hoards memory, throws or never ends. Every 50 renders the memory,
processes, threads, open files and temporary files of this process and of all that it started are written down. Flat
means, between the median of the second fifth of the samples and that of the last: memory grows by less than 10 % or
20 MB, whichever is more, and that of Playwright's own process, which seldom collects its garbage, by less than 80 MB;
threads and open files, of which Chromium takes and leaves some all the time, by less than 5 %; temporary files by at
most one, for it renames those that it writes; processes not at all.
"""

from __future__ import annotations

import json
import re
import sys
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import click
from render_parts.lines import Panel, draw_lines
from render_parts.samples import Sample, growths, measure

from codepaint_env.canvases.p5brush.canvas import P5Brush
from codepaint_env.canvases.p5brush.js import script
from codepaint_env.cli.progress_bar import bar
from codepaint_env.render import scratch
from codepaint_env.render.backend import Job
from codepaint_env.render.renderer import Renderer
from rewards.types import Rendering

ROOT = Path(__file__).resolve().parents[1]
EVERY, SAMPLES = 50, 9  # renders from one sample to the next, but so many samples at least
HOSTILE_EVERY = 50
ENGINE_LIMITS, PAGE_LIMITS = {"recorder_cpu_s": 1}, {"page_cpu_s": 3}
SETTLE_S = 0.3  # a page that was just closed is gone by then, and the next one is there
_OPEN = "function setup() { createCanvas(512, 512, WEBGL); background(250);"
_PETAL = 'brush.fill("#c03344", 200); brush.circle(0, 0, 90);'
# Each ends as one of these kinds: which limit a hoarder meets first is a matter of what it hoards.
HOSTILE: tuple[tuple[str, frozenset[str]], ...] = (
    ("while (true) {}", frozenset({"work_limit"})),
    (f"{_OPEN} {_PETAL} throw new Error('no more paint') }}", frozenset({"runtime"})),
    (
        f"{_OPEN} const a = []; for (;;) a.push(new Uint8Array(1e7).fill(1)) }}",
        frozenset({"memory_limit", "work_limit"}),
    ),
    (f"async {_OPEN} await new Promise(() => {{}}) }}", frozenset({"never_finished"})),
    (f"async {_OPEN} for (;;) await 0 }}", frozenset({"work_limit"})),
    (f"async {_OPEN} await new Promise(() => setInterval(() => {{}}, 10)) }}", frozenset({"never_finished"})),
    (
        f"{_OPEN} const a = []; for (;;) a.push({{ x: [1, 2, 3] }}) }}",
        frozenset({"memory_limit", "work_limit", "crash"}),
    ),
    ("function setup( {", frozenset({"syntax"})),
    (f"{_OPEN} }} function draw() {{ for (;;); }}", frozenset({"work_limit"})),
)


def light_programs() -> list[str]:
    """Returns the light programs with a mark where their seed goes."""
    texts = [
        path.read_text(encoding="utf-8") for path in sorted((ROOT / "benchmarks/programs/light").glob("*.js"))
    ]
    return [re.sub(r"(randomSeed|noiseSeed)\(\d+\)", r"\1($seed)", text) for text in texts]


@dataclass(frozen=True, slots=True)
class Plan:
    """Which program is drawn at which place, and on which path.

    Attributes:
        renders: How many.
        page: How many of them are whole pages.
    """

    renders: int
    page: int

    def is_page(self, index: int) -> bool:
        """True for the programs that a page draws, evenly spread."""
        return (index + 1) * self.page // self.renders > index * self.page // self.renders

    def hostile(self, index: int) -> tuple[str, frozenset[str]] | None:
        """Returns one of each fifty programs, at a place that moves, with the kinds it may end as."""
        block, place = divmod(index, HOSTILE_EVERY)
        return HOSTILE[block % len(HOSTILE)] if place == block % HOSTILE_EVERY else None


def expected(rendering: Rendering, kinds: frozenset[str] | None) -> bool:
    """True if a program ended as it should."""
    if kinds is None:
        return rendering.ok
    return rendering.status == "program_error" and rendering.kind in kinds


def plot(samples: Sequence[Sample], title: str) -> str:
    """Returns the SVG of all figures over renders."""
    places = [sample.renders for sample in samples]

    def panel(heading: str, unit: str, series: dict[str, str]) -> Panel:
        return Panel(
            heading, unit, {label: [getattr(s, name) for s in samples] for label, name in series.items()}
        )

    memory = {"all": "memory_mb", "browsers": "browser_mb", "engine workers": "workers_mb"}
    panels = [
        panel("Resident memory", "MB", memory | {"this process": "parent_mb", "Playwright": "driver_mb"}),
        panel("Processes", "", {"all": "processes"}),
        panel("Threads", "", {"all": "threads"}),
        panel("Open files", "", {"all": "open_files"}),
        panel("Temporary files and folders", "", {"all": "temporary"}),
    ]
    return draw_lines(title, places, "renders", panels)


class Soak:
    """A run: what was drawn, what was measured, and the file in which both are kept.

    Args:
        plan: What is drawn.
        every: Renders from one sample to the next.
        file: Written after each sample; None keeps nothing.
        resume: Goes on with what the file holds.
    """

    def __init__(self, plan: Plan, every: int, file: Path | None, *, resume: bool) -> None:
        self.plan, self._every, self._file = plan, every, file
        self.samples: list[Sample] = []
        self.outcomes: Counter[str] = Counter()
        self.surprises: list[str] = []
        self.seconds = 0.0
        self._settings = {"renders": plan.renders, "page": plan.page, "every": every}
        if resume and file is not None and file.is_file():
            told = json.loads(file.read_text(encoding="utf-8"))
            if told["settings"] != self._settings:
                raise click.ClickException(
                    f"{file} is of a run with {told['settings']}, not {self._settings}."
                )
            self.samples = [Sample(**sample) for sample in told["samples"]]
            self.outcomes, self.surprises = Counter(told["outcomes"]), told["surprises"]
            self.seconds = told["seconds"]

    @property
    def done(self) -> int:
        """Programs drawn so far."""
        return self.samples[-1].renders if self.samples else 0

    def draw(self) -> None:
        """Draws what is left."""
        run = self.samples[-1].run + 1 if self.samples else 1
        texts = light_programs()
        canvas = P5Brush()
        with bar("Programs drawn") as show:
            engine = Renderer(canvas, path="engine", workers=2, cache=0, options=ENGINE_LIMITS)
            page = Renderer(canvas, path="page", workers=2, cache=0, options=PAGE_LIMITS)
            try:
                folder = scratch.folder()
                same = [Job(script("canary.js"), 1)]
                pictures = [renderer.render(same)[0].image.tobytes() for renderer in (engine, page)]
                while self.done < self.plan.renders:
                    began = time.monotonic()
                    self._batch(engine, page, texts)
                    self.seconds += time.monotonic() - began
                    time.sleep(SETTLE_S)
                    self.samples.append(measure(self._end(), run, folder))
                    self.write()
                    show(self.done, self.plan.renders)
                again = [renderer.render(same)[0].image.tobytes() for renderer in (engine, page)]
                if again != pictures:
                    self.surprises.append("the last picture of the test program differs from the first")
            finally:
                engine.close()
                page.close()
            if folder.exists():
                self.surprises.append(f"{folder} was left behind")

    def _end(self) -> int:
        return min(self.done + self._every, self.plan.renders)

    def _batch(self, engine: Renderer, page: Renderer, texts: Sequence[str]) -> None:
        places = range(self.done, self._end())
        hostile = [index for index in places if self.plan.hostile(index)]
        # The hostile ones first: what they end is running again when the sample is taken.
        for some in (hostile, [index for index in places if index not in hostile]):
            self._draw(engine, [index for index in some if not self.plan.is_page(index)], texts)
            self._draw(page, [index for index in some if self.plan.is_page(index)], texts)

    def _draw(self, renderer: Renderer, places: Sequence[int], texts: Sequence[str]) -> None:
        drawn = renderer.render([self._job(index, texts) for index in places])
        for index, rendering in zip(places, drawn, strict=True):
            hostile = self.plan.hostile(index)
            ended = f"{renderer.path} {rendering.status} {rendering.kind}".rstrip()
            self.outcomes[ended] += 1
            if not expected(rendering, hostile[1] if hostile else None):
                self.surprises.append(f"{index}: {ended} {rendering.message}")

    def _job(self, index: int, texts: Sequence[str]) -> Job:
        hostile = self.plan.hostile(index)
        text = (
            f"{hostile[0]}\n// {index}" if hostile else texts[index % len(texts)].replace("$seed", str(index))
        )
        return Job(text, index)

    def write(self, **more: Any) -> None:
        """Writes everything so far, all of it or nothing."""
        if self._file is None:
            return
        told = {
            "settings": self._settings,
            "outcomes": dict(sorted(self.outcomes.items())),
            "surprises": self.surprises,
            "seconds": round(self.seconds, 1),
            **more,
            "samples": [asdict(sample) for sample in self.samples],
        }
        partial = self._file.with_name(self._file.name + ".part")
        text = json.dumps(told, indent=1)
        partial.write_text(re.sub(r"\n   ?(?=[\"}])", " ", text) + "\n", encoding="utf-8")
        partial.replace(self._file)


@click.command(help=__doc__.replace("\n\n", "\n\n\b\n", 1) if __doc__ else None)
@click.option("--renders", default=10_000, show_default=True, help="Programs to draw.")
@click.option("--page", default=1_000, show_default=True, help="How many of them are whole pages.")
@click.option("--quick", is_flag=True, help="162 renders, 12 of them whole pages.")
@click.option(
    "--json", "to_json", type=click.Path(path_type=Path), help="Takes every sample [docs/soak.json]."
)
@click.option("--plot", "to_plot", type=click.Path(path_type=Path), help="Takes the plot [docs/soak.svg].")
@click.option("--resume", is_flag=True, help="Go on with what the JSON file holds.")
def main(
    renders: int, page: int, quick: bool, to_json: Path | None, to_plot: Path | None, resume: bool
) -> None:
    """Draws, measures, plots and judges; exit status 1 where something grew or ended as it should not."""
    if quick:
        renders, page = 162, 12
    else:
        to_json, to_plot = to_json or ROOT / "docs/soak.json", to_plot or ROOT / "docs/soak.svg"
    if not 0 <= page <= renders or renders < SAMPLES:
        raise click.ClickException(f"At least {SAMPLES} renders are needed, and no more pages than renders.")
    soak = Soak(Plan(renders, page), min(EVERY, renders // SAMPLES), to_json, resume=resume)
    soak.draw()
    found = growths(soak.samples)
    flat = all(each["flat"] for each in found.values())
    soak.write(flat=flat, growth=found)
    title = f"{renders:,} renders, {page:,} of them whole pages, one in {HOSTILE_EVERY} hostile"
    if to_plot is not None:
        to_plot.write_text(plot(soak.samples, title), encoding="utf-8")
    for name, each in found.items():
        mark = "flat" if each["flat"] else "GROWS"
        click.echo(f"{name:<12} {each['second_fifth']:>8} {each['last_fifth']:>8}  {mark}")
    for ended, count in sorted(soak.outcomes.items()):
        click.echo(f"{count:>6}  {ended}")
    for surprise in soak.surprises:
        click.echo(f"unexpected: {surprise}")
    click.echo(
        f"renders {soak.done}  seconds {soak.seconds:.0f}  flat {flat}  unexpected {len(soak.surprises)}"
    )
    if soak.surprises or not flat:
        sys.exit(1)


if __name__ == "__main__":
    main()
