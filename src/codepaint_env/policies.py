"""Who writes the programs: the reference pool, a folder of sketches, or a model behind an endpoint."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol

from rewards.errors import MachineError, MissingPart, SpecError
from rewards.pool import PoolEntry, load_entries
from rewards.types import Task

FORMS = "'pool', a folder of .js files, or 'openai:MODEL'"
BROKEN_EVERY = 5


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
        return PoolPolicy(load_entries())
    kind, colon, model = spec.partition(":")
    if kind == "openai" and colon:
        if not model.strip():
            raise SpecError("The policy 'openai:' names no model; write for example 'openai:gpt-4.1-mini'.")
        return OpenAIPolicy(model)
    if Path(spec).expanduser().is_dir():
        return FolderPolicy(Path(spec).expanduser())
    raise SpecError(f"No policy is called {spec!r} and no folder either; it is {FORMS}.")


class PoolPolicy:
    """Answers with the program of the pool whose words are nearest to the prompt; every fifth is broken.

    Each broken answer is broken in another way, so that a run shows the outcomes there are; the one that
    never ends comes once a run.

    Args:
        entries: The pool.
    """

    name = "pool"

    def __init__(self, entries: Sequence[PoolEntry]) -> None:
        if not entries:
            raise SpecError("The reference pool is empty; the policy 'pool' needs at least one program.")
        self._entries = list(entries)
        self._words = [_words(f"{entry.subject} {entry.prompt}") for entry in entries]
        self._spread = Counter(word for words in self._words for word in words)

    def __call__(self, task: Task, system_prompt: str, episode: int, /) -> str:
        """Returns a fenced program, whole or broken."""
        program = self._nearest(task.prompt, episode).read_program()
        turn, step = divmod(episode, BROKEN_EVERY)
        if step < BROKEN_EVERY - 1:
            return fenced(program)
        ways = DAMAGES if turn < len(DAMAGES) else tuple(way for way in DAMAGES if way is not _never_ends)
        return ways[turn % len(ways)](program)

    def _nearest(self, prompt: str, episode: int) -> PoolEntry:
        """Returns the entry that shares the rarest words with a prompt; where none does, the next in turn."""
        asked = _words(prompt)
        likeness = [sum(1 / self._spread[word] for word in asked & words) for words in self._words]
        best = max(likeness)
        return self._entries[likeness.index(best) if best >= LIKE else episode % len(self._entries)]


LIKE = 0.5
"""At least two entries' worth of a word in common: a word that more of them share tells nothing."""

_FILLERS = frozenset(
    "a an and at before behind between by for from in into is its it of off on one or over seen the to towards two three "
    "under with without watercolour watercolor flower petal leaf sheet paper wash ground".split()
)


def _words(text: str) -> frozenset[str]:
    """Returns the telling words of a text, in lower case and the singular."""
    found = re.findall(r"[a-z]{3,}", text.lower())
    single = {word[:-3] + "f" if word.endswith("ves") else word.removesuffix("s") for word in found}
    return frozenset(single - _FILLERS)


def fenced(program: str) -> str:
    """Wraps a program as a model would, in a fence longer than any inside it."""
    longest = max((len(run) for run in re.findall(r"`+", program)), default=0)
    mark = "`" * max(3, longest + 1)
    return f"{mark}js\n{program.strip()}\n{mark}\n"


def _cut_short(program: str) -> str:
    return fenced(program.strip() + "\n\nfunction petals( {")


def _unknown_method(program: str) -> str:
    return fenced(program.replace("background(", "brush.watercolourWash(", 1))


def _nothing_painted(program: str) -> str:
    return fenced(
        'function setup() {\n  createCanvas(512, 512, WEBGL);\n  background("#fbf6ec");\n}\n\n'
        "function draw() {\n  noLoop();\n}"
    )


def _never_ends(program: str) -> str:
    return fenced(program.strip() + "\n\nwhile (true) {}")


def _no_code(program: str) -> str:
    return "I would begin with a pale wash and let the petals run into it while it is wet.\n\n```js\n```\n"


def _flat_canvas(program: str) -> str:
    return fenced(re.sub(r",\s*WEBGL\s*\)", ")", program, count=1))


def _unclosed(program: str) -> str:
    return f"Here is the painting.\n\n```js\n{program.strip()}\n"


def _too_large(program: str) -> str:
    return fenced(re.sub(r"createCanvas\([^)]*\)", "createCanvas(8192, 8192, WEBGL)", program, count=1))


def _no_setup(program: str) -> str:
    return fenced(re.sub(r"function (setup|draw)\b", r"function \1Painting", program))


DAMAGES: tuple[Callable[[str], str], ...] = (
    _cut_short,
    _unknown_method,
    _nothing_painted,
    _never_ends,
    _no_code,
    _flat_canvas,
    _unclosed,
    _too_large,
    _no_setup,
)
"""Ways in which models break their programs; the commonest come first, so that short runs show them."""


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
        import openai

        try:
            answer = self._client.chat.completions.create(
                model=self._model,
                messages=[
                    {"role": "system", "content": system_prompt},
                    {"role": "user", "content": task.prompt},
                ],
            )
        except (openai.OpenAIError, ValueError) as error:  # ValueError: a body that is not JSON
            raise self._failed(task, str(error)) from error
        choices = getattr(answer, "choices", None)  # a page of HTML arrives as a plain string
        if not choices:
            raise self._failed(task, "the answer is not a chat completion")
        return choices[0].message.content or ""

    def _failed(self, task: Task, reason: str) -> MachineError:
        told = reason.replace(self._key, "…")
        return MachineError(
            f"{self._client.base_url} gave no completion of {self._model!r} for the task {task.id!r}: {told}"
        )
