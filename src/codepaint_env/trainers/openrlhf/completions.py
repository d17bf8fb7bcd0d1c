"""What the policy wrote, out of a query in which OpenRLHF puts it behind the prompt."""

from __future__ import annotations

import re

from rewards.errors import SpecError

# OpenRLHF decodes with special tokens. Not `</s...>` in general: pages end with tags.
_ENDS = re.compile(r"(?:<\|[^|<>\s]{1,40}\|>|<｜[^｜<>\s]{1,40}｜>|</s>|<eos>|<pad>|<end_of_turn>)\s*\Z")


def completion_of(query: str, prompt: str) -> str:
    """Returns what stands behind the prompt, without the special tokens at its end.

    Some tokenizers change blanks when a prompt goes through them, so blanks may differ.

    Raises:
        SpecError: Either is no text, or the query does not begin with its prompt.
    """
    if not isinstance(query, str) or not isinstance(prompt, str):
        wrong = prompt if isinstance(query, str) else query
        raise SpecError(
            f"OpenRLHF gave a {type(wrong).__name__} for a text, {wrong!r:.80}; take rows with messages and "
            "--data.apply_chat_template."
        )
    start = len(prompt) if query.startswith(prompt) else _behind(query, prompt)
    completion = query[start:]
    while ends := _ENDS.search(completion):
        completion = completion[: ends.start()]
    return completion


def _behind(query: str, prompt: str) -> int:
    """Returns where a prompt ends in a query, whatever blanks either has."""
    at = 0
    for letter in prompt:
        if letter.isspace():
            continue
        while at < len(query) and query[at].isspace():
            at += 1
        if at == len(query) or query[at] != letter:
            raise SpecError(
                f"The query begins with {query[:40]!r} and not with its prompt, {prompt[:40]!r}. This happens if the "
                "prompt is cut off: raise --data.max_len above the prompt's tokens and --rollout.max_new_tokens."
            )
        at += 1
    return at
