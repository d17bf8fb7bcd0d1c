"""How a reward is made for its check: fresh, with the kit's own judge, or with another encoder."""

from __future__ import annotations

import contextlib
import copy
import importlib
import inspect
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from importlib import metadata
from pathlib import Path
from typing import Any

import rewards
from rewards.errors import CodepaintError, SpecError
from rewards.mixing.schedule import Scheduled, stepped
from rewards.registry import GROUP
from rewards.scorers.client import ScorerClient
from rewards.testing.law import Subject
from rewards.testing.scripted_scorer import ScriptedScorer
from rewards.types import Reward

LITTLE_PX = 16  # side of the pictures that a judge is shown, where a reward takes a `size_px`


def subject_of(reward: object, *, live: bool = False) -> Subject:
    """Makes the subject of a check.

    Args:
        reward: A class or a factory, a spec as `rewards.make` takes it, `module:name`, or a live instance.
        live: Ask the reward's own judge, not the kit's scripted one.

    Raises:
        SpecError: The reward cannot be made, or its judge cannot be replaced.
    """
    if isinstance(reward, str | Mapping):
        return _of_spec(reward, live)
    if isinstance(reward, type) or _is_factory(reward):
        return _of_factory(reward, _label(reward), live)
    if callable(reward):
        return _of_instance(rewards.make(reward), live)
    raise SpecError(f"{reward!r} is no reward; pass a class, a spec such as 'coverage', or a callable.")


def members_of(reward: object) -> Iterator[object]:
    """Yields a reward and, if it is made of others, these as well."""
    yield reward
    for part in _flat(getattr(reward, "__dict__", {}).values()):
        if isinstance(part, Reward) or (callable(part) and hasattr(part, "encoder")):
            yield from members_of(part)


def is_costly(reward: object) -> bool:
    """Tells whether a reward, or a member, has an `encoder`, is a similarity, or says `costly = True`."""
    return any(
        hasattr(part, "encoder")
        or getattr(part, "costly", False)
        or getattr(getattr(part, "traits", None), "kind", "") == "similarity"
        for part in members_of(reward)
    )


def injected(of: Mapping[str, Any], judge: int) -> Reward:
    """Makes a leaf of a spec with a live judge; the factory that such leaves are exchanged for."""
    little = {key: value for key, value in _little(_factory(of["name"])).items() if key not in of}
    return rewards.make(of, judge=_JUDGES[judge], **little)


_JUDGES: dict[int, object] = {}


def _of_spec(spec: str | Mapping[str, Any], live: bool) -> Subject:
    form = rewards.normal_form(spec)
    label = spec if isinstance(spec, str) else str(form)
    if set(form) == {"name"} and ":" in form["name"]:
        found = _imported(form["name"])
        if isinstance(found, type) or _is_factory(found):
            return _of_factory(found, label, live)
        return _of_instance(rewards.make(found), live, label)
    if "name" not in form:
        return _of_composite(form, label, live)
    factory, given = _factory(form["name"]), {key: value for key, value in form.items() if key != "name"}

    # Made many times: without a look at the entry points each time.
    def make(**more: Any) -> Reward:
        parameters = given | more
        if isinstance(factory, type):
            return rewards.make(factory, **parameters)
        if callable(factory) and set(parameters) <= set(_parameters(factory)):
            with contextlib.suppress(Exception):  # which `make` raises again below, in words
                made = factory(**parameters)
                if isinstance(made, Reward):
                    return rewards.make(made)
        return rewards.make(form, **more)

    return _of_maker(make, factory, label, live, given)


def _of_factory(factory: Any, label: str, live: bool) -> Subject:
    def make(**parameters: Any) -> Reward:
        if isinstance(factory, type):
            return rewards.make(factory, **parameters)
        return rewards.make(factory(**parameters))

    return _of_maker(make, factory, label, live)


def _of_maker(
    make: Callable[..., Reward],
    factory: object,
    label: str,
    live: bool,
    given: Mapping[str, Any] | None = None,
) -> Subject:
    example = {
        key: value for key, value in getattr(factory, "example", {}).items() if key not in (given or {})
    }
    if example:
        bare = make
        make = lambda **more: bare(**(example | more))  # noqa: E731
    taken = {
        name: each.default for name, each in _parameters(factory).items() if each.default is not each.empty
    }
    defaults = taken | dict(given or {})
    if not _asks(factory, given or {}) or live:
        return _whole(make, label, live, make=make, defaults=defaults)
    little = {key: value for key, value in _little(factory).items() if key not in (given or {})}

    def with_scripted(**parameters: Any) -> Reward:
        return make(**(little | {"judge": _scripted()} | parameters))

    def asking(judge: object) -> Reward:
        return with_scripted(judge=judge)

    return _whole(with_scripted, label, live, asking=asking, make=with_scripted, defaults=defaults)


def _asks(factory: object, given: Mapping[str, Any]) -> bool:
    """Tells whether a reward with some parameters asks a judge: it has one, or cannot be made without."""
    if "judge" not in _parameters(factory) or not callable(factory):
        return False
    if given.get("judge") is not None:
        return True
    rest = {key: value for key, value in given.items() if key not in ("name", "judge")}
    try:
        made = factory(**(_little(factory) | rest))
    except (CodepaintError, TypeError):
        return True
    return any(getattr(part, "judge", None) is not None for part in members_of(made))


def _little(factory: object) -> dict[str, Any]:
    """Returns what makes a comparison cost a millisecond: a pool of little pictures, or a little side in pixels."""
    taken = _parameters(factory)
    pool = taken.get("pool")
    if pool is None or "Pool" not in str(pool.annotation):
        return {"size_px": LITTLE_PX} if "size_px" in taken else {}
    from rewards.testing.cases.pools import small_pool

    return {"pool": small_pool()}


def _of_composite(form: Mapping[str, Any], label: str, live: bool) -> Subject:
    if live or not any(_asks(_factory(leaf["name"]), leaf) for leaf in _leaves(form)):
        return _whole(lambda: rewards.make(form), label, live)

    def asking(judge: object) -> Reward:
        _JUDGES[id(judge)] = judge  # made of JSON, a spec can only name it; it stays as long as this process
        return rewards.make(_exchanged(form, id(judge)))

    return _whole(lambda: asking(_scripted()), label, live, asking=asking)


def _of_instance(reward: Reward, live: bool, label: str = "") -> Subject:
    pristine = _copied(reward)
    judges = [part.judge for part in members_of(reward) if hasattr(part, "judge")]
    label = label or reward.name
    if not judges or live:
        return _whole(lambda: _copied(pristine), label, live)
    own = [part.judge for part in members_of(pristine) if hasattr(part, "judge")]
    if any(judge is None for judge in own):
        raise SpecError(f"{label!r} has the judge None; pass the class, or an instance with a judge.")

    def asking(judge: object) -> Reward:
        return _exchanging(pristine, own, judge)

    return _whole(lambda: asking(_scripted()), label, live, asking=asking)


def _whole(
    fresh: Callable[[], Reward],
    label: str,
    live: bool,
    *,
    asking: Callable[[Any], Reward] | None = None,
    make: Callable[..., Reward] | None = None,
    defaults: Mapping[str, object] | None = None,
) -> Subject:
    reward, scoring = fresh(), None
    if not live and _asks_a_scorer(reward):
        fresh, asking, make, scoring = (
            _by_transport(fresh),
            _by_transport(asking),
            _by_transport(make),
            _scoring(fresh),
        )
        reward = fresh()
    if isinstance(reward, Scheduled):
        whole = reward
        at = (whole.bends[-2] + whole.bends[-1]) // 2  # where most members have a weight
        asked = None if asking is None else lambda judge: stepped(asking(judge), at)
        taken = None if make is None else lambda **more: stepped(make(**more), at)
        one = _whole(lambda: stepped(fresh(), at), label, live, asking=asked, make=taken, defaults=defaults)
        return replace(one, schedule=whole, scoring=scoring)
    encoders = [held for part in members_of(reward) if (held := getattr(part, "encoder", None)) is not None]

    def encoding(encoder: object) -> Reward:
        whole = fresh()
        own = [part.encoder for part in members_of(whole) if hasattr(part, "encoder")]
        return _exchanging(whole, own, encoder)

    return Subject(
        reward,
        label,
        fresh,
        asking,
        scoring,
        encoding if encoders else None,
        make,
        defaults or {},
        is_costly(reward),
        live,
    )


def _asks_a_scorer(reward: object) -> bool:
    """Tells whether a reward, or a member, asks a scorer behind an address."""
    return any(isinstance(getattr(part, "client", None), ScorerClient) for part in members_of(reward))


def _carried(reward: Reward, transport: Any, folder: Path | None) -> Reward:
    """Copies a reward whose scorers are then asked by a transport, and keep what they say in a folder."""
    copied = _copied(reward)
    for part in members_of(copied):
        if isinstance(client := getattr(part, "client", None), ScorerClient):
            part.client = client.carried_by(transport, folder)  # type: ignore[attr-defined]
    return copied


def _by_transport(make: Any) -> Any:
    """Returns what makes the same reward, asking the kit's own scorer."""
    return (
        None
        if make is None
        else lambda *given, **more: _carried(make(*given, **more), ScriptedScorer(), None)
    )


def _scoring(fresh: Callable[[], Reward]) -> Callable[[Any, Path | None], Reward]:
    return lambda transport, folder: _carried(fresh(), transport, folder)


def _scripted() -> object:
    from rewards.testing.judges import ScriptedJudge

    return ScriptedJudge()


def _exchanging(reward: Reward, old: list[Any], new: object) -> Reward:
    """Copies a reward with each of some objects exchanged, wherever in it they are held."""
    exchanged = copy.deepcopy(reward, {id(part): new for part in old})
    for part in members_of(exchanged):
        for name in ("judge", "encoder"):
            held = getattr(part, name, None)
            if held is not None and any(type(held) is type(one) for one in old) and held is not new:
                raise SpecError(
                    f"The {name} of {reward.name!r} cannot be exchanged: its copy makes one of its own. "
                    f"Pass the class, with a parameter {name!r}."
                )
    return exchanged


def _copied(reward: Reward) -> Reward:
    try:
        return copy.deepcopy(reward)
    except Exception as error:  # noqa: BLE001 (copying runs the user's code)
        raise SpecError(
            f"{reward.name!r} cannot be copied ({error}), so no fresh one can be made; pass its class."
        ) from None


def _exchanged(form: Any, judge: int) -> Any:
    """Returns a spec whose judged leaves are made by `injected`."""
    if isinstance(form, list):
        return [_exchanged(part, judge) for part in form]
    if not isinstance(form, Mapping):
        return form
    if "name" in form:
        if not _asks(_factory(form["name"]), form):
            return form
        return {"name": "rewards.testing.subject:injected", "of": dict(form), "judge": judge}
    return {key: _exchanged(part, judge) for key, part in form.items()}


def _leaves(form: Any) -> Iterator[Mapping[str, Any]]:
    if isinstance(form, list):
        for part in form:
            yield from _leaves(part)
    elif isinstance(form, Mapping):
        if "name" in form:
            yield form
        else:
            for part in form.values():
                yield from _leaves(part)


def _factory(name: str) -> object:
    if ":" in name:
        return _imported(name)
    found = list(metadata.entry_points(group=GROUP, name=name))
    return found[0].load() if len(found) == 1 else None  # `make` says what is wrong with the name


def _imported(reference: str) -> Any:
    module, _, path = reference.partition(":")
    try:
        found: Any = importlib.import_module(module)
        for part in path.split("."):
            found = getattr(found, part)
    except (ModuleNotFoundError, AttributeError):
        return rewards.make(reference)  # it raises, and says what was meant
    return found


def _parameters(factory: object) -> Mapping[str, inspect.Parameter]:
    try:
        return inspect.signature(factory).parameters  # type: ignore[arg-type]
    except (TypeError, ValueError):
        return {}


def _is_factory(thing: object) -> bool:
    """Tells a function that makes a reward from one that scores samples: the latter must be given them."""
    if not inspect.isroutine(thing):
        return False
    taken = inspect.signature(thing).parameters.values()
    return all(p.default is not p.empty or p.kind in (p.VAR_POSITIONAL, p.VAR_KEYWORD) for p in taken)


def _label(thing: object) -> str:
    module, name = getattr(thing, "__module__", ""), getattr(thing, "__qualname__", repr(thing))
    return f"{module}:{name}" if module else name


def _flat(values: Any) -> Iterator[object]:
    for value in values:
        if isinstance(value, list | tuple):
            yield from _flat(value)
        elif isinstance(value, Mapping):
            yield from _flat(value.values())
        else:
            yield value
