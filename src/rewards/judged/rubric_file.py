"""The form of a rubric's file: a head in TOML, what the judge is told of itself, and the question."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from rewards.errors import SpecError

FOLDER = Path(__file__).parent / "rubrics"


@dataclass(frozen=True, slots=True, eq=False)
class RubricFile:
    """What stands in a rubric's file.

    Attributes:
        id: Name of the file, without its ending.
        release: Rises with every change of the text.
        title: One line for people.
        head: All of the TOML.
        system: Says to the judge who it is.
        text: Asks.
    """

    id: str
    release: int
    title: str
    head: Mapping[str, Any]
    system: str
    text: str

    def filled(self, words: Mapping[str, str]) -> str:
        """Returns the question with the words in braces exchanged, all at once: what they hold is taken as it is."""
        return re.sub(r"\{(\w+)\}", lambda found: words.get(found[1], found[0]), self.text)


def read_rubric_file(path: Path, what: str = "rubric", holds: Collection[str] = ("prompt",)) -> RubricFile:
    """Reads a Markdown file of `+++`, TOML, `+++`, the system text, a line of `---`, and the question, as it is now.

    Args:
        path: Of the file.
        what: A name for such files, for messages.
        holds: Words that must stand in braces in the question, such as `{prompt}`.

    Raises:
        SpecError: There is none, or it has another form.
    """
    if not path.is_file():
        raise SpecError(f"There is no {what} {str(path)!r}; give the path of a .md file.")
    return _parsed(path, path.read_text(encoding="utf-8"), what, tuple(holds))


@lru_cache(maxsize=64)
def _parsed(path: Path, text: str, what: str, holds: tuple[str, ...]) -> RubricFile:
    match text.split("+++\n"):
        case ["", head, body] if body.count("\n---\n") == 1:
            system, question = body.split("\n---\n")
        case _:
            raise SpecError(
                f"{path} is no {what}; write '+++', TOML, '+++', the system text, '---', the question."
            )
    try:
        told = tomllib.loads(head)
    except tomllib.TOMLDecodeError as error:
        raise SpecError(f"The head of {path} is not TOML: {error}.") from None
    release, title = told.get("release"), told.get("title")
    if type(release) is not int or not isinstance(title, str):
        raise SpecError(f"The head of {path} is {told!r}; it needs a whole 'release' and a 'title'.")
    for word in holds:
        if f"{{{word}}}" not in question:
            known = "the task" if word == "prompt" else f"the {word}"
            raise SpecError(
                f"The question of {path} does not hold '{{{word}}}': the judge would not know {known}."
            )
    return RubricFile(path.stem, release, title, told, system.strip(), question.strip())
