"""`winrate`: a judge compares the pictures of a group with each other, and each earns the share that it beats."""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any, Literal

from rewards.errors import MachineError, SpecError
from rewards.judged.answer_mode import AnswerMode, Mode, WantedMode
from rewards.judged.judge import Judge
from rewards.judged.judge_option import judge_of
from rewards.judged.pairs.contest import Contender, Contest, Contests, compared_with
from rewards.judged.pairs.symmetric import TIE_BAND, Comparison, Pair, SymmetricJudge
from rewards.judged.pairs.tournament import Standing, standings
from rewards.judged.pictures import SIDE_PX, checked_side, treatment
from rewards.judged.rubric import load_rubric
from rewards.painted.lettering import detector_of
from rewards.types import Sample, Score, Traits, version_of

CODE = 1  # rises when the same answers and pictures would make another value
COMPONENTS = ("wins", "ties", "bias", "games")
FEWEST_GAMES = 2

_log = logging.getLogger("codepaint")


def calls_a_group(games: int | None, size: int, references: int) -> int:
    """Returns how many calls a group takes at most: both orders of each pair, G d; G (G - 1) for all pairs."""
    return size * max(0, size - 1 if games is None else min(games, size - 1))


class WinRate:
    """The share of the other pictures of its group that a picture beats, by a judge that compares two at a time.

    r_i = 1/(G - 1) * (sum of v(x_i, x_j) over the other G - 1), with v by `SymmetricJudge`: each pair in both orders,
    1 if x_i is better, 0.5 for a tie. With `games` = d, each picture meets d others in place of all. The pictures are
    placed on a ring, and each meets its neighbours at distances 1 to d / 2, and the one opposite if d is odd. The mean
    of its games then takes the place of all comparisons. All have as many games, so the sum over a group stays G / 2.
    Places on the ring depend on `seed`, task, group and the pictures, never on the order of a batch. If d and the
    number of pictures are both odd, each has one game fewer.

    Values can be compared only within a group: they average one half in every group, good or bad. So a group must come
    whole, and values of two groups must not be compared.

    Programs that painted nothing and constant pictures score 0. They lose to every painted picture, without a call, and
    tie with each other. Samples whose machine failed have no value and take no part: G counts the others. Equal
    pictures tie without a call and share one value, the mean of their games. If a game gets no verdict, its two
    pictures have no value, and all others keep theirs. A sample that is alone in its group has 0.5.

    The judge sees pictures in the same form as in `pairwise` (`rewards.judged.pictures`): one size, the same small
    loss, PNG with pixels only. It gets two of them, the task's prompt and the rubric, but no program, id or file name.

    Source: the pairwise preference reward of Pref-GRPO, symmetrised, without rounding, and with the ring.

    Range [0, 1], higher is better. Components: `wins` (the win rate before the floor of 0; its sum over a group is
    G / 2), `ties` (share of the others that it ties with), `bias` (mean log-odds by which the judge prefers the picture
    that it sees first; this describes the judge, not the picture), `games` (pictures that the judge compared it with)
    and, for `text="blur"`, `text_area` (share of the picture that letters cover). Calls: G d per group, G (G - 1) for
    all pairs; an answer that cannot be read is asked for once more.

    Args:
        games: Other pictures that each meets, at least 2; None for all.
        mode: As in `pairwise`: `soft` reads log-probabilities, `hard` the words, `auto` is decided once per process.
        tie_band: Half width of the band around 0.5 that is a tie, for `soft`.
        rubric: Name of a rubric, or the path of your own file.
        seed: Seed of the places on the ring.
        text: `blur` makes letters unreadable before pictures are judged, so that none can tell the judge what to
            choose; `keep` leaves them, for pages.
        size_px: Side of the square in which pictures are shown, at least 16; smaller pictures cost fewer tokens.
        judge: Options of `rewards.judged.client.openai_judge.OpenAIJudge`, such as `{"model": ..., "base_url": ...}`,
            or a `Judge` object.

    Raises:
        SpecError: A parameter cannot be understood.
        MissingPart: The extra `text` (for `blur`) or `judge` (for options), or a key is missing.
    """

    name = "winrate"

    def __init__(
        self,
        *,
        games: int | None = None,
        mode: WantedMode = "auto",
        tie_band: float = TIE_BAND,
        rubric: str = "pairwise",
        seed: int = 0,
        text: Literal["blur", "keep"] = "blur",
        size_px: int = SIDE_PX,
        judge: Mapping[str, Any] | Judge | None = None,
    ) -> None:
        if games is not None and (type(games) is not int or games < FEWEST_GAMES):
            raise SpecError(
                f"games is {games!r}; it is a whole number of at least {FEWEST_GAMES}, or None for all pairs."
            )
        if text not in ("blur", "keep"):
            raise SpecError(f"text is {text!r}; it is 'blur', or 'keep' for pages.")
        if type(seed) is not int:
            raise SpecError(f"seed is {seed!r}; it is a whole number.")
        self.games, self.mode, self.tie_band = games, mode, tie_band
        self.seed, self.text, self.size_px = seed, text, checked_side(size_px)
        self.rubric = load_rubric(rubric)
        # A copy may wake up in another folder.
        self._rubric_given = str(Path(rubric).absolute()) if rubric.endswith(".md") else rubric
        self._detector = detector_of(self.name) if text == "blur" else ""
        self.judge = judge_of(self.name, judge)
        self._answers = AnswerMode(
            mode,
            judge=self.judge,
            rubric=self.rubric.version,
            can_be_soft=self.rubric.answer == "winner",
            reward=self.name,
        )
        self._contests = Contests(games, seed, size_px, blur=text == "blur")
        self._symmetric(self.decided or "hard")  # raises what does not go together
        self.needs = frozenset({"image", "prompt", "task_id", "group"})
        components: tuple[str, ...] = COMPONENTS
        if text == "blur":
            self.needs |= {"text"}  # so that the renderer looks for letters, as for `pairwise`
            components += ("text_area",)
        self.traits = Traits(
            kind="winrate",
            scope="group",
            max_calls=partial(calls_a_group, games),
            deterministic=False,  # what a model says may vary; kept answers do not
            disclaims={"18": "a verdict is a step function"},
            components=components,
        )

    @property
    def version(self) -> str:
        """Changes whenever the same group could score differently; never by scoring."""
        told = [self.games, self.mode, self.tie_band, self.seed, self.text, self.size_px, self._detector]
        parts = [self.rubric.version, self.judge.version, treatment()]
        return version_of("WinRate", [CODE, *told, *parts])

    @property
    def decided(self) -> Mode | None:
        """The mode in which it asks; None as long as `auto` is undecided."""
        return self._answers.decided

    def __call__(self, samples: Sequence[Sample], /) -> list[Score]:
        """Scores samples in order; all that is to be asked about all groups is asked at once."""
        contests = self._contests.of(samples)
        pairs = [pair for contest in contests for pair in contest.pairs]
        try:
            symmetric = self._symmetric(self._answers.resolved(asking=_differ(pairs)))
        except MachineError as error:
            return self._placed(samples, contests, _lost(pairs, error))
        return self._placed(samples, contests, symmetric.compare(pairs))

    async def ascore(self, samples: Sequence[Sample]) -> list[Score]:
        """Scores samples in order without blocking the event loop."""
        contests = await asyncio.to_thread(self._contests.of, samples)
        pairs = [pair for contest in contests for pair in contest.pairs]
        try:
            mode = await asyncio.to_thread(self._answers.resolved, asking=_differ(pairs))
        except MachineError as error:
            return self._placed(samples, contests, _lost(pairs, error))
        return self._placed(samples, contests, await self._symmetric(mode).acompare(pairs))

    def preflight(self, samples: Sequence[Sample] | None = None) -> None:
        """Checks the configuration, decides `auto`, and raises if nothing can be learned.

        It asks what the judge's own `preflight` asks, then about the samples as a call would; without samples, about 4
        shipped pictures as one group: 12 questions, or 8 with `games=2`.

        Raises:
            SpecError: A sample is alone in its group; the judge gives no log-probabilities in soft mode; or `NoSpread`:
                most groups of the probe have no spread.
            MachineError: The judge cannot be reached, or gave no probe a verdict.
        """
        from rewards.preflight import check_spread

        sizes = Counter(map(compared_with, samples or ()))
        alone = [group for group, size in sizes.items() if size == 1]
        if alone:
            raise SpecError(
                f"'winrate' compares the samples of a group with each other, and {len(alone)} of {len(sizes)} groups "
                f"have a single sample, such as {alone[0][0]!r}: it would score 0.5 whatever it paints. Let the policy "
                "paint each task at least twice, and let whole groups be scored together."
            )
        self._answers.preflight()
        check_spread(self, samples)

    def _symmetric(self, mode: Mode) -> SymmetricJudge:
        return SymmetricJudge(self.judge, self.rubric, mode=mode, tie_band=self.tie_band)

    def _placed(
        self, samples: Sequence[Sample], contests: Sequence[Contest], comparisons: Sequence[Comparison]
    ) -> list[Score]:
        told = iter(comparisons)
        scores: dict[int, Score] = {}
        for contest in contests:
            own = self._scores(contest, [next(told) for _ in contest.pairs])
            lost = sum(score.value is None for score in own.values())
            if lost:
                name = samples[next(iter(own))].group
                _log.info("winrate: %d of %d samples of group %r have no score", lost, len(own), name)
            scores |= own
        return [scores[place] for place in range(len(samples))]

    def _scores(self, contest: Contest, verdicts: Sequence[Comparison]) -> dict[int, Score]:
        found = standings([contest.members[place].png for place in contest.ring], contest.meetings, verdicts)
        by_place = dict(zip(contest.ring, found, strict=True))
        return {
            place: self._score(contest, each, by_place.get(place)) for place, each in contest.members.items()
        }

    def _score(self, contest: Contest, own: Contender, standing: Standing | None) -> Score:
        if own.outcome == "failed":
            return Score(None, reason=own.reason)
        others = len(contest.ring) + contest.floored - 1
        if standing is None:  # it painted nothing, so it ties with its like
            met, rate, ties, bias = contest.floored - 1, 0.5, 1.0, 0.0
            beaten = games = 0
        elif standing.rate is None:
            return Score(None, reason=standing.reason)
        else:
            met, rate, ties, bias = len(contest.ring) - 1, standing.rate, standing.ties, standing.bias
            beaten, games = contest.floored, contest.games
        components = {
            "wins": (met * rate + beaten) / others if others else 0.5,
            "ties": met * ties / others if others else 0.0,
            "bias": bias,
            "games": float(games),
        }
        if self.text == "blur":
            components["text_area"] = own.text_area
        if standing is None:
            return Score(0.0, components, own.reason)
        without = f"; {beaten} of the group painted nothing" if beaten else ""
        return Score(components["wins"], components, standing.reason + without)

    def __reduce__(self) -> tuple[Any, ...]:
        # By what it was made of; what `auto` became comes along.
        names = ("games", "mode", "tie_band", "seed", "text", "size_px", "judge")
        given = {name: getattr(self, name) for name in names} | {"rubric": self._rubric_given}
        return _remade, (given, self.decided)


def _differ(pairs: Sequence[Pair]) -> bool:
    return any(pair.a != pair.b for pair in pairs)


def _lost(pairs: Sequence[Pair], error: MachineError) -> list[Comparison]:
    same, lost = Comparison(0.5, 0.5, reason="the same picture"), Comparison(None, reason=str(error))
    return [same if pair.a == pair.b else lost for pair in pairs]


def _remade(parameters: Mapping[str, Any], mode: Mode | None) -> WinRate:
    made = WinRate(**parameters)
    made._answers.decided = mode
    return made
