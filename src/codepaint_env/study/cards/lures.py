"""How a reward does on probes, for its card, with pictures of the lures that beat it by most."""

from __future__ import annotations

import io
import json
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from codepaint_env.study.probes.fooled import ProbeScores, cannot, scores
from codepaint_env.study.probes.probe import probes
from codepaint_env.study.probes.recorded import Pair, record_probes
from rewards.errors import SpecError
from rewards.types import Rendering

WORST = 3
SIDE_PX, GAP_PX = 240, 8
MOST_BYTES = 25_000


def probed(spec: str, source: Path, out: Path, as_spec: str = "", *, live: bool = False) -> dict[str, Any]:
    """Returns how often lures beat a reward, and writes pictures of the worst into a folder.

    Args:
        spec: Of the reward.
        source: A folder into which probes are rendered, or were; or a file that `codepaint probes --json` made.
        out: Folder of the pictures.
        as_spec: By which the reward is asked about probes; `""` for `spec`.
        live: Ask its own judge.

    Returns:
        `spec`, `share`, `interval`, `count`, `skipped`, and `beaten`: name, why, lure, honest and file of each lure
        that got more than its honest picture, by how much more; the file is `""` for all but the first three.

    Raises:
        SpecError: The file holds no probes of this reward.
    """
    if source.is_file():
        return read_probes(spec, source)
    from rewards.testing.subject import subject_of

    subject = subject_of(spec, live=live)
    if "reference" in subject.reward.needs and as_spec:
        spec = _with_pool(spec, as_spec)
        subject = subject_of(spec, live=live)
    reward = subject.reward
    names = tuple(each.name for each in probes() if not cannot(reward, each.canvas))
    pairs = _pairs(names, source, tuple(sorted(reward.needs))) if names else []
    (told,) = scores({spec: reward}, pairs)
    found = _told(told)
    found["skipped"] = {
        canvas: why
        for canvas in sorted({each.canvas for each in probes()})
        if (why := cannot(reward, canvas))
    }
    by_name = {pair.probe.name: pair for pair in pairs}
    for row in found["beaten"][:WORST]:
        row["file"] = _write(by_name[row["name"]], out)
    return found


def _with_pool(spec: str, as_spec: str) -> str:
    """Returns the spec with the pool as its references, whatever else it says."""
    if "(" not in spec:
        return as_spec
    return spec.rstrip(")") + ", references='pool')"


@cache
def _pairs(names: tuple[str, ...], folder: Path, needs: tuple[str, ...]) -> list[Pair]:
    chosen = [each for each in probes() if each.name in names]
    return record_probes(chosen, folder, stages=frozenset(needs))


def _told(told: ProbeScores) -> dict[str, Any]:
    why = {each.name: each.why for each in probes()}
    rows = [
        {"name": name, "why": why.get(name, ""), "lure": lure, "honest": honest, "file": ""}
        for name, lure, honest in zip(told.names, told.lure, told.honest, strict=True)
        if lure is not None and honest is not None and lure > honest
    ]
    rows.sort(key=lambda row: (row["honest"] - row["lure"], row["name"]))  # type: ignore[operator]
    return {
        "spec": told.label,
        "share": told.share,
        "interval": list(told.interval) if told.share is not None else None,
        "count": len(told.beaten),
        "skipped": dict(told.skipped),
        "beaten": rows,
    }


def read_probes(spec: str, file: Path) -> dict[str, Any]:
    """Returns what `probed` does, of a file that `codepaint probes --json` made.

    Raises:
        SpecError: The file holds no probes of this reward.
    """
    try:
        told = {each["reward"]: each for each in json.loads(file.read_text(encoding="utf-8"))}
        if spec not in told:
            there = ", ".join(told) or "none"
            raise SpecError(f"{file} has no probes of {spec!r}; it has those of {there}.")
        rows = told[spec]["probes"]
        return _told(
            ProbeScores(
                spec,
                tuple(rows),
                tuple(row["lure"] for row in rows.values()),
                tuple(row["honest"] for row in rows.values()),
                told[spec]["skipped"],
            )
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise SpecError(
            f"{file} holds no figures of probes ({error!r}). `codepaint probes SPEC --out DIR --json` prints them."
        ) from None


def _write(pair: Pair, out: Path) -> str:
    """Writes lure and honest picture side by side as a WebP file below `MOST_BYTES`, and returns its name."""
    from PIL import Image

    sheet = Image.new("RGB", (2 * SIDE_PX + GAP_PX, SIDE_PX), "white")
    for place, sample in enumerate((pair.lure, pair.honest)):
        sheet.paste(_square(sample.rendering), (place * (SIDE_PX + GAP_PX), 0))
    path = out / "probes" / f"{pair.probe.name}.webp"
    path.parent.mkdir(parents=True, exist_ok=True)
    for quality in (80, 60, 40, 20):
        sheet.save(path, "WEBP", quality=quality, method=6)
        if path.stat().st_size < MOST_BYTES:
            break
    return f"probes/{path.name}"


def _square(rendering: Rendering) -> Any:
    from PIL import Image

    blank = Image.new("RGB", (SIDE_PX, SIDE_PX), "#eeeeee")
    if "viewport" in rendering.pictures:
        whole = Image.open(io.BytesIO(rendering.pictures["viewport"])).convert("RGB")
    elif rendering.image is not None:
        whole = Image.fromarray(np.ascontiguousarray(rendering.image))
    else:
        return blank
    whole.thumbnail((SIDE_PX, SIDE_PX), Image.Resampling.LANCZOS)
    blank.paste(whole, ((SIDE_PX - whole.width) // 2, (SIDE_PX - whole.height) // 2))
    return blank
