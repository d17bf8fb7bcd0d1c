"""A model behind an OpenAI-compatible endpoint as a policy."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from typing import Any

from rewards.errors import MachineError, MissingPart
from rewards.types import Task


class OpenAIPolicy:
    """Asks a model behind an OpenAI-compatible endpoint: `OPENAI_BASE_URL` with `OPENAI_API_KEY`.

    Args:
        model: Its name at the endpoint.
        retries: Further tries after a refusal for load, a server error or a broken connection.
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
        self._model = model
        self._client = openai.OpenAI(api_key=self._key, max_retries=retries, timeout=timeout_s)

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
        import openai

        try:
            answer = self._client.chat.completions.create(model=self._model, messages=messages)  # type: ignore[arg-type]
        except (openai.OpenAIError, ValueError) as error:  # ValueError: a body that is not JSON
            raise self._failed(about, str(error)) from error
        choices = getattr(answer, "choices", None)  # a page of HTML arrives as a plain string
        if not choices:
            raise self._failed(about, "the answer is not a chat completion")
        return choices[0].message.content or ""

    def _failed(self, about: str, reason: str) -> MachineError:
        told = reason.replace(self._key, "…")
        return MachineError(
            f"{self._client.base_url} gave no completion of {self._model!r} for {about}: {told}"
        )
