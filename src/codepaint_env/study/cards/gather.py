"""What the card of a reward tells, gathered: measured here, or read from a study, from probes and from climbs."""

from __future__ import annotations

import inspect
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from importlib import metadata
from pathlib import Path
from typing import Any

from codepaint_env.study.cards.lures import probed, read_probes
from codepaint_env.study.cards.remarks import remarks_on
from codepaint_env.study.cards.web_pages import page_values
from codepaint_env.study.figures.figures import RewardFigures
from codepaint_env.study.figures.figures_file import read_figures
from rewards import normal_form
from rewards.card import card, shipped_values
from rewards.catalogue import GROUP_SIZE
from rewards.errors import MissingPart, SpecError
from rewards.preflight import reads_pictures
from rewards.registry import GROUP, calls_for, judged_canvases

EXAMPLES = 20

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Sources:
    """Where figures that a card does not measure itself are read.

    Attributes:
        study: A study's folder or its `figures.json`; None for none.
        probes: A folder in which probes are rendered, or what `codepaint probes --json` printed; None for none.
        climb: `climb.json`, as `codepaint climb` writes it; None for none.
        examples: Cases a law.
        live: Ask the reward's own judge.
    """

    study: Path | None = None
    probes: Path | None = None
    climb: Path | None = None
    examples: int = EXAMPLES
    live: bool = False


@dataclass(slots=True, eq=False)
class Gathered:
    """All that a card tells.

    Attributes:
        name: Under which the reward is registered, or its own name.
        spec: As it was given.
        said: What its docstring says, from the first line to its arguments.
        facts: `range`, `needs`, `calls`, `canvases` and `version`; empty if the reward cannot be made here.
        problem: Why it could not be measured; `""` if it was.
        laws: `id`, `name`, `state` and `reason` of each law; None if they were not checked.
        examples: Cases a law.
        shown: What `rewards.card.card` measured; None for pages, and what was not measured.
        pages: Values of the shipped web pages; None for rewards of pictures.
        stand_ins: By name of a scripted judge, what the shipped pictures, or pages, score: least, median and most.
        live: It asked its own judge.
        study: Figures of a study; None if it has none of this reward.
        truths: What each truth of the study is.
        probes: `share`, `interval`, `count`, `beaten`, `pictures` and `skipped`; None if nobody asked.
        climb: Its part of `climb.json`; None if there is none.
    """

    name: str
    spec: str
    said: str
    facts: dict[str, Any] = field(default_factory=dict)
    problem: str = ""
    laws: list[dict[str, Any]] | None = None
    examples: int = EXAMPLES
    shown: dict[str, Any] | None = None
    pages: dict[str, Any] | None = None
    stand_ins: dict[str, tuple[float, float, float]] = field(default_factory=dict)
    live: bool = False
    study: RewardFigures | None = None
    truths: dict[str, str] = field(default_factory=dict)
    probes: dict[str, Any] | None = None
    climb: Mapping[str, Any] | None = None


def gather(spec: str, sources: Sources, out: Path, *, progress: Progress = lambda *_: None) -> Gathered:
    """Gathers what a card tells; pictures of lures are written into `out`.

    A reward that cannot be made here, since a part or its weights are missing, gets a card that says so.

    Raises:
        SpecError: There is no such reward, or a source cannot be read.
    """
    form = normal_form(spec)
    name = form["name"].rpartition(":")[2] if "name" in form else "mix"
    found = Gathered(name, spec, _said(form.get("name", "")), examples=sources.examples, live=sources.live)
    _read(found, form, sources)
    if sources.probes is not None and sources.probes.is_file():
        read_probes(spec, sources.probes)  # before a minute of laws: another reward's are refused at once
    try:
        _measure(found, sources, progress)
    except MissingPart as error:
        found.problem = str(error)
    except SpecError as error:
        if spec != name or name not in {entry.name for entry in metadata.entry_points(group=GROUP)}:
            raise
        found.problem = remarks_on(name).absent or str(error)  # such as weights that are not at hand
    if sources.probes is not None and not found.problem:
        found.probes = probed(spec, sources.probes, out, remarks_on(name).probed_as, live=sources.live)
    return found


def _measure(found: Gathered, sources: Sources, progress: Progress) -> None:
    from rewards.testing import check_reward
    from rewards.testing.judges import ScriptedJudge
    from rewards.testing.subject import subject_of

    subject = subject_of(found.spec, live=sources.live)
    reward = subject.reward
    found.facts = {
        "range": None if reward.traits.range is None else list(reward.traits.range),
        "needs": sorted(reward.needs),
        "calls": calls_for(reward, GROUP_SIZE),
        "canvases": judged_canvases(reward),
        "version": reward.version,
    }
    if not found.said:
        found.said = _before_arguments(type(reward))
    of_pages = found.facts["canvases"] == ["html"] or not reads_pictures(reward)
    if of_pages:
        found.pages = page_values(reward)
    else:
        found.shown = card(found.spec, live=sources.live, progress=progress)
    if subject.asking is not None:
        judges = {
            "likes ink": ScriptedJudge(),
            "prefers what it sees first": ScriptedJudge(beta=3.0),
            "says yes to everything": ScriptedJudge(yes=1.0),
        }
        for label, judge in judges.items():
            asking = subject.asking(judge)
            given = page_values(asking)["good"].values() if of_pages else shipped_values(asking)
            values = sorted(value for value in given if value is not None)
            found.stand_ins[label] = (values[0], values[len(values) // 2], values[-1])
    if sources.live:
        return  # hundreds of cases would be asked and paid
    report = check_reward(found.spec, examples=sources.examples)
    found.laws = report.as_json()["laws"]


def _said(name: str) -> str:
    for entry in metadata.entry_points(group=GROUP, name=name):
        return _before_arguments(entry.load())
    return ""


def _before_arguments(thing: object) -> str:
    text = inspect.getdoc(thing) or ""
    for head in ("\nArgs:", "\nAttributes:", "\nRaises:", "\nReturns:"):
        text = text.partition(head)[0]
    return text.strip()


def _read(found: Gathered, form: Mapping[str, Any], sources: Sources) -> None:
    if sources.study is not None:
        path = sources.study / "figures.json" if sources.study.is_dir() else sources.study
        figures = read_figures(path)
        found.truths = {truth.name: truth.said for truth in figures.truths}
        for label, each in figures.rewards.items():
            if _same(label, each.spec, found.name, form):
                found.study = each
                break
    if sources.climb is not None:
        try:
            told = json.loads(sources.climb.read_text(encoding="utf-8"))["rewards"]
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise SpecError(
                f"{sources.climb} holds no climbs ({error!r}). `codepaint climb` writes climb.json."
            ) from None
        for each in told:
            if _same(each["label"], each["text"], found.name, form):
                found.climb = each
                break


def _same(label: str, spec: Any, name: str, form: Mapping[str, Any]) -> bool:
    if label == name:
        return True
    try:
        other = normal_form(spec)
    except SpecError:
        return False
    return dict(other) == dict(form) or ("name" in form and other.get("name") == form["name"])
