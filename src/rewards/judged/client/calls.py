"""What one process holds of a judge: its connections and the calls under way."""

from __future__ import annotations

import asyncio
import inspect
import json
import logging
import os
from dataclasses import dataclass
from typing import Any

from rewards.judged.client.chat import Answer, Form, answer_of, body_of
from rewards.judged.client.endpoint import Endpoint
from rewards.judged.client.failures import Trouble, trouble_of
from rewards.judged.client.usage import Usage
from rewards.judged.client.verdict_cache import Verdicts
from rewards.judged.judge import Question
from rewards.judged.rubric import Reply

_log = logging.getLogger("codepaint")

_REFUSED = (401, 402)  # the key, or to pay any more: no question of this run would get an answer


@dataclass(slots=True, eq=False)
class _Flight:
    """A call under way, and how many wait for it."""

    task: asyncio.Task[Reply | None]
    waiting: int = 0


class Calls:
    """Answers questions; lives on the event loop of `background` alone.

    Attributes:
        pid: Of the process that it belongs to.
        form: In which the endpoint is asked for its answers.

    Args:
        endpoint: Where to ask.
        version: `OpenAIJudge.version`.
        form: See above.
        usage: Counts.
        verdicts: Keeps answers.
    """

    def __init__(
        self, endpoint: Endpoint, version: str, form: Form, usage: Usage, verdicts: Verdicts | None
    ) -> None:
        import openai

        self.pid, self.form = os.getpid(), form
        self._endpoint, self._version, self._usage, self._verdicts = endpoint, version, usage, verdicts
        self._client = openai.AsyncOpenAI(
            api_key=endpoint.key(), base_url=endpoint.base_url, max_retries=0, timeout=endpoint.timeout_s
        )
        self._openai_error = openai.OpenAIError
        # Releases of openai before raw bodies encode the pictures anew for each call: slower, and the same.
        self._takes_bytes = "content" in inspect.signature(self._client.post).parameters
        self._slots = asyncio.Semaphore(endpoint.concurrency)
        self._flights: dict[str, _Flight] = {}
        self._said: set[str] = set()

    async def close(self) -> None:
        """Hangs up."""
        await self._client.close()

    async def answer(self, question: Question) -> Reply | None:
        """Answers a question from what is kept, by the same call under way, or by a call of its own.

        Raises:
            BudgetSpent: Before a call that would go past a limit.
            MissingPart: The endpoint refuses the key, or its credit is spent.
        """
        key = question.key(self._version)
        flight = self._flights.get(key)
        if flight is None:
            flight = self._flights[key] = _Flight(asyncio.create_task(self._fetch(question, key)))
        flight.waiting += 1
        try:
            return await asyncio.shield(flight.task)
        finally:
            flight.waiting -= 1
            if not flight.waiting:  # it is done, or nobody wants it any more
                flight.task.cancel()
                if self._flights.get(key) is flight:
                    del self._flights[key]

    async def call(self, question: Question, key: str, form: Form, retries: int) -> Answer | Trouble:
        """Sends a question until it is answered, the trouble is there to stay, or all tries are used.

        Raises:
            BudgetSpent: Before a call that would go past a limit.
        """
        body = body_of(question, self._endpoint.model, form, logprobs=question.logprobs)
        trouble = Trouble("it was not asked", passing=True)
        for attempt in range(retries + 1):
            if attempt:
                await asyncio.sleep(trouble.pause_s(attempt, key))
            self._usage.begin(again=attempt > 0)
            paid = (0, 0)
            try:
                async with asyncio.timeout(self._endpoint.timeout_s):
                    answer = answer_of(await self._post(body))
                paid = answer.tokens or paid
                return answer
            except (self._openai_error, TimeoutError, ValueError) as error:
                trouble = trouble_of(error)
            finally:
                self._usage.end(*paid)
            if not trouble.passing:
                break
        return trouble

    def note(self, key: str, text: str | None = None) -> str | None:
        """Returns what was noted in the cache under a key, after noting `text` there if one is given."""
        return None if self._verdicts is None else self._verdicts.note(key, text)

    async def _fetch(self, question: Question, key: str) -> Reply | None:
        async with self._slots:
            kept = None if self._verdicts is None else self._verdicts.find(question, self._version)
            if kept is not None:
                self._usage.hit()
                return kept
            heard = await self.call(question, key, self.form, self._endpoint.retries)
            if isinstance(heard, Trouble):
                self._usage.failures += 1
                self._usage.trouble = heard.text
                if heard.status in _REFUSED:
                    raise self._endpoint.error(heard)
                self._say(str(heard.status or heard.text), self._endpoint.describe(heard))
                return None
            if heard.tokens is None:
                self._say(
                    "tokens",
                    "The judge's endpoint tells no tokens, so that neither they nor money are counted.",
                )
            if not question.readable(heard.reply):
                self._usage.unreadable += 1
            elif self._verdicts is not None:
                self._verdicts.put(key, heard.reply)
            return heard.reply

    async def _post(self, body: bytes) -> object:
        sent: dict[str, Any] = {"content": body} if self._takes_bytes else {"body": json.loads(body)}
        options: Any = {"headers": {"Content-Type": "application/json"}}
        return await self._client.post("/chat/completions", cast_to=object, options=options, **sent)

    def _say(self, what: str, text: str) -> None:
        if what not in self._said:
            self._said.add(what)
            _log.warning("%s (Said once; the judge's usage counts them.)", text)
