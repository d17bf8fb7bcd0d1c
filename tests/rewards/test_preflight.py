"""What is checked before a run: a reward that gives all pictures the same teaches nothing, and says so."""

import numpy as np
import pytest

import rewards
from rewards import MachineError, Rendering, Sample, Score, Task, Traits
from rewards.painted.coverage import Coverage
from rewards.painted.renders import Renders
from rewards.preflight import NoSpread, check_spread, preflight, shipped_samples


def sample(value, group="g", status="ok"):
    return Sample(Task("t", str(value)), "", "", Rendering(status), group)


class Told:
    """A reward that reads its value from the task's prompt; `None` is one that a machine failed to give."""

    name, version, needs = "told", "1", frozenset({"image", "prompt"})

    def __init__(self, **traits):
        self.traits = Traits(**traits)
        self.asked = 0

    def __call__(self, samples, /):
        self.asked += len(samples)
        return [
            Score(None, reason="the judge is away")
            if s.task.prompt == "None"
            else Score(float(s.task.prompt))
            for s in samples
        ]


def test_a_probe_with_spread_in_half_of_its_groups_passes():
    check_spread(Told(), [sample(0.1, "a"), sample(0.2, "a"), sample(0.5, "b"), sample(0.5, "b")])


def test_a_probe_without_spread_in_most_groups_names_what_was_seen_and_the_ways_out():
    flat = [sample(0.5, group) for group in "aabbcc"]
    with pytest.raises(NoSpread) as raised:
        check_spread(Told(), [*flat[:5], sample(0.6, "c", "program_error")])
    told = str(raised.value)
    assert "'told' tells hardly anything apart: 6 probes of which 5 painted, values 0.5 to 0.6" in told
    assert "no spread in 67% of their groups" in told
    for way_out in ("a dense reward", "pictures of a group with each other", "easier references"):
        assert way_out in told


def test_samples_that_are_alone_in_their_groups_count_as_one_group():
    check_spread(Told(), [sample(0.1, "a"), sample(0.2, "b")])
    with pytest.raises(NoSpread):
        check_spread(Told(), [sample(0.2, "a"), sample(0.2, "b")])


def test_one_sample_shows_nothing_and_is_not_asked_about():
    reward = Told()
    check_spread(reward, [sample(0.5)])
    assert reward.asked == 0


def test_a_judge_that_answers_none_of_the_probes_is_a_machine_error():
    with pytest.raises(MachineError, match="'told' gave none of 2 probes a value: the judge is away"):
        check_spread(Told(), [sample(None), sample(None)])
    check_spread(Told(), [sample(None), sample(0.1), sample(0.2)])


def test_a_pairwise_reward_with_hardly_any_win_is_a_flat_start():
    young = [sample(0.0)] * 15 + [sample(0.5)]
    check_spread(Told(), young)
    with pytest.raises(NoSpread, match=r"sees 3\.1% wins"):
        check_spread(Told(kind="pairwise"), young)
    check_spread(Told(kind="pairwise"), [*young, sample(0.5)])


def test_a_gate_has_two_values_by_design_and_is_not_probed():
    check_spread(Renders(), [sample(0.5), sample(0.5)])


@pytest.mark.parametrize(("claims", "asked"), [({}, 8), ({"max_calls": lambda size, k: 4 * size}, 4)])
def test_without_samples_a_few_shipped_pictures_are_looked_at_and_fewer_if_a_judge_is_asked(claims, asked):
    class Reddest(Told):
        needs = frozenset({"image"})

        def __call__(self, samples, /):
            self.asked += len(samples)
            return [Score(s.rendering.image[..., 0].mean() / 255) for s in samples]

    reward = Reddest(**claims)
    check_spread(reward)
    assert reward.asked == asked


def test_without_samples_a_constant_reward_is_told():
    with pytest.raises(
        NoSpread, match=r"'always' tells hardly anything apart: 8 probes .* values 0\.25 to 0\.25"
    ):
        preflight(always)


@rewards.reward()
def always(sample):
    return 0.25


@rewards.reward(needs={"source", "image"})
def wordy(sample):
    return 0.25


def test_without_samples_what_reads_more_than_pictures_is_left_alone():
    check_spread(wordy)


def test_a_reward_with_a_preflight_of_its_own_does_it_alone():
    class Own(Told):
        def preflight(self, samples=None):
            self.given = samples

    reward, probe = Own(), [sample(0.5), sample(0.5)]
    preflight(reward, probe)
    assert (reward.given, reward.asked) == (probe, 0)


def test_the_shipped_samples_are_one_group_of_paintings_with_a_reference():
    samples = shipped_samples(8)
    assert len({np.asarray(s.rendering.image).tobytes() for s in samples}) == 8
    assert {(s.group, s.rendering.status) for s in samples} == {("preflight", "ok")}
    assert samples[0].task.reference.is_file()
    preflight(rewards.make("gated(coverage, gate=renders)"))
    check_spread(Coverage())
