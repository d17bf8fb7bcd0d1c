"""Listeners on loopback that nothing is ever to reach."""

from __future__ import annotations

import contextlib
import socket
import threading
import time

HEARING_S = 30.0
# Besides a port of their own, canaries listen where names are asked for, if they may.
NAME_PORTS = (53, 5353)


class Canaries:
    """Listeners on loopback, TCP and UDP, that nothing is ever to reach.

    Attributes:
        tcp: The port of the TCP listeners.
        udp: The port of the UDP listeners.
    """

    def __init__(self) -> None:
        self._heard: list[tuple[str, int]] = []  # with the visitor's port
        self._sockets: list[tuple[str, socket.socket]] = []
        self.tcp = self._listen(socket.SOCK_STREAM, 0)
        self.udp = self._listen(socket.SOCK_DGRAM, 0)
        for port in NAME_PORTS:
            self._listen(socket.SOCK_DGRAM, port)
        for name, listener in self._sockets:
            threading.Thread(target=self._note, args=(name, listener), daemon=True).start()

    def _listen(self, kind: socket.SocketKind, port: int) -> int:
        """Opens a port on every loopback address that there is; returns it."""
        for family, host in ((socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1")):
            listener = socket.socket(family, kind)
            try:
                listener.bind((host, port))
            except OSError:  # no such address, or somebody else's port
                listener.close()
                continue
            if kind == socket.SOCK_STREAM:
                listener.listen()
            port = listener.getsockname()[1]
            self._sockets.append((f"{kind.name} {host} {port}", listener))
        return port

    def _note(self, name: str, listener: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while True:
                if listener.type == socket.SOCK_STREAM:
                    connection, visitor = listener.accept()
                    connection.close()
                else:
                    _, visitor = listener.recvfrom(100)
                if visitor is None:  # the listener was shut
                    return
                self._heard.append((name, visitor[1]))

    def heard(self) -> list[str]:
        """Returns which listeners heard somebody since the last time.

        Each is knocked at first: what came before has been heard once the knock has.

        Raises:
            OSError: A listener does not hear the knock.
        """
        knocks = set()
        for name, listener in self._sockets:
            with socket.socket(listener.family, listener.type) as visitor:
                visitor.connect(listener.getsockname())
                visitor.send(b"knock")
                knocks.add((name, visitor.getsockname()[1]))
        until = time.monotonic() + HEARING_S
        while deaf := knocks - set(self._heard):
            if time.monotonic() > until:
                raise OSError(f"these canaries hear nothing: {sorted(deaf)}")
            time.sleep(0.001)
        heard, self._heard = self._heard, []
        return [f"{name} heard something" for name, port in heard if (name, port) not in knocks]

    def close(self) -> None:
        """Stops listening."""
        for _, listener in self._sockets:
            with contextlib.suppress(OSError):
                listener.shutdown(socket.SHUT_RDWR)
            listener.close()
