"""Mutants 1 to 28 and 45 to 49: each is one of the faults that rewards ship with, and a law must catch it.

A row names the toy of which it is an edit and the law that catches it, and holds the methods that are exchanged.
"""

from __future__ import annotations

import math
import urllib.request
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from rewards.testing.law import edit
from rewards.testing.mutants.toys import Encoded, Judged, Light, Pixels, Quarters, Scaled, distance
from rewards.types import Sample, Score, version_of


def rescored(change: Callable[[Sequence[Sample], list[Score]], list[Score]]) -> Any:
    """Returns a `__call__` that changes what the toy scores a batch."""
    return lambda self, samples: change(samples, Quarters.__call__(self, samples))


def with_value(score: Score, value: float) -> Score:
    """Returns a score of a toy with another value."""
    return score if score.value is None else Score(value, dict.fromkeys(score.components, value))


def valued(score: Score) -> float:
    """Returns a value; 0 for none."""
    return score.value or 0.0


def _on_status(status: str, value: float | None) -> Any:
    def score(self: Quarters, sample: Sample) -> Score:
        given = Score(None) if value is None else self.told(value)
        return given if sample.rendering.status == status else Quarters.score(self, sample)

    return score


def _previous(self: Quarters, samples: Sequence[Sample]) -> list[Score]:
    scores: list[Score] = []
    for sample in samples:
        failed = sample.rendering.status == "machine_error" and scores
        scores.append(scores[-1] if failed else self.score(sample))
    return scores


def _batch_maximum(self: Any, samples: Sequence[Sample]) -> list[Score]:
    images = [sample.rendering.image for sample in samples]
    self.largest = max((int(image.max()) for image in images if image is not None), default=0)
    return Quarters.__call__(self, samples)


def _scaled(image: Pixels, largest: int) -> float:
    return min(1.0, distance(image / max(1, largest) * 255) / 128)


def _z_scores(samples: Sequence[Sample], scores: list[Score]) -> list[Score]:
    told = [score.value for score in scores if score.value is not None] or [0.0]
    mean, std = np.mean(told), np.std(told) + 1e-4
    return [with_value(score, 1 / (1 + math.exp((mean - valued(score)) / std))) for score in scores]


def _tamed(samples: Sequence[Sample], scores: list[Score]) -> list[Score]:
    told = [score.value for score in scores if score.value is not None]
    if not told or np.std(told) <= 0.3 * np.mean(told):
        return scores
    return [with_value(score, math.log2(1 + valued(score))) for score in scores]


# fmt: off
edit(Quarters, "1", "machine error scored 0", "03", score=_on_status("machine_error", 0.0))
edit(Encoded, "1b", "failed encoder scored 0", "03", failed=lambda self, reason: Score(0.0, reason=reason))
edit(Quarters, "2", "machine error scored 1/2", "03", score=_on_status("machine_error", 0.5))
edit(
    Judged, "2b", "lost call of the judge scored 1/2", "03",
    told=lambda self, value: Score(0.5 if value is None else value),
)
edit(Quarters, "3", "program error scored None", "03", score=_on_status("program_error", None))
edit(Quarters, "4", "on failure keeps the previous row's score", "03 05", __call__=_previous)
edit(
    Quarters, "5", "judge prompt grows from row to row", "04 05",
    __call__=rescored(lambda _, told: [with_value(one, valued(one) / n) for n, one in enumerate(told, 1)]),
)
edit(
    Quarters, "6", "pixel scale from the batch maximum", "05",
    __call__=_batch_maximum, value=lambda self, image: _scaled(image, self.largest),
)
edit(
    Quarters, "7", "pixel scale from the picture's own maximum", "18",
    value=lambda self, image: _scaled(image, image.max()),
)
edit(
    Quarters, "8", "unseeded random patches", "06",
    value=lambda self, image: Quarters.value(self, image[np.random.randint(image.shape[0]) :]),
)
edit(Quarters, "9", "scores are z-scores of the batch", "05", __call__=rescored(_z_scores))
edit(
    Quarters, "10", "score by position in the batch", "04 05",
    __call__=rescored(
        lambda _, told: [with_value(one, max(0.0, valued(one) - 0.01 * n)) for n, one in enumerate(told)]
    ),
)
edit(Quarters, "11", "results returned sorted", "04", __call__=rescored(lambda _, told: sorted(told, key=valued)))
edit(
    Quarters, "12", "failed samples dropped from the list", "01",
    __call__=rescored(lambda _, told: [one for one in told if one.value is not None]),
)
edit(
    Quarters, "13", "results keyed by id, duplicates merged", "01",
    __call__=rescored(
        lambda samples, told: list({s.task.id: one for s, one in zip(samples, told, strict=True)}.values())
    ),
)
edit(Quarters, "14", "out-of-range reply pays 1.25", "02", value=lambda self, image: distance(image) / 40)
edit(
    Quarters, "15", "0..100 returned under a [0, 1] claim", "02",
    value=lambda self, image: 100 * Quarters.value(self, image),
)
# fmt: on


def _relative(image: Pixels) -> float:
    """Returns the distance as a share of the picture's own contrast, which is 0 / 0 where there is none."""
    with np.errstate(invalid="ignore"):
        return float(np.float64(distance(image)) / np.float64(image.max() - image.min()))


def _judging_blanks(value: Callable[[Pixels], float]) -> Any:
    """Returns a `score` that asks about constant pictures as well."""

    def score(self: Quarters, sample: Sample) -> Score:
        image = sample.rendering.image
        judged = sample.rendering.ok and image is not None
        return self.told(value(image)) if judged and image is not None else Quarters.score(self, sample)

    return score


def _white_in_place(self: Quarters, sample: Sample) -> Score:
    white = np.full((8, 8, 3), 255, np.uint8)
    failed = sample.rendering.status == "program_error"
    rendering = replace(sample.rendering, status="ok", image=white) if failed else sample.rendering
    judged = rendering.ok and rendering.image is not None
    return self.told(self.value(rendering.image)) if judged else Quarters.score(self, sample)  # type: ignore[arg-type]


def _running_mean(self: Any, image: Pixels) -> float:
    found = Quarters.value(self, image)
    self.mean = getattr(self, "mean", 0.0) + 0.1 * (found - getattr(self, "mean", 0.0))
    return float(min(1.0, max(0.0, found - self.mean + 0.5)))


def _bonus(of: Callable[[Sample], float]) -> Any:
    """Returns a `score` that multiplies what is above 0 by a factor."""

    def score(self: Quarters, sample: Sample) -> Score:
        found = Quarters.score(self, sample)
        return with_value(found, min(1.0, valued(found) * of(sample)))

    return score


def _words(program: str) -> int:
    return sum(len(line.partition("//")[2].split()) for line in program.splitlines())


def _in_place(self: Quarters, image: Pixels) -> float:
    found = Quarters.value(self, image)
    if image.flags.writeable:
        np.subtract(255, image, out=image)
    return found


def _asking_out(self: Quarters, image: Pixels) -> float:
    try:
        urllib.request.urlopen("http://127.0.0.1:9/", timeout=1)
    except OSError:
        return 0.0
    return Quarters.value(self, image)


def _settling(self: Scaled, image: Pixels) -> float:
    self.version = "settled"
    return Scaled.value(self, image)


def _shelved(self: Any, image: Pixels) -> float:
    self.image = image
    return min(1.0, distance(self.image) / 128)


# fmt: off
edit(
    Quarters, "16", "0/0 on a constant picture: min(1, nan) is 1", "15",
    score=_judging_blanks(lambda image: min(1.0, _relative(image))),
)
edit(Quarters, "16b", "0/0 on a constant picture, unclipped", "02", score=_judging_blanks(_relative))
edit(Quarters, "17", "log-taming switched by the batch's statistics", "05", __call__=rescored(_tamed))
edit(Quarters, "18", "running mean kept between calls", "08", value=_running_mean)
edit(
    Judged, "19", "cache keeps a failure", "08",
    keep=lambda self, png, value: self.answers.update({png: value}),
)
edit(Quarters, "20", "lambda in the instance", "07", __init__=lambda self: setattr(self, "scale", lambda found: found))
edit(
    Quarters, "21", "tie broken by Python's hash of bytes", "07",
    value=lambda self, image: max(0.0, Quarters.value(self, image) - 1e-3 * (hash(image.tobytes()) % 8)),
)
edit(
    Quarters, "22", "small bonus by sample id", "12",
    score=_bonus(lambda one: 1 - 1e-3 * (sum(one.task.id.encode()) % 7)),
)
edit(Quarters, "23", "bonus for program length", "12 19", score=_bonus(lambda one: 0.9 + len(one.program) / 1e4))
edit(Quarters, "23b", "bonus for commenting", "12 19", score=_bonus(lambda one: 0.9 + 0.01 * _words(one.program)))
edit(Quarters, "24", "edits the picture in place", "09", value=_in_place)
edit(
    Quarters, "25", "crashes on a constant picture", "10",
    score=_judging_blanks(lambda image: 1 // int(image.max() - image.min())),
)
edit(Light, "26", "white picture judged in place of a failed one", "14 15", score=_white_in_place)
edit(Light, "27", "likes white", "15", score=_judging_blanks(lambda image: float(image.mean()) / 255))
edit(Quarters, "28", "constant reward", "16", value=lambda self, image: 0.0)
edit(Encoded, "45", "preflight that never fails", "48", preflight=lambda self, samples=None: None)
edit(Quarters, "46", "exception of its own client swallowed to 0", "03", value=_asking_out)
edit(
    Quarters, "47", "NaN above 256 pixels", "02",
    value=lambda self, image: math.nan if min(image.shape[:2]) > 256 else Quarters.value(self, image),
)
edit(Quarters, "48", "picture kept in the instance between two lines", "11", value=_shelved)
edit(
    Quarters, "49", "bytes read in the order of memory", "17",
    value=lambda self, image: float(image.ravel(order="K")[: image.size // 3 + 1].mean()) / 255,
)
edit(Scaled, "50a", "version leaves a parameter out", "49", hashed=lambda self: version_of("Scaled"))
edit(
    Scaled, "50b", "version counts a number by its type", "49",
    hashed=lambda self: version_of(f"Scaled {self.scale if type(self.scale) is int else type(self.scale)}"),
)
edit(
    Scaled, "50c", "version settled by the first call", "49",
    value=_settling,
)
# fmt: on
