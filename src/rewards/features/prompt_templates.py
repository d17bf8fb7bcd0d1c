"""What a model reads of a task's prompt: a template for each canvas."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from rewards.errors import SpecError
from rewards.types import Task

TEMPLATES: Mapping[str, str] = MappingProxyType(
    {"p5brush": "a painting of {prompt}", "svg": "a drawing of {prompt}", "html": "a web page: {prompt}"}
)
"""By canvas; on others the prompt is read as it is."""

OTHERS = ""  # stands for the canvases that are not named


def templates_of(given: Mapping[str, str] | str | None) -> dict[str, str]:
    """Returns the template of each canvas that has one, and that of the others under `OTHERS`.

    Args:
        given: One text for all canvases, texts by canvas in place of those in `TEMPLATES`, or None.

    Raises:
        SpecError: A template has no `{prompt}` in it.
    """
    told: dict[Any, Any] = {OTHERS: "{prompt}", **TEMPLATES}
    if isinstance(given, str):
        told = {OTHERS: given}
    elif isinstance(given, Mapping):
        told |= given
    elif given is not None:
        raise SpecError(f"'clip' got templates={given!r}; write one text, or a text for each canvas.")
    for canvas, template in told.items():
        if not isinstance(canvas, str) or not isinstance(template, str) or "{prompt}" not in template:
            raise SpecError(
                f"'clip' got the template {template!r}; write {{prompt}} where the prompt is to stand, as in "
                "'a painting of {prompt}'."
            )
    return told


def filled(templates: Mapping[str, str], task: Task) -> str:
    """Returns a task's prompt in the template of its canvas."""
    return templates.get(task.canvas, templates[OTHERS]).replace("{prompt}", task.prompt)
