"""What verifiers does with a task's reward, as the source of 0.4.0 has it, and a stand-in where it is not installed.

Read in `verifiers/v1/task.py` (`Task.score`: rewards are seeded with None, then called with the trace), `rollout.py`
(`Rollout.close`: what a reward raises is recorded, and `ok` is False), `trace.py` and `configs/`.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType, SimpleNamespace
from typing import Any, Generic, TypeVar

from pydantic import BaseModel, ConfigDict

OURS = "codepaint_env.trainers.verifiers.paint_tasks"


class TaskConfig(BaseModel):
    model_config = ConfigDict(extra="forbid")


class TasksetConfig(TaskConfig):
    id: str = ""
    task: TaskConfig = TaskConfig()
    system_prompt: str | None = None


class TaskTimeout(BaseModel):
    scoring: float | None = None


class TaskData(BaseModel):
    model_config = ConfigDict(frozen=True)

    idx: int | None = None
    id: str | None = None
    prompt: Any = None
    system_prompt: str | None = None
    timeout: TaskTimeout = TaskTimeout()


class State(BaseModel):
    pass


Data, Its, Config = TypeVar("Data"), TypeVar("Its"), TypeVar("Config")


class Task(Generic[Data, Its, Config]):
    def __init__(self, data, config=None):
        self.data, self.config = data, config


class Taskset(Generic[Data, Config]):
    def __init__(self, config):
        self.config = config

    def __iter__(self):
        return iter(self.load())


def reward(function):
    return function


class Trace:
    """A trace of which the policy wrote one reply, or nothing at all where that is None."""

    def __init__(self, reply: str | None) -> None:
        self.assistant_messages = [] if reply is None else [reply]
        self.last_reply = (reply or "").strip()
        self.stop_condition = "agent_completed" if reply is not None else "agent_timeout"
        self.rewards: dict[str, float | None] = {}
        self.metrics: dict[str, float] = {}
        self.info: dict[str, Any] = {}
        self.errors: list[Exception] = []
        self.ok = False
        self.agent = SimpleNamespace(config=SimpleNamespace(timeout=TaskTimeout()))

    def record_metric(self, name: str, value: float) -> None:
        self.metrics[name] = float(value)

    def record_metrics(self, values: dict[str, float]) -> None:
        for name, value in values.items():
            self.record_metric(name, value)


async def score(task: Any, trace: Trace) -> Trace:
    """Does what the end of a rollout does."""
    trace.rewards["painting"] = None
    try:
        trace.rewards["painting"] = float(await task.painting(trace))
        trace.ok = True
    except Exception as error:  # noqa: BLE001 (so does verifiers)
        trace.errors.append(error)
    return trace


def scored(tasks: Sequence[Any], replies: Sequence[str | None]) -> list[Trace]:
    """Scores replies side by side, as the rollouts of a run are."""

    async def together() -> list[Trace]:
        pairs = zip(tasks, replies, strict=True)
        return await asyncio.gather(*(score(task, Trace(reply)) for task, reply in pairs))

    return asyncio.run(together())


def _installed() -> bool:
    try:
        return find_spec("verifiers.v1") is not None
    except ModuleNotFoundError:
        return False


@contextmanager
def paint_tasks() -> Iterator[ModuleType]:
    """Gives the module of the adapter that has the tasks, on the real package or on the stand-in."""
    if _installed():
        yield import_module(OURS)
        return
    names = ("TaskConfig", "TasksetConfig", "TaskData", "State", "Task", "Taskset", "Trace", "reward")
    stand_in = ModuleType("verifiers.v1")
    vars(stand_in).update({name: globals()[name] for name in names})
    package = ModuleType("verifiers")
    package.v1 = stand_in
    added = {"verifiers": package, "verifiers.v1": stand_in}
    kept = {name: sys.modules.get(name) for name in added}
    sys.modules |= added
    try:
        yield import_module(OURS)
    finally:
        sys.modules.pop(OURS, None)
        parent = sys.modules[OURS.rpartition(".")[0]]
        vars(parent).pop("paint_tasks", None)
        for name, module in kept.items():
            if module is None:
                del sys.modules[name]
            else:
                sys.modules[name] = module
