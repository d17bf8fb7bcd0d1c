"""What is kept of a training and made of it: paired gains, their intervals, curves and the share of discs."""

from __future__ import annotations

import json
import sys

import numpy as np
import pytest

from codepaint_env.runs.curves import CURVES, append_curves
from codepaint_env.runs.writer import RunWriter
from places import BENCHMARKS
from sample_runs import META, evaluated

sys.path.insert(0, str(BENCHMARKS))

import train_long

PROMPTS = 32


def trained(folder):
    """Leaves what a training leaves: what it wrote before and after, curves and arguments."""
    for when in ("before", "after"):
        with RunWriter(folder / when, META, suffix=".js") as writer:
            for i in range(3):
                writer.append(evaluated(i, value=0.5, prompt=f"prompt {i}"))
    for step in range(1, 21):
        append_curves(folder / "progress" / CURVES, step, {"reward": 0.3 + step / 40, "valid_rate": 0.9})
    (folder / "arguments.json").write_text('{"seed": "0"}', encoding="utf-8")


def said(gain, seed):
    """Returns what judges say of one training."""
    generator = np.random.default_rng(seed)
    before = generator.uniform(0.2, 0.5, PROMPTS)
    after = before + gain + generator.normal(0, 0.1, PROMPTS)
    return {
        when: {"prompts": {"named": list(values)}, "diversity": 0.9, "diversity_of_a_prompt": 0.4}
        for when, values in (("before", before), ("after", after))
    }


def test_a_training_is_kept_whole_in_one_small_file(tmp_path):
    (tmp_path / "run/progress").mkdir(parents=True)
    trained(tmp_path / "run")
    kept = tmp_path / "kept/mix-0.json.xz"
    train_long.keep(tmp_path / "run", kept)
    told = train_long.read(kept)
    assert [each["prompt"] for each in told["after"]] == ["prompt 0", "prompt 1", "prompt 2"]
    assert all(each["completion"] for each in told["before"])
    assert told["curves"]["20"]["reward"] == 0.8
    assert told["arguments"] == {"seed": "0"}
    drawn = train_long.plot({"mix": {0: kept, 1: kept}})
    assert "mix: programs that paint" in drawn
    assert "seed 1" in drawn


def test_gains_are_told_with_both_intervals():
    told = train_long.figures(
        {way: {seed: said(gain, seed) for seed in range(3)} for way, gain in (("mix", 0.2), ("control", 0.0))}
    )
    named = told["mix"]["named"]
    low, high = named["prompts_95"]
    assert 0.15 < low < named["gain"] < high < 0.25
    assert named["gain"] == pytest.approx(named["after"] - named["before"], abs=1e-3)
    wide = named["prompts_and_seeds_95"]
    assert wide[1] - wide[0] >= high - low
    assert told["control"]["named"]["prompts_95"][0] <= 0 <= told["control"]["named"]["prompts_95"][1]
    assert told["mix"]["diversity"]["after"] == [0.9, 0.9, 0.9]
    assert json.loads(json.dumps(told)) == told


def test_the_unit_is_the_prompt_with_all_its_seeds():
    same = np.tile(np.linspace(-0.5, 0.7, PROMPTS), (3, 1))  # seeds that say the same say nothing more
    one = train_long.interval(same[:1], seeds_too=False)
    assert train_long.interval(same, seeds_too=False) == pytest.approx(one)
    spread = same.std() / np.sqrt(PROMPTS)
    assert one == pytest.approx([0.1 - 1.96 * spread, 0.1 + 1.96 * spread], abs=0.02)
