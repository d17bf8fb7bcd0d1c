"""The taskset of verifiers v1: rows, the tasks made of them, and the reward that reads a trace."""

from __future__ import annotations

import asyncio
import functools
import json
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import verifiers.v1 as vf
from pydantic import Field

from codepaint_env.evaluate import Evaluated
from codepaint_env.render.backend import spec_of
from codepaint_env.render.renderer import Renderer
from codepaint_env.trainers.shared.conversation import TASK_COLUMNS, read_task
from codepaint_env.trainers.shared.painter import Painter, first_attempt, why_no_score
from codepaint_env.trainers.shared.rows import rows
from codepaint_env.trainers.shared.setting_name import setting
from codepaint_env.trainers.shared.settings import no_step
from codepaint_env.trainers.verifiers.run_summary import INFO, told_of
from rewards.errors import MachineError, SpecError
from rewards.types import DEFAULT_CANVAS, STEPS, Task

REWARD = "painting"  # the key in `trace.rewards`
NO_STEP = no_step("verifiers")


class PaintTaskConfig(vf.TaskConfig):
    """How paintings are drawn and judged, under `--env.taskset.task.*`."""

    reward: str | dict[str, Any] | None = None
    """A reward spec, such as "0.3*renders + 0.7*coverage"; None takes the canvas's own."""
    canvas: str = DEFAULT_CANVAS
    """The kind of program, such as svg."""
    renderer: dict[str, Any] = Field(default_factory=dict)
    """Options of the renderer, as in `gym.make`."""


class PaintConfig(vf.TasksetConfig):
    """Which tasks there are, under `--env.taskset.*`."""

    tasks: str | list[str | dict[str, Any]] | None = None
    """The name of a set, the path of a file, or a list; None takes the canvas's own."""
    tell_system: str | None = None
    """The system prompt; None takes what the canvas says, "" leaves it out. `system_prompt`, a file, comes first."""
    task: PaintTaskConfig = PaintTaskConfig()


class PaintData(vf.TaskData):
    """A row: `id` and `prompt` of verifiers' own, and what else a task has.

    Attributes:
        group: All of a group meet the same references; None takes the task's id.
    """

    group: str | None = None
    reference: str | None = None
    features: list[str] = Field(default_factory=list)
    letters: bool = False
    interactions: list[str] = Field(default_factory=list)
    steps: int = STEPS
    subject: str = ""


class PaintTask(vf.Task[PaintData, vf.State, PaintTaskConfig]):
    """One task; its reward draws and judges the last reply of a trace."""

    _painter: Painter | None = None

    @property
    def painter(self) -> Painter:
        """What draws and judges, shared by all tasks of a process that have the same settings."""
        if self._painter is None:
            self._painter = _shared_painter(json.dumps(self.config.model_dump(), sort_keys=True))
        return self._painter

    @property
    def asked(self) -> Task:
        """The task as rewards read it.

        Raises:
            SpecError: The row has no prompt in words.
        """
        prompt = self.data.prompt
        if not isinstance(prompt, str) or not prompt.strip():
            raise SpecError(
                f"--env.taskset.tasks: the row {self.data.idx} has the prompt {prompt!r}, which is no task; each needs "
                "a text that says what to paint."
            )
        columns = {name: getattr(self.data, name) for name in TASK_COLUMNS if name != "task_id"}
        return read_task(prompt, columns | {"task_id": self.data.id}, self.painter.evaluator.canvas.name)

    @property
    def key(self) -> str:
        """The task's own id, so that a resumed run finds it whatever else of its row has changed."""
        return str(self.data.id or super().key)

    @vf.reward
    async def painting(self, trace: vf.Trace) -> float:
        """Returns the score of the last reply.

        Raises:
            MachineError: A machine failed, so the trace has no reward and its `ok` is False.
            SpecError: The reward compares the samples of a group.
        """
        if self.painter.evaluator.reward.traits.scope == "group":
            raise SpecError(
                f"--env.group: the reward {self.painter.evaluator.reward.name!r} compares the samples of a group, and "
                "a trace is scored alone; set it to the number of rollouts a task, and --num-rollouts to 1."
            )
        task = self.asked
        attempt = first_attempt(last_reply(trace), task, self.data.group or task.id)
        limit = trace.agent.config.timeout.scoring or self.data.timeout.scoring
        async with in_time(limit, "--env.agent.timeout.scoring", self.painter):
            turn = await self.painter.play(attempt)
        record(trace, turn.evaluated)
        return reward_of(turn.evaluated)


class PaintTaskset(vf.Taskset[PaintTask, PaintConfig]):
    """Prompts for pictures; `--env.taskset.tasks` and `--env.taskset.task.*` say which, and how they are judged."""

    _painter: Painter | None = None
    _tasks: Sequence[Any] | str | Path | None = None

    @property
    def painter(self) -> Painter:
        """What draws and judges."""
        if self._painter is None:
            self._painter = _shared_painter(json.dumps(self.config.task.model_dump(), sort_keys=True))
        return self._painter

    def load(self) -> Iterator[PaintTask]:
        """Yields the tasks in the order of their set."""
        canvas = self.painter.evaluator.canvas
        source = self._tasks if self._tasks is not None else self.config.tasks
        with setting("--env.taskset.tasks"):
            told = rows(
                canvas.default_tasks if source is None else source,
                "verifiers",
                canvas=spec_of(canvas),
                system_prompt=self.config.tell_system,
            )
        made = [PaintTask(PaintData(**row), self.config.task) for row in told]
        for task in made:
            task._painter = self.painter
        with setting("--env.taskset.tasks"):
            self.painter.evaluator.check_tasks(task.asked for task in made)
        yield from made


def taskset_of(
    tasks: str | Path | Sequence[str | Mapping[str, Any] | Task] | None,
    reward: Any,
    canvas: str,
    renderer: Mapping[str, Any] | Renderer | None,
    system_prompt: str | None,
) -> PaintTaskset:
    """Makes what `taskset` returns; its painter is its own, so that a live reward and a live renderer will do."""
    made = PaintTaskset(PaintConfig(tell_system=system_prompt, task=PaintTaskConfig(canvas=canvas)))
    made._painter = Painter(reward, canvas, renderer, telling=NO_STEP)
    made._tasks = tasks
    list(made.load())  # raises what is wrong with a task
    return made


def last_reply(trace: vf.Trace) -> str:
    """Returns what the policy wrote last; a trace without a word of it cannot be scored, whoever is to blame."""
    if not trace.assistant_messages:
        raise MachineError(
            f"The policy wrote nothing (stopped by {trace.stop_condition!r}), so there is nothing to score; "
            "--env.agent.timeout.rollout sets how long to wait for it, and --client.* where it is."
        )
    return str(trace.last_reply)


@asynccontextmanager
async def in_time(limit: float | None, option: str, painter: Painter) -> AsyncIterator[None]:
    """Gives up a little before verifiers does, which takes its own deadline for a finished trace with the reward 0.

    Args:
        limit: Verifiers' deadline in seconds; None where there is none.
        option: What sets it.
        painter: Counts what is given up.

    Raises:
        MachineError: There was not time enough.
    """
    clock = asyncio.timeout(None if limit is None else 0.9 * limit)
    try:
        async with clock:
            yield
    except TimeoutError:
        if not clock.expired():
            raise
        late = MachineError(f"No score: it took longer than {option}, {limit:g} s.")
        painter.lost(late)
        raise late from None


def record(trace: vf.Trace, evaluated: Evaluated) -> None:
    """Writes into a trace what a log wants to know of a sample."""
    told = told_of(evaluated)
    trace.info[INFO] = told
    if evaluated.valid:
        trace.record_metric("valid", told["painted"])
        trace.record_metrics({f"part/{name}": value for name, value in told["components"].items()})


def reward_of(evaluated: Evaluated) -> float:
    """Returns a score; raises `MachineError` where there is none."""
    if evaluated.score.value is None:
        raise MachineError(f"No score: {why_no_score(evaluated)}")
    return float(evaluated.score.value)


@functools.cache
def _shared_painter(config: str) -> Painter:
    told = json.loads(config)
    with setting("--env.taskset.task"):
        return Painter(told["reward"], told["canvas"], told["renderer"], telling=NO_STEP)
