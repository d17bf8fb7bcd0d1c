"""Paints fixed prompts with the model while it trains, and keeps the page that shows how it gets on.

```python
from codepaint_env.evaluate import Evaluator
from codepaint_env.trainers.trl import progression_callback

evaluator = Evaluator(canvas, rewards.make("0.3*renders + 0.7*coverage"), renderer)
trainer.add_callback(progression_callback("runs/flowers/progress", ["a red tulip", "a blue iris"], evaluator))
```
"""

from __future__ import annotations

import logging
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from codepaint_env.evaluate import Evaluated, Evaluator
from codepaint_env.render.backend import spec_of
from codepaint_env.reports.progression import step_folder, write_progression
from codepaint_env.runs.curves import CURVES, append_curves
from codepaint_env.runs.meta import META
from codepaint_env.runs.run import RECORDS
from codepaint_env.runs.writer import keep_run
from codepaint_env.tasks import load_tasks
from codepaint_env.trainers.shared.rows import rows
from codepaint_env.trainers.trl.sampling import sample_completions
from codepaint_env.trainers.trl.tracked_pictures import track_pictures
from rewards.errors import MissingPart, SpecError
from rewards.types import Task

if TYPE_CHECKING:
    from transformers import TrainerCallback

log = logging.getLogger("codepaint")

PREFIX = "codepaint/"  # of what the reward functions log
_KEPT = ("reward", "valid_rate", "quality_given_valid", "spread")


def progression_callback(
    folder: str | Path,
    tasks: str | Path | Sequence[str | Mapping[str, Any] | Task],
    evaluator: Evaluator,
    *,
    every: int = 10,
    max_new_tokens: int | None = None,
    seed: int = 0,
    batch_size: int = 8,
    title: str | None = None,
    system_prompt: str | None = None,
) -> TrainerCallback:
    """Returns a callback that writes `progression.html`, and what it shows, into a folder.

    At the start, every `every` steps and at the end, the model writes one completion per task. It samples as the
    training does, always from the same seed, and does not change the training's own random numbers. If the training
    reports to trackio or W&B, the pictures go there as well. A resumed training continues in the same folder: whole
    steps are not painted again, half-written ones are. Failures are logged and never end the training.

    Only the main process paints, so it must hold the whole model: not sharded (FSDP, ZeRO 3).

    Args:
        folder: Folder of this training.
        tasks: What is painted each time, as for `load_tasks`; 8 make a good page.
        evaluator: Renders and scores.
        every: Training steps from one painting to the next.
        max_new_tokens: Tokens of a completion; None takes the training's `max_completion_length`, else 512.
        seed: Seed of the sampling.
        batch_size: Completions written at once.
        title: Title of the page; None takes the name of the folder.
        system_prompt: The same as for the training's `dataset`.

    Raises:
        SpecError: A task cannot be understood or lacks the reference that the reward needs, or a number is not above 0.
        MissingPart: transformers is not installed.
    """
    for name, number in (("every", every), ("batch_size", batch_size)):
        if number < 1:
            raise SpecError(f"{name} is {number}; it must be a whole number above 0.")
    try:
        from transformers import TrainerCallback
    except ImportError:
        raise MissingPart("A training needs more: pip install 'codepaint-env[trl]'") from None
    painted = load_tasks(tasks, evaluator.canvas.name)
    evaluator.check_tasks(painted)
    easel = _Easel(Path(folder), painted, evaluator, seed, title)
    asked = [
        row["prompt"]
        for row in rows(easel.tasks, "trl", canvas=spec_of(evaluator.canvas), system_prompt=system_prompt)
    ]

    class Progression(TrainerCallback):  # type: ignore[misc]  # transformers may not be there
        """Paints at the start, every so many steps and at the end."""

        def on_train_begin(self, args: Any, state: Any, control: Any, **kwargs: Any) -> None:
            if state.is_world_process_zero:
                easel.look_around(state.global_step)
            if state.global_step % every == 0:
                self._paint(args, state, **kwargs)

        def on_step_end(self, args: Any, state: Any, control: Any, **kwargs: Any) -> None:
            if state.global_step % every == 0:
                self._paint(args, state, **kwargs)

        def on_train_end(self, args: Any, state: Any, control: Any, **kwargs: Any) -> None:
            self._paint(args, state, **kwargs)
            if state.is_world_process_zero:
                easel.write_page()  # with what was logged after the last painting

        def on_log(
            self, args: Any, state: Any, control: Any, logs: Mapping[str, Any] | None = None, **kwargs: Any
        ) -> None:
            if state.is_world_process_zero:
                easel.log(state.global_step, logs or {})

        def _paint(self, args: Any, state: Any, *, model: Any, processing_class: Any, **kwargs: Any) -> None:
            if not state.is_world_process_zero or easel.is_painted(state.global_step):
                return
            try:
                limit = max_new_tokens or getattr(args, "max_completion_length", None) or 512
                written = sample_completions(
                    model, processing_class, asked, args, limit=limit, seed=seed, batch_size=batch_size
                )
                name = model.config.name_or_path or type(model).__name__
                painted = easel.paint(state.global_step, written, name)
                track_pictures(args.report_to, state.global_step, painted)
            except Exception:  # whatever it is, hours of training are worth more than a picture
                log.exception("Step %d was not painted; the training goes on.", state.global_step)

    return Progression()


class _Easel:
    """What is painted and where it is kept."""

    def __init__(
        self, folder: Path, tasks: tuple[Task, ...], evaluator: Evaluator, seed: int, title: str | None
    ) -> None:
        self.folder = folder
        self.tasks = tasks
        self._evaluator = evaluator
        self._seed = seed
        self._title = title or folder.resolve().name

    def is_painted(self, step: int) -> bool:
        """Returns True if a checkpoint is whole."""
        place = step_folder(self.folder, step)
        try:
            return (place / META).is_file() and (place / RECORDS).read_bytes().count(b"\n") == len(self.tasks)
        except OSError:
            return False

    def look_around(self, step: int) -> None:
        """Warns where a training begins in the folder of another."""
        if step == 0 and any(path != step_folder(self.folder, 0) for path in self.folder.glob("step-*")):
            log.warning(
                "%s holds later steps of an earlier training, which are not painted again; choose another folder "
                "or empty it if this is not the same training once more.",
                self.folder,
            )

    def paint(self, step: int, completions: Sequence[str], policy: str) -> list[Evaluated]:
        """Renders and scores completions, one a task, keeps them as a checkpoint and writes the page; returns them."""
        evaluated = self._evaluator.evaluate(completions, self.tasks)
        place = step_folder(self.folder, step)
        if place.exists():
            shutil.rmtree(place)
        keep_run(
            place,
            evaluated,
            self._evaluator,
            name=self._title,
            policy=f"{policy} at step {step}",
            seed=self._seed,
        )
        write_progression(self.folder)
        return evaluated

    def log(self, step: int, logs: Mapping[str, Any]) -> None:
        """Keeps the numbers of a step that the curves are made of; ours before the trainer's own."""
        told = sorted(logs.items(), key=lambda entry: entry[0].startswith(PREFIX))
        values = {
            name.removeprefix(PREFIX): value
            for name, value in told
            if isinstance(value, int | float) and _is_kept(name)
        }
        if not values:
            return
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            append_curves(self.folder / CURVES, step, values)
        except OSError as error:
            log.warning("The numbers of step %d were not kept: %s", step, error)

    def write_page(self) -> None:
        """Writes the page of what there is."""
        try:
            write_progression(self.folder)
        except (OSError, SpecError) as error:
            log.warning("The progression was not written: %s", error)


def _is_kept(name: str) -> bool:
    own = name.removeprefix(PREFIX)
    return own in _KEPT or (name != own and own.startswith(("mean/", "spread/")))
