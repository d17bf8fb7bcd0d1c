"""A third party's canvas, installed as a plugin, works wherever canvases do, and no line of `src` knows it."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from places import ROOT, SUPPORT

SCRIPT = """
import json, sys
from pathlib import Path
import gymnasium as gym
import numpy as np
from click.testing import CliRunner
import codepaint_env
from codepaint_env.cli.main import main
from codepaint_env.runs.run import load_run
from codepaint_env.trainers.trl import reward_funcs

told, folder = {"loaded": "toy_canvas" in sys.modules}, Path(sys.argv[1])
env = gym.make("codepaint/Toy-v0")
observation, info = env.reset(seed=1)
assert env.observation_space.contains(observation)
program = env.action_space.sample()
observation, reward, terminated, truncated, info = env.step(f"```toy\\n{program}\\n```")
told["gym"] = [observation["image"].shape, info["status"], reward > 0]
env.reset(seed=1)
told["bad"] = env.step("x" * 70)[4]["error/kind"]
env.close()

envs = gym.make_vec("codepaint/Toy-v0", num_envs=2)
envs.reset(seed=1)
told["vector"] = envs.step([program, ""])[4]["status"].tolist()
envs.close()

[score] = reward_funcs("coverage", canvas="toy", probe=False)
told["trl"] = [value > 0 for value in score(prompts=["a boat"], completions=[program])]

def run(*arguments):
    done = CliRunner().invoke(main, [str(each) for each in arguments])
    assert done.exit_code == 0, done.output
    return done.output

sheet = folder / "sheet.toy"
sheet.write_text(program)
run("render", sheet, "-o", folder / "sheet.png")
told["png"] = (folder / "sheet.png").read_bytes()[:4].hex()
told["score"] = json.loads(run("score", sheet, "--json"))["status"]
run("demo", "--canvas", "toy", "--episodes", 4, "-o", folder / "run")
kept = load_run(folder / "run")
told["demo"] = [kept.meta.env, kept.meta.policy, [sample.rendering.ok for sample in kept.samples]]
told["programs"] = sorted(path.name for path in (folder / "run" / "programs").iterdir())
report = (folder / "run" / "report.html").read_text()
told["report"] = ["codepaint/Toy-v0" in report, kept.samples[0].program.split()[0] in report]
rows = [json.loads(line) for line in run("tasks", "export", "objects", "--canvas", "toy", "--for", "trl").splitlines()]
told["rows"] = [len(rows), rows[0]["prompt"][0]["content"][:7]]
told["doctor"] = [line for line in run("doctor").splitlines() if line[2:].startswith("toy ")]
print(json.dumps(told))
"""


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    """What a process in which the plugin is installed tells of it."""
    folder = tmp_path_factory.mktemp("toy")
    installed = folder / "site" / "toy_canvas-1.0.dist-info"
    installed.mkdir(parents=True)
    (installed / "METADATA").write_text("Metadata-Version: 2.1\nName: toy-canvas\nVersion: 1.0\n")
    (installed / "entry_points.txt").write_text("[codepaint.canvases]\nToy = toy_canvas:Toy\n")
    paths = [str(folder / "site"), str(SUPPORT), *sys.path]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(paths), "CODEPAINT_CACHE": "off"}
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(folder)],
        capture_output=True,
        text=True,
        env=environment,
        cwd=folder,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.full
def test_its_id_is_registered_without_loading_it(told):
    assert told["loaded"] is False


@pytest.mark.full
def test_gym_make_and_make_vec_play_it(told):
    assert told["gym"] == [[256, 256, 3], "ok", True]
    assert told["bad"] == "too_large"
    assert told["vector"] == ["ok", "program_error"]


@pytest.mark.full
def test_the_trl_adapter_scores_it(told):
    assert told["trl"] == [True]


@pytest.mark.full
def test_the_command_line_renders_scores_exports_and_examines_it(told):
    assert told["png"] == "89504e47"
    assert told["score"] == "ok"
    assert told["rows"] == [12, "Write 8"]
    [line] = told["doctor"]
    assert line.startswith("✓")
    assert "paints its sample" in line


@pytest.mark.full
def test_a_demo_keeps_its_programs_under_its_suffix_and_the_report_shows_them(told):
    assert told["demo"] == ["codepaint/Toy-v0", "samples", [True] * 4]
    assert told["programs"] == [f"{number:04d}.toy" for number in range(4)]
    assert told["report"] == [True, True]


def test_it_is_short_and_src_does_not_know_it():
    assert len((SUPPORT / "toy_canvas.py").read_text(encoding="utf-8").splitlines()) <= 60
    sources = [path.read_text(encoding="utf-8") for path in (ROOT / "src").rglob("*.py")]
    assert not any("toy_canvas" in text or "Toy-v0" in text for text in sources)
