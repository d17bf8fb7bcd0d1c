"""What three trainings and three controls say: paired gains, their intervals, a plot, and whether to believe it."""

from __future__ import annotations

import json
import sys

import numpy as np
import pytest
from click.testing import CliRunner

from codepaint_env.reports.progression import PROGRESSION
from codepaint_env.runs.curves import CURVES, append_curves
from codepaint_env.runs.writer import RunWriter
from places import BENCHMARKS
from sample_runs import META, evaluated

sys.path.insert(0, str(BENCHMARKS))

import train_seeds

PROMPTS = 32


def trained(folder, gain, seed):
    """Leaves what a training leaves: held-out scores before and after, curves, a page and a result."""
    generator = np.random.default_rng(seed)
    before = generator.uniform(0.2, 0.5, PROMPTS)
    for when, scores in (("before", before), ("after", before + gain + generator.normal(0, 0.1, PROMPTS))):
        with RunWriter(folder / when, META, suffix=".js") as writer:
            for i, score in enumerate(scores):
                writer.append(evaluated(i, value=float(score), prompt=f"prompt {i}"))
    for step in range(1, 21):
        append_curves(
            folder / "progress" / CURVES, step, {"reward": 0.3 + gain * step / 20, "valid_rate": 0.9}
        )
    (folder / "progress" / PROGRESSION).write_text("<!doctype html>", encoding="utf-8")
    (folder / "result.json").write_text(json.dumps({"seed": seed}), encoding="utf-8")


def judged(tmp_path, trained_gain, control_gain):
    runs, out = tmp_path / "runs", tmp_path / "out"
    for seed in range(3):
        for way, gain in (("trained", trained_gain), ("control", control_gain)):
            (runs / f"{way}-{seed}" / "progress").mkdir(parents=True)
            trained(runs / f"{way}-{seed}", gain, seed)
    done = CliRunner().invoke(train_seeds.main, ["--runs", str(runs), "--out", str(out)])
    assert isinstance(done.exception, SystemExit | None), done.exception
    return done, out


@pytest.mark.full
def test_a_gain_that_the_control_lacks_is_believed(tmp_path):
    done, out = judged(tmp_path, 0.2, 0.0)
    assert done.exit_code == 0, done.output
    told = json.loads((out / "seeds.json").read_text(encoding="utf-8"))
    low, high = told["trained"]["interval_95_prompts"]
    assert 0.15 < low < told["trained"]["gain"] < high < 0.25
    assert told["control"]["interval_95_prompts"][0] <= 0 <= told["control"]["interval_95_prompts"][1]
    wide = told["trained"]["interval_95_prompts_and_seeds"]
    assert wide[1] - wide[0] >= high - low
    assert "Reward, trained" in (out / "seeds.svg").read_text(encoding="utf-8")
    assert (out / PROGRESSION).is_file()


@pytest.mark.parametrize(("gain", "control"), [(0.0, 0.0), (0.2, 0.2)])
def test_no_gain_and_a_gain_of_the_control_as_well_are_not_believed(tmp_path, gain, control):
    done, out = judged(tmp_path, gain, control)
    assert done.exit_code == 1
    assert (out / "seeds.json").is_file()


def test_the_unit_is_the_prompt_with_all_its_seeds():
    same = np.tile(np.linspace(-0.5, 0.7, PROMPTS), (3, 1))  # seeds that say the same say nothing more
    one = train_seeds.interval(same[:1], seeds_too=False)
    assert train_seeds.interval(same, seeds_too=False) == pytest.approx(one)
    spread = same.std() / np.sqrt(PROMPTS)
    assert one == pytest.approx([0.1 - 1.96 * spread, 0.1 + 1.96 * spread], abs=0.02)
