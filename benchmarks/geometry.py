"""Whether C computes what p5.brush computes: the stream of commands and the work, to the byte.

python benchmarks/geometry.py            every program that ships here, and 500 lists of calls with extreme values
python benchmarks/geometry.py --quick    some of the programs and 60 lists, under a minute
python benchmarks/geometry.py --cases 10000 --json docs/geometry.json
python benchmarks/geometry.py --seconds  CPU seconds of geometry by both, beside the rasteriser's, on a quiet core
python benchmarks/geometry.py --start    CPU milliseconds before a program's first line
"""

from __future__ import annotations

import asyncio
import json
import random
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
from render_parts import start_cpu
from render_parts.calls import extreme_calls
from render_parts.geometry_cpu import measure
from render_parts.streams import Players, record
from rich.console import Console
from rich.table import Table

from codepaint_env.cli.progress_bar import bar

ROOT = Path(__file__).resolve().parents[1]
SETS = {
    "benchmarks": "benchmarks/programs/**/*.js",
    "every call": "tests/canvases/p5brush/programs/calls/*.js",
    "outside": "tests/canvases/p5brush/programs/outside/*.js",
    "pool": "reference_pool/programs/*.js",
}
TIMED = {
    "12 mixed sketches": [f"benchmarks/programs/{block}/*.js" for block in ("light", "medium", "heavy")],
    "6 flowers": ["benchmarks/programs/heavy_six/*.js"],
    "10 studies": [
        f"reference_pool/programs/{name}.js"
        for name in (
            *("07_anemone_bouquet", "anemone-055", "fern-032", "iris-007", "lake-006"),
            *("leaf_spray-055", "magnolia-050", "poppy-052", "songbird-043", "tree-036"),
        )
    ],
    "5 slowest of the tests": [
        f"tests/canvases/p5brush/programs/outside/{name}.js"
        for name in (
            *("01_studio_poppies", "07_classy_village", "12_steps_portrait"),
            *("62_flow_smoke_rings", "69_studio_cathedral_window"),
        )
    ],
}
ROUNDS = 2
SEED = 11
QUICK = {"benchmarks": 6, "every call": 5, "outside": 10, "pool": 80}  # one in so many
WORK = 12e9
CASE_WORK = 2e8


def texts(pattern: str, step: int) -> Iterator[tuple[str, str]]:
    """Yields names and code, one in so many."""
    for path in sorted(ROOT.glob(pattern))[::step]:
        text = path.read_text(encoding="utf-8")
        if not text.startswith(("// fault:", "// page:")):
            yield path.name, text


async def compare(cases: int, first: int, steps: dict[str, int], path: Path | None) -> dict[str, Any]:
    """Returns what came of it: a row for each set of programs and one for the lists of calls.

    Each row is written as soon as it is there: a run that is cut short keeps what it found.
    """
    players = Players()
    told: dict[str, Any] = {"rows": [], "identical": True}
    for name in [*SETS, "extreme calls"]:
        row = (
            await compare_calls(players, cases, first)
            if name not in SETS
            else await compare_set(players, name, steps)
        )
        told["rows"].append(row)
        told["identical"] &= not row["differ"]
        if path:
            path.write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")
    players.close()
    return told


async def compare_set(players: Players, name: str, steps: dict[str, int]) -> dict[str, Any]:
    """Plays programs both ways, and once more with less work than they take: both ways end at the same call."""
    found = list(texts(SETS[name], steps.get(name, 1)))
    row: dict[str, Any] = {"what": name, "programs": len(found), "by_c": 0, "cut": 0, "differ": []}
    by_c = plain = 0  # fills and strokes
    with bar(name) as show:
        for done, (program, text) in enumerate(found):
            show(done, len(found))
            recorded = await record(text, SEED)
            if recorded is None:
                continue
            ends = players.play(*recorded, WORK)
            row["by_c"] += ends.by_c > 0
            by_c, plain = by_c + ends.by_c, plain + ends.plain
            row["differ"] += [] if ends.agree else [program]
            row["cut"] += 1
            if not players.play(*recorded, ends.spent * random.Random(program).random()).agree:
                row["differ"].append(f"{program}, cut short")
    row["parts_by_c"] = round(by_c / max(1, by_c + plain), 4)
    return row


async def compare_calls(players: Players, cases: int, first: int) -> dict[str, Any]:
    """Plays lists of calls with extreme values both ways."""
    row: dict[str, Any] = {"what": "extreme calls", "programs": cases, "by_c": 0, "cut": 0, "differ": []}
    row |= {"drawn": 0, "full": 0}
    with bar("extreme calls") as show:
        for case in range(first, first + cases):
            show(case - first, cases)
            ends = players.play(*extreme_calls(case), CASE_WORK)
            row["by_c"] += ends.by_c > 0
            row["drawn"] += ends.kind == "drawn"
            row["full"] += ends.kind == "full"
            row["differ"] += [] if ends.agree else [case]
    return row


async def take_time(quick: bool) -> list[dict[str, Any]]:
    """Returns a row of seconds for each set of programs."""
    rows = []
    for name, patterns in TIMED.items():
        found = [text for pattern in patterns for _, text in texts(pattern, 1)]
        recorded = [calls for text in found[:: 3 if quick else 1] if (calls := await record(text, SEED))]
        cost = measure(recorded, 1 if quick else ROUNDS)
        compiled_s = cost.cpu_s["C"]
        rows.append(
            {
                "what": name,
                "programs": len(recorded),
                "geometry_plain_s": round(cost.cpu_s["p5.brush"], 3),
                "geometry_c_s": round(compiled_s, 3),
                "raster_s": round(cost.cpu_s["with pixels"] - compiled_s, 3),
                "least_s": round(cost.least_s, 3),
            }
        )
    return rows


def show_seconds(rows: list[dict[str, Any]]) -> None:
    """Prints the seconds as a table."""
    table = Table("what", "programs", "geometry by p5.brush", "by C", "at least", "rasteriser")
    for row in rows:
        seconds = (row[key] for key in ("geometry_plain_s", "geometry_c_s", "least_s", "raster_s"))
        table.add_row(row["what"], str(row["programs"]), *(f"{second:.2f} s" for second in seconds))
    Console().print(table)


@click.command(help=__doc__)
@click.option("--seconds", is_flag=True, help="Takes CPU seconds and compares nothing.")
@click.option(
    "--start", is_flag=True, help="Takes CPU milliseconds of a program's isolate, and compares nothing."
)
@click.option("--quick", is_flag=True, help="Some of the programs and 60 lists of calls.")
@click.option("--cases", type=int, help="So many lists of calls; 500 unless told.")
@click.option("--first", default=0, help="The number of the first list.")
@click.option("--pool", default=1, help="Takes one in so many of the pool's paintings.")
@click.option("--json", "path", type=click.Path(path_type=Path), help="Writes the figures there.")
def main(
    seconds: bool, start: bool, quick: bool, cases: int | None, first: int, pool: int, path: Path | None
) -> None:
    """Compares and tells."""
    if start:
        for name, ms in asyncio.run(start_cpu.measure(5 if quick else 40)).items():
            click.echo(f"{name:<36}{ms:6.1f} ms")
        return
    if seconds:
        rows = asyncio.run(take_time(quick))
        show_seconds(rows)
        if path:
            path.write_text(json.dumps({"rows": rows}, indent=1) + "\n", encoding="utf-8")
        return
    many = cases if cases is not None else 60 if quick else 500
    told = asyncio.run(compare(many, first, QUICK if quick else {"pool": pool}, path))
    table = Table("what", "programs", "where C did some", "that differ")
    for row in told["rows"]:
        differ = ", ".join(str(name) for name in row["differ"][:5]) or "none"
        table.add_row(row["what"], str(row["programs"]), str(row["by_c"]), differ)
    Console().print(table)
    sys.exit(not told["identical"])


if __name__ == "__main__":
    main()
