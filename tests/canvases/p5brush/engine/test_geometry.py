"""C computes what p5.brush computes: the same stream of commands and the same work, to the byte.

`benchmarks/geometry.py` looks at every program that ships; p5.brush alone is the oracle.
"""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys

import pytest

from places import BENCHMARKS, PROGRAMS

sys.path.insert(0, str(BENCHMARKS))

from render_parts.calls import extreme_calls
from render_parts.streams import Ends, Players, record

WORK = 12e9
NUMBERS = "[0.1, 0.2, 0.3, 0.4]"
OUTLINE = [[-90, -70], [80, -60], [100, 40], [10, 90], [-80, 60]]


class OnOneLoop:
    """Two ways to play calls; isolates live on one event loop."""

    def __init__(self) -> None:
        self._runner = asyncio.Runner()
        self._players = Players()

    def play(self, calls: str, numbers: str, work: float) -> Ends:
        async def both() -> Ends:
            return self._players.play(calls, numbers, work)

        return self._runner.run(both())

    def record(self, program: str) -> tuple[str, str] | None:
        return self._runner.run(record(program, 3))

    def close(self) -> None:
        async def end() -> None:
            self._players.close()

        self._runner.run(end())
        self._runner.close()


@pytest.fixture(scope="module")
def players():
    both = OnOneLoop()
    yield both
    both.close()


def calls_of(*calls: tuple[str, list[object]]) -> str:
    start = [("$size", [512, 512]), ("$presetup", []), ("set", ["HB", "#234", 1])]
    return json.dumps([*start, *calls, ("$postsetup", []), ("$predraw", []), ("$postdraw", [])])


CASES = {
    "a fill that bleeds out": [("fill", ["#a33", 120]), ("polygon", [OUTLINE])],
    "a fill that bleeds in, much": [
        ("fill", ["#a33", 120]),
        ("fillBleed", [0.9, "in"]),
        ("polygon", [OUTLINE]),
    ],
    "a fill without texture": [("fill", ["#a33", 90]), ("fillTexture", [0, 1]), ("polygon", [OUTLINE])],
    "a fill that is not scattered": [
        ("fill", ["#a33", 90]),
        ("fillTexture", [1, 0, False]),
        ("polygon", [OUTLINE]),
    ],
    "a fill without area": [("fill", ["#a33", 90]), ("polygon", [[[5, 5]] * 4])],
    "a turned fill": [
        ("$view", [0.3, 0.9, -0.9, 0.3, 20, -30, 1]),
        ("fill", ["#a33", 90]),
        ("circle", [0, 0, 80]),
    ],
    "a fill partly off the sheet": [("fill", ["#a33", 90]), ("circle", [240, -250, 90])],
    "a line": [("line", [-100, -20, 130, 80])],
    "a line in a field": [("field", ["curved"]), ("flowLine", [-100, -20, 400, 30])],
    "a line that leaves its field": [("field", ["waves"]), ("flowLine", [700, 20, 900, 10])],
    "a line off the sheet": [("line", [900, 900, 1300, 1000])],
    "a plot": [("spline", [[[-100, 0, 1], [0, 60, 0.2], [90, -40, 2]], 0.6])],
    "a plot in a field": [("field", ["zigzag"]), ("wiggle", [2]), ("circle", [0, 0, 90])],
    "a marker": [("set", ["marker", "#234", 3]), ("line", [-100, 0, 100, 40])],
    "a pressure of a list": [("set", ["crayon", "#234", 2]), ("line", [-100, 0, 100, 40])],
    "hatching": [
        ("hatch", [6, 40, {"o": {"rand": 0.2, "continuous": True, "gradient": 0.4}}]),
        ("polygon", [OUTLINE]),
    ],
    "a new seed between strokes": [
        ("line", [-100, 0, 100, 40]),
        ("seed", [7]),
        ("line", [-60, 0, 60, 40]),
        ("fill", ["#a33", 90]),
        ("polygon", [OUTLINE]),
    ],
}


@pytest.mark.parametrize("name", CASES)
def test_c_writes_the_stream_that_p5_brush_writes(players, name):
    ends = players.play(calls_of(*CASES[name]), NUMBERS, WORK)
    assert (ends.kind, ends.agree) == ("drawn", True)
    assert ends.by_c > 0
    assert ends.plain == 0


LEFT_TO_P5_BRUSH = {
    "sprays": [("set", ["spray", "#234", 1]), ("line", [-50, 0, 50, 40])],
    "vertices that are words": [
        ("fill", ["#a33", 90]),
        ("noStroke", []),
        ("polygon", [[["1", 2], [90, "3"], [50, 80]]]),
    ],
    "a bleed that is no number": [
        ("fill", ["#a33", 90]),
        ("fillBleed", ["x"]),
        ("noStroke", []),
        ("polygon", [OUTLINE[:3]]),
    ],
}


@pytest.mark.parametrize("name", LEFT_TO_P5_BRUSH)
def test_what_c_does_not_cover_goes_on_through_p5_brush(players, name):
    ends = players.play(calls_of(*LEFT_TO_P5_BRUSH[name]), NUMBERS, 1e8)
    assert ends.agree
    assert ends.by_c == 0


@pytest.mark.parametrize("share", [0.02, 0.3, 0.5, 0.77, 0.99])
def test_both_ways_refuse_the_same_call_where_work_runs_out(players, share):
    calls = calls_of(*(call for name in CASES for call in CASES[name]))
    whole = players.play(calls, NUMBERS, WORK)
    ends = players.play(calls, NUMBERS, share * whole.spent)
    assert (ends.kind, ends.agree) == ("refused", True)


def test_another_stream_or_other_work_is_noticed(players, monkeypatch):
    calls = calls_of(*CASES["a fill that bleeds out"])
    played = Players._play_one
    for other in (
        lambda kind, spent, stream: (kind, spent + 1e-6, stream),
        lambda kind, spent, _: (kind, spent, ""),
    ):

        def play(self, is_plain, *rest, other=other):
            ends = played(self, is_plain, *rest)
            return ends if is_plain else other(*ends)

        monkeypatch.setattr(Players, "_play_one", play)
        assert not players.play(calls, NUMBERS, WORK).agree


def test_programs_of_other_hands_give_one_stream_both_ways(players):
    for path in sorted((PROGRAMS / "outside").glob("*.js"))[5::30]:
        recorded = players.record(path.read_text(encoding="utf-8"))
        assert recorded is not None
        ends = players.play(*recorded, WORK)
        assert ends.agree, path.name
        assert ends.by_c > 0


def test_thirty_lists_of_extreme_calls_end_alike_both_ways(players):
    differ = [case for case in range(30) if not players.play(*extreme_calls(case), 5e7).agree]
    assert differ == []


@pytest.mark.full
def test_500_lists_of_extreme_calls_and_some_programs_end_alike_both_ways(tmp_path):
    path = tmp_path / "geometry.json"
    command = [
        sys.executable,
        str(BENCHMARKS / "geometry.py"),
        "--quick",
        "--cases",
        "500",
        "--json",
        str(path),
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    told = json.loads(path.read_text(encoding="utf-8"))
    assert told["identical"]
    assert sum(row["by_c"] for row in told["rows"]) > 100
