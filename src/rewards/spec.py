"""The grammar of reward specs: every way to write one comes down to one JSON-able form."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from rewards.errors import SpecError
from rewards.mixing import clauses
from rewards.mixing.clauses import GATE
from rewards.mixing.expressions import UNDERSTOOD, parsed
from rewards.mixing.forms import Form, parts_of, rebuilt
from rewards.mixing.ramp import ramp_of

NESTED = "The spec is nested too deeply; make a part of it with rewards.make first, and mix that."

_KEYS = frozenset(
    {"name", "weighted", "gate", "of", "mapped", "base", "bonus", "share", "threshold", "live", "penalty"}
)

Spec = str | Mapping[str, Any]


def normal_form(spec: object, *, modules: bool = True) -> dict[str, Any]:
    """Returns the normal form of a spec: the same JSON-able mapping for all ways to write it.

    A leaf is `{"name": ..., **parameters}`, a mix `{"weighted": [[weight, form], ...]}`, a gate
    `{"gate": form, "of": form}` (with `threshold` and `bonus` if they are not the defaults), a curve
    `{"mapped": function, "of": form}`, a bonus `{"base": form, "bonus": form, "share": share}`, a penalty
    `{"penalty": form, "of": form, "weight": weight}`. A ramp can replace each of these numbers:
    `{"ramp": [from, to], "steps": steps}` (with `start` if it is not 0). In expressions, sums are flattened and factors
    distribute as in arithmetic. Names are not looked up.

    Args:
        spec: Text or a mapping.
        modules: False refuses `module:name`, which can call any code. Set it for specs from other people's files or
            requests, such as a run folder.
    """
    form = _formed(spec, live=False)
    if not modules:
        for name in _names(form):
            if ":" in name:
                raise SpecError(
                    f"{name!r} names code, which a spec from a file or a request may not. Make that reward yourself "
                    "(rewards.make, gym.make, --reward) if you trust it, or take one that is registered."
                )
    return form


def _names(form: Mapping[str, Any], *, functions: bool = True) -> Iterator[str]:
    """Yields the names of the rewards, and of the functions that they take, of a normal form."""
    if "name" in form:
        yield form["name"]
        if functions and isinstance(form.get("of"), str):
            yield form["of"]
        return
    if "live" in form:
        return
    if "mapped" in form and functions:
        yield form["mapped"]
    for part in parts_of(form):
        yield from _names(part, functions=functions)


def live_form(spec: object) -> dict[str, Any]:
    """Returns the normal form, in which a callable stands as `{"live": callable}`."""
    return _formed(spec, live=True)


def with_live(form: Mapping[str, Any], live: Mapping[str, Any]) -> dict[str, Any]:
    """Returns a normal form in which callables stand, as `{"live": callable}`, for the leaves of their names.

    Raises:
        SpecError: A leaf of such a name has parameters, or there is no leaf of some name.
    """
    unused = live.keys() - set(_names(form, functions=False))
    if unused:
        names = ", ".join(map(repr, sorted(unused)))
        raise SpecError(
            f"No member is called {names}; a live reward is passed under the name it has in the mix."
        )

    def filled(leaf: Mapping[str, Any]) -> Form:
        if leaf.get("name") not in live:
            return dict(leaf)
        if len(leaf) > 1:
            given = expression(leaf)
            raise SpecError(
                f"{leaf['name']!r} is made already and takes no parameters, not {given}; leave them out."
            )
        return {"live": live[leaf["name"]]}

    return rebuilt(form, filled)


def _formed(spec: object, *, live: bool) -> dict[str, Any]:
    try:
        return _form(spec, live)
    except RecursionError:
        raise SpecError(NESTED) from None


def _form(spec: object, live: bool) -> dict[str, Any]:
    if isinstance(spec, str):
        return parsed(spec)
    if isinstance(spec, Mapping):
        keys = set(spec)
        if "name" in keys:
            return clauses.leaf(spec)
        if {"gate", "of"} <= keys <= {"gate", "of", *GATE}:
            return clauses.gated(_form(spec["gate"], live), _form(spec["of"], live), spec)
        if keys == {"mapped", "of"} and isinstance(spec["mapped"], str):
            return {"mapped": spec["mapped"], "of": _form(spec["of"], live)}
        if keys in ({"base", "bonus"}, {"base", "bonus", "share"}):
            return clauses.with_bonus(_form(spec["base"], live), _form(spec["bonus"], live), spec)
        if keys in ({"penalty", "of"}, {"penalty", "of", "weight"}):
            return clauses.penalised(_form(spec["penalty"], live), _form(spec["of"], live), spec)
        if "weighted" in keys <= {"weighted", "gate", *GATE} and ("gate" in keys or len(keys) == 1):
            mix = {"weighted": _members(spec["weighted"], live)}
            return clauses.gated(_form(spec["gate"], live), mix, spec) if "gate" in keys else mix
        if keys and keys.isdisjoint(_KEYS) and all(map(_is_number, spec.values())):
            return {"weighted": _members([(weight, name) for name, weight in spec.items()], live)}
    if callable(spec):
        if live:
            return {"live": spec}
        raise SpecError(f"{spec!r} is a live reward, which has no JSON form; name it as 'module:factory'.")
    raise SpecError(f"{_shown(spec)} is not understood. {UNDERSTOOD}")


def expression(form: Mapping[str, Any]) -> str:
    """Writes a normal form as a person would; weights are rounded to six digits."""
    if "name" in form:
        parameters = ", ".join(f"{key}={value!r}" for key, value in form.items() if key != "name")
        return f"{form['name']}({parameters})" if parameters else str(form["name"])
    if "weighted" in form:
        return " + ".join(f"{_told(weight)}*{_factor(member)}" for weight, member in form["weighted"])
    if "mapped" in form:
        return f"mapped({expression(form['of'])}, fn={form['mapped']!r})"
    if "base" in form:
        return f"bonus({expression(form['base'])}, {expression(form['bonus'])}, share={_told(form['share'])})"
    if "penalty" in form:
        penalty = f"penalty={expression(form['penalty'])}, weight={_told(form['weight'])}"
        return f"penalised({expression(form['of'])}, {penalty})"
    options = "".join(f", {key}={_told(form[key])}" for key in GATE if key in form)
    return f"gated({expression(form['of'])}, gate={expression(form['gate'])}{options})"


def _factor(form: Mapping[str, Any]) -> str:
    return f"({expression(form)})" if "weighted" in form and "name" not in form else expression(form)


def _members(members: object, live: bool) -> list[list[Any]]:
    if not isinstance(members, list | tuple) or not members:
        raise SpecError(f"The mix {members!r} has no members; write [[weight, spec], ...] with at least one.")
    for member in members:
        if not isinstance(member, list | tuple) or len(member) != 2:
            raise SpecError(f"The member {member!r} of a mix is not understood; write [weight, spec].")
    return [clauses.member(weight, _form(spec, live)) for weight, spec in members]


def _is_number(value: object) -> bool:
    return (isinstance(value, int | float) and not isinstance(value, bool)) or ramp_of(value) is not None


def _told(number: object) -> str:
    """Writes a number of a form."""
    ramp = ramp_of(number)
    return f"{number:g}" if ramp is None else str(ramp)


def _shown(spec: object) -> str:
    text = repr(spec)
    return text if len(text) <= 200 else f"{text[:200]}…"
