"""`codepaint rescore`: old evidence, other scores."""

from __future__ import annotations

import json
import shlex
import shutil
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

import rewards
from codepaint_env import canvases
from codepaint_env.evaluate import Evaluator
from codepaint_env.render.renderer import Renderer
from codepaint_env.runs.run import load_run
from codepaint_env.runs.writer import keep_run
from codepaint_env.study.record_again import recorded_again
from codepaint_env.study.rescore import calls_of, rescored
from command_line import codepaint, refused
from html_elements import GONE, SYNTAX
from rewards.errors import SpecError
from rewards.types import Rendering, Score, Task, Traits
from sample_runs import evaluated, written

LETTERS = """
import rewards

@rewards.reward(needs={"image", "text"}, floor=False)
def wordless(sample):
    return 1.0 - 0.5 * any(each.kind == "text" for each in sample.rendering.findings)

@rewards.reward(floor=False)
def ink(sample):
    return 1.0 - sample.rendering.image.mean() / 255
"""


def banded(level: int) -> Rendering:
    image = np.full((24, 32, 3), 255, np.uint8)
    image[2 : 2 + level, 4:-4] = (180, 40, 60)
    return Rendering("ok", image=image, evidence=frozenset({"source", "image"}))


@pytest.fixture
def run(tmp_path):
    ok = [
        evaluated(i, value=0.1 * i, rendering=banded((2, 7, 4, 1, 3)[i]), prompt=f"rose {i}")
        for i in range(5)
    ]
    return written(
        tmp_path / "run",
        *ok,
        evaluated(5, value=0.0, rendering=SYNTAX),
        evaluated(6, value=None, rendering=GONE),
    )


@pytest.fixture(scope="module")
def discs(tmp_path_factory):
    """A run of two drawings that were really painted."""
    folder, canvas = tmp_path_factory.mktemp("discs") / "run", canvases.get("svg")
    programs = [f'<svg viewBox="0 0 64 64"><circle cx="32" cy="32" r="{r}"/></svg>' for r in (9, 25)]
    with closing(Renderer(canvas, workers=1)) as renderer:
        evaluator = Evaluator(canvas, rewards.make("renders"), renderer)
        found = evaluator.evaluate(programs, [Task(f"disc-{i}", "a disc", "svg") for i in range(2)])
        keep_run(folder, found, evaluator, name="discs", policy="hand", seed=0)
    return folder


@pytest.fixture
def drawn(discs, tmp_path):
    return Path(shutil.copytree(discs, tmp_path / "drawn"))


def test_old_evidence_gets_new_scores_and_nothing_is_rendered(run, tmp_path, monkeypatch):
    monkeypatch.setattr(Renderer, "render", lambda *_: 1 / 0)
    done = codepaint("rescore", run, "--reward", "coverage", "--out", tmp_path / "new")
    assert done.exit_code == 0, done.output
    assert "1 of 7" in done.stdout
    assert "gated(coverage, gate=renders)" in done.stdout
    old, new = load_run(run), load_run(tmp_path / "new")
    assert new.meta.reward["spec"] == {"name": "coverage"}
    assert (new.meta.policy, new.meta.renderer) == (old.meta.policy, old.meta.renderer)
    assert new.scores == rewards.make("coverage")(old.samples)
    assert new.scores[6].value is None  # its machine failed, whoever scores
    assert [each.pixels_sha256 for each in new.evaluated] == [each.pixels_sha256 for each in old.evaluated]
    assert "<html" in (tmp_path / "new/report.html").read_text()


def test_the_figures_tell_mean_spread_order_and_movers(run, tmp_path, monkeypatch):
    (tmp_path / "letters.py").write_text(LETTERS)
    monkeypatch.chdir(tmp_path)
    done = codepaint("rescore", run, "--reward", "letters:ink", "--json")
    assert done.exit_code == 0, done.output
    told = json.loads(done.stdout)
    assert told["old"]["mean"] == pytest.approx(np.mean([0, 0.1, 0.2, 0.3, 0.4, 0]))
    assert (told["new"]["valued"], told["new"]["without"]) == (6, pytest.approx(1 / 7))
    assert told["spearman"]["value"] < 1
    ups = [move["climbed"] for move in told["up"]]
    assert ups == sorted(ups, reverse=True)
    assert min(ups) > 0 > max(move["climbed"] for move in told["down"])


def test_a_missing_stage_is_named_with_a_command_that_records_it(drawn, tmp_path, monkeypatch):
    (tmp_path / "letters.py").write_text(LETTERS)
    monkeypatch.chdir(tmp_path)
    line = refused("rescore", drawn, "--reward", "letters:wordless")
    assert "the stage 'text', which 2 of 2 samples" in line
    command = shlex.split(line.partition("Record it: ")[2])
    assert command[0] == "codepaint"
    done = codepaint(*command[1:])
    assert done.exit_code == 0, done.output
    new = load_run(command[command.index("--out") + 1])
    assert [score.value for score in new.scores] == [1.0, 1.0]
    assert all("text" in sample.rendering.evidence for sample in new.samples)


def test_a_program_that_paints_something_else_now_is_not_recorded_again(drawn):
    records = (drawn / "records.jsonl").read_text()
    (drawn / "records.jsonl").write_text(records.replace('r=\\"25\\"', 'r=\\"24\\"'))
    with pytest.raises(SpecError, match=r"Sample 1 of .* does not come out as it was recorded: picture"):
        recorded_again(load_run(drawn), canvases.get("svg"), frozenset())


class Rivals:
    """Shares out 1 among the samples of a group, so that it must see all of them at once."""

    name, needs, version = "rivals", frozenset({"group"}), "1"
    traits = Traits(scope="group", max_calls=lambda size, _: size)

    def __init__(self):
        self.seen = []

    def __call__(self, samples):
        self.seen.append([sample.group for sample in samples])
        return [Score(1 / self.seen[-1].count(sample.group)) for sample in samples]


def test_groups_stay_whole(tmp_path):
    # 3 groups of 20, interleaved: no two of them fit into one batch.
    samples = [evaluated(i) for i in range(60)]
    samples = [
        replace(each, sample=replace(each.sample, group=f"g{i % 3}")) for i, each in enumerate(samples)
    ]
    run, reward = load_run(written(tmp_path / "run", *samples)), Rivals()
    assert {each.score.value for each in rescored(run, reward)} == {1 / 20}
    assert len(reward.seen) == 3
    assert calls_of(run, reward) == 60


def test_wrong_input_is_told_with_the_way_out(run, tmp_path):
    assert "There is no run in" in refused("rescore", tmp_path / "nowhere", "--reward", "coverage")
    assert "Did you mean 'coverage'" in refused("rescore", run, "--reward", "coverag")
    assert "--step N" in refused("rescore", run, "--reward", "ramp(0, 1, steps=9)*coverage + 0.1*renders")
    assert "is not empty" in refused("rescore", run, "--reward", "coverage", "--out", run)
    assert "--out FOLDER" in refused("rescore", run, "--reward", "coverage", "--record")
    assert "takes the canvas 'html'" in refused("rescore", run, "--reward", "interactive")
    assert "holds no sample" in refused("rescore", written(tmp_path / "empty"), "--reward", "coverage")
