"""Mutations of sketches: readable, within their bounds, the same everywhere."""

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from py_mini_racer import MiniRacer

from codepaint_env.pool.studies import Study
from codepaint_env.study.climb.evaluation_log import sha256
from codepaint_env.study.climb.mutation import donors_of, mutate
from codepaint_env.study.climb.starts import shipped_donors, shipped_starts
from codepaint_env.study.climb.statements import statements_of, tokens_of

PROGRAMS = Path(__file__).parents[2] / "canvases/p5brush/programs/outside"
STARTS = {start.name: start.program for start in shipped_starts()}
DONORS = shipped_donors()
STUDY = """// subject: fruit
// prompt: fruit
const palette = "red"; // one of: red, blue, green
const layers = 3; // 1 to 5
const bleed = 0.20; // 0.05 to 0.60
const seed = 5; // seed
function setup() { createCanvas(64, 64, WEBGL); brush.fill("#aabbcc", 100); brush.circle(0, 0, 20); }
"""


@pytest.fixture(scope="module")
def fault():
    engine = MiniRacer()

    def ask(program):
        told = json.dumps(program)
        return engine.eval(
            f"(() => {{ try {{ new Function({told}); return ''; }} catch (e) {{ return String(e); }} }})()"
        )

    return ask


def line_of_mutants(program, count, seed=0, longest=20_000):
    rng = np.random.default_rng(seed)
    for _ in range(count):
        program = mutate(program, rng, DONORS, longest)
        yield program


@pytest.mark.full
def test_a_readable_program_stays_readable_through_twenty_mutations(fault):
    chosen = [
        *STARTS.values(),
        *(each.read_text() for each in sorted(PROGRAMS.glob("*.js"))[::15]),
    ]
    for program in chosen:
        for mutant in line_of_mutants(program, 20):
            assert fault(mutant) == "", mutant


def test_a_mutant_is_another_program_and_no_longer_than_it_may_be():
    start = STARTS["rose"]
    mutants = [mutate(start, np.random.default_rng(seed), DONORS, 800) for seed in range(60)]
    assert max(map(len, mutants)) <= 800
    assert start not in mutants


def test_parameters_move_within_what_the_head_of_the_study_allows():
    seen = {}
    for mutant in line_of_mutants(STUDY, 300, longest=3_000):
        for parameter in Study("", mutant).parameters:
            value = Study("", mutant).written[parameter.name]
            seen.setdefault(parameter.name, set()).add(value)
            if parameter.choices:
                assert json.loads(value) in parameter.choices
            else:
                assert parameter.low <= float(value) <= parameter.high
    assert len(seen) == 4
    assert seen["palette"] == {'"red"', '"blue"', '"green"'}
    assert {"1", "5"} <= seen["layers"]


def test_the_canvas_keeps_its_size():
    assert all("createCanvas(512, 512, WEBGL)" in each for each in line_of_mutants(STARTS["rose"], 80))


def test_another_process_comes_to_the_same_mutants():
    code = (
        "import numpy as np\n"
        "from codepaint_env.study.climb.mutation import mutate\n"
        "from codepaint_env.study.climb.starts import shipped_donors, shipped_starts\n"
        "from codepaint_env.study.climb.evaluation_log import sha256\n"
        "rng, program, donors = np.random.default_rng(0), shipped_starts()[0].program, shipped_donors()\n"
        "for _ in range(30): program = mutate(program, rng, donors, 20_000)\n"
        "print(sha256(program))"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    *_, last = line_of_mutants(STARTS["rose"], 30)
    assert found.stdout.strip() == sha256(last)


def test_statements_are_those_of_bodies_without_declarations_and_the_canvas():
    program = (
        "const a = { b: 1 };\nfunction setup() { createCanvas(9, 9); let c = 2; one(c);\n"
        "for (let i = 0; i < 3; i++) { two(i); } if (c) { three(); } else four(); five({ six: 7 }); }"
    )
    found = [program[each.start : each.end] for each in statements_of(tokens_of(program))]
    assert found == [
        "one(c);",
        "two(i);",
        "for (let i = 0; i < 3; i++) { two(i); }",
        "three();",
        "if (c) { three(); } else four();",
        "five({ six: 7 });",
    ]


def test_a_program_whose_brackets_do_not_match_has_no_statements():
    assert statements_of(tokens_of("function setup() { one(; }")) == []


def test_a_donor_needs_nothing_of_the_program_in_which_it_stood():
    program = (
        "function setup() { const mine = 3; brush.circle(0, 0, mine); brush.circle(0, 0, 3); circle(x, 0, 1);"
        " for (let x = 0; x < 3; x++) brush.circle(x, 0, 1); brush.vertex(0, 0); push(); }"
    )
    assert donors_of([program]) == [
        "brush.circle(0, 0, 3);",
        "for (let x = 0; x < 3; x++) brush.circle(x, 0, 1);",
    ]
