"""`codepaint check-reward`: checks a reward against the laws, replays a case, and checks all that ships."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from codepaint_env.cli.complaints import complain, tidy
from codepaint_env.cli.progress_bar import bar
from codepaint_env.cli.rewards import read_spec
from rewards.errors import CodepaintError, MissingPart, SpecError

if TYPE_CHECKING:
    from rewards.testing.check import Checker
    from rewards.testing.law import Law
    from rewards.testing.report import Report

# What a check needs is imported where it is used: without the extra `testing`, the other commands go on.


@click.command("check-reward")
@click.argument("reward", required=False)
@click.option(
    "--case",
    "case",
    type=click.Path(path_type=Path),
    help="Replay the case that a failed check saved in DIR.",
)
@click.option("--examples", type=click.IntRange(1), help="Cases a law; default: 200, or 25 for encoders.")
@click.option(
    "--law", "laws", multiple=True, metavar="ID", help="Only this law, such as 05; can be repeated."
)
@click.option(
    "--seed", type=int, default=0, show_default=True, help="Of the cases: the same seed, the same report."
)
@click.option(
    "--live", is_flag=True, help="Ask your own judge, not the kit's scripted one. This may cost money."
)
@click.option(
    "--save",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("check"),
    show_default=True,
    help="Folder for the cases that break a law.",
)
@click.option("--shipped", is_flag=True, help="Check every reward that ships with codepaint.")
@click.option("--mutants", is_flag=True, help="Check the kit: every faulty reward must be caught.")
@click.option(
    "--json", "target", type=click.Path(path_type=Path, dir_okay=False), help="Write what was found."
)
@tidy
def check_reward(
    reward: str | None,
    case: Path | None,
    examples: int | None,
    laws: tuple[str, ...],
    seed: int,
    live: bool,
    save: Path,
    shipped: bool,
    mutants: bool,
    target: Path | None,
) -> None:
    """Check a REWARD against the laws that it claims.

    REWARD is a class, a factory or a function of samples as `module:name` (of this folder, or installed), or a
    spec. It is given hundreds of small pictures and hostile samples. What it says nothing of in its `traits` it
    claims: silence is the strict default. A law that does not hold is told with the smallest case that breaks
    it, which is saved as pictures and can be replayed.

    \b
        codepaint check-reward my_module:MyReward
        codepaint check-reward my_module:MyReward --law 05 --examples 1000
        codepaint check-reward my_module:MyReward --case check/05-7f3a
        codepaint check-reward '0.5*coverage + 0.5*renders'
        codepaint check-reward --shipped --mutants

    A reward that asks a judge (it takes a parameter `judge`) is given the kit's scripted one: no call costs
    anything, unless you say --live. It ends with exit code 1 if a law does not hold, 2 if the reward cannot be
    made. Needs the extra `testing`.
    """  # noqa: D301 (click reads \b)
    if (reward is None) != (shipped or mutants):
        raise SpecError(
            "Name one REWARD, such as my_module:MyReward; or all with --shipped, --mutants or both."
        )
    from rewards.testing.check import chosen_laws

    chosen = chosen_laws(laws or None)
    if reward is not None:
        checker = _checker(reward, examples=examples, seed=seed, live=live, save=save)
        report = _checked(checker, chosen) if case is None else _replayed(checker, case)
        click.echo(str(report))
        _finish(report.ok, report.as_json(), target)
    found: dict[str, Any] = {}
    told: list[str] = []
    if shipped:
        found["rewards"], line = _all_shipped(chosen, examples, seed, save)
        told.append(line)
    if mutants:
        found["mutants"], line = _all_mutants()
        told.append(line)
    click.echo("; ".join(told))
    held = all(one["ok"] for one in found.get("rewards", []) if one["ok"] is not None)
    _finish(held and all(not one["missed_by"] for one in found.get("mutants", [])), found, target)


def _checker(reward: str, **options: Any) -> Checker:
    from rewards.testing.check import Checker
    from rewards.testing.subject import subject_of

    live = options.pop("live", False)
    spec = read_spec(reward)
    try:
        return Checker(subject_of(spec, live=live), **options)
    except CodepaintError:
        raise
    except Exception as error:  # noqa: BLE001 (making it runs the user's code)
        complain(f"{reward} cannot be made: {type(error).__name__}: {error}")
        sys.exit(2)


def _checked(checker: Checker, laws: Sequence[Law]) -> Report:
    outcomes = []
    with bar(f"Checking {checker.subject.label}") as shown:
        for number, law in enumerate(laws):
            if number % _stride(10) == 0:
                shown(number, len(laws))
            outcomes.append(checker.outcome(law))
        shown(len(laws), len(laws))
    return checker.reported(outcomes)


def _replayed(checker: Checker, folder: Path) -> Report:
    from rewards.testing.check import chosen_laws
    from rewards.testing.saved import load

    id, case = load(folder)
    [law] = chosen_laws([id])
    return checker.replayed(law, case)


def _all_shipped(
    laws: Sequence[Law], examples: int | None, seed: int, save: Path
) -> tuple[list[dict[str, Any]], str]:
    from rewards.testing.shipped_check import shipped_specs

    found: list[dict[str, Any]] = []
    for spec in shipped_specs():
        try:
            checker = _checker(spec, examples=examples, seed=seed, save=save)
        except MissingPart as error:
            click.echo(f"--   {spec}: not checked, {error}")
            found.append({"reward": spec, "ok": None, "reason": str(error)})
            continue
        report = _checked(checker, laws)
        click.echo(str(report) if not report.ok else f"ok   {str(report).splitlines()[-1]}")
        found.append(report.as_json())
    checked = [one["ok"] for one in found if one["ok"] is not None]
    broken = len(checked) - sum(checked)
    missing = (
        f" ({len(found) - len(checked)} not checked: a part is missing)" if len(found) > len(checked) else ""
    )
    held = "all laws hold" if not broken else f"{broken} break a law"
    return found, f"{len(checked)} rewards{missing}: {held}"


def _all_mutants() -> tuple[list[dict[str, Any]], str]:
    from rewards.testing.law import all_mutants
    from rewards.testing.shipped_check import missed

    mutants, found = all_mutants(), []
    with bar("Catching mutants") as shown:
        for number, mutant in enumerate(mutants):
            if number % _stride(20) == 0:
                shown(number, len(mutants))
            missed_by = missed(mutant)
            found.append(
                {"id": mutant.id, "name": mutant.name, "laws": mutant.caught_by, "missed_by": missed_by}
            )
            if missed_by:
                click.echo(f"MISSED mutant {mutant.id}, {mutant.name}, by law {', '.join(missed_by)}")
        shown(len(mutants), len(mutants))
    caught = sum(not one["missed_by"] for one in found)
    return found, f"{caught} of {len(found)} mutants caught by the law named"


def _stride(in_logs: int) -> int:
    """Returns how often progress is shown: always where it moves, seldom where it is lines of a log."""
    return 1 if sys.stderr.isatty() else in_logs


def _finish(held: bool, found: dict[str, Any], target: Path | None) -> None:
    if target is not None:
        target.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    sys.exit(0 if held else 1)
