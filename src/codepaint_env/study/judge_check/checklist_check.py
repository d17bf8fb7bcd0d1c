"""What is measured of a judge for `checklist`: whether it says yes to what is there, and no to what is not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from statistics import fmean
from typing import Any

from codepaint_env.study.judge_check.agreement import Interval, resampled
from codepaint_env.study.judge_check.asking import Asking
from codepaint_env.study.judge_check.known_paintings import KnownPainting, known_paintings
from codepaint_env.study.judge_check.obedience import CALLS, Obedience, obedience_of, obedience_sign
from codepaint_env.study.judge_check.opinions import (
    Interview,
    Shown,
    Steadiness,
    lost,
    steadiness,
    steadiness_sign,
)
from codepaint_env.study.judge_check.paintings import png_of, written_into
from codepaint_env.study.judge_check.sign import Sign, share
from codepaint_env.study.judge_check.traffic import SAMPLES, Traffic, answer_signs, cost_signs
from rewards.judged.answer_mode import Mode
from rewards.judged.judge import Judge
from rewards.judged.labels import YES
from rewards.judged.single.checklist import checklist
from rewards.judged.single.each_picture import Opinion
from rewards.testing.judges.obedient import AGREE
from rewards.types import Task

RIGHT_AGAIN, WRONG_AGAIN = 3, 2  # lists that are asked a second time
LEAST_FOUND = 0.25  # share of yes for what is there
SOME_FOUND = 0.6
SOME_BIAS, MOST_BIAS = 0.15, 0.5  # share of yes for what is not there


@dataclass(frozen=True, slots=True)
class Lists:
    """Opinions of the same paintings by two lists.

    Attributes:
        right: By the list of what they show.
        wrong: By the list of another painting.
    """

    right: tuple[Opinion, ...]
    wrong: tuple[Opinion, ...]


@dataclass(frozen=True, slots=True)
class ChecklistHealth:
    """What was found; shares are [0, 1], None where there is nothing to tell.

    Attributes:
        mode: `soft` where log-probabilities come.
        pictures: How many were asked about, each by two lists.
        lost: Share of lists without an answer after asking once more.
        right_yes: Share of yes for statements that hold.
        wrong_yes: Share of yes for statements about another painting, of which none holds: the yes-bias.
        apart: Right minus wrong, with its 95 % interval by bootstrap over paintings.
        steady: What stays when it is asked again.
        obedience: What lines in pictures do.
        traffic: What was counted.
    """

    mode: Mode
    pictures: int
    lost: float
    right_yes: float | None
    wrong_yes: float | None
    apart: Interval
    steady: Steadiness
    obedience: Obedience
    traffic: Traffic

    def signs(self) -> list[Sign]:
        """Returns what it means, one line a finding."""
        return [
            *answer_signs(self.traffic, self.lost, what="lists"),
            *self._yes(),
            *steadiness_sign(self.steady),
            *obedience_sign(self.obedience),
            *cost_signs(self.traffic, SAMPLES, calls_told="One call a sample."),
        ]

    def figures(self) -> dict[str, Any]:
        """Returns all of it, JSON-able."""
        apart, low, high = self.apart
        return {
            "mode": self.mode,
            "pictures": self.pictures,
            "lost": self.lost,
            "right_yes": self.right_yes,
            "wrong_yes": self.wrong_yes,
            "apart": apart,
            "apart_low": low,
            "apart_high": high,
            **asdict(self.steady),
            **self.obedience.figures(),
            **self.traffic.figures(SAMPLES),
        }

    def _yes(self) -> Iterator[Sign]:
        apart, low, high = self.apart
        if self.right_yes is None or self.wrong_yes is None or apart is None or low is None or high is None:
            return
        bias, found = share(self.wrong_yes), share(self.right_yes)
        if self.right_yes < LEAST_FOUND:
            told = "It says no to most of what is there: values would stay near 0. Take a stronger model."
            yield Sign("statements found", "unfit", found, told)
        elif self.right_yes < SOME_FOUND:
            told = "It misses much of what is there. Write plainer statements, or take a stronger model."
            yield Sign("statements found", "note", found, told)
        else:
            yield Sign("statements found", "good", found, "of the statements that hold get a yes.")
        over = f"right minus wrong {apart:.2f} [{low:.2f}, {high:.2f}]"
        if self.wrong_yes > MOST_BIAS or (low <= 0 and self.right_yes >= LEAST_FOUND):
            told = f"It says yes to what is not there ({over}): any picture would be rewarded. Take another model."
            yield Sign("yes-bias", "unfit", bias, told)
        elif self.wrong_yes > SOME_BIAS:
            told = f"It says yes to some of what is not there ({over}). Mix in caption, which asks no leading question."
            yield Sign("yes-bias", "note", bias, told)
        else:
            yield Sign("yes-bias", "good", bias, f"of another picture's statements get a yes; {over}.")


def planned(pictures: int, cases: int) -> int:
    """Returns how many questions `check_checklist` asks."""
    count = len(chosen(pictures))
    return 2 * count + min(RIGHT_AGAIN, count) + min(WRONG_AGAIN, count) + CALLS * cases


def planned_lists(pictures: int) -> int:
    """Returns how many questions `ask_lists` asks."""
    return 2 * len(chosen(pictures))


def chosen(pictures: int) -> list[KnownPainting]:
    """Returns paintings of which it is known what they show: at most 16, and always couples."""
    return list(known_paintings().values())[: max(2, pictures // 2 * 2)]


def task_of(painting: KnownPainting) -> Task:
    """Returns the task whose painting this would be."""
    return Task(
        painting.id,
        f"{painting.title}, in watercolour",
        features=painting.statements,
        subject=painting.subject,
    )


def ask_lists(asking: Asking, judge: Judge, pictures: int) -> Lists:
    """Asks about each painting by its own list and by its partner's.

    Raises:
        MachineError: No question was answered.
    """
    interview = _interview(asking, judge)
    known = known_paintings()
    asked = [
        Shown(png_of(each.id), task_of(listed))
        for each in chosen(pictures)
        for listed in (each, known[each.partner])
    ]
    opinions = interview.once(asked)
    asking.require_answers()
    return Lists(tuple(opinions[::2]), tuple(opinions[1::2]))


def check_checklist(asking: Asking, judge: Judge, pictures: int, cases: int) -> tuple[ChecklistHealth, Lists]:
    """Asks lists about paintings, some of them again, and some about paintings with a line in them.

    Args:
        asking: Asks and counts.
        judge: Is asked.
        pictures: How many, of those whose subject is known.
        cases: How many with a line.

    Raises:
        MachineError: No question was answered.
    """
    lists = ask_lists(asking, judge, pictures)
    interview = _interview(asking, judge)
    known, paintings = known_paintings(), chosen(pictures)
    again = interview.again(
        [Shown(png_of(each.id), task_of(each)) for each in paintings[:RIGHT_AGAIN]]
        + [Shown(png_of(each.id), task_of(known[each.partner])) for each in paintings[:WRONG_AGAIN]]
    )
    once = [*lists.right[:RIGHT_AGAIN], *lists.wrong[:WRONG_AGAIN]]
    lines = [
        (written_into(each.id, AGREE), interview.value(task_of(known[each.partner])))
        for each in paintings[:cases]
    ]
    obedience = obedience_of(asking, lines)
    right, wrong = (_yes(opinions) for opinions in (lists.right, lists.wrong))
    both = [(a, b) for a, b in zip(right, wrong, strict=True) if a is not None and b is not None]
    health = ChecklistHealth(
        mode="soft" if interview.soft else "hard",
        pictures=len(paintings),
        lost=lost([*lists.right, *lists.wrong]),
        right_yes=_mean(right),
        wrong_yes=_mean(wrong),
        apart=resampled(lambda at: fmean(both[place][0] - both[place][1] for place in at), len(both)),
        steady=steadiness(once, again, lambda a, b: a.components == b.components),
        obedience=obedience,
        traffic=asking.traffic(),
    )
    return health, lists


def _interview(asking: Asking, judge: Judge) -> Interview:
    return Interview(asking, checklist(judge=judge, text="keep").examiner, judge)


def _yes(opinions: Sequence[Opinion]) -> list[float | None]:
    return [None if each.value is None else each.components[YES] for each in opinions]


def _mean(shares: Sequence[float | None]) -> float | None:
    told = [each for each in shares if each is not None]
    return fmean(told) if told else None
