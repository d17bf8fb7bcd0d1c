"""A tracker that the trainer reports to is given the pictures themselves, and none that fails ends a training."""

from __future__ import annotations

import sys
from types import SimpleNamespace

import numpy as np
import pytest

from codepaint_env.trainers.trl.tracked_pictures import track_pictures
from rewards.types import Rendering
from sample_runs import evaluated

PAINTED = [
    evaluated(0),
    evaluated(1, value=None),
    evaluated(2, rendering=Rendering("program_error", "throws")),
]


@pytest.fixture(params=["trackio", "wandb"])
def tracker(request, monkeypatch):
    made = SimpleNamespace(name=request.param, logged=[])
    made.Image = lambda image, caption: (image, caption)
    made.log = made.logged.append
    monkeypatch.setitem(sys.modules, request.param, made)
    return made


def test_the_pictures_go_to_the_tracker_with_prompt_score_and_step(tracker):
    track_pictures([tracker.name], 7, PAINTED)
    [told] = tracker.logged
    assert told.pop("train/global_step") == 7
    captions = {name: caption for name, (_, caption) in told.items()}
    assert captions == {"codepaint/1 a rose": "a rose: 0.500", "codepaint/2 a rose": "a rose: no score"}
    for (image, _), each in zip(told.values(), PAINTED, strict=False):
        np.testing.assert_array_equal(image, each.sample.rendering.image)


def test_who_does_not_report_there_logs_nothing(tracker):
    for report_to in ([], ["none"], ["tensorboard"]):
        track_pictures(report_to, 7, PAINTED)
    track_pictures([tracker.name], 7, PAINTED[2:])
    assert tracker.logged == []


def test_a_tracker_that_fails_or_is_missing_is_logged_and_ends_nothing(tracker, caplog, monkeypatch):
    def fails(told):
        raise RuntimeError("call init first")

    tracker.log = fails
    track_pictures([tracker.name], 7, PAINTED)
    assert f"The pictures of step 7 were not logged to {tracker.name}." in caplog.text
    monkeypatch.setitem(sys.modules, tracker.name, None)
    track_pictures([tracker.name], 8, PAINTED)
    assert f"The pictures of step 8 were not logged to {tracker.name}." in caplog.text
