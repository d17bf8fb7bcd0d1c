"""Specs as text: an expression such as `0.3*coverage + 0.7*dino` becomes its normal form."""

from __future__ import annotations

import ast
import re
from collections.abc import Sequence
from typing import Any

from rewards.errors import SpecError
from rewards.mixing.clauses import GATE, gated, leaf, member, penalised, with_bonus
from rewards.mixing.forms import Form
from rewards.mixing.mix import checked_weight
from rewards.mixing.ramp import Ramp, checked_ramp, number_of, times

UNDERSTOOD = (
    "A spec is a name, 'module:factory', {'name': ..., parameters}, {name: weight, ...}, {'weighted': [[weight, spec], "
    "...]} (also with 'gate': spec), {'gate': spec, 'of': spec}, {'mapped': 'log_tamed', 'of': spec}, "
    "{'base': spec, 'bonus': spec, 'share': 0.4}, {'penalty': spec, 'of': spec, 'weight': 0.5}, or an expression "
    "of these such as '0.3*coverage + 0.7*gated(pairwise(k=4), gate=renders)', 'mapped(dino, fn=\"log_tamed\")' or "
    "'bonus(dino, pairwise, share=0.4)' or 'penalised(dino, penalty=a.b:letters, weight=0.5)'. A number of a mix may "
    "be a ramp, as in 'coverage + ramp(0, 0.5, steps=200)*dino'."
)
CALLS = {
    "gated": "gated(reward, gate=reward), with threshold=0.5 and bonus=0.05 if need be",
    "mapped": "mapped(reward, fn='log_tamed')",
    "bonus": "bonus(base, bonus, share=0.4)",
    "penalised": "penalised(reward, penalty=reward), with weight=0.5 if need be",
}
RAMPED = "write ramp(0, 0.5, steps=200)*reward, with start=100 if it begins later"

# A string in quotes, or a reference such as `package.module:factory`, which is no Python expression.
_REFERENCE = re.compile(r""""(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|([^\W\d][\w.]*:[^\W\d][\w.]*)""")


def parsed(text: str) -> Form:
    """Returns the normal form of an expression; names are not looked up.

    Raises:
        SpecError: It is not understood.
    """
    return _expression(_tree(text))


def _tree(text: str) -> ast.expr:
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


def _expression(node: ast.expr) -> Form:
    if isinstance(node, ast.BinOp):
        return {"weighted": [member(weight, form) for weight, form in _terms(node)]}
    return _atom(node)


def _terms(node: ast.expr) -> list[tuple[float | Ramp, Form]]:
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
            if number and not isinstance(number, Ramp):
                return _weighed(1 / number, left)
        case _ if not isinstance(node, ast.BinOp):
            return [(1.0, _atom(node))]
    raise _not_understood(node)


def _weighed(number: float | Ramp, spec: ast.expr) -> list[tuple[float | Ramp, Form]]:
    number_of(number, checked_weight)  # before it is multiplied, so that what is wrong is named
    return [(times(number, inner), form) for inner, form in _terms(spec)]


def _atom(node: ast.expr) -> Form:
    match node:
        case ast.Name(name):
            return {"name": name}
        case ast.Call(ast.Name("gated"), [inner], [ast.keyword("gate", gate), *others]):
            options = _options(node, others)
            if options.keys() <= GATE.keys():
                return gated(_expression(gate), _expression(inner), options)
        case ast.Call(ast.Name("mapped"), [inner], [ast.keyword("fn", ast.Constant(str(function)))]):
            return {"mapped": function, "of": _expression(inner)}
        case ast.Call(ast.Name("bonus"), [base, bonus]):
            options = _options(node, node.keywords)
            if options.keys() <= {"share"}:
                return with_bonus(_expression(base), _expression(bonus), options)
        case ast.Call(ast.Name("penalised"), [inner], [ast.keyword("penalty", penalty), *others]):
            options = _options(node, others)
            if options.keys() <= {"weight"}:
                return penalised(_expression(penalty), _expression(inner), options)
        case ast.Call(ast.Name(name), []) if name not in CALLS and name != "ramp":
            return leaf({"name": name, **_parameters(node, node.keywords)})
    raise _not_understood(node)


def _number(node: ast.expr) -> float | Ramp | None:
    """Returns what a number, a ramp, or a product or quotient of numbers comes to; None for anything else."""
    match node:
        case ast.Constant(int() | float() as value) if not isinstance(value, bool):
            return value
        case ast.UnaryOp(ast.USub() | ast.UAdd() as sign, operand):
            number = _number(operand)
            return number if number is None or isinstance(sign, ast.UAdd) else times(-1, number)
        case ast.BinOp(left, ast.Mult() | ast.Div() as operator, right):
            one, other = _number(left), _number(right)
            if one is None or other is None:
                return None
            if isinstance(operator, ast.Mult):
                return times(one, other)
            if isinstance(other, Ramp) or not other:
                return None
            return one.times(1 / other) if isinstance(one, Ramp) else one / other
        case ast.Call(ast.Name("ramp")):
            return _ramp(node)
    return None


def _ramp(node: ast.Call) -> Ramp:
    match node.args:
        case [first, last] if {keyword.arg for keyword in node.keywords} in ({"steps"}, {"steps", "start"}):
            ends = [_literal(end) if (number := _number(end)) is None else number for end in (first, last)]
            return checked_ramp(*ends, **_parameters(node, node.keywords))
    raise _not_understood(node)


def _options(call: ast.Call, keywords: Sequence[ast.keyword]) -> dict[str, Any]:
    """Returns what a mix takes besides rewards: numbers, which may be ramps."""
    moving = {
        keyword.arg: number for keyword in keywords if isinstance(number := _number(keyword.value), Ramp)
    }
    plain = [keyword for keyword in keywords if keyword.arg not in moving]
    return {**_parameters(call, plain), **{str(name): ramp for name, ramp in moving.items()}}


def _parameters(call: ast.Call, keywords: Sequence[ast.keyword]) -> dict[str, Any]:
    parameters = {keyword.arg: _literal(keyword.value, keyword) for keyword in keywords}
    if len(parameters) < len(keywords) or not parameters.keys().isdisjoint({"name", None}):
        raise _not_understood(call)
    return {str(name): value for name, value in parameters.items()}


def _literal(value: ast.expr, shown: ast.AST | None = None) -> object:
    try:
        return ast.literal_eval(value)
    except (ValueError, TypeError):
        raise SpecError(
            f"{ast.unparse(shown or value)!r} is not understood; a parameter is a literal, with quotes round text."
        ) from None


def _not_understood(node: ast.expr) -> SpecError:
    return SpecError(f"{ast.unparse(node)!r} is not understood{_mistake(node) or f'. {UNDERSTOOD}'}")


def _mistake(node: ast.expr) -> str:
    """Returns what is wrong about an expression, with the way out; `""` where that is anybody's guess."""
    match node:
        case ast.BinOp(_, ast.Sub(), _):
            return (
                ": no reward is subtracted, as weights are at least 0. For a penalty, write "
                "penalised(reward, penalty=reward, weight=0.5)."
            )
        case ast.BinOp(_, ast.Mult(), _):
            return (
                ": a reward is multiplied by a number only. For both at once, write gated(...) or bonus(...)."
            )
        case ast.BinOp(_, ast.Div(), _):
            return ": a reward is divided by a number only, and not by 0."
        case ast.Call(ast.Name("ramp")):
            return f": {RAMPED}."
        case ast.Call(ast.Name(name)) if name in CALLS:
            return f": write {CALLS[name]}."
        case ast.Call(ast.Name(name), [_, *_]):
            return (
                f": the parameters of {name!r} have names, as in coverage(low=0.2). Rewards are taken by "
                f"{', '.join(CALLS)} and sums only."
            )
    return ""
