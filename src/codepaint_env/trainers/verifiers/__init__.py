"""verifiers: a taskset whose reward reads the trace, its environment of several turns, and a harness for both.

```python
from codepaint_env.trainers.verifiers import taskset

flowers = taskset("flowers", reward="0.3*renders + 0.7*coverage")
```
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from codepaint_env.render.renderer import Renderer
from codepaint_env.trainers.verifiers.run_summary import summary
from rewards.errors import MissingPart
from rewards.types import DEFAULT_CANVAS, Task

if TYPE_CHECKING:
    from codepaint_env.trainers.verifiers.paint_tasks import PaintTaskset

__all__ = ["summary", "taskset"]


def taskset(
    tasks: str | Path | Sequence[str | Mapping[str, Any] | Task] | None = None,
    *,
    reward: Any = None,
    canvas: str = DEFAULT_CANVAS,
    renderer: Mapping[str, Any] | Renderer | None = None,
    system_prompt: str | None = None,
) -> PaintTaskset:
    """Returns a taskset of verifiers v1, whose tasks score the last reply of a trace.

    `vf-eval`, prime-rl and other tools that make tasksets by name use the package in `examples/verifiers_codepaint`,
    which has the same settings as options.

    Args:
        tasks: What is asked, as for `codepaint tasks list`; None takes the canvas's own.
        reward: A reward spec or a reward object; None takes the canvas's own.
        canvas: The kind of program.
        renderer: Options of the renderer as in `gym.make`, or a `Renderer`.
        system_prompt: The policy's system prompt; None takes the canvas's own, `""` leaves it out.

    Raises:
        MissingPart: verifiers is not installed.
        SpecError: A task or the reward is not understood.
    """
    try:
        from codepaint_env.trainers.verifiers.paint_tasks import taskset_of
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] != "verifiers":
            raise
        raise MissingPart("A taskset needs more: pip install 'codepaint-env[verifiers]'") from None
    return taskset_of(tasks, reward, canvas, renderer, system_prompt)
