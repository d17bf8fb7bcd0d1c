"""Rewards by name, what specs become, and `@reward`."""

import copy
import json
import math
import os
import pickle
import subprocess
import sys

import numpy as np
import pytest

import rewards
from rewards import (
    BaseAndBonus,
    Gated,
    Mapped,
    Rendering,
    Reward,
    Sample,
    Score,
    SpecError,
    Task,
    Traits,
    UnknownName,
    Weighted,
)
from rewards.painted.coverage import Coverage
from rewards.painted.renders import Renders


def sample(level=200, status="ok", image=True):
    picture = np.full((32, 32, 3), 250, np.uint8)
    picture[8:24, 8:24] = level
    return Sample(
        Task("t", ""), "", "", Rendering(status, image=picture if image else None, message="why"), "g"
    )


@rewards.reward(needs={"image"}, range=(0, 1), floor=False)
def darkness(sample):
    return 1 - sample.rendering.image.mean() / 255


@rewards.reward(range=(-2, 2))
def contrast(sample):
    return float(np.ptp(sample.rendering.image)) / 255


class Bare:
    """A third party's reward that says nothing of itself."""

    def __init__(self, base, step=1):
        self.base, self.step = base, step

    def __call__(self, samples):
        return [Score(self.base) for _ in samples]

    def preflight(self, samples=None):
        raise RuntimeError("checked")


def built(step=0.5):
    return Bare(step)


def not_a_reward():
    return 3


def plain_function(samples):
    return [Score(0.25) for _ in samples]


HERE = __name__


def test_the_built_in_rewards_are_available():
    assert {"coverage", "renders"} <= set(rewards.available())
    assert isinstance(rewards.make("renders"), Renders)


def test_parameters_reach_the_reward_and_those_of_the_call_win():
    assert rewards.make({"name": "coverage", "low": 0.2}, low=0.3).low == 0.3
    assert rewards.make("coverage(low=0.2)", high=0.7).high == 0.7
    assert rewards.make("rewards.painted.coverage:Coverage(low=0.2)").low == 0.2
    assert rewards.make(Coverage, low=0.2).low == 0.2


def test_specs_become_mixes_and_gates():
    made = rewards.make("gated(0.3*coverage + 0.7*coverage(low=0.2), gate=renders)")
    assert isinstance(made, Gated)
    assert isinstance(made.inner, Weighted)
    assert [(weight, member.low) for weight, member in made.inner.members] == [(0.3, 0.1), (0.7, 0.2)]


def doubled(unit):
    return min(1.0, 2 * unit)


def test_specs_become_curves_and_bonuses():
    made = rewards.make("mapped(bonus(coverage, renders, share=0.25), fn='log_tamed')")
    assert isinstance(made, Mapped)
    assert isinstance(made.inner, BaseAndBonus)
    assert (made.inner.share, type(made.inner.bonus)) == (0.25, Renders)
    assert rewards.make({"mapped": f"{HERE}:doubled", "of": "coverage"}).curve(0.25) == 0.5
    with pytest.raises(SpecError, match="no curve 'log'"):
        rewards.make("mapped(coverage, fn='log')")


def test_two_spellings_of_one_reward_have_one_version():
    spellings = [
        "gated(1*coverage, gate=renders)",
        {"weighted": [[1, "coverage"]], "gate": "renders"},
        {"gate": {"name": "renders"}, "of": {"weighted": [[1.0, "coverage(low=0.1)"]]}},
    ]
    assert len({rewards.make(spec).version for spec in spellings}) == 1


def test_an_unknown_name_brings_the_nearest_one_and_the_list():
    with pytest.raises(
        UnknownName, match=r"No reward is called 'covrage'\. Did you mean 'coverage'\? There are: .*renders"
    ):
        rewards.make("covrage")
    with pytest.raises(UnknownName, match=r"No reward is called 'zzz'\. There are: "):
        rewards.make("zzz")


@pytest.mark.parametrize(
    ("spec", "told"),
    [
        ("coverage(lo=0.2)", r"'coverage' has no parameter 'lo'\. Did you mean 'low'\? It has: low, high"),
        ("renders(low=0.2)", r"'renders' has no parameter 'low'\. It has: none"),
        (f"{HERE}:darkness(k=1)", r"'.*:darkness' takes no parameters, so no 'k'"),
        (f"{HERE}:Bare", r"cannot be made without 'base'"),
        (f"{HERE}:plain_function", r"cannot be made without 'samples'.*decorate it with @rewards\.reward"),
        (f"{HERE}:not_a_reward", "made 3, which cannot be called with samples"),
        (f"{HERE}:HERE", "which makes no reward; name a class or a function"),
        (f"{HERE}:bilt", "has no 'bilt'.* Did you mean 'built'"),
        ("no_such_module:Thing", "names the module 'no_such_module', which is not installed"),
        ({"name": "..:x"}, "names no module"),
        ("coverage(low=7)", "'coverage' got low=7"),
    ],
)
def test_what_cannot_be_made_is_named_with_the_way_out(spec, told):
    with pytest.raises(SpecError, match=told):
        rewards.make(spec)


def test_live_rewards_stand_for_the_names_of_an_expression():
    one, other = Coverage(), Coverage(low=0.3)
    made = rewards.make("gated(0.3*a + 0.7*penalised(b, penalty=a), gate=renders)", a=one, b=other)
    [(_, first), (_, second)] = made.inner.members
    assert (first, second.inner, second.penalty) == (one, other, one)
    spec = "gated(0.3*coverage + 0.7*penalised(coverage(low=0.3), penalty=coverage), gate=renders)"
    assert made.version == rewards.make(spec).version


def test_a_live_reward_whose_name_is_not_in_the_expression_is_refused():
    with pytest.raises(SpecError, match=r"No member is called 'c'; a live reward is passed under the name"):
        rewards.make("0.3*a + 0.7*b", a=Coverage(), b=Renders(), c=Renders())
    with pytest.raises(SpecError, match="No member is called 'log_tamed'"):
        rewards.make("mapped(a, fn='log_tamed')", a=Coverage(), log_tamed=Renders())
    with pytest.raises(SpecError, match=r"'a' is made already and takes no parameters, not a\(low=0\.3\)"):
        rewards.make("0.3*a(low=0.3) + 0.7*renders", a=Coverage())


def test_parameters_do_not_go_to_a_mix_or_a_live_reward():
    with pytest.raises(SpecError, match="A mix takes no 'low'"):
        rewards.make("coverage + renders", low=0.1)
    with pytest.raises(SpecError, match="is made already and takes no 'low'"):
        rewards.make(Coverage(), low=0.1)
    with pytest.raises(SpecError, match="'coverage' has no parameter 'name'"):
        rewards.make("coverage", name="renders")


def test_a_live_reward_passes_through():
    reward = Coverage()
    assert rewards.make(reward) is reward


def test_a_bare_callable_gets_the_strict_defaults_and_keeps_what_it_has():
    reward = rewards.make(Bare(0.5))
    assert isinstance(reward, Reward)
    assert (reward.name, reward.needs, reward.traits) == ("Bare", {"image"}, Traits())
    assert reward([sample()]) == [Score(0.5)]
    with pytest.raises(RuntimeError, match="checked"):
        reward.preflight()
    assert not hasattr(reward, "ascore")
    for twin in (copy.deepcopy(reward), pickle.loads(pickle.dumps(reward))):
        assert (twin.version, twin.base, twin([sample()])) == (reward.version, 0.5, [Score(0.5)])


def test_the_version_of_a_live_callable_follows_its_settings():
    assert (
        rewards.make(Bare(0.5)).version == rewards.make(Bare(0.5)).version != rewards.make(Bare(0.75)).version
    )


def test_a_plain_function_is_a_live_reward():
    assert rewards.make(plain_function)([sample()] * 2) == [Score(0.25)] * 2


def test_a_factory_is_called_with_its_parameters_and_the_version_follows_them():
    reward = rewards.make(f"{HERE}:built", step=0.75)
    assert (reward.base, reward.name) == (0.75, f"{HERE}:built")
    assert reward.version != rewards.make(f"{HERE}:built").version
    assert reward.version == rewards.make(f"{HERE}:built(step=0.75)").version


def test_a_need_that_nothing_records_is_refused_by_name():
    class Odd(Bare):
        needs = frozenset({"pixels"})

    with pytest.raises(
        SpecError, match="needs 'pixels', which nothing records; it can need 'canvas', 'group', 'image'"
    ):
        rewards.make(Odd(1))


def distribution(folder, name, entry_points):
    info = folder / f"{name.replace('-', '_')}-1.0.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text("[codepaint.rewards]\n" + entry_points)


def test_two_distributions_that_claim_one_name_are_an_error_that_names_both(tmp_path, monkeypatch):
    distribution(
        tmp_path / "a",
        "ada-rewards",
        "mine = rewards.painted.renders:Renders\nalone = rewards.painted.renders:Renders\n",
    )
    distribution(tmp_path / "b", "bob-rewards", "mine = rewards.painted.coverage:Coverage\n")
    monkeypatch.syspath_prepend(tmp_path / "a")
    monkeypatch.syspath_prepend(tmp_path / "b")
    with pytest.raises(SpecError, match="'ada-rewards' and 'bob-rewards' register a reward called 'mine'"):
        rewards.make("mine")
    assert isinstance(rewards.make("alone"), Renders)
    assert {"alone", "mine"} <= set(rewards.available())


def test_a_third_party_reward_is_found_by_its_entry_point_and_versioned_by_its_distribution(
    tmp_path, monkeypatch
):
    distribution(tmp_path, "eve-rewards", f"eve-half = {HERE}:built\n")
    monkeypatch.syspath_prepend(tmp_path)
    reward = rewards.make({"name": "eve-half"})
    assert reward.name == "eve-half"
    before = reward.version
    metadata = next(tmp_path.glob("*.dist-info")) / "METADATA"
    metadata.write_text(metadata.read_text().replace("1.0", "1.1"))
    assert rewards.make({"name": "eve-half"}).version != before


def test_describe_tells_what_show_prints():
    told = rewards.describe("0.5*coverage + 0.5*renders")
    assert json.loads(json.dumps(told)) == told
    assert told == {
        "spec": {"weighted": [[0.5, {"name": "coverage"}], [0.5, {"name": "renders"}]]},
        "name": "weighted",
        "range": [0.0, 1.0],
        "needs": ["image"],
        "cost": 0,
        "version": rewards.make("0.5*coverage + 0.5*renders").version,
        "components": ["coverage", "coverage/share", "renders"],
        "settled_by": [],
        "traits": {
            "scope": "sample",
            "kind": "composite",
            "gate": True,
            "floor": True,
            "noise_floor": 0.5 * 0.3 + 0.5 * 1,
            "deterministic": True,
            "continuous": True,
            "size_free": False,
            "symmetric": False,
            "monotone": [],
            "tolerance": 1e-9,
            "canvases": None,
        },
        "disclaims": {"18": "renders: a gate is a step"},
    }


class Judged(Bare):
    name, needs, version = "judged", frozenset({"image", "prompt"}), "1"

    def __init__(self, k=2):
        super().__init__(0.5)
        self.k = k

    traits = Traits(max_calls=lambda size, k: 2 * size * k)


def test_cost_is_the_judge_calls_for_a_group_of_8():
    assert rewards.describe(f"{HERE}:Judged(k=4)")["cost"] == 64
    assert rewards.describe(f"0.5*{HERE}:Judged(k=4) + 0.5*{HERE}:Judged")["cost"] == 64 + 32


def test_a_decorated_function_is_a_reward_in_batch_form():
    assert isinstance(darkness, Reward)
    assert (darkness.name, darkness.needs) == ("darkness", {"image"})
    assert darkness.traits == Traits(range=(0, 1), floor=False)
    assert [score.value for score in darkness([sample(0), sample(200)])] == pytest.approx(
        [0.265, 0.069], abs=0.001
    )
    assert rewards.make(f"{HERE}:darkness") is darkness


def test_a_decorated_function_pays_the_floor_for_program_errors_and_none_for_machine_errors():
    scores = contrast([sample(status="program_error"), sample(status="machine_error"), sample(image=False)])
    assert scores == [Score(-2, reason="why"), Score(None, reason="why"), Score(-2, reason="why")]


def test_a_constant_picture_scores_lowest_unless_floor_is_off():
    assert contrast([sample(250)])[0].value == -2
    assert darkness([sample(250)])[0].value == pytest.approx(1 - 250 / 255)


@pytest.mark.parametrize("value", [math.nan, math.inf])
def test_a_result_that_is_not_finite_raises_with_the_value(value):
    broken = rewards.reward()(lambda sample: value)
    with pytest.raises(ValueError, match=f"returned {value} for task 't'"):
        broken([sample()])


def test_a_bug_inside_a_decorated_function_passes_through():
    with pytest.raises(ZeroDivisionError):
        rewards.reward()(lambda sample: 1 / 0)([sample()])


@pytest.mark.parametrize(
    ("keywords", "told"),
    [
        ({"colour": 1}, "@reward got 'colour'; it takes .*'continuous'"),
        ({"range": (1, 0)}, "give a lowest and a highest value"),
        ({"range": (0, math.inf)}, "give a lowest and a highest value"),
        ({"needs": {"pixels"}}, "needs 'pixels', which nothing records"),
    ],
)
def test_claims_that_cannot_hold_are_refused_when_decorating(keywords, told):
    with pytest.raises(SpecError, match=told):
        rewards.reward(**keywords)(lambda sample: 0.0)


def test_the_version_of_a_decorated_function_follows_its_text():
    def one(sample):
        return 0.1

    first = rewards.reward()(one).version

    def one(sample):
        return 0.2

    assert rewards.reward()(one).version != first


def test_a_decorated_function_pickles_by_its_name_and_copies_to_itself():
    assert pickle.loads(pickle.dumps(darkness)) is darkness
    assert copy.deepcopy(darkness) is darkness
    renamed = rewards.reward()(plain_function)
    assert pickle.loads(pickle.dumps(renamed)).function is plain_function


def test_law_07_a_fresh_process_with_another_hash_seed_agrees_on_values_and_versions(tmp_path):
    (tmp_path / "own_reward.py").write_text(
        "import rewards\n\n@rewards.reward(needs={'image', 'prompt', 'task_id'})\n"
        "def red(sample):\n    return sample.rendering.image[..., 0].mean() / 255\n"
    )
    code = (
        "import pickle, sys, rewards\n"
        "mix = rewards.make('0.5*own_reward:red + 0.5*gated(coverage, gate=renders)')\n"
        "batch = pickle.loads(open('batch.pickle', 'rb').read())\n"
        "same = pickle.loads(pickle.dumps(mix))\n"
        "assert same(batch) == mix(batch) and same.version == mix.version\n"
        "print(mix.version, [score.value for score in mix(batch)])"
    )
    (tmp_path / "batch.pickle").write_bytes(
        pickle.dumps([sample(), sample(9), sample(status="program_error")])
    )
    told = [
        subprocess.run(
            [sys.executable, "-c", code],
            cwd=tmp_path,
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    ]
    assert told[0] == told[1] != ""


def fails(step=1):
    raise KeyError("MY_SERVICE_KEY")


@pytest.mark.parametrize(
    "module", ["def fails():\n    raise KeyError('MY_SERVICE_KEY')\n", "raise KeyError('MY_SERVICE_KEY')"]
)
def test_a_plugin_that_raises_when_it_is_loaded_or_made_is_named_with_its_package(
    tmp_path, monkeypatch, module
):
    info = tmp_path / "eve_rewards-3.1.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: eve-rewards\nVersion: 3.1\n")
    (info / "entry_points.txt").write_text("[codepaint.rewards]\neve-fails = eve_fails:fails\n")
    (tmp_path / "eve_fails.py").write_text(module)
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, "eve_fails", raising=False)
    told = r"The reward 'eve-fails' \(eve_fails:fails, of the package eve-rewards 3\.1\) cannot be made: KeyError: "
    with pytest.raises(SpecError, match=told):
        rewards.make({"weighted": [[1, {"name": "eve-fails"}]]})


def test_a_factory_of_ones_own_that_raises_is_named():
    with pytest.raises(
        SpecError, match=f"The reward '{HERE}:fails' cannot be made: KeyError: 'MY_SERVICE_KEY'"
    ) as raised:
        rewards.make(f"{HERE}:fails(step=2)")
    assert isinstance(raised.value.__cause__, KeyError)


def lively(live=False):
    return Bare(0.75 if live else 0.25)


def test_a_parameter_may_have_any_name_also_inside_a_mix():
    [(_, member)] = rewards.make({"weighted": [[1, {"name": f"{HERE}:lively", "live": True}]]}).members
    assert member.call.base == 0.75
