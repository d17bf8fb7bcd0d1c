"""How each trainer is asked about the fixture: plain loops that do what its source does.

A face takes cases and options of the renderer, and returns for each case its score, or in words how the trainer is told
that there is none.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Mapping, Sequence
from types import SimpleNamespace
from typing import Any

import gymnasium as gym
import numpy as np

import codepaint_env  # noqa: F401 (registers the environments)
import openrlhf_contract
import verifiers_contract
import verl_contract
from codepaint_env.trainers import openrlhf, trl, verl
from codepaint_env.trainers.openenv.studio import Sitting, Studio
from codepaint_env.trainers.shared.rows import rows as trl_rows
from rewards.errors import MachineError
from trainer_parts.completions import SPEC, STEP, TASKS, Case

ENVIRONMENT = "codepaint/P5Brush-v0"
Renderer = Mapping[str, Any]
Seen = float | str
Face = Callable[[Sequence[Case], Renderer], list[Seen]]


def gym_make(cases: Sequence[Case], renderer: Renderer) -> list[Seen]:
    """One environment, one episode a case."""
    env = gym.make(ENVIRONMENT, reward=SPEC, tasks=list(TASKS), renderer=renderer)
    seen: list[Seen] = []
    for case in cases:
        env.reset(seed=0, options={"task_id": case.task.id, "group": case.group})
        _, reward, _, _, info = env.step(case.text)
        seen.append(float(reward) if info["reward/valid"] else f"{reward}, reward/valid False")
    env.close()
    return seen


def make_vec(cases: Sequence[Case], renderer: Renderer) -> list[Seen]:
    """A batch a group."""
    seen: dict[int, Seen] = {}
    for group in dict.fromkeys(case.group for case in cases):
        its = [number for number, case in enumerate(cases) if case.group == group]
        envs = gym.make_vec(
            ENVIRONMENT,
            num_envs=len(its),
            reward=SPEC,
            tasks=list(TASKS),
            renderer=renderer,
            autoreset_mode="SameStep",
        )
        envs.reset(seed=0, options={"task_id": cases[its[0]].task.id, "group": group})
        _, rewards, _, _, infos = envs.step([cases[number].text for number in its])
        valid = infos["final_info"]["reward/valid"]
        for place, number in enumerate(its):
            seen[number] = float(rewards[place]) if valid[place] else f"{rewards[place]}, reward/valid False"
        envs.close()
    return [seen[number] for number in range(len(cases))]


def trl_functions(cases: Sequence[Case], renderer: Renderer) -> list[Seen]:
    """All in one batch, as `GRPOTrainer._calculate_rewards` asks; the parts of a linear mix are summed up there."""
    told = {each["task_id"]: each for each in trl_rows(TASKS, "trl")}
    columns = [
        function(
            prompts=[told[case.task.id]["prompt"] for case in cases],
            completions=[[{"role": "assistant", "content": case.text}] for case in cases],
            task_id=[case.task.id for case in cases],
            trainer_state=SimpleNamespace(global_step=STEP),
        )
        for function in trl.reward_funcs(SPEC, renderer=renderer, probe=False)
    ]
    # TRL: torch.nansum over the functions, with NaN where all of them are None.
    parts = np.array([[np.nan if value is None else value for value in column] for column in columns], float)
    sums = [np.nan if np.isnan(row).all() else np.nansum(row) for row in parts.T]
    return [float(value) if np.isfinite(value) else "None" for value in sums]


def verl_rows(cases: Sequence[Case]) -> list[dict[str, Any]]:
    """Returns a row of verl's data set for each case, with its group."""
    told = {row["extra_info"]["task_id"]: row for row in verl.rows(TASKS)}
    found = [told[case.task.id] for case in cases]
    return [
        row | {"extra_info": row["extra_info"] | {"group": case.group}}
        for row, case in zip(found, cases, strict=True)
    ]


def verl_function(cases: Sequence[Case], renderer: Renderer) -> list[Seen]:
    """One call a response, all at once."""
    options = {"reward": SPEC, "renderer": renderer}
    texts = [case.text for case in cases]
    results = asyncio.run(verl_contract.settled(verl.compute_score, verl_rows(cases), texts, options))
    return [
        f"raises {type(each).__name__}" if isinstance(each, Exception) else each["reward_score"]
        for each in results
    ]


def openrlhf_labels(cases: Sequence[Case]) -> tuple[list[str], list[str]]:
    """Returns the prompts of the cases as a chat template writes them, and their labels with the groups."""
    told = {json.loads(row["label"])["task_id"]: row for row in openrlhf.rows(TASKS)}
    its = [told[case.task.id] for case in cases]
    labels = [
        json.dumps(json.loads(row["label"]) | {"group": case.group})
        for row, case in zip(its, cases, strict=True)
    ]
    return [openrlhf_contract.templated(row["input"]) for row in its], labels


def openrlhf_function(cases: Sequence[Case], renderer: Renderer) -> list[Seen]:
    """One call a completion, all at once."""
    function = openrlhf.reward_func(SPEC, renderer=renderer)
    prompts, labels = openrlhf_labels(cases)
    outputs = openrlhf_contract.executed(function, prompts, labels, [case.text for case in cases])
    return ["reward None" if each["reward"] is None else each["reward"] for each in outputs]


def verifiers_task(cases: Sequence[Case], renderer: Renderer) -> list[Seen]:
    """One trace a completion, all at once; its group stands in the row."""
    with verifiers_contract.paint_tasks() as adapter:
        config = adapter.PaintTaskConfig(reward=SPEC, renderer=dict(renderer))
        told = {row["id"]: row for row in trl_rows(TASKS, "verifiers")}
        tasks = [
            adapter.PaintTask(adapter.PaintData(**told[case.task.id], group=case.group), config)
            for case in cases
        ]
        traces = verifiers_contract.scored(tasks, [case.text for case in cases])
    return ["ok False, reward None" if not trace.ok else trace.rewards["painting"] for trace in traces]


def openenv_sessions(cases: Sequence[Case], renderer: Renderer) -> list[Seen]:
    """A session a completion, all at once, of one server."""
    studio = Studio(
        list(TASKS),
        reward=SPEC,
        canvas="p5brush",
        renderer=renderer,
        max_turns=1,
        reward_mode="final",
        images=True,
        step_timeout_s=300.0,
    )

    async def played(case: Case) -> Seen:
        sitting = Sitting(studio)
        sitting.begin(None, {"task_id": case.task.id, "group": case.group})
        try:
            return (await sitting.step(case.text))[1]
        except MachineError:
            return "step raises MachineError"

    async def together() -> list[Seen]:
        return await asyncio.gather(*map(played, cases))

    return asyncio.run(together())


FACES: dict[str, Face] = {
    "gym.make": gym_make,
    "make_vec": make_vec,
    "TRL": trl_functions,
    "verl": verl_function,
    "OpenRLHF": openrlhf_function,
    "verifiers": verifiers_task,
    "OpenEnv": openenv_sessions,
}
