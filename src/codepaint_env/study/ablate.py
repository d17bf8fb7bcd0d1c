"""A whole study: checked, painted once, scored by every reward, and written down."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from codepaint_env.study.ablation.contenders import Contender, contenders_of, stages_of, try_out
from codepaint_env.study.ablation.costs import Bill, bill_of, check_bill, cost_of, with_probes
from codepaint_env.study.ablation.evidence import (
    Place,
    kept_completions,
    kept_evidence,
    painted,
    places_of,
    written,
)
from codepaint_env.study.ablation.out_of_fold import Seen
from codepaint_env.study.ablation.samples import Lot, Wanted, lots_of
from codepaint_env.study.ablation.score_table import Column, ScoreTable
from codepaint_env.study.ablation.scoring import Kept, ScoreFile
from codepaint_env.study.ablation.study_file import StudyFile, read_study_file
from codepaint_env.study.ablation.table_files import check_parquet, save_table
from codepaint_env.study.ablation.truths import Latent, check_truths, truths_of
from codepaint_env.study.adversaries import check_laws, probe_calls, probes_for, read_climbs, score_probes
from codepaint_env.study.figures.figures import Figures
from codepaint_env.study.figures.figures_file import write_figures
from codepaint_env.study.figures.probe_scores import ClimbScores
from codepaint_env.study.figures.study_figures import figures_of
from codepaint_env.study.probes.probe import Probe
from codepaint_env.study.study_report import REPORT, write_study_report
from rewards.errors import MachineError, SpecError

COPY, FIGURES = "study.toml", "figures.json"

Show = Callable[[int, int], None]
Bars = Callable[[str], AbstractContextManager[Show]]
"""Shows under a title how many of how many are done."""


@dataclass(frozen=True, slots=True, eq=False)
class Plan:
    """A study that was checked, and of which nothing has been done yet.

    Attributes:
        study: The file.
        out: Folder of what comes of it.
        lots: The pictures.
        contenders: The rewards.
        latents: Functions of truths, by name.
        probes: That the rewards are tried on.
        climbs: That were made against them, by label.
        bill: What is left to do.
    """

    study: StudyFile
    out: Path
    lots: tuple[Lot, ...]
    contenders: tuple[Contender, ...]
    latents: Mapping[str, Latent]
    probes: Sequence[Probe]
    climbs: Mapping[str, ClimbScores]
    bill: Bill


@dataclass(frozen=True, slots=True, eq=False)
class Done:
    """What came of a study.

    Attributes:
        table: The scores.
        figures: Computed of them.
        unpainted: Pictures that the machine failed to paint.
        troubles: Why a reward gave some pictures no value, by label.
        report: The page that shows it all.
    """

    table: ScoreTable
    figures: Figures
    unpainted: int
    troubles: Mapping[str, str]
    report: Path


def plan_study(path: Path, out: Path | None = None) -> Plan:
    """Reads and checks a study; paints nothing and asks nobody.

    Args:
        path: Of the TOML file.
        out: Folder of what comes of it; None takes the file's name without its ending, beside it.

    Raises:
        SpecError: The file has a mistake, which is told with its line, or the study goes over its budget.
        MissingPart: A package, an asset or a key is missing.
    """
    study = read_study_file(path)
    folder = path.with_suffix("") if out is None else out
    if folder.exists() and (not folder.is_dir() or (any(folder.iterdir()) and not (folder / COPY).is_file())):
        raise SpecError(
            f"{str(folder)!r} is there already and holds no study; name another folder with --out."
        )
    check_parquet()
    lots = lots_of(study)
    latents = check_truths(study, lots)
    contenders = contenders_of(study, lots, Seen(lots), folder)
    known = [replace(lot, wanted=_as_written(lot, folder)) for lot in lots]
    places = [
        place
        for lot in known
        for place in places_of(lot, kept_evidence(lot, folder, stages_of(contenders, lot)), folder)
    ]
    truths_of(study, lots, places, {}, folder)  # raises those that decide nothing
    completions = sum(each.completion is None for lot in known for each in lot.wanted)
    probes, climbs = probes_for(study, [lot.canvas.name for lot in lots]), read_climbs(study)
    asked = {each.label: each.reward for each in contenders}
    bill = bill_of(places, contenders, study.budget, folder, completions)
    bill = with_probes(bill, probe_calls(study, asked, probes, folder), study.budget)
    check_bill(bill, study)
    for each in contenders:
        if ScoreFile(folder, each.label, 0, each.reward, places).unscored:
            with study.at("rewards", each.label):
                try_out(each)
    return Plan(study, folder, tuple(lots), tuple(contenders), latents, probes, climbs, bill)


def run_study(plan: Plan, bars: Bars, workers: int | None = None) -> Done:
    """Paints what is not painted, asks what is not answered, and writes the tables.

    Args:
        plan: The study.
        bars: Shows how far it is.
        workers: Programs painted at once; None takes what the machine has.

    Raises:
        MachineError: Nothing can be painted, or a policy's endpoint fails; what was done is kept.
        BudgetSpent: A judge's own limit is reached; what was answered is kept.
    """
    study, out = plan.study, plan.out
    out.mkdir(parents=True, exist_ok=True)
    (out / COPY).write_text(study.text, encoding="utf-8")
    places: list[Place] = []
    lots = []
    for lot in plan.lots:
        if lot.policy is not None:
            with bars(f"Writing {lot.name}") as show:
                lot = written(lot, out, show)
        with bars(f"Painting {lot.name}") as show:
            evidence = painted(lot, out, stages_of(plan.contenders, lot), workers, show)
        places += places_of(lot, evidence, out)
        lots.append(lot)
    if not any(each.recorded for each in places):
        raise MachineError("No picture could be painted; run the same again.")
    with bars("Truths") as show:
        truths = truths_of(study, lots, places, plan.latents, out, show)
    contenders = plan.contenders
    if any(measured.out_of_fold for measured in study.rewards.values()):
        contenders = tuple(
            contenders_of(study, lots, Seen(lots, places), out)
        )  # their version tells the pictures
    columns, parts, troubles = {}, {}, {}
    for each in contenders:
        files = _scored(each, places, out, study, bars)
        with study.at("rewards", each.label):
            cost = cost_of(files[0], places, study.budget)
        columns[each.label] = _column(each, files, places, cost)
        parts[each.label] = [_parts(files[0].kept.get(place.item.id)) for place in places]
        if trouble := next((file.spent.trouble for file in files if file.spent.trouble), ""):
            troubles[each.label] = trouble
    table = ScoreTable(tuple(each.item for each in places), columns, truths)
    save_table(out, table, parts)
    with bars("Probes") as show:
        probed = score_probes(study, plan.probes, out, show)
    with bars("Laws") as show:
        laws = check_laws(study, out, show)
    with bars("Figures") as show:
        show(0, 1)
        figures = figures_of(table, probes=probed, climbs=plan.climbs, laws=laws)
        write_figures(figures, out / FIGURES)
        write_study_report(out, study.name, table, figures)
        show(1, 1)
    return Done(table, figures, sum(each.recorded is None for each in places), troubles, out / REPORT)


def _scored(
    contender: Contender, places: Sequence[Place], out: Path, study: StudyFile, bars: Bars
) -> list[ScoreFile]:
    files = [
        ScoreFile(out, contender.label, draw, reward, places) for draw, reward in enumerate(contender.rewards)
    ]
    for draw, file in enumerate(files):
        if not file.left:
            continue
        items = [places[place].item.id for batch in file.left for place in batch]
        for head in contender.heads:
            if not head.is_fitted_on(items):
                continue
            with bars(f"Fitting {head.name}") as show, study.at("rewards", contender.label):
                head.fit(show)
        with (
            bars(f"Scoring by {contender.label}" + (f", draw {draw}" if draw else "")) as show,
            study.at("rewards", contender.label),
        ):
            file.score(show)
    return files


def _column(
    contender: Contender, files: Sequence[ScoreFile], places: Sequence[Place], cost: Mapping[str, float]
) -> Column:
    values = [
        np.array([kept.value if (kept := file.kept.get(each.item.id)) else np.nan for each in places])
        for file in files
    ]
    return Column(
        contender.label,
        contender.spec,
        contender.reward.version,
        contender.reward.traits.range,
        values[0],
        np.stack(values[1:]) if len(values) > 1 else np.zeros((0, len(places))),
        cost,
        contender.note,
    )


def _parts(kept: Kept | None) -> Mapping[str, float] | None:
    return None if kept is None else kept.components


def _as_written(lot: Lot, out: Path) -> tuple[Wanted, ...]:
    """Returns the pictures of a lot with the completions that a policy wrote at an earlier start."""
    if lot.policy is None:
        return lot.wanted
    kept = kept_completions(lot, out)
    return tuple(replace(each, completion=kept.get(each.item)) for each in lot.wanted)
