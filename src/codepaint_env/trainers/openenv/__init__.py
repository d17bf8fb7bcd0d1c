"""OpenEnv: a server with many sessions that share one renderer, and a typed client.

```python
from codepaint_env.trainers.openenv import app

application = app("flowers", reward="0.3*renders + 0.7*coverage", max_turns=3)
```
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from codepaint_env.render.renderer import Renderer
from rewards.errors import MissingPart
from rewards.types import DEFAULT_CANVAS, Task

if TYPE_CHECKING:
    from fastapi import FastAPI

    from codepaint_env.trainers.openenv.models import PaintAction, PaintObservation, PaintState
    from codepaint_env.trainers.openenv.paint_client import PaintClient, picture_of

__all__ = ["PaintAction", "PaintClient", "PaintObservation", "PaintState", "app", "picture_of"]

_LAZY = dict.fromkeys(("PaintClient", "picture_of"), "paint_client") | dict.fromkeys(
    ("PaintAction", "PaintObservation", "PaintState"), "models"
)


def app(
    tasks: str | Path | Sequence[str | Mapping[str, Any] | Task] | None = None,
    *,
    reward: Any = None,
    canvas: str = DEFAULT_CANVAS,
    renderer: Mapping[str, Any] | Renderer | None = None,
    max_turns: int = 1,
    reward_mode: str = "final",
    images: bool = True,
    max_sessions: int = 512,
    step_timeout_s: float = 300.0,
    session_timeout_s: float = 900.0,
    step: int | None = None,
) -> FastAPI:
    """Returns an application for a server such as uvicorn; one process serves all sessions.

    Args:
        tasks: What may be asked, as for `codepaint tasks list`; None takes the canvas's own.
        reward: A reward spec or a reward object; None takes the canvas's own.
        canvas: The kind of program.
        renderer: Options of the renderer as in `gym.make`, or a `Renderer`.
        max_turns: Completions in an episode; each is answered with its picture and feedback.
        reward_mode: `final` rewards the last picture, `delta` each turn by how much better its picture is.
        images: Sends the picture; False for policies that read text only.
        max_sessions: Sessions at once; the next one is refused.
        step_timeout_s: Seconds after which a step is given up, without a score; it may be sent again.
        session_timeout_s: Seconds of silence after which a session is ended and frees its place.
        step: Training step, for a reward with ramps; a session sets later ones by `reset(step=n)`.

    Raises:
        MissingPart: OpenEnv is not installed, or the reward lacks something, such as the key of an endpoint.
        SpecError: An argument is wrong.
    """
    try:
        from codepaint_env.trainers.openenv.server import app_of
    except ModuleNotFoundError as error:
        raise _missing(error) from None
    from codepaint_env.trainers.openenv.studio import Studio

    studio = Studio(
        tasks,
        reward=reward,
        canvas=canvas,
        renderer=renderer,
        max_turns=max_turns,
        reward_mode=reward_mode,
        images=images,
        step_timeout_s=step_timeout_s,
        step=step,
    )
    return app_of(studio, max_sessions=max_sessions, session_timeout_s=session_timeout_s)


def __getattr__(name: str) -> Any:
    if name not in _LAZY:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    try:
        return getattr(import_module(f"{__name__}.{_LAZY[name]}"), name)
    except ModuleNotFoundError as error:
        raise _missing(error) from None


def _missing(error: ModuleNotFoundError) -> Exception:
    if (error.name or "").partition(".")[0] in ("openenv", "pydantic", "fastapi"):
        return MissingPart("OpenEnv needs more: pip install 'codepaint-env[openenv]'")
    return error
