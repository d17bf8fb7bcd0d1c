"""A judge on loopback that speaks the OpenAI protocol, sees the pictures it is sent, and fails on demand.

    python tests/support/judge_server.py --delay 0.2 --port 0        prints its address; ends when its standard input does

The better picture is the redder one: P(the first is better) = sigmoid(kappa * (q1 - q2) + beta) with q the mean of
the red channel, [0, 1]. Of each part of a score sheet it gives that share; for what else is asked about one picture, see
`plain_answer`, with that as its quality.
"""

from __future__ import annotations

import asyncio
import base64
import hashlib
import io
import json
import math
import sys
import threading
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from PIL import Image

from rewards.judged.judge import Judge, Question
from rewards.judged.reply import Token
from rewards.testing.judges.answers import plain_answer, quality_seen

TROUBLES = ("429", "500", "hang", "drop", "html", "truncated", "garbage")
SPOILT = ("truncated", "garbage")  # whole answers that cannot be read: never twice in a row, see `_trouble`
HEAD = b"data:image/png;base64,"


@dataclass
class JudgeServer:
    """Runs on a thread of its own between `start` and `stop`.

    Attributes:
        delay_s: Before each answer.
        kappa: How sharply it tells pictures apart.
        beta: Log-odds by which it prefers what it is shown first.
        logprobs: Whether log-probabilities are given to who asks.
        refuses: Fields that are answered with 400, such as `logprobs`, or a value of `response_format.type`.
        faults: Share of requests that meet one of `troubles`, by a hash of seed, request and attempt.
        key: Bearer token that is asked for.
        usage: Whether tokens are told.
        reason_first: Whether it gives its reason before its verdict.
        thinks: What stands before the answer.
        tie_width: Where P lies so near one half it says `tie`, whatever the schema asks for.
        requests: Bodies as they came, where `keep` is set.
        judge: Answers what is asked by a schema, in place of the redness.
        port: Where to listen; 0 for a free one.
    """

    delay_s: float = 0.0
    kappa: float = 8.0
    beta: float = 0.4
    logprobs: bool = True
    refuses: tuple[str, ...] = ()
    faults: float = 0.0
    troubles: tuple[str, ...] = TROUBLES
    seed: int = 0
    key: str | None = None
    usage: bool = True
    reason_first: bool = False
    thinks: str = ""
    tie_width: float = -1.0
    keep: bool = True
    status: int = 0  # of every answer, where it is set
    fail_after: int | None = None  # requests; all later ones are answered with 500
    code: str | None = None  # of errors
    message: str = "told to fail"  # of errors
    refusing: str = "{name} is not supported here"  # of refused fields
    refusal: str | None = None  # in place of every answer
    retry_after: str = "0"
    content: str | None = None  # of every answer, where it is set
    contents: list[str] = field(default_factory=list)  # of the next answers, one each
    judge: Judge | None = None
    port: int = 0
    requests: list[bytes] = field(default_factory=list)
    headers: list[bytes] = field(default_factory=list)
    met: Counter[str] = field(default_factory=Counter)
    calls: int = 0
    at_once: int = 0
    most_at_once: int = 0
    connections: int = 0
    url: str = ""

    def start(self) -> JudgeServer:
        """Serves."""
        ready = threading.Event()
        self._attempts: Counter[bytes] = Counter()
        self._spoilt: set[bytes] = set()
        self._latent: dict[bytes, float] = {}
        self._thread = threading.Thread(target=lambda: asyncio.run(self._serve(ready)), daemon=True)
        self._thread.start()
        ready.wait()
        return self

    def stop(self) -> None:
        """Hangs up."""
        self._loop.call_soon_threadsafe(self._end.set)
        self._thread.join()

    def __enter__(self) -> JudgeServer:
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.stop()

    async def _serve(self, ready: threading.Event) -> None:
        self._loop, self._end, self._tasks = asyncio.get_running_loop(), asyncio.Event(), set()
        server = await asyncio.start_server(self._talk, "127.0.0.1", self.port, limit=1 << 20)
        self.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/v1"
        ready.set()
        await self._end.wait()
        server.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._tasks.add(asyncio.current_task())
        self.connections += 1
        try:
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                length = next(
                    int(line[15:]) for line in head.lower().split(b"\r\n") if line[:15] == b"content-length:"
                )
                body = await reader.readexactly(length)
                self.at_once += 1
                self.most_at_once = max(self.most_at_once, self.at_once)
                try:
                    whole = await self._answer(head, body, writer)
                finally:
                    self.at_once -= 1
                if not whole:
                    return
        except (asyncio.IncompleteReadError, asyncio.CancelledError, ConnectionError):
            return
        finally:
            writer.close()
            self._tasks.discard(asyncio.current_task())

    async def _answer(self, head: bytes, body: bytes, writer: asyncio.StreamWriter) -> bool:
        self.calls += 1
        number = self.calls
        if self.keep:
            self.requests.append(body)
            self.headers.append(head)
        trouble = self._trouble(body)
        if trouble:
            self.met[trouble] += 1
        if trouble == "hang":
            await asyncio.sleep(3600)
        await asyncio.sleep(self.delay_s)
        status, told = self._told(head, body, trouble, number)
        kind = "text/html" if trouble == "html" else "application/json"
        data = b"<html>busy</html>" if trouble == "html" else json.dumps(told).encode()
        extra = f"Retry-After: {self.retry_after}\r\n" if status == 429 else ""
        writer.write(
            f"HTTP/1.1 {status} X\r\nContent-Type: {kind}\r\nContent-Length: {len(data)}\r\n{extra}\r\n".encode()
        )
        writer.write(data[: len(data) // 2] if trouble == "drop" else data)
        await writer.drain()
        return trouble != "drop"

    def _trouble(self, body: bytes) -> str:
        if not self.faults:
            return ""
        name = hashlib.sha256(body).digest()
        self._attempts[name] += 1
        told = hashlib.sha256(b"%d %d " % (self.seed, self._attempts[name]) + name).digest()
        first, second = (int.from_bytes(part) / 2**64 for part in (told[:8], told[8:16]))
        trouble = self.troubles[int(second * len(self.troubles))] if first < self.faults else ""
        # By the protocol an answer is asked for once more and then given up, so a second one would be lost.
        if trouble in SPOILT and name in self._spoilt:
            return ""
        if trouble in SPOILT:
            self._spoilt.add(name)
        return trouble

    def _told(self, head: bytes, body: bytes, trouble: str, number: int) -> tuple[int, Any]:
        status = self.status or (int(trouble) if trouble.isdigit() else 0)
        if self.fail_after is not None and number > self.fail_after:
            status = 500
        if self.key is not None and f"bearer {self.key}".lower().encode() not in head.lower():
            status = 401
        if status:
            return status, {"error": {"message": self.message, "code": self.code}}
        asked = json.loads(body)
        for name in self.refuses:
            if name in asked or name == asked.get("response_format", {}).get("type"):
                return 400, {"error": {"message": self.refusing.format(name=name)}}
        return 200, self._completion(asked, trouble)

    def _completion(self, asked: Any, trouble: str) -> Any:
        parts = asked["messages"][-1]["content"]
        urls = [part["image_url"]["url"].encode() for part in parts if part["type"] == "image_url"]
        told = asked.get("response_format", {}).get("json_schema", {}).get("schema", {}).get("properties", {})
        tops: list[Mapping[str, float]] = []
        if self.judge is not None and told:
            tokens, tops = self._passed_on(asked, parts, urls)
        elif "feedback" in told:
            tokens = self._points(told, urls)
        elif told and "winner" not in told and "first" not in told:
            tokens, tops = self._filled(asked, parts, urls)
        else:
            tokens, tops = self._verdict(urls)
        text = "".join(tokens) if self.content is None else self.content
        if self.contents:
            text = self.contents.pop(0)
        if trouble:
            text = text[:9] if trouble == "truncated" else "Both are lovely, but 1 or 2?"
        choice: dict[str, Any] = {
            "index": 0,
            "message": {
                "role": "assistant",
                "content": text if self.refusal is None else None,
                "refusal": self.refusal,
            },
            "finish_reason": "length" if trouble == "truncated" else "stop",
        }
        if self.logprobs and asked.get("logprobs") and not trouble and self.content is None:
            tops = tops or [{token: 0.0} for token in tokens]
            choice["logprobs"] = {"content": list(map(_token, tokens, tops))}
        told: dict[str, Any] = {"id": "x", "object": "chat.completion", "created": 0, "model": asked["model"]}
        told["choices"] = [choice]
        if self.usage:
            told["usage"] = {"prompt_tokens": 1000, "completion_tokens": 10, "total_tokens": 1010}
        return told

    def _passed_on(
        self, asked: Any, parts: Any, urls: list[bytes]
    ) -> tuple[list[str], list[Mapping[str, float]]]:
        """Returns the tokens of what the judge behind this server says, with what else might have stood there."""
        question = Question(
            tuple(base64.b64decode(url[len(HEAD) :]) for url in urls),
            asked["messages"][0]["content"],
            "\n".join(part["text"] for part in parts if part["type"] == "text"),
            "",
            asked["response_format"]["json_schema"]["schema"],
            logprobs=bool(asked.get("logprobs")),
        )
        assert self.judge is not None
        [reply] = self.judge.ask([question])
        assert reply is not None
        pieces = reply.tokens or (Token(reply.text, {reply.text: 0.0}),)
        return [piece.text for piece in pieces], [piece.top for piece in pieces]

    def _filled(
        self, asked: Any, parts: Any, urls: list[bytes]
    ) -> tuple[list[str], list[Mapping[str, float]]]:
        """Returns the tokens of an answer to any other schema, with what else might have stood there.

        What the kit's scripted judge makes of its quality is made of how red the picture is.
        """
        text = "\n".join(part["text"] for part in parts if part["type"] == "text")
        schema = asked["response_format"]["json_schema"]["schema"]
        question = Question((), "", text, "", schema, logprobs=True)
        quality = self._quality(urls[-1]) if urls else quality_seen(question)
        reply = plain_answer(question, quality, logprobs=True)
        assert reply.tokens is not None
        return [token.text for token in reply.tokens], [token.top for token in reply.tokens]

    def _verdict(self, urls: list[bytes]) -> tuple[list[str], list[Mapping[str, float]]]:
        """Returns the tokens of an answer about two pictures, with what else might have stood there."""
        first, second = (self._quality(url) for url in urls)
        chance = 1 / (1 + math.exp(-(self.kappa * (first - second) + self.beta)))
        label = "1" if chance >= 0.5 else "2"
        if abs(chance - 0.5) <= self.tie_width:
            label = "tie"
        verdict, reason = ['"winner"', ': "', label, '"'], ['"reason"', ': "redder', '"']
        fields = [*reason, ", ", *verdict] if self.reason_first else [*verdict, ", ", *reason]
        tokens = [*([self.thinks] if self.thinks else []), "{", *fields, "}"]
        tie = 0.9 if label == "tie" else 0.0
        top = {"1": chance * (1 - tie), "2": (1 - chance) * (1 - tie)} | ({"tie": tie} if tie else {})
        logs = {name: math.log(max(p, 1e-300)) for name, p in top.items()}
        return tokens, [logs if token == label else {token: 0.0} for token in tokens]

    def _points(self, parts: Any, urls: list[bytes]) -> list[str]:
        """Returns an answer to a score sheet, as one token: of each part as many points as the first picture is red."""
        share = self._quality(urls[0])
        told = {name: round(share * part["maximum"]) for name, part in parts.items() if "maximum" in part}
        return [json.dumps(told | {"feedback": "Make it redder."})]

    def _quality(self, url: bytes) -> float:
        if url not in self._latent:
            assert url.startswith(HEAD), url[:40]
            picture = Image.open(io.BytesIO(base64.b64decode(url[len(HEAD) :], validate=True)))
            assert picture.format == "PNG"
            self._latent[url] = float(np.asarray(picture.convert("RGB"))[..., 0].mean() / 255)
        return self._latent[url]


def _token(token: str, top: Mapping[str, float]) -> dict[str, Any]:
    listed = [{"token": name, "logprob": chance, "bytes": None} for name, chance in top.items()]
    own = {"token": token, "logprob": top.get(token, -9999.0), "bytes": None}
    return own | {"top_logprobs": listed}


def png(red: float, seed: int = 0, size_px: int = 12) -> bytes:
    """Returns a noisy picture of a certain redness, [0, 1]."""
    noise = np.random.default_rng(seed).integers(0, 3, (size_px, size_px, 3))
    image = (noise + np.array([red * 252, 90, 60])).astype(np.uint8)
    file = io.BytesIO()
    Image.fromarray(image).save(file, "PNG")
    return file.getvalue()


def main(arguments: Iterable[str]) -> None:
    """Serves until standard input ends."""
    told = dict(zip(*[iter(arguments)] * 2, strict=True))
    port = int(told.get("--port", 0))
    with JudgeServer(delay_s=float(told.get("--delay", 0)), port=port, keep=False) as server:
        print(server.url, flush=True)
        sys.stdin.read()


if __name__ == "__main__":
    main(sys.argv[1:])
