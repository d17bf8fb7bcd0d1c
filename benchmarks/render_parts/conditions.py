"""Under which conditions figures were measured, and whether they are good enough to be kept."""

from __future__ import annotations

import os
import platform
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Any

from codepaint_env.render.browser import assets
from rewards.errors import SpecError

QUIET = 0.5  # the most load before a measurement whose figures are kept
KEPT = Path(__file__).resolve().parents[2] / "docs"
_LOOK_S = 5.0


@dataclass(frozen=True, slots=True)
class Conditions:
    """What a machine was like before anything was measured on it.

    Attributes:
        cores: That this process may use.
        load: The load average of the last minute.
    """

    cores: int
    load: float

    @property
    def is_quiet(self) -> bool:
        """True where the figures may be kept."""
        return self.load <= QUIET

    def __str__(self) -> str:
        return f"{self.cores} core{'' if self.cores == 1 else 's'}, load {self.load:.2f} before"

    def state(self, workers: int | str) -> str:
        """Returns what stands beside a figure, such as `2 workers, 2 cores, load 0.12 before`."""
        return f"{workers} worker{'' if workers in (1, '1') else 's'}, {self}"


def look() -> Conditions:
    """Returns the conditions of this moment."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return Conditions(cores, os.getloadavg()[0])


def describe_machine() -> dict[str, Any]:
    """Returns what figures depend on besides: the system, and versions of what draws."""
    packages = {name: found["version"] for name, found in assets.read_lock()["packages"].items()}
    return {
        "cores": look().cores,
        "system": f"{platform.system()} {platform.machine()}",
        "load_average": os.getloadavg(),
        "python": platform.python_version(),
        "codepaint-env": metadata.version("codepaint-env"),
        "playwright": metadata.version("playwright"),
        **packages,
    }


def kept_among(targets: Iterable[Path | None]) -> list[Path]:
    """Returns the targets that lie in docs/: the kept result."""
    named = [target.resolve() for target in targets if target is not None]
    return [target for target in named if target.is_relative_to(KEPT)]


def check_quiet(conditions: Conditions, targets: Iterable[Path | None]) -> None:
    """Refuses to measure for the kept result where others work on the machine.

    Raises:
        SpecError: One of the targets lies in docs/, and the load is above `QUIET`.
    """
    kept = kept_among(targets)
    if kept and not conditions.is_quiet:
        names = " and ".join(f"docs/{target.relative_to(KEPT)}" for target in kept)
        raise SpecError(
            f"The load average is {conditions.load:.2f}; {names} keeps only what was measured after a load of "
            f"{QUIET} or less. Wait for it with --wait 600, or write elsewhere with --json and --plot."
        )


def wait_until_quiet(
    most_s: float,
    *,
    looked: Callable[[], Conditions] = look,
    sleep: Callable[[float], None] = time.sleep,
) -> Conditions:
    """Waits up to so many seconds until the machine is quiet; returns the last conditions, quiet or not."""
    waited, conditions = 0.0, looked()
    while not conditions.is_quiet and waited < most_s:
        sleep(_LOOK_S)
        waited += _LOOK_S
        conditions = looked()
    return conditions
