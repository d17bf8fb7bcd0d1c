"""The adapter that GEPA asks for scores and for words."""

from __future__ import annotations

import base64
import io
import logging
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any

from codepaint_env import canvases
from codepaint_env.episodes.turns import feedback
from codepaint_env.evaluate import Evaluated, Evaluator
from codepaint_env.render.renderer import Renderer
from codepaint_env.trainers.shared import rows as shared
from codepaint_env.trainers.shared.conversation import read_task
from codepaint_env.trainers.shared.guard import Guard
from codepaint_env.trainers.shared.settings import no_step
from codepaint_env.trainers.shared.training_renderer import training_renderer
from rewards import make
from rewards.critique import critique
from rewards.errors import MachineError, SpecError
from rewards.mixing.schedule import stepped
from rewards.types import DEFAULT_CANVAS, Task

if TYPE_CHECKING:
    from gepa.core.adapter import EvaluationBatch

log = logging.getLogger("codepaint")

COMPONENT = "system_prompt"
"""The one text that evolves."""

AT_ONCE = 8  # completions that are asked for
SHOWN_PX = 256  # side of the pictures that the reflecting model is shown

Writer = Callable[[list[dict[str, str]]], str]


class Adapter:
    """The adapter for `gepa.optimize(adapter=...)`: paints a batch of tasks under a system prompt and reports on it.

    A painting has the same score as in `gym.make` for the same completion. For each painting, the reflecting model
    reads the prompt, the completion, the score with its components, and the feedback: the errors, the findings and the
    reward's critique.

    If a machine failed (a renderer, a judge or the model that writes), that painting has no score, and `evaluate`
    raises. With `raise_on_exception=False` GEPA skips the iteration. If the machine stays broken, GEPA would do so for
    ever, so pass `stop_callbacks=[adapter.ended]` as well.

    Args:
        writer: What writes completions: a function of messages (`role`, `content`) that returns a text, called from
            several threads; or the name of a model at `OPENAI_BASE_URL`.
        reward: A reward spec or a reward object; None takes the canvas's own.
        canvas: The kind of program.
        renderer: Options of the renderer as in `gym.make`, or a `Renderer`.
        images: Shows the reflecting model the paintings too; it must be able to see.

    Raises:
        SpecError: The spec is not understood, or the reward compares the samples of a group.
        MissingPart: An extra or a key is missing.
    """

    propose_new_texts = None  # GEPA asks its reflection_lm

    def __init__(
        self,
        writer: str | Writer,
        *,
        reward: Any = None,
        canvas: str = DEFAULT_CANVAS,
        renderer: Mapping[str, Any] | Renderer | None = None,
        images: bool = False,
    ) -> None:
        self._canvas = canvases.get(canvas)
        judge = make(self._canvas.default_reward if reward is None else reward)
        if judge.traits.scope == "group":
            raise SpecError(
                f"The reward {judge.name!r} compares the samples of a group, and GEPA paints each task of a minibatch "
                "once; give Adapter(reward=...) one that judges each by itself."
            )
        stepped(judge, None, no_step("GEPA"))
        self._writer = _asking(writer) if isinstance(writer, str) else writer
        self._evaluator = Evaluator(self._canvas, judge, training_renderer(canvas, renderer))
        self._images = images
        self._guard = Guard()
        self._end: Exception | None = None

    @property
    def seed_candidate(self) -> dict[str, str]:
        """The first candidate: the canvas's own system prompt."""
        return {COMPONENT: self._canvas.system_prompt}

    def ended(self, state: object = None) -> bool:
        """Tells GEPA to stop, as one of `stop_callbacks`: True after a failure that no later iteration can mend."""
        return self._end is not None

    def evaluate(
        self, batch: Sequence[Any], candidate: Mapping[str, str], capture_traces: bool = False
    ) -> EvaluationBatch[Evaluated, dict[str, Any]]:
        """Paints tasks under a candidate's system prompt and scores them.

        Args:
            batch: Rows of `rows`, prompts, or tasks. A row may name a `group`, which decides the draw of references; by
                default it is the task.
            candidate: Has the text `system_prompt`.
            capture_traces: Keeps what `make_reflective_dataset` needs.

        Returns:
            One output and one score per task. `objective_scores` hold `painted`, 1 if the program painted, and the
            reward's components.

        Raises:
            MachineError: A painting has no score.
            SpecError: The batch, the candidate or the writer's answer is malformed.
            Exception: A failure that ends the optimisation; see `Guard`.
        """
        from gepa.core.adapter import EvaluationBatch

        try:
            tasks = [self._task(row) for row in batch]
            groups = [_group(row, task) for row, task in zip(batch, tasks, strict=True)]
            evaluated = self._scored(tasks, groups, _told(candidate))
        except (_Skipped, KeyboardInterrupt):
            raise
        except Exception as error:
            self._end = error
            log.error("GEPA is told to stop (stop_callbacks=[adapter.ended]): %s", error)
            raise
        return EvaluationBatch(
            outputs=[_output(each) for each in evaluated],
            scores=[float(each.score.value or 0.0) for each in evaluated],
            trajectories=evaluated if capture_traces else None,
            objective_scores=[self._objectives(each) for each in evaluated],
        )

    def make_reflective_dataset(
        self,
        candidate: Mapping[str, str],
        eval_batch: EvaluationBatch[Evaluated, dict[str, Any]],
        components_to_update: Sequence[str],
    ) -> dict[str, list[dict[str, Any]]]:
        """Returns what the reflecting model reads about each painting, under `system_prompt`."""
        unknown = [name for name in components_to_update if name != COMPONENT]
        if unknown:
            raise SpecError(_other_component(unknown))
        return {COMPONENT: [self._record(each) for each in eval_batch.trajectories or ()]}

    def _scored(self, tasks: Sequence[Task], groups: Sequence[str], system_prompt: str) -> list[Evaluated]:
        failed: list[Exception] = []

        def evaluate() -> list[Evaluated]:
            try:
                return self._evaluator.evaluate(self._written(tasks, system_prompt), tasks, groups)
            except Exception as error:
                failed.append(error)
                raise

        placed = self._guard.run(evaluate, [None] * len(tasks))
        whole = [each for each in placed if each is not None and each.valid]
        if len(whole) < len(tasks):
            reasons = [str(error) for error in failed]
            reasons += [each.score.reason for each in placed if each is not None and not each.valid]
            raise _Skipped(
                f"{len(tasks) - len(whole)} of {len(tasks)} paintings have no score, because a machine failed and not "
                f"the prompt: {reasons[0]}"
            ) from (failed[0] if failed else None)
        return whole

    def _written(self, tasks: Sequence[Task], system_prompt: str) -> list[str]:
        """Returns the writer's completions, in order."""

        def ask(task: Task) -> str:
            said = [{"role": "user", "content": task.prompt}]
            if system_prompt:
                said.insert(0, {"role": "system", "content": system_prompt})
            text = self._writer(said)
            if not isinstance(text, str):
                raise SpecError(
                    f"The writer of Adapter(writer=...) returned a {type(text).__name__}, {text!r:.80}; it must return "
                    "the text of the completion."
                )
            return text

        with ThreadPoolExecutor(max(1, min(AT_ONCE, len(tasks)))) as threads:
            return list(threads.map(ask, tasks))

    def _task(self, row: Any) -> Task:
        if isinstance(row, Task):
            if row.canvas != self._canvas.name:
                raise SpecError(
                    f"The task {row.id!r} is for the canvas {row.canvas!r} and the adapter paints "
                    f"{self._canvas.name!r}; give Adapter(canvas=...) and the trainset the same."
                )
            return row
        told = {"prompt": row} if isinstance(row, str) else row
        prompt = told.get("prompt") if isinstance(told, Mapping) else None
        if not isinstance(prompt, str) or not prompt.strip():
            raise SpecError(
                f"{row!r:.80} is no task; give gepa.optimize(trainset=..., valset=...) what rows(...) of "
                "codepaint_env.trainers.gepa returns, prompts, or tasks."
            )
        return read_task(prompt, told, self._canvas.name)

    def _objectives(self, evaluated: Evaluated) -> dict[str, float]:
        parts = self._evaluator.reward.traits.components
        score = evaluated.score
        return {
            "painted": float(evaluated.sample.rendering.ok),
            **{name: float(score.components.get(name, 0.0)) for name in parts},
        }

    def _record(self, evaluated: Evaluated) -> dict[str, Any]:
        sample, score = evaluated.sample, evaluated.score
        said = critique(self._evaluator.reward, sample) if sample.rendering.ok else ""
        parts = "".join(f"\n{name}: {value:.2f}" for name, value in score.components.items())
        record: dict[str, Any] = {
            "Inputs": {"prompt": sample.task.prompt},
            "Generated Outputs": sample.completion,
            "Score": f"{score.value:.2f}{parts}",
            "Feedback": feedback(sample.rendering, said),
        }
        if self._images and sample.rendering.image is not None:
            record["Picture"] = _shown(sample.rendering.image)
        return record


class _Skipped(MachineError):
    """Paintings without a score, for which a later iteration may do better."""


def rows(
    source: str | Path | Sequence[str | Mapping[str, Any] | Task] = "flowers", *, canvas: str = DEFAULT_CANVAS
) -> list[dict[str, Any]]:
    """Returns a task set as rows for `trainset` and `valset`: `prompt`, `task_id` and the other fields of its tasks.

    Args:
        source: A shipped set, a file, or a list, as for `codepaint tasks list`.
        canvas: The kind of program that the tasks ask for.
    """
    return shared.rows(source, "gepa", canvas=canvas)


def _asking(model: str) -> Writer:
    from codepaint_env.policies.openai import OpenAIPolicy

    policy = OpenAIPolicy(model)
    return lambda messages: policy.complete(messages, messages[-1]["content"][:80])


def _group(row: Any, task: Task) -> str:
    return str((row.get("group") if isinstance(row, Mapping) else None) or task.id)


def _told(candidate: Mapping[str, str]) -> str:
    if COMPONENT not in candidate:
        raise SpecError(_other_component(list(candidate)))
    return candidate[COMPONENT]


def _other_component(names: Sequence[str]) -> str:
    return (
        f"The candidate has the component {', '.join(map(repr, names)) or 'none'}; give "
        f"gepa.optimize(seed_candidate={{{COMPONENT!r}: ...}}), as adapter.seed_candidate is."
    )


def _output(evaluated: Evaluated) -> dict[str, Any]:
    """Returns what GEPA keeps of a painting, JSON-able."""
    rendering = evaluated.sample.rendering
    return {
        "task_id": evaluated.sample.task.id,
        "completion": evaluated.sample.completion,
        "status": f"{rendering.status} {rendering.kind}".strip(),
        "pixels_sha256": evaluated.pixels_sha256,
    }


def _shown(image: Any) -> Any:
    from gepa.image import Image as Shown
    from PIL import Image

    file = io.BytesIO()
    picture = Image.fromarray(image)
    picture.thumbnail((SHOWN_PX, SHOWN_PX))
    picture.save(file, "PNG")
    return Shown(base64_data=base64.b64encode(file.getvalue()).decode("ascii"), media_type="image/png")
