"""The environment of verifiers v1: a rollout of several turns, each of which is answered with its picture."""

from __future__ import annotations

import asyncio
import base64
import io
import logging
from typing import Any

import verifiers.v1 as vf
from pydantic import Field

from codepaint_env.episodes.turns import UNCHANGED, Attempt, Turn, feedback
from codepaint_env.trainers.shared.painter import next_before, why_no_score
from codepaint_env.trainers.verifiers.paint_tasks import REWARD, PaintTask, in_time, last_reply, record
from rewards.errors import MachineError
from rewards.types import Sample

log = logging.getLogger("codepaint")


class PaintEnvConfig(vf.EnvConfig):
    """How a rollout goes, under `--env.*`."""

    agent: vf.AgentConfig = vf.AgentConfig(runtime=vf.SubprocessConfig())
    """Who paints. Nothing is run for it but calls of its model, so it needs no sandbox."""
    turns: int = Field(1, ge=1)
    """Paintings a rollout; after each but the last the model sees its picture, the errors and the critique."""
    images: bool = True
    """Shows the picture; False for models that read text only."""
    group: int = Field(1, ge=1)
    """Rollouts of an episode that are judged together, for rewards that compare the samples of a group."""


class PaintEnv(vf.Env[PaintEnvConfig]):
    """Asks for a picture, shows what came of it, and lets the task's reward score the last painting."""

    async def start(self) -> None:
        """Raises what the reward lacks, such as an endpoint's key, before a model is asked for anything."""
        await asyncio.to_thread(self.taskset.painter.prepare)

    async def stop(self) -> None:
        """Logs what the last samples were like."""
        found = self.taskset.painter.recent.metrics()
        log.info("The last samples: %s", ", ".join(f"{name} {value:.4g}" for name, value in found.items()))

    async def run(self, task: PaintTask, agents: vf.Agents) -> None:
        """Plays one rollout, or a group of them."""
        task.painter.check()
        if self.config.group == 1:
            await self._paint(task, agents)
            return
        alone = task.defer_scoring()
        attempts = [self._paint(alone, agents) for _ in range(self.config.group)]
        # What fails in one of them stands in its own trace; the others are still compared.
        for failure in await asyncio.gather(*attempts, return_exceptions=True):
            if failure is not None and not isinstance(failure, MachineError):
                raise failure

    async def finalize(self, task: PaintTask, episode: vf.Episode) -> None:
        """Judges the rollouts of a group together."""
        if self.config.group == 1:
            return
        traces = [trace for trace in episode.traces if trace.ok]
        try:
            replies, asked = [last_reply(trace) for trace in traces], task.asked
            async with in_time(self.config.timeout.finalize, "--env.timeout.finalize", task.painter):
                found = await task.painter.score(replies, [asked] * len(replies), [episode.id] * len(replies))
        except Exception as error:
            for trace in traces:  # a trace without a reward would count as 0
                trace.record_error(error)
            raise
        for trace, evaluated in zip(traces, found, strict=True):
            record(trace, evaluated)
            if evaluated.score.value is None:
                trace.record_error(MachineError(f"No score: {why_no_score(evaluated)}"))
            else:
                trace.record_reward(REWARD, evaluated.score.value)

    async def _paint(self, task: PaintTask, agents: vf.Agents) -> None:
        before: Sample | None = None
        async with agents.agent.interaction(task) as interaction:
            segment = await interaction.turn()
            for left in range(self.config.turns - 1, 0, -1):
                if segment.terminated:
                    break
                asked = task.asked
                group = task.data.group or asked.id
                attempt = Attempt(segment.last_reply, asked, group, before, "never", criticised=True)
                turn = await task.painter.play(attempt)
                if not turn.evaluated.valid:
                    raise MachineError(f"No picture to go on with: {why_no_score(turn.evaluated)}")
                before = next_before(turn, before)
                segment = await interaction.turn([vf.UserMessage(content=await self._shown(turn, left))])

    async def _shown(self, turn: Turn, left: int) -> list[Any] | str:
        rendering = turn.evaluated.sample.rendering
        told = feedback(rendering, UNCHANGED if turn.unchanged else "", turn.critique)
        text = f"{told}\n{left} turn{'' if left == 1 else 's'} left. Write the whole program again, improved."
        if not self.config.images or rendering.image is None:
            return text
        url = await asyncio.to_thread(picture_url, rendering.image)
        return [
            vf.ImageUrlContentPart(image_url={"url": url}),
            vf.TextContentPart(text=text),
        ]


def picture_url(image: Any) -> str:
    """Returns a picture, `(height, width, 3)` uint8, as the data URL of a PNG."""
    from PIL import Image

    file = io.BytesIO()
    Image.fromarray(image).save(file, "PNG")
    return "data:image/png;base64," + base64.b64encode(file.getvalue()).decode("ascii")
