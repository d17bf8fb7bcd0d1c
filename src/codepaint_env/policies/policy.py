"""Who writes the programs: the reference pool, a folder of sketches, or a model behind an endpoint."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

from codepaint_env.policies.pool import PoolPolicy, fenced
from rewards.errors import MachineError, MissingPart, SpecError
from rewards.pool import load_entries
from rewards.types import Task

FORMS = "'pool', a folder of .js files, or 'openai:MODEL'"


class Policy(Protocol):
    """Writes a completion for a task; called from several threads at once, so it remembers nothing."""

    @property
    def name(self) -> str:
        """What a run records of it, enough to make it again."""
        ...

    def __call__(self, task: Task, system_prompt: str, episode: int, /) -> str:
        """Returns a completion.

        Args:
            task: What is asked.
            system_prompt: What is told about the canvas.
            episode: Number of the episode in its run, from 0: what varies between equal tasks.

        Raises:
            MachineError: There is none, and the policy is not to blame.
        """
        ...


def make_policy(spec: str) -> Policy:
    """Makes a policy of `pool`, the path of a folder, or `openai:MODEL`.

    Raises:
        SpecError: It is none of them, or the folder holds no sketch.
        MissingPart: The pool, a package or a key is missing.
    """
    if spec == "pool":
        return PoolPolicy([entry for entry in load_entries() if entry.tier])
    kind, colon, model = spec.partition(":")
    if kind == "openai" and colon:
        if not model.strip():
            raise SpecError("The policy 'openai:' names no model; write for example 'openai:gpt-4.1-mini'.")
        return OpenAIPolicy(model)
    if Path(spec).expanduser().is_dir():
        return FolderPolicy(Path(spec).expanduser())
    raise SpecError(f"No policy is called {spec!r} and no folder either; it is {FORMS}.")


class FolderPolicy:
    """Answers with the sketches of a folder in the order of their names, over and over.

    Args:
        folder: Holds `.js` files.
    """

    def __init__(self, folder: Path) -> None:
        files = sorted(path for path in folder.glob("*.js") if path.is_file())
        if not files:
            raise SpecError(f"There is no .js file in {folder}; the policy is {FORMS}.")
        self.name = str(folder)
        self._programs = [_read(path) for path in files]

    def __call__(self, task: Task, system_prompt: str, episode: int, /) -> str:
        """Returns the next sketch, fenced."""
        return fenced(self._programs[episode % len(self._programs)])


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise SpecError(f"{path} is not UTF-8 text ({error.reason} at byte {error.start}).") from None


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
