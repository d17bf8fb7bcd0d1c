"""The main job: a policy paints the prompts of a task set, and a run folder with a report comes of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path
from typing import Any

import gymnasium as gym
import numpy as np

import rewards
from codepaint_env import canvases
from codepaint_env.canvases.canvas import Canvas
from codepaint_env.evaluate import Evaluated
from codepaint_env.gym.vector import PaintVectorEnv
from codepaint_env.policies.choice import make_policy
from codepaint_env.policies.files import DrawingsPolicy
from codepaint_env.policies.policy import Policy
from codepaint_env.render.backend import spec_of
from codepaint_env.render.workers import count_workers
from codepaint_env.reports.run_report import write_report
from codepaint_env.runs.meta import RunMeta, reward_meta
from codepaint_env.runs.writer import RunWriter
from rewards.errors import SpecError
from rewards.types import AnyReward, Task

ASKED_AT_ONCE = 4


class Stopped(KeyboardInterrupt):
    """A run was interrupted; what was painted is in its folder and can be resumed.

    Attributes:
        folder: Of the run.
        done: Episodes that are kept there.
    """

    def __init__(self, folder: Path, done: int) -> None:
        super().__init__(f"{done} episodes are kept in {folder}")
        self.folder, self.done = folder, done


Tasks = str | Path | Sequence[str | Mapping[str, Any] | Task]
Progress = Callable[[int, int], object]
"""Called with the episodes that are done and all that there will be."""


def run_demo(
    *,
    out: Path | str | None = None,
    canvas: str = canvases.DEFAULT_CANVAS,
    policy: str | Policy | None = None,
    tasks: Tasks | None = None,
    episodes: int = 24,
    reward: str | Mapping[str, Any] | AnyReward | None = None,
    seed: int = 0,
    resume: bool = False,
    renderer: Mapping[str, Any] | None = None,
    progress: Progress | None = None,
) -> Path:
    """Plays episodes of the environment, keeps all evidence, and returns the path of the report.

    Args:
        out: The run folder, new or empty unless a run is resumed; None takes `runs/demo-<canvas>-<time>`,
            with the policy's name in place of the canvas's if you chose one.
        canvas: The kind of program.
        policy: Who paints: a spec of `make_policy`, or a policy; None takes what the canvas shows best.
        tasks: What is asked, as the environment takes it: in order first, then shuffled.
        episodes: How many; a run that is resumed goes on to this number.
        reward: Who judges, as the environment takes it.
        seed: Where the shuffling starts.
        resume: Goes on with the run in `out`.
        renderer: Options of the renderer, as the environment takes them.
        progress: Told at the start and after each batch.

    Raises:
        SpecError: An argument cannot be understood, or `out` holds something else.
        MissingPart: Something is not set up.
        MachineError: What draws does not start, or the policy's endpoint fails; what was painted is kept.
        Stopped: It was interrupted, such as by Ctrl-C, after the run began.
    """
    if isinstance(episodes, bool) or not isinstance(episodes, int) or episodes < 1:
        raise SpecError(f"episodes is {episodes!r}; it must be a whole number above 0.")
    place = canvases.get(canvas)
    painter = make_policy(policy, place) if policy is None or isinstance(policy, str) else policy
    if out is None and resume:
        raise SpecError("out is None, but a run to resume lies in some folder; name it.")
    out = _fresh_folder(place.name if policy is None else painter.name) if out is None else Path(out)
    if tasks is None and isinstance(painter, DrawingsPolicy):
        tasks = painter.tasks  # what it was drawn for
    size = min(episodes, max(ASKED_AT_ONCE, count_workers()))
    with ExitStack() as stack:
        env = stack.enter_context(closing(_environment(place, size, tasks, reward, renderer)))
        plan = plan_tasks(env.tasks, episodes, seed)
        meta = _meta(env, name=out.name, tasks=tasks, reward=reward, policy=painter.name, seed=seed)
        writer = stack.enter_context(RunWriter(out, meta, suffix=env.evaluator.canvas.suffix, resume=resume))
        threads = stack.enter_context(ThreadPoolExecutor(ASKED_AT_ONCE))
        _check_same_tasks(writer, plan)
        done = len(writer.written)
        try:
            while done < episodes:
                if progress is not None:
                    progress(min(done, episodes), episodes)
                batch = plan[done : done + size]
                if len(batch) < env.num_envs:  # the last batch
                    env = stack.enter_context(
                        closing(_environment(place, len(batch), tasks, reward, renderer))
                    )
                for evaluated in _play(env, painter, batch, range(done, done + len(batch)), threads):
                    writer.append(evaluated)
                done += len(batch)
        except KeyboardInterrupt:
            raise Stopped(out, len(writer.written)) from None
    if progress is not None:
        progress(min(done, episodes), episodes)
    return write_report(out)


def plan_tasks(tasks: Sequence[Task], episodes: int, seed: int) -> list[Task]:
    """Returns the task of each episode: all in order, then all again in an order drawn for each pass."""
    plan = list(tasks)
    while len(plan) < episodes:
        order = np.random.default_rng([seed, len(plan)]).permutation(len(tasks))
        plan += [tasks[i] for i in order]
    return plan[:episodes]


def _fresh_folder(what: str) -> Path:
    name = re.sub(r"[^\w.-]+", "-", what).strip("-.") or "run"
    return Path("runs") / f"demo-{name}-{datetime.now(UTC):%Y%m%d-%H%M%S}"


def _environment(
    canvas: Canvas, num_envs: int, tasks: Tasks | None, reward: Any, renderer: Mapping[str, Any] | None
) -> PaintVectorEnv:
    env = gym.make_vec(
        canvas.env_id,
        num_envs=num_envs,
        autoreset_mode="SameStep",
        canvas=spec_of(canvas),
        tasks=tasks,
        reward=reward,
        renderer=renderer,
    ).unwrapped
    assert isinstance(env, PaintVectorEnv)
    return env


def _play(
    env: PaintVectorEnv, policy: Policy, tasks: Sequence[Task], episodes: range, threads: ThreadPoolExecutor
) -> list[Evaluated]:
    """Plays one episode in each environment, the policy being asked for several at once."""
    env.reset(options={"task_ids": [task.id for task in tasks]})
    prompt = env.system_prompt
    completions = list(threads.map(lambda task, episode: policy(task, prompt, episode), tasks, episodes))
    env.step(completions)
    return [evaluated for evaluated in env.evaluated if evaluated is not None]


def _meta(
    env: PaintVectorEnv, *, name: str, tasks: Tasks | None, reward: Any, policy: str, seed: int
) -> RunMeta:
    judge, canvas = env.evaluator.reward, env.evaluator.canvas
    tasks = canvas.default_tasks if tasks is None else tasks
    reward = canvas.default_reward if reward is None else reward
    spec = rewards.normal_form(reward) if isinstance(reward, str | Mapping) else None
    return RunMeta(
        name=name,
        created=datetime.now(UTC).isoformat(timespec="seconds"),
        version=metadata.version("codepaint-env"),
        env=canvas.env_id,
        canvas=spec_of(canvas),
        tasks=str(tasks) if isinstance(tasks, str | Path) else f"{len(tasks)} tasks given in a list",
        reward=reward_meta(judge, spec),
        renderer=env.evaluator.renderer.identity(),
        policy=policy,
        seed=seed,
    )


def _check_same_tasks(writer: RunWriter, plan: Sequence[Task]) -> None:
    for index, (was, task) in enumerate(zip(writer.written, plan, strict=False)):
        if was != task.id:
            raise SpecError(
                f"Episode {index} of {writer.folder} painted the task {was!r}, but {task.id!r} is asked for now; "
                "resume the run with its own tasks, or choose another folder."
            )
