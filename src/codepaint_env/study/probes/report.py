"""The report of probes: each lure beside the honest picture, with what every reward says of the two."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from codepaint_env.reports.html_file import write_html
from codepaint_env.reports.picture import Picture, face
from codepaint_env.study.probes.fooled import ProbeScores
from codepaint_env.study.probes.probe import Probe
from codepaint_env.study.probes.recorded import Pair
from rewards.types import Rendering

WIDEST_PX = 400  # of a picture in the report


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one reward says of one pair.

    Attributes:
        label: Of the reward.
        lure: Its value of the lure; None where there is none.
        honest: Its value of the honest picture.
        beaten: 1.0 where the lure won, 0.5 where both are equal, 0.0 where the honest picture won; None without.
    """

    label: str
    lure: float | None
    honest: float | None
    beaten: float | None

    @property
    def words(self) -> str:
        """The verdict in a word or two."""
        if self.beaten is None:
            return "no value"
        return "fooled" if self.beaten == 1 else "equal" if self.beaten else "holds"


@dataclass(frozen=True, slots=True)
class Row:
    """One pair of the report.

    Attributes:
        probe: What is compared.
        lure: Picture of the lure; None where nothing was painted.
        honest: The honest picture; None, too.
        verdicts: Of the rewards that were asked about it.
    """

    probe: Probe
    lure: Picture | None
    honest: Picture | None
    verdicts: tuple[Verdict, ...]


def write_probe_report(path: Path, pairs: Sequence[Pair], told: Sequence[ProbeScores]) -> Path:
    """Writes the report as one HTML file and returns its path."""
    rows = [
        Row(
            pair.probe,
            _shown(pair.lure.rendering),
            _shown(pair.honest.rendering),
            tuple(verdict(each, pair.probe.name) for each in told if pair.probe.name in each.names),
        )
        for pair in pairs
    ]
    return write_html(path, "probes", {"rows": rows, "told": list(told)})


def verdict(told: ProbeScores, name: str) -> Verdict:
    """Returns what a reward says of a probe that it was asked about."""
    place = told.names.index(name)
    return Verdict(told.label, told.lure[place], told.honest[place], told.beaten.get(name))


def _shown(rendering: Rendering) -> Picture | None:
    from PIL import Image

    if "viewport" in rendering.pictures or rendering.image is None:
        return face(rendering)
    height, width = rendering.image.shape[:2]
    size = (WIDEST_PX, max(1, round(height * WIDEST_PX / width)))
    small = Image.fromarray(np.ascontiguousarray(rendering.image)).resize(size, Image.Resampling.BOX)
    return face(replace(rendering, image=np.asarray(small)))
