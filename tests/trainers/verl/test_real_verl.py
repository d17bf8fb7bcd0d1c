"""verl's own reward loop over the fixture, in an environment of its own; `make test-trainers` runs it.

`RewardLoopWorker` is what verl runs in each of `reward.num_workers` Ray actors; here it runs without Ray.
"""

import asyncio
import concurrent.futures
import inspect
import re
import sys
import time
from types import SimpleNamespace

import hydra
import numpy as np
import pytest
import torch
from omegaconf import OmegaConf, open_dict
from tensordict import TensorDict
from tokenizers import Tokenizer, decoders, models, pre_tokenizers
from transformers import PreTrainedTokenizerFast
from verl import DataProto
from verl.experimental.reward_loop.reward_loop import RewardLoopWorker
from verl.experimental.reward_loop.reward_manager.naive import NaiveRewardManager
from verl.trainer.ppo.reward import get_custom_reward_fn, load_reward_manager
from verl.trainer.ppo.v1 import agent_loop_tq, replay_buffer
from verl.utils.dataset.rl_dataset import RLHFDataset
from verl.workers.reward_manager.batch import BatchRewardManager
from verl.workers.rollout import llm_server

from codepaint_env.trainers.verl import GroupRewardManager, compute_score, compute_scores
from judge_server import JudgeServer
from live_processes import VICTIMS
from markdown_pages import Page
from places import BENCHMARKS
from rewards import SpecError

sys.path.insert(0, str(BENCHMARKS))

from trainer_parts.completions import CASES, SPEC
from trainer_parts.faces import gym_make, verl_rows
from trainers import cell, disagreements

RENDERER = {"disk_cache": False, "workers": 1}


@pytest.fixture(scope="module")
def tokenizer(tmp_path_factory):
    """A folder with a tokenizer of bytes, through which every text comes back as it was."""
    letters = sorted(pre_tokenizers.ByteLevel.alphabet())
    plain = Tokenizer(models.BPE({letter: i for i, letter in enumerate(letters)}, merges=[]))
    plain.pre_tokenizer, plain.decoder = (
        pre_tokenizers.ByteLevel(add_prefix_space=False),
        decoders.ByteLevel(),
    )
    made = PreTrainedTokenizerFast(tokenizer_object=plain, pad_token="<|pad|>", eos_token="<|im_end|>")
    made.chat_template = "{% for m in messages %}{{ m['role'] }}: {{ m['content'] }}\n{% endfor %}"
    folder = tmp_path_factory.mktemp("tokenizer")
    made.save_pretrained(folder)
    return folder


class Loop:
    """A reward loop worker on an event loop, as an actor of Ray has one."""

    def __init__(self, tokenizer, group_size=None, **reward_kwargs):
        name, manager = "compute_score", {"source": "register", "name": "naive"}
        if group_size is not None:
            module = {"path": "pkg://codepaint_env.trainers.verl"}
            name = "compute_scores"
            manager = {"source": "importlib", "name": "GroupRewardManager", "module": module}
        config = OmegaConf.create(
            {
                "actor_rollout_ref": {
                    "model": {"tokenizer_path": str(tokenizer), "path": str(tokenizer)},
                    "rollout": {"n": group_size, "val_kwargs": {"n": group_size}},
                },
                "reward": {
                    "num_workers": 1,
                    "custom_reward_function": {
                        "path": "pkg://codepaint_env.trainers.verl",
                        "name": name,
                        "reward_kwargs": {"renderer": RENDERER} | reward_kwargs,
                    },
                    "reward_manager": manager,
                    "reward_model": {"enable": False},
                },
            }
        )
        self.loop = asyncio.new_event_loop()
        asyncio.set_event_loop(self.loop)
        self.worker = RewardLoopWorker(config)
        kind = NaiveRewardManager if group_size is None else GroupRewardManager
        assert type(self.worker.reward_manager) is kind
        assert group_size or self.worker.reward_manager.is_async_reward_score

    def protos(self, rows, texts, extra=None):
        """Returns each response as `AgentLoopWorker._compute_score` puts it together; `extra` is what generated it says."""
        for row, text in zip(rows, texts, strict=True):
            prompt = torch.tensor([1, 2, 3])
            response = torch.tensor(self.worker.input_tokenizer(text)["input_ids"], dtype=torch.int64)
            ids = torch.cat([prompt, response])
            tensors = {
                "prompts": prompt[None],
                "responses": response[None],
                "attention_mask": torch.ones_like(ids)[None],
                "input_ids": ids[None],
            }
            told = {name: np.array([value], dtype=object) for name, value in row.items()}
            yield DataProto(
                batch=TensorDict(tensors, batch_size=1),
                non_tensor_batch=told
                | {
                    "__num_turns__": np.array([2]),
                    "tool_extra_fields": np.array([extra or {}], dtype=object),
                },
            )

    def results(self, cases):
        """Asks about all at once; what fails is left out, as the default trainer does by `_settle_session_tasks`."""

        async def settled():
            protos = self.protos(verl_rows(cases), [case.text for case in cases])
            return await asyncio.gather(*map(self.worker.compute_score, protos), return_exceptions=True)

        return self.loop.run_until_complete(settled())


def seen(results):
    return [
        f"raises {type(each).__name__}" if isinstance(each, Exception) else each["reward_score"]
        for each in results
    ]


def test_its_reward_loop_gives_the_fixture_the_scores_of_gym_make(tokenizer):
    results = Loop(tokenizer, reward=SPEC).results(CASES)
    columns = {"gym.make": gym_make(CASES, RENDERER), "verl": seen(results)}
    assert disagreements(CASES, columns) == []
    assert cell(columns["verl"][-1]) == "raises MachineError"


@pytest.mark.parametrize("extra", [None, {"global_steps": None, "min_global_steps": None}])
def test_a_reward_that_moves_takes_the_step_of_the_weights_that_wrote(tokenizer, extra):
    loop = Loop(tokenizer, reward="0.5*renders + ramp(0, 0.5, steps=10)*renders")
    good = CASES[0]

    def asked(extra):
        [proto] = loop.protos(verl_rows([good]), [good.text], extra)
        return loop.loop.run_until_complete(loop.worker.compute_score(proto))["reward_score"]

    # What verl's client of a rollout server writes beside the response.
    assert [asked({"min_global_steps": n, "max_global_steps": n + 3}) for n in (0, 4, 99)] == pytest.approx(
        [0.5, 0.7, 1.0]
    )
    with pytest.raises(SpecError, match=r"extra_info\['min_global_steps'\]"):
        asked(extra)
    assert "min_global_steps" in inspect.getsource(llm_server)


class Store:
    """What TransferQueue keeps for the default trainer, in this process."""

    def __init__(self, prompt):
        self.tags = {prompt: {"is_prompt": True, "status": "pending", "global_steps": 1}}

    async def async_kv_put(self, *, key, partition_id, tag):
        self.tags.setdefault(key, {}).update(tag)

    def kv_list(self):
        return {"train": self.tags}

    def kv_clear(self, *, partition_id, keys):
        self.tags = {key: tag for key, tag in self.tags.items() if key not in keys}


@pytest.mark.parametrize(("places", "kept"), [((2, 23, 8), ["uid_0_0", "uid_2_0"]), ((23, 23, 23), None)])
def test_its_default_trainer_leaves_out_the_response_whose_machine_failed_and_no_other(
    tokenizer, monkeypatch, places, kept
):
    store, loop = Store("uid"), Loop(tokenizer, reward=SPEC)
    for module in (agent_loop_tq, replay_buffer):
        monkeypatch.setattr(module, "tq", store)

    class Rollout:
        config = SimpleNamespace(actor_rollout_ref=SimpleNamespace(rollout=SimpleNamespace(n=len(places))))

        async def _run_agent_loop(self, sampling_params, *, session_id, **_):
            case = CASES[places[session_id]]
            [proto] = loop.protos(verl_rows([case]), [case.text])
            await loop.worker.compute_score(proto)
            tag = {"status": "success", "global_steps": 1}
            await store.async_kv_put(key=f"uid_{session_id}_0", partition_id="train", tag=tag)

    run = agent_loop_tq.AgentLoopWorkerTQ.__ray_metadata__.modified_class._run_prompt
    loop.loop.run_until_complete(run(Rollout(), {"uid": "uid"}, {}, {"validate": False}))
    buffer = replay_buffer.ReplayBuffer("sync", None, None, "drop", None)
    if kept is None:
        with pytest.raises(RuntimeError, match="no materializable trajectories"):
            buffer.sample(1, "train", 1)
    else:
        batch, _ = buffer.sample(1, "train", 1)
        assert sorted(batch.keys) == kept


def test_its_batches_take_the_keys_of_every_answer(tokenizer):
    loop = Loop(tokenizer, reward=SPEC, on_machine_error="floor")
    whole = DataProto.concat(list(loop.protos(verl_rows(CASES[:1]) * 2, [CASES[0].text] * 2)))
    outputs = loop.loop.run_until_complete(loop.worker.compute_score_batch(whole))
    outputs += loop.results(CASES)
    infos = [output["reward_extra_info"] for output in outputs]
    for key in infos[0]:  # as RewardLoopManager.compute_rm_score does
        assert np.array([info[key] for info in infos]).dtype == np.float64
    assert infos[-1]["valid"] == 0.0
    scores = [output["reward_score"] for output in outputs[:2]]
    tensor = NaiveRewardManager.assemble_rm_scores(whole, scores)
    assert tensor.sum(-1).tolist() == pytest.approx(scores)


def test_the_configuration_for_groups_of_the_page_is_one_that_it_takes(tokenizer):
    _, told = Page("docs/verl.md").blocks("yaml")
    with hydra.initialize_config_module("verl.trainer.config", version_base=None):
        config = hydra.compose("ppo_trainer")
    config.actor_rollout_ref.rollout.n = config.actor_rollout_ref.rollout.val_kwargs.n = 8
    config.data.train_batch_size = 64
    with open_dict(config.reward):
        whole = OmegaConf.merge(config, OmegaConf.create(told))
    made = load_reward_manager(whole, None)
    assert isinstance(made, GroupRewardManager)
    assert made.size == 8
    whole.reward.num_workers = 4
    with pytest.raises(SpecError, match=r"reward\.num_workers is 4"):
        load_reward_manager(whole, None)


def test_the_configuration_of_the_page_is_one_that_it_takes():
    told, _ = Page("docs/verl.md").blocks("yaml")
    with hydra.initialize_config_module("verl.trainer.config", version_base=None):
        config = hydra.compose("ppo_trainer")
    with open_dict(config.reward.custom_reward_function):  # as `+` on the command line
        whole = OmegaConf.merge(config, OmegaConf.create(told))
    scores = get_custom_reward_fn(whole)
    assert isinstance(scores.args[0], type(compute_score))
    assert scores.args[0] is compute_score
    bound = inspect.signature(compute_score).bind("", "", "", {}, **scores.args[1])
    assert bound.arguments["reward"] == "0.3*renders + 0.7*coverage"
    for setting in re.findall(r"`((?:trainer|data)\.[\w.]+)", Page("docs/verl.md").text):
        assert OmegaConf.select(config, setting, default="absent") != "absent", setting


def test_its_data_set_reads_exported_rows_and_they_reach_the_function(tokenizer, tmp_path):
    from transformers import AutoTokenizer

    from codepaint_env.trainers.verl import rows
    from rewards.json_lines import encode_line

    target = tmp_path / "flowers.jsonl"
    target.write_bytes(b"".join(map(encode_line, rows("flowers"))))
    config = OmegaConf.create(
        {"prompt_key": "prompt", "max_prompt_length": 100_000, "cache_dir": str(tmp_path)}
    )
    data = RLHFDataset([str(target)], AutoTokenizer.from_pretrained(tokenizer), config)
    assert len(data) == 64
    row = {name: data[0][name] for name in ("data_source", "reward_model", "extra_info")}
    loop = Loop(tokenizer, reward="coverage")
    [proto] = loop.protos([row], [CASES[0].text])
    assert loop.loop.run_until_complete(loop.worker.compute_score(proto))["reward_score"] > 0


def test_a_worker_that_is_killed_in_the_middle_changes_no_score(tokenizer):
    options = {"disk_cache": False, "workers": 1, "cache": 0}
    others = VICTIMS["engine worker"]()
    loop = Loop(tokenizer, reward=SPEC, renderer=options)
    calm = seen(loop.results(CASES))
    drawing = next(process for process in VICTIMS["engine worker"]() if process not in others)
    drawing.suspend()  # so that it is surely in the middle of something
    with concurrent.futures.ThreadPoolExecutor(1) as threads:
        batch = threads.submit(lambda: seen(loop.results(CASES)))
        time.sleep(1)
        assert not batch.done()
        drawing.kill()
        assert batch.result(120) == calm


def test_a_judge_that_is_killed_in_the_middle_and_comes_back_changes_no_score(tokenizer, account):
    server = JudgeServer(delay_s=0.3).start()
    account(server.url)
    judged = {"name": "pairwise", "k": 2, "text": "keep", "judge": {"model": "m", "cache": False}}
    loop = Loop(tokenizer, reward=judged)
    good = [case for case in CASES if case.kind == "good"]
    calm = seen(loop.results(good))
    asked = server.calls
    with concurrent.futures.ThreadPoolExecutor(1) as threads:
        batch = threads.submit(lambda: seen(loop.results(good)))
        while server.calls < asked + 4:
            time.sleep(0.01)
        server.stop()
        time.sleep(1)
        again = JudgeServer(port=int(server.url.split(":")[2].split("/")[0])).start()
        try:
            assert batch.result(120) == calm
            assert again.calls > 0
        finally:
            again.stop()
    assert all(isinstance(score, float) for score in calm)
    assert len(set(calm)) > 4


def winrate_at(server, account):
    account(server.url)
    judge = {"model": "m", "base_url": server.url, "cache": False}  # one process shares a reward of one spec
    return {"name": "winrate", "text": "keep", "size_px": 64, "judge": judge}


def test_its_reward_loop_holds_responses_until_their_group_is_whole(tokenizer, account):
    good = [case for case in CASES if case.kind == "good"][:3]
    row = verl_rows(good[:1])[0]
    with JudgeServer() as server:
        loop = Loop(tokenizer, 4, reward=winrate_at(server, account))

        async def settled():
            texts = [*(case.text for case in good), "```js\n"]
            sent = [row | {"uid": uid} for uid in ("u1", "u2") for _ in texts]
            protos = loop.protos(sent, texts * 2)
            return await asyncio.gather(*map(loop.worker.compute_score, protos))

        told = loop.loop.run_until_complete(settled())
    scores = [each["reward_score"] for each in told]
    assert scores[:4] == scores[4:]
    assert sum(scores[:3]) == pytest.approx(2.0)
    assert scores[3] == 0.0
    assert told[0]["reward_extra_info"]["part/games"] == 2.0
    whole = DataProto.concat(list(loop.protos([row | {"uid": "u1"}] * 2, [good[0].text] * 2)))
    tensor = GroupRewardManager.assemble_rm_scores(whole, scores[:2])
    assert tensor.sum(-1).tolist() == pytest.approx(scores[:2])


def test_its_class_for_batches_has_whole_groups_scored_together(tokenizer, account):
    good = [case for case in CASES if case.kind == "good"][:3]
    row = verl_rows(good[:1])[0]
    loop = Loop(tokenizer, reward=SPEC)
    whole = DataProto.concat(list(loop.protos([row] * 3, [case.text.ljust(4000) for case in good])))
    with JudgeServer() as server:
        manager = BatchRewardManager(
            loop.worker.input_tokenizer,
            0,
            compute_scores,
            reward=winrate_at(server, account),
            renderer=RENDERER,
            group_size=3,
        )
        told = manager(whole, return_dict=True)
    assert told["reward_tensor"].sum().item() == pytest.approx(1.5)
    assert told["reward_extra_info"]["part/games"] == [2.0] * 3
    assert set(told["reward_extra_info"]["valid"]) == {1.0}
