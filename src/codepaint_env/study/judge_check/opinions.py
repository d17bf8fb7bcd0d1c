"""Pictures about which a judged reward asks one at a time, and its opinions of them when asked once and again."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from codepaint_env.study.judge_check.asking import Asking
from codepaint_env.study.judge_check.sign import Sign, share
from rewards.judged.inquiry import Inquiry
from rewards.judged.judge import Judge
from rewards.judged.single.each_picture import Examiner, Opinion
from rewards.types import Task

ASKED_AGAIN = 5  # pictures, one call at a time
STEADY = 0.9  # share of answers that stay


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture as a judge is shown it, and the task for which it is judged."""

    png: bytes
    task: Task


@dataclass(frozen=True, slots=True)
class Interview:
    """Asks what a reward asks, in the way in which the reward would.

    Attributes:
        asking: Asks and counts.
        examiner: The reward's.
        judge: For what it says of its trouble.
    """

    asking: Asking
    examiner: Examiner
    judge: Judge

    @property
    def soft(self) -> bool:
        """True if log-probabilities are read."""
        return self.asking.logprobs and self.examiner.can_be_soft

    def once(self, pictures: Sequence[Shown]) -> list[Opinion]:
        """Asks about pictures side by side."""
        return self.asking.together([self._inquiry(each) for each in pictures])

    def again(self, pictures: Sequence[Shown]) -> list[Opinion]:
        """Asks about pictures one after the other, one call at a time."""
        return self.asking.alone([self._inquiry(each) for each in pictures])

    def value(self, task: Task) -> Callable[[bytes], Inquiry[float | None]]:
        """Returns what asks for the value of a picture for a task."""

        def ask(png: bytes) -> Inquiry[float | None]:
            opinion = yield from self._inquiry(Shown(png, task))
            return opinion.value

        return ask

    def _inquiry(self, shown: Shown) -> Inquiry[Opinion]:
        return self.examiner.examine(shown.png, shown.task, self.judge, soft=self.soft)


@dataclass(frozen=True, slots=True)
class Steadiness:
    """What stays when a judge is asked again.

    Attributes:
        repeatability: Share of pictures of which it says the same, [0, 1]; None where nothing was answered twice.
        drift: Largest change of a value, [0, 1].
    """

    repeatability: float | None
    drift: float | None


def steadiness(
    once: Sequence[Opinion], again: Sequence[Opinion], same: Callable[[Opinion, Opinion], bool]
) -> Steadiness:
    """Compares opinions with what was said the second time; only where both have a value."""
    both = [
        (a, b, abs(a.value - b.value))
        for a, b in zip(once, again, strict=False)
        if a.value is not None and b.value is not None
    ]
    if not both:
        return Steadiness(None, None)
    return Steadiness(sum(same(a, b) for a, b, _ in both) / len(both), max(moved for _, _, moved in both))


def steadiness_sign(found: Steadiness) -> Iterator[Sign]:
    """Tells whether the judge says the same when asked again."""
    if found.repeatability is None or found.drift is None:
        return
    steady = found.repeatability >= STEADY
    means = (
        "It says the same when asked again."
        if steady
        else "Its answers change: the cache keeps the first. temperature=0 or several asks help."
    )
    moved = f"{means} Values moved by up to {found.drift:.3f}."
    yield Sign("repeatability", "good" if steady else "note", share(found.repeatability), moved)


def lost(opinions: Sequence[Opinion]) -> float:
    """Returns the share of opinions without a value."""
    return sum(each.value is None for each in opinions) / max(1, len(opinions))
