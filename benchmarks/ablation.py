"""The test of the reward study itself: does it find what was put into judges, rewards and studies?

    python benchmarks/ablation.py                                        about ten minutes
    python benchmarks/ablation.py --quick                                under a minute, fewer of everything
    python benchmarks/ablation.py --json docs/ablation_selftest.json

Nothing is rendered and nobody is asked. Three things are tested:

knobs       Scripted judges with one fault each compare 32 small pictures, all pairs in both orders, twice. `held` is
            the share of judges in which the 95 % interval of that fault holds what it is, `seen` in which it lies
            above 0, and `others` the share of intervals of all other knobs that hold what those are.
planted     A study of 120 pictures with 30 probes: a reward that is the truth with noise, one that likes saturation,
            and a coin.
studies     Simulated studies of two rewards that are equally accurate, or differ by 0.15. `apart` is the share of
            studies in which the rule tells them apart, `pictures_alone` the same if only the interval by draws of
            pictures were asked for.
"""

from __future__ import annotations

import json
from collections import defaultdict
from pathlib import Path
from typing import Any

import click
from ablation_parts.knobs import KNOBS, recovered
from ablation_parts.planted import SATURATION, TRUTH, planted_study
from ablation_parts.simulated import ALIKE, BETTER, EQUAL, OURS, SMALL, Design, comparison
from rich.console import Console
from rich.table import Table

from codepaint_env.cli.complaints import tidy
from codepaint_env.cli.progress_bar import bar
from rewards.measuring.intervals import interval

DRAWS = 2000


def knobs(judges: int) -> dict[str, Any]:
    """Returns how often each knob is found again, over judges with different seeds and pictures."""
    found = defaultdict(list)
    with bar("judges") as show:
        for seed in range(judges):
            for each in recovered(seed):
                found[each.knob].append(each)
            show(seed + 1, judges)
    told = {}
    for knob, value, name in KNOBS:
        rows = found[knob]
        told[knob] = {
            "value": value,
            "first": [rows[0].estimate.value, rows[0].estimate.low, rows[0].estimate.high],
            "held": sum(row.held for row in rows) / len(rows),
            "seen": sum((row.estimate.low or 0) > 0 for row in rows) / len(rows),
            "others": 1 - sum(len(row.off) for row in rows) / len(rows) / (8 if name == "kappa" else 9),
        }
    return {"judges": judges, "knobs": told}


def planted(draws: int) -> dict[str, Any]:
    """Returns what came of the planted rewards."""
    figures = planted_study(draws=draws)
    told: dict[str, Any] = {}
    for label, reward in figures.rewards.items():
        accuracy, fooled = reward.truths["ink"].accuracy, reward.hackability
        assert fooled is not None
        told[label] = {
            "accuracy": [accuracy.value, accuracy.low, accuracy.high],
            "beaten": [fooled.beaten.value, fooled.beaten.low, fooled.beaten.high],
            "beats": [
                pair.other if pair.one == label else pair.one for pair in figures.pairs if _beats(pair, label)
            ],
        }
    return told


def studies(design: Design, count: int, draws: int) -> dict[str, Any]:
    """Returns in how many simulated studies the rule tells two rewards apart."""
    told: dict[str, Any] = {"pictures": design.pictures, "studies": count, "draws": draws}
    for name, accuracies in (("equal", EQUAL), ("better", BETTER)):
        found = []
        with bar(f"{design.pictures} pictures, {name}") as show:
            for seed in range(count):
                found.append(comparison(design, accuracies, seed=seed, draws=draws))
                show(seed + 1, count)
        right = sum(each.better == "A" for each in found)
        wrong = sum(each.better == "B" for each in found)
        alone = sum(_outside(each.difference.low, each.difference.high) for each in found)
        told[name] = {
            "accuracies": accuracies,
            "a_wins": right,
            "b_wins": wrong,
            "apart": [(right + wrong) / count, *interval(right + wrong, count)],
            "pictures_alone": alone / count,
        }
    return told


def _beats(pair: Any, label: str) -> bool:
    return bool(pair.truths["ink"].better == label)


def _outside(low: float | None, high: float | None) -> bool:
    return low is not None and high is not None and (low > 0 or high < 0)


def _print(told: dict[str, Any]) -> None:
    console = Console()
    table = Table("knob", "set to", "found, first judge", "held", "seen", "others held")
    for name, row in told["knobs"]["knobs"].items():
        value, low, high = row["first"]
        shares = [f"{row[key]:.0%}" for key in ("held", "seen", "others")]
        table.add_row(name, f"{row['value']:g}", f"{value:.2f} ({low:.2f} to {high:.2f})", *shares)
    console.print(table)
    table = Table("planted reward", "accuracy", "beaten by probes", "beats")
    for name, row in told["planted"].items():
        cells = ["{:.2f} ({:.2f} to {:.2f})".format(*row[key]) for key in ("accuracy", "beaten")]
        table.add_row(name, *cells, ", ".join(row["beats"]) or "none")
    console.print(table)
    table = Table("simulated studies", "rewards", "told apart", "by pictures alone", "wrong way")
    for name, row in told["studies"].items():
        for kind in ("equal", "better"):
            each = row[kind]
            apart = "{:.0%} ({:.0%} to {:.0%})".format(*each["apart"])
            wrong = f"{each['b_wins']} of {row['studies']}" if kind == "better" else ""
            rewards = "{:.2f} and {:.2f}".format(*each["accuracies"])
            table.add_row(name, rewards, apart, f"{each['pictures_alone']:.0%}", wrong)
    console.print(table)


@click.command(help=__doc__.replace("\n\n", "\n\n\b\n") if __doc__ else None)
@click.option("--quick", is_flag=True, help="Fewer judges, studies and draws.")
@click.option("--json", "to_json", type=click.Path(path_type=Path), help="Where the figures go.")
@tidy
def main(quick: bool, to_json: Path | None) -> None:
    """Measures, prints, and fails where the study does not find what is there."""
    judges, count, draws = (3, 20, 200) if quick else (40, 100, DRAWS)
    told = {
        "knobs": knobs(judges),
        "planted": planted(draws),
        "studies": {design.name: studies(design, count, draws) for design in (OURS, ALIKE, SMALL)},
    }
    _print(told)
    if to_json is not None:
        to_json.write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")
    ours = [told["studies"][design.name] for design in (OURS, ALIKE)]
    assert told["planted"][TRUTH]["beats"], "The planted truth beats nothing."
    assert not told["planted"][SATURATION]["beats"], "A reward that probes fool beats another."
    if quick:
        return  # twenty studies are too few for a share of a tenth
    assert all(each["equal"]["apart"][0] <= 0.1 for each in ours), "Equal rewards are told apart too often."
    assert all(each["better"]["a_wins"] >= 0.8 * count for each in ours), "A better reward is not found."


if __name__ == "__main__":
    main()
