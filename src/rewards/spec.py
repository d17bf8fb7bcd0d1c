"""The grammar of reward specs: every way to write one comes down to one JSON-able form."""

from __future__ import annotations

import ast
import math
import re
from collections.abc import Mapping
from typing import Any

from rewards.errors import SpecError
from rewards.mixing.mix import SHARE, checked_share, checked_weight

UNDERSTOOD = (
    "A spec is a name, 'module:factory', {'name': ..., parameters}, {'weighted': [[weight, spec], ...]} "
    "(also with 'gate': spec), {'gate': spec, 'of': spec}, {'mapped': 'log_tamed', 'of': spec}, "
    "{'base': spec, 'bonus': spec, 'share': 0.4}, or an expression of these such as "
    "'0.3*coverage + 0.7*gated(pairwise(k=4), gate=renders)', 'mapped(dino, fn=\"log_tamed\")' or "
    "'bonus(dino, pairwise, share=0.4)'."
)
CALLS = frozenset({"gated", "mapped", "bonus"})

Spec = str | Mapping[str, Any]


def normal_form(spec: object) -> dict[str, Any]:
    """Returns the one JSON-able mapping for a spec, whatever way it is written.

    A leaf is `{"name": ..., **parameters}`, a mix `{"weighted": [[weight, form], ...]}`, a gate
    `{"gate": form, "of": form}`, a curve `{"mapped": function, "of": form}`, a bonus `{"base": form, "bonus": form,
    "share": share}`. In expressions, sums are flat and factors distribute as in arithmetic; names are not looked up.
    """
    if isinstance(spec, str):
        try:
            return _expression(_parsed(spec))
        except RecursionError:
            raise SpecError(f"{spec[:60]!r}... is nested too deeply; write it as a mapping.") from None
    if isinstance(spec, Mapping):
        keys = set(spec)
        if "name" in keys:
            return _leaf(spec)
        if keys == {"gate", "of"}:
            return {"gate": normal_form(spec["gate"]), "of": normal_form(spec["of"])}
        if keys == {"mapped", "of"} and isinstance(spec["mapped"], str):
            return {"mapped": spec["mapped"], "of": normal_form(spec["of"])}
        if keys in ({"base", "bonus"}, {"base", "bonus", "share"}):
            share = checked_share(spec.get("share", SHARE))
            return {"base": normal_form(spec["base"]), "bonus": normal_form(spec["bonus"]), "share": share}
        if keys in ({"weighted"}, {"weighted", "gate"}):
            mix = {"weighted": _members(spec["weighted"])}
            return {"gate": normal_form(spec["gate"]), "of": mix} if "gate" in keys else mix
    raise SpecError(f"{spec!r} is not understood. {UNDERSTOOD}")


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
    return f"gated({expression(form['of'])}, gate={expression(form['gate'])})"


def _factor(form: Mapping[str, Any]) -> str:
    return f"({expression(form)})" if "weighted" in form and "name" not in form else expression(form)


def _leaf(spec: Mapping[Any, Any]) -> dict[str, Any]:
    if not isinstance(spec["name"], str) or not all(isinstance(key, str) for key in spec):
        raise SpecError(f"{spec!r} is not understood; the name and the names of parameters are text.")
    return {key: _plain(value, key) for key, value in spec.items()}


def _members(members: object) -> list[list[Any]]:
    if not isinstance(members, list | tuple) or not members:
        raise SpecError(f"The mix {members!r} has no members; write [[weight, spec], ...] with at least one.")
    for member in members:
        if not isinstance(member, list | tuple) or len(member) != 2:
            raise SpecError(f"The member {member!r} of a mix is not understood; write [weight, spec].")
    return [[checked_weight(weight), normal_form(spec)] for weight, spec in members]


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
            factor, spec = (left, right) if _is_number(left) else (right, left)
            if _is_number(factor):
                weight = checked_weight(ast.literal_eval(factor))
                return [(weight * inner, form) for inner, form in _terms(spec)]
        case _ if not isinstance(node, ast.BinOp):
            return [(1.0, _atom(node))]
    raise _not_understood(node)


def _atom(node: ast.expr) -> dict[str, Any]:
    match node:
        case ast.Name(name):
            return {"name": name}
        case ast.Call(ast.Name("gated"), [inner], [ast.keyword("gate", gate)]):
            return {"gate": _expression(gate), "of": _expression(inner)}
        case ast.Call(ast.Name("mapped"), [inner], [ast.keyword("fn", ast.Constant(str(function)))]):
            return {"mapped": function, "of": _expression(inner)}
        case ast.Call(ast.Name("bonus"), [base, bonus]):
            if (parameters := _parameters(node)).keys() <= {"share"}:
                share = checked_share(parameters.get("share", SHARE))
                return {"base": _expression(base), "bonus": _expression(bonus), "share": share}
        case ast.Call(ast.Name(name), []) if name not in CALLS:
            return _leaf({"name": name, **_parameters(node)})
    raise _not_understood(node)


def _is_number(node: ast.expr) -> bool:
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub | ast.UAdd):
        node = node.operand
    return isinstance(node, ast.Constant) and type(node.value) in (int, float)


def _parameters(call: ast.Call) -> dict[str, Any]:
    parameters = {keyword.arg: _literal(keyword) for keyword in call.keywords}
    if len(parameters) < len(call.keywords) or not parameters.keys().isdisjoint({"name", None}):
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
    return SpecError(f"{ast.unparse(node)!r} is not understood. {UNDERSTOOD}")
