"""`render.py --against COMMIT`: this checkout's engine and another commit's, by turns."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.table import Table

from codepaint_env.cli.progress_bar import bar
from render_parts.conditions import Conditions
from render_parts.versus.checkout import ROOT, checkout, name_of
from render_parts.versus.program_sets import load_sets
from render_parts.versus.rounds import Pair, Row, changed, compare, interleave, make_batches
from render_parts.versus.side import CommitSide
from render_parts.versus.waterfall import draw_waterfall, heaviest, least_of, phases_of

COPIES = 2  # of each program in a batch for several workers: its last jobs leave workers idle


def compare_commits(
    commit: str,
    sets: Sequence[str],
    workers: int,
    rounds: int,
    seed: int,
    conditions: Conditions,
    json_path: Path | None,
    waterfall: Path | None,
) -> None:
    """Measures and tells; exits with 1 where the two draw other pixels."""
    other = name_of(commit)
    batches = make_batches(load_sets(sets), workers, COPIES)
    with ExitStack() as stack:
        tree = stack.enter_context(checkout(other))
        before, after = CommitSide(tree, workers), CommitSide(ROOT, workers)
        stack.callback(before.close)
        stack.callback(after.close)
        progress = stack.enter_context(bar("Drawing"))
        pairs = interleave(before, after, batches, rounds, seed, progress)
    rows, different = compare(pairs, sets), changed(pairs)
    Console(width=None if Console().is_terminal else 110).print(
        draw_table(rows, f"{other} and this checkout: {conditions.state(workers)}, median of {rounds} rounds")
    )
    for name in different:
        click.echo(f"{name}: other pixels", err=True)
    if json_path is not None:
        told = report(other, rows, pairs, conditions, workers, rounds)
        json_path.write_text(json.dumps(told, indent=2) + "\n", encoding="utf-8")
    if waterfall is not None:
        waterfall.write_text(_waterfall(other, pairs, conditions.state(workers)), encoding="utf-8")
        click.echo(f"waterfall: {os.path.relpath(waterfall)}")
    if different:
        raise SystemExit(1)


def _waterfall(other: str, pairs: Sequence[Pair], conditions: str) -> str:
    pair = heaviest(pairs)
    rows = {
        f"before, {other}": phases_of(pair.before.wall_s, pair.before.phases),
        "now": phases_of(pair.after.wall_s, pair.after.phases),
        "at least": least_of(pair.batch.programs[0].text),
    }
    return draw_waterfall(f"Milliseconds of {pair.batch.name}, by phase", rows, conditions)


def draw_table(rows: Sequence[Row], title: str) -> Table:
    """Returns milliseconds a picture of both sides, and how many times as fast the second one is."""
    table = Table(title=title, title_justify="left")
    table.add_column("programs")
    for name in ("wall ms", "then", "×", "CPU ms", "then", "×", "parent CPU ms", "then"):
        table.add_column(name, justify="right")
    table.add_column("phases, ms")
    for row in rows:
        cells = []
        for kind in ("wall_s", "cpu_s"):
            cells += [_ms(row.before[kind]), _ms(row.after[kind]), f"{row.ratio[kind]:.2f}"]
        cells += [_ms(row.before["parent_cpu_s"]), _ms(row.after["parent_cpu_s"])]
        phases = [
            f"{phase} {_ms(old)} > {_ms(new)}" for phase, (old, new) in row.phases.items() if phase != "queue"
        ]
        table.add_row(row.group, *cells, ", ".join(phases))
    return table


def report(
    commit: str, rows: Sequence[Row], pairs: Sequence[Pair], conditions: Conditions, workers: int, rounds: int
) -> dict[str, Any]:
    """Returns everything for a file."""
    return {
        "against": commit,
        "workers": workers,
        "cores": conditions.cores,
        "load_before": round(conditions.load, 2),
        "rounds": rounds,
        "changed": changed(pairs),
        "sets": {row.group: asdict(row) for row in rows},
        "pairs": [
            {
                "round": pair.round,
                "batch": pair.batch.name,
                "set": pair.batch.group,
                "before": asdict(pair.before),
                "after": asdict(pair.after),
            }
            for pair in pairs
        ],
    }


def _ms(seconds: float) -> str:
    return f"{1000 * seconds:.1f}"
