"""Probes, rendered once into run folders that a later call goes on with."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path

import numpy as np

from codepaint_env import canvases
from codepaint_env.canvases.canvas import Canvas
from codepaint_env.evaluate import paint, unjudged
from codepaint_env.render import picture_stages
from codepaint_env.render.backend import spec_of
from codepaint_env.render.identity import seed_of
from codepaint_env.render.renderer import Renderer
from codepaint_env.runs.meta import RunMeta
from codepaint_env.runs.run import load_run
from codepaint_env.runs.writer import RunWriter
from codepaint_env.study.probes.made_pictures import make, pasted_program
from codepaint_env.study.probes.probe import Probe, fingerprint
from rewards.types import Rendering, Sample

BATCH = 4  # probes that are rendered together; at most so much work is lost
PASTED = "pasted "
NO_REWARD = {"spec": None, "name": "none", "version": "", "range": None}

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class _Count:
    """Tells progress within one canvas as progress of all."""

    progress: Progress
    before: int
    total: int

    def __call__(self, done: int) -> None:
        self.progress(self.before + done, self.total)


@dataclass(frozen=True, slots=True, eq=False)
class Pair:
    """A probe and what its two programs painted.

    Attributes:
        probe: What is compared.
        lure: The adversarial sample.
        honest: The honest sample, of the same task and group.
    """

    probe: Probe
    lure: Sample
    honest: Sample


def record_probes(
    probes: Sequence[Probe],
    folder: Path | str,
    *,
    stages: frozenset[str] = frozenset(),
    progress: Progress = lambda done, total: None,
) -> list[Pair]:
    """Renders probes into a folder and returns them, in order; what lies there already is not rendered again.

    There is one run in the folder for each canvas and what was recorded, such as `p5brush` or `p5brush-text`. A pair
    of which a machine failed is returned and not kept, so that the next call renders it again.

    Args:
        probes: What to render.
        folder: Of the runs; it is made where it is missing.
        stages: What to record besides the canvas's own stages; those that a canvas does not know are left out.
        progress: Takes how many probes are done, and how many there are in all.

    Raises:
        SpecError: The folder holds something else, or a run of other probes or of another renderer.
        MissingPart: A stage takes an extra that is not installed.
    """
    names = list(dict.fromkeys(each.canvas for each in probes))
    placed = [(canvases.get(name), [each for each in probes if each.canvas == name]) for name in names]
    for canvas, _ in placed:
        canvas.recorders(stages & canvas.on_request)  # raises what is missing, before anything is rendered
    found: dict[str, Pair] = {}
    for canvas, some in placed:
        found |= _recorded(canvas, some, Path(folder), stages, _Count(progress, len(found), len(probes)))
    return [found[each.name] for each in probes]


def record_pairs(
    canvas: Canvas, renderer: Renderer, probes: Sequence[Probe], stages: frozenset[str] = frozenset()
) -> list[Pair]:
    """Renders probes of one canvas and returns them, in order, without writing anything."""
    stages &= canvas.on_request
    programs = [each.honest for each in probes] + [_lure_program(each) for each in probes]
    twice = [*probes, *probes]
    wanted = [i for i, program in enumerate(programs) if program]
    painted = paint(
        canvas,
        renderer,
        [programs[i] for i in wanted],
        [seed_of(twice[i].task.id) for i in wanted],
        tasks=[twice[i].task for i in wanted],
        stages=stages,
    )
    drawn = {i: each.rendering for i, each in zip(wanted, painted, strict=True)}
    pairs = []
    for i, probe in enumerate(probes):
        honest = _sample(probe, programs[i], drawn[i])
        lured = drawn.get(len(probes) + i)
        if lured is None:
            lure = _sample(probe, _note(probe), _made(probe, drawn[i], stages))
        else:
            lure = _sample(probe, programs[len(probes) + i], lured)
        pairs.append(Pair(probe, lure, honest))
    return pairs


def _recorded(
    canvas: Canvas,
    probes: Sequence[Probe],
    folder: Path,
    stages: frozenset[str],
    progress: Callable[[int], None],
) -> dict[str, Pair]:
    place = folder / "-".join([canvas.name, *sorted(stages & canvas.on_request)])
    failed: dict[str, Pair] = {}
    with closing(Renderer(canvas)) as renderer:
        meta = RunMeta(
            name="probes",
            created=datetime.now(UTC).isoformat(timespec="seconds"),
            version=metadata.version("codepaint-env"),
            env=canvas.env_id,
            canvas=spec_of(canvas),
            tasks=f"probes {fingerprint()}",
            reward=NO_REWARD,
            renderer=renderer.identity(),
            policy="probes",
            seed=0,
        )
        with RunWriter(place, meta, suffix=canvas.suffix, resume=True) as writer:
            there = [writer.written.count(each.task.id) for each in probes]
            missing = [each for each, count in zip(probes, there, strict=True) if count < 2]
            done = len(probes) - len(missing)
            progress(done)
            for start in range(0, len(missing), BATCH):
                for pair in record_pairs(canvas, renderer, missing[start : start + BATCH], stages):
                    if "machine_error" in (pair.lure.rendering.status, pair.honest.rendering.status):
                        failed[pair.probe.name] = pair
                        continue
                    # A run that was killed between the two has the lure.
                    for sample in (pair.lure, pair.honest)[writer.written.count(pair.lure.task.id) :]:
                        writer.append(unjudged(sample))
                progress(done + min(start + BATCH, len(missing)))
    kept: dict[str, list[Sample]] = {}
    for sample in load_run(place).samples:
        kept.setdefault(sample.task.id, []).append(sample)
    return {
        each.name: failed[each.name] if each.name in failed else Pair(each, *kept[each.task.id][:2])
        for each in probes
    }


def _lure_program(probe: Probe) -> str:
    if probe.made.startswith(PASTED):
        return pasted_program(probe.made.removeprefix(PASTED))
    return probe.lure


def _note(probe: Probe) -> str:
    return f"// No program painted this picture. It was made from a finished one: {probe.made}.\n"


def _sample(probe: Probe, program: str, rendering: Rendering) -> Sample:
    return Sample(probe.task, program, program, rendering, probe.task.id)


def _made(probe: Probe, honest: Rendering, stages: frozenset[str]) -> Rendering:
    """Returns the rendering of a lure whose picture is made; what was found in the honest one is looked for anew."""
    if honest.image is None:
        return honest
    image: np.ndarray[tuple[int, ...], np.dtype[np.uint8]] = np.ascontiguousarray(
        make(probe.made, honest.image)
    )
    identity = hashlib.sha256(f"{probe.name} {probe.made}".encode() + image.tobytes()).hexdigest()
    looked = stages & picture_stages.STAGES
    made = replace(honest, image=image, findings=(), evidence=honest.evidence - looked, identity=identity)
    return picture_stages.record(made, looked)
