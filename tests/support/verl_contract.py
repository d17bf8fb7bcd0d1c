"""What verl does to a custom reward function, as its source has it (0.9.1, `experimental/reward_loop`).

`score_batch` is what its class `workers/reward_manager/batch.py` does, which its own trainers of 0.7.1 to 0.9.1 do not load.
"""

import asyncio
from functools import partial
from types import SimpleNamespace

import numpy as np


async def run_single(compute_score, row, response, reward_kwargs=None):
    """Scores one response as `NaiveRewardManager.run_single` and `_call_with_kwargs_async` do."""
    extra_info = row.get("extra_info", {})
    extra_info["num_turns"] = 2
    extra_info["rollout_reward_scores"] = {}
    told = {
        "data_source": row["data_source"],
        "solution_str": response,
        "ground_truth": row["reward_model"]["ground_truth"],
        "extra_info": extra_info,
    }
    result = await compute_score(**(told | (reward_kwargs or {})))
    score = result["score"] if isinstance(result, dict) else result
    return {"reward_score": score, "reward_extra_info": dict(result)}


async def settled(compute_score, rows, responses, reward_kwargs=None):
    """Scores responses as the default trainer does: what fails is left out, and the others wait for nothing."""
    tasks = [
        asyncio.ensure_future(run_single(compute_score, row, response, reward_kwargs))
        for row, response in zip(rows, responses, strict=True)
    ]
    return await asyncio.gather(*tasks, return_exceptions=True)


def columns(results):
    """Puts what came of a batch into columns by the keys of the first, as `AgentLoopWorker._postprocess` does."""
    infos = [result["reward_extra_info"] for result in results]
    return {key: [info[key] for info in infos] for key in infos[0]}


def score_batch(compute_scores, rows, responses, reward_kwargs=None):
    """Scores a batch as `BatchRewardManager.verify` and `__call__` do; returns rewards, and columns of the rest."""
    extras = np.array([row["extra_info"] for row in rows], dtype=object)
    for extra in extras:
        extra["rollout_reward_scores"] = {}
    scores = compute_scores(
        data_sources=np.array([row["data_source"] for row in rows], dtype=object),
        solution_strs=responses,
        ground_truths=[row["reward_model"]["ground_truth"] for row in rows],
        extra_infos=extras,
        **(reward_kwargs or {}),
    )
    rewards, extra_info = [], {}
    for i in range(len(rows)):
        rewards.append(scores[i]["score"])
        for key, value in scores[i].items():
            extra_info.setdefault(key, []).append(value)
    return rewards, extra_info


class Config(dict):
    """OmegaConf's mapping, as far as it is used: items are attributes too."""

    __getattr__ = dict.__getitem__

    def get(self, name, default=None):
        return dict.get(self, name, default)


def config(n=4, **told):
    """Returns the settings that a reward manager reads; others by their dotted names, with `__` for the dot."""
    made = {
        "actor_rollout_ref.rollout.n": n,
        "actor_rollout_ref.rollout.val_kwargs.n": n,
        "reward.num_workers": 1,
    }
    made |= {"trainer.test_freq": -1, "trainer.val_before_train": True, "data.train_batch_size": 64}
    whole = Config()
    for name, value in (made | {name.replace("__", "."): value for name, value in told.items()}).items():
        *path, last = name.split(".")
        place = whole
        for part in path:
            place = place.setdefault(part, Config())
        place[last] = value
    return whole


class Tokenizer:
    """Decodes lists of code points."""

    def decode(self, ids, skip_special_tokens=True):
        return "".join(map(chr, ids))


class Proto(list):
    """A `DataProto` of one response: the prompt is padded on the left, the response on the right."""

    def __getitem__(self, index):
        return Proto(super().__getitem__(index)) if isinstance(index, slice) else super().__getitem__(index)


def proto(row, response, **told):
    """Returns a response as `AgentLoopWorker._compute_score` hands it on."""
    ids = np.array([*map(ord, response), 0, 0])
    mask = np.array([0, 1, *[1] * len(response), 0, 0])
    batch = {"responses": ids, "attention_mask": mask}
    return Proto([SimpleNamespace(batch=batch, non_tensor_batch=row | {"uid": "u"} | told)])


def manager(kind, compute_scores, settings, reward_kwargs):
    """Makes a reward manager as `load_reward_manager` and `get_custom_reward_fn` do."""

    def merged(**told):  # as `_call_with_kwargs`
        return compute_scores(**(told | reward_kwargs))

    return kind(config=settings, tokenizer=Tokenizer(), compute_score=partial(merged))
