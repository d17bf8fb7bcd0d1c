"""Whether every trainer gives the same program the same score: one fixture through each of their faces.

    python benchmarks/trainers.py                     prints the table; under a minute
    python benchmarks/trainers.py --only verl         one face; may be repeated
    python benchmarks/trainers.py --markdown          the table of docs/trainers.md

24 completions of three tasks, with task, group and seed fixed in the fixture: 23 must give scores that agree to 1e-9,
and the last, whose machine fails, shows how each trainer is told. Ends with 1 if they disagree.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests/support"))

from trainer_parts.completions import CASES, Case
from trainer_parts.faces import FACES, Seen

from codepaint_env.cli.complaints import tidy

TOLERANCE = 1e-9
UNCACHED = {"cache": 0, "disk_cache": False}


def disagreements(cases: Sequence[Case], seen: Mapping[str, Sequence[Seen]]) -> list[str]:
    """Returns in words where faces differ: a score by more than 1e-9, or a marker where a score is due."""
    first = next(iter(seen))
    found = []
    for number, case in enumerate(cases):
        values = {face: column[number] for face, column in seen.items()}
        if case.kind == "machine":
            found += [
                f"{face} scores {case.name!r} {value}"
                for face, value in values.items()
                if isinstance(value, float)
            ]
            continue
        expected = values[first]
        for face, value in values.items():
            same = (
                isinstance(value, float)
                and isinstance(expected, float)
                and abs(value - expected) <= TOLERANCE
            )
            if not same:
                found.append(f"{face} scores {case.name!r} {value}, and {first} {expected}")
    return found


def cell(value: Seen) -> str:
    """Writes a score with nine decimals, or a marker."""
    return f"{value:.9f}" if isinstance(value, float) else value


def markdown(cases: Sequence[Case], seen: Mapping[str, Sequence[Seen]]) -> str:
    """Returns the table as the docs have it: one column for scores that agree, and a row of markers."""
    lines = ["| completion | kind | task | " + " | ".join(seen) + " |", "|---" * (3 + len(seen)) + "|"]
    for number, case in enumerate(cases):
        values = [cell(column[number]) for column in seen.values()]
        lines.append(f"| {case.name} | {case.kind} | {case.task.id} | " + " | ".join(values) + " |")
    return "\n".join(lines)


@click.command()
@click.option(
    "--only", "chosen", multiple=True, type=click.Choice(tuple(FACES)), help="One face; may be repeated."
)
@click.option("--markdown", "as_markdown", is_flag=True, help="Print the table as the docs have it.")
@tidy
def main(chosen: tuple[str, ...], as_markdown: bool) -> None:
    """Print how each trainer scores the fixture."""
    seen = {name: FACES[name](CASES, UNCACHED) for name in chosen or FACES}
    if as_markdown:
        click.echo(markdown(CASES, seen))
    else:
        table = Table("completion", "kind", *seen)
        for number, case in enumerate(CASES):
            table.add_row(case.name, case.kind, *(cell(column[number]) for column in seen.values()))
        Console(width=240 if not sys.stdout.isatty() else None).print(table)
    differing = disagreements(CASES, seen)
    for line in differing:
        click.echo(line, err=True)
    sys.exit(1 if differing else 0)


if __name__ == "__main__":
    main()
