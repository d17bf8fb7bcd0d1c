"""What a process wants to be drawn, held against what a server says of itself."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from codepaint_env.render.backend import Drawable, Job, spec_of
from codepaint_env.render.identity import identity_of
from codepaint_env.render.remote.wire import PROTOCOL, AboutRecord
from rewards.errors import SpecError


@dataclass(frozen=True, slots=True, eq=False)
class Wanted:
    """One way to draw, as this process has it.

    Attributes:
        canvas: What kind of programs these are.
        path: Name of the way.
        limits: A dataclass.
        options: By name.
        phases: Of which timings are kept.
    """

    canvas: Drawable
    path: str
    limits: Any
    options: Mapping[str, object]
    phases: tuple[str, ...]

    def identity(self, job: Job, setup: Mapping[str, str]) -> str:
        """Returns the identity that the rendering of a job must have."""
        return identity_of(self.canvas, self.path, job, self.limits, setup)

    def check(self, about: AboutRecord, address: str) -> None:
        """Raises `SpecError` if a server would draw something else; the sentence names it and the way out."""
        difference = self._difference(about)
        if difference:
            raise SpecError(f"The server at {address} cannot draw for this process: {difference}")

    def _difference(self, about: AboutRecord) -> str:
        """Returns in words where server and process differ first; `""` where they agree."""
        if about.protocol != PROTOCOL:
            return (
                f"it is codepaint {about.version} and speaks protocol {about.protocol}, not {PROTOCOL}; install the "
                "same version on both sides."
            )
        canvas = self.canvas
        if about.canvas != canvas.name:
            return (
                f"its canvas is {about.canvas!r}, and {canvas.name!r} is wanted; start one with "
                f"`codepaint serve --canvas {canvas.name}`."
            )
        made_of = dict(getattr(canvas, "made_of", {}))
        told = _first_difference(about.made_of, made_of)
        if told:
            return (
                f"its canvas is {about.spec}, and {spec_of(canvas)} is wanted ({told}); give both the same with "
                "--canvas."
            )
        path = about.paths.get(self.path)
        if path is None:
            return (
                f"it has no path {self.path!r}, but {', '.join(map(repr, about.paths))}; install the same version on "
                "both sides."
            )
        for kind, theirs, ours in (
            ("limit", path.limits, dataclasses.asdict(self.limits)),
            ("option", path.options, dict(self.options)),
        ):
            told = _first_difference(theirs, ours)
            if told:
                return (
                    f"the {kind} {told}; give both the same, there with `codepaint serve --set NAME=VALUE`."
                )
        return ""


def check_setup(before: Mapping[str, str], setup: Mapping[str, str], address: str) -> None:
    """Raises `SpecError` if a server draws with other parts than were told of before."""
    told = _first_difference(setup, before)
    if told:
        raise SpecError(
            f"The server at {address} draws with other parts than this run began with: {told}. Pictures would differ "
            "within a run; start it with the same versions."
        )


def _first_difference(theirs: Mapping[str, object], ours: Mapping[str, object]) -> str:
    """Returns the first name under which two mappings differ, with both values; `""` where they are the same.

    10 and 10.0 differ: they make different identities.
    """
    for name in sorted({*theirs, *ours}):
        there, here = (repr(each[name]) if name in each else "missing" for each in (theirs, ours))
        if there != here:
            return f"{name} is {there} there and {here} here"
    return ""
