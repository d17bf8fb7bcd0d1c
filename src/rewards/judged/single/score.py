"""`score`: a judge gives a picture numbers on named criteria, of which the value is a geometric mean."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any, ClassVar

from rewards.errors import SpecError
from rewards.judged.answer_mode import WantedMode
from rewards.judged.digits import HIGHEST, expected_digits, said_digits
from rewards.judged.inquiry import Inquiry, why_lost, why_unread
from rewards.judged.judge import Judge, Question
from rewards.judged.judge_option import judge_of
from rewards.judged.pictures import SIDE_PX
from rewards.judged.reply import Reply, object_schema, parsed
from rewards.judged.rubric_file import FOLDER, RubricFile, read_rubric_file
from rewards.judged.single.each_picture import JudgedPicture, Opinion, Text
from rewards.types import Task, version_of

CODE = 1  # rises when the same answers would make another value
REASON = "reason"
MOST_ASKS = 16


def score(
    *,
    rubric: str = "score",
    asks: int = 1,
    mode: WantedMode = "auto",
    text: Text = "blur",
    size_px: int = SIDE_PX,
    judge: Mapping[str, Any] | Judge | None = None,
) -> JudgedPicture:
    """How well a picture meets the criteria of a rubric, as a judge grades each picture on its own.

    The judge gives each criterion a whole number c from 0 to 9; in soft mode c is the number expected under its
    log-probabilities. With several asks, c is the mean. Then

        value = (product over the groups of criteria of g_j) ** (1 / groups),  g_j = min of c / 9 in group j

    So good colours do not save a picture of something else: the shipped rubric has the groups `request` (subject,
    details) and `picture` (drawing, colour, composition, technique).

    Range [0, 1], higher is better. Components: each criterion on [0, 1], and `text_area`. Calls: `asks` per sample.
    Source: the geometric mean of two groups, each by its worst criterion, is VIEScore's (Ku et al. 2024, arXiv
    2312.14867) and EditScore's (arXiv 2509.23909); the words and the criteria are ours.

    Args:
        rubric: Name of a shipped rubric, or the path of your own file, with the table `groups` in its head.
        asks: How often the judge is asked about each picture, 1 to 16. More than one helps only if the judge's
            temperature is above 0.
        mode: `soft` reads log-probabilities and gives values in between, `hard` the words; `auto` lets the judge's
            preflight decide.
        text: `blur` makes letters in the picture unreadable before it is judged; `keep` leaves them, for pages.
        size_px: Side of the square in which the picture is shown, at least 16; smaller pictures cost fewer tokens.
        judge: Options of `rewards.judged.client.openai_judge.OpenAIJudge`, such as `{"model": ..., "base_url": ...}`,
            or a `Judge` object.

    Raises:
        SpecError: A parameter or the rubric cannot be understood.
        MissingPart: The extra `text` (for `blur`) or `judge` (for options), or a key is missing.
    """
    if type(asks) is not int or not 1 <= asks <= MOST_ASKS:
        raise SpecError(f"asks is {asks!r}; it must be a whole number from 1 to {MOST_ASKS}.")
    return JudgedPicture(
        Grades(load_scorecard(rubric), asks), judge_of("score", judge), mode=mode, text=text, size_px=size_px
    )


@dataclass(frozen=True, slots=True)
class Scorecard:
    """A question about one picture, answered by a digit for each criterion.

    Attributes:
        file: What stands in the rubric's file.
        groups: Criteria by the name of their group, in order.
    """

    file: RubricFile
    groups: Mapping[str, tuple[str, ...]]

    @property
    def criteria(self) -> tuple[str, ...]:
        """Of all groups, in the order in which they are asked for."""
        return tuple(name for names in self.groups.values() for name in names)

    @property
    def version(self) -> str:
        """Changes with any word of the rubric."""
        file = self.file
        told = [file.id, file.release, list(self.groups.items()), file.system, file.text, HIGHEST]
        return f"{file.id}@{file.release}-{version_of('Scorecard', told)}"

    def schema(self) -> dict[str, Any]:
        """Returns the JSON schema of the answer, the numbers first."""
        digit = {"type": "integer", "minimum": 0, "maximum": HIGHEST}
        return object_schema({**dict.fromkeys(self.criteria, digit), REASON: {"type": "string"}})

    def read(self, reply: Reply, *, soft: bool) -> Mapping[str, float] | None:
        """Returns the number of each criterion, 0 to 9, or None if the answer cannot be read."""
        return (expected_digits if soft else said_digits)(reply, self.criteria, (REASON,))

    def value(self, numbers: Mapping[str, float]) -> float:
        """Returns the geometric mean of the groups, each by its lowest criterion, on [0, 1]."""
        lowest = [min(numbers[name] for name in names) / HIGHEST for names in self.groups.values()]
        return float(math.prod(lowest) ** (1 / len(lowest)))


@dataclass(frozen=True, slots=True)
class Grades:
    """The examiner behind `score`: see there.

    Attributes:
        card: The question.
        asks: How often each picture is asked about.
    """

    card: Scorecard
    asks: int = 1

    name: ClassVar[str] = "score"
    can_be_soft: ClassVar[bool] = True
    needs: ClassVar[frozenset[str]] = frozenset({"prompt"})
    disclaims: ClassVar[Mapping[str, str]] = MappingProxyType({})

    @property
    def version(self) -> str:
        """Changes with the rubric and with how often it is asked."""
        return version_of("Grades", [CODE, self.card.version, self.asks])

    @property
    def components(self) -> tuple[str, ...]:
        """The criteria."""
        return self.card.criteria

    @property
    def calls(self) -> int:
        """One for each ask."""
        return self.asks

    def check_task(self, task: Task) -> None:
        """Finds nothing wrong: any task can be graded."""

    def examine(self, png: bytes, task: Task, judge: Judge, *, soft: bool) -> Inquiry[Opinion]:
        """Asks for grades, `asks` times at once, and takes the mean of each criterion."""
        replies = yield [self._question(png, task.prompt, number, soft) for number in range(self.asks)]
        grades: list[Mapping[str, float]] = []
        for reply in replies:
            if reply is None:
                return Opinion(None, reason=why_lost(judge))
            numbers = self.card.read(reply, soft=soft)
            if numbers is None:
                return Opinion(None, reason=why_unread(reply))
            grades.append(numbers)
        mean = {name: math.fsum(each[name] for each in grades) / len(grades) for name in self.card.criteria}
        said = next((_reason(reply) for reply in replies if reply is not None), "")
        told = ", ".join(f"{name} {number:.3g}" for name, number in mean.items())
        shares = {name: number / HIGHEST for name, number in mean.items()}
        return Opinion(self.card.value(mean), shares, f"{told}: {said}", said)

    def _question(self, png: bytes, prompt: str, number: int, soft: bool) -> Question:
        def readable(reply: Reply) -> bool:
            return self.card.read(reply, soft=soft) is not None

        return Question(
            images=(png,),
            system=self.card.file.system,
            text=self.card.file.filled({"prompt": prompt}),
            rubric=self.card.version,
            schema=self.card.schema(),
            logprobs=soft,
            attempt=2 * number,  # the odd ones are for answers that could not be read
            readable=readable,
        )


def load_scorecard(name: str) -> Scorecard:
    """Loads the rubric `score` by its name, or one of yours by the path of its file, as the file is now.

    Its head holds `release`, `title` and the table `groups`: lists of criteria by the name of their group.

    Raises:
        SpecError: There is none, or it cannot be understood.
    """
    file = read_rubric_file(Path(name) if name.endswith(".md") else FOLDER / f"{name}.md")
    told = file.head.get("groups")
    groups = told if isinstance(told, dict) else {}
    names = [name for group in groups.values() if isinstance(group, list) for name in group]
    whole = bool(names) and all(isinstance(group, list) and group for group in groups.values())
    if not whole or not all(isinstance(name, str) and name for name in names):
        raise SpecError(
            f"The head of {file.id}.md is {dict(file.head)!r}; it needs the table 'groups' with a list of criteria for "
            "each group."
        )
    if len(set(names)) < len(names) or REASON in names:
        twice = next((name for name in names if names.count(name) > 1), REASON)
        raise SpecError(f"{file.id}.md names the criterion {twice!r} twice, or after a key of the answer.")
    return Scorecard(file, {group: tuple(criteria) for group, criteria in groups.items()})


def _reason(reply: Reply) -> str:
    told = parsed(reply.text)[1]
    return str(told[REASON]).strip() if told is not None else ""
