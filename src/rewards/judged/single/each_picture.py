"""Rewards that ask a judge about each picture by itself: how it is shown, what the floor is, who has no value."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Literal, Protocol

from rewards.critique import without_scores
from rewards.errors import MachineError, SpecError
from rewards.judged.answer_mode import AnswerMode, Mode, WantedMode
from rewards.judged.inquiry import Inquiry, aconduct, conduct
from rewards.judged.judge import Judge
from rewards.judged.pictures import SIDE_PX, checked_side, share_of, shown, treatment
from rewards.judged.remembered import Remembered
from rewards.painted.blank import is_constant
from rewards.painted.lettering import Picture, boxes_of, detector_of
from rewards.types import Sample, Score, Task, Traits, version_of

CODE = 1  # rises when the same answers would make another value

Text = Literal["blur", "keep"]


@dataclass(frozen=True, slots=True)
class Opinion:
    """What the answers about one picture amount to.

    Attributes:
        value: On [0, 1], higher is better; None where an answer is missing.
        components: Parts of the value; none where it is None.
        reason: One sentence for logs.
        words: What may be told to the painter; `""` for nothing.
    """

    value: float | None
    components: Mapping[str, float] = field(default_factory=dict)
    reason: str = ""
    words: str = ""


class Examiner(Protocol):
    """What is asked about a picture, and what is made of the answers; frozen data."""

    @property
    def name(self) -> str:
        """Of the reward."""
        ...

    @property
    def version(self) -> str:
        """Changes whenever the same answers could make another value, or other things would be asked."""
        ...

    @property
    def components(self) -> tuple[str, ...]:
        """Keys of `Opinion.components`."""
        ...

    @property
    def calls(self) -> int:
        """Questions about a picture, at most."""
        ...

    @property
    def can_be_soft(self) -> bool:
        """True if log-probabilities of the answers can be read."""
        ...

    @property
    def needs(self) -> frozenset[str]:
        """What it reads besides the picture, as in `Reward.needs`."""
        ...

    @property
    def disclaims(self) -> Mapping[str, str]:
        """Numbers of laws to the reasons why they are not claimed."""
        ...

    def check_task(self, task: Task) -> None:
        """Raises `SpecError` for a task about whose pictures nothing can be asked."""
        ...

    def examine(self, png: bytes, task: Task, judge: Judge, *, soft: bool) -> Inquiry[Opinion]:
        """Asks about one picture that was painted.

        Args:
            png: The picture as it is shown to a judge.
            task: What was asked of the painter, lone surrogates replaced.
            judge: Will be asked; for what it says of its trouble.
            soft: Ask for log-probabilities, and read them.
        """
        ...


@dataclass(frozen=True, slots=True)
class _Case:
    """A picture that is to be asked about, or the score that a sample has without being asked about."""

    sample: Sample
    png: bytes = b""
    text_area: float = 0.0
    settled: Score | None = None


class JudgedPicture:
    """Scores each picture by what a judge says of it alone.

    Programs that failed and constant pictures score 0 without a call, and equal questions are asked once. An answer
    that cannot be read is asked for once more. If that fails too, or a call was lost, the sample has no value; all
    others keep theirs.

    The judge gets the picture as every judged reward shows it (`rewards.judged.pictures`): a square of `size_px`, PNG
    of pixels alone, letters blurred. It gets no program, completion, id or file name.

    Args:
        examiner: Asks, and makes a value of the answers.
        judge: Is asked.
        mode: `soft` reads log-probabilities, `hard` words; `auto` lets the judge's `preflight` decide, see
            `AnswerMode`.
        text: `blur` makes letters unreadable before the picture is judged; `keep` leaves them.
        size_px: Side of the square in which it is shown, at least 16.

    Raises:
        SpecError: A parameter cannot be understood.
        MissingPart: The extra `text` (for `blur`) is missing.
    """

    def __init__(
        self,
        examiner: Examiner,
        judge: Judge,
        *,
        mode: WantedMode = "hard",
        text: Text = "blur",
        size_px: int = SIDE_PX,
    ) -> None:
        if text not in ("blur", "keep"):
            raise SpecError(f"text is {text!r}; it is 'blur', or 'keep' for pages.")
        if mode == "soft" and not examiner.can_be_soft:
            raise SpecError(f"{examiner.name!r} has nothing to read in log-probabilities; take mode='hard'.")
        self.examiner, self.judge, self.mode, self.text = examiner, judge, mode, text
        self.size_px = checked_side(size_px)
        self._mode = AnswerMode(
            mode,
            judge=judge,
            rubric=examiner.version,
            can_be_soft=examiner.can_be_soft,
            reward=examiner.name,
        )
        self._detector = detector_of(examiner.name) if text == "blur" else ""
        self._said = Remembered()
        self.needs = examiner.needs | {"image"} | ({"text"} if text == "blur" else set())
        self.traits = Traits(
            max_calls=partial(calls_a_group, examiner.calls),
            deterministic=False,  # what a model says may vary; kept answers do not
            disclaims={"18": "a verdict is a step function", **examiner.disclaims},
            components=(*examiner.components, *(("text_area",) if text == "blur" else ())),
        )

    @property
    def name(self) -> str:
        """The examiner's."""
        return self.examiner.name

    @property
    def version(self) -> str:
        """Changes whenever the same sample could score differently; never by scoring."""
        told = [CODE, self.mode, self.text, self._detector, self.size_px]
        return version_of(
            f"JudgedPicture {self.name}", [*told, self.examiner.version, self.judge.version, treatment()]
        )

    @property
    def decided(self) -> Mode | None:
        """The mode in which it asks; None as long as `auto` is undecided."""
        return self._mode.decided

    def __call__(self, samples: Sequence[Sample], /) -> list[Score]:
        """Scores samples in order; all that is to be asked about them is asked at once."""
        cases = self._cases(samples)
        try:
            inquiries = self._inquiries(cases)
        except MachineError as error:
            return _lost(cases, error)
        return conduct(self.judge, inquiries)

    async def ascore(self, samples: Sequence[Sample]) -> list[Score]:
        """Does what calling it does without blocking the event loop."""
        cases = await asyncio.to_thread(self._cases, samples)
        try:
            inquiries = await asyncio.to_thread(self._inquiries, cases)
        except MachineError as error:
            return _lost(cases, error)
        return await aconduct(self.judge, inquiries)

    def preflight(self, samples: Sequence[Sample] | None = None) -> None:
        """Raises what is misconfigured, decides what `auto` is, and raises if nothing can be learned.

        Asks what the judge's own `preflight` asks, then about each of the samples; without samples about 4 pictures
        that ship.

        Raises:
            SpecError: The judge gives no log-probabilities in soft mode; or `NoSpread`.
            MachineError: The judge cannot be reached, or gave no picture a value.
        """
        from rewards.preflight import check_spread, shipped_samples

        self._mode.preflight()
        if samples is None and "16" in self.traits.disclaims:
            [score] = self(shipped_samples(1))
            if score.value is None:
                raise MachineError(
                    f"The judge gave a painting that ships no value for {self.name!r}: {score.reason}."
                )
        check_spread(self, samples)

    def check_tasks(self, tasks: Iterable[Task]) -> None:
        """Raises `SpecError` for the first task about whose pictures nothing can be asked."""
        for task in tasks:
            self.examiner.check_task(task)

    def critique(self, sample: Sample, /) -> str:
        """Tells what the judge said about a sample that was scored, without figures; `""` where it said nothing."""
        return without_scores(self._said.of(sample))

    def _cases(self, samples: Sequence[Sample]) -> list[_Case]:
        if len(samples) < 2:
            return [self._case(sample) for sample in samples]
        # What takes time here, compression and the detector, lets other threads run.
        with ThreadPoolExecutor(min(len(samples), os.cpu_count() or 1)) as threads:
            return list(threads.map(self._case, samples))

    def _case(self, sample: Sample) -> _Case:
        rendering = sample.rendering
        if rendering.status == "machine_error":
            return _Case(sample, settled=Score(None, reason=rendering.message))
        try:
            self.examiner.check_task(sample.task)
        except SpecError as error:
            return _Case(sample, settled=Score(None, reason=str(error)))
        if not rendering.ok or rendering.image is None or is_constant(rendering.image):
            nothing = dict.fromkeys(self.traits.components, 0.0)
            return _Case(sample, settled=Score(0.0, nothing, rendering.message or "nothing was painted"))
        picture = Picture.of(rendering.image)
        try:
            boxes = boxes_of(rendering, picture) if self.text == "blur" else ()
        except MachineError as error:
            return _Case(sample, settled=Score(None, reason=str(error)))
        return _Case(sample, shown(picture, boxes, size_px=self.size_px), share_of(boxes, picture.shape))

    def _inquiries(self, cases: Sequence[_Case]) -> list[Inquiry[Score]]:
        soft = self._mode.resolved(asking=any(case.settled is None for case in cases)) == "soft"
        return [self._inquiry(case, soft) for case in cases]

    def _inquiry(self, case: _Case, soft: bool) -> Inquiry[Score]:
        if case.settled is not None:
            return case.settled
        task = _sendable(case.sample.task)
        opinion = yield from self.examiner.examine(case.png, task, self.judge, soft=soft)
        if opinion.value is None:
            return Score(None, reason=opinion.reason)
        self._said.keep(case.sample, opinion.words)
        components = dict(opinion.components)
        if self.text == "blur":
            components["text_area"] = case.text_area
        return Score(opinion.value, components, opinion.reason)


def calls_a_group(each: int, size: int, references: int) -> int:
    """Returns how many calls a group takes: so many for each sample."""
    return each * size


def _lost(cases: Sequence[_Case], error: MachineError) -> list[Score]:
    return [Score(None, reason=str(error)) if case.settled is None else case.settled for case in cases]


def _sendable(task: Task) -> Task:
    """Returns the task without lone surrogates, which cannot be sent."""

    def clean(text: str) -> str:
        return text.encode("utf-8", "replace").decode()

    features = tuple(map(clean, task.features))
    return replace(task, prompt=clean(task.prompt), features=features, subject=clean(task.subject))
