"""What a page did besides changing itself: dialogs, popups, requests, errors, in the order in which it happened."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

EventKind = Literal[
    "error", "console", "request", "dialog", "popup", "navigation", "history", "download", "file_chooser"
]

WORDS = 300  # of an event


@dataclass(frozen=True, slots=True)
class PageEvent:
    """One thing that a page did.

    Attributes:
        kind: `error` (uncaught, or a rejected promise), `console` (an error line), `request` (one that was refused),
            `dialog`, `popup`, `navigation` (the document would have been left), `history` (its address changed and the
            document stayed), `download` or `file_chooser`.
        text: The message or address, shortened.
        at_ms: Virtual milliseconds since the page was opened.
        detail: Type of a dialog (`alert`, `confirm`, `prompt`) or of a request (`Image`, `Fetch`); `left` if a
            navigation could not be stopped.
        line: Line of the document that an error names, from 1; 0 where none is known.
    """

    kind: EventKind
    text: str
    at_ms: float
    detail: str = ""
    line: int = 0


def error_text(details: dict[str, Any]) -> str:
    """Returns the first line of an error."""
    exception = details.get("exception") or {}
    if exception.get("type") == "object" or "description" in exception:
        text = str(exception.get("description") or details.get("text", ""))
    elif exception:
        text = f"threw {exception.get('value', 'nothing')}"
    else:
        text = str(details.get("text", ""))
    lines = text.strip().splitlines()
    return (lines[0].removeprefix("Uncaught (in promise) ") if lines else "error")[:WORDS]


def error_line(details: dict[str, Any], url: str) -> int:
    """Returns the line of the document in which an error was thrown, or 0."""
    for place in [*details.get("stackTrace", {}).get("callFrames", []), details]:
        if str(place.get("url", "")).partition("#")[0] == url:
            return int(place["lineNumber"]) + 1
    return 0


def console_text(event: dict[str, Any]) -> str:
    """Returns what was written to the console."""
    words = [str(each.get("value", each.get("description", ""))) for each in event["args"]]
    return " ".join(words)[:WORDS]
