"""What is checked before a run: a reward that gives all pictures the same teaches nothing, and says so."""

import numpy as np
import pytest

import rewards
from rewards import MachineError, Rendering, Sample, Score, SpecError, Task, Traits
from rewards.painted.coverage import Coverage
from rewards.painted.renders import Renders
from rewards.preflight import NoSpread, check_spread, preflight, preflight_with_warnings, shipped_samples


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
        check_spread(Told(), [*flat[:4], sample(0.6, "c"), sample(0.7, "c", "program_error")])
    told = str(raised.value)
    assert "'told' tells hardly anything apart: 6 probes of which 5 painted, values 0.5 to 0.7" in told
    assert "no spread in 67% of their groups" in told
    assert "mix it with a dense reward" in told


@pytest.mark.parametrize(
    ("claims", "status", "way_out"),
    [
        ({}, "ok", "or, if few values are by design, disclaim law 16 in its traits"),
        ({"max_calls": lambda size, k: size}, "ok", "or compare the pictures of a group with each other"),
        ({"max_calls": lambda size, k: size, "kind": "pairwise"}, "ok", "or take easier references"),
        ({}, "program_error", "Way out: show the policy programs that paint"),
    ],
)
def test_the_way_out_is_the_one_that_applies(claims, status, way_out):
    with pytest.raises(NoSpread, match=way_out):
        check_spread(Told(**claims), [sample(0.5, status=status)] * 4)


def test_a_reward_of_two_values_is_refused_only_if_no_group_of_a_probe_has_both():
    groups = [sample(value, group) for group, value in zip("aabbccdd", [1, 1, 1, 1, 1, 1, 0, 1], strict=True)]
    check_spread(Told(), groups)
    with pytest.raises(NoSpread, match="no spread in 100% of their groups"):
        check_spread(Told(), groups[:6])


def test_a_gate_that_tells_the_samples_apart_keeps_a_mix_whose_other_member_does_not():
    gate, flat = Told(disclaims={"16": "two values"}), Flat()
    mix = rewards.Weighted([(0.5, gate), (0.5, flat)])
    preflight(mix, [sample(0), sample(1)])
    with pytest.raises(NoSpread):
        preflight(mix, [sample(1), sample(1)])


class Flat(Told):
    """Gives everything the same, whatever is asked."""

    name = "flat"

    def __call__(self, samples, /):
        self.asked += len(samples)
        return [Score(0.5) for _ in samples]


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


class Takes(Told):
    """Has a preflight that takes the samples."""

    def preflight(self, samples=None):
        self.given = samples


class TakesByName(Told):
    """Has a preflight that takes the samples by their name."""

    def preflight(self, *, samples):
        self.given = samples


class TakesNothing(Told):
    """Has a preflight that only looks for a key, as for a service."""

    def preflight(self):
        self.given = "was called"


class Checks(Told):
    """Checks its own spread."""

    def preflight(self, samples=None):
        self.given = samples
        check_spread(self, samples)


@pytest.mark.parametrize("kind", [Takes, TakesByName, TakesNothing, Checks])
def test_a_preflight_of_ones_own_is_called_as_it_is_written_and_the_spread_is_checked_once(kind):
    reward, probe = kind(), [sample(0.1), sample(0.2)]
    preflight(reward, probe)
    assert reward.given == ("was called" if kind is TakesNothing else probe)
    assert reward.asked == 2
    with pytest.raises(NoSpread):
        preflight(reward, [sample(0.5), sample(0.5)])


def test_a_mix_calls_the_preflights_of_its_members_as_they_are_written():
    member = TakesNothing()
    mix = rewards.Gated(rewards.Weighted([(1, member), (1, Takes())]), gate=TakesNothing())
    preflight(mix, [sample(0.6), sample(0.7)])
    assert member.given == "was called"


def test_a_reward_that_knows_only_its_own_tasks_is_not_refused_for_the_pictures_that_ship(caplog):
    preflight_with_warnings(Told())
    assert "'told' was not tried on pictures that ship: ValueError" in caplog.text
    with pytest.raises(ValueError, match="a painting in watercolour"):
        preflight(Told())


def test_where_it_only_warns_what_is_misconfigured_still_raises(caplog):
    class Keyless(Told):
        def preflight(self):
            raise SpecError("There is no key.")

    class Own(Told):
        def preflight(self, samples=None):
            check_spread(always, samples)

    preflight_with_warnings(Own())
    assert "'always' tells hardly anything apart" in caplog.text
    with pytest.raises(SpecError, match="There is no key"):
        preflight_with_warnings(Keyless())


def test_the_shipped_samples_are_one_group_of_paintings_with_a_reference():
    samples = shipped_samples(8)
    assert len({np.asarray(s.rendering.image).tobytes() for s in samples}) == 8
    assert {(s.group, s.rendering.status) for s in samples} == {("preflight", "ok")}
    assert samples[0].task.reference.is_file()
    preflight(rewards.make("gated(coverage, gate=renders)"))
    check_spread(Coverage())
