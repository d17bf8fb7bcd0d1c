"""`caption`: a judge says what a picture shows before it knows the task; then the words are held against the task."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, ClassVar

from rewards.errors import SpecError
from rewards.judged.inquiry import Inquiry, why_lost, why_unread
from rewards.judged.judge import Judge, Question
from rewards.judged.judge_option import judge_of
from rewards.judged.pictures import SIDE_PX
from rewards.judged.reply import Reply, parsed
from rewards.judged.rubric_file import FOLDER, RubricFile, read_rubric_file
from rewards.judged.single.description import Description, description_schema, read_description
from rewards.judged.single.each_picture import JudgedPicture, Opinion, Text
from rewards.judged.single.recognition import Label, label_schema, named_by_words, read_label
from rewards.pool import pool_folder
from rewards.subject_words import checked_aliases, read_aliases, spellings, whole_words
from rewards.types import Task, version_of

CODE = 1  # rises when the same answers would make another value
ALIASES = "aliases.json"

Aliases = tuple[tuple[str, tuple[str, ...]], ...]


def caption(
    *,
    full: float = 1.0,
    partial: float = 0.5,
    none: float = 0.0,
    aliases: Mapping[str, Sequence[str]] | str | Path | None = None,
    text: Text = "blur",
    size_px: int = SIDE_PX,
    judge: Mapping[str, Any] | Judge | None = None,
) -> JudgedPicture:
    """Whether a judge that does not know the task sees in the picture what the task asks for.

    First the judge sees the picture and nothing of the task. It names the main thing and at most 5 other things, and
    says a sentence. Then its words are compared with the task:

    - `full`: the main thing is what was asked for;
    - `partial`: what was asked for is there but is not the main thing; or only a part of it, or one of several things,
      is there; or only a wider kind of it was seen, such as a flower for a rose;
    - `none`: it was not recognised.

    For a task with a `subject`, whole words decide if they can: the subject and its aliases, singular and plural. If
    they cannot, and for all other tasks, a second question without the picture decides. Equal questions are asked once.
    Colours, numbers and style of the prompt do not count.

    Range [0, 1], higher is better. Components: `full` and `partial` (1 if it was that, else 0), `by_words` (1 if no
    second question was needed) and `text_area`. Calls: at most 2 per sample.
    Source: the blind caption is that of OpenEnv's `pelican_svg_env`; the second question, its words and the values are
    ours.

    Args:
        full: Value of full recognition, at most 1.
        partial: Value of partial recognition.
        none: Value if nothing of it was recognised, at least 0. full > partial > none.
        aliases: Further words for subjects, by subject; or the path of a JSON file of such lists. None takes those of
            the pool that ships.
        text: `blur` makes letters in the picture unreadable before it is judged, so that no picture is recognised by
            its name; `keep` leaves them, for pages.
        size_px: Side of the square in which the picture is shown, at least 16; smaller pictures cost fewer tokens.
        judge: Options of `rewards.judged.client.openai_judge.OpenAIJudge`, such as `{"model": ..., "base_url": ...}`,
            or a `Judge` object.

    Raises:
        SpecError: A parameter or the file of aliases cannot be understood.
        MissingPart: The extra `text` (for `blur`) or `judge` (for options), or a key is missing.
    """
    values = {"full": full, "partial": partial, "none": none}
    for name, value in values.items():
        if not isinstance(value, int | float) or isinstance(value, bool) or not math.isfinite(value):
            raise SpecError(f"{name} is {value!r}; it must be a number from 0 to 1.")
    if not 1 >= full > partial > none >= 0:
        raise SpecError(
            f"full, partial and none are {full}, {partial} and {none}; 1 >= full > partial > none >= 0."
        )
    worth = (float(full), float(partial), float(none))
    return JudgedPicture(
        Recognition(worth, _aliases(aliases)), judge_of("caption", judge), text=text, size_px=size_px
    )


@dataclass(frozen=True, slots=True)
class Recognition:
    """The examiner behind `caption`: see there.

    Attributes:
        worth: Values of full, partial and no recognition.
        aliases: Further words of each subject.
    """

    worth: tuple[float, float, float]
    aliases: Aliases = ()

    name: ClassVar[str] = "caption"
    components: ClassVar[tuple[str, ...]] = ("full", "partial", "by_words")
    calls: ClassVar[int] = 2
    can_be_soft: ClassVar[bool] = False
    needs: ClassVar[frozenset[str]] = frozenset({"prompt"})
    disclaims: ClassVar[Mapping[str, str]] = MappingProxyType({"16": "three values by design"})
    blind_first: ClassVar[bool] = True
    """What is asked with the picture holds nothing of the task, law 66."""

    @property
    def version(self) -> str:
        """Changes with both questions, the values and the aliases."""
        told = [[each.id, each.release, each.system, each.text] for each in (_blind(), _comparing())]
        return version_of("Recognition", [CODE, *told, list(self.worth), list(self.aliases)])

    def check_task(self, task: Task) -> None:
        """Finds nothing wrong: any task asks for something."""

    def examine(self, png: bytes, task: Task, judge: Judge, *, soft: bool) -> Inquiry[Opinion]:
        """Asks what the picture shows and, where words do not settle it, whether that names what was asked for."""
        [reply] = yield [_blind_question(png)]
        if reply is None:
            return Opinion(None, reason=why_lost(judge))
        seen = read_description(reply)
        if seen is None:
            return Opinion(None, reason=why_unread(reply))
        label = self._by_words(seen, task)
        if label is not None:
            return self._opinion(seen, label, "by whole words")
        [reply] = yield [_comparing_question(seen, task.subject or task.prompt)]
        if reply is None:
            return Opinion(None, reason=why_lost(judge))
        label = read_label(reply)
        if label is None:
            return Opinion(None, reason=why_unread(reply))
        return self._opinion(seen, label, _reason(reply), asked=True)

    def _by_words(self, seen: Description, task: Task) -> Label | None:
        words = _words(" ".join(task.subject.lower().split()), self.aliases)
        return named_by_words(seen, words)

    def _opinion(self, seen: Description, label: Label, why: str, *, asked: bool = False) -> Opinion:
        value = dict(zip(("full", "partly", "no"), self.worth, strict=True))[label]
        parts = {
            "full": float(label == "full"),
            "partial": float(label == "partly"),
            "by_words": float(not asked),
        }
        words = f"A judge who did not know the task saw: {seen.told}."
        return Opinion(value, parts, f"{label}: saw {seen.told} ({why})", words)


def _blind_question(png: bytes) -> Question:
    """Asks what a picture shows. Takes nothing of a task, so that nothing of it can be said."""
    file = _blind()
    return Question(
        images=(png,),
        system=file.system,
        text=file.text,
        rubric=f"{file.id}@{file.release}",
        schema=description_schema(),
        readable=lambda reply: read_description(reply) is not None,
    )


def _comparing_question(seen: Description, asked: str) -> Question:
    """Asks whether a description names what was asked for; both are quoted as JSON, so that they end where they end."""
    file = _comparing()
    words = {"asked": asked, "subject": seen.subject, "others": list(seen.others), "sentence": seen.sentence}
    quoted = {name: json.dumps(told, ensure_ascii=False) for name, told in words.items()}
    return Question(
        images=(),
        system=file.system,
        text=file.filled(quoted),
        rubric=f"{file.id}@{file.release}",
        schema=label_schema(),
        readable=lambda reply: read_label(reply) is not None,
    )


def _blind() -> RubricFile:
    return read_rubric_file(FOLDER / "caption.md", holds=())


def _comparing() -> RubricFile:
    return read_rubric_file(FOLDER / "recognition.md", holds=("asked", "subject", "others", "sentence"))


@lru_cache(maxsize=1024)
def _words(subject: str, aliases: Aliases) -> re.Pattern[str]:
    """Returns what finds the words for a subject; nothing at all for a task without one."""
    if not subject:
        return re.compile(r"(?!)")
    spelled = spellings(subject)
    for label, further in aliases:
        known = spellings(label, further)
        if subject in known:
            spelled += known
    return whole_words(dict.fromkeys(spelled))


def _aliases(told: Mapping[str, Sequence[str]] | str | Path | None) -> Aliases:
    if told is None or isinstance(told, str | Path):
        read = read_aliases(pool_folder() / ALIASES if told is None else Path(told))
    else:
        read = checked_aliases(told, "aliases")
    return tuple((label, tuple(words)) for label, words in sorted(read.items()))


def _reason(reply: Reply) -> str:
    told = parsed(reply.text)[1]
    return " ".join(str(told["reason"]).split()) if told is not None else ""
