"""The document that a program runs in, and what is said of an error in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.async_api import Route

ORIGIN = "http://sketch.codepaint.invalid/"
# p5 shows a spinner while setup runs: without animations an idle page really is idle.
DOCUMENT = (
    "<!doctype html><meta charset=utf-8><title>sketch</title>"
    "<style>body{margin:0}*{animation:none!important;transition:none!important}</style><main></main>"
)
POLICY = (
    "default-src 'none'; script-src 'unsafe-inline' 'unsafe-eval'; style-src 'unsafe-inline'; "
    "img-src data: blob:; font-src data:; sandbox allow-scripts"
)
MESSAGE_CHARS = 300


async def serve(route: Route) -> None:
    """Answers with the document at its own address and refuses everything else."""
    if route.request.url == ORIGIN and route.request.is_navigation_request():
        headers = {"content-type": "text/html; charset=utf-8", "content-security-policy": POLICY}
        await route.fulfill(status=200, headers=headers, body=DOCUMENT)
    else:
        await route.abort()


def describe(details: dict[str, Any], script: str = "sketch.js") -> str:
    """Returns the first line of an error, with the line of the program, or of another script, that it came from."""
    exception = details.get("exception")
    if exception is None or exception.get("type") == "object":
        text = str((exception or {}).get("description") or details.get("text", "")).strip()
    else:
        text = f"threw {exception.get('value', exception.get('description', 'nothing'))}"
    first = text.splitlines()[0].removeprefix("Uncaught (in promise) ") if text else "error"
    line = _line(details, script)
    return (f"{first} (line {line})" if line else first)[:MESSAGE_CHARS]


def _line(details: dict[str, Any], script: str) -> int | None:
    for frame in details.get("stackTrace", {}).get("callFrames", []):
        if frame.get("url") == script:
            return int(frame["lineNumber"]) + 1
    return int(details["lineNumber"]) + 1 if details.get("url") == script else None
