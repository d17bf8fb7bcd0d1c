"""The functions of Math in maths.wasm and raster.wasm: correctly rounded, and with JavaScript's special cases."""

from __future__ import annotations

import math
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from py_mini_racer import MiniRacer

from codepaint_env.canvases.p5brush.engine import build

SPECIAL = [
    0.0,
    -0.0,
    math.inf,
    -math.inf,
    math.nan,
    1.0,
    -1.0,
    2.0,
    -2.0,
    3.0,
    -3.0,
    0.5,
    -0.5,
    1e300,
    -5e-324,
]
CASES = [
    (name, [float.fromhex(number) for number in numbers])
    for name, *numbers in map(str.split, (Path(__file__).parent / "maths.txt").read_text().splitlines())
    if name != "#"
]
NAMES = list(dict.fromkeys(name for name, _ in CASES))
TWO = ["atan2", "pow"]
ROUGH = ["sinh", "cosh", "tanh", "asinh", "acosh", "atanh", "cbrt"]  # C libraries err by up to 4 ulps here


class Functions:
    """The functions as math.js puts them on Math, and V8's own, in an isolate."""

    def __init__(self, name: str) -> None:
        wasm = (build.HERE / name).read_bytes()
        self.context = MiniRacer()
        room: Any = self.context.eval(f"globalThis.bytes = new ArrayBuffer({len(wasm)})")
        room[:] = wasm
        script = (build.HERE / "math.js").read_text(encoding="utf-8")
        self.context.eval(
            "globalThis.wasm = new WebAssembly.Instance(new WebAssembly.Module(bytes), {}).exports;"
            f"globalThis.ours = ({script.strip().removesuffix(';')})(wasm); 0"
        )

    def call(self, name: str, rows: list[tuple[float, ...]], owner: str = "ours") -> list[float]:
        """Returns what a function makes of each row of arguments."""
        given = np.array([row if len(row) == 2 else (*row, 0.0) for row in rows], np.float64).tobytes()
        room: Any = self.context.eval(f"globalThis.given = new ArrayBuffer({len(given)})")
        room[:] = given
        answer: Any = self.context.eval(
            f"(() => {{ const f = {owner}.{name}, x = new Float64Array(given), y = new Float64Array(x.length / 2);"
            "for (let i = 0; i < y.length; i++) y[i] = f(x[2 * i], x[2 * i + 1]); return y; })()"
        )
        return [float(number) for number in np.frombuffer(bytes(answer), np.float64)]


@pytest.fixture(scope="module", params=list(build.TARGETS))
def functions(request: pytest.FixtureRequest) -> Iterator[Functions]:
    functions = Functions(request.param)
    yield functions
    functions.context.close()


def python_says(name: str, row: tuple[float, ...]) -> float:
    """Returns the value of Python's function, which is the C library's."""
    try:
        return float(getattr(math, name)(*row))
    except OverflowError:
        return math.inf if row[0] > 0 or name == "cosh" else -math.inf


def arguments(name: str, numbers: random.Random) -> tuple[float, ...]:
    """Returns arguments that the function is defined for."""
    size = 10 ** numbers.uniform(-9, 9)
    if name == "atan2":
        return numbers.uniform(-9, 9), numbers.choice([-1, 1]) * size
    if name == "pow":
        return (
            (size, numbers.uniform(-40, 40))
            if numbers.random() < 0.5
            else (-size, float(numbers.randint(-40, 40)))
        )
    if name in ("asin", "acos", "atanh"):
        return (numbers.choice([-1, 1]) * min(1, 10 ** numbers.uniform(-9, 0)),)
    if name == "acosh":
        return (1 + size,)
    if name.startswith("log"):
        return (size,)
    if name in ("sinh", "cosh", "exp", "expm1"):
        return (
            numbers.uniform(-720, 720) if numbers.random() < 0.5 else math.copysign(min(size, 50), size - 1),
        )
    return (numbers.choice([-1, 1]) * size,)


@pytest.mark.parametrize("name", NAMES)
def test_the_hardest_cases_are_rounded_to_the_nearest_double(functions: Functions, name: str) -> None:
    rows = [tuple(numbers[:-1]) for case, numbers in CASES if case == name]
    expected = [numbers[-1] for case, numbers in CASES if case == name]
    assert len(rows) > 12
    for row, ours, right in zip(rows, functions.call(name, rows), expected, strict=True):
        assert ours.hex() == right.hex(), (name, *map(float.hex, row))


@pytest.mark.parametrize("name", NAMES)
def test_random_arguments_give_what_python_gives_but_for_its_last_bit(
    functions: Functions, name: str
) -> None:
    numbers = random.Random(name)
    rows = [arguments(name, numbers) for _ in range(2000)]
    equal, ulps = 0, 4 if name in ROUGH else 1
    for row, ours in zip(rows, functions.call(name, rows), strict=True):
        theirs = python_says(name, row)
        equal += ours == theirs
        assert ours == theirs or abs(ours - theirs) <= ulps * math.ulp(theirs), (name, row)
    assert name in ROUGH or equal > 0.7 * len(rows)


@pytest.mark.parametrize("name", NAMES)
def test_special_cases_are_those_of_javascript(functions: Functions, name: str) -> None:
    rows: list[tuple[float, ...]] = (
        [(a, b) for a in SPECIAL for b in SPECIAL] if name in TWO else [(a,) for a in SPECIAL]
    )
    ours, v8 = functions.call(name, rows), functions.call(name, rows, "Math")
    for row, value, standard in zip(rows, ours, v8, strict=True):
        if math.isfinite(standard) and standard not in (0, 1, -1):
            assert abs(value - standard) <= math.ulp(standard), (name, row)
        else:
            assert repr(value) == repr(standard), (name, row)


def test_a_sine_is_odd_and_a_cosine_even_to_the_last_bit(functions: Functions) -> None:
    numbers = random.Random(2)
    rows: list[tuple[float, ...]] = [
        (numbers.uniform(0, 10 ** numbers.uniform(-3, 12)),) for _ in range(1000)
    ]
    mirrored: list[tuple[float, ...]] = [(-x,) for (x,) in rows]
    assert functions.call("sin", mirrored) == [-y for y in functions.call("sin", rows)]
    assert functions.call("cos", mirrored) == functions.call("cos", rows)


def test_powers_of_two_and_ten_have_whole_logarithms(functions: Functions) -> None:
    exponents = range(-1074, 1024)
    assert functions.call("log2", [(2.0**n,) for n in exponents]) == list(exponents)
    assert functions.call("log10", [(float(f"1e{n}"),) for n in range(23)]) == list(range(23))
    assert functions.call("pow", [(2.0, float(n)) for n in exponents]) == [2.0**n for n in exponents]
    assert functions.call("cbrt", [(float(n**3),) for n in range(-999, 1000)]) == list(range(-999, 1000))


def test_whole_powers_are_those_of_exact_arithmetic(functions: Functions) -> None:
    numbers = random.Random(3)
    rows = [(numbers.randint(1, 1 << numbers.randint(2, 53)), numbers.randint(2, 19)) for _ in range(3000)]
    ours = functions.call("pow", [(float(x), float(n)) for x, n in rows])
    for (x, n), value in zip(rows, ours, strict=True):
        assert value == float(x**n), (x, n)  # Python rounds whole numbers to the nearest double, ties to even
