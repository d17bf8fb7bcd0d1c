"""Paints a pool again and keeps what has changed: for a release whose pixels are others."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from codepaint_env.pool.candidates import write_picture
from codepaint_env.pool.colours import leading_hue, palette
from codepaint_env.pool.keeping import write_manifest
from codepaint_env.pool.verify import BATCH
from codepaint_env.render.backend import Job
from rewards.errors import MachineError, SpecError
from rewards.pool import load_entries

if TYPE_CHECKING:
    from codepaint_env.render.renderer import Renderer


def renew(
    pool: Path,
    canvas: str,
    renderer: Renderer,
    show: Callable[[int, int], None] = lambda done, total: None,
) -> list[str]:
    """Paints the entries of a canvas again; writes the pictures, colours and hashes of those with other pixels.

    The manifest is written after each batch, so that a renewal that was killed leaves a pool that can be renewed.

    Returns:
        The ids of the changed entries.

    Raises:
        SpecError: A program paints nothing any more.
        MachineError: A machine failed. Run the same again.
    """
    entries = list(load_entries(pool))
    own = [place for place, entry in enumerate(entries) if entry.canvas == canvas]
    changed: list[str] = []
    for start in range(0, len(own), BATCH):
        show(start, len(own))
        batch = own[start : start + BATCH]
        jobs = [Job(entries[place].read_program(), entries[place].render_seed) for place in batch]
        for place, rendering in zip(batch, renderer.render(jobs), strict=True):
            entry = entries[place]
            if rendering.status == "machine_error":
                raise MachineError(f"{entry.id} could not be painted: {rendering.message} Try again.")
            if not rendering.ok or rendering.image is None:
                raise SpecError(f"{entry.id} paints nothing any more: {rendering.message} Remove the entry.")
            pixels_sha256 = hashlib.sha256(rendering.image.tobytes()).hexdigest()
            if pixels_sha256 == entry.pixels_sha256:
                continue
            file = pool / entry.image
            write_picture(file, rendering.image)
            look = entry.read_image()
            entries[place] = replace(
                entry,
                hue=leading_hue(look),
                palette=palette(look),
                pixels_sha256=pixels_sha256,
                file_sha256=hashlib.sha256(file.read_bytes()).hexdigest(),
            )
            changed.append(entry.id)
        write_manifest(pool, entries)
    show(len(own), len(own))
    return changed
