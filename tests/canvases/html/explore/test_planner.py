import asyncio
import json
from io import BytesIO

import pytest
from PIL import Image

from chat_endpoint import endpoint
from codepaint_env.canvases.html.canvas import HTML
from codepaint_env.canvases.html.explore.candidate import Candidate, Offer
from codepaint_env.canvases.html.explore.marks import marked
from codepaint_env.canvases.html.explore.planner import FUNCTION, Planner, from_environment, read
from codepaint_env.render.renderer import Renderer
from rewards.errors import MachineError, SpecError
from rewards.judged.client.openai_judge import OpenAIJudge

BUY = Candidate("#buy", name="Buy", box=(20, 30, 120, 60))
NAME = Candidate("#name", tag="input", role="textbox", name="Name", box=(20, 80, 220, 110))
OFFER = Offer((BUY, NAME))


def picture():
    file = BytesIO()
    Image.new("RGB", (300, 200), "white").save(file, "png")
    return file.getvalue()


def call(*items):
    names = ("mark", "action", "text", "expectation")
    arguments = json.dumps({"interactions": [dict(zip(names, item, strict=True)) for item in items]})
    function = {"name": FUNCTION, "arguments": arguments}
    message = {
        "role": "assistant",
        "content": None,
        "tool_calls": [{"id": "1", "type": "function", "function": function}],
    }
    choice = {"index": 0, "message": message, "finish_reason": "tool_calls"}
    return {"id": "1", "object": "chat.completion", "created": 1, "model": "m", "choices": [choice]}


def plan(url, most=4):
    judge = OpenAIJudge(model="m", base_url=url, api_key_env=None, cache=False, retries=0)
    return asyncio.run(Planner(judge).plan(picture(), OFFER, ["A cart fills."], most))


def test_a_model_plans_by_marks_and_calls_a_function():
    answer = call((2, "type", "Grace", "Her name shows."), (1, "click", "", "The cart has one thing."))
    with endpoint((200, answer)) as (url, asked):
        typed, clicked = plan(url)
    assert (typed[0].act.selector, typed[0].act.text, typed[0].expectation) == (
        "#name",
        "Grace",
        "Her name shows.",
    )
    assert (clicked[0].act.kind, clicked[0].act.selector) == ("click", "#buy")
    [body] = asked
    assert body["tool_choice"]["function"]["name"] == FUNCTION
    assert "response_format" not in body
    text = body["messages"][1]["content"][0]["text"]
    assert '[1] button "Buy"' in text
    assert "A cart fills." in text


def test_no_more_is_tried_than_was_asked_for():
    with endpoint((200, call(*[(1, "click", "", "It counts.")] * 3))) as (url, _):
        assert len(plan(url, most=2)) == 2


@pytest.mark.parametrize(
    "answer", [call((9, "click", "", "No such mark.")), call((1, "dance", "", "")), call()]
)
def test_a_plan_that_cannot_be_meant_is_asked_for_once_more_and_is_then_a_machine_error(answer):
    with endpoint((200, answer)) as (url, asked), pytest.raises(MachineError, match="cannot be read, twice"):
        plan(url)
    assert len(asked) == 2


def test_a_planner_that_is_down_is_a_machine_error():
    with endpoint((500, "down")) as (url, _), pytest.raises(MachineError, match="gave no answer"):
        plan(url)


def test_a_planner_without_a_name_is_refused_at_once(monkeypatch):
    monkeypatch.delenv("CODEPAINT_PLANNER_MODEL", raising=False)
    with pytest.raises(SpecError, match="CODEPAINT_PLANNER_MODEL"):
        from_environment()


def test_a_renderer_with_a_planner_that_has_no_model_is_refused_when_it_is_made(monkeypatch):
    monkeypatch.delenv("CODEPAINT_PLANNER_MODEL", raising=False)
    with pytest.raises(SpecError, match="leave the planner at 'none'"):
        Renderer(HTML(), options={"planner": "model"})


def test_marks_are_drawn_on_the_picture_around_what_they_mean():
    with Image.open(BytesIO(marked(picture(), [BUY]))) as image:
        assert image.size == (300, 200)
        assert image.getpixel((20, 45)) != (255, 255, 255)
        assert image.getpixel((200, 150)) == (255, 255, 255)


def test_what_is_no_plan_is_not_read():
    assert read("Sure, here is a plan.", 3) is None
    assert read('{"interactions": [{"mark": 1}]}', 3) is None
