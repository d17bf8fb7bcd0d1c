"""The offline policy: programs of the reference pool, some broken on purpose so that outcomes can be seen."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence

from codepaint_env.policies.fences import fenced
from rewards.errors import SpecError
from rewards.pool import PoolEntry
from rewards.types import Task

BROKEN_EVERY = 5


class PoolPolicy:
    """Answers with the program of the pool whose subject is nearest to the prompt; every fifth is broken.

    Each broken answer is broken in another way, so that a run shows the outcomes there are; the one that
    never ends comes once a run.

    Args:
        entries: The pool.
    """

    name = "pool"

    def __init__(self, entries: Sequence[PoolEntry]) -> None:
        if not entries:
            raise SpecError(
                "The pool has no painting of this canvas; take the policy 'drawings' or 'samples'."
            )
        self._entries = list(entries)
        self._subjects = [_words(entry.subject) - _FILLERS for entry in entries]
        self._prompts = [_words(entry.prompt) for entry in entries]
        self._spread = Counter(word for words in self._subjects for word in words)

    def __call__(self, task: Task, system_prompt: str, episode: int, /) -> str:
        """Returns a fenced program, whole or broken."""
        program = self._nearest(task.prompt, episode).read_program()
        turn, step = divmod(episode, BROKEN_EVERY)
        if step < BROKEN_EVERY - 1:
            return _sketch(program)
        ways = DAMAGES if turn < len(DAMAGES) else tuple(way for way in DAMAGES if way is not _never_ends)
        return ways[turn % len(ways)](program)

    def _nearest(self, prompt: str, episode: int) -> PoolEntry:
        """Returns an entry whose subject is named in a prompt, in turn among equals; where none is, any in turn."""
        asked = _words(prompt)

        def likeness(index: int) -> tuple[float, int]:
            subject = sum(1 / self._spread[word] for word in asked & self._subjects[index])
            return subject, len(asked & self._prompts[index])

        found = [likeness(index) for index in range(len(self._entries))]
        best = max(found)
        equal = [
            entry for entry, each in zip(self._entries, found, strict=True) if best[0] == 0 or each == best
        ]
        return equal[episode % len(equal)]


def _words(text: str) -> frozenset[str]:
    """Returns the stems of the words of a text: the same for `poppy` and `poppies`, `iris` and `irises`."""
    found = re.findall(r"[a-z]{3,}", text.lower())
    return frozenset(re.sub(r"(ies|es|e|y|(?<![isu])s)$", "", word) for word in found)


_FILLERS = _words(
    "and the with for from over under dark pale branch field flower leaf petal stem study wash "
    "blue black brown crimson cream gold golden green grey lilac mauve orange peach pink purple red "
    "white yellow"
)
"""Colours and the like: subjects that share these alone have little in common."""


def _sketch(program: str) -> str:
    return fenced(program, ".js")


def _cut_short(program: str) -> str:
    return _sketch(program.strip() + "\n\nfunction petals( {")


def _unknown_method(program: str) -> str:
    return _sketch(
        re.sub(r"function setup\(\)\s*\{", r"\g<0>\n  brush.watercolourWash(40);", program, count=1)
    )


def _nothing_painted(program: str) -> str:
    return _sketch(
        'function setup() {\n  createCanvas(512, 512, WEBGL);\n  background("#fbf6ec");\n}\n\n'
        "function draw() {\n  noLoop();\n}"
    )


def _never_ends(program: str) -> str:
    return _sketch(program.strip() + "\n\nwhile (true) {}")


def _no_code(program: str) -> str:
    return "I would begin with a pale wash and let the petals run into it while it is wet.\n\n```js\n```\n"


def _flat_canvas(program: str) -> str:
    return _sketch(re.sub(r",\s*WEBGL\s*\)", ")", program, count=1))


def _unclosed(program: str) -> str:
    return f"Here is the painting.\n\n```js\n{program.strip()}\n"


def _too_large(program: str) -> str:
    return _sketch(re.sub(r"createCanvas\([^)]*\)", "createCanvas(8192, 8192, WEBGL)", program, count=1))


def _no_setup(program: str) -> str:
    return _sketch(re.sub(r"function (setup|draw)\b", r"function \1Painting", program))


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
