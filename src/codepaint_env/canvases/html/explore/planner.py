"""A model that chooses what is tried, by marks on the picture of the page; what comes of it is judged without one."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol

from codepaint_env.canvases.html.explore.candidate import Candidate, Offer
from codepaint_env.canvases.html.explore.marks import MOST_MARKS, listed, marked
from codepaint_env.canvases.html.explore.plan import Plan
from codepaint_env.canvases.html.explore.planning import plans_for
from rewards.errors import MachineError, SpecError
from rewards.judged.judge import Question
from rewards.judged.reply import Reply
from rewards.types import version_of

MOST_LETTERS = 200  # of an expectation
FUNCTION = "plan_interactions"
ACTIONS = ("click", "type", "choose", "drag", "press", "submit")
PROTOCOL = 1  # rises when the same answer would make another plan
SYSTEM = "You test web pages as a person would use them. Answer by calling the function, and by nothing else."
TEXT = """The picture shows a web page; numbered frames mark what can be used:

{marks}

{wanted}Plan the {most} interactions that matter most to a user of this page, the most important first. Do not repeat \
interactions of one kind, such as adding a second product. For each, give the number of the mark, the action, the text \
where something is typed, and in one sentence what the user would expect to see."""


class Asks(Protocol):
    """The part of a judge that a planner needs."""

    @property
    def version(self) -> str:
        """Changes with the model and how it decodes."""
        ...

    async def aask(self, questions: Sequence[Question], /) -> list[Reply | None]:
        """Answers questions in order; None where a call failed."""
        ...


@dataclass(frozen=True, slots=True)
class Item:
    """One interaction that a model planned.

    Attributes:
        mark: Number of the mark, from 1.
        action: One of `ACTIONS`.
        text: What is typed; `""` leaves it to the explorer.
        expectation: What a user would expect to see.
    """

    mark: int
    action: str
    text: str
    expectation: str


class Planner:
    """Asks a model what to try.

    Args:
        judge: The client of its endpoint.
    """

    def __init__(self, judge: Asks) -> None:
        self._judge = judge

    @property
    def version(self) -> str:
        """Changes whenever the same page could get another plan."""
        return version_of("Planner", [PROTOCOL, SYSTEM, TEXT, ACTIONS, self._judge.version])

    async def plan(self, picture: bytes, offer: Offer, wanted: Sequence[str], most: int) -> list[list[Plan]]:
        """Returns the trials that a model wants, in its order.

        Args:
            picture: PNG of the viewport.
            offer: What the page offers.
            wanted: What a user is expected to do on the page, a sentence each.
            most: Interactions that it may plan.

        Raises:
            MachineError: It gave no answer, or twice none that can be read.
        """
        shown = [each for each in offer.candidates if each.inside and each.enabled and not each.covered]
        shown = shown[:MOST_MARKS]
        if not shown:
            return []
        said = "".join(f"- {each}\n" for each in wanted)
        text = TEXT.format(
            marks=listed(shown), wanted=f"A user would expect this:\n{said}\n" if said else "", most=most
        )
        question = Question(
            images=(marked(picture, shown),),
            system=SYSTEM,
            text=text,
            rubric=version_of("Planner", [PROTOCOL]),
            schema=schema(most),
            function=FUNCTION,
            readable=lambda reply: read(reply.text, len(shown)) is not None,
        )
        unread = ""
        for attempt in (0, 1):
            [reply] = await self._judge.aask([replace(question, attempt=attempt)])
            if reply is None:
                raise MachineError("The planner gave no answer.")
            items = read(reply.text, len(shown))
            if items is not None:
                return [trials for each in items[:most] if (trials := _trials(each, shown, offer))]
            unread = reply.told
        raise MachineError(f"The planner's answer cannot be read, twice; {unread}")


def schema(most: int) -> Mapping[str, Any]:
    """Returns the JSON schema of the function's arguments."""
    item = {
        "type": "object",
        "properties": {
            "mark": {"type": "integer", "minimum": 1},
            "action": {"type": "string", "enum": list(ACTIONS)},
            "text": {"type": "string"},
            "expectation": {"type": "string"},
        },
        "required": ["mark", "action", "text", "expectation"],
        "additionalProperties": False,
    }
    return {
        "type": "object",
        "properties": {"interactions": {"type": "array", "items": item, "maxItems": most}},
        "required": ["interactions"],
        "additionalProperties": False,
    }


def read(text: str, marks: int) -> list[Item] | None:
    """Reads the arguments of the function's call; None where they are not what was asked for.

    Args:
        text: JSON.
        marks: How many there are; an interaction with another number cannot be meant.
    """
    try:
        told = json.loads(text)["interactions"]
        items = [
            Item(int(each["mark"]), str(each["action"]), str(each.get("text", "")), str(each["expectation"]))
            for each in told
        ]
    except (ValueError, TypeError, LookupError):
        return None
    good = all(1 <= each.mark <= marks and each.action in ACTIONS for each in items)
    return items if items and good else None


def _trials(item: Item, shown: Sequence[Candidate], offer: Offer) -> list[Plan]:
    """Returns the trials of what a model planned: those of its kind that the explorer knows, else all of them."""
    candidate = shown[item.mark - 1]
    plans = plans_for(candidate, offer)
    alike = [plan for plan in plans if item.action in (plan.act.kind, plan.action.rpartition(" ")[2])]
    planned = []
    for plan in alike or plans:
        act = replace(plan.act, text=item.text) if plan.act.kind == "type" and item.text else plan.act
        planned.append(replace(plan, act=act, expectation=item.expectation[:MOST_LETTERS]))
    return planned


def from_environment() -> Planner:
    """Returns the planner that the environment names: a model behind an OpenAI-compatible endpoint.

    Its model is `CODEPAINT_PLANNER_MODEL`; its address `CODEPAINT_PLANNER_URL`, else `OPENAI_BASE_URL`; its key
    `OPENAI_API_KEY`.

    Raises:
        SpecError: No model is named.
        MissingPart: The extra `judge` or the key is missing.
    """
    from rewards.judged.client.openai_judge import OpenAIJudge

    model = os.environ.get("CODEPAINT_PLANNER_MODEL", "")
    if not model:
        raise SpecError(
            "renderer: planner is 'model', and CODEPAINT_PLANNER_MODEL is not set in the environment. Set it to "
            "the name of a model, or leave the planner at 'none': the explorer then chooses by rule."
        )
    return Planner(
        OpenAIJudge(model=model, name="planner", base_url=os.environ.get("CODEPAINT_PLANNER_URL") or None)
    )
