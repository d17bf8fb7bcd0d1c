"""Evidence that a run has not recorded: its programs are rendered again, and must paint the same pictures."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from codepaint_env.canvases.canvas import Canvas
from codepaint_env.evaluate import Evaluated, paint
from codepaint_env.render.identity import seed_of
from codepaint_env.render.renderer import AUTO, Renderer
from codepaint_env.runs.run import Run
from rewards.errors import MachineError, SpecError

BATCH = 16  # programs rendered before progress is told

Show = Callable[[int, int], None]


def recorded_again(
    run: Run, canvas: Canvas, stages: frozenset[str], show: Show = lambda *_: None
) -> tuple[Run, dict[str, str]]:
    """Renders the programs of a run again, with further stages, and returns the run with both its old and new evidence.

    What a machine failed to render in the run stays as it is. Renderings are cached, so that a second call goes on
    where the first was stopped.

    Args:
        run: Whose programs are rendered.
        canvas: Of the run.
        stages: To record beside those that the run has.
        show: Told how many are done, of how many.

    Returns:
        The run, and the identity of what rendered it.

    Raises:
        SpecError: A program does not come out as it was recorded.
        MachineError: A machine failed.
    """
    found = list(run.evaluated)
    had = frozenset[str]().union(*(sample.rendering.evidence for sample in run.samples))
    wanted = (stages | had) & canvas.on_request
    left = [place for place, each in enumerate(found) if each.sample.rendering.status != "machine_error"]
    with closing(Renderer(canvas, path=_path(run, canvas))) as renderer:
        identity = renderer.identity()
        show(0, len(left))
        for start in range(0, len(left), BATCH):
            some = left[start : start + BATCH]
            samples = [found[place].sample for place in some]
            tasks = [sample.task for sample in samples]
            painted = paint(
                canvas,
                renderer,
                [sample.completion for sample in samples],
                [seed_of(task.id) for task in tasks],
                tasks=tasks,
                stages=wanted,
            )
            for place, each in zip(some, painted, strict=True):
                fresh = replace(found[place].sample, program=each.program, rendering=each.rendering)
                again = Evaluated(fresh, found[place].score)
                _compare(run.folder, place, found[place], again)
                found[place] = again
            show(start + len(some), len(left))
    return Run(run.folder, run.meta, tuple(found)), identity


def _path(run: Run, canvas: Canvas) -> str | None:
    path = run.meta.renderer.get("path")
    return path if path in (*canvas.backends(), AUTO) else None


def _compare(folder: Path, place: int, was: Evaluated, now: Evaluated) -> None:
    rendering = now.sample.rendering
    if rendering.status == "machine_error":
        raise MachineError(
            f"A machine failed to render sample {place} again ({rendering.message}). Run the same again."
        )
    if rendering.status != was.sample.rendering.status or now.pixels_sha256 != was.pixels_sha256:
        raise SpecError(
            f"Sample {place} of {str(folder)!r} does not come out as it was recorded: "
            f"{_told(was)} then, {_told(now)} now. Its new evidence would not be that of its picture. "
            "Use the release and renderer that wrote the run, or paint the run anew."
        )


def _told(each: Evaluated) -> str:
    rendering = each.sample.rendering
    return f"picture {each.pixels_sha256[:12]}" if rendering.ok else f"{rendering.status} {rendering.kind!r}"
