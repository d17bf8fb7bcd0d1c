"""Lists of calls as programs record them, with extreme values: for comparing two ways to play them."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Sequence
from typing import Any

UNDEFINED = {"u": 1}
ODD = (0, 0, -1, 1e-300, -1e-14, 1e-9, 0.5, 1, 2, 89.9, 359.999, 720, 1e3, 1e4, -1e4, 1e6, 1e9, 1e300, -1e300)
NO_NUMBERS = (None, UNDEFINED, "3", "", "x", True, [], [7])
BRUSHES = ("pen", "rotring", "2B", "HB", "2H", "cpencil", "pastel", "crayon", "charcoal", "spray", "marker")
COLOURS = ("#a33", "#224466", "white")
FIELDS = ("hand", "curved", "zigzag", "waves", "seabed", "spiral", "columns")


def extreme_calls(case: int) -> tuple[str, str]:
    """Returns a list of calls and p5.brush's first random numbers, as JSON; the same for the same number."""
    source = random.Random(case)
    values = _Values(source)
    calls: list[tuple[str, Sequence[Any]]] = [("$size", [512, 512]), ("$presetup", [])]
    calls += [
        _view(values),
        ("set", [source.choice(BRUSHES), source.choice(COLOURS), source.choice([1, 2, 0.3])]),
    ]
    calls += (
        [("fill", [source.choice(COLOURS), source.choice([40, 100, 180])])] if source.random() < 0.7 else []
    )
    for _ in range(source.randint(1, 12)):
        calls += source.choice(KINDS)(values)
    calls += [("$postsetup", []), ("$predraw", []), ("$postdraw", [])]
    return json.dumps(calls), json.dumps([source.random() for _ in range(4)])


class _Values:
    """Arguments: mostly sensible ones, some at the edge, a few that are no numbers."""

    def __init__(self, source: random.Random) -> None:
        self.source = source
        self.oddness = source.choice([0, 0, 0.01, 0.03, 0.1, 0.3])

    def number(self, low: float, high: float) -> Any:
        """Returns a number from a range, or something else."""
        drawn = self.source.random()
        if drawn < self.oddness / 5:
            return self.source.choice(NO_NUMBERS)
        return self.source.choice(ODD) if drawn < self.oddness else self.source.uniform(low, high)

    def numbers(self, count: int, low: float, high: float) -> list[Any]:
        """Returns so many of them."""
        return [self.number(low, high) for _ in range(count)]

    def points(self) -> list[list[Any]]:
        """Returns vertices: any, equal ones, on a line, or of a star."""
        count = self.source.choice([0, 1, 2, 3, 3, 4, 5, 6, 9, 12, 30, 200])
        kind = self.source.choice(["any", "equal", "level", "small", "huge"])
        if kind == "equal":
            return [self.numbers(2, -200, 200)] * count
        size = {"small": 2, "huge": 30_000}.get(kind, 200)
        points = [self.numbers(2, -size, size) for _ in range(count)]
        return [[x, 17] for x, _ in points] if kind == "level" else points


def _view(values: _Values) -> tuple[str, Sequence[Any]]:
    source = values.source
    plain = [1, 0, 0, 1, 0, 0] if source.random() < 0.6 else [source.uniform(-2, 2) for _ in range(6)]
    return "$view", [*plain, source.randint(0, 1)]


def _shape(values: _Values) -> list[tuple[str, Sequence[Any]]]:
    vertices = [("vertex", [*point, values.number(0, 2)]) for point in values.points()]
    if len(vertices) < 2:
        return []
    return [("beginShape", [values.number(0, 1)]), *vertices, ("endShape", [values.source.random() < 0.5])]


def _stroke(values: _Values) -> list[tuple[str, Sequence[Any]]]:
    kind = values.source.choice(["curve", "segments"])
    moves = [
        ("move", [values.number(-400, 400), values.number(0, 150), values.number(0, 2)])
        for _ in range(values.source.randint(1, 6))
    ]
    start = ("beginStroke", [kind, *values.numbers(2, -200, 200)])
    return [start, *moves, ("endStroke", values.numbers(2, 0, 2))]


def _add(values: _Values) -> list[tuple[str, Sequence[Any]]]:
    source = values.source
    gaussian = {"curve": values.numbers(2, 0, 0.5), "min_max": values.numbers(2, 0.5, 1.5)}
    pressure = source.choice([{"o": gaussian}, values.numbers(2, 0, 2), values.numbers(3, 0, 2)])
    names = ("weight", "scatter", "sharpness", "grain", "opacity", "spacing", "noise")
    highs = (3, 8, 1, 3, 200, 1, 1)
    fields = {name: values.number(0.05, high) for name, high in zip(names, highs, strict=True)}
    fields |= {"type": source.choice(["default", "marker", "spray", UNDEFINED]), "pressure": pressure}
    fields["markerTip"] = source.random() < 0.5
    # What p5.brush would take steps of for ever is a matter of work limits, tested elsewhere.
    if not isinstance(fields["spacing"], (int, float)) or not 0.02 <= fields["spacing"] <= 50:
        fields["spacing"] = 0.3
    return [("add", ["own", {"o": fields}]), ("set", ["own", source.choice(COLOURS), values.number(0.2, 4)])]


def _one(name: str, arguments: Callable[[_Values], Sequence[Any]]) -> Callable[[_Values], list[Any]]:
    return lambda values: [(name, arguments(values))]


KINDS: tuple[Callable[[_Values], list[tuple[str, Sequence[Any]]]], ...] = (
    _shape,
    _shape,
    _stroke,
    _stroke,
    _add,
    _one("circle", lambda v: [*v.numbers(3, -200, 200), v.source.random() < 0.3]),
    _one("rect", lambda v: v.numbers(4, -200, 200)),
    _one("arc", lambda v: [*v.numbers(3, -150, 150), *v.numbers(2, -400, 400)]),
    _one("line", lambda v: v.numbers(4, -300, 300)),
    _one("flowLine", lambda v: [*v.numbers(3, -250, 250), v.number(-400, 400)]),
    _one("polygon", lambda v: [v.points()]),
    _one("polygon", lambda v: [v.points()]),
    _one("spline", lambda v: [[[*point, 1] for point in v.points()], v.number(0, 1)]),
    _one("fill", lambda v: [v.source.choice(COLOURS), v.number(0, 255)]),
    _one("noFill", lambda v: []),
    _one("fillBleed", lambda v: [v.number(0, 1), v.source.choice(["out", "in", "x"]), v.number(-400, 400)]),
    _one("fillBleed", lambda v: [v.number(0, 0.4), v.source.choice(["out", "in"])]),
    _one("fillTexture", lambda v: [*v.numbers(2, 0, 1), v.source.choice([True, False, None, UNDEFINED])]),
    _one("wash", lambda v: [v.source.choice(COLOURS), v.number(0, 255)]),
    _one("hatch", lambda v: [v.source.uniform(2, 30), v.number(-400, 400), _hatching(v)]),
    _one("noHatch", lambda v: []),
    _one("set", lambda v: [v.source.choice(BRUSHES), v.source.choice(COLOURS), v.number(0.2, 4)]),
    _one("strokeWeight", lambda v: [v.number(0.1, 6)]),
    _one("noStroke", lambda v: []),
    _one("field", lambda v: [v.source.choice(FIELDS)]),
    _one("wiggle", lambda v: [v.number(0, 3)]),
    _one("noField", lambda v: []),
    _one("refreshField", lambda v: [v.number(0, 9)]),
    _one("seed", lambda v: [v.number(0, 99)]),
    _one("noiseSeed", lambda v: [v.number(0, 99)]),
    _one("$push", lambda v: []),
    _one("$pop", lambda v: []),
    lambda v: [_view(v)],
)


def _hatching(values: _Values) -> dict[str, Any]:
    source = values.source
    return {
        "o": {
            "rand": source.choice([False, values.number(0, 1)]),
            "continuous": source.random() < 0.3,
            "gradient": source.choice([False, values.number(0, 1)]),
        }
    }
