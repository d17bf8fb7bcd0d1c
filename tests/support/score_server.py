"""A scorer on loopback for the reward `http`: the redder a picture, the better; it fails on demand as the judge does.

python tests/support/score_server.py --delay 0.2 --port 0        prints its address; ends when its standard input does
"""

from __future__ import annotations

import base64
import io
import json
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
from PIL import Image

from judge_server import JudgeServer


@dataclass
class ScoreServer(JudgeServer):
    """Runs on a thread of its own between `start` and `stop`.

    Attributes:
        edit: Makes another reply of a good one and of the items; None leaves it.
    """

    edit: Callable[[dict[str, Any], list[dict[str, Any]]], object] | None = None

    @property
    def items(self) -> list[dict[str, Any]]:
        """All items that were sent, in the order in which they came."""
        return [item for body in self.requests for item in json.loads(body)["items"]]

    def _completion(self, asked: Any, trouble: str) -> Any:
        reply = {"scores": [redness(item) for item in asked["items"]]}
        if trouble == "truncated":
            return {"scores": reply["scores"][:-1]}
        if trouble == "garbage":
            return {"scores": "lovely, all of them"}
        return reply if self.edit is None else self.edit(reply, asked["items"])


def redness(item: dict[str, Any]) -> float:
    """Returns the mean of the red channel, [0, 1], as the server does."""
    with Image.open(io.BytesIO(base64.b64decode(item["image"], validate=True))) as picture:
        assert picture.format == "PNG"
        return float(np.asarray(picture.convert("RGB"))[..., 0].mean() / 255)


def main(arguments: Iterable[str]) -> None:
    """Serves until standard input ends."""
    told = dict(zip(*[iter(arguments)] * 2, strict=True))
    with ScoreServer(
        delay_s=float(told.get("--delay", 0)), port=int(told.get("--port", 0)), keep=False
    ) as server:
        print(server.url, flush=True)
        sys.stdin.read()


if __name__ == "__main__":
    main(sys.argv[1:])
