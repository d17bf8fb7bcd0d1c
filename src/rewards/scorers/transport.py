"""How a request reaches a scorer: by HTTP, or by anything that takes its bytes."""

from __future__ import annotations

from typing import Protocol

from rewards.errors import MachineError
from rewards.judged.client.failures import Trouble


class LostCall(MachineError):
    """A request that got no reply.

    Attributes:
        trouble: What it means.
    """

    def __init__(self, trouble: Trouble) -> None:
        super().__init__(trouble.text)
        self.trouble = trouble


class Transport(Protocol):
    """Carries requests; `Http` takes one in place of HTTP, for a scorer in this process and for tests."""

    @property
    def version(self) -> str:
        """Changes with what answers."""
        ...

    async def post(self, body: bytes) -> bytes:
        """Returns the body of the reply to the body of a request; see `rewards.scorers.wire`.

        Raises:
            MachineError: There is none. `LostCall` also tells whether another try may help.
        """
        ...
