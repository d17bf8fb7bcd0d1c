"""Mutation of sketches: other numbers, colours, parameters, and statements left out, doubled, swapped or spliced in."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

import numpy as np

from codepaint_env.pool.studies import PARAMETER, Study
from codepaint_env.study.climb.statements import Statement, Token, statements_of, tokens_of

GROWTH = 2_000  # characters by which a program may outgrow the one that the climb began with
TRIES = 40  # changes that are tried until one changes something
STEP = 0.15  # standard deviation of a parameter's move, as a share of its range
SEEDS = 1_000_000

_COLOUR = re.compile(r"""["'](#[0-9a-fA-F]{3}|#[0-9a-fA-F]{6}|[a-z]{3,12})["']""")
_COLOURS = (
    "aqua beige black blue brown coral crimson cyan gold gray green grey indigo ivory khaki lavender lime linen "
    "magenta maroon navy olive orange orchid peru pink plum purple red salmon sienna silver snow tan teal tomato "
    "turquoise violet wheat white yellow"
)
_WORDS = (
    "abs angleMode background brush ceil cos for floor i if j k let map max Math min noise PI pop pow push r random "
    "rotate scale sin sqrt t TAU translate TWO_PI x y"
)
_NAMED = frozenset(_COLOURS.split())
_KNOWN = frozenset(_WORDS.split())
_HALVES = (["brush", "vertex"], ["brush", "beginShape"], ["brush", "endShape"])

Change = Callable[[str, np.random.Generator, Sequence[str]], str]


def mutate(program: str, rng: np.random.Generator, donors: Sequence[str], longest: int) -> str:
    """Returns a program with one to a few changes; one that could be read by JavaScript still can.

    Args:
        program: A sketch, or a study: its parameters move within what its head allows.
        rng: What is changed, and how.
        donors: Statements of other programs that may be spliced in.
        longest: Characters that the program may have.
    """
    wanted, done = int(rng.geometric(0.5)), 0
    changes = _WITH_PARAMETERS if PARAMETER.search(program) else _CHANGES
    names, weights = list(changes), np.array(list(changes.values()))
    found = program
    for _ in range(TRIES):
        change = names[int(rng.choice(len(names), p=weights / weights.sum()))]
        changed = change(found, rng, donors)
        if changed != found and len(changed) <= longest:
            found, done = changed, done + 1
        if done == wanted:
            break
    return found


def donors_of(programs: Sequence[str]) -> list[str]:
    """Returns the statements of programs that need nothing of the program in which they stand, each once."""
    found: dict[str, None] = {}
    for program in programs:
        for each in statements_of(tokens_of(program)):
            text = program[each.start : each.end]
            if _stands_alone(tokens_of(text)):
                found[text] = None
    return list(found)


def _stands_alone(tokens: Sequence[Token]) -> bool:
    if any(token.text == "=>" for token in tokens):
        return False
    before = ["", *(token.text for token in tokens)]
    words = [
        token.text
        for token, last in zip(tokens, before, strict=False)
        if token.kind == "word" and last != "."
    ]
    declared = {token.text for token, last in zip(tokens, before, strict=False) if last in ("let", "const")}
    loop = {"i", "j", "k", "r", "t", "x", "y"} - declared
    if [tokens[0].text, *(token.text for token in tokens[2:3])] in _HALVES or words[:1] in (
        ["push"],
        ["pop"],
    ):
        return False
    return set(words) <= (_KNOWN | declared | {"const"}) - loop


def _parameter(program: str, rng: np.random.Generator, donors: Sequence[str]) -> str:
    """Moves one parameter of a study: another word, a number nearby, another seed."""
    study = Study("", program)
    parameter = study.parameters[int(rng.integers(len(study.parameters)))]
    value: str | float
    if parameter.choices:
        value = parameter.choices[int(rng.integers(len(parameter.choices)))]
    elif parameter.high == SEEDS and parameter.digits == 0:
        value = int(rng.integers(1, SEEDS + 1))
    else:
        now = float(study.written[parameter.name])
        moved = now + STEP * (parameter.high - parameter.low) * float(rng.normal())
        value = round(min(max(moved, parameter.low), parameter.high), parameter.digits)
        value = int(value) if parameter.digits == 0 else value
    return study.with_values({parameter.name: value})


def _number(program: str, rng: np.random.Generator, donors: Sequence[str]) -> str:
    """Changes one number, mostly by a factor near 1; sometimes its sign."""
    tokens = tokens_of(program)
    kept = _fixed(program)
    places = [
        place
        for place, token in enumerate(tokens)
        if token.kind == "number" and "x" not in token.text.lower() and not _within(token.start, kept)
    ]
    if not places:
        return program
    place = places[int(rng.integers(len(places)))]
    token = tokens[place]
    value = float(token.text)
    after = tokens[place + 1].text if place + 1 < len(tokens) else ""
    if rng.random() < 0.1 and after not in (":", "."):
        written = f"(-{token.text})"
    else:
        written = _near(value, "." not in token.text and "e" not in token.text.lower(), rng)
    return program[: token.start] + written + program[token.end :]


def _near(value: float, whole: bool, rng: np.random.Generator) -> str:
    if value == 0:
        return f"{rng.uniform(0, 40):.0f}" if rng.random() < 0.5 else f"{rng.random():.2f}"
    moved = value * float(np.exp(0.35 * rng.normal()))
    moved = min(moved, 10_000.0)
    if not whole:
        return f"{moved:.3f}"
    if value > 3:
        return str(round(moved) + (round(moved) == value) * int(rng.choice([-1, 1])))
    return f"{moved:.2f}" if rng.random() < 0.5 else str(max(0, int(value) + int(rng.choice([-1, 1]))))


def _colour(program: str, rng: np.random.Generator, donors: Sequence[str]) -> str:
    """Changes one colour: a shade nearby, one of the program's own, or any."""
    found = [
        token
        for token in tokens_of(program)
        if token.kind == "text" and _is_colour(token.text) and not _within(token.start, _fixed(program))
    ]
    if not found:
        return program
    token, way = found[int(rng.integers(len(found)))], rng.random()
    if way < 0.15:
        written = found[int(rng.integers(len(found)))].text
    elif way < 0.3 or "#" not in token.text:
        written = _hex(rng.integers(0, 256, 3))
    else:
        digits = token.text[2:-1]
        digits = "".join(2 * digit for digit in digits) if len(digits) == 3 else digits
        levels = np.array([int(digits[at : at + 2], 16) for at in (0, 2, 4)])
        written = _hex((levels + rng.normal(0, 30, 3)).round().clip(0, 255).astype(int))
    return program[: token.start] + written + program[token.end :]


def _is_colour(text: str) -> bool:
    found = _COLOUR.fullmatch(text)
    return found is not None and (found[1][0] == "#" or found[1] in _NAMED)


def _hex(levels: Sequence[int] | np.ndarray) -> str:
    return '"#' + "".join(f"{int(level):02x}" for level in levels) + '"'


def _double(program: str, rng: np.random.Generator, donors: Sequence[str]) -> str:
    """Writes a statement twice, the second time with one number changed."""
    if (one := _one(program, rng)) is None:
        return program
    copied = _number(program[one.start : one.end], rng, donors)
    return f"{program[: one.end]} {copied}{program[one.end :]}"


def _leave_out(program: str, rng: np.random.Generator, donors: Sequence[str]) -> str:
    if (one := _one(program, rng)) is None:
        return program
    return program[: one.start] + program[one.end :]


def _swap(program: str, rng: np.random.Generator, donors: Sequence[str]) -> str:
    """Swaps two statements of one body."""
    found = statements_of(tokens_of(program))
    if (one := _one(program, rng)) is None:
        return program
    others = [each for each in found if each.block == one.block and each != one]
    if not others:
        return program
    first, second = sorted(
        (one, others[int(rng.integers(len(others)))]), key=lambda statement: statement.start
    )
    return (
        program[: first.start]
        + program[second.start : second.end]
        + program[first.end : second.start]
        + program[first.start : first.end]
        + program[second.end :]
    )


def _splice(program: str, rng: np.random.Generator, donors: Sequence[str]) -> str:
    """Puts one to three statements of other programs before one of this."""
    if not donors or (one := _one(program, rng)) is None:
        return program
    taken = [donors[int(rng.integers(len(donors)))] for _ in range(int(rng.integers(1, 4)))]
    return program[: one.start] + " ".join(taken) + " " + program[one.start :]


def _one(program: str, rng: np.random.Generator) -> Statement | None:
    found = statements_of(tokens_of(program))
    return found[int(rng.integers(len(found)))] if found else None


def _fixed(program: str) -> list[tuple[int, int]]:
    """Returns what no number and no colour is changed in: lines of parameters, and the size of the canvas."""
    lines = [line.span() for line in PARAMETER.finditer(program)]
    return lines + [size.span() for size in re.finditer(r"createCanvas\([^)]*\)", program)]


def _within(place: int, spans: Sequence[tuple[int, int]]) -> bool:
    return any(start <= place < end for start, end in spans)


_CHANGES: dict[Change, float] = {
    _number: 0.42,
    _colour: 0.2,
    _splice: 0.12,
    _double: 0.12,
    _leave_out: 0.09,
    _swap: 0.05,
}
_WITH_PARAMETERS: dict[Change, float] = {_parameter: 1.0, **_CHANGES}
