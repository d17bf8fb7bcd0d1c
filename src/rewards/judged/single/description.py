"""What a judge who does not know the task says of a picture: the main thing, what else is there, and a sentence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from rewards.judged.reply import Reply, object_schema, parsed

MOST_OTHERS = 5
"""Further things that count; what a judge lists beyond them is passed over."""

PHRASE = 80  # characters of a noun phrase
SENTENCE = 240
CUT = "…"

NOTHING = ("", "nothing", "none", "nothing recognisable", "nothing recognizable")


@dataclass(frozen=True, slots=True)
class Description:
    """Words for a picture, each in bounds: what is longer is cut between words and ends with an ellipsis.

    Attributes:
        subject: The main thing, a noun phrase; `nothing` where none was recognised.
        others: What else is there, at most 5 phrases, none of them empty.
        sentence: The whole picture.
    """

    subject: str
    others: tuple[str, ...]
    sentence: str

    @property
    def is_nothing(self) -> bool:
        """True if nothing at all was recognised."""
        return self.subject.lower().strip(" .") in NOTHING and not self.others

    @property
    def told(self) -> str:
        """What was seen, in a line."""
        if self.is_nothing:
            return "nothing that it recognised"
        besides = f", and besides: {', '.join(self.others)}" if self.others else ""
        return f"{self.subject or 'nothing'}{besides}"


def description_schema() -> dict[str, Any]:
    """Returns the JSON schema of the answer. It bounds nothing: not every endpoint takes a schema that does."""
    text = {"type": "string"}
    return object_schema({"subject": text, "others": {"type": "array", "items": text}, "sentence": text})


def read_description(reply: Reply) -> Description | None:
    """Returns what an answer says, in bounds, or None if it cannot be read. Never raises.

    Unreadable are: an answer that was cut off, text round the object (other than one code fence or thoughts), a
    missing, doubled or further key, and what is no text or no list of texts.
    """
    told = None if reply.truncated else parsed(reply.text)[1]
    if told is None or set(told) != {"subject", "others", "sentence"}:
        return None
    others = told["others"]
    if not isinstance(others, list):
        return None
    if not all(isinstance(each, str) for each in (told["subject"], told["sentence"], *others)):
        return None
    phrases = [phrase for phrase in (_bounded(each, PHRASE) for each in others[: 4 * MOST_OTHERS]) if phrase]
    return Description(
        _bounded(told["subject"], PHRASE),
        tuple(dict.fromkeys(phrases))[:MOST_OTHERS],
        _bounded(told["sentence"], SENTENCE),
    )


def _bounded(text: str, most: int) -> str:
    """Returns a text in one line that can be sent, cut between words if it is too long."""
    line = " ".join(text.encode("utf-8", "replace").decode().split())
    if len(line) <= most:
        return line
    return f"{line[: most - 2].rpartition(' ')[0]} {CUT}".strip()
