"""A gate that lets in as many as can be drawn and may wait, and gives the others a turn of their own."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from statistics import median

from rewards.errors import CodepaintError

FIRST_GUESS_S = 0.1  # of what one takes, before any is done: who comes too early is told anew
LONGEST_WAIT_S = 30.0
LATE_S = 3.0  # whoever does not come within so long after its turn has lost it
_REMEMBERED = 15  # of which the median is told: the first of all starts the workers, too


class Full(CodepaintError):
    """There is no room now.

    Attributes:
        wait_s: When there will be room for whoever was refused.
        turn: Its number in the line of those who were refused; whoever brings it goes before newcomers.
    """

    def __init__(self, wait_s: float, turn: int) -> None:
        super().__init__(f"The server has no room now; come again in {wait_s:.1f} s.")
        self.wait_s, self.turn = wait_s, turn


class Gate:
    """Counts who is inside; lives on one event loop.

    Whoever is refused is told a time of its own, one service apart, so that a crowd comes back one by one as room is
    made. Those who come back go before newcomers, who else would take the room that was made for them; but newcomers
    fill half of the room in any case, so that nobody who stays away keeps the workers idle.

    Args:
        at_once: Worked at side by side.
        queue: May wait besides.
        clock: Seconds.
    """

    def __init__(self, at_once: int, queue: int, clock: Callable[[], float] = time.monotonic) -> None:
        self.at_once, self.room = at_once, at_once + queue
        self.inside = 0
        self.service_s = FIRST_GUESS_S
        self._seconds: deque[float] = deque(maxlen=_REMEMBERED)
        self._clock = clock
        self._line: dict[int, float] = {}  # turns by number, with the time of each
        self._last_number = 0
        self._last_turn = 0.0  # its time

    @contextmanager
    def entered(self, count: int = 1, turn: int | None = None) -> Iterator[None]:
        """Lets in so many for the length of a block.

        Args:
            count: How many.
            turn: The number that was given with the last refusal; None for newcomers.

        Raises:
            Full: There is no room for all of them.
        """
        moment = self._clock()
        self._line = {number: at for number, at in self._line.items() if at > moment - LATE_S}
        known = turn is not None and turn in self._line
        free = self.room - self.inside
        for_anybody = max(self.at_once, self.room // 2)
        kept = 0 if known or self.inside + count <= for_anybody else len(self._line)
        if count > free - kept:
            raise self._refused(moment, turn if known else None)
        if turn is not None:
            self._line.pop(turn, None)
        self.inside += count
        before = self.inside
        try:
            yield
            self._measure((self._clock() - moment) / max(1.0, before / self.at_once))
        finally:
            self.inside -= count

    def _refused(self, moment: float, turn: int | None) -> Full:
        """Returns the refusal of a newcomer, or of one whose turn has come too early."""
        gap = self.service_s / self.at_once
        if turn is None:
            self._last_number = turn = self._last_number + 1
            self._last_turn = min(max(self._last_turn, moment) + gap, moment + LONGEST_WAIT_S)
            self._line[turn] = self._last_turn
        else:
            before = sum(number < turn for number in self._line)
            self._line[turn] = moment + gap * (before + 1)
        return Full(self._line[turn] - moment, turn)

    def _measure(self, seconds: float) -> None:
        """Takes note of what one took; what was known already takes no time."""
        self._seconds.append(seconds)
        self.service_s = median(self._seconds)
