"""OpenRLHF's own executor, filter and batches over the fixture; `make test-trainers` installs it with `--no-deps`.

What writes is a stand-in that says what the fixture says. Ray and vLLM, which are for GPUs, are empty modules here: the
functions of OpenRLHF that run in these tests call nothing of them but `ray.wait` and `ray.get`.
"""

import asyncio
import concurrent.futures
import importlib
import json
import re
import sys
import time
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from types import SimpleNamespace
from unittest.mock import MagicMock
from urllib.parse import urlsplit

import pytest
from openrlhf.datasets.prompts_dataset import preprocess_data
from openrlhf.trainer.ppo_utils.experience import Experience, make_experience_batch, split_experience_batch
from openrlhf.utils.agent import SingleTurnAgentExecutor
from tokenizers import Tokenizer, decoders, models, pre_tokenizers
from transformers import PreTrainedTokenizerFast

from codepaint_env import canvases
from codepaint_env.serve.painting import Painting
from codepaint_env.serve.scoring import Scoring
from codepaint_env.serve.server import PaintServer
from codepaint_env.trainers.openrlhf import rows
from codepaint_env.web.background import background
from live_processes import VICTIMS
from markdown_pages import Page
from openrlhf_contract import templated
from places import BENCHMARKS

sys.path.insert(0, str(BENCHMARKS))

from trainer_parts.completions import CASES, SPEC, TASKS
from trainer_parts.faces import gym_make
from trainers import disagreements

RENDERER = {"disk_cache": False, "workers": 1}
FILE = """
import sys
sys.path.insert(0, {benchmarks!r})
import codepaint_env.trainers.openrlhf as openrlhf
reward_func = openrlhf.reward_func({spec!r}, renderer={renderer!r}, on_machine_error={way!r})
"""


@contextmanager
def reward_served(port=0):
    """Serves the reward of the fixture, as `codepaint serve --reward` does; yields the address for OpenRLHF."""
    painting = Painting(canvases.get("p5brush"), workers=1, cache=0)
    scoring = Scoring(SPEC, painting.canvas, painting.renderer(painting.first_path))
    server = PaintServer(painting, scoring, port=port)
    with background(server):
        yield f"{server.url}/get_reward"


@pytest.fixture(scope="module")
def tokenizer():
    """Bytes, and the tokens of a chat template."""
    letters = sorted(pre_tokenizers.ByteLevel.alphabet())
    plain = Tokenizer(models.BPE({letter: i for i, letter in enumerate(letters)}, merges=[]))
    plain.pre_tokenizer, plain.decoder = (
        pre_tokenizers.ByteLevel(add_prefix_space=False),
        decoders.ByteLevel(),
    )
    made = PreTrainedTokenizerFast(tokenizer_object=plain, pad_token="<|endoftext|>", eos_token="<|im_end|>")
    made.add_special_tokens({"additional_special_tokens": ["<|im_start|>"]})
    return made


@pytest.fixture
def generator(monkeypatch):
    """A function that makes OpenRLHF's samples generator, to which an engine answers with groups, one a prompt."""
    for absent in (
        *("ray", "ray.util", "ray.util.placement_group", "ray.util.scheduling_strategies"),
        *("vllm", "vllm.inputs", "vllm.utils"),
    ):
        monkeypatch.setitem(sys.modules, absent, MagicMock())
    module = importlib.import_module("openrlhf.trainer.ppo_utils.samples_generator")
    ray = SimpleNamespace(wait=lambda refs, **_: (refs[:1], refs[1:]), get=lambda group: group)
    monkeypatch.setattr(module, "ray", ray)

    def make(groups):
        made = object.__new__(module.SamplesGenerator)
        made.args = SimpleNamespace(algo=SimpleNamespace(dynamic_filtering_range=(-1.0, 2.0)))
        left = iter(groups)
        made._dispatch_prompts_to_vllm = lambda prompts, labels, **_: [next(left) for _ in prompts]
        return made

    return make


@pytest.fixture
def named(tmp_path):
    """Writes a file for `--reward.remote_url`."""

    def write(spec=SPEC, way="raise", renderer=RENDERER):
        target = tmp_path / f"reward_{way}.py"
        target.write_text(FILE.format(benchmarks=str(BENCHMARKS), spec=spec, renderer=renderer, way=way))
        return str(target)

    return write


class Engine:
    """Writes what it is told, as `LLMRayActor.generate` gives it."""

    def __init__(self, tokenizer, text):
        self.tokenizer, self.text = tokenizer, text

    async def generate(self, prompt_token_ids, params, multi_modal_data=None):
        tokens = self.tokenizer(self.text, add_special_tokens=False)["input_ids"] + [
            self.tokenizer.eos_token_id
        ]
        return SimpleNamespace(
            outputs=[SimpleNamespace(token_ids=tokens, finish_reason="stop", logprobs=None)]
        )


def labelled(case):
    """Returns prompt and label of a case, as OpenRLHF's data set reads them from a row."""

    def template(chat, tokenize, add_generation_prompt):
        return templated(chat)

    [row] = rows([case.task])
    row["label"] = json.dumps(json.loads(row["label"]) | {"group": case.group})
    return preprocess_data(row, None, "input", "label", template)


def executed(executor, tokenizer, cases):
    """Lets OpenRLHF's executor write and score all cases at once."""
    params = SimpleNamespace(max_tokens=20_000, logprobs=None)

    async def all_of_them():
        asked = [
            executor.execute(*labelled(case), params, 80_000, tokenizer, Engine(tokenizer, case.text))
            for case in cases
        ]
        return await asyncio.gather(*asked)

    return asyncio.run(all_of_them())


def seen(outputs):
    return ["reward None" if each["reward"] is None else each["reward"] for each in outputs]


def test_its_executor_gives_the_fixture_the_scores_of_gym_make(tokenizer, named):
    outputs = executed(SingleTurnAgentExecutor([named()]), tokenizer, CASES)
    columns = {"gym.make": gym_make(CASES, RENDERER), "OpenRLHF": seen(outputs)}
    assert disagreements(CASES, columns) == []
    assert columns["OpenRLHF"][-1] == "reward None"


def test_its_executor_gives_the_same_scores_over_http(tokenizer):
    with reward_served() as url:
        outputs = executed(SingleTurnAgentExecutor([url]), tokenizer, CASES)
    columns = {"gym.make": gym_make(CASES, RENDERER), "OpenRLHF": seen(outputs)}
    assert disagreements(CASES, columns) == []
    assert columns["OpenRLHF"][-1] == "reward None"


def test_every_flag_of_the_page_is_one_that_it_takes():
    source = Path(find_spec("openrlhf.cli.train_ppo_ray").origin).read_text("utf-8")
    flags = set(
        re.findall(r"(?<![\w-])--((?:data|reward|algo|rollout|ckpt)[\w.]+)", Page("docs/openrlhf.md").text)
    )
    assert len(flags) > 8
    for flag in flags:
        assert f'"--{flag}"' in source, flag


def test_its_filter_replaces_the_group_in_which_a_machine_failed_and_no_other(tokenizer, named, generator):
    whole, failed, bad = CASES[0:2], CASES[-2:], CASES[8:10]
    executor = SingleTurnAgentExecutor([named(way="filter")])
    groups = [executed(executor, tokenizer, cases) for cases in (whole, failed, bad)]
    prompts = iter([(None, [f"prompt {number}"], [""], [None]) for number in range(3)])
    made = generator(groups)
    kept, consumed, _ = made._generate_vllm(prompts, 2, True, max_len=80_000)
    assert consumed == 3  # the third took the place of the second
    assert [each.rewards.item() for each in kept] == pytest.approx(
        [each["reward"] for each in groups[0] + groups[2]]
    )


def test_its_batches_take_rewards_scores_and_logs(tokenizer, named, generator):
    outputs = executed(SingleTurnAgentExecutor([named(way="floor")]), tokenizer, CASES)
    made = generator([outputs])
    prompts = iter([(None, ["prompt"], [""], [None])])
    kept, _, _ = made._generate_vllm(prompts, 1, False, max_len=80_000)
    batch = make_experience_batch([split_experience_batch(each)[0] for each in kept])
    assert batch.rewards.shape == (len(CASES),)
    assert batch.rewards.tolist() == pytest.approx([each["reward"] for each in outputs])
    assert [each.item() for each in batch.info["codepaint/valid"]] == [1.0] * 23 + [0.0]
    assert all(len(batch.info[name]) == len(CASES) for name in outputs[0]["extra_logs"])


def test_it_makes_no_batch_of_a_reward_that_is_none(tokenizer, named, generator):
    outputs = executed(SingleTurnAgentExecutor([named()]), tokenizer, CASES[-2:])
    kept, _, _ = generator([outputs])._generate_vllm(
        iter([(None, ["prompt"], [""], [None])]), 1, False, max_len=80_000
    )
    good, broken = kept
    assert broken.rewards is None
    with pytest.raises(AttributeError):
        Experience.concat_experiences([good, broken], 0)
    # RemoteExperienceMaker then ends the training: it wants a reward model, or turns None to another type.
    assert Experience.concat_experiences([broken, good], 0).rewards is None


def test_a_worker_that_is_killed_in_the_middle_changes_no_reward(tokenizer, named):
    others = VICTIMS["engine worker"]()
    executor = SingleTurnAgentExecutor([named(renderer=RENDERER | {"cache": 0})])
    calm = seen(executed(executor, tokenizer, CASES))
    drawing = next(process for process in VICTIMS["engine worker"]() if process not in others)
    drawing.suspend()  # so that it is surely in the middle of something
    with concurrent.futures.ThreadPoolExecutor(1) as threads:
        batch = threads.submit(lambda: seen(executed(executor, tokenizer, CASES)))
        time.sleep(1)
        assert not batch.done()
        drawing.kill()
        assert batch.result(120) == calm


def test_a_reward_server_that_is_killed_and_comes_back_changes_no_reward(tokenizer):
    good = [case for case in CASES if case.task == TASKS[0] and case.kind != "machine"]
    with reward_served() as url:
        executor = SingleTurnAgentExecutor([url])
        calm = seen(executed(executor, tokenizer, good))
    with concurrent.futures.ThreadPoolExecutor(1) as threads:
        batch = threads.submit(lambda: seen(executed(executor, tokenizer, good)))
        time.sleep(1.5)
        assert not batch.done()
        with reward_served(urlsplit(url).port):
            assert batch.result(120) == calm
