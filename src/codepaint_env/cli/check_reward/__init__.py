"""`codepaint check-reward`: checks a reward against the laws, or all that ships."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import click

from codepaint_env.cli.complaints import tidy
from rewards.errors import SpecError

# What a check needs is imported where it is used: without the extra `testing`, the other commands go on.


@click.command("check-reward")
@click.argument("reward", required=False)
@click.option(
    "--case",
    "case",
    type=click.Path(path_type=Path),
    help="Replay this case, a folder that a failed check saved.",
)
@click.option(
    "--examples", type=click.IntRange(1), help="Cases for each law; default: 200, or 25 for encoders."
)
@click.option(
    "--law",
    "laws",
    multiple=True,
    metavar="ID",
    help="Check only this law, such as 05. Repeat it for several.",
)
@click.option(
    "--seed",
    type=int,
    default=0,
    show_default=True,
    help="Seed of the cases; the same seed gives the same report.",
)
@click.option(
    "--live",
    is_flag=True,
    help="Ask your own judge or client, not the kit's scripted judge. This may cost money.",
)
@click.option(
    "--save",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("check"),
    show_default=True,
    help="Folder for the cases that break a law.",
)
@click.option(
    "--laws", "listed", is_flag=True, help="List the laws, with a sentence each, and check nothing."
)
@click.option("--shipped", is_flag=True, help="Check every reward that ships with codepaint.")
@click.option("--mutants", is_flag=True, help="Check the kit: the laws must catch every mutant.")
@click.option(
    "--json",
    "target",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write all findings to this JSON file.",
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
    listed: bool,
    shipped: bool,
    mutants: bool,
    target: Path | None,
) -> None:
    """Check a REWARD against the laws that it claims.

    REWARD is a spec, or a class, factory or function of samples as `module:name`, in this folder or installed. It
    scores hundreds of small pictures and hostile samples. Every law must hold unless the reward's `traits` disclaim it.
    If a law does not hold, the command shows the smallest case that breaks it, and saves the case as pictures so that
    you can replay it.

    \b
        codepaint check-reward my_module:MyReward
        codepaint check-reward my_module:MyReward --law 05 --examples 1000
        codepaint check-reward my_module:MyReward --case check/05-7f3a
        codepaint check-reward '0.5*coverage + 0.5*renders'
        codepaint check-reward --laws
        codepaint check-reward --shipped --mutants

    A reward with a parameter `judge` gets a scripted judge, so no call costs anything; --live asks your own. Without
    --live the command refuses a reward that calls another machine with its own client.
    The exit code is 1 if a law does not hold, and 2 if the reward cannot be made. The command needs the extra
    `testing`.
    """  # noqa: D301 (click reads \b)
    if listed:
        _list_laws()
        return
    if (reward is None) != (shipped or mutants):
        raise SpecError(
            "Name one REWARD, such as my_module:MyReward; or all with --shipped, --mutants or both."
        )
    from codepaint_env.cli.check_reward import all_that_ships, one_reward
    from rewards.testing.check import chosen_laws

    chosen = chosen_laws(laws or None)
    if reward is not None:
        checker = one_reward.make_checker(reward, examples=examples, seed=seed, save=save, live=live)
        report = one_reward.check(checker, chosen) if case is None else one_reward.replay(checker, case)
        click.echo(str(report))
        _finish(report.ok, report.as_json(), target)
    found: dict[str, Any] = {}
    told: list[str] = []
    if shipped:
        found["rewards"], line = all_that_ships.check_shipped(chosen, examples=examples, seed=seed, save=save)
        told.append(line)
    if mutants:
        found["mutants"], line = all_that_ships.check_mutants()
        told.append(line)
    click.echo("; ".join(told))
    held = all(one["ok"] for one in found.get("rewards", []) if one["ok"] is not None)
    _finish(held and all(not one["missed_by"] for one in found.get("mutants", [])), found, target)


def _list_laws() -> None:
    from rewards.testing.law import all_laws

    for family, title in (("reward", "Of rewards"), ("normaliser", "Of group normalisers")):
        click.echo(f"{title}:")
        for law in all_laws(family):
            click.echo(f"{law.id}  {law.name:<19} {law.sentence}")


def _finish(held: bool, found: dict[str, Any], target: Path | None) -> None:
    if target is not None:
        target.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    sys.exit(0 if held else 1)
