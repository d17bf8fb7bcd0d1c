"""A server that says of itself what a codepaint server says, and answers whatever it was told to."""

from __future__ import annotations

import json
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from codepaint_env.render.codec import to_json
from codepaint_env.serve.painting import Painting


def sends(body, status=200):
    """Returns what answers every job with some bytes."""
    return lambda: (status, body)


@contextmanager
def forged(canvas, draws, *, about=None, protocol=None):
    """Yields the address of such a server.

    Args:
        canvas: Whose server it says it is.
        draws: Returns a status and a body for each job.
        about: What it says of itself instead.
        protocol: Another number.
    """
    told = json.loads(to_json(Painting(canvas, workers=1).about(4, None))) | {"setup": {"blocks": "1"}}
    if protocol is not None:
        told["protocol"] = protocol

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            self.answer(200, json.dumps(told).encode() if about is None else about)

        def do_POST(self):
            self.rfile.read(int(self.headers["Content-Length"]))
            self.answer(*draws())

        def answer(self, status, body):
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *words): ...

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
