"""Where a server listens: a socket that is bound at once, or the reason why it cannot be."""

from __future__ import annotations

import errno
import ipaddress
import socket

from rewards.errors import SpecError

LOOPBACK = ("127.0.0.1", "::1")
"""Where requests of this machine come from."""


def listen(host: str, port: int) -> socket.socket:
    """Returns a socket that listens: who connects from now on is answered as soon as a server runs.

    Args:
        host: Name or address of this machine; `0.0.0.0` for all that it has.
        port: 0 takes a free one.

    Raises:
        SpecError: Nothing can listen there; the sentence gives the way out.
    """
    listener = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    try:
        listener.setsockopt(
            socket.SOL_SOCKET, socket.SO_REUSEADDR, 1
        )  # a server that ended a moment ago is no hindrance
        listener.bind((host, port))
        listener.listen(128)
    except (OSError, UnicodeError) as error:  # a name that no machine can have
        listener.close()
        raise SpecError(_why(error, host, port)) from None
    return listener


def is_local(listener: socket.socket) -> bool:
    """Tells whether this machine alone reaches a socket."""
    return ipaddress.ip_address(listener.getsockname()[0]).is_loopback


def reached_at(listener: socket.socket) -> str:
    """Returns the host and port by which others reach a socket, such as `192.0.2.7:8000`."""
    host, port = listener.getsockname()[:2]
    name = _own_address() if ipaddress.ip_address(host).is_unspecified else str(host)
    return f"[{name}]:{port}" if ":" in name else f"{name}:{port}"


def _why(error: OSError | UnicodeError, host: str, port: int) -> str:
    """Returns why nothing can listen at an address, with the way out."""
    if isinstance(error, UnicodeError | socket.gaierror) or error.errno == errno.EADDRNOTAVAIL:
        return f"{host!r} is no address of this machine; take 127.0.0.1, or 0.0.0.0 for all that it has."
    reasons = {
        errno.EADDRINUSE: "is taken by another program",
        errno.EACCES: "is for the system's own programs",
    }
    return (
        f"Port {port} of {host} {reasons.get(error.errno or 0, f'cannot be had ({error.strerror})')}; choose another "
        "with --port, or --port 0 for a free one."
    )


def _own_address() -> str:
    """Returns the address by which others reach this machine, or its name where there is no network."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # nothing is sent; the system says from where it would be
        except OSError:
            return socket.gethostname()
        return str(probe.getsockname()[0])
