"""What OpenRLHF does to a reward function, as its source has it (0.11.2, `utils/agent.py`, `samples_generator.py`)."""

import asyncio
import json
import math
import urllib.error
import urllib.request

END = "<|im_end|>"


def templated(messages):
    """Writes messages as a chat template does."""
    told = "".join(f"<|im_start|>{each['role']}\n{each['content']}{END}\n" for each in messages)
    return f"{told}<|im_start|>assistant\n"


async def execute(fetch, prompt, label, completion):
    """Scores one completion as `SingleTurnAgentExecutor.execute` does: what is raised is logged and forgotten."""
    output = {"reward": None, "scores": None, "extra_logs": {}}
    try:
        [told] = [await asyncio.to_thread(fetch, [prompt + completion + END], [prompt], [label])]
        scores = told.get("scores")
        output |= {
            "reward": told.get("rewards"),
            "scores": told.get("rewards") if scores is None else scores,
            "extra_logs": told.get("extra_logs") or {},
        }
    except Exception as error:  # noqa: BLE001 (as OpenRLHF has it)
        output["error"] = f"{type(error).__name__}: {error}"
    return output


def executed(fetch, prompts, labels, completions):
    """Scores a batch."""

    async def all_of_them():
        asked = zip(prompts, labels, completions, strict=True)
        return await asyncio.gather(*(execute(fetch, *each) for each in asked))

    return asyncio.run(all_of_them())


def is_kept(group, low=0.0, high=1.0):
    """Says whether dynamic filtering keeps a group, as `SamplesGenerator._generate_vllm` does."""
    scores = [each["scores"] for each in group]
    return not (all(score is not None for score in scores) and not low < sum(scores) / len(scores) < high)


def over_http(url, tries=5):
    """Returns a function that asks an address, as `_fetch_rewards_via_http` does, but without waiting between tries."""

    def fetch(queries, prompts, labels):
        body = json.dumps({"query": queries, "prompts": prompts, "labels": labels}).encode()
        for _ in range(tries):
            asked = urllib.request.Request(url, body, {"Content-Type": "application/json"})
            try:
                with urllib.request.urlopen(asked, timeout=180) as answer:
                    return json.load(answer)
            except (urllib.error.URLError, OSError):
                continue
        raise RuntimeError(f"Request error for {tries} times, returning None. Please check the API server.")

    return fetch


def is_left_out(output):
    """Says whether a completion has no score for OpenRLHF."""
    return output["reward"] is None or math.isnan(output["reward"])
