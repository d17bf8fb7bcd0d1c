"""`agentic`: does a page run, how does it look, does it work, as one value behind a gate."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Literal

from rewards.critique import critique
from rewards.errors import SpecError
from rewards.judged.judge import Judge
from rewards.lookup import guess
from rewards.mixing.members import aask, settled_by
from rewards.mixing.mix import THRESHOLD, Gated, Weighted, checked_weight
from rewards.pages.execution import Execution, Mode
from rewards.pages.interactive import Interactive
from rewards.pages.static import static
from rewards.preflight import preflight
from rewards.types import Reward, Sample, Score, Traits, version_of

CODE = 1  # rises when the same scores of the members would make another value
WEIGHTS: Mapping[str, float] = {"execution": 0.1, "static": 0.8, "interactive": 0.1}


class Agentic:
    """0.1 execution + 0.8 static + 0.1 interactive, each member rescaled to [0, 1], behind a gate.

    r = sum of w_k u_k with u = (r_k - lo) / (hi - lo): execution -1 or 1 becomes 0 or 1, so no member counts more
    because its range is wider. The gate is `execution`. A page that fails it scores 0: no judge is asked about it, and
    after a finding of `settled_by` neither its layout nor its interactions are recorded.

    Range [0, sum of the weights]; components `execution`, `static` and `interactive`, each on [0, 1].

    Source: the reward of AesCoder (Code Aesthetics with Agentic Reward Feedback), with its weights. The gate is ours:
    the paper adds a failed execution like any other value.

    Args:
        weights: Weights of the members by name, at least 0; a member that is not named keeps its own.
        mode: Mode of `execution`: `faithful` as in the paper, or `strict`.
        threshold: Threshold of the gate, above 0 and at most 1; with None there is no gate, and everything is recorded
            and judged.
        by: What looks at the page: `judge`, or `audit`, which is offline.
        judge: The judge of `static`, if `by` is `judge`: options such as `{"model": ..., "base_url": ...}`, or a
            `Judge` object.
        veto: Lets the judge also take away the credit of a step of `interactive`.

    Raises:
        SpecError: A parameter cannot be understood, or there is no judge to ask.
        MissingPart: The extra `judge` or a key is missing.
    """

    name = "agentic"

    def __init__(
        self,
        *,
        weights: Mapping[str, float] | None = None,
        mode: Mode = "faithful",
        threshold: float | None = THRESHOLD,
        by: Literal["judge", "audit"] = "judge",
        judge: Mapping[str, Any] | Judge | None = None,
        veto: bool = False,
    ) -> None:
        if veto and by != "judge":
            raise SpecError("agentic: veto=True asks the judge, and by='audit' has none; take by='judge'.")
        if by == "judge" and judge is None:
            raise SpecError(
                "'agentic' has no judge; name one: judge={'model': ..., 'base_url': ...} asks any OpenAI-compatible "
                "endpoint, or take by='audit', which measures damage offline."
            )
        self.weights = _checked(weights or {})
        looks = static(by=by, judge=judge)
        asked = getattr(looks, "judge", None)
        members: dict[str, Reward] = {
            "execution": Execution(mode=mode),
            "static": looks,
            "interactive": Interactive(judge=asked if veto else None),
        }
        self.mix = Weighted([(self.weights[name], member) for name, member in members.items()])
        # Without a bonus: what passes has its share of execution, so that it scores above what fails all the same.
        self.whole: Gated | Weighted = self.mix
        if threshold is not None:
            self.whole = Gated(self.mix, gate=members["execution"], threshold=threshold, bonus=0.0)
        self.needs = self.whole.needs
        self.traits: Traits = replace(self.whole.traits, components=tuple(WEIGHTS))

    @property
    def version(self) -> str:
        """Changes with the version of any member."""
        return version_of("Agentic", [CODE, self.whole.version])

    @property
    def settled_by(self) -> frozenset[str]:
        """Kinds of findings that make the gate fail; none without a gate."""
        return settled_by(self.whole)

    def __call__(self, samples: Sequence[Sample], /) -> list[Score]:
        """Scores samples in order."""
        return [self._named(score) for score in self.whole(samples)]

    async def ascore(self, samples: Sequence[Sample]) -> list[Score]:
        """Scores samples in order without blocking the event loop."""
        return [self._named(score) for score in await aask(self.whole, samples)]

    def preflight(self, samples: Sequence[Sample] | None = None) -> None:
        """Checks the configuration of gate and members; raises `NoSpread` if a probe shows nothing to learn from."""
        preflight(self.whole, samples)

    def critique(self, sample: Sample, /) -> str:
        """Passes on the members' critiques: what keeps the page from running, how it looks, what does nothing."""
        failed = critique(self.mix.members[0][1], sample)
        return failed if failed and self.whole is not self.mix else critique(self.mix, sample)

    def rule(self, components: Mapping[str, float]) -> float:
        """Computes the value from the components; a failed gate leaves them all at 0."""
        return sum(self.weights[name] * unit for name, unit in components.items())

    def _named(self, score: Score) -> Score:
        """Tells of the three members alone, whether they stood behind a gate or not."""
        if score.value is None:
            return score
        behind = "" if self.whole is self.mix else f"{self.mix.name}/"
        names = {f"{'' if name == 'execution' else behind}{name}": name for name in WEIGHTS}
        told = {name: score.components[key] for key, name in names.items()}
        return replace(
            score, components=told, skipped=tuple(names[key] for key in score.skipped if key in names)
        )


def _checked(weights: Mapping[str, float]) -> dict[str, float]:
    for name in weights:
        if name not in WEIGHTS:
            raise SpecError(
                f"agentic has no member {name!r}.{guess(name, WEIGHTS)} It has: {', '.join(WEIGHTS)}."
            )
    return {name: checked_weight(weights.get(name, usual)) for name, usual in WEIGHTS.items()}
