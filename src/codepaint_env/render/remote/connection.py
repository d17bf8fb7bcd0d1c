"""Requests to one server that draws, and what its answers mean."""

from __future__ import annotations

import asyncio
import json
import time
from urllib.parse import urlencode

from codepaint_env.render.codec import CodecError, from_json
from codepaint_env.render.remote.http_lines import HttpLines, NoAnswer, Reply
from codepaint_env.render.remote.wire import ABOUT, BINARY, DEADLINE, DRAW, TIMINGS, TOKEN, TURN, AboutRecord
from rewards.errors import CodepaintError, MachineError, MissingPart, SpecError
from rewards.judged.client.failures import status_trouble

ABOUT_S = 60.0  # a server may have to start a browser before it knows what it draws with
SAID = 300  # characters of a server's sentence that are told


class Lost(MachineError):
    """No answer: the server is gone, is ending or cannot be reached."""


class Busy(MachineError):
    """The server has no room now.

    Attributes:
        wait_s: After this long there may be room.
        turn: Goes with the request when it comes again; `""` where none was given.
    """

    def __init__(self, message: str, wait_s: float, turn: str) -> None:
        super().__init__(message)
        self.wait_s, self.turn = wait_s, turn


class Failed(MachineError):
    """The server is there, but its machine failed, or what it answered is no rendering."""


class Connection:
    """One server; lives on one event loop.

    Args:
        address: Such as `http://127.0.0.1:8000`.
        token: Is sent as `Authorization: Bearer`; `""` for none.
    """

    def __init__(self, address: str, token: str) -> None:
        self.address = address
        told = {"User-Agent": "codepaint", **({"Authorization": f"Bearer {token}"} if token else {})}
        self._lines = HttpLines(address, told)

    async def about(
        self, path: str | None = None, *, walls: bool = False, timeout_s: float = ABOUT_S
    ) -> AboutRecord:
        """Returns what the server says of itself and, where one is named, of a way to draw.

        Raises:
            Lost: There is no answer.
            Busy: The server has no room.
            Failed: It cannot tell, or tells what is no such record.
            MissingPart: It refuses the token, or lacks something.
            SpecError: It refuses the request.
        """
        query = {**({"path": path} if path else {}), **({"walls": "1"} if walls else {})}
        reply = await self._sent(timeout_s, "GET", f"{ABOUT}?{urlencode(query)}")
        try:
            return from_json(reply.body, AboutRecord)
        except CodecError as error:
            raise Failed(f"{self.address} is no codepaint server: {error}") from None

    async def draw(self, body: bytes, timeout_s: float, turn: str = "") -> tuple[bytes | bytearray, str]:
        """Posts a job, and returns the packed rendering and its timings; raises what `about` does.

        Args:
            body: The job.
            timeout_s: As long is waited.
            turn: What the last refusal of this job gave.
        """
        headers = {"Content-Type": "application/json", "Accept": BINARY, DEADLINE: f"{timeout_s:.3f}"}
        if turn:
            headers[TURN] = turn
        reply = await self._sent(timeout_s, "POST", DRAW, headers, body)
        return reply.body, reply.headers.get(TIMINGS, "")

    def close(self) -> None:
        """Hangs up."""
        self._lines.close()

    async def _sent(
        self,
        timeout_s: float,
        method: str,
        path: str,
        headers: dict[str, str] | None = None,
        body: bytes = b"",
    ) -> Reply:
        """Sends a request, and returns an answer that tells of no error."""
        try:
            async with asyncio.timeout(timeout_s):
                reply = await self._lines.send(method, path, headers, body)
        except TimeoutError:
            raise Lost(f"the server at {self.address} gave no answer in {timeout_s:.3g} s") from None
        except (NoAnswer, OSError) as error:
            raise Lost(f"the server at {self.address} cannot be reached: {error}") from None
        if reply.status != 200:
            raise self._error(reply)
        return reply

    def _error(self, reply: Reply) -> CodepaintError:
        """Returns what a status other than 200 means."""
        status, said = reply.status, _said(reply.body)
        told = f"the server at {self.address} answered {status}: {said}"
        if status == 429:
            wait_s = status_trouble(status, told, reply.headers).wait_s
            return Busy(told, 1.0 if wait_s is None else wait_s, reply.headers.get(TURN, ""))
        if status in (401, 403):
            return MissingPart(
                f"The server at {self.address} refuses the token; set {TOKEN} to the one that it was started with."
            )
        if status == 501:
            return MissingPart(f"The server at {self.address} lacks something: {said}.")
        if status in (500, 504) or (status == 503 and "retry-after" not in reply.headers):
            return Failed(f"{said} (at {self.address})")
        if status > 500:  # it ends, or what stands before it does not reach it
            return Lost(told)
        return SpecError(f"The server at {self.address} refuses this ({status}): {said}.")


def _said(body: bytes | bytearray) -> str:
    """Returns the sentence in an answer that tells of an error."""
    try:
        told = json.loads(body)
    except (ValueError, RecursionError):
        told = None
    sentence = told.get("error") if isinstance(told, dict) else None
    return sentence[:SAID].rstrip(".") if isinstance(sentence, str) else "it gives no reason"


def now() -> float:
    """Returns seconds on a clock that never goes back."""
    return time.monotonic()
