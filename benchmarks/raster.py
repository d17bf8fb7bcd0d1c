"""How fast is the rasteriser, alone, compared with another build of it?

    python benchmarks/raster.py --against HEAD~1          raster.wasm of another commit, by turns, in Node
    python benchmarks/raster.py --profile                 which of its commands take the time

The streams that programs send to the rasteriser are recorded once. Every build then draws each of them in every round,
one after another; of each program the fastest round counts. Pixels are compared, and so is the counted work.
"""

from __future__ import annotations

import base64
import json
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click
from render_parts.conditions import look
from render_parts.raster_streams import record_streams
from render_parts.versus.checkout import ROOT, name_of
from render_parts.versus.program_sets import SETS, load_sets
from rich.console import Console
from rich.table import Table

from codepaint_env.canvases.p5brush.engine import parts
from codepaint_env.cli.complaints import tidy
from codepaint_env.render.browser.npm import find_node
from rewards.errors import MissingPart, SpecError

SCRIPT = Path(__file__).with_suffix(".js")
WASM = "src/codepaint_env/canvases/p5brush/engine/raster.wasm"


@click.command(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.option("--against", multiple=True, help="A commit, or a .wasm file; several are drawn by turns.")
@click.option("--profile", "by_profile", is_flag=True, help="Tell what each command takes.")
@click.option("--sets", default=",".join(SETS), show_default=True, help="What is drawn.")
@click.option("--rounds", default=5, show_default=True, help="How often each build draws each program.")
@click.option("--quick", is_flag=True, help="Two rounds on the light and medium programs.")
@click.option(
    "--streams", type=click.Path(path_type=Path), help="Where streams lie, or go; default: nowhere after."
)
@click.option("--json", "json_path", type=click.Path(path_type=Path), help="Where all figures go.")
@tidy
def main(
    against: tuple[str, ...],
    by_profile: bool,
    sets: str,
    rounds: int,
    quick: bool,
    streams: Path | None,
    json_path: Path | None,
) -> None:
    """Measure the rasteriser alone."""
    wished, rounds = ("light,medium", 2) if quick else (sets, rounds)
    conditions = look()
    found = load_sets(wished.split(","))
    texts = {f"{group}/{each.name}": each.text for group, programs in found.items() for each in programs}
    builds = {name: _wasm(name) for name in against} | {"this checkout": parts.raster()}
    with tempfile.TemporaryDirectory() as scratch:
        folder = streams or Path(scratch)
        fresh = {name: text for name, text in texts.items() if not (folder / f"{name}.stream").is_file()}
        record_streams(fresh, folder)
        names = [name for name in texts if (folder / f"{name}.stream").is_file()]
        if by_profile:
            _tell_profile(profile(folder, names, rounds))
            return
        told = _run(folder, names, list(builds.values()), rounds, by_command=False)
    Console(width=None if Console().is_terminal else 110).print(
        draw_table(told, list(builds), f"Milliseconds in the rasteriser: one thread, {conditions}")
    )
    if json_path is not None:
        report = {
            "builds": list(builds),
            "cores": conditions.cores,
            "load_before": conditions.load,
            "told": told,
        }
        json_path.write_text(json.dumps(report, indent=2) + "\n", encoding="utf-8")
    if different := other_pixels(told):
        raise SpecError(f"Other pixels or other work: {', '.join(different)}.")


def draw_table(told: dict[str, Any], builds: list[str], title: str) -> Table:
    """Returns the mean of each set's programs, and how many times as fast each build is as the first."""
    table = Table(title=title, title_justify="left")
    table.add_column("programs")
    for name in builds:
        table.add_column(name, justify="right")
    for group in dict.fromkeys(name.partition("/")[0] for name in told):
        mine = [each for name, each in told.items() if name.startswith(f"{group}/")]
        means = [sum(min(each[at]["ms"]) for each in mine) / len(mine) for at in range(len(builds))]
        cells = [
            f"{mean:.1f}" + (f" ({means[0] / mean:.2f} x)" if at else "") for at, mean in enumerate(means)
        ]
        table.add_row(group, *cells)
    return table


def other_pixels(told: dict[str, Any]) -> list[str]:
    """Returns the programs that two builds draw differently, or count differently."""
    return [
        name for name, each in told.items() if len({(build["pixels"], build["work"]) for build in each}) > 1
    ]


def _wasm(name: str) -> bytes:
    if name.endswith(".wasm"):
        return Path(name).read_bytes()
    command = ["git", "show", f"{name_of(name)}:{WASM}"]
    return subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout


def _run(
    folder: Path, names: list[str], builds: list[bytes], rounds: int, *, by_command: bool
) -> dict[str, Any]:
    node = find_node("node")
    if node is None:
        raise MissingPart("node was not found; install Node.js or `pip install 'codepaint-env[node]'`.")
    asked = {
        "folder": str(folder.absolute()),
        "names": names,
        "builds": [base64.b64encode(each).decode("ascii") for each in builds],
        "rounds": rounds,
        "byCommand": by_command,
    }
    done = subprocess.run(
        [*node, str(SCRIPT)], input=json.dumps(asked), stdout=subprocess.PIPE, text=True, check=True
    )
    return dict(json.loads(done.stdout))


@dataclass(frozen=True, slots=True)
class Spent:
    """What one of the rasteriser's commands took, for a picture.

    Attributes:
        ms: Milliseconds.
        calls: How often it ran.
        units: Pixels that it covered or mixed, and vertices, as the rasteriser counts its work.
    """

    ms: float
    calls: float
    units: float


def profile(folder: Path, names: list[str], rounds: int) -> dict[str, dict[str, Spent]]:
    """Returns what each command takes, by program: the mean of the rounds."""
    told = _run(folder, names, [parts.raster()], rounds, by_command=True)
    return {
        name: {
            command: Spent(**{key: value / rounds for key, value in each.items()})
            for command, each in spent.items()
        }
        for name, spent in told.items()
    }


def by_command(programs: list[dict[str, Spent]]) -> dict[str, Spent]:
    """Returns what each command takes, the mean of the programs, the longest first."""
    found = {}
    for command in {command for spent in programs for command in spent}:
        mine = [spent[command] for spent in programs if command in spent]
        fields = ("ms", "calls", "units")
        found[command] = Spent(
            *(sum(getattr(each, name) for each in mine) / len(programs) for name in fields)
        )
    return dict(sorted(found.items(), key=lambda item: -item[1].ms))


def _tell_profile(told: dict[str, dict[str, Spent]]) -> None:
    for group in dict.fromkeys(name.partition("/")[0] for name in told):
        mine = [each for name, each in told.items() if name.startswith(f"{group}/")]
        click.echo(f"{group}, a picture:")
        for name, spent in by_command(mine).items():
            click.echo(
                f"  {name:<12}{spent.ms:8.2f} ms{spent.calls:9.0f} calls{spent.units:12.0f} pixels and vertices"
            )


if __name__ == "__main__":
    main()
