"""`pairwise`: a judge compares each picture with references that all samples of its group meet."""

from __future__ import annotations

import asyncio
import logging
import math
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Literal

from rewards.errors import MachineError, SpecError
from rewards.judged.answer_mode import AnswerMode, Mode, WantedMode
from rewards.judged.judge import Judge
from rewards.judged.judge_option import judge_of
from rewards.judged.pairs.references import Meeting, Meetings
from rewards.judged.pairs.symmetric import TIE_BAND, Comparison, Pair, SymmetricJudge
from rewards.judged.pictures import treatment
from rewards.judged.rubric import load_rubric
from rewards.painted.lettering import detector_of
from rewards.pool import Pool
from rewards.types import Sample, Score, Traits, version_of

CODE = 1  # rises when the same answers and pictures would make another value
COMPONENTS = ("wins", "ties", "bias", "copied_reference")

_log = logging.getLogger("codepaint")


def two_per_reference(size: int, references: int) -> int:
    """Returns how many calls a group takes: both orders of every sample and reference, 2 k G."""
    return 2 * references * size


class Pairwise:
    """How much a judge prefers the picture to k references: the mean of k comparisons, each in both orders.

    r = (1/k) sum of v(x, ref_j), with v by `SymmetricJudge`: 1 if x is better, 0.5 for a tie. `Pool.draw` draws the
    references by (seed, task id, group), so all samples of a group get the same ones: half of them `love`, rounded up,
    and the others `okay`. Programs that painted nothing and constant pictures score 0 without a call. A picture that
    equals a reference ties without a call. If one comparison of a sample gets no verdict, that sample has no value; the
    others keep theirs.

    The judge sees both pictures in the same form (`rewards.judged.pictures`): one size, the same small loss, PNG with
    pixels only. It also gets the task's prompt and the rubric, but no program, id or file name.

    Range [0, 1], higher is better; 0.5 is as good as the references. Components: `wins` and `ties` (shares of the
    references), `bias` (mean log-odds by which the judge prefers the picture that it sees first; this describes the
    judge, not the picture), `copied_reference` (1 if the picture is one of the references, or looks the same) and, for
    `text="blur"`, `text_area` (share of the picture that letters cover). Calls: 2 k per sample; an answer that cannot
    be read is asked for once more.

    Args:
        k: References per sample.
        mode: `soft` reads the judge's log-probabilities and gives values in between; `hard` reads its words. `auto`
            lets the judge's `preflight` decide, once per process, before the first score. Copies keep the decision. The
            version does not hold the decision, because it follows from the endpoint, which the judge's version holds.
        tie_band: Half width of the band around 0.5 that is a tie, for `soft`.
        pool: Folder of a pool, or a `Pool`; None takes the one that ships.
        rubric: Name of a rubric, or the path of your own file.
        seed: Seed of the draws.
        text: `blur` makes letters in both pictures unreadable before they are judged, so that a picture cannot
            tell the judge what to choose; `keep` leaves them, for pages.
        judge: Options of `rewards.judged.client.openai_judge.OpenAIJudge`, such as `{"model": ..., "base_url": ...}`,
            or a `Judge` object.

    Raises:
        SpecError: A parameter cannot be understood, or the pool has too few pictures of a tier.
        MissingPart: The extra `text` (for `blur`) or `judge` (for options), a pool or a key is missing.
    """

    name = "pairwise"

    def __init__(
        self,
        *,
        k: int = 2,
        mode: WantedMode = "auto",
        tie_band: float = TIE_BAND,
        pool: Pool | Path | str | None = None,
        rubric: str = "pairwise",
        seed: int = 0,
        text: Literal["blur", "keep"] = "blur",
        judge: Mapping[str, Any] | Judge | None = None,
    ) -> None:
        if text not in ("blur", "keep"):
            raise SpecError(f"text is {text!r}; it is 'blur', or 'keep' for pages.")
        if type(seed) is not int:
            raise SpecError(f"seed is {seed!r}; it is a whole number.")
        self.k, self.mode, self.tie_band, self.seed, self.text = k, mode, tie_band, seed, text
        self.rubric = load_rubric(rubric)
        # A copy may wake up in another folder.
        where = str(Path(rubric).absolute()) if rubric.endswith(".md") else rubric
        self._given = {"pool": pool, "rubric": where}
        self.pool = pool if isinstance(pool, Pool) else Pool.load(None if pool is None else Path(pool))
        self.pool.draw(k, seed=seed, task_id="", group="")  # raises what it lacks
        self._meetings = Meetings(self.pool, k, seed, self.pool.side_px, blur=text == "blur")
        self._detector = detector_of(self.name) if text == "blur" else ""
        self.judge = judge_of(self.name, judge)
        self._answers = AnswerMode(
            mode,
            judge=self.judge,
            rubric=self.rubric.version,
            can_be_soft=self.rubric.answer == "winner",
            reward=self.name,
        )
        self._symmetric(self.decided or "hard")  # raises what does not go together
        self.needs = frozenset({"image", "prompt", "task_id", "group"})
        components: tuple[str, ...] = COMPONENTS
        if text == "blur":
            # So the renderer looks for letters, in its workers and once for each picture, since it keeps what it
            # found; and a canvas that cannot is refused when an evaluator is made. Other samples are looked at here.
            self.needs |= {"text"}
            components += ("text_area",)
        self.traits = Traits(
            kind="pairwise",
            max_calls=two_per_reference,
            deterministic=False,  # what a model says may vary; kept answers do not
            disclaims={"18": "a verdict is a step function"},
            components=components,
            canvases=self.pool.canvases,
        )

    @property
    def version(self) -> str:
        """Changes whenever the same sample could score differently; never by scoring."""
        told = [self.k, self.mode, self.tie_band, self.seed, self.text, self._detector]
        parts = [self.rubric.version, self.pool.version, self.judge.version, treatment()]
        return version_of("Pairwise", [CODE, *told, *parts])

    @property
    def decided(self) -> Mode | None:
        """The mode in which it asks; None as long as `auto` is undecided."""
        return self._answers.decided

    def __call__(self, samples: Sequence[Sample], /) -> list[Score]:
        """Scores samples in order; all that is to be asked about them is asked at once."""
        meetings = self._meetings.of(samples)
        pairs = _pairs(meetings)
        try:
            symmetric = self._symmetric(self._answers.resolved(asking=_differ(pairs)))
        except MachineError as error:
            return self._scores(meetings, _lost(pairs, error))
        return self._scores(meetings, symmetric.compare(pairs))

    async def ascore(self, samples: Sequence[Sample]) -> list[Score]:
        """Scores samples in order without blocking the event loop."""
        meetings = await asyncio.to_thread(self._meetings.of, samples)
        pairs = _pairs(meetings)
        try:
            mode = await asyncio.to_thread(self._answers.resolved, asking=_differ(pairs))
            symmetric = self._symmetric(mode)
        except MachineError as error:
            return self._scores(meetings, _lost(pairs, error))
        return self._scores(meetings, await symmetric.acompare(pairs))

    def preflight(self, samples: Sequence[Sample] | None = None) -> None:
        """Checks the configuration, decides `auto`, and raises if nothing can be learned.

        It asks what the judge's own `preflight` asks, then 2 k questions for each sample; without samples, for 4
        shipped pictures, which makes 16 questions at k = 2.

        Raises:
            SpecError: The judge gives no log-probabilities in soft mode; or `NoSpread`: the probe batch wins under
                5 %, or most of its groups have no spread.
            MissingPart: A picture of the pool is missing.
            MachineError: The judge cannot be reached, or gave no probe a verdict.
        """
        from rewards.preflight import check_spread

        for entry in self.pool.entries:
            if entry.tier is not None:
                entry.check_image()
        self._answers.preflight()
        check_spread(self, samples)

    def _symmetric(self, mode: Mode) -> SymmetricJudge:
        return SymmetricJudge(self.judge, self.rubric, mode=mode, tie_band=self.tie_band)

    def _scores(self, meetings: Sequence[Meeting], comparisons: Sequence[Comparison]) -> list[Score]:
        told = iter(comparisons)
        scores = [self._score(meeting, [next(told) for _ in meeting.pairs]) for meeting in meetings]
        _log_lost(meetings, scores)
        return scores

    def _score(self, meeting: Meeting, comparisons: Sequence[Comparison]) -> Score:
        if meeting.outcome != "pairs":
            value = 0.0 if meeting.outcome == "floor" else None
            nothing = {} if value is None else dict.fromkeys(self.traits.components, 0.0)
            return Score(value, nothing, meeting.reason, meeting.references)
        values = [each.value for each in comparisons if each.value is not None]
        if len(values) < len(comparisons):
            why = "; ".join(dict.fromkeys(each.reason for each in comparisons if each.value is None))
            lost = f"no verdict in {len(comparisons) - len(values)} of {len(comparisons)} comparisons: {why}"
            return Score(None, reason=lost, references=meeting.references)
        reason = "; ".join(map(_told, meeting.references, values, comparisons))
        biases = [each.bias for each in comparisons if each.bias is not None]
        components = {
            "wins": sum(value > 0.5 for value in values) / self.k,
            "ties": sum(value == 0.5 for value in values) / self.k,
            "bias": math.fsum(biases) / len(biases) if biases else 0.0,
            "copied_reference": float(meeting.copied),
        }
        if self.text == "blur":
            components["text_area"] = meeting.text_area
        return Score(math.fsum(values) / self.k, components, reason, meeting.references)

    def __reduce__(self) -> tuple[Any, ...]:
        # By what it was made of: pictures stay behind, what `auto` became comes along.
        given = {name: getattr(self, name) for name in ("k", "mode", "tie_band", "seed", "text", "judge")}
        return _remade, (self._given | given, self.decided, self.pool.version)


def _pairs(meetings: Sequence[Meeting]) -> list[Pair]:
    return [pair for meeting in meetings for pair in meeting.pairs]


def _differ(pairs: Sequence[Pair]) -> bool:
    """Tells whether anything will be asked: equal pictures tie without a call."""
    return any(pair.a != pair.b for pair in pairs)


def _lost(pairs: Sequence[Pair], error: MachineError) -> list[Comparison]:
    same, lost = Comparison(0.5, 0.5, reason="the same picture"), Comparison(None, reason=str(error))
    return [same if pair.a == pair.b else lost for pair in pairs]


def _told(name: str, value: float, comparison: Comparison) -> str:
    if value == 0.5:
        return f"ties with {name}" + (f" ({comparison.reason})" if comparison.reason else "")
    return f"{'beats' if value > 0.5 else 'loses to'} {name} ({value:.2f})"


def _log_lost(meetings: Sequence[Meeting], scores: Sequence[Score]) -> None:
    sizes = Counter(meeting.group for meeting in meetings)
    lost = Counter(m.group for m, score in zip(meetings, scores, strict=True) if score.value is None)
    for group, count in lost.items():
        _log.info("pairwise: %d of %d samples of group %r have no score", count, sizes[group], group)


def _remade(parameters: Mapping[str, Any], mode: Mode | None, pool: str) -> Pairwise:
    made = Pairwise(**parameters)
    if made.pool.version != pool:
        raise SpecError(
            f"The pool was {pool} when this reward was pickled and is {made.pool.version} now; make it anew."
        )
    made._answers.decided = mode
    return made
