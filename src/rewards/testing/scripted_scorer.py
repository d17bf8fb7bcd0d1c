"""A scorer in this process that likes ink, and whose replies can be spoilt."""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Callable

import msgspec
import numpy as np
from PIL import Image

from rewards.scorers.wire import Item, Request
from rewards.types import version_of

Spoil = Callable[[bytes, list[Item], int], bytes]
"""What makes another reply of a good one, of the items that were sent, and of the number of the request from 1."""


class ScriptedScorer:
    """Gives a picture 0.9 times its share of ink, and a little that its words decide; a `Transport`.

    Attributes:
        items: What it was sent, in order.
        calls: Requests that it was sent.
        spoil: Makes other replies of its own, or raises; None leaves them.
    """

    def __init__(self, spoil: Spoil | None = None) -> None:
        self.items: list[Item] = []
        self.calls = 0
        self.spoil = spoil

    @property
    def version(self) -> str:
        """The same for all: what is spoilt is no score."""
        return version_of("ScriptedScorer")

    async def post(self, body: bytes) -> bytes:
        """Returns the reply to a request."""
        items = msgspec.json.decode(body, type=Request).items
        self.calls += 1
        self.items += items
        reply = json.dumps({"scores": [likes(item) for item in items]}).encode()
        return reply if self.spoil is None else self.spoil(reply, items, self.calls)


def likes(item: Item) -> float:
    """Returns the score of an item, [0, 1]."""
    words = json.dumps([item.prompt, item.program, item.completion, item.canvas])
    chance = int.from_bytes(hashlib.sha256(words.encode()).digest()[:4]) / 2**32
    if item.image is None:
        return chance
    with Image.open(io.BytesIO(item.image)) as picture:
        levels = np.asarray(picture.convert("L"), np.float64)
    return float(0.9 * (1 - levels.mean() / 255) + 0.1 * chance)
