"""A page graded by a judge that sees its screenshots: alignment of 40 points, aesthetics of 30, structure of 30."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from rewards.critique import without_scores
from rewards.errors import MachineError, SpecError
from rewards.judged.inquiry import Inquiry, aconduct, conduct, why_lost, why_unread
from rewards.judged.judge import Judge, Question
from rewards.judged.remembered import Remembered
from rewards.judged.sheet import Sheet
from rewards.pages.feedback import worded
from rewards.pages.screenshots import screenshots, treatment
from rewards.painted.blank import is_constant
from rewards.types import Rendering, Sample, Score, Task, Traits, version_of

CODE = 1  # rises when the same answers would make another value
PARTS = ("alignment", "aesthetics", "structure")
RUBRIC = Path(__file__).parent / "rubrics" / "static.md"

_INJECTION = "a page's words must be read; the judge is told that they are content, which is no guarantee"


def one_a_sample(size: int, references: int) -> int:
    """Returns how many calls a group takes: one a sample."""
    return size


class GradedPage:
    """How a judge grades a page by its pictures: the points of three parts of 100, as a share.

    The judge gets the viewport, the full page where that is another picture, the task's prompt and the score sheet; no
    program, finding, id or file name. It gives 0 to 40 points for alignment with the request, 0 to 30 for aesthetics
    and 0 to 30 for structure. Value: their sum / 100, recomputed; a total of the model's own is passed over. A part
    outside of its scale makes the whole answer unreadable, see `Sheet.read`.

    Programs that failed and constant pictures score 0 without a call. An answer that cannot be read is asked for once
    more. If that fails too, or a call was lost, the sample has no value.

    Range [0, 1], higher is better. Components `alignment`, `aesthetics` and `structure`, each as a share of its own
    points, [0, 1]. What the judge says in words goes into `critique`, without points. Calls: one a sample.

    Source: the static agent of AesCoder (40, 30 and 30 points); the words of the sheet are ours.

    Args:
        judge: Is asked.
        sheet: With the three parts.

    Raises:
        SpecError: The sheet has other parts.
    """

    name = "static"
    needs = frozenset({"image", "prompt"})

    def __init__(self, judge: Judge, sheet: Sheet) -> None:
        if set(sheet.parts) != set(PARTS):
            raise SpecError(
                f"The score sheet {sheet.id!r} has the parts {', '.join(sheet.parts)}; 'static' needs "
                f"{', '.join(PARTS)}."
            )
        self.judge, self.sheet = judge, sheet
        self.traits = Traits(
            max_calls=one_a_sample,
            deterministic=False,  # what a model says may vary; kept answers do not
            disclaims={"18": "a grade is a step function", "34": _INJECTION},
            components=PARTS,
            canvases=frozenset({"html"}),
        )
        self._said = Remembered()

    @property
    def version(self) -> str:
        """Changes whenever the same sample could score differently; never by scoring."""
        return version_of("GradedPage", [CODE, self.sheet.version, self.judge.version, treatment()])

    def __call__(self, samples: Sequence[Sample], /) -> list[Score]:
        """Scores samples in order; all that is to be asked about them is asked at once."""
        return conduct(self.judge, [self._inquiry(sample) for sample in samples])

    async def ascore(self, samples: Sequence[Sample]) -> list[Score]:
        """Does what calling it does without blocking the event loop."""
        return await aconduct(self.judge, [self._inquiry(sample) for sample in samples])

    def preflight(self, samples: Sequence[Sample] | None = None) -> None:
        """Raises what is misconfigured, and `NoSpread` if a probe batch all gets one grade.

        Asks what the judge's own `preflight` asks, and one question about a picture of a little page.

        Raises:
            MachineError: The judge cannot be reached, or its answer cannot be read.
        """
        from rewards.preflight import check_spread

        own = getattr(self.judge, "preflight", None)
        if own is not None:
            own(logprobs=False)
        [score] = self([_probe()])
        if score.value is None:
            raise MachineError(f"The judge gave a little test page no grade: {score.reason}.")
        check_spread(self, samples)

    def critique(self, sample: Sample, /) -> str:
        """Tells what the judge said about a sample that was scored, without points; `""` where it said nothing."""
        return without_scores(self._said.of(sample))

    def _inquiry(self, sample: Sample) -> Inquiry[Score]:
        rendering = sample.rendering
        if rendering.status == "machine_error":
            return Score(None, reason=rendering.message)
        if not rendering.ok or is_constant(rendering.image):
            return Score(0.0, dict.fromkeys(PARTS, 0.0), rendering.message or "nothing is on the page")
        try:
            shown = screenshots(rendering)
        except MachineError as error:
            return Score(None, reason=str(error))
        [reply] = yield [self._question(shown, sample.task.prompt)]
        if reply is None:
            return Score(None, reason=why_lost(self.judge))
        marks = self.sheet.read(reply)
        if marks is None:
            return Score(None, reason=why_unread(reply))
        self._said.keep(sample, worded(marks, self.sheet))
        value = sum(marks.parts.values()) / self.sheet.most
        shares = {name: marks.parts[name] / self.sheet.parts[name] for name in PARTS}
        points = ", ".join(f"{name} {marks.parts[name]:g} of {self.sheet.parts[name]}" for name in PARTS)
        return Score(value, shares, f"{points}: {marks.feedback}")

    def _question(self, shown: tuple[bytes, ...], prompt: str) -> Question:
        return Question(
            images=shown,
            system=self.sheet.system,
            text=self.sheet.ask(prompt),
            rubric=self.sheet.version,
            schema=self.sheet.schema(),
            readable=self.sheet.readable,
        )


def _probe() -> Sample:
    """Returns a page of a heading, two lines and a button, for a look at whether the judge answers."""
    image = np.full((180, 320, 3), 248, np.uint8)
    for top, bottom, right, level in (
        (20, 44, 200, 30),
        (64, 72, 300, 90),
        (84, 92, 270, 90),
        (120, 150, 110, 60),
    ):
        image[top:bottom, 20:right] = level
    page = Rendering("ok", image=image, evidence=frozenset({"source", "image"}), identity="probe")
    return Sample(
        Task("probe", "A heading, two lines of text and a button.", canvas="html"), "", "", page, "probe"
    )
