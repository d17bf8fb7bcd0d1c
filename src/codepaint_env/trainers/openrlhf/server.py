"""The reward function behind an address, for `--reward.remote_url http://...`."""

from __future__ import annotations

import json
import logging
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from codepaint_env.trainers.openrlhf.reward import RewardFunction
from rewards.errors import CodepaintError, MachineError, SpecError

log = logging.getLogger("codepaint")

LONGEST = 64 << 20  # bytes of a request
FIELDS = ("query", "prompts", "labels")


class RewardServer(ThreadingHTTPServer):
    """Answers what OpenRLHF posts: `{"query": [...], "prompts": [...], "labels": [...]}`, at any path.

    The answer is what the function returns. A machine failure is answered with 503, a wrong request with 400, and what
    ends a training with 500, each with `{"error": "..."}`; OpenRLHF asks four times again. GET says that it is there.

    Args:
        function: Scores.
        host: Which addresses may be used; `0.0.0.0` for all.
        port: 0 for a free one.
    """

    daemon_threads = True
    request_queue_size = 128  # a rollout asks about all its samples at once

    def __init__(self, function: RewardFunction, host: str, port: int) -> None:
        self.function = function
        super().__init__((host, port), _Handler)

    @property
    def url(self) -> str:
        """Where it listens."""
        host, port = self.server_address[:2]
        return f"http://{host if isinstance(host, str) else host.decode()}:{port}/get_reward"

    def answer(self, body: bytes) -> tuple[int, dict[str, Any]]:
        """Returns the status and the answer to a request."""
        try:
            return 200, self.function(*_columns(body))
        except SpecError as error:
            status, told = 400, str(error)
        except MachineError as error:
            status, told = 503, str(error)
        except CodepaintError as error:
            status, told = 500, str(error)
        except Exception as error:  # whatever a reward of the user's raises, the server goes on
            log.exception("A request could not be scored.")
            status, told = 500, f"{type(error).__name__}: {error}"
        log.warning("Answered %d: %s", status, told)
        return status, {"error": told}


def _columns(body: bytes) -> list[list[Any]]:
    try:
        told = json.loads(body)
    except ValueError as error:
        raise SpecError(f"The request is not JSON: {error}.") from None
    columns = [told.get(name) if isinstance(told, dict) else None for name in FIELDS]
    if not all(isinstance(column, list) for column in columns):
        raise SpecError(f"The request must have the lists {', '.join(FIELDS)}, as OpenRLHF 0.11 sends them.")
    return [list(column) for column in columns if column is not None]


class _Handler(BaseHTTPRequestHandler):
    server: RewardServer
    protocol_version = "HTTP/1.1"
    timeout = 600  # seconds of silence, after which a connection is closed

    def do_GET(self) -> None:
        self._send(200, {"status": "ok"})

    def do_POST(self) -> None:
        length = self.headers.get("Content-Length", "")
        if not length.isdigit() or int(length) > LONGEST:
            self.close_connection = True
            self._send(400, {"error": f"The request has {length or 'no'} bytes; up to {LONGEST} are read."})
            return
        self._send(*self.server.answer(self.rfile.read(int(length))))

    def _send(self, status: int, told: dict[str, Any]) -> None:
        body = json.dumps(told).encode("ascii")  # NaN stays NaN, which Python's reader takes
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        log.debug(format, *args)
