"""Whether hostile programs come to the same end each time and reach nothing: not the picture beside them either.

    python benchmarks/hostile.py                       both paths: 3 times idle, 3 times busy, races 10 times
    python benchmarks/hostile.py --quick               what a dozen cost on the engine: under a minute
    python benchmarks/hostile.py --times 0 --races 0   what each costs, on both paths, and SVG documents
    python benchmarks/hostile.py --path engine         one path only
    python benchmarks/hostile.py --only 063,web_rtc    programs whose names hold these words
    python benchmarks/hostile.py --json FILE --resume  goes on with a run that was stopped

The programs stand in tests/canvases/p5brush/hostile, each with the outcome that it is to have. A small honest sketch
is drawn beside each and after it, and may not change by a byte. Listeners on loopback, TCP and UDP, may hear nothing.
Outcome, kind and picture are to be the same each time. No process may be left. Then come an endless loop and a heavy
honest sketch under the limits that users have.

Last, each program is drawn alone under those limits: the CPU seconds that it holds, the ten dearest, and what share of
a fleet's time a policy would waste if half of its samples were the dearest program, and the rest programs of the pool.
The SVG documents of tests/canvases/svg/hostile are measured in the same way.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, get_args

import click
from rich.console import Console
from rich.table import Table

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests/support"))

from identity import busy as busy_loops

from codepaint_env.canvases.canvas import Canvas
from codepaint_env.canvases.p5brush.canvas import P5Brush
from codepaint_env.canvases.svg.canvas import SVG
from codepaint_env.cli.progress_bar import bar
from codepaint_env.render.backend import Job
from codepaint_env.render.renderer import Renderer
from hostile_programs.corpus import HONEST, PARTS, Expected, Hostile, Way, read_corpus
from hostile_programs.held_cpu import held_cpu
from hostile_programs.trial import LIMITS, Arena, Trial
from places import ROOT
from rewards.json_lines import LineWriter, read_lines

Row = dict[str, Any]
# Rows that tell of a pass as a whole.
NOT_PROGRAMS = ("honest", "sibling", "close")
PATHS: tuple[Way, ...] = get_args(Way)
DOCUMENTS = ROOT / "tests/canvases/svg/hostile"
DEAREST = 10
HONEST_EVERY = 60  # of the programs of the pool one in so many
# Of each kind of cost one; --quick takes these alone.
QUICK = (
    "001_loop", "005_endless", "028_typed", "029_arrays", "030_text", "041_a_million", "043_line", "125_a_billion",
    "126_garbage", "127_lines", "128_loop", "130_fields",
)  # fmt: skip
WASHES = (
    f"function setup() {{ {PARTS['{CANVAS}']} for (let i = 0; i < 60; i++) {{ push(); rotate(i);"
    " brush.fill('#77aacc', 60); brush.fillBleed(0.3); brush.beginShape(0.6); for (let k = 0; k < 8; k++)"
    " brush.vertex(230 * cos(k * PI / 4), 230 * sin(k * PI / 4)); brush.endShape(); pop(); } }"
)


@dataclass(frozen=True, slots=True)
class Pass:
    """One run through some programs in one renderer.

    Attributes:
        way: The path.
        phase: `idle`, `busy`, `races` or `default limits`.
        turn: Which of the passes of this phase it is, from 0.
        programs: What is run.
        busy: Endless loops of others that run meanwhile.
        limits: What a program may use.
    """

    way: Way
    phase: str
    turn: int
    programs: Sequence[Hostile]
    busy: int = 0
    limits: Mapping[str, object] | None = None


class Record:
    """The trials of a run, kept line by line so that one that is stopped can go on."""

    def __init__(self, path: Path | None, *, resume: bool) -> None:
        self._path = path.with_suffix(".part") if path else None
        self.rows: list[Row] = []
        if self._path and self._path.exists():
            if resume:
                self.rows = [line.value for line in read_lines(self._path)]
            self._path.unlink()
            for row in self.rows:
                self._write(row)

    def add(self, step: Pass, trial: Trial) -> None:
        """Keeps one trial."""
        row = {"path": step.way, "phase": step.phase, "turn": step.turn, **asdict(trial)}
        self.rows.append(row)
        self._write(row)

    def names(self, step: Pass) -> set[str]:
        """Returns the programs of a pass that are there already."""
        key = (step.way, step.phase, step.turn)
        return {row["name"] for row in self.rows if (row["path"], row["phase"], row["turn"]) == key}

    def finish(self) -> None:
        """Throws away what is only kept for going on."""
        if self._path:
            self._path.unlink(missing_ok=True)

    def _write(self, row: Row) -> None:
        if self._path:
            with LineWriter(self._path) as lines:
                lines.append(row)


def passes(
    ways: Sequence[Way], corpus: Sequence[Hostile], times: int, busy: int, races: int
) -> Iterator[Pass]:
    """Yields what is run, in order."""
    racing = [hostile for hostile in corpus if hostile.races]
    heavy = {way: Expected("ok") for way in PATHS}
    endless = {way: Expected("program_error", "work_limit") for way in PATHS}
    usual = [Hostile("heavy_honest_sketch", WASHES, heavy), Hostile("endless_loop", "for (;;);", endless)]
    for way in ways:
        for turn in range(times):
            yield Pass(way, "idle", turn, corpus)
        for turn in range(times if busy else 0):
            yield Pass(way, "busy", turn, corpus, busy)
        for turn in range(races):
            yield Pass(way, "races", turn, racing)
        yield Pass(way, "default limits", 0, usual, limits={})


def run(step: Pass, record: Record) -> None:
    """Runs what a pass still lacks."""
    done = record.names(step)
    left = [hostile for hostile in step.programs if hostile.name not in done]
    if not left:
        return
    title = f"{step.way}, {step.phase} {step.turn + 1}"
    with busy_loops(step.busy) if step.busy else nullcontext(), bar(title) as show:
        slack = (
            1.0 + step.busy if step.limits is None else 7.0
        )  # the defaults leave so many times the CPU seconds
        arena = Arena(step.way, step.limits, slack=slack)
        start = {"honest": arena.honest, "sibling": arena.sibling}
        try:
            for index, hostile in enumerate(left):
                if sys.stderr.isatty() or index % 10 == 0:
                    show(index, len(left))
                record.add(step, arena.meet(hostile))
        finally:
            faults = arena.close()
        for name, found in start.items():
            record.add(step, Trial(name, "ok", "", found, "", 0.0))
        record.add(step, Trial("close", "ok", "", "", "", 0.0, tuple(faults)))


def costs(
    canvas: Canvas, path: str, programs: Mapping[str, str], honest: Sequence[str], first: str
) -> dict[str, Any]:
    """Draws each program alone under the default limits; returns the CPU seconds that it held.

    Args:
        canvas: What kind of programs these are.
        path: The backend that draws.
        programs: The hostile ones by name.
        honest: What the rest of a fleet draws.
        first: What is drawn before anything is measured, so that all is started.
    """
    renderer = Renderer(canvas, path=path, workers=1, cache=0)

    def seconds(program: str) -> float:
        with held_cpu() as held:
            renderer.render([Job(program, 11)])
        return round(held.seconds, 2)

    try:
        renderer.render([Job(first, 11)])
        with bar(f"{path}, cost") as show:
            held = {}
            for index, (name, program) in enumerate(programs.items()):
                if sys.stderr.isatty() or index % 10 == 0:
                    show(index, len(programs))
                held[name] = seconds(program)
        mean_s = sum(map(seconds, honest)) / len(honest)
    finally:
        renderer.close()
    by_cost = dict(sorted(held.items(), key=lambda one: -one[1]))
    dearest_s = next(iter(by_cost.values()))
    return {
        "honest_mean_cpu_s": round(mean_s, 2),
        "held_cpu_s": by_cost,
        "mean_cpu_s": round(sum(held.values()) / len(held), 2),
        "wasted_share_of_a_half_hostile_fleet": round(dearest_s / (dearest_s + mean_s), 3),
    }


def all_costs(ways: Sequence[Way], corpus: Sequence[Hostile], *, quick: bool, only: bool) -> dict[str, Any]:
    """Returns the costs of each path of sketches, and of SVG documents unless some programs were chosen."""
    pool = sorted((ROOT / "reference_pool/programs").glob("*.js"))[:: HONEST_EVERY * (6 if quick else 1)]
    honest = [path.read_text(encoding="utf-8") for path in pool]
    sketches = {hostile.name: hostile.program(9, 9) for hostile in corpus}
    dear = {way: costs(P5Brush(), way, sketches, honest, HONEST) for way in ways}
    if not (quick or only):
        documents = {path.stem: path.read_text("utf-8") for path in sorted(DOCUMENTS.glob("*.svg"))}
        drawings = [path.read_text("utf-8") for path in sorted(SVG().drawings.glob("*.svg"))]
        dear["svg"] = costs(SVG(), "resvg", documents, drawings, drawings[0])
    return dear


def differences(rows: Sequence[Row]) -> list[tuple[str, str, str, str]]:
    """Returns name, path, phase and what is wrong, for everything that is not as expected or not as before."""
    found = []
    first: dict[tuple[str, str], Row] = {}
    for row in rows:
        where = f"{row['phase']} {row['turn'] + 1}"
        found += [(row["name"], row["path"], where, fault) for fault in row["faults"]]
        before = first.setdefault((row["name"], row["path"]), row)
        if any(before[key] != row[key] for key in ("status", "kind", "hash")):
            told = " ".join(str(row[key]) for key in ("status", "kind", "hash"))
            earlier = " ".join(str(before[key]) for key in ("status", "kind", "hash"))
            found.append((row["name"], row["path"], where, f"{told}; before it was {earlier}"))
    return found


def summary(rows: Sequence[Row], differ: Sequence[tuple[str, str, str, str]]) -> dict[str, Any]:
    """Returns the figures of a run, JSON-able."""
    tried = [row for row in rows if row["name"] not in NOT_PROGRAMS]
    outcomes: dict[str, dict[str, str]] = {}
    for row in tried:
        outcomes.setdefault(row["name"], {}).setdefault(row["path"], f"{row['status']} {row['kind']}".strip())
    turns = {(row["path"], row["phase"], row["turn"]) for row in rows}
    phases = sorted({(path, phase) for path, phase, _ in turns})
    return {
        "limits": LIMITS,
        "programs": len(outcomes),
        "runs": len(tried),
        "passes": {
            f"{path}, {phase}": sum(turn[:2] == (path, phase) for turn in turns) for path, phase in phases
        },
        "slowest_s": {
            f"{path}, {phase}": max(
                row["wall_s"] for row in tried if (row["path"], row["phase"]) == (path, phase)
            )
            for path, phase in phases
        },
        "identical": not differ,
        "differ": differ,
        "outcomes": outcomes,
    }


@click.command(help=__doc__.replace("\n\n    ", "\n\n\b\n    ") if __doc__ else None)
@click.option(
    "--path", type=click.Choice([*PATHS, "both"]), default="both", help="Which path draws.", show_default=True
)
@click.option(
    "--times", default=3, show_default=True, help="Passes through all programs, idle and as many busy."
)
@click.option(
    "--busy", default=4, show_default=True, help="Endless loops beside the busy passes; 0 leaves them out."
)
@click.option("--races", default=10, show_default=True, help="Further passes through the programs that race.")
@click.option("--quick", is_flag=True, help="What a dozen programs cost on the engine, and nothing else.")
@click.option(
    "--only", default="", help="Words, with commas between; programs are taken whose names hold one."
)
@click.option("--json", "to_json", type=click.Path(path_type=Path), help="Write the figures to a file.")
@click.option("--resume", is_flag=True, help="Go on with the run to the same --json that was stopped.")
def main(
    path: str, times: int, busy: int, races: int, quick: bool, only: str, to_json: Path | None, resume: bool
) -> None:  # fmt: skip
    """Runs the corpus and prints what differs; exit status 1 if anything does."""
    if resume and to_json is None:
        raise click.UsageError("--resume needs the --json of the run that was stopped.")
    words = [word for word in only.split(",") if word]
    corpus = [
        hostile for hostile in read_corpus() if not words or any(word in hostile.name for word in words)
    ]
    if not corpus:
        raise click.UsageError(
            f"No program's name holds {' or '.join(words)}; `ls tests/canvases/p5brush/hostile` shows them."
        )
    ways = PATHS if path == "both" else (path,)
    if quick:
        ways, times, races = ("engine",), 0, 0
        corpus = [hostile for hostile in corpus if hostile.name.startswith(QUICK)]
    record = Record(to_json, resume=resume)
    for step in () if quick else passes(ways, corpus, times, busy, races):
        run(step, record)
    dear = all_costs(ways, corpus, quick=quick, only=bool(words))
    differ = differences(record.rows)
    told = summary(record.rows, differ) | {"cost": dear}
    shown = Table("program", "path", "when", "what differs", title="Hostile programs")
    for row in differ:
        shown.add_row(*row)
    console = Console()
    if differ:
        console.print(shown)
    for way, cost in dear.items():
        table = Table("program", "CPU seconds", title=f"The dearest programs, {way}")
        dearest = list(cost["held_cpu_s"].items())[:DEAREST]
        for name, held_s in [*dearest, ("(an honest one)", cost["honest_mean_cpu_s"])]:
            table.add_row(name, f"{held_s:.2f}")
        console.print(table)
        share = cost["wasted_share_of_a_half_hostile_fleet"]
        console.print(
            f"{way}: half of the samples the dearest program: {share:.0%} of the fleet's time is wasted"
        )
    console.print(f"programs {told['programs']}  runs {told['runs']}  identical {told['identical']}")
    if to_json is not None:
        to_json.write_text(json.dumps(told, indent=2) + "\n", encoding="utf-8")
        record.finish()
    if differ:
        sys.exit(1)


if __name__ == "__main__":
    main()
