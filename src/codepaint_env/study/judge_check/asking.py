"""Asks a judge for a check: counts what comes back, takes the time, and shows how far it is."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from statistics import median
from typing import TypeVar

from codepaint_env.study.judge_check.traffic import Traffic
from rewards.errors import MachineError
from rewards.judged.inquiry import Inquiry, conduct
from rewards.judged.judge import Judge, Question
from rewards.judged.reply import Reply

T = TypeVar("T")

Progress = Callable[[int, int], None]
"""Is told how many questions are done, and of how many."""

AT_ONCE = 16  # questions in one call of a judge that does not tell how many it can take


class Pace:
    """How far all checks together are.

    Args:
        plans: Questions that each check will ask, in order.
        progress: Is told.
    """

    def __init__(self, plans: Sequence[int], progress: Progress) -> None:
        self._plans, self._progress = list(plans), progress
        self._done = self._own = 0  # questions of all checks up to now; those that the current one takes

    def begin(self) -> None:
        """Goes on to the next check: what the one before took is known now."""
        self._own = self._done + self._plans.pop(0)

    def end(self) -> None:
        """Says that all is done, however much it was."""
        if self._done < self._own + sum(self._plans):
            self._progress(self._done, self._done)

    def advance(self, done: int, *, unplanned: int) -> None:
        """Counts questions that are done, and those among them that no plan foresaw."""
        self._done += done
        self._own = max(self._own + unplanned, self._done)
        self._progress(self._done, self._own + sum(self._plans))


class CountingJudge:
    """A judge round another that counts what was asked and what came back.

    A question with an odd `attempt` is one whose first answer could not be read: `Question.attempt`.

    Args:
        judge: Is asked.
        at_once: Questions in one of its calls.
        pace: Is told what is done.

    Attributes:
        asked: Questions, without those that were asked once more.
        failed: Of these, how many got no answer.
        unreadable: Of these, how many got one that cannot be read.
        heard: All answers, those to questions asked once more among them.
        seconds: That all of it took.
        call_s: Seconds of each call of the judge that was answered.
    """

    def __init__(self, judge: Judge, at_once: int, pace: Pace) -> None:
        self._judge, self._at_once, self._pace = judge, at_once, pace
        self.asked = self.failed = self.unreadable = self.heard = 0
        self.seconds = 0.0
        self.call_s: list[float] = []

    @property
    def version(self) -> str:
        """The inner judge's."""
        return self._judge.version

    @property
    def trouble(self) -> str:
        """Why a call failed the last time, where the inner judge tells."""
        return getattr(self._judge, "trouble", "")

    def ask(self, questions: Sequence[Question], /) -> list[Reply | None]:
        """Answers in order, some at a time."""
        replies: list[Reply | None] = []
        for start in range(0, len(questions), self._at_once):
            some = questions[start : start + self._at_once]
            began = time.perf_counter()
            told = self._judge.ask(some)
            self._count(some, told, time.perf_counter() - began)
            replies += told
        return replies

    def _count(self, questions: Sequence[Question], replies: Sequence[Reply | None], spent_s: float) -> None:
        answered = sum(reply is not None for reply in replies)
        first = [
            (each, reply) for each, reply in zip(questions, replies, strict=True) if not each.attempt % 2
        ]
        self.asked += len(first)
        self.failed += sum(reply is None for _, reply in first)
        self.unreadable += sum(reply is not None and not each.readable(reply) for each, reply in first)
        self.heard += answered
        self.seconds += spent_s
        if answered:
            self.call_s.append(spent_s)
        self._pace.advance(len(questions), unplanned=len(questions) - len(first))


class Asking:
    """What one check asks a judge: most of it side by side, some of it again, one call at a time.

    Args:
        judge: Is asked; it must keep no answers, or asking again tells nothing.
        logprobs: Whether log-probabilities come.
        pace: Is told what is done.

    Attributes:
        logprobs: As given.
    """

    def __init__(self, judge: Judge, logprobs: bool, pace: Pace) -> None:
        self.logprobs = logprobs
        self._judge = judge
        self._before = usage_of(judge)
        endpoint = getattr(judge, "endpoint", None)
        at_once = AT_ONCE if endpoint is None else 2 * endpoint.concurrency  # enough to keep all of them busy
        self._together, self._alone = CountingJudge(judge, at_once, pace), CountingJudge(judge, 1, pace)

    def together(self, inquiries: Sequence[Inquiry[T]]) -> list[T]:
        """Returns the outcomes of inquiries that are conducted side by side."""
        return conduct(self._together, inquiries)

    def alone(self, inquiries: Sequence[Inquiry[T]]) -> list[T]:
        """Returns the outcomes of inquiries that are conducted one after the other."""
        return [outcome for inquiry in inquiries for outcome in conduct(self._alone, [inquiry])]

    def require_answers(self) -> None:
        """Raises `MachineError` if no question at all was answered."""
        asked = self._together.asked
        if asked and self._together.failed == asked:
            model = getattr(getattr(self._judge, "endpoint", None), "model", self._judge.version)
            why = self._together.trouble
            raise MachineError(
                f"The judge {model!r} answered none of {asked} questions{why and f' ({why})'}; see the log."
            )

    def traffic(self) -> Traffic:
        """Returns what was counted."""
        side, alone = self._together, self._alone
        usage = usage_of(self._judge)
        spent = {
            name: None if count is None else count - (self._before[name] or 0)
            for name, count in usage.items()
        }
        heard = max(1, side.heard + alone.heard)
        return Traffic(
            failed=side.failed / max(1, side.asked),
            unreadable=side.unreadable / max(1, side.asked - side.failed),
            call_ms=1000 * median(alone.call_s) if alone.call_s else None,
            calls_per_s=side.asked / side.seconds if side.seconds else 0.0,
            tokens_in=(spent.get("tokens_in") or 0) / heard,
            tokens_out=(spent.get("tokens_out") or 0) / heard,
            usage=spent,
        )


def usage_of(judge: Judge) -> Mapping[str, int | float | None]:
    """Returns what a judge has counted up to now, as `OpenAIJudge.usage`; empty where it counts nothing."""
    usage: Mapping[str, int | float | None] = getattr(judge, "usage", {})
    return usage
