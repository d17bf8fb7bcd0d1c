"""OpenEnv's application around the sessions of a studio."""

from __future__ import annotations

from functools import partial

from fastapi import FastAPI
from openenv.core.env_server.http_server import create_app
from openenv.core.env_server.types import ConcurrencyConfig

from codepaint_env.trainers.openenv.models import PaintAction, PaintObservation, PaintState
from codepaint_env.trainers.openenv.paint_session import PaintSession
from codepaint_env.trainers.openenv.studio import Studio
from rewards.errors import SpecError

NAME = "codepaint"


def app_of(studio: Studio, *, max_sessions: int, session_timeout_s: float) -> FastAPI:
    """Returns OpenEnv's own application, and `GET /codepaint/metrics` with what the last samples were like.

    `max_concurrent_envs` alone would leave the reaper of idle sessions off, so both limits go in together.
    """
    if type(max_sessions) is not int or max_sessions < 1:
        raise SpecError(f"app(max_sessions={max_sessions!r}): it must be a whole number above 0.")
    if not session_timeout_s > studio.step_timeout_s:
        raise SpecError(
            f"app(session_timeout_s={session_timeout_s:g}): it must be longer than step_timeout_s, "
            f"{studio.step_timeout_s:g} s, or a session would be ended in the middle of a step."
        )
    # `partial` of the class, by which OpenEnv finds the two class attributes; a function would hide them.
    application: FastAPI = create_app(
        partial(PaintSession, studio),
        PaintAction,
        PaintObservation,
        env_name=NAME,
        concurrency_config=ConcurrencyConfig(
            max_concurrent_envs=max_sessions, session_timeout=session_timeout_s
        ),
        state_cls=PaintState,
    )

    @application.get(f"/{NAME}/metrics", tags=["Health"])
    async def metrics() -> dict[str, float]:
        """Returns the means, the spread within groups and the share of failures of the last 200 samples."""
        return studio.painter.recent.metrics()

    return application
