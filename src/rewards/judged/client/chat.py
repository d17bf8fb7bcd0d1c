"""One question as a chat completion: what is sent, and how an answer is read."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

from rewards.judged.judge import Question
from rewards.judged.rubric import Reply, Token

Form = Literal["json_schema", "json_object", "text"]

WIRE = 1  # rises when the same question would be sent in other words
TOP_LOGPROBS = 10


def body_of(question: Question, model: str, form: Form, *, logprobs: bool) -> bytes:
    """Returns the JSON that is posted to `/chat/completions`; pictures are labelled in their order.

    It is put together from bytes: escaping a megabyte of base64 anew for each call would take longer than all
    the rest.

    Args:
        question: What is asked.
        model: Its name at the endpoint.
        form: How the answer's form is asked for: by schema, as any JSON object, or in the question's words alone.
        logprobs: Ask for log-probabilities.
    """
    options: dict[str, Any] = {"model": model, "temperature": 0}
    if logprobs:
        options |= {"logprobs": True, "top_logprobs": TOP_LOGPROBS}
    if form == "json_schema":
        schema = {"name": "verdict", "strict": True, "schema": dict(question.schema)}
        options["response_format"] = {"type": form, "json_schema": schema}
    elif form == "json_object":
        options["response_format"] = {"type": form}
    parts = [_json({"type": "text", "text": question.text})]
    for number, image in enumerate(question.images, 1):
        parts.append(_json({"type": "text", "text": f"Picture {number}:"}))
        parts.append(_picture(image))
    system = _json({"role": "system", "content": question.system})
    return b"".join(
        (
            _json(options)[:-1],
            b',"messages":[',
            system,
            b',{"role":"user","content":[',
            b",".join(parts),
            b"]}]}",
        )
    )


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back for one call.

    Attributes:
        reply: For the rubric to read.
        tokens: Prompt and completion tokens that are to be paid for; None where the endpoint does not tell.
    """

    reply: Reply
    tokens: tuple[int, int] | None


def answer_of(told: object) -> Answer:
    """Reads the JSON of a chat completion. A refusal is an empty answer; what a filter cut off is truncated.

    Raises:
        ValueError: It is no chat completion, such as a proxy's page.
    """
    try:
        assert isinstance(told, Mapping)
        choice = told["choices"][0]
        text = choice["message"].get("content")
        text = text if isinstance(text, str) and not choice["message"].get("refusal") else ""
        truncated = choice.get("finish_reason") in ("length", "content_filter")
        listed = (choice.get("logprobs") or {}).get("content")
        tokens = tuple(_token(entry) for entry in listed) if listed else None
        usage = told.get("usage")
        paid = (int(usage["prompt_tokens"]), int(usage.get("completion_tokens") or 0)) if usage else None
    except (AssertionError, LookupError, TypeError, AttributeError, ValueError):
        raise ValueError(f"the answer is no chat completion but {str(told)[:80]!r}") from None
    return Answer(Reply(text, tokens, truncated), paid)


def _token(entry: Mapping[str, Any]) -> Token:
    top = {entry["token"]: entry["logprob"]}
    top |= {other["token"]: other["logprob"] for other in entry.get("top_logprobs") or ()}
    return Token(entry["token"], {str(name): float(chance) for name, chance in top.items()})


# Many: a picture meets k references in both orders, and 32 calls are under way.
@lru_cache(maxsize=64)
def _picture(png: bytes) -> bytes:
    url = b"data:image/png;base64," + base64.b64encode(png)
    return b'{"type":"image_url","image_url":{"url":"' + url + b'"}}'


def _json(told: object) -> bytes:
    return json.dumps(told, separators=(",", ":")).encode()
