"""How well heads do on what they have not seen: taste and subjects of the shipped pool, and seven made-up tastes.

    codepaint pool generate candidates                                      half an hour of CPU
    codepaint pool generate nothing --studies reference_pool/nothing --count 300
    python benchmarks/heads.py candidates --json docs/heads.json            five minutes, the first time

Taste: Spearman's correlation with the ratings on unseen studies by how many were rated. Raters: seven tastes that a
formula states, each rating some random paintings with noise of SD 0.5 in units of its own spread, on a scale of 5; then
the share of pairs of other paintings that the head orders as the formula does, the mean over seeds.

Subjects: the head is fitted to all candidates and to what shows nothing. Its own figures are of unseen compositions. It
is then shown discs, washes and rings in twelve colours and the pictures of the training gallery, and subjects drawn by
other hands: second studies, paintings made by hand, sketches from outside, emoji.

curve         rated paintings -> Spearman's correlation, of the head and of the thumbnail alone
tastes        name -> rated paintings -> share of unseen pairs
unseen        of subjects: top-1 and calibration on compositions that no head had seen
fakes         of each subject the share under the 10th percentile of real paintings, how many are above their median
others        top-1 (95 % interval), calibration and the median of its own label's score, by kind of picture
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
import numpy as np
from head_parts.fakes import fake_programs, gallery_of, painted
from head_parts.outside import hand_made, icons, outside_sketches, second_studies
from head_parts.seen import against_fakes, on_others, scores
from numpy.typing import NDArray
from PIL import Image
from rich.console import Console
from rich.table import Table

from codepaint_env import canvases
from codepaint_env.cli.complaints import tidy
from codepaint_env.cli.options import FOLDER
from codepaint_env.cli.progress_bar import bar
from codepaint_env.pool.fitting import ratings_of, rows_of
from codepaint_env.pool.gallery import gallery
from codepaint_env.render.renderer import Renderer
from rewards.features.embeddings import read_picture
from rewards.heads.folds import OUTER, folds, groups_of
from rewards.heads.looks import THUMBNAIL, looks_of
from rewards.heads.named import Subjects
from rewards.heads.ridge import normal_scores, parts_of
from rewards.heads.subject import NONE
from rewards.heads.subject_fit import Labelled, fit_subjects
from rewards.heads.taste_fit import chosen, fitted, targets
from rewards.measuring.oklab import oklab
from rewards.measuring.ranks import pair_accuracy, spearman
from rewards.pool import pool_folder
from rewards.subject_words import read_aliases

ROOT = Path(__file__).resolve().parents[1]
NOISE = 0.5  # SD of a rating, in units of the taste's spread
RATED = (60, 120, 300, 600)
SEEDS = 5
SIDE = 128  # at which a formula looks

Numbers = NDArray[np.float64]


def _lightness(lab: Numbers) -> Numbers:
    return lab[..., 0]


def _ink(lab: Numbers) -> Numbers:
    """Returns how far each pixel is from the commonest lightness."""
    light = lab[..., 0]
    levels, edges = np.histogram(light, 32)
    paper = edges[levels.argmax()]
    return np.asarray(abs(light - paper).clip(0, 0.5))


def _off_centre(lab: Numbers) -> float:
    ink = _ink(lab)
    y, x = np.indices(ink.shape) / SIDE - 0.5
    return float(np.hypot((ink * x).sum(), (ink * y).sum()) / max(ink.sum(), 1e-9))


TASTES: dict[str, Callable[[Numbers], float]] = {
    "saturation": lambda lab: float(np.hypot(lab[..., 1], lab[..., 2]).mean()),
    "warmth": lambda lab: float((lab[..., 1] + lab[..., 2]).mean()),
    "share of paper": lambda lab: float((_ink(lab) < 0.04).mean()),
    "edges": lambda lab: float(np.hypot(*np.gradient(_lightness(lab))).mean()),
    "contrast": lambda lab: float(_lightness(lab).std()),
    "off centre": _off_centre,
    "symmetry": lambda lab: -float(abs(_lightness(lab) - _lightness(lab)[:, ::-1]).mean()),
}
"""Fixed before anything was fitted."""


def properties(works: dict[str, Path], kept: Path) -> dict[str, Numbers]:
    """Returns what each formula says of each painting, `(n,)`; keeps it in a file."""
    if kept.is_file():
        with np.load(kept) as archive:
            if list(archive["ids"]) == list(works):
                return {name: archive[name] for name in TASTES}
    told: dict[str, list[float]] = {name: [] for name in TASTES}
    with bar("Formulas asked", log_every=400) as progress:
        for done, picture in enumerate(works.values(), 1):
            small = Image.fromarray(read_picture(picture)).resize((SIDE, SIDE), Image.Resampling.BOX)
            lab = oklab(np.asarray(small))
            for name, formula in TASTES.items():
                told[name].append(formula(lab))
            progress(done, len(works))
    found = {name: np.asarray(values) for name, values in told.items()}
    np.savez(kept, ids=np.array(list(works)), **found)
    return found


def accuracy(rows: Numbers, truth: Numbers, rated: int, seed: int) -> float:
    """Returns how many pairs of unseen paintings a head orders as a formula does, after so many ratings."""
    rng = np.random.default_rng([11, seed])
    own = (truth - truth.mean()) / truth.std()
    felt = own + NOISE * rng.standard_normal(len(own))
    ratings = np.digitize(felt, np.quantile(felt, [0.2, 0.4, 0.6, 0.8])) + 1
    some = rng.permutation(len(rows))[:rated]
    wanted = normal_scores({str(place): float(ratings[place]) for place in some})
    goal = np.array([wanted[str(place)] for place in some])
    parts = parts_of(rows[some])
    groups = [str(number) for number in range(len(some))]
    weights, _ = fitted(parts, rows[some], goal, *chosen(parts, rows[some], goal, groups))
    others = np.setdiff1d(np.arange(len(rows)), some)
    # Pairs of which the formula itself says hardly anything are left out: a fifth of the spread.
    levels = np.round(own[others] / 0.2)
    return pair_accuracy(rows[others] @ weights, levels)


def learning_curve(rows: Numbers, goal: Numbers, sources: list[str], rated: int) -> float:
    """Returns Spearman's correlation on unseen studies where so many paintings are fitted."""
    _, groups = groups_of(sources)
    unseen = np.zeros(len(rows))
    rng = np.random.default_rng(rated)
    for fit_on, try_on in folds(groups, OUTER):
        some = np.sort(rng.permutation(fit_on)[:rated])
        parts = parts_of(rows[some])
        pair = chosen(parts, rows[some], goal[some], [groups[place] for place in some])
        weights, added = fitted(parts, rows[some], goal[some], *pair)
        unseen[try_on] = rows[try_on] @ weights + added
    return spearman(unseen, goal)


def subjects(candidates: Path, nothing: Path) -> dict[str, Any]:
    """Returns the figures of the head for subjects."""
    looks = looks_of({"encoder": "perceptual"})
    (shown, one), (empty, other) = (
        rows_of(gallery(folder), looks, folder / "looks-perceptual.npz") for folder in (candidates, nothing)
    )
    labels = [*(work.subject for work in shown.values()), *(NONE for _ in empty)]
    sources = [work.source for works in (shown, empty) for work in works.values()]
    aliases = read_aliases(pool_folder() / "aliases.json", labels)
    with bar("Heads fitted") as progress:
        head = fit_subjects(
            Labelled(np.vstack([one, other]), labels, sources),
            looks,
            {"canvases": ["p5brush"], "aliases": aliases},
            progress,
        )
    known = Subjects([label for label in head.labels if label != NONE], aliases)
    renderer = Renderer(canvases.get("p5brush"), cache=0)
    try:
        fakes = [
            *painted(fake_programs(), renderer).values(),
            *gallery_of(ROOT / "docs/training/discs.html"),
        ]
        others = {
            "second studies": second_studies(ROOT / "tests/models/second_studies", renderer),
            "made by hand": hand_made(known),
            "sketches from outside": outside_sketches(
                ROOT / "tests/canvases/p5brush/programs/outside", known, renderer
            ),
            **icons(known),
        }
    finally:
        renderer.close()
    return {
        "unseen": head.told["unseen"],
        "fakes": against_fakes(head, scores(head, looks, fakes)) | {"pictures": len(fakes)},
        "others": {name: on_others(head, looks, each) for name, each in others.items()},
    }


def tastes_of(candidates: Path) -> dict[str, Any]:
    """Returns the figures of tastes, and prints them."""
    works = gallery(candidates)
    said = ratings_of(candidates, works, pool_folder() / "ratings.jsonl")
    works = {id: work for id, work in works.items() if any(id in its for its in said.values())}
    with bar("Pictures looked at", log_every=200) as progress:
        works, rows = rows_of(
            works, looks_of({"encoder": "perceptual"}), candidates / "looks-perceptual.npz", progress
        )
    place = {id: number for number, id in enumerate(works)}
    goal, _ = targets(
        {name: {place[id]: each for id, each in its.items()} for name, its in said.items()}, len(rows)
    )
    sources = [work.source for work in works.values()]
    curve = {}
    sizes = [100, 200, 400, 800, len(rows)]
    with bar("Learning curve") as progress:
        for done, size in enumerate(sizes, 1):
            curve[size] = {
                "head": round(learning_curve(rows, goal, sources, size), 4),
                "thumbnail": round(learning_curve(rows[:, -THUMBNAIL:], goal, sources, size), 4),
            }
            progress(done, len(sizes))
    looked = properties({id: work.picture for id, work in works.items()}, candidates / "formulas.npz")
    tastes: dict[str, dict[int, float]] = {name: {} for name in TASTES}
    with bar("Tastes fitted") as progress:
        for done, (name, size) in enumerate(((n, s) for n in TASTES for s in RATED), 1):
            found = [accuracy(rows, looked[name], size, seed) for seed in range(SEEDS)]
            tastes[name][size] = round(float(np.mean(found)), 4)
            progress(done, len(TASTES) * len(RATED))
    table = Table("taste", *(f"{size} rated" for size in RATED))
    for name, found in tastes.items():
        table.add_row(name, *(f"{found[size]:.3f}" for size in RATED))
    means = {size: float(np.mean([found[size] for found in tastes.values()])) for size in RATED}
    table.add_row("mean", *(f"{means[size]:.3f}" for size in RATED))
    console = Console()
    console.print(table)
    console.print({size: list(found.values()) for size, found in curve.items()})
    return {
        "curve": curve,
        "tastes": tastes,
        "tastes_mean": {size: round(each, 4) for size, each in means.items()},
    }


@click.command()
@click.argument("candidates", type=FOLDER)
@click.option("--nothing", type=FOLDER, help="Paintings that show nothing: measure subjects too.")
@click.option("--only-subjects", is_flag=True, help="Leave the tastes out.")
@click.option(
    "--json", "target", type=click.Path(path_type=Path, dir_okay=False), help="Write the figures here."
)
@tidy
def main(candidates: Path, nothing: Path | None, only_subjects: bool, target: Path | None) -> None:
    """Measure heads on CANDIDATES, the 1,736 rated paintings painted again."""
    told: dict[str, Any] = {} if only_subjects else tastes_of(candidates)
    if nothing is not None:
        told |= subjects(candidates, nothing)
        Console().print({name: told[name] for name in ("unseen", "fakes", "others")})
    if target is not None:
        kept = json.loads(target.read_text(encoding="utf-8")) if target.is_file() else {}
        target.write_text(json.dumps(kept | told, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
