"""Cuts this process off from other machines, so that a check spends nothing and sees who would have."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NoReturn

INTERNET = (socket.AF_INET, socket.AF_INET6)


@contextmanager
def cut_off() -> Iterator[list[str]]:
    """Refuses every name and connection, as an endpoint that is down does; yields the addresses that were tried."""
    tried: list[str] = []
    known: Any = socket  # what is exchanged is put back
    name, connect, connect_ex = socket.getaddrinfo, socket.socket.connect, socket.socket.connect_ex

    def refused(address: Any) -> NoReturn:
        tried.append(":".join(str(part) for part in address[:2]))
        raise ConnectionRefusedError("a check lets no reward call another machine")

    def refused_connect(self: socket.socket, address: Any) -> None:
        refused(address) if self.family in INTERNET else connect(self, address)

    def refused_connect_ex(self: socket.socket, address: Any) -> int:
        return refused(address) if self.family in INTERNET else connect_ex(self, address)

    known.getaddrinfo = lambda host, port, *_, **__: refused((host, port))
    known.socket.connect, known.socket.connect_ex = refused_connect, refused_connect_ex
    try:
        yield tried
    finally:
        known.getaddrinfo = name
        del known.socket.connect, known.socket.connect_ex
