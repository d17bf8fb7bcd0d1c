"""Finds out before a run whether a judge's endpoint answers, and in what form it takes its questions."""

from __future__ import annotations

import hashlib
import io
import logging
from dataclasses import replace

from rewards.errors import SpecError
from rewards.judged.client.calls import Calls
from rewards.judged.client.chat import REFUSED, Dialect, Form, Limit
from rewards.judged.client.endpoint import Endpoint
from rewards.judged.client.failures import Trouble
from rewards.judged.judge import Question
from rewards.judged.rubric import load_rubric

FORMS: tuple[Form, ...] = ("json_schema", "json_object", "text")
RETRIES = 2  # at most: who waits for this wants to know
SIDE_PX = 96

_log = logging.getLogger("codepaint")


async def probe(calls: Calls, endpoint: Endpoint, version: str, *, logprobs: bool, money: bool) -> bool:
    """Sets `calls.dialect` to the strictest form of answer that the endpoint does not refuse.

    Each form is tried with log-probabilities first where they are wanted. What is found is kept in the cache
    for this endpoint's name and address.

    Args:
        calls: Asks.
        endpoint: Is asked.
        version: Of the judge.
        logprobs: Whether log-probabilities are wanted.
        money: Whether tokens must be told, because money is limited.

    Returns:
        Whether log-probabilities come and can be read.

    Raises:
        CodepaintError: What the endpoint's refusal means.
    """
    where = hashlib.sha256(endpoint.address.encode()).hexdigest()[:16]
    note = f"preflight {version} {where} {int(logprobs)}{int(money)}"
    kept = (calls.note(note) or "").split()
    for dialect in _dialects():
        if kept in ([*_words(dialect), "0"], [*_words(dialect), "1"]):
            calls.dialect = dialect
            return kept[-1] == "1"
    calls.breaker.begin()
    refusals: list[Trouble] = []
    for form in FORMS:
        for wanted in (True, False) if logprobs else (False,):
            question = _question(wanted)
            dialect = replace(calls.dialect, form=form)
            async with calls.breaker.turn():
                heard = await calls.call(
                    question, question.key(version), dialect, min(RETRIES, endpoint.retries)
                )
            if isinstance(heard, Trouble):
                refusals.append(heard)
                if heard.status not in REFUSED:
                    raise endpoint.error(heard)
                continue
            if money and heard.tokens is None:
                raise SpecError(
                    f"judge: max_usd is set, but the endpoint {endpoint.name!r} tells no tokens; limit max_calls in "
                    "place of it."
                )
            comes = wanted and load_rubric("pairwise").read(heard.reply, soft=True) is not None
            calls.breaker.answered()
            calls.dialect = replace(calls.dialect, form=form)
            calls.note(note, " ".join([*_words(calls.dialect), str(int(comes))]))
            told = {(True, True): "come", (True, False): "do not come, or cannot be read"}
            _log.info(
                "The judge %s is asked for %s; log-probabilities %s.%s",
                endpoint.model,
                form,
                told.get((logprobs, comes), "are not asked for"),
                f" It refused first: {refusals[0].text[:200]}" if refusals else "",
            )
            return comes
    raise endpoint.error(refusals[0])


def _dialects() -> list[Dialect]:
    limits: tuple[Limit, ...] = ("max_tokens", "max_completion_tokens")
    return [Dialect(form, heat, limit) for form in FORMS for heat in (True, False) for limit in limits]


def _words(dialect: Dialect) -> list[str]:
    return [dialect.form, str(int(dialect.temperature)), dialect.limit]


def _question(logprobs: bool) -> Question:
    rubric = load_rubric("pairwise")
    return Question(
        images=(_dot("white"), _dot("darkred")),
        system=rubric.system,
        text=rubric.ask("a dark red dot"),
        rubric=rubric.version,
        schema=rubric.schema(soft=logprobs),
        logprobs=logprobs,
    )


def _dot(colour: str) -> bytes:
    from PIL import Image, ImageDraw

    picture = Image.new("RGB", (SIDE_PX, SIDE_PX), "white")
    box = (SIDE_PX // 4, SIDE_PX // 4, SIDE_PX * 3 // 4, SIDE_PX * 3 // 4)
    ImageDraw.Draw(picture).ellipse(box, fill=colour)
    file = io.BytesIO()
    picture.save(file, "PNG")
    return file.getvalue()
