"""What one process holds of a judge: its connections and the calls under way."""

from __future__ import annotations

import asyncio
import inspect
import json
import logging
import os
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from rewards.judged.client.breaker import Breaker
from rewards.judged.client.chat import Answer, Dialect, answer_of, body_of
from rewards.judged.client.decoding import Decoding
from rewards.judged.client.endpoint import Endpoint
from rewards.judged.client.failures import Trouble, trouble_of
from rewards.judged.client.usage import Usage
from rewards.judged.client.verdict_cache import Verdicts
from rewards.judged.judge import Question
from rewards.judged.reply import Reply

_log = logging.getLogger("codepaint")


@dataclass(slots=True, eq=False)
class _Flight:
    """A call under way, and how many wait for it."""

    task: asyncio.Task[Reply | None]
    waiting: int = 0


class Calls:
    """Answers questions; lives on the event loop of `background` alone.

    Attributes:
        pid: Of the process that it belongs to.
        dialect: In which the endpoint is asked.
        breaker: Stops it.

    Args:
        endpoint: Where to ask.
        decoding: What is asked besides the questions.
        version: `OpenAIJudge.version`.
        dialect: See above.
        usage: Counts.
        verdicts: Keeps answers.
    """

    def __init__(
        self,
        endpoint: Endpoint,
        decoding: Decoding,
        version: str,
        dialect: Dialect,
        usage: Usage,
        verdicts: Verdicts | None,
    ) -> None:
        import openai

        self.pid, self.dialect, self.breaker = os.getpid(), dialect, Breaker(endpoint)
        self._endpoint, self._decoding, self._version = endpoint, decoding, version
        self._usage, self._verdicts = usage, verdicts
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

    async def answers(self, questions: Sequence[Question]) -> list[Reply | None]:
        """Answers a batch in order; None where a call failed, or was not made any more.

        Raises:
            BudgetSpent: A call would go past a limit.
            CodepaintError: The endpoint refuses the key, or every question; see `Breaker`.
        """
        self.breaker.begin()
        asked = [asyncio.create_task(self.answer(question)) for question in questions]
        try:
            async with asyncio.timeout(self._endpoint.batch_limit_s(len(questions))):
                # To the end, also where one raises: what is under way will be paid for.
                await asyncio.gather(*asked, return_exceptions=True)
        except TimeoutError:
            late = self._endpoint.lateness(len(asked), sum(task.cancelled() for task in asked))
            self._usage.failures += sum(task.cancelled() for task in asked)
            self._usage.trouble = late.told
            _log.warning("%s", self._endpoint.describe(late))
        return [None if task.cancelled() else task.result() for task in asked]

    async def answer(self, question: Question) -> Reply | None:
        """Answers a question from what is kept, by the same call under way, or by a call of its own.

        Raises:
            BudgetSpent: Before a call that would go past a limit.
            CodepaintError: See `answers`.
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

    async def call(self, question: Question, key: str, dialect: Dialect, retries: int) -> Answer | Trouble:
        """Sends a question until it is answered, the trouble is there to stay, all tries are used, or a stop.

        Where the endpoint refuses a field that it can do without, it is asked without, at once; if that is answered,
        so are all questions from then on.

        Raises:
            BudgetSpent: Before a call that would go past a limit.
        """
        trouble, attempt, given = Trouble("it was not asked", passing=True), 0, dialect
        while attempt <= retries:
            if attempt:
                await self.breaker.pause(trouble.pause_s(attempt, key))
            if self.breaker.stopped is not None:
                return self.breaker.stopped
            heard = await self._sent(
                body_of(question, self._endpoint.model, dialect, self._decoding), again=attempt > 0
            )
            if isinstance(heard, Answer):
                if dialect != given:
                    self._learn(dialect)
                return heard
            trouble = heard
            simpler = dialect.without_refused(trouble, self._decoding)
            if simpler is not None:
                dialect = simpler
            elif trouble.passing:
                attempt += 1
            else:
                break
        return self.breaker.stopped or trouble

    def note(self, key: str, text: str | None = None) -> str | None:
        """Returns what was noted in the cache under a key, after noting `text` there if one is given."""
        return None if self._verdicts is None else self._verdicts.note(key, text)

    async def _fetch(self, question: Question, key: str) -> Reply | None:
        async with self._slots:
            kept = None if self._verdicts is None else self._verdicts.find(question, self._version)
            if kept is not None:
                self._usage.hit()
                return kept
            async with self.breaker.turn():
                heard = await self.call(question, key, self.dialect, self._endpoint.retries)
                if isinstance(heard, Answer):
                    self.breaker.answered()
                else:
                    self._lost(heard)
                    return None
            if heard.tokens is None:
                self._say(
                    "tokens",
                    "The judge's endpoint tells no tokens, so that neither they nor money are counted.",
                )
            if not question.readable(heard.reply):
                self._usage.unreadable += 1
                self._say(
                    "unreadable",
                    f"An answer of the judge {self._endpoint.model!r} cannot be read: {heard.reply.told}.",
                )
            elif self._verdicts is not None:
                self._verdicts.put(key, heard.reply)
            return heard.reply

    def _lost(self, trouble: Trouble) -> None:
        """Counts and tells a question that got no answer.

        Raises:
            CodepaintError: No other question would get one.
        """
        self.breaker.lost(trouble)
        self._usage.failures += 1
        self._usage.trouble = trouble.told
        self.breaker.check()
        if self.breaker.stopped is None:  # which was told
            self._say(str(trouble.status or trouble.text), self._endpoint.describe(trouble))

    async def _sent(self, body: bytes, *, again: bool) -> Answer | Trouble:
        """Sends a request, within its time limit and until a stop."""
        self._usage.begin(again=again)
        paid = (0, 0)
        try:
            async with asyncio.timeout(self._endpoint.timeout_s) as limit:
                with self.breaker.request(limit):
                    answer = answer_of(await self._post(body))
            paid = answer.tokens or paid
            return answer
        except (self._openai_error, TimeoutError, ValueError) as error:
            return self._endpoint.cleaned(trouble_of(error))
        finally:
            self._usage.end(*paid)

    def _learn(self, dialect: Dialect) -> None:
        """Takes what was answered for all questions to come."""
        if self.dialect.temperature and not dialect.temperature:
            _log.warning(
                "The judge %r takes no temperature=0 and is asked without; its answers may vary.",
                self._endpoint.model,
            )
        self.dialect = replace(dialect, form=self.dialect.form)

    async def _post(self, body: bytes) -> object:
        sent: dict[str, Any] = {"content": body} if self._takes_bytes else {"body": json.loads(body)}
        options: Any = {"headers": {"Content-Type": "application/json"}}
        return await self._client.post("/chat/completions", cast_to=object, options=options, **sent)

    def _say(self, what: str, text: str) -> None:
        if what not in self._said:
            self._said.add(what)
            _log.warning("%s (Said once; the judge's usage counts them.)", text)
