"""What ran: the head of a run folder."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

from codepaint_env.render.codec import CodecError, convert, parse
from rewards.errors import SpecError
from rewards.types import Reward

META = "run.json"
FORMAT = 3


@dataclass(frozen=True, slots=True)
class RunMeta:
    """What ran.

    Attributes:
        name: Of the run, for people.
        created: When it began, ISO 8601 in UTC.
        version: Of codepaint.
        env: Id of the environment.
        canvas: Its spec, with all parameters, such as `p5brush(prelude='garden')`.
        tasks: Name of the task set, or where the tasks came from.
        reward: `spec` (the normal form; None for a live object), `name`, `version` and `range`.
        renderer: What drew the pictures, as the renderer describes itself.
        policy: Name of what wrote the programs.
        seed: Where the order of tasks starts.
    """

    name: str
    created: str
    version: str
    env: str
    canvas: str
    tasks: str
    reward: Mapping[str, Any]
    renderer: Mapping[str, str]
    policy: str
    seed: int


def reward_meta(reward: Reward, spec: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """Returns what is written of a reward; `spec` is its normal form where it was made from one."""
    bounds = reward.traits.range
    return {
        "spec": spec,
        "name": reward.name,
        "version": reward.version,
        "range": list(bounds) if bounds is not None and all(map(math.isfinite, bounds)) else None,
    }


def write_meta(folder: Path, meta: RunMeta) -> None:
    """Writes what runs into the folder of a run, all of it or nothing."""
    fresh = folder / f"{META}.new"
    fresh.write_text(json.dumps({"format": FORMAT, **asdict(meta)}, indent=2) + "\n", encoding="utf-8")
    fresh.replace(folder / META)


def read_meta(folder: Path) -> RunMeta:
    """Returns what ran.

    Raises:
        SpecError: There is no run in the folder, or one that another release wrote.
    """
    path = folder / META
    if not path.is_file():
        raise SpecError(f"There is no run in {folder}: {META} is missing.")
    try:
        told = parse(path.read_bytes())
        if not isinstance(told, dict) or "format" not in told:
            raise CodecError("it names no format.")
        form = told.pop("format")
        if form != FORMAT:
            by = told.get("version")
            raise SpecError(
                f"{path} has the format {form!r}; this release reads {FORMAT}. Paint the run anew, or read it with "
                f"the release that wrote it ({by})."
            )
        if unknown := sorted(set(told) - {field.name for field in fields(RunMeta)}):
            raise CodecError(f"it has the key {unknown[0]!r}, which no run has.")
        return convert(told, RunMeta)
    except CodecError as error:
        raise SpecError(f"{path} is not understood: {error}") from error
