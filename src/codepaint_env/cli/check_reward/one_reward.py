"""Checks one reward against laws, with a progress bar, or replays a case."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from codepaint_env.cli.complaints import complain
from codepaint_env.cli.options import read_spec
from codepaint_env.cli.progress_bar import bar
from rewards.errors import CodepaintError
from rewards.testing.cases.saved import load
from rewards.testing.check import Checker, chosen_laws
from rewards.testing.law import Law
from rewards.testing.report import Report
from rewards.testing.subject import subject_of


def make_checker(reward: str, *, examples: int | None, seed: int, save: Path, live: bool = False) -> Checker:
    """Makes a reward, and what checks it; ends the process where the user's own code raises."""
    spec = read_spec(reward)
    try:
        return Checker(subject_of(spec, live=live), examples=examples, seed=seed, save=save)
    except CodepaintError:
        raise
    except Exception as error:  # noqa: BLE001 (making it runs the user's code)
        complain(f"{reward} cannot be made: {type(error).__name__}: {error}")
        sys.exit(2)


def check(checker: Checker, laws: Sequence[Law]) -> Report:
    """Checks a reward against each law."""
    with bar(f"Checking {checker.subject.label}", log_every=10) as progress:
        return checker.report(laws, progress)


def replay(checker: Checker, folder: Path) -> Report:
    """Checks the case that a folder holds."""
    id, case = load(folder)
    [law] = chosen_laws([id])
    return checker.replayed(law, case)
