"""TRL's real `GRPOTrainer` trains a tiny random model on sketches that the engine really paints."""

from __future__ import annotations

import itertools
import json
import math
import pickle

import pytest

pytest.importorskip("trl")

from sketch_policy import MIX, SKETCHES, logged, sketch_tokenizer, trainer_of
from tokenizers import Tokenizer, decoders, models, pre_tokenizers
from transformers import PreTrainedTokenizerFast
from trl.chat_template_utils import qwen2_5_chat_template

from codepaint_env.canvases.html.canvas import HTML
from codepaint_env.canvases.p5brush.canvas import P5Brush
from codepaint_env.render.renderer import Renderer
from codepaint_env.trainers.trl import EnvironmentFactory, dataset, reward_funcs
from rewards import Rendering
from rewards.preflight import NoSpread


@pytest.fixture(scope="module")
def tokenizer():
    return sketch_tokenizer()


@pytest.fixture(scope="module")
def caller():
    """A tokenizer of bytes in which a whole call of the tool is one token."""
    letters = sorted(pre_tokenizers.ByteLevel.alphabet())
    plain = Tokenizer(models.BPE({letter: i for i, letter in enumerate(letters)}, merges=[]))
    plain.pre_tokenizer, plain.decoder = (
        pre_tokenizers.ByteLevel(add_prefix_space=False),
        decoders.ByteLevel(),
    )
    made = PreTrainedTokenizerFast(tokenizer_object=plain, pad_token="<|pad|>", eos_token="<|im_end|>")
    made.add_tokens([call(each) for each in SKETCHES])
    made.chat_template = qwen2_5_chat_template
    return made


def call(program):
    told = json.dumps({"name": "paint", "arguments": {"program": program}})
    return f"<tool_call>\n{told}\n</tool_call>"


def calling(tokenizer):
    """Returns options under which a random model calls the tool or ends, and says nothing else."""
    said = {tokenizer.eos_token_id, *(tokenizer.convert_tokens_to_ids(call(each)) for each in SKETCHES[2:4])}
    silent = [token for token in range(len(tokenizer)) if token not in said]
    return {
        "generation_kwargs": {"suppress_tokens": silent},
        "max_completion_length": 400,
        "max_steps": 1,
        "max_tool_calling_iterations": 2,
    }


@pytest.fixture(scope="module")
def renderer():
    renderer = Renderer(P5Brush(), disk_cache=False)
    yield renderer
    renderer.close()


class Breaking:
    """The engine, but that the machine breaks at every second program."""

    def __init__(self, renderer):
        self.renderer, self.count = renderer, itertools.count()

    def render(self, jobs):
        broken = Rendering("machine_error", "engine", "the worker died")
        return [broken if next(self.count) % 2 else drawn for drawn in self.renderer.render(jobs)]


@pytest.mark.parametrize("asynchronous", [False, True])
def test_a_model_trains_on_real_renders(tokenizer, renderer, tmp_path, asynchronous):
    pictures = tmp_path / "pictures"
    functions = reward_funcs(MIX, asynchronous=asynchronous, renderer=renderer, pictures=pictures)
    trainer = trainer_of(functions, tokenizer, tmp_path, max_steps=3)
    lines = logged(trainer)
    assert len(lines) == 3
    for line in lines:
        assert line["reward"] == pytest.approx(line["rewards/renders/mean"] + line["rewards/coverage/mean"])
        assert line["reward"] == pytest.approx(line["codepaint/reward"])
        assert 0 < line["codepaint/valid_rate"] <= 1
        assert line["codepaint/quality_given_valid"] >= line["codepaint/reward"]
        assert line["codepaint/spread/coverage"] > 0
        assert line["codepaint/masked"] == 0
    table = trainer._logs["extra"]
    assert set(table) == {"codepaint/task", "codepaint/status", "codepaint/picture"}
    assert {len(column) for column in table.values()} == {8}
    assert {path for path in table["codepaint/picture"] if path} <= {str(path) for path in pictures.iterdir()}


def test_a_reward_that_moves_is_that_of_the_trainers_own_step(tokenizer, renderer, tmp_path):
    functions = reward_funcs("0.5*renders + ramp(0, 0.8, steps=2)*coverage", renderer=renderer)
    lines = logged(trainer_of(functions, tokenizer, tmp_path, max_steps=4))
    assert [line["codepaint/weight/coverage"] for line in lines] == pytest.approx([0, 0.4, 0.8, 0.8])
    for line in lines:
        due = (
            0.5 * line["codepaint/mean/renders"],
            line["codepaint/weight/coverage"] * line["codepaint/mean/coverage"],
        )
        assert (line["rewards/renders/mean"], line["rewards/coverage/mean"]) == pytest.approx(due, abs=1e-6)
        assert line["reward"] == pytest.approx(sum(due), abs=1e-6)


def page(buttons, live):
    """Returns a page in one line with so many buttons, the first of which count."""
    act = "onclick=\"this.textContent = 'Chosen ' + this.dataset.of\""
    told = "".join(
        f"<button data-of={n} {act if n < live else ''}>Choose {n}</button><p>Row {n}</p>"
        for n in range(buttons)
    )
    return f"<!DOCTYPE html><html lang=en><head><title>Choices</title></head><body><h1>Choices</h1>{told}</body></html>"


def test_a_model_trains_on_pages_that_are_tried_out(tmp_path):
    pages = [page(3, live) for live in range(4)]
    renderer = Renderer(HTML(), disk_cache=False)
    functions = reward_funcs(
        "gated(interactive, gate=execution)", canvas="html", renderer=renderer, probe=False
    )
    trainer = trainer_of(
        functions,
        sketch_tokenizer((*pages, "nothing")),
        tmp_path,
        canvas="html",
        tasks=["a list of choices", "a menu"],
    )
    try:
        lines = logged(trainer)
    finally:
        renderer.close()
    assert len(lines) == 2
    for line in lines:
        assert line["reward"] == pytest.approx(line["codepaint/reward"])
        assert 0 < line["codepaint/valid_rate"] <= 1
        assert line["codepaint/masked"] == 0
        assert line["codepaint/spread"] > 0


def test_raw_members_with_weights_train_under_normalising_first(tokenizer, renderer, tmp_path):
    functions = reward_funcs(MIX, weighted=False, renderer=renderer)
    first = {"reward_weights": functions.weights, "multi_objective_aggregation": "normalize_then_sum"}
    for line in logged(trainer_of(functions, tokenizer, tmp_path, **first)):
        mix = 0.3 * line["rewards/renders/mean"] + 0.7 * line["rewards/coverage/mean"]
        assert line["reward"] == pytest.approx(mix)


def test_a_failed_sample_moves_nothing(tokenizer, renderer, tmp_path):
    functions = reward_funcs(MIX, renderer=Breaking(renderer), probe=False)
    trainer = trainer_of(functions, tokenizer, tmp_path, max_steps=1)
    logged(trainer)
    table = trainer._logs
    failed = [status == "machine_error" for status in table["extra"]["codepaint/status"]]
    assert 0 < sum(failed) < len(failed)
    for name in ("renders", "coverage"):
        assert [math.isnan(value) for value in table["rewards"][name]] == failed
    moved = [advantage != 0 for advantage in table["advantages"]]
    assert any(moved)
    assert not any(moves and bad for moves, bad in zip(moved, failed, strict=True))


def test_a_policy_that_paints_nothing_is_not_trained(tokenizer, renderer, tmp_path):
    banned = [[tokenizer.convert_tokens_to_ids(each)] for each in SKETCHES]
    functions = reward_funcs("coverage", renderer=renderer)
    words = {"bad_words_ids": banned}
    trainer = trainer_of(functions, tokenizer, tmp_path, generation_kwargs=words, max_steps=8)  # 64 samples
    with pytest.raises(NoSpread, match="8 probes of which 0 painted"):
        trainer.train()


def test_rollouts_paint_through_the_tool_and_score_themselves(caller, renderer, tmp_path):
    factory = EnvironmentFactory(reward="coverage", renderer=renderer, images=False, max_turns=2)
    trainer = trainer_of(None, caller, tmp_path, environment_factory=factory, **calling(caller))
    [line] = logged(trainer)
    assert line["tools/call_frequency"] > 0
    assert line["tools/failure_frequency"] == 0
    assert line["reward"] == line["rewards/RewardedPaintEnvironment/mean"] > 0
    rollouts = trainer._logs["completion"]
    said = [message["content"] for rollout in rollouts for message in rollout if message["role"] == "tool"]
    assert {text.split("\n")[0] for text in said} <= {"ok", "All 2 turns are used. The last painting counts."}


def test_a_rollout_whose_tool_raised_is_none_in_every_function(caller, renderer, tmp_path):
    factory = EnvironmentFactory(renderer=Breaking(renderer), images=False)
    functions = reward_funcs(MIX, renderer=renderer, probe=False)
    trainer = trainer_of(functions, caller, tmp_path, environment_factory=factory, **calling(caller))
    [line] = logged(trainer)
    assert line["tools/failure_frequency"] > 0
    broken = [environment.broken is not None for environment in trainer.environments]
    assert 0 < sum(broken) < len(broken)
    for name in ("renders", "coverage"):
        assert [math.isnan(value) for value in trainer._logs["rewards"][name]] == broken


def test_the_dataset_has_messages_and_task_ids():
    flowers = dataset("flowers")
    assert (len(flowers), flowers.column_names) == (64, ["prompt", "task_id"])
    assert [message["role"] for message in flowers[0]["prompt"]] == ["system", "user"]


def test_functions_pickle_as_the_asynchronous_trainer_pickles_them():
    copies = pickle.loads(pickle.dumps({"reward_funcs": reward_funcs(MIX, asynchronous=True)}))[
        "reward_funcs"
    ]
    assert [function.__name__ for function in copies] == ["renders", "coverage"]
