"""What a reward of somebody's own answers: numbers in any sequence are scores, and anything else is named."""

import asyncio
from types import SimpleNamespace

import numpy as np
import pytest

import rewards
from codepaint_env.canvases.p5brush.canvas import P5Brush
from codepaint_env.evaluate import Evaluator
from rewards import Rendering, Sample, Score, SpecError, Task, Traits

IMAGE = np.random.default_rng(0).integers(0, 256, (8, 8, 3), dtype=np.uint8)
SAMPLES = [Sample(Task("t", "Paint."), "", "", Rendering("ok", image=IMAGE), "g") for _ in range(3)]


class Answers:
    """A whole reward that answers what it is told to."""

    name, needs, version = "mine", frozenset({"image"}), "1"
    traits = Traits(disclaims={"16": "a stand-in"})

    def __init__(self, answer):
        self.answer = answer

    def __call__(self, samples, /):
        return self.answer(samples)


class Awaited(Answers):
    async def ascore(self, samples):
        return self.answer(samples)


def asked(answer):
    """Asks in every way in which a reward is asked: made of a function, in a mix, behind a gate, by an evaluator."""
    easel = SimpleNamespace(render=lambda jobs: [each.rendering for each in SAMPLES])

    async def arender(jobs):
        return easel.render(jobs)

    easel.arender = arender
    texts, tasks = ["a"] * 3, [SAMPLES[0].task] * 3
    whole, awaited, gate = Answers(answer), Awaited(answer), rewards.make("renders")
    yield lambda: rewards.make(lambda samples: answer(samples))(SAMPLES)
    yield lambda: rewards.Weighted([(1, whole)])(SAMPLES)
    yield lambda: rewards.Gated(whole, gate=gate)(SAMPLES)
    yield lambda: rewards.BaseAndBonus(gate, whole)(SAMPLES)
    yield lambda: rewards.Mapped(whole, "log_tamed")(SAMPLES)
    yield lambda: asyncio.run(rewards.Weighted([(1, awaited)]).ascore(SAMPLES))
    for reward in (whole, awaited):
        evaluator = Evaluator(P5Brush(), reward, easel)
        yield lambda evaluator=evaluator: [each.score for each in evaluator.evaluate(texts, tasks)]
        yield lambda evaluator=evaluator: [
            each.score for each in asyncio.run(evaluator.aevaluate(texts, tasks))
        ]


@pytest.mark.parametrize(
    "answer",
    [
        lambda samples: [0.0, 0.5, 1],
        lambda samples: (score for score in (Score(0.0), Score(0.5), Score(1.0))),
        lambda samples: np.array([0.0, 0.5, 1.0], np.float32),
        lambda samples: (np.float64(0), Score(0.5), True),
    ],
    ids=["floats", "generator", "array", "mixed"],
)
def test_numbers_in_any_sequence_are_scores(answer):
    for ask in asked(answer):
        scores = ask()
        assert all(isinstance(score, Score) for score in scores)
        first, second, third = (score.value for score in scores)
        assert first < second < third == 1.0


@pytest.mark.parametrize(
    ("answer", "error", "told"),
    [
        (
            lambda samples: None,
            TypeError,
            "returned None for 3 samples; return a list with one score a sample",
        ),
        (
            lambda samples: 0.5,
            TypeError,
            "returned 0.5 for 3 samples; .*decorate a function of one sample with @rewards",
        ),
        (lambda samples: Score(0.5), TypeError, "returned Score.* for 3 samples"),
        (lambda samples: {"value": 1}, TypeError, "returned {'value': 1} for 3 samples"),
        (
            lambda samples: [0.5, None, 0.5],
            TypeError,
            "gave None for sample 1; give a number or a rewards.Score",
        ),
        (lambda samples: [0.5, "0.5", 1], TypeError, "gave '0.5' for sample 1"),
        (lambda samples: [0.5], ValueError, "gave 1 scores for 3 samples"),
    ],
    ids=["none", "number", "score", "mapping", "hole", "text", "short"],
)
def test_what_is_no_score_is_named(answer, error, told):
    for ask in asked(answer):
        with pytest.raises(error, match=told):
            ask()


async def awaits(samples):
    return [0.5 for _ in samples]


def test_a_coroutine_function_is_told_where_it_belongs():
    with pytest.raises(
        TypeError, match=r"is a coroutine function; make it a plain one, with `async def ascore"
    ):
        rewards.make(awaits)(SAMPLES)


@rewards.reward
def bare(sample):
    return 0.25


def test_the_decorator_works_without_parentheses_and_one_need_may_be_a_word():
    assert [score.value for score in bare(SAMPLES)] == [0.25] * 3
    assert (bare.name, bare.needs, bare.traits) == ("bare", {"image"}, Traits())
    assert rewards.reward(needs="prompt")(bare.function).needs == {"prompt"}

    class Worded:
        needs = "prompt"

        def __call__(self, samples):
            return [0.5] * len(samples)

    assert rewards.make(Worded()).needs == {"prompt"}

    class Whole(Answers):
        needs = "image"

    with pytest.raises(SpecError, match=r"'mine' has needs='image'; write needs = frozenset\(\{'image'\}\)"):
        rewards.make(Whole(bare))
    with pytest.raises(SpecError, match="needs 'pixels', which nothing records"):
        rewards.reward(needs="pixels")(bare.function)
    with pytest.raises(SpecError, match="makes a reward of a function that scores one sample"):
        rewards.reward(Answers)


def test_a_decorated_function_may_return_a_score_and_is_asked_for_a_missing_return():
    @rewards.reward(components=("reds",))
    def scored(sample):
        return Score(0.5, {"reds": 0.1}, reason="pale")

    assert scored(SAMPLES) == [Score(0.5, {"reds": 0.1}, reason="pale")] * 3
    with pytest.raises(TypeError, match=r"'forgot' returned None for task 't'; is it missing a `return`\?"):
        rewards.reward(forgot)(SAMPLES)
    with pytest.raises(TypeError, match="returned 'a lot' for task 't'; return a number"):
        rewards.reward(talks)(SAMPLES)


def forgot(sample):
    pass


def talks(sample):
    return "a lot"


def test_live_rewards_stand_in_a_mapping_like_names():
    live = Answers(lambda samples: [0.5] * len(samples))
    mix = rewards.make({"weighted": [[0.3, live], [0.7, "renders"]]})
    assert [score.value for score in mix(SAMPLES)] == pytest.approx([0.85] * 3)
    gated = rewards.make({"gate": "renders", "of": live})
    assert gated.inner is live
    with pytest.raises(SpecError, match="is a live reward, which has no JSON form"):
        rewards.describe({"weighted": [[0.3, live]]})
