"""`codepaint rewards`: lists, describes and measures rewards."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from codepaint_env.cli.complaints import tidy
from codepaint_env.cli.options import FOLDER, read_spec, step_option
from codepaint_env.cli.progress_bar import bar
from rewards.errors import SpecError

_BARS = " ▁▂▃▄▅▆▇█"
_FILE = click.Path(path_type=Path)
_as_json = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


@click.group(no_args_is_help=False)
def rewards() -> None:
    """List, describe and measure rewards.

    \b
        codepaint rewards list
        codepaint rewards show coverage
        codepaint rewards card coverage
    """  # noqa: D301 (click reads \b)


@rewards.command("list")
@_as_json
@tidy
def list_rewards(as_json: bool) -> None:
    """List the registered rewards.

    For each, the command prints what it needs and how often it calls a judge or scorer for a group of 8.

    \b
        codepaint rewards list
        codepaint rewards show NAME     describes one
        codepaint rewards card NAME     measures one on the pictures that ship
    """  # noqa: D301 (click reads \b)
    from rewards.catalogue import catalogue

    found = catalogue()
    if as_json:
        click.echo(json.dumps([asdict(each) for each in found]))
        return
    for each in found:
        click.echo(f"{each.name:<12}{each.line}")
        extras = [f"{name} ({'' if there else 'not '}installed)" for name, there in each.extras.items()]
        told = [f"extras {', '.join(extras)}"] if extras else []
        if each.needs is not None:
            calls = f"{each.cost} call{'s' * (each.cost != 1)} for a group of 8" if each.cost else "no judge"
            judged = [f"judges {' and '.join(each.canvases)} only"] if each.canvases is not None else []
            told = [f"needs {', '.join(each.needs)}", calls, *judged, *told]
        if each.problem:
            told.append(each.problem)
        click.echo(f"{'':<12}{'; '.join(told)}")


@rewards.command("show")
@click.argument("spec")
@step_option
@tidy
def show_reward(spec: str, step: int | None) -> None:
    """Describe the reward that a SPEC stands for.

    SPEC is a name, an expression or JSON. The command shows its normal form, range, needs and version, what it claims,
    which laws it disclaims and why, and its cost: the number of judge calls for a group of 8.

    \b
        codepaint rewards show coverage
        codepaint rewards show "gated(0.3*renders + 0.7*coverage(low=0.2), gate=renders)"
        codepaint rewards show "bonus(coverage, mapped(coverage(low=0.3), fn='log_tamed'), share=0.4)"
        codepaint rewards show "0.5*coverage + ramp(0, 0.5, steps=200)*dino" --step 100
        codepaint rewards show '{"name": "coverage", "low": 0.2}'
    """  # noqa: D301 (click reads \b)
    from rewards import describe

    for key, value in describe(read_spec(spec, step)).items():
        click.echo(f"{key:<12}{json.dumps(value)}")


@rewards.command("card")
@click.argument("spec")
@click.option("--live", is_flag=True, help="Ask the reward's own judge. This may cost money.")
@click.option("--full", is_flag=True, help="Write a Markdown page with all figures; needs --out.")
@click.option("--out", type=FOLDER, help="Folder of the page, with --full.")
@click.option("--study", type=_FILE, metavar="PATH", help="A study's folder or figures.json, with --full.")
@click.option(
    "--probes",
    type=_FILE,
    metavar="PATH",
    help="Folder to render probes in, or output of `codepaint probes --json`, with --full.",
)
@click.option("--climb", type=_FILE, metavar="FILE", help="The climb.json of `codepaint climb`, with --full.")
@step_option
@_as_json
@tidy
def show_card(
    spec: str,
    live: bool,
    full: bool,
    out: Path | None,
    study: Path | None,
    probes: Path | None,
    climb: Path | None,
    step: int | None,
    as_json: bool,
) -> None:
    """Measure a reward on the pictures that ship.

    SPEC is a name, an expression or JSON. The command shows what the 24 pictures score, and what a blank sheet, a solid
    one and noise score. It damages the pictures in five ways and counts how many keep the order clean > mild > strong.
    For similarities it counts how often a re-rendering beats a look-alike. It also shows the time a picture takes, and
    the judge calls for a group of 8. Shares come with 95 % intervals. For a verdict use `codepaint check-reward`.

    A judged reward is measured with a scripted judge, which likes ink. That tests the protocol, not the taste. With
    --live the command asks the reward's own judge, about 1,200 times for pairwise(k=2).

    --full writes OUT/NAME.md: the same figures, the laws, and the results of a study, probes and climbs if you give
    them. The page also says on what the reward was not measured.

    \b
        codepaint rewards card coverage
        codepaint rewards card "0.3*coverage + 0.7*perceptual" --json
        codepaint rewards card coverage --full --out cards
        codepaint rewards card coverage --full --out cards --probes probes --study study/out --climb climb/climb.json
    """  # noqa: D301 (click reads \b)
    from rewards.card import card, live_calls

    if full:
        if step is not None or as_json:
            raise SpecError("--full writes a Markdown page; leave out --json and --step.")
        if out is None:
            raise SpecError("Say where the card goes: --full --out FOLDER.")
        click.echo(str(_write_card(spec, out, study, probes, climb, live)))
        return
    given = {"--out": out, "--study": study, "--probes": probes, "--climb": climb}
    if extra := [name for name, value in given.items() if value is not None]:
        raise SpecError(f"{extra[0]} goes with --full, which writes a card as a page.")
    form = read_spec(spec, step)
    if live:
        click.echo(f"The judge is asked at most {live_calls(form):,} times.", err=True)
    with bar("Measuring") as progress:
        measured = card(form, live=live, progress=progress)
    click.echo(json.dumps(measured) if as_json else _text(measured))


def _write_card(
    spec: str, out: Path, study: Path | None, probes: Path | None, climb: Path | None, live: bool
) -> Path:
    from codepaint_env.study.cards import Sources, gather, page

    sources = Sources(study, probes, climb, live=live)
    with bar("Measuring") as progress:
        told = gather(spec, sources, out, progress=progress)
    out.mkdir(parents=True, exist_ok=True)
    path = out / f"{told.name}.md"
    path.write_text(page(told), encoding="utf-8")
    return path


def _text(card: dict[str, Any]) -> str:
    low, high = card["range"] or (0.0, 1.0)
    judge = {
        "none": "none is asked",
        "scripted": "the kit's scripted one, which likes ink; --live asks your own",
        "own": "your own",
    }[card["judge"]]
    values = "  ".join(f"{key} {card[key]:.3f}" for key in ("least", "median", "most", "spread"))
    judged = [] if card["canvases"] is None else [f"canvases    {' and '.join(card['canvases'])} only"]
    lines = [
        f"reward      {card['name']}, version {card['version']}",
        *judged,
        f"judge       {judge}; {card['cost']} call{'s' * (card['cost'] != 1)} for a group of 8",
        f"values      {low:g} {_histogram(card['histogram'])} {high:g}    {card['pictures']} pictures that ship",
        f"            {values}",
        *_block("floors", {name: f"{value:.3f}" for name, value in card["floors"].items()}),
        *_block("ladder", {name: _told(share) for name, share in card["ladder"].items()}),
        *_block("shortcuts", {name: _told(share) for name, share in card["shortcuts"].items()}),
        f"time        {1000 * card['seconds_a_picture']:.1f} ms a picture",
    ]
    return "\n".join(lines)


def _block(title: str, rows: dict[str, str]) -> list[str]:
    names = [title, *[""] * (len(rows) - 1)]
    return [f"{head:<12}{name:<16}{text}" for head, (name, text) in zip(names, rows.items(), strict=False)]


def _told(share: dict[str, Any]) -> str:
    low, high = share["interval"]
    return f"{share['kept']:>3} of {share['of']}  ({low:.2f} to {high:.2f})"


def _histogram(counts: list[int]) -> str:
    """Draws counts as bars; any count above 0 can be seen."""
    most = max(max(counts), 1)
    return "".join(_BARS[-(-count * (len(_BARS) - 1) // most)] for count in counts)
