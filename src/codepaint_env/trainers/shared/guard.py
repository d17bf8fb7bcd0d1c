"""What every adapter looks after while a trainer runs: failures that pile up, and what a batch tells a log."""

from __future__ import annotations

import logging
import threading
from collections import Counter, deque
from collections.abc import Sequence

from codepaint_env.evaluate import Evaluated
from rewards.errors import BudgetSpent, MachineError, MissingPart, SpecError
from rewards.mixing.groups import diagnostics

log = logging.getLogger("codepaint")

KEPT = 200  # scores
IN_A_ROW = 3  # batches that are lost or in which the reward raises; the last of them ends the training


class TooManyInvalid(MachineError):
    """Over half of the last 200 scores are missing, or all of three batches, so that hardly anything is learned."""


FATAL = (SpecError, MissingPart, BudgetSpent, TooManyInvalid)
"""What no later batch would mend: it ends the training at once."""


class Watch:
    """Remembers the last 200 scores and how many batches in a row taught nothing; usable from any thread."""

    def __init__(self) -> None:
        self._reasons: deque[str | None] = deque(maxlen=KEPT)  # None for a score that is there
        self._row: list[str] = []  # why samples of the batches in this row have no score
        self._length = 0  # of the row
        self._begun = False  # a sample had a score
        self._lock = threading.Lock()

    def scored(self, reasons: Sequence[str | None], *, lost: bool = False) -> None:
        """Takes a batch: for each sample why it has no score, or None if it has one.

        Args:
            reasons: See above.
            lost: By `is_lost`: nothing can be learned from it.

        Raises:
            TooManyInvalid: More than 100 of the last 200 have none, or it is the third batch in a row that is lost.
                With the three commonest reasons.
        """
        missing = [reason for reason in reasons if reason is not None]
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

    def failed(self, error: Exception, count: int) -> None:
        """Takes a batch of `count` samples whose evaluation raised; its traceback is logged for the first of a row.

        Raises:
            Exception: The error itself, if it is the third batch in a row, or if a machine failed before any sample
                had a score: then nothing is lost by ending, and a training that is resumed is not led astray.
        """
        reasons = [f"{type(error).__name__}: {error}"] * count
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


def _too_many(how_many: str, reasons: Sequence[str]) -> TooManyInvalid:
    return TooManyInvalid(
        f"{how_many} samples have no score, because a machine failed and not the programs: {_commonest(reasons)}. "
        "Mend that and resume from the last checkpoint; `codepaint doctor` looks at what paints, "
        "`codepaint judge-check` at a judge."
    )


def _commonest(reasons: Sequence[str]) -> str:
    return "; ".join(f"{count} x {reason}" for reason, count in Counter(reasons).most_common(3))


def is_lost(batch: Sequence[Evaluated | None]) -> bool:
    """Tells whether machines took the score of all paintings of a batch, and of more than one.

    Programs that painted nothing have a score without any judge, and all the same one: alone they teach nothing. A
    single sample without a score may be to blame itself.

    Args:
        batch: None for a sample that a machine failed before there was anything to score.
    """
    missing = sum(each is None or not each.valid for each in batch)
    return missing > 1 and not any(each and each.valid and each.sample.rendering.ok for each in batch)


def reason_of(evaluated: Evaluated) -> str | None:
    """Returns why a sample has no score, or None if it has one."""
    if evaluated.valid:
        return None
    return evaluated.score.reason or evaluated.sample.rendering.message or "no reason was given"


def metrics(evaluated: Sequence[Evaluated]) -> dict[str, float]:
    """Returns what is worth logging of a batch.

    Returns:
        - `reward`: mean over the samples that have a score;
        - `valid_rate`: share of these whose program painted, and `quality_given_valid`: their mean reward, so that
          failing less and painting better can be told apart;
        - `mean/NAME` of each component over the samples about which it was asked;
        - what `rewards.mixing.groups.diagnostics` tells: `masked` (share without a score), `no_spread`, `spread` and
          `spread/NAME` (mean standard deviation in a group), `small`, `mean_abs_advantage`.

        Without a sample that a mean could be taken of, its key is left out.
    """
    scores = [each.score for each in evaluated]
    names = list(dict.fromkeys(name for score in scores for name in score.components))
    parts = {
        name: [None if name in score.skipped else score.components.get(name) for score in scores]
        for name in names
    }
    scored = [each for each in evaluated if each.valid]
    means: dict[str, list[float | None]] = {
        "reward": [each.score.value for each in scored],
        "valid_rate": [float(each.sample.rendering.ok) for each in scored],
        "quality_given_valid": [each.score.value for each in scored if each.sample.rendering.ok],
    }
    means |= {f"mean/{name}": values for name, values in parts.items()}
    spreads = diagnostics([score.value for score in scores], [each.sample.group for each in evaluated], parts)
    found = {name: _mean(values) for name, values in means.items()}
    return {name: value for name, value in found.items() if value is not None} | spreads


def _mean(values: Sequence[float | None]) -> float | None:
    finite = [value for value in values if value is not None]
    return sum(finite) / len(finite) if finite else None
