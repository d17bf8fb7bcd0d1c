"""While TRL's real trainer trains, fixed prompts are painted, and the training stays what it would have been."""

from __future__ import annotations

import re

import pytest

pytest.importorskip("trl")

import torch
from sketch_policy import MIX, TASKS, logged, sketch_tokenizer, trainer_of

from codepaint_env.canvases.p5brush.canvas import P5Brush
from codepaint_env.evaluate import Evaluator
from codepaint_env.render.renderer import Renderer
from codepaint_env.runs.curves import read_curves
from codepaint_env.runs.run import load_run
from codepaint_env.trainers.trl import progression_callback, reward_funcs
from rewards import make


@pytest.fixture(scope="module")
def tokenizer():
    return sketch_tokenizer()


@pytest.fixture(scope="module")
def renderer():
    renderer = Renderer(P5Brush(), disk_cache=False)
    yield renderer
    renderer.close()


def progress_of(folder, renderer, **options):
    evaluator = Evaluator(P5Brush(), make(MIX), renderer)
    told = {"every": 2, "batch_size": 3, "title": "flowers", "system_prompt": "You paint."}
    return progression_callback(folder, TASKS, evaluator, **told | options)


def test_fixed_prompts_are_painted_while_a_model_trains_and_a_resumed_training_goes_on(
    tokenizer, renderer, tmp_path, caplog
):
    folder = tmp_path / "progress"

    def train(max_steps, **resumed):
        functions = reward_funcs(MIX, renderer=renderer)
        saves = {"save_strategy": "steps", "save_steps": 2}
        trainer = trainer_of(functions, tokenizer, tmp_path / "trained", max_steps=max_steps, **saves)
        trainer.add_callback(progress_of(folder, renderer))
        trainer.train(**resumed)
        return trainer

    def drawn():
        html = (folder / "progression.html").read_text(encoding="utf-8")
        return [int(step) for step in re.findall(r'data-step="(\d+)"', html)]

    def times():
        return {path.parent.name: path.stat().st_mtime_ns for path in folder.glob("step-*/records.jsonl")}

    trainer = train(3)
    assert trainer.model.training
    assert drawn() == [0, 2, 3]
    run = load_run(folder / "step-000002")
    assert [sample.task.prompt for sample in run.samples] == TASKS
    assert [sample.completion for sample in run.samples] != ["", "", "", ""]
    assert run.meta.reward["name"] == "0.3*renders + 0.7*coverage"
    curves = read_curves(folder / "curves.jsonl")
    assert list(curves) == [1, 2, 3]
    names = {"reward", "valid_rate", "spread", "mean/coverage", "spread/coverage"}
    assert names <= set(curves[3])
    assert curves[3]["reward"] == pytest.approx(trainer.state.log_history[-2]["reward"])

    records = folder / "step-000002" / "records.jsonl"
    whole = records.read_bytes()
    records.write_bytes(whole[: len(whole) // 2])  # killed while it painted
    train(4, resume_from_checkpoint=str(tmp_path / "trained" / "checkpoint-2"))
    assert drawn() == [0, 2, 3, 4]
    assert records.read_bytes() == whole  # the same weights and the same seed
    painted = times()
    train(4, resume_from_checkpoint=str(tmp_path / "trained" / "checkpoint-2"))
    assert times() == painted  # what is whole is not painted again
    assert list(read_curves(folder / "curves.jsonl")) == [1, 2, 3, 4]
    assert [record.message for record in caplog.records if record.name == "codepaint"] == []


def test_a_training_is_the_same_with_and_without_painting(tokenizer, renderer, tmp_path):
    def train(*callbacks):
        functions = reward_funcs(MIX, renderer=renderer)
        trainer = trainer_of(functions, tokenizer, tmp_path / "trained", max_steps=3)
        for callback in callbacks:
            trainer.add_callback(callback)
        rewards = [line["reward"] for line in logged(trainer)]
        return rewards, torch.get_rng_state(), list(trainer.model.parameters())

    plain, painted = train(), train(progress_of(tmp_path / "progress", renderer, every=1))
    assert (tmp_path / "progress" / "step-000003").is_dir()
    assert painted[0] == plain[0]
    assert torch.equal(painted[1], plain[1])
    assert all(map(torch.equal, painted[2], plain[2]))


def test_a_painting_that_fails_is_logged_and_ends_no_training(tokenizer, renderer, tmp_path, caplog):
    (tmp_path / "progress").write_text("a file where the folder should be")
    trainer = trainer_of(reward_funcs(MIX, renderer=renderer), tokenizer, tmp_path, max_steps=2)
    trainer.add_callback(progress_of(tmp_path / "progress", renderer))
    assert len(logged(trainer)) == 2
    told = [record.getMessage() for record in caplog.records if record.name == "codepaint"]
    assert told[0] == "Step 0 was not painted; the training goes on."
    assert any(message.startswith("The numbers of step 1 were not kept") for message in told)
