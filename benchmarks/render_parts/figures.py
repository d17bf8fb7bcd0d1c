"""From single renders to the figures that are quoted: medians over rounds, ratios within a round."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from statistics import median

import numpy as np
from PIL import Image

from render_parts.ways import Painting

SETS = {
    "light": ("light",),
    "medium": ("medium",),
    "heavy": ("heavy",),
    "mixed": ("light", "medium", "heavy"),
    "six": ("heavy_six",),
}
"""Names under which figures are told, and the blocks of programs that they are taken over."""


@dataclass(frozen=True, slots=True)
class Render:
    """One render, without its pixels.

    Attributes:
        program: Block and name of the program.
        copy: How many renders of the same program came before it in its batch.
        pixels: A hash of what was drawn.
        seconds: Wall seconds; None where several were drawn at once and it cannot be told.
        phases: Wall and CPU seconds by phase.
    """

    program: str
    copy: int
    pixels: str
    seconds: float | None
    phases: Mapping[str, tuple[float, float | None]]


@dataclass(frozen=True, slots=True)
class Turn:
    """One way drawing one block of programs once.

    Attributes:
        round: In which round.
        way: Its name.
        block: The block.
        wall_s: Seconds of the whole batch.
        cpu_s: CPU seconds of all processes; None where the machine does not tell.
        renders: What was drawn.
    """

    round: int
    way: str
    block: str
    wall_s: float
    cpu_s: float | None
    renders: tuple[Render, ...]


def summarise(painting: Painting) -> Render:
    """Returns a render with a hash in place of the pixels."""
    picture = painting.picture
    if isinstance(picture, bytes):
        picture = np.asarray(Image.open(io.BytesIO(picture)).convert("RGB"))
    pixels = hashlib.sha256(picture.tobytes()).hexdigest()
    name = f"{painting.program.block}/{painting.program.name}"
    return Render(name, painting.copy, pixels, painting.seconds, painting.phases)


class Figures:
    """What the turns of all rounds say.

    Args:
        turns: The measurements.
        sizes: How many programs each block holds.
    """

    def __init__(self, turns: Sequence[Turn], sizes: Mapping[str, int]) -> None:
        self.turns = turns
        self.rounds = sorted({turn.round for turn in turns})
        self._sizes = sizes
        self._at = {(turn.way, turn.round, turn.block): turn for turn in turns}

    @cached_property
    def ways(self) -> list[str]:
        """Ways in the order in which people should read them."""
        order = ["puppeteer", "playwright", "warm", "page", "engine"]
        found = {turn.way for turn in self.turns}
        return sorted(found, key=lambda way: (order.index(family(way)), way))

    def seconds(self, way: str, name: str) -> float | None:
        """Returns wall seconds a render over a set: the median of the rounds."""
        return _median([self._seconds(way, name, number) for number in self.rounds])

    def cpu(self, way: str, name: str) -> float | None:
        """Returns CPU seconds a render of all processes over a set: the median of the rounds."""
        return _median([self._cpu(way, name, number) for number in self.rounds])

    def ratio(self, way: str, name: str, base: str = "puppeteer") -> float | None:
        """Returns how many times as fast as `base` a way is: taken within each round, then the median."""
        ratios = []
        for number in self.rounds:
            ours, theirs = self._seconds(way, name, number), self._seconds(base, name, number)
            ratios.append(theirs / ours if ours and theirs else None)
        return _median(ratios)

    def single(self, way: str, name: str) -> list[float]:
        """Returns the wall seconds of every render of a set that was timed by itself."""
        return [render.seconds for render in self._renders(way, name) if render.seconds is not None]

    def phases(self, way: str, name: str) -> dict[str, tuple[float, float | None]]:
        """Returns mean wall and CPU seconds a render by phase."""
        renders = [render for render in self._renders(way, name) if render.phases]
        result: dict[str, tuple[float, float | None]] = {}
        for phase in renders[0].phases if renders else ():
            spent = [render.phases[phase] for render in renders if phase in render.phases]
            cpus = [cpu for _, cpu in spent if cpu is not None]
            wall = sum(wall for wall, _ in spent) / len(renders)
            result[phase] = (wall, sum(cpus) / len(cpus) if cpus else None)
        return result

    def identical(self, kin: str) -> float | None:
        """Returns the share of programs whose pixels were the same in every render of a family of ways.

        None where no program was drawn twice.
        """
        pixels: dict[tuple[str, int], list[str]] = {}
        for turn in self.turns:
            if family(turn.way) == kin:
                for render in turn.renders:
                    pixels.setdefault((render.program, render.copy), []).append(render.pixels)
        repeated = {key: found for key, found in pixels.items() if len(found) > 1}
        if not repeated:
            return None
        programs = {program for program, _ in repeated}
        changed = {program for (program, _), found in repeated.items() if len(set(found)) > 1}
        return 1 - len(changed) / len(programs)

    def best(self, kin: str) -> str | None:
        """Returns the way of a family that is fastest on the mixed set."""
        timed = {way: self.seconds(way, "mixed") for way in self.ways if family(way) == kin}
        known = {way: seconds for way, seconds in timed.items() if seconds is not None}
        return min(known, key=lambda way: known[way]) if known else None

    def headline(self) -> dict[str, float | str | None]:
        """Returns the figures that are quoted, under names that stay."""
        engine, page = self.best("engine"), self.best("page")
        return {
            "light_ratio_puppeteer": self.ratio(engine, "light") if engine else None,
            "mixed_ratio_puppeteer": self.ratio(engine, "mixed") if engine else None,
            "heavy_ratio_puppeteer": self.ratio(engine, "six") if engine else None,
            "page_ratio_puppeteer": self.ratio(page, "mixed") if page else None,
            "scaling_2_workers": self.ratio("engine-2", "mixed", base="engine-1"),
            "identical_fraction": self.identical("engine" if engine else "page"),
            "best_engine": engine,
            "best_page": page,
        }

    def workers_behind(self, headline: str) -> str:
        """Returns how many workers a headline figure was drawn with; of two ways, both, such as `2 against 1`."""
        if headline == "scaling_2_workers":
            return "2 against 1"
        kin = (
            "page"
            if headline in ("page_ratio_puppeteer", "best_page") or not self.best("engine")
            else "engine"
        )
        best = self.best(kin)
        if headline == "identical_fraction":
            return " and ".join(str(workers_of(way)) for way in self.ways if family(way) == kin) or "no"
        return str(workers_of(best)) if best else "no"

    def _seconds(self, way: str, name: str, number: int) -> float | None:
        return self._weighted(name, [self._turn(way, number, block) for block in SETS[name]], "wall_s")

    def _cpu(self, way: str, name: str, number: int) -> float | None:
        return self._weighted(name, [self._turn(way, number, block) for block in SETS[name]], "cpu_s")

    def _weighted(self, name: str, turns: Sequence[Turn | None], kind: str) -> float | None:
        """Returns seconds a render, each program counting once however many copies of it were drawn."""
        total = 0.0
        for turn in turns:
            spent = None if turn is None else getattr(turn, kind)
            if turn is None or spent is None:
                return None
            total += spent / len(turn.renders) * self._sizes[turn.block]
        return total / sum(self._sizes[block] for block in SETS[name])

    def _turn(self, way: str, number: int, block: str) -> Turn | None:
        return self._at.get((way, number, block))

    def _renders(self, way: str, name: str) -> list[Render]:
        return [
            render
            for turn in self.turns
            if turn.way == way and turn.block in SETS[name]
            for render in turn.renders
        ]


def family(way: str) -> str:
    """Returns a way's name without its number of workers."""
    return way.partition("-")[0]


def workers_of(way: str) -> int:
    """Returns how many renders a way draws at once."""
    return int(way.partition("-")[2] or 1)


def _median(values: Sequence[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return median(known) if known else None
