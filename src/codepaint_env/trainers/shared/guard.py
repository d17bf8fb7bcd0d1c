"""One policy for what fails while a trainer runs: what costs scores, and what ends the training."""

from __future__ import annotations

import logging
from collections import Counter, deque
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager

from codepaint_env.evaluate import Evaluated
from rewards.errors import BudgetSpent, MachineError, MissingPart, SpecError
from rewards.forks import ForkSafeLock

log = logging.getLogger("codepaint")

KEPT = 200  # samples
IN_A_ROW = 3  # batches that are lost or whose evaluation raises; the last of them ends the training


class TooManyInvalid(MachineError):
    """Over half of the last 200 samples have no score, or no painting of three batches in a row has one."""


FATAL = (SpecError, MissingPart, BudgetSpent, TooManyInvalid)
"""What no later batch would mend: it ends the training at once."""


class Guard:
    """Evaluates batches and decides what a failure costs; usable from any thread or event loop, and after a fork.

    - A sample that cannot be scored has no score.
    - An evaluation that raises leaves its batch without scores. The first of a row is logged with its traceback.
    - A batch is lost if machines took the score of all its paintings, and of more than one. The third batch in a row
      that is lost or raises ends the training.
    - What no later batch would mend (`FATAL`) ends it at once, and so does a machine that fails before any sample had a
      score: nothing is lost by ending then, and a training that is resumed is not led astray.
    - More than 100 of the last 200 samples without a score end it too.

    Ctrl-C and the cancelling of a task pass through and count for nothing.
    """

    def __init__(self) -> None:
        self._reasons: deque[str | None] = deque(maxlen=KEPT)  # None for a score that is there
        self._row: list[str] = []  # why samples of the batches in this row have no score
        self._length = 0  # of the row
        self._begun = False  # a sample had a score
        self._lock = ForkSafeLock()

    def run(
        self, evaluate: Callable[[], Sequence[Evaluated]], broken: Sequence[Exception | None]
    ) -> list[Evaluated | None]:
        """Evaluates a batch.

        Args:
            evaluate: Evaluates the samples that are not broken; is not called where there are none.
            broken: For each sample of the batch what failed before it could be scored; None where nothing did.

        Returns:
            One entry a sample; None for those that are broken, and for all of a batch whose evaluation raised.

        Raises:
            TooManyInvalid: Hardly anything is learned; with the three commonest reasons.
            Exception: What the evaluation raised, where that ends the training.
        """
        with self._counted(broken) as placed:
            if None in broken:
                _place(placed, broken, evaluate())
        return placed

    async def arun(
        self, evaluate: Callable[[], Awaitable[Sequence[Evaluated]]], broken: Sequence[Exception | None]
    ) -> list[Evaluated | None]:
        """Does what `run` does without blocking the event loop."""
        with self._counted(broken) as placed:
            if None in broken:
                _place(placed, broken, await evaluate())
        return placed

    @contextmanager
    def _counted(self, broken: Sequence[Exception | None]) -> Iterator[list[Evaluated | None]]:
        """Gives a list to put the evaluated samples into, and counts what became of them."""
        for error in broken:
            if isinstance(error, FATAL):
                raise error
        placed: list[Evaluated | None] = [None] * len(broken)
        try:
            yield placed
        except FATAL:
            raise
        except Exception as error:  # noqa: BLE001 (a reward of the user's may raise anything)
            self._count_failure(error, len(broken))
        else:
            self._count_scores(placed, broken)

    def _count_scores(self, placed: Sequence[Evaluated | None], broken: Sequence[Exception | None]) -> None:
        reasons = [_reason(each, error) for each, error in zip(placed, broken, strict=True)]
        missing = [reason for reason in reasons if reason is not None]
        lost = _is_lost(placed)
        with self._lock:
            self._begun |= len(missing) < len(reasons)
            self._length, self._row = (self._length + 1, self._row + missing) if lost else (0, [])
            length, row = self._length, self._row
            self._reasons.extend(reasons)
            of_all = [reason for reason in self._reasons if reason is not None]
        if length >= IN_A_ROW:
            raise _too_many(f"The last {length} batches taught nothing: {len(row)} of their", row)
        if len(of_all) > KEPT / 2:
            raise _too_many(f"{len(of_all)} of the last {KEPT}", of_all)
        if length == 1:
            log.error(
                "No painting of a batch has a score, and the third such batch in a row ends the training: %s",
                _commonest(row),
            )

    def _count_failure(self, error: Exception, count: int) -> None:
        reasons = [_told(error)] * count
        with self._lock:
            self._length, self._row = self._length + 1, self._row + reasons
            length, begun = self._length, self._begun
            self._reasons.extend(reasons)
        if length >= IN_A_ROW or (isinstance(error, MachineError) and not begun):
            raise error
        if length == 1:
            log.error(
                "The reward raised; the batch gets no scores, and the third in a row ends the training.",
                exc_info=error,
            )


def _place(
    placed: list[Evaluated | None], broken: Sequence[Exception | None], evaluated: Sequence[Evaluated]
) -> None:
    whole = [index for index, error in enumerate(broken) if error is None]
    for index, each in zip(whole, evaluated, strict=True):
        placed[index] = each


def _is_lost(placed: Sequence[Evaluated | None]) -> bool:
    """Tells whether machines took the score of all paintings of a batch, and of more than one.

    Programs that painted nothing have a score without any judge, and all the same one: alone they teach nothing. A
    single sample without a score may be to blame itself.
    """
    missing = sum(each is None or not each.valid for each in placed)
    return missing > 1 and not any(each and each.valid and each.sample.rendering.ok for each in placed)


def _reason(each: Evaluated | None, error: Exception | None) -> str | None:
    """Returns why a sample has no score, or None if it has one."""
    if error is not None:
        return _told(error)
    if each is None or each.valid:
        return None
    return each.score.reason or each.sample.rendering.message or "no reason was given"


def _told(error: Exception) -> str:
    return str(error) if isinstance(error, MachineError) else f"{type(error).__name__}: {error}"


def _too_many(how_many: str, reasons: Sequence[str]) -> TooManyInvalid:
    return TooManyInvalid(
        f"{how_many} samples have no score, because a machine failed and not the programs: {_commonest(reasons)}. "
        "Mend that and resume from the last checkpoint; `codepaint doctor` looks at what paints, "
        "`codepaint judge-check` at a judge."
    )


def _commonest(reasons: Sequence[str]) -> str:
    return "; ".join(f"{count} x {reason}" for reason, count in Counter(reasons).most_common(3))
