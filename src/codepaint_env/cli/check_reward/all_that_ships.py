"""Checks every reward that ships, and that the kit catches every faulty one."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from codepaint_env.cli.check_reward.one_reward import check, make_checker
from codepaint_env.cli.progress_bar import bar
from rewards.errors import MissingPart
from rewards.testing.check import Checker, chosen_laws
from rewards.testing.law import Law, all_mutants
from rewards.testing.shipped_check import missed, originals, shipped_specs
from rewards.testing.subject import subject_of

ORIGINAL_EXAMPLES = 10


def check_shipped(
    laws: Sequence[Law], *, examples: int | None, seed: int, save: Path
) -> tuple[list[dict[str, Any]], str]:
    """Checks every reward that ships; returns what was found, and it in one line."""
    found: list[dict[str, Any]] = []
    for spec in shipped_specs():
        try:
            checker = make_checker(spec, examples=examples, seed=seed, save=save)
        except MissingPart as error:
            click.echo(f"--   {spec}: not checked, {error}")
            found.append({"reward": spec, "ok": None, "reason": str(error)})
            continue
        report = check(checker, laws)
        click.echo(str(report) if not report.ok else f"ok   {str(report).splitlines()[-1]}")
        found.append(report.as_json())
    checked = [one["ok"] for one in found if one["ok"] is not None]
    broken = len(checked) - sum(checked)
    missing = (
        f" ({len(found) - len(checked)} not checked: a part is missing)" if len(found) > len(checked) else ""
    )
    held = "all laws hold" if not broken else f"{broken} break a law"
    return found, f"{len(checked)} rewards{missing}: {held}"


def check_mutants() -> tuple[list[dict[str, Any]], str]:
    """Checks that laws catch their mutants, and that the toys of which these are edits keep all laws.

    Returns:
        The same as `check_shipped`; a toy that breaks a law stands among the mutants that were missed.
    """
    mutants, found = all_mutants(), []
    with bar("Catching mutants", log_every=20) as progress:
        for number, mutant in enumerate(mutants):
            progress(number, len(mutants))
            missed_by = missed(mutant)
            found.append(
                {"id": mutant.id, "name": mutant.name, "laws": mutant.caught_by, "missed_by": missed_by}
            )
            if missed_by:
                click.echo(f"MISSED mutant {mutant.id}, {mutant.name}, by law {', '.join(missed_by)}")
        progress(len(mutants), len(mutants))
    for toy in originals():
        report = Checker(subject_of(toy), examples=ORIGINAL_EXAMPLES).report(chosen_laws(None))
        if not report.ok:
            click.echo(str(report))
            broken = [outcome.law.id for outcome in report.failed]
            found.append({"id": "original", "name": report.label, "laws": broken, "missed_by": broken})
    caught = sum(not one["missed_by"] for one in found)
    return found, f"{caught} of {len(found)} mutants caught by the law named"
