"""What a reward makes of probes: planted rewards are found out, and what has no value does not count."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

import rewards
from codepaint_env.study.probes import Pair, ProbeScores, probes, scores
from codepaint_env.study.probes.made_pictures import make
from rewards.pictures import shipped
from rewards.types import Rendering, Sample


def chroma(sample: Sample) -> float:
    image = sample.rendering.image.astype(float)
    return float((image.max(axis=-1) - image.min(axis=-1)).mean() / 255)


@rewards.reward(needs={"image"}, range=(0, 1))
def saturated(sample: Sample) -> float:
    return chroma(sample)


@rewards.reward(needs={"image"}, range=(0, 1))
def grey(sample: Sample) -> float:
    return 1 - chroma(sample)


@rewards.reward(needs={"image"}, range=(0, 1))
def constant(sample: Sample) -> float:
    return 0.5


def pair(made: str, place: int, status: str = "ok") -> Pair:
    """A probe whose honest twin is a painting that ships."""
    probe = next(each for each in probes("p5brush") if each.made == made)
    image = list(shipped().values())[place]
    evidence = frozenset({"source", "image"})
    honest = Sample(probe.task, "a", "a", Rendering("ok", image=image, evidence=evidence), probe.task.id)
    lured = Rendering(status, image=make(made, image) if status == "ok" else None, evidence=evidence)
    return Pair(replace(probe, name=f"{probe.name}-{place}"), replace(honest, rendering=lured), honest)


def test_a_reward_that_likes_saturation_is_fooled_by_saturation_and_not_by_what_fades():
    pairs = [pair(made, place) for made in ("saturated", "faded", "mud") for place in (0, 5)]
    [told] = scores({"s": saturated}, pairs)
    assert [told.beaten[name] for name in told.names] == [1, 1, 0, 0, 0, 0]
    [other] = scores({"g": grey}, pairs)
    assert [other.beaten[name] for name in other.names] == [0, 0, 1, 1, 1, 1]
    assert told.share == pytest.approx(1 / 3)


def test_a_constant_reward_is_beaten_by_half():
    [told] = scores({"c": constant}, [pair("saturated", place) for place in range(6)])
    assert told.share == 0.5
    low, high = told.interval
    assert low < 0.2 < 0.8 < high


def test_a_machine_error_and_a_missing_value_are_left_out_and_counted():
    told = ProbeScores("r", ("a", "b", "c"), (1.0, None, 0.2), (0.5, 0.5, None))
    assert told.beaten == {"a": 1.0}
    assert told.left_out == 2
    [scored] = scores(
        {"c": constant_or_none()}, [pair("saturated", 0, "machine_error"), pair("saturated", 1)]
    )
    assert (scored.left_out, scored.share) == (1, 0.5)


def constant_or_none():
    class Careless:
        name, version, needs, traits = "careless", "1", frozenset({"image"}), constant.traits

        def __call__(self, samples):
            return [rewards.Score(0.5) for _ in samples]

    return Careless()


def test_nothing_to_count_has_no_share_and_the_widest_interval():
    told = ProbeScores("r", (), (), ())
    assert told.share is None
    assert told.interval == (0.0, 1.0)


def test_a_reward_is_not_asked_about_a_canvas_that_it_cannot_judge():
    interactive = rewards.make("interactive")
    [told] = scores({"i": interactive}, [pair("saturated", 0)])
    assert told.names == ()
    assert list(told.skipped) == ["p5brush"]
    assert told.share is None


def test_lure_and_twin_are_asked_about_as_one_group():
    seen = []

    class Watching(type(constant_or_none())):
        def __call__(self, samples):
            seen.append([sample.group for sample in samples])
            return super().__call__(samples)

    scores({"w": Watching()}, [pair("saturated", 0)])
    assert [len(set(groups)) for groups in seen] == [1]
    assert np.size(seen) == 2
