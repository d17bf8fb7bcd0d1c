"""`function`: what a function is given, what comes back to which sample, and what is said of one that cannot be."""

from __future__ import annotations

import asyncio
import copy
import pickle
import sys

import numpy as np
import pytest
from PIL import Image

import rewards
from red_sheets import sheet, sheets, values
from rewards import MachineError, SpecError, normal_form
from rewards.scorers.colourful import colourful
from rewards.scorers.function import Function


def lengths(completions, **columns):
    """As TRL's documentation writes one."""
    return [min(1.0, len(completion) / 100) for completion in completions]


def red(image, prompt):
    return image[..., 0].mean() / 255 if prompt == "a poppy" else None


async def slowly(prompts, completions, **columns):
    await asyncio.sleep(0)
    return [0.25] * len(prompts)


async def slowly_one(image):
    await asyncio.sleep(0)
    return 0.5


class Steep:
    """A reward object, as TRL takes one."""

    __name__ = "steep"

    def __init__(self, factor):
        self.factor = factor

    def __call__(self, completions, **columns):
        return [min(1.0, self.factor * len(completion)) for completion in completions]


HERE = f"{__name__}:"


def recording(seen):
    def record(prompts, completions, **columns):
        seen.append({"prompts": prompts, "completions": completions, **columns})
        return [0.5] * len(prompts)

    return record


# -- what it is given ------------------------------------------------------------------------------------------


def test_a_function_of_trls_form_gets_lists_of_what_painted_and_logs_that_lead_nowhere():
    seen = []
    samples = [sheet(9), sheet(20, status="program_error"), sheet(30), sheet(40, status="machine_error")]
    scores = rewards.make("function", of=recording(seen))(samples)
    assert values(scores) == [0.5, 0.0, 0.5, None]
    [given] = seen
    assert given["prompts"] == ["a poppy"] * 2
    assert given["completions"] == ["```js\nred(9)\n```", "```js\nred(30)\n```"]
    assert given["program"] == ["red(9)", "red(30)"]
    assert (given["task_id"], given["group"]) == (["task-9", "task-30"], ["g", "g"])
    assert [image.shape for image in given["image"]] == [(12, 12, 3)] * 2
    given["log_metric"]("x", 1.0)
    given["log_extra"]("x", ["y"])


def test_conversations_are_given_where_they_are_asked_for():
    seen = []
    Function(of=recording(seen), messages=True)([sheet(9)])
    assert seen[0]["prompts"] == [[{"role": "user", "content": "a poppy"}]]
    assert seen[0]["completions"] == [[{"role": "assistant", "content": "```js\nred(9)\n```"}]]


def test_a_function_of_one_picture_is_called_with_each():
    scores = rewards.make("function", of=red)([sheet(50), sheet(100, prompt="a rose"), sheet(150)])
    assert scores[0].value == pytest.approx(52 / 255, abs=0.01)
    assert scores[1].value is None
    assert scores[2].value > scores[0].value


def test_a_picture_may_be_written_to_and_may_be_pils():
    sample = sheet(50)
    sample.rendering.image.setflags(write=False)

    def wipe(image):
        image[:] = 0
        return 0.5

    def size(image):
        assert isinstance(image, Image.Image)
        return image.width / 100

    assert values(Function(of=wipe)([sample])) == [0.5]
    assert sample.rendering.image.max() > 0
    assert values(Function(of=size, pictures="pil")([sample])) == [0.12]


def test_needs_are_what_it_names():
    assert Function(of=colourful).needs == {"image"}
    assert Function(of=red).needs == {"image", "prompt"}
    assert Function(of=lengths).needs == {"image", "source", "prompt", "task_id", "group", "canvas"}
    assert Function(of=lambda completions, reference: [], floor=False).needs == {"source", "reference"}


def test_every_column_can_be_asked_for():
    task = rewards.Task("t", "p", features=("two handles",), letters=True, subject="cup", interactions=("x",))
    sample = rewards.Sample(task, "c", "pr", sheet(9).rendering, "g")
    seen = {}

    def all_of_it(
        image,
        prompt,
        completion,
        program,
        canvas,
        task_id,
        group,
        reference,
        features,
        letters,
        interactions,
        subject,
    ):
        seen.update(locals())
        return 1

    assert values(Function(of=all_of_it)([sample])) == [1.0]
    assert (seen["features"], seen["letters"], seen["subject"], seen["interactions"]) == (
        ["two handles"],
        True,
        "cup",
        ["x"],
    )
    assert (seen["reference"], seen["canvas"], seen["completion"]) == (None, "p5brush", "c")


# -- what comes back -------------------------------------------------------------------------------------------


def test_coroutine_functions_are_awaited_from_anywhere():
    for function, value in ((slowly, 0.25), (slowly_one, 0.5)):
        reward = Function(of=function)
        assert values(reward(sheets(3))) == [value] * 3

        async def notebook(reward=reward):
            return [reward(sheets(3)), await reward.ascore(sheets(3))]

        assert [values(scores) for scores in asyncio.run(notebook())] == [[value] * 3] * 2


def test_numbers_of_any_library_are_taken():
    told = np.array([0.25, 0.5], np.float32)
    assert values(Function(of=lambda prompts: told)(sheets(2))) == [0.25, 0.5]
    assert values(Function(of=lambda prompts: (np.float64(1), 0))(sheets(2))) == [1.0, 0.0]


def test_the_floor_and_the_gate_can_be_left_out():
    blank = rewards.Sample(
        rewards.Task("t", "p"),
        "c" * 50,
        "",
        rewards.Rendering("ok", image=np.zeros((4, 4, 3), np.uint8)),
        "g",
    )
    failed = rewards.Sample(rewards.Task("t", "p"), "c" * 20, "", rewards.Rendering("program_error"), "g")
    assert values(Function(of=lengths)([blank, failed])) == [0.0, 0.0]
    assert values(Function(of=lambda completions: [0.5] * len(completions))([failed])) == [0.0]
    assert values(Function(of=lengths, floor=False, gate=False)([blank, failed])) == [0.5, 0.2]
    assert values(Function(of=lambda completions: [0.5, 0.2], floor=False, gate=False)([blank, failed])) == [
        0.5,
        0.2,
    ]
    assert values(Function(of=red, floor=False, gate=False)([failed])) == [0.0]  # no picture to show it


def test_a_declared_range_is_that_of_the_reward():
    reward = Function(of=lambda prompts: [-2, 7], range=[-2, 8])
    assert reward.traits.range == (-2.0, 8.0)
    scores = reward([sheet(9), sheet(20)])
    assert values(scores) == [-2.0, 7.0]
    assert values(reward([sheet(9, status="program_error")])) == [-2.0]


@pytest.mark.parametrize(
    ("answer", "error", "sentence"),
    [
        ([0.5], ValueError, "returned 1 values for 2 samples"),
        ([0.5] * 3, ValueError, "returned 3 values for 2 samples"),
        ([0.5, float("nan")], ValueError, "gave nan; a score is finite, or None"),
        ([0.5, 1.5], ValueError, "gave 1.5, outside of its range 0 to 1"),
        ([0.5, "0.5"], TypeError, "returned '0.5'; return a number, or None"),
        (0.5, TypeError, "returned 0.5; return a list"),
        (None, TypeError, "returned None; return a list"),
        ("ab", TypeError, "returned 'ab'; return a list"),
    ],
)
def test_what_a_function_may_not_return_raises_one_sentence(answer, error, sentence):
    with pytest.raises(error, match=sentence):
        Function(of=lambda prompts: answer)(sheets(2))


def test_a_function_that_raises_is_told_and_a_machine_that_fails_gives_none():
    def breaks(image):
        return 1 / 0

    def down(completions):
        raise MachineError("the GPU is full")

    with pytest.raises(
        RuntimeError, match=r"breaks' raised ZeroDivisionError: division by zero; .* 2 samples"
    ):
        Function(of=breaks)(sheets(2))
    scores = Function(of=down)(sheets(2))
    assert [(score.value, score.reason) for score in scores] == [(None, "the GPU is full")] * 2


# -- what it is ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("of", "sentence"),
    [
        ("colourful", "write 'module:name'"),
        ("no_such_module:f", "names the module 'no_such_module', which is not installed"),
        (f"{HERE}lenghts", "has no 'lenghts'. Did you mean 'lengths'"),
        (f"{HERE}HERE", "cannot be called"),
        (f"{HERE}Steep", "is a class"),
        (3, "cannot be called"),
        (lambda image, mood: 1, "takes 'mood', which no sample has"),
        (lambda image, prompts_: 1, "Did you mean 'prompt'"),
        (lambda x: 1, "takes 'x', which no sample has"),
        (lambda image, /: 1, "leave the `/` out"),
        (lambda prompt: 1, "it must take `completions` or `prompts`, as functions of TRL do, or `image`"),
        (lambda *args: 1, "takes nothing by name"),
        (lambda completions, completion_ids: 1, "'completion_ids', which only a trainer knows"),
        (lambda completions, trainer_state, **columns: 1, "'trainer_state', which only a trainer knows"),
        (rewards.make("coverage"), "is a reward already"),
    ],
)
def test_what_is_no_function_for_it_is_one_sentence_when_it_is_made(of, sentence):
    with pytest.raises(SpecError, match=sentence) as raised:
        Function(of=of)
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"range": [1, 0]}, "lowest and highest"),
        ({"range": None}, "range=None"),
        ({"pictures": "jpg"}, "'array' or 'pil'"),
    ],
)
def test_what_cannot_be_is_one_sentence(wrong, sentence):
    with pytest.raises(SpecError, match=sentence):
        Function(of=colourful, **wrong)


def test_a_trainers_columns_may_have_defaults():
    function = lambda completions, trainer_state=None, completion_ids=None: [0.5] * len(completions)  # noqa: E731
    assert values(Function(of=function)(sheets(1))) == [0.5]


def test_it_is_named_and_versioned_after_its_function(tmp_path, monkeypatch):
    monkeypatch.syspath_prepend(tmp_path)
    module = tmp_path / "mine_to_score.py"
    versions = []
    for text in ("return 0.5", "return 0.5", "return 0.6"):
        module.write_text(f"def half(image):\n    {text}\n")
        sys.modules.pop("mine_to_score", None)
        import linecache

        linecache.clearcache()
        reward = rewards.make("function(of='mine_to_score:half')")
        versions.append(reward.version)
    assert reward.name == "half"
    assert versions[0] == versions[1] != versions[2]
    assert (
        Function(of=Steep(0.1)).version == Function(of=Steep(0.1)).version != Function(of=Steep(0.2)).version
    )
    assert Function(of=colourful).version != Function(of=colourful, range=(0, 2)).version


def test_copies_score_alike():
    reward = rewards.make(f"0.5*function(of='{HERE}red') + 0.5*function(of='{HERE}lengths')")
    here = values(reward(sheets(4)))
    assert None not in here
    assert values(pickle.loads(pickle.dumps(reward))(sheets(4))) == here
    assert values(copy.deepcopy(reward)(sheets(4))) == here


def test_a_spec_of_somebody_elses_may_not_name_a_function():
    spec = "0.5*coverage + 0.5*function(of='os:system')"
    with pytest.raises(SpecError, match="'os:system' names code"):
        normal_form(spec, modules=False)
    assert normal_form("http(url='http://localhost')", modules=False)


def test_colourfulness_is_that_of_the_source():
    grey = np.full((8, 8, 3), 120, np.uint8)
    assert colourful(grey) == 0.0
    half = grey.copy()
    half[:4] = (200, 100, 100)
    # rg is 100 and 0, yb 50 and 0: spreads 50 and 25, means 50 and 25, both of length sqrt(3125).
    assert colourful(half) == pytest.approx(1.3 * 3125**0.5 / 109)
