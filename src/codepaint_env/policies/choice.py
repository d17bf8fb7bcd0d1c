"""Policies by name: the reference pool, a canvas's own drawings or samples, a folder, or a model."""

from __future__ import annotations

from pathlib import Path

from codepaint_env.canvases.canvas import Canvas
from codepaint_env.policies.policy import FORMS, Policy
from codepaint_env.render.backend import spec_of
from rewards.errors import SpecError
from rewards.pool import load_entries


def make_policy(spec: str | None, canvas: Canvas) -> Policy:
    """Makes a policy.

    Args:
        spec: `pool` (the paintings of the reference pool), `drawings` (the canvas's own), `samples` (random small
            programs), the path of a folder of programs, or `openai:MODEL`; None takes the first of these that there is.
        canvas: What it writes for.

    Raises:
        SpecError: It is none of them, or there is no such program.
        MissingPart: The pool, a package or a key is missing.
    """
    from codepaint_env.policies import files, openai, pool, samples

    if spec is None:
        return make_policy(_best_known(canvas), canvas)
    if spec == "pool":
        entries = [
            entry for entry in load_entries() if entry.tier and entry.canvas in (canvas.name, spec_of(canvas))
        ]
        return pool.PoolPolicy(entries)
    if spec == "drawings":
        return files.DrawingsPolicy(canvas)
    if spec == "samples":
        return samples.SamplePolicy(canvas)
    kind, colon, model = spec.partition(":")
    if kind == "openai" and colon:
        if not model.strip():
            raise SpecError("The policy 'openai:' names no model; write for example 'openai:gpt-4.1-mini'.")
        return openai.OpenAIPolicy(model)
    if Path(spec).expanduser().is_dir():
        return files.FolderPolicy(Path(spec).expanduser(), canvas)
    raise SpecError(f"No policy is called {spec!r} and no folder either; it is {FORMS}.")


def _best_known(canvas: Canvas) -> str:
    from codepaint_env.policies.files import Illustrated

    if isinstance(canvas, Illustrated):
        return "drawings"
    return (
        "pool"
        if any(entry.canvas in (canvas.name, spec_of(canvas)) for entry in load_entries())
        else "samples"
    )
