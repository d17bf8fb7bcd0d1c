"""Score sheets: parts with most points that a judge gives to one page or picture, and how its answer is read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rewards.errors import SpecError
from rewards.judged.reply import Reply, object_schema, parsed
from rewards.judged.rubric_file import read_rubric_file
from rewards.types import version_of

FEEDBACK = "feedback"
IGNORED = frozenset({"total", "total_score"})  # what a model adds up by itself

READING = 1  # rises when the same answer would be read otherwise


@dataclass(frozen=True, slots=True)
class Marks:
    """An answer that could be read.

    Attributes:
        parts: Points by part, each between 0 and its most.
        feedback: What the judge says in words; may be empty.
    """

    parts: Mapping[str, float]
    feedback: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """A question about one sample, answered by points for each part.

    Attributes:
        id: Name of the file, without its ending.
        release: Rises with every change of the text.
        title: One line for people.
        parts: Most points by part, in the order in which they are asked for.
        system: Says to the judge who it is.
        text: Asks; `{prompt}` stands for what was asked of the model.
    """

    id: str
    release: int
    title: str
    parts: Mapping[str, int]
    system: str
    text: str

    @property
    def version(self) -> str:
        """Changes with any word of the sheet."""
        told = [self.id, self.release, list(self.parts.items()), self.system, self.text, READING]
        return f"{self.id}@{self.release}-{version_of('Sheet', told)}"

    @property
    def most(self) -> int:
        """Points that all parts have together."""
        return sum(self.parts.values())

    def ask(self, prompt: str) -> str:
        """Returns the text of the question for a sample that was made on a prompt."""
        return self.text.replace("{prompt}", prompt)

    def schema(self) -> dict[str, Any]:
        """Returns the JSON schema of the answer; no total is asked for."""
        points = {
            name: {"type": "number", "minimum": 0, "maximum": most} for name, most in self.parts.items()
        }
        return object_schema({**points, FEEDBACK: {"type": "string"}})

    def read(self, reply: Reply) -> Marks | None:
        """Returns the points of an answer, or None if it cannot be read. Never raises.

        Unreadable are: an answer that was cut off, text around the object, a missing, doubled or further key, a part
        that is no number, and a part outside of its scale. Such a part is not clipped: a judge that gives 55 of 40 has
        taken another scale, so that its other parts mean something else too. A total is passed over, whatever it says.
        """
        told = None if reply.truncated else parsed(reply.text)[1]
        if told is None or set(told) - IGNORED != {*self.parts, FEEDBACK}:
            return None
        parts = {name: _points(told[name], most) for name, most in self.parts.items()}
        sound = {name: points for name, points in parts.items() if points is not None}
        if len(sound) < len(parts) or not isinstance(told[FEEDBACK], str):
            return None
        return Marks(sound, told[FEEDBACK].strip())

    def readable(self, reply: Reply) -> bool:
        """Tells whether an answer can be read."""
        return self.read(reply) is not None


def load_sheet(path: Path) -> Sheet:
    """Reads a score sheet from a file, as the file is now.

    It is a Markdown file: `+++`, TOML with `release`, `title` and the table `parts` (whole points by name), then
    `+++`, the system text, a line of `---`, and the question, which holds `{prompt}`.

    Raises:
        SpecError: There is none, or it cannot be understood.
    """
    file = read_rubric_file(path, "score sheet")
    parts = file.head.get("parts")
    if not isinstance(parts, dict) or not parts or not all(map(_is_most, parts.values())):
        raise SpecError(
            f"The head of {path} is {file.head!r}; it needs a whole 'release', a 'title', and the table 'parts' with "
            "the most points of each part."
        )
    if taken := sorted({FEEDBACK, *IGNORED} & set(parts)):
        raise SpecError(f"{path} calls a part {taken[0]!r}, which the answer holds for itself; rename it.")
    return Sheet(file.id, file.release, file.title, parts, file.system, file.text)


def _is_most(points: object) -> bool:
    return type(points) is int and points > 0


def _points(told: object, most: int) -> float | None:
    """Returns points as a float if they are a number on the scale: NaN, booleans and numerals in text are not."""
    if type(told) not in (int, float):
        return None
    assert isinstance(told, int | float)
    return float(told) if 0 <= told <= most else None
