"""The identity of a rendering: a hash of everything that decides what is recorded."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from codepaint_env.render.backend import Drawable, Job


def seed_of(task_id: str) -> int:
    """Returns the render seed of a task: the first 4 bytes of sha256 of its id."""
    return int.from_bytes(hashlib.sha256(task_id.encode("utf-8", "surrogatepass")).digest()[:4], "big")


def identity_of(
    canvas: Drawable, backend: str, job: Job, limits: Any, setup: Mapping[str, str] | None
) -> str:
    """Returns the sha256 of program, seed, canvas, task, stages, limits and what draws, as 64 hex digits.

    Args:
        canvas: What kind of program it is.
        backend: Name of what draws.
        job: What to draw.
        limits: Of the backend, a dataclass.
        setup: `Backend.identity()`; None where it cannot be known, and then nothing is kept under the hash.
    """
    parts = {
        "program": job.program,
        "seed": job.seed,
        "canvas": canvas.name,
        "task": canvas.task_options(job.task),
        "backend": backend,
        "limits": dataclasses.asdict(limits),
        "setup": None if setup is None else dict(setup),
    }
    if job.stages:
        parts |= {"stages": dict(canvas.recorders(job.stages)), "stop": sorted(job.stop)}
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()
