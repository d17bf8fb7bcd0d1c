"""Rewards by name: entry points, what specs describe, and the decorator `@reward`."""

from __future__ import annotations

import inspect
import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from importlib import metadata
from types import FunctionType, MethodType
from typing import Any, cast, overload

from rewards.answers import score_of, scores_of
from rewards.contents import contents
from rewards.errors import CodepaintError, SpecError, UnknownName
from rewards.lookup import guess, imported, qualname
from rewards.mixing.clauses import GATE
from rewards.mixing.forms import Form, ramps_of, rebuilt
from rewards.mixing.members import settled_by
from rewards.mixing.mix import BaseAndBonus, Gated, Mapped, Weighted
from rewards.mixing.penalised import Penalised
from rewards.mixing.schedule import Scheduled
from rewards.painted.blank import is_constant
from rewards.spec import NESTED, Spec, live_form, normal_form, with_live
from rewards.types import NEEDS, AnyReward, Reward, Sample, Score, Traits, version_of

GROUP = "codepaint.rewards"


def make(spec: Spec | AnyReward | type, /, **parameters: Any) -> Reward:
    """Makes the reward that a spec describes; a callable passes through.

    Args:
        spec: A spec as for `normal_form`, a callable that scores samples, or a class of such callables. In mappings,
            callables can replace specs.
        parameters: For a spec that is one name, and for a class: further parameters of the reward. For a mix: callables
            that replace the members with these names, as in `make("0.3*a + 0.7*b", a=one, b=other)`.

    Returns:
        The reward. A mix with ramps has one for each training step: `make("a + ramp(0, 1, steps=9)*b").at(step)`.
    """
    if isinstance(spec, type):
        return _made(spec, spec.__qualname__, parameters)
    if callable(spec):
        if parameters:
            raise SpecError(f"{spec!r} is made already and takes no {_listed(parameters)}; leave them out.")
        return _completed(spec, qualname(spec))
    form = live_form(spec)
    if "name" in form:
        return _named(form, parameters)
    if settings := [name for name, value in parameters.items() if not callable(value)]:
        raise SpecError(f"A mix takes no {_listed(settings)}; write them beside the member they belong to.")
    try:
        return _mixed(with_live(form, parameters))
    except RecursionError:
        raise SpecError(NESTED) from None


def available() -> list[str]:
    """Returns the names that `make` knows, sorted."""
    return sorted({entry.name for entry in metadata.entry_points(group=GROUP)})


def describe(spec: Spec) -> dict[str, Any]:
    """Describes the reward of a spec in JSON-able values.

    Returns:
        `spec` (the normal form), `name`, `range`, `needs`, `cost` (judge calls for a group of 8), `version`,
        `components`, `settled_by` (kinds of findings after which nothing more expensive is recorded), `traits` (its
        other claims) and `disclaims` (number of a law to the reason).
    """
    made = make(spec)
    traits = {name: getattr(made.traits, name) for name in Traits.__dataclass_fields__}
    for told in ("range", "max_calls", "components", "disclaims"):
        del traits[told]
    return {
        "spec": normal_form(spec),
        "name": made.name,
        "range": None if made.traits.range is None else list(made.traits.range),
        "needs": sorted(made.needs),
        "cost": calls_for(made, 8),
        "version": made.version,
        "components": list(made.traits.components),
        "settled_by": sorted(settled_by(made)),
        "traits": traits | {"monotone": sorted(made.traits.monotone), "canvases": judged_canvases(made)},
        "disclaims": dict(made.traits.disclaims),
    }


def judged_canvases(reward: Reward) -> list[str] | None:
    """Returns the only canvases whose pictures a reward can judge, sorted; None for any."""
    return None if reward.traits.canvases is None else sorted(reward.traits.canvases)


def calls_for(reward: Reward, size: int) -> int:
    """Returns how often a judge is asked at most for a group of a size."""
    calls = reward.traits.max_calls
    return 0 if calls is None else calls(size, getattr(reward, "k", 1))


def _mixed(form: Mapping[str, Any]) -> Reward:
    """Makes the members of a form, once, and of them the mix; one with ramps has a reward for each step."""

    def made(leaf: Mapping[str, Any]) -> Form:
        reward = _named(leaf, {}) if "name" in leaf else make(leaf["live"])
        return dict(reward.form) if isinstance(reward, Scheduled) else {"live": reward}

    whole = rebuilt(form, made)
    return Scheduled(whole, _composed) if any(ramps_of(whole)) else _composed(whole)


def _composed(form: Mapping[str, Any]) -> Reward:
    """Makes a mix of members that are made, without ramps."""
    if "live" in form:
        return cast(Reward, form["live"])
    if "weighted" in form:
        return Weighted([(weight, _composed(member)) for weight, member in form["weighted"]])
    if "mapped" in form:
        return Mapped(_composed(form["of"]), form["mapped"])
    if "base" in form:
        return BaseAndBonus(_composed(form["base"]), _composed(form["bonus"]), share=form["share"])
    if "penalty" in form:
        return Penalised(_composed(form["of"]), penalty=_composed(form["penalty"]), weight=form["weight"])
    options = {key: form[key] for key in GATE if key in form}
    return Gated(_composed(form["of"]), gate=_composed(form["gate"]), **options)


def _named(form: Mapping[str, Any], live: Mapping[str, Any]) -> Reward:
    name = form["name"]
    parameters = {key: value for key, value in form.items() if key != "name"} | dict(live)
    if ":" in name:
        with _told_of(f"{name!r}"):
            return _made(imported(name), name, parameters)
    entry = _entry(name)
    release = f"{entry.dist.name} {entry.dist.version}" if entry.dist else ""
    with _told_of(f"{name!r} ({entry.value}, of the package {release or 'without a name'})"):
        return _made(entry.load(), name, parameters, release)


@contextmanager
def _told_of(whose: str) -> Iterator[None]:
    """Names the reward whose code raised when it was loaded or made."""
    try:
        yield
    except CodepaintError:
        raise
    except Exception as error:
        raise SpecError(f"The reward {whose} cannot be made: {type(error).__name__}: {error}.") from error


def _entry(name: str) -> metadata.EntryPoint:
    found = list(metadata.entry_points(group=GROUP, name=name))
    if len(found) > 1:
        owners = sorted(repr(entry.dist.name if entry.dist else entry.value) for entry in found)
        raise SpecError(f"{' and '.join(owners)} register a reward called {name!r}; uninstall all but one.")
    if not found:
        known = available()
        there_are = (
            f"There are: {', '.join(known)}." if known else "None is registered: install codepaint-env."
        )
        raise UnknownName(f"No reward is called {name!r}.{guess(name, known)} {there_are}")
    return found[0]


def _made(factory: object, name: str, parameters: Mapping[str, Any], release: str = "") -> Reward:
    if isinstance(factory, Reward) and not isinstance(factory, type):
        if parameters:
            raise SpecError(f"{name!r} takes no parameters, so no {_listed(parameters)}; leave them out.")
        return _completed(factory, name, release)
    if not callable(factory):
        raise SpecError(f"{name!r} is {factory!r}, which makes no reward; name a class or a function.")
    _check_parameters(factory, name, parameters)
    return _completed(factory(**parameters), name, release, parameters)


def _check_parameters(factory: Callable[..., object], name: str, parameters: Mapping[str, Any]) -> None:
    try:
        taken = inspect.signature(factory).parameters.values()
    except (TypeError, ValueError):
        return  # some builtins tell nothing of their parameters
    named = [p.name for p in taken if p.kind in (p.POSITIONAL_OR_KEYWORD, p.KEYWORD_ONLY)]
    unknown = next((word for word in parameters if word not in named), None)
    if unknown is not None and not any(p.kind is p.VAR_KEYWORD for p in taken):
        has = ", ".join(named) or "none"
        raise SpecError(f"{name!r} has no parameter {unknown!r}.{guess(unknown, named)} It has: {has}.")
    for p in taken:
        open_ended = p.kind in (p.VAR_POSITIONAL, p.VAR_KEYWORD)
        if p.default is p.empty and not open_ended and p.name not in parameters:
            raise SpecError(
                f"{name!r} cannot be made without {p.name!r}; pass it, or, if this is no factory but scores "
                "samples itself, decorate it with @rewards.reward."
            )


def _completed(
    made: object, name: str, release: str = "", parameters: Mapping[str, Any] | None = None
) -> Reward:
    if not callable(made):
        raise SpecError(f"{name!r} made {made!r}, which cannot be called with samples; return a reward.")
    complete: Reward
    if isinstance(made, Reward):
        complete = made
    else:
        complete = Completed(
            made,
            name=getattr(made, "name", name),
            needs=_needs(getattr(made, "needs", "image")),
            traits=getattr(made, "traits", Traits()),
            version=made.version if hasattr(made, "version") else _version(made, release, parameters or {}),
        )
    _check_needs(complete.needs, complete.name)
    return complete


def _version(made: object, release: str, parameters: Mapping[str, Any]) -> str:
    """Returns a version for a callable that brings none: its text or release, its parameters and what it holds."""
    code = made if isinstance(made, FunctionType | MethodType | partial) else type(made)
    held = {} if code is made else {key: _held(value) for key, value in getattr(made, "__dict__", {}).items()}
    return version_of(
        f"{release} {qualname(made)}", [None if release else contents(code), held, dict(parameters)]
    )


def _held(value: object) -> object:
    """Returns what an attribute holds, or its type for what nobody can tell, such as a connection."""
    try:
        return contents(value)
    except SpecError:
        return type(value).__qualname__


def _check_needs(needs: Iterable[str], name: str) -> None:
    if isinstance(needs, str):
        raise SpecError(f"{name!r} has needs={needs!r}; write needs = frozenset({{{needs!r}}}).")
    for need in sorted(needs):
        if need not in NEEDS:
            raise SpecError(f"{name!r} needs {need!r}, which nothing records; it can need {_listed(NEEDS)}.")


def _listed(words: Iterable[str]) -> str:
    return ", ".join(repr(word) for word in sorted(words))


@dataclass(frozen=True, eq=False)
class Completed:
    """A third party's callable with what it did not say filled in by the strict defaults."""

    call: AnyReward
    name: str
    needs: frozenset[str]
    traits: Traits
    version: str

    def __call__(self, samples: Sequence[Sample], /) -> list[Score]:
        """Scores samples in order."""
        return scores_of(self.name, self.call(samples), len(samples))

    def __getattr__(self, name: str) -> Any:
        # `preflight`, `ascore`, `judge` and the like; not what copy and pickle look for.
        if name.startswith("__") or name == "call":
            raise AttributeError(name)
        return getattr(self.call, name)


@dataclass(frozen=True, eq=False)
class FunctionReward:
    """A function of one sample as a reward: in batches, with floor and machine errors seen to."""

    function: Callable[[Sample], float | Score]
    needs: frozenset[str]
    traits: Traits
    version: str

    @property
    def name(self) -> str:
        """The function's own name."""
        return self.function.__name__

    def __call__(self, samples: Sequence[Sample], /) -> list[Score]:
        """Scores samples in order."""
        return [self._score(sample) for sample in samples]

    def _score(self, sample: Sample) -> Score:
        rendering = sample.rendering
        if rendering.status == "machine_error":
            return Score(None, reason=rendering.message)
        unpainted = rendering.image is None and "image" in self.needs
        solid = self.traits.floor and is_constant(rendering.image)
        if (self.traits.gate and not rendering.ok) or unpainted or solid:
            lowest, _ = cast(tuple[float, float], self.traits.range)
            return Score(lowest, reason=rendering.message or "nothing was painted")
        answer = self.function(sample)
        score = score_of(answer)
        if score is None:
            way_out = (
                "is it missing a `return`?" if answer is None else "return a number, or a rewards.Score."
            )
            raise TypeError(f"{self.name!r} returned {answer!r} for task {sample.task.id!r}; {way_out}")
        if score.value is not None and not math.isfinite(score.value):
            raise ValueError(
                f"{self.name!r} returned {score.value} for task {sample.task.id!r}; return a finite number."
            )
        return score

    def __reduce__(self) -> tuple[Any, ...]:
        # The module's name for the function now means this object, so pickle cannot find the function itself.
        reference = f"{self.function.__module__}:{self.function.__qualname__}"
        try:
            if imported(reference) is self:
                return imported, (reference,)
        except SpecError:
            pass  # defined inside a function: pickle says so
        return FunctionReward, (self.function, self.needs, self.traits, self.version)


@overload
def reward(function: Callable[[Sample], float | Score], /) -> FunctionReward: ...


@overload
def reward(
    *, needs: str | Iterable[str] = ..., range: tuple[float, float] = ..., **traits: Any
) -> Callable[[Callable[[Sample], float | Score]], FunctionReward]: ...


def reward(
    function: Callable[[Sample], float | Score] | None = None,
    /,
    *,
    needs: str | Iterable[str] = ("image",),
    range: tuple[float, float] = (0, 1),
    **traits: Any,
) -> FunctionReward | Callable[[Callable[[Sample], float | Score]], FunctionReward]:
    """Makes a reward of a function that scores one sample, as `@reward` or `@reward(...)`.

    The function is only called for programs that painted. A program error scores the lowest value. So does a constant
    picture, unless `floor=False`. A machine error has no value.

    Args:
        function: Returns a number, or a `Score`.
        needs: The evidence that the function reads, from `rewards.types.NEEDS`.
        range: Lowest and highest value that it returns.
        traits: Further fields of `Traits`, such as `floor=False`.
    """
    if unknown := traits.keys() - Traits.__dataclass_fields__.keys():
        raise SpecError(f"@reward got {_listed(unknown)}; it takes {_listed(Traits.__dataclass_fields__)}.")
    lowest, highest = range
    if not -math.inf < lowest < highest < math.inf:
        raise SpecError(f"@reward got range={range!r}; give a lowest and a highest value.")
    needed = _needs(needs)

    def decorated(function: Callable[[Sample], float | Score]) -> FunctionReward:
        if not inspect.isfunction(function):
            raise SpecError(
                f"@reward got {function!r}; it makes a reward of a function that scores one sample."
            )
        _check_needs(needed, function.__name__)
        claims = Traits(range=(lowest, highest), **traits)
        version = version_of(
            "function", [function, sorted(needed), lowest, highest, claims.floor, claims.gate]
        )
        return FunctionReward(function, needed, claims, version)

    return decorated if function is None else decorated(function)


def _needs(needs: str | Iterable[str]) -> frozenset[str]:
    """Returns what a reward needs; one word stands for itself."""
    return frozenset({needs} if isinstance(needs, str) else needs)
