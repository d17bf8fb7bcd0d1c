"""The harness of verifiers v1 that asks the model in this process: one call of the chat endpoint a turn."""

from __future__ import annotations

from typing import Any

import verifiers.v1 as vf
from verifiers.v1.dialects.chat import message_to_wire


class ChatHarnessConfig(vf.HarnessConfig):
    """There is nothing to set."""


class ChatHarness(vf.Harness[ChatHarnessConfig]):
    """A conversation without tools; it starts no process and installs nothing.

    verifiers' own `null` does the same by a script of its own, for which it needs uv and a package index.
    """

    APPENDS_SYSTEM_PROMPT = True
    SUPPORTS_RESUME = True
    EXECUTES_CODE = False
    NEEDS_CONTAINER = False

    async def launch(
        self,
        ctx: vf.ModelContext,
        trace: vf.Trace,
        runtime: vf.Runtime,
        endpoint: str,
        secret: str,
        mcp_urls: dict[str, str],
        data: vf.TaskData,
    ) -> vf.ProgramResult:
        """Asks for one reply; what the endpoint is and how it is sampled is verifiers' business."""
        from openai import AsyncOpenAI

        system, prompt = self.resolve_prompt(data)
        told: list[Any] = [{"role": "system", "content": system}] if system else []
        if isinstance(prompt, str):
            told.append({"role": "user", "content": prompt})
        else:
            told += [message_to_wire(message) for message in prompt or []]
        async with AsyncOpenAI(base_url=endpoint, api_key=secret, timeout=None) as client:
            await client.chat.completions.create(model=ctx.model, messages=told)
        return vf.ProgramResult(exit_code=0, stdout="", stderr="")
