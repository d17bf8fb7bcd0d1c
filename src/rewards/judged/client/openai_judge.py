"""A judge behind any OpenAI-compatible endpoint: asked concurrently, tried again, held to a budget, remembered."""

from __future__ import annotations

import asyncio
import json
import logging
import os
import weakref
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rewards import loop_thread as background
from rewards.errors import SpecError
from rewards.judged.client.chat import TOP_LOGPROBS, WIRE, Dialect
from rewards.judged.client.decoding import Decoding
from rewards.judged.client.endpoint import Endpoint, is_positive, is_whole
from rewards.judged.client.usage import Usage, price_of
from rewards.judged.judge import Question
from rewards.judged.reply import Reply
from rewards.types import version_of

if TYPE_CHECKING:
    from rewards.judged.client.calls import Calls
    from rewards.judged.client.verdict_cache import Verdicts

_log = logging.getLogger("codepaint")
_inherited: list[Calls] = []  # a forked child neither uses nor closes its parent's


class OpenAIJudge:
    """Asks a vision model; a `Judge` for `SymmetricJudge`.

    Calls go out from one thread of the process, whichever threads and event loops ask. 408, 429, 5xx, lost
    connections, calls without an answer in time and answers that are no chat completion are tried again; what
    fails for good is None, with its reason logged once; a key that is refused (401) and spent credit (402) raise. An
    endpoint that hangs, is down or refuses everything is not asked by the rest of a batch: see
    `rewards.judged.client.breaker`.
    Answers that can be read are kept on disk and not asked for again; a question that is under way is not asked
    twice. It pickles without connection and secret. A deep copy has the same budget and counts; another process
    counts for itself.

    Args:
        model: Its name at the endpoint.
        name: Of the endpoint; part of `version` and of the cache's keys, while its address is not.
        base_url: Where; None takes `OPENAI_BASE_URL`, or what the openai package defaults to.
        api_key_env: The environment variable with the key; None where the endpoint asks for none.
        concurrency: Calls under way at once.
        timeout_s: Seconds that one call may take.
        retries: Further tries for each call.
        patience_s: Seconds without any answer after which the rest of a batch is given up; None takes 1.5 times
            `timeout_s`.
        batch_s: Seconds that one batch of questions may take; then the rest is given up. None takes `timeout_s` for
            each `concurrency` of them and for all retries of one, and a minute.
        temperature: Of the answers; None sends none, for models that take none. 0 is left out where it is refused.
        max_tokens: Of an answer, thoughts among them; None sends no limit.
        image_detail: How closely the model looks, such as `low` or `high`; None sends nothing.
        extra_body: Further fields of the request, such as `{"reasoning_effort": "low"}`.
        max_calls: Calls that may be sent, retries and preflight among them; then `BudgetSpent`.
        max_usd: Money that may be spent, by `prices`; then `BudgetSpent`. The dearest call so far is reserved for
            each that is under way, so that only a first wave of calls can go past it.
        prices: Model to USD for a million prompt tokens and a million completion tokens.
        cache: True keeps answers in the user's cache folder, False nowhere; a path is a folder of your own.

    Raises:
        MissingPart: The extra or the key's variable is missing.
        SpecError: A parameter cannot be what it is.
    """

    def __init__(
        self,
        *,
        model: str,
        name: str = "default",
        base_url: str | None = None,
        api_key_env: str | None = "OPENAI_API_KEY",
        concurrency: int = 32,
        timeout_s: float = 60.0,
        retries: int = 5,
        patience_s: float | None = None,
        batch_s: float | None = None,
        temperature: float | None = 0.0,
        max_tokens: int | None = None,
        image_detail: str | None = None,
        extra_body: Mapping[str, Any] | None = None,
        max_calls: int | None = None,
        max_usd: float | None = None,
        prices: Mapping[str, Sequence[float]] | None = None,
        cache: bool | str | Path = True,
    ) -> None:
        if not (max_calls is None or is_whole(max_calls, 1)):
            raise SpecError(f"judge: max_calls is {max_calls!r}; it must be a whole number from 1, or None.")
        if not (max_usd is None or is_positive(max_usd)):
            raise SpecError(f"judge: max_usd is {max_usd!r}; it must be more than 0, or None.")
        self.endpoint = Endpoint(
            model=model,
            name=name,
            base_url=base_url,
            api_key_env=api_key_env,
            concurrency=concurrency,
            timeout_s=timeout_s,
            retries=retries,
            patience_s=patience_s,
            batch_s=batch_s,
            cache=cache,
        )
        self.decoding = Decoding(temperature, max_tokens, extra_body, image_detail)
        price = price_of(model, prices)
        if max_usd is not None and price is None:
            raise SpecError(
                f"judge: max_usd is {max_usd!r}, but no price of {model!r} is told; add prices={{{model!r}: [USD for a "
                "million prompt tokens, USD for a million completion tokens]}, or limit max_calls in place of it."
            )
        self.version = version_of("OpenAIJudge", [WIRE, name, model, TOP_LOGPROBS, self.decoding.told()])
        self._money = max_usd is not None
        self._usage = Usage(price, max_calls, max_usd)
        self._dialect = Dialect()
        self._calls: Calls | None = None
        self._memory: tuple[int, Verdicts | None] | None = None

    @property
    def usage(self) -> dict[str, int | float | None]:
        """What was counted up to now: calls, cache_hits, retries, failures, unreadable, tokens_in, tokens_out, usd.

        `calls` are requests that were sent, `failures` questions that got no answer; `usd` is
        None where no price is told.
        """
        return self._usage.snapshot()

    @property
    def trouble(self) -> str:
        """Why a question got no answer, the last time; `""` if all got one."""
        return self._usage.trouble

    def ask(self, questions: Sequence[Question], /) -> list[Reply | None]:
        """Answers in order; None where a call failed for good.

        Raises:
            BudgetSpent: A limit is reached; calls under way are finished and kept first.
            MissingPart: The endpoint refuses the key, or its credit is spent; the same holds.
            SpecError: It has refused the first five questions alike, such as those of an unknown model.
        """
        # What is kept is found on this thread, up to the first question that is not: handing it over takes longer.
        kept = self._recalled(questions)
        rest = questions[len(kept) :]
        replies: list[Reply | None] = [*kept]
        if rest:
            replies += background.run(self._answers(rest))
        self._tell()
        return replies

    async def aask(self, questions: Sequence[Question], /) -> list[Reply | None]:
        """Does what `ask` does without blocking the event loop."""
        replies = await background.arun(self._answers(questions))
        self._tell()
        return replies

    def preflight(self, *, logprobs: bool) -> bool:
        """Asks about two small pictures, and settles in what form this endpoint is asked.

        What was settled is kept with the answers for this name and address, so that a re-run costs nothing.

        Args:
            logprobs: Whether log-probabilities are wanted.

        Returns:
            Whether log-probabilities come and can be read; False where they are not wanted.

        Raises:
            MissingPart: The key is refused.
            SpecError: The endpoint knows no such model, or takes no such question.
            MachineError: No answer comes.
            BudgetSpent: A limit is reached.
        """
        return background.run(self._probe(logprobs))

    def close(self) -> None:
        """Hangs up; the next question connects anew."""
        calls, self._calls = self._calls, None
        if calls is not None:
            _hang_up(calls)

    def __getstate__(self) -> dict[str, Any]:
        return self.__dict__ | {"_calls": None, "_memory": None}

    def _recalled(self, questions: Sequence[Question]) -> list[Reply]:
        kept: list[Reply] = []
        verdicts = self._verdicts()
        for question in questions if verdicts is not None else ():
            reply = verdicts.find(question, self.version) if verdicts is not None else None
            if reply is None:
                break
            self._usage.hit()
            kept.append(reply)
        return kept

    async def _answers(self, questions: Sequence[Question]) -> list[Reply | None]:
        calls = self._here()
        replies = await calls.answers(questions)
        self._dialect = calls.dialect
        return replies

    async def _probe(self, logprobs: bool) -> bool:
        from rewards.judged.client.probe import probe

        calls = self._here()
        comes = await probe(calls, self.endpoint, self.version, logprobs=logprobs, money=self._money)
        self._dialect = calls.dialect
        return comes

    def _tell(self) -> None:
        if _log.isEnabledFor(logging.INFO):
            _log.info("The judge %s: %s", self.endpoint.model, json.dumps(self.usage))

    def _verdicts(self) -> Verdicts | None:
        """Returns what is kept, as this process opened it."""
        from rewards.judged.client.verdict_cache import Verdicts, verdict_folder

        if self._memory is None or self._memory[0] != os.getpid():
            folder = verdict_folder(self.endpoint.cache)
            verdicts = None if folder is None else Verdicts(folder)
            if verdicts is not None:
                verdicts.meet(self.endpoint.name, self.endpoint.address)
            self._memory = os.getpid(), verdicts
        return self._memory[1]

    def _here(self) -> Calls:
        """Returns what this process holds; runs on the loop's thread alone."""
        from rewards.judged.client.calls import Calls

        calls = self._calls
        if calls is not None and calls.pid != os.getpid():
            _inherited.append(calls)
            self._usage.forget_calls_under_way()
            calls = None
        if calls is None:
            calls = self._calls = Calls(
                self.endpoint, self.decoding, self.version, self._dialect, self._usage, self._verdicts()
            )
            weakref.finalize(self, _hang_up, calls).atexit = False
        return calls


def _hang_up(calls: Calls) -> None:
    if calls.pid == os.getpid():
        asyncio.run_coroutine_threadsafe(calls.close(), background.loop())
