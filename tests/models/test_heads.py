"""The heads that ship: what their files say, the fakes that they must not love, and subjects drawn by other hands."""

from __future__ import annotations

import numpy as np
import pytest
from head_parts.fakes import fake_programs, gallery_of, painted
from head_parts.outside import second_studies
from head_parts.seen import scores

import rewards
from codepaint_env.canvases.p5brush.canvas import P5Brush
from codepaint_env.render.renderer import Renderer
from codepaint_env.tasks import load_tasks
from little_paintings import sample_of
from places import ROOT
from rewards.heads.head import load_head
from rewards.heads.headed import SHIPPED
from rewards.heads.looks import looks_of
from rewards.heads.subject import NONE
from rewards.pictures import shipped
from rewards.pool import load_entries
from rewards.preflight import check_tasks
from rewards.testing import check_reward

TASTE, SUBJECT = (load_head(SHIPPED / f"{kind}.npz", kind) for kind in ("taste", "subject"))


@pytest.fixture(scope="module")
def renderer():
    made = Renderer(P5Brush(), disk_cache=False)
    yield made
    made.close()


@pytest.fixture(scope="module")
def fakes(renderer):
    """Discs, washes and rings in twelve colours, and the pictures of the training gallery: no head was fitted on them."""
    return [
        *painted(fake_programs(), renderer).values(),
        *gallery_of(ROOT / "docs/training/discs.html"),
    ]


def values(reward, images, subject):
    return np.array(
        [score.value for score in reward([sample_of(each, "x", subject=subject) for each in images])]
    )


def test_the_files_say_what_they_do_on_paintings_that_no_head_had_seen():
    taste, subject = TASTE.told["unseen"], SUBJECT.told["unseen"]
    assert TASTE.told["rated"] == 1736
    assert all("model" in rater for rater in TASTE.told["raters"])  # who rated is told
    assert taste["spearman"][0] >= 0.55
    assert taste["spearman_gain"][1] > 0
    assert max(taste["floored"], subject["floored"]) <= 0.05
    assert subject["top1"][1] > 0.5
    assert subject["calibration_error"] < 0.1
    assert max((SHIPPED / f"{kind}.npz").stat().st_size for kind in ("taste", "subject")) < 2**20


def test_of_each_subject_hardly_a_fake_scores_like_its_worst_paintings_and_none_like_its_median(fakes):
    assert len(fakes) >= 80
    reward = rewards.make("subject")
    far = {}
    for label in SUBJECT.labels[: SUBJECT.labels.index(NONE)]:
        own = values(reward, fakes, label)
        told = SUBJECT.told["unseen"]
        if (own < told["tenth"][label]).mean() < 0.95 or own.max() > told["median"][label]:
            far[label] = (own < told["tenth"][label]).mean(), own.max()
    assert far == {}


def test_the_taste_prefers_kept_paintings_to_fakes(fakes):
    reward = rewards.make("taste")
    rated = [entry.read_image() for entry in load_entries() if entry.tier in ("love", "okay")][::20]
    real, fake = (values(reward, images, "") for images in (rated, fakes))
    assert np.median(real) > np.median(fake) + 0.4
    assert np.quantile(fake, 0.9) < np.median(real)
    assert np.quantile(values(reward, fakes, ""), 0.95) < 0.6


def test_subjects_drawn_in_another_way_are_named_far_more_often_than_by_chance(renderer):
    shown = second_studies(ROOT / "tests/models/second_studies", renderer)[::2]
    told = scores(SUBJECT, looks_of(SUBJECT.recipe), [image for _, image in shown]).argmax(axis=1)
    right = np.mean([SUBJECT.labels[place] == label for place, (label, _) in zip(told, shown, strict=True)])
    assert right > 0.25  # 1 in 39 by chance; 0.40 is measured on all of them


def test_every_task_of_the_set_is_known_to_the_head():
    tasks = load_tasks("subjects", "p5brush")
    assert len(tasks) == 3 * 39
    check_tasks(rewards.make("subject"), tasks)
    assert len({task.subject for task in tasks}) == 39


@pytest.mark.parametrize("name", ["taste", "subject"])
def test_the_heads_that_ship_keep_the_laws(name):
    failed = check_reward(name, examples=25).failed
    assert [f"{each.law.id}: {each.reason}" for each in failed] == []


def test_the_paintings_that_ship_are_told_apart():
    taste = values(rewards.make("taste"), list(shipped().values()), "")
    assert np.ptp(taste) > 0.3
