"""Chromium's own protocol over a pipe of ours, where Playwright would wait for frames that only we give."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import signal
import subprocess
from collections.abc import Callable, Mapping
from typing import Any

from rewards.errors import MachineError

Handler = Callable[[dict[str, Any]], object]

_READ_BYTES = 1 << 20
_REAP_S = 0.005
_NOBODY = (None, "", None)
# The shell gives Chromium the pipe as its descriptors 3 and 4, and starts it in a process group of its own.
_PIPED = 'exec "$@" 3<&0 4>&1 </dev/null >/dev/null 2>/dev/null'


class ProtocolError(MachineError):
    """Chromium refused a command, or what it was for is gone."""


class Session:
    """Commands to one target of a browser, and what it tells; has the methods of Playwright's `CDPSession`.

    Attributes:
        error: Why nothing more can be asked; None while it can.

    Args:
        pipe: To the browser.
        name: The protocol's id of the session; `""` for the browser itself.
    """

    def __init__(self, pipe: Pipe, name: str) -> None:
        self.name = name
        self.error: Exception | None = None
        self._pipe = pipe
        self._handlers: dict[str, list[Handler]] = {}

    def on(self, event: str, handler: Handler) -> None:
        """Calls a function with the parameters of each such event, as they come."""
        self._handlers.setdefault(event, []).append(handler)

    def remove_listener(self, event: str, handler: Handler) -> None:
        """Calls it no more."""
        with contextlib.suppress(ValueError):
            self._handlers.get(event, []).remove(handler)

    async def send(self, method: str, params: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """Sends a command and returns its answer; raises `ProtocolError`."""
        return await self.post(method, params)

    def post(self, method: str, params: Mapping[str, Any] | None = None) -> asyncio.Future[dict[str, Any]]:
        """Sends a command at once; the answer is there for whoever waits, and no error for who does not."""
        return self._pipe.post(self, method, params or {})

    def end(self, error: Exception) -> None:
        """Answers what was asked, and whatever will be asked, with an error: the target is gone or of no use."""
        self.error = self.error or error
        self._pipe.abandon(self)

    def hear(self, event: str, params: dict[str, Any]) -> None:
        """Takes an event."""
        for handler in list(self._handlers.get(event, ())):
            handler(params)


class Pipe:
    """The connection to one Chromium that this process started; lives on one event loop.

    Args:
        command: Starts the browser.
        environment: Of the browser.
    """

    def __init__(self, command: list[str], environment: Mapping[str, str]) -> None:
        self._process = subprocess.Popen(
            ["/bin/sh", "-c", _PIPED, "sh", *command],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=dict(environment),
            bufsize=0,
            start_new_session=True,
        )
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._out, self._in = self._process.stdin.fileno(), self._process.stdout.fileno()
        os.set_blocking(self._in, False)
        os.set_blocking(self._out, False)
        self._unsent = b""
        self._read = bytearray()
        self._last = 0
        self._asked: dict[int, tuple[Session, str, asyncio.Future[dict[str, Any]]]] = {}
        self._sessions: dict[str, Session] = {}
        self._leaving: list[Callable[[object], None]] = []
        self._open = True
        self._loop = asyncio.get_running_loop()
        self._loop.add_reader(self._in, self._receive)
        self.root = self.session("")
        self.version = ""
        self.making = asyncio.Lock()  # held while a target is made, so that its process is known by being new

    @property
    def pid(self) -> int:
        """Of the process that was started: the shell's, and then what takes its place."""
        return self._process.pid

    def session(self, name: str) -> Session:
        """Returns the session with this id."""
        return self._sessions.setdefault(name, Session(self, name))

    async def attach(self, target: str) -> Session:
        """Opens a session with a target."""
        answer = await self.root.send("Target.attachToTarget", {"targetId": target, "flatten": True})
        return self.session(str(answer["sessionId"]))

    def abandon(self, session: Session) -> None:
        """Lets go of a session, and fails what it asked."""
        self._sessions.pop(session.name, None)
        for number, (asking, _, answer) in list(self._asked.items()):
            if asking is session:
                del self._asked[number]
                _fail(answer, session.error or ProtocolError("the session ended"))

    def is_asked(self, session: Session) -> bool:
        """True while an answer of this session is missing."""
        return any(asking is session for asking, _, _ in self._asked.values())

    def is_connected(self) -> bool:
        """True while the browser lives."""
        return self._open

    def on(self, event: str, handler: Callable[[object], None]) -> None:
        """Calls a function when the browser has gone; `disconnected` is the one event."""
        assert event == "disconnected", event
        self._leaving.append(handler)

    def remove_listener(self, event: str, handler: Callable[[object], None]) -> None:
        """Calls it no more."""
        with contextlib.suppress(ValueError):
            self._leaving.remove(handler)

    async def close(self) -> None:
        """Ends the browser and waits until it has gone."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._end()
        while (
            self._process.poll() is None
        ):  # not on another thread: none can be started when the interpreter ends
            await asyncio.sleep(_REAP_S)

    def post(
        self, session: Session, method: str, params: Mapping[str, Any]
    ) -> asyncio.Future[dict[str, Any]]:
        """Sends a command to a session, and returns what will hold the answer."""
        answer: asyncio.Future[dict[str, Any]] = self._loop.create_future()
        answer.add_done_callback(lambda done: done.cancelled() or done.exception())
        if not self._open or session.error is not None:
            _fail(answer, session.error or ProtocolError(f"{method}: the browser ended"))
            return answer
        self._last += 1
        self._asked[self._last] = (session, method, answer)
        message: dict[str, Any] = {"id": self._last, "method": method, "params": params}
        if session.name:
            message["sessionId"] = session.name
        waiting = bool(self._unsent)
        self._unsent += json.dumps(message).encode() + b"\0"
        if not waiting:
            self._write()
        return answer

    def _write(self) -> None:
        try:
            self._unsent = self._unsent[os.write(self._out, self._unsent) :]
        except BlockingIOError:
            pass
        except OSError:
            self._end()
            return
        if self._unsent:
            self._loop.add_writer(self._out, self._write)
        else:
            self._loop.remove_writer(self._out)

    def _receive(self) -> None:
        try:
            data = os.read(self._in, _READ_BYTES)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        if not data:
            self._end()
            return
        self._read += data
        if b"\0" not in data:
            return
        *messages, rest = bytes(self._read).split(b"\0")
        self._read = bytearray(rest)
        for message in messages:
            self._take(json.loads(message))

    def _take(self, message: dict[str, Any]) -> None:
        if "id" not in message:
            session = self._sessions.get(message.get("sessionId", ""))
            if session is not None:
                session.hear(message["method"], message.get("params", {}))
            return
        _, method, answer = self._asked.pop(message["id"], _NOBODY)
        if answer is None:
            return
        if "error" in message:
            _fail(answer, ProtocolError(f"{method}: {message['error'].get('message', 'refused')}"))
        elif not answer.done():
            answer.set_result(message.get("result", {}))

    def _end(self) -> None:
        if not self._open:
            return
        self._open = False
        self._loop.remove_reader(self._in)
        self._loop.remove_writer(self._out)
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                stream.close()
        asked, self._asked = self._asked, {}
        for _, method, answer in asked.values():
            _fail(answer, ProtocolError(f"{method}: the browser ended"))
        for handler in list(self._leaving):
            handler(self)


def _fail(answer: asyncio.Future[dict[str, Any]], error: Exception) -> None:
    if not answer.done():
        answer.set_exception(error)
