"""The grammar of reward specs: every way to write one comes down to one JSON-able form."""

from __future__ import annotations

import ast
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from rewards.errors import SpecError
from rewards.mixing.mix import PASSED, SHARE, THRESHOLD, checked_gate, checked_share, checked_weight

UNDERSTOOD = (
    "A spec is a name, 'module:factory', {'name': ..., parameters}, {name: weight, ...}, {'weighted': [[weight, spec], "
    "...]} (also with 'gate': spec), {'gate': spec, 'of': spec}, {'mapped': 'log_tamed', 'of': spec}, "
    "{'base': spec, 'bonus': spec, 'share': 0.4}, or an expression of these such as "
    "'0.3*coverage + 0.7*gated(pairwise(k=4), gate=renders)', 'mapped(dino, fn=\"log_tamed\")' or "
    "'bonus(dino, pairwise, share=0.4)'."
)
NESTED = "The spec is nested too deeply; make a part of it with rewards.make first, and mix that."
CALLS = {
    "gated": "gated(reward, gate=reward), with threshold=0.5 and bonus=0.05 if need be",
    "mapped": "mapped(reward, fn='log_tamed')",
    "bonus": "bonus(base, bonus, share=0.4)",
}
GATE = {"threshold": THRESHOLD, "bonus": PASSED}
"""What a gate takes besides rewards, with what it is where nothing is said."""

_KEYS = frozenset({"name", "weighted", "gate", "of", "mapped", "base", "bonus", "share", "threshold", "live"})

Spec = str | Mapping[str, Any]


def normal_form(spec: object, *, modules: bool = True) -> dict[str, Any]:
    """Returns the one JSON-able mapping for a spec, whatever way it is written.

    A leaf is `{"name": ..., **parameters}`, a mix `{"weighted": [[weight, form], ...]}`, a gate
    `{"gate": form, "of": form}` (with `threshold` and `bonus` where they are not the usual ones), a curve
    `{"mapped": function, "of": form}`, a bonus `{"base": form, "bonus": form, "share": share}`. In expressions, sums
    are flat and factors distribute as in arithmetic; names are not looked up.

    Args:
        spec: Text or a mapping.
        modules: False refuses `module:name`, which can call any code. So must be read what stands in a file or a
            request of somebody else's, such as a run folder.
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


def _names(form: Mapping[str, Any]) -> Iterator[str]:
    """Yields the names of the rewards and curves of a normal form."""
    if "name" in form:
        yield form["name"]
        return
    if "mapped" in form:
        yield form["mapped"]
    for key in ("gate", "of", "base", "bonus"):
        if isinstance(form.get(key), Mapping):
            yield from _names(form[key])
    for _, member in form.get("weighted", ()):
        yield from _names(member)


def live_form(spec: object) -> dict[str, Any]:
    """Returns the normal form, in which a callable stands as `{"live": callable}`."""
    return _formed(spec, live=True)


def _formed(spec: object, *, live: bool) -> dict[str, Any]:
    try:
        return _form(spec, live)
    except RecursionError:
        raise SpecError(NESTED) from None


def _form(spec: object, live: bool) -> dict[str, Any]:
    if isinstance(spec, str):
        return _expression(_parsed(spec))
    if isinstance(spec, Mapping):
        keys = set(spec)
        if "name" in keys:
            return _leaf(spec)
        if {"gate", "of"} <= keys <= {"gate", "of", *GATE}:
            return _gated(_form(spec["gate"], live), _form(spec["of"], live), spec)
        if keys == {"mapped", "of"} and isinstance(spec["mapped"], str):
            return {"mapped": spec["mapped"], "of": _form(spec["of"], live)}
        if keys in ({"base", "bonus"}, {"base", "bonus", "share"}):
            share = checked_share(spec.get("share", SHARE))
            return {"base": _form(spec["base"], live), "bonus": _form(spec["bonus"], live), "share": share}
        if "weighted" in keys <= {"weighted", "gate", *GATE} and ("gate" in keys or len(keys) == 1):
            mix = {"weighted": _members(spec["weighted"], live)}
            return _gated(_form(spec["gate"], live), mix, spec) if "gate" in keys else mix
        if keys and keys.isdisjoint(_KEYS) and all(map(_is_plain_number, spec.values())):
            return {"weighted": _members([(weight, name) for name, weight in spec.items()], live)}
    if callable(spec):
        if live:
            return {"live": spec}
        raise SpecError(f"{spec!r} is a live reward, which has no JSON form; name it as 'module:factory'.")
    raise SpecError(f"{_shown(spec)} is not understood. {UNDERSTOOD}")


def _gated(gate: dict[str, Any], inner: dict[str, Any], options: Mapping[str, Any]) -> dict[str, Any]:
    given = checked_gate(*(options.get(key, usual) for key, usual in GATE.items()))
    unusual = {key: value for key, value in zip(GATE, given, strict=True) if value != GATE[key]}
    return {"gate": gate, "of": inner, **unusual}


def expression(form: Mapping[str, Any]) -> str:
    """Writes a normal form as a person would; weights are rounded to six digits."""
    if "name" in form:
        parameters = ", ".join(f"{key}={value!r}" for key, value in form.items() if key != "name")
        return f"{form['name']}({parameters})" if parameters else str(form["name"])
    if "weighted" in form:
        return " + ".join(f"{weight:g}*{_factor(member)}" for weight, member in form["weighted"])
    if "mapped" in form:
        return f"mapped({expression(form['of'])}, fn={form['mapped']!r})"
    if "base" in form:
        return f"bonus({expression(form['base'])}, {expression(form['bonus'])}, share={form['share']:g})"
    options = "".join(f", {key}={form[key]:g}" for key in GATE if key in form)
    return f"gated({expression(form['of'])}, gate={expression(form['gate'])}{options})"


def _factor(form: Mapping[str, Any]) -> str:
    return f"({expression(form)})" if "weighted" in form and "name" not in form else expression(form)


def _leaf(spec: Mapping[Any, Any]) -> dict[str, Any]:
    if not isinstance(spec["name"], str) or not all(isinstance(key, str) for key in spec):
        raise SpecError(f"{spec!r} is not understood; the name and the names of parameters are text.")
    return {key: _plain(value, key) for key, value in spec.items()}


def _members(members: object, live: bool) -> list[list[Any]]:
    if not isinstance(members, list | tuple) or not members:
        raise SpecError(f"The mix {members!r} has no members; write [[weight, spec], ...] with at least one.")
    for member in members:
        if not isinstance(member, list | tuple) or len(member) != 2:
            raise SpecError(f"The member {member!r} of a mix is not understood; write [weight, spec].")
    return [[checked_weight(weight), _form(spec, live)] for weight, spec in members]


def _plain(value: object, where: str) -> Any:
    if value is None or isinstance(value, str | bool | int):
        return value
    if isinstance(value, float) and math.isfinite(value):
        return float(value)
    if isinstance(value, list | tuple):
        return [_plain(item, where) for item in value]
    if isinstance(value, Mapping) and all(isinstance(key, str) for key in value):
        return {key: _plain(item, where) for key, item in value.items()}
    raise SpecError(
        f"{where}={value!r} does not fit into JSON; use text, finite numbers, lists and mappings."
    )


# A string in quotes, or a reference such as `package.module:factory`, which is no Python expression.
_REFERENCE = re.compile(r""""(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|([^\W\d][\w.]*:[^\W\d][\w.]*)""")


def _parsed(text: str) -> ast.expr:
    references: dict[str, str] = {}

    def stand_in(match: re.Match[str]) -> str:
        if match[1] is None:
            return match[0]
        references[f"__{len(references)}"] = match[1]
        return f"__{len(references) - 1}"

    try:
        tree = ast.parse(_REFERENCE.sub(stand_in, text.strip()), mode="eval").body
    except (SyntaxError, ValueError, MemoryError) as error:
        raise SpecError(f"{text!r} is not understood: {error}. {UNDERSTOOD}") from None
    for node in ast.walk(tree):
        if isinstance(node, ast.Name):
            node.id = references.get(node.id, node.id)
    return tree


def _expression(node: ast.expr) -> dict[str, Any]:
    if isinstance(node, ast.BinOp):
        return {"weighted": [[checked_weight(weight), form] for weight, form in _terms(node)]}
    return _atom(node)


def _terms(node: ast.expr) -> list[tuple[float, dict[str, Any]]]:
    match node:
        case ast.BinOp(left, ast.Add(), right):
            return _terms(left) + _terms(right)
        case ast.BinOp(left, ast.Mult(), right):
            number, spec = _number(left), right
            if number is None:
                number, spec = _number(right), left
            if number is not None:
                return _weighed(number, spec)
        case ast.BinOp(left, ast.Div(), right):
            number = _number(right)
            if number:
                return _weighed(1 / number, left)
        case _ if not isinstance(node, ast.BinOp):
            return [(1.0, _atom(node))]
    raise _not_understood(node)


def _weighed(number: float, spec: ast.expr) -> list[tuple[float, dict[str, Any]]]:
    weight = checked_weight(number)
    return [(weight * inner, form) for inner, form in _terms(spec)]


def _atom(node: ast.expr) -> dict[str, Any]:
    match node:
        case ast.Name(name):
            return {"name": name}
        case ast.Call(ast.Name("gated"), [inner], [ast.keyword("gate", gate), *others]):
            options = _parameters(node, others)
            if options.keys() <= GATE.keys():
                return _gated(_expression(gate), _expression(inner), options)
        case ast.Call(ast.Name("mapped"), [inner], [ast.keyword("fn", ast.Constant(str(function)))]):
            return {"mapped": function, "of": _expression(inner)}
        case ast.Call(ast.Name("bonus"), [base, bonus]):
            if (parameters := _parameters(node, node.keywords)).keys() <= {"share"}:
                share = checked_share(parameters.get("share", SHARE))
                return {"base": _expression(base), "bonus": _expression(bonus), "share": share}
        case ast.Call(ast.Name(name), []) if name not in CALLS:
            return _leaf({"name": name, **_parameters(node, node.keywords)})
    raise _not_understood(node)


def _number(node: ast.expr) -> float | None:
    """Returns what a number, or a product or quotient of numbers, comes to; None for anything else."""
    match node:
        case ast.Constant(int() | float() as value) if not isinstance(value, bool):
            return value
        case ast.UnaryOp(ast.USub() | ast.UAdd() as sign, operand):
            number = _number(operand)
            return number if number is None or isinstance(sign, ast.UAdd) else -number
        case ast.BinOp(left, ast.Mult() | ast.Div() as operator, right):
            one, other = _number(left), _number(right)
            if one is None or other is None or (isinstance(operator, ast.Div) and not other):
                return None
            return one * other if isinstance(operator, ast.Mult) else one / other
    return None


def _parameters(call: ast.Call, keywords: Sequence[ast.keyword]) -> dict[str, Any]:
    parameters = {keyword.arg: _literal(keyword) for keyword in keywords}
    if len(parameters) < len(keywords) or not parameters.keys().isdisjoint({"name", None}):
        raise _not_understood(call)
    return {str(name): value for name, value in parameters.items()}


def _literal(keyword: ast.keyword) -> object:
    try:
        return ast.literal_eval(keyword.value)
    except (ValueError, TypeError):
        raise SpecError(
            f"{ast.unparse(keyword)!r} is not understood; a parameter is a literal, with quotes round text."
        ) from None


def _not_understood(node: ast.expr) -> SpecError:
    return SpecError(f"{ast.unparse(node)!r} is not understood{_mistake(node) or f'. {UNDERSTOOD}'}")


def _mistake(node: ast.expr) -> str:
    """Returns what is wrong about an expression, with the way out; `""` where that is anybody's guess."""
    match node:
        case ast.BinOp(_, ast.Sub(), _):
            return (
                ": no reward is subtracted, as weights are at least 0. For a penalty, weigh a reward that is high "
                "where there is little to punish."
            )
        case ast.BinOp(_, ast.Mult(), _):
            return (
                ": a reward is multiplied by a number only. For both at once, write gated(...) or bonus(...)."
            )
        case ast.BinOp(_, ast.Div(), _):
            return ": a reward is divided by a number only, and not by 0."
        case ast.Call(ast.Name(name)) if name in CALLS:
            return f": write {CALLS[name]}."
        case ast.Call(ast.Name(name), [_, *_]):
            return (
                f": the parameters of {name!r} have names, as in coverage(low=0.2). Rewards are taken by "
                f"{', '.join(CALLS)} and sums only."
            )
    return ""


def _is_plain_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _shown(spec: object) -> str:
    text = repr(spec)
    return text if len(text) <= 200 else f"{text[:200]}…"
