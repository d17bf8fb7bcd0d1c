"""What benchmarks/render.py decides: when it may keep figures, what two commits are compared on, what that says."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from places import BENCHMARKS
from rewards.errors import SpecError

sys.path.insert(0, str(BENCHMARKS))

from render_parts.conditions import KEPT, Conditions, check_quiet, wait_until_quiet
from render_parts.figures import Figures, Render, Turn, workers_of
from render_parts.tables import draw_tables
from render_parts.versus.checkout import checkout
from render_parts.versus.command import draw_table, report
from render_parts.versus.program_sets import load_sets
from render_parts.versus.rounds import Batch, Pair, changed, compare, interleave, make_batches
from render_parts.versus.side import Measured
from render_parts.versus.waterfall import draw_waterfall, heaviest, least_of, phases_of
from render_parts.ways import Program

BUSY, QUIET = Conditions(2, 0.51), Conditions(2, 0.5)
ONE = Program("light", "one", Path("one.js"), "// one")
TWO = Program("light", "two", Path("two.js"), "// two")


def measured(seconds: float, pixels: str = "a") -> Measured:
    return Measured(seconds, 2 * seconds, seconds / 10, (pixels,), {"raster": seconds / 2})


class Recording:
    """A side that notes what it is asked to draw, and takes as long as it is told."""

    def __init__(self, name: str, seconds: float, asked: list[tuple[str, list[tuple[str, int]]]]) -> None:
        self._name, self._seconds, self._asked = name, seconds, asked

    def draw(self, batch: Sequence[tuple[str, int]]) -> Measured:
        self._asked.append((self._name, list(batch)))
        return measured(self._seconds)


def test_the_kept_result_is_refused_when_the_machine_is_busy():
    with pytest.raises(
        SpecError, match=r"load average is 0\.51; docs/speed\.json and docs/benchmark_render\.svg"
    ):
        check_quiet(BUSY, [KEPT / "speed.json", KEPT / "benchmark_render.svg"])


def test_other_files_may_be_written_on_a_busy_machine_and_the_kept_result_on_a_quiet_one(tmp_path):
    check_quiet(BUSY, [tmp_path / "speed.json", None])
    check_quiet(QUIET, [KEPT / "speed.json"])


def test_a_path_that_leads_to_docs_by_detours_is_the_kept_result_too():
    with pytest.raises(SpecError):
        check_quiet(BUSY, [KEPT / "../benchmarks/../docs/speed.json"])


def test_waiting_ends_when_the_machine_is_quiet_or_the_time_is_up():
    loads, slept = iter([2.0, 0.9, 0.4]), []
    found = wait_until_quiet(600, looked=lambda: Conditions(2, next(loads)), sleep=slept.append)
    assert (found.load, len(slept)) == (0.4, 2)
    slept.clear()
    found = wait_until_quiet(10, looked=lambda: BUSY, sleep=slept.append)
    assert (found, sum(slept)) == (BUSY, 10)


def test_every_table_states_workers_cores_and_load():
    turns = [
        Turn(0, way, block, 1.0, 1.0, (Render(f"{block}/x", 0, "same", 1.0, {"raster": (0.5, None)}),))
        for way in ("engine-1", "engine-2")
        for block in ("light", "medium", "heavy")
    ]
    figures = Figures(turns, {"light": 1, "medium": 1, "heavy": 1})
    for table in draw_tables(figures, QUIET):
        assert "2 cores, load 0.50 before" in str(table.title)
        assert list(table.columns[1].cells) == ["1", "2"]
    assert figures.workers_behind("scaling_2_workers") == "2 against 1"
    assert figures.workers_behind("identical_fraction") == "1 and 2"
    assert workers_of(str(figures.best("engine"))) == int(figures.workers_behind("mixed_ratio_puppeteer"))
    assert QUIET.state(1) == "1 worker, 2 cores, load 0.50 before"


def test_one_worker_draws_programs_one_by_one_and_several_draw_a_set_at_once():
    assert [batch.name for batch in make_batches({"light": [ONE, TWO]}, 1, 2)] == ["one", "two"]
    (whole,) = make_batches({"light": [ONE, TWO]}, 2, 2)
    assert (whole.name, len(whole.programs)) == ("light", 4)


def test_both_sides_draw_the_same_batches_by_turns_and_each_begins_sometimes():
    asked: list[tuple[str, list[tuple[str, int]]]] = []
    before, after = Recording("before", 2.0, asked), Recording("after", 1.0, asked)
    pairs = interleave(before, after, make_batches({"light": [ONE, TWO]}, 1, 1), 8, 1)
    assert len(pairs) == 16
    assert len(asked) == 2 * 2 * 9  # the first round is not counted
    for first, second in zip(asked[::2], asked[1::2], strict=True):
        assert {first[0], second[0]} == {"before", "after"}
        assert first[1] == second[1]
    assert {name for name, _ in asked[::2]} == {"before", "after"}
    assert all((pair.before.wall_s, pair.after.wall_s) == (2.0, 1.0) for pair in pairs)


def test_copies_of_a_program_take_different_seeds():
    asked: list[tuple[str, list[tuple[str, int]]]] = []
    side = Recording("side", 1.0, asked)
    interleave(side, side, make_batches({"light": [ONE]}, 2, 3), 1, 1)
    assert asked[0][1] == [("// one", 0), ("// one", 1), ("// one", 2)]


def test_ratios_are_taken_within_a_round_and_seconds_are_medians():
    one, two = Batch("one", "light", (ONE,)), Batch("two", "light", (TWO,))
    pairs = [
        Pair(0, one, measured(2.0), measured(1.0)),
        Pair(0, two, measured(4.0), measured(1.0)),
        Pair(1, one, measured(20.0), measured(10.0)),  # both are slow together
        Pair(1, two, measured(40.0), measured(10.0)),
        Pair(2, one, measured(2.0), measured(2.0)),
        Pair(2, two, measured(2.0), measured(2.0)),
    ]
    (row,) = compare(pairs, ["light"])
    assert row.ratio["wall_s"] == 3.0
    assert (row.before["wall_s"], row.after["wall_s"]) == ((2.0 + 4.0) / 2, (2.0 + 2.0) / 2)
    assert row.phases["raster"] == (1.5, 1.0)
    title = str(draw_table([row], QUIET.state(1)).title)
    assert "1 worker, 2 cores, load 0.50 before" in title
    told = report("abc", [row], pairs, QUIET, 1, 3)
    assert (told["workers"], told["cores"], told["load_before"]) == (1, 2, 0.5)


def test_other_pixels_are_told_by_the_program_that_has_them():
    one, two = Batch("one", "light", (ONE,)), Batch("two", "light", (TWO,))
    pairs = [Pair(0, one, measured(1), measured(1)), Pair(0, two, measured(1), measured(1, "b"))]
    assert changed(pairs) == ["two"]


def test_the_sets_hold_programs_and_an_unknown_one_is_refused():
    found = load_sets(["six", "studies", "slow"])
    assert {name: len(programs) for name, programs in found.items()} == {"six": 6, "studies": 10, "slow": 5}
    with pytest.raises(SpecError, match="studios"):
        load_sets(["studios"])


def test_a_commit_is_checked_out_beside_this_one_and_removed_again(tmp_path):
    def git(*words: str) -> str:
        command = ["git", "-c", "user.name=n", "-c", "user.email=e@example.org", *words]
        return subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True).stdout

    git("init", "-q")
    for text in ("old", "new"):
        (tmp_path / "file").write_text(text, encoding="utf-8")
        git("add", "file")
        git("commit", "-q", "-m", text)
    with checkout("HEAD~1", tmp_path) as tree:
        assert (tree / "file").read_text(encoding="utf-8") == "old"
    assert not tree.exists()
    assert len(git("worktree", "list").splitlines()) == 1
    with pytest.raises(SpecError, match="nowhere"), checkout("nowhere", tmp_path):
        pass


def test_a_waterfall_is_of_what_took_longest_before():
    light, heavy = (Batch(name, "six", ()) for name in ("light", "heavy"))
    pairs = [Pair(number, light, measured(1.0), measured(9.0)) for number in range(3)]
    pairs += [Pair(number, heavy, measured(5.0), measured(float(number))) for number in range(3)]
    assert heaviest(pairs) == Pair(1, heavy, measured(5.0), measured(1.0))


def test_what_no_phase_holds_is_the_rest():
    told = phases_of(0.25, {"record": 0.02, "raster": 0.13, "queue": 9.0})
    assert told == pytest.approx({"start": 0, "record": 20, "geometry": 0, "raster": 130, "the rest": 100})


def test_a_waterfall_tells_each_part():
    row = {"start": 1.0, "record": 2.0, "geometry": 300.0, "raster": 500.0, "the rest": 3.0}
    drawn = draw_waterfall("title", {"before": row, "now": {**row, "raster": 100.0}}, "footer")
    assert {">806 ms<", ">406 ms<", "<title>now: raster 100.0 ms</title>"} <= set(
        re.findall(">[0-9]+ ms<|<title>now: r[^e].*?</title>", drawn)
    )


def test_no_phase_takes_less_than_its_least():
    """A reed takes 4 ms in the rasteriser and 3 in the geometry, on any machine of this decade."""
    least = least_of((BENCHMARKS / "programs/light/reeds.js").read_text(encoding="utf-8"))
    assert 0.2 < least["start"] < 50
    assert 0 < least["geometry"] < 2
    assert 0 < least["raster"] < 2
    assert least["record"] == 0
