"""A task that allows letters has them drawn, and its neighbour that does not has none, through every face."""

from __future__ import annotations

from dataclasses import replace

import gymnasium as gym
import numpy as np
import pytest

import codepaint_env  # noqa: F401 (registers the ids)
from codepaint_env.canvases.svg.canvas import SVG
from codepaint_env.evaluate import Evaluator
from codepaint_env.render.renderer import Renderer
from codepaint_env.trainers.shared.rows import rows
from codepaint_env.trainers.trl import EnvironmentFactory, reward_funcs
from rewards import Task, make, reward
from trl_contract import Trainer

SIGN = (
    '```svg\n<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 512 512"><rect width="512" height="300" fill="#fc3"/>'
    '<text x="60" y="220" font-size="170">OPEN</text></svg>\n```'
)
LETTERED, PLAIN = Task("sign", "a sign", "svg", letters=True), Task("wall", "a wall", "svg")


@reward(needs={"image"}, floor=False)
def blackness(sample):
    """The share of black in a picture: letters alone are black here."""
    return float((sample.rendering.image.max(axis=2) < 40).mean())


@pytest.fixture(scope="module")
def easel():
    renderer = Renderer(SVG(), workers=1)
    yield renderer
    renderer.close()


def test_the_same_document_is_drawn_and_kept_once_with_letters_and_once_without(easel):
    evaluator = Evaluator(SVG(), make(blackness), easel)
    tasks = [LETTERED, replace(LETTERED, letters=False)]  # of one id, so of one seed
    for _ in range(2):  # drawn, then recalled
        with_letters, without = evaluator.evaluate([SIGN, SIGN], tasks)
        assert with_letters.score.value > 0.02
        assert without.score.value == 0.0
    assert with_letters.sample.rendering.identity != without.sample.rendering.identity
    for each in (with_letters, without):  # both say that letters were asked for
        assert [finding.kind for finding in each.sample.rendering.findings] == ["text"]


def test_gym_and_make_vec_draw_letters_where_the_task_allows_them():
    options = {"tasks": [LETTERED, PLAIN], "reward": blackness, "renderer": {"workers": 1}}
    env = gym.make("codepaint/SVG-v0", **options)
    alone = []
    for task in (LETTERED, PLAIN):
        env.reset(seed=0, options={"task_id": task.id})
        alone.append(env.step(SIGN)[1])
    env.close()
    envs = gym.make_vec("codepaint/SVG-v0", num_envs=2, **options)
    envs.reset(seed=0, options={"task_ids": [LETTERED.id, PLAIN.id]})
    together = envs.step([SIGN, SIGN])[1].tolist()
    envs.close()
    assert alone == together
    assert alone[0] > 0.02
    assert alone[1] == 0.0


def test_trl_draws_letters_where_the_row_says_so(easel):
    told = rows([LETTERED, PLAIN], "trl", canvas="svg")
    columns = {name: [row[name] for row in told] for name in told[0]}
    trainer = Trainer(reward_funcs(blackness, canvas="svg", renderer=easel, probe=False))
    [[with_letters, without]] = trainer.rewards([SIGN, SIGN], prompts=columns.pop("prompt"), **columns)
    assert with_letters > 0.02
    assert without == 0.0


def test_a_rollout_of_trl_shows_the_policy_the_letters_that_count(easel):
    factory = EnvironmentFactory(reward=blackness, canvas="svg", renderer=easel)
    shown, scores = [], []
    for row in rows([LETTERED, PLAIN], "trl", canvas="svg"):
        environment = factory()
        environment.reset(**row)
        picture, _ = environment.paint(SIGN)
        shown.append(float((np.asarray(picture["image"]).max(axis=2) < 40).mean()))
        scores.append(environment.get_reward())
    assert shown == scores
    assert [share > 0.02 for share in shown] == [True, False]
