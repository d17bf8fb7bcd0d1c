"""How well `winrate` ranks a group by the number of games a picture, and what it makes of pictures that are all alike.

    python benchmarks/tournament.py                                    20,000 groups a row: half a minute
    python benchmarks/tournament.py --quick                            500 groups a row
    python benchmarks/tournament.py --json docs/winrate.json --page docs/winrate.md

Groups of 8 and 16 pictures with latent qualities drawn from a normal distribution play on the ring that `winrate`
uses. Nobody is asked: verdicts are made up, in hard mode. The sharp judge always names the better picture. The unsure
one names the first with chance sigmoid(2 dq + 0.5), dq the difference of the qualities, in each order by itself. The
blind one does the same as if all qualities were equal.

calls               of a group: both orders of each pair
tau                 Kendall's tau-b between values and qualities, the sharp judge, mean over the groups
tau_unsure          the same, the unsure judge
best                share of the groups in which the best picture has the highest value alone, the unsure judge
spread_blind        standard deviation of the values in a group, the blind judge: all pictures are equally good to it
sum_off             how far the values of a group may be from G / 2
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from itertools import combinations
from pathlib import Path
from typing import Any

import click
import numpy as np

from codepaint_env.cli.complaints import tidy
from rewards.judged.pairs.symmetric import Comparison
from rewards.judged.pairs.tournament import games_each, pairs_of, standings
from rewards.judged.pairs.winrate import calls_a_group
from rewards.judged.rubric import load_rubric

SIZES = {8: (2, 3, 4, 7), 16: (2, 4, 8, 15)}
Verdict = Callable[[np.random.Generator, float], float]


def sharp(rng: np.random.Generator, gap: float) -> float:
    """Returns the verdict of a judge that is never wrong."""
    return float(gap > 0)


def unsure(rng: np.random.Generator, gap: float) -> float:
    """Returns the verdict of a judge that is asked in both orders and likes what it is shown first."""
    forth = rng.random() < 1 / (1 + np.exp(-2 * gap - 0.5))
    back = rng.random() < 1 / (1 + np.exp(2 * gap - 0.5))
    return 1.0 if forth and not back else 0.0 if back and not forth else 0.5


def blind(rng: np.random.Generator, gap: float) -> float:
    """Returns the verdict of a judge to which all pictures are the same."""
    return unsure(rng, 0.0)


def rates(rng: np.random.Generator, qualities: np.ndarray, games: int, verdict: Verdict) -> np.ndarray:
    """Returns what the pictures of a group win."""
    pairs = pairs_of(len(qualities), games)
    told = [Comparison(verdict(rng, float(qualities[i] - qualities[j]))) for i, j in pairs]
    return np.array([each.rate for each in standings(range(len(qualities)), pairs, told)])


def tau_b(one: np.ndarray, other: np.ndarray) -> float:
    """Returns Kendall's tau-b, of which ties in either are taken out of the count."""
    i, j = np.array(list(combinations(range(len(one)), 2))).T
    first, second = np.sign(one[i] - one[j]), np.sign(other[i] - other[j])
    return float((first * second).sum() / max(1.0, np.sqrt((first**2).sum() * (second**2).sum())))


def measure(size: int, games: int, groups: int) -> dict[str, float]:
    """Returns the figures of one number of games."""
    rng = np.random.default_rng([size, games])
    found: dict[str, list[float]] = {
        "tau": [],
        "tau_unsure": [],
        "best": [],
        "spread_blind": [],
        "sum_off": [],
    }
    for _ in range(groups):
        qualities = rng.normal(size=size)
        by_sharp = rates(rng, qualities, games, sharp)
        found["tau"].append(tau_b(by_sharp, qualities))
        by_unsure = rates(rng, qualities, games, unsure)
        found["tau_unsure"].append(tau_b(by_unsure, qualities))
        ahead = by_unsure[qualities.argmax()] - np.delete(by_unsure, qualities.argmax()).max()
        found["best"].append(float(ahead > 1e-9))
        found["spread_blind"].append(float(rates(rng, qualities, games, blind).std(ddof=1)))
        found["sum_off"].append(abs(float(by_sharp.sum()) - size / 2))
    means = {name: float(np.mean(values)) for name, values in found.items()}
    means["sum_off"] = max(found["sum_off"])
    return {"games": games_each(size, games), "calls": calls_a_group(games, size, 0)} | means


def table(rows: list[dict[str, Any]]) -> list[str]:
    """Returns the figures as a table of the page."""
    told = [
        "| G | `games` | calls a group | agreement, sharp judge | agreement, unsure judge | best alone at the top, "
        "unsure judge | spread, blind judge |",
        "|---|---|---|---|---|---|---|",
    ]
    for row in rows:
        all_pairs = ", all pairs" if row["games"] == row["size"] - 1 else ""
        told.append(
            f"| {row['size']} | {row['games']}{all_pairs} | {row['calls']} | {row['tau']:.2f} | "
            f"{row['tau_unsure']:.2f} | {row['best']:.0%} | {row['spread_blind']:.2f} |"
        )
    return told


@click.command(help=__doc__.replace("\n\n    ", "\n\n\b\n    ") if __doc__ else None)
@click.option("--quick", is_flag=True, help="500 groups a row: checks that it works.")
@click.option("--json", "to_json", type=click.Path(path_type=Path), help="Where the figures go.")
@click.option("--page", type=click.Path(path_type=Path), help="Whose table of figures is written anew.")
@tidy
def main(quick: bool, to_json: Path | None, page: Path | None) -> None:
    """Measures and prints."""
    groups = 500 if quick else 20_000
    rows = [
        {"size": size} | measure(size, games, groups if size == 8 else groups // 4)
        for size, each in SIZES.items()
        for games in each
    ]
    assert max(row["sum_off"] for row in rows) < 1e-9
    rubric = load_rubric("pairwise")
    told = {"groups": groups, "rubric_chars": len(rubric.system) + len(rubric.text), "rows": rows}
    click.echo("\n".join(table(rows)))
    click.echo(f"text of a question: {told['rubric_chars']} characters and the prompt")
    if to_json is not None:
        to_json.write_text(json.dumps(told, indent=2) + "\n", encoding="utf-8")
    if page is not None:
        text, ours = (
            page.read_text(encoding="utf-8"),
            re.compile(r"^\| G \| `games` \| calls a group .*?(?=\n\n)", re.M | re.S),
        )
        page.write_text(ours.sub("\n".join(table(rows)), text), encoding="utf-8")


if __name__ == "__main__":
    main()
