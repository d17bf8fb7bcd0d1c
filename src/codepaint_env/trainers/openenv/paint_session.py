"""One session of OpenEnv."""

from __future__ import annotations

import asyncio
import base64
import io
import uuid
from typing import Any

from openenv.core.env_server.interfaces import Environment
from openenv.core.env_server.types import EnvironmentMetadata

from codepaint_env.episodes.episode import Info
from codepaint_env.episodes.episode import Observation as Seen
from codepaint_env.trainers.openenv.models import PaintAction, PaintObservation, PaintState
from codepaint_env.trainers.openenv.studio import SPLIT, Sitting, Studio
from rewards.errors import CodepaintError
from rewards.types import Task


class SessionEnded(CodepaintError):
    """A session said nothing for too long, and was ended."""


class PaintSession(Environment[PaintAction, PaintObservation, PaintState]):
    """A session: an episode of its own on the server's shared renderer."""

    SUPPORTS_CONCURRENT_SESSIONS = True
    # Both calls below are coroutines, so OpenEnv's thread makes and closes sessions and no more: one does for all.
    REQUIRES_SINGLE_THREAD_EXECUTOR = True

    def __init__(self, studio: Studio) -> None:
        super().__init__()
        self._studio = studio
        self._sitting: Sitting | None = Sitting(studio)
        self._episode_id: str | None = None

    async def reset_async(
        self, seed: int | None = None, episode_id: str | None = None, **options: Any
    ) -> PaintObservation:
        """Begins an episode; `options` are `task_id`, `prompt`, `group`, `step`, `split` and `index`."""
        seen, info = self._open().begin(seed, options)
        self._episode_id = episode_id or uuid.uuid4().hex
        system = self._studio.painter.evaluator.canvas.system_prompt
        return await self._observation(seen, info, None, system)

    async def step_async(
        self, action: PaintAction, timeout_s: float | None = None, **options: Any
    ) -> PaintObservation:
        """Runs the program in a completion; raises `MachineError` where there is no score."""
        seen, reward, info = await self._open().step(action.completion)
        self._open()  # it may have been ended meanwhile
        return await self._observation(seen, info, reward, "")

    def reset(self, *arguments: Any, **options: Any) -> PaintObservation:
        """Is never called, for there is `reset_async`; OpenEnv asks for both."""
        return asyncio.run(self.reset_async(*arguments, **options))

    def step(self, action: PaintAction, timeout_s: float | None = None, **options: Any) -> PaintObservation:
        """Is never called, for there is `step_async`; OpenEnv asks for both."""
        return asyncio.run(self.step_async(action, timeout_s, **options))

    @property
    def state(self) -> PaintState:
        """Where the episode is."""
        episode = self._open().episode
        if episode.task is None:
            return PaintState()
        return PaintState(
            episode_id=self._episode_id,
            step_count=episode.turn,
            task_id=episode.task.id,
            prompt=episode.task.prompt,
            group=episode.group,
            over=episode.over,
        )

    def close(self) -> None:
        """Lets go of the episode and its picture; the renderer is the server's."""
        self._sitting = None

    def get_metadata(self) -> EnvironmentMetadata:
        """Returns what `GET /metadata` tells."""
        from importlib.metadata import version

        canvas = self._studio.painter.evaluator.canvas
        reward = self._studio.painter.evaluator.reward
        return EnvironmentMetadata(
            name="codepaint",
            description=f"Paint with {canvas.name} by writing a program; the reward is {reward.name}.",
            version=version("codepaint-env"),
        )

    def list_splits(self) -> list[str]:
        """Returns the one split that there is."""
        return [SPLIT]

    def num_tasks(self, split: str) -> int:
        """Returns how many tasks may be asked."""
        return len(self._studio.setting.tasks) if split == SPLIT else 0

    def list_tasks(self, split: str) -> list[dict[str, Any]]:
        """Returns all tasks."""
        return [_told(index, task) for index, task in enumerate(self._studio.setting.tasks) if split == SPLIT]

    def get_task(self, split: str, index: int) -> dict[str, Any]:
        """Returns one task; raises `IndexError` where there is none."""
        return self.list_tasks(split)[index]

    def get_task_range(
        self, split: str, start: int | None = None, stop: int | None = None
    ) -> list[dict[str, Any]]:
        """Returns some tasks."""
        return self.list_tasks(split)[start:stop]

    def _open(self) -> Sitting:
        if self._sitting is None:
            raise SessionEnded(
                "This session was ended, for it had said nothing for longer than app(session_timeout_s=...); connect "
                "anew and reset."
            )
        return self._sitting

    async def _observation(
        self, seen: Seen, info: Info, reward: float | None, system: str
    ) -> PaintObservation:
        setting = self._studio.setting
        episode = self._open().episode
        last = episode.last
        image = last.evaluated.sample.rendering.image if last is not None and self._studio.images else None
        picture = "" if image is None else await asyncio.to_thread(_png, image)
        return PaintObservation(
            prompt=seen["prompt"],
            system_prompt=system,
            image=picture,
            feedback=seen["feedback"],
            turn=episode.turn,
            turns_left=setting.max_turns - episode.turn,
            reward=reward,
            done=reward is not None and episode.over,
            metadata=_for_logs(info, episode.group) if reward is not None and episode.over else {},
        )


def _for_logs(info: Info, group: str) -> dict[str, Any]:
    asked = {
        name: value for name, value in info["reward/components"].items() if name not in info["reward/skipped"]
    }
    return {
        "task_id": info["task_id"],
        "group": group,
        "status": f"{info['status']} {info['error/kind']}".strip(),
        "painted": info["status"] == "ok",
        "components": asked,
        "references": list(info["references"]),
    }


def _told(index: int, task: Task) -> dict[str, Any]:
    return {"index": index, "id": task.id, "prompt": task.prompt}


def _png(image: Any) -> str:
    from PIL import Image

    file = io.BytesIO()
    Image.fromarray(image).save(file, "PNG")
    return base64.b64encode(file.getvalue()).decode("ascii")
