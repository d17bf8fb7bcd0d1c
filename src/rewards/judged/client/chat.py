"""One question as a chat completion: what is sent, and how an answer is read."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, Literal

from rewards.judged.client.decoding import Decoding
from rewards.judged.client.failures import Trouble
from rewards.judged.judge import Question
from rewards.judged.reply import Reply, Token

Form = Literal["json_schema", "json_object", "text"]
Limit = Literal["max_tokens", "max_completion_tokens"]

WIRE = 1  # rises when the same question would be sent in other words
TOP_LOGPROBS = 10
REFUSED = (400, 415, 422, 501)  # statuses of endpoints that do not know a field


@dataclass(frozen=True, slots=True)
class Dialect:
    """What an endpoint takes, as its refusals have taught.

    Attributes:
        form: How the answer's form is asked for: by schema, as any JSON object, or in the question's words alone.
        temperature: Whether a temperature of 0 is sent. Some reasoning models take none but their own.
        limit: Name of the field for `max_tokens`.
    """

    form: Form = "json_schema"
    temperature: bool = True
    limit: Limit = "max_tokens"

    def without_refused(self, trouble: Trouble, decoding: Decoding) -> Dialect | None:
        """Returns what to try where a field was refused that the question can do without; None where none was."""
        if trouble.status not in REFUSED:
            return None
        if self.temperature and decoding.temperature == 0 and "temperature" in trouble.text:
            return replace(self, temperature=False)
        if self.limit == "max_tokens" and decoding.max_tokens and "max_completion_tokens" in trouble.text:
            return replace(self, limit="max_completion_tokens")
        return None


def body_of(question: Question, model: str, dialect: Dialect, decoding: Decoding) -> bytes:
    """Returns the JSON that is posted to `/chat/completions`; pictures are labelled in their order.

    It is put together from bytes: escaping a megabyte of base64 anew for each call would take longer than all
    the rest.

    Args:
        question: What is asked.
        model: Its name at the endpoint.
        dialect: What the endpoint takes.
        decoding: What is asked besides.
    """
    options: dict[str, Any] = {"model": model}
    if decoding.temperature is not None and (dialect.temperature or decoding.temperature != 0):
        options["temperature"] = decoding.temperature
    if decoding.max_tokens is not None:
        options[dialect.limit] = decoding.max_tokens
    if question.logprobs:
        options |= {"logprobs": True, "top_logprobs": TOP_LOGPROBS}
    if question.function:
        named = {"name": question.function}
        options["tools"] = [{"type": "function", "function": named | {"parameters": dict(question.schema)}}]
        options["tool_choice"] = {"type": "function", "function": named}
    elif dialect.form == "json_schema":
        schema = {"name": "verdict", "strict": True, "schema": dict(question.schema)}
        options["response_format"] = {"type": dialect.form, "json_schema": schema}
    elif dialect.form == "json_object":
        options["response_format"] = {"type": dialect.form}
    options |= decoding.extra_body or {}
    parts = [_json({"type": "text", "text": question.text})]
    for number, image in enumerate(question.images, 1):
        parts.append(_json({"type": "text", "text": f"Picture {number}:"}))
        parts.append(_picture(image, decoding.image_detail))
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

    Where a function is called, its arguments are the answer.

    Raises:
        ValueError: It is no chat completion, such as a proxy's page.
    """
    try:
        assert isinstance(told, Mapping)
        choice = told["choices"][0]
        called = choice["message"].get("tool_calls")
        text = called[0]["function"]["arguments"] if called else choice["message"].get("content")
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
def _picture(png: bytes, detail: str | None) -> bytes:
    url = b"data:image/png;base64," + base64.b64encode(png)
    told = b"" if detail is None else b',"detail":' + _json(detail)
    return b'{"type":"image_url","image_url":{"url":"' + url + b'"' + told + b"}}"


def _json(told: object) -> bytes:
    return json.dumps(told, separators=(",", ":")).encode()
