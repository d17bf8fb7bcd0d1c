"""HTMLHint in a blank page of the browser: what is wrong with the text of a document, before it is drawn."""

from __future__ import annotations

import hashlib
import json
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Protocol

from codepaint_env.canvases.html.lint.markup import scanned, without_code
from codepaint_env.render.browser import assets
from rewards.types import Finding

MOST_ERRORS = 20  # that are told; the linting ends there
MOST_WARNINGS = 10
MOST_RAW = 1_000  # unescaped < and > in text: each costs HTMLHint the length of that text
MOST_SCANNED = 5_000_000  # characters; honest documents have under twice their length


class Tool(Protocol):
    """A page that holds nothing of the document, in which code of ours runs."""

    async def run(self, function: str, /, *args: Any) -> Any:
        """Calls a JavaScript function and returns its JSON-able result."""
        ...


async def lint(tool: Tool, document: str) -> list[Finding]:
    """Returns what HTMLHint finds, each with rule, line and column: `lint` for errors, `lint_warning` for style.

    What makes HTMLHint throw, or work without end, is itself an error of the document.
    """
    text = without_code(document)
    if scanned(text, MOST_SCANNED) > MOST_SCANNED:
        return [unfinished("holds too many tags or comments without an end")]
    asked = (text, _levels(), MOST_ERRORS, MOST_RAW)
    told = await tool.run(_script(), *asked)
    if told is None:
        await tool.run(_library())
        told = await tool.run(_script(), *asked)
    findings = [_finding(message) for message in told["messages"]]
    errors = [finding for finding in findings if finding.kind == "lint"]
    warnings = [finding for finding in findings if finding.kind == "lint_warning"]
    if told["stopped"] == "raw":
        errors.append(unfinished(f"has {MOST_RAW:,} unescaped < or > in its text"))
    elif told["stopped"] and told["stopped"] != "errors":
        errors.append(unfinished(f"makes it fail: {told['stopped']}"))
    return errors + warnings[:MOST_WARNINGS]


def unfinished(reason: str) -> Finding:
    """Returns the finding on a document that HTMLHint cannot get through, such as one that keeps it busy too long."""
    return Finding("lint", f"HTMLHint cannot read the document to its end: it {reason}.")


@cache
def fingerprint() -> str:
    """Returns a hash of HTMLHint, of the rules and of how it is asked."""
    folder = Path(str(files(__package__)))
    told = hashlib.sha256(assets.read_lock()["files"]["htmlhint/htmlhint.min.js"]["sha256"].encode())
    for name in ("htmlhint.py", "markup.py", "lint.js", "rules.json"):
        told.update((folder / name).read_bytes())
    return told.hexdigest()[:16]


def _finding(message: dict[str, Any]) -> Finding:
    text = str(message["message"]).rstrip(". ")
    place = f"line {message['line']}, column {message['col']}"
    return Finding("lint" if message["wrong"] else "lint_warning", f"{text} ({message['rule']}, {place}).")


@cache
def _levels() -> dict[str, str]:
    rules = json.loads((files(__package__) / "rules.json").read_text(encoding="utf-8"))
    return {rule: told["level"] for rule, told in rules.items()}


@cache
def _script() -> str:
    source = (files(__package__) / "lint.js").read_text(encoding="utf-8")
    return source.split("\n", 1)[1].strip()


@cache
def _library() -> str:
    """Returns a function that loads HTMLHint.

    It looks tag and attribute names up in plain objects, where a tag `<constructor>` would find what every object
    has, and hide the rest of the document: nothing is left there for it to find.
    """
    library = assets.find().htmlhint.read_text(encoding="utf-8")
    bare = "for (const name of Object.getOwnPropertyNames(Object.prototype)) delete Object.prototype[name];"
    return f"() => {{\n{library}\n{bare}\n}}"
