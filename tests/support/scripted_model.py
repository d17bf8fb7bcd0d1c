"""A chat model on loopback that answers by a function of the conversation."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from chat_endpoint import completion


@contextmanager
def scripted_model(reply: Callable[[list[dict]], str]) -> Iterator[tuple[str, list[list[dict]]]]:
    """Serves what `reply` says to the messages it was sent; gives the address, and the conversations as they came."""
    asked: list[list[dict]] = []

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self):
            messages = json.loads(self.rfile.read(int(self.headers["content-length"])))["messages"]
            asked.append(messages)
            told = completion(reply(messages))
            told["usage"] = {"prompt_tokens": 10, "completion_tokens": 10, "total_tokens": 20}
            body = json.dumps(told).encode()
            self.send_response(200)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/v1", asked
    finally:
        server.shutdown()
        server.server_close()
