"""Each knob of the scripted judge, and whether it is found again in its answers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ablation_parts.sheets import inked_sheets
from codepaint_env.study.figures.figures import Estimate
from codepaint_env.study.figures.judge_answers import ask_pairs, traits_of
from codepaint_env.study.figures.judge_knobs import JudgeKnobs, knobs_of
from rewards.judged.rubric import load_rubric
from rewards.testing.judges import ScriptedJudge

KAPPA = 8.0  # of the judge whose other knobs are turned
SHEETS = 32

# Name of the knob, its value, and the name under which it is found.
KNOBS = (
    ("kappa", 15.0, "kappa"),
    ("beta", 0.8, "beta"),
    ("gamma", 6.0, "gamma"),
    ("iota", 6.0, "iota"),
    ("tie_width", 0.1, "tie_width"),
    ("lapse", 0.4, "lapse"),
    ("cyclic", 0.4, "cyclic"),
    ("truncation", 0.1, "truncated"),
    ("garbage", 0.1, "garbage"),
    ("lost", 0.1, "lost"),
)
ZERO = ("beta", "gamma", "iota", "tie_width", "lapse", "cyclic", "truncated", "garbage", "lost")


@dataclass(frozen=True, slots=True)
class Found:
    """What came of one judge with one knob turned.

    Attributes:
        knob: As the scripted judge calls it.
        value: To which it was turned.
        estimate: What was found.
        off: Names of other knobs whose interval does not hold what they were.
    """

    knob: str
    value: float
    estimate: Estimate
    off: tuple[str, ...]

    @property
    def held(self) -> bool:
        """Whether the interval holds the value."""
        return holds(self.estimate, self.value)


def holds(estimate: Estimate, value: float) -> bool:
    """Tells whether an interval holds a value."""
    if estimate.low is None or estimate.high is None:
        return False
    return estimate.low - 1e-9 <= value <= estimate.high + 1e-9


def found_knobs(
    *, seed: int = 0, sheets: int = SHEETS, soft: bool = False, asks: int = 2, **knobs: float
) -> JudgeKnobs:
    """Asks a scripted judge about all pairs of some sheets and reads its knobs."""
    pictures = inked_sheets(sheets, seed)
    judge = ScriptedJudge(**({"kappa": KAPPA, "drawn": True, "seed": seed} | knobs))  # type: ignore[arg-type]
    answers = ask_pairs(judge, pictures, load_rubric("pairwise"), soft=soft, asks=asks)
    return knobs_of(answers, traits_of(pictures), seed=seed)


def recovered(seed: int = 0) -> Iterator[Found]:
    """Turns each knob by itself."""
    for knob, value, name in KNOBS:
        told = found_knobs(seed=seed, **{knob: value})
        others = {other: 0.0 for other in ZERO if other != name} | (
            {} if name == "kappa" else {"kappa": KAPPA}
        )
        off = tuple(other for other, was in others.items() if not holds(getattr(told, other), was))
        yield Found(knob, value, getattr(told, name), off)
