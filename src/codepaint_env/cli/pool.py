"""`codepaint pool`: generate, look at, rate, keep and verify the paintings that a judge compares with."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import click

from codepaint_env.cli.complaints import tidy
from codepaint_env.cli.progress_bar import bar, step
from codepaint_env.cli.rewards import read_spec
from rewards.errors import SpecError

_folder = click.Path(path_type=Path, file_okay=False)


@click.group("pool", no_args_is_help=False)
def pool_group() -> None:
    """The reference pool: paintings that a judge compares with. Make your own in five steps.

    \b
        codepaint pool generate candidates      paints candidates
        codepaint pool rate candidates          a page on which you rate them
        codepaint pool keep candidates mypool   the best of them become a pool
        codepaint pool stats mypool             what is in it, as a picture
        codepaint pool verify mypool            paints it again and compares

    A reward takes it as rewards.make("pairwise", pool="mypool", ...).
    """  # noqa: D301 (click reads \b)


@pool_group.command()
@click.argument("out", type=_folder)
@click.option("--studies", type=_folder, help="Holds studies  [those of the pool that ships]")
@click.option(
    "--count", type=click.IntRange(1), help="Paintings of studies  [1736], or of a model  [each task]"
)
@click.option("--sketches", type=_folder, help="Take the sketches of this folder instead, each as it is.")
@click.option(
    "--model", help="Let this model paint instead: its name at OPENAI_BASE_URL, with OPENAI_API_KEY."
)
@click.option(
    "--tasks", default="flowers", show_default=True, help="What a model paints: a task set or file."
)
@click.option(
    "--rounds", type=click.IntRange(1), default=3, show_default=True, help="Drawings for each task."
)
@click.option("--critic", help="Model that criticises each drawing  [the same]")
@click.option("--photos", type=_folder, help="Reference photographs, named as their task's id or prompt.")
@click.option("--jobs", type=click.IntRange(1), default=4, show_default=True, help="Tasks at once.")
@tidy
def generate(
    out: Path,
    studies: Path | None,
    count: int | None,
    sketches: Path | None,
    model: str | None,
    tasks: str,
    rounds: int,
    critic: str | None,
    photos: Path | None,
    jobs: int,
) -> None:
    """Paint candidates into the folder OUT. What is there already is not painted again.

    \b
        codepaint pool generate candidates                       from the studies that ship
        codepaint pool generate candidates --sketches my/folder  sketches that are there already
        codepaint pool generate candidates --model gpt-5 --tasks flowers --rounds 3

    A model draws, sees its painting, is criticised and draws again; the best round becomes the candidate. All rounds
    are kept in OUT/runs, and those that are there are not paid for again.
    """  # noqa: D301 (click reads \b)
    from codepaint_env.canvases.p5brush.canvas import P5Brush
    from codepaint_env.policies.policy import OpenAIPolicy
    from codepaint_env.pool.candidates import CandidateFolder, from_sketches, from_studies
    from codepaint_env.pool.research import paint_tasks
    from codepaint_env.render.renderer import Renderer
    from codepaint_env.tasks import load_tasks
    from rewards.pool import pool_folder

    if model is not None and sketches is not None:
        raise SpecError("--model and --sketches are two ways to come by programs; give one of them.")
    folder = CandidateFolder(out)
    renderer = Renderer(P5Brush(), cache=0)
    try:
        with bar("Candidates painted") as show:
            if model is not None:
                painter = OpenAIPolicy(model)
                judge = OpenAIPolicy(critic) if critic else painter
                chosen = load_tasks(tasks, "p5brush")[:count]
                paint_tasks(
                    folder, chosen, painter, judge, renderer, show, rounds=rounds, photos=photos, jobs=jobs
                )
            elif sketches is not None:
                folder.draw(from_sketches(sketches), renderer, show)
            else:
                folder.draw(from_studies(studies or pool_folder() / "studies", count or 1736), renderer, show)
    finally:
        renderer.close()
    done = folder.read()
    problems = {each.id: each.problem for each in done.values() if each.problem}
    for name, problem in problems.items():
        click.echo(f"{name}: {problem}", err=True)
    sources = Counter(each.source.partition(":")[0] for each in done.values())
    told = ", ".join(f"{size} of a {name}" for name, size in sources.items())
    click.echo(f"{out} holds {len(done)} candidates ({told}), {len(problems)} of them without a picture.")


@pool_group.command()
@click.argument("folder", type=_folder)
@click.argument("out", type=_folder)
@click.option(
    "--per", type=click.IntRange(1, 36), default=24, show_default=True, help="Paintings on a sheet."
)
@click.option("--seed", default=0, show_default=True, help="Of their order.")
@click.option(
    "--share", type=click.FloatRange(0, 1, min_open=True), default=1.0, help="Of the paintings  [all]"
)
@tidy
def sheets(folder: Path, out: Path, per: int, seed: int, share: float) -> None:
    """Write numbered contact sheets of a FOLDER of candidates, or of a pool, into the folder OUT.

    Who rates on sheets writes a line of JSON for each and hands the file to `codepaint pool rate --sheets`:

    \b
        codepaint pool sheets candidates sheets --per 24
        {"sheet": "sheet-001", "ratings": [3, 5, 2, …], "record": "What is best on it, and what is worst."}
    """  # noqa: D301 (click reads \b)
    import random

    from codepaint_env.pool.gallery import gallery
    from codepaint_env.pool.sheets import write_sheets

    pictures = {work.id: work.picture for work in gallery(folder).values()}
    chosen = random.Random(seed).sample(sorted(pictures), max(1, round(share * len(pictures))))
    written = write_sheets({id: pictures[id] for id in chosen}, out, per=per, seed=seed)
    click.echo(f"{out} holds {len(written)} sheets of {len(chosen)} paintings.")


@pool_group.command()
@click.argument("folder", type=_folder)
@click.option("--rater", default="", help="Your name; ratings of different names are kept apart.")
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="Of 127.0.0.1  [a free one]")
@click.option("--open/--no-open", "opens", default=True, help="Open the page in your browser.")
@click.option("--sheets", type=_folder, help="Take ratings of these contact sheets instead, from --said.")
@click.option("--said", type=click.Path(path_type=Path, dir_okay=False), help="JSON lines, one a sheet.")
@tidy
def rate(folder: Path, rater: str, port: int, opens: bool, sheets: Path | None, said: Path | None) -> None:
    """Rate a FOLDER of candidates, or a pool, on a page of your browser. End it with Ctrl-C.

    \b
        codepaint pool rate candidates --rater ada
        codepaint pool rate candidates --rater ada --sheets sheets --said ratings.jsonl

    Each rating goes to FOLDER/ratings.sqlite as it is made. The page is reached from this machine alone.
    """  # noqa: D301 (click reads \b)
    import webbrowser

    from codepaint_env.pool.gallery import gallery
    from codepaint_env.pool.rate_server import RateServer
    from codepaint_env.pool.ratings import RATINGS, Ratings
    from codepaint_env.pool.sheets import note_looked, read_said

    works = gallery(folder)
    ratings = Ratings(folder / RATINGS)
    if sheets is not None and said is not None:
        told = read_said(sheets, said, works)
        for each, rating in told.items():
            ratings.rate(rater, each, rating)
        note_looked(folder, rater, sheets, said)
        click.echo(f"{rater} rated {len(told)} paintings; {len(ratings.of(rater))} in all.")
        return
    if sheets is not None or said is not None:
        raise SpecError(
            "--sheets and --said belong together: the folder of the sheets, and what was said of them."
        )
    server = RateServer(works, ratings, rater, port)
    click.echo(f"Rate {len(works)} paintings at\n  {server.url}\nCtrl-C ends it.")
    if opens:
        webbrowser.open(server.url)
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        click.echo(f"Kept in {ratings.file}.")
    finally:
        server.server_close()


@pool_group.command()
@click.argument("folder", type=_folder)
@click.option("--reward", help="Also tell how often this reward prefers what raters preferred.")
@tidy
def raters(folder: Path, reward: str | None) -> None:
    """Show who rated a FOLDER, how far raters agree, and how far a reward agrees with their preferences.

    \b
        codepaint pool raters candidates
        codepaint pool raters candidates --reward "0.3*perceptual + 0.7*coverage"
    """  # noqa: D301 (click reads \b)
    from itertools import combinations

    from codepaint_env.pool.gallery import gallery
    from codepaint_env.pool.preferred import preferred
    from codepaint_env.pool.ratings import RATINGS, Ratings, agreement

    works = gallery(folder)
    ratings = Ratings(folder / RATINGS)
    names = ratings.raters()
    for name, size in names.items():
        click.echo(f"{name}: {size} of {len(works)} rated")
    for first, second in combinations(names, 2):
        told = agreement(ratings.of(first), ratings.of(second))
        if told is not None:
            click.echo(
                f"{first} and {second}: {told.both} in common, {told.same:.0%} the same, Cohen's kappa "
                f"{told.kappa:.2f}, with squared weights {told.weighted:.2f}"
            )
    compared = {name: ratings.preferences(name) for name in ratings.comparers()}
    for name, pairs in compared.items():
        click.echo(f"{name}: {len(pairs)} pairs compared")
    if reward is None:
        if not names and not compared:
            click.echo(f"Nobody has rated {folder}. Begin: codepaint pool rate {folder}")
        return
    if not compared:
        raise SpecError(
            f"Nobody has compared pairs of {folder}: codepaint pool rate {folder}, 'Two, side by side'."
        )
    with bar("Paintings scored") as show:
        for name, found in preferred(read_spec(reward), works, compared, show).items():
            click.echo(
                f"{reward} agrees with {name} on {found.share:.0%} of {found.pairs} pairs "
                f"(95 % of {found.low:.0%} to {found.high:.0%}; ties count half)"
            )


@pool_group.command()
@click.argument("candidates", type=_folder)
@click.argument("pool", type=_folder)
@click.option("--rater", "names", multiple=True, help="Whose ratings count  [all]")
@click.option("--love", default=117, show_default=True, help="How many at most.")
@click.option("--okay", default=266, show_default=True, help="How many at most.")
@click.option("--supplement", default=198, show_default=True, help="How many at most, of the rarest colours.")
@tidy
def keep(candidates: Path, pool: Path, names: tuple[str, ...], love: int, okay: int, supplement: int) -> None:
    """Make a POOL of the best of rated CANDIDATES, or add them to the one that is there.

    Ranked by their mean rating, the first are loved (4 and better), the next okay (3 and better); the supplement takes
    what is left (2 and better) where a colour is rare. Near-duplicates are left out, and no study gives more than 8 %
    of a tier.

    \b
        codepaint pool keep candidates mypool --love 40 --okay 80 --supplement 0
    """  # noqa: D301 (click reads \b)
    from codepaint_env.pool.candidates import CandidateFolder
    from codepaint_env.pool.gallery import gallery
    from codepaint_env.pool.keeping import keep as take
    from codepaint_env.pool.ratings import RATINGS, Ratings

    gallery(candidates)  # raises where there is nothing to rate
    ratings = Ratings(candidates / RATINGS)
    there = ratings.raters()
    for name in names:
        if name not in there:
            known = ", ".join(there) or "nobody"
            raise SpecError(f"Nobody called {name!r} rated {candidates}; there is {known}.")
    chosen = names or tuple(there)
    sizes = {"love": love, "okay": okay, "supplement": supplement}
    said = {name: ratings.of(name) for name in chosen}
    found = take(CandidateFolder(candidates), said, pool, sizes=sizes)
    told = ", ".join(f"{size} {tier}" for tier, size in Counter(found.tiers.values()).most_common())
    click.echo(f"{pool} took {told or 'none'} of {len(found.tiers) + len(found.left)} rated candidates.")


@pool_group.command("stats")
@click.argument("pool", type=_folder, required=False)
@click.option("-o", "--output", type=click.Path(path_type=Path), help="An SVG of all figures.")
@click.option(
    "--sheet", type=click.Path(path_type=Path), help="A picture of all loved paintings (.png, .webp)."
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@tidy
def show_stats(pool: Path | None, output: Path | None, sheet: Path | None, as_json: bool) -> None:
    """Show what is in a POOL (default: the one that ships): tiers, subjects, colours, near-duplicates.

    \b
        codepaint pool stats -o pool.svg --sheet love.webp
    """  # noqa: D301 (click reads \b)
    import json
    from dataclasses import asdict

    from codepaint_env.pool.sheets import contact_sheet
    from codepaint_env.pool.stats import draw_stats, stats
    from codepaint_env.render.identity import seed_of
    from rewards.pool import load_entries, pool_folder

    entries = load_entries(pool)
    if sheet is not None:
        loved = sorted(
            (entry for entry in entries if entry.tier == "love"), key=lambda entry: seed_of(entry.id)
        )
        files = [entry.folder / entry.image for entry in loved]
        contact_sheet(files, [""] * len(files), columns=14, side_px=96).save(sheet, quality=80)
    with step("Looking at all paintings"):
        found = stats(entries, pool or pool_folder())
    if output is not None:
        output.write_text(draw_stats(found), encoding="utf-8")
    if as_json:
        click.echo(json.dumps(asdict(found)))
        return
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
        click.echo(f"the two most like each other lie {found.nearest[0]:.3f} apart (0 is the same picture)")
    for written in filter(None, (output, sheet)):
        click.echo(str(written))


@pool_group.command("verify")
@click.argument("pool", type=_folder, required=False)
@click.option("--all", "every", is_flag=True, help="Paint all of them.")
@click.option("--count", type=click.IntRange(1), default=12, show_default=True, help="How many to paint.")
@tidy
def verify_pool(pool: Path | None, every: bool, count: int) -> None:
    """Paint programs of a POOL (default: the one that ships) again and compare pixels with its manifest.

    \b
        codepaint pool verify          twelve of them, spread over the pool
        codepaint pool verify --all    the whole pool

    Exit code 1 where one paints other pixels, or a file changed.
    """  # noqa: D301 (click reads \b)
    import sys

    from codepaint_env.canvases.p5brush.canvas import P5Brush
    from codepaint_env.pool.verify import verify
    from codepaint_env.render.renderer import Renderer
    from rewards.pool import load_entries

    entries = load_entries(pool)
    chosen = entries if every else entries[:: max(1, len(entries) // count)][:count]
    renderer = Renderer(P5Brush(), cache=0)
    try:
        with bar("Paintings painted again") as show:
            wrong = verify(chosen, renderer, show)
    finally:
        renderer.close()
    for name, problem in wrong.items():
        click.echo(f"{name}: {problem}", err=True)
    click.echo(f"{len(chosen) - len(wrong)} of {len(chosen)} are painted again to the same pixels.")
    sys.exit(1 if wrong else 0)
