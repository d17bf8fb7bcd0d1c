"""What the explorer made of a page of the corpus, held against the truth."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from codepaint_env.render.backend import Job
from codepaint_env.render.renderer import Renderer
from page_corpus import Page
from rewards.pages.interactive import Interactive
from rewards.types import Interaction, Rendering, Sample, Task

STAGES = frozenset({"interactions"})


@dataclass(frozen=True, slots=True, eq=False)
class Outcome:
    """One page that was explored.

    Attributes:
        page: What it is.
        rendering: What was recorded of it.
        score: Of the reward `interactive`; None where the machine failed.
        timings: Seconds by phase.
    """

    page: Page
    rendering: Rendering
    score: float | None
    timings: dict[str, float]

    @property
    def steps(self) -> tuple[Interaction, ...]:
        """The trace; empty where there is none."""
        return self.rendering.interactions or ()

    def truth(self, step: Interaction) -> str:
        """Returns what is true of the control that a step tried: `live`, `dead` or `either`."""
        return self.page.truth(step.role, step.name)

    @property
    def wrong(self) -> list[str]:
        """A line for each step that was credited though its control is dead."""
        return [self._told(each) for each in self.steps if each.credited and self.truth(each) == "dead"]

    @property
    def live(self) -> list[Interaction]:
        """The steps on live controls, judged or not."""
        return [each for each in self.steps if self.truth(each) == "live"]

    @property
    def missed(self) -> list[str]:
        """A line for each step on a live control that was not credited."""
        return [self._told(each) for each in self.live if not each.credited]

    @property
    def trace(self) -> tuple[object, ...]:
        """What must be the same in every run: the trace, the pictures and the score."""
        return (
            self.rendering.status,
            self.rendering.kind,
            self.steps,
            dict(self.rendering.pictures),
            self.score,
        )

    def _told(self, step: Interaction) -> str:
        return f"{self.page}: {step.action} {step.role} {step.name!r}: {step.effect or step.evidence}"


def jobs(pages: Iterable[Page]) -> list[Job]:
    """Returns what a renderer is asked for, one job a page."""
    return [Job(page.document, 0, task=_task(page), stages=STAGES) for page in pages]


def outcomes(renderer: Renderer, pages: Sequence[Page]) -> list[Outcome]:
    """Explores pages through a renderer and scores them, in their order."""
    asked = jobs(pages)
    renderings = renderer.render(asked)
    samples = [
        Sample(job.task or _task(page), page.document, page.document, rendering, str(page))
        for page, job, rendering in zip(pages, asked, renderings, strict=True)
    ]
    scores = Interactive()(samples)
    return [
        Outcome(page, rendering, score.value, dict(renderer.timings.get(rendering.identity, {})))
        for page, rendering, score in zip(pages, renderings, scores, strict=True)
    ]


def _task(page: Page) -> Task:
    # Both pages of a pair are asked for alike: nothing in the task tells them apart.
    return Task(page.name, f"A page called {page.name}.", canvas="html")
