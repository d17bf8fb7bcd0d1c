"""Three steps of a training on SVG documents, as TRL asks for their rewards, wherever they are drawn."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

from codepaint_env.canvases.svg.canvas import SVG
from codepaint_env.render.renderer import Renderer
from codepaint_env.render.shared_renderer import shared_renderer
from codepaint_env.trainers.trl import reward_funcs
from live_processes import until
from trl_contract import MIX, Trainer

BATCHES = [
    [
        f'<svg xmlns="http://www.w3.org/2000/svg"><rect width="{9 * number}" height="{20 + batch}" fill="red"/></svg>'
        for number in range(24)
    ]
    for batch in range(3)
]
SECOND = 30  # programs drawn, by which the second step has begun


def trainer(**options: Any) -> tuple[Trainer, Renderer]:
    """Returns a trainer that draws so, and its renderer."""
    drawing = {"cache": 0, "disk_cache": False, **options}
    made = Trainer(reward_funcs(MIX, canvas="svg", renderer=drawing, probe=False))
    return made, shared_renderer(SVG(), drawing)


def steps(trainer: Trainer) -> list[Any]:
    """Plays one step after the other, as a trainer does; returns the rewards of each."""
    return [trainer.rewards(batch) for batch in BATCHES]


def local_steps() -> list[Any]:
    """Returns what the steps earn where they are drawn by a fleet of one's own."""
    here, renderer = trainer(backend="local", workers=1)
    found = steps(here)
    renderer.release()
    return found


@contextmanager
def in_its_second_step(trainer: Trainer, drawn: Callable[[], float]) -> Iterator[Future[list[Any]]]:
    """Plays the steps on a thread, and yields their future when the second has begun.

    Args:
        trainer: Trains.
        drawn: How many programs have been drawn.
    """
    with ThreadPoolExecutor(1) as pool:
        training = pool.submit(steps, trainer)
        until(lambda: drawn() > SECOND, "the second step does not begin")
        assert not training.done()
        yield training
