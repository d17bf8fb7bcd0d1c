"""Paints a pool again and compares each picture with the hash that its manifest names."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from codepaint_env.render.backend import Job
from rewards.errors import MachineError
from rewards.pool import PoolEntry

if TYPE_CHECKING:
    from codepaint_env.render.renderer import Renderer

BATCH = 16


def spread(entries: Sequence[PoolEntry], count: int) -> Sequence[PoolEntry]:
    """Returns at most so many entries, at equal distances in the pool."""
    return entries[:: max(1, len(entries) // count)][:count]


def verify(
    entries: Sequence[PoolEntry],
    renderer: Renderer,
    show: Callable[[int, int], None] = lambda done, total: None,
) -> dict[str, str]:
    """Returns what is wrong with entries, by id: changed files, and programs that paint something else here.

    Raises:
        MachineError: A machine failed, so that nothing can be said of an entry.
    """
    wrong: dict[str, str] = {}
    show(0, len(entries))
    for start in range(0, len(entries), BATCH):
        batch = entries[start : start + BATCH]
        jobs = [Job(entry.read_program(), entry.render_seed) for entry in batch]
        for entry, rendering in zip(batch, renderer.render(jobs), strict=True):
            if rendering.status == "machine_error":
                raise MachineError(f"{entry.id} could not be painted: {rendering.message} Try again.")
            files = (
                (entry.program, entry.program_bytes(), entry.program_sha256),
                (entry.image, (entry.folder / entry.image).read_bytes(), entry.file_sha256),
            )
            changed = [name for name, held, told in files if _sha256(held) != told]
            if changed:
                wrong[entry.id] = f"{' and '.join(changed)} changed since the manifest was written"
            elif not rendering.ok or rendering.image is None:
                wrong[entry.id] = f"paints nothing: {rendering.message}"
            elif _sha256(rendering.image.tobytes()) != entry.pixels_sha256:
                wrong[entry.id] = "paints other pixels"
        show(start + len(batch), len(entries))
    return wrong


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
