"""What an endpoint in trouble costs: requests that are still sent, seconds that are lost, and what the user reads."""

from __future__ import annotations

import logging
import sys
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rewards.errors import CodepaintError
from rewards.judged.client.openai_judge import OpenAIJudge
from rewards.judged.judge import Question
from rewards.judged.pairs.symmetric import SymmetricJudge
from rewards.judged.rubric import load_rubric

sys.path.insert(0, str(Path(__file__).parents[2] / "tests/support"))

from judge_server import JudgeServer, png

DELAY_S = 0.02  # of a healthy answer
BATCHES = 4  # of the run in which the endpoint dies in the second, and is back for the last
PICTURES = [png(red / 24, seed=red) for red in range(24)]

FROM_THE_START: Mapping[str, dict[str, Any]] = {
    "reason_first": {"reason_first": True},
    "thinks_aloud": {"thinks": "<think>The first has more light. Or 2?</think>\n"},
    "no_schema": {"refuses": ("json_schema", "json_object"), "tie_width": 0.1},
    "refuses_temperature": {"refuses": ("temperature",)},
    "chats": {"content": "I love both of them!"},
}
AFTER_PREFLIGHT: Mapping[str, dict[str, Any]] = {
    "refused_key": {"status": 401, "message": "Incorrect API key provided."},
    "spent_credit": {
        "status": 429,
        "code": "insufficient_quota",
        "message": "You exceeded your current quota.",
    },
    "model_is_gone": {"status": 404, "message": "The model does not exist."},
    "hangs": {"faults": 1.0, "troubles": ("hang",)},
}


@dataclass(frozen=True, slots=True)
class Trouble:
    """What came of asking an endpoint in trouble.

    Attributes:
        questions: That were to be asked.
        sent: Requests, retries and those of the preflight among them.
        answered: Questions with an answer that can be read.
        lost_s: Seconds beyond those in which a healthy endpoint gives as many answers.
        read: What the user reads, the last of it.
    """

    questions: int
    sent: int
    answered: int
    lost_s: float
    read: str


def troubles(count: int, options: Mapping[str, Any], rounds: int) -> Iterator[tuple[str, Trouble]]:
    """Asks an endpoint in each trouble, and yields what came of it.

    Args:
        count: Questions of a batch.
        options: Of the judge; without any, the defaults.
        rounds: Of which the one that lost least counts, where what is lost is a difference.
    """
    healthy_s = _healthy_s([count], options)  # warms up
    for name, trouble in FROM_THE_START.items():
        yield (
            name,
            min((_beside(count, options, trouble) for _ in range(rounds)), key=lambda each: each.lost_s),
        )
    for name, trouble in AFTER_PREFLIGHT.items():
        with _serving() as server:
            asking = _Asking(server.url, options)
            for field, value in trouble.items():
                setattr(server, field, value)
            yield name, _asked(asking, [count], healthy_s)
    with _serving() as server:
        asking = _Asking(server.url, options)
    yield "nobody_there", _asked(asking, [count], healthy_s)
    sizes = [count // BATCHES] * BATCHES
    yield "dies_and_comes_back", _dies(sizes, options, _healthy_s(sizes, options))


def _healthy_s(sizes: Sequence[int], options: Mapping[str, Any]) -> float:
    with _serving() as server:
        return _Asking(server.url, options).run(sizes)


def _beside(count: int, options: Mapping[str, Any], trouble: Mapping[str, Any]) -> Trouble:
    """Asks an endpoint in trouble right after a healthy one: the machine may have other work."""
    healthy_s = _healthy_s([count], options)
    with _serving(**trouble) as server:
        return _asked(_Asking(server.url, options), [count], healthy_s)


def _dies(sizes: Sequence[int], options: Mapping[str, Any], healthy_s: float) -> Trouble:
    servers = [_serving().start()]
    asking = _Asking(servers[0].url, options)
    port = int(servers[0].url.split(":")[2].split("/")[0])

    def stop() -> None:
        while servers[0].calls < 1.5 * sizes[0]:
            time.sleep(0.001)
        servers[0].stop()

    threading.Thread(target=stop).start()
    try:
        asking.before_last = lambda: servers.append(_serving(port=port).start())
        return _asked(asking, sizes, healthy_s)
    finally:
        servers[-1].stop()


def _serving(**trouble: Any) -> JudgeServer:
    return JudgeServer(**{"keep": False, "delay_s": DELAY_S} | trouble)


def _asked(asking: _Asking, sizes: Sequence[int], healthy_s: float) -> Trouble:
    took_s = asking.run(sizes)
    sent = int(asking.judge.usage["calls"] or 0)
    count = sum(sizes)
    lost_s = max(0.0, took_s - healthy_s * asking.answered / count)
    return Trouble(count, sent, asking.answered, lost_s, asking.told[-1] if asking.told else "")


class _Asking:
    """A judge that has had its preflight, what it was asked, and what the user was told."""

    def __init__(self, url: str, options: Mapping[str, Any]) -> None:
        self.judge = OpenAIJudge(model="loopback", base_url=url, api_key_env=None, cache=False, **options)
        self.answered = 0
        self.told: list[str] = []
        self.before_last = lambda: None
        with _told_to(self.told):
            logprobs = self.judge.preflight(logprobs=True)
        self._symmetric = SymmetricJudge(
            self.judge, load_rubric("pairwise"), mode="soft" if logprobs else "hard"
        )

    def run(self, sizes: Sequence[int]) -> float:
        """Asks batches, one after the other, and returns the seconds that they took."""
        asked = self._questions(sum(sizes))
        started = time.perf_counter()
        for number, size in enumerate(sizes):
            if number == len(sizes) - 1:
                self.before_last()
            batch, asked = asked[:size], asked[size:]
            with _told_to(self.told):
                try:
                    replies = self.judge.ask(batch)
                except CodepaintError as error:
                    self.told.append(str(error))
                    continue
            self.answered += sum(
                reply is not None and question.readable(reply)
                for reply, question in zip(replies, batch, strict=True)
            )
        return time.perf_counter() - started

    def _questions(self, count: int) -> list[Question]:
        orders = [(a, b) for a in PICTURES for b in PICTURES if a is not b]
        rounds = -(-count // len(orders))
        ask = self._symmetric.question
        return [ask(*order, f"study {number}") for number in range(rounds) for order in orders][:count]


@contextmanager
def _told_to(told: list[str]) -> Iterator[None]:
    """Adds what is logged for the user to a list."""

    class Handler(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            told.append(record.getMessage())

    handler = Handler(logging.WARNING)
    log = logging.getLogger("codepaint")
    before, log.propagate = log.propagate, False
    log.addHandler(handler)
    try:
        yield
    finally:
        log.removeHandler(handler)
        log.propagate = before
