"""Rewards that look at pixels judge icons on the svg canvas as they judge any picture; an icon set is fetched for it."""

from __future__ import annotations

import gymnasium as gym
import numpy as np
import pytest
from PIL import Image

import codepaint_env  # noqa: F401 (registers the ids)
import rewards
from icon_set import icons, likenesses, table
from rewards import Rendering, Sample, Task
from rewards.features.encoders import Features
from rewards.features.similarity import Similarity

pytestmark = pytest.mark.network

BLANK = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 36 36"><rect width="36" height="36" fill="#fff"/></svg>'
BROKEN = '<svg xmlns="http://www.w3.org/2000/svg"><g></svg>'


@pytest.mark.full
@pytest.mark.parametrize(
    "spec",
    [
        "renders",
        "coverage",
        "gated(coverage, gate=renders)",
        "0.3*renders + 0.7*coverage(low=0.2)",
        "bonus(coverage, mapped(coverage, fn='log_tamed'), share=0.4)",
    ],
)
def test_a_reward_of_pixels_says_of_a_drawing_what_it_says_of_any_picture(spec):
    documents = [*icons().values(), BLANK, BROKEN]
    options = {"tasks": ["an icon"], "reward": spec, "renderer": {"workers": 2}}
    envs = gym.make_vec("codepaint/SVG-v0", num_envs=len(documents), **options)
    envs.reset(seed=0)
    observation, values, *_ = envs.step(documents)
    *drawn, blank, broken = values.tolist()
    envs.close()
    judge = rewards.make(spec)
    pictures = [Rendering("ok", image=image, evidence=frozenset({"image"})) for image in observation["image"]]
    samples = [Sample(Task("any", "any"), "", "", picture, "any") for picture in pictures[: len(drawn)]]
    assert drawn == [np.float32(score.value) for score in judge(samples)]
    assert min(drawn) > 0.3 > max(blank, broken)
    assert broken == 0.0


class Greys:
    """The lightness of 16 x 16 cells: an encoder that needs no weights."""

    version = "greys"

    def encode(self, images, /):
        small = [
            Image.fromarray(image).convert("L").resize((16, 16), Image.Resampling.BOX) for image in images
        ]
        return Features(np.stack([np.asarray(each, np.float32).ravel() / 255 for each in small]))


@pytest.mark.full
def test_a_similarity_tells_an_icon_from_the_others_by_references_of_the_tasks_own(tmp_path):
    rows = likenesses(Similarity(Greys()), tmp_path)
    assert len(rows) >= 12
    assert all(row.kept for row in rows), table(rows)
