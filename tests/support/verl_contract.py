"""What verl does to a custom reward function, as its source has it (0.9.1, `experimental/reward_loop`)."""

import asyncio


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
