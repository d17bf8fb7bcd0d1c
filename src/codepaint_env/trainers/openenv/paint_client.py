"""The typed client of OpenEnv: a broken machine is an exception in it, never a number."""

from __future__ import annotations

import base64
import io
from typing import Any

import numpy as np
from numpy.typing import NDArray
from openenv.core import EnvClient
from openenv.core.client_types import StepResult

from codepaint_env.trainers.openenv.models import PaintAction, PaintObservation, PaintState
from codepaint_env.trainers.openenv.studio import NO_SCORE
from rewards.errors import MachineError


class PaintClient(EnvClient[PaintAction, PaintObservation, PaintState]):
    """Plays one session of a codepaint server.

    Args:
        base_url: Of the server.
        message_timeout_s: How long an answer is waited for; longer than the server's `step_timeout_s`.
        options: What else OpenEnv's own client takes.
    """

    def __init__(
        self, base_url: str | None = None, *, message_timeout_s: float = 330.0, **options: Any
    ) -> None:
        super().__init__(base_url, message_timeout_s=message_timeout_s, **options)

    async def _step_async(self, action: PaintAction, **options: Any) -> StepResult[PaintObservation]:
        try:
            result: StepResult[PaintObservation] = await super()._step_async(action, **options)
        except RuntimeError as error:
            if NO_SCORE in str(error):
                raise MachineError(str(error)) from error
            raise
        return result

    def _step_payload(self, action: PaintAction) -> dict[str, Any]:
        payload: dict[str, Any] = action.model_dump()
        return payload

    def _parse_result(self, payload: dict[str, Any]) -> StepResult[PaintObservation]:
        reward, done = payload.get("reward"), payload.get("done", False)
        seen = PaintObservation(**payload["observation"], reward=reward, done=done)
        return StepResult(observation=seen, reward=reward, done=done, metadata=seen.metadata)

    def _parse_state(self, payload: dict[str, Any]) -> PaintState:
        return PaintState(**payload)


def picture_of(observation: PaintObservation) -> NDArray[np.uint8] | None:
    """Returns the picture in an observation, `(height, width, 3)` uint8 sRGB; None where there is none."""
    if not observation.image:
        return None
    from PIL import Image

    return np.asarray(Image.open(io.BytesIO(base64.b64decode(observation.image))).convert("RGB"))
