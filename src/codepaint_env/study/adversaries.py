"""What a study asks beside its pictures: probes, climbs that were run before, and the universal laws."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from codepaint_env.study.ablation.study_file import StudyFile
from codepaint_env.study.climb.results import RESULTS
from codepaint_env.study.figures.probe_scores import ClimbScores, ProbeTable
from codepaint_env.study.probes import fooled
from codepaint_env.study.probes.probe import Probe, fingerprint, probes
from codepaint_env.study.probes.recorded import record_probes
from rewards import make
from rewards.errors import SpecError
from rewards.lookup import guess
from rewards.registry import calls_for
from rewards.types import Reward

PROBES, LAWS = "probes", "laws"

Show = Callable[[int, int], None]


def probes_for(study: StudyFile, canvases: Sequence[str]) -> list[Probe]:
    """Returns the probes of the canvases that a study's pictures are of; none where it asks for none.

    Raises:
        SpecError: It names a probe that there is not, or one of another canvas.
    """
    if not study.probes.use:
        return []
    found = {each.name: each for each in probes() if each.canvas in canvases}
    for name in study.probes.only:
        if name not in found:
            with study.at("probes", "only"):
                raise SpecError(
                    f"No probe of {' or '.join(sorted(set(canvases)))} is called {name!r}.{guess(name, found)} "
                    "`codepaint probes --list` shows all."
                )
    return [each for name, each in found.items() if not study.probes.only or name in study.probes.only]


def probe_calls(
    study: StudyFile, rewards: Mapping[str, Reward], asked: Sequence[Probe], out: Path
) -> dict[str, int]:
    """Returns by label how often judges are asked at most about probes that were not scored yet."""
    return {
        label: len(asked) * calls_for(reward, 2)
        for label, reward in rewards.items()
        if reward.traits.max_calls is not None
        and _kept(out / PROBES / f"{label}.json", _key(make(study.rewards[label].spec))) is None
    }


def score_probes(study: StudyFile, asked: Sequence[Probe], out: Path, show: Show) -> ProbeTable | None:
    """Renders probes once and scores them by every reward, as it ships: a head has seen none of them.

    What was rendered and scored is kept in the study's folder; a changed reward is asked anew.

    Args:
        study: Names the rewards.
        asked: The probes; None is returned where there are none.
        out: Folder of the study.
        show: Is told how far it is.
    """
    if not asked:
        return None
    made = {label: make(measured.spec) for label, measured in study.rewards.items()}
    told = {label: _kept(out / PROBES / f"{label}.json", _key(reward)) for label, reward in made.items()}
    left = [label for label, values in told.items() if values is None]
    steps = len(asked) + len(left)
    if left:
        stages = frozenset[str]().union(*(made[label].needs for label in left))
        pairs = record_probes(asked, out / PROBES, stages=stages, progress=lambda done, _: show(done, steps))
        for number, label in enumerate(left, 1):
            with study.at("rewards", label):
                [scored] = fooled.scores({label: made[label]}, pairs)
            values = {"names": scored.names, "lure": scored.lure, "honest": scored.honest}
            told[label] = values
            if scored.left_out == 0 or not any(_failed(pair) for pair in pairs):
                _keep(out / PROBES / f"{label}.json", _key(made[label]), values)
            show(len(asked) + number, steps)
    names = [each.name for each in asked]
    return ProbeTable(
        tuple(names),
        {label: _column(names, values or {}, "lure") for label, values in told.items()},
        {label: _column(names, values or {}, "honest") for label, values in told.items()},
    )


def read_climbs(study: StudyFile) -> dict[str, ClimbScores]:
    """Returns what `codepaint climb` found against the rewards of a study, by the study's labels.

    A climb counts for a reward of the same version only, under the gold that looks with another encoder.

    Raises:
        SpecError: There is no climb in the folder that the study names, or its file is not understood.
    """
    if study.climb is None:
        return {}
    with study.at("climb"):
        file = study.folder_of(study.climb) / RESULTS
        if not file.is_file():
            raise SpecError(
                f"There is no {str(file)!r}; make one with `codepaint climb SPEC --gold SPEC --out "
                f"{study.climb}`, or leave 'climb' out."
            )
        try:
            told = json.loads(file.read_text(encoding="utf-8"))
            found = {each["version"]: each for each in told["rewards"] if each["unseen"] is not None}
            curves = told["curves"]
            climbed = {
                label: _climb(found[version], curves)
                for label, measured in study.rewards.items()
                if (version := make(measured.spec).version) in found
            }
        except (ValueError, KeyError, TypeError) as error:
            raise SpecError(f"{file} is not understood ({error!r}); run the climb again.") from None
        if not climbed:
            raise SpecError(
                f"{file} climbed none of the rewards of this study, or other versions of them; climb these."
            )
        return climbed


def check_laws(study: StudyFile, out: Path, show: Show) -> dict[str, bool | None]:
    """Tells for each reward whether every law that follows from what it claims holds.

    Judged rewards are checked with the kit's scripted judge. What was found is kept in `laws.json`, with the laws that
    failed.

    Args:
        study: Names the rewards and how many examples a law is tried on; 0 checks nothing.
        out: Folder of the study.
        show: Is told how many rewards are done.

    Raises:
        MissingPart: The extra `testing` is missing.
    """
    if not study.laws:
        return {}
    from rewards.testing import check_reward

    passed: dict[str, bool | None] = {}
    for number, (label, measured) in enumerate(study.rewards.items()):
        show(number, len(study.rewards))
        file, key = out / LAWS / f"{label}.json", [make(measured.spec).version, study.laws]
        told = _kept(file, key)
        if told is None:
            with study.at("rewards", label):
                report = check_reward(measured.spec, examples=study.laws)
            told = {"failed": [each.law.id for each in report.failed]}
            _keep(file, key, told)
        passed[label] = not told["failed"]
    show(len(study.rewards), len(study.rewards))
    return passed


def _failed(pair: Any) -> bool:
    return "machine_error" in (pair.lure.rendering.status, pair.honest.rendering.status)


def _key(reward: Reward) -> list[str]:
    return [reward.version, fingerprint()]


def _kept(file: Path, key: Sequence[object]) -> dict[str, Any] | None:
    try:
        told = json.loads(file.read_text(encoding="utf-8"))
        return dict(told["told"]) if told["key"] == list(key) else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _keep(file: Path, key: Sequence[object], told: Mapping[str, object]) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    fresh = file.with_name(f"{file.name}.new")
    fresh.write_text(json.dumps({"key": list(key), "told": told}) + "\n", encoding="utf-8")
    fresh.replace(file)


def _column(names: Sequence[str], values: Mapping[str, Any], side: str) -> Any:
    by_name = dict(zip(values.get("names", ()), values.get(side, ()), strict=True))
    return np.array([np.nan if by_name.get(name) is None else by_name[name] for name in names], np.float64)


def _climb(reward: Mapping[str, Any], curves: Sequence[Mapping[str, Any]]) -> ClimbScores:
    its = [each["points"] for each in curves if each["reward"] == reward["label"]]
    return ClimbScores(
        tuple(reward["points"]),
        np.array([[point["own"] for point in points] for points in its]),
        np.array([[point["golds"][reward["unseen"]] for point in points] for points in its]),
    )
