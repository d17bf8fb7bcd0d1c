"""Who may ask: everybody on this machine, or whoever has the token."""

from __future__ import annotations

import base64
import binascii
import hmac

from starlette.types import ASGIApp, Receive, Scope, Send

from codepaint_env.serve.answers import Refusal

OPEN = frozenset({"/healthz", "/readyz"})
"""What is answered without a token."""

_REFUSED = Refusal(
    401,
    "This server asks for its token: send it as `Authorization: Bearer TOKEN`, or as the password of the address.",
    {"WWW-Authenticate": 'Bearer realm="codepaint"'},
)


class Access:
    """Lets requests through that bring the token; without a token, all.

    Args:
        application: Answers them.
        token: `""` for none.
    """

    def __init__(self, application: ASGIApp, token: str) -> None:
        self._application, self._token = application, token.encode()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers, or refuses."""
        if scope["type"] == "lifespan" or not self._token or scope["path"] in OPEN or self._knows(scope):
            await self._application(scope, receive, send)
        elif scope["type"] == "websocket":
            await receive()
            await send({"type": "websocket.close", "code": 1008, "reason": "the token is missing"})
        else:
            await _REFUSED.response()(scope, receive, send)

    def _knows(self, scope: Scope) -> bool:
        for name, value in scope["headers"]:
            if name == b"authorization":
                return hmac.compare_digest(_told(value), self._token)
        return False


def _told(header: bytes) -> bytes:
    """Returns the token in a header: of `Bearer`, or the password of `Basic`, as addresses with one bring it."""
    kind, _, rest = header.strip().partition(b" ")
    if kind.lower() == b"bearer":
        return rest.strip()
    if kind.lower() == b"basic":
        try:
            return base64.b64decode(rest.strip(), validate=True).partition(b":")[2]
        except (binascii.Error, ValueError):
            return b""
    return b""
