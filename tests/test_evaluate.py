"""The one loop: completions are extracted, rendered and judged in order, sync and async."""

import asyncio
import time
from pathlib import Path

import numpy as np
import pytest

import rewards
from codepaint_env.canvases.p5brush.canvas import P5Brush
from codepaint_env.evaluate import Evaluator
from codepaint_env.render.identity import seed_of
from rewards import Rendering, Score, SpecError, Task, Traits

POPPY, IRIS = Task("poppy", "a poppy"), Task("iris", "an iris")


class Easel:
    """Paints every program in one grey, which is its length; breaks at a program that says so."""

    def __init__(self):
        self.jobs = []

    def render(self, jobs):
        self.jobs += jobs
        return [self.painted(job.program) for job in jobs]

    async def arender(self, jobs):
        return self.render(jobs)

    def painted(self, program):
        if program == "break":
            return Rendering("machine_error", "browser", "the browser died")
        return Rendering("ok", image=np.full((4, 4, 3), len(program), np.uint8))


class Grey:
    """Scores the grey of the picture and keeps what it was shown."""

    name, needs, version = "grey", frozenset({"image"}), "1"
    traits = Traits(range=(0.0, 255.0), disclaims={"16": "a stand-in, which keeps what it is shown"})

    def __init__(self):
        self.seen, self.preflights = [], 0

    def preflight(self, samples=None):
        self.preflights += 1

    def __call__(self, samples, /):
        self.seen.append(list(samples))
        return [self.score(sample.rendering) for sample in samples]

    def score(self, rendering):
        if rendering.status == "machine_error":
            return Score(None, reason=rendering.message)
        return Score(float(rendering.image[0, 0, 0]) if rendering.ok else 0.0)


class AsyncGrey(Grey):
    async def ascore(self, samples):
        await asyncio.sleep(0)
        return [Score(1.0 + score.value) for score in self(samples)]


@pytest.fixture
def evaluator():
    return Evaluator(P5Brush(), Grey(), Easel())


def values(evaluated):
    return [result.score.value for result in evaluated]


def test_scores_come_back_in_the_order_of_the_completions(evaluator):
    results = evaluator.evaluate(["aaa", "", "a", "break", "aa"], [POPPY] * 5)
    assert values(results) == [3.0, 0.0, 1.0, None, 2.0]
    assert [result.sample.rendering.status for result in results] == [
        "ok",
        "program_error",
        "ok",
        "machine_error",
        "ok",
    ]
    assert [result.valid for result in results] == [True, True, True, False, True]


def test_only_completions_with_a_program_are_rendered(evaluator):
    evaluator.evaluate(["one", "", "\ud800", "x" * 100_001, "two"], [POPPY] * 5)
    assert [job.program for job in evaluator.renderer.jobs] == ["one", "two"]


def test_the_reward_sees_the_whole_batch_in_one_call(evaluator):
    evaluator.evaluate(["a", "", "b"], [POPPY, IRIS, POPPY])
    [samples] = evaluator.reward.seen
    seen = [(sample.task, sample.completion) for sample in samples]
    assert seen == [(POPPY, "a"), (IRIS, ""), (POPPY, "b")]


def test_all_samples_of_a_task_are_rendered_with_the_seed_of_its_id(evaluator):
    evaluator.evaluate(["a", "b", "c"], [POPPY, IRIS, POPPY])
    seeds = [job.seed for job in evaluator.renderer.jobs]
    assert seeds == [seed_of("poppy"), seed_of("iris"), seed_of("poppy")]


def test_the_group_is_the_task_unless_another_is_given(evaluator):
    evaluator.evaluate(["a", "b"], [POPPY, IRIS])
    evaluator.evaluate(["a", "b"], [POPPY, IRIS], ["g", "h"])
    groups = [[sample.group for sample in samples] for samples in evaluator.reward.seen]
    assert groups == [["poppy", "iris"], ["g", "h"]]


def test_the_program_is_taken_out_of_the_completion_and_both_are_kept(evaluator):
    completion = "Here it is:\n```js\npaint()\n```\nEnjoy."
    [result] = evaluator.evaluate([completion], [POPPY])
    assert (result.sample.completion, result.sample.program) == (completion, "paint()")


def test_a_fence_that_never_closes_is_rendered_and_found_out(evaluator):
    [result] = evaluator.evaluate(["```js\npaint()"], [POPPY])
    assert result.sample.program == "paint()"
    assert [finding.kind for finding in result.sample.rendering.findings] == ["truncated"]


def test_hashes_name_the_program_and_the_pixels_and_are_empty_where_there_is_none(evaluator):
    painted, empty = evaluator.evaluate(["abc", ""], [POPPY] * 2)
    assert painted.program_sha256.startswith("ba7816bf8f01cfea")  # sha256 of "abc", FIPS 180-2
    assert len(painted.pixels_sha256) == 64
    assert (empty.program_sha256, empty.pixels_sha256) == ("", "")


def test_nothing_to_evaluate_is_nothing_evaluated(evaluator):
    assert evaluator.evaluate([], []) == []
    assert asyncio.run(evaluator.aevaluate([], [])) == []


def test_one_string_is_refused_as_it_would_be_read_letter_by_letter(evaluator):
    with pytest.raises(TypeError, match="completions is one string"):
        evaluator.evaluate("ab", [POPPY] * 2)


def test_lists_of_different_lengths_are_refused_with_the_lengths(evaluator):
    with pytest.raises(ValueError, match="2 completions, 1 tasks and 1 groups differ"):
        evaluator.evaluate(["a", "b"], [POPPY])
    with pytest.raises(ValueError, match="1 completions, 1 tasks and 2 groups differ"):
        evaluator.evaluate(["a"], [POPPY], ["g", "h"])


def test_the_reward_may_raise_what_is_misconfigured_once_a_process(evaluator):
    evaluator.evaluate(["a"], [POPPY])
    evaluator.evaluate(["b"], [POPPY])
    asyncio.run(evaluator.aevaluate(["c"], [POPPY]))
    assert evaluator.reward.preflights == 1


def test_a_preflight_that_raises_is_asked_again(evaluator):
    def fail(samples=None):
        raise SpecError("no key")

    evaluator.reward.preflight = fail
    for _ in range(2):
        with pytest.raises(SpecError, match="no key"):
            evaluator.evaluate(["a"], [POPPY])


def test_the_async_form_gives_the_same(evaluator):
    completions, tasks = ["aaa", "", "break"], [POPPY] * 3
    assert values(asyncio.run(evaluator.aevaluate(completions, tasks))) == values(
        evaluator.evaluate(completions, tasks)
    )


def test_the_async_form_awaits_a_reward_that_can_be_awaited():
    evaluator = Evaluator(P5Brush(), AsyncGrey(), Easel())
    assert values(asyncio.run(evaluator.aevaluate(["aaa"], [POPPY]))) == [4.0]


def test_the_async_form_does_not_block_the_loop_with_a_reward_that_cannot():
    def slow(samples):
        time.sleep(0.3)
        return [Score(1.0) for _ in samples]

    async def count_while_waiting():
        evaluator = Evaluator(P5Brush(), rewards.make(slow), Easel())
        work = asyncio.create_task(evaluator.aevaluate(["a"], [POPPY]))
        ticks = 0
        while not work.done():
            await asyncio.sleep(0.01)
            ticks += 1
        return ticks

    assert asyncio.run(count_while_waiting()) > 5


@pytest.mark.parametrize("value", [float("nan"), float("inf"), -float("inf")])
def test_a_score_that_is_not_finite_is_a_bug_of_the_reward_and_raised(value):
    reward = rewards.make(lambda samples: [Score(value) for _ in samples])
    with pytest.raises(ValueError, match="a score is finite, or None"):
        Evaluator(P5Brush(), reward, Easel()).evaluate(["a"], [POPPY])


def test_a_reward_that_forgets_a_sample_is_told_the_numbers():
    reward = rewards.make(lambda samples: [Score(1.0)])
    with pytest.raises(ValueError, match="gave 1 scores for 2 samples"):
        Evaluator(P5Brush(), reward, Easel()).evaluate(["a", "b"], [POPPY] * 2)


def test_a_bug_inside_a_reward_passes_through():
    def buggy(samples):
        raise KeyError("oops")

    evaluator = Evaluator(P5Brush(), rewards.make(buggy), Easel())
    with pytest.raises(KeyError, match="oops"):
        evaluator.evaluate(["a"], [POPPY])
    with pytest.raises(KeyError, match="oops"):
        asyncio.run(evaluator.aevaluate(["a"], [POPPY]))


@pytest.mark.parametrize(
    ("needs", "sentence"),
    [
        (
            {"image", "layout", "interactions"},
            "grey needs interactions, layout; the canvas p5brush records image, source, text",
        ),
        ({"interactions"}, "grey needs interactions; the canvas p5brush records"),
        ({"smell"}, "grey needs 'smell'; a reward may need"),
    ],
)
def test_a_reward_that_needs_what_the_canvas_does_not_record_is_refused(needs, sentence):
    reward = Grey()
    reward.needs = frozenset(needs)
    with pytest.raises(SpecError, match=sentence):
        Evaluator(P5Brush(), reward, Easel())


def test_a_reward_may_need_prompt_task_group_and_reference_of_any_canvas():
    reward = Grey()
    reward.needs = frozenset({"image", "source", "prompt", "task_id", "group", "reference"})
    task = Task("map", "a map", reference=Path("map.png"))
    assert values(Evaluator(P5Brush(), reward, Easel()).evaluate(["a"], [task])) == [1.0]


class Flat(Grey):
    """Gives every picture the same, and claims to tell pictures apart."""

    traits = Traits(range=(0.0, 255.0))

    def score(self, rendering):
        return Score(7.0)


def test_a_reward_alone_that_tells_nothing_apart_is_warned_about_once_and_goes_on(caplog):
    evaluator = Evaluator(P5Brush(), Flat(), Easel())
    assert values(evaluator.evaluate(["a", "aa"], [POPPY, IRIS])) == [7.0, 7.0]
    evaluator.evaluate(["a"], [POPPY])
    assert caplog.text.count("'grey' tells hardly anything apart: 8 probes") == 1
    assert "Ways out: mix it with a dense reward" in caplog.text


def test_a_value_outside_of_the_declared_range_is_named(evaluator):
    evaluator.reward.score = lambda rendering: Score(300.0)
    with pytest.raises(
        ValueError, match=r"The reward grey gave 300, outside of its range 0 to 255; scale the value"
    ):
        evaluator.evaluate(["a"], [POPPY])
