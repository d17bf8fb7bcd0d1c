"""What benchmarks/raster.py tells of the builds that it compares."""

from __future__ import annotations

import sys

from places import BENCHMARKS

sys.path.insert(0, str(BENCHMARKS))

from raster import Spent, by_command, draw_table, other_pixels


def build(ms: list[float], pixels: str = "a", work: int = 1) -> dict[str, object]:
    return {"ms": ms, "pixels": pixels, "work": work}


def test_programs_that_builds_draw_or_count_differently_are_named():
    told = {
        "six/same": [build([1.0]), build([2.0])],
        "six/pixels": [build([1.0]), build([1.0], "b")],
        "six/work": [build([1.0]), build([1.0], work=2)],
    }
    assert other_pixels(told) == ["six/pixels", "six/work"]


def test_of_each_program_the_fastest_round_counts():
    told = {"six/one": [build([9.0, 4.0]), build([2.0, 8.0])], "six/two": [build([8.0]), build([4.0])]}
    table = draw_table(told, ["old", "new"], "title")
    assert [list(column.cells) for column in table.columns] == [["six"], ["6.0"], ["3.0 (2.00 x)"]]


def test_commands_are_told_from_the_longest_on_as_means_of_the_programs():
    spent = [{"fill": Spent(5.0, 2.0, 8.0), "disc": Spent(2.0, 10.0, 40.0)}, {"disc": Spent(4.0, 20.0, 60.0)}]
    found = by_command(spent)
    assert list(found.items()) == [("disc", Spent(3.0, 15.0, 50.0)), ("fill", Spent(2.5, 1.0, 4.0))]
