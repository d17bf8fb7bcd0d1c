"""Mutants 86 to 90: small edits of `winrate` with two games a picture."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import replace
from typing import ClassVar

from rewards.judged.answer_mode import WantedMode
from rewards.judged.judge import Judge
from rewards.judged.pairs import winrate
from rewards.judged.pairs.contest import Contender, Contest, Contests
from rewards.judged.pairs.symmetric import Comparison
from rewards.judged.pairs.tournament import Standing, standings
from rewards.testing.law import edit
from rewards.types import Sample, Score

# What each method does stands in `rewards.judged.pairs.winrate`.


class Ring(winrate.WinRate):
    """`winrate` with two games a picture and letters as they are."""

    contests: ClassVar[type[Contests]] = Contests

    def __init__(
        self, *, judge: Judge, games: int = 2, mode: WantedMode = "soft", seed: int = 0, size_px: int = 16
    ) -> None:
        super().__init__(judge=judge, games=games, mode=mode, seed=seed, size_px=size_px, text="keep")
        self._contests = self.contests(games, seed, size_px, blur=False)


class _InBatchOrder(Contests):
    """Places pictures on the ring as they come."""

    def of(self, samples: Sequence[Sample]) -> list[Contest]:
        return [
            Contest.of(
                _ranked({place: place for place in each.members}, each), samples[0].task.prompt, self.games
            )
            for each in Contests.of(self, samples)
        ]


class _Mixed(Contests):
    """Lets all groups of a batch play one tournament, under the prompt of the first."""

    def of(self, samples: Sequence[Sample]) -> list[Contest]:
        members = {place: one for each in Contests.of(self, samples) for place, one in each.members.items()}
        return [Contest.of(members, samples[0].task.prompt, self.games)] if members else []


class _Row(Contests):
    """Lets nobody meet over the ends of the ring, so that two pictures have one game fewer."""

    def of(self, samples: Sequence[Sample]) -> list[Contest]:
        rows = []
        for each in Contests.of(self, samples):
            kept = [(n, met) for n, met in enumerate(each.meetings) if met[0] < met[1]]
            meetings, pairs = tuple(met for _, met in kept), tuple(each.pairs[n] for n, _ in kept)
            rows.append(replace(each, meetings=meetings, pairs=pairs))
        return rows


def _ranked(places: Mapping[int, int], contest: Contest) -> dict[int, Contender]:
    return {
        place: replace(contest.members[place], rank=rank.to_bytes(4, "big")) for place, rank in places.items()
    }


def _scores_of(contest: Contest, found: Sequence[Standing], reward: Ring) -> dict[int, Score]:
    by_place = dict(zip(contest.ring, found, strict=True))
    return {place: reward._score(contest, own, by_place.get(place)) for place, own in contest.members.items()}


def _each_its_own(self: Ring, contest: Contest, verdicts: Sequence[Comparison]) -> dict[int, Score]:
    """Lets equal pictures keep what each of them won."""
    alike: list[Hashable] = [*contest.ring]
    return _scores_of(contest, standings(alike, contest.meetings, verdicts), self)


def _without_lost(self: Ring, contest: Contest, verdicts: Sequence[Comparison]) -> dict[int, Score]:
    """Takes the mean over the games of which there is a verdict."""
    kept = [n for n, each in enumerate(verdicts) if each.value is not None]
    alike = [contest.members[place].png for place in contest.ring]
    met = [contest.meetings[n] for n in kept]
    return _scores_of(contest, standings(alike, met, [verdicts[n] for n in kept]), self)


def _without_floor(self: Ring, contest: Contest, own: Contender, standing: Standing | None) -> Score:
    score = winrate.WinRate._score(self, contest, own, standing)
    return score if score.value is None else replace(score, value=score.components["wins"])


# fmt: off
edit(Ring, "86a", "places on the ring by the order of the batch", "65", contests=_InBatchOrder)
edit(Ring, "86b", "equal pictures keep their own games", "65", _scores=_each_its_own)
edit(Ring, "87", "a failed program is paid for its ties with others that failed", "14", _score=_without_floor)
edit(Ring, "88", "a lost game dropped from the mean", "31", _scores=_without_lost)
edit(Ring, "89", "all groups of a batch in one tournament", "05", contests=_Mixed)
edit(Ring, "90", "a row in place of a ring", "29", contests=_Row)
# fmt: on
