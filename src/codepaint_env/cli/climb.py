"""`codepaint climb`: optimises against rewards, and shows what that does to the pictures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from codepaint_env.cli.complaints import tidy
from codepaint_env.cli.options import FOLDER, read_spec
from codepaint_env.cli.progress_bar import bar
from rewards.errors import SpecError

if TYPE_CHECKING:
    from codepaint_env.study.climb.starts import Start


@click.command()
@click.argument("specs", metavar="SPEC...", nargs=-1, required=True)
@click.option(
    "--out",
    type=FOLDER,
    required=True,
    help="Folder for the results. If it holds part of this climb, the climb continues.",
)
@click.option(
    "--gold",
    "golds",
    metavar="SPEC",
    multiple=True,
    help="A reward that judges the best programs and steers no search. Repeat it for several: each SPEC is judged by "
    "the first gold with another encoder.",
)
@click.option(
    "--starts",
    default="5",
    show_default=True,
    help="How many of the five shipped starts to use, or a folder of your own sketches. The lines '// subject: …' and "
    "'// prompt: …' in a sketch say what it should show.",
)
@click.option(
    "--evaluations",
    type=click.IntRange(1),
    default=256,
    show_default=True,
    help="Programs to try from each start, for each reward.",
)
@click.option("--seed", type=click.IntRange(0), default=0, show_default=True, help="Seed of the mutations.")
@tidy
def climb(
    specs: tuple[str, ...], out: Path, golds: tuple[str, ...], starts: str, evaluations: int, seed: int
) -> None:
    """Optimise programs against rewards, and let golds judge them.

    From each start, a search climbs each SPEC: it changes numbers, colours, parameters and statements of the program
    and keeps what the reward prefers. After 0, 16, 64 and 256 evaluations the golds judge the best program so far. If
    the value of a reward rises while its gold falls, that reward can be gamed. The command prints a table and writes
    OUT/climb.html.

    After an interruption, run the same command again: it continues and finds the same programs. You can add rewards
    and golds later.

    \b
        codepaint climb coverage --gold "0.5*taste + 0.5*subject" --out climbs
        codepaint climb coverage taste --evaluations 64 --starts 1 --out trial
        codepaint climb taste --gold "taste(file='dino-taste.npz')" --starts my_sketches --out mine
    """  # noqa: D301 (click reads \b)
    from codepaint_env.reports.climb_page import write_climb_page
    from codepaint_env.study.climb.climbing import Climb
    from codepaint_env.study.climb.contender import contenders_of
    from codepaint_env.study.climb.results import SHEETS, write_results
    from codepaint_env.study.climb.starts import shipped_donors

    chosen = _starts(starts)
    tasks = [start.task for start in chosen]
    climbed = contenders_of([read_spec(spec) for spec in specs], tasks)
    judges = contenders_of([read_spec(spec) for spec in golds], tasks, prefix="gold")
    work = Climb(out, climbed, judges, chosen, shipped_donors(), evaluations, seed)
    with bar("Evaluations", log_every=64) as progress:
        curves = work.run(progress)
    found = write_results(work, curves)
    page = write_climb_page(out)
    for line in _table(found):
        click.echo(line)
    click.echo(
        f"\nRate by eye: {out / SHEETS}, {len(list((out / SHEETS).glob('*.png')))} sheets without names"
    )
    click.echo(f"Page: {page}")


def _starts(told: str) -> list[Start]:
    from codepaint_env.study.climb.starts import shipped_starts, starts_in

    if not told.isdigit():
        return starts_in(Path(told))
    shipped = shipped_starts()
    if not 1 <= int(told) <= len(shipped):
        raise SpecError(
            f"--starts is {told}; {len(shipped)} starts ship. Give 1 to {len(shipped)}, or a folder."
        )
    return shipped[: int(told)]


def _table(found: Mapping[str, Any]) -> Iterator[str]:
    """Yields the figures, a line a reward."""
    yield found["verdict"]
    yield ""
    yield f"{'reward':<14}{'own value':<16}{'gold':<16}{'change of gold':<26}{'end minus best':<26}by eye"
    for each in found["rewards"]:
        own = f"{each['own'][0]:.2f} to {each['own'][-1]:.2f}"
        judged = f"{'no gold with another encoder':<68}"
        if each["unseen"] is not None:
            gold = each["golds"][each["unseen"]]
            means = f"{gold['means'][0]:.2f} to {gold['means'][-1]:.2f}"
            judged = f"{means:<16}{_signed(gold['change']):<26}{_signed(gold['end_less_best']):<26}"
        eyes = "" if each["rated"] is None else f"{each['rated']['start']:.1f} to {each['rated']['end']:.1f}"
        yield f"{each['label']:<14}{own:<16}{judged}{eyes}".rstrip()


def _signed(interval: Sequence[float]) -> str:
    mean, low, high = interval
    return f"{mean:+.2f} ({low:+.2f} to {high:+.2f})"
