"""Runs the four benchmarks of the renderer and of the environment, and writes their figures into docs/rendering.md.

The table of rewards, `docs/rewards.svg`, is drawn of what the last study left in docs/studies; `make study` runs that.

python benchmarks/figures.py            about half an hour on two quiet cores
python benchmarks/figures.py --only fidelity,identity
python benchmarks/figures.py --keep     only writes what docs/*.json hold from earlier runs
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import click

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs/rendering.md"
COMMANDS = {
    "fidelity": ("fidelity.py", "--page", "docs/fidelity.html"),
    "identity": ("identity.py",),
    "speed": ("render.py", "--wait", "600"),
    "environment": ("env.py",),
}


def fidelity(told: dict[str, Any]) -> list[str]:
    """Returns the rows of the fidelity table."""
    return [
        "| programs | painted within 2 levels, mean | the least | mean difference, the largest |",
        "|---|---|---|---|",
        f"| {told['programs']} | {told['painted_mean']:.2%} | {told['painted_least']:.2%} | "
        f"{told['mean_difference_most']:.2f} levels |",
    ]


def identity(told: dict[str, Any]) -> list[str]:
    """Returns the rows of the identity table."""
    rows = ["| where | renders | hashes that differ |", "|---|---|---|"]
    for row in told["rows"]:
        rows.append(f"| {row['where']} | {row['renders']} | {', '.join(row['differ']) or 'none'} |")
    return rows


def speed(told: dict[str, Any]) -> list[str]:
    """Returns the rows of the speed table."""
    names = {
        "light_ratio_puppeteer": "engine, 4 light sketches",
        "mixed_ratio_puppeteer": "engine, 12 mixed sketches",
        "heavy_ratio_puppeteer": "engine, 6 heavy flowers",
        "page_ratio_puppeteer": "pages in a warm browser, 12 mixed sketches",
    }
    rows = ["| what | times Puppeteer |", "|---|---|"]
    rows += [f"| {name} | {told[key]:.3g} |" for key, name in names.items()]
    rows.append(f"| two workers against one | {told['scaling_2_workers']:.2f} |")
    if "cores" in told:
        best = f"`{told['best_engine']}` and `{told['best_page']}`, the fastest of each"
        rows += ["", f"{best}; {told['cores']} cores, load {told['load_before']:.2f} before."]
    return rows


def environment(told: dict[str, Any]) -> list[str]:
    """Returns the rows of the table of what an environment costs."""
    return [
        "| what | figure |",
        "|---|---|",
        f"| a step takes longer than its drawing alone, nothing cached | {told['step_overhead']:.1%} |",
        f"| the same with the cache of pictures | {told['step_overhead_cached']:.1%} |",
        f"| four environments of `make_vec` are so many times as fast as one | {told['vec_4_ratio']:.2f} |",
        f"| a reset | {told['reset_ms']:.2f} ms |",
    ]


def fill(page: str, name: str, rows: list[str]) -> str:
    """Returns the page with the rows between the marks of one table."""
    table = "\n".join(rows)
    mark = re.compile(rf"(<!-- figures:{name} -->).*?(<!-- /figures -->)", re.DOTALL)
    return mark.sub(lambda found: f"{found[1]}\n{table}\n\n{found[2]}", page)


def draw_rewards() -> None:
    """Draws the public table of rewards from the figures of the kept study, if there is one."""
    from codepaint_env.study.figures.figures_file import read_figures
    from codepaint_env.study.public_table import public_table

    kept = ROOT / "docs/studies/offline.json"
    if kept.is_file():
        (ROOT / "docs/rewards.svg").write_text(public_table(read_figures(kept)), encoding="utf-8")


@click.command(help=__doc__.replace("\n\n    ", "\n\n\b\n    ") if __doc__ else None)
@click.option("--only", default=",".join(COMMANDS), help=f"Some of {', '.join(COMMANDS)}.")
@click.option("--keep", is_flag=True, help="Run nothing; write the figures of docs/*.json.")
def main(only: str, keep: bool) -> None:
    """Runs and writes."""
    rows = {"fidelity": fidelity, "identity": identity, "speed": speed, "environment": environment}
    draw_rewards()
    for name in [] if only == "rewards" else only.split(","):
        told = ROOT / f"docs/{name}.json"
        if not keep:
            script, *options = COMMANDS[name]
            command = [sys.executable, f"benchmarks/{script}", *options, "--json", str(told)]
            subprocess.run(command, cwd=ROOT, check=True)
            if name in ("speed", "environment"):  # every single render is not kept
                figures = json.loads(told.read_text("utf-8"))
                kept = {key: each for key, each in figures.items() if not isinstance(each, dict | list)}
                told.write_text(json.dumps(kept, indent=2) + "\n", encoding="utf-8")
        page = fill(PAGE.read_text(encoding="utf-8"), name, rows[name](json.loads(told.read_text("utf-8"))))
        PAGE.write_text(page, encoding="utf-8")
        click.echo(f"wrote the figures of {name} into {PAGE.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
