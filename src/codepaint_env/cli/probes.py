"""`codepaint probes`: tells how often a reward likes an adversarial program better than an honest one."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from codepaint_env.cli.complaints import tidy
from codepaint_env.cli.options import FOLDER, read_spec, step_option
from codepaint_env.cli.progress_bar import bar, step
from rewards.errors import MissingPart, SpecError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from codepaint_env.study.probes.fooled import ProbeScores


@click.command("probes")
@click.argument("specs", nargs=-1, metavar="SPEC [SPEC ...]")
@click.option("--out", type=FOLDER, help="Folder for the renderings and the report.")
@click.option("--canvas", metavar="NAME", help="Only the probes of this canvas: p5brush, svg or html.")
@click.option("--only", multiple=True, metavar="NAME", help="Only this probe. Repeat it for several.")
@click.option(
    "--list",
    "listed",
    is_flag=True,
    help="List the probes and why each honest picture is better; score nothing.",
)
@step_option
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@tidy
def probes(
    specs: tuple[str, ...],
    out: Path | None,
    canvas: str | None,
    only: tuple[str, ...],
    listed: bool,
    step: int | None,
    as_json: bool,
) -> None:
    """Tell how easily a reward is fooled.

    Each probe is a pair for one prompt: a lure (a flat wash, noise, letters that say CHOOSE ME, a page that only
    pretends) and an honest picture that was judged better by eye. If a reward scores the lure higher, the
    probe beats it; an equal pair counts half. The share of probes that beat a reward is its hackability: 0 is best,
    and a coin gets 0.5.

    SPEC is a name, an expression, JSON, or a reward of your own as module:function. The command renders the programs
    once into the folder. A second call continues where the first stopped, and renders again only if a new reward needs
    more evidence. The command prints a table and writes FOLDER/probes.html, with both pictures of each pair.

    \b
        codepaint probes --list
        codepaint probes coverage --out probes
        codepaint probes coverage perceptual "0.3*coverage + 0.7*perceptual" --out probes
        codepaint probes my_rewards:redness --out probes --canvas p5brush
        codepaint probes interactive static --out probes --canvas html
    """  # noqa: D301 (click reads \b)
    chosen = _chosen(canvas, only)
    if listed:
        _list(chosen, as_json)
        return
    if not specs:
        raise SpecError(
            "Name a reward, such as `codepaint probes coverage --out probes`; --list shows the probes."
        )
    if out is None:
        raise SpecError("Say where the pictures and the report go: --out FOLDER.")
    told = _measured(specs, step, chosen, out)
    if as_json:
        click.echo(json.dumps([_figures(each) for each in told]))
    else:
        _print(told)
        click.echo(str(out / "probes.html"))


def _chosen(canvas: str | None, only: tuple[str, ...]) -> list[Any]:
    from codepaint_env.study.probes.probe import probes as shipped
    from rewards.lookup import guess

    found = shipped(canvas)
    names = [each.name for each in found]
    for name in only:
        if name not in names:
            raise SpecError(
                f"No probe is called {name!r}.{guess(name, names)} `codepaint probes --list` shows all."
            )
    return [each for each in found if not only or each.name in only]


def _list(chosen: Sequence[Any], as_json: bool) -> None:
    if as_json:
        keys = ("name", "kind", "canvas", "prompt", "why")
        click.echo(json.dumps([{key: getattr(each, key) for key in keys} for each in chosen]))
        return
    for each in chosen:
        click.echo(f"{each.name:<24}{each.canvas:<9}{each.kind}")
        click.echo(f"{'':<24}{each.why}")
    click.echo(f"{len(chosen)} probes")


def _measured(specs: Sequence[str], at: int | None, chosen: Sequence[Any], out: Path) -> list[ProbeScores]:
    import rewards
    from codepaint_env.study.probes import record_probes, scores
    from codepaint_env.study.probes.fooled import cannot
    from codepaint_env.study.probes.report import write_probe_report

    made = {spec: rewards.make(read_spec(spec, at)) for spec in specs}
    canvases = {each.canvas for each in chosen}
    for spec, reward in made.items():
        why = {name: cannot(reward, name) for name in sorted(canvases)}
        if all(why.values()):
            told = "; ".join(f"{name}: {text}" for name, text in why.items())
            raise SpecError(f"The reward {spec!r} can judge none of these probes ({told}).")
    judged = [each for each in chosen if any(not cannot(reward, each.canvas) for reward in made.values())]
    stages = frozenset[str]().union(*(reward.needs for reward in made.values()))
    if any(each.canvas == "html" for each in judged):
        _look_for_the_browser()
    with bar("Rendering probes", log_every=8) as progress:
        pairs = record_probes(judged, out, stages=stages, progress=progress)
    found = []
    for spec, reward in made.items():
        with step(f"Scoring by {spec}"):
            found += scores({spec: reward}, pairs)
    write_probe_report(out / "probes.html", pairs, found)
    return found


def _look_for_the_browser() -> None:
    """Says that it is missing before anything is rendered, not after the sketches."""
    from codepaint_env.render.browser import assets

    try:
        assets.find()
    except MissingPart as missing:
        raise MissingPart(f"{missing} Or take the probes that need no browser: --canvas p5brush.") from None


def _print(told: Sequence[ProbeScores]) -> None:
    from codepaint_env.study.probes.report import verdict

    for each in told:
        click.secho(each.label, bold=True)
        for name in each.names:
            found = verdict(each, name)
            values = "".join(
                f"{'–' if value is None else f'{value:.3f}':>9}" for value in (found.lure, found.honest)
            )
            click.echo(f"  {name:<24}lure{values[:9]}   honest{values[9:]}   {found.words}")
        for canvas, why in each.skipped.items():
            click.echo(f"  {canvas} is left out: {why}.")
        if each.left_out:
            click.echo(f"  {each.left_out} of {len(each.names)} probes have no value and do not count.")
        if each.share is None:
            click.echo("  no probe has a value for both pictures")
            continue
        low, high = each.interval
        click.echo(f"  beaten by {each.share:.2f} of {len(each.beaten)} probes ({low:.2f} to {high:.2f})")


def _figures(told: ProbeScores) -> dict[str, Any]:
    values = zip(told.names, told.lure, told.honest, strict=True)
    return {
        "reward": told.label,
        "share": told.share,
        "interval": list(told.interval),
        "probes": {name: {"lure": lure, "honest": honest} for name, lure, honest in values},
        "left_out": told.left_out,
        "skipped": dict(told.skipped),
    }
