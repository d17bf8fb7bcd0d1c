"""Requests to a scorer by HTTP; needs httpx2, which the openai package brings as well."""

from __future__ import annotations

import httpx2

from rewards.judged.client.failures import Trouble, status_trouble
from rewards.scorers.address import Address
from rewards.scorers.transport import LostCall

MOST_BYTES = 16 << 20  # of a reply
SAID = 200  # characters of an error that are told


class HttpTransport:
    """Posts to an address; lives on one event loop. The token is read when it is made, and kept by nothing else."""

    version = ""  # an address is no part of a version

    def __init__(self, address: Address) -> None:
        headers = {
            "Content-Type": "application/json",
            "Accept": "application/json",
            "Accept-Encoding": "identity",
            "User-Agent": "codepaint",
        }
        token = address.token()
        self._address = address
        self._client = httpx2.AsyncClient(
            headers=headers | ({"Authorization": f"Bearer {token}"} if token else {}),
            timeout=address.timeout_s,
            limits=httpx2.Limits(max_connections=address.concurrency),
        )

    async def post(self, body: bytes) -> bytes:
        """Returns the body of the reply.

        Raises:
            LostCall: There is none.
        """
        assert self._address.url is not None
        try:
            async with self._client.stream("POST", self._address.url, content=body) as response:
                data = await _whole(response)
        except httpx2.TimeoutException:
            raise LostCall(Trouble("no answer in time", passing=True)) from None
        except httpx2.HTTPError as error:
            raise LostCall(
                Trouble(f"no connection: {str(error) or type(error).__name__}", passing=True)
            ) from None
        if response.is_success:
            return data
        text = " ".join(data.decode(errors="replace").split())[:SAID]
        if response.is_redirect:
            text = f"it redirects to {response.headers.get('location', '')[:SAID]}"
        status = response.status_code
        raise LostCall(
            status_trouble(status, f"{status}: {text or response.reason_phrase}", response.headers)
        )

    async def close(self) -> None:
        """Hangs up."""
        await self._client.aclose()


async def _whole(response: httpx2.Response) -> bytes:
    """Returns the whole body, unless it is longer than any reply.

    Raises:
        LostCall: It is.
    """
    data = bytearray()
    async for part in response.aiter_bytes():
        data += part
        if len(data) > MOST_BYTES:
            raise LostCall(Trouble(f"its reply is longer than {MOST_BYTES >> 20} MiB", passing=False))
    return bytes(data)
