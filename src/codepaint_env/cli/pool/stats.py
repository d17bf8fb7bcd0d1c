"""`codepaint pool stats`: shows what a pool holds, as text, JSON, a chart or a contact sheet."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from codepaint_env.cli.complaints import tidy
from codepaint_env.cli.options import FOLDER
from codepaint_env.cli.progress_bar import step

if TYPE_CHECKING:
    from codepaint_env.pool.stats import Stats


@click.command()
@click.argument("pool", type=FOLDER, required=False)
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Write all figures to this SVG file.")
@click.option(
    "--sheet",
    type=click.Path(path_type=Path),
    help="Write all loved paintings to this picture (.png or .webp).",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@tidy
def stats(pool: Path | None, output: Path | None, sheet: Path | None, as_json: bool) -> None:
    """Show what a POOL holds.

    The command prints its tiers, subjects, colours and near-duplicates. Without POOL it shows the one that ships.

    \b
        codepaint pool stats -o pool.svg --sheet love.webp
    """  # noqa: D301 (click reads \b)
    from codepaint_env.pool import stats as pool_stats
    from codepaint_env.pool.sheets import loved_sheet
    from rewards.pool import load_entries, pool_folder

    entries = load_entries(pool)
    if sheet is not None:
        loved_sheet(entries).save(sheet, quality=80)
    with step("Looking at all paintings"):
        found = pool_stats.stats(entries, pool or pool_folder())
    if output is not None:
        output.write_text(pool_stats.draw_stats(found), encoding="utf-8")
    if as_json:
        click.echo(json.dumps(asdict(found)))
        return
    _show(found)
    for written in filter(None, (output, sheet)):
        click.echo(str(written))


def _show(found: Stats) -> None:
    tiers = ", ".join(f"{size} {tier}" for tier, size in found.tiers.items())
    click.echo(f"{sum(found.tiers.values())} paintings kept of {found.rated} rated: {tiers}")
    for heading, parts in (("subjects", found.subjects), ("leading hues", found.hues)):
        told = ", ".join(f"{name} {sum(sizes.values())}" for name, sizes in parts.items())
        click.echo(f"{len(parts)} {heading}: {told}")
    for tier, studies in found.studies.items():
        shares = [(size, name) for name, size in studies.items() if name != "none"]
        if shares:
            size, name = max(shares)
            click.echo(f"{tier}: at most {size / found.tiers[tier]:.1%} of one study ({name})")
    if found.nearest:
        click.echo(f"the two most similar paintings are {found.nearest[0]:.3f} apart (0 is the same picture)")
