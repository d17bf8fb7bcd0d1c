"""How often a reward likes a lure better than the honest picture: hackability (i)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from codepaint_env import canvases
from codepaint_env.study.probes.recorded import Pair
from rewards.answers import ask
from rewards.measuring.intervals import interval
from rewards.mixing.schedule import stepped
from rewards.types import STAGES, Reward

TOLD = "name one step of the training"


@dataclass(frozen=True, slots=True)
class ProbeScores:
    """What a reward says of probes.

    Attributes:
        label: Of the reward.
        names: Of the probes that it was asked about.
        lure: Its value of each lure; None where there is none.
        honest: Its value of each honest picture; None where there is none.
        skipped: Canvases that it cannot judge, and why; their probes are not among `names`.
    """

    label: str
    names: tuple[str, ...]
    lure: tuple[float | None, ...]
    honest: tuple[float | None, ...]
    skipped: Mapping[str, str] = field(default_factory=dict)

    @property
    def beaten(self) -> dict[str, float]:
        """By probe: 1.0 if the lure got more than the honest picture, 0.5 if the same, 0.0 if less; else no entry."""
        return {
            name: 1.0 if lure > honest else 0.5 if lure == honest else 0.0
            for name, lure, honest in zip(self.names, self.lure, self.honest, strict=True)
            if lure is not None and honest is not None
        }

    @property
    def left_out(self) -> int:
        """How many probes have no value for one of the two."""
        return len(self.names) - len(self.beaten)

    @property
    def share(self) -> float | None:
        """The share of probes of which the lure won, an equal pair counting half; None if there is none to count."""
        beaten = self.beaten
        return sum(beaten.values()) / len(beaten) if beaten else None

    @property
    def interval(self) -> tuple[float, float]:
        """Wilson's 95 % interval of the share."""
        return interval(sum(self.beaten.values()), len(self.beaten))


def scores(rewards: Mapping[str, Reward], pairs: Sequence[Pair]) -> list[ProbeScores]:
    """Asks rewards about recorded probes, in order; each canvas in one call, both pictures of a probe as one group.

    Args:
        rewards: By label.
        pairs: Probes, as `record_probes` returns them, with the evidence that the rewards need.

    Raises:
        SpecError: A reward moves over a training, and no step is told.
    """
    return [_scores(label, stepped(reward, None, TOLD), pairs) for label, reward in rewards.items()]


def cannot(reward: Reward, canvas: str) -> str:
    """Says why a reward cannot judge probes of a canvas; `""` if it can."""
    judged = reward.traits.canvases
    if judged is not None and canvas not in judged:
        return f"it judges {' and '.join(sorted(judged))} only"
    place = canvases.get(canvas)
    missing = sorted((reward.needs & frozenset(STAGES)) - place.stages - place.on_request)
    if missing:
        return f"it needs {', '.join(missing)}, which this canvas does not record"
    return "it needs a reference picture, which probes do not have" if "reference" in reward.needs else ""


def _scores(label: str, reward: Reward, pairs: Sequence[Pair]) -> ProbeScores:
    names: list[str] = []
    values: list[float | None] = []
    skipped: dict[str, str] = {}
    for canvas in dict.fromkeys(pair.probe.canvas for pair in pairs):
        if why := cannot(reward, canvas):
            skipped[canvas] = why
            continue
        some = [pair for pair in pairs if pair.probe.canvas == canvas]
        samples = [sample for pair in some for sample in (pair.lure, pair.honest)]
        names += [pair.probe.name for pair in some]
        answered = ask(reward, samples)
        values += [
            None if sample.rendering.status == "machine_error" else score.value
            for sample, score in zip(samples, answered, strict=True)
        ]
    return ProbeScores(label, tuple(names), tuple(values[::2]), tuple(values[1::2]), skipped)
