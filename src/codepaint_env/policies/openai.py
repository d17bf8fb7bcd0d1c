"""A model behind an OpenAI-compatible endpoint as a policy."""

from __future__ import annotations

import hashlib
import logging
import os
import time
from collections.abc import Mapping, Sequence
from typing import Any

from rewards.errors import MachineError, MissingPart
from rewards.judged.client.failures import Trouble, trouble_of, without_secret
from rewards.types import Task

_WAYS_OUT = {
    401: "Correct the key in OPENAI_API_KEY.",
    402: "Add credit there.",
    403: "Let the key in OPENAI_API_KEY use this model, or name another key or model.",
    404: "Correct the model's name, or OPENAI_BASE_URL: it mostly ends with /v1.",
}
_DOWN = "See that the endpoint runs, and that OPENAI_BASE_URL is its address."

_log = logging.getLogger("codepaint")


class OpenAIPolicy:
    """Asks a model behind an OpenAI-compatible endpoint: `OPENAI_BASE_URL` with `OPENAI_API_KEY`.

    Args:
        model: Its name at the endpoint.
        retries: Further tries after a refusal for load, a server error or a broken connection. The first is told.
        timeout_s: Seconds that one try may take.
    """

    def __init__(self, model: str, *, retries: int = 5, timeout_s: float = 180.0) -> None:
        try:
            import openai
        except ImportError as error:
            raise MissingPart(
                f"The policy 'openai:{model}' needs the package openai: pip install 'codepaint-env[judge]'"
            ) from error
        self._key = os.environ.get("OPENAI_API_KEY", "")
        if not self._key:
            raise MissingPart(
                f"The policy 'openai:{model}' needs a key in OPENAI_API_KEY; "
                "for an endpoint that asks for none, set it to any text."
            )
        self.name = f"openai:{model}"
        self._model, self._retries = model, retries
        self._client = openai.OpenAI(api_key=self._key, max_retries=0, timeout=timeout_s)
        self._waits = False  # which was told

    def __call__(self, task: Task, system_prompt: str, episode: int, /) -> str:
        """Returns what the model writes; an empty answer is the model's own."""
        messages = [
            {"role": "system", "content": system_prompt},
            {"role": "user", "content": task.prompt},
        ]
        return self.complete(messages, f"the task {task.id!r}")

    def complete(self, messages: Sequence[Mapping[str, Any]], about: str) -> str:
        """Returns what the model answers to messages as the endpoint takes them.

        Args:
            messages: Of the conversation so far.
            about: What they are about, for the error.

        Raises:
            MachineError: There is no answer.
        """
        spread = hashlib.sha256(about.encode("utf-8", "replace")).hexdigest()
        for attempt in range(self._retries + 1):
            answer = self._asked(messages)
            if not isinstance(answer, Trouble):
                choices = getattr(answer, "choices", None)  # a page of HTML arrives as a plain string
                if choices:
                    return choices[0].message.content or ""
                answer = Trouble("the answer is not a chat completion", passing=False)
            left = self._retries - attempt
            if not answer.passing or not left:
                break
            self._say(answer, left)
            time.sleep(answer.pause_s(attempt + 1, spread))
        said = without_secret(answer.text, self._key).rstrip(".")
        raise MachineError(
            f"{self._client.base_url} gave no completion of {self._model!r} for {about}: {said}. "
            f"{_WAYS_OUT.get(answer.status, _DOWN)}"
        )

    def _asked(self, messages: Sequence[Mapping[str, Any]]) -> Any:
        """Asks once; returns what came, or the `Trouble`."""
        import openai

        try:
            return self._client.chat.completions.create(model=self._model, messages=messages)  # type: ignore[arg-type]
        except (openai.OpenAIError, ValueError) as error:  # ValueError: a body that is not JSON
            return trouble_of(error)

    def _say(self, trouble: Trouble, left: int) -> None:
        """Tells the first who waits why."""
        if not self._waits:
            self._waits = True
            said = without_secret(trouble.text, self._key).rstrip(".")
            _log.warning(
                "%s gave no answer (%s). It is asked up to %d more times.", self._client.base_url, said, left
            )
