"""Inquiries: what is asked of a judge step by step, many of them side by side, each distinct question once."""

from __future__ import annotations

import asyncio
from collections.abc import Generator, Sequence
from dataclasses import replace
from typing import TypeVar

from rewards.judged.judge import Judge, Question
from rewards.judged.reply import Reply

T = TypeVar("T")

Inquiry = Generator[Sequence[Question], Sequence[Reply | None], T]
"""Yields questions, is sent as many replies, and returns what they amount to.

A reply is None where the call was lost. One that cannot be read was asked for once more before.
"""


def conduct(judge: Judge, inquiries: Sequence[Inquiry[T]]) -> list[T]:
    """Asks a judge whatever some inquiries want to know, and returns their outcomes in order.

    All that is to be asked at one time is asked in one batch, equal questions once. An answer that cannot be read
    (`Question.readable`) is asked for once more, with the next `attempt`.

    Raises:
        CodepaintError: What the judge raises, because no later question would mend it.
    """
    asking = _together(inquiries)
    replies: list[Reply | None] | None = None
    while True:
        try:
            questions = asking.send(replies)
        except StopIteration as done:
            return list(done.value)
        replies = judge.ask(questions)


async def aconduct(judge: Judge, inquiries: Sequence[Inquiry[T]]) -> list[T]:
    """Does what `conduct` does without blocking the event loop."""
    asking = _together(inquiries)
    replies: list[Reply | None] | None = None
    aask = getattr(judge, "aask", None)

    def step(heard: list[Reply | None] | None) -> tuple[list[Question], list[T] | None]:
        try:
            return asking.send(heard), None
        except StopIteration as done:
            return [], list(done.value)

    while True:
        # What an inquiry does between its questions may take a while, such as to compress a picture.
        questions, outcomes = await asyncio.to_thread(step, replies)
        if outcomes is not None:
            return outcomes
        replies = await (asyncio.to_thread(judge.ask, questions) if aask is None else aask(questions))


def why_lost(judge: Judge) -> str:
    """Says that a call got no answer, and why, where the judge tells."""
    trouble = getattr(judge, "trouble", "")
    return f"a call of the judge failed{trouble and f' ({trouble})'}"


def why_unread(reply: Reply) -> str:
    """Says that an answer could not be read, and what it was."""
    return f"an answer of the judge could not be read, twice; {reply.told}"


def _together(
    inquiries: Sequence[Inquiry[T]],
) -> Generator[list[Question], list[Reply | None] | None, list[T]]:
    """Makes one of many: yields the distinct questions of a round, then those that must be asked once more."""
    waiting: dict[int, list[str]] = {}  # number of an inquiry to the keys of its questions
    asked: dict[str, Question] = {}
    outcomes: dict[int, T] = {}

    def proceed(number: int, replies: Sequence[Reply | None] | None) -> None:
        try:
            questions = inquiries[number].send(replies)  # type: ignore[arg-type]  # None begins it
        except StopIteration as done:
            outcomes[number] = done.value
            waiting.pop(number, None)
            return
        waiting[number] = [question.key("") for question in questions]
        asked.update(zip(waiting[number], questions, strict=True))

    for number in range(len(inquiries)):
        proceed(number, None)
    while waiting:
        heard: dict[str, Reply | None] = {}
        if asked:
            heard = dict(zip(asked, (yield list(asked.values())) or (), strict=True))
            unread = [
                key for key, reply in heard.items() if reply is not None and not asked[key].readable(reply)
            ]
            if unread:
                again = [replace(asked[key], attempt=asked[key].attempt + 1) for key in unread]
                heard |= zip(unread, (yield again) or (), strict=True)
        asked = {}
        for number, keys in list(waiting.items()):
            proceed(number, [heard[key] for key in keys])
    return [outcomes[number] for number in range(len(inquiries))]
