"""How a judge's answers are read: by their log-probabilities or by their words, decided once a process."""

from __future__ import annotations

import logging
from typing import Literal

from rewards.errors import SpecError
from rewards.judged.judge import Judge

Mode = Literal["hard", "soft"]
WantedMode = Literal["auto", "soft", "hard"]

_log = logging.getLogger("codepaint")
_decided: dict[tuple[str, str], Mode] = {}  # by judge and rubric: what `auto` became in this process


class AnswerMode:
    """Whether one judge, asked by one rubric, is read `soft` (by log-probabilities) or `hard` (by its words).

    `auto` lets the judge's own `preflight` decide. All rewards of a process that ask the same judge by the same rubric
    take the same decision, so that soft and hard values never mix in a run. A version holds what was wanted, never
    what it became: the endpoint decides that, and the judge's version stands for the endpoint.

    Args:
        wanted: What a user asked for.
        judge: Is asked.
        rubric: Version of the rubric by which it is asked.
        can_be_soft: Whether answers to the rubric have a place where log-probabilities can be read.
        reward: Name of the reward, for logs.

    Attributes:
        decided: The mode in which to ask; None as long as `auto` is undecided. A copy of a reward sets it to what its
            original had, for a copy may wake up in another process.

    Raises:
        SpecError: There is no such mode.
    """

    def __init__(
        self, wanted: WantedMode, *, judge: Judge, rubric: str, can_be_soft: bool, reward: str
    ) -> None:
        if wanted not in ("auto", "soft", "hard"):
            raise SpecError(f"mode is {wanted!r}; it is 'auto', 'soft' or 'hard'.")
        self.decided: Mode | None = None if wanted == "auto" else wanted
        self._judge, self._rubric, self._reward = judge, rubric, reward
        self._wants_logprobs = wanted != "hard" and can_be_soft

    def resolved(self, *, asking: bool) -> Mode:
        """Returns the mode in which to ask; decides it where something is to be asked and none was decided before.

        Args:
            asking: Whether the judge will be asked at all.

        Raises:
            MachineError: The judge cannot be reached; the mode stays undecided.
        """
        if self.decided is not None:
            return self.decided
        if not asking:
            return "hard"  # for this once
        known = _decided.get(self._asked())
        if known is not None:
            return self._decide(known == "soft")
        own = getattr(self._judge, "preflight", None)
        return self._decide(own is not None and self._wants_logprobs and own(logprobs=True))

    def preflight(self) -> None:
        """Runs the judge's own `preflight`, and decides what `auto` is.

        Raises:
            SpecError: The judge gives no log-probabilities in soft mode, or is misconfigured.
            MachineError: The judge cannot be reached.
        """
        own = getattr(self._judge, "preflight", None)
        seen = own is None or own(logprobs=self._wants_logprobs)
        if self._decide(seen and own is not None and self._wants_logprobs) == "soft" and not seen:
            raise SpecError(
                "The judge gives no log-probabilities, which mode='soft' reads; take mode='hard', or 'auto' in a "
                "new process."
            )

    def _decide(self, logprobs: bool) -> Mode:
        """Settles the mode, for all that ask the same judge by the same rubric in this process."""
        if self.decided is None:
            # Whoever is first decides, and no lock is needed that a fork might copy while it is held.
            self.decided = _decided.setdefault(self._asked(), "soft" if logprobs else "hard")
            _log.info(
                "%s: mode 'auto' is %r for the judge %s", self._reward, self.decided, self._judge.version
            )
        return self.decided

    def _asked(self) -> tuple[str, str]:
        return self._judge.version, self._rubric
