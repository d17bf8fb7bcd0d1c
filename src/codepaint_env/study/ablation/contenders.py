"""The rewards of a study, made and checked before anything is painted."""

from __future__ import annotations

import inspect
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Any

from codepaint_env.evaluate import Evaluator
from codepaint_env.render.renderer import Renderer
from codepaint_env.study.ablation.out_of_fold import HEADS, OutOfFold, Seen
from codepaint_env.study.ablation.samples import Lot
from codepaint_env.study.ablation.study_file import StudyFile
from codepaint_env.study.ablation.study_tables import Measured
from rewards import make, normal_form
from rewards.critique import members_of
from rewards.errors import SpecError
from rewards.lookup import imported
from rewards.mixing.forms import Form, rebuilt
from rewards.mixing.schedule import Scheduled
from rewards.preflight import preflight_with_warnings
from rewards.registry import GROUP
from rewards.spec import expression
from rewards.types import STAGES, Reward


@dataclass(frozen=True, slots=True, eq=False)
class Contender:
    """One reward of a study.

    Attributes:
        label: Its name in the study.
        spec: As a person would write it.
        reward: Scores the pictures.
        draws: The same with other draws of references, other seeds, or other answers.
        heads: That are fitted to pictures of the study before it is asked.
        note: What a reader must know of it.
    """

    label: str
    spec: str
    reward: Reward
    draws: tuple[Reward, ...]
    heads: tuple[OutOfFold, ...]
    note: str

    @property
    def rewards(self) -> tuple[Reward, ...]:
        """The reward and its draws."""
        return (self.reward, *self.draws)


def contenders_of(study: StudyFile, lots: Sequence[Lot], seen: Seen, out: Path) -> list[Contender]:
    """Makes the rewards of a study, and checks each against all samples.

    Raises:
        SpecError: A spec is not understood, or a reward cannot judge some of the samples.
        MissingPart: A reward's extra, head or key is missing.
    """
    found = []
    for label, measured in study.rewards.items():
        with study.at("rewards", label):
            contender = _made(label, measured, seen, out)
            for lot in lots:
                _check(contender.reward, lot)
            found.append(contender)
    return found


def stages_of(contenders: Sequence[Contender], lot: Lot) -> frozenset[str]:
    """Returns what is to be recorded of a lot beside what its canvas always records."""
    needed = frozenset(stage for each in contenders for stage in each.reward.needs)
    return needed & lot.canvas.on_request


def try_out(contender: Contender) -> None:
    """Raises what a reward that asks nobody lacks, such as an encoder's weights: it scores some pictures that ship."""
    if contender.reward.traits.max_calls is None:
        preflight_with_warnings(contender.reward)


def judges_of(reward: Reward) -> list[Any]:
    """Returns the judges and scorers that a reward asks, as far as they count what they are asked."""
    found = [getattr(reward, place, None) for place in ("judge", "client")]
    own = [each for each in (*found, reward) if isinstance(getattr(each, "usage", None), Mapping)]
    for _, member in members_of(reward):
        own += [each for each in judges_of(member) if not any(each is other for other in own)]
    return own


def _made(label: str, measured: Measured, seen: Seen, out: Path) -> Contender:
    form = normal_form(measured.spec)
    crossed = {}
    if measured.out_of_fold:
        crossed = {name: seen.head(name) for name in HEADS if {"name": name} in _leaves(form)}
        if not crossed:
            raise SpecError(
                f"{label!r} has out_of_fold = true, but holds neither 'taste' nor 'subject' without options; leave "
                "'out_of_fold' out."
            )
    reward = _with_heads(form, crossed)
    if isinstance(reward, Scheduled):
        reward.refuse("write the numbers of one step in place of the ramps")
    draws = []
    for draw in range(1, (measured.noise or 0) + 1):
        other = _redrawn(form, draw, out)
        made = _with_heads(other, crossed)
        if other == form or (made.version == reward.version and not _has_judge(form)):
            break  # nothing is drawn
        draws.append(made)
    return Contender(
        label, expression(form), reward, tuple(draws), tuple(crossed.values()), _note(form, crossed, seen)
    )


def _with_heads(form: Form, crossed: Mapping[str, OutOfFold]) -> Reward:
    if form.get("name") in crossed:
        return crossed[form["name"]]
    return make(form, **crossed)


def _note(form: Form, crossed: Mapping[str, OutOfFold], seen: Seen) -> str:
    notes = [head.note for head in crossed.values()]
    shipped = sorted({leaf["name"] for leaf in _leaves(form) if leaf["name"] in HEADS and len(leaf) == 1})
    fitted = [name for name in shipped if name not in crossed]
    if fitted and seen.are_shipped:
        notes.append(
            f"The head of {' and '.join(fitted)} was fitted on paintings of this study, so that it does better here "
            "than elsewhere; out_of_fold = true scores them by heads that have not seen them."
        )
    return " ".join(notes)


def _leaves(form: Form) -> list[Form]:
    found: list[Form] = []

    def leaf(each: Mapping[str, Any]) -> Form:
        found.append(dict(each))
        return dict(each)

    rebuilt(form, leaf)
    return found


def _has_judge(form: Form) -> bool:
    return any(isinstance(leaf.get("judge"), Mapping) for leaf in _leaves(form))


def _redrawn(form: Form, draw: int, out: Path) -> Form:
    """Returns a form with other seeds, and with judges that keep the answers of this draw apart."""

    def leaf(each: Mapping[str, Any]) -> Form:
        changed = dict(each)
        if "seed" in _parameters(each["name"]):
            changed["seed"] = each.get("seed", 0) + draw
        if isinstance(each.get("judge"), Mapping):
            changed["judge"] = {**each["judge"], "cache": str((out / "answers" / f"draw-{draw}").absolute())}
        return changed

    return rebuilt(form, leaf)


def _parameters(name: str) -> frozenset[str]:
    if ":" in name:
        factory: Any = imported(name)
    else:
        factory = next(iter(metadata.entry_points(group=GROUP, name=name))).load()
    try:
        return frozenset(inspect.signature(factory).parameters)
    except (TypeError, ValueError):
        return frozenset()


def _check(reward: Reward, lot: Lot) -> None:
    """Raises what a reward cannot judge of a lot."""
    evaluator = Evaluator(lot.canvas, reward, Renderer(lot.canvas))
    evaluator.check_tasks([each.task for each in lot.wanted])
    needed = reward.needs & frozenset(STAGES)
    for record in lot.records:
        lacking = sorted(needed - set(record.rendering.evidence))
        if record.rendering.status == "ok" and lacking:
            raise SpecError(
                f"{reward.name} needs {', '.join(lacking)}, which the run {str(lot.run)!r} has not recorded; paint it "
                f"anew with a reward that needs it: codepaint demo --reward {reward.name}"
            )
