"""`codepaint pool keep`: makes a pool of the best candidates."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import click

from codepaint_env.cli.complaints import tidy
from codepaint_env.cli.options import FOLDER
from rewards.errors import SpecError


@click.command()
@click.argument("candidates", type=FOLDER)
@click.argument("pool", type=FOLDER)
@click.option(
    "--rater", "names", multiple=True, help="Count only this rater. Repeat it for several; default: all."
)
@click.option("--love", default=117, show_default=True, help="Largest number of loved paintings.")
@click.option("--okay", default=266, show_default=True, help="Largest number of okay paintings.")
@click.option(
    "--supplement", default=198, show_default=True, help="Largest number of paintings in rare colours."
)
@tidy
def keep(candidates: Path, pool: Path, names: tuple[str, ...], love: int, okay: int, supplement: int) -> None:
    """Make a POOL of the best rated CANDIDATES.

    If the POOL exists already, the paintings are added to it. The mean rating ranks them. The first are loved (4 and
    better), the next okay (3 and better). From the rest (2 and better), the supplement takes paintings in rare
    colours. Near-duplicates are left out, and no study gives more than 8 % of a tier.

    \b
        codepaint pool keep candidates mypool --love 40 --okay 80 --supplement 0
    """  # noqa: D301 (click reads \b)
    from codepaint_env.pool import keeping
    from codepaint_env.pool.candidates import CandidateFolder
    from codepaint_env.pool.gallery import gallery
    from codepaint_env.pool.ratings import RATINGS, Ratings

    gallery(candidates)  # raises where there is nothing to rate
    ratings = Ratings(candidates / RATINGS)
    there = ratings.raters()
    for name in names:
        if name not in there:
            known = ", ".join(there) or "nobody"
            raise SpecError(f"Nobody called {name!r} rated {candidates}; there is {known}.")
    sizes = {"love": love, "okay": okay, "supplement": supplement}
    said = {name: ratings.of(name) for name in names or there}
    found = keeping.keep(CandidateFolder(candidates), said, pool, sizes=sizes)
    told = ", ".join(f"{size} {tier}" for tier, size in Counter(found.tiers.values()).most_common())
    click.echo(f"{pool} took {told or 'none'} of {len(found.tiers) + len(found.left)} rated candidates.")
