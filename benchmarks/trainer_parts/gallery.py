"""The gallery of a kept training: the page that a training writes, made of its programs before and after."""

from __future__ import annotations

import json
import shutil
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

from codepaint_env.evaluate import Evaluated, Evaluator
from codepaint_env.reports.progression import FIGURES, step_folder, write_progression
from codepaint_env.runs.curves import CURVES, append_curves
from codepaint_env.runs.writer import keep_run

SHOWN = 24  # prompts
PARTS = {
    "named": "share of {count} held-out prompts whose subject the independent test names",
    "renders": "share of programs that paint",
    "discs": "share of discs",
}
DIVERSITY = {
    "diversity": "diversity between prompts",
    "diversity_of_a_prompt": "diversity among four samples of a prompt",
}


def write_gallery(told: dict[str, Any], said: dict[str, Any], to: Path) -> None:
    """Writes the page of one training.

    Args:
        told: What was kept of it: programs, curves and arguments.
        said: What the judges say of it before and after.
        to: The page.
    """
    import grpo_paint

    import rewards
    from codepaint_env import canvases
    from codepaint_env.render.renderer import Renderer

    canvas = canvases.get(grpo_paint.CANVAS)
    renderer = Renderer(canvas)
    steps = max(int(step) for step in told["curves"])
    try:
        evaluator = Evaluator(canvas, rewards.make(grpo_paint.REWARD), renderer, probe=False)
        with tempfile.TemporaryDirectory() as place:
            folder = Path(place)
            for when, step in (("before", 0), ("after", steps)):
                shown = said[when]["painted"][:SHOWN]
                scored = evaluator.evaluate(
                    [each.sample.completion for each in shown], [each.sample.task for each in shown]
                )
                keep_run(
                    step_folder(folder, step),
                    [with_test(each, seen) for each, seen in zip(scored, said[when]["seen"], strict=False)],
                    evaluator,
                    name="A small model learns to paint what it is asked",
                    policy=f"SmolLM2-135M at step {step}",
                    seed=int(told["arguments"]["seed"]),
                )
            for step, values in sorted((int(step), values) for step, values in told["curves"].items()):
                append_curves(folder / CURVES, step, values)
            (folder / FIGURES).write_text(json.dumps(held_out(said)), encoding="utf-8")
            shutil.copyfile(write_progression(folder), to)
    finally:
        renderer.close()


def held_out(said: dict[str, Any]) -> list[dict[str, Any]]:
    """Returns the figures of all held-out prompts, those that are no reward."""
    before, after = said["before"], said["after"]
    count = len(before["prompts"]["named"])
    rows = [
        {
            "label": label.format(count=count),
            **{
                when: sum(each["prompts"][name]) / count
                for when, each in (("before", before), ("after", after))
            },
        }
        for name, label in PARTS.items()
    ]
    return rows + [
        {"label": label, "before": before[name], "after": after[name]}
        for name, label in DIVERSITY.items()
        if before[name] is not None and after[name] is not None
    ]


def with_test(each: Evaluated, seen: str) -> Evaluated:
    """Adds what the independent test takes a painting for to what the judges say."""
    from garden_studies import subject_of

    right = float(seen == subject_of(each.sample.task.prompt))
    components = {**each.score.components, f"independent test sees: {seen}": right}
    return replace(each, score=replace(each.score, components=components))
