"""What is known of the pictures of a study: pairs of which one is the better."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from codepaint_env.study.ablation.evidence import Place
from codepaint_env.study.ablation.samples import Lot
from codepaint_env.study.ablation.score_table import Truth
from codepaint_env.study.ablation.study_file import StudyFile
from codepaint_env.study.ablation.study_tables import APART, LATENT_APART, Known
from rewards.errors import SpecError
from rewards.json_lines import LineWriter, read_lines
from rewards.lookup import imported
from rewards.types import version_of

Latent = Callable[[NDArray[np.uint8]], float]
Show = Callable[[int, int], None]

_AMONG = {
    "all": "",
    "same kin": ", both of one kin, such as a study",
    "other kin": ", of different kin, such as two studies",
}


def check_truths(study: StudyFile, lots: Sequence[Lot]) -> dict[str, Latent]:
    """Returns the functions of the latent truths, by name.

    Raises:
        SpecError: Nobody rated or compared what a truth names, or its function cannot be found.
    """
    lot_of = {lot.name: lot for lot in lots}
    latents: dict[str, Latent] = {}
    for number, known in enumerate(study.truths):
        if known.ratings is not None:
            with study.at("truths", number, "ratings"):
                if not lot_of[known.ratings].ratings:
                    raise SpecError(
                        f"Nobody rated the samples {known.ratings!r}; rate their folder (codepaint pool rate FOLDER), "
                        "or name samples with ratings."
                    )
        elif known.preferences is not None:
            with study.at("truths", number, "preferences"):
                if not any(lot_of[known.preferences].preferences.values()):
                    raise SpecError(
                        f"Nobody compared pairs of the samples {known.preferences!r}; compare some (codepaint pool "
                        "rate FOLDER, 'Two, side by side'), or name samples with preferences."
                    )
        else:
            with study.at("truths", number, "latent"):
                told = known.latent or ""
                function = imported(told) if ":" in told else None
                if not callable(function):
                    raise SpecError(
                        f"{told!r} is no function; write 'module:function', which returns a number for a (h, w, 3) "
                        "uint8 picture."
                    )
                latents[known.name] = function
    return latents


def truths_of(
    study: StudyFile,
    lots: Sequence[Lot],
    places: Sequence[Place],
    latents: Mapping[str, Latent],
    out: Path,
    show: Show = lambda *_: None,
) -> tuple[Truth, ...]:
    """Returns the truths of a study; a latent one only where its function is given.

    Raises:
        SpecError: A truth decides no pair, or its function does not make numbers.
    """
    lot_of = {lot.name: lot for lot in lots}
    found = []
    for number, known in enumerate(study.truths):
        if known.latent is not None and known.name not in latents:
            continue
        key = "ratings" if known.ratings else "preferences" if known.preferences else "latent"
        with study.at("truths", number, key):
            if known.ratings is not None:
                truth = _rated(known, lot_of[known.ratings], places)
            elif known.preferences is not None:
                truth = _preferred(known, lot_of[known.preferences], places)
            else:
                truth = _latent(known, latents[known.name], places, out, show)
            if not len(truth.pairs):
                raise SpecError(
                    f"The truth {known.name!r} decides no pair: lower 'apart', widen 'among', or take more pictures."
                )
            found.append(truth)
    return tuple(found)


def _rated(known: Known, lot: Lot, places: Sequence[Place]) -> Truth:
    said: dict[str, list[float]] = {}
    for its in lot.ratings.values():
        for item, rating in its.items():
            said.setdefault(item, []).append(float(rating))
    values = np.array([np.mean(said[each.item.id]) if each.item.id in said else np.nan for each in places])
    apart = APART if known.apart is None else known.apart
    raters = Counter(len(each) for each in said.values()).most_common(1)[0][0]
    mean = "mean ratings" if raters > 1 else "ratings"
    told = (
        f"Pairs of the samples {lot.name!r} whose {mean} differ by at least {apart:g}{_AMONG[known.among]}."
    )
    # Within a tier: whole numbers of the scale, and what nobody rated.
    strata = np.where(np.isnan(values), 0, np.floor(np.nan_to_num(values) + 0.5))
    return _by_value(known, values, apart, places, told, strata)


def _latent(known: Known, function: Latent, places: Sequence[Place], out: Path, show: Show) -> Truth:
    values = _asked(known, function, places, out, show)
    share = LATENT_APART if known.apart is None else known.apart
    apart = share * float(np.nanstd(values)) if np.isfinite(values).any() else 0.0
    told = (
        f"Pairs that {known.latent} tells apart by at least {share:g} of its standard deviation"
        f"{_AMONG[known.among]}."
    )
    return _by_value(known, values, apart, places, told, np.isnan(values).astype(float))


def _asked(
    known: Known, function: Latent, places: Sequence[Place], out: Path, show: Show
) -> NDArray[np.float64]:
    """Returns what a function says of each picture; NaN of what was not painted. What it said once is kept."""
    version = version_of("latent", _text_of(function))
    (out / "truths").mkdir(parents=True, exist_ok=True)
    file = out / "truths" / f"{version}.jsonl"
    kept: dict[str, float] = {}
    if file.is_file():
        kept = {line.value["pixels"]: line.value["value"] for line in read_lines(file)}
    values = np.full(len(places), np.nan)
    with LineWriter(file) as lines:
        for number, each in enumerate(places):
            recorded = each.recorded
            if recorded is None or recorded.record.picture is None:
                continue
            if known.of and each.item.source not in known.of:
                continue
            pixels = recorded.record.pixels_sha256
            if pixels not in kept:
                image = recorded.load().rendering.image
                assert image is not None
                kept[pixels] = _number(known, function(image))
                lines.append({"pixels": pixels, "value": kept[pixels]})
                show(number + 1, len(places))
            values[number] = kept[pixels]
    return values


def _text_of(function: Any) -> Any:
    from rewards.contents import contents

    try:
        return contents(function)
    except SpecError:
        return repr(getattr(function, "__qualname__", type(function).__qualname__))


def _number(known: Known, told: object) -> float:
    try:
        number = float(told)  # type: ignore[arg-type]
    except (TypeError, ValueError):
        number = float("nan")
    if not np.isfinite(number):
        raise SpecError(f"{known.latent!r} returned {told!r} for a picture; it must return a finite number.")
    return number


def _by_value(
    known: Known,
    values: NDArray[np.float64],
    apart: float,
    places: Sequence[Place],
    told: str,
    strata: NDArray[np.float64],
) -> Truth:
    """Returns the pairs whose values are far enough apart and differ at all."""
    kin = np.unique([each.item.kin for each in places], return_inverse=True)[1]
    better, worse = [], []
    for place in np.flatnonzero(np.isfinite(values)):
        lead = values[place] - values
        wins = (lead >= max(apart - 1e-9, 1e-12)) & np.isfinite(values)
        if known.among != "all":
            wins &= (kin == kin[place]) == (known.among == "same kin")
        others = np.flatnonzero(wins)
        better.append(np.full(len(others), place))
        worse.append(others)
    pairs = np.stack([np.concatenate(better), np.concatenate(worse)], axis=1) if better else _NO_PAIRS
    return Truth(known.name, pairs.astype(np.intp), strata.astype(np.intp), told)


def _preferred(known: Known, lot: Lot, places: Sequence[Place]) -> Truth:
    number = {each.item.id: place for place, each in enumerate(places)}
    votes: Counter[tuple[int, int]] = Counter()
    for said in lot.preferences.values():
        for each in said:
            if each.choice != "even":
                pair = (number[each.left], number[each.right])
                votes[pair if each.choice == "left" else pair[::-1]] += 1
    won = [
        (better, worse)
        for (better, worse), count in sorted(votes.items())
        if count > votes.get((worse, better), 0)
        and (
            known.among == "all"
            or (places[better].item.kin == places[worse].item.kin) == (known.among == "same kin")
        )
    ]
    told = f"Pairs of the samples {lot.name!r} of which most raters preferred one{_AMONG[known.among]}."
    pairs = np.array(won, dtype=np.intp).reshape(-1, 2)
    return Truth(known.name, pairs, np.zeros(len(places), np.intp), told)


_NO_PAIRS = np.zeros((0, 2), np.intp)
