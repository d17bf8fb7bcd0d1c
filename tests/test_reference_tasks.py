"""A reward that needs a reference picture is refused wherever it meets a task that has none."""

import asyncio

import gymnasium as gym
import numpy as np
import pytest
from click.testing import CliRunner
from PIL import Image

from codepaint_env import canvases
from codepaint_env.cli.main import main
from codepaint_env.evaluate import Evaluator
from rewards import Score, SpecError, Task, Traits
from trl_contract import Easel, made

REFUSED = r"needs a reference picture of each task, and {} have none, such as '{}'\. Give them one"


class Likeness:
    """Scores how near the mean level of a picture is to that of the task's reference."""

    name, needs, version = "likeness", frozenset({"image", "reference"}), "1"
    traits = Traits()

    def preflight(self, samples=None):
        pass

    def __call__(self, samples, /):
        return [self.score(sample) for sample in samples]

    def score(self, sample):
        if sample.rendering.status == "machine_error":
            return Score(None, reason=sample.rendering.message)
        if not sample.rendering.ok:
            return Score(0.0)
        wanted = np.asarray(Image.open(sample.task.reference)).mean()
        return Score(1 - abs(float(sample.rendering.image.mean()) - wanted) / 255)


@pytest.fixture
def tasks(tmp_path):
    Image.fromarray(np.full((8, 8, 3), 200, np.uint8)).save(tmp_path / "map.png")
    return [
        {"id": "map", "prompt": "a map", "reference": str(tmp_path / "map.png")},
        {"id": "poppy", "prompt": "a poppy"},
    ]


@pytest.mark.parametrize("make", [gym.make, gym.make_vec])
def test_an_environment_with_such_a_task_is_refused_when_it_is_made(make, tasks):
    with pytest.raises(SpecError, match=REFUSED.format("1 of 2", "poppy")):
        make("codepaint/P5Brush-v0", reward=Likeness(), tasks=tasks)


def test_an_environment_whose_tasks_have_references_refuses_a_prompt_without_one(tasks):
    env = gym.make("codepaint/P5Brush-v0", reward=Likeness(), tasks=tasks[:1])
    env.reset(seed=0)
    with pytest.raises(SpecError, match="1 of 1 have none"):
        env.reset(options={"prompt": "a rose"})
    env.close()


@pytest.mark.parametrize("probe", [True, False])
@pytest.mark.parametrize(
    "spec", ["0.5*renders + 0.5*test_reference_tasks:Likeness", Likeness()], ids=["mix", "alone"]
)
def test_a_training_on_such_tasks_ends_before_anything_is_painted(spec, probe):
    easel, trainer = made(spec, probe=probe)
    with pytest.raises(SpecError, match=REFUSED.format("2 of 2", "poppy")):
        trainer.rewards(["aa", "aaa"])
    assert easel.batches == []


def test_awaiting_an_evaluation_refuses_as_well():
    evaluator = Evaluator(canvases.get("p5brush"), Likeness(), Easel())
    with pytest.raises(SpecError, match="1 of 1 have none"):
        asyncio.run(evaluator.aevaluate(["aa"], [Task("poppy", "a poppy")]))


def test_score_refuses_it_and_takes_the_reference_as_an_option(tmp_path, tasks):
    drawing = tmp_path / "sheet.svg"
    drawing.write_text('<svg xmlns="http://www.w3.org/2000/svg"><circle cx="256" cy="256" r="99"/></svg>')
    arguments = ["score", str(drawing), "--reward", "test_reference_tasks:Likeness", "--prompt", "a map"]
    done = CliRunner().invoke(main, arguments)
    assert done.exit_code == 2
    assert "'likeness' needs a reference picture; name its file with --reference." in done.output
    done = CliRunner().invoke(main, [*arguments, "--reference", tasks[0]["reference"]])
    assert done.exit_code == 0, done.output
    assert "score       0." in done.output
    done = CliRunner().invoke(main, [*arguments, "--reference", str(tmp_path / "none.png")])
    assert done.exit_code == 2
    assert "none.png" in done.output
